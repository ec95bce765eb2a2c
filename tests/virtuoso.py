"""A real Virtuoso on loopback for the time of a test: Debian's virtuoso-opensource-7, from an ini file of our own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "virtuoso-t"
CLIENT = "isql-vt"
PATIENCE = 60  # seconds until the server answers

# Both ports on loopback; ResultSetMaxRows would cut an answer short without a word (HTTP 200).
INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
Striping = 0
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ServerThreads = 4
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running server; `folder` is the only place it reads files from."""

    folder: Path
    sql: int
    http: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.http}/sparql"

    def load(self, path: Path, graph: str) -> None:
        """Load a Turtle file into a named graph."""
        inside = self.folder / path.name
        if path != inside:
            shutil.copyfile(path, inside)
        self.run(f"DB.DBA.TTLP_MT(file_to_string_output('{inside}'), '', '{graph}', 0); checkpoint;")

    def count(self, query: str) -> int:
        """The number that a query over all graphs answers with."""
        printed = self.run(f"sparql {query};").split("\n")
        return int(next(line for line in printed if line.strip().isdigit()))

    def run(self, statement: str) -> str:
        """What isql prints; a RuntimeError when the server refuses."""
        done = subprocess.run(
            [CLIENT, f"127.0.0.1:{self.sql}", "dba", "dba", f"exec={statement}"],
            capture_output=True, text=True, check=False, timeout=PATIENCE * 5,
        )  # fmt: skip
        if done.returncode or "*** Error" in done.stdout + done.stderr:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout


@contextmanager
def virtuoso(folder: Path) -> Iterator[Virtuoso]:
    """Start a server with its files in the folder, wait until it answers, stop it in the end."""
    server = Virtuoso(folder.resolve(), *_free_ports())
    ini = server.folder / "virtuoso.ini"
    ini.write_text(INI.format(folder=server.folder, sql=server.sql, http=server.http), encoding="utf-8")
    process = subprocess.Popen(
        [PROGRAM, "+configfile", str(ini), "+foreground"], cwd=server.folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Virtuoso, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            server.run("select 1;")
            return
        except RuntimeError:
            time.sleep(0.2)
    log = server.folder / "virtuoso.log"
    raise RuntimeError(f"Virtuoso does not answer: {log.read_text(errors='replace')[-2000:] if log.exists() else ''}")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for each in (one, other):
            each.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
