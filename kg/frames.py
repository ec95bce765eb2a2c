"""The graph as pandas tables, one row per record, with types that an analyst can reckon with.

Numbers are numbers, days are datetime64, what is missing is missing, and the columns stand in a fixed order. The index
is the id; columns with the names of entities.csv, relations.csv and figures.csv hold the same things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from extractors.dates.edtf import begin_end
from extractors.ontology import relation_types
from kg.graph import GraphData
from kg.model import Evidence, Observation, Problem, Undecided
from kg.targets import Report
from kg.timeline import Moment

try:
    import pandas as pd
except ImportError:
    raise ImportError("tables need pandas, which is not installed: pip install 'policykg[notebook]'") from None

# Column → type: text, list (a tuple of texts), whole (counts), number, day, flag.
ENTITIES: Final = {
    "type": "text", "kind": "text", "name": "text", "aliases": "list", "within": "text", "codes": "list",
    "articles": "whole", "first_issued": "day", "last_issued": "day",
}  # fmt: skip
_ORIGIN: Final = {"title": "text", "issued": "text", "reported": "day", "source": "text"}
RELATIONS: Final = {
    "subject": "text", "subject_type": "text", "relation": "text", "label": "text", "object": "text",
    "object_type": "text", "qualifier": "text", "modality": "text", "confidence": "number", "articles": "whole",
    "voices": "whole", "begin": "day", "end": "day", "quote": "text", "rule": "text", **_ORIGIN, "subject_id": "text",
    "object_id": "text",
}  # fmt: skip
FIGURES: Final = {
    "subject": "text", "subject_type": "text", "metric": "text", "comparator": "text", "value": "number",
    "upper": "number", "unit": "text", "change": "text", "status": "text", "time": "text", "begin": "day", "end": "day",
    "compared_with": "text", "stated_by": "text", "quote": "text", "confidence": "number", "rule": "text", **_ORIGIN,
    "subject_id": "text", "metric_id": "text",
}  # fmt: skip
ARTICLES: Final = {
    "title": "text", "issued": "text", "begin": "day", "end": "day", "issued_basis": "text", "publisher": "text",
    "reporters": "list", "sources": "list", "characters": "whole", "entities": "whole", "relations": "whole",
    "figures": "whole",
}  # fmt: skip
PROBLEMS: Final = {
    "where": "text", "message": "text", "lost": "flag", "undecided": "text", "article": "text", "begin": "whole",
    "end": "whole", "quote": "text", "why": "text",
}  # fmt: skip
TIMELINE: Final = {
    "time": "text", "begin": "day", "end": "day", "basis": "text", "fact": "text", "what": "text", "quote": "text",
    **_ORIGIN,
}  # fmt: skip
TARGETS: Final = {
    "subject": "text", "metric": "text", "comparator": "text", "target": "number", "unit": "text", "due": "text",
    "due_end": "day", "said": "day", "actual": "number", "actual_time": "text", "actual_end": "day", "reported": "day",
    "gap": "number", "quote": "text", "actual_quote": "text", "target_id": "text", "actual_id": "text",
}  # fmt: skip

Cell = Any
Rows = Iterable[Sequence[Cell]]


def table(columns: dict[str, str], rows: Rows, index: str | None = "id") -> pd.DataFrame:
    """A frame of these columns; with an `index` the first cell of each row is the row's label."""
    lines = [tuple(row) for row in rows]
    labels = [line[0] for line in lines] if index else None
    first = 1 if index else 0
    cells = {name: _array([line[n] for line in lines], kind) for n, (name, kind) in enumerate(columns.items(), first)}
    frame = pd.DataFrame(cells, index=pd.RangeIndex(len(lines)), columns=list(columns))
    return frame if labels is None else frame.set_index(pd.Index(_array(labels, "text"), name=index))


def _array(cells: list[Cell], kind: str) -> Any:
    match kind:
        case "number":
            return np.array([np.nan if cell is None else float(cell) for cell in cells], dtype="float64")
        case "whole":
            return pd.array(cells, dtype="Int64")
        case "flag":
            return pd.array(cells, dtype="boolean")
        case "day":  # in seconds: in nanoseconds the year 1271 would be out of range
            return np.array(cells, dtype="datetime64[D]").astype("datetime64[s]")
        case "list":
            held = np.empty(len(cells), dtype="object")
            held[:] = cells
            return held
        case _:
            return pd.array(cells, dtype=pd.StringDtype(na_value=np.nan))


def entities(graph: GraphData) -> pd.DataFrame:
    """One row per entity; see ENTITIES for the columns."""

    def rows() -> Iterator[Sequence[Cell]]:
        for e in graph.entities.values():
            days = [begin_end(issued) for a in e.mentioned_in if (issued := graph.articles[a].issued)]
            first, last = min((d[0] for d in days), default=None), max((d[1] for d in days), default=None)
            yield e.id, e.type, e.kind, e.name, e.aliases, e.within, e.codes, len(e.mentioned_in), first, last

    return table(ENTITIES, rows())


