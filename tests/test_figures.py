"""Figures say whose, what, how much, when and how sure, as tests/corpus/figures.toml has it."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.find import find_dates
from extractors.figures.attach import read_figures
from extractors.figures.quantities import find_quantities
from extractors.lexicon import lexicon
from extractors.model import Article, Figure, Mention, Name, Problem, Span, longest_first

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "figures.toml").read_text(encoding="utf-8"))


def mentions(article: Article, names: dict[str, str]) -> list[Mention]:
    found = [*find_dates(article), *find_quantities(article)]
    for words, meaning in names.items():
        kind, name = meaning.split()
        start = article.text.find(words)
        while start >= 0:
            found.append(Mention(Span(start, start + len(words)), kind, Name(name), "given"))
            start = article.text.find(words, start + 1)
    return longest_first(found)


def figures(
    text: str, names: dict[str, str] | None = None, issued: str = "2024-07-20", title: str | None = None
) -> list[Figure]:
    article = Article("test", "test.txt", title, text if title is None else f"{title}\n{text}", issued)
    return [f for f in read_figures(article, mentions(article, names or {})) if isinstance(f, Figure)]


def shown(figure: Figure) -> str:
    q = figure.quantity
    upper = "" if q.upper is None else f"..{q.upper:f}"
    quantity = f"{q.comparator} {q.value:f}{upper} {q.unit}" + (f" {q.change}" if q.change else "")
    subject = f"@{figure.subject.name.text}" if isinstance(figure.subject, Mention) else figure.subject
    return " | ".join((subject or "-", figure.metric, quantity, figure.time or "-", figure.status))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in CORPUS["case"]])
def test_figures(case: dict[str, Any]) -> None:
    found = figures(case["text"], case.get("names"), case.get("issued", "2024-07-20"), case.get("title"))
    assert [shown(f) for f in found] == case["means"]
    for number, said in case.get("more", {}).items():
        figure = found[int(number)]
        speaker = figure.stated_by.name.text if figure.stated_by else None
        also = {
            "compared_with": figure.compared_with,
            "stated_by": speaker,
            "evidence": figure.evidence.of(case["text"]),
        }
        assert also | said == also


@pytest.mark.parametrize("saying", CORPUS["problem"]["saying"])
def test_amount_of_nothing_is_a_problem(saying: str) -> None:
    (read,) = problems(saying)
    assert "30%" in read.message


def problems(saying: str) -> list[Problem]:
    article = Article("test", "test.txt", None, saying, "2025-02-01")
    return [r for r in read_figures(article, mentions(article, {})) if isinstance(r, Problem)]


@pytest.mark.parametrize(
    ("why", "saying"), [pytest.param(d["why"], s, id=s) for d in CORPUS["doubt"] for s in d["saying"]]
)
def test_numbers_that_cannot_all_be_right(why: str, saying: str) -> None:
    (doubt,) = problems(saying)
    assert why in doubt.message
    assert "\n" not in doubt.message
    assert not doubt.lost


@pytest.mark.parametrize("saying", CORPUS["sure"]["saying"])
def test_nothing_to_doubt(saying: str) -> None:
    assert problems(saying) == []


@pytest.mark.parametrize("saying", CORPUS["silent"]["saying"])
def test_silent(saying: str) -> None:
    assert figures(saying) == []
    assert problems(saying) == []


@pytest.mark.parametrize("name", ("figure_words", "figure_holders", "metric_heads"))
def test_lexicon_is_sorted_and_explained(name: str) -> None:
    entries = lexicon(name)
    assert all(a <= b for a, b in pairwise(entries))
    assert all(entry.note for entry in entries.values())


def test_evidence_holds_the_number() -> None:
    for case in CORPUS["case"]:
        for figure in figures(case["text"], case.get("names")):
            assert figure.evidence.contains(figure.span)
            assert "。" not in figure.evidence.of(case["text"])


@given(
    st.text(
        alphabet="今年上半年产量增长同比分别为达到超过3.5%万亿元家个、，。（）目标和北京企业实现利润\n", max_size=60
    )
)
def test_any_text_is_read(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.evidence.start < figure.evidence.end <= len(text)


def test_a_number_that_nothing_names_is_still_read() -> None:
    """日均完成 leaves no noun: the figure keeps the holder of the clause before and has no metric of its own."""
    found = figures("全行业运输旅客6亿人次，日均完成180.5万人次。")
    assert [(f.subject, f.metric) for f in found] == [("全行业", "运输旅客"), ("全行业", "")]
