"""Policies and works mean what tests/corpus/policies.toml says."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.model import Unresolved
from extractors.names.policies import find_policies
from tests.marked import article, check, corpus, heard, sayings

CORPUS = corpus("policies")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    check(find_policies, case, saying)


@pytest.mark.parametrize("text", CORPUS["silent"]["policy"])
def test_silent(text: str) -> None:
    assert heard(find_policies, text, "Policy", "Work") == []


@pytest.mark.parametrize("text", CORPUS["silent"]["unresolved"])
def test_short_title_without_its_full_form(text: str) -> None:
    (mention,) = find_policies(article(text))
    assert isinstance(mention.value, Unresolved)


def test_two_full_titles_leave_the_short_one_open() -> None:
    text = "《城市公园条例》与《城市绿化条例》同日公布，《条例》都将施行。"
    found = {m.span.of(text): m.value for m in find_policies(article(text))}
    assert isinstance(found["《条例》"], Unresolved)


def test_the_number_of_a_document_is_its_code() -> None:
    text = "《关于扩大内需的通知》（财建〔2023〕12号）已经印发。"
    (number,) = (m for m in find_policies(article(text)) if m.rule == "document number")
    assert (number.name.text, number.name.code) == ("关于扩大内需的通知", "财建〔2023〕12号")


def test_a_notice_without_marks_is_known_by_its_number() -> None:
    text = "教育部关于开展科学教育试点工作的通知（教监管〔2024〕3号）已经下发。"
    found = {m.span.of(text): m.name for m in find_policies(article(text))}
    assert found["教监管〔2024〕3号"].text == "关于开展科学教育试点工作的通知"
    assert found["关于开展科学教育试点工作的通知"].code == "教监管〔2024〕3号"
