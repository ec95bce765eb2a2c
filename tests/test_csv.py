"""The tables: Excel opens them, and executes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import BinaryIO

import pytest

from kg.assemble import assemble
from kg.export.csv import write_entities, write_figures, write_relations
from kg.graph import GraphData
from tests.sample import Draft, hostile, plan, posts

Writer = Callable[[GraphData, BinaryIO], int]
WRITERS = (write_entities, write_relations, write_figures)


def rows(write: Writer, *drafts: Draft) -> list[dict[str, str]]:
    out = io.BytesIO()
    count = write(assemble([draft.facts() for draft in drafts]), out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert len(found) == count
    return found


@pytest.mark.parametrize("write", WRITERS)
def test_no_cell_is_a_formula(write: Writer) -> None:
    for row in rows(write, hostile(), plan(), posts()):
        for column, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), (column, cell)


def test_names_that_would_be_formulas_are_kept_behind_an_apostrophe() -> None:
    assert "'=SUM(A1:A9)" in {row["name"] for row in rows(write_entities, hostile())}


def test_numbers_stay_numbers() -> None:
    draft = Draft(None, "气温零下5.50度。")
    draft.figure("零下5.50度", "气温", "-5.50", "度")
    (row,) = rows(write_figures, draft)
    assert row["value"] == "-5.5"
    values = {row["metric"]: row["value"] for row in rows(write_figures, plan())}
    assert values == {"燃料电池车辆保有量": "50000", "产量": "1200000"}


def test_figures_say_whose_what_when_and_where_from() -> None:
    row = next(r for r in rows(write_figures, plan()) if r["metric"] == "燃料电池车辆保有量")
    assert row["subject"] == "氢能产业发展规划"
    assert (row["comparator"], row["status"], row["unit"]) == ("about", "target", "辆")
    assert (row["time"], row["begin"], row["end"]) == ("2025", "2025-01-01", "2025-12-31")
    assert (row["issued"], row["source"], row["title"]) == ("2024-03-05", "a.txt", "两部门印发氢能规划")


def test_relations_include_what_is_planned() -> None:
    found = rows(write_relations, plan())
    assert {(r["subject"], r["relation"], r["modality"]) for r in found} >= {
        ("国家能源局", "issued", "asserted"),
        ("华光公司", "undertakes", "planned"),
    }
    assert all(r["quote"] for r in found)
