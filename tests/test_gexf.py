"""graph.gexf and graph-merged.gexf: what they say, and that Gephi would read all of it."""

from __future__ import annotations

import io
import runpy
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from extractors.ontology import entity_types
from kg.assemble import assemble
from kg.export import gexf
from kg.export.drawing import DATE_COLOUR, edge_rows, joined, node_rows
from kg.gexf_lint import lint
from kg.graph import GraphData
from kg.layout import radius
from kg.pipeline import build
from tests.sample import Draft, hostile, plan, posts

SEEDS = Path(__file__).parent.parent / "seeds"

NS = {"g": gexf.GEXF, "viz": gexf.VIZ}
DRAFTS = pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()], []], ids=["plain", "hostile", "empty"])


def write(graph: GraphData, merged: bool = False) -> bytes:
    out = io.BytesIO()
    gexf.write(graph, out, merged)
    return out.getvalue()


def told_in(*issued: str | None, about: tuple[str, str] = ("甲公司", "乙公司")) -> list[Draft]:
    """One statement, in articles of these dates."""
    drafts = []
    for number, day in enumerate(issued):
        draft = Draft(f"第{number}篇", "与".join(about) + "合作。", day)
        ends = [draft.name(name, "Organization") for name in about]
        draft.relate("partner_of", *ends, "与".join(about) + "合作")
        drafts.append(draft)
    return drafts


def edge(drafts: list[Draft]) -> etree._Element:
    (found,) = etree.fromstring(write(assemble([draft.facts() for draft in drafts]))).findall(".//g:edge", NS)
    return found


def days(element: etree._Element) -> list[tuple[str | None, str | None]]:
    spells = element.findall(".//g:spell", NS) or [element]
    return [(s.get("start"), s.get("end")) for s in spells]


