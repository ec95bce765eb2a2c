"""A build on a real Dask scheduler and three workers, one of which is killed: the graph is that of the local engine."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

import fsspec
import pandas as pd
from distributed import Client
from fsspec.implementations.local import LocalFileSystem
from typer.testing import CliRunner

from extractors.reading import LIMITS, Source
from kg.cli import app
from kg.export import csv as tables
from kg.export import formats
from kg.graph import GraphData
from kg.model import CannotRun
from kg.pipeline import build
from kg.plan.distributed import build_distributed, client_of
from kg.plan.remote import Remote, fetched, find_urls
from kg.plan.shards import FOLDERS, Shards
from kg.plan.stage import Frame
from kg.rdf import Rdf
from kg.resolution import read_decisions
from tests.soak import texts
from tests.test_plan import rows

POSIX = os.name == "posix"
STARTS = 60  # seconds that a scheduler or a worker may take to start on a busy machine
_MIDDLE = 9  # the stage at which a worker is killed, of some twenty


@dataclass(frozen=True, slots=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("cluster"), 3) as found:
        yield found


@contextmanager
def running(folder: Path, count: int) -> Iterator[Cluster]:
    """A scheduler and so many workers, each a process of its own."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:

        def start(*words: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "dask", *words, "--no-dashboard", "--host", "127.0.0.1"]
            quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen(command, cwd=folder, **quiet)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        start("scheduler", "--port", "0", "--scheduler-file", str(file))
        until = time.monotonic() + STARTS
        while not file.exists() or not file.stat().st_size:
            assert time.monotonic() < until
            time.sleep(0.05)
        address = json.loads(file.read_bytes())["address"]
        workers = [start("worker", address, "--nthreads", "1", "--no-nanny", "--name", str(n)) for n in range(count)]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=STARTS)
        yield Cluster(address, workers)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return texts(tmp_path_factory.mktemp("texts") / "in", 6)


@pytest.fixture(scope="module")
def graph(folder: Path) -> GraphData:
    """The graph of the local engine."""
    found = build(folder, check="none").graph
    found.about = replace(found.about, files=tuple(FOLDERS.values()))
    return found


def expected(graph: GraphData) -> list[str]:
    out = io.BytesIO()
    formats.write(Rdf(graph), out, "graph.nt")
    return sorted(out.getvalue().decode().splitlines(keepends=True))


def triples(folder: Path) -> list[str]:
    shards = (gzip.decompress(path.read_bytes()).decode() for path in (folder / "graph.nt").iterdir())
    return sorted(line for shard in shards for line in shard.splitlines(keepends=True))


def kill_one(cluster: Cluster) -> str:
    """Kill a worker that holds results, once half of the stages have begun; its name."""
    until = time.monotonic() + STARTS
    with Client(cluster.address, set_as_default=False) as client:
        while time.monotonic() < until:
            held = {worker: [k for k in keys if str(k).startswith("kg-")] for worker, keys in client.has_what().items()}
            begun = max((int(str(key).split("-")[2]) for keys in held.values() for key in keys), default=0)
            if begun >= _MIDDLE:
                most = max(held, key=lambda worker: len(held[worker]))
                name = client.scheduler_info(n_workers=-1)["workers"][most]["name"]
                assert held[most]
                cluster.workers[int(name)].send_signal(signal.SIGKILL)
                return str(name)
            time.sleep(0.01)
    raise AssertionError("the build did not come so far")


@pytest.mark.skipif(not POSIX, reason="processes are killed")
def test_a_worker_is_killed_and_nothing_is_missing(
    cluster: Cluster, folder: Path, graph: GraphData, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(folder),
        "--out",
        str(out),
        "--engine",
        f"dask:{cluster.address}",
    ]
    asked = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    killed = kill_one(cluster)
    said, _ = asked.communicate(timeout=120)
    assert asked.returncode == 0, said.decode()
    assert cluster.workers[int(killed)].wait() == -signal.SIGKILL
    with Client(cluster.address, set_as_default=False) as client:
        assert len(client.scheduler_info(n_workers=-1)["workers"]) == 2
    assert triples(out) == expected(graph)
    assert not list(out.rglob("*.part"))

    for name, write in (
        ("entities", tables.write_entities), ("relations", tables.write_relations), ("figures", tables.write_figures),
    ):  # fmt: skip
        table = io.BytesIO()
        write(graph, table)
        frame = pd.read_parquet(out / f"{name}.parquet")
        found = [list(frame.columns), *(["" if pd.isna(c) else str(c) for c in row] for row in frame.to_numpy())]
        assert sorted(found) == rows(table.getvalue())
    report = json.loads((out / "report.json").read_bytes())
    assert report["counts"] == json.loads(json.dumps(graph.counts()))
    assert report["written"]["triples"] == len(expected(graph))
    shards = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} - {"report.json"}
    assert set(report["outputs"]) == shards
    for name, noted in report["outputs"].items():
        assert sha256((out / name).read_bytes()).hexdigest() == noted["sha256"]


