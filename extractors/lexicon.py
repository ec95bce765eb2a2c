"""The facts in lexicons/*.csv, read once: read-only mappings and longest match through hanlp_trie.

A lexicon is a CSV file with the columns word,value,note and, for places, code. `word` is a surface form, `value` what
it means (the full official name; empty when the word is itself that name), `note` why the line is there; where several
divisions share a name, `code` holds all their codes, parted by spaces.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from hanlp_trie import Trie


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon."""

    word: str
    value: str
    note: str
    code: str
    lexicon: str  # the file's name without .csv


@cache
def lexicon(name: str) -> Mapping[str, Entry]:
    """The lines of lexicons/NAME.csv by word. A word that stands twice is a ValueError naming the file."""
    path = files("extractors") / "lexicons" / f"{name}.csv"
    entries: dict[str, Entry] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        word = row["word"]
        if word in entries:
            raise ValueError(f"lexicons/{name}.csv: {word} stands twice")
        entries[word] = Entry(word, row["value"] or word, row["note"] or "", row.get("code") or "", name)
    return MappingProxyType(entries)


@cache
def _trie(names: tuple[str, ...]) -> Trie:
    # Earlier names win, so the order of a call settles a word that two lexicons hold.
    return Trie({word: entry for name in reversed(names) for word, entry in lexicon(name).items()})


@lru_cache(maxsize=64)
def matches(text: str, *names: str) -> tuple[tuple[int, int, Entry], ...]:
    """Longest matches, left to right and without overlap, of the words of all named lexicons: (start, end, entry)."""
    return tuple(_trie(names).parse_longest(text))


def occurrences(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where any of many words stands, as `matches` finds them: one walk over the text however many words there are.

    >>> occurrences("天衡光电和天衡", ["天衡", "天衡光电"])
    [(0, 4, '天衡光电'), (5, 7, '天衡')]
    """
    return list(Trie({word: word for word in words}).parse_longest(text))
