"""The plan: what is put together part by part, and never held as a whole, is the graph to the last triple and row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.assemble import assemble
from kg.cli import app
from kg.export import csv as tables
from kg.export import formats
from kg.facts import Facts, Read
from kg.graph import GraphData
from kg.model import About
from kg.packing import pack, unpack
from kg.pipeline import build
from kg.plan.bags import KINDS, decode, encode
from kg.plan.flat import BAGS, TABLES, build_flat, header_lines
from kg.plan.keeping import told
from kg.plan.local import LocalRunner
from kg.plan.stage import Frame
from kg.plan.steps import carry_out
from kg.rdf import Rdf
from kg.read import find_sources
from kg.resolution import Decision, read_decisions
from kg.store import Store
from tests.sample import Draft, hostile, plan, posts
from tests.soak import finish, kill, texts
from tests.test_reprints import CLAUSES, STORY
from tests.test_reprints import told as story
from tests.test_resolution import HOSPITAL, SHORT_FORM, abroad, article, numbered, person

FILES = ("graph.nt", "entities.csv")  # as the header has them
DECISIONS = """judgement,left,right,value,who,when,why
merge,Organization:丁部,Organization:滨海科协会,,me,,one
split,Organization:南华海工集团,Organization:南华海工,,me,,two
retype,Organization:当地三家企业,,Place,me,,no body
rename,Organization:国家能源局,,能源局,me,,short
veto,Project:滨海氢能示范工程,Place:海阳市,located_in,me,,wrong
veto,Project:无此工程,Place:海阳市,located_in,me,,said nowhere
merge,Organization:无此部门,Organization:也无此部门,,me,,nowhere
"""


def figured(value: str, issued: str) -> Facts:
    """Another value for one figure."""
    draft = Draft(None, f"滨海市去年氢能产量{value}吨。{issued}", issued)
    city = draft.name("滨海市", "Place")
    draft.figure(f"产量{value}吨", "产量", value, "吨", subject=city, time="2023")
    return draft.facts()


def everything() -> list[Facts]:
    """Articles that give every step of the plan something to do."""
    dated = Draft("标题", "滨海科协会说。", "2024-01-01", "dated.txt")
    dated.name("滨海科协会", "Organization")
    copy = Draft("标题", "滨海科协会说。", None, "undated.txt")
    copy.name("滨海科协会", "Organization")
    return [
        *(draft.facts() for draft in (plan(), posts(), dated, copy, plan())), *SHORT_FORM, *HOSPITAL,
        article("拉法城阿里医院和拉法城。", ("拉法城阿里医院", "Organization"), ("拉法城", "Place")),
        article("拉法城的救护车开到阿里医院。", ("拉法城", "Place"), ("阿里医院", "Organization")),
        article("九龙湖镇办展。", ("九龙湖镇", "Place", "九龙湖镇", "宁波市")),
        article("九龙湖镇修路。", ("九龙湖镇", "Place", "九龙湖镇", "镇海区")),
        person("王海涛", "海南省人民政府", "副省长", "2023-02-01"),
        person("王海涛", "海南省人民政府", "副省长", "2024-02-01"),
        person("王海涛", "甘肃省人民政府", "副省长", "2023-08-01"),
        abroad("劳拉·桑托", "洪都拉斯", issued="2023-01-01"), abroad("佩德罗·桑托", "古巴", issued="2023-01-02"),
        abroad("桑托", "洪都拉斯", issued="2023-01-04"), abroad("桑托", "古巴", issued="2023-01-05"),
        article("中央农村工作会议提出目标。", ("中央农村工作会议", "Event"), issued="2023-05-01"),
        article("第七届滨海氢能大会开幕。", ("第七届滨海氢能大会", "Event"), issued="2023-06-01"),
        article("2023年滨海氢能大会闭幕。", ("2023年滨海氢能大会", "Event"), issued="2023-06-03"),
        article("滨海氢能大会总结。", ("滨海氢能大会", "Event"), issued="2023-07-03"),
        article("国土资源部与自然资源部。", ("国土资源部", "Organization"), ("自然资源部", "Organization")),
        numbered("关于推进滨海氢能发展的意见", "海发〔2023〕5号"), numbered("滨海氢能意见", "海发〔2023〕5号"),
        story(STORY, "2024-05-01", "wire.txt"),
        story("本报消息。" + "。".join(CLAUSES[:-1]) + "。", "2024-05-03", "paper.txt"),
        figured("12000", "2024-02-01"), figured("15000", "2024-03-01"),
    ]  # fmt: skip


def again(facts: Sequence[Facts]) -> list[Facts]:
    """Copies: both ways change the articles."""
    return unpack(pack(Read("", list(facts)))).facts


def rows(table: bytes) -> list[list[str]]:
    return sorted(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


Outcome = dict[str, list[str] | list[list[str]]]


def held(facts: Sequence[Facts], decisions: Iterable[Decision]) -> Outcome:
    """What a build with a graph writes, sorted."""
    graph = assemble(again(facts), decisions)
    graph.about = About(files=FILES)
    return {**written(graph), "problems": sorted({str(p) for p in graph.problems if "Undecided" not in str(p)})}


def written(graph: GraphData) -> Outcome:
    lines, found = io.BytesIO(), {}
    formats.write(Rdf(graph), lines, "graph.nt")
    for name, write in (
        ("entities", tables.write_entities), ("relations", tables.write_relations),
        ("figures", tables.write_figures), ("resolution", tables.write_resolution),
    ):  # fmt: skip
        out = io.BytesIO()
        write(graph, out)
        found[name] = rows(out.getvalue())
    return {"triples": sorted(lines.getvalue().decode().splitlines(keepends=True)), **found}


def planned(folder: Path, facts: Sequence[Facts], decisions: Iterable[Decision], parts: int) -> Outcome:
    """What the plan writes, sorted; each article is a source of its own."""
    frame = Frame(parts)
    with LocalRunner(folder, parts) as runner:
        for number, one in enumerate(again(facts)):
            runner.put(told(number, Read(f"{number}.txt", [one]), number * parts // len(facts), parts))
        done = carry_out(runner, frame, decisions)
        opening, closing, _ = header_lines(done, frame, About(files=FILES))
        out = io.BytesIO()
        tables.write_resolution(GraphData(judgements=done.judgements), out)
        found: Outcome = {"resolution": rows(out.getvalue()), "problems": sorted({str(p) for p in done.problems})}
        for name, columns in TABLES.items():
            out = io.BytesIO()
            tables.write_table(columns, runner.gather(BAGS[name]), out, "utf-8-sig")
            found[name] = rows(out.getvalue())
        body = "".join((opening, *runner.gather("triples"), closing))
        found["triples"] = sorted(body.splitlines(keepends=True))
    assert not list(folder.iterdir())
    return found


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Decision, ...]:
    path = tmp_path_factory.mktemp("decisions") / "mine.csv"
    path.write_text(DECISIONS, encoding="utf-8")
    return (*read_decisions(), *read_decisions(path))


@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize("undecided", [True, False], ids=["rules alone", "with decisions"])
def test_the_same_triples_and_rows_in_however_many_parts(
    tmp_path: Path, decided: tuple[Decision, ...], parts: int, undecided: bool
) -> None:
    facts, decisions = everything(), () if undecided else decided
    expected = held(facts, decisions)
    kinds = {row[3] for row in expected["resolution"]}
    assert {"same", "different", "successor", "edition"} <= kinds  # there is something to resolve
    assert any("reprintOf" in line for line in expected["triples"])
    assert any("contradicts" in line for line in expected["triples"])
    assert any("Series/" in line for line in expected["triples"])
    found = planned(tmp_path, facts, decisions, parts)
    for name in expected:
        assert found[name] == expected[name], name


def test_names_that_no_file_format_likes(tmp_path: Path) -> None:
    facts = [hostile().facts()]
    assert planned(tmp_path, facts, (), 3)["triples"] == held(facts, ())["triples"]


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    with LocalRunner(tmp_path, 2) as runner:
        runner.put(told(0, Read("a.txt", everything()), 0, 2))
        for bag in ("told", "texts"):
            some = list(runner.gather(bag))
            assert some and list(decode(bag, b"".join(map(encode, some)))) == some
    assert "\\udcff" in next(decode("sources", encode("a\udcff.txt")))
    assert set(BAGS.values()) < set(KINDS)


def test_without_a_graph_as_with_one(tmp_path: Path) -> None:
    texts(tmp_path / "in", 6)
    sources, problems = find_sources([tmp_path / "in"])
    with Store(tmp_path / "out") as store:
        flat, files = build_flat(sources, problems, tmp_path / "out", store, rdf_files=("graph.nt", "graph.nt.gz"))
        store.settle()
    whole = build(tmp_path / "in", check="none", decisions=())
    whole.graph.about = replace(whole.graph.about, files=tuple(f.name for f in files if f.name != "report.json"))
    expected = written(whole.graph)
    lines = (tmp_path / "out" / "graph.nt").read_text(encoding="utf-8")
    assert sorted(lines.splitlines(keepends=True)) == expected["triples"]
    assert gzip.decompress((tmp_path / "out" / "graph.nt.gz").read_bytes()).decode() == lines
    for name in ("entities", "relations", "figures", "resolution"):
        assert rows((tmp_path / "out" / f"{name}.csv").read_bytes()) == expected[name]
    told = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert told["counts"] == json.loads(json.dumps(whole.graph.counts())) == flat.counts
    assert told["written"]["triples"] == len(expected["triples"]) and told["characters"] == whole.characters
    assert set(told["outputs"]) == {path.name for path in files} - {"report.json"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"store.sqlite", *(path.name for path in files)}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "ttl"], "only nt and nt.gz"),
        (["--format", "nt,graphml"], "graphml"),
        (["--gephi-merged"], "--gephi-merged"),
        (["--check", "all"], "--check all"),
    ],
)
def test_what_needs_the_graph_is_refused_in_one_line(tmp_path: Path, options: list[str], words: str) -> None:
    texts(tmp_path / "in", 1)
    done = CliRunner().invoke(
        app, ["build", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--no-graph", *options]
    )
    assert done.exit_code == 2 and words in done.output and done.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with LocalRunner(tmp_path / "gone", 1) as runner:
        runner.put([("sources", 0, "a.txt")])
        with pytest.raises(OSError, match="gone"):
            runner._flush()


@pytest.mark.skipif(os.name != "posix", reason="processes are killed")
def test_a_killed_build_leaves_nothing_that_the_next_one_minds(tmp_path: Path) -> None:
    texts(tmp_path / "in", 8)
    seconds = finish(tmp_path / "in", tmp_path / "undisturbed", "--no-graph")
    for share in (0.6, 0.9):
        kill(tmp_path / "in", tmp_path / "out", seconds * share, "--no-graph")
    finish(tmp_path / "in", tmp_path / "out", "--no-graph")
    made = {path.name: path for path in (tmp_path / "out").iterdir()}
    assert set(made) == {path.name for path in (tmp_path / "undisturbed").iterdir()}
    for name in made.keys() - {"report.json", "store.sqlite"}:
        assert made[name].read_bytes() == (tmp_path / "undisturbed" / name).read_bytes(), name


def on_its_own(number: int) -> Facts:
    """An article on things of its own, and on one that all of them name."""
    firm, base = f"滨海{number}号公司", f"海阳{number}号基地"
    draft = Draft(None, f"3月4日，中国{firm}拟建设{base}，去年产量{number}吨。", "2024-03-05", f"{number}.txt")
    draft.name("中国", "Place")
    one, other = draft.name(firm, "Organization", kind="Company"), draft.name(base, "Project")
    draft.relate("undertakes", one, other, f"{firm}拟建设{base}", modality="planned")
    draft.figure(f"产量{number}吨", "产量", str(number), "吨", subject=other, time="2023", stated_by=one)
    return draft.facts()


def peak(folder: Path, number: int) -> int:
    """The most that the plan holds at one time, for so many articles."""
    folder.mkdir()
    parts = number // 50
    with LocalRunner(folder, parts) as runner:
        for at in range(number):
            runner.put(told(at, Read(f"{at}.txt", [on_its_own(at)]), at * parts // number, parts))
        tracemalloc.start()
        carry_out(runner, Frame(parts), ())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.plan.local._BUFFER", 1 << 16)
    peak(tmp_path / "first", 300)  # what is looked up once, and stays
    small, large = peak(tmp_path / "small", 100), peak(tmp_path / "large", 300)
    assert large < small * 1.5, (small, large)
