"""The best tags of many pieces at once under a CRF (Viterbi), and how sure the model is of a span (forward-backward).

Tags that end a name or stand outside can only be followed by tags that begin one or stand outside; within a name the
type stays. So of 37 x 37 steps from tag to tag fewer than 400 are possible, and only these are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from extractors.ner.lstm import Packed
from extractors.ner.weights import Floats


def best(fits: Floats, transitions: Floats, packed: Packed) -> list[list[int]]:
    """The best tags of each piece, as positions in `tags_of`."""
    steps, start, end = transitions[:-1, :-1], transitions[-1, :-1], transitions[:-1, -1]
    types = len(end) // 4
    # Order of tags_of: E, O, S, B, I. From E, O, S to O, S, B; from B and I to I and E of the same type.
    closed, opening = slice(0, 2 * types + 1), slice(types, 3 * types + 1)
    to_open = np.ascontiguousarray(steps[closed, opening, None])
    begun, inner, last = slice(2 * types + 1, 3 * types + 1), slice(3 * types + 1, None), slice(0, types)
    going_on = [(to, [np.diagonal(steps[since, to])[:, None] for since in (begun, inner)]) for to in (inner, last)]
    scores = fits.T.copy()  # tag by tag: the pieces side by side are the longer row
    scores[:, : packed.counts[0]] += start[:, None]
    for t in range(1, len(packed.counts)):
        n = packed.counts[t]
        before = scores[:, packed.first[t - 1] : packed.first[t - 1] + n]
        now = scores[:, packed.first[t] : packed.first[t] + n]
        now[opening] += np.maximum.reduce(before[closed, None] + to_open, axis=0)
        for to, (from_begun, from_inner) in going_on:
            now[to] += np.maximum(before[begun] + from_begun, before[inner] + from_inner)
    return _traced(np.ascontiguousarray(scores.T), steps, end, packed)


def _traced(scores: Floats, steps: Floats, end: Floats, packed: Packed) -> list[list[int]]:
    """Back from the best last tag of each piece."""
    width, length = len(packed.lengths), len(packed.counts)
    tags = np.zeros((length + 1, width), dtype=np.intp)
    into = np.ascontiguousarray(steps.T)
    for t in range(length - 1, -1, -1):
        n = packed.counts[t]
        at = scores[packed.first[t] : packed.first[t] + n]
        going_on = packed.counts[t + 1] if t + 1 < length else 0
        tags[t, :going_on] = (at[:going_on] + into[tags[t + 1, :going_on]]).argmax(axis=1)
        tags[t, going_on:n] = (at[going_on:] + end).argmax(axis=1)
    return [tags[:n, b].tolist() for b, n in enumerate(packed.lengths)]


def spans(path: Sequence[int], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Names of one piece: (start, end, type).

    >>> list(spans([1, 2, 0, 3], ["O", "B-Place", "E-Place", "S-Person"]))
    [(0, 2, 'Place'), (3, 4, 'Person')]
    """
    start = 0
    for at, row in enumerate(path):
        tag = tags[row]
        if tag[0] in "BS":
            start = at
        if tag[0] in "ES":
            yield start, at + 1, tag[2:]


class Belief:
    """Forward and backward sums over all pieces, in float64 and scaled at each character."""

    def __init__(self, fits: Floats, transitions: Floats, packed: Packed) -> None:
        steps = np.exp(transitions.astype(np.float64))
        self._first = packed.first
        self._steps = steps[:-1, :-1]
        self._fits = np.exp(fits.astype(np.float64) - fits.max(axis=1, keepdims=True))
        self._forward = self._fits.copy()
        self._forward[: packed.counts[0]] *= steps[-1, :-1]
        self._scale = np.empty((len(fits), 1))
        rows = [slice(row, row + n) for row, n in zip(packed.first, packed.counts, strict=True)]
        for t, here in enumerate(rows):
            state = self._forward[here]
            if t:
                state *= self._forward[rows[t - 1]][: len(state)] @ self._steps
            state /= np.add.reduce(state, axis=1, keepdims=True, out=self._scale[here])
        self._backward = np.empty_like(self._fits)
        self._backward[:] = steps[:-1, -1]
        back = self._steps.T
        for t in range(len(rows) - 1, 0, -1):
            after = self._backward[rows[t]] * self._fits[rows[t]]
            after /= self._scale[rows[t]]
            np.matmul(after, back, out=self._backward[rows[t - 1]][: len(after)])

    def of(self, piece: int, start: int, path: Sequence[int]) -> float:
        """How likely these tags are from character `start` of a piece on, all of them."""
        row = self._first[start] + piece
        likely = self._forward[row, path[0]]
        every = self._forward[row] @ self._backward[row]
        for t, (left, right) in enumerate(pairwise(path), start + 1):
            row = self._first[t] + piece
            likely *= self._steps[left, right] * self._fits[row, right] / self._scale[row, 0]
        return float(likely * self._backward[row, path[-1]] / every)
