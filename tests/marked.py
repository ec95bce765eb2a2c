"""Corpora of names: sentences in which the words between 【 and 】 are mentions, and phrases that yield nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Article, Mention, Name, longest_first

Find = Callable[[Article], Iterable[Mention]]


def corpus(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "corpus" / f"{name}.toml").read_text(encoding="utf-8"))


def article(text: str, issued: str | None = None) -> Article:
    return Article("test", "test.txt", None, text, issued)


def sayings(table: dict[str, Any]) -> list[Any]:
    """One test per sentence; a case with known = "why" is a strict expected failure."""
    return [
        pytest.param(
            case, saying, id=saying, marks=[pytest.mark.xfail(reason=case["known"])] if "known" in case else []
        )
        for case in table["case"]
        for saying in case["saying"]
    ]


def check(find: Find, case: dict[str, Any], saying: str) -> None:
    """The marked words are mentions, in order, with the type and the name of the case (default: the words)."""
    text = re.sub("[【】]", "", saying)
    marked = re.findall("【(.*?)】", saying)
    found = [m for m in longest_first(find(article(text, case.get("issued")))) if m.type == case["type"]]
    assert [m.span.of(text) for m in found] == marked
    names = [m.value.text for m in found if isinstance(m.value, Name)]
    means = case.get("means")
    assert names == ([means] * len(marked) if isinstance(means, str) else means or [w.strip("《》") for w in marked])


def heard(find: Find, text: str, *types: str) -> list[str]:
    return [m.span.of(text) for m in longest_first(find(article(text))) if m.type in types]
