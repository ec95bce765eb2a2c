"""SPARQL over a graph in memory: it is put into a store once, and each answer is a table with typed columns."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, RdfFormat, Store

from kg import frames
from kg.export import formats
from kg.graph import GraphData
from kg.query import QueryError, named_queries
from kg.rdf import Rdf
from kg.vocab import QUERY_PREFIXES

if TYPE_CHECKING:
    import pandas as pd

XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger")
Plain = int | float | bool | date | str


class Triples:
    """The triples of a graph, to be asked again and again."""

    def __init__(self, graph: GraphData) -> None:
        written = io.BytesIO()
        rdf = Rdf(graph)
        formats.write(rdf, written, "graph.nt")
        self.store = Store()
        self.store.bulk_load(input=written.getvalue(), format=RdfFormat.N_TRIPLES)
        self.prefixes = {**QUERY_PREFIXES, **rdf.prefixes}

    def ask(self, query: str) -> pd.DataFrame:
        """The answer to a query, or to the shipped query of this name; triples have subject, predicate and object.

        A QueryError says what is wrong with the query.
        """
        sparql = named_queries().get(query, query)
        try:
            answer = self.store.query(sparql, prefixes=self.prefixes)
            if isinstance(answer, QueryBoolean):
                return frames.answer(("answer",), [(bool(answer),)])
            if isinstance(answer, QuerySolutions):
                columns = tuple(variable.value for variable in answer.variables)
                return frames.answer(columns, [tuple(map(_plain, row)) for row in answer])
            triples = [tuple(map(_plain, (t.subject, t.predicate, t.object))) for t in answer]
            return frames.answer(("subject", "predicate", "object"), sorted(triples, key=str))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise QueryError(" ".join(str(error).split())) from None


def _plain(term: object) -> Plain | None:
    """A literal as the value that it stands for, anything else as its words; None where a variable is unbound."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(getattr(term, "value", term))
    read = _READ.get(term.datatype.value)
    try:
        return read(term.value) if read else term.value
    except ValueError:  # "abc"^^xsd:integer is a literal too
        return term.value


def _whole(word: str) -> int:
    number = int(word)
    if not -(2**63) <= number < 2**63:  # what a column of a table holds
        raise ValueError(word)
    return number


_READ: Mapping[str, Callable[[str], Plain]] = MappingProxyType({
    **{XSD + name: _whole for name in _WHOLE},
    **{XSD + name: float for name in ("decimal", "double", "float")},
    XSD + "boolean": lambda word: word in ("true", "1"),
    XSD + "date": date.fromisoformat,
})  # fmt: skip
