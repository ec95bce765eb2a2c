"""What records of one kind say, as a table: a predicate, the type of its value, and where a record has it.

A record and its form make a block of triples. A graph is mostly records of a few forms, and what is known of a form
need not be found out again for each triple: Turtle writes, and the header counts, a column after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from rdflib import URIRef

from kg.block import TYPE, Block, Lines, Node, Value
from kg.kept import Page

Get = Callable[[Any], Any]


class Column(NamedTuple):
    """`one`: the value is said whatever it is; `maybe`: unless it is None or empty; `several`: a sequence of them."""

    predicate: URIRef
    kind: type[Any]
    get: Get  # the plain value of a record, of that type or one that it can be made of
    times: Literal["one", "maybe", "several"]

    def count(self, records: Sequence[Any]) -> int:
        """How many values records have in it."""
        if self.times == "one":
            return len(records)
        values = [*map(self.get, records)]
        if self.times == "several":
            return sum(map(len, values))
        return len(values) - values.count(None) - (values.count("") if issubclass(self.kind, str) else 0)


def _column(times: Literal["one", "maybe", "several"], predicate: URIRef, kind: type[Any], get: Get | str) -> Column:
    return Column(predicate, kind, attrgetter(get) if isinstance(get, str) else get, times)


one, maybe, several = partial(_column, "one"), partial(_column, "maybe"), partial(_column, "several")


@dataclass(frozen=True, slots=True)
class Form:
    """`note` is what a person calls a record, `more` what it says beside the columns."""

    section: str
    types: list[Value]  # of all records; without any, the first column says them
    columns: tuple[Column, ...]
    note: Callable[[Any], str] | None = None
    more: Callable[[Any], Lines] | None = None

    def block(self, record: Any) -> Block:
        """What one record says."""
        lines: Lines = [(TYPE, self.types)] if self.types else []
        for predicate, kind, get, times in self.columns:
            value = get(record)
            if times == "several":
                if value:
                    lines.append((predicate, [*map(kind, value)]))
            elif times == "one" or not (value is None or value == ""):
                lines.append((predicate, [value if type(value) is kind else kind(value)]))
        if self.more:
            lines += self.more(record)
        return Block(self.section, Node(record.id), lines, self.note(record) if self.note else "")

    def kinds(self, records: Sequence[Any]) -> Iterable[tuple[Sequence[Value], int]]:
        """The types that records have together, and how many have them."""
        if self.types and records:  # a class of nothing is no class of the graph
            return [(self.types, len(records))]
        return Counter(tuple(self.columns[0].get(record)) for record in records).items()


def parcels(records: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Records in the same order, some at a time: few enough to stay near the processor for all of their columns."""
    return (records[start : start + 100] for start in range(0, len(records), 100))


class Run(NamedTuple):
    """Records of a form, one after the other."""

    form: Form
    records: Sequence[Any]


class Told(NamedTuple):
    """Records of a form that a page decides alone: what is made of them can be kept (GraphData.made_of)."""

    form: Form
    page: Page
    find: Callable[[Iterable[str]], Sequence[Any]]  # the records of articles

    @property
    def run(self) -> Run:
        """The records, found now."""
        return Run(self.form, self.find(self.page.articles))
