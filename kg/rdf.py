"""The graph as RDF, one block of triples per subject in reading order; every RDF format iterates over these blocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

from rdflib import XSD, Graph, Literal, URIRef

from extractors.ontology import entity_types
from kg.block import Block, En, Node, Reified, Value, Zh, plain
from kg.describe import Describer, blocks_of
from kg.form import Run, Told
from kg.graph import GraphData
from kg.header import Count, Header, header
from kg.vocab import PREFIXES

__all__ = ["Rdf", "plain", "term", "to_rdf"]


class Rdf:
    """A graph as blocks of triples, in an order that depends on the graph alone.

    With `align` things are typed with the classes of public vocabularies that kg.ttl puts theirs under, too; with
    `rdf12` a statement also reifies its triple, for stores that read RDF 1.2.
    """

    def __init__(self, graph: GraphData, align: bool = False, rdf12: bool = False) -> None:
        self.graph = graph
        self.base = graph.base
        self.rdf12 = rdf12
        self.variant = "align " * align + "rdf12 " * rdf12
        self._describe = Describer(graph, align, rdf12)

    @cached_property
    def header(self) -> Header:
        """What is said of the whole."""
        return header(Count.of(self._describe), self.graph.about, self.base, self.variant)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace: the vocabularies, then one per type of node, so that IRIs stay short."""
        others = ("Article", "Date", "Metric", "Series", "Thing", "Statement", "Figure", "Span", "Dataset")
        kinds = (*entity_types(), *others)
        return {
            **PREFIXES,
            **{kind.lower(): f"{self.base}{kind}/" for kind in kinds},
        }

    def blocks(self) -> Iterator[Block]:
        """Every subject once, between the two halves of the header."""
        return blocks_of(self.parts())

    def parts(self) -> Iterator[Block | Run | Told]:
        """The same, runs of records with one form as they are."""
        yield from self.header.opening
        yield from self._describe.parts()
        yield from self.header.closing

    def body(self) -> Iterator[Block]:
        """Every subject but those of the header."""
        return self._describe.everything()

    def graphs(self) -> Iterator[tuple[Node | None, Iterator[Block | Run]]]:
        """The same triples sorted by who says so: what is known whatever one reads, then what each article says.

        A triple that several articles say is in the graph of each.
        """
        yield None, iter((*self.header.opening, *self.header.closing))
        yield None, self._describe.known()
        for article in self.graph.articles.values():
            yield Node(article.id), self._describe.said_in(article)


def to_rdf(graph: GraphData, align: bool = False) -> Graph:
    """All triples as an rdflib graph."""
    view, rdf = Rdf(graph, align), Graph()
    for prefix, namespace in view.prefixes.items():
        rdf.bind(prefix, namespace)
    for block in view.blocks():
        subject = URIRef(graph.base + block.subject)
        for predicate, values in block.lines:
            for value in values:
                rdf.add((subject, predicate, term(value, graph.base)))
    return rdf


def term(value: Value, base: str) -> URIRef | Literal:
    """An rdflib term. A TypeError for a triple as a term: rdflib knows RDF 1.1."""
    match value:
        case Node():
            return URIRef(base + value)
        case URIRef():
            return value
        case Zh():
            return Literal(str(value), lang="zh")
        case En():
            return Literal(str(value), lang="en")
        case Decimal():
            return Literal(plain(value), datatype=XSD.decimal)
        case date():
            return Literal(value.isoformat(), datatype=XSD.date)
        case Reified():
            raise TypeError("rdflib has no triples as terms")
        case _:
            return Literal(value)
