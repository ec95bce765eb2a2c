"""The plan in one process: one part at a time, what lies between stages in files of the output folder."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.packing import compress, decompress
from kg.plan.bags import Emit, decode, encode
from kg.plan.stage import Stage

_BUFFER = 16 << 20  # bytes waiting to be written, of all bags together
_PART = 256 << 10  # bytes of source files for each part
_MOST = 512  # parts: more would be written in pieces too small


def parts_for(size: int) -> int:
    """How many parts to make of so many bytes of source files, so that one of them fits well into memory.

    >>> parts_for(0), parts_for(6_000_000)
    (1, 22)
    """
    return min(max(size // _PART, 1), _MOST)


class LocalRunner:
    """Runs stages in this process. Its files begin with a dot and end in .part, as all that is only half written."""

    def __init__(self, folder: Path, parts: int) -> None:
        self._folder = folder
        self._parts = parts
        self._waiting: dict[tuple[str, int], bytearray] = defaultdict(bytearray)
        self._size = 0
        self._files: dict[str, set[int]] = defaultdict(set)  # parts that are there, by bag

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._waiting.clear()
        with suppress(OSError):
            self.drop(*list(self._files))

    def run(self, stage: Stage, told: object) -> None:
        for part in range(self._parts):
            given = [self._part(bag, part) for bag in stage.inputs]
            self.put(stage.work(told, part, *given))

    def gather(self, bag: str) -> Iterator[Any]:
        for part in range(self._parts):
            yield from self._part(bag, part)

    def put(self, emitted: Iterable[Emit]) -> None:
        for bag, part, record in emitted:
            packed = encode(record)
            self._waiting[bag, part] += packed
            self._size += len(packed)
            if self._size > _BUFFER:
                self._flush()

    def drop(self, *bags: str) -> None:
        for key in [key for key in self._waiting if key[0] in bags]:
            self._size -= len(self._waiting.pop(key))
        for bag in bags:
            for part in self._files.pop(bag, ()):
                self._path(bag, part).unlink(missing_ok=True)

    def _path(self, bag: str, part: int) -> Path:
        return self._folder / f".plan-{bag}-{part}.{os.getpid()}.part"

    def _flush(self) -> None:
        for (bag, part), waiting in self._waiting.items():
            packed = compress(waiting)
            self._files[bag].add(part)
            try:
                with self._path(bag, part).open("ab") as file:
                    file.write(len(packed).to_bytes(4, "big") + packed)
            except OSError as error:  # that of a full disk names no file
                error.filename = str(self._folder)
                raise
        self._waiting.clear()
        self._size = 0

    def _part(self, bag: str, part: int) -> Iterator[Any]:
        """The records of a part: those in its file, then those that wait."""
        waiting = bytes(self._waiting.get((bag, part), b""))
        if part in self._files.get(bag, ()):
            with self._path(bag, part).open("rb") as file:
                while length := file.read(4):
                    yield from decode(bag, decompress(file.read(int.from_bytes(length, "big"))))
        yield from decode(bag, waiting)
