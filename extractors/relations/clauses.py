"""Sentences as relation rules read them: every mention is one letter, and what stands in brackets is out of the way.

“财政部、教育部今天（5月6日）印发《意见》” becomes “O、OD印发Y”. A letter tells the type of the mention, so a rule about
word order is a short pattern; every character of such a line still knows where it stands in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.model import Article, Mention, Name, Span
from extractors.patterns import searching
from extractors.sentences import sentences

# Letters of the private use area, so that Latin letters of the text are never taken for mentions.
LETTERS = {
    "Organization": "\ue000",
    "Person": "\ue001",
    "Place": "\ue002",
    "Policy": "\ue003",
    "Programme": "\ue004",
    "Project": "\ue005",
    "Event": "\ue006",
    "Product": "\ue007",
    "Work": "\ue008",
    "Date": "\ue009",
    "Quantity": "\ue00a",
}
PARK = "\ue00b"  # 高新区, 开发区: a body that is also a place
ORG = f"[{LETTERS['Organization']}{PARK}]"
PERSON = LETTERS["Person"]
PLACE = f"[{LETTERS['Place']}{PARK}]"
POLICY = LETTERS["Policy"]
PROGRAMME = LETTERS["Programme"]
PROJECT = f"[{LETTERS['Project']}{LETTERS['Product']}]"
EVENT = LETTERS["Event"]
DATE = LETTERS["Date"]
QUANTITY = LETTERS["Quantity"]
ANY = "[\ue000-\ue00b]"

_AROUND = searching(
    rf"[“《‘「](?={ANY}[”》’」])"  # the opening quote of “O”
    rf"|(?<={ANY})[”》’」](?![^“”]*”)"  # its closing quote
    rf"|(?<=[今昨明当][天日晚早])（(?={DATE})"  # 今天（5月6日）: the brackets go, the date stays
    rf"|(?<={DATE})（(?={DATE})"
    rf"|(?<={DATE})）"
    r"|（[^（）]{0,60}）"  # （以下简称《意见》）
)


_DASHES = str.maketrans("―─", "——")
_JOINERS = ("、", "和", "与", "及", "暨", "以及", "，以及")
# 举办A展、企业家沙龙、B大会: an item that no extractor knows
_JOIN = re.compile(rf"(?:、[^，。；、的\ue000-\ue00b]{{2,16}}){{0,2}}(?:{'|'.join(_JOINERS)})(?={ANY})")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with a letter for every mention; `starts` and `ends` say where its characters stand in the text."""

    mask: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    at: dict[int, Mention]
    paragraph: int
    text: str  # of the article

    def __len__(self) -> int:
        return len(self.mask)

    def span(self, start: int, end: int) -> Span:
        """Where mask[start:end] stands in the text."""
        return Span(self.starts[start], self.ends[end - 1])

    def words(self, position: int) -> str:
        """The words of the mention at a position, as they stand in the text."""
        return self.text[self.starts[position] : self.ends[position]]

    def row(self, first: int, wanted: str) -> list[int]:
        """A thing and those joined to it: of A、B，以及C all three, also where an item between has no name."""
        found, place = [first], first + 1
        while (join := _JOIN.match(self.mask, place)) and self.mask[join.end()] in wanted:
            found.append(join.end())
            place = join.end() + 1
        return found

    def row_back(self, last: int, wanted: str) -> list[int]:
        """A thing and those before it that are joined to it, in text order."""
        found = [last]
        while place := next((n for n in (3, 2, 1) if self.mask[max(0, found[0] - n) : found[0]] in _JOINERS), 0):
            if found[0] <= place or self.mask[found[0] - place - 1] not in wanted:
                break
            found.insert(0, found[0] - place - 1)
        return found

    def without(self, holes: Iterable[tuple[int, int]]) -> Line:
        """The same line with some stretches left out."""
        gone = {i for start, end in holes for i in range(start, end)}
        if not gone:
            return self
        kept = [i for i in range(len(self.mask)) if i not in gone]
        return Line(
            "".join(self.mask[i] for i in kept),
            tuple(self.starts[i] for i in kept),
            tuple(self.ends[i] for i in kept),
            {new: self.at[old] for new, old in enumerate(kept) if old in self.at},
            self.paragraph,
            self.text,
        )

    def tidy(self) -> Line:
        """Without brackets, and without quotes that only wrap a mention."""
        return self.without(m.span() for m in _AROUND.finditer(self.mask))

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause around a position: 、 joins, commas and colons part."""
        cut = _cuts(self.mask)
        i = bisect_right(cut, position - 1) if position else 0
        return (cut[i - 1] + 1 if i else 0), (cut[i] if i < len(cut) else len(self.mask))


@lru_cache(maxsize=32)
def _cuts(mask: str) -> tuple[int, ...]:
    return tuple(m.start() for m in _COMMA.finditer(mask))


_COMMA = re.compile(r"[，,；;：:。！？!? \u3000]|——")


def letter(mention: Mention) -> str | None:
    """The letter that stands for a mention in a line."""
    if isinstance(mention.value, Name) and mention.value.kind == "Park":
        return PARK
    return LETTERS.get(mention.type)


def _mask(text: str, start: int, end: int, inside: Sequence[Mention], paragraph: int) -> Line:
    mask: list[str] = []  # stretches, and a letter for each mention
    starts: list[int] = []
    ends: list[int] = []
    at: dict[int, Mention] = {}
    place = start
    for mention in [*inside, None]:
        stop = mention.span.start if mention else end
        mask.append(text[place:stop])
        starts.extend(range(place, stop))
        ends.extend(range(place + 1, stop + 1))
        if mention is not None:
            at[len(starts)] = mention
            mask.append(letter(mention) or "\ue00f")
            starts.append(mention.span.start)
            ends.append(mention.span.end)
            place = mention.span.end
    said = "".join(mask)
    if "―" in said or "─" in said:  # 控制性工程――某大桥: bars and box lines that stand for dashes
        said = said.translate(_DASHES)
    return Line(said, tuple(starts), tuple(ends), at, paragraph, text)


def lines(article: Article, mentions: Sequence[Mention]) -> Iterator[Line]:
    """The sentences of an article, in order; a sentence is never cut inside a mention (《前进！新时代》)."""
    text = article.text
    marks = sorted((m for m in mentions if letter(m)), key=lambda m: (m.span.start, m.span.end))
    stops = [s.start for s in sentences(text)]
    crossed = set()
    for mention in marks:  # a sentence that starts inside a mention does not start
        i = bisect_right(stops, mention.span.start)
        while i < len(stops) and stops[i] < mention.span.end:
            crossed.add(stops[i])
            i += 1
    bounds = [s for s in stops if s not in crossed]
    bounds.append(len(text))
    position = paragraph = 0
    line_end = text.find("\n")
    for start, end in pairwise(bounds):
        while 0 <= line_end < start:
            paragraph += 1
            line_end = text.find("\n", line_end + 1)
        first = position
        while position < len(marks) and marks[position].span.start < end:
            position += 1
        yield _mask(text, start, end, marks[first:position], paragraph)