def test_any_path_that_fsspec_knows(folder: Path, graph: GraphData, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process, so that memory is shared; a second build in fewer parts leaves no shard of the first."""
    memory = fsspec.filesystem("memory")
    for path in folder.iterdir():
        memory.pipe_file(f"/in/deep/{path.name}", path.read_bytes())
    sources = list(find_urls(["memory://in/deep"]))
    assert [source.name for source, _ in sources] == sorted(path.name for path in folder.iterdir())
    with Client(processes=False, dashboard_address="127.0.0.1:0", n_workers=1, threads_per_worker=1) as client:
        for parts, direct in ((5, 2), (2, 24)):  # through tasks in between, and from each to each
            monkeypatch.setattr("kg.plan.cluster._DIRECT", direct)
            done = build_distributed(
                client, sources, (), "memory://out", frame=Frame(1), decisions=read_decisions(), parts=parts
            )
            shards = [gzip.decompress(memory.cat_file(place)).decode() for place in memory.find("/out/graph.nt")]
            assert sorted(line for shard in shards for line in shard.splitlines(keepends=True)) == expected(graph)
            assert done.counts == graph.counts()


if "POLICYKG_TEST_URL" in os.environ:

    def test_a_file_system_that_is_at_hand(cluster: Cluster, folder: Path, graph: GraphData) -> None:
        """For those that tests cannot start, as POLICYKG_TEST_URL=hdfs://namenode:8020/tmp; twice into one folder."""
        url = f"{os.environ['POLICYKG_TEST_URL'].rstrip('/')}/{uuid4().hex}"
        system, root = fsspec.core.url_to_fs(url)
        system.makedirs(f"{root}/in", exist_ok=True)
        for path in folder.iterdir():
            system.pipe_file(f"{root}/in/{path.name}", path.read_bytes())
        command = [sys.executable, "-m", "kg", "build", f"{url}/in", "--out", f"{url}/out"]
        for _ in range(2):
            done = subprocess.run([*command, "--engine", f"dask:{cluster.address}"], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            system.invalidate_cache()
            data = {str(place).rpartition("/out/")[2]: system.cat_file(place) for place in system.find(f"{root}/out")}
            report = json.loads(data.pop("report.json"))
            assert {name: sha256(some).hexdigest() for name, some in data.items()} == {
                name: noted["sha256"] for name, noted in report["outputs"].items()
            }
            shards = [gzip.decompress(some).decode() for name, some in data.items() if name.startswith("graph.nt/")]
            assert sorted(line for shard in shards for line in shard.splitlines(keepends=True)) == expected(graph)
            assert report["counts"] == json.loads(json.dumps(graph.counts()))
        system.rm(root, recursive=True)


def test_no_more_is_fetched_than_can_be_refused_for_its_size() -> None:
    fsspec.filesystem("memory").pipe_file("/large.txt", b"a" * 100)
    remote = Remote("memory://large.txt", "/large.txt", 100)
    assert fetched(Source("large.txt", None, limits=replace(LIMITS, file=0)), remote).data == b"a"


def test_a_shard_is_whole_and_the_same_again(tmp_path: Path) -> None:
    shards = Shards(f"file://{tmp_path}/out")
    first = shards.write("triples", "00000-state", ["<a> <b> <c> .\n"])
    place = tmp_path / "out" / first[0]
    written = place.read_bytes()
    assert shards.write("triples", "00000-state", ["<a> <b> <c> .\n"]) == first
    assert place.read_bytes() == written and [p.name for p in place.parent.iterdir()] == [place.name]
    table = shards.write("entities", "empty", [])
    assert list(pd.read_parquet(tmp_path / "out" / table[0]).columns) == list(tables.ENTITIES)


class Strict(LocalFileSystem):
    """Folders here behind URLs with a host, which is in no path; it renames onto nothing, as HDFS."""

    protocol = "strict"
    silent = False  # as WebHDFS

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return LocalFileSystem._strip_protocol(path.removeprefix("strict://host"))

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        if not Path(path2).exists():
            Path(path1).rename(path2)
        elif not self.silent:
            raise FileExistsError(errno.EEXIST, "File exists", path2)

    def invalidate_cache(self, path: str | None = None) -> None: ...


def test_file_systems_that_do_not_rename_onto_what_is_there(
    folder: Path, graph: GraphData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.register_implementation("strict", Strict, clobber=True)
    sources = list(find_urls([f"strict://host{folder}"]))
    out = tmp_path / "out"
    with Client(processes=False, dashboard_address="127.0.0.1:0", n_workers=1, threads_per_worker=1) as client:
        for parts in (3, 2):
            url, decisions = f"strict://host{out}", read_decisions()
            build_distributed(client, sources, (), url, frame=Frame(1), decisions=decisions, parts=parts)
            assert triples(out) == expected(graph)
            assert {path.suffix for path in out.rglob("*") if path.is_file()} == {".gz", ".parquet", ".json"}

    monkeypatch.setattr(Strict, "exists", lambda self, path: path.endswith(".part") and Path(path).exists())
    for silent in (False, True):  # another worker came between
        monkeypatch.setattr(Strict, "silent", silent)
        with pytest.raises(CannotRun, match=r"^strict://host.*(File exists|could not be renamed)"):
            Shards(f"strict://host{out}").put("report.json", b"{}")
    assert not list(out.rglob("*.part")) and json.loads((out / "report.json").read_bytes())["counts"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--engine", "spark"], "local, dask and dask:ADDRESS"),
        (["--engine", "dask:"], "local, dask and dask:ADDRESS"),
        (["--engine", "dask", "--format", "ttl"], "--format ttl"),
        (["--engine", "dask", "--gephi-tables"], "--gephi-tables"),
        (["--engine", "dask", "--sources", __file__], "--sources tells of files here"),
    ],
)
def test_what_cannot_be_asked_of_a_cluster(tmp_path: Path, folder: Path, options: list[str], words: str) -> None:
    source = "memory://in" if "--sources" in options else str(folder)
    done = CliRunner().invoke(app, ["build", source, "--out", str(tmp_path / "out"), *options])
    assert done.exit_code == 2 and words in done.output and done.output.count("\n") == 1


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.plan.distributed._PATIENCE", 0.2)
    with pytest.raises(CannotRun, match=r"^--engine dask:tcp://127\.0\.0\.1:9: "), client_of("tcp://127.0.0.1:9", 1):
        pass
