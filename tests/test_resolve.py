"""Merges and vetoes are data; the outcome does not depend on order, and a second run changes nothing."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import permutations
from pathlib import Path

import pytest

from kg.model import Entity, fold, make_id
from kg.resolve import JUDGEMENTS, Decision, DecisionError, merges, read_decisions


def entity(
    name: str, *aliases: str, type_: str = "Organization", within: str = "", article: str = "Article/a"
) -> Entity:
    node = make_id(type_, fold(name), fold(within))
    return Entity(node, type_, name, None, tuple(sorted(aliases)), within or None, (), (article,))


def decisions(tmp_path: Path, *lines: str) -> tuple[Decision, ...]:
    path = tmp_path / "decisions.csv"
    path.write_text("left,right,judgement,who,why\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return read_decisions(path)


def test_judged_the_same(tmp_path: Path) -> None:
    judged = decisions(tmp_path, "Organization:甲部,Organization:乙部,same,me,renamed")
    a, b = entity("甲部", "甲"), entity("乙部", "乙", article="Article/b")
    (merged,), moved, problems = merges([a, b], judged)
    assert (merged.id, merged.name, merged.aliases) == (a.id, "甲部", ("乙", "乙部", "甲"))
    assert merged.mentioned_in == ("Article/a", "Article/b")
    assert (merged.absorbed, moved, problems) == ((b.id,), {b.id: a.id}, [])


def test_absorbed_also_where_the_other_does_not_occur(tmp_path: Path) -> None:
    judged = decisions(tmp_path, "Organization:甲部,Organization:乙部,same,me,renamed")
    (merged,), moved, _ = merges([entity("乙部")], judged)
    assert (merged.id, merged.name, merged.aliases) == (entity("甲部").id, "甲部", ("乙部",))
    assert moved == {entity("乙部").id: merged.id}


def test_order_leaves_no_trace_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    judged = decisions(
        tmp_path, "Organization:甲部,Organization:乙部,same,me,x", "Organization:乙部,Organization:丙部,same,me,x"
    )
    things = [entity("甲部"), entity("乙部"), entity("丙部"), entity("中国丁石油公司", "中国丁"), entity("中国丁")]
    outcomes = {repr(sorted(merges(list(p), judged)[0], key=lambda e: e.id)) for p in permutations(things)}
    assert len(outcomes) == 1
    once = merges(things, judged)[0]
    assert sorted(merges(once, judged)[0], key=lambda e: e.id) == sorted(once, key=lambda e: e.id)
    assert len(once) == 2


def test_a_short_form_of_one_thing_is_that_thing() -> None:
    full, short = entity("中国海洋石油集团有限公司", "中国海油"), entity("中国海油", article="Article/b")
    merged, moved, _ = merges([full, short], ())
    assert [e.id for e in merged] == [full.id]
    assert moved == {short.id: full.id}


@pytest.mark.parametrize(
    "things",
    [
        [entity("北京市科学技术协会", "市科协会"), entity("上海市科学技术协会", "市科协会"), entity("市科协会")],
        [entity("中国科学技术协会", "科协"), entity("科协")],
        [entity("鼓楼区人民政府", "鼓楼区政府", within="南京市"), entity("鼓楼区政府")],
        [entity("李小明", "小明同志们", type_="Person"), entity("小明同志们", type_="Person")],
        [entity("甲乙丙公司", "丁戊己"), entity("丁戊己", "甲乙丙公司")],
    ],
    ids=["two candidates", "too short", "kept apart by place", "a person", "each the short form of the other"],
)
def test_one_candidate_or_nothing(things: list[Entity]) -> None:
    assert len(merges(things, ())[0]) == len(things)


@pytest.mark.parametrize("judgement", ["different", "unsure"])
def test_a_veto_stands_against_the_rule(tmp_path: Path, judgement: str) -> None:
    judged = decisions(tmp_path, f"Organization:中国海洋石油集团有限公司,Organization:中国海油,{judgement},me,x")
    things = [entity("中国海洋石油集团有限公司", "中国海油"), entity("中国海油")]
    assert len(merges(things, judged)[0]) == 2


def test_contradictions_are_problems(tmp_path: Path) -> None:
    judged = decisions(
        tmp_path, "Organization:甲部,Organization:乙部,same,me,x", "Organization:甲部,Organization:乙部,different,you,y"
    )
    merged, _, problems = merges([entity("甲部"), entity("乙部")], judged)
    assert len(merged) == 2 and len(problems) == 1


@pytest.mark.parametrize("line", ["Organization:甲,Organization:乙,maybe,me,x", "甲,Organization:乙,same,me,x"])
def test_a_wrong_line_names_itself(tmp_path: Path, line: str) -> None:
    with pytest.raises(DecisionError, match="line 2"):
        decisions(tmp_path, line)


def test_shipped_decisions_are_sorted_and_say_why() -> None:
    assert read_decisions()
    rows = list(csv.DictReader((files("kg") / "decisions.csv").read_text(encoding="utf-8").splitlines()))
    assert [r["left"] for r in rows] == sorted(r["left"] for r in rows)
    assert all(r["who"] and r["why"] and r["judgement"] in JUDGEMENTS for r in rows)
