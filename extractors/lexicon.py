"""The facts in lexicons/*.csv, read once: read-only mappings and longest match through hanlp_trie.

A lexicon is a CSV file with the columns word,value,note and, for places, code. `word` is a surface form, `value` what
it means (the full official name; empty when the word is itself that name), `note` why the line is there; where several
divisions share a name, `code` holds all their codes, parted by spaces.

A text is walked once for all the lexicons that are looked for in running text, however many questions are asked of it:
three dozen combinations of lexicons, each with a walk of its own, took as long as everything else together.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from operator import add
from types import MappingProxyType

from hanlp_trie import Trie
from hanlp_trie.trie import Node

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
def _dictionary(group: str) -> tuple[Mapping[str, Node], Mapping[str, Sequence[Entry]]]:
    """For all lexicons of a group: what words begin with, two characters → its node; and the words of one character."""
    lines: dict[str, list[Entry]] = {}
    for name in sorted(IN_TEXT) if group == _TOGETHER else [group]:
        for word, entry in lexicon(name).items():
            lines.setdefault(word, []).append(entry)
    trie = Trie(lines)
    letters = {word: found for word, found in lines.items() if len(word) == 1}
    return {word[:2]: trie.transit(word[:2]) for word in lines if len(word) > 1}, letters


@lru_cache(maxsize=64)
def _walk(text: str, group: str) -> Mapping[str, Sequence[Match]]:
    """By lexicon: at every place where words of it begin, the longest."""
    openings, letters = _dictionary(group)
    found: defaultdict[str, dict[int, Match]] = defaultdict(dict)
    for start, entries in enumerate(map(letters.get, text)):
        if entries:
            for entry in entries:
                found[entry.lexicon][start] = start, start + 1, entry
    # Most places are passed over here, before the trie, which is Python, sees them. For the same reason its nodes are
    # asked themselves: hanlp_trie steps through them by a call for each character.
    for start, node in enumerate(map(openings.get, map(add, text, text[1:]))):
        if node is None:
            continue
        end = start + 2
        while node is not None:
            if node._value:
                for entry in node._value:
                    found[entry.lexicon][start] = start, end, entry
            node = node._children.get(text[end : end + 1])
            end += 1
    return {name: [places[start] for start in sorted(places)] for name, places in found.items()}


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
    together = _walk(text, _TOGETHER)
    lists = [some for name in names if (some := together.get(name) if name in IN_TEXT else beginnings(text, name))]
    if not lists:
        return ()
    ordered = lists[0]
    if len(lists) > 1:
        longest: dict[int, Match] = {}
        for match in chain.from_iterable(lists):
            other = longest.get(match[0])
            if other is None or match[1] > other[1]:
                longest[match[0]] = match
        ordered = [longest[start] for start in sorted(longest)]
    found: list[Match] = []
    reached = 0
    for match in ordered:
        if match[0] >= reached:
            found.append(match)
            reached = match[1]
    return tuple(found)


def occurrences(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where any of many words stands, as `matches` finds them: one walk over the text however many words there are.

    >>> occurrences("天衡光电和天衡", ["天衡", "天衡光电"])
    [(0, 4, '天衡光电'), (5, 7, '天衡')]
    """
    known = set(words)
    if not known:
        return []
    lengths: dict[str, set[int]] = {}  # of the words that begin with a letter
    for word in known:
        lengths.setdefault(word[0], set()).add(len(word))
    longest_first = {letter: sorted(some, reverse=True) for letter, some in lengths.items()}
    found: list[tuple[int, int, str]] = []
    reached = 0
    for start, some in enumerate(map(longest_first.get, text)):
        if some and start >= reached:
            for length in some:
                if (word := text[start : start + length]) in known:
                    reached = start + len(word)  # at the end of the text a slice is shorter
                    found.append((start, reached, word))
                    break
    return found
