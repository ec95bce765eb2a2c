"""Sentences as relation rules read them: every mention is one letter, and what stands in brackets is out of the way.

“财政部、教育部今天（5月6日）印发《意见》” becomes “O、OD印发Y”. A letter tells the type of the mention, so a rule about
word order is a short pattern; every character of such a line still knows where it stands in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from extractors.model import Article, Mention, Name, Span
from extractors.patterns import regex, searching
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
_JOIN = regex(rf"(?:、[^，。；、的\ue000-\ue00b]{{2,16}}){{0,2}}(?:{'|'.join(_JOINERS)})(?={ANY})")


@dataclass(slots=True, eq=False)  # not frozen, as one is made for every sentence; nothing changes it
class Line:
    """One sentence with a letter for every mention; every character knows where it stands in the text."""

    mask: str
    at: dict[int, Mention]
    signs: str  # the letters of its mentions
    paragraph: int
    text: str  # of the article
    runs: list[int]  # where the text goes on after a mention or a hole, and how much further on it then is
    shifts: list[int]
    bodies: int = field(init=False)  # how many it names: most rules need one, or two
    works: int = field(init=False)

    def __post_init__(self) -> None:
        count = self.signs.count
        self.bodies = count(LETTERS["Organization"]) + count(PARK)
        self.works = count(LETTERS["Project"]) + count(LETTERS["Product"])

    def __len__(self) -> int:
        return len(self.mask)

    def start(self, position: int) -> int:
        """Where a character, or a mention, starts in the text."""
        return position + self.shifts[bisect_right(self.runs, position) - 1]

    def end(self, position: int) -> int:
        """Where a character, or a mention, ends in the text."""
        mention = self.at.get(position)
        return mention.span.end if mention is not None else self.start(position) + 1

    def span(self, start: int, end: int) -> Span:
        """Where mask[start:end] stands in the text."""
        return Span(self.start(start), self.end(end - 1))

    def names(self, letters: str, least: int = 1) -> bool:
        """Whether the line names that many things of some letters."""
        found = 0
        for sign in letters:
            found += self.signs.count(sign)
        return found >= least

    def words(self, position: int) -> str:
        """The words of the mention at a position, as they stand in the text."""
        return self.text[self.start(position) : self.end(position)]

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

    def without(self, holes: Sequence[tuple[int, int]]) -> Line:
        """The same line with some stretches left out."""
        if not holes:
            return self
        kept: list[str] = []
        at: dict[int, Mention] = {}
        runs: list[int] = []
        shifts: list[int] = []
        place = gone = 0  # read so far, and how much of it is left out
        for start, end in (*sorted(holes), (len(self.mask), len(self.mask))):
            if place < start:
                kept.append(self.mask[place:start])
                runs.append(place - gone)
                shifts.append(self.start(place) - place + gone)
                for old in range(bisect_right(self.runs, place), bisect_left(self.runs, start)):
                    runs.append(self.runs[old] - gone)
                    shifts.append(self.shifts[old] + gone)
                at.update({old - gone: m for old, m in self.at.items() if place <= old < start})
            if place < end:
                gone += end - max(place, start)
                place = end
        mask = "".join(kept)
        return Line(mask, at, "".join([mask[i] for i in at]), self.paragraph, self.text, runs, shifts)

    def tidy(self) -> Line:
        """Without brackets, and without quotes that only wrap a mention."""
        return self.without([m.span() for m in _AROUND.finditer(self.mask)])

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause around a position: 、 joins, commas and colons part."""
        cut = _cuts(self.mask)
        i = bisect_right(cut, position - 1) if position else 0
        return (cut[i - 1] + 1 if i else 0), (cut[i] if i < len(cut) else len(self.mask))


@lru_cache(maxsize=32)
def _cuts(mask: str) -> tuple[int, ...]:
    return tuple(m.start() for m in _COMMA.finditer(mask))


_COMMA = regex(r"[，,；;：:。！？!? \u3000]|——")


def letter(mention: Mention) -> str | None:
    """The letter that stands for a mention in a line."""
    if isinstance(mention.value, Name) and mention.value.kind == "Park":
        return PARK
    return LETTERS.get(mention.type)


_Mark = tuple[int, int, str, Mention]  # where a mention begins and ends, and its letter


def _mask(text: str, start: int, end: int, inside: Sequence[_Mark], paragraph: int) -> Line:
    mask: list[str] = []  # stretches, and a letter for each mention
    at: dict[int, Mention] = {}
    runs, shifts = [0], [start]
    place, reached = start, 0
    for begin, stop, sign, mention in inside:
        mask += text[place:begin], sign
        reached += begin - place
        at[reached] = mention
        reached += 1
        runs.append(reached)
        shifts.append(stop - reached)
        place = stop
    mask.append(text[place:end])
    said = "".join(mask)
    if "―" in said or "─" in said:  # 控制性工程――某大桥: bars and box lines that stand for dashes
        said = said.translate(_DASHES)
    return Line(said, at, "".join([mark[2] for mark in inside]), paragraph, text, runs, shifts)


def lines(article: Article, mentions: Sequence[Mention]) -> Iterator[Line]:
    """The sentences that name something, in order; a sentence is never cut inside a mention (《前进！新时代》)."""
    text = article.text
    marks = [(m.span.start, m.span.end, sign, m) for m in mentions if (sign := letter(m))]
    marks.sort(key=itemgetter(0, 1))
    bounds = [s.start for s in sentences(text)]
    bounds.append(len(text))
    start, first, position, reach = bounds[0], 0, 0, 0
    paragraph = 0
    line_end = text.find("\n")
    for bound in bounds[1:]:
        while position < len(marks) and marks[position][0] < bound:
            reach = max(reach, marks[position][1])
            position += 1
        if bound < reach:
            continue  # a sentence that starts inside a mention does not start
        while 0 <= line_end < start:
            paragraph += 1
            line_end = text.find("\n", line_end + 1)
        if first < position:
            yield _mask(text, start, bound, marks[first:position], paragraph)
        start, first = bound, position
