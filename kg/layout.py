"""Where the nodes of a drawing stand: discs within discs, spread by ForceAtlas2, the same on every machine.

A node and the leaves that hang on it make a disc. ForceAtlas2 spreads the discs of a cluster and the clusters of a
component, which are then pushed apart where they meet; components stand in rings around the largest. No node lies on
another. ForceAtlas2 compares each node with each other, so that it is given only a few hundred at a time. It starts
from places that follow from the graph alone and is stopped every few rounds to have its places rounded: otherwise the
last bit, which differs between processors, grows to another picture within a hundred rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

GAP = 7.0  # between the rims of neighbours
WIDER = 1.4  # than high: so are screens, and labels
TOGETHER = 200  # discs that ForceAtlas2 spreads in one go; of more, clusters are made first
TOO_MANY = 1500  # for one go where no clusters are found: its tables would take some hundred megabytes
ROUNDS = 100  # of ForceAtlas2
BURST = 10  # rounds after which places are rounded
PUSHES = 300  # until no disc lies on another; more than any graph has needed
FILLED = 0.5  # part of the ground that discs cover before they are pushed apart
OUTLYING = 1.1  # of the radius of the ground that all need: what lies beyond is drawn in
GOLDEN_ANGLE = pi * (3 - sqrt(5))


def radius(degree: int) -> float:
    """The size of a node in a drawing: its area grows with the number of its relations."""
    return 4 + 2 * sqrt(degree)


def positions(network: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """x and y of every node, to one decimal, the middle at 0, 0; they depend on the nodes and edges alone."""
    names = sorted(network)
    number = {name: n for n, name in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    ends = ((number[a], number[b]) for a, b in network.edges())
    plain.add_edges_from(sorted({(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}))
    sizes = [radius(network.degree(name)) for name in names]
    parts = sorted(sorted(part) for part in nx.connected_components(plain))
    discs = [_component(plain, part, sizes) for part in parts]
    at = _rings(sorted(discs, key=lambda disc: -disc.radius)).at
    return {name: (_rounded(WIDER * at[n].real), _rounded(at[n].imag)) for name, n in number.items()}


def _rounded(coordinate: float) -> float:
    return round(coordinate, 1) + 0.0  # -0.0 is 0.0


@dataclass(frozen=True, slots=True)
class _Disc:
    """Nodes at their places, as complex numbers, around the origin, all within the radius."""

    at: dict[int, complex]
    radius: float
    ground: float  # the sum of what the nodes need, as squares of radii

    @classmethod
    def of(cls, node: int, size: float) -> _Disc:
        return cls({node: 0j}, size, (size + GAP / 2) ** 2)

    def moved(self, by: complex, turn: complex = 1) -> dict[int, complex]:
        return {node: _fixed(by + turn * place) for node, place in self.at.items()}


def _fixed(place: complex) -> complex:
    """Without the last bits, which come from a processor or a library of mathematics."""
    return complex(round(place.real, 3), round(place.imag, 3))


def _component(plain: nx.Graph[int], part: Sequence[int], sizes: Sequence[float]) -> _Disc:
    """The nodes of a connected part: leaves beside what they hang on, the rest spread."""
    hubs = [node for node in part if plain.degree(node) > 1] or [max(part, key=lambda node: (sizes[node], -node))]
    hanging: dict[int, list[int]] = {hub: [] for hub in hubs}
    for node in part:
        if node not in hanging:
            hanging[next(iter(plain[node]))].append(node)
    stars = [_rings([_Disc.of(node, sizes[node]) for node in (hub, *hanging[hub])]) for hub in hubs]
    number = {hub: n for n, hub in enumerate(hubs)}
    core: nx.Graph[int] = nx.Graph()
    core.add_nodes_from(range(len(hubs)))
    core.add_edges_from((number[a], number[b]) for a, b in sorted(plain.edges(hubs)) if a in number and b in number)
    spread = _spread(stars, core)
    if len(stars) <= TOGETHER:
        return spread
    # Clusters were given the ground that they need, whatever their shape: where they meet, nodes make room.
    nodes = [_Disc.of(node, sizes[node]) for node in part]
    return _joined(nodes, _apart([spread.at[node] for node in part], [disc.radius for disc in nodes]))


def _rings(discs: Sequence[_Disc]) -> _Disc:
    """The first in the middle, the others in rings around it, each as far in as it can be."""
    if not discs:
        return _Disc({}, 0.0, 0.0)
    at, rim, done = dict(discs[0].at), discs[0].radius, 1
    while done < len(discs):
        thick = max(disc.radius for disc in discs[done:])
        needed = 1.02 * sum(2 * disc.radius + GAP for disc in discs[done:]) / (2 * pi) - thick - GAP
        if rim < needed < 1.2 * rim + thick:
            rim = needed  # one ring somewhat wider, not another one for the last few
        ring, room = _fitting(discs[done:], rim)
        direction = 0.0
        for disc, angle in ring:
            share = (angle + room / len(ring)) / 2
            direction += share
            at |= disc.moved((rim + GAP + disc.radius) * complex(cos(direction), sin(direction)))
            direction += share
        done, rim = done + len(ring), rim + GAP + 2 * max(disc.radius for disc, _ in ring)
    return _Disc(at, rim, sum(disc.ground for disc in discs))


def _fitting(discs: Sequence[_Disc], rim: float) -> tuple[list[tuple[_Disc, float]], float]:
    """As many as fit into a ring around the rim, with the angle that each takes, and the angle that is left."""
    ring: list[tuple[_Disc, float]] = []
    room = 2 * pi
    for disc in discs:
        angle = 2 * asin(min(1.0, (disc.radius + GAP / 2) / (rim + GAP + disc.radius)))
        if ring and angle > room:
            break
        ring.append((disc, angle))
        room -= angle
    return ring, max(room, 0.0)


def _joined(discs: Sequence[_Disc], places: Sequence[complex], turns: Sequence[complex] = ()) -> _Disc:
    """The discs at their places, and turned, as one disc."""
    left, right = (edge(p.real for p in places) for edge in (min, max))
    low, high = (edge(p.imag for p in places) for edge in (min, max))
    middle = complex((left + right) / 2, (low + high) / 2)
    at: dict[int, complex] = {}
    for disc, place, turn in zip(discs, places, turns or [1] * len(discs), strict=True):
        at |= disc.moved(place - middle, turn)
    rim = max(abs(place - middle) + disc.radius for disc, place in zip(discs, places, strict=True))
    return _Disc(at, round(rim, 3), sum(disc.ground for disc in discs))


def _spread(discs: Sequence[_Disc], links: nx.Graph[int], rounds: int = ROUNDS) -> _Disc:
    """Discs, which are the nodes of `links`, so that the linked are near each other."""
    if len(discs) <= 2:
        return _rings(discs)
    if len(discs) > TOGETHER:
        clusters = sorted(sorted(cluster) for cluster in nx.community.louvain_communities(links, seed=1))
        if len(clusters) > 1:
            return _spread_clusters(discs, links, clusters)
        if len(discs) > TOO_MANY:
            return _rings(sorted(discs, key=lambda disc: -disc.radius))
    return _joined(discs, _by_force(discs, links, rounds))


def _spread_clusters(discs: Sequence[_Disc], links: nx.Graph[int], clusters: Sequence[Sequence[int]]) -> _Disc:
    """Each cluster spread, then all of them, turned so that what is linked across looks at each other."""
    home = {node: n for n, cluster in enumerate(clusters) for node in cluster}
    spread: list[_Disc] = []
    for cluster in clusters:
        number = {node: n for n, node in enumerate(cluster)}
        inner: nx.Graph[int] = nx.Graph()
        inner.add_nodes_from(range(len(cluster)))
        within = ((number[a], number[b]) for a, b in sorted(links.edges(cluster)) if a in number and b in number)
        inner.add_edges_from(within)
        spread.append(_spread([discs[n] for n in cluster], inner))
    outer: nx.Graph[int] = nx.Graph()
    outer.add_nodes_from(range(len(clusters)))
    across = [(a, b) for a, b in sorted(links.edges()) if home[a] != home[b]]
    outer.add_edges_from((home[a], home[b]) for a, b in across)
    grounds = [_Disc(disc.at, sqrt(disc.ground / FILLED), disc.ground) for disc in spread]
    centres = [_Disc({n: 0j}, disc.radius, disc.ground) for n, disc in enumerate(grounds)]
    middle = _spread(centres, outer, 4 * ROUNDS)  # the picture as a whole is worth it
    places = [middle.at[n] for n in range(len(clusters))]
    pulls = [0j] * len(clusters)
    for a, b in (*across, *((b, a) for a, b in across)):
        seen = spread[home[a]].at[next(iter(discs[a].at))]
        pulls[home[a]] += seen.conjugate() * (places[home[b]] - places[home[a]])
    return _joined(grounds, places, [pull / abs(pull) if abs(pull) > 1 else 1 for pull in pulls])


def _by_force(discs: Sequence[_Disc], links: nx.Graph[int], rounds: int) -> list[complex]:
    """Places by ForceAtlas2, then apart from each other."""
    import numpy as np

    ranked = sorted(links, key=lambda node: (-links.degree(node), -len(discs[node].at), node))
    mass = {node: len(discs[node].at) + links.degree(node) for node in links}
    # A sunflower, the best connected in its middle.
    turns = {node: (sqrt(n + 1), n * GOLDEN_ANGLE) for n, node in enumerate(ranked)}
    found = {node: np.array([way * cos(turn), way * sin(turn)]) for node, (way, turn) in turns.items()}
    for _ in range(0, rounds, BURST):
        found = {node: place.round(3) for node, place in found.items()}
        found = nx.forceatlas2_layout(links, found, max_iter=BURST, node_mass=mass)
    places = [complex(*found[node].round(3).tolist()) for node in range(len(discs))]
    middle = sum(places) / len(places)
    ways = sorted(abs(place - middle) for place in places)
    needed = sum((disc.radius + GAP / 2) ** 2 for disc in discs) / FILLED
    # Of points spread evenly over a disc, half are within its radius over the square root of two.
    scale = sqrt(needed / 2) / (ways[len(ways) // 2] or 1.0)
    drawn = [_fixed(_drawn_in(scale * (place - middle), OUTLYING * sqrt(needed))) for place in places]
    return _apart(drawn, [disc.radius for disc in discs])


def _drawn_in(place: complex, limit: float) -> complex:
    """Far out, but not so far that all else becomes small."""
    way = abs(place)
    return place if way <= limit else place / way * (limit + sqrt(way - limit))


def _apart(places: Sequence[complex], radii: Sequence[float]) -> list[complex]:
    """Push discs apart that lie on each other, the small more than the large."""
    import numpy as np

    x, y = np.array([p.real for p in places]), np.array([p.imag for p in places])
    size = np.array(radii)
    for _ in range(PUSHES):
        one, other = _near(x, y, 2 * size.max() + GAP)
        dx, dy = x[one] - x[other], y[one] - y[other]
        way = np.sqrt(dx * dx + dy * dy) + 1e-9
        lack = size[one] + size[other] + GAP - way
        found = lack > 0
        if lack.max(initial=0) < GAP / 8:
            break
        one, other, push = one[found], other[found], 1.02 * lack[found] / way[found]
        dx, dy = dx[found] * push, dy[found] * push
        share = size[other] ** 2 / (size[one] ** 2 + size[other] ** 2)
        for axis, step in ((x, dx), (y, dy)):
            axis += np.bincount(one, step * share, len(axis)) - np.bincount(other, step * (1 - share), len(axis))
    return [complex(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]


def _near(x: Numbers, y: Numbers, cell: float) -> tuple[Indices, Indices]:
    """Pairs of points that are less than a cell apart, and some others: from a grid, sorted by its cells."""
    import numpy as np

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
