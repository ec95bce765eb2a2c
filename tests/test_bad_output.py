"""Files are written whole or not at all, and what stands in the way is one clear line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from kg.export.files import writable, write_whole
from tests.test_cli import TEXT, kg

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def fail(out: BinaryIO) -> None:
    out.write(b"half")
    raise OSError(28, "No space left on device")


def test_all_or_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_whole(folder, {"a": lambda out: out.write(b"old"), "b": lambda out: out.write(b"old")})
    with pytest.raises(OSError, match="No space"):
        write_whole(folder, {"a": lambda out: out.write(b"new"), "b": fail})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"old", "b": b"old"}


def test_files_of_an_older_graph_go_and_those_of_people_stay(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", page, "--out", out, "--format", "ttl,nt,trig").returncode == 0
    (out / "graph.trig").write_text("# mine\n", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert kg("build", page, "--out", out, "--no-graph").returncode == 0
    tables = {"entities.csv", "relations.csv", "figures.csv", "resolution.csv", "report.json", "store.sqlite"}
    assert {path.name for path in out.iterdir()} == {*tables, "graph.nt.gz", "graph.trig", "notes.txt"}
    assert one_line(kg("verify", out, page), "name ")
    assert kg("build", page, "--out", out).returncode == 0
    assert (out / "graph.ttl").exists() and not (out / "graph.nt.gz").exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_who_stops_listening_is_no_failure(page: Path, tmp_path: Path) -> None:
    listening, talking = os.pipe()
    os.close(listening)
    build = [sys.executable, "-m", "kg", "build", page, "--out", tmp_path / "out"]
    assert subprocess.run(build, stdout=talking, stderr=subprocess.DEVNULL).returncode == 0
    os.close(talking)
    assert (tmp_path / "out" / "report.json").exists()


def test_a_folder_made_in_vain_is_taken_away(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "new" / "deep", {"a": fail})
    assert list(tmp_path.iterdir()) == []
    writable(tmp_path / "probe")
    assert list(tmp_path.iterdir()) == []


def one_line(done: subprocess.CompletedProcess[str], words: str) -> bool:
    last = done.stderr.splitlines()[-1]
    return done.returncode == 2 and last.startswith("kg: ") and words in last and "Traceback" not in done.stderr


def test_out_is_a_file(page: Path, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("mine", encoding="utf-8")
    assert one_line(kg("build", page, "--out", place), "file")
    assert one_line(kg("build", page, "--out", place / "below"), "file")
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_limit_on_file_size(page: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    out = tmp_path / "out"
    assert kg("build", page, "--out", out).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    command = [sys.executable, "-m", "kg", "build", str(page), "--out", str(out), "--base-iri", "http://example.org/"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert one_line(done, "File too large")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.skipif(not (ROOT and shutil.which("mount")), reason="needs root to mount a small disk")
def test_a_full_disk(page: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("no right to mount")
    try:
        assert one_line(kg("build", page, "--out", disk / "out"), "No space left")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
