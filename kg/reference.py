"""What a person means by a name, an id, an edge or a row of a table: one candidate, or an error that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.explain import similar
from kg.graph import GraphData
from kg.views import FigureView, NodeView, StatementView, View, Views, view

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    import pandas as pd

    # A relation or a figure: a view, an id, an edge (subject, object[, id]) of nx, a row or rows of a table; several.
    Fact: TypeAlias = View | str | tuple[str, ...] | pd.Series[Any] | pd.DataFrame | Views[View] | list[View | str]


def one(graph: GraphData, x: str | View) -> str:
    """The id of the one thing that x means; a named thing comes before a metric or a title of the same words.

    A LookupError tells what there is if nothing is called so, or if several things are.
    """
    if not isinstance(x, str):
        identifier = str(getattr(x, "id", ""))
        if not graph.node(identifier):  # a view of another graph, None where a table has no value
            raise LookupError(f"{_words(x)}: no thing of this graph")
        return identifier
    found = [node for node in graph.find(x) if graph.node(node)]
    found = [node for node in found if node in graph.entities] or found
    if not found:
        hint = similar(graph, x)
        raise LookupError(f"{x}: not in the graph" + (f"; there are {'、'.join(hint)}" if hint else ""))
    if len(found) > 1:
        choice = ", ".join(f"{node} {view(graph, node)!r}" for node in found)
        raise LookupError(f"{x}: more than one thing is called so, say which by its id: {choice}")
    return found[0]


def facts(graph: GraphData, fact: Fact) -> Iterator[StatementView | FigureView]:
    """The relations and figures that are meant; of a thing, all that it has part in."""
    for identifier in _ids(graph, fact):
        found = view(graph, identifier) if _is_fact(graph, identifier) else NodeView(graph, one(graph, identifier))
        if isinstance(found, NodeView):
            yield from found.statements
            yield from found.figures
        else:
            yield found


def _is_fact(graph: GraphData, identifier: str) -> bool:
    return identifier in graph.statements or identifier in graph.observations


def _words(x: object) -> str:
    return " ".join(repr(x).split())[:80]


def _ids(graph: GraphData, fact: Fact) -> list[str]:
    match fact:
        case list() | Views():
            return [identifier for one_fact in fact for identifier in _ids(graph, one_fact)]
        case str():
            found = graph.find(fact)
            return list(found) if all(_is_fact(graph, i) for i in found) and found else [fact]
        case NodeView() | StatementView() | FigureView():
            return [fact.id]
        case (_, _, str(identifier)) | (_, _, str(identifier), dict()):
            return [identifier]
        case (str(subject), str(target)):
            return [s.id for s in graph.statements_of(subject) if (s.subject, s.object) == (subject, target)]
        case tuple():
            raise LookupError(f"{fact[:2]}: an edge is (subject, object) or (subject, object, id)")
    if not hasattr(fact, "ndim"):
        raise LookupError(f"{_words(fact)}: no view, id, edge of nx or row of a table")
    rows = fact.index if fact.ndim > 1 else [fact.name]
    return [str(name) for name in rows]
