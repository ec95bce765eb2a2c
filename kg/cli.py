"""The command `kg`: each command a few lines over the library, which is imported only when it is needed."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from kg import DEFAULT_NER
from kg.console import BUILT, LOST, count_rows, one_line, printable, progress, show_problems, show_summary, show_table

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
Jobs = Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")]
Align = Annotated[bool, typer.Option("--align", help="Type things with the classes of public vocabularies too.")]
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
GraphFolder = Annotated[Path, typer.Option("--graph", metavar="DIR", help="Folder of a built graph.")]


@app.command(epilog="Example: kg build seeds --out exports      kg build page.txt --issued 2025-05-28 --out exports")
@one_line()
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the graph and the tables.")],
    issued: Issued = None,
    publisher: Publisher = None,
    sources: Sources = None,
    base_iri: Annotated[
        str, typer.Option(metavar="IRI", help="What the names of things begin with.")
    ] = "urn:policykg:",
    jobs: Jobs = 1,
    align: Align = False,
    ner: Ner = DEFAULT_NER,
    ner_threads: NerThreads = 1,
    ner_batch: NerBatch = 8,
) -> None:
    """Read articles and write DIR/graph.ttl, graph.gexf, entities.csv, relations.csv, figures.csv, report.json.

    Exit status: 0 built, 1 built but some input was lost, 2 could not run.
    """
    from kg.export import write_all
    from kg.export.files import writable
    from kg.pipeline import build as run
    from kg.pipeline import check_base

    _check_options(paths, issued, sources)
    check_base(base_iri)
    writable(out)
    with progress() as tell:
        done = run(
            *paths, sources_file=sources, issued=issued, publisher=publisher, base_iri=base_iri, jobs=jobs,
            skip=out, progress=tell, ner=ner, ner_threads=ner_threads, ner_batch=ner_batch,
        )  # fmt: skip
    files = write_all(done, out, align)
    show_problems(done.problems, out / "report.json")
    show_summary(done, files)
    raise typer.Exit(LOST if done.lost else BUILT)


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
) -> None:
    """Print what the articles say as JSON lines: articles, mentions, relations, figures, without building a graph."""
    from extractors.model import Problem
    from kg.export.jsonl import lines
    from kg.read import choose_reader, extractions, find_sources, nothing_read

    _check_options(paths, issued, sources)
    reader = choose_reader(ner, ner_threads, ner_batch)
    found, problems = find_sources(paths, sources_file=sources, issued=issued, publisher=publisher)
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
    from kg.store import load

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


@app.command(epilog="Example: kg stats --graph exports")
@one_line()
def stats(graph: GraphFolder = Path("exports")) -> None:
    """Count what a built graph holds."""
    from kg.store import load

    loaded = load(graph)
    show_table(("", "", ""), count_rows(loaded.counts()), header=False)
    network = loaded.nx
    best = sorted(network.degree, key=lambda pair: (-pair[1], pair[0]))[:10]
    typer.echo("\nmost connected")
    show_table(("name", "type", "relations"), [(loaded.name(n), n.partition("/")[0], str(d)) for n, d in best if d])


@app.command(epilog="Example: kg ontology > kg.ttl")
@one_line()
def ontology() -> None:
    """Print the vocabulary: every class and property with labels, definitions and alignments, as Turtle."""
    from kg.export.ontology import write

    write(sys.stdout)


def _check_options(paths: Iterable[str], issued: str | None, sources: Path | None) -> None:
    from extractors.reading import is_issue_date
    from kg.model import CannotRun

    if issued is not None and not is_issue_date(issued):
        raise CannotRun(f"--issued {issued}: not a date; write 2025-05-28, 2025-05 or 2025")
    if sources is not None and not sources.is_file():
        raise CannotRun(f"--sources {sources}: no such file")
    if list(paths).count("-") > 1:
        raise CannotRun("-: standard input can be read only once")


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
