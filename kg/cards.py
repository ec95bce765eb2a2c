"""Nodes, statements, figures and quotes as pieces of HTML for a notebook's cell.

Whatever comes from a text is escaped; styles stand in the elements, so that nothing leaks into the page around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from extractors.ontology import entity_types, relation_types
from kg.block import plain
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Entity, Evidence, Observation, Statement
from kg.wording import MODALITY, amount, figure_words, origin, statement_words, type_words

MANY = 20  # views shown of several, and facts of one node
QUOTES = 3  # quotes of one statement
_CARD = "border-left:3px solid {colour};padding:2px 10px;margin:4px 0;max-width:60em"
_QUIET = "opacity:.7;font-size:90%"
_MARK = "background:#ffe58a;color:#1a1a1a;padding:0 1px"
_CELL = "text-align:left;vertical-align:top"
_NAME = f"{_CELL};word-break:keep-all"  # a name is not broken for the sake of a long quote
GREY = "#999999"


def _card(colour: str, *parts: str) -> str:
    return f'<div style="{_CARD.format(colour=colour)}">{"".join(parts)}</div>'


def _quiet(words: str) -> str:
    return f'<div style="{_QUIET}">{escape(words)}</div>'


def _head(words: str, note: str = "") -> str:
    small = f' <span style="{_QUIET}">{escape(note)}</span>' if note else ""
    return f"<div><b>{escape(words)}</b>{small}</div>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of plain words; the last column is the long one."""

    def line(tag: str, cells: Iterable[str]) -> str:
        *names, last = (escape(cell) for cell in cells)
        short = "".join(f'<{tag} style="{_NAME}">{name}</{tag}>' for name in names)
        return f'<tr>{short}<{tag} style="{_CELL}">{last}</{tag}></tr>'

    return f"<table>{line('th', head)}{''.join(line('td', row) for row in rows)}</table>"


def column(shown: list[str], number: int) -> str:
    """Cards one below the other; says how many there are in all."""
    if not number:
        return _quiet("nothing found")
    more = _quiet(f"… and {number - len(shown):,} more") if number > len(shown) else ""
    return "".join(shown) + more


def evidence(graph: GraphData, said: Evidence) -> str:
    """The quote, marked, between the words around it, and where it stands."""
    article = graph.articles[said.article]
    before = "…" * (said.span.start > len(said.before)) + said.before
    after = said.after + "…" * (said.span.end + len(said.after) < article.length)
    words = f'{escape(before)}<mark style="{_MARK}">{escape(said.quote)}</mark>{escape(after)}'
    place = f"{origin(article)}, characters {said.span.start}–{said.span.end} · rule: {said.rule}"
    return _card(GREY, f'<div style="white-space:pre-line">{words}</div>', _quiet(place))


def statement(graph: GraphData, said: Statement) -> str:
    """The relation and its first quotes."""
    shown = [evidence(graph, one) for one in said.evidence[:QUOTES]]
    head = _head(statement_words(graph, said), f"confidence {plain(said.confidence)}")
    return _card(_colour(said.subject), head, column(shown, len(said.evidence)))


def figure(graph: GraphData, seen: Observation) -> str:
    """The number, whose it is, and its quote."""
    notes = [f"confidence {plain(seen.confidence)}"]
    if seen.compared_with:
        notes.append(f"compared with {seen.compared_with}")
    if seen.stated_by:
        notes.append(f"according to {graph.name(seen.stated_by)}")
    head = _head(figure_words(graph, seen), ", ".join(notes))
    return _card(_colour(seen.about), head, evidence(graph, seen.evidence))


def node(graph: GraphData, identifier: str) -> str:
    """Names, type and the facts of a node."""
    found = graph.node(identifier)
    parts = [_head(graph.name(identifier), f"{type_words(found, identifier)} · {identifier}")]
    match found:
        case Entity():
            words = {"also called": "、".join(found.aliases), "in": found.within, "code": "、".join(found.codes)}
            parts += [_quiet(f"{name}: {value}") for name, value in words.items() if value]
        case DateNode() if found.labels:
            parts.append(_quiet(f"printed as: {'、'.join(found.labels)}"))
        case ArticleNode():
            parts.append(_quiet(origin(found)))
    if isinstance(found, Entity | DateNode):
        number = len(found.mentioned_in)
        parts.append(_quiet(f"mentioned in {number:,} article{'s' * (number != 1)}"))
    return _card(_colour(identifier), *parts, _relations(graph, identifier), _figures(graph, identifier))


def _relations(graph: GraphData, identifier: str) -> str:
    statements = graph.statements_of(identifier)
    rows = [
        (
            graph.name(s.subject), relation_types()[s.predicate].label + MODALITY[s.modality], graph.name(s.object),
            s.qualifier or "", s.evidence[0].quote,
        )
        for s in statements[:MANY]
    ]  # fmt: skip
    return _facts(("subject", "relation", "object", "", "quote"), rows, len(statements), "relations")


def _figures(graph: GraphData, identifier: str) -> str:
    figures = graph.observations_of(identifier)
    rows = [
        (graph.name(o.about), graph.name(o.metric), graph.name(o.time), amount(o), o.evidence.quote)
        for o in figures[:MANY]
    ]
    return _facts(("subject", "metric", "time", "value", "quote"), rows, len(figures), "figures")


def _facts(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], number: int, name: str) -> str:
    if not rows:
        return ""
    more = _quiet(f"… and {number - len(rows):,} more {name}") if number > len(rows) else ""
    return _table(head, rows) + more


def graph(data: GraphData) -> str:
    """How much of what the graph holds."""
    labels = {**{n: t.label for n, t in entity_types().items()}, **{n: t.label for n, t in relation_types().items()}}
    counts = data.counts()
    rows = [
        (group, f"{sum(kinds.values()):,}", "、".join(f"{labels.get(kind, kind)} {n:,}" for kind, n in kinds.items()))
        for group, kinds in counts.items()
    ]
    return _card(GREY, _head("KnowledgeGraph", data.base), _table(("", "", ""), rows))


def _colour(identifier: str | None) -> str:
    kind = entity_types().get((identifier or "").partition("/")[0])
    return kind.colour if kind else GREY
