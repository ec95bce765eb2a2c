"""The docs site builds without a warning, leads nowhere that is not there, and asks the network for nothing."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import typer.main
from lxml import html
from playwright.sync_api import expect

import kg
from kg.cli import app
from tests import vocabdocs
from tests.browser import chromium, picture
from tests.clidocs import commands

ROOT = Path(__file__).parent.parent
PAGES = {page.name: page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")}
# What the drawings of docs/concepts.md show is what its sessions print.
DRAWN = {
    "fact.svg": ["characters 12–41", "subject, 联合印发, policy", "0.8", "2024-06-04"],
    "figure.svg": ["35000000", "加氢站", "氢气产量", "target", "actual", "同比"],
    "dates.svg": ["2024-05-30/2024-06-01", "5月30日至6月1日", "2024-06-04", "6月4日", "2027"],
    "identity.svg": ["徐州市科学技术局", "苏州市科学技术局", "徐州市科技局", "市科技局"],
    "modality.svg": ["asserted", "planned", "negated"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` does it."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "WARNING -" not in done.stderr
    return out


def trees(site: Path) -> dict[str, html.HtmlElement]:
    return {str(page.relative_to(site)): html.parse(str(page)).getroot() for page in site.rglob("*.html")}


def test_every_page_is_there(site: Path) -> None:
    built = {page.removesuffix(".html") for page in trees(site)}
    assert {name.removesuffix(".md") for name in PAGES} <= built
    assert {f"notebooks/{book.stem}" for book in (ROOT / "notebooks").glob("*.ipynb")} <= built
    assert {"changelog", "contributing", "limits", "sentence", "inside", "model-card", "lexicons"} <= built


def test_every_page_is_in_the_navigation(site: Path) -> None:
    found = trees(site)
    links = "//nav[contains(@class, 'md-nav--primary')]//a[contains(@class, 'md-nav__link')]/@href"
    menu = {link for link in found["index.html"].xpath(links) if "#" not in link}
    assert found.keys() - {"404.html"} == menu | {"index.html"}


def test_every_link_leads_somewhere(site: Path) -> None:
    found = {page: tree for page, tree in trees(site).items() if page != "404.html"}
    anchors = {page: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for page, tree in found.items()}
    lost = []
    for page, tree in found.items():
        for target in [*tree.xpath("//a/@href"), *tree.xpath("//img/@src"), *tree.xpath("//script/@src")]:
            url = urlsplit(target)
            if url.scheme or url.netloc:
                continue
            file = os.path.normpath(Path(page).parent / unquote(url.path)) if url.path else page
            there = (site / file).is_file() and not file.startswith("..")
            if not there or (url.fragment and file in anchors and unquote(url.fragment) not in anchors[file]):
                lost.append((page, target))
    assert lost == []


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    loading = (
        "//script/@src | //img/@src | //img/@srcset | //iframe/@src | //source/@src | //object/@data | //link/@href"
    )
    for page, tree in trees(site).items():
        assert [address for address in tree.xpath(loading) if re.match(r"(?:\w+:)?//", address)] == [], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", sheet.read_text(encoding="utf-8")), sheet


@pytest.mark.parametrize(("words", "heading"), [("联合印发", "One sentence"), ("reify", "The command kg")])
def test_search_works_from_disk(site: Path, words: str, heading: str) -> None:
    with chromium() as browser:
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / "index.html").as_uri())
        page.click(".md-search__input")
        page.fill(".md-search__input", words)
        page.press(".md-search__input", "End")  # it looks when a key goes up
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert heading in page.locator(".md-search-result").inner_text()
        picture(page, f"site-search-{words}")
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


def test_the_vocabulary_is_that_of_kg_ttl() -> None:
    assert PAGES["vocabulary.md"] == vocabdocs.render(), "run: make docs"
    turtle = (ROOT / "kg" / "kg.ttl").read_text(encoding="utf-8")
    terms = re.findall(r"^kg:(\w+) a ", turtle, re.MULTILINE)
    assert len(terms) > 150
    assert [term for term in terms if f'<a id="{term}"></a>`kg:{term}`' not in PAGES["vocabulary.md"]] == []


def test_the_reference_has_all_that_is_public(site: Path) -> None:
    described = {name.rpartition(".")[2] for name in trees(site)["api.html"].xpath("//@id") if "." in name}
    assert [name for name in kg.__all__ if not name.isupper() and name not in described] == []
    asked = [name for name in vars(kg.KnowledgeGraph) if not name.startswith("_")]
    assert len(asked) > 15
    assert [name for name in asked if name not in described] == []


def test_the_chinese_page_tells_the_same_scores() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    held = dict(re.findall(r"^\| (entities|relations|dates) \| [\d.]+ \| ([\d.]+) \|$", readme, re.MULTILINE))
    names, relations = re.search(
        r"(\d+) of 100 names, dates and figures are right and (\d+) of 100\s+rel", readme
    ).groups()
    for words in (
        f"实体 F1 为 {held['entities']}，关系为 {held['relations']}，日期为 {held['dates']}",
        f"每 100 个名称、日期和数字有 {names} 个正确，每 100 条关系有 {relations} 条正确",
    ):
        assert words in PAGES["zh.md"], words


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_explained(name: str) -> None:
    """By its own help, and in a page that somebody has written."""
    written = "\n".join(text for page, text in PAGES.items() if page != "cli.md")
    assert re.search(rf"\bkg {name}\b", written)
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = [word for parameter in command.params for word in parameter.opts if word.startswith("--")]
    for option in options:
        assert option in PAGES["cli.md"]
        assert re.search(rf"{option}(?![\w-])", written), f"kg {name} {option}"


@pytest.mark.parametrize("drawing", DRAWN)
def test_drawings_show_what_is_so(drawing: str) -> None:
    drawn = (ROOT / "docs" / "pictures" / drawing).read_text(encoding="utf-8")
    assert drawn.startswith("<svg") and "<title" in drawn and "<desc" in drawn
    for words in DRAWN[drawing]:
        assert words in drawn and words in PAGES["concepts.md"], words


def test_examples_of_docstrings_are_code() -> None:
    fenced = runpy.run_path(str(ROOT / "docs" / "doctests.py"))["fenced"]
    assert fenced("Adds.\n\n>>> 1 + 1\n2\n\nMore.") == "Adds.\n\n```pycon\n>>> 1 + 1\n2\n```\n\nMore."
