"""What sources.toml says about files: issue date, publisher, expected counts."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.dates.edtf import is_edtf
from extractors.model import Problem
from extractors.patterns import regex

LIST = "sources.toml"
_KEYS = {"issued", "publisher", "expect"}
_ISSUED = regex(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def is_issue_date(text: str) -> bool:
    """Whether the text can be an article's date of issue: a year, month or day that the calendar has.

    >>> is_issue_date("2024-02-29"), is_issue_date("2024-02"), is_issue_date("2025-02-30"), is_issue_date("2024/2025")
    (True, True, False, False)
    """
    return _ISSUED.fullmatch(text) is not None and is_edtf(text)


class SourcesToml:
    """The list that the user named, or else the one beside each file; each is read once."""

    def __init__(self, named: Path | None) -> None:
        self._named = named
        self._tables: dict[Path, dict[str, Mapping[str, Any]]] = {}
        self._used: set[tuple[Path, str]] = set()
        self._found: list[Problem] = []

    def about(self, path: Path) -> Mapping[str, Any]:
        """What the list says about a file, by its path from the list's folder or else by its name."""
        listing = self._named or path.parent / LIST
        table = self._table(listing)
        key = os.path.relpath(os.path.realpath(path), os.path.realpath(listing.parent)).replace(os.sep, "/")
        if key not in table:
            key = path.name
        self._used.add((listing, key))
        return table.get(key, {})

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the lists that were asked; after all files."""
        yield from self._found
        for path, table in self._tables.items():
            for name in table:
                if (path, name) not in self._used and not os.path.lexists(path.parent / name):
                    yield Problem(f'{path.name}: ["{name}"]', "there is no such file")

    def _table(self, path: Path) -> dict[str, Mapping[str, Any]]:
        if path not in self._tables:
            self._tables[path] = {}
            if path.exists():
                self._tables[path] = self._read(path)
            elif path == self._named:
                self._found.append(Problem(str(path), "there is no such file", lost=True))
        return self._tables[path]

    def _read(self, path: Path) -> dict[str, Mapping[str, Any]]:
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            self._found.append(Problem(path.name, f"cannot be read: {error.strerror}", lost=True))
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            self._found.append(Problem(path.name, f"cannot be read: {error}", lost=True))
            return {}
        kept: dict[str, Mapping[str, Any]] = {}
        for name, table in tables.items():
            wrong = _wrong(table)
            if wrong:
                self._found.append(Problem(f'{path.name}: ["{name}"]', wrong, lost=True))
            else:
                kept[name] = {**table, **({"issued": str(table["issued"])} if "issued" in table else {})}
        return kept


def _wrong(table: Any) -> str | None:
    if not isinstance(table, dict):
        return "a table with issued, publisher, expect is wanted"
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        return f"unknown key {', '.join(unknown)}; there are {', '.join(sorted(_KEYS))}"
    if "issued" in table and not is_issue_date(str(table["issued"])):
        return f"issued = {str(table['issued'])!r} is no date like 2025, 2025-05 or 2025-05-23"
    if not isinstance(table.get("publisher", ""), str) or not isinstance(table.get("expect", {}), dict):
        return "publisher is a text and expect a table"
    return None
