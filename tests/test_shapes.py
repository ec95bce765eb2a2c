"""shapes.ttl: what is built conforms, and every constraint of every shape catches what it is there for."""

from __future__ import annotations

import io
from typing import get_args

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from extractors.model import Change, Comparator, IssuedBasis, Modality, Status
from extractors.ontology import entity_types, relation_types
from kg import shapes
from kg.assemble import assemble
from kg.conform import Violation, violations
from kg.export.turtle import write as write_turtle
from kg.rdf import Rdf, to_rdf
from kg.shapes import SHAPES
from tests.sample import Draft, hostile, plan, posts

PREFIXES = """
@prefix kg: <https://w3id.org/policykg/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix : <urn:x:> .
"""
SOUND = f"""{PREFIXES}
:article a kg:Article ; dcterms:title "两部门发文"@zh ; dcterms:issued "2024-03" ; kg:issuedBasis "given" ;
    kg:source "a.txt" ; kg:sha256 "{"0f" * 32}" ; kg:textLength 90 .
:ministry a kg:Organization, kg:Ministry ; skos:prefLabel "水利部"@zh ; skos:altLabel "部里"@zh ;
    kg:within "北京市"@zh ; kg:mentionedIn :article ; kg:issued :plan .
:plan a kg:Policy ; skos:prefLabel "灌区规划"@zh ; kg:documentNumber "水规〔2024〕1号" ; kg:mentionedIn :article ;
    kg:issuedOn :day .
:old dcterms:isReplacedBy :ministry .
:before a kg:Organization ; skos:prefLabel "水利电力部"@zh ; kg:mentionedIn :article ; kg:successor :ministry ;
    kg:ended "1988-04" .
:fair a kg:Event ; skos:prefLabel "第三届灌溉展"@zh ; kg:mentionedIn :article ; kg:inSeries :fairs .
:fairs a kg:Series ; skos:prefLabel "灌溉展"@zh .
:again a kg:Article ; dcterms:title "转载：两部门发文"@zh ; dcterms:issued "2024-03" ; kg:issuedBasis "given" ;
    kg:source "b.txt" ; kg:sha256 "{"0e" * 32}" ; kg:textLength 91 ; kg:reprintOf :article .
:day a kg:Date ; kg:edtf "2024-03" ; skos:prefLabel "3月"@zh ; kg:begin "2024-03-01"^^xsd:date ;
    kg:end "2024-03-31"^^xsd:date ; kg:mentionedIn :article .
:metric a kg:Metric ; skos:prefLabel "灌溉面积"@zh .
:thing a kg:Thing ; skos:prefLabel "全国"@zh .
:said a kg:Statement ; rdf:subject :ministry ; rdf:predicate kg:issued ; rdf:object :plan ; kg:modality "asserted" ;
    kg:confidence "0.9"^^xsd:decimal ; kg:rule "a verb" ; kg:evidence :span .
:dated a kg:Statement ; rdf:subject :plan ; rdf:predicate kg:issuedOn ; rdf:object :day ; kg:modality "planned" ;
    kg:confidence "0.8"^^xsd:decimal ; kg:rule "a verb" ; kg:evidence :span .
:wished a kg:Statement ; rdf:subject :ministry ; rdf:predicate kg:partnerOf ; rdf:object :ministry ;
    kg:modality "planned" ; kg:confidence "0.7"^^xsd:decimal ; kg:rule "a wish" ; kg:evidence :span .
:figure a kg:Figure ; kg:about :thing ; kg:metric :metric ; kg:comparator ">=" ; kg:value "10.5"^^xsd:decimal ;
    kg:upperValue "12"^^xsd:decimal ; kg:change "+" ; kg:unitText "亩" ; kg:unit kg:Mu ; kg:status "target" ;
    kg:time :day ; kg:statedBy :ministry ; kg:quote "10.5亩以上"@zh ; kg:confidence "0.8"^^xsd:decimal ;
    kg:rule "a noun" ; kg:evidence :span ; kg:contradicts :figure .
:span a kg:Span ; kg:inArticle :article ; kg:begin 10 ; kg:end 16 ; kg:rawBegin 20 ; kg:rawEnd 26 ;
    kg:quote "10.5亩"@zh ; kg:rule "a noun" .
"""

