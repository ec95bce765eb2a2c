"""The graph as files: one module per format."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.export import csv, formats, html, networks, report
from kg.export.files import Write, write_whole
from kg.graph import GraphData
from kg.kept import Kept
from kg.rdf import Rdf
from kg.written import NOTED, REPORT, Seal

if TYPE_CHECKING:
    from kg.pipeline import Build

LARGE = 5_000  # statements and figures: of fewer, two processes are not done sooner than one


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
    graph, rdf = build.graph, Rdf(build.graph, align, rdf12)
    seals: dict[str, Seal] = {}
    told: dict[str, Any] = {}

    def explorer(out: BinaryIO) -> Kept | None:
        html.write(graph, out)
        return graph.kept and graph.kept.changes()

    files: dict[str, Write] = {name: partial(formats.write, rdf, name=name) for name in rdf_files}
    files |= {name: partial(networks.write, graph, name=name) for name in ("graph.gexf", *drawings)}
    files |= {
        "entities.csv": partial(csv.write_entities, graph),
        "relations.csv": partial(csv.write_relations, graph),
        "figures.csv": partial(csv.write_figures, graph),
        "resolution.csv": partial(csv.write_resolution, graph),
        "explorer.html": explorer,
    }

    def summary(out: BinaryIO) -> None:
        if graph.kept:
            graph.kept.add(told["explorer.html"])
        build.seconds["export"] = time.perf_counter() - started
        build.seconds["total"] = build.seconds.get("total", 0.0) + build.seconds["export"]
        nodes, edges = told["graph.gexf"]
        sizes = {"triples": told[rdf_files[0]], "gexf_nodes": nodes, "gexf_edges": edges}
        report.write(build, {"written": sizes, NOTED: seals}, out)

    # The header of the RDF names what lies beside it.
    graph.about = replace(graph.about, files=tuple(files))
    # What has to know where the nodes stand takes as long as all the rest.
    drawn = ("graph.gexf", *drawings, "explorer.html")
    large = len(graph.observations) + len(graph.statements) > LARGE
    return write_whole(folder, {**files, REPORT: summary}, seals, told, drawn if large else (), lambda: build.examined)


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
