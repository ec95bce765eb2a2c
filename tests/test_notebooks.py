"""The notebooks answer their questions from start to finish, in a kernel of their own, and hold no output in git."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kg.charts.fonts import chinese_font

BOOKS = Path(__file__).parent.parent / "notebooks"
# What the prose of each notebook concludes must be what its cells print.
CONCLUDES = {
    "issuers-together.ipynb": ["科学技术部 0.8", "“十四五”智能制造发展规划 8"],
    "targets-and-actuals.ipynb": ["8 targets, 2 with a later figure, 2 of them reached", "2024 6.91"],
    "one-project.ipynb": ["From the start to the end of the works: 5.5 years", "<explorer: 2 articles, 7 entities"],
    "one-metric.ipynb": ["2023 8.4 8.4", "2024 8.3 8.3", "研究与试验发展经费33278亿元"],
}
CHARTS = {"issuers-together.ipynb": 1, "targets-and-actuals.ipynb": 1, "one-project.ipynb": 1, "one-metric.ipynb": 2}


def test_every_notebook_is_run() -> None:
    assert {path.name for path in BOOKS.glob("*.ipynb")} == CONCLUDES.keys()


@pytest.mark.parametrize("name", CONCLUDES)
def test_no_output_is_kept(name: str) -> None:
    book = nbformat.read(BOOKS / name, as_version=4)
    nbformat.validate(book)
    assert len({cell.id for cell in book.cells}) == len(book.cells)
    for cell in book.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            stripped = cell.outputs == [] and cell.execution_count is None
            assert stripped, "run: jupyter nbconvert --clear-output --inplace notebooks/*.ipynb"


@pytest.mark.parametrize("name", CONCLUDES)
def test_it_runs_and_concludes_what_it_says(name: str) -> None:
    book = nbformat.read(BOOKS / name, as_version=4)
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(BOOKS)}}).execute()
    outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    told = " ".join(str(o.get("text", "") or o.get("data", {}).get("text/plain", "")) for o in outputs)
    printed = " ".join(told.split())
    for words in CONCLUDES[name]:
        assert words in printed
    assert sum("image/png" in output.get("data", {}) for output in outputs) == CHARTS[name]
    complaints = [output.text for output in outputs if output.get("name") == "stderr"]
    assert not complaints or chinese_font() is None
