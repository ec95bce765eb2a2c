"""docs/QUALITY.md says what the verdicts say, and a draw is the same on every machine."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from extractors.ontology import entity_types
from tests import quality

ROWS = quality.kept()


def test_the_page_shows_the_verdicts() -> None:
    page = quality.PAGE.read_text(encoding="utf-8")
    assert page.partition(quality.BEGIN)[2].partition(quality.END)[0] == quality.tables(ROWS)


def test_every_type_of_thing_was_read_a_hundred_times() -> None:
    read = Counter(row["table"] for row in ROWS)
    for name in (*entity_types(), "Date", "Figure"):
        assert read[name] == read[f"{name}.candidates"] == 100, name


def test_no_line_was_judged_twice() -> None:
    lines = Counter((row["table"], row["where"], row["what"]) for row in ROWS)
    assert [line for line, times in lines.items() if times > 1] == []


def test_verdicts_are_counted(tmp_path: Path) -> None:
    (tmp_path / "Date.tsv").write_text(
        "ok\ta#1:0-2\t2024\t【今年】\nwrong no date\tb#1:0-2\t2024\tx\n", encoding="utf-8"
    )
    (tmp_path / "Date.candidates.tsv").write_text("3/1 明年\ta#1:0-9\t\tx\n0/0\tb#1:0-9\t\tx\n", encoding="utf-8")
    (tmp_path / "issued.tsv").write_text("ok\ta#1:0-2\tA —issued→ B\tx\n", encoding="utf-8")
    table = quality.tables(quality.judged(tmp_path))
    assert "| `Date` | 2 | 1 | 0.50 | 0.09–0.91 | 2 | 3 | 1 | 0.67 |" in table
    assert "| `issued` | 1 | 1 | 1.00 | 0.21–1.00 | 0 | 0 | 0 | – |" in table


def test_a_line_without_verdict_is_named(tmp_path: Path) -> None:
    (tmp_path / "Date.tsv").write_text("\ta#1:0-2\t2024\tx\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"Date\.tsv:1: no verdict"):
        quality.judged(tmp_path)


def test_a_draw_is_the_same_again(tmp_path: Path) -> None:
    seeds = Path(__file__).parent.parent / "seeds"
    drawn = []
    for name in ("one", "two"):
        out = tmp_path / name
        subprocess.run(
            [sys.executable, "-m", "tests.draws", seeds, "--seed", "7", "--each", "5", "--out", out],
            check=True, capture_output=True, cwd=seeds.parent,
        )  # fmt: skip
        drawn.append({path.name: path.read_text(encoding="utf-8") for path in out.iterdir()})
    assert drawn[0] == drawn[1]
    assert len(drawn[0]["Organization.tsv"].splitlines()) == 5
