"""Places mean what tests/corpus/places.toml says, and nothing is found where nothing is said."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Article, Mention, longest_first
from extractors.names.places import find_places
from tests.counting import lines_run

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "places.toml").read_text(encoding="utf-8"))


def found(text: str) -> list[Mention]:
    return longest_first(find_places(Article("test", "test.txt", None, text)))


def cases(kind: str) -> list[Any]:
    return [pytest.param(case["means"], saying, id=saying) for case in CORPUS[kind] for saying in case["saying"]]


def check(means: list[str], saying: str) -> None:
    text, words = re.sub("[【】]", "", saying), re.findall("【(.*?)】", saying)
    mentions = found(text)
    assert [m.span.of(text) for m in mentions] == words
    assert all(m.span.end <= len(text) for m in mentions)
    for mention, meant in zip(mentions, means, strict=True):
        name, _, within = meant.partition("/")
        assert mention.name.text == name
        if within:
            assert mention.name.within == within


@pytest.mark.parametrize(("means", "saying"), cases("case"))
def test_saying(means: list[str], saying: str) -> None:
    check(means, saying)


@pytest.mark.parametrize("saying", [saying for case in CORPUS["silent"] for saying in case["saying"]])
def test_silent(saying: str) -> None:
    assert [m.span.of(saying) for m in found(saying)] == []


@pytest.mark.parametrize(("means", "saying"), cases("failing"))
@pytest.mark.xfail(strict=True)
def test_known_failure(means: list[str], saying: str) -> None:
    check(means, saying)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("江苏泰州", ["320000", "321200"]),
        ("南京市鼓楼区", ["320100", "320106"]),
        ("徐州市鼓楼区", ["320300", "320302"]),
        ("鼓楼区", [None]),
        ("贵州荔波", ["520000", "522722"]),
        ("长江", [None]),
    ],
)
def test_codes(text: str, codes: list[str | None]) -> None:
    assert [m.name.code for m in found(text)] == codes


def test_linear() -> None:
    """A long list without any end, and a run of prepositions, cost no more than their length."""

    def work(words: str, length: int) -> int:
        text = words * (length // len(words))
        return lines_run(lambda: list(find_places(Article("test", "test.txt", None, text))))

    for words in ("海淀、西城、", "在于到从", "公园"):
        work(words, 200)  # lexicons are read once
        assert work(words, 24_000) < 2.5 * work(words, 12_000)
