"""The Turtle and the answer that README.md shows, from a build of seeds/: `python -m tests.readmeparts` writes them in.

test_docs.py looks every line up in a build, so a changed rule that changes them is seen.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import kg
from kg.export import write_all
from kg.pipeline import build

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_TURTLE = re.compile(r"(?<=```turtle\n).*?(?=```)", re.DOTALL)
_QUESTION = re.compile(r"(?<=```sparql\n)(.*?)```\n\n(\|.*?\n)(?!\|)", re.DOTALL)


def parts(page: str) -> str:
    """The page with its Turtle and its answer as a build of seeds/ gives them now."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_all(build(ROOT / "seeds"), out)
        page = _TURTLE.sub(lambda _: _turtle((out / "graph.ttl").read_text(encoding="utf-8")), page)
        return _QUESTION.sub(lambda found: f"{found[1]}```\n\n{_answer(out, found[1])}", page)


def _turtle(graph: str) -> str:
    """A policy, the statement of who issued it, a figure, its date and its span."""
    blocks = graph.split("\n\n")

    def one(*words: str) -> str:
        return next(block for block in blocks if all(word in block for word in words)).strip("\n")

    figure = one("a kg:Figure", "营业收入年均增速超过20%")
    span = re.search(r"kg:evidence (span:\w+)", figure)
    assert span
    return "\n\n".join((
        one("a kg:Policy", '"“十四五”机器人产业发展规划"'),
        one("# 工业和信息化部 印发、发布 “十四五”机器人产业发展规划"),
        figure,
        one("a kg:Date", 'kg:edtf "2025"'),
        one(f"{span[1]} a kg:Span"),
    )) + "\n"  # fmt: skip


def _answer(folder: Path, question: str) -> str:
    answer = kg.ask(folder, question)
    rows = [[cell if cell is not None else "" for cell in row] for row in answer.rows]
    lines = [list(answer.columns), ["---"] * len(answer.columns), *rows]
    return (
        "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
        .replace("| --- ", "|---")
        .replace("--- |", "---|")
    )


if __name__ == "__main__":
    README.write_text(parts(README.read_text(encoding="utf-8")), encoding="utf-8")