def relations(graph: GraphData) -> pd.DataFrame:
    """One row per statement, planned and denied ones included, with its first quote; see RELATIONS.

    `begin` and `end` are those of a date that is the object.
    """
    return table(
        RELATIONS,
        (
            (
                s.id, graph.name(s.subject), _type(s.subject), s.predicate, relation_types()[s.predicate].label,
                graph.name(s.object), _type(s.object), s.qualifier, s.modality, s.confidence, len(s.articles),
                graph.voices(s.articles), *_bounds(graph, s.object), s.evidence[0].quote, " | ".join(s.rules),
                *_origin(graph, s.evidence[0]),
                s.subject, s.object,
            )
            for s in graph.statements.values()
        ),
    )  # fmt: skip


def figures(graph: GraphData) -> pd.DataFrame:
    """One row per figure; see FIGURES. `begin` and `end` are the first and last day of `time`."""
    return table(
        FIGURES,
        (
            (
                o.id, _name(graph, o.about), _type(o.about), _name(graph, o.metric), o.comparator, o.value, o.upper,
                o.unit, o.change, o.status, _name(graph, o.time), *_bounds(graph, o.time), o.compared_with,
                _name(graph, o.stated_by), o.evidence.quote, o.confidence, o.evidence.rule,
                *_origin(graph, o.evidence), o.about, o.metric,
            )
            for o in graph.observations.values()
        ),
    )  # fmt: skip


def articles(graph: GraphData) -> pd.DataFrame:
    """One row per article, with the numbers of what is named and stated in it; see ARTICLES."""
    named = Counter(a for e in graph.entities.values() for a in e.mentioned_in)
    stated = Counter(a for s in graph.statements.values() for a in s.articles)
    counted = Counter(o.evidence.article for o in graph.observations.values())
    return table(
        ARTICLES,
        (
            (
                a.id, a.title, a.issued, *_span(a.issued), a.issued_basis, a.publisher, a.reporters, a.sources,
                a.length, named[a.id], stated[a.id], counted[a.id],
            )
            for a in graph.articles.values()
        ),
    )  # fmt: skip


def problems(found: Iterable[Problem]) -> pd.DataFrame:
    """One row per problem: what was lost, what is doubtful, and what could not be decided; see PROBLEMS."""

    def rows() -> Iterator[Sequence[Cell]]:
        for p in found:
            if isinstance(p, Undecided):
                article, place = f"Article/{p.article}", (p.span.start, p.span.end, p.quote, p.why)
                yield p.where, p.message, p.lost, p.kind, article, *place
            else:
                yield p.where, p.message, p.lost, None, None, None, None, None, None

    return table(PROBLEMS, rows(), None)


def timeline(graph: GraphData, moments: Iterable[Moment]) -> pd.DataFrame:
    """One row per moment, in order; see TIMELINE. `basis` is reported where only the article's date is known."""
    return table(
        TIMELINE,
        (
            (
                m.fact.id, m.time, m.begin, m.end, m.basis,
                "figure" if isinstance(m.fact, Observation) else m.fact.predicate, m.words, m.evidence.quote,
                *_origin(graph, m.evidence),
            )
            for m in moments
        ),
    )  # fmt: skip


def targets(graph: GraphData, reports: Iterable[Report]) -> pd.DataFrame:
    """One row per target and report; see TARGETS. `gap` is what is reported less the target."""

    def rows() -> Iterator[Sequence[Cell]]:
        for r in reports:
            t, a = r.target, r.actual
            told: Sequence[Cell] = (None,) * 4
            if a:
                told = a.value, _name(graph, a.time), _bounds(graph, a.time)[1], _origin(graph, a.evidence)[2]
            yield (
                _name(graph, t.about), _name(graph, t.metric), t.comparator, t.value, t.unit, _name(graph, t.time),
                _bounds(graph, t.time)[1], _origin(graph, t.evidence)[2], *told, a and a.value - t.value,
                t.evidence.quote, a and a.evidence.quote, t.id, a and a.id,
            )  # fmt: skip

    return table(TARGETS, rows(), None)


def answer(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> pd.DataFrame:
    """What a query answers: a column of nothing but numbers, days or truth values has that type, any other is text."""
    kinds = {name: _kind({type(row[n]) for row in rows} - {type(None)}) for n, name in enumerate(columns)}
    texts = {n for n, kind in enumerate(kinds.values()) if kind == "text"}
    cells = [[str(c) if n in texts and c is not None else c for n, c in enumerate(row)] for row in rows]
    return table(kinds, cells, None)


def _kind(types: set[type]) -> str:
    if types == {bool}:
        return "flag"
    if types == {int}:
        return "whole"
    if types and types <= {int, float}:
        return "number"
    return "day" if types == {date} else "text"


def _name(graph: GraphData, node: str | None) -> str | None:
    return graph.name(node) if node else None


def _type(node: str | None) -> str | None:
    return node and node.partition("/")[0]


def _span(edtf: str | None) -> tuple[date | None, date | None]:
    return begin_end(edtf) if edtf else (None, None)


def _bounds(graph: GraphData, node: str | None) -> tuple[date | None, date | None]:
    """First and last day, if the node is a date."""
    return _span(graph.dates[node].edtf) if node in graph.dates else (None, None)


def _origin(graph: GraphData, evidence: Evidence) -> tuple[str | None, str | None, date | None, str]:
    """Title, date as given, its first day, and files of the article."""
    article = graph.articles[evidence.article]
    return article.title, article.issued, _span(article.issued)[0], " | ".join(article.sources)
