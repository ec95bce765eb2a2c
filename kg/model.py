"""The records of what a graph asserts: nodes, statements and observations, each with the words it rests on.

Nodes are named by local ids, `Organization/0123456789abcdef`; an exporter puts the base IRI before them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from extractors.model import Change, Comparator, IssuedBasis, Modality, Problem, Span, Status, Undecided

__all__ = [
    "About",
    "ArticleNode",
    "CannotRun",
    "DateNode",
    "Entity",
    "Evidence",
    "Judgement",
    "Label",
    "Observation",
    "Problem",
    "Reason",
    "Span",
    "Statement",
    "Undecided",
    "clean_name",
    "clean_quote",
    "fold",
    "make_id",
]


class CannotRun(Exception):
    """A command cannot do its work; the message is one line for the user, `problems` are the reasons if many."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


# What XML 1.0 cannot hold or UTF-8 cannot encode: controls other than tab and line break, lone surrogates, U+FFFE/FFFF.
_UNWRITABLE = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_MARKED = dict.fromkeys(_UNWRITABLE, "\ufffd")
_DROPPED = dict.fromkeys(_UNWRITABLE)
# Names that differ only in these are the same name: “三赋”专项行动 and 三赋专项行动, 《数据安全法》 and 数据安全法.
_UNFOLDED = dict.fromkeys(map(ord, "《》〈〉“”\"'‘’「」『』·•・—-–_"))


def clean_quote(text: str) -> str:
    """The words as they stand, with a mark for each character that no file format can hold: offsets stay true.

    >>> clean_quote("甲\\x00乙")
    '甲\ufffd乙'
    """
    if text.isprintable() or text.replace("\n", "").isprintable():  # a look-up per character is slow
        return text
    return text.translate(_MARKED)


@lru_cache(maxsize=1 << 14)  # the same names, titles and rules come again and again
def clean_name(text: str) -> str:
    """A name on one line, without characters that no file format can hold and without 《》 around the whole of it.

    >>> clean_name("《数据\\x00 安全法》"), clean_name("《甲》和《乙》")
    ('数据 安全法', '《甲》和《乙》')
    """
    plain = text if text.isprintable() else text.translate(_DROPPED)  # a look-up per character is slow
    name = " ".join(plain.split())
    if name.startswith("《") and name.endswith("》") and "》" not in name[:-1]:
        name = name[1:-1].strip()
    return name


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The form names are compared in: width, case, spaces, quotes and dashes do not count.

    >>> fold("“三赋” 专项行动"), fold("ＡＩ＋")
    ('三赋专项行动', 'ai+')
    """
    folded = "".join(unicodedata.normalize("NFKC", clean_name(name)).lower().split())
    return folded.translate(_UNFOLDED) or folded


def make_id(kind: str, *key: str) -> str:
    """`KIND/` and 16 hex digits that depend on the kind and the key alone, whatever the machine or the order of input.

    >>> make_id("Organization", "科学技术部", "")
    'Organization/860c875146c7fe4e'
    """
    digest = sha256("|".join((kind, *key)).encode("utf-8", "replace")).hexdigest()
    return f"{kind}/{digest[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words, in an article, that say something, and the rule that heard it."""

    article: str  # id of the article node
    span: Span  # into the repaired text
    quote: str
    rule: str
    raw: Span | None = None  # into the file as it came
    before: str = ""  # some words on either side, so that the quote can be read in its place
    after: str = ""
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Of its node. It is asked for in every file, and a digest takes its time."""
        if not self._id:
            # Joined here: the parts one by one took a sixth longer, and there are as many as in all files together.
            found = make_id("Span", f"{self.article}|{self.span.start}|{self.span.end}|{self.rule}")
            object.__setattr__(self, "_id", found)
        return self._id


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a graph as a whole and cannot be read off it."""

    title: str | None = None
    licence: str | None = None  # an IRI
    version: str | None = None  # of policykg when it read the sources; None: as it is now
    files: tuple[str, ...] = ()  # written beside each other by the build


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """An article as the graph knows it: everything but its text."""

    id: str
    title: str | None
    issued: str | None  # EDTF
    issued_basis: IssuedBasis
    publisher: str | None
    reporters: tuple[str, ...]
    sources: tuple[str, ...]  # every file that holds the same text, as named by the user
    sha256: str
    repairs: tuple[str, ...]
    length: int  # code points
    reprint_of: str | None = None  # id of the article that this one says again


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing."""

    id: str
    type: str
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    within: str | None = None
    codes: tuple[str, ...] = ()
    mentioned_in: tuple[str, ...] = ()
    absorbed: tuple[str, ...] = ()  # ids of nodes that were merged into this one
    series: str | None = None  # id of the series a meeting is one of
    successors: tuple[str, ...] = ()  # ids of the bodies that took the place of this one
    ended: str | None = None  # EDTF: when they did


@dataclass(frozen=True, slots=True)
class DateNode:
    """A stretch of calendar time. Without `mentioned_in` it was only inferred for a figure."""

    id: str
    edtf: str
    labels: tuple[str, ...] = ()  # as printed: 今年, 2025年
    mentioned_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A node that is no more than its words: what a figure measures (Metric), an unnamed subject (Thing), what
    comes again and again (Series).
    """

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """That `subject` stands in relation `predicate` to `object`, because of `evidence`."""

    id: str
    subject: str
    predicate: str  # name of a relation type in the schema
    object: str
    evidence: tuple[Evidence, ...]
    confidence: Decimal  # two digits, 0 to 0.99
    modality: Modality = "asserted"
    qualifier: str | None = None  # the post of holds_post, the award of recognised

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that say so."""
        if len(self.evidence) == 1:  # as of most statements, and every file asks
            return (self.evidence[0].article,)
        return tuple(sorted({e.article for e in self.evidence}))

    @property
    def rules(self) -> tuple[str, ...]:
        if len(self.evidence) == 1:
            return (self.evidence[0].rule,)
        return tuple(sorted({e.rule for e in self.evidence}))


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: the ids of what it is about, what it measures and when, beside the number itself."""

    id: str
    about: str | None
    metric: str | None
    value: Decimal
    unit: str
    evidence: Evidence
    confidence: Decimal
    upper: Decimal | None = None
    comparator: Comparator = "="
    change: Change | None = None
    status: Status = "actual"
    time: str | None = None
    compared_with: str | None = None
    stated_by: str | None = None
    contradicts: tuple[str, ...] = ()  # ids of figures that say another number of the same


Verdict = Literal["same", "different", "unsure", "successor", "edition"]


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """What one feature of two nodes says of whether they are one thing."""

    feature: str
    score: Decimal  # what it adds to the belief that they are; takes away where negative
    sentence: str  # for people


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of two nodes: that they are one thing, two, an old body and its new one, or a meeting and its series.

    Where they are the same, `right` is absorbed by `left`; with `articles`, only as these articles use its name.
    """

    left: str
    right: str
    judgement: Verdict
    score: Decimal  # of all reasons together, 0 to 1
    reasons: tuple[Reason, ...]
    left_name: str = ""
    right_name: str = ""
    articles: tuple[str, ...] = ()
