"""The network as programs for drawing want it: nodes and edges with looks, places and times; GEXF, GraphML and the
tables for Gephi write these rows and differ in nothing but form.

An edge is a statement that holds; it weighs as many articles as state it. Times are those of telling: a thing is there
on the days on which articles that speak of it were issued, so that a stretch of the timeline shows what was told in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.graph import GraphData
from kg.layout import radius
from kg.model import clean_name

DATE_COLOUR = "#c7c7c7"
DATE_LABEL = "日期"
SEVERAL = "several"  # the kind of an edge that stands for statements of different relations

# The values of nodes and edges beside those that every program knows, with their types in GEXF.
NODE_VALUES: Mapping[str, str] = MappingProxyType({
    "type": "string", "type_label": "string", "kind": "string", "aliases": "string", "within": "string",
    "codes": "string", "first_day": "string", "last_day": "string", "articles": "integer", "degree": "integer",
})  # fmt: skip
EDGE_VALUES: Mapping[str, str] = MappingProxyType({
    "relation": "string", "symmetric": "boolean", "qualifier": "string", "modality": "string",
    "confidence": "double", "rules": "string", "quote": "string", "articles": "integer",
})  # fmt: skip

Value = str | int | float | bool | None
Interval = tuple[date, date]  # both days included
Intervals = tuple[Interval, ...]  # in order, with days between them


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node as it is drawn."""

    id: str
    label: str
    colour: str  # #rrggbb
    size: float  # its radius
    place: tuple[float, float]
    values: Mapping[str, Value]
    times: Intervals


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge as it is drawn: from source to target, also where the relation is symmetric."""

    id: str
    source: str
    target: str
    label: str
    kind: str
    weight: int
    values: Mapping[str, Value]
    times: Intervals


def node_rows(graph: GraphData) -> Iterator[NodeRow]:
    """The nodes of graph.nx."""
    network, places, times = graph.nx, graph.places, _times_of_nodes(graph)
    for node, data in network.nodes(data=True):
        known, degree, first, last = entity_types().get(data["type"]), network.degree(node), None, None
        if node in graph.dates:
            first, last = (day.isoformat() for day in begin_end(graph.dates[node].edtf))
        values = {
            "type": data["type"], "type_label": known.label if known else DATE_LABEL, "kind": data["kind"],
            "aliases": " | ".join(data["aliases"]), "within": data.get("within"),
            "codes": " | ".join(data.get("codes", ())), "first_day": first, "last_day": last,
            "articles": len(data["mentioned_in"]), "degree": degree,
        }  # fmt: skip
        colour = known.colour if known else DATE_COLOUR
        yield NodeRow(node, data["name"], colour, radius(degree), places[node], values, times.get(node, ()))


def edge_rows(graph: GraphData) -> Iterator[EdgeRow]:
    """The edges of graph.nx, one for each statement that holds."""
    told, held = _Told(graph), [s for s in graph.statements.values() if graph.holds(s)]
    parallel = Counter((s.subject, s.object, s.predicate) for s in held)
    for statement in held:
        relation, weight = relation_types()[statement.predicate], len(statement.articles)
        # Gephi takes parallel edges of one kind for one: somebody's two posts in one house are two kinds.
        alone = parallel[statement.subject, statement.object, statement.predicate] == 1
        apart = () if alone else (clean_name(statement.qualifier or ""), statement.modality)
        kind = " ".join(filter(None, (relation.name, *apart)))
        yield EdgeRow(statement.id, statement.subject, statement.object, relation.label, kind, weight, {
            "relation": relation.name, "symmetric": relation.symmetric, "qualifier": statement.qualifier,
            "modality": statement.modality, "confidence": float(statement.confidence),
            "rules": " | ".join(statement.rules), "quote": clean_name(statement.evidence[0].quote), "articles": weight,
        }, told.on(statement.articles))  # fmt: skip


def merged_rows(graph: GraphData) -> Iterator[EdgeRow]:
    """One edge for each pair of nodes, whatever the direction of its statements: parallel edges hide each other.

    It points as most of its articles do; its label names all the relations, the most told first.
    """
    pairs: dict[tuple[str, str], list[EdgeRow]] = defaultdict(list)
    for row in edge_rows(graph):
        pairs[min(row.source, row.target), max(row.source, row.target)].append(row)
    for (low, high), rows in pairs.items():
        onward = sum(row.weight if row.source == low else -row.weight for row in rows)
        source, target = (low, high) if onward >= 0 else (high, low)
        ranked = sorted(rows, key=lambda row: -row.weight)
        labels = dict.fromkeys(row.label for row in ranked)
        relations = dict.fromkeys(str(row.values["relation"]) for row in ranked)
        yield EdgeRow(
            min(row.id for row in rows), source, target, " | ".join(labels),
            next(iter(relations)) if len(relations) == 1 else SEVERAL, sum(row.weight for row in rows),
            {
                "relation": " | ".join(relations), "symmetric": all(row.values["symmetric"] for row in rows),
                "qualifier": " | ".join(dict.fromkeys(str(q) for row in ranked if (q := row.values["qualifier"]))),
                "modality": " | ".join(sorted({str(row.values["modality"]) for row in rows})),
                "confidence": max(float(row.values["confidence"] or 0) for row in rows),
                "rules": " | ".join(sorted({str(row.values["rules"]) for row in rows})),
                "quote": ranked[0].values["quote"], "articles": sum(row.weight for row in rows),
            },
            joined(time for row in rows for time in row.times),
        )  # fmt: skip


def as_text(value: Value) -> str:
    """A value as XML Schema writes it.

    >>> as_text(True), as_text(0.9), as_text(3)
    ('true', '0.9', '3')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def joined(times: Iterable[Interval]) -> Intervals:
    """The times in order; what overlaps or follows within a day is one.

    >>> joined([(date(2024, 3, 6), date(2024, 3, 6)), (date(2024, 3, 5), date(2024, 3, 5))])
    ((datetime.date(2024, 3, 5), datetime.date(2024, 3, 6)),)
    """
    found: list[Interval] = []
    for begin, end in sorted(times):
        if found and begin <= found[-1][1] + timedelta(days=1):
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return tuple(found)


class _Told:
    """On which days articles were issued; an article without a date has none."""

    def __init__(self, graph: GraphData) -> None:
        self._issued: dict[str, Interval] = {}
        for article in graph.articles.values():
            try:
                self._issued[article.id] = begin_end(article.issued or "")
            except ValueError:  # a date of no day that a calendar has
                continue

    def on(self, articles: Sequence[str]) -> Intervals:
        return joined({self._issued[a] for a in articles if a in self._issued})


def _times_of_nodes(graph: GraphData) -> dict[str, Intervals]:
    """A node is there when it is spoken of, and whenever one of its edges is: always, where an edge has no time."""
    told = _Told(graph)
    articles: dict[str, set[str]] = defaultdict(set)
    for entity in graph.entities.values():
        articles[entity.id].update(entity.mentioned_in)
    for date_node in graph.dates.values():
        articles[date_node.id].update(date_node.mentioned_in)
    always: set[str] = set()
    for statement in graph.statements.values():
        if graph.holds(statement):
            ends = statement.subject, statement.object
            for end in ends:
                articles[end].update(statement.articles)
            if not told.on(statement.articles):
                always.update(ends)
    return {node: () if node in always else told.on(tuple(where)) for node, where in articles.items()}
