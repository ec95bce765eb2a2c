"""The command `kg`: its entry point."""

from __future__ import annotations

import gc
import io
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TextIO

from kg.commands import building, checking, looking
from kg.commands.app import app

__all__ = ["app", "building", "checking", "looking", "main"]


def main() -> None:
    """Entry point of the console script."""
    # A parent may have closed them.
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):  # names hold Chinese, and file names may hold anything
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up after, like Ctrl-C
    # What is read stays until it is written and makes next to no cycles: by default a tenth of the time goes into the
    # search for them.
    gc.set_threshold(10_000_000, 20, 20)
    try:
        app()
    except SystemExit as done:
        if isinstance(done.code, int):
            _leave(done.code)
        raise


def _leave(status: int) -> None:
    """End the process at once: to take apart a large graph, object by object, takes longer than to write its tables.

    Not where somebody else is still at work or looks on, or where what was said does not get through.
    """
    watched = sys.gettrace() or sys.getprofile()
    if watched or threading.active_count() > 1 or multiprocessing.active_children():
        return
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _nowhere() -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")
