"""graph.graphml, and the tables for Gephi: the same network as graph.gexf, as other programs read it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from typer.testing import CliRunner

from kg.assemble import assemble
from kg.cli import app
from kg.export import gephi_tables, graphml, networks
from kg.export.drawing import edge_rows, node_rows
from kg.graph import GraphData
from tests.sample import HOSTILE, Draft, hostile, plan, posts

DRAFTS = pytest.mark.parametrize("drafts", [[plan(), posts()], [hostile()], []], ids=["plain", "hostile", "empty"])


def graph_of(drafts: list[Draft]) -> GraphData:
    return assemble([draft.facts() for draft in drafts])


def read(graph: GraphData) -> nx.MultiDiGraph[str]:
    out = io.BytesIO()
    graphml.write(graph, out)
    return nx.MultiDiGraph(nx.parse_graphml(out.getvalue().decode(), force_multigraph=True))


def table(write: object, graph: GraphData) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert callable(write)
    written = write(graph, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert len(rows) == written
    return rows


@DRAFTS
def test_networkx_reads_every_node_and_edge_with_its_values(drafts: list[Draft]) -> None:
    graph = graph_of(drafts)
    again = read(graph)
    for row in node_rows(graph):
        found = again.nodes[row.id]
        assert (found["label"], found["x"], found["y"]) == (row.label, *row.place)
        assert f"#{found['r']:02x}{found['g']:02x}{found['b']:02x}" == row.colour
        assert {k: found[k] for k, v in row.values.items() if v not in (None, "")} == {
            k: v for k, v in row.values.items() if v not in (None, "")
        }
        assert found.get("start") == (row.times[0][0].isoformat() if row.times else None)
    rows = list(edge_rows(graph))
    assert {(s, t, key) for s, t, key in again.edges(keys=True)} == {(r.source, r.target, r.id) for r in rows}
    for edge in rows:
        found = again.edges[edge.source, edge.target, edge.id]
        assert (found["label"], found["kind"], found["weight"]) == (edge.label, edge.kind, edge.weight)
        assert found["symmetric"] is edge.values["symmetric"] and found["confidence"] == edge.values["confidence"]
    assert again.number_of_nodes() == len(graph.nx)


def test_edge_ids_are_unique_also_where_edges_are_parallel() -> None:
    out = io.BytesIO()
    graph = graph_of([plan(), posts()])
    assert graphml.write(graph, out) == (graph.nx.number_of_nodes(), graph.nx.number_of_edges())
    edges = [e.attrib for e in etree.fromstring(out.getvalue()).iter("{*}edge")]
    assert len({e["id"] for e in edges}) == len(edges) > len({(e["source"], e["target"]) for e in edges})


@DRAFTS
def test_tables(drafts: list[Draft]) -> None:
    graph = graph_of(drafts)
    nodes, edges = table(gephi_tables.write_nodes, graph), table(gephi_tables.write_edges, graph)
    assert [row["Id"] for row in nodes] == [row.id for row in node_rows(graph)]
    assert [row["Id"] for row in edges] == [row.id for row in edge_rows(graph)]
    ids = {row["Id"] for row in nodes}
    for row in edges:
        assert {row["Source"], row["Target"]} <= ids and row["Type"] == "Directed" and float(row["Weight"]) > 0
        assert row["Label"] and row["Kind"] and row["symmetric"] in ("true", "false")
    # Two columns of one name, whatever the case, and Gephi drops the second.
    for columns in (gephi_tables.NODES, gephi_tables.EDGES):
        assert len({name.lower() for name in columns}) == len(columns)


def test_times_in_tables() -> None:
    drafts = []
    for day in ("2024-03-05", "2024-03-06", "2024-06", None):
        draft = Draft(f"于{day}", "甲公司与乙公司合作。", day)
        ends = draft.name("甲公司", "Organization"), draft.name("乙公司", "Organization")
        draft.relate("partner_of", *ends, "甲公司与乙公司合作")
        drafts.append(draft)
    (row,) = table(gephi_tables.write_edges, graph_of(drafts))
    assert row["Timeset"] == "<[2024-03-05, 2024-03-06]; [2024-06-01, 2024-06-30]>" and row["Weight"] == "4.0"
    (row,) = table(gephi_tables.write_edges, graph_of(drafts[-1:]))
    assert row["Timeset"] == ""


def test_tables_begin_without_a_byte_order_mark_and_hold_no_formula() -> None:
    out = io.BytesIO()
    gephi_tables.write_nodes(graph_of([hostile()]), out)
    assert out.getvalue().startswith(b"Id,Label,")
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert len(rows) > len(HOSTILE) / 2 and not [
        c for row in rows for c in row if c.startswith(("=", "+", "-", "@", "＝"))
    ]


@pytest.mark.parametrize(
    ("formats", "merged", "tables", "expected"),
    [
        ("ttl,nt", False, False, []),
        ("nt, .graphml", False, False, ["graph.graphml"]),
        ("graphml.gz,graphml.gz", True, False, ["graph.graphml.gz", "graph-merged.gexf"]),
        ("", False, True, ["gephi-nodes.csv", "gephi-edges.csv"]),
    ],
)
def test_what_is_asked_for(formats: str, merged: bool, tables: bool, expected: list[str]) -> None:
    assert networks.names(formats, merged, tables) == expected


def run(*words: object) -> str:
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_commands(tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out"
    page.write_text("3月4日，国家能源局、科技部联合印发《示范项目管理办法》。\n", encoding="utf-8")
    run(
        "build", page, "--issued", "2024-03-05", "--out", out, "--format", "graphml", "--gephi-merged", "--gephi-tables"
    )
    names = {"graph.graphml", "graph-merged.gexf", "gephi-nodes.csv", "gephi-edges.csv"}
    assert names <= {path.name for path in out.iterdir()}
    counts = nx.read_gexf(out / "graph.gexf")
    words = f"{counts.number_of_nodes()} nodes, {counts.number_of_edges()} edges"
    told = run("export", out / "again.graphml", out / "again-nodes.csv", out / "again.gexf.gz", "--graph", out)
    assert f"again.graphml: {words}" in told and f"again.gexf.gz: {words}" in told
    assert f"again-nodes.csv: {counts.number_of_nodes()} nodes\n" in told
    for one, other in (("again.graphml", "graph.graphml"), ("again-nodes.csv", "gephi-nodes.csv")):
        assert (out / one).read_bytes() == (out / other).read_bytes()
