"""How well mentions of one thing come together across articles: python -m tests.resolution_score FOLDER [--misses].

FOLDER holds the texts of resolution/key.toml, with the names and hashes of resolution/sources.csv. All of them
are built into one graph; each mention of the key counts as the node that the words at its place went to. Printed are
B-cubed precision, recall and F1 over the mentions, and how many pairs of a block are judged right. `--part b` and
`--part both` print totals only: b is held back, to measure what was developed on a. What no extractor finds stands
alone.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from extractors.model import Extraction, Name, Span, Undecided
from extractors.ontology import entity_types
from extractors.reading import Source
from kg.assemble import each_once
from kg.facts import Facts, boil_down, entity_id
from kg.read import extractions, find_sources
from kg.resolution import read_decisions, resolve

HERE = Path(__file__).parent / "resolution"
ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at a place of a file, and which cluster they belong to."""

    file: str
    offset: int
    surface: str
    type: str
    cluster: str

    @property
    def span(self) -> Span:
        return Span(self.offset, self.offset + len(self.surface))

    def __str__(self) -> str:
        return f"{self.surface} ({self.file}:{self.offset})"


@dataclass(frozen=True, slots=True)
class Block:
    """Mentions that may be confused."""

    id: str
    category: str
    part: str
    apart: str  # what its unlike clusters mostly are to one another
    why: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the extractors made of a mention: a name of an article, or words left open."""

    article: str
    node: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Means over mentions, each between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f}  {self.recall:.3f}  {self.f1:.3f}"


Clusters = Mapping[Mention, Hashable]
PARTS = ("a", "b", "both")


def read_key(path: Path = HERE / "key.toml") -> tuple[Block, ...]:
    """The blocks of the key, in the order of the file."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["block"]
    return tuple(Block(**row | {"mentions": tuple(Mention(*values) for values in row["mentions"])}) for row in rows)


def read_sources(path: Path = HERE / "sources.csv") -> dict[str, str]:
    """The hash of each file that the key speaks of."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["sha256"] for row in csv.DictReader(file)}


def bcubed(gold: Clusters, answer: Clusters, among: Iterable[Mention] | None = None) -> Score:
    """B-cubed (Bagga and Baldwin 1998) over all mentions of `gold`; the means are taken `among` some of them.

    Precision of a mention is the share of its answered cluster that belongs with it, recall the share of what belongs
    with it that is in its answered cluster; it belongs with itself.
    """
    wanted, given = _members(gold, gold), _members(answer, gold)
    precision, recall = [], []
    for mention in gold if among is None else among:
        right, there = wanted[gold[mention]], given[answer[mention]]
        shared = len(right & there)
        precision.append(shared / len(there))
        recall.append(shared / len(right))
    return Score(sum(precision) / len(precision), sum(recall) / len(recall))


def _members(clusters: Clusters, mentions: Iterable[Mention]) -> dict[Hashable, set[Mention]]:
    members: dict[Hashable, set[Mention]] = defaultdict(set)
    for mention in mentions:
        members[clusters[mention]].add(mention)
    return members


def pairs(blocks: Iterable[Block], answer: Clusters) -> Iterator[tuple[Block, Mention, Mention, bool, bool]]:
    """Every pair of answered mentions of a block: whether it is one thing, and whether the answer says so."""
    for block in blocks:
        for left, right in combinations([m for m in block.mentions if m in answer], 2):
            yield block, left, right, left.cluster == right.cluster, answer[left] == answer[right]


def read_all(
    folder: Path, mentions: Iterable[Mention], jobs: int = 2
) -> tuple[list[Facts], dict[Mention, Found | None]]:
    """The facts of every file of the key, and what the extractors found at the place of each mention."""
    by_file: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_file[mention.file].append(mention)
    sources, _ = find_sources([folder / f"{name}{ENDING}" for name in sorted(by_file)])
    facts: list[Facts] = []
    found: dict[Mention, Found | None] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for some, these in pool.map(partial(_read, by_file), sources, chunksize=4):
            facts += some
            found |= these
    return facts, found


def _read(by_file: Mapping[str, Sequence[Mention]], source: Source) -> tuple[list[Facts], dict[Mention, Found | None]]:
    read = [said for said in extractions(source) if isinstance(said, Extraction)]
    wanted = by_file[Path(source.name).stem]
    return [boil_down(said) for said in read], {mention: find(mention.span, read) for mention in wanted}


def find(place: Span, read: Iterable[Extraction]) -> Found | None:
    """The name that overlaps most with a place of the raw file, if it shares more than half of what both cover.

    The marks around 《条例》 are no part of it.
    """
    best, found = 0.5, None
    for said in read:
        for span, node in _names(said):
            raw = said.article.offsets.raw(_bare(span, said.article.text))
            shared = min(raw.end, place.end) - max(raw.start, place.start)
            share = shared / (max(raw.end, place.end) - min(raw.start, place.start))
            if share > best:
                best, found = share, Found(said.article.id, node)
    return found


def _bare(span: Span, text: str) -> Span:
    """A span without the quotation marks that stand around all of it."""
    marked = span.end - span.start > 2 and text[span.start] + text[span.end - 1] in ("《》", "“”", "‘’")
    return Span(span.start + 1, span.end - 1) if marked else span


def _names(said: Extraction) -> Iterator[tuple[Span, str | None]]:
    """Where an article names something, and the node of it; None where nothing settles what is meant."""
    for mention in said.mentions:
        if mention.type in entity_types():
            yield mention.span, entity_id(mention) if isinstance(mention.value, Name) else None
    for problem in said.problems:
        if isinstance(problem, Undecided) and problem.kind == "name":
            yield problem.span, None


def homes(facts: Iterable[Facts]) -> Callable[[str, str], str]:
    """Which node a name of an article goes to when a graph is put together."""
    resolution = resolve(each_once(facts), read_decisions())
    return lambda node, article: resolution.home(node, f"Article/{article}")


def answered(found: Mapping[Mention, Found | None], home: Callable[[str, str], str]) -> dict[Mention, Hashable]:
    """The node of each mention; what has none is a cluster of its own."""
    return {m: home(f.node, f.article) if f is not None and f.node is not None else m for m, f in found.items()}


def of(part: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a part; all of both."""
    return [block for block in blocks if part in (block.part, "both")]


