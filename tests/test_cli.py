"""The command: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = """科技部印发新计划

    本报北京3月5日电（记者李明）科技部、教育部3月4日联合印发《青年科学家培养计划实施方案》。方案提出，到2027年，
培养青年人才3000名。去年，全国研发经费投入33357亿元，增长8.4%。
"""


def kg(*arguments: object, stdin: str | bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([sys.executable, "-m", "kg", *map(str, arguments)], input=data, capture_output=True, cwd=cwd)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(page: Path) -> Path:
    done = kg("build", page, "--out", page.parent / "out", "--issued", "2024-03-05")
    assert done.returncode == 0, done.stderr
    return page.parent / "out"


def test_build_writes_everything_and_says_so(page: Path, built: Path) -> None:
    tables = {"entities.csv", "relations.csv", "figures.csv", "resolution.csv"}
    names = {"graph.ttl", "graph.gexf", "explorer.html", "report.json", *tables}
    assert {path.name for path in built.iterdir()} == names | {"store.sqlite"}
    done = kg("build", page, "--out", page.parent / "again", "--issued", "2024-03-05")
    assert "articles" in done.stdout and "科学技术部" not in done.stderr
    assert all(name in done.stdout for name in names)
    assert "read 1 file\n" in done.stderr and "\r" not in done.stderr and "\x1b" not in done.stdout


def test_report(built: Path) -> None:
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["files"] == 1 and report["counts"]["articles"] == {"Article": 1}
    assert report["written"]["triples"] > 10 and report["written"]["gexf_nodes"] > 0
    assert {"read", "extract", "assemble", "export", "total"} <= report["seconds"].keys()
    assert report["versions"]["policykg"] and report["input_lost"] is False


def test_standard_input(tmp_path: Path) -> None:
    done = kg("build", "-", "--out", tmp_path / "out", "--issued", "2024-03-05", stdin=TEXT)
    assert done.returncode == 0, done.stderr
    assert "科学技术部" in (tmp_path / "out/graph.ttl").read_text(encoding="utf-8")


def test_base_iri(page: Path, tmp_path: Path) -> None:
    assert kg("build", page, "--out", tmp_path, "--base-iri", "https://example.org/kg/").returncode == 0
    assert "<https://example.org/kg/Organization/>" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--issued", "yesterday"],
        ["--issued", "2024-13"],
        ["--base-iri", "no-scheme"],
        ["--base-iri", "http://a b/"],
        ["--base-iri", "http://example.org/x"],
        ["--base-iri", 'http://example.org/"><'],
        ["--sources", "missing.toml"],
        ["--jobs", "0"],
        ["--nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_options_stop_before_anything_is_written(page: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = kg("build", page, "--out", tmp_path / "out", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_nothing_to_read(tmp_path: Path) -> None:
    done = kg("build", tmp_path / "missing.txt", "--out", tmp_path / "out")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "missing.txt" in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_bad_file_does_not_stop_the_rest(page: Path, tmp_path: Path) -> None:
    done = kg("build", page, tmp_path / "missing.txt", "--out", tmp_path / "out", "--issued", "2024-03-05")
    assert done.returncode == 1
    assert "lost: " in done.stderr and "missing.txt" in done.stderr
    assert "科学技术部" in (tmp_path / "out/graph.ttl").read_text(encoding="utf-8")


def test_many_problems_are_capped(page: Path, tmp_path: Path) -> None:
    missing = [tmp_path / f"missing-{number}.txt" for number in range(60)]
    done = kg("build", page, *missing, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.count("lost: /") == 50
    assert f"more, see {tmp_path / 'out' / 'report.json'}" in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert sum(problem["lost"] for problem in report["problems"]) == 60


def test_extract_prints_json_lines(page: Path) -> None:
    done = kg("extract", page, "--issued", "2024-03-05")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert records[0]["record"] == "article"
    text = records[0]["text"]
    assert {r["record"] for r in records} >= {"article", "mention"}
    for record in records[1:]:
        assert text[record["begin"] : record["end"]] == record["words"]


def test_explain_by_alias(built: Path) -> None:
    done = kg("explain", "科技部", "--graph", built)
    assert done.returncode == 0
    assert "科学技术部" in done.stdout and "urn:policykg:Organization/" in done.stdout and "page.txt" in done.stdout


def test_explain_what_is_not_there(built: Path) -> None:
    done = kg("explain", "科学技", "--graph", built)
    assert done.returncode == 1 and "科学技术部" in done.stderr


def test_query_by_name_and_by_file(built: Path, tmp_path: Path) -> None:
    assert "targets-due" in kg("query").stdout
    assert kg("query", "evidence", "--graph", built, "--format", "csv").stdout == "relations,figures\n0,0\n"
    (tmp_path / "my.rq").write_text(
        "SELECT ?t { ?a a <https://w3id.org/policykg/ns#Article> ; <http://purl.org/dc/terms/title> ?t }",
        encoding="utf-8",
    )
    answer = kg("query", tmp_path / "my.rq", "--graph", built, "--format", "json")
    assert json.loads(answer.stdout) == [{"t": "科技部印发新计划"}]
    assert "科技部印发新计划" in kg("query", tmp_path / "my.rq", "--graph", built).stdout


@pytest.mark.parametrize("command", [["explain", "科技部"], ["query", "posts"], ["stats"]], ids=lambda c: c[0])
def test_no_graph_is_one_line(tmp_path: Path, command: list[str]) -> None:
    for folder in (tmp_path / "nothing", tmp_path):
        done = kg(*command, "--graph", folder)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "graph.ttl" in done.stderr + "graph.ttl"


def test_a_broken_graph_or_query_is_one_line(tmp_path: Path, built: Path) -> None:
    (tmp_path / "graph.ttl").write_text("this is <no Turtle", encoding="utf-8")
    for done in (
        kg("stats", "--graph", tmp_path),
        kg("query", "posts", "--graph", tmp_path),
        kg("query", "no-such-query", "--graph", built),
    ):
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr


def test_stats(built: Path) -> None:
    done = kg("stats", "--graph", built)
    assert done.returncode == 0 and "entities" in done.stdout


def test_ontology_prints_the_shipped_file() -> None:
    import kg as library

    assert kg("ontology").stdout == (Path(library.__file__).parent / "kg.ttl").read_text(encoding="utf-8")


def test_every_help_has_an_example() -> None:
    for command in ("build", "extract", "explain", "query", "stats", "ontology"):
        assert f"Example: kg {command}" in kg(command, "--help").stdout


def test_help_does_not_wait_for_the_libraries() -> None:
    code = "import sys, kg.cli; print(*sorted({'rdflib', 'networkx', 'lxml', 'hanlp_trie', 'rich'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == []


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that closes early")
def test_a_closed_pipe_is_no_error(page: Path) -> None:
    command = f"{sys.executable} -m kg extract {page} {page} {page} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr
