"""Programmes mean what tests/corpus/programmes.toml says."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.programmes import find_programmes
from tests.marked import check, corpus, heard, sayings

CORPUS = corpus("programmes")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    check(find_programmes, case, saying)


@pytest.mark.parametrize("text", CORPUS["silent"]["programme"])
def test_silent(text: str) -> None:
    assert heard(find_programmes, text, "Programme", "Project", "Product") == []
