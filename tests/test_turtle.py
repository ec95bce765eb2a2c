"""graph.ttl: valid for every reader, the same triples everywhere, and pleasant to read."""

from __future__ import annotations

import io

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef

from kg.assemble import assemble
from kg.export import write_turtle
from kg.graph import GraphData
from kg.rdf import to_rdf
from kg.vocab import KG, NAMESPACE
from tests.sample import Draft, hostile, plan, posts

Triple = tuple[tuple[str, ...], ...]


def write(graph: GraphData) -> bytes:
    out = io.BytesIO()
    write_turtle(graph, out)
    return out.getvalue()


def by_rdflib(graph: Graph) -> set[Triple]:
    def plain(term: object) -> tuple[str, ...]:
        if isinstance(term, Literal):
            kind = str(term.datatype or "http://www.w3.org/2001/XMLSchema#string")
            return ("literal", str(term), term.language or "", "" if term.language else kind)
        return ("iri", str(term))

    return {tuple(map(plain, triple)) for triple in graph}


def oxigraph_term(term: object) -> tuple[str, ...]:
    if isinstance(term, pyoxigraph.Literal):
        kind = "" if term.language else term.datatype.value
        return ("literal", term.value, term.language or "", kind)
    assert isinstance(term, pyoxigraph.NamedNode)
    return ("iri", term.value)


def by_oxigraph(turtle: bytes) -> set[Triple]:
    quads = pyoxigraph.parse(input=turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return {(oxigraph_term(q.subject), oxigraph_term(q.predicate), oxigraph_term(q.object)) for q in quads}


@pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()], []], ids=["plain", "hostile", "empty"])
def test_every_reader_sees_the_same_triples(drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    turtle = write(graph)
    read = by_rdflib(Graph().parse(data=turtle, format="turtle"))
    assert read == by_oxigraph(turtle)
    assert read == by_rdflib(to_rdf(graph))
    assert len(read) == write_turtle(graph, io.BytesIO())


def test_no_blank_nodes_and_no_unknown_terms() -> None:
    rdf = to_rdf(assemble([plan().facts(), posts().facts()]))
    for subject, predicate, value in rdf:
        assert not isinstance(subject, BNode) and not isinstance(value, BNode)
        if str(predicate).startswith(NAMESPACE):
            assert KG[str(predicate).removeprefix(NAMESPACE)] == predicate


def test_planned_has_its_statement_but_no_plain_triple() -> None:
    rdf = to_rdf(assemble([plan().facts()]))
    assert not list(rdf.triples((None, KG.undertakes, None)))
    assert list(rdf.subjects(RDF.predicate, KG.undertakes))


def test_a_planned_date_is_asserted() -> None:
    draft = Draft(None, "平原大桥拟于2026年开工。")
    bridge, year = draft.name("平原大桥", "Project"), draft.date("2026年", "2026")
    draft.relate("started_on", bridge, year, "平原大桥拟于2026年开工", modality="planned")
    assert list(to_rdf(assemble([draft.facts()])).triples((None, KG.startedOn, None)))


def test_numbers_are_plain_decimals() -> None:
    rdf = to_rdf(assemble([plan().facts()]))
    assert {str(v) for v in rdf.objects(None, KG.value)} == {"50000", "1200000"}


def test_units_have_iris() -> None:
    rdf = to_rdf(assemble([plan().facts()]))
    assert set(rdf.objects(None, KG.unit)) == {URIRef("http://qudt.org/vocab/unit/TONNE"), KG.Liang}


def test_a_merged_node_says_where_it_went() -> None:
    first = Draft(None, "中国海洋石油集团有限公司（中国海油）成立。")
    first.name("中国海洋石油集团有限公司", "Organization")
    first.name("中国海油", "Organization", "中国海洋石油集团有限公司")
    second = Draft(None, "中国海油表示。")
    second.name("中国海油", "Organization")
    graph = assemble([first.facts(), second.facts()])
    (node,) = graph.entities
    rdf = to_rdf(graph)
    (replaced,) = rdf.query("SELECT ?old ?new { ?old <http://purl.org/dc/terms/isReplacedBy> ?new }")
    assert str(replaced[1]) == graph.base + node  # type: ignore[index]
    assert graph.find(str(replaced[0])) == (node,)  # type: ignore[index]


def test_aligned_on_request_only() -> None:
    graph = assemble([plan().facts()])
    out = io.BytesIO()
    write_turtle(graph, out, align=True)
    classes = {str(c) for c in Graph().parse(data=out.getvalue(), format="turtle").objects(None, RDF.type)}
    assert {"http://www.w3.org/ns/org#Organization", "https://schema.org/Observation"} <= classes
    plain = {str(c) for c in to_rdf(graph).objects(None, RDF.type)}
    assert not {"http://www.w3.org/ns/org#Organization", "https://schema.org/Observation"} & plain


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_name_survives(names: list[str]) -> None:
    draft = Draft(names[0], "\x00".join(names))
    first = draft.name(names[0], "Organization")
    for name in names:
        draft.relate("partner_of", first, draft.name(name, "Organization", name + "公司"), name, rule=name)
    turtle = write(assemble([draft.facts()]))
    assert by_rdflib(Graph().parse(data=turtle, format="turtle")) == by_oxigraph(turtle)


def test_reads_well() -> None:
    turtle = write(assemble([plan().facts()])).decode()
    assert "# ---- Organization" in turtle
    assert "# 国家能源局 印发、发布 氢能产业发展规划" in turtle
    assert 'a kg:Organization, kg:Ministry ;\n    skos:prefLabel "国家发展和改革委员会"@zh ;' in turtle
    body = turtle.partition("\n\n")[2].replace('void:uriSpace "urn:policykg:"', "")
    assert "urn:policykg:" not in body
    assert turtle.index('"华光公司"@zh') < turtle.index('"国家能源局"@zh')
