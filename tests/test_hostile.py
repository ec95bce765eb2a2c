"""Hostile words from the file to the outputs: Turtle, XML and CSV stay what they are, and show the words."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from rdflib import Graph

from tests.sample import HOSTILE
from tests.test_cli import kg
from tests.test_turtle import by_oxigraph, by_rdflib

NAMES = [
    *HOSTILE,
    "长" * 10_000,
    "👩‍🔬计划",
    "\u202e反向\u2066",
    "甲\u0000\u0007乙",
    "'; DROP TABLE",
    "${jndi:ldap://x}",
]
FILE = '=SUM(A1) "<script>\\ \u202e😀 \n.txt'


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    lines = [f"科技部、教育部3月{n % 28 + 1}日印发《{name}实施方案》，投入{n}亿元。" for n, name in enumerate(NAMES)]
    text = '=HYPERLINK("http://x") <script>\n\n' + "\n\n".join(lines) + "\n"
    name = FILE if os.name == "posix" else "a.txt"
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    publisher = '@SUM("x") </dc:publisher> \\" 报'
    done = kg("build", folder, "--out", folder / "out", "--issued", "2024-03", "--publisher", publisher)
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    assert not {"\u202e", "\x07", "\x1b"} & set(done.stderr + done.stdout)
    return folder / "out"


def test_turtle(out: Path) -> None:
    turtle = (out / "graph.ttl").read_bytes()
    read = by_rdflib(Graph().parse(data=turtle, format="turtle"))
    assert read == by_oxigraph(turtle) and len(read) > 100
    assert sum("实施方案" in t[2][1] and t[1][1].endswith("prefLabel") for t in read) >= 20


def test_gexf(out: Path) -> None:
    root = etree.parse(out / "graph.gexf").getroot()
    network = nx.read_gexf(out / "graph.gexf")
    spaces = {"g": "http://gexf.net/1.3"}
    assert network.number_of_nodes() == len(root.findall(".//g:node", spaces)) > 20
    assert network.number_of_edges() == len(root.findall(".//g:edge", spaces)) > 20


@pytest.mark.parametrize("table", ["entities", "relations", "figures"])
def test_tables(out: Path, table: str) -> None:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 20 and {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


def test_the_graph_answers(out: Path) -> None:
    assert kg("query", "evidence", "--graph", out, "--format", "csv").stdout == "relations,figures\n0,0\n"
    for command in (["explain", "科技部", "--all"], ["query", "co-issuers"], ["stats"]):
        done = kg(*command, "--graph", out)
        assert done.returncode == 0 and not {"\u202e", "\x07", "\x1b"} & set(done.stdout)
