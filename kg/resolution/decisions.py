"""decisions.csv: what people have judged, replayed on every build.

Columns judgement,left,right,value,who,when,why. A thing is named as TYPE:NAME, with @PLACE behind it where homonyms are
kept apart, or by its id. Judgements are

    merge   right is absorbed by left, also in a graph where left does not occur
    split   left and right stay apart, whatever a rule would say; with ids of articles as value, what these
            articles call left is right
    unsure  nobody knows yet: they stay apart, and the line keeps the question
    retype  left is of the type that value names
    rename  left is called value; its former name stays an alias, its id stays
    means   value is the id of an article and words of it that no rule resolves; right is what they mean
    veto    the statement left, RELATION as value, right is wrong; or left is the id of a statement or figure

The outcome does not depend on the order of lines or files, and a second run changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from extractors.ontology import entity_types, relation_types
from kg.facts import date_id
from kg.model import CannotRun, clean_name, fold, make_id

DECISIONS = "decisions.csv"  # in the folder of a graph
COLUMNS = ("judgement", "left", "right", "value", "who", "when", "why")
JUDGEMENTS = ("merge", "split", "unsure", "retype", "rename", "means", "veto")
_FACTS = ("Statement", "Figure")
_TWO = ("merge", "split", "unsure")
_DIGITS = 16  # of an id


class DecisionError(CannotRun):
    """A line of decisions that cannot be applied; the message names the file and the line."""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One judgement."""

    judgement: str
    left: str  # id
    right: str  # id, or nothing
    value: str
    left_name: str = ""
    left_within: str = ""
    right_name: str = ""
    right_within: str = ""
    why: str = ""
    where: str = ""  # file and line; counts for the order last, or the order of lines would tell
    shipped: bool = False  # with policykg: it is for whatever graph, and need not apply

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.left, self.right))

    @property
    def file(self) -> str:
        return self.where.rpartition(" line ")[0]


def read_decisions(path: Path | None = None) -> tuple[Decision, ...]:
    """The judgements in a file, by default the decisions.csv that is shipped."""
    name = path.name if path else "decisions.csv"
    try:
        text = (path or files("kg") / "decisions.csv").read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise DecisionError(f"{name}: not text in UTF-8; save it as CSV UTF-8") from None
    return tuple(_read(text.removeprefix("\ufeff"), name, shipped=path is None))


def _read(text: str, name: str, shipped: bool) -> Iterator[Decision]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in COLUMNS[:4] if column not in (reader.fieldnames or ())]
        if missing:
            raise DecisionError(f"{name}: no column {', '.join(missing)}; the first line is {','.join(COLUMNS)}")
        for row in reader:
            where = f"{name} line {reader.line_num}"
            if None in row:  # half of a name or of a reason would be read
                raise DecisionError(f"{where}: more cells than columns; words with a comma stand in quotes")
            cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
            if any(cells.values()):
                yield _decision(cells, where, shipped)
    except csv.Error as error:  # a quote that nothing closes
        raise DecisionError(f"{name} line {reader.line_num + 1}: {error}") from None


def _decision(row: dict[str, str], where: str, shipped: bool) -> Decision:
    judgement, value = row["judgement"], row["value"]
    if judgement not in JUDGEMENTS:
        raise DecisionError(f"{where}: the judgement must be one of {', '.join(JUDGEMENTS)}")
    left, right = _ends(row, where)
    if left[0] == right[0]:
        raise DecisionError(f"{where}: left and right are one thing")
    if wrong := _wrong(judgement, value, left[0]):
        raise DecisionError(f"{where}: {wrong}")
    value = clean_name(value) if judgement == "rename" else value
    return Decision(judgement, left[0], right[0], value, *left[1:], *right[1:], row["why"], where, shipped)


_NOTHING = "", "", ""


def _ends(row: dict[str, str], where: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Id, name and place of what stands left and right."""
    judgement, left = row["judgement"], row["left"]
    if judgement == "means":
        return _NOTHING, meant(row["right"], where)
    if judgement == "veto" and left.partition("/")[0] in _FACTS:
        if not _is_id(left):
            raise DecisionError(f"{where}: {left!r} is no id")
        return (left, "", ""), _NOTHING
    if judgement in (*_TWO, "veto"):
        return _refer(left, where), _refer(row["right"], where, dates=judgement == "veto")
    return _refer(left, where), _NOTHING


def _wrong(judgement: str, value: str, left: str) -> str:
    """What is wrong with the value, if anything."""
    if judgement == "means" and not (value.startswith("Article/") and value.partition(" ")[2]):
        return f"the value is the id of an article and words of it, and it is {value!r}"
    if judgement == "retype" and value not in entity_types():
        return f"the value {value!r} is no entity type"
    if judgement == "rename" and not clean_name(value):
        return "the value is the new name, and there is none"
    if judgement == "veto" and left.partition("/")[0] not in _FACTS and value not in relation_types():
        return f"the value {value!r} is no relation"
    if judgement in ("merge", "unsure") and value:
        return f"{judgement} has no value, and here is {value!r}"
    return ""


def all_decisions(named: Path | None, folder: Path) -> tuple[Decision, ...]:
    """What is shipped, and what people have decided: in the file that is named, else in the folder of the graph."""
    if named is not None and not named.is_file():
        raise CannotRun(f"--decisions {named}: no such file")
    own = named or folder / DECISIONS
    return (*read_decisions(), *(read_decisions(own) if own.is_file() else ()))


def rows(decisions: Iterable[Decision]) -> Iterator[tuple[str, str, str, str]]:
    """What people have decided, as the store keeps it: judgement, left, right, value."""
    return ((d.judgement, d.left, d.right, d.value) for d in decisions if not d.shipped)


def meant(text: str, where: str = "") -> tuple[str, str, str]:
    """The id, the name and the place of TYPE:NAME@PLACE. A DecisionError where it is none."""
    node, name, within = _refer(text, where)
    if not name:
        raise DecisionError(f"{where}: {text!r} is not written as TYPE:NAME".removeprefix(": "))
    return node, name, within


def _refer(text: str, where: str, dates: bool = False) -> tuple[str, str, str]:
    """The id, the name and the place that TYPE:NAME@PLACE stands for."""
    kind, colon, rest = text.partition(":")
    if not colon:
        kind = text.partition("/")[0]
    if dates and kind == "Date":
        if not colon and not _is_id(text):
            raise DecisionError(f"{where}: {text!r} is no id")
        return (date_id(rest) if colon else text), rest, ""
    if kind not in entity_types():
        raise DecisionError(f"{where}: {text!r} names no entity type".removeprefix(": "))
    if not colon:
        if not _is_id(text):
            raise DecisionError(f"{where}: {text!r} is no id".removeprefix(": "))
        return text, "", ""
    name, _, within = rest.partition("@")
    if not fold(name):
        raise DecisionError(f"{where}: {text!r} has no name".removeprefix(": "))
    return make_id(kind, fold(name), fold(within)), clean_name(name), clean_name(within)


def _is_id(text: str) -> bool:
    """Whether it is written as make_id writes: Place/0123456789abcdef."""
    digits = text.partition("/")[2]
    return len(digits) == _DIGITS and set(digits) <= set("0123456789abcdef")