# Shape, constraint, the words of SOUND that are taken out, what stands there instead. A comma adds a second value.
BROKEN = [
    ("Named-prefLabel", "MinCount", 'skos:prefLabel "灌溉面积"@zh', 'rdf:value "灌溉面积"@zh'),
    ("Named-prefLabel", "MaxCount", '"水利部"@zh', '"水利部"@zh, "水务部"@zh'),
    ("Named-prefLabel", "LanguageIn", '"灌区规划"@zh', '"Irrigation plan"@en'),
    ("Named-prefLabel", "LanguageIn", '"全国"@zh', '"全国"'),
    ("Named-prefLabel", "MinLength", '"3月"@zh', '""@zh'),
    ("Named-altLabel", "LanguageIn", '"部里"@zh', '"部里"'),
    ("Named-altLabel", "MinLength", '"部里"@zh', '""@zh'),
    ("Entity-within", "MaxCount", '"北京市"@zh', '"北京市"@zh, "天津市"@zh'),
    ("Entity-within", "Datatype", '"北京市"@zh', "110000"),
    ("Entity-mentionedIn", "MinCount", "kg:mentionedIn :article ; kg:issued :plan", "kg:issued :plan"),
    ("Entity-mentionedIn", "Class", "kg:mentionedIn :article ; kg:issued", "kg:mentionedIn :plan ; kg:issued"),
    ("Numbered", "Class", ":plan a kg:Policy", ":plan a kg:Project"),
    ("Absorbed-isReplacedBy", "MaxCount", "isReplacedBy :ministry", "isReplacedBy :ministry, :plan"),
    ("Absorbed-isReplacedBy", "NodeKind", "isReplacedBy :ministry", 'isReplacedBy "水利部"'),
    ("Absorbed-type", "MaxCount", ":old ", ":old a kg:Organization ; "),
    ("Present-type", "MinCount", "isReplacedBy :ministry", "isReplacedBy :nobody"),
    ("Present-type", "MinCount", "rdf:object :plan", "rdf:object :nothing"),
    ("Article-named", "MinCount", 'dcterms:title "两部门发文"@zh ;', ""),
    ("Article-title", "MaxCount", '"两部门发文"@zh', '"两部门发文"@zh, "又题"@zh'),
    ("Article-title", "LanguageIn", '"两部门发文"@zh', '"两部门发文"'),
    ("Article-source", "Datatype", '"a.txt"', "<file:///a.txt>"),
    ("Article-source", "MinLength", '"a.txt"', '""'),
    ("Article-issued", "MaxCount", '"2024-03" ; kg:issuedBasis', '"2024-03", "2024-04" ; kg:issuedBasis'),
    ("Article-issued", "Datatype", '"2024-03" ; kg:issuedBasis', '"2024-03"^^xsd:gYearMonth ; kg:issuedBasis'),
    ("Article-issued", "Pattern", '"2024-03" ; kg:issuedBasis', '"3月" ; kg:issuedBasis'),
    ("Article-issuedBasis", "MinCount", 'kg:issuedBasis "given" ;', ""),
    ("Article-issuedBasis", "MaxCount", '"given"', '"given", "printed"'),
    ("Article-issuedBasis", "In", '"given"', '"guessed"'),
    ("Article-sha256", "MinCount", "kg:sha256", "kg:repair"),
    ("Article-sha256", "MaxCount", 'kg:sha256 "', f'kg:sha256 "{"a1" * 32}", "'),
    ("Article-sha256", "Datatype", 'kg:sha256 "', 'kg:sha256 17, "'),
    ("Article-sha256", "Pattern", 'kg:sha256 "', 'kg:sha256 "0F'),
    ("Article-textLength", "MinCount", "kg:textLength 90", 'kg:repair "none"'),
    ("Article-textLength", "MaxCount", "kg:textLength 90", "kg:textLength 90, 91"),
    ("Article-textLength", "Datatype", "kg:textLength 90", 'kg:textLength "90"'),
    ("Article-textLength", "MinInclusive", "kg:textLength 90", "kg:textLength -1"),
    ("Date-edtf", "MinCount", 'kg:edtf "2024-03" ;', ""),
    ("Date-edtf", "MaxCount", 'kg:edtf "2024-03"', 'kg:edtf "2024-03", "2024"'),
    ("Date-edtf", "Datatype", 'kg:edtf "2024-03"', "kg:edtf 2024"),
    ("Date-edtf", "MinLength", 'kg:edtf "2024-03"', 'kg:edtf ""'),
    ("Date-begin", "MinCount", 'kg:begin "2024-03-01"^^xsd:date ;', ""),
    ("Date-begin", "MaxCount", '"2024-03-01"^^xsd:date', '"2024-03-01"^^xsd:date, "2024-03-02"^^xsd:date'),
    ("Date-begin", "Datatype", '"2024-03-01"^^xsd:date', '"2024-03"^^xsd:gYearMonth'),
    ("Date-begin", "LessThanOrEquals", '"2024-03-01"^^xsd:date', '"2024-04-01"^^xsd:date'),
    ("Date-end", "MinCount", 'kg:end "2024-03-31"^^xsd:date ;', ""),
    ("Date-end", "MaxCount", '"2024-03-31"^^xsd:date', '"2024-03-31"^^xsd:date, "2024-04-01"^^xsd:date'),
    ("Date-end", "Datatype", '"2024-03-31"^^xsd:date', '"2024-03-31"'),
    ("Event-inSeries", "MaxCount", "kg:inSeries :fairs", "kg:inSeries :fairs, :series2 . :series2 a kg:Series"),
    ("Event-inSeries", "Class", "kg:inSeries :fairs", "kg:inSeries :fair"),
    ("Organization-successor", "Class", "kg:successor :ministry", "kg:successor :plan"),
    ("Organization-ended", "MaxCount", '"1988-04"', '"1988-04", "1988-05"'),
    ("Organization-ended", "Datatype", '"1988-04"', "1988"),
    ("Article-reprintOf", "MaxCount", "kg:reprintOf :article", "kg:reprintOf :article, :again"),
    ("Article-reprintOf", "Class", "kg:reprintOf :article", "kg:reprintOf :span"),
    ("Figure-contradicts", "Class", "kg:contradicts :figure", "kg:contradicts :thing"),
    ("Date-mentionedIn", "Class", '31"^^xsd:date ; kg:mentionedIn :article', '31"^^xsd:date ; kg:mentionedIn :day'),
    ("Figure-value", "MinCount", 'kg:value "10.5"^^xsd:decimal ;', ""),
    ("Figure-value", "MaxCount", '"10.5"^^xsd:decimal', '"10.5"^^xsd:decimal, "10.6"^^xsd:decimal'),
    ("Figure-value", "Datatype", '"10.5"^^xsd:decimal', "1.05E1"),
    ("Figure-value", "LessThanOrEquals", '"10.5"^^xsd:decimal', '"12.5"^^xsd:decimal'),
    ("Figure-upperValue", "MaxCount", '"12"^^xsd:decimal', '"12"^^xsd:decimal, "13"^^xsd:decimal'),
    ("Figure-upperValue", "Datatype", '"12"^^xsd:decimal', '"约12"'),
    ("Figure-unitText", "MinCount", 'kg:unitText "亩" ;', ""),
    ("Figure-unitText", "MaxCount", '"亩"', '"亩", "公顷"'),
    ("Figure-unitText", "Datatype", '"亩"', '"亩"@zh'),
    ("Figure-unit", "MaxCount", "kg:unit kg:Mu", "kg:unit kg:Mu, kg:Jin"),
    ("Figure-unit", "NodeKind", "kg:unit kg:Mu", 'kg:unit "亩"'),
    ("Figure-metric", "MaxCount", "kg:metric :metric", "kg:metric :metric, :thing"),
    ("Figure-metric", "Class", "kg:metric :metric", "kg:metric :thing"),
    ("Figure-about", "MaxCount", "kg:about :thing", "kg:about :thing, :plan"),
    ("Figure-about", "NodeKind", "kg:about :thing", 'kg:about "全国"'),
    ("FigureHolder", "SPARQL", "kg:about :thing", "kg:about :day"),
    ("FigureHolder", "SPARQL", "kg:about :thing", "kg:about :nothing"),
    ("Figure-comparator", "MinCount", 'kg:comparator ">=" ;', ""),
    ("Figure-comparator", "MaxCount", '">="', '">=", "="'),
    ("Figure-comparator", "In", '">="', '"≥"'),
    ("Figure-change", "MaxCount", '"+"', '"+", "-"'),
    ("Figure-change", "In", '"+"', '"up"'),
    ("Figure-status", "MinCount", 'kg:status "target" ;', ""),
    ("Figure-status", "MaxCount", '"target"', '"target", "actual"'),
    ("Figure-status", "In", '"target"', '"goal"'),
    ("Figure-time", "MaxCount", "kg:time :day", "kg:time :day, :later"),
    ("Figure-time", "Class", "kg:time :day", "kg:time :plan"),
    ("Figure-statedBy", "MaxCount", "kg:statedBy :ministry", "kg:statedBy :ministry, :plan"),
    ("Figure-statedBy", "Node", "kg:statedBy :ministry", "kg:statedBy :plan"),
    ("Figure-quote", "MinCount", 'kg:quote "10.5亩以上"@zh ;', ""),
    ("Figure-quote", "MaxCount", '"10.5亩以上"@zh', '"10.5亩以上"@zh, "10.5"@zh'),
    ("Figure-quote", "MinLength", '"10.5亩以上"@zh', '""@zh'),
    ("Statement-subject", "MinCount", "rdf:subject :ministry ; rdf:predicate kg:issued ;", "rdf:predicate kg:issued ;"),
    ("Statement-subject", "MaxCount", "rdf:subject :plan", "rdf:subject :plan, :ministry"),
    ("Statement-subject", "NodeKind", "rdf:subject :plan", 'rdf:subject "规划"'),
    ("Statement-object", "MinCount", "rdf:object :plan ;", ""),
    ("Statement-object", "MaxCount", "rdf:object :plan", "rdf:object :plan, :day"),
    ("Statement-object", "NodeKind", "rdf:object :plan", 'rdf:object "规划"'),
    ("Statement-predicate", "MinCount", "rdf:predicate kg:issued ;", ""),
    ("Statement-predicate", "MaxCount", "rdf:predicate kg:issued ;", "rdf:predicate kg:issued, kg:approved ;"),
    ("Statement-predicate", "In", "rdf:predicate kg:issued ;", "rdf:predicate kg:published ;"),
    ("Statement-modality", "MinCount", 'kg:modality "asserted" ;', ""),
    ("Statement-modality", "MaxCount", '"asserted"', '"asserted", "planned"'),
    ("Statement-modality", "In", '"asserted"', '"likely"'),
    ("Claim-confidence", "MinCount", 'kg:confidence "0.9"^^xsd:decimal ;', ""),
    ("Claim-confidence", "MaxCount", '"0.9"^^xsd:decimal', '"0.9"^^xsd:decimal, "0.5"^^xsd:decimal'),
    ("Claim-confidence", "Datatype", '"0.9"^^xsd:decimal', "9.0E-1"),
    ("Claim-confidence", "MinInclusive", '"0.9"^^xsd:decimal', '"-0.1"^^xsd:decimal'),
    ("Claim-confidence", "MaxInclusive", '"0.9"^^xsd:decimal', '"1.1"^^xsd:decimal'),
    ("Claim-rule", "MinCount", 'kg:rule "a wish" ;', ""),
    ("Claim-rule", "Datatype", '"a wish"', '"a wish"@en'),
    ("Claim-rule", "MinLength", '"a wish"', '""'),
    ("Claim-evidence", "MinCount", 'kg:rule "a wish" ; kg:evidence :span', 'kg:rule "a wish"'),
    ("Claim-evidence", "Class", 'kg:rule "a wish" ; kg:evidence :span', 'kg:rule "a wish" ; kg:evidence :nowhere'),
    ("Span-inArticle", "MinCount", "kg:inArticle :article ;", ""),
    ("Span-inArticle", "MaxCount", "kg:inArticle :article", "kg:inArticle :article, :plan"),
    ("Span-inArticle", "Class", "kg:inArticle :article", "kg:inArticle :plan"),
    ("Span-begin", "MinCount", "kg:begin 10 ;", ""),
    ("Span-begin", "MaxCount", "kg:begin 10", "kg:begin 10, 11"),
    ("Span-begin", "Datatype", "kg:begin 10", "kg:begin 10.0"),
    ("Span-begin", "MinInclusive", "kg:begin 10", "kg:begin -1"),
    ("Span-begin", "LessThan", "kg:begin 10", "kg:begin 16"),
    ("Span-end", "MinCount", "kg:end 16 ;", ""),
    ("Span-end", "MaxCount", "kg:end 16", "kg:end 16, 17"),
    ("Span-end", "Datatype", "kg:end 16", 'kg:end "16"'),
    ("Span-rawBegin", "MaxCount", "kg:rawBegin 20", "kg:rawBegin 20, 21"),
    ("Span-rawBegin", "Datatype", "kg:rawBegin 20", "kg:rawBegin 20.0"),
    ("Span-rawBegin", "MinInclusive", "kg:rawBegin 20", "kg:rawBegin -20"),
    ("Span-rawBegin", "LessThanOrEquals", "kg:rawBegin 20", "kg:rawBegin 27"),
    ("Span-rawEnd", "MaxCount", "kg:rawEnd 26", "kg:rawEnd 26, 27"),
    ("Span-rawEnd", "Datatype", "kg:rawEnd 26", 'kg:rawEnd "26"'),
    ("Span-quote", "MinCount", 'kg:quote "10.5亩"@zh ;', ""),
    ("Span-quote", "MaxCount", '"10.5亩"@zh', '"10.5亩"@zh, "10亩"@zh'),
    ("Span-quote", "LanguageIn", '"10.5亩"@zh', '"10.5 mu"@en'),
    ("Span-quote", "MinLength", '"10.5亩"@zh', '""@zh'),
    ("Span-rule", "MinCount", '"10.5亩"@zh ; kg:rule "a noun"', '"10.5亩"@zh'),
    ("Span-rule", "Datatype", '"10.5亩"@zh ; kg:rule "a noun"', '"10.5亩"@zh ; kg:rule 1'),
    ("Span-rule", "MinLength", '"10.5亩"@zh ; kg:rule "a noun"', '"10.5亩"@zh ; kg:rule ""'),
    ("BareEdge", "SPARQL", "kg:issued :plan", "kg:issued :plan ; kg:partnerOf :plan"),
    ("BareEdge", "SPARQL", "rdf:predicate kg:issued ;", "rdf:predicate kg:approved ;"),
    ("MissingEdge", "SPARQL", "; kg:issued :plan", ""),
    ("UnfulfilledEdge", "SPARQL", "kg:issued :plan", "kg:issued :plan ; kg:partnerOf :ministry"),
    ("UnfulfilledEdge", "SPARQL", '"asserted"', '"negated"'),
]  # fmt: skip
PARAMETERS = {
    SH.minCount: "MinCount", SH.maxCount: "MaxCount", SH.datatype: "Datatype", SH["class"]: "Class", SH["in"]: "In",
    SH.pattern: "Pattern", SH.minLength: "MinLength", SH.languageIn: "LanguageIn", SH.nodeKind: "NodeKind",
    SH.minInclusive: "MinInclusive", SH.maxInclusive: "MaxInclusive", SH.lessThan: "LessThan", SH.node: "Node",
    SH.lessThanOrEquals: "LessThanOrEquals", SH.sparql: "SPARQL", SH["or"]: "Or",
}  # fmt: skip


