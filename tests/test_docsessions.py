"""docs/notebooks.md shows what Python answers, names every method, and its pictures are there."""

from __future__ import annotations

import inspect
from pathlib import Path

import matplotlib
import pytest

from kg.notebook import KnowledgeGraph
from tests.docsessions import PAGES, ROOT, answered


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_still_answers_so(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    matplotlib.use("agg")
    shown = page.read_text(encoding="utf-8")
    assert ">>> " in shown and shown == answered(shown), "run: make docs"


def test_every_method_is_on_the_page() -> None:
    page = PAGES[0].read_text(encoding="utf-8")
    public = [name for name, _ in inspect.getmembers(KnowledgeGraph) if not name.startswith("_")]
    assert len(public) > 15
    assert [name for name in public if f"g.{name}" not in page] == []
