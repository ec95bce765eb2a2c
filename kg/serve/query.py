"""One query: from the words of the protocol to the bytes of an answer, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar, cast

import pyoxigraph as ox
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.serve import answers
from kg.vocab import QUERY_PREFIXES

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run at once."""

    seconds: float = 30.0
    rows: int = 100_000
    mebibytes: int = 1024
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class Job:
    """A query as the protocol brings it."""

    query: str
    accept: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Refused(Exception):
    """A query that is not answered: the HTTP status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def evaluate(store: ox.Store, job: Job, most: int) -> tuple[str, bytes]:
    """The type of the answer, and the answer of at most so many rows. A Refused says what is wrong, or too much."""
    if "SERVICE" in job.query.upper() and calls_out(job.query):
        raise Refused(400, "SERVICE is not allowed here: this endpoint calls no other")
    try:
        found = store.query(
            job.query, prefixes=dict(QUERY_PREFIXES), default_graph=_graphs(job.default_graphs, job.named_graphs),
            named_graphs=_graphs(job.named_graphs, job.default_graphs),
        )  # fmt: skip
        if isinstance(found, ox.QueryBoolean):
            form = _form(job, answers.BOOLEAN)
            return form, answers.boolean(bool(found), form)
        if isinstance(found, ox.QuerySolutions):
            form = _form(job, answers.ROWS)
            names = [variable.value for variable in found.variables]
            return form, answers.rows(names, _all(map(tuple, found), most), form)
        form = _form(job, answers.TRIPLES)
        return form, answers.triples(_all(found, most), form, QUERY_PREFIXES)
    except (SyntaxError, ValueError) as error:
        raise Refused(400, f"not a query: {error}") from None
    except (OSError, RuntimeError) as error:
        raise Refused(500, f"the query failed: {error}") from None


def _graphs(names: Iterable[str], others: Iterable[str]) -> list[Any] | None:
    """The graphs that the request names, of which the store has some or none; nothing is ever loaded.

    Where it names none the store's own are meant, but no graphs where it names some of the other kind.
    """
    found = [ox.NamedNode(name) for name in names]
    return found if found or tuple(others) else None


def _form(job: Job, offered: Mapping[str, str]) -> str:
    form = answers.choose(job.accept, offered)
    if form is None:
        raise Refused(406, f"the answer can be had as {', '.join(offered)}")
    return form


def _all(found: Iterable[Item], most: int) -> list[Item]:
    kept = list(islice(found, most + 1))
    if len(kept) > most:
        raise Refused(500, f"refused: the answer has more than {most:,} rows; ask with LIMIT, and OFFSET for the next")
    return kept


def calls_out(query: str) -> bool:
    """Whether a query that has the word SERVICE means it, and not in a string or a comment. In doubt it does.

    >>> calls_out('SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }')
    True
    >>> calls_out('SELECT * { ?s ?p "service" } # SERVICE <http://example.org/>')
    False
    """
    try:
        nodes: list[object] = [*parseQuery(query)]
    except Exception:  # pyparsing raises what it likes
        return True
    while nodes:
        node = nodes.pop()
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                return True
            nodes.extend(node.values())
        elif not isinstance(node, str) and isinstance(node, Iterable):
            nodes.extend(cast(Iterable[object], node))
    return False
