"""The stretches of articles that evidence stands in, each kept once: quotes of one article overlap a great deal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Evidence

Passage = tuple[str, int]  # the words, and bits
# Where a passage stands, as bits: it begins the article, it ends it.
BEGINS, ENDS = 1, 2


class Place(NamedTuple):
    """Where a quote stands: in which passage, from where, how long, in UTF-16 units as JavaScript counts."""

    passage: int
    start: int
    length: int


@dataclass(slots=True)
class _Stretch:
    start: int
    text: str
    inside: list[tuple[str, int, str]]  # quotes: of which evidence, where, the words

    def takes(self, start: int, text: str) -> bool:
        """Add the words if they overlap with or follow on these, and say the same where both speak."""
        at = start - self.start
        if self.text.startswith(text, at):
            return True
        common = len(self.text) - at
        if not 0 <= common < len(text) or not text.startswith(self.text[at:]):
            return False
        self.text += text[common:]
        return True


def passages(evidence: Iterable[Evidence], lengths: Mapping[str, int]) -> tuple[list[Passage], dict[str, Place]]:
    """Passages, and where the quote of each evidence (by its id) stands; `lengths` are of articles."""
    rows: list[Passage] = []
    where: dict[str, Place] = {}
    known: dict[str, list[tuple[int, int, int, str, Evidence]]] = defaultdict(list)
    for key, e in {e.id: e for e in evidence}.items():
        at = e.span.start
        known[e.article].append((at - len(e.before), at, e.span.end, key, e))
    for article in sorted(known):
        for stretch in _stretches(sorted(known[article])):
            wide = _units(stretch.text) > len(stretch.text)  # few have a character of two
            for key, at, quote in stretch.inside:
                start, length = (_units(stretch.text[:at]), _units(quote)) if wide else (at, len(quote))
                where[key] = Place(len(rows), start, length)
            end = stretch.start + len(stretch.text)
            rows.append((stretch.text, BEGINS * (stretch.start <= 0) + ENDS * (end >= lengths[article])))
    return rows, where


def _stretches(known: Iterable[tuple[int, int, int, str, Evidence]]) -> Iterator[_Stretch]:
    """Those of an article, of which evidence comes in order: from where with its surroundings, where, to where."""
    stretch = None
    for start, at, _, key, one in known:
        text = f"{one.before}{one.quote}{one.after}"
        if not (stretch and stretch.takes(start, text)):
            if stretch:
                yield stretch
            stretch = _Stretch(start, text, [])
        stretch.inside.append((key, at - stretch.start, one.quote))
    if stretch:
        yield stretch


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
