"""The embedded statistical reader of names: a character BiLSTM-CRF that comes with the package (MODEL_CARD.md).

Trained with HanLP (train.py), decoded with numpy. The same text gives the same proposals, to the byte. Texts that are
read together are read in half the time: who has several to read says so (`propose.ahead`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

import numpy as np

from extractors.model import Span
from extractors.ner import Proposal
from extractors.ner.lattice import Belief, best, spans
from extractors.ner.lstm import Packed, emissions
from extractors.ner.symbols import pieces, symbols
from extractors.ner.weights import Weights, embedded

# Pieces that are read side by side. With more of them a product of matrices is spread over threads, and waits for them.
_TOGETHER = 28


class Embedded:
    """A Proposer. It keeps what it read of the texts that were announced last, and nothing else."""

    def __init__(self) -> None:
        self._announced: tuple[str, ...] = ()
        self._read: dict[str, list[Proposal]] = {}

    def ahead(self, texts: Sequence[str]) -> None:
        """These texts will be asked for next: they are read together when the first of them is."""
        self._announced, self._read = tuple(texts), {}

    def __call__(self, text: str) -> list[Proposal]:
        """Names that the embedded model sees in a text, in text order."""
        if text in self._announced:
            self._read = dict(zip(self._announced, read_all(self._announced, embedded()), strict=True))
            self._announced = ()
        return self._read[text] if text in self._read else read(text, embedded())


propose = Embedded()


def read(text: str, weights: Weights) -> list[Proposal]:
    """Names that a model sees in a text, in text order."""
    return read_all([text], weights)[0]


def read_all(texts: Sequence[str], weights: Weights) -> list[list[Proposal]]:
    """Names that a model sees in each of several texts."""
    seen = [symbols(text) for text in texts]
    found = [(number, piece) for number, text in enumerate(texts) for piece in pieces(text)]
    found.sort(key=lambda f: f[1].start - f[1].end)
    proposals: list[list[Proposal]] = [[] for _ in texts]
    for first in range(0, len(found), _TOGETHER):
        batch = found[first : first + _TOGETHER]
        rows = [list(map(weights.symbols.get, piece.of(seen[number]), repeat(0))) for number, piece in batch]
        for (number, piece), names in zip(batch, _names(rows, weights), strict=True):
            proposals[number] += _placed(piece, names)
    return [sorted(names, key=lambda p: p.start) for names in proposals]


def _placed(piece: Span, names: list[tuple[int, int, str, float]]) -> Iterator[Proposal]:
    for start, end, kind, score in names:
        yield Proposal(piece.start + start, piece.start + end, kind, score)


def _names(rows: list[list[int]], weights: Weights) -> Iterator[list[tuple[int, int, str, float]]]:
    """Start, end, type and score of the names of each piece; pieces are given longest first."""
    packed = Packed.of([len(row) for row in rows])
    fits = emissions(weights, rows, packed)
    paths = best(fits, weights.transitions, packed)
    named = [list(spans(path, weights.tags)) for path in paths]
    # How sure the model is, is asked of pieces with a name alone.
    holds = np.array([bool(names) for names in named])
    asked = Packed.of([len(row) for row, names in zip(rows, named, strict=True) if names]) if holds.any() else None
    belief = Belief(fits[holds[packed.piece]], weights.transitions, asked) if asked else None
    b = 0
    for path, names in zip(paths, named, strict=True):
        yield [(s, e, kind, round(belief.of(b, s, path[s:e]), 3)) for s, e, kind in names] if belief else []
        b += bool(names)
