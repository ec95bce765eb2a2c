"""Forces on the discs of a drawing: ForceAtlas2 spreads them, and those that lie on each other are pushed apart.

ForceAtlas2 (Jacomy and others, PLoS ONE 2014) is here as networkx has it, but on two arrays that are made once. It
compares each node with each other, so that a few hundred at a time are enough. It is stopped every few rounds to have
its places rounded: otherwise the last bit, which differs between processors, grows to another picture within a hundred
rounds.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

BURST = 10  # rounds after which places are rounded
REPULSION = 2.0
LEAST_EFFICIENCY = 0.05
NEAREST = 1e-9  # the square of a way
PUSHES = 300  # until no disc lies on another; more than any graph has needed
SLACK = 4  # gaps
FEW = 64  # discs so large that the cells of a grid would hold too many others
ALL_PAIRS = 300  # discs of which each is compared with each: quicker than a grid


def spread(places: Numbers, pairs: Indices, mass: Numbers, rounds: int) -> Numbers:
    """Places (a row of x, one of y) after so many rounds of ForceAtlas2; `pairs` (two rows) are what is linked."""
    number = places.shape[1]
    pull = np.zeros((number, number))
    pull[pairs[0], pairs[1]] = pull[pairs[1], pairs[0]] = 1
    push = REPULSION * np.outer(mass, mass)
    np.fill_diagonal(push, 0)
    for _ in range(0, rounds, BURST):
        places = burst(places.round(3), pull, push, mass)
    return places.round(3)


def burst(places: Numbers, pull: Numbers, push: Numbers, mass: Numbers) -> Numbers:
    """Some rounds of ForceAtlas2 from these places."""
    number = places.shape[1]
    at = np.ones((3, number))  # x, y, and 1, so that one product of matrices makes all the sums
    at[:2] = places
    here = at[:2]
    apart, force = np.empty((number, number)), np.empty((number, number))
    pace = _Pace(number)
    for _ in range(BURST):
        np.subtract(at[0][:, None], at[0], out=apart)
        np.multiply(apart, apart, out=apart)
        np.subtract(at[1][:, None], at[1], out=force)
        np.multiply(force, force, out=force)
        apart += force
        apart += NEAREST  # to itself, too, where nothing pushes
        np.divide(push, apart, out=force)
        force -= pull
        sums = at @ force
        move = here * sums[2] - sums[:2]
        middle = here - here.sum(axis=1)[:, None] / number
        way = _length(middle)
        way[way == 0] = inf
        move -= mass * middle / way
        swing, traction = mass @ _length(here - move), 0.5 * (mass @ _length(here + move))
        speed = pace.after(float(swing), float(traction))
        here += move * (speed / (1 + np.sqrt(speed * mass * _length(move))))
    return here


def _length(rows: Numbers) -> Numbers:
    length: Numbers = np.sqrt(rows[0] * rows[0] + rows[1] * rows[1])
    return length


class _Pace:
    """How far nodes go in a round: less where they swing to and fro."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.jitter = 0.05 * sqrt(number)
        self.speed = self.efficiency = self.swing = self.traction = 1.0

    def after(self, swing: float, traction: float) -> float:
        """The speed after so much swinging and so much going on."""
        self.swing += swing
        self.traction += traction
        jitter = max(sqrt(self.jitter), min(10.0, self.jitter * self.traction / self.number**2))
        if self.swing / self.traction > 2:
            if self.efficiency > LEAST_EFFICIENCY:
                self.efficiency *= 0.5
            jitter = max(jitter, 1.0)
        aim = jitter * self.efficiency * self.traction / self.swing
        if self.swing > jitter * self.traction:
            if self.efficiency > LEAST_EFFICIENCY:
                self.efficiency *= 0.7
        elif self.speed < 1000:
            self.efficiency *= 1.3
        self.speed += min(aim - self.speed, 0.5 * self.speed)
        return self.speed


def apart(places: Numbers, size: Numbers, gap: float) -> Numbers:
    """Places (a row of x, one of y) from which discs are pushed until there is a gap between any two, the small further
    than the large.
    """
    slack = SLACK * gap  # pairs no further from touching are watched, until something has gone half of it
    known, watched = places, _Watched(places, size, gap, slack)
    for _ in range(PUSHES):
        x, y = places
        dx, dy = x[watched.one] - x[watched.other], y[watched.one] - y[watched.other]
        way = np.sqrt(dx * dx + dy * dy) + 1e-9
        lack = watched.reach - way
        if lack.max(initial=0) < gap / 8:
            break
        found = np.flatnonzero(lack > 0)
        one, other, share = watched.one[found], watched.other[found], watched.share[found]
        push = 1.02 * lack[found] / way[found]
        step = np.empty_like(places)
        for row, along in enumerate((dx, dy)):
            part = along[found] * push
            forth, back = np.bincount(one, part * share, len(size)), np.bincount(other, part * (1 - share), len(size))
            step[row] = forth - back
        places = places + step
        if 2 * _length(places - known).max() > slack:
            known, watched = places, _Watched(places, size, gap, slack)
    return places


class _Watched:
    """Pairs of discs that may touch: how far their middles should be apart, and which part of a push is the first's."""

    def __init__(self, places: Numbers, size: Numbers, gap: float, slack: float) -> None:
        one, other = _all_pairs(len(size)) if len(size) <= ALL_PAIRS else _close(places, size, gap + slack)
        reach = size[one] + size[other] + gap
        near = np.flatnonzero(_length(places[:, one] - places[:, other]) < reach + slack)
        self.one, self.other, self.reach = one[near], other[near], reach[near]
        ground = size * size
        self.share = ground[self.other] / (ground[self.one] + ground[self.other])


@lru_cache(maxsize=1)  # the same number some times in a row
def _all_pairs(number: int) -> tuple[Indices, Indices]:
    one, other = np.triu_indices(number, 1)
    return one, other


def _close(places: Numbers, size: Numbers, room: float) -> tuple[Indices, Indices]:
    """Pairs of discs with less room than this between them, and some others: the few large ones with all, the others
    from a grid, whose cells are as small as they may be.
    """
    large, small = np.split(np.argsort(-size, kind="stable"), [FEW])
    one, other = _in_grid(places[0, small], places[1, small], 2 * float(size[small[0]]) + room)
    ones, others = [small[one]], [small[other]]
    for rank, disc in enumerate(large):
        rest = np.concatenate((large[rank + 1 :], small))
        way = _length(places[:, rest] - places[:, [disc]])
        near = rest[way < size[rest] + size[disc] + room]
        ones.append(np.full(len(near), disc))
        others.append(near)
    return np.concatenate(ones), np.concatenate(others)


def _in_grid(x: Numbers, y: Numbers, cell: float) -> tuple[Indices, Indices]:
    """Pairs of points that are less than a cell apart, and some others: from a grid, sorted by its cells."""
    column, row = np.floor((x - x.min()) / cell).astype(np.int64), np.floor((y - y.min()) / cell).astype(np.int64)
    height = row.max() + 3
    key = column * height + row + 1
    order = np.argsort(key, kind="stable")
    key = key[order]
    here = np.arange(len(key))
    ones, others = [], []
    # In the cell and the one above; in the three of the next column.
    for begin, end in (
        (here + 1, np.searchsorted(key, key + 1, "right")),
        (np.searchsorted(key, key + height - 1), np.searchsorted(key, key + height + 1, "right")),
    ):
        many = np.maximum(end - begin, 0)
        ones.append(np.repeat(here, many))
        others.append(np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many))
    return order[np.concatenate(ones)], order[np.concatenate(others)]
