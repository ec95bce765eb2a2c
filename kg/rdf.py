"""The graph as RDF, one block of triples per subject in reading order; every RDF format iterates over these blocks.

Objects are plain values: Node for what the graph has an id of, a URIRef, Zh for words in Chinese, str, int, Decimal or
date; `to_rdf` makes rdflib terms of them, a text format need not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.graph import KnowledgeGraph
from kg.model import ArticleNode, DateNode, Entity, Evidence, Label, Observation, Statement
from kg.vocab import NAMESPACE, kg, local, terms, units


class Node(str):
    """The id of a node of the graph, KIND/KEY: what its IRI has behind the base."""

    __slots__ = ()


class Zh(str):
    """Words in Chinese: a literal with the language tag zh."""

    __slots__ = ()


Value = URIRef | Node | Zh | str | int | Decimal | date
Lines = list[tuple[URIRef, list[Value]]]

# rdflib's namespaces make a term anew each time they are asked.
TYPE, SUBJECT, PREDICATE, OBJECT = RDF.type, RDF.subject, RDF.predicate, RDF.object
PREF_LABEL, ALT_LABEL, NOTATION = SKOS.prefLabel, SKOS.altLabel, SKOS.notation
TITLE, ISSUED = DCTERMS.title, DCTERMS.issued

# Where the qualifier of a relation goes.
QUALIFIERS = {"holds_post": "post", "recognised": "award"}


@dataclass(frozen=True, slots=True)
class Block:
    """All triples with one subject; `note` is what a person calls it, for formats that have comments."""

    section: str
    subject: Node
    lines: Lines
    note: str = ""


def term(value: Value, base: str) -> URIRef | Literal:
    """An rdflib term."""
    if isinstance(value, Node):
        return URIRef(base + value)
    if isinstance(value, URIRef):
        return value
    if isinstance(value, Zh):
        return Literal(str(value), lang="zh")
    if isinstance(value, Decimal):
        return Literal(plain(value), datatype=XSD.decimal)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return Literal(value)


def plain(number: Decimal) -> str:
    """A decimal in the canonical form of XML Schema: no exponent, no trailing zeros.

    >>> plain(Decimal("1.2E+12")), plain(Decimal("6.50")), plain(Decimal("-0"))
    ('1200000000000', '6.5', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def to_rdf(graph: KnowledgeGraph) -> Graph:
    """All triples as an rdflib graph."""
    rdf = Graph()
    for prefix, namespace in prefixes(graph).items():
        rdf.bind(prefix, namespace)
    for block in blocks(graph):
        subject = URIRef(graph.base + block.subject)
        for predicate, values in block.lines:
            for value in values:
                rdf.add((subject, predicate, term(value, graph.base)))
    return rdf


def prefixes(graph: KnowledgeGraph) -> dict[str, str]:
    """Prefix → namespace: the vocabularies, then one per type of node, so that IRIs stay short."""
    kinds = [*entity_types(), "Article", "Date", "Metric", "Thing", "Statement", "Figure", "Span"]
    return {
        "kg": NAMESPACE,
        "rdf": str(RDF),
        "skos": str(SKOS),
        "dcterms": str(DCTERMS),
        "xsd": str(XSD),
        "unit": "http://qudt.org/vocab/unit/",
        **{kind.lower(): f"{graph.base}{kind}/" for kind in kinds},
    }


def blocks(graph: KnowledgeGraph, align: bool = False) -> Iterator[Block]:
    """Every subject once: articles, entities by type and name, dates, labels, statements, figures, spans.

    With `align` things are typed with the classes of public vocabularies that kg.ttl puts theirs under, too.
    """
    describe = _Describer(graph, align)
    for article in graph.articles.values():
        yield describe.article(article)
    for entity in graph.entities.values():
        yield describe.entity(entity)
        yield from describe.absorbed(entity)
    for date_node in graph.dates.values():
        yield describe.date(date_node)
    for label in graph.labels.values():
        yield describe.label(label)
    for statement in graph.statements.values():
        yield describe.statement(statement)
    for seen in graph.observations.values():
        yield describe.figure(seen)
    spans = {e.id: e for s in graph.statements.values() for e in s.evidence}
    spans |= {o.evidence.id: o.evidence for o in graph.observations.values()}
    for node, evidence in sorted(spans.items(), key=lambda item: (item[1].article, item[1].span, item[0])):
        yield describe.span(node, evidence)


def _lines(*lines: tuple[URIRef, Value | list[Value] | None]) -> Lines:
    """Leaves out what is not there."""
    kept: Lines = []
    for predicate, values in lines:
        if isinstance(values, list):
            if values:
                kept.append((predicate, values))
        elif values is not None and values != "":
            kept.append((predicate, [values]))
    return kept


def _zh(text: str | None) -> Zh | None:
    return Zh(text) if text else None


class _Describer:
    def __init__(self, graph: KnowledgeGraph, align: bool = False) -> None:
        self.graph = graph
        classes = {t.name: t.aligned for t in terms() if t.kind == "class"}
        classes |= {name: kind.aligned for name, kind in entity_types().items()}
        self.aligned = {name: [URIRef(iri) for iri in iris] if align else [] for name, iris in classes.items()}
        self.plain_triples: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for statement in graph.statements.values():
            if graph.holds(statement):
                self.plain_triples[statement.subject][statement.predicate][statement.object] = None

    def types(self, name: str, term: str | None = None) -> list[Value]:
        return [kg(term or name), *self.aligned[name]]

    def article(self, article: ArticleNode) -> Block:
        return Block(
            "Article",
            Node(article.id),
            _lines(
                (TYPE, self.types("Article")),
                (TITLE, _zh(article.title)),
                (ISSUED, article.issued),
                (kg("issuedBasis"), article.issued_basis),
                (kg("publisher"), _zh(article.publisher)),
                (kg("reporter"), [Zh(r) for r in sorted(set(article.reporters))]),
                (kg("source"), list(article.sources)),
                (kg("sha256"), article.sha256),
                (kg("textLength"), article.length),
                (kg("repair"), sorted(set(article.repairs))),
            ),
        )

    def entity(self, entity: Entity) -> Block:
        kind = entity_types()[entity.type]
        types = self.types(entity.type, local(kind.iri))
        if entity.kind and entity.kind in kind.kinds:
            types.append(kg(entity.kind))
        # A policy has a 发文字号, a place a code of GB/T 2260.
        number = kg("documentNumber") if entity.type == "Policy" else NOTATION
        said: Lines = [
            (kg(local(relation_types()[predicate].iri)), [*map(Node, objects)])
            for predicate, objects in sorted(self.plain_triples.get(entity.id, {}).items())
        ]
        lines = _lines(
            (TYPE, types),
            (PREF_LABEL, Zh(entity.name)),
            (ALT_LABEL, [Zh(a) for a in entity.aliases]),
            (kg("within"), _zh(entity.within)),
            (number, list(entity.codes)),
            (kg("mentionedIn"), [*map(Node, entity.mentioned_in)]),
        )
        return Block(entity.type, Node(entity.id), lines + said)

    def absorbed(self, entity: Entity) -> Iterator[Block]:
        for node in entity.absorbed:
            lines = _lines((DCTERMS.isReplacedBy, Node(entity.id)))
            yield Block(entity.type, Node(node), lines, entity.name)

    def date(self, node: DateNode) -> Block:
        first, last = begin_end(node.edtf)
        lines = _lines(
            (TYPE, self.types("Date")),
            (kg("edtf"), node.edtf),
            (PREF_LABEL, [Zh(node.labels[0] if node.labels else node.edtf)]),
            (ALT_LABEL, [Zh(label) for label in node.labels[1:]]),
            (kg("begin"), first),
            (kg("end"), last),
            (kg("mentionedIn"), [*map(Node, node.mentioned_in)]),
        )
        return Block("Date", Node(node.id), lines)

    def label(self, node: Label) -> Block:
        return Block(node.type, Node(node.id), _lines((TYPE, self.types(node.type)), (PREF_LABEL, Zh(node.name))))

    def statement(self, statement: Statement) -> Block:
        relation = relation_types()[statement.predicate]
        ends = self.graph.name(statement.subject), self.graph.name(statement.object)
        mark = "" if statement.modality == "asserted" else f" ({statement.modality})"
        lines = _lines(
            (TYPE, self.types("Statement")),
            (SUBJECT, Node(statement.subject)),
            (PREDICATE, kg(local(relation.iri))),
            (OBJECT, Node(statement.object)),
            (kg(QUALIFIERS.get(statement.predicate, "qualifier")), _zh(statement.qualifier)),
            (kg("modality"), statement.modality),
            (kg("confidence"), statement.confidence),
            (kg("rule"), list(statement.rules)),
            (kg("evidence"), [Node(e.id) for e in statement.evidence]),
        )
        return Block("Statement", Node(statement.id), lines, f"{ends[0]} {relation.label} {ends[1]}{mark}")

    def figure(self, seen: Observation) -> Block:
        unit = units().get(seen.unit)
        iri = None
        if unit:
            iri = kg(local(unit.iri)) if unit.iri.startswith("kg:") else URIRef(unit.iri)
        lines = _lines(
            (TYPE, self.types("Figure")),
            (kg("about"), seen.about and Node(seen.about)),
            (kg("metric"), seen.metric and Node(seen.metric)),
            (kg("comparator"), seen.comparator),
            (kg("value"), seen.value),
            (kg("upperValue"), seen.upper),
            (kg("change"), seen.change),
        )
        # An empty unit is an answer too: a bare ratio.
        lines.append((kg("unitText"), [seen.unit]))
        lines += _lines(
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

    def span(self, node: str, evidence: Evidence) -> Block:
        raw = evidence.raw
        lines = _lines(
            (TYPE, self.types("Span")),
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
