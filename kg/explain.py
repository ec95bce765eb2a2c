"""Who says so: every fact about a thing, with the words, the article, its date and file, the rule, the confidence."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Entity, Evidence, Observation, Statement, fold
from kg.rdf import plain
from kg.wording import figure_words, origin, statement_words, type_words

SHOWN = 3  # quotes of one fact, unless all are asked for
CLOSE = 24  # code points of context shown on either side


def explain(graph: GraphData, words: str, shown: int | None = SHOWN) -> Iterator[str]:
    """Lines of text about everything that is called so; none when nothing is. At most `shown` quotes per fact."""
    for number, node in enumerate(graph.find(words)):
        if number:
            yield ""
        if node in graph.statements:
            yield from _statement(graph, graph.statements[node], None)
        elif node in graph.observations:
            yield from _figure(graph, graph.observations[node])
        else:
            yield from _node(graph, node, shown)


def similar(graph: GraphData, words: str, number: int = 5) -> list[str]:
    """Names that look like the words: those that hold them, or else those spelled alike."""
    names = list(dict.fromkeys(entity.name for entity in graph.entities.values()))
    holding = [name for name in names if fold(words) and fold(words) in fold(name)]
    return holding[:number] or get_close_matches(words, names, number)


def _node(graph: GraphData, node: str, shown: int | None) -> Iterator[str]:
    yield from _heading(graph, node)
    statements, figures = graph.statements_of(node), graph.observations_of(node)
    for statement in statements:
        yield ""
        yield from _statement(graph, statement, shown)
    for seen in figures:
        yield ""
        yield from _figure(graph, seen)
    if not statements and not figures:
        yield ""
        yield "  mentioned only: no relation or figure"


def _heading(graph: GraphData, node: str) -> Iterator[str]:
    found = graph.node(node)
    label = type_words(found, node)
    if isinstance(found, Entity):
        yield f"{found.name}  [{label}]" + (f"  {found.within}" if found.within else "")
        if found.aliases:
            yield f"  also called: {'、'.join(found.aliases)}"
        if found.codes:
            yield f"  code: {'、'.join(found.codes)}"
    elif isinstance(found, DateNode):
        yield f"{found.edtf}  [{label}]"
        if found.labels:
            yield f"  printed as: {'、'.join(found.labels)}"
    elif isinstance(found, ArticleNode):
        yield f"{origin(found)}  [{label}]"
    else:
        yield f"{graph.name(node)}  [{label}]"
    yield f"  {graph.base}{node}"
    if isinstance(found, Entity | DateNode) and found.mentioned_in:
        yield f"  mentioned in {len(found.mentioned_in)} article{'s' * (len(found.mentioned_in) > 1)}"


def _statement(graph: GraphData, statement: Statement, shown: int | None) -> Iterator[str]:
    yield f"  {statement_words(graph, statement)}   confidence {plain(statement.confidence)}"
    for evidence in statement.evidence[:shown]:
        yield from _evidence(graph, evidence)
    if shown is not None and len(statement.evidence) > shown:
        yield f"      … and {len(statement.evidence) - shown} more quotes"


def _figure(graph: GraphData, seen: Observation) -> Iterator[str]:
    yield f"  {figure_words(graph, seen)}   confidence {plain(seen.confidence)}"
    if seen.stated_by:
        yield f"      according to {graph.name(seen.stated_by)}"
    yield from _evidence(graph, seen.evidence)


def _evidence(graph: GraphData, evidence: Evidence) -> Iterator[str]:
    before, after = evidence.before[-CLOSE:], evidence.after[:CLOSE]
    words = "".join((before, "【", evidence.quote, "】", after)).replace("\n", " ")
    yield f"      …{words}…"
    span = evidence.span
    yield f"      {origin(graph.articles[evidence.article])}, characters {span.start}–{span.end}"
    yield f"      rule: {evidence.rule}"
