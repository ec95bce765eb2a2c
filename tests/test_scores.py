"""Scores on the shared answer key, where it lies beside the checkout: floors that only rise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests import resolution_score

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))

if not SHARED.is_dir():
    collect_ignore = [__file__]
else:

    @pytest.fixture(scope="module")
    def printed() -> list[str]:
        run = subprocess.run(
            [SHARED / "eval" / "run.sh", "--", "--json", "--misses"],
            cwd=HERE.parent,
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.splitlines()

    def test_answer_key(printed: list[str]) -> None:
        scores = json.loads(next(line for line in printed if line.startswith("{")))
        below = {
            task: (scores[task]["f1"], floor) for task, floor in FLOORS["f1"].items() if scores[task]["f1"] < floor
        }
        assert not below

    @pytest.mark.parametrize("kind", ["entity", "relation"])
    def test_each_type(printed: list[str], kind: str) -> None:
        """F1 of each type that the key asks for at least five times."""
        wanted: Counter[str] = Counter()
        for path in (SHARED / "eval" / "gold").glob("*.json"):
            key = json.loads(path.read_text(encoding="utf-8"))
            things = key["entities"] if kind == "entity" else key["relations"]
            wanted.update(thing["type" if kind == "entity" else "p"] for thing in things if not thing.get("optional"))
        wrong = Counter(tuple(line.split("\t")[1:4]) for line in printed if line.count("\t") >= 3)
        f1 = {}
        for name, there in wanted.items():
            missed, spurious = wrong["missed", kind, name], wrong["spurious", kind, name]
            f1[name] = round(2 * (there - missed) / (2 * there - missed + spurious), 3)
        assert FLOORS[kind].keys() == {name for name, there in wanted.items() if there >= 5}
        assert {name: f1[name] for name, floor in FLOORS[kind].items() if f1[name] < floor} == {}

    @pytest.mark.parametrize("page", sorted((SHARED / "seeds").glob("*.txt")), ids=lambda p: p.name)
    def test_real_pages_build(page: Path, tmp_path: Path) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "kg", "build", page, "--out", tmp_path], capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
        counts = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["counts"]
        assert sum(counts["articles"].values()) >= 3

    def test_resolution() -> None:
        """B-cubed over the key of tests/resolution."""
        blocks = resolution_score.read_key()
        mentions = (mention for block in blocks for mention in block.mentions)
        facts, found = resolution_score.read_all(SHARED / "corpora" / "xwlb", mentions, 2)
        f1 = {part: round(score.f1, 3) for part, score in resolution_score.scores(facts, blocks, found).items()}
        assert {part: f1[part] for part, floor in FLOORS["resolution"].items() if f1[part] < floor} == {}
