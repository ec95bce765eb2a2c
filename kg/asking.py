"""The terminal review: a question, an answer, a line of decisions.csv; an answer is kept whatever comes next."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from functools import partial
from pathlib import Path

import typer

from kg.console import printable
from kg.resolution.decisions import DecisionError, meant
from kg.review import NAME, Line, Open, Pair, Side, append, line, questions, refer

PAIR_KEYS = "[m] one thing, keep the first name   [o] one thing, keep the other   [s] two things   [u] nobody knows"
BOTH_KEYS = "[enter] later   [q] stop"


class _Stop(Exception):
    pass


def ask_all(folder: Path, decisions: Path, who: str = "") -> None:
    """Ask every open question of a built folder; answers go to the file of decisions one by one.

    Raises CannotRun where there is no built graph, OSError where the file cannot be written.
    """
    open_ = list(questions(folder, decisions))
    answer = partial(line, who=who or _account(), when=date.today().isoformat())
    written = 0
    for number, question in enumerate(open_, start=1):
        _show(f"\n{number} of {len(open_)}")
        try:
            said = _pair(question, answer) if isinstance(question, Pair) else _name(question, answer)
        except _Stop:
            break
        if said:
            append(decisions, [said])
            written += 1
    if not open_:
        _show("nothing is open")
    elif written:
        where = "" if decisions == folder / NAME else f" with --decisions {decisions}"
        _show(
            f"\n{written} decision{'s' * (written != 1)} in {decisions}; the next kg build of these articles{where} "
            "heeds them"
        )
    else:
        _show("\nnothing decided")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""


def _show(text: str) -> None:
    for each in text.split("\n"):
        typer.echo(printable(each))


def _ask(prompt: str) -> str:
    typer.echo(printable(prompt), nl=False)
    sys.stdout.flush()
    said = sys.stdin.readline()
    if not said:
        raise _Stop
    return said.strip()


def _side(mark: str, side: Side) -> None:
    _show(f"{mark} {side.name}  ({side.type}; {side.about})")
    for quote in side.quotes:
        _show(f"    {quote}")


def _pair(question: Pair, answer: partial[Line]) -> Line | None:
    left, right = question.left, question.right
    _side("1", left)
    _side("2", right)
    for reason in question.reasons:
        _show(f"  - {reason}")
    one, other = (refer(side.node, side.name, side.within) for side in (left, right))
    answers = {"m": "merge", "o": "merge", "s": "split", "u": "unsure"}
    while True:
        said = _ask(f"{PAIR_KEYS}   {BOTH_KEYS}: ").lower()
        if said == "q":
            raise _Stop
        if not said:
            return None
        if said in answers:
            two = (other, one) if said == "o" else (one, other)
            return answer(answers[said], *two, why=_ask("why: "))


def _name(question: Open, answer: partial[Line]) -> Line | None:
    _show(f"{question.quote}  in {question.title}\n  - {question.why}")
    while True:
        said = _ask(f"what it means, as TYPE:NAME (Organization:南京市科学技术局)   {BOTH_KEYS}: ")
        if said.lower() == "q":
            raise _Stop
        if not said:
            return None
        try:
            meant(said)
        except DecisionError as error:
            _show(str(error))
            continue
        return answer("means", "", said, value=f"{question.article} {question.quote}", why=_ask("why: "))
