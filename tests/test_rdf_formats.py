"""Every RDF format says the same triples to every reader, in the same bytes each time, in constant memory."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.plugins.parsers.notation3 import BadSyntax
from typer.testing import CliRunner, Result

from kg.assemble import assemble
from kg.cli import app
from kg.describe import Describer
from kg.export import formats, write_rdf
from kg.graph import GraphData
from kg.header import Count
from kg.loading import NoGraph, load
from kg.model import CannotRun
from kg.query import ask, named_queries
from kg.rdf import Rdf, to_rdf
from kg.vocab import NAMESPACE
from tests.grown import grown
from tests.sample import Draft, hostile, plan, posts
from tests.test_turtle import Triple, by_rdflib, oxigraph_term

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
IN_RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


def write(graph: GraphData, name: str, **options: bool) -> bytes:
    out = io.BytesIO()
    formats.write(Rdf(graph, **options), out, name)
    return out.getvalue()


def quads(data: bytes, ending: str) -> list[pyoxigraph.Quad]:
    form = pyoxigraph.RdfFormat.from_extension(ending)
    return list(pyoxigraph.parse(input=data, format=form))


def read_by_oxigraph(data: bytes, ending: str) -> set[Triple]:
    return {tuple(map(oxigraph_term, (q.subject, q.predicate, q.object))) for q in quads(data, ending)}


def read_by_rdflib(data: bytes, ending: str) -> set[Triple]:
    whole = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib uses what it advises against
        if ending != "trig":
            return by_rdflib(whole.parse(data=data, format=IN_RDFLIB[ending]))
        for subject, predicate, value, _ in Dataset().parse(data=data, format="trig").quads():
            whole.add((subject, predicate, value))  # type: ignore[arg-type]
    return by_rdflib(whole)


def two_papers() -> GraphData:
    """Two articles say that one body issued a plan; one of them says more."""
    first = Draft("一", "水利部印发《灌区办法》，水利部部长张强出席。", "2024-01-02", "a.txt")
    second = Draft("二", "据悉，水利部印发《灌区办法》。", None, "b.html")
    for draft in (first, second):
        water = draft.name("水利部", "Organization", kind="Ministry")
        rules = draft.name("《灌区办法》", "Policy", "灌区办法")
        draft.relate("issued", water, rules, "水利部印发《灌区办法》")
    first.relate("holds_post", first.name("张强", "Person"), water, "水利部部长张强", qualifier="部长")
    return assemble([first.facts(), second.facts()])


GRAPHS = {
    "plain": [plan(), posts()],
    "hostile": [hostile()],
    "empty": [],
}


@pytest.mark.parametrize("ending", formats.FORMATS)
@pytest.mark.parametrize("drafts", GRAPHS.values(), ids=GRAPHS)
def test_every_reader_sees_the_same_triples(ending: str, drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    data = write(graph, f"graph.{ending}")
    wanted = by_rdflib(to_rdf(graph))
    assert read_by_oxigraph(data, ending) == wanted
    assert read_by_rdflib(data, ending) == wanted
    assert {kind for triple in wanted for kind, *_ in triple} <= {"iri", "literal"}  # and no blank node


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=8), min_size=1, max_size=3))
def test_any_words_survive_in_every_format(names: list[str]) -> None:
    draft = Draft(names[0], "\x00".join(names))
    first = draft.name(names[0], "Organization")
    for name in names:
        draft.relate("partner_of", first, draft.name(name, "Organization", name + "公司"), name, rule=name)
    graph = assemble([draft.facts()])
    wanted = by_rdflib(to_rdf(graph))
    for ending in formats.FORMATS:
        assert read_by_oxigraph(write(graph, f"x.{ending}"), ending) == wanted, ending


@pytest.mark.parametrize("base", ["https://example.org/a&b/", "https://例子.cn/#", "urn:x:"])
def test_any_base_survives_in_every_format(base: str) -> None:
    graph = assemble([plan().facts(), posts().facts()])
    graph.base = base
    wanted = by_rdflib(to_rdf(graph))
    for ending in formats.FORMATS:
        assert read_by_oxigraph(write(graph, f"x.{ending}"), ending) == wanted, ending


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_queries_give_the_same_rows_from_every_format(ending: str, tmp_path: Path) -> None:
    graph = assemble([draft.facts() for draft in (plan(), posts())])
    for name in ("graph.ttl", f"other.{ending}.gz"):
        (tmp_path / name).write_bytes(write(graph, name))
    for question in ("targets-due", "co-issuers", "evidence"):
        sparql = named_queries()[question]
        assert ask(tmp_path / f"other.{ending}.gz", sparql) == ask(tmp_path, sparql)


def test_aligned_types_are_the_same_in_every_format() -> None:
    graph = assemble([plan().facts(), posts().facts()])
    wanted = read_by_oxigraph(write(graph, "ttl", align=True), "ttl")
    assert ("iri", "https://schema.org/GovernmentOrganization") in {value for _, _, value in wanted}
    for ending in formats.FORMATS:
        assert read_by_oxigraph(write(graph, ending, align=True), ending) == wanted, ending


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_what_was_written_loads_and_is_written_again_as_it_was(ending: str, tmp_path: Path) -> None:
    for drafts in GRAPHS.values():
        graph = assemble([draft.facts() for draft in drafts])
        for name in (f"graph.{ending}", f"graph.{ending}.gz"):
            (file,) = (place for place, _ in write_rdf(graph, [tmp_path / name]))
            again = load(file)
            assert again.statements == graph.statements and again.observations == graph.observations
            assert write(again, name) == file.read_bytes()


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_the_order_of_the_articles_does_not_matter(ending: str) -> None:
    drafts = [plan(), posts(), hostile()]
    first, second = (assemble([d.facts() for d in some]) for some in (drafts, drafts[::-1]))
    assert write(first, ending) == write(second, ending)


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_gz_compresses_and_knows_neither_clock_nor_name(ending: str) -> None:
    graph = assemble([plan().facts()])
    packed = write(graph, f"one.{ending}.gz")
    assert packed == write(graph, f"other.{ending}.gz")
    assert gzip.decompress(packed) == write(graph, f"one.{ending}") and packed[4:8] == bytes(4)


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_writing_needs_no_more_for_more(ending: str) -> None:
    few = assemble([plan().facts(), posts().facts()])
    many = grown(few, 40)
    peaks = []
    for graph in (few, many):
        graph.statements_of("")  # the indexes stay with the graph
        graph.observations_of("")
        write(graph, ending)
        with Path("/dev/null").open("wb") as out:
            tracemalloc.start()
            formats.write(Rdf(graph), out, ending)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert Count.of(Describer(many)).triples > 8_000
    assert peaks[1] < peaks[0] + 100_000, peaks


def test_trig_has_a_graph_for_what_each_article_says() -> None:
    graph = two_papers()
    named: dict[str, set[Triple]] = defaultdict(set)
    for quad in quads(write(graph, "trig"), "trig"):
        name = "" if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else quad.graph_name.value
        named[name].add(tuple(map(oxigraph_term, (quad.subject, quad.predicate, quad.object))))
    default = named.pop("")
    assert set(named) == {graph.base + article for article in graph.articles}
    said = {name: {p[1].removeprefix(NAMESPACE) for _, p, _ in triples} for name, triples in named.items()}
    fuller, other = (graph.base + article for article in sorted(graph.articles, key=graph.name))
    assert "issued" in said[fuller] and "holdsPost" in said[fuller]
    assert "issued" in said[other] and "holdsPost" not in said[other]
    # A statement of two articles rests, in the graph of each, on the words of that article alone.
    spans = {name: {o for s, p, o in triples if p[1] == f"{NAMESPACE}evidence"} for name, triples in named.items()}
    assert all(spans.values()) and not spans[fuller] & spans[other]
    for name, triples in named.items():
        assert {o[1] for s, p, o in triples if p[1] == f"{NAMESPACE}mentionedIn"} == {name}
        assert {o[1] for s, p, o in triples if p[1] == f"{NAMESPACE}inArticle"} == {name}
    # What things are and are called is nobody's word, and said once.
    known = {p[1].rpartition("/")[2].rpartition("#")[2] for _, p, _ in default}
    assert {"prefLabel", "title", "triples"} <= known
    assert not {"mentionedIn", "issued", "evidence", "subject"} & (known - {"issued"})
    assert not any(p[1].endswith("prefLabel") for triples in named.values() for _, p, _ in triples)


def test_trig_has_no_empty_graphs() -> None:
    graph = assemble([plan().facts(), Draft("空", "无事。").facts()])
    text = write(graph, "trig").decode()
    assert len(graph.articles) == 2 and text.count("{\n") == text.count("}\n") == 1


@pytest.mark.parametrize("ending", [ending for ending, form in formats.FORMATS.items() if form.reifies])
def test_rdf12_reifies_what_is_stated_and_adds_nothing_else(ending: str, tmp_path: Path) -> None:
    graph = assemble([plan().facts(), posts().facts()])
    reified = {
        (q.subject.value, q.object.subject.value, q.object.predicate.value, q.object.object.value)
        for q in quads(write(graph, ending, rdf12=True), ending)
        if q.predicate.value == f"{RDF}reifies"
    }
    wanted = f"SELECT ?i ?s ?p ?o {{ ?i a <{NAMESPACE}Statement> ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}"
    rows = to_rdf(graph).query(wanted)
    assert reified == {tuple(map(str, row)) for row in rows} and len(reified) == len(graph.statements)
    assert any(s.modality == "planned" for s in graph.statements.values())
    without, with_ = Rdf(graph), Rdf(graph, rdf12=True)
    assert with_.header.triples == without.header.triples + len(reified)
    assert b"reifies" not in write(graph, ending)
    (tmp_path / f"new.{ending}").write_bytes(write(graph, ending, rdf12=True))
    assert write(load(tmp_path / f"new.{ending}"), "ttl") == write(graph, "ttl")


def test_rdflib_refuses_rdf12() -> None:
    turtle = write(assemble([plan().facts()]), "ttl", rdf12=True)
    with pytest.raises(BadSyntax):
        Graph().parse(data=turtle, format="turtle")


def test_json_ld_reads_as_json() -> None:
    graph = assemble([plan().facts()])
    document = json.loads(write(graph, "jsonld"))
    things = {thing["id"]: thing for thing in document["@graph"]}
    (figure,) = (t for t in things.values() if t.get("type") == "Figure" and t["status"] == "target")
    assert (figure["value"], figure["comparator"], figure["unitText"]) == ("50000", "~", "辆")
    assert things[figure["metric"]] == {"id": figure["metric"], "type": "Metric", "prefLabel": "燃料电池车辆保有量"}
    policy = things[figure["about"]]
    assert policy["prefLabel"] == "氢能产业发展规划" and policy["documentNumber"] == "发改高技〔2022〕206号"
    (statement,) = (t for t in things.values() if t.get("type") == "Statement" and t["predicate"] == "issuedOn")
    assert things[statement["object"]]["edtf"] == "2024-03-04" and policy["issuedOn"] == statement["object"]
    # Outside the header nothing needs to say what it is, but for days.
    own = [thing for thing in things.values() if ":Dataset/" not in thing["id"]]
    marked = {key for thing in own for key, value in thing.items() if isinstance(value, dict)}
    assert marked == {"begin", "end"} and set(document["@context"]) >= {"prefLabel", "quote", "value", "issuedOn"}


def test_n_triples_are_one_a_line() -> None:
    lines = write(assemble([plan().facts(), hostile().facts()]), "nt").decode().split("\n")
    assert lines.pop() == "" and all(line.startswith("<") and line.endswith(" .") for line in lines)
    assert len(set(lines)) == len(lines)


def test_wrong_endings_are_one_clear_line() -> None:
    for name in ("graph.txt", "graph", "graph.gz", "graph.ttl.bz2"):
        with pytest.raises(CannotRun, match="no RDF format; there are ttl"):
            formats.format_of(name)
    with pytest.raises(CannotRun, match="JSON-LD cannot say what --rdf12 adds"):
        formats.names("nt,jsonld", rdf12=True)
    assert formats.names(" nt.gz, .trig,,ttl") == ["graph.ttl", "graph.nt.gz", "graph.trig"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_the_command_builds_and_exports(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("3月4日，国家能源局、科技部联合印发《示范项目管理办法》。\n", encoding="utf-8")
    out = tmp_path / "out"
    done = run("build", tmp_path / "page.txt", "--out", out, "--issued", "2024-03-05", "--format", "nt.gz,trig")
    assert done.exit_code == 0 and "graph.nt.gz" in done.stdout, done.stderr
    triples = read_by_oxigraph((out / "graph.ttl").read_bytes(), "ttl")
    assert read_by_oxigraph(gzip.decompress((out / "graph.nt.gz").read_bytes()), "nt") == triples
    assert read_by_oxigraph((out / "graph.trig").read_bytes(), "trig") == triples
    new = [tmp_path / "new" / name for name in ("a.jsonld", "b.rdf.gz", "graph.ttl")]
    done = run("export", *new, "--graph", out / "graph.nt.gz")
    assert done.exit_code == 0 and f"{new[0]}: {len(triples):,} triples\n" in done.stdout, done.stderr
    assert read_by_oxigraph(new[0].read_bytes(), "jsonld") == triples
    assert new[2].read_bytes() == (out / "graph.ttl").read_bytes()
    for wrong in (["a.txt"], ["a.jsonld", "--rdf12"], [tmp_path / "a.nt", "--licence", "mine"]):
        done = run("export", *wrong, "--graph", out)
        assert done.exit_code == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    done = run("build", tmp_path / "page.txt", "--out", tmp_path / "no", "--format", "nt,n3")
    assert done.exit_code == 2 and "graph.n3" in done.stderr and not (tmp_path / "no").exists()


def test_what_others_add_does_not_get_in_the_way(tmp_path: Path) -> None:
    graph = assemble([plan().facts()])
    more = '\n<http://example.org/people/1> a <http://xmlns.com/foaf/0.1/Person> ; skos:prefLabel "某人" .\n'
    (tmp_path / "graph.ttl").write_bytes(write(graph, "ttl") + more.encode())
    assert write(load(tmp_path), "ttl") == write(graph, "ttl")
    (tmp_path / "graph.csv").write_bytes(b"a,b\n")
    with pytest.raises(NoGraph, match="its ending is that of no RDF format"):
        load(tmp_path / "graph.csv")


def test_graphs_put_together_are_one_in_any_order(tmp_path: Path) -> None:
    sure = write(assemble([plan().facts()]), "nt")
    less = sure.replace(b'confidence> "0.8"', b'confidence> "0.6"')
    assert sure != less
    together = []
    for number, files in enumerate([sure + less, less + sure]):
        (tmp_path / f"{number}.nt").write_bytes(files)
        together.append(load(tmp_path / f"{number}.nt").statements)
    assert together[0] == together[1] == assemble([plan().facts()]).statements


@pytest.mark.parametrize("harm", [lambda packed: packed[:200], lambda packed: packed[:200] + b"?" * 99])
def test_a_damaged_archive_is_no_graph(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "graph.nt.gz"
    path.write_bytes(harm(gzip.compress(write(assemble([plan().facts()]), "nt"))))
    with pytest.raises(NoGraph, match="not a readable graph"):
        load(path)
    with pytest.raises(CannotRun, match=r"graph\.nt\.gz: not a readable graph"):
        ask(path, "ASK {}")
