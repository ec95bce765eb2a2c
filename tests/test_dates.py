"""Dates mean what tests/corpus/dates.toml says, and nothing is found where nothing is said."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.edtf import a_year_before, begin_end, interval, is_edtf
from extractors.dates.find import find_dates
from extractors.dates.lunar import lunar
from extractors.lexicon import lexicon
from extractors.model import Article, Edtf, Mention, Unresolved

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "dates.toml").read_text(encoding="utf-8"))


def article(text: str, issued: str | None = None, title: str | None = None) -> Article:
    return Article("test", "test.txt", title, text, issued)


def marked(saying: str) -> tuple[str, list[str]]:
    """The sentence without its marks, and the words between them."""
    return re.sub("[【】]", "", saying), re.findall("【(.*?)】", saying)


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, saying, id=saying) for case in CORPUS[kind] for saying in case["saying"]]


def values(found: list[Mention]) -> list[str]:
    return [m.value.value for m in found if isinstance(m.value, Edtf)]


@pytest.mark.parametrize(("case", "saying"), cases("case"))
def test_saying(case: dict[str, Any], saying: str) -> None:
    text, words = marked(saying)
    found = list(find_dates(article(text, case.get("issued"), case.get("title"))))
    assert values(found) == case["means"]
    assert [m.span.of(text) for m in found] == words


@pytest.mark.parametrize("saying", CORPUS["unresolved"][0]["saying"])
def test_unresolved_without_issue_date(saying: str) -> None:
    text, words = marked(saying)
    found = list(find_dates(article(text)))
    assert [m.span.of(text) for m in found] == words
    assert all(isinstance(m.value, Unresolved) for m in found)


@pytest.mark.parametrize("saying", CORPUS["silent"]["saying"])
def test_silent(saying: str) -> None:
    assert not list(find_dates(article(saying, CORPUS["silent"]["issued"])))


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS["case"]) >= 60
    assert len(CORPUS["silent"]["saying"]) >= 40


def test_unknown_day_of_issue_settles_no_yesterday() -> None:
    assert values(list(find_dates(article("昨天，大坝开闸。", "2024-06")))) == []


@pytest.mark.parametrize("word", lexicon("not_dates"))
def test_other_words_hold_no_date(word: str) -> None:
    assert not list(find_dates(article(f"有关{word}的报道", "2024-06-15")))


_DATE_CHARACTERS = "0123456789年月日至—、。今去明本上下半季度前一二三四十五（）时分以来同期末底∶~ 当次"


@given(
    st.text(alphabet=_DATE_CHARACTERS, max_size=40),
    st.sampled_from([None, "2024", "2024-02", "2024-02-29", "2021-01", "2023-12-31"]),
)
def test_every_value_is_edtf_and_every_span_in_order(text: str, issued: str | None) -> None:
    found = list(find_dates(article(text, issued)))
    for value in values(found):
        begin, end = begin_end(value)
        assert begin <= end
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_full_dates_are_read_as_written(day: date) -> None:
    text = f"自{day.year}年{day.month}月{day.day}日起。"
    assert values(list(find_dates(article(text)))) == [day.isoformat()]


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_interval_keeps_its_ends(a: date, b: date) -> None:
    made = interval(a.isoformat(), b.isoformat())
    assert made is None if b < a else made is not None and begin_end(made) == (a, b)


@pytest.mark.parametrize(
    "text", ["", "今年", "2024-13", "2024-02-30", "2024-03-05T25", "2025/2021", "2024-3", "20240305"]
)
def test_no_edtf(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError):
        begin_end(text)


def test_leap_day_has_no_day_a_year_before() -> None:
    assert a_year_before("2024-02-29") is None
    assert a_year_before("2024-02") == "2023-02"


def test_calendar_lexicon_holds_dates() -> None:
    for name in ("calendar", "not_dates"):
        assert list(lexicon(name)) == sorted(lexicon(name))
    for entry in lexicon("calendar").values():
        assert is_edtf(entry.value), entry.word
        assert entry.note.partition(":")[0] in ("plan", "congress", "edition", "era"), entry.word


def test_lunar_months_follow_one_another() -> None:
    months = sorted(lexicon("lunar_months").values(), key=lambda e: e.value)
    assert {int(e.word[:4]) for e in months} == set(range(2015, 2036))
    for this, following in pairwise(months):
        length = date.fromisoformat(following.value) - date.fromisoformat(this.value)
        assert f"{length.days} days" in this.note, this.word


def test_feast_days_are_those_of_the_lunar_calendar() -> None:
    lunar_feasts = {
        "春节": ("正月", 1),
        "元宵节": ("正月", 15),
        "端午节": ("五月", 5),
        "中秋节": ("八月", 15),
        "重阳节": ("九月", 9),
    }
    days = lexicon("feast_days")
    for year in range(2015, 2036):
        for feast, (month, day) in lunar_feasts.items():
            assert days[f"{year}年{feast}"].value == lunar(year, month, day)
        eve = date.fromisoformat(days[f"{year}年春节"].value) - timedelta(days=1)
        assert days[f"{year}年除夕"].value == eve.isoformat()


def test_feasts_have_days_and_holidays_hold_them() -> None:
    days = lexicon("feast_days")
    for entry in lexicon("feasts").values():
        if not entry.note.startswith("none"):
            assert entry.note.startswith(("day", "season")), entry.word
            assert entry.value in days or f"2024年{entry.value}" in days, entry.word
    for entry in days.values():
        if entry.word[:4].isdigit():
            assert is_edtf(entry.value), entry.word
            feast = days.get(entry.word.removesuffix("假期"))
            if entry.word.endswith("假期") and feast:
                (begin, end), day = begin_end(entry.value), date.fromisoformat(feast.value)
                assert begin <= day <= end, entry.word
