"""Events mean what tests/corpus/events.toml says."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.events import find_events
from tests.marked import check, corpus, heard, sayings

CORPUS = corpus("events")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    check(find_events, case, saying)


@pytest.mark.parametrize("text", CORPUS["silent"]["event"])
def test_silent(text: str) -> None:
    assert heard(find_events, text, "Event") == []
