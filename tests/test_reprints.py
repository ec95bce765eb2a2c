"""A story that is printed again is one voice; two values for one figure are kept and name each other."""

from __future__ import annotations

import io
from csv import DictReader
from decimal import Decimal
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.conform import violations
from kg.export import csv, write_turtle
from kg.export.drawing import edge_rows
from kg.export.report import resolved
from kg.facts import Facts
from kg.graph import GraphData
from kg.loading import load
from kg.rdf import to_rdf
from kg.sketch import sketch
from tests.sample import Draft

CLAUSES = (
    "滨海氢能示范工程昨天投产", "首批十二台电解槽同时启动", "全年可生产绿氢两万吨", "相当于减少煤炭消费九万吨",
    "工程由当地三家企业联合建设", "总投资约为四十亿元", "配套的输氢管道长一百公里", "沿线设有六座加氢站",
    "明年将接入更多风电场", "有关部门正在制定安全标准",
)  # fmt: skip
STORY = "。".join(CLAUSES) + "。"


def told(text: str, issued: str | None, source: str) -> Facts:
    draft = Draft(None, text, issued, source)
    firm, project = draft.name("滨海氢能示范工程", "Project"), draft.name("当地三家企业", "Organization")
    draft.relate("undertakes", project, firm, "工程由当地三家企业联合建设")
    return draft.facts()


def copies(*facts: Facts) -> list[tuple[str, bool]]:
    graph = assemble(facts)
    return sorted((article.sources[0], article.reprint_of is not None) for article in graph.articles.values())


def test_a_reprint_with_another_head_and_a_cut_is_the_same_story() -> None:
    wire = told(STORY, "2024-05-01", "wire.txt")
    paper = told("本报滨海消息。" + "。".join(CLAUSES[:-1]) + "。", "2024-05-03", "paper.txt")
    assert copies(paper, wire) == [("paper.txt", True), ("wire.txt", False)]
    (statement,) = assemble([wire, paper]).statements.values()
    assert (len(statement.articles), statement.confidence) == (2, Decimal("0.80"))


def test_the_same_ceremony_a_year_later_is_no_reprint() -> None:
    first, second = told(STORY, "2023-05-01", "a.txt"), told(f"{STORY}新闻。", "2024-05-01", "b.txt")
    assert copies(first, second) == [("a.txt", False), ("b.txt", False)]
    (statement,) = assemble([first, second]).statements.values()
    assert statement.confidence == Decimal("0.96")


def test_another_story_of_the_same_thing_is_no_reprint() -> None:
    other = (
        "。".join((*CLAUSES[:3], "工程由当地三家企业联合建设", *(f"第{n}批设备已经运抵工地" for n in "一二三四五六")))
        + "。"
    )
    assert copies(told(STORY, "2024-05-01", "a.txt"), told(other, "2024-05-01", "b.txt")) == [
        ("a.txt", False), ("b.txt", False),
    ]  # fmt: skip


def test_what_three_papers_say_again_counts_once() -> None:
    papers = [told(STORY, f"2024-05-0{day}", f"{day}.txt") for day in (1, 2, 3)]
    later = told(f"{STORY}新闻。", "2025-05-01", "later.txt")
    for articles, voices in ((papers, 1), ([*papers, later], 2)):
        graph = assemble(articles)
        out = io.BytesIO()
        csv.write_relations(graph, out)
        (row,) = DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))
        assert (row["articles"], row["voices"]) == (str(len(articles)), str(voices))
        assert [edge.weight for edge in edge_rows(graph)] == [voices]
        assert [w for _, _, w in graph.nx.edges(data="weight")] == [voices]


def test_a_sketch_survives_what_cannot_be_written() -> None:
    assert len(sketch(STORY + "坏字符\ud800也在这里")) == len(sketch(STORY)) > 0
    assert sketch("今天多云。") == ()


def figure(value: str, issued: str, *, comparator: str = "=", time: str = "2023", status: str = "actual") -> Facts:
    draft = Draft(None, f"我国绿氢产量{value}吨。{issued}", issued, f"{issued}.txt")
    draft.figure(
        f"绿氢产量{value}吨", "绿氢产量", value, "吨", subject="中国", time=time,
        comparator=comparator, status=status,  # type: ignore[arg-type]
    )  # fmt: skip
    return draft.facts()


def against(*facts: Facts) -> GraphData:
    return assemble(facts)


def test_two_values_are_kept_linked_and_listed() -> None:
    graph = against(figure("123000", "2024-02-01"), figure("131000", "2024-03-01"))
    one, other = graph.observations.values()
    assert (one.contradicts, other.contradicts) == ((other.id,), (one.id,))
    (listed,) = resolved(graph)["contradictions"]  # type: ignore[misc]
    assert [value["value"] for value in listed["values"]] in (["123000 吨", "131000 吨"], ["131000 吨", "123000 吨"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("120000", "2024-02-01"), figure("123000", "2024-03-01")),
        (figure("120000", "2024-02-01", comparator=">"), figure("131000", "2024-03-01")),
        (figure("130000", "2024-02-01", comparator="~"), figure("123000", "2024-03-01")),
        (figure("123000", "2024-02-01"), figure("131000", "2024-03-01", time="2022")),
        (figure("123000", "2024-02-01"), figure("131000", "2024-03-01", status="target")),
        (figure("123000", "2024-02-01"), figure("923000", "2024-03-01")),
        (figure("123000", "2023-07-01"), figure("131000", "2023-10-01")),
    ],
    ids=["rounded", "over", "about", "other year", "a target", "another thing", "still growing"],
)
def test_what_can_both_hold_is_no_contradiction(one: Facts, other: Facts) -> None:
    graph = against(one, other)
    assert len(graph.observations) == 2
    assert not any(seen.contradicts for seen in graph.observations.values())


def test_what_was_found_out_is_in_the_graph_and_comes_back(tmp_path: Path) -> None:
    bodies = Draft(None, "国土资源部与自然资源部参加第三届滨海论坛。", "2019-05-01")
    bodies.name("国土资源部", "Organization", kind="Ministry")
    bodies.name("自然资源部", "Organization", kind="Ministry")
    bodies.name("第三届滨海论坛", "Event")
    graph = assemble(
        [
            told(STORY, "2024-05-01", "wire.txt"), told(STORY, "2024-05-02", "paper.txt"), bodies.facts(),
            figure("123000", "2024-02-01"), figure("131000", "2024-03-01"),
        ]
    )  # fmt: skip
    path = tmp_path / "graph.ttl"
    with path.open("wb") as out:
        write_turtle(graph, out)
    again = load(path)
    assert again.articles == graph.articles and any(article.reprint_of for article in again.articles.values())
    assert again.entities == graph.entities and again.labels == graph.labels
    assert again.observations == graph.observations
    (old,) = again.find("国土资源部")
    (new,) = again.find("自然资源部")
    (event,) = (e for e in again.entities.values() if e.type == "Event")
    assert (again.entities[old].successors, again.entities[old].ended) == ((new,), "2018-03")
    assert again.name(event.series) == "滨海论坛"
    assert violations(to_rdf(graph)) == set()
