"""What the command shows: one line for what goes wrong, progress, tables. Rich is imported only when it is needed."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from unicodedata import category

import typer

if TYPE_CHECKING:
    from kg.conform import Conformance
    from kg.model import Problem
    from kg.pipeline import Build, Progress
    from kg.plan.flat import Flat

BUILT, LOST, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130
SHOWN_LOST, SHOWN_NOTES = 50, 10  # lines of problems; report.json has them all
PLAIN_SECONDS = 10.0  # between two lines of progress, off a terminal


@contextmanager
def one_line() -> Iterator[None]:
    """Around a command: what stops it is one clear line and an exit status, never a traceback."""
    try:
        yield
        sys.stdout.flush()  # a full disk behind > shows here and not after the end
    except KeyboardInterrupt:
        _stop("interrupted", INTERRUPTED)
    except BrokenPipeError:  # kg extract … | head
        _give_up_output()
        raise typer.Exit(BUILT) from None
    except OSError as error:
        _give_up_output()
        _stop(f"{os.fsdecode(error.filename or 'standard output')}: {error.strerror or error}")
    except Exception as error:
        from kg.model import CannotRun

        if not isinstance(error, CannotRun):
            raise
        show_problems(error.problems)
        _stop(str(error))


def _give_up_output() -> None:
    """Let what is still to be printed go nowhere, or Python complains about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop(message: str, status: int = COULD_NOT_RUN) -> NoReturn:
    typer.echo(f"kg: {printable(message)}", err=True)
    raise typer.Exit(status)


def printable(text: str) -> str:
    """One line that a terminal shows and does not obey: file names may hold line breaks and control characters.

    >>> printable("a\\nb\\x1b[0m \\udcff 中\\u3000文")
    'a\\\\nb\\\\x1b[0m \\\\udcff 中\\u3000文'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or category(c) == "Zs" else _escape(c) for c in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, a plain line now and then elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _PlainProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=printable(name))


class _PlainProgress:
    """Long builds say every few seconds how far they are, all builds what they have read."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, done: int, total: int, name: str) -> None:
        if done == total:
            typer.echo(f"read {total:,} file{'s' * (total != 1)}", err=True)
        elif time.monotonic() - self._said >= PLAIN_SECONDS:
            self._said = time.monotonic()
            typer.echo(f"read {done:,} of {total:,} files, the last {printable(name)}", err=True)


def show_problems(problems: Iterable[Problem], report: Path | str | None = None) -> None:
    """One line each, those that lost input first; what the reader could not decide is one line in all."""
    from kg.model import Undecided

    problems = list(problems)
    notes = [p for p in problems if not p.lost and not isinstance(p, Undecided)]
    lost = [p for p in problems if p.lost]
    for kind, mark, shown in ((lost, "lost: ", SHOWN_LOST), (notes, "note: ", SHOWN_NOTES)):
        for problem in kind[:shown]:
            typer.echo(mark + printable(f"{problem.where or '.'}: {problem.message}"), err=True)
        if len(kind) > shown:
            typer.echo(f"{mark}… and {len(kind) - shown} more" + (f", see {report}" if report else ""), err=True)
    if report is None and (left := undecided(problems)):
        typer.echo(f"note: not decided: {left[0]}", err=True)


def undecided(problems: Iterable[Problem]) -> tuple[str, int] | None:
    """What the reader could not decide, in a few words, and how many there are; None when there is nothing."""
    from kg.export.report import undecided as once

    found = once(problems)
    return (_in_words(Counter(p.kind for p in found)), len(found)) if found else None


def _in_words(counts: Mapping[str, int]) -> str:
    numbers = [(counts.get(kind, 0), words) for kind, words in _OPEN.items()]
    return ", ".join(f"{number:,} {one if number == 1 else more}" for number, (one, more) in numbers if number)


_OPEN = {
    "name": ("short name", "short names"),
    "date": ("date", "dates"),
    "figure": ("figure without a subject", "figures without a subject"),
}


def show_summary(done: Build, files: list[Path]) -> None:
    """What was built, in numbers, and where it lies."""
    rows = count_rows(done.graph.counts())
    if left := undecided(done.problems):
        rows.append(("undecided", left[0], f"{left[1]:,}"))
    rows = [*rows, _problem_row(done.problems), ("shapes", *_held(done.shapes))]
    _show_summary(done, rows, str(files[0].parent), [path.name for path in files])


def show_flat(done: Flat, where: str, names: Iterable[str]) -> None:
    """The same of a build that has no graph in hand."""
    rows = count_rows({group: dict(kinds) for group, kinds in done.counts.items()})
    if done.undecided:
        rows.append(("undecided", _in_words(done.undecided), f"{sum(done.undecided.values()):,}"))
    _show_summary(done, [*rows, _problem_row(done.problems)], where, names)


def _problem_row(problems: Iterable[Problem]) -> tuple[str, str, str]:
    from kg.model import Undecided

    told = [p.lost for p in problems if not isinstance(p, Undecided)]
    return "problems", f"{sum(told)} lost input" if any(told) else "", str(len(told))


def _show_summary(done: Build | Flat, rows: list[tuple[str, str, str]], where: str, names: Iterable[str]) -> None:
    show_table(("", "", ""), rows, header=False)
    typer.echo(f"\n{done.characters:,} characters of {done.sources:,} files in {done.seconds['total']:.1f} s")
    typer.echo(printable(f"written to {where}: {', '.join(names)}"))


def _held(shapes: Conformance) -> tuple[str, str]:
    """How much of the graph was held against its shapes, and how many faults that brought."""
    if shapes.checked == "none":
        return "not checked", ""
    much = "" if shapes.checked == "all" else f"in {shapes.triples:,} triples of {shapes.articles:,} articles"
    return f"violations {much}".strip(), f"{len(shapes.violations):,}"


def count_rows(counts: dict[str, dict[str, int]]) -> list[tuple[str, str, str]]:
    """Rows (group, kind, number): each group with its sum, then its kinds."""
    from extractors.ontology import entity_types, relation_types

    labels = {**{n: t.label for n, t in entity_types().items()}, **{n: t.label for n, t in relation_types().items()}}
    rows: list[tuple[str, str, str]] = []
    for group, kinds in counts.items():
        rows.append((group, "", f"{sum(kinds.values()):,}"))
        if len(kinds) > 1 or group == "relations":
            rows += [("", f"{kind} {labels.get(kind, '')}".strip(), f"{n:,}") for kind, n in kinds.items()]
    return rows


def show_table(columns: Iterable[str], rows: Iterable[Iterable[str | None]], header: bool = True) -> None:
    """A table, one line per row where nobody looks at the width; columns of numbers stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # A pipe has no width: long cells stay on their line there.
    class Pipe(Console):
        def on_broken_pipe(self) -> None:  # rich would end with the status of a failure
            raise

    console = Pipe() if sys.stdout.isatty() else Pipe(width=100_000, no_color=True)
    table = Table(box=SIMPLE_HEAD if header else None, show_header=header, pad_edge=False, show_edge=False)
    lines = [tuple(row) for row in rows]
    for number, column in enumerate(columns):
        numeric = bool(lines) and all((r[number] or "0").replace(",", "").replace(".", "").isdigit() for r in lines)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in lines:
        table.add_row(*(Text(printable(value or "")) for value in row))
    console.print(table)
