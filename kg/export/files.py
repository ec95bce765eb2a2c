"""Files written whole or not at all: into temporary files beside their places, then renamed together."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from kg.beside import beside
from kg.written import Seal, outdated, seal

Write = Callable[[BinaryIO], object]


def write_whole(
    folder: Path,
    files: Mapping[str, Write],
    seals: dict[str, Seal] | None = None,
    told: dict[str, object] | None = None,
    apart: Collection[str] = (),
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Path]:
    """Write all the files into the folder, or none; an OSError tells what stood in the way.

    As each is written, `seals` gets its size and its SHA-256, and `told` what its writer returned: those that come
    later can tell of the earlier ones. The last, the report, then tells of all, and what it tells of no longer goes: a
    graph.ttl beside newer tables is wrong. Files `apart` are written by a second process; `meanwhile` is done when this
    one has written the others, before the last.
    """
    parts = {name: folder / f".{name}.{os.getpid()}.part" for name in files}
    *others, last = files

    def each(names: Iterable[str]) -> dict[str, tuple[Seal | None, object]]:
        return {name: _written(folder / name, parts[name], files[name], seals is not None) for name in names}

    with _folder(folder, keep=True):
        try:
            with beside(lambda: each(apart), really=bool(apart)) as coming:
                written = each(name for name in others if name not in apart)
                meanwhile()
                written |= coming.result()
                for name in others:
                    sealed, said = written[name]
                    if seals is not None and sealed is not None:
                        seals[name] = sealed
                    if told is not None:
                        told[name] = said
                each([last])  # the other process takes its time to end
            for name in others:
                parts[name].replace(folder / name)
            for place in outdated(folder, files) if seals is not None else ():
                with _named(place):
                    place.unlink(missing_ok=True)
            parts[last].replace(folder / last)
        finally:
            for temporary in parts.values():
                with suppress(OSError):
                    temporary.unlink()
    return [folder / name for name in files]


def _written(place: Path, temporary: Path, write: Write, sealed: bool) -> tuple[Seal | None, object]:
    """Write what belongs at a place into a temporary file; its seal, and what its writer says."""
    with _named(place):
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where the file belongs")
        with temporary.open("wb") as out:
            said = write(out)
            out.flush()
            os.fsync(out.fileno())
        return seal(temporary) if sealed else None, said


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
