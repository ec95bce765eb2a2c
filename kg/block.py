"""What a graph says as RDF, before it is text: blocks of triples with one subject, their objects plain values.

Node stands for what the graph has an id of, URIRef for any other IRI, Zh and En for words in a language; str, int,
Decimal and date are literals, Reified is a triple that is spoken of (RDF 1.2). The formats write these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rdflib import RDF, RDFS, SKOS, URIRef
from rdflib.namespace import DCTERMS


class Node(str):
    """The id of a node of the graph, KIND/KEY: what its IRI has behind the base."""

    __slots__ = ()


class Zh(str):
    """Words in Chinese: a literal with the language tag zh."""

    __slots__ = ()


class En(str):
    """Words in English: a literal with the language tag en."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reified:
    """A triple as a term: what a statement is about, said or not."""

    subject: Node
    predicate: URIRef
    object: Node


Value = URIRef | Node | Zh | En | str | int | Decimal | date | Reified
Lines = list[tuple[URIRef, list[Value]]]

# rdflib's namespaces make a term anew each time they are asked.
TYPE, SUBJECT, PREDICATE, OBJECT = RDF.type, RDF.subject, RDF.predicate, RDF.object
REIFIES = URIRef(f"{RDF}reifies")  # of RDF 1.2; rdflib knows 1.1
LABEL = RDFS.label
PREF_LABEL, ALT_LABEL, NOTATION = SKOS.prefLabel, SKOS.altLabel, SKOS.notation
TITLE, ISSUED, REPLACED_BY = DCTERMS.title, DCTERMS.issued, DCTERMS.isReplacedBy


@dataclass(slots=True)  # not frozen: that would double the time to make one
class Block:
    """All triples with one subject; `note` is what a person calls it, for formats that have comments."""

    section: str
    subject: Node
    lines: Lines
    note: str = ""

    def __len__(self) -> int:
        """How many triples these are."""
        return sum(len(values) for _, values in self.lines)


def lines_of(*lines: tuple[URIRef, Value | list[Value] | None]) -> Lines:
    """The lines, without those that have nothing to say."""
    return [
        (predicate, values if isinstance(values, list) else [values])
        for predicate, values in lines
        if values is not None and values != "" and values != []
    ]


@lru_cache(maxsize=1 << 14)  # most are confidences, or small and round
def plain(number: Decimal) -> str:
    """A decimal in the canonical form of XML Schema: no exponent, no trailing zeros.

    >>> plain(Decimal("1.2E+12")), plain(Decimal("6.50")), plain(Decimal("-0"))
    ('1200000000000', '6.5', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
