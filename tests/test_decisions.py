"""Decisions in real builds: they hold whatever becomes of what they name, in any order, with a graph and without."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.assemble import assemble
from kg.check import check
from kg.cli import app
from kg.facts import Facts
from kg.graph import GraphData
from kg.loading import load
from kg.resolution import Decision, DecisionError, read_decisions
from kg.resolution.decisions import COLUMNS
from tests.sample import Draft
from tests.test_plan import Outcome, again, held, planned, rows
from tests.test_resolution import article, node

HEAD = ",".join(COLUMNS)
TEXTS = (
    "3月5日，国家能源局、科技部联合印发《示范项目管理办法》。\n",
    "3月6日，水利部印发《灌区管理规定》。水利部启动清水行动。\n",
)
ENERGY, SCIENCE, RULES = "Organization:国家能源局", "Organization:科学技术部", "Policy:示范项目管理办法"
TABLES = ("entities.csv", "relations.csv", "figures.csv", "resolution.csv")


def build(folder: Path, *lines: str, texts: Iterable[str] = TEXTS) -> tuple[GraphData, list[str]]:
    """Build twice by the command, with a graph and without, which must agree; the graph, and problems of decisions."""
    pages, out, flat = folder / "in", folder / "out", folder / "flat"
    pages.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (pages / f"{number}.txt").write_text(text, encoding="utf-8")
    mine = folder / "mine.csv"
    mine.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    asked = ["build", str(pages), "--issued", "2024-03-06", "--decisions", str(mine), "--out"]
    for options in ([str(out), "--format", "ttl,nt", "--check", "all"], [str(flat), "--no-graph", "--format", "nt"]):
        done = CliRunner().invoke(app, [*asked, *options])
        assert done.exit_code == 0, done.output
    for name in TABLES:
        assert rows((out / name).read_bytes()) == rows((flat / name).read_bytes()), name
    assert (out / "resolution.csv").read_bytes() == (flat / "resolution.csv").read_bytes()
    assert _triples(out) == _triples(flat)
    told = [_problems(where) for where in (out, flat)]
    assert told[0] == told[1]
    return load(out), told[0]


def _triples(folder: Path) -> list[str]:
    """The triples without those of the header, which names the files."""
    lines = (folder / "graph.nt").read_text(encoding="utf-8").splitlines()
    return sorted(line for line in lines if not line.startswith("<urn:policykg:Dataset/"))


def _problems(folder: Path) -> list[str]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["shapes"]["conforms"] is not False
    return [f"{p['where']}: {p['message']}" for p in report["problems"] if p["where"].startswith("mine.csv")]


def said(graph: GraphData, predicate: str) -> set[tuple[str, str]]:
    return {
        (graph.name(s.subject), graph.name(s.object)) for s in graph.statements.values() if s.predicate == predicate
    }


def test_a_veto_holds_when_its_end_is_merged_away(tmp_path: Path) -> None:
    assert said(build(tmp_path)[0], "issued") == {
        ("国家能源局", "示范项目管理办法"), ("科学技术部", "示范项目管理办法"), ("水利部", "灌区管理规定")
    }  # fmt: skip
    lines = f"merge,{ENERGY},{SCIENCE},,me,,one", f"veto,{SCIENCE},{RULES},issued,me,,it took part"
    graph, problems = build(tmp_path, *lines)
    assert said(graph, "issued") == {("水利部", "灌区管理规定")} and not problems


def test_a_veto_by_id_holds_when_a_merge_gives_the_statement_another_id(tmp_path: Path) -> None:
    before = build(tmp_path)[0]
    (wrong,) = (s for s in before.statements.values() if before.name(s.subject) == "科学技术部")
    graph, problems = build(tmp_path, f"merge,{ENERGY},{SCIENCE},,me,,one", f"veto,{wrong.id},,,me,,no")
    assert said(graph, "issued") == {("水利部", "灌区管理规定")} and not problems
    # A merge alone keeps what both have done.
    assert ("国家能源局", "示范项目管理办法") in said(
        build(tmp_path, f"merge,{ENERGY},{SCIENCE},,me,,one")[0], "issued"
    )


def test_what_absorbs_has_one_name_with_a_graph_and_without(tmp_path: Path) -> None:
    absent = "Organization/0123456789abcdef"
    graph, problems = build(tmp_path, f"merge,{absent},{SCIENCE},,me,,by its number")
    assert graph.entities[absent].name == "科学技术部" and not problems
    line = next(row for row in rows((tmp_path / "flat" / "resolution.csv").read_bytes()) if absent in row)
    assert line[1:4] == ["科学技术部", "科学技术部", "same"]


def test_problems_name_what_is_known_by_its_id(tmp_path: Path) -> None:
    science, energy = node("科学技术部"), node("国家能源局")
    _, problems = build(
        tmp_path,
        f"split,{science},{energy},,me,,two",
        f"merge,{energy},{science},,me,,one",
        f"retype,{node('示范项目管理办法', 'Policy')},,Place,me,,a town",
        f"veto,{science},{node('水利部')},partner_of,me,,no",
        f"rename,{energy},,甲,me,,x",
        f"rename,{energy},,乙,me,,x",
        f"split,{energy},Organization:某局,0123456789abcdef,me,,x",
    )
    assert problems == [
        "mine.csv line 2: split 科学技术部 and 国家能源局: judged twice, kept apart",
        "mine.csv line 3: merge 国家能源局 and 科学技术部: judged twice, kept apart",
        "mine.csv line 4: retype 示范项目管理办法: 1 × 发布于 falls away, Place cannot stand there",
        "mine.csv line 4: retype 示范项目管理办法: 2 × 印发、发布 falls away, Place cannot stand there",
        "mine.csv line 5: veto 科学技术部 partner_of 水利部: no longer applies, nothing says so",
        "mine.csv line 6: rename 国家能源局: decided twice, left as it is",
        "mine.csv line 7: rename 国家能源局: decided twice, left as it is",
        "mine.csv line 8: split 国家能源局: no longer applies, no such article names it",
    ]


def bureaus() -> list[Facts]:
    """财政局 in three articles, and a programme that is a project elsewhere."""
    found = []
    for place, words in (("海南", "财政局启动行动"), ("甘肃", "财政局启动行动"), ("青海", "财政局支持行动")):
        draft = Draft(None, f"{words}。{place}。编制12名。", source=f"{place}.txt")
        body = draft.name("财政局", "Organization")
        plan = draft.name("行动", "Project" if place == "青海" else "Programme")
        draft.relate("launched", body, plan, words)
        draft.figure("编制12名", "编制", "12", "名", subject=body)
        found.append(draft.facts())
    return found


def read(folder: Path, lines: Sequence[str]) -> tuple[Decision, ...]:
    path = folder / "mine.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    found = read_decisions(path)
    path.unlink()
    return found


def decided(folder: Path, facts: Sequence[Facts], *lines: str) -> tuple[GraphData, list[str]]:
    """The graph, and problems of decisions, on which both ways of building agree, whatever the order of lines."""
    decisions = read(folder, lines)
    expected = held(facts, decisions)
    for parts in (1, 3):
        assert planned(folder, facts, decisions, parts) == expected
    other = held(facts, read(folder, [*reversed(lines), *lines]))
    assert unplaced(other) == unplaced(expected)
    graph = assemble(again(facts), decisions)
    assert not list(check(graph))
    return graph, [str(p.message) for p in graph.problems]


def unplaced(outcome: Outcome) -> Outcome:
    """Without the numbers of lines in problems."""
    words = {str(line).partition(" line ")[2].partition(", ")[2] for line in outcome["problems"]}
    return {**outcome, "problems": sorted(words)}


def bodies(graph: GraphData) -> set[tuple[str, str | None, int]]:
    return {(e.name, e.within, len(e.mentioned_in)) for e in graph.entities.values() if "财政" in e.name}


def test_what_is_split_off_can_be_of_another_type(tmp_path: Path) -> None:
    facts = bureaus()
    split = f"split,Organization:财政局,Organization:财政局@甘肃省,{facts[1].article.id},me,,x"
    graph, problems = decided(tmp_path, facts, split, "retype,Organization:财政局@甘肃省,,Place,me,,a street")
    (place,) = (e for e in graph.entities.values() if e.type == "Place")
    assert (place.id, place.within) == (node("财政局", "Place", "甘肃省"), "甘肃省")
    assert bodies(graph) == {("财政局", None, 2), ("财政局", "甘肃省", 1)}
    assert problems == ["retype 财政局@甘肃省: 1 × 启动、实施 falls away, Place cannot stand there"]
    by_id = decided(tmp_path, facts, split, f"retype,{node('财政局', within='甘肃省')},,Place,me,,a street")
    assert by_id[0].entities == graph.entities and by_id[1] == problems


def test_what_is_split_off_can_be_split_again_merged_and_renamed(tmp_path: Path) -> None:
    facts = bureaus()
    first, second = facts[1].article.id, facts[2].article.id
    graph, problems = decided(
        tmp_path, facts,
        f"split,Organization:财政局,Organization:财政局@甘肃省,{first} {second},me,,x",
        f"split,Organization:财政局@甘肃省,Organization:财政局@青海省,{second},me,,x",
        "merge,Organization:甘肃省财政厅,Organization:财政局@甘肃省,,me,,x",
        "rename,Organization:财政局@青海省,,青海省财政厅,me,,x",
    )  # fmt: skip
    assert bodies(graph) == {("财政局", None, 1), ("甘肃省财政厅", "甘肃省", 1), ("青海省财政厅", "青海省", 1)}
    assert {graph.name(s.subject) for s in graph.statements.values()} == {name for name, _, _ in bodies(graph)}
    assert {graph.name(o.about) for o in graph.observations.values()} == {name for name, _, _ in bodies(graph)}
    assert not problems


def test_types_one_after_the_other_and_a_split_to_another_type(tmp_path: Path) -> None:
    facts = bureaus()
    graph, problems = decided(
        tmp_path, facts, "retype,Programme:行动,,Project,me,,x", "retype,Project:行动,,Event,me,,x"
    )
    (event,) = (e for e in graph.entities.values() if e.name == "行动")
    assert (event.type, len(event.mentioned_in)) == ("Event", 3)
    by_article = f"split,Programme:行动,Project:行动,{facts[0].article.id},me,,a plant"
    graph, problems = decided(tmp_path, facts, by_article)
    assert {(e.type, len(e.mentioned_in)) for e in graph.entities.values() if e.name == "行动"} == {
        ("Programme", 1), ("Project", 2)
    }  # fmt: skip
    assert not problems


def test_decisions_in_a_circle_change_nothing(tmp_path: Path) -> None:
    facts, where = bureaus(), "Organization:财政局,Organization:财政局@甘肃省"
    article_ = facts[0].article.id
    graph, problems = decided(
        tmp_path, facts,
        "retype,Programme:行动,,Project,me,,x", "retype,Project:行动,,Programme,me,,x",
        f"split,{where},{article_},me,,x", f"split,{','.join(reversed(where.split(',')))},{article_},me,,x",
    )  # fmt: skip
    assert graph.entities == assemble(again(facts)).entities
    assert len(problems) == 4 and all("decided in a circle" in problem for problem in problems)


def test_two_splits_of_one_name_in_one_article_change_nothing(tmp_path: Path) -> None:
    facts = bureaus()
    lines = [
        f"split,Organization:财政局,Organization:财政局@{p},{facts[0].article.id},me,,x" for p in ("甘肃省", "海南省")
    ]
    graph, problems = decided(tmp_path, facts, *lines)
    assert graph.entities == assemble(again(facts)).entities
    assert problems == [f"split 财政局: decided twice for {facts[0].article.id}, left as it is"] * 2


def test_a_split_and_a_merge_of_two_things_leave_them_apart(tmp_path: Path) -> None:
    facts = bureaus()
    split = f"split,Organization:财政局,Organization:财政局@甘肃省,{facts[1].article.id},me,,x"
    graph, problems = decided(tmp_path, facts, split, "merge,Organization:财政局,Organization:财政局@甘肃省,,me,,x")
    assert bodies(graph) == {("财政局", None, 2), ("财政局", "甘肃省", 1)}
    assert sorted(problem.partition(" ")[0] for problem in problems) == ["merge", "split"]


def test_a_veto_follows_a_new_type_and_either_order_of_ends(tmp_path: Path) -> None:
    facts = bureaus()
    retype, veto = "retype,Programme:行动,,Project,me,,x", "veto,Organization:财政局,Programme:行动,launched,me,,x"
    graph, problems = decided(tmp_path, facts, retype, veto)
    assert not graph.statements and not problems
    wrong = next(s for s in assemble(again(facts)).statements.values() if s.object == node("行动", "Programme"))
    assert not decided(tmp_path, facts, retype, f"veto,{wrong.id},,,me,,x")[0].statements
    draft = Draft(None, "甲部与乙部合作。")
    one, other = draft.name("甲部", "Organization"), draft.name("乙部", "Organization")
    draft.relate("partner_of", one, other, "甲部与乙部合作")
    for ends in ("Organization:甲部,Organization:乙部", "Organization:乙部,Organization:甲部"):
        graph, problems = decided(tmp_path, [draft.facts()], f"veto,{ends},partner_of,me,,x")
        assert not graph.statements and not problems


def test_a_figure_that_is_vetoed_stays_away_when_its_holder_is_merged(tmp_path: Path) -> None:
    facts = bureaus()
    figure = facts[0].observations[0].id
    lines = "merge,Organization:省财政厅,Organization:财政局,,me,,x", f"veto,{figure},,,me,,x"
    graph, problems = decided(tmp_path, facts, *lines)
    assert len(graph.observations) == 2 and figure not in graph.observations and not problems


def test_a_veto_says_why_it_no_longer_applies(tmp_path: Path) -> None:
    facts = bureaus()
    split = f"split,Organization:财政局,Organization:财政局@甘肃省,{facts[1].article.id},me,,x"
    merge = "merge,Organization:财政局,Organization:省财政厅,,me,,x"
    statement = "veto,Statement/0123456789abcdef,,,me,,x"
    veto = "veto,Organization:财政局,Organization:省财政厅,partner_of,me,,x"
    (nowhere,) = decided(tmp_path, facts, split, statement)[1]
    assert "nothing has this id; names of the ends" in nowhere
    facts.append(article("省财政厅说。", ("省财政厅", "Organization")))
    assert decided(tmp_path, facts, merge, veto)[1] == [
        "veto 财政局 partner_of 省财政厅: no longer applies, both are one thing"
    ]


def test_a_veto_by_id_says_what_it_leaves_of_what_is_split_off(tmp_path: Path) -> None:
    facts = bureaus()
    wrong = next(s for s in assemble(again(facts)).statements.values() if s.object == node("行动", "Programme"))
    veto = f"veto,{wrong.id},,,me,,x"
    split = f"split,Organization:财政局,Organization:财政局@甘肃省,{facts[1].article.id},me,,x"
    graph, problems = decided(tmp_path, facts, split, veto)
    assert {(graph.entities[s.subject].within, s.object) for s in graph.statements.values()} == {
        ("甘肃省", node("行动", "Programme")), (None, node("行动", "Project"))
    }  # fmt: skip
    assert problems == [f"veto {wrong.id}: not of 财政局@甘肃省, which was split off; name both ends to say that"]
    by_name = "veto,Organization:财政局@甘肃省,Programme:行动,launched,me,,x"
    graph, problems = decided(tmp_path, facts, split, veto, by_name)
    assert [s.object for s in graph.statements.values()] == [node("行动", "Project")] and not problems


def test_what_rules_make_can_be_renamed_and_is_said_to_be_made(tmp_path: Path) -> None:
    facts = [article("中央农村工作会议召开。", ("中央农村工作会议", "Event"), issued="2023-05-01")]
    graph, problems = decided(tmp_path, facts, "rename,Event:2022年中央农村工作会议,,农村会议,me,,x")
    assert "农村会议" in {e.name for e in graph.entities.values()} and not problems
    (problem,) = decided(tmp_path, facts, "retype,Event:2022年中央农村工作会议,,Policy,me,,x")[1]
    assert "rules made it of another name" in problem
    year = node("2022年中央农村工作会议", "Event")
    joined = decided(tmp_path, facts, f"merge,{year},Event:农村会议,,me,,x", f"rename,{year},,甲,me,,x")
    assert joined[1] == ["merge 2022年中央农村工作会议 and 农村会议: no longer applies, 农村会议 is named nowhere"]
    facts.append(article("农村会议。", ("农村会议", "Event")))
    (said,) = (
        j
        for j in decided(tmp_path, facts, f"merge,{year},Event:农村会议,,me,,x")[0].judgements
        if j.judgement == "same"
    )
    assert (said.left_name, said.right_name) == ("2022年中央农村工作会议", "农村会议")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("merge,Organization:甲,Organization:乙,why not,me,,x", "merge has no value"),
        ("veto,Statement/12,,,me,,x", "'Statement/12' is no id"),
        ("veto,Policy:甲,Date/12,issued_on,me,,x", "'Date/12' is no id"),
        ("means,,Organization:甲,Article/1,me,,x", "the id of an article and words of it"),
        ("split,Organization:甲,Organization:乙,,me,,first, and second", "words with a comma"),
        ('split,Organization:甲,Organization:乙,,me,,"never closed', "unexpected end of data"),
    ],
)
def test_a_wrong_line_stops_the_build_with_its_file_and_number(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(DecisionError, match=r"^mine\.csv line 3: ") as found:
        read(tmp_path, ["merge,Organization:丙,Organization:丁,,me,,x", line])
    assert words in str(found.value)


def test_lines_that_differ_in_who_and_why_are_one_decision(tmp_path: Path) -> None:
    facts = bureaus()
    lines = [
        f"merge,Organization:省财政厅,Organization:财政局,,{who},,{why}" for who, why in (("li", "z"), ("wu", "y"))
    ]
    graph, problems = decided(tmp_path, facts, *lines)
    (joined,) = (j for j in graph.judgements if j.judgement == "same")
    assert joined.reasons[0].sentence == "y" and not problems
    (joined,) = decided(tmp_path, facts, "merge,Organization:省财政厅,Organization:财政局,,,,")[0].judgements
    assert joined.reasons[0].sentence == "decided in mine.csv"  # and no line of it, which may change


def test_of_two_new_names_of_one_thing_one_is_taken_and_the_other_told(tmp_path: Path) -> None:
    first, second = Draft(None, "甲部印发规划。"), Draft(None, "乙部印发规划。")
    for draft, name in ((first, "甲部"), (second, "乙部")):
        draft.relate("issued", draft.name(name, "Organization"), draft.name("规划", "Policy"), f"{name}印发规划")
    lines = (
        "merge,Organization:甲部,Organization:乙部,,me,,x",
        "rename,Organization:甲部,,丙部,me,,x",
        "rename,Organization:乙部,,丁部,me,,x",
    )
    graph, problems = decided(tmp_path, [first.facts(), second.facts()], *lines)
    assert [e.name for e in graph.entities.values() if e.type == "Organization"] == ["丙部"]
    assert problems == ["rename 乙部: it is one thing with 甲部, which is called 丙部"]
    alone = decided(tmp_path, [first.facts(), second.facts()], *lines[:2])
    assert not alone[1]
