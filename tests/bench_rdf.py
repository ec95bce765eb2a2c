"""Speed and memory of writing RDF, against rdflib on the same triples in the same run.

    python -m tests.bench_rdf [FOLDER [TRIPLES]]

The graph of the folder is taken as often as it needs to have that many triples, a million by default. What is compared
is seconds of CPU: for rdflib, to make its graph and to write it; for each of our formats, to write it. A format that
rdflib is not asked for is compared with its fastest. Memory is what writing needs at its peak beside the graph and its
indexes, as tracemalloc counts it in a run of its own, for a quarter of the graph and for the whole: what does not grow
is constant. The indexes, which a graph makes once and keeps for all that is asked of it, are counted apart.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.describe import Describer
from kg.export import formats
from kg.graph import GraphData
from kg.header import Count
from kg.pipeline import build
from kg.rdf import Rdf, to_rdf
from tests.grown import grown

# Our endings and what rdflib calls the format.
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
MILLION = 1_000_000


def seconds(work: Callable[[], object]) -> float:
    """Seconds of CPU that the work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def write(graph: GraphData, ending: str) -> int:
    """Write the graph to where nothing is kept; the number of triples."""
    with Path("/dev/null").open("wb") as out:
        return formats.write(Rdf(graph), out, f"graph.{ending}")


def memory(work: Callable[[], object]) -> float:
    """MiB that the work needs at its peak."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def index(graph: GraphData) -> None:
    """Let the graph make its indexes."""
    graph.statements_of("")
    graph.observations_of("")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "seeds"
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else MILLION
    once = build(folder).graph
    times = -(-wanted // Count.of(Describer(once)).triples)
    graphs = grown(once, -(-times // 4)), grown(once, times)
    for ending in formats.FORMATS:
        write(once, ending)  # what is kept between two files, like the vocabulary, is no cost of the second
    indexes = [memory(lambda graph=graph: index(graph)) for graph in graphs]
    peaks = {e: [memory(lambda g=graph, e=e: write(g, e)) for graph in graphs] for e in formats.FORMATS}
    costs = {e: seconds(lambda e=e: write(graphs[1], e)) for e in (*formats.FORMATS, "ttl.gz")}
    print(f"{Rdf(graphs[1]).header.triples:,} triples; indexes {_room(indexes)}")
    peers = rdflib_costs(graphs[1])
    for name, cost in peers.items():
        print(f"rdflib {name:8}{cost:8.1f} s CPU")
    for ending, cost in costs.items():
        ratio = peers.get(ending, min(peers.values())) / cost
        print(f"kg {ending:12}{cost:8.1f} s CPU  ratio {ratio:5.1f}  {_room(peaks.get(ending, []))}")


def _room(peaks: Sequence[float]) -> str:
    return " → ".join(f"{peak:.1f}" for peak in peaks) + " MiB" * bool(peaks)


def rdflib_costs(graph: GraphData) -> dict[str, float]:
    """Seconds of CPU to make the graph in rdflib and to write it, by our endings."""
    found = []
    made = seconds(lambda: found.append(to_rdf(graph)))

    def serialize(name: str, out: BinaryIO) -> None:
        found[0].serialize(out, format=name, encoding="utf-8")

    costs = {}
    for ending, name in RDFLIB.items():
        with Path("/dev/null").open("wb") as out:
            costs[ending] = made + seconds(lambda name=name, out=out: serialize(name, out))
    return costs


if __name__ == "__main__":
    main()
