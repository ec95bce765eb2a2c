"""Work grows with the length of an article and no faster, whatever one word is said over and over."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

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


# Of processor time: a megabyte takes from half a second to half a minute; squared work would take an hour.
_ENOUGH = 120.0


@pytest.mark.parametrize(
    "case", ["'科技部'", "'1'", "brackets in brackets", "'《'", "'，'", "'张国清、李明、王小华、'"]
)
def test_a_megabyte_on_one_line(case: str) -> None:
    def late(number: int, frame: object) -> None:
        raise AssertionError("more than the work of a megabyte")

    text = worst(case, 950_000)
    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENOUGH)
    try:
        assert _read(text) >= len(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def test_a_megabyte_of_what_is_worst_for_each_pattern() -> None:
    """In a process of its own, which hears of every pattern when it is compiled."""
    command = [sys.executable, "-m", "tests.fuzz_patterns", "--starred"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert int(done.stderr.split(" ", 1)[0]) > 100
