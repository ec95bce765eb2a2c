"""The arrow of the house: extractors knows no graph, kg knows no pattern."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractors
import kg

ROOMS = {"extractors": Path(extractors.__file__).parent, "kg": Path(kg.__file__).parent}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize(("room", "banned"), [("extractors", {"kg", "rdflib", "networkx"}), ("kg", {"re", "regex"})])
def test_who_may_import_what(room: str, banned: set[str]) -> None:
    for path in ROOMS[room].rglob("*.py"):
        assert not banned & set(imported(path)), path


def test_no_room_without_a_name() -> None:
    for room in ROOMS.values():
        assert not {path.stem for path in room.rglob("*.py")} & {"utils", "util", "helpers", "common", "misc"}
