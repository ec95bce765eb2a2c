"""The shipped queries give the same rows in rdflib, in Oxigraph and in a real Virtuoso, and counts agree after loading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from SPARQLWrapper import JSON, SPARQLWrapper

from kg.assemble import assemble
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
