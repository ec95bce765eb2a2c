"""The stretches of articles that evidence stands in, each kept once: quotes of one article overlap a great deal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from kg.model import Evidence

Passage = tuple[str, int]  # the words, and bits
# Where a passage stands, as bits: it begins the article, it ends it.
BEGINS, ENDS = 1, 2


@dataclass(frozen=True, slots=True)
class Place:
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
    known = {e.id: e for e in evidence}
    in_order = sorted(known.values(), key=lambda e: (e.article, e.span.start - len(e.before), e.span, e.id))
    for article, group in groupby(in_order, key=lambda e: e.article):
        stretches: list[_Stretch] = []
        inside: dict[int, list[Evidence]] = defaultdict(list)
        for one in group:
            start, text = one.span.start - len(one.before), f"{one.before}{one.quote}{one.after}"
            if not (stretches and stretches[-1].takes(start, text)):
                stretches.append(_Stretch(start, text))
            inside[len(stretches) - 1].append(one)
        for number, stretch in enumerate(stretches):
            end = stretch.start + len(stretch.text)
            for one in inside[number]:
                at = one.span.start - stretch.start
                where[one.id] = Place(len(rows), _units(stretch.text[:at]), _units(one.quote))
            rows.append((stretch.text, BEGINS * (stretch.start <= 0) + ENDS * (end >= lengths[article])))
    return rows, where


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
