"""The records of a graph as blocks of triples: the vocabulary at work. What is said of a record is said here alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

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
from kg.form import Column, Form, Run, Told, maybe, one, several
from kg.graph import GraphData
from kg.model import ArticleNode, Entity, Label, Observation, Statement
from kg.vocab import kg, local, terms, units

# Where the qualifier of a relation goes, if not to one of that name.
QUALIFIERS = {"holds_post": "post", "recognised": "award"}

MENTIONED_IN = kg("mentionedIn")


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
        self._entities = cache(self._form_of_entities)
        self._labels = cache(lambda name: self._form(name, maybe(PREF_LABEL, Zh, "name")))
        self.article, self.date = self._articles.block, self._dates.block
        self.statement, self.figure, self.span = self._statements.block, self._figures.block, self._spans.block

    def everything(self) -> Iterator[Block]:
        """Every subject once: articles, entities by type and name, dates, labels, statements, figures, spans."""
        return blocks_of(self.parts())

    def parts(self) -> Iterator[Block | Run | Told]:
        """The same, runs of records with one form as they are."""
        for run in self.runs():
            yield from self._with_absorbed(run)
        yield from self.told()

    def runs(self) -> Iterator[Run]:
        """Of these what several articles say together, but for what was merged into entities."""
        yield from self._things()
        yield Run(self._statements, [*self.graph.statements.values()])

    def told(self) -> Iterator[Told]:
        """And what a page says alone: figures, spans."""
        for form, find in ((self._figures, self.graph.figures_in), (self._spans, self.graph.spans_in)):
            yield from (Told(form, page, find) for page in self.graph.pages)

    def _things(self, said: bool = True) -> Iterator[Run]:
        graph, kind = self.graph, attrgetter("type")
        yield Run(self._articles, [*graph.articles.values()])
        for name, entities in groupby(graph.entities.values(), kind):
            yield Run(self._entities(name, said), [*entities])
        yield Run(self._dates if said else self._bare_dates, [*graph.dates.values()])
        for name, labels in groupby(graph.labels.values(), kind):
            yield Run(self._labels(name), [*labels])

    def _with_absorbed(self, run: Run) -> Iterator[Block | Run]:
        """A run; behind an entity the nodes that were merged into it."""
        form, records = run
        start = 0
        if form.section in entity_types():
            for end, entity in enumerate(records, start=1):
                if entity.absorbed:
                    yield Run(form, records[start:end])
                    yield from self.absorbed(entity)
                    start = end
        yield Run(form, records[start:])

    def beside(self) -> Iterator[tuple[Block, int]]:
        """What there is beside the columns of runs: blocks, with the number of those that have as many triples."""
        graph, anything = self.graph, Node("")
        for entity in graph.entities.values():
            if entity.absorbed:
                yield from ((block, 1) for block in self.absorbed(entity))
        said = {(s.predicate, s.subject, s.object) for s in graph.held() if s.subject in graph.entities}
        for relation, times in Counter(relation for relation, *_ in said).items():
            yield Block("", anything, [(_relation(relation), [anything])]), times

    def known(self) -> Iterator[Block | Run]:
        """What holds whatever article is read: the articles themselves, and what things are and are called."""
        for run in self._things(said=False):
            yield from self._with_absorbed(run)

    def said_in(self, article: ArticleNode) -> Iterator[Block | Run]:
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
            mentions: Lines = [(MENTIONED_IN, [Node(article.id)])] if node in mentioned else []
            lines = mentions + self.said(said.get(node, ()))
            if lines:
                yield Block(node.partition("/")[0], Node(node), lines, self.graph.name(node))
        yield Run(self._statements, statements)
        yield Run(self._figures, self.graph.observations_of(article.id))
        yield Run(self._spans, self.graph.spans_of(article.id))

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

    def _form(self, name: str, *columns: Column, note: Callable[[Any], str] | None = None) -> Form:
        return Form(name, self._types(name), columns, note)

    @cached_property
    def _articles(self) -> Form:
        return self._form(
            "Article",
            maybe(TITLE, Zh, "title"), maybe(ISSUED, str, "issued"), maybe(kg("issuedBasis"), str, "issued_basis"),
            maybe(kg("publisher"), Zh, "publisher"),
            several(kg("reporter"), Zh, lambda article: sorted(set(article.reporters))),
            several(kg("source"), str, "sources"), maybe(kg("sha256"), str, "sha256"),
            one(kg("textLength"), int, "length"),
            several(kg("repair"), str, lambda article: sorted(set(article.repairs))),
            maybe(kg("reprintOf"), Node, "reprint_of"),
        )  # fmt: skip

    def entity(self, entity: Entity) -> Block:
        return self._entities(entity.type, True).block(entity)

    def _form_of_entities(self, name: str, said: bool) -> Form:
        """Without what is `said` of them: where they are mentioned, and how they are related."""
        kind = entity_types()[name]
        types = self._types(name, local(kind.iri))
        particular = {None: types} | {of: types + self._types(of) for of in kind.kinds}
        columns = (
            several(TYPE, URIRef, lambda entity: particular.get(entity.kind, types)), maybe(PREF_LABEL, Zh, "name"),
            several(ALT_LABEL, Zh, "aliases"), maybe(kg("within"), Zh, "within"),
            # A policy has a 发文字号, a place a code of GB/T 2260.
            several(kg("documentNumber") if name == "Policy" else NOTATION, str, "codes"),
            maybe(kg("inSeries"), Node, "series"), several(kg("successor"), Node, "successors"),
            maybe(kg("ended"), str, "ended"),
        )  # fmt: skip
        if not said:
            return Form(name, [], columns)
        return Form(name, [], (*columns, several(MENTIONED_IN, Node, "mentioned_in")), more=self._said_by)

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

    @cached_property
    def _dates(self) -> Form:
        bare = self._bare_dates
        return replace(bare, columns=(*bare.columns, several(MENTIONED_IN, Node, "mentioned_in")))

    @cached_property
    def _bare_dates(self) -> Form:
        return self._form(
            "Date",
            one(kg("edtf"), str, "edtf"),
            one(PREF_LABEL, Zh, lambda node: node.labels[0] if node.labels else node.edtf),
            several(ALT_LABEL, Zh, lambda node: node.labels[1:]),
            one(kg("begin"), date, lambda node: begin_end(node.edtf)[0]),
            one(kg("end"), date, lambda node: begin_end(node.edtf)[1]),
        )  # fmt: skip

    def label(self, node: Label) -> Block:
        return self._labels(node.type).block(node)

    @cached_property
    def _statements(self) -> Form:
        columns = [
            one(SUBJECT, Node, "subject"), one(PREDICATE, URIRef, lambda statement: _relation(statement.predicate)),
            one(OBJECT, Node, "object"),
            *(maybe(kg(name), Zh, _qualifier(name)) for name in (*QUALIFIERS.values(), "qualifier")),
            one(kg("modality"), str, "modality"), one(kg("confidence"), Decimal, "confidence"),
            several(kg("rule"), str, "rules"),
            several(kg("evidence"), Node, lambda statement: [e.id for e in statement.evidence]),
        ]  # fmt: skip
        if self.rdf12:
            columns.insert(
                3, one(REIFIES, Reified, lambda s: Reified(Node(s.subject), _relation(s.predicate), Node(s.object)))
            )
        return self._form("Statement", *columns, note=self._note_of_statement)

    def _note_of_statement(self, statement: Statement) -> str:
        verb = relation_types()[statement.predicate].label
        mark = "" if statement.modality == "asserted" else f" ({statement.modality})"
        return f"{self.graph.name(statement.subject)} {verb} {self.graph.name(statement.object)}{mark}"

    @cached_property
    def _figures(self) -> Form:
        return self._form(
            "Figure",
            maybe(kg("about"), Node, "about"), maybe(kg("metric"), Node, "metric"),
            one(kg("comparator"), str, "comparator"), one(kg("value"), Decimal, "value"),
            maybe(kg("upperValue"), Decimal, "upper"), maybe(kg("change"), str, "change"),
            # An empty unit is an answer, too: a bare ratio.
            one(kg("unitText"), str, "unit"), maybe(kg("unit"), URIRef, lambda seen: _unit(seen.unit)),
            one(kg("status"), str, "status"), maybe(kg("time"), Node, "time"),
            maybe(kg("comparedWith"), Zh, "compared_with"), maybe(kg("statedBy"), Node, "stated_by"),
            one(kg("quote"), Zh, "evidence.quote"), one(kg("confidence"), Decimal, "confidence"),
            one(kg("rule"), str, "evidence.rule"), one(kg("evidence"), Node, "evidence.id"),
            several(kg("contradicts"), Node, "contradicts"), note=self._note_of_figure,
        )  # fmt: skip

    def _note_of_figure(self, seen: Observation) -> str:
        number = f"{seen.comparator} {plain(seen.value)} {seen.unit}, {seen.status}"
        return f"{self.graph.name(seen.about)} {self.graph.name(seen.metric)} {number}"

    @cached_property
    def _spans(self) -> Form:
        return self._form(
            "Span",
            one(kg("inArticle"), Node, "article"), one(kg("begin"), int, "span.start"),
            one(kg("end"), int, "span.end"),
            maybe(kg("rawBegin"), int, lambda evidence: evidence.raw and evidence.raw.start),
            maybe(kg("rawEnd"), int, lambda evidence: evidence.raw and evidence.raw.end),
            one(kg("quote"), Zh, "quote"), maybe(kg("before"), Zh, "before"), maybe(kg("after"), Zh, "after"),
            one(kg("rule"), str, "rule"),
        )  # fmt: skip


def blocks_of(parts: Iterable[Block | Run | Told]) -> Iterator[Block]:
    """All blocks, those of records in runs, too."""
    for part in parts:
        if isinstance(part, Block):
            yield part
        else:
            form, records = part if isinstance(part, Run) else part.run
            yield from map(form.block, records)


def _qualifier(name: str) -> Callable[[Statement], str | None]:
    return lambda said: said.qualifier if QUALIFIERS.get(said.predicate, "qualifier") == name else None