def found(turtle: str) -> set[Violation]:
    return violations(Graph().parse(data=turtle, format="turtle"))


@pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()], []], ids=["plain", "hostile", "empty"])
def test_what_is_assembled_conforms(drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    assert violations(to_rdf(graph)) == set()
    out = io.StringIO()
    write_turtle(Rdf(graph, align=True), out)
    assert found(out.getvalue()) == set()


def test_the_sound_graph_is_sound() -> None:
    assert found(SOUND) == set()


@pytest.fixture(scope="module")
def caught() -> set[Violation]:
    """What is found in all the broken graphs, each with IRIs of its own: at once, which is quicker."""
    graph = Graph()
    for number, (shape, _, old, new) in enumerate(BROKEN):
        turtle = SOUND.replace(old, new, 1)
        assert turtle != SOUND, old
        if shape == "Article-named":  # by a title or a source
            turtle = turtle.replace('kg:source "a.txt" ;', "")
        graph.parse(data=turtle.replace("urn:x:", f"urn:{number}:"), format="turtle")
    return violations(graph)


@pytest.mark.parametrize(
    ("number", "shape", "constraint"),
    [(number, shape, constraint) for number, (shape, constraint, _, _) in enumerate(BROKEN)],
)
def test_every_constraint_catches(caught: set[Violation], number: int, shape: str, constraint: str) -> None:
    here = [v for v in caught if v.node.startswith(f"urn:{number}:") and (v.shape, v.constraint) == (shape, constraint)]
    assert here and all(v.message and v.message_zh for v in here)


def test_what_a_shape_without_words_finds_is_told_by_its_path_and_value(caught: set[Violation]) -> None:
    assert all(v.message and v.message_zh for v in caught)
    broken = SOUND.replace("kg:statedBy :ministry", "kg:statedBy :plan")
    (fault,) = (violation for violation in found(broken) if violation.shape == "Speaker")
    assert str(fault) == "kg:statedBy urn:x:plan is not as shape:Speaker wants it (Or)"
    assert fault.message_zh == "kg:statedBy urn:x:plan 不符合 shape:Speaker（Or）"


def constraints() -> set[tuple[str, str]]:
    """Shape and constraint of all that shapes.ttl says, but for shapes that others ask by name."""
    rdf = shapes.shapes()
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    said = set()
    for shape in {s for target in targets for s in rdf.subjects(target)}:
        for predicate, value in rdf.predicate_objects(shape):
            if predicate in PARAMETERS:
                said.add((str(value if predicate == SH.sparql else shape), PARAMETERS[URIRef(predicate)]))
            else:
                assert predicate in {*targets, RDF.type, SH.path, SH.message} or "#label" in predicate, predicate
    return {(shape.removeprefix(SHAPES), constraint) for shape, constraint in said}


def ends() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The shapes that the schema makes: relation, and what may stand at its end."""
    shapes_of: dict[str, tuple[str, tuple[str, ...]]] = {}
    for relation in relation_types().values():
        name = relation.iri.removeprefix("kg:")
        shapes_of |= {f"{name}From": (relation.iri, relation.source), f"{name}To": (relation.iri, relation.target)}
    return shapes_of


def test_nothing_in_the_shapes_is_untried() -> None:
    tried = {(shape, constraint) for shape, constraint, _, _ in BROKEN}
    assert {pair for pair in constraints() if pair[0] not in ends()} == tried
    assert {shape for shape, _ in constraints()} >= ends().keys()


def test_relations_go_from_and_to_what_the_schema_says() -> None:
    """One graph: each relation between things of each type, and from an article to an article."""
    kinds = [entity.iri for entity in entity_types().values()] + ["kg:Date"]
    turtle = [PREFIXES, ":a a kg:Article . :f a kg:Figure .", *(f":{k.partition(':')[2]} a {k} ." for k in kinds)]
    for iri in {iri for iri, _ in ends().values()}:
        name = iri.removeprefix("kg:")
        turtle += [f":x-{name} {iri} :y-{name} .", f":{name}-a a kg:Article ; {iri} :a .", f":a {iri} :{name}-f ."]
        turtle += [f":{end.partition(':')[2]} {iri} :{end.partition(':')[2]} ." for end in kinds]
    caught = {(v.shape, v.node.removeprefix("urn:x:")) for v in found("\n".join(turtle))}
    for shape, (_, allowed) in ends().items():
        names = {node for of, node in caught if of == shape}
        assert "a" in names and any(node.startswith(("x-", "y-")) for node in names), shape
        wrong = {k.partition(":")[2] for k in kinds} - set(allowed)
        assert names & {k.partition(":")[2] for k in kinds} == wrong, shape


@pytest.mark.parametrize(
    ("shape", "type_"),
    [
        ("Article-issuedBasis", IssuedBasis),
        ("Figure-comparator", Comparator),
        ("Figure-change", Change),
        ("Figure-status", Status),
        ("Statement-modality", Modality),
    ],
)
def test_lists_are_those_of_the_records(shape: str, type_: object) -> None:
    rdf = shapes.shapes()
    listed = rdf.value(URIRef(SHAPES + shape), SH["in"])
    assert listed is not None
    assert [str(value) for value in rdf.items(listed)] == list(get_args(type_))


def test_what_is_shipped_is_what_the_schema_makes() -> None:
    out = io.StringIO()
    shapes.write(out)
    assert out.getvalue() == shapes.shipped(), "run: kg ontology --shapes > new.ttl && mv new.ttl kg/shapes.ttl"


def test_every_shape_speaks_two_languages() -> None:
    rdf = shapes.shapes()
    for shape in {*rdf.subjects(RDF.type, SH.PropertyShape), *rdf.subjects(RDF.type, SH.SPARQLConstraint)}:
        assert {getattr(m, "language", None) for m in rdf.objects(shape, SH.message)} == {"zh", "en"}, shape


def test_the_shapes_are_shapes() -> None:
    """By SHACL's own shapes for shapes: nothing is misspelt."""
    conforms, _, words = validate(Graph(), shacl_graph=shapes.shapes(), meta_shacl=True)
    assert conforms, words
