"""Organisations in text: corpus/organizations.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from extractors.model import Article, Mention, Unresolved, longest_first
from extractors.names.organizations import find_organizations

_CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "organizations.toml").read_text(encoding="utf-8"))
_SAYING = [(case["means"], saying) for case in _CORPUS["case"] for saying in case["saying"]]


def _heard(text: str) -> list[Mention]:
    found = longest_first(find_organizations(Article("test", "test.txt", None, text)))
    return [m for m in found if not isinstance(m.value, Unresolved)]


@pytest.mark.parametrize(("means", "saying"), _SAYING, ids=[saying for _, saying in _SAYING])
def test_says_what_it_means(means: list[str], saying: str) -> None:
    text = re.sub("[【】]", "", saying)
    heard = _heard(text)
    assert [m.span.of(text) for m in heard] == re.findall("【(.*?)】", saying)
    assert [m.name.text for m in heard] == means
    assert {m.type for m in heard} == {"Organization"}


@pytest.mark.parametrize("silent", _CORPUS["silent"])
def test_silent(silent: str) -> None:
    assert [m.span.of(silent) for m in _heard(silent)] == []


def test_corpus_is_large_enough() -> None:
    assert len(_SAYING) >= 60
    assert len(_CORPUS["silent"]) >= 40


def test_every_mention_says_who_heard_it() -> None:
    for _, saying in _SAYING:
        assert all(m.rule for m in _heard(re.sub("[【】]", "", saying)))
