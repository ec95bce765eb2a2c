"""What happened to a thing, in the order of time, and what targets became of.

A relation has the date that its article gives for it, where it gives one: 国家能源局 印发 规划 happened when 规划 was
issued. Else only the article's own date is known: then it was reported, which is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors.dates.edtf import begin_end
from kg.graph import GraphData
from kg.model import Evidence, Observation, Statement
from kg.wording import figure_words, statement_words

# The relation to a date that says when the object of a relation came about by it.
DATED_BY = {
    "issued": "issued_on", "organised": "held_on", "attended": "held_on", "launched": "started_on",
    "owns_or_founds": "founded_on",
}  # fmt: skip
Basis = Literal["said", "reported"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A fact with its time: `basis` tells whether the text says it, or only when the article was issued."""

    time: str  # EDTF
    basis: Basis
    words: str
    fact: Statement | Observation

    @property
    def begin(self) -> date:
        return begin_end(self.time)[0]

    @property
    def end(self) -> date:
        return begin_end(self.time)[1]

    @property
    def evidence(self) -> Evidence:
        return self.fact.evidence if isinstance(self.fact, Observation) else self.fact.evidence[0]


def timeline(graph: GraphData, node: str) -> list[Moment]:
    """All that is said about a node and has a time, earliest first; denied relations are left out."""
    found = [*_relations(graph, node), *_figures(graph, node)]
    return sorted(found, key=lambda m: (m.begin, m.end, m.basis != "said", m.words, m.fact.id))


def _relations(graph: GraphData, node: str) -> Iterator[Moment]:
    for statement in graph.statements_of(node):
        if statement.modality == "negated":
            continue
        said = graph.dates.get(statement.object)
        words = statement_words(graph, statement)
        if said:
            yield Moment(said.edtf, "said", words, statement)
        elif statement.predicate in DATED_BY and (days := _dates(graph, statement)):
            yield from (Moment(day, "said", words, statement) for day in days)
        elif reported := _first_report(graph, statement):
            yield Moment(reported, "reported", words, statement)


def _dates(graph: GraphData, statement: Statement) -> list[str]:
    """When the object came about, as an article says that makes the statement."""
    articles = set(statement.articles)
    return sorted(
        graph.dates[other.object].edtf
        for other in graph.statements_of(statement.object)
        if other.subject == statement.object
        and other.predicate == DATED_BY[statement.predicate]
        and articles & set(other.articles)
    )


def _first_report(graph: GraphData, statement: Statement) -> str | None:
    issued = [day for article in statement.articles if (day := graph.articles[article].issued)]
    return min(issued, key=begin_end, default=None)


def _figures(graph: GraphData, node: str) -> Iterator[Moment]:
    for seen in graph.observations_of(node):
        words = figure_words(graph, seen)
        if seen.time:
            yield Moment(graph.dates[seen.time].edtf, "said", words, seen)
        elif issued := graph.articles[seen.evidence.article].issued:
            yield Moment(issued, "reported", words, seen)
