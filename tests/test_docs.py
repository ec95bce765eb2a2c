"""Docs are tests: every command is shown, the help page is current, links lead somewhere, shown output is real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.export import write_all
from kg.pipeline import build
from tests.clidocs import PAGE, commands, render

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def test_help_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: make docs"


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"kg {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def block(language: str) -> str:
    """The README's one code block in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("graph")
    done = build(ROOT / "seeds")
    write_all(done, out)
    return out


def test_the_readmes_triples_are_in_the_graph(built: Path) -> None:
    lines = set((built / "graph.ttl").read_text(encoding="utf-8").splitlines())
    shown = [line for line in block("turtle").splitlines() if line and line != "…"]
    assert len(shown) > 20
    assert not [line for line in shown if line not in lines]


def test_the_readmes_answer_is_the_answer(built: Path) -> None:
    answer = kg.ask(built, block("sparql"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.search(r"```sparql\n[^`]*```\n\n((?:\|[^\n]*\n)+)", readme)
    assert table
    shown = [[c.strip() for c in row.strip("|").split("|")] for row in table[1].splitlines()]
    assert shown[0] == list(answer.columns)
    assert shown[2:] == [["" if cell is None else str(cell) for cell in row] for row in answer.rows]
