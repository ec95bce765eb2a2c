"""The process that holds the graph, and its forks: one for each query, that may only compute, and not for long.

Oxigraph can neither be stopped nor told how much memory to take, and it follows SERVICE to any address. So each query
has a process of its own, which shares the graph without a copy and which the kernel holds to its limits: it cannot open
a file or a socket, for no file descriptor is left; a timer ends it whatever it is at, and so does a client that goes
away; and there is only so much memory that it can get.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from kg.loading import NoGraph, quads
from kg.serve import answers
from kg.serve.query import Job, Limits, Refused, evaluate

DELIVERY = 120.0  # seconds for a client to take its answer
TEXT = "text/plain; charset=utf-8"


def too_much(limits: Limits) -> str:
    """What is said of a query that died."""
    return f"stopped: the query took more than {limits.mebibytes:,} MiB of memory, or broke the engine"


def line_of(connection: socket.socket) -> bytes:
    """What comes up to the first line break, or to the end."""
    line = bytearray()
    while not line.endswith(b"\n") and (piece := connection.recv(1 << 16)):
        line += piece
    return bytes(line)


def hold(path: Path, limits: Limits, control: socket.socket) -> NoReturn:
    """Load the graph, then fork for each connection that comes, until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the server says when it is over
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    os.closerange(3, control.fileno())  # the server's own are not for here
    os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    try:
        store = _loaded(path)
        _warm(store)
        control.sendall(json.dumps({"triples": _size(store)}).encode() + b"\n")
    except NoGraph as error:
        control.sendall(json.dumps({"error": str(error)}).encode() + b"\n")
        os._exit(1)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            os._exit(0)
        if _forked():
            _answer(store, limits, descriptors[0])
        os.close(descriptors[0])


def _forked() -> bool:
    """Whether this is the fork; where there can be none, the connection closes without an answer."""
    try:
        return os.fork() == 0
    except OSError:
        return False


def _loaded(path: Path) -> ox.Store:
    """The store. Its default graph has all triples, those of named graphs too, as the other formats have them."""
    store = ox.Store()
    try:
        store.bulk_extend(quads(path))
        if next(iter(store.named_graphs()), None) is not None:
            store.bulk_extend([ox.Quad(q.subject, q.predicate, q.object) for q in store])
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        raise NoGraph(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from None
    return store


def _warm(store: ox.Store) -> None:
    """Import what Python imports when it is first used: the forks can open no file."""
    for form in {*answers.ROWS, *answers.TRIPLES}:
        for query in ("SELECT * { ?s ?p ?o } LIMIT 1", "DESCRIBE <urn:x>", "ASK {} # SERVICE", "SERVICE <urn:x> {}"):
            with suppress(Refused):
                evaluate(store, Job(query, form), 1)


def _size(store: ox.Store) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _answer(store: ox.Store, limits: Limits, descriptor: int) -> NoReturn:
    """One query, from its connection to its answer."""
    try:
        connection = alone(descriptor, limits)
        query, accept, default_graphs, named_graphs = json.loads(line_of(connection))
        _end_with(connection)
        try:
            job = Job(query, accept, tuple(default_graphs), tuple(named_graphs))
            status, media, body = 200, *evaluate(store, job, limits.rows)
        except Refused as error:
            status, media, body = error.status, TEXT, f"{error}\n".encode("utf-8", "replace")
        except MemoryError:
            status, media, body = 500, TEXT, f"{too_much(limits)}\n".encode()
        fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) & ~os.O_ASYNC)
        signal.setitimer(signal.ITIMER_REAL, DELIVERY)
        connection.sendall(json.dumps([status, media, len(body)]).encode() + b"\n")
        connection.sendall(body)
    finally:
        os._exit(0)


def alone(descriptor: int, limits: Limits) -> socket.socket:
    """Give up everything but the connection, and set the limits."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)  # its signal ends a process that does not handle it
    with suppress(OSError):  # Linux tells the size of a process here
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + (limits.mebibytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    kept = socket.socket(fileno=os.dup(descriptor))
    os.dup2(kept.detach(), 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))  # all four are taken
    return socket.socket(fileno=3)


def _end_with(connection: socket.socket) -> None:
    """From now on the process ends when the other side hangs up."""
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    with suppress(BlockingIOError):  # nothing to read: it is still there
        if not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
            os._exit(0)  # it had hung up before
