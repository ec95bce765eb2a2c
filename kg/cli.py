"""The command `kg`: its entry point."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
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
    # What is read stays until it is written and makes no cycles: by default a tenth of the time goes into the search.
    gc.set_threshold(1_000_000, 20, 20)
    app()


def _nowhere() -> TextIO:
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")
