"""Repair: what came out of PDF is put right, and every character still knows where it stood in the file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Article, Problem, Span
from extractors.reading import Source, raw_text, read_source
from extractors.reading.draft import Draft
from extractors.reading.repair import REPAIRS, repair

CORPUS = Path(__file__).parent / "corpus" / "reading"
CASES = tomllib.loads((CORPUS / "repair.toml").read_text(encoding="utf-8"))["case"]
PAGES = sorted(p for p in CORPUS.iterdir() if p.suffix in (".txt", ".html", ".md"))

# Characters that repairs and splitting look at, so that short texts reach every rule.
PHRASES = """本报讯（记者 张三）|据新华社电|新华社记者 李四/摄|来源：某报\n|2024年5月6日\n|一、总体要求\n
|（下转第二版）|图为会场。|- 3 -\n|召召开开大大会会|http://www.example.cn/a\n|12 / 目录项目名称\n
|的 可 能 路 径|今天，某市召开科技大会，部署工作。|\n\n"""
CHARACTERS = "的科技年月日上海0123789aZ，。：；、“”《》（） \n\f\t\r\u3000\u00a0\u200b\u00ad\ud800-—/"
PIECES = st.sampled_from([*CHARACTERS, *PHRASES.split("|")])
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_repair(case: dict[str, str]) -> None:
    repaired = repair(Draft.of(case["raw"]))
    assert repaired.draft.text == case["text"]
    assert bool(repaired.repairs) == (case["raw"] != case["text"])


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_repair_is_idempotent(case: dict[str, str]) -> None:
    assert repair(Draft.of(case["text"])).draft.text == case["text"]


def assert_traced(text: str, draft_text: str, draft: Draft) -> None:
    """Every character of the repaired text is the one at its raw place, but for spaces, which may stand for others."""
    offsets, before = draft.offsets(), -1
    for position, character in enumerate(draft_text):
        raw = offsets.raw_at(position)
        assert raw > before or raw == -1
        before = max(before, raw)
        if not character.isspace():
            assert text[raw] == character


@given(TEXTS)
def test_repair_keeps_the_map_to_the_raw_text(text: str) -> None:
    draft = repair(Draft.of(text)).draft
    assert_traced(text, draft.text, draft)


@given(TEXTS)
def test_every_repair_keeps_the_map(text: str) -> None:
    for step in REPAIRS:
        draft = step(Draft.of(text))
        assert_traced(text, draft.text, draft)


@given(TEXTS)
def test_articles_stand_where_their_offsets_say(text: str) -> None:
    source = Source("-", None, text.encode("utf-8", "surrogatepass"))
    raw = raw_text(source)
    for article in read_source(source):
        if isinstance(article, Article):
            assert isinstance(raw, str)
            assert_article_traced(article, raw)
            assert article.text.strip() and not any(c < " " and c != "\n" for c in article.text)


def assert_article_traced(article: Article, raw: str) -> None:
    for position, character in enumerate(article.text):
        at = article.offsets.raw_at(position)
        assert raw[at] == character if at >= 0 and not character.isspace() else character.isspace()
    for line in article.text.split("\n"):
        start = article.text.index(line)
        if line:
            stretch = article.offsets.raw(Span(start, start + len(line))).of(raw)
            rest = iter(stretch)  # the line's characters stand in the raw stretch, in their order
            assert all(c in rest for c in line.replace(" ", ""))


@pytest.mark.parametrize("path", PAGES, ids=[p.stem for p in PAGES])
def test_pages_are_split_as_expected(path: Path) -> None:
    expected = tomllib.loads((CORPUS / "pages.toml").read_text(encoding="utf-8"))[path.stem]
    source = Source(path.name, path)
    found = [a for a in read_source(source) if isinstance(a, Article)]
    assert [a.title or "" for a in found] == expected["titles"]
    assert [list(a.reporters) for a in found] == expected.get("reporters", [[] for _ in found])
    issued = expected.get("issued")
    assert [a.issued for a in found] == (issued if isinstance(issued, list) else [issued] * len(found))
    assert [a.publisher or "" for a in found] == expected.get("publishers", ["" for _ in found])
    text = "\n".join(a.text for a in found)
    for phrase in expected.get("holds", []):
        assert phrase in text
    for phrase in expected.get("lacks", []):
        assert phrase not in text
    problems = [p.message for p in read_source(source) if isinstance(p, Problem)]
    assert len(problems) == expected.get("problems", 0), problems
    raw = raw_text(source)
    assert isinstance(raw, str)
    for article in found:
        assert_article_traced(article, raw)


def test_every_page_is_expected() -> None:
    assert {p.stem for p in PAGES} == tomllib.loads((CORPUS / "pages.toml").read_text(encoding="utf-8")).keys()
