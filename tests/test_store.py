"""The store: what was read is not read again, what is gone is gone, and whatever happens the next build completes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

import kg.gather
from kg.fingerprint import key, rules
from kg.model import CannotRun
from kg.packing import Unreadable, pack, unpack
from kg.pipeline import Build, build
from kg.read import NO_READER, find_sources, read
from kg.store import NAME, Store, decided
from tests.outputs import outputs
from tests.soak import command, damage, finish, kill, texts
from tests.test_cli import kg as command_line

POSIX = os.name == "posix"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return texts(tmp_path_factory.mktemp("texts") / "in", 12)


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    finish(folder, out)
    return outputs(out)


def stored(folder: Path, out: Path, **options: str) -> Build:
    with Store(out) as store:
        done = build(folder, store=store, check="none", **options)  # type: ignore[arg-type]
        store.settle()
    return done


def rows(out: Path) -> list[str]:
    with closing(sqlite3.connect(out / NAME)) as database:
        return [name for (name,) in database.execute("SELECT name FROM reading ORDER BY name")]


def test_a_reading_comes_back_as_it_was(folder: Path) -> None:
    sources, _ = find_sources([folder])
    for source in sources:
        done = read(source)
        again = unpack(pack(done))
        assert again == done and [type(u) for f in again.facts for u in f.undecided] == [
            type(u) for f in done.facts for u in f.undecided
        ]
    assert done.facts[0].observations and done.facts[0].claims
    for broken in (b"", b"no", pack(done)[:-5]):
        with pytest.raises(Unreadable):
            unpack(broken)


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    texts(tmp_path / "in", 4)
    first = stored(tmp_path / "in", tmp_path / "out")
    assert first.seconds["extract"] > 0 and rows(tmp_path / "out") == ["000.txt", "001.txt", "002.txt", "003.txt"]
    second = stored(tmp_path / "in", tmp_path / "out")
    assert (second.seconds["read"], second.seconds["extract"]) == (0, 0)
    assert second.graph.statements == first.graph.statements and second.characters == first.characters
    assert [p.message for p in second.problems] == [p.message for p in first.problems]

    (tmp_path / "in" / "001.txt").unlink()
    (tmp_path / "in" / "new.txt").write_text("3月4日，国家能源局发布《示范项目管理办法》。\n", encoding="utf-8")
    third = stored(tmp_path / "in", tmp_path / "out")
    assert third.seconds["extract"] > 0 and rows(tmp_path / "out") == ["000.txt", "002.txt", "003.txt", "new.txt"]
    fresh = build(tmp_path / "in", check="none")
    assert third.graph.statements == fresh.graph.statements and third.graph.entities == fresh.graph.entities


def test_what_the_user_says_of_a_file_counts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("昨日，国家能源局发布《示范项目管理办法》。\n", encoding="utf-8")
    dates = []
    for issued in ("2024-03-05", "2024-03-05", "2023-03-05"):
        done = stored(tmp_path / "in", tmp_path / "out", issued=issued)
        dates.append(({d.edtf for d in done.graph.dates.values()}, done.seconds["extract"] > 0))
    assert dates == [({"2024-03-04"}, True), ({"2024-03-04"}, False), ({"2023-03-04"}, True)]


def test_other_rules_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = find_sources([texts(tmp_path / "in", 1)])[0][0]
    assert key(source, "0", "1") != key(source, "0", "2") and len(rules(NO_READER)) == 64
    stored(tmp_path / "in", tmp_path / "out")
    monkeypatch.setattr(kg.gather, "rules", lambda reader: "of tomorrow")
    assert stored(tmp_path / "in", tmp_path / "out").seconds["extract"] > 0
    assert stored(tmp_path / "in", tmp_path / "out").seconds["extract"] == 0


def test_what_lost_something_is_tried_again(tmp_path: Path) -> None:
    texts(tmp_path / "in", 1)
    (tmp_path / "in" / "empty.txt").touch()
    for _ in range(2):
        done = stored(tmp_path / "in", tmp_path / "out")
        assert done.lost and rows(tmp_path / "out") == ["000.txt"]


def test_a_build_that_fails_forgets_nothing(folder: Path, tmp_path: Path) -> None:
    stored(folder, tmp_path / "out")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CannotRun):
        stored(tmp_path / "empty.txt", tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 12
    with pytest.raises(CannotRun), Store(tmp_path / "none" / "below") as store:
        build(tmp_path / "empty.txt", store=store)
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not POSIX, reason="signals")
@pytest.mark.parametrize("seed", range(4))
def test_killed_builds_are_completed_by_the_next(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    out, jobs = tmp_path / "out", ("--jobs", str(1 + seed % 2))
    assert any(kill(folder, out, chance.uniform(0.1, 0.8), *jobs) for _ in range(10))
    if seed > 1:
        damage(out / NAME, chance)
    finish(folder, out, *jobs)
    assert outputs(out) == expected
    assert {path.name for path in out.iterdir()} == {*expected, "report.json", NAME}


@pytest.mark.parametrize("wrong", ["cut off", "overwritten", "no database", "form"])
def test_a_damaged_store_is_made_anew(folder: Path, expected: dict[str, bytes], tmp_path: Path, wrong: str) -> None:
    out = tmp_path / "out"
    finish(folder, out)
    store = out / NAME
    whole = store.read_bytes()
    match wrong:
        case "cut off":
            store.write_bytes(whole[: len(whole) // 2])
        case "overwritten":
            store.write_bytes(whole[:100] + b"\xff" * 4096 + whole[4196:])
        case "no database":
            store.write_bytes(b"something else\n" * 100)
        case "form":
            with sqlite3.connect(store) as database:
                database.execute("PRAGMA user_version = 99")
            database.close()
    done = subprocess.run(command(folder, out), capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert f"note: {NAME}: " in done.stderr and "read anew" in done.stderr
    assert outputs(out) == expected
    again = subprocess.run(command(folder, out), capture_output=True, text=True)
    assert "store" not in again.stderr and json.loads((out / "report.json").read_bytes())["seconds"]["extract"] == 0


def test_a_damaged_row_is_read_again(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    finish(folder, out)
    with sqlite3.connect(out / NAME) as database:
        database.execute("UPDATE reading SET packed = x'00' WHERE name = '003.txt'")
    database.close()
    finish(folder, out)
    assert outputs(out) == expected


def test_somebody_elses_database_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("CREATE TABLE mine (a)")
    database.close()
    before = (tmp_path / NAME).read_bytes()
    done = subprocess.run(command(folder, tmp_path), capture_output=True, text=True)
    assert done.returncode == 2 and "a database of something else" in done.stderr.splitlines()[-1]
    assert (tmp_path / NAME).read_bytes() == before


def test_two_builds_at_once(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store(out):
        done = subprocess.run(command(folder, out), capture_output=True, text=True)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "another build is at work in this folder" in done.stderr
    children = [subprocess.Popen(command(folder, out), stderr=subprocess.DEVNULL) for _ in range(3)]
    assert sorted(child.wait() for child in children)[0] == 0
    assert outputs(out) == expected


@pytest.mark.skipif(not POSIX, reason="signals")
def test_after_an_interrupt_the_next_goes_on(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    kill(folder, out, 0.8 * finish(folder, tmp_path / "timed"), sign=signal.SIGINT)
    assert not list(out.glob(".*")) if out.exists() else True
    finish(folder, out)
    assert outputs(out) == expected


@pytest.mark.skipif(not (POSIX and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount")),
                    reason="needs root to mount a small disk")  # fmt: skip
def test_a_disk_that_fills_up(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("no right to mount")
    try:
        for size in ("96k", "160k"):
            done = subprocess.run(command(folder, disk / "out"), capture_output=True, text=True)
            assert done.returncode == 2 and "No space left" in done.stderr.splitlines()[-1], done.stderr
            assert "Traceback" not in done.stderr
            subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
        subprocess.run(["mount", "-o", "remount,size=16m", str(disk)], check=True)
        finish(folder, disk / "out")
        assert outputs(disk / "out") == expected
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_store_without_its_table_or_with_rows_of_another_kind(folder: Path, tmp_path: Path) -> None:
    whole = stored(folder, tmp_path)
    for spoil in (
        "UPDATE reading SET packed = 'text'",
        "UPDATE reading SET packed = 7",
        "DROP TABLE reading",
        "DROP TABLE decision",
        "DROP TABLE made",
        "ALTER TABLE made RENAME COLUMN packed TO other",
        "UPDATE reading SET packed = CAST(x'ff' AS TEXT)",
        "UPDATE made SET packed = CAST(x'ff' AS TEXT)",
        "UPDATE made SET key = NULL",
    ):
        with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
            database.execute(spoil)
        done = stored(folder, tmp_path)
        assert done.graph.statements == whole.graph.statements and not done.lost
        assert len(rows(tmp_path)) == 12


@pytest.mark.parametrize("graph", ["--graph", "--no-graph"])
def test_decisions_are_kept_and_held_against_their_file(folder: Path, tmp_path: Path, graph: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    head, merge, veto = (
        "judgement,left,right,value\n",
        "merge,Place:甲市,Place:乙市,\n",
        "veto,Place:甲市,Place:丙省,located_in\n",
    )
    (out / "decisions.csv").write_text(head + merge, encoding="utf-8")
    assert command_line("build", folder, "--out", out, graph).returncode == 0
    assert [(j, value) for j, _, _, value in decided(out) or ()] == [("merge", "")]
    assert command_line("verify", out).returncode == 0
    (out / "decisions.csv").write_text(head + veto, encoding="utf-8")
    verdict = command_line("verify", out)
    assert verdict.returncode == 1
    assert verdict.stdout == (
        "decisions.csv: 1 decision not in the graph, 1 decision of the graph no longer there; build again\n"
    )
    assert command_line("build", folder, "--out", out, graph).returncode == 0
    assert command_line("verify", out).returncode == 0


def test_decisions_that_cannot_be_read_hide_nothing(folder: Path, tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "out" / "decisions.csv"
    out.mkdir()
    own.write_text("judgement,left,right,value\nmerge,Place:甲市,Place:乙市,\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text("judgement,left,right,value\n", encoding="utf-8")
    assert command_line("build", folder, "--out", out, "--decisions", elsewhere).returncode == 0
    assert command_line("verify", out).returncode == 0  # those of the folder were not asked for
    assert command_line("build", folder, "--out", out).returncode == 0
    own.unlink()
    gone = command_line("verify", out)
    assert gone.stdout == "decisions.csv: 1 decision of the graph no longer there; build again\n"
    own.write_text("judgement,left,right,value\nguess,Place:甲市,Place:乙市,\n", encoding="utf-8")
    with (out / "entities.csv").open("a", encoding="utf-8") as table:
        table.write("mine\n")
    lines = command_line("verify", out).stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["entities.csv", "decisions.csv"]
    assert "line 2" in lines[1]


def test_a_row_with_what_another_source_says_is_read_again(folder: Path, tmp_path: Path) -> None:
    whole = stored(folder, tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
        database.execute("UPDATE reading SET packed = (SELECT packed FROM reading WHERE name = '000.txt')")
    assert stored(folder, tmp_path).graph.statements == whole.graph.statements
