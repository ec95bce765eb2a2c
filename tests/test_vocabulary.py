"""kg.ttl says what every term means, in two languages, with domain, range and alignment; graphs keep to it."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SDO, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from extractors.ontology import entity_types
from kg.assemble import assemble
from kg.export import ontology
from kg.rdf import to_rdf
from kg.vocab import KG, NAMESPACE, kg, terms
from tests.sample import hostile, plan, posts
from tests.test_query import newspaper

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return ontology.ontology()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return to_rdf(assemble([d.facts() for d in (plan(), posts(), hostile(), *newspaper())]))


def own(rdf: Graph, *kinds: URIRef) -> list[URIRef]:
    found = {s for kind in kinds for s in rdf.subjects(RDF.type, kind)}
    return sorted(s for s in found if isinstance(s, URIRef) and str(s).startswith(NAMESPACE))


def allowed(rdf: Graph, term: Node, one: URIRef, several: URIRef) -> set[Node]:
    return {*rdf.objects(term, one), *rdf.objects(term, several)}


def test_every_term_has_labels_and_definitions_in_two_languages(vocabulary: Graph) -> None:
    described = own(vocabulary, OWL.Class, *PROPERTIES, KG.Unit)
    assert {str(term).removeprefix(NAMESPACE) for term in described} == set(KG._extras)
    for term in described:
        for predicate in (RDFS.label, SKOS.definition):
            words = list(vocabulary.objects(term, predicate))
            assert {w.language for w in words if isinstance(w, Literal)} == {"zh", "en"}, (term, predicate)
            assert all(str(w).strip() for w in words)
            for word in words:
                assert isinstance(word, Literal)
                assert word.language == "zh" or str(word).isascii() or "国发" in word, word


def test_every_class_is_put_under_a_public_one(vocabulary: Graph) -> None:
    for term in own(vocabulary, OWL.Class):
        above = set(vocabulary.transitive_objects(term, RDFS.subClassOf)) - {term}
        assert any(not str(node).startswith(NAMESPACE) for node in above), term
    for entity in entity_types().values():
        for kind, label in entity.kinds.items():
            assert (kg(kind), RDFS.subClassOf, kg(entity.name)) in vocabulary
            assert Literal(label, lang="zh") in vocabulary.objects(kg(kind), RDFS.label), kind


def test_every_property_has_domain_and_range(vocabulary: Graph) -> None:
    classes = set(own(vocabulary, OWL.Class))
    for term in own(vocabulary, *PROPERTIES):
        assert len(set(vocabulary.objects(term, RDF.type)) & set(PROPERTIES)) == 1, term
        domain = allowed(vocabulary, term, RDFS.domain, SDO.domainIncludes)
        assert domain and domain <= classes, term
        values = allowed(vocabulary, term, RDFS.range, SDO.rangeIncludes)
        if (term, RDF.type, OWL.ObjectProperty) in vocabulary:
            assert values and (values <= classes or term == KG.unit), term
        else:
            assert values and values <= {XSD.string, RDF.langString, XSD.decimal, XSD.integer, XSD.date}, term


def test_the_alignments_of_the_design_stand(vocabulary: Graph) -> None:
    wanted = {
        "Organization": "http://www.w3.org/ns/org#Organization", "Person": "http://xmlns.com/foaf/0.1/Person",
        "Policy": "http://data.europa.eu/eli/ontology#LegalResource", "Figure": "https://schema.org/Observation",
        "Programme": "http://purl.org/cerif/frapo/FundingProgramme", "Article": "https://schema.org/NewsArticle",
        "Date": "http://www.w3.org/2006/time#TemporalEntity", "Statement": str(RDF.Statement),
        "Metric": str(SKOS.Concept), "Place": "https://schema.org/Place", "Ministry": str(SDO.GovernmentOrganization),
    }  # fmt: skip
    for name, iri in wanted.items():
        assert (kg(name), RDFS.subClassOf, URIRef(iri)) in vocabulary, name
    assert not any(isinstance(node, BNode) for triple in vocabulary for node in triple)


def test_a_graph_keeps_to_domains_and_ranges(vocabulary: Graph, graph: Graph) -> None:
    def classes(node: Node) -> set[Node]:
        return {
            above
            for kind in graph.objects(node, RDF.type)
            for above in vocabulary.transitive_objects(kind, RDFS.subClassOf)
        }

    used = {predicate for predicate in graph.predicates() if str(predicate).startswith(NAMESPACE)}
    assert len(used) > 40 and used <= set(own(vocabulary, *PROPERTIES))
    for predicate in used - {KG.unit}:
        domain = allowed(vocabulary, predicate, RDFS.domain, SDO.domainIncludes)
        values = allowed(vocabulary, predicate, RDFS.range, SDO.rangeIncludes)
        for subject, value in graph.subject_objects(predicate):
            assert classes(subject) & domain, (predicate, subject)
            if isinstance(value, Literal):
                kind = RDF.langString if value.language else value.datatype or XSD.string
                assert kind in values, (predicate, value)
            else:
                assert classes(value) & values, (predicate, value)


def test_terms_are_sorted_and_of_known_kinds() -> None:
    lines = [(t.kind != "class", t.name) for t in terms()]
    assert lines == sorted(lines) and len(lines) == len(set(lines))
    assert {t.kind for t in terms()} <= {"class", "object", "text", "words", "decimal", "integer", "value"}
