"""Sources behind URLs of fsspec, and what its file systems say when something cannot be done, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import fsspec

from extractors.model import Problem
from extractors.reading import LIMITS, Limits, Source
from extractors.reading.limits import MB
from extractors.reading.sources import READABLE
from kg.model import CannotRun
from kg.written import REPORT

# A file is there whole or not at all, and there are no folders; who makes them makes a bucket of a typing error.
_OBJECT_STORES = frozenset((
    "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "cos", "obs", "tos", "hf", "memory",
))  # fmt: skip
_PAGE, _BESIDE = "explorer.html", (REPORT, "entities.csv")  # the page that a build writes is no input


@dataclass(frozen=True, slots=True)
class Remote:
    """A file below a URL, as its file system calls it: many leave out the host, which the URL has."""

    url: str  # as the user named it
    place: str
    size: int | None  # bytes, where a listing tells them


@contextmanager
def told_of(url: str) -> Iterator[None]:
    """Around calls of a file system: a CannotRun of one line when one fails."""
    try:
        yield
    except Exception as error:  # each client has its own: those of botocore are no OSErrors
        raise CannotRun(f"{url}: {reason(error)}") from None


def reason(error: Exception) -> str:
    """What a file system complains of, in one line."""
    if isinstance(error, FileNotFoundError):  # most say only the path
        return "there is no such file, folder or bucket"
    lines = str(getattr(error, "strerror", None) or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def is_object_store(system: fsspec.AbstractFileSystem) -> bool:
    return speaks(system, *_OBJECT_STORES)


def speaks(system: fsspec.AbstractFileSystem, *protocols: str) -> bool:
    """Whether URLs of the file system begin with one of these."""
    spoken = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
    return not set(spoken).isdisjoint(protocols)


def find_urls(
    urls: Iterable[str], issued: str | None = None, publisher: str | None = None, limits: Limits = LIMITS
) -> Iterator[tuple[Source, Remote] | Problem]:
    """The readable files behind URLs, named as below the URL; what is not read is a Problem, as in folders here."""
    read: set[tuple[str, str]] = set()
    for url in urls:
        for found in _below(url):
            if isinstance(found, Problem):
                yield found
                continue
            name, remote = found
            if (name, remote.place) in read:
                continue
            if len(read) >= limits.files:
                yield limits.refuse("files", url, "the other files are not read")
                break
            read.add((name, remote.place))
            yield Source(name, None, None, issued, publisher, limits=limits), remote


def _below(url: str) -> Iterator[tuple[str, Remote] | Problem]:
    sizes, root, closed = _listed(url)
    yield from (Problem(url, f"a folder cannot be read: {reason(error)}", lost=True) for error in closed)
    ignored, count = Counter[str](), 0
    for place, size in sorted(sizes.items()):
        folder, _, last = place.rpartition("/")
        name = place.removeprefix(root).lstrip("/") or last
        if f"/{name}".count("/."):  # hidden, or in a hidden folder
            continue
        if last == _PAGE and all(f"{folder}/{other}" in sizes for other in _BESIDE):
            continue
        if not last.lower().endswith(READABLE):
            ignored[f".{last.rpartition('.')[2].lower()}" if "." in last else "no suffix"] += 1
            continue
        count += 1
        yield name, Remote(url, place, size)
    if ignored:
        kinds = ", ".join(f"{n} × {kind}" for kind, n in sorted(ignored.items()))
        yield Problem(url, f"files of types that are not read were passed over: {kinds}")
    if not sizes and not closed:
        yield Problem(url, "there is no such file or folder, or nothing in it", lost=True)
    elif not count and not closed:
        yield Problem(url, f"there is no file that can be read ({', '.join(READABLE)})", lost=True)


def _listed(url: str) -> tuple[dict[str, int | None], str, list[Exception]]:
    """The files below a URL with their sizes, how its file system calls it, and which folders were closed."""
    closed: list[Exception] = []
    with told_of(url):
        system, root = fsspec.core.url_to_fs(url)
        system.invalidate_cache()  # a process that lives on has perhaps listed it before
        # Folders that cannot be listed are otherwise left out without a word.
        more: dict[str, Any] = {} if is_object_store(system) else {"on_error": closed.append}
        found = system.find(root, detail=True, **more)
        if not found and closed:
            system.ls(root)  # the URL itself is what cannot be listed
        bare = type(system)._strip_protocol
        return {bare(place): info.get("size") for place, info in found.items()}, bare(root).rstrip("/"), closed


def fetched(source: Source, remote: Remote | None) -> Source | Problem:
    """The source with what stands in it."""
    if remote is None:
        return source
    if remote.size == 0:  # S3 has no first bytes of an empty file
        return replace(source, data=b"")
    try:
        system, _ = fsspec.core.url_to_fs(remote.url)
        # Not more than can be refused for its size.
        return replace(source, data=system.cat_file(remote.place, end=source.limits.file * MB + 1))
    except (FileNotFoundError, PermissionError) as error:
        return Problem(source.name, f"cannot be read: {reason(error)}", lost=True)
    except Exception as error:
        raise CannotRun(f"{remote.url}: a worker cannot read {source.name}: {reason(error)}") from None
