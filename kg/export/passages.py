"""The stretches of articles that evidence stands in, each kept once: quotes of one article overlap a great deal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
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

    def takes(self, start: int, text: str) -> bool:
        """Add the words if they overlap with or follow on these, and say the same where both speak."""
        at = start - self.start
        common = len(self.text) - at
        if common < 0 or self.text[at : at + len(text)] != text[:common]:
            return False
        self.text += text[common:] if common < len(text) else ""
        return True


def passages(evidence: Iterable[Evidence], lengths: Mapping[str, int]) -> tuple[list[Passage], dict[str, Place]]:
    """Passages, and where the quote of each evidence (by its id) stands; `lengths` are of articles."""
    rows: list[Passage] = []
    where: dict[str, Place] = {}
    known = [
        (e.article, e.span.start - len(e.before), e.span.start, e.span.end, key, e)
        for key, e in {e.id: e for e in evidence}.items()
    ]
    known.sort(key=lambda one: one[:5])
    for article, group in groupby(known, key=lambda one: one[0]):
        stretches: list[tuple[_Stretch, list[tuple[str, Evidence]]]] = []
        for _, start, _, _, key, one in group:
            text = f"{one.before}{one.quote}{one.after}"
            if not (stretches and stretches[-1][0].takes(start, text)):
                stretches.append((_Stretch(start, text), []))
            stretches[-1][1].append((key, one))
        for stretch, inside in stretches:
            units = len if _units(stretch.text) == len(stretch.text) else _units  # most have no character of two
            for key, one in inside:
                at = one.span.start - stretch.start
                where[key] = Place(len(rows), units(stretch.text[:at]), units(one.quote))
            end = stretch.start + len(stretch.text)
            rows.append((stretch.text, BEGINS * (stretch.start <= 0) + ENDS * (end >= lengths[article])))
    return rows, where


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
