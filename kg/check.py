"""Is the graph in order: nothing points nowhere, and every quote stands where it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.model import Article
from extractors.ontology import relation_types
from kg.graph import GraphData
from kg.model import DateNode, Entity, Evidence, Problem, clean_quote


def check(graph: GraphData) -> list[Problem]:
    """What is wrong inside the graph; empty when it is in order."""
    return [*_dangling(graph), *_ends(graph), *_evidence(graph)]


def _dangling(graph: GraphData) -> Iterator[Problem]:
    # Sets are asked for all ends of a record at once: it is the rare one of which some is missing.
    articles = frozenset(graph.articles)
    nodes = frozenset((*graph.entities, *graph.dates))
    for statement in graph.statements.values():
        if not nodes.issuperset(ends := (statement.subject, statement.object)):
            yield from (Problem(statement.id, f"{node} is no node") for node in ends if node not in nodes)
    known = frozenset((None, *nodes, *graph.labels, *articles))
    for seen in graph.observations.values():
        if not known.issuperset(named := (seen.about, seen.metric, seen.time, seen.stated_by)):
            yield from (Problem(seen.id, f"{node} is no node") for node in named if node not in known)
    things: list[Entity | DateNode] = [*graph.entities.values(), *graph.dates.values()]
    for thing in things:
        if not articles.issuperset(thing.mentioned_in):
            lost = (article for article in thing.mentioned_in if article not in articles)
            yield from (Problem(thing.id, f"{article} is no article") for article in lost)


def _ends(graph: GraphData) -> Iterator[Problem]:
    relations = relation_types()
    for statement in graph.statements.values():
        relation = relations[statement.predicate]
        for node, allowed in ((statement.subject, relation.source), (statement.object, relation.target)):
            if node.partition("/")[0] not in allowed:
                yield Problem(statement.id, f"{relation.label}: {node} is not of a type that the schema allows")


def _all_evidence(graph: GraphData) -> Iterator[tuple[str, Evidence]]:
    for statement in graph.statements.values():
        for evidence in statement.evidence:
            yield statement.id, evidence
    for seen in graph.observations.values():
        yield seen.id, seen.evidence


def _evidence(graph: GraphData) -> Iterator[Problem]:
    for statement in graph.statements.values():
        if not statement.evidence:
            yield Problem(statement.id, "no evidence")
    lengths = {article.id: article.length for article in graph.articles.values()}
    for owner, evidence in _all_evidence(graph):
        span, length = evidence.span, lengths.get(evidence.article)
        start, end = span.start, span.end
        if length is None:
            yield Problem(owner, f"{evidence.article} is no article")
        elif not 0 <= start < end <= length:
            yield Problem(owner, "the quote lies outside of its article")
        elif len(evidence.quote) != end - start:
            yield Problem(owner, "the quote is not as long as its span")


def verify(graph: GraphData, articles: Iterable[Article]) -> list[Problem]:
    """Read every quote again in the text it was taken from: pass the articles as reading gives them."""
    texts = {f"Article/{article.id}": article.text for article in articles}
    problems = []
    for owner, evidence in _all_evidence(graph):
        text = texts.get(evidence.article)
        if text is None:
            problems.append(Problem(owner, f"{evidence.article} is not among the articles"))
        elif clean_quote(evidence.span.of(text)) != evidence.quote:
            problems.append(Problem(owner, "the words at the span are not the quote"))
    return problems
