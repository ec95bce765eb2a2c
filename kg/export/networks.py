"""The files for programs that draw networks, by the endings of their names; .gz behind the ending compresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import BinaryIO

from kg.export import gephi_tables, gexf, graphml
from kg.export.files import compressed
from kg.graph import GraphData

MERGED = "graph-merged.gexf"
TABLES = ("gephi-nodes.csv", "gephi-edges.csv")
Counts = tuple[int | None, int | None]  # of nodes, of edges

# The longer ending first.
_WRITERS: Mapping[str, Callable[[GraphData, BinaryIO], Counts]] = MappingProxyType({
    "-merged.gexf": partial(gexf.write, merged=True),
    ".gexf": gexf.write,
    ".graphml": graphml.write,
    "-nodes.csv": lambda graph, out: (gephi_tables.write_nodes(graph, out), None),
    "-edges.csv": lambda graph, out: (None, gephi_tables.write_edges(graph, out)),
})  # fmt: skip


def is_network(name: str) -> bool:
    """Whether a file of this name is for drawing."""
    return name.removesuffix(".gz").endswith(tuple(_WRITERS))


def names(formats: str, merged: bool = False, tables: bool = False) -> list[str]:
    """Those of the formats that are for drawing, as names of files: `nt,graphml.gz`; and what else is asked for."""
    wanted = (f"graph.{ending.strip().lstrip('.')}" for ending in formats.split(","))
    found = [name for name in wanted if is_network(name)]
    return list(dict.fromkeys([*found, *[MERGED] * merged, *TABLES * tables]))


def write(graph: GraphData, out: BinaryIO, name: str) -> Counts:
    """Write the graph in the form that the name asks for. A ValueError where it asks for none."""
    bare = name.removesuffix(".gz")
    writer = next((writer for ending, writer in _WRITERS.items() if bare.endswith(ending)), None)
    if writer is None:
        raise ValueError(f"{name}: for no program that draws")
    with compressed(out, name) as into:
        return writer(graph, into)


def in_words(counts: Counts) -> str:
    """
    >>> in_words((1200, 1)), in_words((None, 3))
    ('1,200 nodes, 1 edge', '3 edges')
    """
    named = ((count, one) for count, one in zip(counts, ("node", "edge"), strict=True) if count is not None)
    return ", ".join(f"{count:,} {one}{'s' * (count != 1)}" for count, one in named)
