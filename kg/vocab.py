"""The namespace kg:, closed: a term that neither terms.csv nor the schema defines is an AttributeError."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rdflib import DCAT, OWL, PROV, RDF, RDFS, SDO, SKOS, VOID, XSD, Namespace, URIRef
from rdflib.namespace import DCTERMS, DefinedNamespace

from extractors.ontology import entity_types, relation_types

NAMESPACE = "https://w3id.org/policykg/ns#"

# What every file is written with, and what a query need not declare.
PREFIXES: Mapping[str, str] = MappingProxyType({
    "kg": NAMESPACE, "rdf": str(RDF), "skos": str(SKOS), "dcterms": str(DCTERMS), "xsd": str(XSD),
    "unit": "http://qudt.org/vocab/unit/", "void": str(VOID), "dcat": str(DCAT), "prov": str(PROV), "schema": str(SDO),
})  # fmt: skip
QUERY_PREFIXES: Mapping[str, str] = MappingProxyType({**PREFIXES, "rdfs": str(RDFS), "owl": str(OWL)})


@dataclass(frozen=True, slots=True)
class Term:
    """A term that is no entity type or relation of the schema: a line of terms.csv.

    `kind` is class, object, or what literals it has: text, words (in Chinese), decimal, integer, value (as range says).
    """

    name: str
    kind: str
    label: str
    label_en: str
    definition: str
    definition_en: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    aligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as Chinese text writes it, and the IRI that stands for it: a line of units.csv."""

    text: str
    iri: str  # full, or kg:NAME for the units defined here
    label_en: str
    count: bool  # a measure word: it counts things


@cache
def terms() -> tuple[Term, ...]:
    """The lines of terms.csv."""
    return tuple(
            Term(
                row["term"], row["kind"], row["label"], row["label_en"], row["definition"], row["definition_en"],
                tuple(row["domain"].split()), tuple(row["range"].split()), tuple(row["aligned"].split()),
            )
            for row in _rows("terms.csv")
    )  # fmt: skip


@cache
def units() -> Mapping[str, Unit]:
    """The lines of units.csv by text."""
    found = (Unit(row["unit"], row["iri"], row["label_en"], row["count"] == "yes") for row in _rows("units.csv"))
    return MappingProxyType({unit.text: unit for unit in found})


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("kg") / name).read_text(encoding="utf-8").splitlines())


def local(iri: str) -> str:
    """The name behind kg: in the iri of a schema file."""
    return iri.removeprefix("kg:")


def _names() -> list[str]:
    kinds = [kind for entity in entity_types().values() for kind in entity.kinds]
    types = [local(entity.iri) for entity in entity_types().values()]
    types += [local(relation.iri) for relation in relation_types().values()]
    own = [local(unit.iri) for unit in units().values() if unit.iri.startswith("kg:")]
    return sorted({*types, *kinds, *own, *(term.name for term in terms())})


class KG(DefinedNamespace):
    """https://w3id.org/policykg/ns#

    >>> KG.issued
    rdflib.term.URIRef('https://w3id.org/policykg/ns#issued')
    >>> KG.isued
    Traceback (most recent call last):
    AttributeError: term 'isued' not in namespace 'https://w3id.org/policykg/ns#'
    """

    _fail = True
    _extras = _names()
    _NS = Namespace(NAMESPACE)


def kg(name: str) -> URIRef:
    """A term by name, as KG.NAME gives it but quickly: KG searches its list each time."""
    return _TERMS[name]


_TERMS = {name: KG[name] for name in KG._extras}
