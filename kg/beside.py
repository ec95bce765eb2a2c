"""Work that a second process does meanwhile: a copy of this one, which finds in memory all that there is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

T = TypeVar("T")
_ENDING = {signal.SIGINT, signal.SIGTERM}


def helpful() -> bool:
    """Whether a copy of this process would help, and may be made."""
    return (
        sys.platform == "linux"
        and len(os.sched_getaffinity(0)) > 1
        and "torch" not in sys.modules  # its copies wait for ever for threads that they have not got
        and not multiprocessing.current_process().daemon
    )


def possible() -> bool:
    """Whether a copy can go on with what this process does: one of several threads would lack the others."""
    return helpful() and threading.active_count() == 1


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Signals wait until the end of the block: those that fall on the start of a process are lost within Python."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Coming(Generic[T]):
    """What the work comes to. Asked for, it waits; what the work raised is raised here."""

    def __init__(self, work: Callable[[], T], answer: Connection | None = None) -> None:
        self._work = work
        self._answer = answer

    def done(self) -> bool:
        """Whether `result` would give it at once."""
        return self._answer is not None and self._answer.poll()

    def result(self) -> T:
        if self._answer is None:
            return self._work()
        try:
            found: T = self._answer.recv()
        except Exception:  # killed, perhaps for want of memory, before or while it answered: there is more of it now
            return self._work()
        if isinstance(found, BaseException):
            raise found
        return found


@contextmanager
def beside(work: Callable[[], T], really: bool = True) -> Iterator[Coming[T]]:
    """The work goes on in another process until the end of the block; unless `really`, here, when it is asked for.

    The work must leave behind only files and what it returns, and be fit to be done again.
    """
    if not (really and possible()):
        yield Coming(work)
        return
    copying = multiprocessing.get_context("fork")
    here, there = copying.Pipe(duplex=False)
    process = copying.Process(target=_do, args=(work, there), daemon=True)
    try:
        started = _started(process)
        there.close()
        yield Coming(work, here if started else None)
    finally:
        if process.pid is not None:
            process.terminate()  # it has answered, or nobody waits for it
            process.join()
        here.close()


def _started(process: BaseProcess) -> bool:
    """Start a process; whether there is room for one."""
    try:
        with uninterrupted():
            process.start()
    except OSError:
        return False
    return True


def follow() -> None:
    """What a process does first that works for another one: it leaves ending to that one, and ends when that is gone.

    A process that is killed, perhaps for want of memory, cannot end those that wait for it.
    """
    # Ctrl-C reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # inherited, it would print a traceback when the first one ends this
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    if first := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(first.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _do(work: Callable[[], object], answer: Connection) -> None:
    follow()
    try:
        found = work()
    except Exception as error:
        found = error
    try:
        answer.send(found)
    finally:
        os._exit(0)  # a large graph is not taken apart object by object
