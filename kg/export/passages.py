"""The stretches of articles that evidence stands in, each kept once: quotes of one article overlap a great deal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


# Evidence behind what it is sorted by: where its surroundings begin, where its quote begins and ends, its id.
_Known = tuple[int, int, int, str, Evidence]


class _Stretch(NamedTuple):
    """Words of an article, and the quotes among them: of which evidence, where, the words."""

    start: int
    text: str
    inside: Sequence[tuple[str, int, str]]


def passages(evidence: Iterable[Evidence], lengths: Mapping[str, int]) -> tuple[list[Passage], dict[str, Place]]:
    """Passages, and where the quote of each evidence (by its id) stands; `lengths` are of articles."""
    rows: list[Passage] = []
    where: dict[str, Place] = {}
    known: dict[str, list[_Known]] = defaultdict(list)
    for key, e in {e.id: e for e in evidence}.items():
        at = e.span.start
        known[e.article].append((at - len(e.before), at, e.span.end, key, e))
    for article in sorted(known):
        for first, text, inside in _stretches(sorted(known[article])):
            wide = _units(text) > len(text)  # few have a character of two
            for key, at, quote in inside:
                start, length = (_units(text[:at]), _units(quote)) if wide else (at, len(quote))
                where[key] = Place(len(rows), start, length)
            rows.append((text, BEGINS * (first <= 0) + ENDS * (first + len(text) >= lengths[article])))
    return rows, where


def _stretches(known: Iterable[_Known]) -> Iterator[_Stretch]:
    """Those of an article, of which evidence comes in order.

    Words that overlap with or follow on what is there are added, if both say the same where both speak.
    """
    first, text, inside = 0, "", list[tuple[str, int, str]]()
    for start, quoted, _, key, one in known:
        words, at = f"{one.before}{one.quote}{one.after}", start - first
        if not (inside and text.startswith(words, at)):
            common = len(text) - at
            if inside and 0 <= common < len(words) and words.startswith(text[at:]):
                text += words[common:]
            else:
                if inside:
                    yield _Stretch(first, text, inside)
                first, text, inside = start, words, []
        inside.append((key, quoted - first, one.quote))
    if inside:
        yield _Stretch(first, text, inside)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