def scores(facts: Iterable[Facts], blocks: Sequence[Block], found: Mapping[Mention, Found | None]) -> dict[str, Score]:
    """B-cubed of both parts and of each."""
    answer = answered(found, homes(facts))
    golds = {part: {m: m.cluster for block in of(part, blocks) for m in block.mentions} for part in PARTS}
    return {part: bcubed(gold, answer) for part, gold in golds.items()}


def report(part: str, blocks: Sequence[Block], found: Mapping[Mention, Found | None], answer: Clusters) -> str:
    """The tables of one part; by category only where somebody may look."""
    chosen = of(part, blocks)
    gold = {mention: mention.cluster for block in chosen for mention in block.mentions}
    missing = sum(found[mention] is None for mention in gold)
    unsettled = sum(f is not None and f.node is None for f in map(found.__getitem__, gold))
    lines = [
        f"part {part}: {len(chosen)} blocks, {len(gold)} mentions of {len(set(gold.values()))} things, "
        f"{missing} not found, {unsettled} left open",
        f"{'':32}mentions  precis. recall   F1     same found  apart kept",
        _line("all", gold, answer, list(gold), chosen),
        _line("of what is found", *_settled(gold, found, answer), chosen),
    ]
    if part == "a":
        for category in dict.fromkeys(block.category for block in chosen):
            some = [block for block in chosen if block.category == category]
            lines.append(_line(category, gold, answer, [m for block in some for m in block.mentions], some))
    return "\n".join(lines)


def _settled(
    gold: Clusters, found: Mapping[Mention, Found | None], answer: Clusters
) -> tuple[Clusters, Clusters, list[Mention]]:
    """The mentions that have a node, as if they were the whole key: what resolution alone is good for."""
    some = [mention for mention in gold if (seen := found[mention]) is not None and seen.node is not None]
    return {m: gold[m] for m in some}, {m: answer[m] for m in some}, some


def _line(name: str, gold: Clusters, answer: Clusters, among: Sequence[Mention], blocks: Iterable[Block]) -> str:
    judged = [(same, said) for _, _, _, same, said in pairs(blocks, answer)]
    same, apart = judged.count((True, True)), judged.count((False, False))
    one, two = sum(s for s, _ in judged), sum(not s for s, _ in judged)
    return f"{name:32}{len(among):8}  {bcubed(gold, answer, among)}  {same:4} of {one:4}  {apart:4} of {two:4}"


def misses(blocks: Iterable[Block], found: Mapping[Mention, Found | None], answer: Clusters) -> Iterator[str]:
    """Every pair of part a that is judged wrong, and every mention that has no node."""
    chosen = [block for block in blocks if block.part == "a"]
    for block, left, right, same, said in pairs(chosen, answer):
        if same and not said:
            yield f"{block.id}\tnot brought together\t{left}\t{right}"
        elif said and not same:
            yield f"{block.id}\t{block.apart}, but one node\t{left}\t{right}"
    for block in chosen:
        for mention in block.mentions:
            if (seen := found[mention]) is None or seen.node is None:
                yield f"{block.id}\t{'not found' if seen is None else 'left open'}\t{mention}"


def changed(folder: Path) -> list[str]:
    """The files of the key that are not there as they were."""
    wrong = []
    for name, digest in read_sources().items():
        path = folder / f"{name}{ENDING}"
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(path.name)
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.resolution_score")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=PARTS, default="a")
    parser.add_argument("--misses", action="store_true", help="list what is wrong in part a")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    if wrong := changed(options.folder):
        print(f"{options.folder}: {len(wrong)} files are not those of the key: {', '.join(wrong[:5])}", file=sys.stderr)
        return 1
    blocks = read_key()
    facts, found = read_all(options.folder, (m for block in blocks for m in block.mentions), options.jobs)
    answer = answered(found, homes(facts))
    print(report(options.part, blocks, found, answer))
    if options.misses and options.part == "a":
        print(*misses(blocks, found, answer), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
