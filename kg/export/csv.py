"""entities.csv, relations.csv, figures.csv, resolution.csv: tables that a spreadsheet opens, and does not execute.

UTF-8 with a byte order mark, or Excel shows Chinese as noise. Symbols that a spreadsheet could take for a formula are
words here: the comparator "=" is `exactly`, a change "-" is `fall`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, islice
from typing import BinaryIO

from extractors.dates.edtf import begin_end
from extractors.ontology import relation_types
from kg.graph import GraphData
from kg.kept import Page
from kg.model import ArticleNode, Entity, Observation, Statement
from kg.rdf import plain

Cell = str | int | None
Row = tuple[Cell, ...]
COMPARATORS = {"=": "exactly", "~": "about", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
CHANGES = {"+": "rise", "-": "fall", None: None}
# A cell that begins so is a formula to some spreadsheet, full-width forms included.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
LINES = 1000  # encoded and written together

ENTITIES = ("id", "type", "kind", "name", "aliases", "within", "codes", "articles", "first_issued", "last_issued")
RELATIONS = (
    "id", "subject", "subject_type", "relation", "label", "object", "object_type", "qualifier", "modality",
    "confidence", "articles", "voices", "quote", "rule", "title", "issued", "source", "subject_id", "object_id",
)  # fmt: skip
FIGURES = (
    "id", "subject", "subject_type", "metric", "comparator", "value", "upper", "unit", "change", "status", "time",
    "begin", "end", "compared_with", "stated_by", "quote", "confidence", "rule", "title", "issued", "source",
    "subject_id",
)  # fmt: skip
RESOLUTION = (
    "type", "left", "right", "judgement", "score", "reasons", "articles", "left_id", "right_id",
)  # fmt: skip


def write_entities(graph: GraphData, out: BinaryIO) -> int:
    """One row per entity; the number of rows."""

    issued = {a.id: a.issued for a in graph.articles.values() if a.issued}

    def rows() -> Iterator[Row]:
        for e in graph.entities.values():
            days = [issued[a] for a in e.mentioned_in if a in issued]
            yield entity_row(e, min(days, default=None), max(days, default=None))

    return write_table(ENTITIES, rows(), out, "utf-8-sig")


def write_relations(graph: GraphData, out: BinaryIO) -> int:
    """One row per statement, planned and negated ones included, with its first quote; the number of rows."""

    name, origin = cache(graph.name), cache(lambda article: origin_of(graph.articles[article]))

    def rows() -> Iterator[Row]:
        for s in graph.statements.values():
            ends = name(s.subject), name(s.object)
            yield relation_row(s, ends, graph.voices(s.articles), origin(s.evidence[0].article))

    return write_table(RELATIONS, rows(), out, "utf-8-sig")


def write_figures(graph: GraphData, out: BinaryIO) -> int:
    """One row per figure; the number of rows."""

    name, origin = cache(graph.name), cache(lambda article: origin_of(graph.articles[article]))

    def row(o: Observation) -> Row:
        time = graph.dates[o.time].edtf if o.time else None
        return figure_row(o, (name(o.about), name(o.metric), name(o.stated_by)), time, origin(o.evidence.article))

    def lines(page: Page) -> bytes:
        return _lines(map(row, graph.figures_in(page.articles)))

    write_table(FIGURES, (), out, "utf-8-sig")
    for page in graph.pages:
        out.write(graph.made_of(page, "figures.csv", partial(lines, page)))
    return len(graph.observations)


def write_resolution(graph: GraphData, out: BinaryIO) -> int:
    """One row per judgement on two nodes: which are one thing, which are not, which somebody should look at."""

    def rows() -> Iterator[Row]:
        for j in sorted(graph.judgements, key=lambda j: (j.judgement, j.left_name, j.right_name, j.left, j.right)):
            reasons = " | ".join(f"{r.feature} {r.score:+}: {r.sentence}" for r in j.reasons)
            yield (
                _type(j.left), words(j.left_name or graph.name(j.left)), words(j.right_name or graph.name(j.right)),
                j.judgement, plain(j.score), words(reasons), " ".join(j.articles), j.left, j.right,
            )  # fmt: skip

    return write_table(RESOLUTION, rows(), out, "utf-8-sig")


def entity_row(e: Entity, first: str | None, last: str | None) -> Row:
    """An entity; `first` and `last` are the days on which articles that mention it were issued."""
    return (
        e.id, e.type, e.kind, words(e.name), words(" | ".join(e.aliases)), words(e.within),
        words(" | ".join(e.codes)), len(e.mentioned_in), words(first), words(last),
    )  # fmt: skip


def relation_row(s: Statement, ends: tuple[str, str], voices: int, origin: Row) -> Row:
    """A statement, with the names of its ends, in how many voices it is said, and the origin of its first quote."""
    return (
        s.id, words(ends[0]), _type(s.subject), s.predicate, relation_types()[s.predicate].label,
        words(ends[1]), _type(s.object), words(s.qualifier), s.modality, plain(s.confidence),
        len(s.articles), voices, words(s.evidence[0].quote), words(" | ".join(s.rules)), *origin, s.subject, s.object,
    )  # fmt: skip


def figure_row(o: Observation, names: tuple[str, str, str], time: str | None, origin: Row) -> Row:
    """A figure, with the names of its subject, of its metric and of who states it."""
    first, last = _days(time) if time else (None, None)
    about, metric, stated_by = names
    return (
        o.id, words(about), _type(o.about), words(metric), COMPARATORS[o.comparator],
        plain(o.value), None if o.upper is None else plain(o.upper), words(o.unit), CHANGES[o.change], o.status,
        words(time), first, last, words(o.compared_with), words(stated_by), words(o.evidence.quote),
        plain(o.confidence), words(o.evidence.rule), *origin, o.about,
    )  # fmt: skip


def origin_of(article: ArticleNode) -> Row:
    """Where a quote of an article is to be found."""
    return words(article.title), words(article.issued), words(" | ".join(article.sources))


def _type(node: str | None) -> str | None:
    return node and node.partition("/")[0]


@lru_cache(maxsize=1 << 12)
def _days(edtf: str) -> tuple[str, str]:
    first, last = begin_end(edtf)
    return first.isoformat(), last.isoformat()


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], out: BinaryIO, encoding: str) -> int:
    """Write a table, some lines at a time; the number of its rows."""
    out.write("".encode(encoding))  # the byte order mark, if it has one
    rest, written = chain((header,), rows), 0
    while some := list(islice(rest, LINES)):
        out.write(_lines(some))
        written += len(some)
    return written - 1


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    return "".join([f"{_line(row)}\r\n" for row in rows]).encode()


def _line(row: Sequence[Cell]) -> str:
    """The row as csv.writer has it, which takes twice as long: it looks at each character of each cell."""
    cells = [cell if type(cell) is str else "" if cell is None else str(cell) for cell in row]
    line = ",".join(cells)
    if '"' in line or "\n" in line or "\r" in line:
        return ",".join(map(_quoted, cells))
    if line.count(",") < len(cells):
        return line
    return ",".join([f'"{cell}"' if "," in cell else cell for cell in cells])


def _quoted(cell: str) -> str:
    special = "," in cell or '"' in cell or "\n" in cell or "\r" in cell
    return '"' + cell.replace('"', '""') + '"' if special else cell


def words(text: str | None) -> str | None:
    """Words from an article: what a spreadsheet would execute gets a leading apostrophe.

    >>> words("=SUM(A1)"), words("-5"), words("第-5")
    ("'=SUM(A1)", "'-5", '第-5')
    """
    return f"'{text}" if text and text[0] in FORMULA else text
