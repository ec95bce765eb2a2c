"""The graph as files: one module per format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.export import csv, formats, html, networks, report
from kg.export.files import write_whole
from kg.graph import GraphData
from kg.rdf import Rdf
from kg.written import NOTED, REPORT, Seal

if TYPE_CHECKING:
    from kg.pipeline import Build


def write_all(
    build: Build,
    folder: Path,
    align: bool = False,
    rdf_files: Sequence[str] = ("graph.ttl",),
    rdf12: bool = False,
    drawings: Sequence[str] = (),
) -> list[Path]:
    """Write what every build has, these files and the report, whole or not at all; drawings are for kg.export.networks.

    An OSError says what stood in the way.
    """
    started = time.perf_counter()
    sizes: dict[str, int] = {}
    seals: dict[str, Seal] = {}
    rdf = Rdf(build.graph, align, rdf12)

    def triples(name: str, out: BinaryIO) -> None:
        sizes["triples"] = formats.write(rdf, out, name)

    def network(name: str, out: BinaryIO) -> None:
        counts = networks.write(build.graph, out, name)
        if name == "graph.gexf":
            sizes["gexf_nodes"], sizes["gexf_edges"] = (count or 0 for count in counts)

    def summary(out: BinaryIO) -> None:
        build.seconds["export"] = time.perf_counter() - started
        build.seconds["total"] = build.seconds.get("total", 0.0) + build.seconds["export"]
        report.write(build, {"written": sizes, NOTED: seals}, out)

    files: dict[str, Callable[[BinaryIO], object]] = {name: partial(triples, name) for name in rdf_files}
    files |= {name: partial(network, name) for name in ("graph.gexf", *drawings)}
    files |= {
        "entities.csv": lambda out: csv.write_entities(build.graph, out),
        "relations.csv": lambda out: csv.write_relations(build.graph, out),
        "figures.csv": lambda out: csv.write_figures(build.graph, out),
        "resolution.csv": lambda out: csv.write_resolution(build.graph, out),
        "explorer.html": lambda out: html.write(build.graph, out),
    }
    # The header of the RDF names what lies beside it.
    build.graph.about = replace(build.graph.about, files=tuple(files))
    return write_whole(folder, {**files, REPORT: summary}, seals)


def write_rdf(
    graph: GraphData, files: Iterable[Path], align: bool = False, rdf12: bool = False
) -> Iterator[tuple[Path, int]]:
    """Write RDF files, each in the format of its ending; as each is there, its place and the number of triples."""
    rdf = Rdf(graph, align, rdf12)
    for file in files:
        write_whole(file.parent, {file.name: partial(formats.write, rdf, name=file.name)})
        yield file, rdf.header.triples


def write_drawings(graph: GraphData, files: Iterable[Path]) -> Iterator[tuple[Path, networks.Counts]]:
    """Write files for programs that draw, each as its name says; as each is there, its place and how much it holds."""
    for file in files:
        counts: list[networks.Counts] = []

        def write(out: BinaryIO, name: str = file.name, counts: list[networks.Counts] = counts) -> None:
            counts.append(networks.write(graph, out, name))

        write_whole(file.parent, {file.name: write})
        yield file, counts[0]


def write_turtle(graph: GraphData, out: BinaryIO, align: bool = False) -> int:
    """graph.ttl; the number of triples."""
    return formats.write(Rdf(graph, align), out, "graph.ttl")