@DRAFTS
def test_nodes_and_edges_are_those_of_the_network(drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    again = nx.read_gexf(io.BytesIO(write(graph)))
    counts = graph.nx.number_of_nodes(), graph.nx.number_of_edges()
    assert (again.number_of_nodes(), again.number_of_edges()) == counts == gexf.write(graph, io.BytesIO())


@DRAFTS
def test_gephi_drops_nothing(drafts: list[Draft]) -> None:
    graph = assemble([draft.facts() for draft in drafts])
    for merged in (False, True):
        assert lint(io.BytesIO(write(graph, merged))) == []


def test_the_head_says_what_the_times_are() -> None:
    head = etree.fromstring(write(assemble([]))).find("g:graph", NS)
    assert head is not None and dict(head.attrib) == {
        "defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval",
    }  # fmt: skip


def test_an_edge_is_there_on_the_days_on_which_it_is_told() -> None:
    found = edge(told_in("2024-03-05", "2024-05", "2024-03-06", "2024-01-31"))
    assert days(found) == [("2024-01-31", "2024-01-31"), ("2024-03-05", "2024-03-06"), ("2024-05-01", "2024-05-31")]
    # For readers that know no spells.
    assert (found.get("start"), found.get("end")) == ("2024-01-31", "2024-05-31")
    assert found.get("weight") == "4.0"


def test_one_stretch_needs_no_spells() -> None:
    found = edge(told_in("2024-03-05", None))
    assert found.find(".//g:spells", NS) is None and days(found) == [("2024-03-05", "2024-03-05")]


def test_without_a_date_there_is_no_time() -> None:
    assert days(edge(told_in(None))) == [(None, None)]
    assert b"start=" not in write(assemble([draft.facts() for draft in told_in(None)]))


def test_a_node_is_there_when_it_or_one_of_its_edges_is_told_of() -> None:
    drafts = [*told_in("2024-03-05"), *told_in("2024-06-01", about=("乙公司", "丙公司"))]
    root = etree.fromstring(write(assemble([draft.facts() for draft in drafts])))
    times = {n.get("label"): days(n) for n in root.findall(".//g:node", NS)}
    march, june = ("2024-03-05", "2024-03-05"), ("2024-06-01", "2024-06-01")
    assert times == {"甲公司": [march], "乙公司": [march, june], "丙公司": [june]}


def test_an_edge_without_a_time_keeps_its_ends_there() -> None:
    drafts = [*told_in("2024-03-05"), *told_in(None, about=("乙公司", "丙公司"))]
    graph = assemble([draft.facts() for draft in drafts])
    times = {n.get("label"): days(n) for n in etree.fromstring(write(graph)).findall(".//g:node", NS)}
    assert times == {"甲公司": [("2024-03-05",) * 2], "乙公司": [(None, None)], "丙公司": [(None, None)]}
    for merged in (False, True):
        assert lint(io.BytesIO(write(graph, merged))) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([(1, 1), (2, 2), (4, 4)], [(1, 2), (4, 4)]),
        ([(1, 9), (3, 4)], [(1, 9)]),
        ([(5, 8), (1, 6)], [(1, 8)]),
    ],
)
def test_times_are_joined(given: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    def dates(spans: list[tuple[int, int]]) -> list[tuple[date, date]]:
        return [(date(2024, 3, begin), date(2024, 3, end)) for begin, end in spans]

    assert list(joined(dates(given))) == dates(expected)


def test_colours_are_those_of_the_types_and_sizes_those_of_the_degrees() -> None:
    graph = assemble([plan().facts(), posts().facts()])
    rows = list(node_rows(graph))
    colours = {name: kind.colour for name, kind in entity_types().items()} | {"Date": DATE_COLOUR}
    assert {row.colour for row in rows} == {colours[str(row.values["type"])] for row in rows}
    assert len({row.colour for row in rows}) == len({row.values["type"] for row in rows}) > 4
    assert all(row.size == radius(graph.nx.degree(row.id)) for row in rows)
    (day,) = (row for row in rows if row.values["type"] == "Date")
    assert (day.values["first_day"], day.values["last_day"], day.label) == ("2024-03-04", "2024-03-04", "2024-03-04")


def test_labels_are_chinese_and_kinds_are_relations() -> None:
    graph = assemble([plan().facts(), posts().facts()])
    found = {(row.kind, row.label) for row in edge_rows(graph)}
    assert ("issued", "印发、发布") in found and ("issued_on", "发布于") in found
    assert {kind for kind, _ in found if kind.startswith("holds_post")} == {
        "holds_post 局长 asserted", "holds_post 党组书记 asserted"
    }  # fmt: skip


def test_merged_there_is_one_edge_for_each_pair() -> None:
    drafts = [posts(), *told_in("2024-03-05", "2024-03-06", about=("甲公司", "乙公司"))]
    back = Draft("丙篇", "乙公司成立甲公司。", "2024-07-01")
    back.relate(
        "owns_or_founds", back.name("乙公司", "Organization"), back.name("甲公司", "Organization"), "乙公司成立甲公司"
    )
    graph = assemble([draft.facts() for draft in (*drafts, back)])
    root = etree.fromstring(write(graph, merged=True))
    pairs = {frozenset((e.get("source"), e.get("target"))) for e in root.findall(".//g:edge", NS)}
    assert len(root.findall(".//g:edge", NS)) == len(pairs) == graph.nx.number_of_edges() - 2
    names = {n.get("id"): n.get("label") for n in root.findall(".//g:node", NS)}
    (both,) = (
        e
        for e in root.findall(".//g:edge", NS)
        if {names[e.get("source")], names[e.get("target")]} == {"甲公司", "乙公司"}
    )
    assert (both.get("label"), both.get("kind"), both.get("weight")) == ("合作 | 成立、控股", "several", "3.0")
    assert days(both) == [("2024-03-05", "2024-03-06"), ("2024-07-01", "2024-07-01")]
    (two_posts,) = (e for e in root.findall(".//g:edge", NS) if e.get("kind") == "holds_post")
    assert names[two_posts.get("source")] == "王芳" and two_posts.get("weight") == "2.0"


def test_merged_edges_point_as_most_articles_do() -> None:
    drafts = []
    for number, (one, other) in enumerate([("甲公司", "乙公司"), ("乙公司", "甲公司"), ("乙公司", "甲公司")]):
        draft = Draft(f"第{number}篇", f"{one}控股{other}。")
        draft.relate(
            "owns_or_founds", draft.name(one, "Organization"), draft.name(other, "Organization"), f"{one}控股{other}"
        )
        drafts.append(draft.facts())
    root = etree.fromstring(write(assemble(drafts), merged=True))
    (both,), names = root.findall(".//g:edge", NS), {n.get("id"): n.get("label") for n in root.findall(".//g:node", NS)}
    assert (names[both.get("source")], names[both.get("target")]) == ("乙公司", "甲公司")


def test_the_samples(tmp_path: Path) -> None:
    graph = build(SEEDS, check="none").graph
    for name in ("graph.gexf", "graph-merged.gexf"):
        file = tmp_path / name
        file.write_bytes(write(graph, merged="merged" in name))
        assert lint(file) == [] and nx.read_gexf(file).number_of_edges() > 20


def test_the_picture_of_the_file(tmp_path: Path) -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    script = runpy.run_path(str(SEEDS.parent / "docs" / "picture.py"))
    file, png = tmp_path / "graph.gexf", tmp_path / "graph.png"
    file.write_bytes(write(assemble([plan().facts(), posts().facts()])))
    script["draw"](str(file), png, width=8.0)
    drawn = {tuple(round(255 * part) for part in pixel[:3]) for row in plt.imread(png) for pixel in row}
    for name in ("Organization", "Policy", "Person"):
        colour = entity_types()[name].colour
        assert tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) in drawn
