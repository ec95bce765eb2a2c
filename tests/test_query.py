"""The shipped queries answer the questions they are named after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg import query
from kg.assemble import assemble
from tests.sample import Draft, plan, posts
from tests.test_turtle import write


def newspaper() -> list[Draft]:
    """Two articles that disagree, a lineage, a project in a district, a launch with a partner."""
    first = Draft(
        "一", "科技部启动火炬行动，与教育部合作。海淀区位于北京市，海淀光源项目位于海淀区，2023年建成。", "2024-01-02"
    )
    most = first.name("科技部", "Organization", "科学技术部", "Ministry")
    moe = first.name("教育部", "Organization", kind="Ministry")
    torch = first.name("火炬行动", "Programme")
    first.relate("launched", most, torch, "科技部启动火炬行动")
    first.relate("partner_of", most, moe, "科技部启动火炬行动，与教育部合作")
    beijing = first.name("北京市", "Place")
    district = first.name("海淀区", "Place")
    source = first.name("海淀光源项目", "Project")
    first.relate("located_in", district, beijing, "海淀区位于北京市")
    first.relate("located_in", source, district, "海淀光源项目位于海淀区")
    first.relate("completed_on", source, first.date("2023年", "2023"), "2023年建成")
    second = Draft("二", "《种子条例》修改《种子办法》。北京市产值100亿元。", "2024-02-01")
    second.relate(
        "amends", second.name("《种子条例》", "Policy", "种子条例"), second.name("《种子办法》", "Policy", "种子办法"),
        "《种子条例》修改《种子办法》",
    )  # fmt: skip
    place = second.name("北京市", "Place")
    second.figure("产值100亿元", "产值", "10000000000", "元", subject=place, time="2023")
    third = Draft("三", "北京市产值120亿元。", "2024-03-01")
    third.figure("产值120亿元", "产值", "12000000000", "元", subject=third.name("北京市", "Place"), time="2023")
    target = Draft("四", "北京市提出，到2025年保有量达5万辆。", "2024-03-01")
    target.figure(
        "保有量达5万辆", "保有量", "50000", "辆", subject=target.name("北京市", "Place"), time="2025", status="target"
    )
    report = Draft("五", "北京市保有量为6万辆。", "2026-01-01")
    report.figure("保有量为6万辆", "保有量", "60000", "辆", subject=report.name("北京市", "Place"), time="2025")
    undated = Draft(None, "水利部、财政部印发《灌区办法》，水利部部长张强出席。水利部启动清源行动。", None)
    water = undated.name("水利部", "Organization", kind="Ministry")
    finance = undated.name("财政部", "Organization", kind="Ministry")
    rules = undated.name("《灌区办法》", "Policy", "灌区办法")
    for issuer in (water, finance):
        undated.relate("issued", issuer, rules, "水利部、财政部印发《灌区办法》")
    undated.relate("holds_post", undated.name("张强", "Person"), water, "水利部部长张强", qualifier="部长")
    undated.relate("launched", water, undated.name("清源行动", "Programme"), "水利部启动清源行动")
    return [first, second, third, target, report, undated]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("graph")
    drafts = [plan(), posts(), *newspaper()]
    (place / "graph.ttl").write_bytes(write(assemble([draft.facts() for draft in drafts])))
    return place


def answer(folder: Path, name: str) -> list[dict[str, str | None]]:
    found = kg.ask(folder, kg.named_queries()[name])
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_co_issuers(folder: Path) -> None:
    undated, row = sorted(answer(folder, "co-issuers"), key=lambda row: row["issuedOn"] or "")
    assert undated["document"] == "灌区办法"
    assert (row["document"], row["issuers"], row["issuedOn"]) == ("氢能产业发展规划", "2", "2024-03-04")
    assert set((row["together"] or "").split(" | ")) == {"国家发展和改革委员会", "国家能源局"}


def test_targets_due(folder: Path) -> None:
    rows = {row["metric"]: row for row in answer(folder, "targets-due")}
    assert rows.keys() == {"燃料电池车辆保有量", "保有量"}
    assert rows["保有量"]["reported"] == "60000" and rows["燃料电池车辆保有量"]["reported"] is None


def test_launched_by(folder: Path) -> None:
    (row,) = answer(folder, "launched-by")
    assert (row["launched"], row["partners"], row["reported"]) == ("火炬行动", "教育部", "2024-01-02")


def test_metric_history(folder: Path) -> None:
    assert [row["value"] for row in answer(folder, "metric-history")] == ["10000000000", "12000000000"]


def test_posts(folder: Path) -> None:
    assert {(row["person"], row["post"]) for row in answer(folder, "posts")} == {
        ("王芳", "局长"),
        ("王芳", "党组书记"),
        ("张强", "部长"),
    }


def test_projects_in_place(folder: Path) -> None:
    (row,) = answer(folder, "projects-in-place")
    assert (row["project"], row["where"], row["completed"]) == ("海淀光源项目", "海淀区", "2023")


def test_policy_lineage(folder: Path) -> None:
    (row,) = answer(folder, "policy-lineage")
    assert (row["from"], row["relation"], row["to"]) == ("种子条例", "amends", "种子办法")


def test_disagreements(folder: Path) -> None:
    (row,) = answer(folder, "disagreements")
    assert (row["metric"], row["lowest"], row["highest"]) == ("产值", "10000000000", "12000000000")


def test_every_query_says_what_it_asks_and_what_to_edit() -> None:
    for sparql in kg.named_queries().values():
        assert query.summary(sparql) and "# Edit:" in sparql


def test_other_kinds_of_query(folder: Path) -> None:
    assert kg.ask(folder, "ASK { ?s ?p ?o }").rows == (("true",),)
    triples = kg.ask(folder, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    assert triples.columns == ("subject", "predicate", "object") and len(triples.rows) == 3


def test_the_usual_prefixes_need_no_declaration(folder: Path) -> None:
    assert kg.ask(folder, "SELECT ?name WHERE { ?p a kg:Programme ; skos:prefLabel ?name } LIMIT 1").rows
    with pytest.raises(query.QueryError, match="Prefix not found"):
        kg.ask(folder, "SELECT ?s WHERE { ?s unknown:of ?o }")


def test_formats() -> None:
    table = query.Table(("a", "b"), (("一", None), ("二,", "x")))
    assert table.as_csv() == 'a,b\n一,\n"二,",x\n'
    assert json.loads(table.as_json()) == [{"a": "一"}, {"a": "二,", "b": "x"}]


def test_a_wrong_query_is_one_line(folder: Path) -> None:
    with pytest.raises(query.QueryError) as caught:
        kg.ask(folder, "SELECT nonsense {")
    assert "\n" not in str(caught.value)
