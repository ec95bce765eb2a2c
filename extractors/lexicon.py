"""The facts in lexicons/*.csv, read once: read-only mappings and longest match through hanlp_trie.

A lexicon is a CSV file with the columns word,value,note and, for places, code. `word` is a surface form, `value` what
it means (the full official name; empty when the word is itself that name), `note` why the line is there; where several
divisions share a name, `code` holds all their codes, parted by spaces.

A text is walked once for all the lexicons that are looked for in running text, however many questions are asked of it:
three dozen combinations of lexicons, each with a walk of its own, took as long as everything else together.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from types import MappingProxyType

from hanlp_trie import Trie
from hanlp_trie.trie import Node

from extractors.model import record

# Looked for in the text of every article, together. Any other lexicon is looked for alone, when it is asked for.
IN_TEXT = frozenset(
    (
        "academies", "associations", "boundary_words", "calendar", "cities", "companies", "counties", "countries",
        "departments", "documents", "event_suffixes", "events", "feasts", "foreign_cities", "international",
        "known_people", "laws", "local_bodies", "media", "ministries", "not_dates", "org_suffixes", "parks",
        "party_bodies", "place_decoys", "place_suffixes", "places", "products", "programme_suffixes", "programmes",
        "project_suffixes", "projects", "provinces", "titles", "universities", "verbs_of_saying",
    )
)  # fmt: skip
_TOGETHER = ""


@record()
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
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    next(rows)  # word,value,note and maybe code
    for word, value, note, *code in rows:
        if word in entries:
            raise ValueError(f"lexicons/{name}.csv: {word} stands twice")
        entries[word] = Entry(word, value or word, note, code[0] if code else "", name)
    return MappingProxyType(entries)


# Two letters that words begin with: what they mean by themselves, by lexicon, and how words go on from there. Before a
# text has had them, nothing and the words.
_Opening = tuple[Sequence[tuple[str, Entry]] | None, Mapping[str, Node] | list[str] | None]


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The words of two letters and more of the lexicons of a group.

    Most openings are met by no text of a run, and tries for all of them cost as much as reading ten pages.
    """

    lines: Mapping[str, Sequence[Entry]]
    openings: dict[int, _Opening]

    def read(self, opening: int, words: list[str]) -> _Opening:
        """The trie of the words with this opening."""
        node = Trie({word: self.lines[word] for word in words}).transit(words[0][:2])
        here = tuple((entry.lexicon, entry) for entry in node._value or ())
        self.openings[opening] = here or None, node._children or None
        return self.openings[opening]


@cache
def _dictionary(group: str) -> _Dictionary:
    lines: dict[str, list[Entry]] = {}
    openings: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(IN_TEXT) if group == _TOGETHER else [group]:
        for word, entry in lexicon(name).items():
            if len(word) == 1:
                continue
            if word in lines:
                lines[word].append(entry)
            else:
                lines[word] = [entry]
                openings[word[:2]].append(word)
    numbers = _pairs("".join(openings))[::2]
    return _Dictionary(lines, {number: (None, words) for number, words in zip(numbers, openings.values(), strict=True)})


