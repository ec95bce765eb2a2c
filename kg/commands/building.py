"""Commands that read texts, and those that write a graph."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg import DEFAULT_NER
from kg.commands.app import app
from kg.commands.options import (
    Align,
    Decisions,
    GephiMerged,
    GephiTables,
    GraphFolder,
    Issued,
    Jobs,
    Licence,
    Limit,
    Ner,
    NerBatch,
    NerThreads,
    Paths,
    Publisher,
    Rdf12,
    Sources,
    Title,
)
from kg.console import BUILT, LOST, one_line, printable, progress, show_problems, show_summary

if TYPE_CHECKING:
    from kg.model import About


@app.command(epilog="Example: kg build seeds --out exports      kg build page.txt --issued 2025-05-28 --out exports")
@one_line()
def build(
    paths: Paths,
    out: Annotated[str, typer.Option(metavar="DIR", help="Folder for the graph and the tables.")],
    issued: Issued = None,
    publisher: Publisher = None,
    sources: Sources = None,
    base_iri: Annotated[
        str, typer.Option(metavar="IRI", help="What the names of things begin with.")
    ] = "urn:policykg:",
    jobs: Jobs = 1,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Files beside graph.ttl, by their endings: RDF as nt, trig, jsonld, rdf; graphml; .gz compresses.",
        ),
    ] = None,
    align: Align = False,
    rdf12: Rdf12 = False,
    gephi_merged: GephiMerged = False,
    gephi_tables: GephiTables = False,
    title: Title = None,
    licence: Licence = None,
    ner: Ner = DEFAULT_NER,
    ner_threads: NerThreads = 1,
    ner_batch: NerBatch = 8,
    decisions: Decisions = None,
    check: Annotated[
        Literal["auto", "all", "none"],
        typer.Option(help="How much to hold against the SHACL shapes; auto: of a large graph a sample."),
    ] = "auto",
    graph: Annotated[
        bool,
        typer.Option(
            "--graph/--no-graph",
            help="Hold the graph in memory; without, graph.nt.gz, tables and the report, however many articles.",
        ),
    ] = True,
    engine: Annotated[
        str,
        typer.Option(
            metavar="ENGINE",
            help="Who builds: local; dask for --jobs workers here, dask:ADDRESS for those of a scheduler. Dask takes "
            "and gives URLs of fsspec, too, and writes shards of N-Triples and Parquet.",
        ),
    ] = "local",
    limit: Limit = None,
) -> None:
    """Read articles and write DIR/graph.ttl, graph.gexf, explorer.html, entities.csv, relations.csv, figures.csv,
    resolution.csv, report.json.

    Exit status: 0 built, 1 built but some input was lost, 2 could not run.
    """
    from kg.ahead import ahead
    from kg.read import check_options, choose_reader, limits_of

    check_options(paths, sources, issued)  # before there is a folder
    limits = limits_of(limit)
    folder, reader = Path(out), choose_reader(ner, ner_threads, ner_batch)
    if not graph or engine != "local":
        from kg.pipeline import check_base
        from kg.plan import command
        from kg.plan.stage import Frame

        command.refuse([
            ("--gephi-merged", gephi_merged), ("--gephi-tables", gephi_tables), ("--check all", check == "all")
        ])  # fmt: skip
        check_base(base_iri)
        asked = command.Asked(
            paths, out, sources, issued, publisher, Frame(1, base_iri, align, rdf12), jobs, format,
            _about(title, licence), reader, decisions, limits,
        )  # fmt: skip
        command.run(asked, engine)
    with ahead(folder, reader) as first:
        from kg.export import formats, networks, write_all
        from kg.export.files import writable
        from kg.kept import Kept
        from kg.pipeline import build as run
        from kg.pipeline import check_base
        from kg.resolution import all_decisions
        from kg.resolution.decisions import rows
        from kg.store import Store

        check_base(base_iri)
        about = _about(title, licence)
        format = format or "ttl"
        rdf_files, drawings = formats.names(format, rdf12), networks.names(format, gephi_merged, gephi_tables)
        decided = all_decisions(decisions, folder)
        writable(folder)
        with Store(folder) as store:
            with progress() as tell:
                done = run(
                    *paths, sources_file=sources, issued=issued, publisher=publisher, base_iri=base_iri, jobs=jobs,
                    skip=folder, progress=tell, ner=ner, ner_threads=ner_threads, ner_batch=ner_batch, check=check,
                    store=store, decisions=decided, limits=limits, ahead=first,
                )  # fmt: skip
            done.graph.about = about
            files = write_all(done, folder, align, rdf_files, rdf12, drawings)
            kept = done.graph.kept or Kept()
            store.settle(None if decisions else rows(decided), kept.new, kept.used)
    show_problems(done.problems, folder / "report.json")
    show_summary(done, files)
    raise typer.Exit(LOST if done.lost else BUILT)


@app.command(epilog="Example: kg export graph.nt.gz      kg export out/all.trig --graph exports --rdf12")
@one_line()
def export(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files ending in .ttl, .nt, .gexf, … or .gz.")],
    graph: GraphFolder = Path("exports"),
    align: Align = False,
    rdf12: Rdf12 = False,
    title: Title = None,
    licence: Licence = None,
) -> None:
    """Write a built graph anew, in the format of each FILE's ending.

    RDF: ttl, nt, trig, jsonld, rdf. For drawing: gexf, -merged.gexf, graphml, -nodes.csv, -edges.csv. With .gz behind
    it, compressed.
    """
    from kg.export import networks, write_drawings, write_rdf
    from kg.export.formats import format_of
    from kg.loading import load

    drawings = [file for file in files if networks.is_network(file.name)]
    rdf_files = [file for file in files if file not in drawings and format_of(file.name, rdf12)]
    asked = _about(title, licence)
    loaded = load(graph)
    known = loaded.about
    loaded.about = replace(known, title=asked.title or known.title, licence=asked.licence or known.licence)
    for place, triples in write_rdf(loaded, rdf_files, align, rdf12):
        typer.echo(f"{printable(str(place))}: {triples:,} triples")
    for place, counts in write_drawings(loaded, drawings):
        typer.echo(f"{printable(str(place))}: {networks.in_words(counts)}")


@app.command(epilog="Example: kg extract seeds/page.txt --issued 2025-05-28 | head")
@one_line()
def extract(
    paths: Paths,
    issued: Issued = None,
    publisher: Publisher = None,
    sources: Sources = None,
    ner: Ner = DEFAULT_NER,
    ner_threads: NerThreads = 1,
    ner_batch: NerBatch = 8,
    limit: Limit = None,
) -> None:
    """Print what the articles say as JSON lines: articles, mentions, relations, figures, without building a graph."""
    from extractors.model import Problem
    from kg.export.jsonl import lines
    from kg.read import choose_reader, extractions, find_sources, limits_of, nothing_read

    reader = choose_reader(ner, ner_threads, ner_batch)
    found, problems = find_sources(
        paths, sources_file=sources, issued=issued, publisher=publisher, limits=limits_of(limit)
    )
    articles = 0
    for result in (result for source in found for result in extractions(source, reader)):
        if isinstance(result, Problem):
            problems.append(result)
            continue
        articles += 1
        problems += result.problems
        sys.stdout.writelines(lines(result))
    if not articles:
        raise nothing_read(problems)
    show_problems(problems)
    raise typer.Exit(LOST if any(p.lost for p in problems) else BUILT)


def _about(title: str | None, licence: str | None) -> About:
    from kg.model import About, clean_name
    from kg.pipeline import check_iri

    if licence is not None:
        check_iri("--licence", licence)
    return About(clean_name(title) if title else None, licence)
