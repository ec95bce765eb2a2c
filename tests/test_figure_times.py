"""What a figure measures, when it holds and how sure it is, as tests/corpus/figure_times.toml has it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.test_figures import figures

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "figure_times.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in CORPUS["case"]])
def test_measure_time_and_status(case: dict[str, Any]) -> None:
    found = figures(case["text"], case.get("names"), case.get("issued", "2024-07-20"))
    assert [f"{f.metric} | {f.time or '-'} | {f.status}" for f in found] == case["means"]


@pytest.mark.parametrize("saying", CORPUS["silent"]["saying"])
def test_numbers_of_contests(saying: str) -> None:
    assert figures(saying) == []
