"""What the explorer knows of a graph, as rows of plain values with numbers for references: small, and quick to read.

kg/explorer/js/data.js reads the same rows in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any

from extractors.dates.edtf import begin_end
from extractors.lexicon import lexicon
from extractors.ontology import entity_types, relation_types
from kg.aliases import NAMES
from kg.export.deflated import Piece
from kg.export.drawing import DATE_COLOUR
from kg.export.pages import Numbers, Shown, Spot, shown, spot, spots
from kg.export.passages import Place
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Entity, Evidence, Statement
from kg.rdf import plain

Row = list[Any] | tuple[Any, ...]


def data_of(graph: GraphData, title: str | None = None) -> tuple[dict[str, Any], list[Piece], list[Piece]]:
    """The rows of everything but figures, made as they are asked for; those of figures, and the passages that quotes
    stand in, as JSON in pieces.
    """
    told = [*shown(graph)]
    firsts = [*accumulate((page.length for page in told), initial=0)]  # passages before those of each page
    quotes = {at: place for page, first in zip(told, firsts, strict=False) for at, place in spots(page, first).items()}
    rows = _Rows(graph, quotes)
    data: dict[str, Any] = {
        "title": title and title.encode("utf-8", "replace").decode(),
        "base": graph.base,
        "types": [*map(_type, entity_types().values()), ["Date", "日期", "date", DATE_COLOUR, {}]],
        "relations": [[r.name, r.label, r.label_en, int(r.symmetric)] for r in relation_types().values()],
        "articles": map(rows.article, graph.articles.values()),
        "entities": map(rows.entity, graph.entities.values()),
        "dates": map(rows.date, graph.dates.values()),
        "labels": ([label.id, label.name] for label in graph.labels.values()),
        "statements": map(rows.statement, graph.statements.values()),
        "pages": map(rows.page, told, firsts),
        "rules": rows.named_rules(),
    }
    return data, [page.figures for page in told], [page.passages for page in told]


def _type(kind: Any) -> Row:
    return [kind.name, kind.label, kind.label_en, kind.colour, {k: [v, _english(k)] for k, v in kind.kinds.items()}]


def _english(kind: str) -> str:
    """LocalGovernment → local government."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def _key(node: str) -> str:
    return node.partition("/")[2]


@lru_cache(maxsize=1 << 12)  # many articles are of one day
def _days(edtf: str | None) -> tuple[str | None, str | None]:
    try:
        first, last = begin_end(edtf or "")
    except ValueError:
        return None, None
    return first.isoformat(), last.isoformat()


def _known_as(entities: Iterable[Entity]) -> Mapping[str, list[str]]:
    """By id the short names that everybody knows and no article uses: only for the search."""
    named = defaultdict(list)
    for entity in entities:
        named[entity.name].append(entity)
    known: dict[str, list[str]] = defaultdict(list)
    for name in NAMES:
        for entry in lexicon(name).values():
            for entity in named.get(entry.value, ()):
                if entry.word != entity.name and entry.word not in (*entity.aliases, *known[entity.id]):
                    known[entity.id].append(entry.word)
    return known


class _Rows:
    """References are numbers: of articles, and of things, which are entities, then dates, then labels."""

    def __init__(self, graph: GraphData, quotes: Mapping[Spot, Place]) -> None:
        self.quotes = quotes  # of statements
        self.articles = {node: number for number, node in enumerate(graph.articles)}
        self.things = {n: number for number, n in enumerate((*graph.entities, *graph.dates, *graph.labels))}
        self.relations = {name: number for number, name in enumerate(relation_types())}
        self.types = {name: number for number, name in enumerate(entity_types())}
        self.rules = Numbers()
        self.known_as = _known_as(graph.entities.values())
        self.places = graph.places

    def _articles(self, nodes: Iterable[str]) -> list[int]:
        number = self.articles
        return sorted([number[node] for node in nodes if node in number])

    def _thing(self, node: str | None) -> int | None:
        return self.things.get(node or "")

    def named_rules(self) -> Iterator[str]:
        """The rules that statements and figures have named, when it comes to them."""
        yield from self.rules

    def article(self, article: ArticleNode) -> Row:
        first, _ = _days(article.issued)
        return [
            _key(article.id), article.title, article.issued, first, article.issued_basis, article.publisher,
            article.reporters, article.sources,
        ]  # fmt: skip

    def entity(self, entity: Entity) -> Row:
        return [
            self.types[entity.type], _key(entity.id), entity.name, entity.kind, entity.aliases, entity.within,
            entity.codes, self._articles(entity.mentioned_in), *self.places.get(entity.id, (0.0, 0.0)),
            self.known_as.get(entity.id, []),
        ]  # fmt: skip

    def date(self, date: DateNode) -> Row:
        return [
            _key(date.id), date.edtf, date.labels, *_days(date.edtf), self._articles(date.mentioned_in),
            *self.places.get(date.id, (0.0, 0.0)),
        ]  # fmt: skip

    def _evidence(self, evidence: Evidence) -> Row:
        rule = self.rules[evidence.rule]
        return self.articles[evidence.article], *self.quotes[spot(evidence)], rule, evidence.span.start

    def statement(self, statement: Statement) -> Row:
        return [
            _key(statement.id), self._thing(statement.subject), self.relations[statement.predicate],
            self._thing(statement.object), statement.modality, statement.qualifier, plain(statement.confidence),
            [self._evidence(e) for e in statement.evidence],
        ]  # fmt: skip

    def page(self, page: Shown, first: int) -> Row:
        """What the numbers in the figures of a page stand for."""
        return [
            [self.articles[node] for node in page.articles], [self.things.get(node) for node in page.things],
            [self.rules[rule] for rule in page.rules], first,
        ]  # fmt: skip
