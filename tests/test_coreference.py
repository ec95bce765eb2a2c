"""Short names and anaphors mean what tests/corpus/coreference.toml says; two candidates mean nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.names.coreference import resolve
from extractors.names.events import find_events
from extractors.names.policies import find_policies
from extractors.names.programmes import find_programmes
from extractors.names.projects import find_projects
from tests.marked import article, corpus, sayings

CORPUS = corpus("coreference")
FINDERS = (find_policies, find_events, find_programmes, find_projects)


def resolved(of: Article, *more: Mention) -> list[Mention]:
    return resolve(of, longest_first([*more, *(m for find in FINDERS for m in find(of))]))


def person(name: str, text: str) -> Mention:
    start = text.index(name)
    return Mention(Span(start, start + len(name)), "Person", Name(name), "given")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    text = re.sub("[【】]", "", saying)
    found = {m.span.of(text): m for m in resolved(article(text)) if m.type == case["type"]}
    for words in re.findall("【(.*?)】", saying):
        assert found[words].name.text == case["means"]
        assert found[words].name.anaphor == case.get("anaphor", False)


@pytest.mark.parametrize("text", CORPUS["silent"]["anaphors"])
def test_silent(text: str) -> None:
    assert [m.span.of(text) for m in resolved(article(text)) if isinstance(m.value, Name) and m.value.anaphor] == []


def test_two_editions_leave_the_series_alone() -> None:
    text = "第四届进博会与第五届进博会规模相当，进博会越办越好。"
    assert [m.name.text for m in resolved(article(text))][-1] == "中国国际进口博览会"


def test_what_differs_in_a_telling_character_is_another_thing() -> None:
    text = "第四届亚残运会闭幕。第四届亚运会早已举行。"
    assert len({m.name.text for m in resolved(article(text))}) == 2


def test_surname_and_title() -> None:
    text = "王志远作了报告。王院士表示，要加强基础研究。"
    found = {m.span.of(text): m for m in resolved(article(text), person("王志远", text))}
    assert found["王院士"].name == Name("王志远", anaphor=True)


def test_two_people_of_one_surname() -> None:
    text = "王志远和王新出席。王院士表示，要加强基础研究。"
    found = [m.span.of(text) for m in resolved(article(text), person("王志远", text), person("王新", text))]
    assert "王院士" not in found


def test_is_idempotent() -> None:
    of = article("第五届进博会开幕。进博会由商务部主办。本届博览会规模空前。")
    once = resolved(of)
    assert resolve(of, once) == once
