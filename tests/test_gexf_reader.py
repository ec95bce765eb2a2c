"""A reader that shares nothing with ours, graphology-gexf in Node.js, finds in our files what we put there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kg.assemble import assemble
from kg.export import gexf
from kg.export.drawing import EdgeRow, NodeRow, edge_rows, merged_rows, node_rows
from kg.graph import GraphData
from tests.sample import Draft, hostile, plan, posts
from tests.test_query import newspaper

READER = Path(__file__).parent / "gexf_reader"

pytestmark = pytest.mark.skipif(not shutil.which("npm"), reason="needs npm, which .ci/run installs")


@pytest.fixture(scope="module")
def reader() -> Path:
    """The script, with the packages that its lock file names."""
    done = READER / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (READER / "package-lock.json").stat().st_mtime:
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=READER, check=True, capture_output=True)
        done.touch()
    return READER / "read.mjs"


def read(reader: Path, file: Path) -> dict[str, Any]:
    done = subprocess.run(["node", reader, file], capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def graphs() -> dict[str, GraphData]:
    later = posts()
    again = Draft("再次", "徐州市科技局局长王芳", "2024-06")
    person, office = again.name("王芳", "Person"), again.name("徐州市科技局", "Organization", "科技局", within="徐州市")
    again.relate("holds_post", person, office, "徐州市科技局局长王芳", qualifier="局长")
    return {
        "plain": assemble([plan().facts(), later.facts(), again.facts()]),
        "newspaper": assemble([draft.facts() for draft in newspaper()]),
        "hostile": assemble([hostile().facts()]),
        "dateless": assemble([Draft("甲", "乙", issued=None).facts()]),
    }


def values(row: NodeRow | EdgeRow) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if value not in (None, "")}


def times(row: NodeRow | EdgeRow) -> list[list[str | None]]:
    return [[begin.isoformat(), end.isoformat()] for begin, end in row.times] or [[None, None]]


def as_read(row: NodeRow | EdgeRow) -> dict[str, Any]:
    """A row as the reader should tell it."""
    if isinstance(row, EdgeRow):
        ends = {"id": row.id, "source": row.source, "target": row.target}
        return {**ends, "label": row.label, "kind": row.kind, "weight": row.weight, **values(row), "times": times(row)}
    red, green, blue = (int(row.colour[i : i + 2], 16) for i in (1, 3, 5))
    x, y = row.place
    looks = {"color": f"rgb({red},{green},{blue})", "size": round(row.size, 2), "x": x, "y": y, "z": 0}
    return {"id": row.id, "label": row.label, **values(row), **looks, "times": times(row)}


@pytest.mark.parametrize("merged", [False, True], ids=["all", "merged"])
@pytest.mark.parametrize("name", graphs())
def test_everything_is_found(reader: Path, tmp_path: Path, name: str, merged: bool) -> None:
    graph, file = graphs()[name], tmp_path / "graph.gexf"
    with file.open("wb") as out:
        gexf.write(graph, out, merged)
    found = read(reader, file)
    assert found["nodes"] == [as_read(row) for row in node_rows(graph)]
    assert found["edges"] == [as_read(row) for row in (merged_rows(graph) if merged else edge_rows(graph))]
    assert found["directed"] or not found["edges"]
