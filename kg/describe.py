"""The records of a graph as blocks of triples: the vocabulary at work. What is said of a record is said here alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from rdflib import URIRef

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.block import (
    ALT_LABEL,
    ISSUED,
    NOTATION,
    OBJECT,
    PREDICATE,
    PREF_LABEL,
    REIFIES,
    REPLACED_BY,
    SUBJECT,
    TITLE,
    TYPE,
    Block,
    Lines,
    Node,
    Reified,
    Value,
    Zh,
    lines_of,
    plain,
)  # fmt: skip
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Entity, Evidence, Label, Observation, Statement
from kg.vocab import kg, local, terms, units

# Where the qualifier of a relation goes.
QUALIFIERS = {"holds_post": "post", "recognised": "award"}


def _zh(text: str | None) -> Zh | None:
    return Zh(text) if text else None


def _relation(name: str) -> URIRef:
    return kg(local(relation_types()[name].iri))


class Describer:
    """With `align` things are typed with the classes of public vocabularies that kg.ttl puts theirs under, too;
    with `rdf12` a statement also reifies its triple the way of RDF 1.2.
    """

    def __init__(self, graph: GraphData, align: bool = False, rdf12: bool = False) -> None:
        self.graph = graph
        self.rdf12 = rdf12
        classes = {t.name: t.aligned for t in terms() if t.kind == "class"}
        classes |= {name: kind.aligned for name, kind in entity_types().items()}
        self._aligned = {name: [URIRef(iri) for iri in iris] if align else [] for name, iris in classes.items()}

    def everything(self) -> Iterator[Block]:
        """Every subject once: articles, entities by type and name, dates, labels, statements, figures, spans."""
        graph = self.graph
        for article in graph.articles.values():
            yield self.article(article)
        for entity in graph.entities.values():
            said = (s for s in graph.statements_of(entity.id) if s.subject == entity.id)
            lines = self._named(entity) + self._mentions(entity.mentioned_in) + self._said(said)
            yield Block(entity.type, Node(entity.id), lines)
            yield from self.absorbed(entity)
        for date in graph.dates.values():
            yield Block("Date", Node(date.id), self._dated(date) + self._mentions(date.mentioned_in))
        for label in graph.labels.values():
            yield self.label(label)
        for statement in graph.statements.values():
            yield self.statement(statement)
        for seen in graph.observations.values():
            yield self.figure(seen)
        for article in graph.articles.values():
            yield from self._spans(article)

    def known(self) -> Iterator[Block]:
        """What holds whatever article is read: the articles themselves, and what things are and are called."""
        for article in self.graph.articles.values():
            yield self.article(article)
        for entity in self.graph.entities.values():
            yield Block(entity.type, Node(entity.id), self._named(entity))
            yield from self.absorbed(entity)
        for date in self.graph.dates.values():
            yield Block("Date", Node(date.id), self._dated(date))
        for label in self.graph.labels.values():
            yield self.label(label)

    def said_in(self, article: ArticleNode) -> Iterator[Block]:
        """What one article says: what it mentions and relates, its statements, figures and spans."""
        statements = [
            replace(s, evidence=tuple(e for e in s.evidence if e.article == article.id))
            for s in self.graph.statements_of(article.id)
        ]
        said: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            said[statement.subject].append(statement)
        mentioned = self._mentioned.get(article.id, [])
        for node in dict.fromkeys((*mentioned, *said)):
            lines = self._mentions([article.id] if node in mentioned else []) + self._said(said.get(node, ()))
            if lines:
                yield Block(node.partition("/")[0], Node(node), lines, self.graph.name(node))
        yield from map(self.statement, statements)
        yield from map(self.figure, self.graph.observations_of(article.id))
        yield from self._spans(article)

    @cached_property
    def _mentioned(self) -> Mapping[str, list[str]]:
        """Article → the entities and dates it mentions, in the order of the graph."""
        index: dict[str, list[str]] = defaultdict(list)
        for known in (self.graph.entities, self.graph.dates):
            for thing in known.values():
                for article in thing.mentioned_in:
                    index[article].append(thing.id)
        return index

    def _types(self, name: str, term: str | None = None) -> list[Value]:
        return [kg(term or name), *self._aligned[name]]

    def article(self, article: ArticleNode) -> Block:
        return Block(
            "Article",
            Node(article.id),
            lines_of(
                (TYPE, self._types("Article")),
                (TITLE, _zh(article.title)),
                (ISSUED, article.issued),
                (kg("issuedBasis"), article.issued_basis),
                (kg("publisher"), _zh(article.publisher)),
                (kg("reporter"), [Zh(r) for r in sorted(set(article.reporters))]),
                (kg("source"), list(article.sources)),
                (kg("sha256"), article.sha256),
                (kg("textLength"), article.length),
                (kg("repair"), [*sorted(set(article.repairs))]),
            ),
        )

    def _named(self, entity: Entity) -> Lines:
        kind = entity_types()[entity.type]
        types = self._types(entity.type, local(kind.iri))
        if entity.kind and entity.kind in kind.kinds:
            types += self._types(entity.kind)
        # A policy has a 发文字号, a place a code of GB/T 2260.
        number = kg("documentNumber") if entity.type == "Policy" else NOTATION
        return lines_of(
            (TYPE, types),
            (PREF_LABEL, Zh(entity.name)),
            (ALT_LABEL, [Zh(a) for a in entity.aliases]),
            (kg("within"), _zh(entity.within)),
            (number, list(entity.codes)),
        )

    def _mentions(self, articles: Iterable[str]) -> Lines:
        return lines_of((kg("mentionedIn"), [*map(Node, articles)]))

    def _said(self, statements: Iterable[Statement]) -> Lines:
        """The plain triples of the statements that hold, by relation."""
        objects: dict[str, dict[str, None]] = defaultdict(dict)
        for statement in statements:
            if self.graph.holds(statement):
                objects[statement.predicate][statement.object] = None
        return [(_relation(name), [*map(Node, found)]) for name, found in sorted(objects.items())]

    def absorbed(self, entity: Entity) -> Iterator[Block]:
        for node in entity.absorbed:
            yield Block(entity.type, Node(node), lines_of((REPLACED_BY, Node(entity.id))), entity.name)

    def _dated(self, node: DateNode) -> Lines:
        first, last = begin_end(node.edtf)
        return lines_of(
            (TYPE, self._types("Date")),
            (kg("edtf"), node.edtf),
            (PREF_LABEL, [Zh(node.labels[0] if node.labels else node.edtf)]),
            (ALT_LABEL, [Zh(label) for label in node.labels[1:]]),
            (kg("begin"), first),
            (kg("end"), last),
        )

    def label(self, node: Label) -> Block:
        return Block(node.type, Node(node.id), lines_of((TYPE, self._types(node.type)), (PREF_LABEL, Zh(node.name))))

    def statement(self, statement: Statement) -> Block:
        ends = Node(statement.subject), _relation(statement.predicate), Node(statement.object)
        names = self.graph.name(statement.subject), self.graph.name(statement.object)
        mark = "" if statement.modality == "asserted" else f" ({statement.modality})"
        lines = lines_of(
            (TYPE, self._types("Statement")),
            (SUBJECT, ends[0]),
            (PREDICATE, ends[1]),
            (OBJECT, ends[2]),
            (REIFIES, Reified(*ends) if self.rdf12 else None),
            (kg(QUALIFIERS.get(statement.predicate, "qualifier")), _zh(statement.qualifier)),
            (kg("modality"), statement.modality),
            (kg("confidence"), statement.confidence),
            (kg("rule"), list(statement.rules)),
            (kg("evidence"), [Node(e.id) for e in statement.evidence]),
        )
        relation = relation_types()[statement.predicate].label
        return Block("Statement", Node(statement.id), lines, f"{names[0]} {relation} {names[1]}{mark}")

    def figure(self, seen: Observation) -> Block:
        unit = units().get(seen.unit)
        iri = None
        if unit:
            iri = kg(local(unit.iri)) if unit.iri.startswith("kg:") else URIRef(unit.iri)
        lines = lines_of(
            (TYPE, self._types("Figure")),
            (kg("about"), seen.about and Node(seen.about)),
            (kg("metric"), seen.metric and Node(seen.metric)),
            (kg("comparator"), seen.comparator),
            (kg("value"), seen.value),
            (kg("upperValue"), seen.upper),
            (kg("change"), seen.change),
        )
        # An empty unit is an answer too: a bare ratio.
        lines.append((kg("unitText"), [seen.unit]))
        lines += lines_of(
            (kg("unit"), iri),
            (kg("status"), seen.status),
            (kg("time"), seen.time and Node(seen.time)),
            (kg("comparedWith"), _zh(seen.compared_with)),
            (kg("statedBy"), seen.stated_by and Node(seen.stated_by)),
            (kg("quote"), Zh(seen.evidence.quote)),
            (kg("confidence"), seen.confidence),
            (kg("rule"), seen.evidence.rule),
            (kg("evidence"), Node(seen.evidence.id)),
        )
        number = f"{seen.comparator} {plain(seen.value)} {seen.unit}, {seen.status}"
        note = f"{self.graph.name(seen.about)} {self.graph.name(seen.metric)} {number}"
        return Block("Figure", Node(seen.id), lines, note)

    def _spans(self, article: ArticleNode) -> Iterator[Block]:
        said = [e for s in self.graph.statements_of(article.id) for e in s.evidence if e.article == article.id]
        said += [o.evidence for o in self.graph.observations_of(article.id)]
        spans = {e.id: e for e in said}
        for node, evidence in sorted(spans.items(), key=lambda item: (item[1].span, item[0])):
            yield self.span(node, evidence)

    def span(self, node: str, evidence: Evidence) -> Block:
        raw = evidence.raw
        lines = lines_of(
            (TYPE, self._types("Span")),
            (kg("inArticle"), Node(evidence.article)),
            (kg("begin"), evidence.span.start),
            (kg("end"), evidence.span.end),
            (kg("rawBegin"), raw.start if raw else None),
            (kg("rawEnd"), raw.end if raw else None),
            (kg("quote"), Zh(evidence.quote)),
            (kg("before"), _zh(evidence.before)),
            (kg("after"), _zh(evidence.after)),
            (kg("rule"), evidence.rule),
        )
        return Block("Span", Node(node), lines)
