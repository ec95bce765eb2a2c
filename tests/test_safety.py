"""Nothing that comes from outside is run, nothing is fetched, and nothing is written but in the output folder."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractors
import kg
from tests.test_cli import TEXT
from tests.test_reading import PAGE, docx, pdf

ROOMS = [Path(extractors.__file__).parent, Path(kg.__file__).parent]
# What runs what it reads, what starts programs, and what fetches; XML readers that expand entities.
BANNED = (
    "pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml", "subprocess", "pty", "code",
    "runpy", "webbrowser", "urllib.request", "http.client", "ftplib", "requests", "httpx", "xml.etree", "xml.dom",
    "xml.parsers", "xml.sax.parse", "xml.sax.make_parser", "xml.sax.expatreader", "tempfile",
)  # fmt: skip
BANNED_PARTS = tuple(f"{name}." for name in BANNED)
CALLS = {"eval", "exec", "compile", "__import__", "breakpoint"}
METHODS = {
    "os.system", "os.popen", "os.execv", "os.execvp", "os.spawnv", "os.startfile", "shutil.unpack_archive",
}  # fmt: skip
RISKS = ("load_dtd", "dtd_validation", "huge_tree", "attribute_defaults")
PARSERS = {"XMLParser", "XMLPullParser", "iterparse"}  # of lxml, which expand entities unless told not to


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted(room.rglob("*.py"))]


def faults(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        at = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{name}" for name in names)]
            yield from (f"{at}: imports {name}" for name in names if f"{name}.".startswith(BANNED_PARTS))
        elif isinstance(node, ast.Call):
            called, options = ast.unparse(node.func), {k.arg: ast.unparse(k.value) for k in node.keywords}
            if called in CALLS or called in METHODS or called.endswith(".extractall"):
                yield f"{at}: calls {called}"
            if options.get("shell", "False") != "False" or options.get("allow_pickle", "False") != "False":
                yield f"{at}: {called} with {options}"
            name = called.rpartition(".")[2]
            if name in PARSERS and options.get("resolve_entities") != "False":
                yield f"{at}: {called} expands entities"
            if {options.get(k, "False") for k in ("load_dtd", "dtd_validation", "huge_tree", "attribute_defaults")} != {
                "False"
            }:
                yield f"{at}: {called} reads a DTD, or without bounds"
            if options.get("no_network", "True") != "True":
                yield f"{at}: {called} may fetch"


def test_nothing_runs_what_it_reads() -> None:
    assert [fault for path in modules() for fault in faults(path)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from pickle import loads", "import subprocess as s", "eval(words)", "os.system(words)",
        "from urllib import request", "np.load(file, allow_pickle=True)", "run(words, shell=True)", "etree.XMLParser()",
        "etree.XMLParser(resolve_entities=False, load_dtd=True)",
        "etree.HTMLParser(no_network=False)", "archive.extractall(place)", "import xml.etree.ElementTree",
    ],
)  # fmt: skip
def test_what_is_banned_is_seen(code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(code, encoding="utf-8")
    assert list(faults(path))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.html").write_text(PAGE.format("utf-8"), encoding="utf-8")
    (folder / "c.docx").write_bytes(docx("示范区建设启动", TEXT))
    (folder / "d.pdf").write_bytes(pdf(TEXT))
    (folder / "e.md").write_text(f"# 标题\n\n{TEXT}", encoding="utf-8")
    return folder


def build(sources: Path, out: Path, *before: str) -> subprocess.CompletedProcess[str]:
    options = ["--jobs", "2", "--format", "ttl,nt.gz,graphml", "--gephi-tables"]
    command = [*before, sys.executable, "-B", "-m", "kg", "build", str(sources), "--out", str(out), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


_CALL = re.compile(r"(?:^\d+\s+)?(?P<name>\w+)\((?P<arguments>.*)\)\s*= (?P<result>-?\d+)")
_PATHS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")
_CHANGES = {
    "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
    "symlinkat", "creat", "truncate", "chmod", "fchmodat", "chown", "fchownat", "lchown", "mknod", "mknodat",
    "setxattr", "utimensat",
}  # fmt: skip
# Not files: they hold nothing that lasts. /dev/shm is where the processes of --jobs keep their locks.
_NO_FILES = ("/dev/null", "/dev/tty", "/dev/shm/", "/proc/self/")


def written(trace: str) -> Iterator[str]:
    """The paths that system calls opened for writing, made, renamed or took away, and with success."""
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None or int(call["result"]) < 0:
            continue
        opened = call["name"] in ("open", "openat") and any(flag in call["arguments"] for flag in _WRITES)
        if opened or call["name"] in _CHANGES:
            yield from _PATHS.findall(call["arguments"])


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_only_the_output_folder_is_written(sources: Path, tmp_path: Path) -> None:
    trace, out = tmp_path / "trace", tmp_path / "out"
    calls = ",".join(["open", "openat", *sorted(_CHANGES)])
    probe = subprocess.run(
        ["strace", "-f", "-o", str(trace), "-e", f"trace=?{calls.replace(',', ',?')}", "true"], capture_output=True
    )
    if probe.returncode:
        pytest.skip("no right to trace")
    done = build(sources, out, "strace", "-f", "-s", "4096", "-o", trace, "-e", f"trace=?{calls.replace(',', ',?')}")
    assert done.returncode == 0, done.stderr
    places = set(written(trace.read_text(encoding="utf-8", errors="replace")))
    inside = {path for path in places if Path(path).is_relative_to(out)}
    assert {"graph.nt.gz", "store.sqlite"} <= {path.name for path in out.iterdir()} and len(inside) > 10
    assert sorted(path for path in places - inside if not path.startswith(_NO_FILES)) == []


@pytest.mark.skipif(os.name != "posix", reason="folders of other systems")
def test_nothing_but_the_output_folder_changes(sources: Path, tmp_path: Path) -> None:
    """Where system calls cannot be watched: home, the sources and the working folder stay as they were."""
    home = tmp_path / "home"
    home.mkdir()
    before = {path: path.stat().st_mtime_ns for path in [home, sources, *sources.iterdir()]}
    command = [sys.executable, "-B", "-m", "kg", "build", str(sources), "--out", str(tmp_path / "out")]
    places = {"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    root = str(ROOMS[0].parent)
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=home, env={**os.environ, **places, "PYTHONPATH": root}
    )
    assert done.returncode == 0, done.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert list(home.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"home", "in", "out"}
