"""Organisations and people in text: corpus/organizations.toml and corpus/people.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from extractors.model import Article, Mention, Unresolved, longest_first
from extractors.names.organizations import find_organizations
from extractors.names.people import find_people
from tests.marked import article, corpus

Find = Callable[[Article], Iterable[Mention]]

_CORPORA: tuple[tuple[Find, str, dict[str, Any]], ...] = (
    (find_organizations, "Organization", corpus("organizations")),
    (find_people, "Person", corpus("people")),
)
_SAYING = [
    pytest.param(find, type_, case["means"], saying, id=saying)
    for find, type_, table in _CORPORA
    for case in table["case"]
    for saying in case["saying"]
]
_SILENT = [pytest.param(find, silent, id=silent) for find, _, table in _CORPORA for silent in table["silent"]]


def _heard(find: Find, text: str) -> list[Mention]:
    return [m for m in longest_first(find(article(text))) if not isinstance(m.value, Unresolved)]


@pytest.mark.parametrize(("find", "type_", "means", "saying"), _SAYING)
def test_says_what_it_means(find: Find, type_: str, means: list[str], saying: str) -> None:
    text = re.sub("[【】]", "", saying)
    heard = _heard(find, text)
    assert [m.span.of(text) for m in heard] == re.findall("【(.*?)】", saying)
    assert [m.name.text for m in heard] == means
    assert {m.type for m in heard} == {type_}
    assert all(m.rule for m in heard)


@pytest.mark.parametrize("case", [case for _, _, table in _CORPORA for case in table["case"] if "kinds" in case])
def test_kinds(case: dict[str, Any]) -> None:
    for saying in case["saying"]:
        heard = _heard(find_organizations, re.sub("[【】]", "", saying))
        assert [m.name.kind or "" for m in heard] == case["kinds"]


@pytest.mark.parametrize(("find", "silent"), _SILENT)
def test_silent(find: Find, silent: str) -> None:
    assert [m.span.of(silent) for m in _heard(find, silent)] == []


@pytest.mark.parametrize("table", [table for _, _, table in _CORPORA], ids=[type_ for _, type_, _ in _CORPORA])
def test_corpus_is_large_enough(table: dict[str, Any]) -> None:
    assert sum(len(case["saying"]) for case in table["case"]) >= 60
    assert len(table["silent"]) >= 40
