"""The lexicons are tested like code: schema, order, no doubles, values that lead somewhere, codes that exist."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from extractors.lexicon import lexicon, matches

FOLDER = Path(__file__).parent.parent / "extractors" / "lexicons"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
ORGANIZATIONS = (
    "ministries", "party_bodies", "academies", "universities", "companies", "associations", "media", "international",
    "parks", "local_bodies",
)  # fmt: skip
DIVISIONS = ("provinces", "cities", "counties")
PLACES = (*DIVISIONS, "countries", "foreign_cities", "places")
# Words that two lists of organisations or places rightly hold, with the reason.
IN_TWO: dict[str, str] = {}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, restkey="more", restval="missing"))


@pytest.mark.parametrize("name", NAMES)
def test_schema(name: str) -> None:
    columns = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert columns in ("word,value,note", "word,value,note,code")
    for row in rows(name):
        assert "more" not in row and "missing" not in row.values(), row
        assert row["word"] and row["note"], row
        assert all(cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("name", NAMES)
def test_sorted_without_doubles(name: str) -> None:
    words = [row["word"] for row in rows(name)]
    assert words == sorted(set(words))


@pytest.mark.parametrize("name", [*ORGANIZATIONS, *PLACES])
def test_values_are_full_names(name: str) -> None:
    """What a word means is itself a line of the same list, and means itself: no chains, no loose ends."""
    entries = lexicon(name)
    for entry in entries.values():
        assert entry.value in entries, entry
        assert entries[entry.value].value == entry.value, entry


@pytest.mark.parametrize("names", [ORGANIZATIONS, PLACES])
def test_no_word_in_two_lists(names: tuple[str, ...]) -> None:
    for one, other in combinations(names, 2):
        assert set(lexicon(one)) & set(lexicon(other)) <= set(IN_TWO), (one, other)


def test_codes() -> None:
    """Codes are those of GB/T 2260; a short form has its full name's code; provinces hold all parents."""
    known = {entry.code for name in ("provinces", "cities") for entry in lexicon(name).values()}
    for name in DIVISIONS:
        for entry in lexicon(name).values():
            for code in entry.code.split():
                assert re.fullmatch(r"[1-8][0-9]{5}", code), entry
                assert f"{code[:2]}0000" in known, entry
            assert entry.code == lexicon(name)[entry.value].code, entry


def test_counts() -> None:
    """34 provinces, 333 prefectures and the cities of 台湾, and about 2,850 counties."""
    full = {name: [e for e in lexicon(name).values() if e.word == e.value] for name in DIVISIONS}
    assert len(full["provinces"]) == 34
    assert Counter(e.code.endswith("00") for e in full["cities"])[True] == 333
    current = [code for e in full["counties"] if not e.note.startswith("已撤") for code in e.code.split()]
    assert 2_800 < len(current) == len(set(current)) < 2_900


def test_longest_match_wins() -> None:
    found = matches("吉林省吉林市和吉林大学", *DIVISIONS)
    assert [(start, end, entry.value) for start, end, entry in found] == [
        (0, 3, "吉林省"), (3, 6, "吉林市"), (7, 9, "吉林省"),
    ]  # fmt: skip


def test_first_list_wins() -> None:
    assert matches("清华", "universities", "companies")[0][2].lexicon == "universities"
