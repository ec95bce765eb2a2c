"""Files written whole or not at all: into temporary files beside their places, then renamed together."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from kg.written import Seal, outdated, seal


def write_whole(
    folder: Path, files: Mapping[str, Callable[[BinaryIO], object]], seals: dict[str, Seal] | None = None
) -> list[Path]:
    """Write all the files into the folder, or none; an OSError tells what stood in the way.

    As each is written, `seals` gets its size and its SHA-256: those that come later can tell of the earlier ones. The
    last, the report, then tells of all, and what it tells of no longer goes: a graph.ttl beside newer tables is wrong.
    """
    waiting: list[tuple[Path, Path]] = []
    with _folder(folder, keep=True):
        try:
            for name, write in files.items():
                place = folder / name
                temporary = folder / f".{name}.{os.getpid()}.part"
                waiting.append((temporary, place))
                with _named(place):
                    if place.is_dir():
                        raise IsADirectoryError(errno.EISDIR, "a folder stands where the file belongs")
                    with temporary.open("wb") as out:
                        write(out)
                        out.flush()
                        os.fsync(out.fileno())
                    if seals is not None:
                        seals[name] = seal(temporary)
            *others, last = waiting
            for temporary, place in others:
                temporary.replace(place)
            for place in outdated(folder, files) if seals is not None else ():
                with _named(place):
                    place.unlink(missing_ok=True)
            last[0].replace(last[1])
        finally:
            for temporary, _ in waiting:
                with suppress(OSError):
                    temporary.unlink()
    return [place for _, place in waiting]


def writable(folder: Path) -> None:
    """An OSError when files cannot be put into the folder: better known before hours of reading than after."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file, not a folder", str(folder))
    with _folder(folder, keep=False), _named(folder):
        probe = folder / f".writable.{os.getpid()}.part"
        probe.touch()
        probe.unlink()


@contextmanager
def compressed(out: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """The stream itself, or where the name ends in .gz one that compresses into it."""
    if not name.endswith(".gz"):
        yield out
        return
    # Neither time nor name in the head of the compressed file: equal graphs give equal bytes.
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        yield cast(BinaryIO, packed)


@contextmanager
def _named(place: Path) -> Iterator[None]:
    """An OSError from within names this place: that of a full disk names none, others a temporary file."""
    try:
        yield
    except OSError as error:
        error.filename = str(place)
        raise


@contextmanager
def _folder(folder: Path, keep: bool) -> Iterator[None]:
    """The folder, made if need be; what was made is taken away again on failure, and without `keep` in any case."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        keep = False
        raise
    finally:
        if not keep:
            for path in made:
                with suppress(OSError):
                    path.rmdir()
