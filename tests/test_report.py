"""report.json lists, for each article, what the reader could not decide: short names, dates, figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.export.report import left_open
from kg.pipeline import Build, build
from tests.test_cli import kg

DOCS = Path(__file__).parent.parent / "docs" / "report.md"
OPEN = """某市科技动态

本周，新区启动建设。已完成投资3亿元。印发《条例》。
"""
CLOSED = """青岛港自动化码头扩建

2024年3月5日，青岛港自动化码头扩建工程完工，码头新增泊位2个。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name, text in (("page.txt", OPEN), ("copy.txt", OPEN), ("other.txt", CLOSED)):
        (place / name).write_text(text, encoding="utf-8")
    return place


def told(done: Build) -> dict[str, object]:
    return left_open(done.graph, done.problems)


def test_each_article_lists_what_is_open(folder: Path) -> None:
    told_of = told(build(folder))
    assert told_of["counts"] == {"unresolved": 1, "undated": 1, "figures_without_subject": 1}
    (article,) = json.loads(json.dumps(told_of["articles"]))
    assert article["title"] == "某市科技动态" and article["sources"] == ["copy.txt", "page.txt"]
    text = OPEN.replace("\n\n", "\n")
    for name, quote in (("unresolved", "《条例》"), ("undated", "本周"), ("figures_without_subject", "3亿元")):
        (left,) = article[name]
        assert quote in left["quote"] and left["why"]
        assert text[left["begin"] : left["end"]] == left["quote"]


def test_a_known_day_settles_the_date(folder: Path) -> None:
    told_of = told(build(folder, issued="2024-03-06"))
    assert told_of["counts"] == {"unresolved": 1, "undated": 0, "figures_without_subject": 1}


def test_order_and_processes_do_not_matter(folder: Path) -> None:
    files = sorted(folder.iterdir())
    first = told(build(*files))
    assert told(build(*reversed(files))) == first
    assert told(build(*files, jobs=2)) == first


def test_the_screen_shows_one_line(folder: Path, tmp_path: Path) -> None:
    done = kg("build", folder, "--out", tmp_path / "out")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("undecided")]
    assert line.split(maxsplit=1)[1].rpartition("  ")[0] == "1 short name, 1 date, 1 figure without a subject"
    assert "《条例》" not in done.stdout + done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["undecided"]["counts"]["undated"] == 1 and not report["problems"]
    settled = kg("build", folder / "other.txt", "--out", tmp_path / "out")
    assert not [line for line in settled.stdout.splitlines() if line.startswith("undecided")]


def test_the_page_about_it_names_every_key(folder: Path, tmp_path: Path) -> None:
    kg("build", folder, "--out", tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    page = DOCS.read_text(encoding="utf-8")
    for key in (*report, *report["undecided"]["counts"], *report["undecided"]["articles"][0]):
        assert f"`{key}`" in page or f'"{key}"' in page, key
