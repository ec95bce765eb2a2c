"""Projects mean what tests/corpus/projects.toml says."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.projects import find_projects
from tests.marked import check, corpus, heard, sayings

CORPUS = corpus("projects")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    check(find_projects, case, saying)


@pytest.mark.parametrize("text", CORPUS["silent"]["project"])
def test_silent(text: str) -> None:
    assert heard(find_projects, text, "Programme", "Project", "Product") == []
