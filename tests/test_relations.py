"""Relations mean what tests/corpus/relations.toml says, and nothing is related where nothing is said."""

from __future__ import annotations

import re
import tomllib
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Article, Edtf, Mention, Name, Relation, Span
from extractors.relations import relate
from extractors.relations.clauses import lines

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "relations.toml").read_text(encoding="utf-8"))
TYPES = {
    "O": "Organization",
    "K": "Organization",
    "C": "Organization",
    "M": "Organization",
    "A": "Organization",
    "P": "Person",
    "L": "Place",
    "Y": "Policy",
    "G": "Programme",
    "J": "Project",
    "R": "Product",
    "E": "Event",
    "D": "Date",
}
KINDS = {"K": "Park", "C": "Company", "M": "Ministry", "A": "Academy"}


def read(saying: str) -> tuple[Article, list[Mention]]:
    """The article that a marked sentence means, and its mentions."""
    text, mentions, place = "", [], 0
    for mark in re.finditer(r"【(\w):(.*?)】", saying):
        text += saying[place : mark.start()]
        kind, words = mark.groups()
        value = Edtf(words) if kind == "D" else Name(words, KINDS.get(kind))
        mentions.append(Mention(Span(len(text), len(text) + len(words)), TYPES[kind], value, "marked"))
        text += words
        place = mark.end()
    return Article("test", "test.txt", None, text + saying[place:], "2024-05-06"), mentions


def said(relation: Relation) -> str:
    target = relation.target.value
    name = target.value if isinstance(target, Edtf) else relation.target.name.text
    text = f"{relation.type}: {relation.source.name.text} → {name}"
    text += f"（{relation.qualifier}）" if relation.qualifier else ""
    return text + ("" if relation.modality == "asserted" else f" [{relation.modality}]")


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(case.get("means", []), saying, id=saying) for case in CORPUS[kind] for saying in case["saying"]
    ]


@pytest.mark.parametrize(("means", "saying"), cases("case") + cases("silent"))
def test_saying(means: list[str], saying: str) -> None:
    article, mentions = read(saying)
    assert {said(r) for r in relate(article, mentions)} == set(means)


@pytest.mark.parametrize(("means", "saying"), cases("failing"))
@pytest.mark.xfail(strict=True)
def test_known_failure(means: list[str], saying: str) -> None:
    test_saying(means, saying)


@pytest.mark.parametrize(("means", "saying"), cases("case"))
def test_evidence_stands_in_the_text(means: list[str], saying: str) -> None:
    article, mentions = read(saying)
    for relation in relate(article, mentions):
        assert 0 <= relation.evidence.start < relation.evidence.end <= len(article.text)
        assert relation.rule


def test_subject_is_carried_over_sentences_of_a_paragraph() -> None:
    article, mentions = read(
        "【M:科技部】总结了【E:科技周】的经验。同时，将启动【G:科普行动】。\n还将启动【G:助农行动】。"
    )
    assert [said(r) for r in relate(article, mentions)] == ["launched: 科技部 → 科普行动 [planned]"]


def test_meeting_is_the_one_told_of_before() -> None:
    article, mentions = read("【E:种业大会】在【L:三亚】举行。\n会议指出，要育良种。\n【P:李明】主持会议。")
    assert "attended: 李明 → 种业大会" in {said(r) for r in relate(article, mentions)}


def test_meeting_only_talked_of_is_not_meant() -> None:
    article, mentions = read("企业回顾了【E:种业大会】的成果。\n【P:李明】主持会议。")
    assert list(relate(article, mentions)) == []


def test_line_knows_where_its_letters_stand() -> None:
    article, mentions = read("今天（【D:5月6日】），“【M:财政部】”（以下简称部）印发【Y:《前进！意见》】。再次印发。")
    (first,) = (line.tidy() for line in lines(article, mentions))  # what names nothing is no line
    assert re.sub("[\ue000-\uf8ff]", "·", first.mask) == "今天·，·印发·。"
    assert first.span(first.mask.index("印"), len(first) - 1).of(article.text) == "印发《前进！意见》"


def test_a_long_text_without_stops_is_read_in_pieces() -> None:
    article, mentions = read("、".join(f"【M:甲{i}部】印发【Y:《办法{i}》】" for i in range(1500)))
    assert len({r.target.name.text for r in relate(article, mentions) if r.type == "issued"}) == 1500
    numbers = count()
    text = "".join(f"【M:甲{next(numbers)}部】印发【Y:《办法{i}》】。" for i in range(1500))
    assert len(list(relate(*read(text)))) == 1500
