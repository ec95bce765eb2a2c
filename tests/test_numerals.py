"""Numbers mean what tests/corpus/numerals.toml says."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numerals import FRACTION, MULTIPLIER, NUMBER, digits, fraction, to_decimal

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "numerals.toml").read_text(encoding="utf-8"))
_NUMBER = re.compile(NUMBER, re.VERBOSE)
_FRACTION = re.compile(FRACTION, re.VERBOSE)


def _pairs(kind: str) -> list[tuple[str, str]]:
    return [(means, saying) for means, sayings in CORPUS[kind].items() for saying in sayings]


@pytest.mark.parametrize(("means", "saying"), _pairs("means"))
def test_means(means: str, saying: str) -> None:
    assert to_decimal(saying) == Decimal(means)


@pytest.mark.parametrize("saying", CORPUS["no_number"]["saying"])
def test_no_number_is_none_and_never_zero(saying: str) -> None:
    assert to_decimal(saying) is None
    assert fraction(saying) is None


@pytest.mark.parametrize(("text", "found"), CORPUS["found"].items())
def test_found_in_running_text(text: str, found: list[str]) -> None:
    assert _NUMBER.findall(text) == found


@pytest.mark.parametrize("text", CORPUS["silent"]["saying"])
def test_silent(text: str) -> None:
    assert _NUMBER.search(text) is None


@pytest.mark.parametrize(("means", "saying"), _pairs("fraction"))
def test_fraction(means: str, saying: str) -> None:
    assert fraction(saying) == Decimal(means)
    if "/" not in saying:
        assert _FRACTION.fullmatch(saying)


def test_fraction_knows_members_from_tenths() -> None:
    assert _FRACTION.search("三成员单位") is None


def test_digits_reads_rows_only() -> None:
    assert (digits("二〇二三"), digits("0571"), digits("二十"), digits("3.5"), digits("")) == (
        2023,
        571,
        None,
        None,
        None,
    )


def test_sources_have_no_groups() -> None:
    for source in (NUMBER, FRACTION, MULTIPLIER):
        assert re.compile(source).groups == 0


@given(st.decimals(0, 10**15, places=2, allow_nan=False, allow_infinity=False))
def test_figures_round_trip(value: Decimal) -> None:
    assert to_decimal(str(value)) == value
    assert to_decimal(f"{value:,}") == value
    assert _NUMBER.fullmatch(f"{value:,}")


_FIGURES = "零一二三四五六七八九"


def spell(n: int) -> str:
    """Chinese for 1 to 99999999, written the long way."""
    if n >= 10**4:
        rest = n % 10**4
        return spell(n // 10**4) + "万" + ("零" if 0 < rest < 1000 else "") + (spell(rest) if rest else "")
    places = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
    text = "".join(_FIGURES[n // p % 10] + name if n // p % 10 else "零" for p, name in places)
    return re.sub("零+", "零", text).strip("零")


@given(st.integers(1, 10**8 - 1))
def test_spelled_numbers_round_trip(n: int) -> None:
    assert to_decimal(spell(n)) == n
    assert _NUMBER.fullmatch(spell(n))


@given(st.text(alphabet="0123456789一二三两十百千万亿零〇点.,分之成/-", max_size=60))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value, share = to_decimal(text), fraction(text)
    assert value is None or value.is_finite()
    assert share is None or share.is_finite()
    for match in _NUMBER.finditer(text):
        assert to_decimal(match[0]) is not None or sum(c.isdigit() for c in match[0]) > 28, match[0]
