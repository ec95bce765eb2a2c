"""Any decisions on a few names: their order leaves no trace, both ways of building agree, what is vetoed stays away."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Undecided
from kg.assemble import assemble
from kg.check import check
from kg.facts import Facts
from kg.graph import GraphData
from kg.resolution import Decision, DecisionError
from tests.sample import Draft
from tests.test_decisions import read, unplaced
from tests.test_plan import again, held, planned
from tests.test_resolution import SHORT_FORM, article, node


def small_world() -> list[Facts]:
    """A few names in a few articles, that rules join, keep apart and give a year; and words that nothing resolves."""
    first = Draft(None, "甲部、乙部印发规划。甲部启动行动。行动在滨海市。")
    one, two = first.name("甲部", "Organization"), first.name("乙部", "Organization")
    plan, programme = first.name("规划", "Policy"), first.name("行动", "Programme")
    first.name("滨海市", "Place")
    for body in (one, two):
        first.relate("issued", body, plan, "甲部、乙部印发规划")
    first.relate("partner_of", two, one, "甲部、乙部印发规划")
    first.relate("launched", one, programme, "甲部启动行动")
    first.figure("甲部", "编制", "12", "名", subject=one)
    second = Draft(None, "王芳任乙部部长，与丙部合作。行动在滨海市实施，市局说。", "2024-04-01")
    two, three = second.name("乙部", "Organization"), second.name("丙部", "Organization")
    who, project = second.name("王芳", "Person"), second.name("行动", "Project")
    second.relate("partner_of", two, three, "与丙部合作")
    second.relate("holds_post", who, two, "王芳任乙部部长", qualifier="部长")
    second.relate("located_in", project, second.name("滨海市", "Place"), "行动在滨海市实施")
    second.problems.append(Undecided.of(second.article, "name", second.span("市局"), "of which city"))
    third = Draft(None, "甲部将印发规划。丙部启动行动，部长王芳出席。", "2024-05-01")
    third.relate(
        "issued", third.name("甲部", "Organization"), third.name("规划", "Policy"), "甲部将印发规划", modality="planned"
    )
    three = third.name("丙部", "Organization")
    third.relate("launched", three, third.name("行动", "Programme"), "丙部启动行动")
    third.relate("holds_post", third.name("王芳", "Person"), three, "部长王芳", qualifier="部长")
    year = article("中央农村工作会议召开。", ("中央农村工作会议", "Event"), issued="2023-05-01")
    return [*(draft.facts() for draft in (first, second, third)), *SHORT_FORM, year]


WORLD = small_world()
THINGS = [
    ("Organization", "甲部"), ("Organization", "乙部"), ("Organization", "丙部"), ("Organization", "丁部"),
    ("Organization", "乙部", "滨海市"), ("Organization", "南华海工集团"), ("Organization", "南华海工"),
    ("Policy", "规划"), ("Programme", "行动"), ("Project", "行动"), ("Project", "行动", "滨海市"), ("Event", "行动"),
    ("Person", "王芳"), ("Person", "王芳", "滨海市"), ("Place", "滨海市"),
    ("Event", "中央农村工作会议"), ("Event", "2022年中央农村工作会议"),
]  # fmt: skip
BEFORE = assemble(again(WORLD))


def written(thing: tuple[str, ...], by_id: bool) -> str:
    kind, name, *place = thing
    return node(name, kind, *place) if by_id else "@".join((f"{kind}:{name}", *place))


thing = st.builds(written, st.sampled_from(THINGS), st.sampled_from([False, False, True]))
articles = st.lists(st.sampled_from([facts.article.id for facts in WORLD]), min_size=1, max_size=2, unique=True)
line = st.one_of(
    st.tuples(st.sampled_from(["merge", "merge", "split", "unsure"]), thing, thing, st.just("")),
    st.tuples(st.just("split"), thing, thing, articles.map(" ".join)),
    st.tuples(st.just("retype"), thing, st.just(""), st.sampled_from(["Project", "Programme", "Event", "Place"])),
    st.tuples(st.just("rename"), thing, st.just(""), st.sampled_from(["新名", "旧名", "行动"])),
    st.tuples(
        st.just("means"), st.just(""), thing.filter(lambda said: ":" in said), st.just(f"{WORLD[1].article.id} 市局")
    ),
    st.tuples(st.just("veto"), thing, thing, st.sampled_from(["issued", "launched", "partner_of", "holds_post"])),
    st.tuples(st.just("veto"), st.sampled_from([*BEFORE.statements, *BEFORE.observations]), st.just(""), st.just("")),
).map(lambda cells: ",".join((*cells, "me", "", "so")))


def is_one(said: str, folder: Path) -> bool:
    try:
        return bool(read(folder, [said]))
    except DecisionError:  # of one thing
        return False


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(line, min_size=1, max_size=10), st.randoms())
def test_whatever_is_decided(tmp_path_factory: pytest.TempPathFactory, lines: list[str], random: Random) -> None:
    folder = tmp_path_factory.mktemp("decided")
    lines = [said for said in lines if is_one(said, folder)]
    mixed = [*lines, *lines[: len(lines) // 2]]
    random.shuffle(mixed)
    decisions = read(folder, lines)
    expected = held(WORLD, decisions)
    assert planned(folder, WORLD, decisions, random.choice([1, 2, 3])) == expected  # without a graph
    assert unplaced(held(WORLD, read(folder, mixed))) == unplaced(expected)  # in another order, and some twice
    graph = assemble(again(WORLD), decisions)
    assert not list(check(graph))
    assert all(e.id.partition("/")[0] == e.type for e in graph.entities.values())
    known = {*graph.entities, *graph.dates, *graph.labels}
    assert all({s.subject, s.object} <= known for s in graph.statements.values())
    assert not any(veto_is_lost(decision, graph) for decision in decisions if decision.judgement == "veto")


def veto_is_lost(veto: Decision, graph: GraphData) -> bool:
    """Whether what is vetoed is said nevertheless, of what has absorbed its ends."""
    if veto.left in BEFORE.observations:
        return veto.left in graph.observations
    home = {old: e.id for e in graph.entities.values() for old in (e.id, *e.absorbed)}
    before = BEFORE.statements.get(veto.left)
    said = (before.subject, before.predicate, before.object) if before else (veto.left, veto.value, veto.right)
    ends = {(home.get(said[0]), home.get(said[2]))}
    if said[1] == "partner_of":
        ends |= {(other, one) for one, other in ends}
    return any(
        (s.subject, s.object) in ends
        and s.predicate == said[1]
        and (before is None or (s.modality, s.qualifier) == (before.modality, before.qualifier))
        for s in graph.statements.values()
    )
