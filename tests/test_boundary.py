"""Where names begin: corpus/boundary.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors.names.boundary import edge_at, edge_starts, left_edge, opens

_CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "boundary.toml").read_text(encoding="utf-8"))
_CASES, _SILENT = _CORPUS["case"], _CORPUS["silent"]


@pytest.mark.parametrize("case", _CASES, ids=[c["text"] for c in _CASES])
def test_name_begins_where_it_should(case: dict[str, str]) -> None:
    start = case["text"].rindex(case["suffix"])
    end = start + len(case["suffix"])
    assert case["text"][left_edge(case["text"], start) : end] == case["name"]


@pytest.mark.parametrize("case", _SILENT, ids=[c["text"] for c in _SILENT])
def test_no_name_begins(case: dict[str, str]) -> None:
    start = case["text"].rindex(case["suffix"])
    assert left_edge(case["text"], start) == start


def test_corpus_is_large_enough() -> None:
    assert len(_CASES) >= 60
    assert len(_SILENT) >= 40


def test_floor_is_never_passed() -> None:
    text = "中国科学技术大学"
    assert left_edge(text, 6, 2) == 2


def test_empty_core_has_no_name() -> None:
    assert left_edge("，大学", 1) == 1


def test_joins_can_be_made_edges() -> None:
    text = "中国物流与采购联合会"
    assert left_edge(text, 7) == 0
    assert left_edge("中国科学家和工程师协会", 9, joined=False) == 6


def test_what_stands_at_a_position() -> None:
    text = "近日，科技部与上海市合作"
    assert edge_at(text, 3)
    assert edge_starts(text, 6)
    assert opens(text, 7)
    assert not opens(text, 10)
