"""A build that never holds its graph: what was read goes through the plan, straight into the files."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractors.model import Problem
from extractors.ner.readers import Reader
from extractors.reading import Source
from kg.block import Block
from kg.conform import UNCHECKED
from kg.export import csv
from kg.export.files import compressed, write_whole
from kg.export.ntriples import lines
from kg.export.report import OPEN, told
from kg.export.turtle import Terms
from kg.gather import read_all
from kg.graph import GraphData
from kg.model import About, CannotRun
from kg.plan.keeping import told as records
from kg.plan.local import LocalRunner, parts_for
from kg.plan.stage import Frame, Runner
from kg.plan.steps import Done, carry_out
from kg.rdf import Rdf
from kg.read import NO_READER, nothing_read
from kg.resolution import Decision
from kg.store import Store
from kg.written import NOTED, REPORT, Seal

if TYPE_CHECKING:
    from kg.pipeline import Progress

GROUPS = ("articles", "entities", "relations", "figures", "dates")  # of counts, in the order of a report
TABLES = {"entities": csv.ENTITIES, "relations": csv.RELATIONS, "figures": csv.FIGURES}
BAGS = {"entities": "entities", "relations": "relations", "figures": "statistics"}


@dataclass(slots=True)
class Flat:
    """What was built, in numbers; the graph is in its files alone."""

    counts: Mapping[str, Mapping[str, int]]
    undecided: Mapping[str, int]  # by kind
    triples: int
    problems: Sequence[Problem]
    sources: int
    characters: int
    seconds: dict[str, float]
    reader: Reader
    resolution: Mapping[str, object] = field(default_factory=dict)  # judgements by kind, reprints

    @property
    def lost(self) -> bool:
        """Whether input was lost."""
        return any(problem.lost for problem in self.problems)

    def told_by(self, done: Done) -> None:
        """Take over what the plan has counted."""
        judged = Counter(judgement.judgement for judgement in done.judgements)
        self.problems = sorted([*self.problems, *done.problems], key=lambda p: (p.where, p.message))
        self.counts, self.undecided = counts_of(done), done.numbers.get("undecided", {})
        self.resolution = {"judgements": dict(sorted(judged.items())), "reprints": done.reprints}

    def report(self, base: str, seals: Mapping[str, object]) -> bytes:
        """report.json, without the list of what is undecided, which grows with the number of articles."""
        left = {"counts": {name: self.undecided.get(kind, 0) for kind, name in OPEN.items()}, "articles": []}
        extra = {"written": {"triples": self.triples}, NOTED: seals, "resolution": self.resolution}
        words = told(
            base, self.sources, self.characters, self.reader, self.counts, extra, self.lost, UNCHECKED.as_dict(), left,
            self.problems, self.seconds,
        )  # fmt: skip
        return json.dumps(words, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def line_formats(formats: str | None) -> list[str]:
    """The RDF files of a build without a graph. A CannotRun for a format that is not written line by line."""
    wanted = [ending.strip().lstrip(".") for ending in (formats or "nt.gz").split(",") if ending.strip()]
    for ending in wanted:
        if ending not in ("nt", "nt.gz"):
            raise CannotRun(f"--format {ending}: only nt and nt.gz can be written without a graph in memory")
    return [f"graph.{ending}" for ending in dict.fromkeys(wanted)]


def counts_of(done: Done) -> dict[str, dict[str, int]]:
    """How much of what, as the report has it."""
    found = {group: dict(sorted(done.numbers.get(group, {}).items())) for group in GROUPS}
    return found | {"dates": {kind: found["dates"].get(kind, 0) for kind in ("mentioned", "inferred")}}


def header_lines(done: Done, frame: Frame, about: About) -> tuple[str, str, int]:
    """The beginning and the end of a file of triples, and how many there are with them."""
    head = done.header(frame, about)
    terms = Terms(Rdf(GraphData(base=frame.base), frame.align, frame.rdf12), short=False)

    def said(blocks: Iterable[Block]) -> str:
        return "".join(line for block in blocks for line in lines(block, terms))

    return said(head.opening), said(head.closing), head.triples


def build_flat(
    sources: Sequence[Source],
    problems: Iterable[Problem],
    folder: Path,
    store: Store,
    *,
    frame: Frame | None = None,
    jobs: int = 1,
    decisions: Iterable[Decision] = (),
    reader: Reader = NO_READER,
    about: About | None = None,
    rdf_files: Sequence[str] = ("graph.nt.gz",),
    progress: Progress | None = None,
) -> tuple[Flat, list[Path]]:
    """Read sources and write triples, tables and the report into the folder of the store; what was built, and where.

    Rows and triples are those of a build with a graph, in another order. Raises CannotRun when nothing can be read.
    """
    started = time.perf_counter()
    parts = parts_for(sum(map(size_of, sources)))
    known = frame or Frame(parts)
    frame = Frame(parts, known.base, known.align, known.rdf12)
    flat = Flat({}, {}, 0, [*problems, *store.problems], len(sources), 0, {"read": 0.0, "extract": 0.0}, reader)
    with LocalRunner(folder, parts) as runner:
        _read(runner, flat, sources, jobs, store, frame, progress)
        before = time.perf_counter()
        done = carry_out(runner, frame, decisions)
        flat.seconds["assemble"] = time.perf_counter() - before
        flat.told_by(done)
        return flat, _write(runner, flat, done, frame, about or About(), folder, rdf_files, started)


def size_of(source: Source) -> int:
    try:
        return len(source.data) if source.data is not None else source.path.stat().st_size if source.path else 0
    except OSError:
        return 0


def _read(
    runner: Runner, flat: Flat, sources: Sequence[Source], jobs: int, store: Store, frame: Frame,
    progress: Progress | None,
) -> None:  # fmt: skip
    articles = 0
    lost: list[Problem] = []
    for number, done in enumerate(read_all(sources, jobs, flat.reader, store)):
        runner.put(records(number, done, number * frame.parts // len(sources), frame.parts))
        articles += len(done.facts)
        lost += [problem for problem in done.problems if problem.lost]
        flat.characters += done.characters
        for stage, spent in done.seconds.items():
            flat.seconds[stage] += spent
        if progress:
            progress(number + 1, len(sources), done.name)
    if not articles:
        raise nothing_read([*flat.problems, *lost])


def _write(
    runner: Runner, flat: Flat, done: Done, frame: Frame, about: About, folder: Path, rdf_files: Sequence[str],
    started: float,
) -> list[Path]:  # fmt: skip
    before = time.perf_counter()
    files: dict[str, Callable[[BinaryIO], object]] = {}
    seals: dict[str, Seal] = {}
    names = (*rdf_files, *(f"{name}.csv" for name in TABLES), "resolution.csv")
    opening, closing, flat.triples = header_lines(done, frame, _with_files(about, names))

    def triples(out: BinaryIO, name: str) -> None:
        with compressed(out, name) as into:
            text = io.TextIOWrapper(into, encoding="utf-8", newline="\n")
            text.write(opening)
            text.writelines(runner.gather("triples"))
            text.write(closing)
            text.flush()
            text.detach()

    def table(out: BinaryIO, name: str) -> None:
        csv.write_table(TABLES[name], _rows(runner, name), out, "utf-8-sig")

    def report(out: BinaryIO) -> None:
        flat.seconds["export"] = time.perf_counter() - before
        flat.seconds["total"] = time.perf_counter() - started
        out.write(flat.report(frame.base, seals))

    for name in rdf_files:
        files[name] = lambda out, name=name: triples(out, name)  # type: ignore[misc]
    for name in TABLES:
        files[f"{name}.csv"] = lambda out, name=name: table(out, name)  # type: ignore[misc]
    files["resolution.csv"] = lambda out: csv.write_resolution(GraphData(judgements=done.judgements), out)
    return write_whole(folder, {**files, REPORT: report}, seals)


def _with_files(about: About, names: Iterable[str]) -> About:
    return About(about.title, about.licence, about.version, tuple(names))


def _rows(runner: Runner, name: str) -> Iterator[csv.Row]:
    return runner.gather(BAGS[name])
