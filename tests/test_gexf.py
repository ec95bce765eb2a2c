"""graph.gexf by the rules that Gephi's importer follows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.assemble import assemble
from kg.export import gexf
from kg.graph import KnowledgeGraph
from tests.sample import Draft, hostile, plan, posts
from tests.test_cli import kg

SEEDS = Path(__file__).parent.parent / "seeds"

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


def lint(root: etree._Element) -> Iterator[str]:
    """What Gephi's importer drops, merges or misreads, or a reader cannot see."""
    nodes, edges = root.findall(".//g:node", NS), root.findall(".//g:edge", NS)
    ids = [n.get("id") for n in nodes]
    for name, found in (("node", ids), ("edge", [e.get("id") for e in edges])):
        if len(set(found)) != len(found):
            yield f"a repeated {name} id"
    parallel = [(e.get("source"), e.get("target"), e.get("kind")) for e in edges]
    yield from (
        f"parallel edges of one kind: {ends}" for ends in sorted({p for p in parallel if parallel.count(p) > 1})
    )
    for edge in edges:
        if edge.get("type") != "directed" or not edge.get("kind") or not edge.get("label"):
            yield f"edge {edge.get('id')}: type, kind or label"
        if not float(edge.get("weight") or 0) > 0 or not {edge.get("source"), edge.get("target")} <= set(ids):
            yield f"edge {edge.get('id')}: weight or ends"
        if edge.find(".//g:attvalue[@for='symmetric']", NS) is None:
            yield f"edge {edge.get('id')}: does not say whether it is symmetric"
    for thing in (*nodes, *edges):
        start, end = (date.fromisoformat(thing.get(side) or "2000-01-01") for side in ("start", "end"))
        if thing.get("start") and thing.get("end") and start > end:
            yield f"{thing.get('id')}: ends before it starts"
        values = [*thing.attrib.values(), *(v.get("value") or "" for v in thing.iterfind(".//g:attvalue", NS))]
        if {"None", "nan", "inf", ""} & set(values):
            yield f"{thing.get('id')}: None, nan or an empty value"
    for node in nodes:
        seen = [node.find(f"viz:{name}", NS) for name in ("color", "size", "position")]
        if any(part is None for part in seen) or not node.get("label"):
            yield f"node {node.get('id')}: without colour, size, position or label"
    places = [(p.get("x"), p.get("y")) for p in root.iterfind(".//viz:position", NS)]
    if not all(isfinite(float(c or "nan")) for place in places for c in place) or len(set(places)) < len(places):
        yield "positions that are no numbers, or one on another"


def test_the_samples_pass_the_lint(tmp_path: Path) -> None:
    done = kg("build", SEEDS, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    root = etree.parse(tmp_path / "graph.gexf").getroot()
    assert not list(lint(root))
    assert len(root.findall(".//g:edge", NS)) > 20 and nx.read_gexf(tmp_path / "graph.gexf").number_of_nodes() > 50


@pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()]], ids=["plain", "hostile"])
def test_lint(drafts: list[Draft]) -> None:
    assert not list(lint(etree.fromstring(write(assemble([draft.facts() for draft in drafts])))))
