"""The quick ways find what the plain ones find: words of lexicons in one walk, patterns behind a look at a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.lexicon import IN_TEXT, Entry, beginning, beginnings, lexicon, longer_matches, matches, occurrences
from extractors.patterns import searching

ALONE = "generic_words"  # a lexicon with a walk of its own
NAMES = ("boundary_words", "ministries", "provinces", "counties", "org_suffixes", "countries", ALONE)

# Pieces that begin and end like words of the lexicons, whole words of them, and what stands between.
PIECES = ["国家", "科技", "部", "北京", "市", "的", "和", "中国", "会", "省", "大", "新", "区", "，", "\n", "x", "1"]
WORDS = sorted(word for name in NAMES for word in lexicon(name))
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS), max_size=12).map("".join)


def naive(text: str, tables: Sequence[dict[str, Entry] | dict[str, str]]) -> list[tuple[int, int, object]]:
    """Longest match by trying every length at every place; the first table with the word says what it means."""
    longest = max((len(word) for table in tables for word in table), default=0)
    found: list[tuple[int, int, object]] = []
    start = 0
    while start < len(text):
        for end in range(min(len(text), start + longest), start, -1):
            held = next((table[text[start:end]] for table in tables if text[start:end] in table), None)
            if held is not None:
                found.append((start, end, held))
                break
        start = found[-1][1] if found and found[-1][0] == start else start + 1
    return found


def test_both_sorts_of_lexicons_are_tried() -> None:
    assert ALONE not in IN_TEXT and set(NAMES) - {ALONE} <= IN_TEXT


@settings(deadline=None)  # the first example reads the lexicons
@given(TEXTS, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
def test_matches_are_the_longest_from_the_left(text: str, names: list[str]) -> None:
    assert list(matches(text, *names)) == naive(text, [dict(lexicon(name)) for name in names])


@settings(deadline=None)
@given(TEXTS, st.lists(st.sampled_from([n for n in NAMES if n != ALONE]), min_size=1, max_size=4, unique=True))
def test_longer_matches_know_no_word_of_one_letter(text: str, names: list[str]) -> None:
    tables = [{word: entry for word, entry in lexicon(name).items() if len(word) > 1} for name in names]
    assert list(longer_matches(text, *names)) == naive(text, tables)


@settings(deadline=None)
@given(TEXTS, st.lists(st.sampled_from([n for n in NAMES if n != ALONE]), min_size=1, max_size=4, unique=True))
def test_beginning_is_the_first_match_when_it_stands_there(text: str, names: list[str]) -> None:
    first = next(((end, entry) for start, end, entry in matches(text, *names) if start == 0), None)
    assert beginning(text, *names) == first


@settings(deadline=None)
@given(TEXTS, st.sampled_from(NAMES))
def test_beginnings_are_the_longest_at_every_place(text: str, name: str) -> None:
    everywhere = (naive(text[start:], [dict(lexicon(name))])[:1] for start in range(len(text)))
    found = [(start + hit[0][1], hit[0][2]) for start, hit in enumerate(everywhere) if hit and hit[0][0] == 0]
    assert [(end, entry) for _, end, entry in beginnings(text, name)] == found


@settings(deadline=None)
@given(st.text("甲乙丙", max_size=20), st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=6))
def test_occurrences_are_the_longest_from_the_left(text: str, words: list[str]) -> None:
    assert occurrences(text, words) == naive(text, [{word: word for word in words}])


PATTERNS = [
    "(?:甲|乙丙)?丙",
    "(?<!甲)乙|丙甲",
    "(?<=乙)甲|^丙",
    r"(?P<one>甲{0,2})(?P<two>[乙丙])\d?",
    "(?:甲?乙?){1,2}丙",
    "(?>甲|甲乙)丙|乙",
    "(?=丙)[甲丙]乙",
    "(?!甲乙)[甲乙]+",
    r"(?:\s|[乙\]-])?甲$",
    "[^甲]乙",
    "甲*",
    "(?i:a)?乙",
    "(?s:.)乙",
    r"(甲)?(?(1)乙|丙)",
    r"(乙|丙)\1|甲\b",
]


@pytest.mark.parametrize("flags", [0, re.VERBOSE, re.MULTILINE])
@settings(deadline=None)
@given(text=st.text("甲乙丙a-] \n3", max_size=30))
def test_searching_finds_what_the_pattern_finds(flags: int, text: str) -> None:
    for pattern in PATTERNS:
        plain, quick = re.compile(pattern, flags), searching(pattern, flags)
        found = [(m.span(), m.groups()) for m in plain.finditer(text)]
        assert [(m.span(), m.groups()) for m in quick.finditer(text)] == found, pattern
        assert bool(quick.match(text, 1)) == bool(plain.match(text, 1)), pattern
        assert bool(quick.fullmatch(text)) == bool(plain.fullmatch(text)), pattern


def test_only_slow_patterns_get_a_look() -> None:
    assert searching("甲?乙  # a comment", re.VERBOSE).search("丙乙")
    for quick in ("甲乙?", "[甲乙]丙", "甲|乙", "甲?", "[^甲]?乙", ".乙"):
        assert searching(quick).pattern == quick
