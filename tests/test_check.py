"""kg check, and what a build says of its shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import samples
from kg.conform import check_file, conform
from kg.export import write_rdf
from kg.pipeline import build_sources
from tests.test_cli import kg


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built")
    list(write_rdf(build_sources(samples.sources(), check="none").graph, [place / "graph.ttl"]))
    return place


def broken(folder: Path, place: Path, *changes: tuple[str, str]) -> Path:
    turtle = (folder / "graph.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in turtle
        turtle = turtle.replace(old, new, 1)
    path = place / "graph.ttl"
    path.write_text(turtle, encoding="utf-8")
    return path


def test_a_sound_graph(folder: Path) -> None:
    done = kg("check", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.strip().endswith("triples, 0 faults")


def test_one_line_for_each_fault(folder: Path, tmp_path: Path) -> None:
    broken(folder, tmp_path, ('kg:comparator "', 'kg:comparator "≈'), ("kg:textLength ", "kg:textLength -"))
    done = kg("check", tmp_path)
    assert done.returncode == 1
    length, comparator = [line for line in done.stdout.splitlines() if "lies outside" not in line]
    assert length.startswith("urn:policykg:Article/") and "has the length of its text (kg:textLength: " in length
    assert comparator.startswith("urn:policykg:Figure/") and "≈" in comparator
    assert "(kg:comparator: " in comparator


def test_the_same_as_json(folder: Path, tmp_path: Path) -> None:
    path = broken(folder, tmp_path, ('kg:comparator "', 'kg:comparator "≈'))
    done = kg("check", path, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    (fault,) = told["violations"]
    assert (told["conforms"], told["problems"]) == (False, [])
    assert (fault["shape"], fault["constraint"], fault["path"]) == ("Figure-comparator", "In", "kg:comparator")
    assert "比较" in fault["message_zh"]
    assert json.loads(kg("check", folder, "--json").stdout)["conforms"] is True


def test_quotes_are_measured_too(folder: Path, tmp_path: Path) -> None:
    path = broken(folder, tmp_path, ("kg:end 46", "kg:end 47"))
    (problem,) = check_file(path).problems
    assert problem.message == "the quote is not as long as its span"


def test_what_cannot_be_loaded_is_a_fault_and_no_crash(folder: Path, tmp_path: Path) -> None:
    path = broken(folder, tmp_path, ("rdf:predicate kg:issued ;", "rdf:predicate kg:proclaimed ;"))
    verdict = check_file(path)
    assert {v.shape for v in verdict.violations} == {"Statement-predicate", "BareEdge", "MissingEdge"}
    assert "cannot be loaded" in verdict.problems[0].message
    done = kg("stats", "--graph", path)
    assert done.returncode == 2 and done.stderr.startswith(f"kg: {path}: cannot be loaded: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> ", None])
def test_what_is_no_graph(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    done = kg("check", tmp_path)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and done.stderr.startswith("kg: ")


@pytest.mark.parametrize("name", ["graph.nt", "graph.trig.gz", "graph.rdf"])
def test_other_formats(folder: Path, tmp_path: Path, name: str) -> None:
    list(write_rdf(build_sources(samples.sources(), check="none").graph, [tmp_path / name]))
    assert not list(check_file(tmp_path / name).lines)


def test_a_large_graph_is_sampled_and_says_so() -> None:
    graph = build_sources(samples.sources(), check="none").graph
    whole, part = conform(graph), conform(graph, whole=1, sample=100)
    assert (whole.checked, whole.articles, whole.conforms) == ("all", 3, True)
    assert (part.checked, part.articles, part.conforms) == ("sample", 1, True)
    assert 0 < part.triples < whole.triples


def test_a_build_reports_its_shapes(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("水利部印发通知\n\n3月4日，水利部印发《灌区管理办法》。\n", encoding="utf-8")
    told = {}
    for check in ("auto", "none"):
        done = kg("build", page, "--out", tmp_path / "out", "--issued", "2024-03-05", "--check", check)
        assert done.returncode == 0, done.stderr
        (line,) = [line.split() for line in done.stdout.splitlines() if line.startswith("shapes")]
        told[check] = line, json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["shapes"]
    line, report = told["auto"]
    assert line == ["shapes", "violations", "0"]
    assert (report["checked"], report["conforms"], report["violations"]) == ("all", True, [])
    line, report = told["none"]
    assert line == ["shapes", "not", "checked"] and report["conforms"] is None
