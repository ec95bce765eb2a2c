"""Work that a second process does: its answer, its errors, its death; files written by two processes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.beside import possible
from tests import beside_checks
from tests.soak import command, texts

LINUX = sys.platform == "linux"
CHECKS = [
    name
    for name, known in vars(beside_checks).items()
    if getattr(known, "__module__", "") == "tests.beside_checks" and not name.startswith("_")
]
ALONE = """
import sys
from pathlib import Path
from kg.beside import possible
from tests import beside_checks
assert possible()
getattr(beside_checks, sys.argv[1])(Path(sys.argv[2]))
"""


@pytest.mark.skipif(not LINUX, reason="elsewhere there is one process")
@pytest.mark.parametrize("check", CHECKS)
def test_beside(check: str, tmp_path: Path) -> None:
    """In a process of its own: that of the tests may have threads, which a copy would not have."""
    subprocess.run([sys.executable, "-c", ALONE, check, str(tmp_path)], check=True, timeout=120)


def test_no_copy_of_what_has_torch_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", sys)
    assert not possible()


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
