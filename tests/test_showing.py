"""g.show() in a real Chromium: the explorer works inside a cell, and reaches nothing outside of its frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from kg.assemble import assemble
from kg.notebook import KnowledgeGraph
from tests.browser import CHROMIUM, chromium, opened, picture
from tests.sample import hostile, plan

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs chromium")


def test_the_explorer_works_in_a_cell(tmp_path: Path) -> None:
    graph = KnowledgeGraph(assemble([plan().facts(), hostile().facts()]))
    notebook = tmp_path / "notebook.html"
    cell = graph.show(height=700)._repr_html_()
    notebook.write_text(f"<!doctype html><meta charset=utf-8><title>notebook</title>{cell}", encoding="utf-8")
    with chromium() as browser, opened(browser, notebook) as page:
        frame = page.frame_locator("iframe")
        frame.locator("#search").fill("国家发展改革委")
        frame.locator("#found [role=option]").first.click()
        expect(frame.locator("#panel")).to_contain_text("国家发展和改革委员会")
        picture(page, "notebook-cell")
        assert page.title() == "notebook"
