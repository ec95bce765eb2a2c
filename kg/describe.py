"""The records of a graph as blocks of triples: the vocabulary at work. What is said of a record is said here alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import TypeVar

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

# Most triples are of spans and figures: looked up once.
IN_ARTICLE, BEGIN, END, RAW_BEGIN, RAW_END = map(kg, ("inArticle", "begin", "end", "rawBegin", "rawEnd"))
QUOTE, BEFORE, AFTER, RULE, CONFIDENCE, EVIDENCE = map(
    kg, ("quote", "before", "after", "rule", "confidence", "evidence")
)
ABOUT, METRIC, COMPARATOR, VALUE, UPPER_VALUE, CHANGE, UNIT_TEXT, UNIT, STATUS, TIME, COMPARED_WITH, STATED_BY = map(
    kg,
    ("about", "metric", "comparator", "value", "upperValue", "change", "unitText", "unit", "status", "time",
     "comparedWith", "statedBy"),
)  # fmt: skip

CONTRADICTS = kg("contradicts")

Record = TypeVar("Record")


def _zh(text: str | None) -> Zh | None:
    return Zh(text) if text else None


@lru_cache(maxsize=1 << 10)
def _unit(text: str) -> URIRef | None:
    known = units().get(text)
    if known is None:
        return None
    return kg(local(known.iri)) if known.iri.startswith("kg:") else URIRef(known.iri)


@cache
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
        self._of_spans, self._of_figures = self._types("Span"), self._types("Figure")

    def everything(self) -> Iterator[Block]:
        """Every subject once: articles, entities by type and name, dates, labels, statements, figures, spans."""
        graph = self.graph
        yield from map(self.article, graph.articles.values())
        for entity in graph.entities.values():
            yield self.entity(entity)
            yield from self.absorbed(entity)
        yield from map(self.date, graph.dates.values())
        yield from map(self.label, graph.labels.values())
        yield from map(self.statement, graph.statements.values())
        yield from map(self.figure, graph.observations.values())
        for article in graph.articles.values():
            yield from self._spans(article)

    def entity(self, entity: Entity) -> Block:
        lines = self._named(entity) + self._mentions(entity.mentioned_in) + self._said_by(entity)
        return Block(entity.type, Node(entity.id), lines)

    def date(self, node: DateNode) -> Block:
        return Block("Date", Node(node.id), self._dated(node) + self._mentions(node.mentioned_in))

    def subjects(self) -> Iterator[str]:
        """The ids of everything, in its order."""
        graph = self.graph
        yield from graph.articles
        for entity in graph.entities.values():
            yield entity.id
            yield from entity.absorbed
        for known in (graph.dates, graph.labels, graph.statements, graph.observations):
            yield from known
        for article in graph.articles:
            for span in graph.spans_of(article):
                yield span.id

    def counted(self) -> Iterator[tuple[Block, int]]:
        """What everything comes to: blocks, with the number of those that have as many triples of the same predicates.

        A graph has few forms of records; of each, one is described.
        """
        graph = self.graph
        spans = (span for article in graph.articles for span in graph.spans_of(article))
        yield from _alike(graph.articles.values(), _form_of_article, self.article)
        yield from _alike(graph.entities.values(), self._form_of_entity, self.entity)
        for entity in graph.entities.values():
            if entity.absorbed:
                yield from ((block, 1) for block in self.absorbed(entity))
        yield from _alike(graph.dates.values(), _form_of_date, self.date)
        yield from _alike(graph.labels.values(), lambda label: (label.type, not label.name), self.label)
        yield from _alike(graph.statements.values(), _form_of_statement, self.statement)
        yield from _alike(graph.observations.values(), _form_of_figure, self.figure)
        yield from _alike(spans, _form_of_span, self.span)

    def _form_of_entity(self, entity: Entity) -> Hashable:
        said = tuple((relation, len(objects)) for relation, objects in self._said_by(entity))
        many = len(entity.aliases), len(entity.codes), len(entity.mentioned_in), len(entity.successors)
        lacks = not entity.name, not entity.within, not entity.series, not entity.ended
        return entity.type, entity.kind, lacks, many, said

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
            lines = self._mentions([article.id] if node in mentioned else []) + self.said(said.get(node, ()))
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
                (kg("reprintOf"), Node(article.reprint_of) if article.reprint_of else None),
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
            (kg("inSeries"), Node(entity.series) if entity.series else None),
            (kg("successor"), [*map(Node, entity.successors)]),
            (kg("ended"), entity.ended),
        )

    def _mentions(self, articles: Iterable[str]) -> Lines:
        return lines_of((kg("mentionedIn"), [*map(Node, articles)]))

    def _said_by(self, entity: Entity) -> Lines:
        known = self.graph.statements_of(entity.id)
        return self.said(s for s in known if s.subject == entity.id) if known else []

    def said(self, statements: Iterable[Statement]) -> Lines:
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
        lines: Lines = [(TYPE, self._of_figures)]
        if seen.about:
            lines.append((ABOUT, [Node(seen.about)]))
        if seen.metric:
            lines.append((METRIC, [Node(seen.metric)]))
        lines += [(COMPARATOR, [seen.comparator]), (VALUE, [seen.value])]
        if seen.upper is not None:
            lines.append((UPPER_VALUE, [seen.upper]))
        if seen.change:
            lines.append((CHANGE, [seen.change]))
        # An empty unit is an answer too: a bare ratio.
        lines.append((UNIT_TEXT, [seen.unit]))
        if iri := _unit(seen.unit):
            lines.append((UNIT, [iri]))
        lines.append((STATUS, [seen.status]))
        if seen.time:
            lines.append((TIME, [Node(seen.time)]))
        if seen.compared_with:
            lines.append((COMPARED_WITH, [Zh(seen.compared_with)]))
        if seen.stated_by:
            lines.append((STATED_BY, [Node(seen.stated_by)]))
        evidence = seen.evidence
        lines += [
            (QUOTE, [Zh(evidence.quote)]),
            (CONFIDENCE, [seen.confidence]),
            (RULE, [evidence.rule]),
            (EVIDENCE, [Node(evidence.id)]),
        ]
        if seen.contradicts:
            lines.append((CONTRADICTS, [*map(Node, seen.contradicts)]))
        number = f"{seen.comparator} {plain(seen.value)} {seen.unit}, {seen.status}"
        note = f"{self.graph.name(seen.about)} {self.graph.name(seen.metric)} {number}"
        return Block("Figure", Node(seen.id), lines, note)

    def _spans(self, article: ArticleNode) -> Iterator[Block]:
        return map(self.span, self.graph.spans_of(article.id))

    def span(self, evidence: Evidence) -> Block:
        span, raw = evidence.span, evidence.raw
        lines: Lines = [
            (TYPE, self._of_spans),
            (IN_ARTICLE, [Node(evidence.article)]),
            (BEGIN, [span.start]),
            (END, [span.end]),
        ]
        if raw:
            lines += [(RAW_BEGIN, [raw.start]), (RAW_END, [raw.end])]
        lines.append((QUOTE, [Zh(evidence.quote)]))
        if evidence.before:
            lines.append((BEFORE, [Zh(evidence.before)]))
        if evidence.after:
            lines.append((AFTER, [Zh(evidence.after)]))
        lines.append((RULE, [evidence.rule]))
        return Block("Span", Node(evidence.id), lines)


def _alike(
    records: Iterable[Record], form: Callable[[Record], Hashable], describe: Callable[[Record], Block]
) -> Iterator[tuple[Block, int]]:
    """One block for each form that the records have, and how many have it."""
    first: dict[Hashable, Record] = {}
    number: Counter[Hashable] = Counter()
    for record in records:
        key = form(record)
        number[key] += 1
        first.setdefault(key, record)
    yield from ((describe(first[key]), times) for key, times in number.items())


def _form_of_article(article: ArticleNode) -> Hashable:
    many = len(set(article.reporters)), len(article.sources), len(set(article.repairs))
    return not article.title, not article.issued, not article.publisher, not article.reprint_of, many


def _form_of_date(node: DateNode) -> Hashable:
    return len(node.labels), len(node.mentioned_in)


def _form_of_statement(said: Statement) -> Hashable:
    return said.predicate, not said.qualifier, len(said.rules), len(said.evidence)


def _form_of_figure(seen: Observation) -> Hashable:
    return (
        not seen.about, not seen.metric, seen.upper is None, not seen.change, _unit(seen.unit) is None, not seen.time,
        not seen.compared_with, not seen.stated_by, len(seen.contradicts),
    )  # fmt: skip


def _form_of_span(evidence: Evidence) -> Hashable:
    return not evidence.raw, not evidence.before, not evidence.after
