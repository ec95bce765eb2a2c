"""Clusters of a network by the Louvain method (Blondel and others, 2008): what is linked more than chance has it.

Nodes are looked at in their order, and gains are whole numbers, so that every machine finds the same clusters.
"""

from __future__ import annotations

from collections.abc import Iterable

Weights = list[dict[int, int]]  # by node: those it is linked with, and how much


def clusters(number: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The nodes 0, 1, … in clusters, each in order, by their first nodes; `links` are between different nodes."""
    weights: Weights = [{} for _ in range(number)]
    for a, b in links:
        weights[a][b] = weights[b][a] = 1
    inner = [0] * number  # twice the links within what has become one node
    members = [[node] for node in range(number)]
    while True:
        home = _homes(weights, inner)
        found = {old: new for new, old in enumerate(dict.fromkeys(home))}
        if len(found) == len(members):
            return sorted(map(sorted, members))
        home = [found[old] for old in home]
        weights, inner, members = _as_one(home, len(found), weights, inner, members)


def _homes(weights: Weights, inner: list[int]) -> list[int]:
    """By node its cluster, when no node gains from going to another one."""
    degrees = [sum(linked.values()) + own for linked, own in zip(weights, inner, strict=True)]
    home, taken, total = list(range(len(weights))), degrees.copy(), sum(degrees)
    waiting = list(range(len(weights)))
    queued = [True] * len(weights)
    for node in waiting:  # grows: who loses a neighbour is looked at again
        queued[node] = False
        here, degree = home[node], degrees[node]
        near = {here: 0}
        for other, weight in weights[node].items():
            there = home[other]
            near[there] = near.get(there, 0) + weight
        taken[here] -= degree
        best, gain = here, near[here] * total - degree * taken[here]
        for there, weight in near.items():
            if weight * total - degree * taken[there] > gain:
                best, gain = there, weight * total - degree * taken[there]
        taken[best] += degree
        if best != here:
            home[node] = best
            for other in weights[node]:
                if home[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return home


def _as_one(
    home: list[int], number: int, weights: Weights, inner: list[int], members: list[list[int]]
) -> tuple[Weights, list[int], list[list[int]]]:
    """Each cluster as one node: its links, those within it, and the nodes of before."""
    joined: Weights = [{} for _ in range(number)]
    own, together = [0] * number, [list[int]() for _ in range(number)]
    for node, linked in enumerate(weights):
        here = home[node]
        own[here] += inner[node]
        together[here] += members[node]
        around = joined[here]
        for other, weight in linked.items():
            there = home[other]
            if there == here:
                own[here] += weight
            else:
                around[there] = around.get(there, 0) + weight
    return joined, own, together
