"""kg review: what is open is asked, answers are kept one by one, and the next build heeds them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.assemble import assemble
from kg.cli import app
from kg.loading import load
from kg.model import make_id
from kg.pipeline import build
from kg.resolution import DecisionError, read_decisions
from kg.resolution.decisions import COLUMNS
from kg.review import Open, Pair, append, line, questions, refer

HEADER = ",".join(COLUMNS) + "\n"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def kg(*arguments: object, answers: str = "") -> Done:
    done = CliRunner().invoke(app, list(map(str, arguments)), input=answers)
    return Done(done.exit_code, done.stdout, done.stderr)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build_two(tmp_path: Path, *options: str) -> Path:
    """A graph in which two things may be one, and a short name is open."""
    (tmp_path / "a.txt").write_text("3月4日，市科技局发布《南城市科技计划管理办法》。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("3月5日，国家能源局、科技部联合印发《示范项目管理办法》。\n", encoding="utf-8")
    out = tmp_path / "out"
    again(out, *options)
    graph = load(out / "graph.nt.gz" if options else out)
    left, right = (next(e for e in graph.entities.values() if e.name == n) for n in ("国家能源局", "科学技术部"))
    with (out / "resolution.csv").open("a", encoding="utf-8") as file:
        names, ids = f"{left.name},{right.name}", f"{left.id},{right.id}"
        file.write(f"Organization,{names},unsure,0.5,like names +0.50: both are bodies,,{ids}\n")
    return out


def again(out: Path, *options: str) -> None:
    page = out.parent
    done = kg("build", page / "a.txt", page / "b.txt", "--out", out, "--issued", "2024-03-05", *options)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return build_two(tmp_path)


def test_what_is_open_is_asked(built: Path) -> None:
    pair, name = questions(built)
    assert isinstance(pair, Pair) and {pair.left.name, pair.right.name} == {"国家能源局", "科学技术部"}
    assert any("联合印发" in quote for quote in pair.left.quotes) and pair.reasons == (
        "like names +0.50: both are bodies",
    )
    assert isinstance(name, Open) and name.quote == "市科技局"


def test_answers_are_kept_and_heeded(built: Path) -> None:
    done = kg(
        "review", built, "--who", "王芳", answers="x\nm\n一家\nOrganization\nOrganization:南城市科学技术局\n印章\n"
    )
    assert done.returncode == 0 and "2 decisions in" in done.stdout, done.stdout + done.stderr
    merge, means = rows(built / "decisions.csv")
    assert (
        merge["judgement"] == "merge"
        and merge["who"] == "王芳"
        and merge["why"] == "一家"
        and merge["when"][:2] == "20"
    )
    assert {merge["left"], merge["right"]} == {"Organization:国家能源局", "Organization:科学技术部"}
    assert means["judgement"] == "means" and means["right"] == "Organization:南城市科学技术局"
    assert means["value"].startswith("Article/") and means["value"].endswith(" 市科技局")
    again(built)
    graph = load(built)
    named = {e.name for e in graph.entities.values()}
    assert "南城市科学技术局" in named and not {"国家能源局", "科学技术部"} <= named
    assert graph.find("市科技局") == graph.find("南城市科学技术局") and len(graph.find("市科技局")) == 1
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["undecided"]["counts"]["unresolved"] == 0
    assert "nothing is open" in kg("review", built).stdout
    before = (built / "graph.ttl").read_bytes()
    again(built)
    assert (built / "graph.ttl").read_bytes() == before


def test_a_build_without_a_graph_is_reviewed_from_its_tables(tmp_path: Path) -> None:
    out = build_two(tmp_path, "--no-graph")
    with_graph = build_two(tmp_path / "other") if (tmp_path / "other").mkdir() is None else out
    assert [name for name in questions(out) if isinstance(name, Open)] == [
        name for name in questions(with_graph) if isinstance(name, Open)
    ]
    pair = next(pair for pair in questions(out) if isinstance(pair, Pair))
    same = next(pair for pair in questions(with_graph) if isinstance(pair, Pair))
    assert {(s.node, s.name, s.about) for s in (pair.left, pair.right)} == {
        (s.node, s.name, s.about) for s in (same.left, same.right)
    }
    assert any("联合印发" in quote for quote in pair.left.quotes)
    done = kg("review", out, answers="m\nseal\nOrganization:南城市科学技术局\n\n")
    assert done.returncode == 0 and "2 decisions in" in done.stdout, done.stdout + done.stderr
    again(out, "--no-graph")
    named = {e.name for e in load(out / "graph.nt.gz").entities.values()}
    assert "南城市科学技术局" in named and not {"国家能源局", "科学技术部"} <= named
    assert "nothing is open" in kg("review", out).stdout
    (out / "decisions.csv").unlink()  # what went into the graph is decided, wherever the file is
    assert list(questions(out)) == []


def test_what_cannot_be_reviewed_is_one_line(tmp_path: Path) -> None:
    out = build_two(tmp_path, "--no-graph")
    (out / "store.sqlite").unlink()
    (tmp_path / "shards" / "entities.parquet").mkdir(parents=True)
    for folder, words in ((out, "store.sqlite: no such file; build"), (tmp_path / "shards", "--no-graph")):
        done = kg("review", folder, answers="s\n\n")
        assert done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1
    (out / "resolution.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "no column judgement" in kg("review", out).stderr


def test_a_name_that_an_article_says_often_is_asked_once_and_own_columns_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "3月4日，市科技局发布公报。市科技局局长出席会议，市科技局印发通知。\n", encoding="utf-8"
    )
    done = kg("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--issued", "2024-03-05")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["undecided"]["counts"]["unresolved"] > 1
    (question,) = questions(tmp_path / "out")
    assert isinstance(question, Open) and question.quote == "市科技局"
    mine = tmp_path / "mine.csv"
    mine.write_text(HEADER.strip() + ",seen\nmerge,Place:甲,Place:乙,,,,,twice\n", encoding="utf-8")
    done = kg("review", tmp_path / "out", "--decisions", mine, answers="Organization:南城市科学技术局\nwhy\u2028so\n")
    assert f"with --decisions {mine}" in done.stdout, done.stdout + done.stderr
    assert [row["seen"] for row in rows(mine)] == ["twice", ""] and len(read_decisions(mine)) == 2


def test_stopping_keeps_what_was_answered(built: Path) -> None:
    done = kg("review", built, answers="s\n\n")  # and the input ends
    assert done.returncode == 0 and [row["judgement"] for row in rows(built / "decisions.csv")] == ["split"]
    assert kg("review", built, answers="q\n").returncode == 0
    assert [type(q) for q in questions(built, built / "decisions.csv")] == [Open]
    other = built.parent / "mine.csv"
    assert "1 decision in" in kg("review", built, "--decisions", other, answers="u\n\nq\n").stdout
    assert rows(other)[0]["judgement"] == "unsure"


def test_wrong_files_are_one_line(built: Path, tmp_path: Path) -> None:
    for folder, words in ((tmp_path / "none", "no such graph"), (tmp_path, "no such graph")):
        done = kg("review", folder)
        assert done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1
    wrong = tmp_path / "wrong.csv"
    for text, words in (
        ("left,right\n", "no column judgement"),
        (HEADER + "guess,Organization:甲局,Organization:乙局,,,,\n", "line 2: the judgement"),
        (HEADER + "means,,Organization,Article/1 市局,,,\n", "line 2: "),
        (HEADER + "means,,Organization:甲局,市局,,,\n", "line 2: the value"),
    ):
        wrong.write_text(text, encoding="utf-8")
        for command in (
            ("review", built, "--decisions", wrong),
            ("build", tmp_path / "a.txt", "--out", tmp_path / "o", "--decisions", wrong),
        ):
            done = kg(*command, answers="s\n\n")
            assert done.returncode == 2 and words in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
    assert not (tmp_path / "o").exists()
    wrong.write_bytes("judgement,左".encode("gbk"))
    with pytest.raises(DecisionError, match="UTF-8"):
        read_decisions(wrong)
    done = kg("build", tmp_path / "a.txt", "--out", tmp_path / "o", "--decisions", tmp_path / "absent.csv")
    assert done.returncode == 2 and "no such file" in done.stderr


def test_a_meaning_that_no_longer_applies_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3月4日，市科技局发布《南城市科技计划管理办法》。\n", encoding="utf-8")
    found = build(tmp_path / "a.txt", issued="2024-03-05")
    article = next(iter(found.graph.articles))
    path = tmp_path / "decisions.csv"
    append(path, [
        line("means", "", "Organization:北城市科学技术局", f"{article} 市科技局", who="", when=""),
        line("means", "", "Organization:北城市科学技术局", f"{article} 省科技厅", who="", when=""),
        line("means", "", "Organization:北城市科学技术局", "Article/0000000000000000 市科技局", who="", when=""),
    ])  # fmt: skip
    again = build(tmp_path / "a.txt", issued="2024-03-05", decisions=read_decisions(path))
    assert "北城市科学技术局" in {e.name for e in again.graph.entities.values()}
    assert [p.message for p in again.problems if p.where.startswith("decisions.csv")] == [
        f"means {article} 省科技厅: no longer applies, nothing is open there",
        "means Article/0000000000000000 市科技局: no longer applies, nothing is open there",
    ]


def test_an_answer_names_things_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3月4日，江苏省九龙湖镇和宁波市举办展览。\n", encoding="utf-8")
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--issued", "2024-03-05").returncode == 0
    places = {e.name: e.id for e in load(tmp_path / "out").entities.values()}
    with (tmp_path / "out" / "resolution.csv").open("a", encoding="utf-8") as file:
        file.write(f"Place,甲,乙,unsure,0.5,like +0.50: places,,{places['九龙湖镇']},{places['宁波市']}\n")
    assert "1 decision in" in kg("review", tmp_path / "out", answers="s\na town and a city\n").stdout
    (split,) = rows(tmp_path / "out" / "decisions.csv")
    assert (split["left"], split["right"]) == ("Place:九龙湖镇@江苏省", "Place:宁波市")


def test_a_name_leads_to_its_node_or_the_id_is_written() -> None:
    node = make_id("Organization", "科技局", "苏州市")
    assert refer(node, "科技局", "苏州市") == "Organization:科技局@苏州市" and refer(node, "科技局") == node
    assert assemble([]).entities == {}
