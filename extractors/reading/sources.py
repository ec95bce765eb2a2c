"""Inputs that the user named into sources: files, folders, standard input, and what sources.toml says about them."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.model import Problem
from extractors.reading.limits import LIMITS, MB, Limits
from extractors.reading.sources_toml import LIST, SourcesToml, is_issue_date

__all__ = ["Source", "discover", "is_issue_date"]

# The page that a build writes, and what lies beside it there: no input, wherever the folder is.
_PAGE, _BESIDE = "explorer.html", {"report.json", "entities.csv"}
READABLE = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or standard input when `data` is given. `name` is relative to what the user named."""

    name: str
    path: Path | None
    data: bytes | None = None
    issued: str | None = None
    publisher: str | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)  # min/max counts of sources.toml, passed through
    limits: Limits = LIMITS


def discover(
    inputs: Sequence[str | Path],
    *,
    sources_file: Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
    skip: Path | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Source | Problem]:
    """Sources for all inputs, in the order named and sorted inside folders; what is not read is a Problem.

    `issued` (EDTF) and `publisher` hold for files about which sources.toml says nothing. A folder `skip` inside a
    named folder is passed over: what a build wrote is no input of the next. A file named twice is read once.
    """
    finder = _Finder(SourcesToml(sources_file), issued, publisher, os.path.realpath(skip) if skip else None, limits)
    read: set[tuple[str, str]] = set()
    for named in inputs:
        if str(named) == "-":
            # Not more than can be refused for its size.
            data = sys.stdin.buffer.read(limits.file * MB + 1) if sys.stdin is not None else b""
            yield Source("-", None, data, issued, publisher, limits=limits)
            continue
        for found in finder.find(Path(named)):
            if isinstance(found, Source):
                key = os.path.realpath(found.path or ""), found.name
                if key in read:
                    continue
                if len(read) >= limits.files:
                    yield limits.refuse("files", str(named), "the other files are not read")
                    break
                read.add(key)
            yield found
    yield from finder.lists.problems()


@dataclass(slots=True)
class _Finder:
    lists: SourcesToml
    issued: str | None
    publisher: str | None
    skip: str | None  # real path
    limits: Limits

    def find(self, named: Path) -> Iterator[Source | Problem]:
        if named.is_dir():
            yield from self._folder(named)
        elif not os.path.lexists(named):
            yield Problem(str(named), "there is no such file or folder", lost=True)
        elif named.suffix.lower() not in READABLE:
            kinds = ", ".join(READABLE)
            yield Problem(
                named.name, f"files of type {named.suffix or 'without a suffix'} are not read ({kinds})", True
            )
        else:
            yield self._source(named, named.name)

    def _folder(self, root: Path) -> Iterator[Source | Problem]:
        count, ignored = 0, Counter[str]()
        closed: list[OSError] = []
        visited = {os.path.realpath(root)}
        for folder, folders, names in os.walk(root, followlinks=True, onerror=closed.append):
            here = Path(folder)
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in list(folders):
                real = os.path.realpath(here / name)
                if real in visited:
                    where = (here / name).relative_to(root).as_posix()
                    yield Problem(where, "this link leads back to a folder already read; not followed")
                if real in visited or real == self.skip:
                    folders.remove(name)
                visited.add(real)
            built = _BESIDE.issubset(names)
            for name in sorted(n for n in names if not n.startswith(".") and n != LIST):
                path = here / name
                if built and name == _PAGE:
                    continue
                if path.suffix.lower() not in READABLE:
                    ignored[path.suffix.lower() or "no suffix"] += 1
                    continue
                count += 1
                yield self._source(path, path.relative_to(root).as_posix())
        for error in closed:
            yield Problem(str(error.filename), f"the folder cannot be read: {error.strerror}", lost=True)
        if ignored:
            kinds = ", ".join(f"{n} × {kind}" for kind, n in sorted(ignored.items()))
            yield Problem(str(root.name), f"files of types that are not read were passed over: {kinds}")
        if not count and not closed:
            yield Problem(str(root), f"the folder holds no file that can be read ({', '.join(READABLE)})", lost=True)

    def _source(self, path: Path, name: str) -> Source | Problem:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            reason = "this link leads nowhere" if path.is_symlink() else f"cannot be read: {error.strerror}"
            return Problem(name, reason, lost=True)
        if not stat.S_ISREG(mode):  # reading a pipe would wait for ever, a device go on for ever
            return Problem(name, "a pipe, socket or device, not a file; not read", lost=True)
        said = self.lists.about(path)
        return Source(
            name, path, None, said.get("issued", self.issued), said.get("publisher", self.publisher),
            said.get("expect", {}), self.limits,
        )  # fmt: skip
