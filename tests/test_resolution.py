"""Names of many articles into nodes: judgements have reasons, leave no trace of order, and never join what differs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from itertools import permutations
from random import Random

import pytest

from extractors.dates.edtf import begin_end
from extractors.lexicon import lexicon
from extractors.ontology import entity_types
from kg.assemble import assemble
from kg.check import check
from kg.export.csv import write_resolution
from kg.facts import Facts
from kg.graph import GraphData
from kg.model import Entity, Judgement, fold, make_id
from kg.resolution import resolve
from kg.resolution.judging import SAME, UNSURE
from kg.resolution.successors import KINDS, successors
from tests.sample import Draft

Said = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, str]  # words, type, full name, place


def article(text: str, *names: Said, issued: str = "2024-03-05") -> Facts:
    """An article that says this; `names` are found in it."""
    draft = Draft(None, text, issued)
    for words, kind, *rest in names:
        draft.name(words, kind, rest[0] if rest else None, within=rest[1] if len(rest) > 1 else None)
    return draft.facts()


def node(name: str, kind: str = "Organization", within: str = "") -> str:
    return make_id(kind, fold(name), fold(within))


def things(facts: Iterable[Facts], kind: str = "Organization") -> list[Entity]:
    return [entity for entity in assemble(facts).entities.values() if entity.type == kind]


def judgement(graph: GraphData, left: str, right: str) -> Judgement:
    (found,) = (j for j in graph.judgements if {j.left_name, j.right_name} == {left, right})
    return found


SHORT_FORM = [
    article(
        "南华海工集团（以下简称“南华海工”）投产。南华海工说。",
        ("南华海工集团", "Organization"),
        ("南华海工", "Organization", "南华海工集团"),
    ),
    article("南华海工在会上发言。", ("南华海工", "Organization")),
]
HOSPITAL = [
    article("加沙城的阿里医院遇袭，加沙城阿里医院停电。", ("加沙城阿里医院", "Organization"), ("加沙城", "Place")),
    article("在加沙城，阿里医院已满。", ("阿里医院", "Organization"), ("加沙城", "Place")),
]


def test_a_short_form_of_one_thing_is_that_thing() -> None:
    (firm,) = things(SHORT_FORM)
    assert (firm.id, firm.name) == (node("南华海工集团"), "南华海工集团")
    assert firm.absorbed == (node("南华海工"),)


def test_the_article_settles_what_a_short_form_is_short_for() -> None:
    graph = assemble(HOSPITAL)
    assert [e.name for e in graph.entities.values() if e.type == "Organization"] == ["加沙城阿里医院"]
    found = judgement(graph, "加沙城阿里医院", "阿里医院")
    assert found.judgement == "same"
    assert any("加沙城" in reason.sentence for reason in found.reasons if reason.feature == "article")


def test_two_articles_may_use_one_short_form_of_two_things() -> None:
    facts = [
        *HOSPITAL,
        article("拉法城阿里医院和拉法城。", ("拉法城阿里医院", "Organization"), ("拉法城", "Place")),
        article("拉法城的救护车开到阿里医院。", ("拉法城", "Place"), ("阿里医院", "Organization")),
        article("阿里医院没有回应。", ("阿里医院", "Organization")),
    ]
    gaza, rafah, nobody = facts[1], facts[3], facts[4]
    home = resolve(facts).home
    assert home(node("阿里医院"), gaza.article.id) == node("加沙城阿里医院")
    assert home(node("阿里医院"), rafah.article.id) == node("拉法城阿里医院")
    assert home(node("阿里医院"), nobody.article.id) == node("阿里医院")


def test_what_is_known_by_a_full_name_is_short_for_nothing() -> None:
    facts = [
        article("杭州电子科技大学在杭州。", ("杭州电子科技大学", "Organization"), ("杭州", "Place", "杭州市")),
        article("电子科技大学师生到杭州参赛。", ("电子科技大学", "Organization"), ("杭州", "Place", "杭州市")),
    ]
    assert len(things(facts)) == 2


def test_one_name_in_a_place_and_in_what_lies_in_it() -> None:
    facts = [
        article("九龙湖镇办展。", ("九龙湖镇", "Place", "九龙湖镇", "宁波市")),
        article("九龙湖镇修路。", ("九龙湖镇", "Place", "九龙湖镇", "镇海区")),
        article("九龙湖镇植树。", ("九龙湖镇", "Place", "九龙湖镇", "成都市")),
    ]
    assert len(things(facts, "Place")) == 2
    found = [j for j in assemble(facts).judgements if j.judgement == "same"]
    assert [r.sentence for j in found for r in j.reasons] == ["镇海区 lies in 宁波市"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于促进氢能产业发展的意见", "促进氢能产业发展的意见"),
        ("中华人民共和国海商法（修订草案）", "中华人民共和国海商法修订草案"),
        ("2024年预算执行情况和计划草案的报告", "关于2024年预算执行情况与计划草案的报告"),
    ],
)
def test_writings_of_one_title(one: str, other: str) -> None:
    facts = [article(f"《{one}》", (one, "Policy")), article(f"今天说到《{other}》", (other, "Policy"))]
    assert len(things(facts, "Policy")) == 1


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("2023年氢能产业发展意见", "2024年氢能产业发展意见", "Policy"),
        ("中华人民共和国海商法", "中华人民共和国海商法（修订草案）", "Policy"),
        ("第三届滨海氢能大会", "第四届滨海氢能大会", "Event"),
        ("第三届滨海氢能大会", "滨海氢能大会", "Event"),
    ],
)
def test_years_editions_and_drafts_stay_apart(one: str, other: str, kind: str) -> None:
    facts = [
        article(f"{one}（又称{other}）", (one, kind), (other, kind, one)),
        article(f"今天说到{other}", (other, kind), issued="2024-08-01"),
    ]
    assert len(things(facts, kind)) == 2


def test_a_bare_name_is_the_edition_of_the_day() -> None:
    facts = [
        article("第三届滨海论坛开幕。", ("第三届滨海论坛", "Event"), issued="2023-06-01"),
        article("第四届滨海论坛开幕。", ("第四届滨海论坛", "Event"), issued="2024-06-01"),
        article("代表们在滨海论坛上发言。", ("滨海论坛", "Event"), issued="2024-06-02"),
        article("滨海论坛创办于十年前。", ("滨海论坛", "Event"), issued="2024-10-02"),
        article("八国集团里约热内卢峰会", ("八国集团里约热内卢峰会", "Event")),
        article("八国集团峰会今天闭幕。", ("八国集团峰会", "Event")),
    ]
    home = resolve(facts).home
    bare = node("滨海论坛", "Event")
    assert home(bare, facts[2].article.id) == node("第四届滨海论坛", "Event")
    assert home(bare, facts[3].article.id) == bare
    assert home(node("八国集团峰会", "Event"), facts[5].article.id) == node("八国集团里约热内卢峰会", "Event")


def numbered(name: str, number: str) -> Facts:
    draft = Draft(None, f"《{name}》（{number}）")
    draft.name(name, "Policy", code=number)
    return draft.facts()


def test_one_document_number_is_one_document() -> None:
    same = [numbered("关于推进滨海氢能发展的意见", "海发〔2023〕5号"), numbered("滨海氢能意见", "海发〔2023〕5号")]
    assert len(things(same, "Policy")) == 1
    graph = assemble(same)
    assert "海发〔2023〕5号" in judgement(graph, "关于推进滨海氢能发展的意见", "滨海氢能意见").reasons[0].sentence
    apart = [numbered("关于滨海氢能的意见", "海发〔2023〕5号"), numbered("滨海氢能的意见", "海发〔2023〕6号")]
    assert len(things(apart, "Policy")) == 2


@pytest.mark.parametrize(
    "facts",
    [
        [
            article(
                "滨海市科协会（市科协会）",
                ("滨海市科协会", "Organization"),
                ("市科协会", "Organization", "滨海市科协会"),
            ),
            article(
                "海阳市科协会，市科协会", ("海阳市科协会", "Organization"), ("市科协会", "Organization", "海阳市科协会")
            ),
            article("市科协会说", ("市科协会", "Organization")),
        ],
        [
            article(
                "中国滨海技术协会，科协",
                ("中国滨海技术协会", "Organization"),
                ("科协", "Organization", "中国滨海技术协会"),
            ),
            article("科协说", ("科协", "Organization")),
        ],
        [
            article(
                "公安部来信，越国公安部（公安部）",
                ("越国公安部", "Organization"),
                ("公安部", "Organization", "越国公安部"),
            ),
            article("公安部说", ("公安部", "Organization")),
        ],
    ],
    ids=["two candidates", "too short", "the full name of another thing"],
)
def test_merged_on_positive_evidence_alone(facts: list[Facts]) -> None:
    assert len(things(facts)) == len({seen.id for f in facts for seen in f.names})


def test_order_leaves_no_trace() -> None:
    some = [*SHORT_FORM, *HOSPITAL]
    outcomes = {
        repr((sorted(map(repr, r.entities)), r.judgements, r.home(node("阿里医院"), HOSPITAL[1].article.id)))
        for order in permutations(some)
        for r in [resolve(order)]
    }
    assert len(outcomes) == 1


def test_graphs_built_apart_agree_on_ids() -> None:
    together = {e.id for e in assemble([*SHORT_FORM, *HOSPITAL]).entities.values()}
    apart = {e.id for facts in (SHORT_FORM, HOSPITAL) for e in assemble(facts).entities.values()}
    assert together == apart


def test_every_judgement_says_why_and_keeps_to_the_thresholds() -> None:
    found = assemble([*SHORT_FORM, *HOSPITAL]).judgements
    assert found
    for one in found:
        assert one.reasons and all(reason.sentence and reason.feature for reason in one.reasons)
        assert (one.judgement == "same") == (one.score >= SAME)
        assert one.judgement != "unsure" or UNSURE <= one.score < SAME


def person(name: str, office: str, post: str, issued: str, *others: str) -> Facts:
    """An article that gives somebody an office."""
    draft = Draft(None, f"{office}{post}{name}讲话。{'，'.join(others)}。{issued}", issued)
    who = draft.name(name, "Person")
    body = draft.name(office, "Organization", kind="Academy" if "大学" in office else "LocalGovernment")
    for other in others:
        draft.name(other, "Place", "中国" if other == "我国" else None)
    draft.relate("holds_post", who, body, f"{office}{post}{name}", qualifier=post)
    return draft.facts()


def abroad(name: str, *countries: str, issued: str) -> Facts:
    draft = Draft(None, f"{name}在{'、'.join(countries)}发表讲话。{issued}", issued)
    draft.name(name, "Person")
    for country in countries:
        draft.name(country, "Place")
    return draft.facts()


def test_namesakes_in_two_places_at_one_time() -> None:
    facts = [
        person("王海涛", "海南省人民政府", "副省长", "2023-02-01"),
        person("王海涛", "海南省人民政府", "副省长", "2024-02-01"),
        person("王海涛", "甘肃省人民政府", "副省长", "2023-08-01"),
    ]
    graph = assemble(facts)
    people = [e for e in graph.entities.values() if e.type == "Person"]
    assert {(e.name, e.within) for e in people} == {("王海涛", None), ("王海涛", "甘肃省人民政府")}
    assert graph.entities[node("王海涛", "Person")].mentioned_in == tuple(sorted(f.article.id for f in facts[:2]))
    assert {s.subject for s in graph.statements.values()} == {e.id for e in people}
    (found,) = (j for j in graph.judgements if j.judgement == "different")
    assert "两" not in found.reasons[0].sentence and "甘肃省人民政府" in found.reasons[0].sentence


def test_one_person_who_moves_is_one() -> None:
    facts = [
        person("王海涛", "海南省人民政府", "副省长", "2023-02-01"),
        person("王海涛", "甘肃省人民政府", "省长", "2024-08-01"),
    ]
    assert len(things(facts, "Person")) == 1


def test_a_scholar_and_an_official_and_who_is_nearer() -> None:
    facts = [
        person("陈大江", "滨海大学", "教授", "2024-01-05"),
        person("陈大江", "海阳市公安局", "局长", "2023-03-05"),
        person("陈大江", "第十四届大会主席团", "代表", "2024-03-01"),
    ]
    split = [e for e in things(facts, "Person") if e.within]
    assert len(split) == 1 and len(split[0].mentioned_in) == 2


def test_parts_of_a_foreign_name_by_country() -> None:
    facts = [
        abroad("劳拉·桑托", "洪都拉斯", issued="2023-01-01"),
        abroad("佩德罗·桑托", "古巴", issued="2023-01-02"),
        abroad("桑托", "洪都拉斯", "古巴", issued="2023-01-03"),
        abroad("桑托", "洪都拉斯", issued="2023-01-04"),
        abroad("桑托", "古巴", issued="2023-01-05"),
    ]
    home = resolve(facts).home
    where = [home(node("桑托", "Person"), f.article.id) for f in facts[2:]]
    assert where == [node("桑托", "Person"), node("劳拉·桑托", "Person"), node("佩德罗·桑托", "Person")]


def test_one_article_on_a_namesake_from_another_country() -> None:
    facts = [
        *(abroad("哈桑", "坦桑尼亚", issued=f"2024-0{month}-01") for month in range(1, 6)),
        abroad("哈桑", "摩洛哥", issued="2024-11-01"),
        *(abroad("普季钦", "俄罗斯", "乌克兰", issued=f"2024-0{month}-02") for month in range(1, 6)),
        abroad("普季钦", "乌克兰", issued="2024-11-02"),
    ]
    people = things(facts, "Person")
    assert {(e.name, e.within) for e in people} == {("哈桑", None), ("哈桑", "摩洛哥"), ("普季钦", None)}


def test_a_minister_says_whose_ministry_is_meant() -> None:
    def said(office: str, issued: str) -> Facts:
        draft = Draft(None, f"{office}部长耶罗娃说。{issued}，美国。", issued)
        who, body = draft.name("耶罗娃", "Person"), draft.name(office, "Organization", kind="Ministry")
        draft.name("，美国", "Place", "美国")
        draft.relate("holds_post", who, body, f"{office}部长耶罗娃", qualifier="部长")
        return draft.facts()

    home = [article("财政部下达资金。", ("财政部", "Organization"))]
    facts = [said("美国财政部", "2023-01-01"), said("财政部", "2023-02-01"), *home]
    resolution = resolve(facts)
    assert resolution.home(node("财政部"), facts[1].article.id) == node("美国财政部")
    assert resolution.home(node("财政部"), facts[2].article.id) == node("财政部")


@pytest.mark.parametrize(
    ("issued", "kind", "word", "year"),
    [
        ("2023-05-01", "Event", "中央农村工作会议", "2022年"),
        ("2023-12-25", "Event", "中央农村工作会议", "2023年"),
        ("2024-03-06", "Policy", "政府工作报告", "2024年"),
        ("2024-01-20", "Policy", "政府工作报告", ""),
        ("2024", "Policy", "政府工作报告", ""),
    ],
)
def test_the_date_tells_which_year_is_meant(issued: str, kind: str, word: str, year: str) -> None:
    (thing,) = things([article(f"{word}提出目标。", (word, kind), issued=issued)], kind)
    assert thing.name == year + word
    assert not year or word in thing.aliases


def test_an_edition_by_number_and_by_year() -> None:
    facts = [
        article("第七届滨海氢能大会开幕。", ("第七届滨海氢能大会", "Event"), issued="2023-06-01"),
        article("2023年滨海氢能大会闭幕。", ("2023年滨海氢能大会", "Event"), issued="2023-06-03"),
        article("滨海第7届氢能大会总结。", ("滨海第7届氢能大会", "Event"), issued="2023-07-03"),
        article("第八届滨海氢能大会开幕。", ("第八届滨海氢能大会", "Event"), issued="2024-06-01"),
    ]
    assert sorted(len(e.mentioned_in) for e in things(facts, "Event")) == [1, 3]
    twice = [*facts, article("第九届滨海氢能大会也在今年。", ("第九届滨海氢能大会", "Event"), issued="2023-11-01")]
    assert len(things(twice, "Event")) == 4  # two of one year: the year says nothing


def test_successors_are_no_merger() -> None:
    facts = [article("国土资源部与自然资源部。", ("国土资源部", "Organization"), ("自然资源部", "Organization"))]
    graph = assemble(facts)
    found = judgement(graph, "国土资源部", "自然资源部")
    assert found.judgement == "successor" and "2018-03" in found.reasons[0].sentence
    assert len(graph.entities) == 2


def test_successors_are_facts_in_order() -> None:
    rows = [(s.predecessor, s.successor, s.since, s.kind, s.note) for s in successors()]
    assert rows == sorted(rows) and len(rows) == len({row[:2] for row in rows}) > 150
    for predecessor, successor, since, kind, note in rows:
        assert kind in KINDS and note and predecessor != successor
        assert date(1998, 1, 1) <= begin_end(since)[0] <= date(2026, 1, 1)
    for one in lexicon("yearly").values():
        first, last = one.value.split("/")
        assert all(begin_end(f"2024-{day}") for day in (first, last))


LETTERS = "第三届2023年滨海论坛·桑托北京峰会哈桑项目工程意见关于（草案）医院城"


def noise(random: Random) -> Facts:
    """An article that names anything."""
    names = {"".join(random.choices(LETTERS, k=random.randint(1, 8))) for _ in range(6)}
    names = {name for name in names if name.strip("·（）")}
    draft = Draft(
        None, f"{'，'.join(sorted(names))}，古巴。", random.choice(["2023-05-01", "2023", "2024-11-02", None])
    )
    places = [None, None, "北京市", "海淀区"]
    for name in sorted(names):
        draft.name(name, random.choice(sorted(entity_types())), within=random.choice(places))
    draft.name("古巴", "Place")
    persons = [mention for mention in draft.mentions if mention.type == "Person"]
    bodies = [mention for mention in draft.mentions if mention.type == "Organization"]
    if persons and bodies:
        post = random.choice(["书记", "代表", "院长"])
        draft.relate("holds_post", persons[0], bodies[0], draft.article.text[:9], qualifier=post)
    return draft.facts()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_named(seed: int) -> None:
    """Order leaves no trace, nothing points nowhere, and what is different is never one, by whatever way."""
    random = Random(seed)
    facts = [noise(random) for _ in range(25)]
    graph = assemble(facts)
    random.shuffle(facts)
    again = assemble(facts)
    assert (graph.entities, graph.statements, graph.judgements) == (again.entities, again.statements, again.judgements)
    assert check(graph) == []
    root = {old: entity.id for entity in graph.entities.values() for old in (entity.id, *entity.absorbed)}
    for found in graph.judgements:
        if found.judgement in ("different", "successor"):
            assert root.get(found.left, found.left) != root.get(found.right, found.right)


def test_the_table_tells_every_judgement_and_why() -> None:
    graph = assemble([*SHORT_FORM, *HOSPITAL])
    out = io.BytesIO()
    assert write_resolution(graph, out) == len(graph.judgements)
    rows = list(csv.DictReader(out.getvalue().decode("utf-8-sig").splitlines()))
    (row,) = (row for row in rows if row["right"] == "阿里医院")
    assert (row["type"], row["left"], row["judgement"]) == ("Organization", "加沙城阿里医院", "same")
    assert row["left_id"] == node("加沙城阿里医院") and "1 of 1 articles with 阿里医院 name 加沙城" in row["reasons"]
