"""Fits the weights by which the subject of a figure is chosen: python -m tests.figure_weights TEXTS GOLD [TEXTS GOLD].

TEXTS is a folder of CHUNK.txt (with issued.tsv, lines `CHUNK<TAB>date` for texts that do not print their date) and GOLD
one of CHUNK.json, each with `figures` (quote, subject, metric, value, unit, optional) and `entities` (name, aliases).
Prints how often the right candidate is chosen by the weights that stand and, chunk by chunk left out, by those fitted;
with --write it rewrites extractors/lexicons/figure_subjects.csv. Lines whose note ends in "(set by hand)" stay.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import extractors
from extractors.extraction import extract
from extractors.figures import attach
from extractors.figures.candidates import Candidates
from extractors.figures.gathering import Candidate, Place
from extractors.figures.subjects import subject_of, weights
from extractors.model import Problem, Span
from extractors.reading import Source, read_source

LINES = Path(extractors.__file__).parent / "lexicons" / "figure_subjects.csv"
BY_HAND = "(set by hand)"
FOLDS, STEPS, RATE, SHRINK = 5, 250, 0.1, 2.0
PART = 0.5  # of a hit, for a candidate whose name only holds the right one


class Choice(NamedTuple):
    """A figure of the key: its chunk, its candidates, and how right each of them is."""

    chunk: str
    candidates: Sequence[Candidate]
    right: Sequence[float]


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path, metavar="TEXTS GOLD")
    ask.add_argument("--write", action="store_true")
    asked = ask.parse_args()
    choices = [c for n in range(0, len(asked.folders), 2) for c in read(*asked.folders[n : n + 2])]
    print(f"{len(choices)} figures; right by the weights that stand: {hits(choices, weights())}", end="; ")
    print(f"by weights fitted without their chunk: {cross_validated(choices)}")
    if asked.write:
        write(fit(choices))


def read(texts: Path, gold: Path) -> Iterator[Choice]:
    """The figures of a key whose words do not say themselves whose they are."""
    lines = (texts / "issued.tsv").read_text(encoding="utf-8").splitlines() if (texts / "issued.tsv").exists() else []
    issued = {chunk: date.strip() or None for chunk, _, date in (line.partition("\t") for line in lines)}
    for path in sorted(gold.glob("*.json")):
        key = json.loads(path.read_text(encoding="utf-8"))
        found = list(placed(texts / f"{path.stem}.txt", issued.get(path.stem)))
        for figure in key["figures"]:
            fitting = [f for f in found if same_number(f[0], figure)]
            if figure.get("optional") or not fitting:
                continue
            best = max(fitting, key=lambda f: (likeness(figure["quote"], f[1]), -f[0].number.start))
            found.remove(best)
            names = {squash(n) for n in called(figure["subject"], key["entities"])}
            yield Choice(path.stem, best[2], [rightness(c.text, names) for c in best[2]])


def placed(text: Path, issued: str | None) -> Iterator[tuple[Place, str, list[Candidate]]]:
    """Where the figures of a text stand, the words there, and their candidates."""
    seen: list[tuple[Place, list[Candidate]]] = []

    def noted(candidates: Candidates, place: Place) -> tuple[Any, str]:
        if candidates.own(place) is None:
            seen.append((place, candidates.of(place)))
        return subject_of(candidates, place)

    attach.subject_of = noted
    try:
        for article in read_source(Source(text.name, text, None, issued, None)):
            if not isinstance(article, Problem):
                seen.clear()
                extract(article)
                for place, listed in seen:
                    near = Span(max(place.sentence.start, place.number.start - 30), place.number.end + 10)
                    yield place, near.of(article.text), listed
    finally:
        attach.subject_of = subject_of


def same_number(place: Place, figure: dict[str, Any]) -> bool:
    amount = place.clause.amount
    return abs(float(amount.value) - figure["value"]) <= 1e-9 * max(1.0, abs(figure["value"]))


def squash(text: str | None) -> str:
    return re.sub(r"[\s《》“”‘’（）()·、，—-]", "", text or "").lower()


def likeness(one: str, other: str) -> int:
    return len(set(squash(one)) & set(squash(other)))


def called(subject: str | None, entities: Sequence[dict[str, Any]]) -> set[str]:
    """All names of the entity that a subject is."""
    names = {subject or ""}
    for entity in entities:
        forms = {entity["name"], *entity.get("aliases", [])}
        if subject in forms:
            names |= forms
    return names


def rightness(name: str, names: set[str]) -> float:
    said = squash(name)
    if said in names:
        return 1.0
    return PART if said and any(n and (n in said or said in n) for n in names) else 0.0


def hits(choices: Sequence[Choice], known: dict[str, int]) -> int:
    """How many times the heaviest candidate is a right one."""
    found = 0
    for choice in choices:
        weighed = [sum(known.get(f, 0) for f in c.features) for c in choice.candidates]
        found += choice.right[weighed.index(max(weighed))] > 0
    return found


def cross_validated(choices: Sequence[Choice]) -> int:
    fold = {c.chunk: int(sha256(c.chunk.encode()).hexdigest(), 16) % FOLDS for c in choices}
    total = 0
    for k in range(FOLDS):
        total += hits([c for c in choices if fold[c.chunk] == k], fit([c for c in choices if fold[c.chunk] != k]))
    return total


def fit(choices: Sequence[Choice]) -> dict[str, int]:
    """Weights, in tenths, under which the right candidates are likely (softmax with a shrinking prior)."""
    fixed = {line["word"]: int(line["value"]) for line in lines() if BY_HAND in line["note"]}
    names = sorted({f for c in choices for candidate in c.candidates for f in candidate.features})
    told = [c for c in choices if any(c.right) and not all(c.right)]
    features = np.array([[f in k.features for f in names] for c in told for k in c.candidates], dtype=float)
    group = np.repeat(np.arange(len(told)), [len(c.candidates) for c in told])
    right = np.array([r if max(c.right) == 1 else 2 * r for c in told for r in c.right])
    weight = np.array([fixed.get(f, 0) / 10 for f in names])
    free = np.array([f not in fixed for f in names])
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, STEPS + 1):
        likely = np.exp(np.clip(features @ weight, -30, 30))
        all_, good = (np.bincount(group, v, len(told)) for v in (likely, likely * right))
        slope = features.T @ (likely * right / good[group] - likely / all_[group]) - SHRINK * weight
        slope *= free
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weight += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {f: round(float(w) * 10) for f, w in zip(names, weight, strict=True)}


def lines() -> list[dict[str, str]]:
    with LINES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(fitted: dict[str, int]) -> None:
    """The lines that stand with their new values; a feature without a line gets none, for its note is to be written."""
    kept = [{**line, "value": str(fitted.get(line["word"], int(line["value"])))} for line in lines()]
    with LINES.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["word", "value", "note"], lineterminator="\n")
        out.writeheader()
        out.writerows(kept)
    print("no line for:", ", ".join(sorted(set(fitted) - {line["word"] for line in kept})))


if __name__ == "__main__":
    main()
