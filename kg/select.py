"""Parts of a graph: what surrounds a thing, what is of some types, what was reported in a time.

A part is a graph like any other: nothing in it points out of it, and every fact keeps its evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.graph import GraphData
from kg.model import ArticleNode, Observation, Statement

Day = date | str | int | None  # a day, or an EDTF date: 2024 is the year


def ego(graph: GraphData, centre: str, depth: int = 1, kinds: str | Iterable[str] | None = None) -> GraphData:
    """The entities within so many relations of one, and what is said between them.

    A date is no step on the way, or all that happened in a year would be neighbours; nor is a denied relation.
    """
    wanted = _names(kinds, relation_types(), "relation")
    if centre not in graph.entities:
        raise ValueError(f"{graph.name(centre)}: {centre.partition('/')[0]} has no relations to go along")
    reached = edge = {centre}
    for _ in range(depth):
        edge = {end for node in edge for end in _neighbours(graph, node, wanted)} - reached
        reached = reached | edge
    kept = [s for s in graph.statements.values() if s.predicate in wanted and _between(graph, s, reached)]
    return _part(graph, reached, kept, (o for o in graph.observations.values() if o.about in reached))


def _neighbours(graph: GraphData, node: str, kinds: Collection[str]) -> Iterator[str]:
    for statement in graph.statements_of(node):
        if statement.predicate in kinds and statement.modality != "negated":
            yield from {statement.subject, statement.object} & graph.entities.keys()


def _between(graph: GraphData, statement: Statement, entities: Collection[str]) -> bool:
    return statement.subject in entities and (statement.object in entities or statement.object in graph.dates)


def subgraph(
    graph: GraphData, types: str | Iterable[str] | None = None, since: Day = None, until: Day = None
) -> GraphData:
    """What is of these types or kinds, as told by the articles issued from `since` to `until`, both days included.

    Without `types` everything is kept, with them the relations and figures of what is of such a type. An article that
    says only its month is kept if part of the month lies in the time; one without a date is left out of any time.
    """
    articles = {a.id for a in graph.articles.values() if _issued_within(a, since, until)}
    statements = [told for s in graph.statements.values() if (told := _told(s, articles))]
    figures = [o for o in graph.observations.values() if o.evidence.article in articles]
    entities = {e.id for e in graph.entities.values() if articles.intersection(e.mentioned_in)}
    if types is not None:
        known = {name: name for name in entity_types()}
        known |= {kind: kind for entity in entity_types().values() for kind in entity.kinds}
        wanted = _names(types, known, "type")
        entities = {e for e in entities if {graph.entities[e].type, graph.entities[e].kind} & wanted}
        figures = [o for o in figures if o.about in entities]
    between = [s for s in statements if _between(graph, s, entities)]
    return _part(graph, entities, between, figures, articles)


def told_by(graph: GraphData, articles: Iterable[str]) -> GraphData:
    """What these articles say, and what they mention."""
    told = set(articles)
    known = {s.id: s for article in told for s in graph.statements_of(article)}
    statements = [part for s in known.values() if (part := _told(s, told))]
    figures = graph.figures_in(told)
    entities = {e.id for e in graph.entities.values() if told.intersection(e.mentioned_in)}
    return _part(graph, entities, statements, figures, told)


def _names(given: str | Iterable[str] | None, known: Collection[str], what: str) -> set[str]:
    if given is None:
        return set(known)
    names = {given} if isinstance(given, str) else set(given)
    if unknown := sorted(names - set(known)):
        raise ValueError(f"no {what} is called {', '.join(unknown)}; there are {', '.join(known)}")
    return names


def first_day(day: Day) -> date:
    """The day itself, or the first of an EDTF date."""
    return _day(day) or begin_end(str(day))[0]


def last_day(day: Day) -> date:
    """The day itself, or the last of an EDTF date."""
    return _day(day) or begin_end(str(day))[1]


def _day(day: Day) -> date | None:
    if isinstance(day, datetime):  # a Timestamp of pandas is one
        return day.date()
    return day if isinstance(day, date) else None


def _issued_within(article: ArticleNode, since: Day, until: Day) -> bool:
    if since is None and until is None:
        return True
    if not article.issued:
        return False
    begin, end = begin_end(article.issued)
    return (since is None or end >= first_day(since)) and (until is None or begin <= last_day(until))


def _told(statement: Statement, articles: Collection[str]) -> Statement | None:
    """The statement as these articles make it; None when none does."""
    evidence = tuple(e for e in statement.evidence if e.article in articles)
    if len(evidence) == len(statement.evidence):
        return statement
    return replace(statement, evidence=evidence) if evidence else None


def _part(
    graph: GraphData,
    entities: Collection[str],
    statements: Collection[Statement],
    observations: Iterable[Observation],
    articles: Collection[str] | None = None,
) -> GraphData:
    """A graph of these alone, with the dates, labels and articles that they need."""
    figures = [o if o.stated_by in entities else replace(o, stated_by=None) for o in observations]
    nodes = {s.object for s in statements}
    nodes |= {node for o in figures for node in (o.about, o.metric, o.time) if node}
    told = {e.article for s in statements for e in s.evidence} | {o.evidence.article for o in figures}
    told |= {a for e in entities for a in graph.entities[e].mentioned_in}
    told = told if articles is None else told & set(articles)

    kept = {s.id for s in figures}
    nodes |= {series for e in entities if (series := graph.entities[e].series)}

    def mentions(where: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(a for a in where if a in told)

    return GraphData(
        articles=[
            a if a.reprint_of in told else replace(a, reprint_of=None) for a in graph.articles.values() if a.id in told
        ],
        entities=[
            replace(
                e, mentioned_in=mentions(e.mentioned_in), successors=tuple(s for s in e.successors if s in entities)
            )
            for e in graph.entities.values()
            if e.id in entities
        ],
        dates=[replace(d, mentioned_in=mentions(d.mentioned_in)) for d in graph.dates.values() if d.id in nodes],
        labels=[label for label in graph.labels.values() if label.id in nodes],
        statements=statements,
        observations=[
            replace(o, contradicts=tuple(c for c in o.contradicts if c in kept)) if o.contradicts else o
            for o in figures
        ],
        base=graph.base,
        about=graph.about,
    )
