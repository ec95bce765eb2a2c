"""Proposals beside the rules: what the embedded model adds (tests/corpus/ner.toml), and what admit() lets through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from extractors.extraction import extract
from extractors.model import Edtf, Mention, Name, Span
from extractors.ner import Proposal
from extractors.ner.admit import ADMITTED, AGAIN, RULE, admit
from extractors.ner.embedded import propose
from extractors.ner.gates import event, organization, person, place
from extractors.ontology import entity_types
from tests.marked import article, corpus, sayings

CORPUS = corpus("ner")


@pytest.mark.parametrize(("case", "saying"), sayings(CORPUS))
def test_saying(case: dict[str, Any], saying: str) -> None:
    text = re.sub("[【】]", "", saying)
    found = [m.span.of(text) for m in extract(article(text), propose).mentions if m.type == case["type"]]
    assert set(re.findall("【(.*?)】", saying)) <= set(found)


@pytest.mark.parametrize("text", CORPUS["silent"]["all"])
def test_silent(text: str) -> None:
    assert [m.span.of(text) for m in extract(article(text), propose).mentions if m.rule in {RULE, AGAIN}] == []


def test_rules_alone_miss_much_of_this() -> None:
    """Else the model would be of no use: what it adds must not all be learnt by rules without its leaving."""
    added = [
        saying
        for case in CORPUS["case"]
        for saying in case["saying"]
        if any(m.rule == RULE for m in extract(article(re.sub("[【】]", "", saying)), propose).mentions)
    ]
    assert len(added) >= 10


def test_every_proposal_is_a_span_of_the_text_and_of_a_known_type() -> None:
    text = "".join(re.sub("[【】]", "", saying) for case in CORPUS["case"] for saying in case["saying"])
    proposals = propose(text)
    assert proposals == propose(text)
    assert proposals == sorted(proposals, key=lambda p: p.start)
    assert all(0 <= p.start < p.end <= len(text) and 0 <= p.score <= 1 for p in proposals)
    assert {p.type for p in proposals} <= set(entity_types())
    assert all(a.end <= b.start for a, b in pairwise(proposals))


TEXT = "魏承岳昨天来到瓦岔河边。夜里，魏承岳又去了瓦岔河。"


def at(word: str, kind: str, score: float, text: str = TEXT) -> Proposal:
    start = text.index(word)
    return Proposal(start, start + len(word), kind, score)


def heard(word: str, kind: str, text: str = TEXT) -> Mention:
    start = text.index(word)
    value = Edtf("2024") if kind == "Date" else Name(word, "Ministry" if kind == "Organization" else None)
    return Mention(Span(start, start + len(word)), kind, value, "rule")


def test_a_sure_proposal_is_admitted_wherever_its_name_stands() -> None:
    found = admit(article(TEXT), [], [at("魏承岳", "Person", 0.95)])
    assert [(m.span.start, m.type, m.name.text, m.rule) for m in found] == [
        (0, "Person", "魏承岳", RULE),
        (15, "Person", "魏承岳", AGAIN),
    ]


@pytest.mark.parametrize(
    "proposal",
    [
        at("魏承岳", "Person", 0.3),
        at("瓦岔河", "Policy", 0.99),
        at("昨天来", "Person", 0.99),
        at("夜里", "Place", 0.99),
    ],
)
def test_what_is_not_admitted(proposal: Proposal) -> None:
    assert admit(article(TEXT), [], [proposal]) == []


def test_rules_lead() -> None:
    rules = [heard("瓦岔河", "Project")]
    assert admit(article(TEXT), rules, [at("瓦岔河", "Place", 0.99), at("瓦岔河边", "Place", 0.99)]) == rules


@pytest.mark.parametrize(
    ("text", "under", "word", "kind", "score", "wins"),
    [
        (
            "西班牙国家气象局预报", [("西班牙", "Place"), ("国家气象局", "Organization")],
            "西班牙国家气象局", "Organization", 0.9, True,
        ),
        ("伊朗原子能组织主席", [("伊朗", "Place")], "伊朗原子能组织", "Organization", 0.95, True),
        ("伊朗原子能组织主席", [("伊朗", "Place")], "伊朗原子能组织", "Organization", 0.7, False),
        ("免去朱明春的职务", [("明春", "Date")], "朱明春", "Person", 0.95, True),
        ("免去朱明春的职务", [("明春", "Date")], "朱明春", "Person", 0.8, False),
        ("公安部交管局部署", [("公安部", "Organization")], "公安部交管局", "Organization", 0.95, True),
        ("河南省武装组织称", [("河南省", "Place")], "河南省武装组织", "Organization", 0.99, False),
    ],
)  # fmt: skip
def test_a_longer_body_overrules_its_beginning(
    text: str, under: list[tuple[str, str]], word: str, kind: str, score: float, wins: bool
) -> None:
    found = admit(article(text), [heard(w, k, text) for w, k in under], [at(word, kind, score, text)])
    assert ([m.span.of(text) for m in found] == [word]) == wins


GATES = {"Person": person, "Place": place, "Organization": organization, "Event": event}


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        ("Person", "穆迪下调评级", "穆迪"), ("Person", "反对任何国家使用", "何国家"),
        ("Person", "马克思主义", "马克思"), ("Person", "“艾布拉姆斯”号坦克", "艾布拉姆斯”"),
        ("Person", "武契奇总统夫妇", "夫妇"), ("Person", "在北京举行", "北京"),
        ("Place", "建设美丽河湖", "美丽河湖"), ("Place", "和平、安宁、繁荣", "安宁"),
        ("Place", "在闹市区举办", "闹市区"), ("Place", "该州首府", "该州"),
        ("Place", "阿拉伯国家", "阿拉伯"), ("Place", "在中国访问", "中国"),
        ("Organization", "欢迎跨国公司来华", "跨国公司"), ("Organization", "有关部门介绍", "有关部门"),
        ("Organization", "该研究所发布", "该研究所"), ("Organization", "两大航运公司", "两大航运公司"),
        ("Organization", "新一届理事会", "新一届理事会"), ("Organization", "国家实验室", "国家实验室"),
        ("Person", "蔡奇肯定了成绩", "蔡奇肯"), ("Organization", "形成亚太合作格局", "亚太合作格局"),
        ("Event", "举行第三次全体会议", "第三次全体会议"), ("Event", "本届论坛", "本届论坛"),
        ("Event", "新闻发布会", "新闻发布会"),
    ],
)  # fmt: skip
def test_no_name_of_its_type(kind: str, text: str, word: str) -> None:
    start = text.index(word)
    assert GATES[kind](text, start, start + len(word), True) is None


def test_types_that_are_admitted_have_gates_and_high_thresholds() -> None:
    assert set(ADMITTED) == set(GATES)
    assert all(0.7 <= least <= 1 for _, least in ADMITTED.values())


def test_another_reader_may_propose() -> None:
    def mine(text: str) -> list[Proposal]:
        return [at("魏承岳", "Person", 1.0, text)]

    found = extract(article("魏承岳去了。"), mine).mentions
    assert [(m.type, m.rule) for m in found] == [("Person", RULE)]


def test_articles_come_as_they_are_to_a_reader_that_is_told_of_them() -> None:
    from extractors.ner.embedded import Embedded
    from kg.read import _announced

    class Listening(Embedded):
        told: tuple[str, ...] = ()

        def ahead(self, texts: Sequence[str]) -> None:
            self.told += tuple(texts)

    articles = [article(f"第{i}条：魏承岳去了。") for i in range(70)]
    reader = Listening()
    assert list(_announced(iter(articles), reader)) == articles
    assert reader.told == tuple(a.text for a in articles)
    assert list(_announced(iter(articles), None)) == articles
