"""graph.gexf by the rules that Gephi's importer follows."""

from __future__ import annotations

import io
from datetime import date

import networkx as nx
import pytest
from lxml import etree

from kg.assemble import assemble
from kg.export import gexf
from kg.graph import KnowledgeGraph
from tests.sample import Draft, hostile, plan, posts

NS = {"g": gexf.GEXF, "viz": gexf.VIZ}


def write(graph: KnowledgeGraph) -> bytes:
    out = io.BytesIO()
    gexf.write(graph, out)
    return out.getvalue()


@pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()], []], ids=["plain", "hostile", "empty"])
def test_networkx_reads_the_same_counts(drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    again = nx.read_gexf(io.BytesIO(write(graph)))
    assert (again.number_of_nodes(), again.number_of_edges()) == (
        graph.nx.number_of_nodes(),
        graph.nx.number_of_edges(),
    )
    assert (again.number_of_nodes(), again.number_of_edges()) == gexf.write(graph, io.BytesIO())


def test_nothing_that_gephi_drops() -> None:
    root = etree.fromstring(write(assemble([plan().facts(), posts().facts()])))
    assert root.get("version") == "1.3"
    head = root.find("g:graph", NS)
    assert head is not None and head.get("mode") == "dynamic" and head.get("timeformat") == "date"
    edges, nodes = root.findall(".//g:edge", NS), root.findall(".//g:node", NS)
    assert len({e.get("id") for e in edges}) == len(edges) > 0
    ids = {n.get("id") for n in nodes}
    for edge in edges:
        assert edge.get("type") == "directed" and edge.get("kind") and float(edge.get("weight") or 0) > 0
        assert edge.get("source") in ids and edge.get("target") in ids
    places = {(p.get("x"), p.get("y")) for p in root.findall(".//viz:position", NS)}
    assert len(places) == len(nodes)


def test_times_are_full_days_and_edges_begin_with_or_after_their_ends() -> None:
    root = etree.fromstring(write(assemble([plan().facts(), posts().facts()])))
    starts = {n.get("id"): n.get("start") for n in root.findall(".//g:node", NS)}
    for edge in root.findall(".//g:edge", NS):
        day = date.fromisoformat(edge.get("start") or "")
        for end in (edge.get("source"), edge.get("target")):
            assert date.fromisoformat(starts[end] or "") <= day
    assert b"end=" not in write(assemble([plan().facts()]))


def test_without_a_date_there_is_no_time() -> None:
    draft = Draft(None, "甲公司与乙公司合作。", issued=None)
    draft.relate(
        "partner_of", draft.name("甲公司", "Organization"), draft.name("乙公司", "Organization"), "甲公司与乙公司合作"
    )
    assert b"start=" not in write(assemble([draft.facts()]))


def test_weight_is_the_number_of_articles() -> None:
    first, second = Draft("一", "甲公司与乙公司合作。"), Draft("二", "甲公司与乙公司合作。")
    for draft in (first, second):
        ends = draft.name("甲公司", "Organization"), draft.name("乙公司", "Organization")
        draft.relate("partner_of", *ends, "甲公司与乙公司合作")
    (edge,) = etree.fromstring(write(assemble([first.facts(), second.facts()]))).findall(".//g:edge", NS)
    assert edge.get("weight") == "2.0"
