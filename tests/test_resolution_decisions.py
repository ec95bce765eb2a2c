"""Decisions are data: replayed on every build, in any order, twice as once; what no longer applies is reported."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import permutations
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.facts import Facts
from kg.graph import GraphData
from kg.model import Entity, fold, make_id
from kg.resolution import Decision, DecisionError, read_decisions
from kg.resolution.decisions import COLUMNS, JUDGEMENTS
from tests.sample import Draft
from tests.test_resolution import SHORT_FORM, article, node

HEAD = ",".join(COLUMNS)


def decisions(folder: Path, *lines: str) -> tuple[Decision, ...]:
    path = folder / "mine.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return read_decisions(path)


def joint() -> Facts:
    """甲部 and 乙部 issue 规划, and 甲部 launches 行动."""
    draft = Draft(None, "甲部、乙部印发规划。甲部启动行动。")
    first, second = draft.name("甲部", "Organization"), draft.name("乙部", "Organization")
    plan, programme = draft.name("规划", "Policy"), draft.name("行动", "Programme")
    draft.relate("issued", first, plan, "甲部、乙部印发规划")
    draft.relate("issued", second, plan, "甲部、乙部印发规划")
    draft.relate("launched", first, programme, "甲部启动行动")
    draft.figure("甲部", "编制", "12", "名", subject=first)
    return draft.facts()


def built(folder: Path, *lines: str, facts: list[Facts] | None = None) -> GraphData:
    return assemble(facts or [joint()], decisions(folder, *lines))


def named(graph: GraphData, kind: str = "Organization") -> dict[str, Entity]:
    return {entity.name: entity for entity in graph.entities.values() if entity.type == kind}


def test_merge(tmp_path: Path) -> None:
    graph = built(tmp_path, "merge,Organization:甲部,Organization:乙部,,me,2026-01-01,renamed")
    (body,) = named(graph).values()
    assert (body.id, body.aliases, body.absorbed) == (node("甲部"), ("乙部",), (node("乙部"),))
    assert [s.subject for s in graph.statements.values() if s.predicate == "issued"] == [body.id]
    (found,) = (j for j in graph.judgements if j.judgement == "same")
    assert found.reasons[0].sentence == "renamed"


def test_merge_into_what_no_article_names(tmp_path: Path) -> None:
    graph = built(tmp_path, "merge,Organization:丁部,Organization:乙部,,me,,full name")
    body = named(graph)["丁部"]
    assert (body.id, body.aliases, body.absorbed) == (node("丁部"), ("乙部",), (node("乙部"),))
    assert not graph.problems


def test_split_and_unsure_stand_against_the_rules(tmp_path: Path) -> None:
    for judgement in ("split", "unsure"):
        line = f"{judgement},Organization:南华海工集团,Organization:南华海工,,me,,two firms"
        assert len(named(built(tmp_path, line, facts=list(SHORT_FORM)))) == 2


def test_split_of_one_name_by_article(tmp_path: Path) -> None:
    facts = [article("王芳在海南。", ("王芳", "Person")), article("王芳在甘肃。", ("王芳", "Person"))]
    line = f"split,Person:王芳,Person:王芳@甘肃省,{facts[1].article.id.removeprefix('Article/')},me,,namesakes"
    people = [e for e in built(tmp_path, line, facts=facts).entities.values() if e.type == "Person"]
    assert {(e.id, e.within, e.mentioned_in) for e in people} == {
        (node("王芳", "Person"), None, (facts[0].article.id,)),
        (node("王芳", "Person", "甘肃省"), "甘肃省", (facts[1].article.id,)),
    }


def test_what_is_split_off_a_body_stays_apart_and_can_be_renamed(tmp_path: Path) -> None:
    facts = [
        article("财政局在海南。", ("财政局", "Organization")),
        article("财政局在甘肃。", ("财政局", "Organization")),
    ]
    split = f"split,Organization:财政局,Organization:财政局@甘肃省,{facts[1].article.id},me,,that of the province"
    graph = built(tmp_path, split, "rename,Organization:财政局@甘肃省,,甘肃省财政厅,me,,in full", facts=facts)
    assert {(e.name, e.mentioned_in) for e in named(graph).values()} == {
        ("财政局", (facts[0].article.id,)),
        ("甘肃省财政厅", (facts[1].article.id,)),
    }
    assert not graph.problems


def test_things_of_two_types_are_not_merged(tmp_path: Path) -> None:
    graph = built(tmp_path, "merge,Policy:规划,Organization:乙部,,me,,x")
    assert graph.entities == built(tmp_path).entities
    (problem,) = graph.problems
    assert "different types" in problem.message and problem.where == "mine.csv line 2"
    retyped = built(tmp_path, "merge,Policy:规划,Organization:乙部,,me,,x", "retype,Organization:乙部,,Policy,me,,y")
    assert not {"乙部"} & set(named(retyped)) and not any("different types" in p.message for p in retyped.problems)


def test_retype(tmp_path: Path) -> None:
    graph = built(tmp_path, "retype,Programme:行动,,Project,me,,a plant")
    (project,) = named(graph, "Project").values()
    assert project.id == make_id("Project", fold("行动"), "")
    assert [s.object for s in graph.statements.values() if s.predicate == "launched"] == [project.id]
    assert not graph.problems


def test_retype_takes_what_its_relations_no_longer_allow(tmp_path: Path) -> None:
    graph = built(tmp_path, "retype,Policy:规划,,Place,me,,a town")
    assert not any(s.predicate == "issued" for s in graph.statements.values())
    assert any("falls away" in problem.message for problem in graph.problems)


def test_rename(tmp_path: Path) -> None:
    graph = built(tmp_path, "rename,Organization:甲部,,甲部（新）,me,,as on its door")
    body = graph.entities[node("甲部")]
    assert (body.name, body.aliases) == ("甲部（新）", ("甲部",))


def test_veto_of_a_statement_and_of_a_figure(tmp_path: Path) -> None:
    plain = built(tmp_path)
    said = next(s for s in plain.statements.values() if s.subject == node("乙部"))
    (figure,) = plain.observations
    for lines in (["veto,Organization:乙部,Policy:规划,issued,me,,no"], [f"veto,{said.id},,,me,,no"]):
        assert plain.statements.keys() - built(tmp_path, *lines).statements.keys() == {said.id}
    assert not built(tmp_path, f"veto,{figure},,,me,,no").observations


ALL = (
    "merge,Organization:甲部,Organization:乙部,,me,,x",
    "retype,Programme:行动,,Project,me,,x",
    "rename,Project:行动,,新行动,me,,x",
    "veto,Organization:甲部,Policy:规划,issued,me,,x",
)


def test_order_and_repetition_leave_no_trace(tmp_path: Path) -> None:
    def outcome(lines: tuple[str, ...]) -> str:
        graph = built(tmp_path, *lines)
        return repr((graph.entities, graph.statements, graph.observations, graph.problems))

    assert len({outcome(order) for order in permutations(ALL)}) == 1
    assert outcome((*ALL, *ALL)) == outcome(ALL)
    graph = built(tmp_path, *ALL)
    assert "新行动" in named(graph, "Project") and not graph.problems


@pytest.mark.parametrize(
    "line",
    [
        "merge,Organization:甲部,Organization:无此部,,me,,x",
        "split,Organization:甲部,Organization:无此部,,me,,x",
        "split,Organization:甲部,Organization:丙部,0000000000000000,me,,x",
        "retype,Policy:无此文,,Work,me,,x",
        "rename,Policy:无此文,,某文,me,,x",
        "veto,Organization:乙部,Programme:行动,launched,me,,x",
        "veto,Statement/0000000000000000,,,me,,x",
    ],
)
def test_what_no_longer_applies_is_reported(tmp_path: Path, line: str) -> None:
    (problem,) = built(tmp_path, line).problems
    assert problem.where == "mine.csv line 2" and "no longer applies" in problem.message
    assert not problem.lost


def test_shipped_decisions_need_not_apply() -> None:
    assert all(decision.shipped for decision in read_decisions())
    assert not assemble([joint()], read_decisions()).problems


@pytest.mark.parametrize(
    "lines",
    [
        ["merge,Organization:甲部,Organization:乙部,,me,,x", "split,Organization:乙部,Organization:甲部,,you,,y"],
        ["rename,Organization:甲部,,一,me,,x", "rename,Organization:甲部,,二,you,,y"],
        ["retype,Programme:行动,,Project,me,,x", "retype,Programme:行动,,Event,you,,y"],
    ],
)
def test_contradictions_are_problems_and_change_nothing(tmp_path: Path, lines: list[str]) -> None:
    graph = built(tmp_path, *lines)
    assert graph.problems and all("twice" in problem.message for problem in graph.problems)
    assert graph.entities == built(tmp_path).entities


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("maybe,Organization:甲,Organization:乙,,me,,x", "judgement"),
        ("merge,甲,Organization:乙,,me,,x", "names no entity type"),
        ("merge,Organization:甲,Organization:甲,,me,,x", "one thing"),
        ("merge,Organization:,Organization:乙,,me,,x", "no name"),
        ("merge,Organization/甲,Organization:乙,,me,,x", "no id"),
        ("retype,Organization:甲,,Firm,me,,x", "no entity type"),
        ("rename,Organization:甲,,,me,,x", "new name"),
        ("veto,Organization:甲,Policy:乙,issues,me,,x", "no relation"),
    ],
)
def test_a_wrong_line_names_itself(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(DecisionError, match=f"line 3: .*{says}"):
        decisions(tmp_path, "merge,Organization:丙,Organization:丁,,me,,x", line)


def test_a_file_without_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("left,right,judgement,who,why\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"old\.csv: no column value"):
        read_decisions(path)


def test_shipped_decisions_are_sorted_and_say_why() -> None:
    rows = list(csv.DictReader((files("kg") / "decisions.csv").read_text(encoding="utf-8").splitlines()))
    assert rows and [(r["judgement"], r["left"]) for r in rows] == sorted((r["judgement"], r["left"]) for r in rows)
    assert all(r["who"] and r["when"] and r["why"] and r["judgement"] in JUDGEMENTS for r in rows)
