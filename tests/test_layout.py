"""The arrow of the house: extractors knows no graph, kg knows no pattern."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
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


def used(path: Path, modules: set[str]) -> Iterator[str]:
    """The modules of the house that a module imports when it runs; not those it names for types only."""
    nodes: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        nodes += ast.iter_child_nodes(node)
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
            # `from kg import DEFAULT_NER` needs the house itself, `from kg import loading` does not.
            names = [name if name in modules else str(node.module) for name in names]
        yield from (name for name in names if name in modules)


@pytest.mark.parametrize("room", ROOMS)
def test_no_import_circles(room: str) -> None:
    top = ROOMS[room]
    names = {path: ".".join((room, *path.relative_to(top).with_suffix("").parts)) for path in top.rglob("*.py")}
    names = {path: name.removesuffix(".__init__") for path, name in names.items()}
    modules = set(names.values())
    imports = nx.DiGraph((name, other) for path, name in names.items() for other in used(path, modules))
    assert imports.number_of_edges() > len(modules)
    assert list(nx.simple_cycles(imports)) == []


def test_every_room_is_in_the_readme() -> None:
    top = ROOMS["kg"].parent
    readme = (top / "README.md").read_text(encoding="utf-8")
    made = {"build", "dist", "site"}  # by commands, ignored by git
    rooms = {path.name for path in top.iterdir() if path.is_dir() and path.name.isidentifier()} - made
    assert {"extractors", "kg", "notebooks", "seeds"} <= rooms
    assert [room for room in sorted(rooms) if f"{room}/" not in readme and f"`{room}`" not in readme] == []
