"""What the explorer knows of a graph, as rows of plain values with numbers for references: small, and quick to read.

kg/explorer/js/data.js reads the same rows in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from extractors.dates.edtf import begin_end
from extractors.lexicon import lexicon
from extractors.ontology import entity_types, relation_types
from kg.aliases import NAMES
from kg.export.drawing import DATE_COLOUR
from kg.export.passages import Passage, Place, passages
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Entity, Evidence, Observation, Statement
from kg.rdf import plain

Row = list[Any]


def data_of(graph: GraphData, title: str | None = None) -> tuple[dict[str, Any], list[Passage]]:
    """The rows of everything, and the passages that the quotes stand in."""
    rows = _Rows(graph)
    evidence = [e for s in graph.statements.values() for e in s.evidence]
    evidence += [o.evidence for o in graph.observations.values()]
    texts, places = passages(evidence, {a.id: a.length for a in graph.articles.values()})
    data = {
        "title": title,
        "base": graph.base,
        "types": [*map(_type, entity_types().values()), ["Date", "日期", "date", DATE_COLOUR, {}]],
        "relations": [[r.name, r.label, r.label_en, int(r.symmetric)] for r in relation_types().values()],
        "articles": [rows.article(a) for a in graph.articles.values()],
        "entities": [rows.entity(e) for e in graph.entities.values()],
        "dates": [rows.date(d) for d in graph.dates.values()],
        "labels": [[label.id, label.name] for label in graph.labels.values()],
        "statements": [rows.statement(s, places) for s in graph.statements.values()],
        "figures": [rows.figure(o, places) for o in graph.observations.values()],
    }
    return data | {"rules": list(rows.rules)}, texts


def _type(kind: Any) -> Row:
    return [kind.name, kind.label, kind.label_en, kind.colour, {k: [v, _english(k)] for k, v in kind.kinds.items()}]


def _english(kind: str) -> str:
    """LocalGovernment → local government."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def _key(node: str) -> str:
    return node.partition("/")[2]


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

    def __init__(self, graph: GraphData) -> None:
        self.articles = {node: number for number, node in enumerate(graph.articles)}
        self.things = {n: number for number, n in enumerate((*graph.entities, *graph.dates, *graph.labels))}
        self.relations = {name: number for number, name in enumerate(relation_types())}
        self.types = {name: number for number, name in enumerate(entity_types())}
        self.rules: dict[str, int] = {}
        self.known_as = _known_as(graph.entities.values())
        self.places = graph.places

    def _articles(self, nodes: Iterable[str]) -> list[int]:
        return sorted(self.articles[node] for node in nodes if node in self.articles)

    def _thing(self, node: str | None) -> int | None:
        return self.things.get(node or "")

    def article(self, article: ArticleNode) -> Row:
        first, _ = _days(article.issued)
        return [
            _key(article.id), article.title, article.issued, first, article.issued_basis, article.publisher,
            list(article.reporters), list(article.sources),
        ]  # fmt: skip

    def entity(self, entity: Entity) -> Row:
        return [
            self.types[entity.type], _key(entity.id), entity.name, entity.kind, list(entity.aliases), entity.within,
            list(entity.codes), self._articles(entity.mentioned_in), *self.places.get(entity.id, (0.0, 0.0)),
            self.known_as.get(entity.id, []),
        ]  # fmt: skip

    def date(self, date: DateNode) -> Row:
        return [
            _key(date.id), date.edtf, list(date.labels), *_days(date.edtf), self._articles(date.mentioned_in),
            *self.places.get(date.id, (0.0, 0.0)),
        ]  # fmt: skip

    def _evidence(self, evidence: Evidence, places: dict[str, Place]) -> Row:
        place = places[evidence.id]
        rule = self.rules.setdefault(evidence.rule, len(self.rules))
        return [
            self.articles[evidence.article], place.passage, place.start, place.length, rule, evidence.span.start
        ]  # fmt: skip

    def statement(self, statement: Statement, places: dict[str, Place]) -> Row:
        return [
            _key(statement.id), self._thing(statement.subject), self.relations[statement.predicate],
            self._thing(statement.object), statement.modality, statement.qualifier, plain(statement.confidence),
            [self._evidence(e, places) for e in statement.evidence],
        ]  # fmt: skip

    def figure(self, seen: Observation, places: dict[str, Place]) -> Row:
        return [
            _key(seen.id), self._thing(seen.about), self._thing(seen.metric), plain(seen.value),
            None if seen.upper is None else plain(seen.upper), seen.unit, seen.comparator, seen.change, seen.status,
            self._thing(seen.time), seen.compared_with, self._thing(seen.stated_by), plain(seen.confidence),
            self._evidence(seen.evidence, places),
        ]  # fmt: skip
