"""Every fact has evidence, asked in SPARQL."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.assemble import assemble
from tests.sample import hostile, plan, posts
from tests.test_turtle import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("graph")
    (place / "graph.ttl").write_bytes(write(assemble([plan().facts(), posts().facts(), hostile().facts()])))
    return place


def test_no_fact_without_evidence(folder: Path) -> None:
    assert kg.ask(folder, kg.named_queries()["evidence"]).rows == (("0", "0"),)


def test_a_fact_without_evidence_is_counted(tmp_path: Path) -> None:
    turtle = write(assemble([plan().facts()])).decode()
    (tmp_path / "graph.ttl").write_text(turtle.replace("kg:evidence", "kg:rule"), encoding="utf-8")
    (row,) = kg.ask(tmp_path, kg.named_queries()["evidence"]).rows
    assert int(row[0] or 0) > 0 and int(row[1] or 0) > 0
