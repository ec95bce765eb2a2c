"""A build on a real Dask scheduler and three workers, one of which is killed: the graph is that of the local engine."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

import fsspec
import pandas as pd
from distributed import Client
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
_STARTS = 60  # seconds that a scheduler or a worker may take to start on a busy machine
_MIDDLE = 9  # the stage at which a worker is killed, of some twenty


@dataclass(frozen=True, slots=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and three workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
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
        until = time.monotonic() + _STARTS
        while not file.exists() or not file.stat().st_size:
            assert time.monotonic() < until
            time.sleep(0.05)
        address = json.loads(file.read_bytes())["address"]
        workers = [start("worker", address, "--nthreads", "1", "--no-nanny", "--name", str(n)) for n in range(3)]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=_STARTS)
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
    until = time.monotonic() + _STARTS
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


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--engine", "spark"], "local, dask and dask:ADDRESS"),
        (["--engine", "dask:"], "local, dask and dask:ADDRESS"),
        (["--engine", "dask", "--format", "ttl"], "--format ttl"),
        (["--engine", "dask", "--gephi-tables"], "--gephi-tables"),
    ],
)
def test_what_cannot_be_asked_of_a_cluster(tmp_path: Path, folder: Path, options: list[str], words: str) -> None:
    done = CliRunner().invoke(app, ["build", str(folder), "--out", str(tmp_path / "out"), *options])
    assert done.exit_code == 2 and words in done.output and done.output.count("\n") == 1


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.plan.distributed._PATIENCE", 0.2)
    with pytest.raises(CannotRun, match=r"^--engine dask:tcp://127\.0\.0\.1:9: "), client_of("tcp://127.0.0.1:9", 1):
        pass
