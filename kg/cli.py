"""The command `kg`: each command a few lines over the library, which is imported only when it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from extractors.model import Problem
    from kg.pipeline import Build, Progress

BUILT, LOST, COULD_NOT_RUN = 0, 1, 2
SHOWN_PROBLEMS = 20
SHOWN_FILES = 20  # plain progress lines, off a terminal

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
GraphFolder = Annotated[Path, typer.Option("--graph", metavar="DIR", help="Folder of a built graph.")]


@app.command(epilog="Example: kg build seeds --out exports      kg build page.txt --issued 2025-05-28 --out exports")
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
) -> None:
    """Read articles and write DIR/graph.ttl, graph.gexf, entities.csv, relations.csv, figures.csv, report.json.

    Exit status: 0 built, 1 built but some input was lost, 2 could not run.
    """
    from kg.export import write_all
    from kg.export.files import writable
    from kg.pipeline import build as run

    with _one_line():
        _check_options(paths, issued, sources)
        writable(out)
        with _progress() as progress:
            done = run(
                *paths, sources_file=sources, issued=issued, publisher=publisher, base_iri=base_iri, jobs=jobs,
                progress=progress,
            )  # fmt: skip
        files = write_all(done, out, align)
    _show_problems(done.problems, out / "report.json")
    _show_summary(done, files)
    raise typer.Exit(LOST if done.lost else BUILT)


@app.command(epilog="Example: kg extract seeds/page.txt --issued 2025-05-28 | head")
def extract(paths: Paths, issued: Issued = None, publisher: Publisher = None, sources: Sources = None) -> None:
    """Print what the articles say as JSON lines: articles, mentions, relations, figures, without building a graph."""
    from kg.export.jsonl import lines
    from kg.model import CannotRun, Problem
    from kg.pipeline import extractions, find_sources

    problems: list[Problem] = []
    with _one_line():
        _check_options(paths, issued, sources)
        found, problems = find_sources(paths, sources_file=sources, issued=issued, publisher=publisher)
        if not found and not problems:
            raise CannotRun(f"{', '.join(paths)}: no readable files")
        for source in found:
            for result in extractions(source):
                if isinstance(result, Problem):
                    problems.append(result)
                    continue
                problems += result.problems
                sys.stdout.writelines(lines(result))
    _show_problems(problems)
    if not found:
        raise typer.Exit(COULD_NOT_RUN)
    raise typer.Exit(LOST if any(p.lost for p in problems) else BUILT)


@app.command(epilog="Example: kg explain 科技部      kg explain urn:policykg:Policy/0123456789abcdef --graph exports")
def explain(
    name: Annotated[str, typer.Argument(metavar="ID|NAME", help="A name, an alias, an id or an IRI.")],
    graph: GraphFolder = Path("exports"),
    all_: Annotated[bool, typer.Option("--all", help="Every quote of every fact, not just the first few.")] = False,
) -> None:
    """Who says so: every fact about a thing with its words, article, date, file, rule and confidence."""
    from kg.explain import SHOWN, similar
    from kg.explain import explain as lines_about
    from kg.store import load

    with _one_line():
        loaded = load(graph)
    count = 0
    for count, line in enumerate(lines_about(loaded, name, None if all_ else SHOWN), start=1):  # noqa: B007
        typer.echo(line)
    if not count:
        hint = similar(loaded, name)
        typer.echo(f"{name}: not in the graph" + (f"; there are {'、'.join(hint)}" if hint else ""), err=True)
        raise typer.Exit(1)


@app.command(epilog="Example: kg query targets-due      kg query my.rq --graph exports --format csv")
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
    with _one_line():
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
        _table(answer.columns, answer.rows)


@app.command(epilog="Example: kg stats --graph exports")
def stats(graph: GraphFolder = Path("exports")) -> None:
    """Count what a built graph holds."""
    from kg.store import load

    with _one_line():
        loaded = load(graph)
    _table(("", "", ""), _count_rows(loaded.counts()), header=False)
    network = loaded.nx
    best = sorted(network.degree, key=lambda pair: (-pair[1], pair[0]))[:10]
    typer.echo("\nmost connected")
    _table(("name", "type", "relations"), [(loaded.name(n), n.partition("/")[0], str(d)) for n, d in best if d])


@app.command(epilog="Example: kg ontology > kg.ttl")
def ontology() -> None:
    """Print the vocabulary: every class and property with labels, definitions and alignments, as Turtle."""
    from kg.export.ontology import write

    write(sys.stdout)


@contextmanager
def _one_line() -> Iterator[None]:
    """What stops a run is one clear line and exit status 2."""
    from kg.model import CannotRun

    try:
        yield
    except CannotRun as error:
        _stop(str(error))
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # kg extract … | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BUILT) from None
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}")


def _stop(message: str) -> NoReturn:
    typer.echo(f"kg: {_printable(message)}", err=True)
    raise typer.Exit(COULD_NOT_RUN)


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _check_options(paths: Iterable[str], issued: str | None, sources: Path | None) -> None:
    from extractors.edtf import begin_end
    from kg.model import CannotRun

    if issued is not None:
        try:
            begin_end(issued)
        except ValueError:
            raise CannotRun(f"--issued {issued}: not a date; write 2025-05-28, 2025-05 or 2025") from None
    if sources is not None and not sources.is_file():
        raise CannotRun(f"--sources {sources}: no such file")
    if list(paths).count("-") > 1:
        raise CannotRun("-: standard input can be read only once")


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, at most SHOWN_FILES plain lines elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _plain_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=_printable(name))


def _plain_progress(done: int, total: int, name: str) -> None:
    if done == total or done * SHOWN_FILES // total != (done - 1) * SHOWN_FILES // total:
        typer.echo(f"read {done}/{total}: {_printable(name)}", err=True)


def _show_problems(problems: list[Problem], report: Path | None = None) -> None:
    """One line each, those that lost input first."""
    ranked = sorted(problems, key=lambda p: not p.lost)
    for problem in ranked[:SHOWN_PROBLEMS]:
        mark = "lost: " if problem.lost else ""
        typer.echo(_printable(" ".join(f"{mark}{problem.where or '.'}: {problem.message}".split())), err=True)
    if len(ranked) > SHOWN_PROBLEMS:
        typer.echo(f"… and {len(ranked) - SHOWN_PROBLEMS} more" + (f", see {report}" if report else ""), err=True)


def _show_summary(done: Build, files: list[Path]) -> None:
    counts = done.graph.counts()
    rows = _count_rows(counts)
    lost = sum(p.lost for p in done.problems)
    rows.append(("problems", f"{lost} lost input" if lost else "", str(len(done.problems))))
    _table(("", "", ""), rows, header=False)
    names = ", ".join(path.name for path in files)
    typer.echo(f"\n{done.characters:,} characters of {done.sources:,} files in {done.seconds['total']:.1f} s")
    typer.echo(f"written to {files[0].parent}: {names}")


def _count_rows(counts: dict[str, dict[str, int]]) -> list[tuple[str, str, str]]:
    """Rows (group, kind, number): each group with its sum, then its kinds."""
    from extractors.ontology import entity_types, relation_types

    labels = {**{n: t.label for n, t in entity_types().items()}, **{n: t.label for n, t in relation_types().items()}}
    rows: list[tuple[str, str, str]] = []
    for group, kinds in counts.items():
        rows.append((group, "", f"{sum(kinds.values()):,}"))
        if len(kinds) > 1 or group == "relations":
            rows += [("", f"{kind} {labels.get(kind, '')}".strip(), f"{n:,}") for kind, n in kinds.items()]
    return rows


def _table(columns: Iterable[str], rows: Iterable[Iterable[str | None]], header: bool = True) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # A pipe has no width: long cells stay on their line there.
    console = Console() if sys.stdout.isatty() else Console(width=100_000, no_color=True)
    table = Table(box=SIMPLE_HEAD if header else None, show_header=header, pad_edge=False, show_edge=False)
    lines = [tuple(row) for row in rows]
    for number, column in enumerate(columns):
        numeric = bool(lines) and all((r[number] or "0").replace(",", "").replace(".", "").isdigit() for r in lines)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in lines:
        table.add_row(*(Text(value or "") for value in row))
    console.print(table)


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):  # names hold Chinese, and file names may hold anything
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
