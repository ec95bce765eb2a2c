"""The command `kg`: each command a few lines over the library, which is imported only when it is needed."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from kg import DEFAULT_NER
from kg.console import (
    BUILT,
    LOST,
    count_rows,
    one_line,
    printable,
    progress,
    show_problems,
    show_summary,
    show_table,
)

if TYPE_CHECKING:
    from kg.model import About

app = typer.Typer(
    help="Chinese science-and-technology policy news in, a knowledge graph with evidence out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]
Issued = Annotated[
    str | None, typer.Option(metavar="DATE", help="Issue date (2025-05-28, 2025-05) of a text that prints none.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published a text that does not say so.")]
Sources = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Issue dates and publishers; by default the sources.toml beside.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=N",
        help="How much is read at most; repeat it. File: file=50 MB, unpacked=200 MB (DOCX, PDF), pages=5000 (PDF), "
        "nesting=200 (HTML, DOCX), articles=10000; an article: article=1000000 characters; in all: files=1000000.",
    ),
]
Jobs = Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")]
Align = Annotated[bool, typer.Option("--align", help="Type things with the classes of public vocabularies too.")]
Rdf12 = Annotated[bool, typer.Option("--rdf12", help="Let statements reify their triples, for stores of RDF 1.2.")]
GephiMerged = Annotated[
    bool, typer.Option("--gephi-merged", help="Write graph-merged.gexf too: one edge for each pair of nodes.")
]
GephiTables = Annotated[
    bool, typer.Option("--gephi-tables", help="Write gephi-nodes.csv and gephi-edges.csv too, for import into Gephi.")
]
Title = Annotated[str | None, typer.Option(metavar="WORDS", help="What the header of the RDF calls the dataset.")]
Licence = Annotated[str | None, typer.Option(metavar="IRI", help="The licence that the header of the RDF names.")]
Ner = Annotated[
    str,
    typer.Option(
        metavar="READER",
        help="A statistical reader that proposes names: none, embedded, hanlp or hanlp:MODEL (a hub name, a folder, a "
        "name under HANLP_HOME). HanLP's hub weights are CC BY-NC-SA 4.0, for research and teaching only.",
    ),
]
NerThreads = Annotated[int, typer.Option(metavar="N", min=1, help="Threads of --ner hanlp in each process.")]
NerBatch = Annotated[int, typer.Option(metavar="N", min=1, help="Sentences that --ner hanlp reads at a time.")]
Decisions = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What people have decided; by default decisions.csv in DIR, if there is one."),
]
BuiltFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a built graph, or its RDF file.")]
GraphFolder = Annotated[Path, typer.Option("--graph", metavar="DIR", help="Folder of a built graph.")]


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
    from kg.export import formats, networks, write_all
    from kg.export.files import writable
    from kg.pipeline import build as run
    from kg.pipeline import check_base
    from kg.read import check_options, limits_of
    from kg.resolution import all_decisions
    from kg.store import Store

    check_options(paths, sources, issued)  # before there is a folder
    check_base(base_iri)
    limits = limits_of(limit)
    about = _about(title, licence)
    if not graph or engine != "local":
        from kg.plan import command
        from kg.plan.stage import Frame
        from kg.read import choose_reader

        command.refuse([
            ("--gephi-merged", gephi_merged), ("--gephi-tables", gephi_tables), ("--check all", check == "all")
        ])  # fmt: skip
        asked = command.Asked(
            paths, out, sources, issued, publisher, Frame(1, base_iri, align, rdf12), jobs, format, about,
            choose_reader(ner, ner_threads, ner_batch), decisions, limits,
        )  # fmt: skip
        command.run(asked, engine)
    folder = Path(out)
    format = format or "ttl"
    rdf_files, drawings = formats.names(format, rdf12), networks.names(format, gephi_merged, gephi_tables)
    decided = all_decisions(decisions, folder)
    writable(folder)
    with Store(folder) as store:
        with progress() as tell:
            done = run(
                *paths, sources_file=sources, issued=issued, publisher=publisher, base_iri=base_iri, jobs=jobs,
                skip=folder, progress=tell, ner=ner, ner_threads=ner_threads, ner_batch=ner_batch, check=check,
                store=store, decisions=decided, limits=limits,
            )  # fmt: skip
        done.graph.about = about
        files = write_all(done, folder, align, rdf_files, rdf12, drawings)
        store.settle()
    show_problems(done.problems, folder / "report.json")
    show_summary(done, files)
    raise typer.Exit(LOST if done.lost else BUILT)


@app.command(epilog="Example: kg review exports      kg review exports --decisions mine.csv --who 王芳")
@one_line()
def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a built graph.")] = Path("exports"),
    decisions: Decisions = None,
    who: Annotated[str, typer.Option(metavar="NAME", help="Who decides; by default the name of your account.")] = "",
) -> None:
    """Ask about what rules leave open, pair by pair and name by name, and write the answers to decisions.csv.

    Exit status: 0 whatever was answered, 2 could not run.
    """
    from kg.asking import ask_all
    from kg.review import NAME

    ask_all(folder, decisions or folder / NAME, who)


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


@app.command(epilog="Example: kg explain 科技部      kg explain urn:policykg:Policy/0123456789abcdef --graph exports")
@one_line()
def explain(
    name: Annotated[str, typer.Argument(metavar="ID|NAME", help="A name, an alias, an id or an IRI.")],
    graph: GraphFolder = Path("exports"),
    all_: Annotated[bool, typer.Option("--all", help="Every quote of every fact, not just the first few.")] = False,
) -> None:
    """Who says so: every fact about a thing with its words, article, date, file, rule and confidence."""
    from kg.explain import SHOWN, similar
    from kg.explain import explain as lines_about
    from kg.loading import load

    loaded = load(graph)
    found = list(lines_about(loaded, name, None if all_ else SHOWN))
    for line in found:
        typer.echo(printable(line))
    if not found:
        hint = similar(loaded, name)
        there = f"; there are {'、'.join(hint)}" if hint else ""
        typer.echo(printable(f"{name}: not in the graph{there}"), err=True)
        raise typer.Exit(1)


@app.command(epilog="Example: kg query targets-due      kg query my.rq --graph exports --format csv")
@one_line()
def query(
    name: Annotated[str, typer.Argument(metavar="FILE.rq|NAME", help="A SPARQL file, or a shipped query.")] = "",
    graph: GraphFolder = Path("exports"),
    format: Annotated[Literal["table", "csv", "json"], typer.Option(help="How to print the answer.")] = "table",
    show: Annotated[bool, typer.Option("--show", help="Print the query itself, to be edited and asked anew.")] = False,
) -> None:
    """Ask a built graph in SPARQL. Without a name: list the shipped queries."""
    from kg.query import ask, named_queries, sparql_of, summary

    if not name:
        for known, text in named_queries().items():
            typer.echo(f"{known:20}{summary(text)}")
        return
    sparql = sparql_of(name)
    if show:
        typer.echo(sparql, nl=False)
        return
    answer = ask(graph, sparql)
    if format == "csv":
        typer.echo(answer.as_csv(), nl=False)
    elif format == "json":
        typer.echo(answer.as_json(), nl=False)
    else:
        show_table(answer.columns, answer.rows)
        if not answer.rows:
            typer.echo("no rows", err=True)


@app.command("check", epilog="Example: kg check exports      kg check exports --json | jq .violations")
@one_line()
def check_graph(
    folder: BuiltFolder = Path("exports"),
    as_json: Annotated[bool, typer.Option("--json", help="Print all that was found as JSON.")] = False,
) -> None:
    """Hold a built graph against its SHACL shapes, and look whether every quote fits its place: one line each fault.

    Exit status: 0 in order, 1 not, 2 could not run.
    """
    from kg.conform import check_file

    verdict = check_file(folder)
    if as_json:
        typer.echo(verdict.as_json(), nl=False)
    else:
        for line in verdict.lines:
            typer.echo(printable(line))
        faults = len(verdict.violations) + len(verdict.problems)
        typer.echo(f"{verdict.triples:,} triples, {faults:,} fault{'s' * (faults != 1)}", err=True)
    raise typer.Exit(int(bool(verdict.violations or verdict.problems)))


@app.command(epilog="Example: kg verify      kg verify exports seeds      kg verify out page.txt --issued 2025-05-28")
@one_line()
def verify(
    folder: BuiltFolder = Path("exports"),
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help="The sources, as they were given to kg build.")
    ] = None,
    issued: Issued = None,
    publisher: Publisher = None,
    sources: Sources = None,
    limit: Limit = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that was found as JSON.")] = False,
) -> None:
    """Look for every quote of every fact at its place in its source, and whether the files are as the build wrote them.

    Without a PATH only the files are held against the hashes in report.json. Exit status: 0 all found, 1 something
    not, 2 could not run.
    """
    from kg.model import CannotRun
    from kg.read import find_sources, limits_of
    from kg.verify import verify as run

    if paths:
        found, problems = find_sources(
            paths, sources_file=sources, issued=issued, publisher=publisher, skip=folder, limits=limits_of(limit)
        )
        with progress() as tell:
            verdict = run(folder, found, problems, tell)
    elif sources or issued or publisher or limit:
        raise CannotRun("--sources, --issued, --publisher and --limit tell of sources, and no PATH names any")
    else:
        verdict = run(folder)
    if as_json:
        typer.echo(verdict.as_json(), nl=False)
    else:
        for fault in verdict.faults:
            typer.echo(printable(str(fault)))
        typer.echo(verdict.summary, err=True)
    raise typer.Exit(int(bool(verdict.faults)))


@app.command("diff", epilog="Example: kg diff before after      kg diff before after --only figures --ids")
@one_line()
def diff_graphs(
    first: Annotated[Path, typer.Argument(metavar="A", help="Folder of a built graph, or its RDF file.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The one to compare it with.")],
    only: Annotated[str, typer.Option(metavar="LIST", help="What to compare.")] = "articles,entities,relations,figures",
    limit: Annotated[int | None, typer.Option(metavar="N", min=0, help="So many lines of each group, no more.")] = None,
    ids: Annotated[bool, typer.Option("--ids", help="The ids of things behind their names.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all differences as JSON.")] = False,
) -> None:
    """Compare two built graphs: articles, entities, relations and figures added (+), gone (-) and changed (~).

    Exit status: 0 the same, 1 different, 2 could not run.
    """
    from kg.changes import groups
    from kg.diff import diff
    from kg.loading import load

    wanted = groups(only)
    found = diff(load(first), load(second), wanted)
    if as_json:
        typer.echo(found.as_json(limit), nl=False)
    else:
        for line in found.lines(limit, ids):
            typer.echo(printable(line))
    raise typer.Exit(int(bool(found.changes)))


@app.command(epilog="Example: kg serve exports      kg serve exports --port 0 --cors https://example.org")
@one_line()
def serve(
    folder: BuiltFolder = Path("exports"),
    host: Annotated[str, typer.Option(metavar="NAME", help="Where to listen; 0.0.0.0 is everywhere.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 is any that is free.")] = 8000,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How long a query may take; then it is stopped.")
    ] = 30,
    rows: Annotated[
        int, typer.Option(metavar="N", min=1, help="Rows or triples of one answer; more are refused.")
    ] = 100_000,
    memory: Annotated[int, typer.Option(metavar="MIB", min=64, help="What a query may take beside the graph.")] = 1024,
    queries: Annotated[int, typer.Option(metavar="N", min=1, help="Queries at a time; others wait.")] = 4,
    cors: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="Pages that may ask from a browser; * is all; repeat it.")
    ] = None,
) -> None:
    """Serve a built graph: the explorer at /, SPARQL 1.1 at /sparql, read-only, for this machine alone unless asked."""
    from kg.model import CannotRun

    try:
        from kg.serve.query import Limits
        from kg.serve.run import serve as run
    except ModuleNotFoundError as error:
        if error.name in ("fcntl", "resource"):
            raise CannotRun("kg serve needs Linux, macOS, or WSL on Windows") from None
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise CannotRun(f"kg serve needs {error.name}: pip install 'policykg[serve]'") from None
    run(
        folder, host, port, Limits(timeout, rows, memory, queries), cors or (), lambda line: typer.echo(printable(line))
    )


@app.command(epilog="Example: kg stats --graph exports")
@one_line()
def stats(graph: GraphFolder = Path("exports")) -> None:
    """Count what a built graph holds."""
    from kg.loading import load

    loaded = load(graph)
    show_table(("", "", ""), count_rows(loaded.counts()), header=False)
    network = loaded.nx
    best = sorted(network.degree, key=lambda pair: (-pair[1], pair[0]))[:10]
    typer.echo("\nmost connected")
    show_table(("name", "type", "relations"), [(loaded.name(n), n.partition("/")[0], str(d)) for n, d in best if d])


@app.command("lint", epilog="Example: kg lint exports/graph.gexf")
@one_line()
def lint_gexf(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files ending in .gexf or .gexf.gz.")],
) -> None:
    """Say what Gephi would drop, merge or misread in a GEXF file: one line each fault.

    Exit status: 0 nothing, 1 something, 2 could not run.
    """
    from kg.gexf_lint import lint
    from kg.model import CannotRun

    if missing := [file for file in files if not file.is_file()]:
        raise CannotRun(f"{missing[0]}: no such file")
    faults = [(file, problem) for file in files for problem in lint(file)]
    for file, problem in faults:
        typer.echo(printable(f"{file}: {problem.where}: {problem.message}"))
    raise typer.Exit(int(bool(faults)))


@app.command(epilog="Example: kg ontology > kg.ttl      kg ontology --shapes > shapes.ttl")
@one_line()
def ontology(
    shapes: Annotated[bool, typer.Option("--shapes", help="Print the SHACL shapes of a graph instead.")] = False,
) -> None:
    """Print the vocabulary: every class and property with labels, definitions and alignments, as Turtle."""
    from kg import shapes as form
    from kg.export import ontology as terms

    (form if shapes else terms).write(sys.stdout)


def _about(title: str | None, licence: str | None) -> About:
    from kg.model import About, clean_name
    from kg.pipeline import check_iri

    if licence is not None:
        check_iri("--licence", licence)
    return About(clean_name(title) if title else None, licence)


def main() -> None:
    """Entry point of the console script."""
    # A parent may have closed them.
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):  # names hold Chinese, and file names may hold anything
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up after, like Ctrl-C
    # What is read stays until it is written and makes no cycles: by default a tenth of the time goes into the search.
    gc.set_threshold(1_000_000, 20, 20)
    app()


def _nowhere() -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")
