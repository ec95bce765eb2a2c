"""Inputs that the user named into sources: files, folders, standard input, and what sources.toml says about them."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.model import Problem

READABLE = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")
LIST = "sources.toml"
_KEYS = {"issued", "publisher", "expect"}
_ISSUED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or standard input when `data` is given. `name` is relative to what the user named."""

    name: str
    path: Path | None
    data: bytes | None = None
    issued: str | None = None
    publisher: str | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)  # min/max counts of sources.toml, passed through


def discover(
    inputs: Sequence[str | Path],
    *,
    sources_file: Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
) -> Iterator[Source | Problem]:
    """Sources for all inputs, in the order named and sorted inside folders; what is not read is a Problem.

    `issued` (EDTF) and `publisher` hold for files about which sources.toml says nothing.
    """
    finder = _Finder(sources_file, issued, publisher)
    for named in inputs:
        if str(named) == "-":
            yield Source("-", None, sys.stdin.buffer.read(), issued, publisher)
        else:
            yield from finder.find(Path(named))
    yield from finder.problems()


class _Finder:
    def __init__(self, sources_file: Path | None, issued: str | None, publisher: str | None) -> None:
        self.sources_file, self.issued, self.publisher = sources_file, issued, publisher
        self.tables: dict[Path, dict[str, Mapping[str, Any]]] = {}
        self.used: set[tuple[Path, str]] = set()
        self.found: list[Problem] = []

    def find(self, named: Path) -> Iterator[Source | Problem]:
        if named.is_dir():
            yield from self._folder(named)
        elif not named.exists():
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
        visited = {root.resolve()}
        for folder, folders, names in os.walk(root, followlinks=True):
            here = Path(folder)
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in list(folders):
                real = (here / name).resolve()
                if real in visited:
                    folders.remove(name)
                    where = (here / name).relative_to(root).as_posix()
                    yield Problem(where, "this link leads back to a folder already read; not followed")
                visited.add(real)
            for name in sorted(n for n in names if not n.startswith(".") and n != LIST):
                path = here / name
                if path.suffix.lower() not in READABLE:
                    ignored[path.suffix.lower() or "no suffix"] += 1
                    continue
                count += 1
                yield self._source(path, path.relative_to(root).as_posix())
        if ignored:
            kinds = ", ".join(f"{n} × {kind}" for kind, n in sorted(ignored.items()))
            yield Problem(str(root.name), f"files of types that are not read were passed over: {kinds}")
        if not count:
            yield Problem(str(root), f"the folder holds no file that can be read ({', '.join(READABLE)})", lost=True)

    def _source(self, path: Path, name: str) -> Source:
        said = self._said(path)
        return Source(
            name, path, None, said.get("issued", self.issued), said.get("publisher", self.publisher),
            said.get("expect", {}),
        )  # fmt: skip

    def _said(self, path: Path) -> Mapping[str, Any]:
        """What sources.toml says about a file: the one named by the user, else the one beside the file."""
        beside = self.sources_file or path.parent / LIST
        table = self._table(beside)
        try:
            key = path.resolve().relative_to(beside.parent.resolve()).as_posix()
        except ValueError:
            key = path.name
        if key not in table:
            key = path.name
        self.used.add((beside, key))
        return table.get(key, {})

    def _table(self, path: Path) -> dict[str, Mapping[str, Any]]:
        if path not in self.tables:
            self.tables[path] = {}
            if path.exists():
                self.tables[path] = self._read(path)
            elif path == self.sources_file:
                self.found.append(Problem(str(path), "there is no such file", lost=True))
        return self.tables[path]

    def _read(self, path: Path) -> dict[str, Mapping[str, Any]]:
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self.found.append(Problem(path.name, f"cannot be read: {error}", lost=True))
            return {}
        kept: dict[str, Mapping[str, Any]] = {}
        for name, table in tables.items():
            wrong = self._wrong(table)
            if wrong:
                self.found.append(Problem(f'{path.name}: ["{name}"]', wrong, lost=True))
            else:
                kept[name] = {**table, **({"issued": str(table["issued"])} if "issued" in table else {})}
        return kept

    @staticmethod
    def _wrong(table: Any) -> str | None:
        if not isinstance(table, dict):
            return "a table with issued, publisher, expect is wanted"
        unknown = sorted(table.keys() - _KEYS)
        if unknown:
            return f"unknown key {', '.join(unknown)}"
        if "issued" in table and not _ISSUED.fullmatch(str(table["issued"])):
            return f"issued = {table['issued']!r} is no date like 2025, 2025-05 or 2025-05-23"
        if not isinstance(table.get("publisher", ""), str) or not isinstance(table.get("expect", {}), dict):
            return "publisher is a text and expect a table"
        return None

    def problems(self) -> Iterator[Problem]:
        yield from self.found
        for path, table in self.tables.items():
            for name in table:
                if (path, name) not in self.used and not (path.parent / name).exists():
                    yield Problem(f'{path.name}: ["{name}"]', "there is no such file")
