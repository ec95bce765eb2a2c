"""Bodies that others have taken the place of: facts of public record, and no reason to merge.

successors.csv has the columns predecessor,successor,since,kind,note. `since` is an EDTF date; the kinds are renamed,
merged and split for a body that is no more, duties for one that is, and has handed on some of its work.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kg.model import Entity, Judgement, Reason, fold, make_id
from kg.resolution.candidates import Candidate

KINDS = ("renamed", "merged", "split", "duties")


@dataclass(frozen=True, slots=True)
class Successor:
    """A line of successors.csv."""

    predecessor: str
    successor: str
    since: str
    kind: str
    note: str


@cache
def successors() -> tuple[Successor, ...]:
    """All that is known."""
    text = (files("kg") / "successors.csv").read_text(encoding="utf-8")
    return tuple(Successor(**row) for row in csv.DictReader(text.splitlines()))


def judge_successors(by_id: Mapping[str, Candidate]) -> Iterator[Judgement]:
    """For every two bodies of a graph of which one took the place of the other."""
    for known in successors():
        old, new = (make_id("Organization", fold(name), "") for name in (known.predecessor, known.successor))
        if old in by_id and new in by_id:
            words = f"{known.predecessor} {_SAID[known.kind]} {known.successor} in {known.since}: {known.note}"
            why = (Reason("reform", Decimal(-1), words),)
            yield Judgement(old, new, "successor", Decimal(0), why, known.predecessor, known.successor)


def with_successors(
    entities: Iterable[Entity], judgements: Iterable[Judgement], absorbed: Mapping[str, str]
) -> list[Entity]:
    """The entities, with the bodies that took the place of those that are no more."""
    later: dict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        if judgement.judgement == "successor" and judgement.left_name in _ends():
            later[judgement.left].add(absorbed.get(judgement.right, judgement.right))
    return [
        replace(e, successors=tuple(sorted(later[e.id])), ended=_ends()[e.name])
        if e.id in later and e.name in _ends()
        else e
        for e in entities
    ]


@cache
def _ends() -> Mapping[str, str]:
    """By name of a body that is no more: since when."""
    return {known.predecessor: known.since for known in successors() if known.kind != "duties"}


def is_gone(name: str, day: str) -> bool:
    """Whether a body was no more on an EDTF day.

    >>> is_gone("卫生部", "2023-04-20"), is_gone("卫生部", "2003-04-20"), is_gone("科学技术部", "2024")
    (True, False, False)
    """
    return bool(day) and _ends().get(name, "9") < day


_SAID = {
    "renamed": "became", "merged": "was merged into", "split": "handed its work on to", "duties": "gave some duties to",
}  # fmt: skip
