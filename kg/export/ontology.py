"""kg.ttl: the vocabulary, from the schema, terms.csv and units.csv."""

from __future__ import annotations

from typing import TextIO

from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from extractors.ontology import EntityType, RelationType, entity_types, relation_types
from kg.vocab import NAMESPACE, Term, kg, local, terms, units

# What a property that holds literals may hold; terms.csv speaks of kinds, and of a mere `value` says it itself.
LITERALS = {"text": XSD.string, "words": RDF.langString, "decimal": XSD.decimal, "integer": XSD.integer}
QUDT_NUMBER = URIRef("http://qudt.org/vocab/unit/NUM")


def write(out: TextIO) -> None:
    """Write the vocabulary as Turtle."""
    out.write("# Generated from extractors/schema, kg/terms.csv and kg/units.csv by `kg ontology`. Do not edit.\n")
    out.write(ontology().serialize(format="turtle"))


def ontology() -> Graph:
    """The vocabulary as RDF: every term with label and definition in Chinese and English, and its alignment."""
    rdf = Graph()
    for prefix, namespace in {
        "kg": NAMESPACE, "eli": "http://data.europa.eu/eli/ontology#", "oa": "http://www.w3.org/ns/oa#",
        "unit": "http://qudt.org/vocab/unit/", "frapo": "http://purl.org/cerif/frapo/",
    }.items():  # fmt: skip
        rdf.bind(prefix, namespace)
    rdf.bind("schema", str(SDO), replace=True)
    head = URIRef(NAMESPACE)
    rdf.add((head, RDF.type, OWL.Ontology))
    rdf.add((head, DCTERMS.title, Literal("政策知识图谱词汇", lang="zh")))
    rdf.add((head, DCTERMS.title, Literal("Policy knowledge graph vocabulary", lang="en")))
    for entity in entity_types().values():
        _entity(rdf, entity)
    for relation in relation_types().values():
        _relation(rdf, relation)
    for term in terms():
        _term(rdf, term)
    _units(rdf)
    return rdf


def _named(rdf: Graph, node: URIRef, *words: tuple[URIRef, str, str]) -> None:
    for predicate, text, language in words:
        rdf.add((node, predicate, Literal(text, lang=language)))
    rdf.add((node, RDFS.isDefinedBy, URIRef(NAMESPACE)))


def _described(rdf: Graph, node: URIRef, item: EntityType | RelationType | Term) -> None:
    _named(
        rdf, node,
        (RDFS.label, item.label, "zh"), (RDFS.label, item.label_en, "en"),
        (SKOS.definition, item.definition, "zh"), (SKOS.definition, item.definition_en, "en"),
    )  # fmt: skip


def _ends(rdf: Graph, node: URIRef, domain: tuple[str, ...], range_: tuple[str, ...]) -> None:
    """One class is a domain; of several each is possible, which RDFS cannot say without blank nodes."""
    for classes, one, several in ((domain, RDFS.domain, SDO.domainIncludes), (range_, RDFS.range, SDO.rangeIncludes)):
        for name in classes:
            rdf.add((node, one if len(classes) == 1 else several, URIRef(name) if ":" in name else kg(name)))


def _entity(rdf: Graph, entity: EntityType) -> None:
    node = kg(local(entity.iri))
    rdf.add((node, RDF.type, OWL.Class))
    _described(rdf, node, entity)
    for other in entity.aligned:
        rdf.add((node, RDFS.subClassOf, URIRef(other)))
    for kind in entity.kinds:  # terms.csv describes them
        rdf.add((kg(kind), RDFS.subClassOf, node))


def _relation(rdf: Graph, relation: RelationType) -> None:
    node = kg(local(relation.iri))
    rdf.add((node, RDF.type, OWL.ObjectProperty))
    if relation.symmetric:
        rdf.add((node, RDF.type, OWL.SymmetricProperty))
    _described(rdf, node, relation)
    _ends(rdf, node, relation.source, relation.target)
    for other in relation.aligned:
        rdf.add((node, RDFS.subPropertyOf, URIRef(other)))


def _term(rdf: Graph, term: Term) -> None:
    node = kg(term.name)
    _described(rdf, node, term)
    if term.kind == "class":
        rdf.add((node, RDF.type, OWL.Class))
        for other in term.aligned:
            rdf.add((node, RDFS.subClassOf, URIRef(other)))
        return
    rdf.add((node, RDF.type, OWL.ObjectProperty if term.kind == "object" else OWL.DatatypeProperty))
    _ends(rdf, node, term.domain, term.range)
    if term.kind in LITERALS:
        rdf.add((node, RDFS.range, LITERALS[term.kind]))
    for other in term.aligned:
        rdf.add((node, RDFS.subPropertyOf, URIRef(other)))


def _units(rdf: Graph) -> None:
    for unit in units().values():
        if not unit.iri.startswith("kg:"):
            continue
        node = kg(local(unit.iri))
        rdf.add((node, RDF.type, kg("Unit")))
        _named(
            rdf, node,
            (RDFS.label, unit.text, "zh"), (RDFS.label, unit.label_en, "en"),
            (SKOS.definition, f"计量单位或量词“{unit.text}”。", "zh"), (SKOS.definition, f"{unit.label_en}.", "en"),
        )  # fmt: skip
        if unit.count:
            rdf.add((node, SKOS.broadMatch, QUDT_NUMBER))
