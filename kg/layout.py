"""Where the nodes of a drawing stand: discs within discs, spread by forces, the same on every machine.

A node and the leaves that hang on it make a disc. ForceAtlas2 (kg/forces.py) spreads the discs of a cluster and the
clusters of a component, which are then pushed apart where they meet; components stand in rings around the largest. No
node lies on another. What the forces start from follows from the graph alone; the places within a component follow
from the component alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from kg.clusters import clusters
from kg.kept import Kept, digest

if TYPE_CHECKING:
    from kg.forces import Numbers

Pairs = Sequence[tuple[int, int]]  # what is linked, by numbers, the lower first; sorted, each once

GAP = 7.0  # between the rims of neighbours
WIDER = 1.4  # than high: so are screens, and labels
TOGETHER = 200  # discs that ForceAtlas2 spreads in one go; of more, clusters are made first
TOO_MANY = 1500  # for one go where no clusters are found: its tables would take some hundred megabytes
ROUNDS = 60  # of ForceAtlas2
FILLED = 0.5  # part of the ground that discs cover before they are pushed apart
OUTLYING = 1.1  # of the radius of the ground that all need: what lies beyond is drawn in
GOLDEN_ANGLE = pi * (3 - sqrt(5))


def radius(degree: int) -> float:
    """The size of a node in a drawing: its area grows with the number of its relations."""
    return 4 + 2 * sqrt(degree)


def positions(
    nodes: Iterable[str], edges: Iterable[tuple[str, str]], kept: Kept | None = None
) -> dict[str, tuple[float, float]]:
    """x and y of every node, to one decimal, the middle at 0, 0; they depend on the nodes and edges alone.

    `kept` holds what the forces have come to before, for each cluster.
    """
    kept = kept or Kept()
    names = sorted(nodes)
    number = {name: n for n, name in enumerate(names)}
    degrees = [0] * len(names)
    pairs: set[tuple[int, int]] = set()
    for source, target in edges:
        a, b = number[source], number[target]
        degrees[a] += 1
        degrees[b] += 1
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    links = _links(len(names), sorted(pairs))
    sizes = [radius(degree) for degree in degrees]
    discs = [_component(links, part, sizes, kept) for part in _parts(links)]
    at = _rings(sorted(discs, key=lambda disc: -disc.radius)).at
    return {name: _rounded(at[n]) for n, name in enumerate(names)}


def _links(number: int, pairs: Pairs) -> list[list[int]]:
    """By node those that it is linked with, in order."""
    links: list[list[int]] = [[] for _ in range(number)]
    for a, b in pairs:
        links[a].append(b)
        links[b].append(a)
    return links


def _parts(links: Sequence[Sequence[int]]) -> list[list[int]]:
    """The connected components, each in order, by their first nodes."""
    parts: list[list[int]] = []
    seen = [False] * len(links)
    for first in range(len(links)):
        if not seen[first]:
            part = [first]
            seen[first] = True
            for node in part:  # grows as it is walked
                for other in links[node]:
                    if not seen[other]:
                        seen[other] = True
                        part.append(other)
            parts.append(sorted(part))
    return parts


def _rounded(place: complex) -> tuple[float, float]:
    place = _fixed(place)
    return round(WIDER * place.real, 1) + 0.0, round(place.imag, 1) + 0.0  # -0.0 is 0.0


@dataclass(slots=True)  # frozen ones take twice as long to make
class _Disc:
    """Nodes at their places, as complex numbers, around the origin, all within the radius."""

    at: dict[int, complex]
    radius: float
    ground: float  # the sum of what the nodes need, as squares of radii

    @classmethod
    def of(cls, node: int, size: float) -> _Disc:
        return cls({node: 0j}, size, (size + GAP / 2) ** 2)

    def moved(self, by: complex, turn: complex = 1) -> dict[int, complex]:
        return {node: by + turn * place for node, place in self.at.items()}


def _fixed(place: complex) -> complex:
    """Without the last bits, which come from a processor or a library of mathematics."""
    return complex(round(place.real, 3), round(place.imag, 3))


def _component(links: Sequence[Sequence[int]], part: Sequence[int], sizes: Sequence[float], kept: Kept) -> _Disc:
    """The nodes of a connected part: leaves beside what they hang on, the rest spread."""
    if len(part) == 1:
        return _Disc.of(part[0], sizes[part[0]])
    hubs = [node for node in part if len(links[node]) > 1] or [max(part, key=lambda node: (sizes[node], -node))]
    number = {hub: n for n, hub in enumerate(hubs)}
    hanging: list[list[int]] = [[hub] for hub in hubs]
    for node in part:
        if node not in number:
            hanging[number[links[node][0]]].append(node)
    stars = [_rings([_Disc.of(node, sizes[node]) for node in star]) for star in hanging]
    core = [(number[a], number[b]) for a in hubs for b in links[a] if a < b and b in number]
    spread = _spread(stars, core, kept)
    if len(stars) <= TOGETHER:
        return spread
    # Clusters were given the ground that they need, whatever their shape: where they meet, nodes make room.
    nodes = [_Disc.of(node, sizes[node]) for node in part]
    return _joined(nodes, _apart([spread.at[node] for node in part], nodes))


def _rings(discs: Sequence[_Disc]) -> _Disc:
    """The first in the middle, the others in rings around it, each as far in as it can be."""
    if len(discs) <= 1:
        return discs[0] if discs else _Disc({}, 0.0, 0.0)
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


def _spread(discs: Sequence[_Disc], links: Pairs, kept: Kept, rounds: int = ROUNDS) -> _Disc:
    """Discs, with links by their numbers, so that the linked are near each other."""
    if len(discs) <= 2:
        return _rings(discs)
    if len(discs) > TOGETHER:
        found = clusters(len(discs), links)
        if len(found) > 1:
            return _spread_clusters(discs, links, found, kept)
        if len(discs) > TOO_MANY:
            return _rings(sorted(discs, key=lambda disc: -disc.radius))
    return _joined(discs, _by_force(discs, links, rounds, kept))


def _spread_clusters(discs: Sequence[_Disc], links: Pairs, parts: Sequence[Sequence[int]], kept: Kept) -> _Disc:
    """Each cluster spread, then all of them, turned so that what is linked across looks at each other."""
    home = {node: n for n, cluster in enumerate(parts) for node in cluster}
    number = {node: n for cluster in parts for n, node in enumerate(cluster)}
    within: list[list[tuple[int, int]]] = [[] for _ in parts]
    across: list[tuple[int, int]] = []
    for a, b in links:
        if home[a] == home[b]:
            within[home[a]].append((number[a], number[b]))
        else:
            across.append((a, b))
    spread = [_spread([discs[n] for n in cluster], inner, kept) for cluster, inner in zip(parts, within, strict=True)]
    outer = sorted({(min(home[a], home[b]), max(home[a], home[b])) for a, b in across})
    grounds = [_Disc(disc.at, sqrt(disc.ground / FILLED), disc.ground) for disc in spread]
    centres = [_Disc({n: 0j}, disc.radius, disc.ground) for n, disc in enumerate(grounds)]
    middle = _spread(centres, outer, kept, 4 * ROUNDS)  # the picture as a whole is worth it
    places = [middle.at[n] for n in range(len(parts))]
    pulls = [0j] * len(parts)
    for a, b in (*across, *((b, a) for a, b in across)):
        seen = spread[home[a]].at[next(iter(discs[a].at))]
        pulls[home[a]] += seen.conjugate() * (places[home[b]] - places[home[a]])
    return _joined(grounds, places, [pull / abs(pull) if abs(pull) > 1 else 1 for pull in pulls])


def _by_force(discs: Sequence[_Disc], links: Pairs, rounds: int, kept: Kept) -> list[complex]:
    """Places by ForceAtlas2, then apart from each other; of equal discs and links, those that are kept."""
    import numpy as np

    sizes = np.array([(disc.radius, len(disc.at)) for disc in discs])
    seal = digest((repr(rounds).encode(), sizes.tobytes(), np.array(links, dtype=np.int64).tobytes()))
    made = kept.of("places", seal, lambda: np.array(_forced(discs, links, rounds)).tobytes())
    found: list[complex] = np.frombuffer(made, dtype=np.complex128).tolist()
    return found


def _forced(discs: Sequence[_Disc], links: Pairs, rounds: int) -> list[complex]:
    import numpy as np

    from kg import forces

    degrees = [len(linked) for linked in _links(len(discs), links)]
    ranked = sorted(range(len(discs)), key=lambda node: (-degrees[node], -len(discs[node].at), node))
    mass = [len(disc.at) + degree for disc, degree in zip(discs, degrees, strict=True)]
    # A sunflower, the best connected in its middle.
    begin = np.empty((2, len(discs)))
    for n, node in enumerate(ranked):
        way, turn = sqrt(n + 1), n * GOLDEN_ANGLE
        begin[:, node] = way * cos(turn), way * sin(turn)
    ends = np.array(links, dtype=np.int64).reshape(-1, 2).T
    found = forces.spread(begin, ends, np.array(mass, dtype=np.float64), rounds)
    places = _as_complex(found)
    middle = sum(places) / len(places)
    ways = sorted(abs(place - middle) for place in places)
    needed = sum((disc.radius + GAP / 2) ** 2 for disc in discs) / FILLED
    # Of points spread evenly over a disc, half are within its radius over the square root of two.
    scale = sqrt(needed / 2) / (ways[len(ways) // 2] or 1.0)
    drawn = [_fixed(_drawn_in(scale * (place - middle), OUTLYING * sqrt(needed))) for place in places]
    return _apart(drawn, discs)


def _drawn_in(place: complex, limit: float) -> complex:
    """Far out, but not so far that all else becomes small."""
    way = abs(place)
    return place if way <= limit else place / way * (limit + sqrt(way - limit))


def _apart(places: Sequence[complex], discs: Sequence[_Disc]) -> list[complex]:
    """The places, so far from each other that no disc lies on another."""
    import numpy as np

    from kg import forces

    begin = np.array([[p.real for p in places], [p.imag for p in places]])
    found = forces.apart(begin, np.array([disc.radius for disc in discs]), GAP)
    return _as_complex(found)


def _as_complex(rows: Numbers) -> list[complex]:
    places: list[complex] = (rows[0] + 1j * rows[1]).tolist()
    return places
