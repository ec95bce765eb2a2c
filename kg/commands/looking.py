"""Commands that ask a built graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.commands.app import app
from kg.commands.options import BuiltFolder, GraphFolder
from kg.console import count_rows, one_line, printable, show_table


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


@app.command(epilog="Example: kg ontology > kg.ttl      kg ontology --shapes > shapes.ttl")
@one_line()
def ontology(
    shapes: Annotated[bool, typer.Option("--shapes", help="Print the SHACL shapes of a graph instead.")] = False,
) -> None:
    """Print the vocabulary: every class and property with labels, definitions and alignments, as Turtle."""
    from kg import shapes as form
    from kg.export import ontology as terms

    (form if shapes else terms).write(sys.stdout)
