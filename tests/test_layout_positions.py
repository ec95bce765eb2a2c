"""Positions: the same whatever comes first, nothing on top of anything, the linked near each other."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from math import dist, inf, nextafter
from typing import Any

import networkx as nx
import numpy as np
import pytest

from kg import forces, layout
from kg.layout import radius

Network = nx.MultiDiGraph


def towns(seed: int = 1, clusters: int = 8, each: int = 60) -> nx.MultiDiGraph[str]:
    """A large component of clusters with hubs, leaves and links across, some small components, some nodes alone."""
    chance = random.Random(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for cluster in range(clusters):
        for node in range(1, each):
            graph.add_edge(f"c{cluster}n{chance.randrange(min(node, 9))}", f"c{cluster}n{node}")
        for _ in range(each):
            graph.add_edge(*(f"c{cluster}n{chance.randrange(each)}" for _ in range(2)))
        graph.add_edge(f"c{cluster}n0", f"c{(cluster + 1) % clusters}n{chance.randrange(each)}")
    for pair in range(9):
        graph.add_edge(f"p{pair}a", f"p{pair}b")
    graph.add_edges_from((f"t{n}", f"t{n + 1}") for n in range(4))
    graph.add_nodes_from(f"alone{n}" for n in range(30))
    return graph


def positions(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    return layout.positions(graph, graph.edges())


def shuffled(graph: nx.MultiDiGraph[str], seed: int) -> nx.MultiDiGraph[str]:
    chance = random.Random(seed)
    nodes, edges = list(graph), list(graph.edges())
    chance.shuffle(nodes)
    chance.shuffle(edges)
    again: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    again.add_nodes_from(nodes)
    again.add_edges_from(edges)
    return again


SHAPES: dict[str, Any] = {
    "empty": nx.empty_graph(0),
    "one": nx.empty_graph(1),
    "two": nx.path_graph(2),
    "alone": nx.empty_graph(40),
    "star": nx.star_graph(50),
    "path": nx.path_graph(30),
    "ring": nx.cycle_graph(30),
    "complete": nx.complete_graph(20),
    "complete and large": nx.complete_graph(layout.TOGETHER + 20),
    "two stars": nx.disjoint_union(nx.star_graph(9), nx.star_graph(9)),
    "twins": nx.complete_bipartite_graph(2, 30),
    "tree": nx.balanced_tree(3, 4),
}


def named(graph: nx.Graph[int]) -> nx.MultiDiGraph[str]:
    return nx.MultiDiGraph(nx.relabel_nodes(graph, str))


def gaps(graph: nx.MultiDiGraph[str], at: dict[str, tuple[float, float]]) -> float:
    """The least way from rim to rim."""
    size = {node: radius(degree) for node, degree in graph.degree}
    return min((dist(at[a], at[b]) - size[a] - size[b] for a, b in combinations(at, 2)), default=1.0)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_node_has_a_place_of_its_own(shape: str) -> None:
    graph = named(SHAPES[shape])
    at = positions(graph)
    assert set(at) == set(graph) and gaps(graph, at) > 0
    assert all(x == round(x, 1) and y == round(y, 1) for x, y in at.values())


def test_a_large_graph_has_no_node_on_another_and_neighbours_are_near() -> None:
    graph = towns()
    at = positions(graph)
    assert gaps(graph, at) > 0
    linked = [dist(at[a], at[b]) for a, b in graph.edges() if a != b]
    names = list(graph)
    chance = random.Random(2)
    any_two = [dist(at[a], at[b]) for a, b in (chance.sample(names, 2) for _ in range(2000))]
    assert sum(linked) / len(linked) < 0.4 * sum(any_two) / len(any_two)


def test_what_belongs_together_is_in_the_middle_and_what_is_alone_is_outside() -> None:
    at = positions(towns())
    out = {
        kind: [dist((x / layout.WIDER, y), (0, 0)) for n, (x, y) in at.items() if n.startswith(kind)] for kind in "cpa"
    }
    assert max(out["c"]) < min(out["p"]) and max(out["c"]) < min(out["a"])


def test_a_leaf_stands_beside_what_it_hangs_on() -> None:
    graph = named(nx.star_graph(12))
    graph.add_edge("0", "far")
    graph.add_edge("far", "further")
    at = positions(graph)
    near = [dist(at["0"], at[str(leaf)]) for leaf in range(1, 13)]
    rings = 2 * (layout.GAP + 2 * radius(1))
    assert max(near) < layout.WIDER * (radius(13) + rings) < dist(at["0"], at["further"]) + rings


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    graph = towns()
    first = positions(graph)
    assert all(positions(shuffled(graph, seed)) == first for seed in range(3))
    assert positions(nx.MultiDiGraph((b, a) for a, b in graph.edges())).keys() <= first.keys()


PROGRAM = """
import json, sys
from tests.test_layout_positions import positions, towns
json.dump(positions(towns()), sys.stdout, sort_keys=True)
"""


@pytest.mark.parametrize("threads", ["1", "4"])
def test_other_processes_find_the_same(threads: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": threads, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment)
    assert json.loads(done.stdout) == {node: [*place] for node, place in positions(towns()).items()}


def test_the_last_bits_of_another_library_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, chance = towns(), random.Random(4)
    first = positions(graph)

    def with_other_bits(real: Callable[[float], float]) -> Callable[[float], float]:
        return lambda x: nextafter(real(x), chance.choice((-inf, inf)))

    for name in ("sin", "cos", "asin", "sqrt"):
        monkeypatch.setattr(layout, name, with_other_bits(getattr(layout, name)))
    monkeypatch.setattr(layout, "radius", radius)
    assert positions(graph) == first


def test_the_last_bits_of_another_processor_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, real, chance = towns(), forces.burst, np.random.default_rng(5)
    first = positions(graph)

    def with_other_bits(places: Any, *tables: Any) -> Any:
        def other_bits(places: Any) -> Any:
            return places * (1 + 4e-16 * chance.standard_normal(places.shape))

        return other_bits(real(other_bits(places), *tables))

    monkeypatch.setattr(forces, "burst", with_other_bits)
    assert positions(graph) == first
    # Without the rounding in between they would.
    monkeypatch.setattr(forces, "BURST", 4 * layout.ROUNDS)
    other = positions(graph)
    monkeypatch.setattr(forces, "burst", real)
    assert positions(graph) != other
