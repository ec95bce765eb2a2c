"""Forces on the discs of a drawing: ForceAtlas2 spreads them, and those that lie on each other are pushed apart.

ForceAtlas2 (Jacomy and others, PLoS ONE 2014) is here as Gephi has it, but on two arrays that are made once. A node
swings as far as its force has turned; networkx takes its place for that force, and needs nearly twice the rounds for
the same picture. Each node is compared with each other, so that a few hundred at a time are enough. It is stopped every
few rounds to have its places rounded: otherwise the last bit, which differs between processors, grows to another
picture within a hundred rounds.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

BURST = 6  # rounds after which places are rounded
REPULSION = 2.0
LEAST_EFFICIENCY = 0.05
NEAREST = 1e-9  # the square of a way
PUSHES = 300  # until no disc lies on another; more than any graph has needed
SLACKS = (12.0, 3.0)  # gaps: how far from touching pairs are that are watched, and those of them that are looked at
FEW = 16  # discs so large that the cells of a grid would hold too many others
ALL_PAIRS = 300  # discs of which each is compared with each: quicker than a grid


def spread(places: Numbers, pairs: Indices, mass: Numbers, rounds: int) -> Numbers:
    """Places (a row of x, one of y) after so many rounds of ForceAtlas2; `pairs` (two rows) are what is linked."""
    number = places.shape[1]
    pull = np.zeros((number, number))
    pull[pairs[0], pairs[1]] = pull[pairs[1], pairs[0]] = 1
    push = REPULSION * np.outer(mass, mass)
    np.fill_diagonal(push, 0)
    tables = np.empty((2, number, number))
    for _ in range(0, rounds, BURST):
        places = burst(places.round(3), pull, push, mass, tables)
    return places.round(3)


def burst(places: Numbers, pull: Numbers, push: Numbers, mass: Numbers, tables: Numbers) -> Numbers:
    """Some rounds of ForceAtlas2 from these places; the tables are for what comes between."""
    number = places.shape[1]
    at = np.ones((3, number))  # x, y, and 1, so that one product of matrices makes all the sums
    at[:2] = places
    here = at[:2]
    apart, force = tables
    average = np.full((number, 1), 1 / number)
    pace, before = _Pace(number), np.zeros_like(places)
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
        middle = here - here @ average
        move -= middle * (mass / np.maximum(np.hypot(*middle), NEAREST))
        swing = np.hypot(*(move - before))
        speed = pace.after(float(mass @ swing), 0.5 * float(mass @ np.hypot(*(move + before))))
        here += move * (speed / (1 + np.sqrt(speed * mass * swing)))
        before = move
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
    wide, close = SLACKS
    watched = _Watched(size, gap, inf if len(size) <= ALL_PAIRS else wide * gap, close * gap)
    touching = _Watched(size, gap, close * gap, 0, watched)
    for _ in range(PUSHES):
        near = touching.pairs(places)
        dx, dy = near.ways(places)
        way = np.sqrt(dx * dx + dy * dy) + 1e-9
        lack = near.reach - way
        if lack.max(initial=0) < gap / 8:
            break
        found = np.flatnonzero(lack > 0)
        push, share = 1.02 * lack[found] / way[found], near.share[found]
        discs = np.concatenate((near.one[found], near.other[found]))
        parts = np.concatenate((push * share, push * (share - 1)))
        found = np.concatenate((found, found))
        places = places + [np.bincount(discs, along[found] * parts, len(size)) for along in (dx, dy)]
    return places


class _Pairs(NamedTuple):
    """Pairs of discs: how far their middles should be apart, and which part of a push is the first's."""

    one: Indices
    other: Indices
    reach: Numbers
    share: Numbers

    def ways(self, places: Numbers) -> Numbers:
        """From the one to the other, a row of x and one of y."""
        return places.take(self.one, 1) - places.take(self.other, 1)


class _Watched:
    """Pairs that may touch: those with no more than the slack between them, until something has gone so far that
    another pair could have come within the `narrower` slack.

    They are found among those of a `wider` watch, which is renewed less often.
    """

    def __init__(self, size: Numbers, gap: float, slack: float, narrower: float, wider: _Watched | None = None) -> None:
        self._size, self._gap, self._slack, self._wider = size, gap, slack, wider
        self._leeway = (slack - narrower) / 2
        self._known: Numbers | None = None

    def pairs(self, places: Numbers) -> _Pairs:
        """All that are within the narrower slack at these places, and some others."""
        if self._known is None or _length(places - self._known).max() > self._leeway:
            self._known, self._pairs = places, self._found(places)
        return self._pairs

    def _found(self, places: Numbers) -> _Pairs:
        if self._slack == inf:
            return self._measured(*_all_pairs(len(self._size)))
        if self._wider:
            pairs = self._wider.pairs(places)
        else:
            pairs = self._measured(*_close(places, self._size, self._gap + self._slack))
        near = np.flatnonzero(_length(pairs.ways(places)) < pairs.reach + self._slack)
        return _Pairs(pairs.one[near], pairs.other[near], pairs.reach[near], pairs.share[near])

    def _measured(self, one: Indices, other: Indices) -> _Pairs:
        ground = self._size * self._size
        reach = self._size[one] + self._size[other] + self._gap
        return _Pairs(one, other, reach, ground[other] / (ground[one] + ground[other]))


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
