"""The records of what a text says: values in, values out, nothing here knows about graphs.

Offsets everywhere are half-open and count Unicode code points in `Article.text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Literal, TypeVar, dataclass_transform

Record = TypeVar("Record")

IssuedBasis = Literal["printed", "given", "inferred", "unknown"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]
Change = Literal["+", "-"]
Status = Literal["actual", "target", "forecast"]
Modality = Literal["asserted", "planned", "negated"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, order: bool = False) -> Callable[[type[Record]], type[Record]]:
    """A class of values that nobody changes.

    It is the type checker that sees to it: a class that Python itself keeps frozen takes three times as long to make
    one, and an article makes hundreds.
    """
    return dataclass(slots=True, unsafe_hash=True, order=order)


@record(order=True)
class Span:
    """A stretch of text, half-open.

    >>> Span(2, 5).contains(Span(3, 4)), Span(2, 5).overlaps(Span(5, 6)), Span(2, 5).of("abcdefg")
    (True, False, 'cde')
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@record()
class Offsets:
    """Where each character of a repaired text stands in the raw file.

    `runs` are (start in text, start in raw) pairs, sorted by the first: from there on both count up together. Text that
    the repair put in itself (a line break between headline and body) has raw start -1.

    >>> Offsets(((0, 10), (3, 20))).raw(Span(1, 5))
    Span(start=11, end=22)
    >>> Offsets(((0, 10), (3, -1), (4, 20))).raw(Span(1, 4)), Offsets(((0, -1), (2, 7))).raw(Span(0, 4))
    (Span(start=11, end=13), Span(start=7, end=9))
    """

    runs: tuple[tuple[int, int], ...] = ((0, 0),)

    def raw_at(self, position: int) -> int:
        """Raw position of one character of the text, or -1 when the character is not in the file."""
        start, raw = self.runs[bisect_right(self.runs, (position, 1 << 62)) - 1]
        return raw if raw < 0 else raw + position - start

    def raw(self, span: Span) -> Span:
        """The smallest stretch of the raw file that holds the first to the last character of `span`.

        Characters at its edges that are not in the file are stepped over; a span of nothing else is Span(-1, -1).
        """
        start, end = span.start, span.end
        while start < end and self.raw_at(start) < 0:
            start += 1
        while start < end and self.raw_at(end - 1) < 0:
            end -= 1
        return Span(self.raw_at(start), self.raw_at(end - 1) + 1) if start < end else Span(-1, -1)


@record()
class Article:
    """One article after repair: what every extractor reads. `text` is the title, a line break, and the body."""

    id: str
    source: str  # path relative to what the user named, never absolute
    title: str | None
    text: str
    issued: str | None = None  # EDTF, no more precise than what is known
    issued_basis: IssuedBasis = "unknown"
    publisher: str | None = None
    reporters: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    offsets: Offsets = field(default_factory=Offsets)

    @staticmethod
    def make_id(title: str | None, text: str, issued: str | None) -> str:
        """16 hex digits that depend on what the article says, not on where the file lies."""
        return sha256("\x1f".join((title or "", text, issued or "")).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@record()
class Name:
    """What an entity mention means."""

    text: str  # the fullest known name: 国家发展和改革委员会 for 国家发展改革委
    kind: str | None = None  # second type of an Organization: Ministry, Company, …
    within: str | None = None  # keeps homonyms apart: the city of 市科技局, the prefecture of 鼓楼区
    code: str | None = None  # GB/T 2260 code of a place, 发文字号 of a policy
    anaphor: bool = False  # 该项目, 本届大会: the words point at the thing, but are no name of it


@record()
class Edtf:
    """A stretch of calendar time as EDTF: 2025-05-28, 2025-05, 2021/2025, 2024-03-05T09:30."""

    value: str


@record()
class Quantity:
    """A number with its unit, multipliers expanded: 1.2万亿元 is 1200000000000 元."""

    value: Decimal
    unit: str
    upper: Decimal | None = None  # upper end of a range
    comparator: Comparator = "="
    change: Change | None = None  # when the number is itself a rise or a fall


@record()
class Unresolved:
    """Words that plainly mean something which the article does not settle; they become a Problem, never a guess."""

    why: str


Value = Name | Edtf | Quantity | Unresolved


@record()
class Mention:
    """These words, here, mean this. `type` is the name of a type in schema/entities, or Date or Quantity."""

    span: Span
    type: str
    value: Value
    rule: str  # a readable phrase: who heard it

    @property
    def name(self) -> Name:
        """The value as a Name; a TypeError for dates and quantities."""
        if not isinstance(self.value, Name):
            raise TypeError(f"{self.type} mention has no name")
        return self.value


@record()
class Relation:
    """The text says that `source` stands in relation `type` (file name in schema/relations) to `target`."""

    type: str
    source: Mention
    target: Mention
    evidence: Span
    rule: str
    modality: Modality = "asserted"
    qualifier: str | None = None  # the post of holds_post, the award of recognised


@record()
class Figure:
    """A quantity with whose it is, what it measures, when, and whether it is a target or a fact."""

    quantity: Quantity
    span: Span  # the number with its unit
    evidence: Span  # the shortest stretch that holds number and metric
    metric: str
    subject: Mention | str | None
    time: str | None  # EDTF
    status: Status
    rule: str
    compared_with: str | None = None  # 同比, 环比, 比2015年
    stated_by: Mention | None = None


@record()
class Problem:
    """Something that could not be read or decided; collected, never raised. `lost` when input was lost by it."""

    where: str
    message: str
    lost: bool = False


@record()
class Undecided(Problem):
    """Words of an article of which nothing settles what they mean; no fault of the input."""

    kind: Literal["name", "date", "figure"] = "name"
    article: str = ""
    span: Span = Span(0, 0)
    quote: str = ""
    why: str = ""

    @staticmethod
    def of(article: Article, kind: Literal["name", "date", "figure"], span: Span, why: str) -> Undecided:
        """The words at `span` of an article, and why they stay open."""
        quote = span.of(article.text)
        where = f"{article.source}: {article.id}:{span.start}"
        return Undecided(where, f"{quote}: {why}", False, kind, article.id, span, quote, why)


@record()
class Extraction:
    """All that was read out of one article, in text order."""

    article: Article
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]


def longest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Resolve overlaps: the longest mention wins, then the one that came first; the result is in text order.

    This is the one overlap policy of the project.
    """
    given = list(mentions)
    spans = [m.span for m in given]
    crowds: list[list[int]] = []  # the numbers of mentions that hang together; most stand alone
    end = 0
    for number in sorted(range(len(given)), key=[span.start for span in spans].__getitem__):
        span = spans[number]
        if span.start >= end:
            crowds.append([number])
            end = span.end
        else:
            crowds[-1].append(number)
            end = max(end, span.end)
    return [given[n] for crowd in crowds for n in (_longest(spans, crowd) if len(crowd) > 1 else crowd)]


def _longest(spans: Sequence[Span], crowd: list[int]) -> list[int]:
    """Of overlapping spans those that are kept, in text order."""
    kept: list[int] = []
    taken: set[int] = set()
    for number in sorted(crowd, key=lambda n: (spans[n].start - spans[n].end, n)):
        places = range(spans[number].start, spans[number].end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(number)
    return sorted(kept, key=lambda n: spans[n].start)
