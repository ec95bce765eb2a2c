"""Counts what readers judged of random draws, and writes the tables of docs/QUALITY.md: python -m tests.quality [DIR].

DIR holds the judged tables of tests/draws.py (first column: `ok` or `wrong`, for figures also `full`, when subject,
metric, time and status are right too; for candidates `there/missed`; a note may follow after a space). They are kept in
docs/quality/verdicts.csv, without the sentences, which are not ours to print; without DIR that file is counted.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from math import sqrt
from pathlib import Path

from extractors.ontology import entity_types

DOCS = Path(__file__).parent.parent / "docs"
VERDICTS = DOCS / "quality" / "verdicts.csv"
PAGE = DOCS / "QUALITY.md"
BEGIN, END = "<!-- tables: python -m tests.quality -->\n", "<!-- end of tables -->\n"
ALL_FIELDS = "Figure (all fields)"
FIELDS = ("table", "where", "what", "verdict", "note")


def judged(folder: Path) -> list[dict[str, str]]:
    """The lines of all judged tables. A line without a verdict is a ValueError naming file and line."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            verdict, where, what, *_words = line.split("\t")
            verdict, _, note = verdict.strip().partition(" ")
            if not re.fullmatch(r"\d+/\d+" if ".candidates" in path.name else "ok|wrong|full", verdict):
                raise ValueError(f"{path.name}:{number}: no verdict: {verdict!r}")
            kept = "" if ".candidates" in path.name else what
            rows.append(dict(zip(FIELDS, (path.stem, where, kept, verdict, note), strict=True)))
    return rows


def tables(rows: list[dict[str, str]]) -> str:
    """Two tables in Markdown: precision and recall per type, entities and figures first, then relations."""
    right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if row["table"].endswith(".candidates"):
            there, missed = map(int, row["verdict"].split("/"))
            counts = found[row["table"].removesuffix(".candidates")]
            counts[0] += 1
            counts[1] += there
            counts[2] += missed
        else:
            right[row["table"]][0] += row["verdict"] != "wrong"
            right[row["table"]][1] += 1
            if row["table"] == "Figure":
                right[ALL_FIELDS][0] += row["verdict"] == "full"
                right[ALL_FIELDS][1] += 1
    names = sorted(right.keys() | found.keys())
    things = [name for name in names if name in entity_types() or name in ("Date", "Figure", ALL_FIELDS)]
    return "\n".join(
        part
        for title, kind in (("Names, dates, figures", things), ("Relations", [n for n in names if n not in things]))
        for part in _table(title, kind, right, found)
    )


def _table(title: str, names: list[str], right: dict[str, list[int]], found: dict[str, list[int]]) -> list[str]:
    lines = [
        f"| {title} | drawn | right | precision | 95 % interval | sentences | there | missed | recall |",
        "|---|--:|--:|--:|:-:|--:|--:|--:|--:|",
    ]
    for name in [*names, "all"]:
        group = [n for n in names if n != ALL_FIELDS] if name == "all" else [name]
        ok, drawn = (sum(right[n][i] for n in group if n in right) for i in (0, 1))
        read, there, missed = (sum(found[n][i] for n in group if n in found) for i in (0, 1, 2))
        precision = f"{ok / drawn:.2f} | {_interval(ok, drawn)}" if drawn else "– | –"
        recall = f"{1 - missed / there:.2f}" if there else "–"
        label = f"**{name}**" if name == "all" else f"`{name}`"
        lines.append(f"| {label} | {drawn} | {ok} | {precision} | {read} | {there} | {missed} | {recall} |")
    return [*lines, ""]


def _interval(hits: int, of: int) -> str:
    """Wilson's score interval: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209."""
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return f"{(middle - half) / (1 + z * z / of):.2f}–{(middle + half) / (1 + z * z / of):.2f}"


def kept() -> list[dict[str, str]]:
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    if len(sys.argv) > 1:
        VERDICTS.parent.mkdir(parents=True, exist_ok=True)
        with VERDICTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(judged(Path(sys.argv[1])))
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    PAGE.write_text(head + BEGIN + tables(kept()) + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
