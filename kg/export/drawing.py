"""The network as programs for drawing want it: nodes and edges with looks, places and times; GEXF, GraphML and the
tables for Gephi write these rows and differ in nothing but form.

An edge is a statement that holds; it weighs as many articles as state it. Times are those of telling: a thing is there
on the days on which articles that speak of it were issued, so that a stretch of the timeline shows what was told in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.graph import GraphData
from kg.layout import radius
from kg.model import DateNode, Entity, clean_name

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

_DAY = timedelta(days=1)

Value = str | int | float | bool | None
Interval = tuple[date, date]  # both days included
Intervals = tuple[Interval, ...]  # in order, with days between them


@dataclass(slots=True)  # frozen ones take twice as long to make
class NodeRow:
    """A node as it is drawn."""

    id: str
    label: str
    colour: str  # #rrggbb
    size: float  # its radius
    place: tuple[float, float]
    values: Mapping[str, Value]
    times: Intervals


@dataclass(slots=True)
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
    places, lives, degrees = graph.places, _Lives(graph), _degrees(graph)
    types = entity_types()
    for entity in graph.entities.values():
        kind, degree = types[entity.type], degrees.get(entity.id, 0)
        values: dict[str, Value] = {
            "type": entity.type, "type_label": kind.label, "kind": entity.kind,
            "aliases": " | ".join(entity.aliases), "within": entity.within, "codes": " | ".join(entity.codes),
            "first_day": None, "last_day": None, "articles": len(entity.mentioned_in), "degree": degree,
        }  # fmt: skip
        yield NodeRow(entity.id, entity.name, kind.colour, radius(degree), places[entity.id], values, lives.of(entity))
    for node in graph.reached():
        first, last = (day.isoformat() for day in begin_end(node.edtf))
        degree = degrees[node.id]
        values = {
            "type": "Date", "type_label": DATE_LABEL, "kind": None, "aliases": " | ".join(node.labels),
            "within": None, "codes": "", "first_day": first, "last_day": last,
            "articles": len(node.mentioned_in), "degree": degree,
        }  # fmt: skip
        yield NodeRow(node.id, node.edtf, DATE_COLOUR, radius(degree), places[node.id], values, lives.of(node))


def _degrees(graph: GraphData) -> Mapping[str, int]:
    degrees: Counter[str] = Counter()
    for statement in graph.held():
        degrees.update((statement.subject, statement.object))
    return degrees


def edge_rows(graph: GraphData) -> Iterator[EdgeRow]:
    """The edges of graph.nx, one for each statement that holds."""
    told, held, relations = _Told(graph), list(graph.held()), relation_types()
    parallel = Counter((s.subject, s.object, s.predicate) for s in held)
    for statement in held:
        relation, articles = relations[statement.predicate], statement.articles
        # Gephi takes parallel edges of one kind for one: somebody's two posts in one house are two kinds.
        kind = relation.name
        if parallel[statement.subject, statement.object, statement.predicate] > 1:
            kind = " ".join(filter(None, (kind, clean_name(statement.qualifier or ""), statement.modality)))
        yield EdgeRow(statement.id, statement.subject, statement.object, relation.label, kind, graph.voices(articles), {
            "relation": relation.name, "symmetric": relation.symmetric, "qualifier": statement.qualifier,
            "modality": statement.modality, "confidence": _number(statement.confidence),
            "rules": " | ".join(statement.rules), "quote": clean_name(statement.evidence[0].quote),
            "articles": len(articles),
        }, told.on(articles))  # fmt: skip


_number = lru_cache(maxsize=1 << 7)(float)  # of a decimal, by way of its digits: there are a hundred confidences


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
                "quote": ranked[0].values["quote"], "articles": sum(int(row.values["articles"] or 0) for row in rows),
            },
            joined(time for row in rows for time in row.times),
        )  # fmt: skip


def as_text(value: Value) -> str:
    """A value as XML Schema writes it.

    >>> as_text(True), as_text(0.9), as_text(3)
    ('true', '0.9', '3')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def joined(times: Iterable[Interval]) -> Intervals:
    """The times in order; what overlaps or follows within a day is one.

    >>> joined([(date(2024, 3, 6), date(2024, 3, 6)), (date(2024, 3, 5), date(2024, 3, 5))])
    ((datetime.date(2024, 3, 5), datetime.date(2024, 3, 6)),)
    """
    return _merged(sorted(set(times)))


def _merged(times: Iterable[Interval]) -> Intervals:
    """Times in order with what overlaps or follows within a day as one."""
    found: list[Interval] = []
    for time in times:
        if found and time[0] <= found[-1][1] + _DAY:
            found[-1] = found[-1][0], max(found[-1][1], time[1])
        else:
            found.append(time)
    return tuple(found)


class _Told:
    """On which days articles were issued; an article without a date has none."""

    def __init__(self, graph: GraphData) -> None:
        issued: dict[str, Interval] = {}
        for article in graph.articles.values():
            try:
                issued[article.id] = begin_end(article.issued or "")
            except ValueError:  # a date of no day that a calendar has
                continue
        self._days = sorted(set(issued.values()))
        rank = {time: n for n, time in enumerate(self._days)}
        self._rank = {article: rank[time] for article, time in issued.items()}  # numbers are sorted faster than days

    def any(self, articles: Iterable[str]) -> bool:
        return not self._rank.keys().isdisjoint(articles)

    def on(self, articles: Iterable[str]) -> Intervals:
        rank, days = self._rank, self._days
        found = {rank[a] for a in articles if a in rank}
        if len(found) == 1:  # as of most
            return (days[found.pop()],)
        return _merged([days[n] for n in sorted(found)])


class _Lives:
    """A node is there when it is spoken of, and whenever one of its edges is: always, where an edge has no time."""

    def __init__(self, graph: GraphData) -> None:
        self._told = _Told(graph)
        self._linked: dict[str, set[str]] = defaultdict(set)  # articles that tell of one of its edges
        self._always: set[str] = set()
        for statement in graph.held():
            ends, where = (statement.subject, statement.object), statement.articles
            for end in ends:
                self._linked[end].update(where)
            if not self._told.any(where):
                self._always.update(ends)

    def of(self, node: Entity | DateNode) -> Intervals:
        if node.id in self._always:
            return ()
        linked = self._linked.get(node.id)
        return self._told.on(linked.union(node.mentioned_in) if linked else node.mentioned_in)