_CODE = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def _pairs(text: str) -> list[int]:
    """Any two letters that stand side by side, as one number: a string of each two takes longer to make and to find."""
    further = len(text) - 1
    if further < 1:
        return []
    letters = memoryview(text.encode(_CODE, "surrogatepass"))  # four bytes each
    pairs = [0] * further
    pairs[::2] = letters[: (further + 1) // 2 * 8].cast("Q").tolist()
    pairs[1::2] = letters[4 : 4 + further // 2 * 8].cast("Q").tolist()
    return pairs


@cache
def letters(name: str) -> re.Pattern[str] | None:
    """The words of a lexicon that are one letter long."""
    some = "".join(word for word in lexicon(name) if len(word) == 1)
    return re.compile(f"[{re.escape(some)}]") if some else None


_start = itemgetter(0)


@lru_cache(maxsize=64)
def _walk(text: str, group: str) -> Mapping[str, Sequence[Match]]:
    """By lexicon: its words of two letters and more at every place where some begin, the shorter before the longer."""
    words = _dictionary(group)
    found: defaultdict[str, list[Match]] = defaultdict(list)
    closed = text + "\0"  # no word goes on with it
    # Most places are passed over here, before the trie, which is Python, sees them. For the same reason its nodes are
    # asked themselves: hanlp_trie steps through them by a call for each character.
    pairs = _pairs(text)
    for start, opening in enumerate(map(words.openings.get, pairs)):
        if opening is None:
            continue
        here, further = opening
        if isinstance(further, list):
            here, further = words.read(pairs[start], further)
        end = start + 2
        if here is not None:
            for name, entry in here:
                found[name].append((start, end, entry))
        if further is None:
            continue
        node = further.get(closed[end])  # type: ignore[union-attr]  # has been read
        while node is not None:
            end += 1
            if node._value:
                for entry in node._value:
                    found[entry.lexicon].append((start, end, entry))
            node = node._children.get(closed[end])
    return found


def everywhere(text: str, name: str) -> Sequence[Match]:
    """Every word of a lexicon wherever it stands, also inside a longer one, the shorter before the longer."""
    found = _walk(text, _TOGETHER if name in IN_TEXT else name).get(name, ())
    single = letters(name)
    if single is None:
        return found
    of_a_letter = [(letter.start(), letter.end(), lexicon(name)[letter[0]]) for letter in single.finditer(text)]
    return sorted([*of_a_letter, *found], key=_start) if of_a_letter else found


@lru_cache(maxsize=64)
def beginnings(text: str, name: str) -> Sequence[Match]:
    """The longest word of a lexicon at every place where one begins, in text order; unlike `matches` they may overlap.

    >>> [entry.word for _, _, entry in beginnings("技能大赛决赛", "event_suffixes")]
    ['技能大赛', '大赛决赛']
    """
    return list({match[0]: match for match in everywhere(text, name)}.values())


@cache
def _of_a_letter(group: str) -> Mapping[str, Sequence[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for name in sorted(IN_TEXT) if group == _TOGETHER else [group]:
        for word, entry in lexicon(name).items():
            if len(word) == 1:
                found[word].append(entry)
    return found


@lru_cache(maxsize=1024)
def _heads(text: str, group: str) -> Sequence[tuple[int, Entry]]:
    """Every word that a text begins with, and where it ends, the shorter before the longer."""
    found = [(1, entry) for entry in _of_a_letter(group).get(text[:1], ())]
    words = _dictionary(group)
    opening = int.from_bytes(text[:2].encode(_CODE, "surrogatepass"), sys.byteorder)
    here, further = words.openings.get(opening, (None, None))
    if isinstance(further, list):
        here, further = words.read(opening, further)
    found += [(2, entry) for _, entry in here or ()]
    end, node = 2, None if further is None else further.get(text[2:3])  # type: ignore[union-attr]  # has been read
    while node is not None:
        end += 1
        found += [(end, entry) for entry in node._value or ()]
        node = node._children.get(text[end : end + 1])
    return found


def beginning(text: str, *names: str) -> tuple[int, Entry] | None:
    """Where the longest word ends that a text begins with, and the word: the first of `matches` when it stands there.

    >>> end, entry = beginning("北京市海淀区", "cities", "provinces") or (0, None)
    >>> end, entry.word
    (3, '北京市')
    """
    found: tuple[int, Entry] | None = None
    for end, entry in _heads(text, _TOGETHER if names[0] in IN_TEXT else names[0]):
        if entry.lexicon not in names:
            continue
        if found is None or end > found[0] or names.index(entry.lexicon) < names.index(found[1].lexicon):
            found = end, entry
    return found


@lru_cache(maxsize=256)
def matches(text: str, *names: str) -> tuple[Match, ...]:
    """Longest matches, left to right and without overlap, of the words of all named lexicons: (start, end, entry).

    The order of the names settles a word that two lexicons hold: earlier names win.
    """
    if not _walked(names):
        return _apart([some for name in names if (some := everywhere(text, name))])
    together = _walk(text, _TOGETHER)
    if len(names) == 1:
        alone = together.get(names[0], ())
        return _apart([alone]) if alone else ()
    return _apart([some for name in names if (some := together.get(name, ()))])


@cache
def _walked(names: tuple[str, ...]) -> bool:
    """Whether a walk over the text finds all the words of these lexicons."""
    return all(name in IN_TEXT and letters(name) is None for name in names)


def longer_matches(text: str, *names: str) -> tuple[Match, ...]:
    """As `matches` those of two letters and more: what a word of one letter is, they settle and not it.

    >>> [entry.word for _, _, entry in longer_matches("和平的目的", "boundary_words")]
    ['和平', '目的']
    """
    together = _walk(text, _TOGETHER)
    return _apart([some for name in names if (some := together.get(name))])


def _apart(lists: Sequence[Sequence[Match]]) -> tuple[Match, ...]:
    if not lists:
        return ()
    ordered = lists[0] if len(lists) == 1 else sorted(chain.from_iterable(lists), key=_start)
    found: list[Match] = []
    last = reached = -1  # where the last match begins and ends
    for match in ordered:
        start, end, _ = match
        if start >= reached:
            found.append(match)
            last, reached = start, end
        elif start == last and end > reached:
            found[-1] = match
            reached = end
    return tuple(found)


_FEW = 16  # words that are looked for one by one sooner than by a walk over the text


def _each_looked_for(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    places: list[tuple[int, int, str]] = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            places.append((start, -len(word), word))
            start = text.find(word, start + 1)
    places.sort()
    found: list[tuple[int, int, str]] = []
    reached = 0
    for start, length, word in places:
        if start >= reached:
            reached = start - length
            found.append((start, reached, word))
    return found


def occurrences(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where any of many words stands, as `matches` finds them.

    >>> occurrences("天衡光电和天衡", ["天衡", "天衡光电"])
    [(0, 4, '天衡光电'), (5, 7, '天衡')]
    """
    known = set(words)
    if len(known) <= _FEW:
        return _each_looked_for(text, known)
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
