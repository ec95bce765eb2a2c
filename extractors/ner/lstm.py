"""A bidirectional LSTM in numpy over many short pieces at once, the same to the last bit on every machine.

Gates are read off tables (256 steps to 1.0, flat beyond ±8), states are rounded to 1/1024: with the whole numbers of
weights.py no result hangs on how a library sums or what its tanh is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.ner.weights import GATE, HALF, MIDDLE, STATE, Floats, Weights

_GRID = np.arange(-HALF, HALF, dtype=np.float64) / GATE
_SIGMOID = (1 / (1 + np.exp(-_GRID))).round(7).astype(np.float32)
_TANH = np.tanh(_GRID).round(7)
# What goes into the cell is told in steps of the grid, what comes out in units of a state.
_INTO = (_TANH * GATE).astype(np.float32)
_OUT_OF = (_TANH * STATE).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Packed:
    """Pieces side by side, longest first: character t of piece b stands in row first[t] + b while counts[t] > b."""

    lengths: npt.NDArray[np.intp]
    counts: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]
    piece: npt.NDArray[np.intp]  # of each row
    mirror: npt.NDArray[np.intp]  # row of the character that is as far from the end

    @staticmethod
    def of(lengths: Sequence[int]) -> Packed:
        """The layout of pieces of these lengths, which must not grow."""
        size = np.array(lengths, dtype=np.intp)
        counts = (size[None, :] > np.arange(size[0])[:, None]).sum(axis=1).astype(np.intp)
        first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)
        piece = np.arange(counts.sum()) - np.repeat(first, counts)
        mirror = first[size[piece] - 1 - np.repeat(np.arange(len(counts)), counts)] + piece
        return Packed(size, counts, first, piece, mirror)


def emissions(weights: Weights, pieces: Sequence[Sequence[int]], packed: Packed) -> Floats:
    """(characters, tags): how well each tag fits each character. Pieces are rows of weights.symbols, longest first."""
    units = weights.recurrent.shape[-1]
    width, length = len(pieces), len(pieces[0])
    rows = np.zeros((length, 2, width), dtype=np.intp)
    for b, piece in enumerate(pieces):
        rows[: len(piece), 0, b] = piece
        rows[: len(piece), 1, b] = piece[::-1]
    rows[:, 1] += len(weights.symbols)
    state = np.zeros((2, width, units), dtype=np.float32)
    cell = np.zeros((2, width, units), dtype=np.float32)
    fits = np.empty((2, len(packed.mirror), weights.output.shape[-1]), dtype=np.float32)
    for t, n in enumerate(packed.counts):
        # One product for each gate and direction: so small that no library spreads it over threads.
        gates = np.matmul(state[:, :n], weights.recurrent)
        gates += weights.table.take(rows[t, :, :n], axis=1)
        at = gates.astype(np.intp)
        first, kept, shown = _SIGMOID.take(at[:3], mode="clip")
        new = _INTO.take(at[3], mode="clip")
        new *= first
        kept *= cell[:, :n]
        kept += new
        cell[:, :n] = kept
        kept += MIDDLE
        shown *= _OUT_OF.take(kept.astype(np.intp), mode="clip")
        state[:, :n] = np.rint(shown, out=shown)
        row = packed.first[t]
        np.matmul(shown, weights.output, out=fits[:, row : row + n])
    return np.asarray(fits[0] + fits[1][packed.mirror] + weights.bias, dtype=np.float32)
