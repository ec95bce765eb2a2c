"""The networkx graph and what can be asked of it; the vocabulary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph

from extractors.ontology import entity_types, relation_types
from kg.assemble import assemble
from kg.check import check, verify
from kg.explain import explain, similar
from kg.export import ontology
from kg.graph import GraphData
from kg.loading import load
from kg.vocab import KG, NAMESPACE, kg, local, terms, units
from tests.sample import hostile, plan, posts
from tests.test_turtle import write


@pytest.fixture
def graph() -> GraphData:
    return assemble([plan().facts(), posts().facts()])


def test_edges_carry_what_says_so(graph: GraphData) -> None:
    for _, _, data in graph.nx.edges(data=True):
        assert data["evidence"] and data["rules"] and 0 < data["confidence"] < 1 and data["weight"] >= 1
    node = graph.nx.nodes[graph.find("国家发展改革委")[0]]
    assert (node["type"], node["kind"], node["name"]) == ("Organization", "Ministry", "国家发展和改革委员会")


def test_what_is_only_planned_is_no_edge(graph: GraphData) -> None:
    planned = [s for s in graph.statements.values() if s.modality == "planned"]
    assert planned
    assert not any(graph.nx.has_edge(s.subject, s.object, s.id) for s in planned)


def test_find_by_alias_id_iri_and_digits(graph: GraphData) -> None:
    (node,) = graph.find("国家发展改革委")
    assert graph.find("国家发展和改革委员会") == graph.find(node) == graph.find(graph.base + node) == (node,)
    assert graph.find(node.partition("/")[2]) == (node,)
    assert graph.find("2025") == graph.find("Date/" + graph.find("2025")[0].partition("/")[2])
    assert graph.find("没有这个") == ()
    assert len(graph.find("科技局")) == 2


def test_checks_find_nothing_wrong(graph: GraphData) -> None:
    assert check(graph) == []
    assert verify(graph, [plan().article, posts().article]) == []
    assert verify(graph, [plan().article])


def test_checks_find_what_is_wrong(graph: GraphData) -> None:
    gone = graph.find("国家发展改革委")[0]
    del graph.entities[gone]
    assert any(gone in p.message for p in check(graph))


def test_hostile_names_are_in_order() -> None:
    graph = assemble([hostile().facts()])
    assert check(graph) == []
    assert verify(graph, [hostile().article]) == []


def test_a_loaded_graph_is_the_same_graph(graph: GraphData, tmp_path: Path) -> None:
    for made in (graph, assemble([hostile().facts()])):
        path = tmp_path / "graph.ttl"
        path.write_bytes(write(made))
        loaded = load(tmp_path)
        assert loaded.statements == made.statements
        assert loaded.observations == made.observations
        assert loaded.entities == made.entities
        assert loaded.labels == made.labels
        assert write(loaded) == path.read_bytes()


def test_a_loaded_graph_knows_its_base(graph: GraphData, tmp_path: Path) -> None:
    graph.base = "https://example.org/things#"
    (tmp_path / "graph.ttl").write_bytes(write(graph))
    assert load(tmp_path).base == graph.base


def test_explain_says_who_says_so(graph: GraphData) -> None:
    text = "\n".join(explain(graph, "国家发展改革委"))
    assert "国家发展和改革委员会  [组织机构 · 国家机关]" in text and "also called: 国家发展改革委" in text
    assert "—印发、发布→ 氢能产业发展规划   confidence 0.8" in text
    assert "【国家发展改革委、国家能源局联合印发《氢能产业发展规划》】" in text
    assert "《两部门印发氢能规划》, 2024-03-05 (printed), a.txt, characters" in text
    assert "rule: subject, verb, object" in text


def test_explain_figures_dates_and_single_facts(graph: GraphData) -> None:
    assert "目标约50,000辆" in "\n".join(explain(graph, "燃料电池车辆保有量"))
    assert "printed as: 3月4日" in "\n".join(explain(graph, "2024-03-04"))
    assert "according to 华光公司" in "\n".join(explain(graph, "产量"))
    for node in (*graph.statements, *graph.observations, *graph.articles):
        assert "【" in "\n".join(explain(graph, node))
    assert list(explain(graph, "没有这个")) == []
    assert similar(graph, "科技") == ["淮海科技大会", "科技局"]


def test_explain_shows_a_few_quotes_unless_asked_for_all(graph: GraphData) -> None:
    said = [replace(plan().article, id=f"{n:016}") for n in range(5)]
    drafts = [plan() for _ in said]
    for draft, article in zip(drafts, said, strict=True):
        draft.article = article
    many = assemble([draft.facts() for draft in drafts])
    assert "… and 2 more quotes" in "\n".join(explain(many, "国家能源局"))
    assert "more quotes" not in "\n".join(explain(many, "国家能源局", None))


def test_the_namespace_is_closed() -> None:
    assert str(KG.mentionedIn) == f"{NAMESPACE}mentionedIn"
    with pytest.raises(AttributeError):
        KG.mentionedin  # noqa: B018


def test_the_shipped_vocabulary_is_current() -> None:
    path = Path(ontology.__file__).parent.parent / "kg.ttl"
    shipped = Graph().parse(path, format="turtle")
    assert set(shipped) == set(ontology.ontology()), "run: kg ontology > kg/kg.ttl"


def test_every_term_is_explained_in_two_languages() -> None:
    rdf = ontology.ontology()
    own = [kg(t.name) for t in terms()]
    own += [kg(local(e.iri)) for e in entity_types().values()]
    own += [kg(local(r.iri)) for r in relation_types().values()]
    own += [kg(k) for e in entity_types().values() for k in e.kinds]
    own += [kg(local(u.iri)) for u in units().values() if u.iri.startswith("kg:")]
    for term in own:
        for predicate in (RDFS.label, SKOS.definition):
            assert {value.language for value in rdf.objects(term, predicate)} == {"zh", "en"}, term  # type: ignore[attr-defined]
    assert not any(isinstance(node, BNode) for triple in rdf for node in triple)
    assert (kg("partnerOf"), RDF.type, OWL.SymmetricProperty) in rdf


def test_units_and_terms_are_tidy() -> None:
    names = [t.name for t in terms()]
    assert len(names) == len(set(names))
    assert list(units()) == sorted(units())
