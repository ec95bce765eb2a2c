"""kg diff: two graphs in terms of what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.model import Span
from kg.assemble import assemble
from kg.changes import Change, groups
from kg.cli import app
from kg.diff import diff
from kg.export import write_all
from kg.graph import GraphData
from kg.model import CannotRun, Entity, Label, Observation, Statement
from kg.pipeline import build
from tests.sample import Draft, plan, posts

NEWS = """南京发布科技计划管理办法

本报南京5月3日电　3日，南京市科技局发布《南京市科技计划管理办法》，计划到2027年研发经费投入达到500亿元。
"""


@pytest.fixture(scope="module")
def graph() -> GraphData:
    return assemble([plan().facts(), posts().facts()])


def like(
    graph: GraphData,
    *,
    entities: Iterable[Entity] | None = None,
    labels: Iterable[Label] | None = None,
    statements: Iterable[Statement] | None = None,
    observations: Iterable[Observation] | None = None,
) -> GraphData:
    """The graph with other things of one sort."""
    return GraphData(
        graph.articles.values(), entities or graph.entities.values(), graph.dates.values(),
        labels or graph.labels.values(), graph.statements.values() if statements is None else statements,
        graph.observations.values() if observations is None else observations,
    )  # fmt: skip


def only(changes: Iterable[Change]) -> Change:
    (change,) = changes
    return change


def entity(graph: GraphData, name: str) -> Entity:
    (found,) = (e for e in graph.entities.values() if e.name == name)
    return found


def test_a_graph_is_like_itself(graph: GraphData) -> None:
    found = diff(graph, assemble([posts().facts(), plan().facts()]))
    assert found.changes == ()
    assert found.same == {
        "articles": 2, "entities": len(graph.entities), "relations": len(graph.statements),
        "figures": len(graph.observations),
    }  # fmt: skip


def test_what_one_graph_has_alone(graph: GraphData) -> None:
    part = assemble([plan().facts()])
    found, back = diff(part, graph), diff(graph, part)
    assert {change.change for change in found.changes} == {"added"}
    assert {change.change for change in back.changes} == {"gone"}
    assert [c.words for c in found.changes] == [c.words for c in back.changes]
    added = found.counts()
    assert added["articles"] == {"same": 1, "gone": 0, "added": 1, "changed": 0}
    assert added["relations"]["added"] == len(graph.statements) - len(part.statements) > 0
    lines = list(found.lines())
    assert lines[0] == "articles  1 same, 0 gone, 1 added, 0 changed"
    assert "+ 《领导活动》, 2024-04-01 (printed), b.txt" in lines and "+ 王芳 [人物]" in lines
    # The ministry is named in both articles: one of them is new, and that is no change of the ministry.
    assert not any("国家发展和改革委员会 [" in line for line in lines)


def test_other_names_of_an_entity(graph: GraphData) -> None:
    old = entity(graph, "国家能源局")
    new = replace(old, aliases=("能源局",), kind="PublicInstitution", mentioned_in=())
    changed = like(graph, entities=[e if e is not old else new for e in graph.entities.values()])
    change = only(diff(graph, changed).changes)
    assert change.line() == (
        "~ 国家能源局 [组织机构 · 国家机关]; kind Ministry → PublicInstitution; aliases +能源局; "
        "mentioned in -两部门印发氢能规划"
    )
    assert change.line(ids=True).endswith(f"  [{old.id}]")


def test_an_entity_that_was_merged_into_another(graph: GraphData) -> None:
    old, target = entity(graph, "国家能源局"), entity(graph, "国家发展和改革委员会")
    merged = replace(target, absorbed=(old.id,))
    said = [
        replace(s, id=f"{s.id}0", subject=target.id)
        for s in graph.statements.values()
        if s.subject == old.id and s.predicate == "issued"
    ]
    rest = [s for s in graph.statements.values() if old.id not in (s.subject, s.object)]
    after = like(
        graph, entities=[merged if e is target else e for e in graph.entities.values() if e is not old],
        statements=[*rest, *said],
    )  # fmt: skip
    change, back = (
        only(c for c in d.changes if c.group == "entities") for d in (diff(graph, after), diff(after, graph))
    )
    assert change.line() == "~ 国家能源局 [组织机构 · 国家机关]; merged into nothing → 国家发展和改革委员会"
    assert back.line() == "~ 国家能源局 [组织机构 · 国家机关]; merged into 国家发展和改革委员会 → nothing"
    assert (change.old, change.new) == (old.id, target.id)
    moved = [c for c in diff(graph, after).changes if c.group == "relations"]
    assert sum(c.change == "gone" for c in moved) == 1  # of the two partners only one is left
    assert diff(graph, after).counts()["relations"]["added"] == 0


def test_another_modality_confidence_and_quote(graph: GraphData) -> None:
    old = next(s for s in graph.statements.values() if s.predicate == "undertakes")
    assert old.modality == "planned"
    evidence = replace(old.evidence[0], span=Span(0, 3), quote="两部门")
    new = replace(
        old, id="Statement/1", modality="asserted", confidence=Decimal("0.96"), evidence=(*old.evidence, evidence)
    )
    changed = like(graph, statements=[new if s is old else s for s in graph.statements.values()])
    change = only(diff(graph, changed).changes)
    assert change.line() == (
        "~ 华光公司 —承建、研发→ 海阳制氢基地（计划）; modality planned → asserted; confidence 0.8 → 0.96; "
        "quotes +【两部门】"
    )
    assert (change.old, change.new) == (old.id, "Statement/1")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({"value": Decimal(60000)}, "value 50000 → 60000"),
        ({"status": "actual", "unit": "台"}, "unit 辆 → 台; status target → actual"),
        ({"time": None, "comparator": "="}, "comparator ~ → =; time 2025 → nothing"),
        ({"about": None}, "subject 氢能产业发展规划 → nothing"),
        ({"upper": Decimal(70000)}, "upper nothing → 70000"),
    ],
)
def test_figures_of_one_place_are_compared(graph: GraphData, new: dict[str, object], told: str) -> None:
    """Though their ids are others: the id has the number in it."""
    old = next(o for o in graph.observations.values() if o.value == 50000)
    seen = replace(old, id="Figure/1", **new)  # type: ignore[arg-type]
    changed = like(graph, observations=[seen if o is old else o for o in graph.observations.values()])
    change = only(diff(graph, changed).changes)
    assert change.line() == f"~ 氢能产业发展规划 · 燃料电池车辆保有量（2025）: 目标约50,000辆; {told}"


def test_of_several_in_one_place_those_are_compared_that_are_alike(graph: GraphData) -> None:
    old = next(o for o in graph.observations.values() if o.value == 50000)
    more = replace(old, id="Figure/2", value=Decimal(7), unit="%")
    before = like(graph, observations=[*graph.observations.values(), more])
    after = like(
        graph,
        observations=[
            *(o for o in graph.observations.values() if o is not old),
            replace(more, id="Figure/3", status="actual"),
            replace(old, id="Figure/4", value=Decimal(6)),
        ],
    )
    found = {(c.old, c.new) for c in diff(before, after).changes}
    assert found == {("Figure/2", "Figure/3"), (old.id, "Figure/4")}


def test_an_article_whose_text_has_changed() -> None:
    """Its facts are compared by their words, wherever these stand now."""
    before = Draft("两部门印发规划", "国家能源局印发《氢能规划》，投资3亿元。")
    after = Draft("两部门印发规划", "本报讯，国家能源局印发《氢能规划》，投资4亿元。")
    for draft, value in ((before, "3"), (after, "4")):
        office = draft.name("国家能源局", "Organization", kind="Ministry")
        policy = draft.name("《氢能规划》", "Policy", "氢能规划")
        draft.relate("issued", office, policy, "国家能源局印发《氢能规划》")
        draft.figure(f"投资{value}亿元", "投资", f"{value}00000000", "元", subject="企业", time="2024")
    found = diff(assemble([before.facts()]), assemble([after.facts()]))
    assert found.counts() == {
        "articles": {"same": 0, "gone": 0, "added": 0, "changed": 1},
        "entities": {"same": 2, "gone": 0, "added": 0, "changed": 0},
        "relations": {"same": 1, "gone": 0, "added": 0, "changed": 0},
        "figures": {"same": 0, "gone": 0, "added": 0, "changed": 1},
    }
    article, figure = found.changes
    assert "; text 28 characters " in article.line() and " → 32 " in article.line()
    assert figure.line() == (
        "~ 企业 · 投资（2024）: 300,000,000元; value 300000000 → 400000000; quote +【投资4亿元】 -【投资3亿元】"
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    top = tmp_path_factory.mktemp("diff")
    texts = top / "in"
    texts.mkdir()
    outs = top / "a", top / "b"
    for out, words in zip(outs, (NEWS, NEWS.replace("500亿", "600亿")), strict=True):
        (texts / "news.txt").write_text(words, encoding="utf-8")
        write_all(build(texts, issued="2024-05-04", check="none"), out)
    return outs


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command(folders: tuple[Path, Path]) -> None:
    a, b = folders
    assert run(a, a / "graph.ttl")[0] == 0
    status, told = run(a, b)
    assert status == 1 and told.startswith("articles  0 same, 0 gone, 0 added, 1 changed\n")
    assert "\n\nfigures\n~ " in told and "value 50000000000 → 60000000000" in told and "\n+ " not in told
    assert "\nFigure/" not in told and "[Figure/" in run(a, b, "--ids")[1]
    assert run(a, b, "--only", "entities,relations")[0] == 0
    assert run(a, b, "--limit", "0", "--only", "figures")[1].endswith("\nfigures\n… and 1 more\n")
    found = json.loads(run(a, b, "--json", "--only", "figures")[1])
    assert found["counts"] == {"figures": {"same": 0, "gone": 0, "added": 0, "changed": 1}}
    (change,) = found["changes"]
    assert {"name": "value", "old": "50000000000", "new": "60000000000"} in change["fields"]
    assert change["old"] != change["new"] and change["change"] == "changed"


def test_what_cannot_run(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for arguments, told in (
        ((folders[0], tmp_path), "no such graph"),
        ((*folders, "--only", "dates"), "--only dates: not one of articles, entities"),
    ):
        status, words = run(*arguments)
        assert status == 2 and told in words


def test_groups() -> None:
    assert groups("figures, articles") == ("articles", "figures") and len(groups("")) == 4
    with pytest.raises(CannotRun):
        groups("figure")
