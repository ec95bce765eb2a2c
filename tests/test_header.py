"""The header of the RDF says what was built, from what, issued when, by which version, under which licence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from rdflib import DCAT, PROV, RDF, SDO, VOID, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from kg.assemble import assemble
from kg.describe import Describer
from kg.export import write_all, write_rdf
from kg.graph import GraphData
from kg.header import Count
from kg.loading import load
from kg.model import About, CannotRun
from kg.pipeline import build, check_iri
from kg.rdf import Rdf, to_rdf
from kg.vocab import KG, NAMESPACE
from tests.grown import grown
from tests.sample import Draft, hostile, plan, posts

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def papers() -> GraphData:
    drafts = [plan(), posts(), Draft(None, "无日期。", None, "web/page.HTML"), Draft("年内", "某年。", "2023", "脚注")]
    return assemble([draft.facts() for draft in drafts])


def dataset(rdf: Graph) -> URIRef:
    (found,) = rdf.subjects(RDF.type, DCAT.Dataset)
    assert isinstance(found, URIRef) and (found, RDF.type, VOID.Dataset) in rdf
    return found


def one(rdf: Graph, subject: URIRef, predicate: URIRef) -> str:
    (found,) = rdf.objects(subject, predicate)
    return str(found)


def test_how_much_there_is_is_true() -> None:
    graph = papers()
    rdf = to_rdf(graph)
    head = dataset(rdf)
    assert int(one(rdf, head, VOID.triples)) == len(rdf) == Rdf(graph).header.triples
    assert int(one(rdf, head, VOID.distinctSubjects)) == len(set(rdf.subjects()))
    assert int(one(rdf, head, VOID.entities)) == len(graph.entities) > 5
    counted = Counter(kind for kind in rdf.objects(None, RDF.type) if str(kind).startswith(NAMESPACE))
    told = {
        next(rdf.objects(part, VOID["class"])): int(one(rdf, part, VOID.entities))
        for part in rdf.objects(head, VOID.classPartition)
    }
    assert told == counted and told[KG.Ministry] == 2


@pytest.mark.parametrize("options", [(False, False), (True, True)])
def test_counting_columns_counts_every_block(options: tuple[bool, bool]) -> None:
    drafts = [plan(), posts(), hostile(), Draft(None, "无日期。", None, "web/page.HTML")]
    described = Describer(grown(assemble([draft.facts() for draft in drafts]), 3), *options)
    blocks = list(described.everything())
    walked = Counter[URIRef]()
    for block in blocks:
        walked.update({predicate: len(values) for predicate, values in block.lines})
    found, named = Count.of(described), Count()
    named.seen([block.subject for block in blocks])
    assert (found.subjects, found.digest) == (len(blocks), named.digest)
    assert (found.triples, found.predicates) == (walked.total(), set(walked))
    assert found.classes == Counter(
        kind for block in blocks for p, kinds in block.lines if p == RDF.type for kind in kinds
    )


def test_of_nothing_nothing_is_counted() -> None:
    assert Count.of(Describer(GraphData())) == Count()


def test_from_what_and_when_and_by_whom() -> None:
    rdf = to_rdf(papers())
    head = dataset(rdf)
    files = {
        one(rdf, c, DCTERMS["format"]): int(one(rdf, c, SDO.collectionSize)) for c in rdf.objects(head, DCTERMS.source)
    }
    assert files == {"txt": 2, "html": 1, "text": 1}
    period = URIRef(one(rdf, head, DCTERMS.temporal))
    assert (one(rdf, period, DCAT.startDate), one(rdf, period, DCAT.endDate)) == ("2023-01-01", "2024-04-01")
    program = URIRef(one(rdf, head, PROV.wasAttributedTo))
    assert (one(rdf, program, SDO.name), one(rdf, program, SDO.softwareVersion)) == ("policykg", version("policykg"))
    said = {text.language: str(text) for text in rdf.objects(head, DCTERMS.description)}
    assert "4个文件（html 1, text 1, txt 2）的4篇文章" in said["zh"] and "1篇文章日期不明" in said["zh"]
    assert "in 4 articles of 4 files (html 1, text 1, txt 2). 1 article of unknown date." in said["en"]
    assert not list(rdf.objects(head, DCTERMS.license))


def test_vocabularies_and_examples_are_those_of_the_graph() -> None:
    graph = papers()
    rdf = to_rdf(graph)
    head = dataset(rdf)
    assert {str(v) for v in rdf.objects(head, VOID.vocabulary)} >= {NAMESPACE, str(DCTERMS), str(RDF)}
    examples = {str(e).removeprefix(graph.base).partition("/")[0] for e in rdf.objects(head, VOID.exampleResource)}
    assert examples == {"Organization", "Article", "Statement", "Figure"}
    assert all((e, RDF.type, None) in rdf for e in rdf.objects(head, VOID.exampleResource))
    assert one(rdf, head, VOID.uriSpace) == graph.base


def test_title_and_licence_are_told_and_kept(tmp_path: Path) -> None:
    graph = assemble([hostile().facts()])
    plain = to_rdf(graph)
    assert {t.language for t in plain.objects(dataset(plain), DCTERMS.title)} == {"zh", "en"}
    graph.about = About('氢能 "图谱"', CC_BY)
    list(write_rdf(graph, [tmp_path / "graph.ttl"]))
    about = load(tmp_path).about
    assert about == replace(graph.about, version=version("policykg"))
    rdf = Graph().parse(tmp_path / "graph.ttl")
    assert list(rdf.objects(dataset(rdf), DCTERMS.title)) == [Literal('氢能 "图谱"')]
    assert list(rdf.objects(dataset(rdf), DCTERMS.license)) == [URIRef(CC_BY)]


def test_who_writes_it_anew_is_not_who_read_the_sources(tmp_path: Path) -> None:
    graph = papers()
    graph.about = About(version="0.0.7")
    list(write_rdf(graph, [tmp_path / "graph.nt"]))
    again = to_rdf(load(tmp_path / "graph.nt"))
    assert {str(v) for v in again.objects(None, SDO.softwareVersion)} == {"0.0.7"}


def test_other_articles_versions_and_options_make_another_dataset() -> None:
    graph = papers()
    same, fewer = papers(), assemble([plan().facts()])
    other = papers()
    other.about = About(version="0.0.7")
    assert dataset(to_rdf(graph)) == dataset(to_rdf(same))
    heads = [Rdf(graph), Rdf(fewer), Rdf(other), Rdf(graph, align=True), Rdf(graph, rdf12=True)]
    assert len({rdf.header.opening[0].subject for rdf in heads}) == len(heads)


def test_an_empty_graph_has_a_header() -> None:
    rdf = to_rdf(assemble([]))
    assert one(rdf, dataset(rdf), VOID.triples) == str(len(rdf))


def test_the_header_names_the_files_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("3月4日，国家能源局、科技部联合印发《示范项目管理办法》。\n", encoding="utf-8")
    files = write_all(build(page, issued="2024-03-05"), tmp_path / "out", rdf_files=["graph.ttl", "graph.nt.gz"])
    rdf = Graph().parse(tmp_path / "out" / "graph.ttl")
    told = {one(rdf, file, SDO.name): file for file in rdf.objects(dataset(rdf), DCAT.distribution)}
    assert {*told, "report.json"} == {file.name for file in files} == {f.name for f in (tmp_path / "out").iterdir()}
    media = "https://www.iana.org/assignments/media-types/"
    assert one(rdf, told["graph.nt.gz"], DCAT.mediaType) == media + "application/n-triples"
    assert one(rdf, told["graph.nt.gz"], DCAT.compressFormat) == media + "application/gzip"
    assert not list(rdf.objects(told["graph.ttl"], DCAT.compressFormat))


@pytest.mark.parametrize("iri", ["CC-BY", "cc by:x", "https://a b/", "https://x/<y>", "https:///", "https://x/%zz"])
def test_a_licence_is_an_iri(iri: str) -> None:
    with pytest.raises(CannotRun, match=r"--licence .*: not an"):
        check_iri("--licence", iri)
    check_iri("--licence", CC_BY)
