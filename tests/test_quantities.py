"""Quantities mean what tests/corpus/quantities.toml says, and nothing is found where nothing is measured."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.figures.quantities import find_quantities
from extractors.lexicon import lexicon
from extractors.model import Article, Mention, Quantity
from extractors.numerals import to_decimal

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "quantities.toml").read_text(encoding="utf-8"))
LEXICONS = ("units", "not_units", "comparators", "change_words", "counted_nouns", "structure_words")


def found_in(text: str) -> list[Mention]:
    return list(find_quantities(Article("test", "test.txt", None, text)))


def shown(quantity: Quantity) -> str:
    """~ 350000000..400000000 元, = 8.9 % +."""
    upper = "" if quantity.upper is None else f"..{quantity.upper:f}"
    change = f" {quantity.change}" if quantity.change else ""
    return f"{quantity.comparator} {quantity.value:f}{upper} {quantity.unit}{change}"


def sayings() -> list[Any]:
    return [pytest.param(case["means"], saying, id=saying) for case in CORPUS["case"] for saying in case["saying"]]


@pytest.mark.parametrize(("means", "saying"), sayings())
def test_saying(means: list[str], saying: str) -> None:
    text = re.sub("[【】]", "", saying)
    found = found_in(text)
    assert [shown(m.value) for m in found if isinstance(m.value, Quantity)] == means
    assert [m.span.of(text) for m in found] == re.findall("【(.*?)】", saying)


@pytest.mark.parametrize("saying", CORPUS["silent"]["saying"])
def test_silent(saying: str) -> None:
    assert [m.span.of(saying) for m in found_in(saying)] == []


@pytest.mark.parametrize("name", LEXICONS)
def test_lexicon_is_sorted_and_explained(name: str) -> None:
    entries = lexicon(name)
    assert all(a <= b for a, b in pairwise(entries))
    assert all(entry.note for entry in entries.values())


@pytest.mark.parametrize(
    "word", sorted(w for w, e in lexicon("units").items() if e.note.startswith(("currency", "share")))
)
def test_every_unit_is_read_whole(word: str) -> None:
    (mention,) = found_in(f"总量为12{word}。")
    assert isinstance(mention.value, Quantity)
    assert mention.value.unit == lexicon("units")[word].value


@given(
    st.text(alphabet="约近超过0123456789.,一二三十百千万亿多余个家元%成倍年月日至—、（）《》“”增长下降", max_size=40)
)
def test_any_text_is_read(text: str) -> None:
    ends = [0]
    for mention in found_in(text):
        assert ends[-1] <= mention.span.start < mention.span.end <= len(text)
        ends.append(mention.span.end)


@given(st.integers(min_value=11, max_value=10**12), st.sampled_from(["元", "吨", "家", "人次", "千瓦时"]))
def test_numbers_keep_their_value(number: int, unit: str) -> None:
    (mention,) = found_in(f"总计{number}{unit}。")
    assert isinstance(mention.value, Quantity)
    assert mention.value.value == to_decimal(str(number))
