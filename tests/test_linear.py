"""Work grows with the length of an article and no faster, whatever one word is said over and over."""

from __future__ import annotations

import pytest

from extractors.extraction import extract
from extractors.model import Article
from extractors.reading import Source, read_source
from tests.counting import lines_run
from tests.worst import CASES, worst


def _read(text: str) -> int:
    """Characters of the articles that a text file is read into, all of them extracted from."""
    source = Source("a.txt", None, text.encode(), "2024-03-05")
    articles = [found for found in read_source(source) if isinstance(found, Article)]
    by_hand = Article("0" * 16, "a.txt", "题目", f"题目\n{text}", "2024-03-05", "given")
    return sum(len(extract(article).article.text) for article in (*articles, by_hand))


@pytest.mark.parametrize("case", CASES)
def test_twice_the_text_is_twice_the_work(case: str) -> None:
    _read(worst(case, 300))  # lexicons are read once
    once, twice = (lines_run(lambda: _read(worst(case, length))) for length in (2_000, 4_000))  # noqa: B023
    assert twice <= 2.5 * once


@pytest.mark.parametrize("case", CASES)
def test_a_long_one_is_read_to_its_end(case: str) -> None:
    text = worst(case, 8_000)
    assert _read(text) >= len(text)
