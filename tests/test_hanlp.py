"""HanLP proper as a proposer, through the real hanlp.load on a tiny model that is trained here; no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("hanlp", reason="needs the extra hanlp")

import kg
from extractors.ner import NotReady, Proposal, Proposer
from extractors.ner.readers import chosen, proposer
from kg.model import CannotRun
from tests.outputs import outputs

ROOT = Path(__file__).parent.parent
TEXT = "陈立川表示，云岭光电将扩大投资。\n无锡的青松药业任命刘晓东为总工程师。\n记者周雪莹从合肥获悉，项目进展顺利。"
FOUND = [
    ("陈立川", "Person"), ("云岭光电", "Organization"), ("无锡", "Place"), ("青松药业", "Organization"),
    ("刘晓东", "Person"), ("周雪莹", "Person"), ("合肥", "Place"),
]  # fmt: skip
# Half of a surrogate pair, a pair, a letter of three jamo, an accent of its own, what normalisation makes longer or
# drops: whatever stands before a name, the name keeps its place.
ODD = [
    "\ud83d",
    "😀",
    "𠮷",
    "한",
    "e\u0301",
    "ﬁ",
    "㎡",
    "‥",
    "…",
    "①",
    "ＡＢ",
    "\u200b",
    "\x00",
    "\ufffd",
    "iPhone X ",
    "　",
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    command = [sys.executable, "-m", "tests.tinymodel", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    assert done.returncode == 0, done.stderr[-2000:]
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 5_000_000
    return folder / "model"


@pytest.fixture(scope="module")
def propose(model: Path) -> Proposer:
    found = proposer(chosen(f"hanlp:{model}"))
    assert found
    return found


def words(text: str, proposals: Iterator[Proposal] | list[Proposal]) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.type) for p in proposals]


def test_names_with_offsets_of_the_text(propose: Proposer) -> None:
    found = propose(TEXT)
    assert words(TEXT, list(found)) == FOUND
    assert all(0.5 < p.score <= 1 for p in found)
    assert propose("") == propose(" \n") == []
    assert propose(TEXT) == found


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_characters_move_nothing(propose: Proposer, odd: str) -> None:
    text = f"{odd}。{odd}陈立川表示，{odd}，云岭光电将扩大投资。"
    found = words(text, list(propose(text)))
    assert ("云岭光电", "Organization") in found
    assert any(name.endswith("陈立川") for name, _ in found)


def test_a_table_that_makes_characters_longer_moves_nothing(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    (tmp_path / "table.json").write_text(json.dumps({"…": "......", "①": "", "，": ","}), encoding="utf-8")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["transform"] = {
        "classpath": "hanlp.common.transform.NormalizeCharacter",
        "mapper": str(tmp_path / "table.json"),
        "src": "token",
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    text = "……①陈立川表示，云岭光电将扩大投资。"
    found = proposer(chosen(f"hanlp:{folder}"))
    assert found and ("云岭光电", "Organization") in words(text, list(found(text)))


def test_long_sentences_are_cut(propose: Proposer) -> None:
    text = "陈立川、周雪莹，青松药业，在合肥，" * 200
    found = words(text, list(propose(text)))
    assert found.count(("周雪莹", "Person")) == found.count(("青松药业", "Organization")) == 200
    assert {name for name, _ in found} == {"陈立川", "周雪莹", "青松药业", "合肥"}


def test_batches_do_not_change_what_is_found(model: Path, propose: Proposer) -> None:
    one = proposer(chosen(f"hanlp:{model}", batch=1))
    assert one and one != propose
    assert words(TEXT, list(one(TEXT))) == FOUND


def test_the_lexicons_are_fed_to_the_tokeniser(model: Path, propose: Proposer) -> None:
    import hanlp

    from extractors.ner.gazetteer import names

    plain = hanlp.load(str(model), devices=-1, verbose=False)
    sentence = "国家发展和改革委员会将扩大投资。"
    assert plain(sentence, tasks="tok")["tok"][:5] == ["国家", "发展", "和", "改革", "委员会"]
    plain["tok"].dict_combine = set(names())
    assert plain(sentence, tasks="tok")["tok"][:2] == ["国家发展和改革委员会", "将"]
    assert words(sentence, list(propose(sentence))) == [("国家发展和改革委员会", "Organization")]


def test_a_name_under_hanlp_home(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANLP_HOME", str(tmp_path))
    shutil.copytree(model, tmp_path / "mtl/tiny")
    found = proposer(chosen("hanlp:tiny"))
    assert found and words(TEXT, list(found(TEXT))) == FOUND


def test_the_cause_of_a_failure_is_not_masked(model: Path, tmp_path: Path) -> None:
    shutil.copytree(model, tmp_path / "broken")
    (tmp_path / "broken/model.pt").write_bytes(b"no weights")
    reader = chosen(f"hanlp:{tmp_path / 'broken'}")
    with pytest.raises(NotReady) as caught:
        proposer(reader)
    message = str(caught.value)
    assert message.startswith(f"--ner hanlp:{tmp_path / 'broken'}: HanLP cannot load {tmp_path / 'broken'}: ")
    assert "pkg_resources" not in message and "UnpicklingError" in message and "\n" not in message


def test_proposals_reach_the_rules(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []

    def admit(article: object, mentions: list[object], proposals: list[Proposal]) -> list[object]:
        heard.extend(words(article.text, proposals))  # type: ignore[attr-defined]
        return mentions

    monkeypatch.setattr("extractors.extraction.admit", admit)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    kg.build(tmp_path / "a.txt")
    assert heard == []
    kg.build(tmp_path / "a.txt", ner=f"hanlp:{model}")
    assert set(FOUND) <= set(heard)


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    if shutil.which("unshare") and not subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        command = ["unshare", "-n", *command]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})


def test_build_end_to_end_gives_the_same_bytes(model: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text(TEXT.replace("总工程师", f"第{number}任总工程师"), encoding="utf-8")
    built = []
    for number, options in enumerate((("--ner-batch", 4), ("--ner-batch", 4, "--jobs", 2))):
        out = tmp_path / f"out{number}"
        texts = sorted(tmp_path.glob("*.txt"))
        done = run("build", *texts, "--out", out, "--ner", f"hanlp:{model}", *options, PYTHONHASHSEED=str(number))
        assert done.returncode == 0, done.stderr
        assert "read 3 files\n" in done.stderr and "Warning" not in done.stderr
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
        assert report["ner"] == {"reader": "hanlp", "model": str(model), "threads": 1, "batch": 4}
        assert report["versions"]["hanlp"] and report["versions"]["torch"]
        built.append(outputs(out))
    assert built[0] == built[1]


def test_extract_prints_nothing_but_its_lines(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("extract", tmp_path / "a.txt", "--ner", f"hanlp:{model}")
    assert done.returncode == 0, done.stderr
    assert all(json.loads(line) for line in done.stdout.splitlines())


def test_a_model_that_fails_in_another_process_is_one_line(model: Path, tmp_path: Path) -> None:
    shutil.copytree(model, tmp_path / "broken")
    (tmp_path / "broken/model.pt").write_bytes(b"no weights")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    done = run("build", *tmp_path.glob("*.txt"), "--out", tmp_path / "out", "--jobs", 2,
               "--ner", f"hanlp:{tmp_path / 'broken'}")  # fmt: skip
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "HanLP cannot load" in done.stderr


def test_two_processes_after_torch_has_run_here(model: Path, propose: Proposer, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    propose(TEXT)
    assert kg.build(tmp_path, ner=f"hanlp:{model}", jobs=2).built.reader.kind == "hanlp"
    with pytest.raises(CannotRun):
        kg.build(tmp_path, ner="hanlp:nowhere", jobs=2)
