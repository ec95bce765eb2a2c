"""entities.csv, relations.csv, figures.csv: tables that a spreadsheet opens as they are, and does not execute.

UTF-8 with a byte order mark, or Excel shows Chinese as noise. Symbols that a spreadsheet could take for a formula are
words here: the comparator "=" is `exactly`, a change "-" is `fall`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO

from extractors.dates.edtf import begin_end
from extractors.ontology import relation_types
from kg.graph import GraphData
from kg.model import Evidence
from kg.rdf import plain

Cell = str | int | Decimal | None
COMPARATORS = {"=": "exactly", "~": "about", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
CHANGES = {"+": "rise", "-": "fall", None: None}
# A cell that begins so is a formula to some spreadsheet, full-width forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

ENTITIES = ("id", "type", "kind", "name", "aliases", "within", "codes", "articles", "first_issued", "last_issued")
RELATIONS = (
    "id", "subject", "subject_type", "relation", "label", "object", "object_type", "qualifier", "modality",
    "confidence", "articles", "quote", "rule", "title", "issued", "source", "subject_id", "object_id",
)  # fmt: skip
FIGURES = (
    "id", "subject", "subject_type", "metric", "comparator", "value", "upper", "unit", "change", "status", "time",
    "begin", "end", "compared_with", "stated_by", "quote", "confidence", "rule", "title", "issued", "source",
    "subject_id",
)  # fmt: skip


def write_entities(graph: GraphData, out: BinaryIO) -> int:
    """One row per entity; the number of rows."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for e in graph.entities.values():
            issued = sorted(day for a in e.mentioned_in if (day := graph.articles[a].issued))
            yield (
                e.id, e.type, e.kind, e.name, " | ".join(e.aliases), e.within, " | ".join(e.codes),
                len(e.mentioned_in), issued[0] if issued else None, issued[-1] if issued else None,
            )  # fmt: skip

    return _write(ENTITIES, rows(), out)


def write_relations(graph: GraphData, out: BinaryIO) -> int:
    """One row per statement, planned and negated ones included, with its first quote; the number of rows."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for s in graph.statements.values():
            yield (
                s.id, graph.name(s.subject), _type(s.subject), s.predicate, relation_types()[s.predicate].label,
                graph.name(s.object), _type(s.object), s.qualifier, s.modality, s.confidence, len(s.articles),
                s.evidence[0].quote, " | ".join(s.rules), *_origin(graph, s.evidence[0]), s.subject, s.object,
            )  # fmt: skip

    return _write(RELATIONS, rows(), out)


def write_figures(graph: GraphData, out: BinaryIO) -> int:
    """One row per figure; the number of rows."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for o in graph.observations.values():
            time = graph.dates[o.time].edtf if o.time else None
            first, last = (day.isoformat() for day in begin_end(time)) if time else (None, None)
            yield (
                o.id, graph.name(o.about), _type(o.about), graph.name(o.metric), COMPARATORS[o.comparator], o.value,
                o.upper, o.unit, CHANGES[o.change], o.status, time, first, last, o.compared_with,
                graph.name(o.stated_by), o.evidence.quote, o.confidence, o.evidence.rule,
                *_origin(graph, o.evidence), o.about,
            )  # fmt: skip

    return _write(FIGURES, rows(), out)


def _type(node: str | None) -> str | None:
    return node and node.partition("/")[0]


def _origin(graph: GraphData, evidence: Evidence) -> tuple[Cell, ...]:
    article = graph.articles[evidence.article]
    return article.title, article.issued, " | ".join(article.sources)


def _write(header: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], out: BinaryIO) -> int:
    return write_table(header, ([_cell(value) for value in row] for row in rows), out, "utf-8-sig")


def write_table(header: Sequence[str], rows: Iterable[Sequence[str | int]], out: BinaryIO, encoding: str) -> int:
    """Write a table line by line; the number of its rows."""
    text = io.TextIOWrapper(out, encoding=encoding, newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(header)
    written = 0
    for row in rows:
        table.writerow(row)
        written += 1
    text.flush()
    text.detach()
    return written


def _cell(value: Cell) -> str | int:
    """Numbers stay numbers; words that a spreadsheet would execute get a leading apostrophe.

    >>> _cell(Decimal("-1.20")), _cell("=SUM(A1)"), _cell("-5"), _cell("第-5")
    ('-1.2', "'=SUM(A1)", "'-5", '第-5')
    """
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, int):
        return "" if value is None else value
    return f"'{value}" if value.startswith(FORMULA) else value
