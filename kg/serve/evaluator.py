"""The server's side of the process that holds the graph: it passes queries on and answers back."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from kg.loading import NoGraph
from kg.serve.query import Job, Limits, Refused
from kg.serve.sandbox import hold, line_of, too_much

BUSY = 100  # queries that may wait for their turn


class Evaluator:
    """Starts the process; a NoGraph says why the graph could not be loaded."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)
        self._waiting = 0
        self._running: set[asyncio.StreamWriter] = set()
        self._control, theirs = socket.socketpair()
        if os.fork() == 0:
            self._control.close()
            try:
                hold(path, limits, theirs)
            except BrokenPipeError:  # the server was ended while the graph was being loaded
                pass
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)  # whatever happens: what stands below is the server's
        theirs.close()
        told = json.loads(line_of(self._control) or b'{"error": "the process that loads the graph ended"}')
        if "error" in told:
            raise NoGraph(told["error"])
        self.triples = int(told["triples"])

    def close(self) -> None:
        """Let the process end."""
        self._control.close()

    def stop(self) -> None:
        """End the queries that run."""
        for writer in self._running:
            writer.transport.abort()

    async def ask(self, job: Job) -> Answer:
        """The answer, to be closed. A Refused says what was wrong or too much. Cancel it, and the query is stopped."""
        if self._waiting >= BUSY:
            raise Refused(503, "too many queries are waiting; try again later")
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            return await self._asked(job)
        except BaseException:
            self._turns.release()
            raise

    async def _asked(self, job: Job) -> Answer:
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self._control, [b"?"], [theirs.fileno()])
        except OSError:
            ours.close()
            raise Refused(500, "the process that holds the graph is gone; start kg serve again") from None
        finally:
            theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        started, head = time.monotonic(), b""
        self._running.add(writer)
        try:
            writer.write(json.dumps([job.query, job.accept, job.default_graphs, job.named_graphs]).encode() + b"\n")
            head = await reader.readline()
        except ConnectionError:
            pass
        finally:
            self._running.discard(writer)
            if not head:
                writer.close()  # ends the query, if it is not what ended
        if not head:
            raise Refused(500, self._ended(time.monotonic() - started))
        status, media, length = json.loads(head)
        return Answer(status, media, length, reader, writer, self._turns)

    def _ended(self, seconds: float) -> str:
        """Why there is no answer: the kernel ended the process, and does not say for what."""
        if seconds >= self.limits.seconds * 0.9:
            return f"stopped: the query took more than {self.limits.seconds:g} seconds"
        return too_much(self.limits)


@dataclass(eq=False, slots=True)
class Answer:
    """What goes back: an HTTP status, the type of the body, its length, and the body in pieces."""

    status: int
    media: str
    length: int
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter
    _turns: asyncio.Semaphore
    _open: bool = True

    async def body(self) -> AsyncIterator[bytes]:
        left = self.length
        while left > 0 and (piece := await self._reader.read(1 << 16)):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """It is the next one's turn."""
        if self._open:
            self._open = False
            self._writer.close()
            self._turns.release()
