"""The graph as files: one module per format."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.export import csv, gexf, report, turtle
from kg.export.files import write_whole
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from kg.pipeline import Build


def write_all(build: Build, folder: Path, align: bool = False) -> list[Path]:
    """Write every format, and the report, whole or not at all. An OSError says what stood in the way."""
    started = time.perf_counter()
    sizes: dict[str, int] = {}

    def ttl(out: BinaryIO) -> None:
        sizes["triples"] = write_turtle(build.graph, out, align)

    def network(out: BinaryIO) -> None:
        sizes["gexf_nodes"], sizes["gexf_edges"] = gexf.write(build.graph, out)

    def summary(out: BinaryIO) -> None:
        build.seconds["export"] = time.perf_counter() - started
        build.seconds["total"] = build.seconds.get("total", 0.0) + build.seconds["export"]
        report.write(build, {"written": sizes}, out)

    return write_whole(
        folder,
        {
            "graph.ttl": ttl,
            "graph.gexf": network,
            "entities.csv": lambda out: csv.write_entities(build.graph, out),
            "relations.csv": lambda out: csv.write_relations(build.graph, out),
            "figures.csv": lambda out: csv.write_figures(build.graph, out),
            "report.json": summary,
        },
    )


def write_turtle(graph: KnowledgeGraph, out: BinaryIO, align: bool = False) -> int:
    """graph.ttl; the number of triples."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    triples = turtle.write(graph, text, align)
    text.flush()
    text.detach()
    return triples
