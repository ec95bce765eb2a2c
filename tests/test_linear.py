"""Work grows with the length of an article and no faster, whatever one word is said over and over."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import extractors
from extractors import extract
from extractors.model import Article
from extractors.reading import Source, read_source
from tests.worst import CASES, worst

_OURS = str(Path(extractors.__file__).parent)


def _read(text: str) -> int:
    """Characters of the articles that a text file is read into, all of them extracted from."""
    source = Source("a.txt", None, text.encode(), "2024-03-05")
    articles = [found for found in read_source(source) if isinstance(found, Article)]
    by_hand = Article("0" * 16, "a.txt", "题目", f"题目\n{text}", "2024-03-05", "given")
    return sum(len(extract(article).article.text) for article in (*articles, by_hand))


def _lines_run(text: str) -> int:
    """How many lines of `extractors` run while a text is read: a count, the same on every machine."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        return line if _OURS in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        _read(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("case", CASES)
def test_twice_the_text_is_twice_the_work(case: str) -> None:
    _read(worst(case, 300))  # lexicons are read once
    once, twice = _lines_run(worst(case, 2_000)), _lines_run(worst(case, 4_000))
    assert twice <= 2.5 * once


@pytest.mark.parametrize("case", CASES)
def test_a_long_one_is_read_to_its_end(case: str) -> None:
    text = worst(case, 8_000)
    assert _read(text) >= len(text)
