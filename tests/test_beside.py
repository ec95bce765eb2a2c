"""Work that a second process does: its answer, its errors, its death; files written by two processes."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import BinaryIO

import pytest

import kg.export
from kg.beside import beside, possible
from kg.export import write_all
from kg.export.files import write_whole
from kg.pipeline import build
from kg.written import Seal
from tests.soak import command, texts

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(not possible(), reason="one core, or no copies of processes")


def test_somebody_else_does_it() -> None:
    with beside(os.getpid) as coming:
        other = coming.result()
    assert other != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_asked_not_to_it_is_done_here() -> None:
    with beside(os.getpid, really=False) as coming:
        assert coming.result() == os.getpid()


def test_an_error_is_raised_where_the_answer_is_awaited() -> None:
    def work() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "graph.gexf")

    with beside(work) as coming, pytest.raises(OSError, match="No space") as caught:
        coming.result()
    assert caught.value.errno == errno.ENOSPC


def test_what_a_killed_process_did_not_do_is_done_here() -> None:
    first = os.getpid()

    def work() -> int:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with beside(work) as coming:
        assert coming.result() == first


def test_nobody_waits_for_work_that_is_no_longer_wanted(tmp_path: Path) -> None:
    place = tmp_path / "pid"

    def work() -> None:
        place.write_text(str(os.getpid()))
        time.sleep(600)

    with pytest.raises(KeyboardInterrupt), beside(work):
        while not place.exists() or not place.read_text():
            time.sleep(0.01)
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text()), 0)


def _fails(out: BinaryIO) -> None:
    out.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_files_are_written_by_both_and_none_if_one_fails(tmp_path: Path) -> None:
    def tell(name: str) -> bytes:
        return (tmp_path / name).read_bytes()

    def pid(out: BinaryIO) -> int:
        return out.write(str(os.getpid()).encode())

    seals: dict[str, Seal] = {}
    told: dict[str, object] = {}
    files = {"a": pid, "b": pid, "last": lambda out: out.write(str(sorted(seals)).encode())}
    write_whole(tmp_path, files, seals, told, apart=["b"])
    assert tell("a") == str(os.getpid()).encode() != tell("b")
    assert tell("last") == b"['a', 'b']"
    assert told == {"a": len(tell("a")), "b": len(tell("b"))}
    before = {name: tell(name) for name in files}
    for apart in (["a"], ["b"]):
        with pytest.raises(OSError, match="No space") as caught:
            write_whole(tmp_path, {"a": pid, "b": _fails, "last": pid}, apart=apart)
        assert caught.value.filename == str(tmp_path / "b")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_graph_is_the_same_whoever_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = build(ROOT / "seeds")
    for folder, large in (("one", 1 << 30), ("two", 0)):
        monkeypatch.setattr(kg.export, "LARGE", large)
        write_all(done, tmp_path / folder, rdf_files=["graph.ttl", "graph.nt.gz"], drawings=["graph.graphml"])
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one.keys() == two.keys() and len(one) == 10
    assert [name for name in one if one[name] != two[name]] == ["report.json"]  # it knows the clock


def _working(pid: int) -> bool:
    """Whether a process is there, and not only its name in the list of those that nobody has asked after."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def test_nobody_stays_when_the_first_process_is_killed(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", 300)
    first = subprocess.Popen(command(folder, tmp_path / "out", "--jobs", "2"), stderr=subprocess.DEVNULL)
    others: list[int] = []
    while len(others) < 2 and first.poll() is None:
        others = [int(pid) for pid in Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split()]
    first.kill()
    first.wait()
    assert len(others) == 2
    end = time.monotonic() + 30
    while any(map(_working, others)) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in others if _working(pid)] == []
