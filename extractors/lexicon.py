"""The facts in lexicons/*.csv, read once: read-only mappings and longest match through hanlp_trie.

A lexicon is a CSV file with the columns word,value,note and, for places, code. `word` is a surface form, `value` what
it means (the full official name; empty when the word is itself that name), `note` why the line is there; where several
divisions share a name, `code` holds all their codes, parted by spaces.

A text is walked once for all the lexicons that are looked for in running text, however many questions are asked of it:
three dozen combinations of lexicons, each with a walk of its own, took as long as everything else together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from hanlp_trie import Trie

# Looked for in the text of every article, together. Any other lexicon is looked for alone, when it is asked for.
IN_TEXT = frozenset(
    (
        "academies", "associations", "boundary_words", "calendar", "cities", "companies", "counties", "countries",
        "departments", "documents", "event_suffixes", "events", "feasts", "foreign_cities", "international",
        "known_people", "laws", "local_bodies", "media", "ministries", "not_dates", "org_suffixes", "parks",
        "party_bodies", "place_decoys", "places", "products", "programme_suffixes", "programmes", "project_suffixes",
        "projects", "provinces", "titles", "universities", "verbs_of_saying",
    )
)  # fmt: skip
_TOGETHER = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon."""

    word: str
    value: str
    note: str
    code: str
    lexicon: str  # the file's name without .csv


Match = tuple[int, int, Entry]


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


def _group(name: str) -> str:
    """The lexicons that are looked for in one walk with this one."""
    return _TOGETHER if name in IN_TEXT else name


@cache
def _dictionary(group: str) -> tuple[Trie, frozenset[str]]:
    """Word → its lines in all lexicons of a group; and what words begin with: two characters, or one that is a word."""
    lines: dict[str, list[Entry]] = {}
    for name in sorted(IN_TEXT) if group == _TOGETHER else [group]:
        for word, entry in lexicon(name).items():
            lines.setdefault(word, []).append(entry)
    return Trie(lines), frozenset(word[:2] for word in lines)


@lru_cache(maxsize=64)
def _walk(text: str, group: str) -> Mapping[str, Sequence[Match]]:
    """By lexicon: at every place where words of it begin, the longest."""
    trie, openings = _dictionary(group)
    found: dict[str, list[Match]] = {}
    # Two thirds of all places are passed over here, before the trie, which is Python, sees them.
    for start in [at for at in range(len(text)) if text[at : at + 2] in openings or text[at] in openings]:
        longest: dict[str, Match] = {}
        state, end = trie, start
        while end < len(text) and (state := state.transit(text[end])):
            end += 1
            for entry in state._value or ():  # hanlp_trie has no other way to ask a node
                longest[entry.lexicon] = (start, end, entry)
        for name, match in longest.items():
            found.setdefault(name, []).append(match)
    return found


def beginnings(text: str, name: str) -> Sequence[Match]:
    """The longest word of a lexicon at every place where one begins, in text order; unlike `matches` they may overlap.

    >>> [entry.word for _, _, entry in beginnings("技能大赛决赛", "event_suffixes")]
    ['技能大赛', '大赛决赛']
    """
    return _walk(text, _group(name)).get(name, ())


@lru_cache(maxsize=256)
def matches(text: str, *names: str) -> tuple[Match, ...]:
    """Longest matches, left to right and without overlap, of the words of all named lexicons: (start, end, entry).

    The order of the names settles a word that two lexicons hold: earlier names win.
    """
    longest: dict[int, Match] = {}
    for name in names:
        for match in beginnings(text, name):
            other = longest.get(match[0])
            if other is None or match[1] > other[1]:
                longest[match[0]] = match
    found: list[Match] = []
    reached = 0
    for start in sorted(longest):
        if start >= reached:
            found.append(longest[start])
            reached = longest[start][1]
    return tuple(found)


def occurrences(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where any of many words stands, as `matches` finds them: one walk over the text however many words there are.

    >>> occurrences("天衡光电和天衡", ["天衡", "天衡光电"])
    [(0, 4, '天衡光电'), (5, 7, '天衡')]
    """
    known = {word: word for word in words}
    return list(Trie(known).parse_longest(text)) if known else []
