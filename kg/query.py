"""SPARQL over a built graph, and the named queries that are shipped in queries/*.rq."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from kg.loading import graph_file, quads
from kg.model import CannotRun
from kg.vocab import QUERY_PREFIXES


class QueryError(CannotRun):
    """The query cannot be run."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer: column names and rows of plain words, None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def as_csv(self) -> str:
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(self.columns)
        table.writerows([[value or "" for value in row] for row in self.rows])
        return out.getvalue()

    def as_json(self) -> str:
        rows = [{c: v for c, v in zip(self.columns, row, strict=True) if v is not None} for row in self.rows]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def named_queries() -> Mapping[str, str]:
    """Name → SPARQL of the shipped queries."""
    found = sorted((files("kg") / "queries").iterdir(), key=lambda path: path.name)
    return MappingProxyType(
        {path.name.removesuffix(".rq"): path.read_text(encoding="utf-8") for path in found if path.name.endswith(".rq")}
    )


def summary(sparql: str) -> str:
    """What a query says of itself: its first comment line."""
    return sparql.partition("\n")[0].lstrip("# ").strip()


def sparql_of(name: str) -> str:
    """The text of a query file, or of a shipped query."""
    queries = named_queries()
    if name in queries:
        return queries[name]
    path = Path(name)
    if not path.is_file():
        raise QueryError(f"{name}: no such file, and no query of that name; there are {', '.join(queries)}")
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{name}: {str(error).splitlines()[0]}") from None


def ask(folder: str | Path, sparql: str) -> Table:
    """Run SELECT, ASK, CONSTRUCT or DESCRIBE over the graph.ttl in a folder, or over an RDF file; of TriG over all."""
    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Store

    path = graph_file(folder)
    store = Store()
    try:
        found = quads(path)
        if ".trig" in path.suffixes:
            found = (Quad(q.subject, q.predicate, q.object) for q in found)
        store.bulk_extend(found)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from None
    try:
        answer = store.query(sparql, prefixes=dict(QUERY_PREFIXES))
        if isinstance(answer, QueryBoolean):
            return _yes_or_no(bool(answer))
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Table(columns, tuple(tuple(v.value if v is not None else None for v in row) for row in answer))
        return _triples([(t.subject.value, t.predicate.value, t.object.value) for t in answer])
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(" ".join(str(error).split())) from None


def _yes_or_no(answer: bool) -> Table:
    return Table(("answer",), (("true" if answer else "false",),))


def _triples(rows: list[tuple[str, str, str]]) -> Table:
    return Table(("subject", "predicate", "object"), tuple(sorted(rows)))
