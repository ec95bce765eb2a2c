"""What a build wrote, by size and SHA-256: noted in report.json, so that a file that changes later is found out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from kg.model import Problem

REPORT = "report.json"
NOTED = "outputs"  # its key

Seal = dict[str, int | str]  # bytes, sha256


def seal(path: Path) -> Seal:
    """Size and SHA-256 of a file. An OSError when it cannot be read."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256")
        return {"bytes": file.tell(), "sha256": digest.hexdigest()}


def noted(folder: Path) -> Mapping[str, Mapping[str, Any]] | None:
    """The files of a folder as its build wrote them; None where no report tells. A ValueError when it is no report."""
    try:
        report = json.loads((folder / REPORT).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    files = report.get(NOTED) if isinstance(report, dict) else None
    if files is None and isinstance(report, dict):
        return None  # of an older version
    if not isinstance(files, dict) or not all(isinstance(entry, dict) for entry in files.values()):
        raise ValueError("not as a build writes it")
    return files


def changed(folder: Path, files: Mapping[str, Mapping[str, Any]], only: Iterable[str] = ()) -> Iterator[Problem]:
    """Which of these files are no longer what was written, one Problem each."""
    for name in sorted(set(only) & set(files) if only else files):
        before = files[name]
        try:
            now = seal(folder / Path(name).name)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError)
            yield Problem(name, "the build wrote it, and it is gone" if gone else f"cannot be read: {error.strerror}")
            continue
        if now["bytes"] != before.get("bytes"):
            sizes = f"{before.get('bytes')} bytes then, {now['bytes']} now"
            yield Problem(name, f"changed after the build: {sizes}")
        elif now["sha256"] != before.get("sha256"):
            yield Problem(name, "changed after the build: as long as it was, but its SHA-256 is another")


def outdated(folder: Path, names: Collection[str]) -> list[Path]:
    """What the last build wrote, nobody has changed since, and the next does not write: it tells of an older graph."""
    try:
        files = noted(folder) or {}
    except (ValueError, OSError):
        return []
    left = {name for name in files if name not in names and Path(name).name == name}
    touched = {problem.where for problem in changed(folder, files, left)} if left else set()
    return [folder / name for name in sorted(left - touched)]
