"""The same articles give the same bytes: again, in any order, in any process, with any hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.export import csv, networks, write_turtle
from kg.facts import Facts
from kg.graph import GraphData
from tests.outputs import outputs
from tests.sample import Draft, hostile, plan, posts
from tests.test_query import newspaper

TEXT = (
    "{day}月{day}日，国家能源局、科技部联合印发《第{day}批示范项目管理办法》。"
    "{city}市新增装机容量{day}万千瓦，同比增长{day}%。\n"
)
CITIES = ("南京", "成都", "武汉", "杭州", "长沙", "西安")


def written(graph: GraphData) -> list[bytes]:
    found = []
    drawings = (
        partial(networks.write, name=name) for name in ("a.gexf", networks.MERGED, "a.graphml.gz", *networks.TABLES)
    )
    tables = (csv.write_entities, csv.write_relations, csv.write_figures)
    for write in (write_turtle, *tables, *drawings):
        out = BytesIO()
        write(graph, out)
        found.append(out.getvalue())
    return found


def facts() -> list[Facts]:
    # Variants of one name, so that the choice among equals shows.
    variants = [
        Draft(str(n), f"{name}成立。", f"2024-01-0{n}") for n, name in enumerate(("ＡＢ中心", "AB中心", "A B中心"), 1)
    ]
    for draft in variants:
        words = draft.article.text.partition("\n")[2].removesuffix("成立。")
        draft.name(words, "Organization", kind=("Academy", "Company", None)[int(draft.article.title or "1") - 1])
    return [draft.facts() for draft in (plan(), posts(), hostile(), *newspaper(), *variants)]


def test_shuffled_facts() -> None:
    first = written(assemble(facts()))
    for seed in range(5):
        shuffled = facts()
        random.Random(seed).shuffle(shuffled)
        assert written(assemble(shuffled)) == first


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("texts")
    for number, city in enumerate(CITIES, start=1):
        (place / f"{number}.txt").write_text(TEXT.format(day=number, city=city) * 2, encoding="utf-8")
    return place


def build(paths: Iterable[Path], out: Path, seed: str, *options: str) -> dict[str, bytes]:
    formats = ["--format", "nt.gz,trig,jsonld,rdf"]
    command = [sys.executable, "-m", "kg", "build", *map(str, paths), "--out", str(out), *formats, *options]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return outputs(out)


def test_builds_are_byte_identical(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    first = build(files, tmp_path / "1", "0")
    assert len(first) >= 9 and b"a kg:Statement" in first["graph.ttl"]
    assert build(files, tmp_path / "1", "1") == first  # nothing is read a second time
    assert build(files, tmp_path / "1b", "1") == first
    assert build(reversed(files), tmp_path / "2", "2") == first
    assert build([folder], tmp_path / "3", "3") == first
    assert build(files, tmp_path / "4", "4", "--jobs", "2") == first


def test_neither_the_place_nor_the_language_of_the_machine_matters(folder: Path, tmp_path: Path) -> None:
    first = build([folder], tmp_path / "1", "0")
    for number, (path, cwd, locale) in enumerate(
        ((folder.name, folder.parent, "C"), (".", folder, "C.UTF-8"), ("..", folder / "below", "POSIX"))
    ):
        cwd.mkdir(exist_ok=True)
        out = tmp_path / f"out{number}"
        environment = {**os.environ, "LC_ALL": locale, "LANG": locale, "TZ": "Asia/Shanghai", "PYTHONUTF8": "0"}
        command = [sys.executable, "-m", "kg", "build", path, "--out", str(out), "--format", "nt.gz,trig,jsonld,rdf"]
        subprocess.run(command, check=True, capture_output=True, cwd=cwd, env=environment)
        assert outputs(out) == first
