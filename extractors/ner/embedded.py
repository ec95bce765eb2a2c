"""The embedded statistical reader of names: a character BiLSTM-CRF that comes with the package (MODEL_CARD.md).

Trained with HanLP (train.py), decoded with numpy. The same text gives the same proposals, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.ner import Proposal
from extractors.ner.lattice import Belief, best, spans
from extractors.ner.lstm import Packed, emissions
from extractors.ner.symbols import pieces, symbols
from extractors.ner.weights import Weights, embedded

# Pieces that are read side by side. With more of them a product of matrices is spread over threads, and waits for them.
_TOGETHER = 28


def propose(text: str) -> list[Proposal]:
    """Names that the embedded model sees in a text, in text order."""
    return list(_proposed(text))


@lru_cache(maxsize=16)
def _proposed(text: str) -> tuple[Proposal, ...]:
    return tuple(read(text, embedded()))


def read(text: str, weights: Weights) -> list[Proposal]:
    """Names that a model sees in a text, in text order."""
    seen = symbols(text)
    found = sorted(pieces(text), key=lambda piece: (piece.start - piece.end, piece.start))
    proposals: list[Proposal] = []
    for first in range(0, len(found), _TOGETHER):
        batch = found[first : first + _TOGETHER]
        rows = [[weights.symbols.get(char, 0) for char in piece.of(seen)] for piece in batch]
        for piece, names in zip(batch, _names(rows, weights), strict=True):
            proposals += (Proposal(piece.start + s, piece.start + e, kind, score) for s, e, kind, score in names)
    return sorted(proposals, key=lambda p: (p.start, p.end))


def _names(rows: list[list[int]], weights: Weights) -> Iterator[list[tuple[int, int, str, float]]]:
    """Start, end, type and score of the names of each piece; pieces are given longest first."""
    packed = Packed.of([len(row) for row in rows])
    fits = emissions(weights, rows, packed)
    belief = Belief(fits, weights.transitions, packed)
    for b, path in enumerate(best(fits, weights.transitions, packed)):
        yield [(s, e, kind, round(belief.of(b, s, path[s:e]), 3)) for s, e, kind in spans(path, weights.tags)]
