"""The shipped queries give the same rows in rdflib, in Oxigraph and in a real Virtuoso; counts agree after loading."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse
from SPARQLWrapper import JSON, SPARQLWrapper

from kg.assemble import assemble
from kg.export import write_rdf
from kg.loading import load
from kg.query import named_queries
from tests.sample import hostile, plan, posts
from tests.test_query import newspaper
from tests.test_turtle import write
from tests.virtuoso import Virtuoso, virtuoso

GRAPH = "urn:policykg:test"
SEVERAL = " | "  # what the queries put between names in one cell, in whatever order the engine took them

Row = tuple[str | None, ...]
Engine = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample graph, with every string that ever broke a parser in it."""
    drafts = [plan(), posts(), hostile(), *newspaper()]
    path = tmp_path_factory.mktemp("stores") / "graph.ttl"
    path.write_bytes(write(assemble([draft.facts() for draft in drafts])))
    return path


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[Virtuoso]:
    with virtuoso(graph.parent) as running:
        running.load(graph, GRAPH)
        yield running


@pytest.fixture(scope="module")
def engines(graph: Path, server: Virtuoso) -> dict[str, Engine]:
    slow = rdflib.Graph().parse(graph)
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.TURTLE)

    def in_rdflib(sparql: str) -> list[Row]:
        found = slow.query(sparql)
        return [tuple(None if row[v] is None else str(row[v]) for v in found.vars or ()) for row in found]

    def in_oxigraph(sparql: str) -> list[Row]:
        return [tuple(v.value if v is not None else None for v in row) for row in store.query(sparql)]

    def in_virtuoso(sparql: str) -> list[Row]:
        asked = SPARQLWrapper(server.endpoint, defaultGraph=GRAPH, returnFormat=JSON)
        asked.setMethod("POST")
        asked.setQuery(sparql)
        found = asked.queryAndConvert()
        return [
            tuple(row[v]["value"] if v in row else None for v in found["head"]["vars"])
            for row in found["results"]["bindings"]
        ]

    return {"rdflib": in_rdflib, "oxigraph": in_oxigraph, "virtuoso": in_virtuoso}


def compared(rows: list[Row]) -> Counter[Row]:
    return Counter(
        tuple(cell and SEVERAL.join(sorted(cell.split(SEVERAL))) if SEVERAL in (cell or "") else cell for cell in row)
        for row in rows
    )


@pytest.mark.parametrize("name", named_queries())
def test_three_engines_give_the_same_rows(name: str, engines: dict[str, Engine]) -> None:
    answers = {engine: compared(ask(named_queries()[name])) for engine, ask in engines.items()}
    assert answers["rdflib"] == answers["oxigraph"] == answers["virtuoso"]
    assert answers["oxigraph"], "the sample graph has an answer to every question"


def test_counts_agree_after_loading(engines: dict[str, Engine]) -> None:
    counts = {
        engine: ask("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        + ask("SELECT DISTINCT ?t WHERE { ?s a ?t } ORDER BY ?t")
        for engine, ask in engines.items()
    }
    assert counts["rdflib"] == counts["oxigraph"] == counts["virtuoso"]


def test_chinese_is_asked_by_its_words(engines: dict[str, Engine]) -> None:
    """A name in a query finds its node in every store, language tag and all."""
    asked = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX kg: <https://w3id.org/policykg/ns#>
        SELECT ?name WHERE { ?body a kg:Ministry ; skos:prefLabel ?name ; skos:altLabel "国家发展改革委"@zh }"""
    for ask in engines.values():
        assert ask(asked) == [("国家发展和改革委员会",)]


# How Virtuoso loads each format; 256 stands for TriG, whose default graph goes into the graph that is named.
LOADERS = {
    "nt": "DB.DBA.TTLP_MT(file_to_string_output('{file}'), '', '{graph}', 0);",
    "ttl.gz": "DB.DBA.TTLP_MT(gz_file_open('{file}'), '', '{graph}', 0);",
    "trig": "DB.DBA.TTLP(file_to_string_output('{file}'), '', '{graph}', 256);",
    "rdf": "DB.DBA.RDF_LOAD_RDFXML_MT(file_to_string_output('{file}'), '', '{graph}');",
}


@pytest.mark.parametrize("ending", LOADERS)
def test_virtuoso_reads_every_format(ending: str, graph: Path, server: Virtuoso) -> None:
    place, name = graph.with_name(f"other.{ending}"), f"urn:policykg:{ending}"
    (triples,) = (number for _, number in write_rdf(load(graph), [place]))
    server.run(LOADERS[ending].format(file=place.resolve(), graph=name))
    asked = SPARQLWrapper(server.endpoint, returnFormat=JSON)
    asked.setQuery(f"""SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{
        GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{name}> || {json.dumps(ending == "trig")}
        && STRSTARTS(STR(?g), "urn:policykg:Article/")) }} }}""")
    assert int(asked.queryAndConvert()["results"]["bindings"][0]["n"]["value"]) == triples


def page_statements() -> list[str]:
    """The isql sessions that docs/triple-stores.md shows, in their order."""
    page = (Path(__file__).parent.parent / "docs" / "triple-stores.md").read_text(encoding="utf-8")
    return [block.partition("```")[0].replace("\n", " ").strip() for block in page.split("```sql\n")[1:]]


def test_virtuoso_loads_as_the_page_says(graph: Path, server: Virtuoso) -> None:
    """One file, the bulk loader on a compressed one, a graph per article from TriG: the same triples."""
    for name in ("graph.nt.gz", "graph.trig"):
        command = [sys.executable, "-m", "kg", "export", str(server.folder / name), "--graph", str(graph)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    triples = list(parse(path=str(graph), format=RdfFormat.TURTLE))
    articles = {triple.object.value for triple in triples if triple.predicate.value.endswith("#mentionedIn")}
    one, many, apart = page_statements()
    for number, statement in enumerate((one, many, apart)):
        named = statement.replace("/data/exports", str(server.folder)).replace(
            "urn:policykg:graph", f"urn:way:{number}"
        )
        server.run(named)
    for number in (0, 1):
        assert server.count(f"SELECT (COUNT(*) AS ?n) FROM <urn:way:{number}> WHERE {{ ?s ?p ?o }}") == len(triples)
    for article in articles:
        asked = f"SELECT (COUNT(*) AS ?n) FROM <{article}> WHERE {{ ?s kg:mentionedIn ?o }}"
        assert server.count(f"PREFIX kg: <https://w3id.org/policykg/ns#> {asked}") > 0, article
