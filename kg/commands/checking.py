"""Commands that look for what is wrong, open or different in a built graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.app import app
from kg.commands.options import BuiltFolder, Decisions, Issued, Limit, Publisher, Sources
from kg.console import one_line, printable, progress


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
