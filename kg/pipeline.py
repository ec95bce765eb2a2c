"""Files into a graph: read, assemble, check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Problem
from extractors.ner.readers import Reader
from extractors.reading import LIMITS, Limits, Source
from kg import DEFAULT_NER
from kg.ahead import Ahead
from kg.assemble import assemble
from kg.check import check as faults
from kg.conform import Check, Conformance, checked
from kg.facts import Facts
from kg.fingerprint import writing
from kg.gather import read_all
from kg.graph import BASE_IRI, GraphData
from kg.kept import Kept
from kg.model import CannotRun
from kg.read import NO_READER, choose_reader, find_sources, nothing_read
from kg.resolution import Decision, read_decisions
from kg.shapes import shapes
from kg.store import Store

Progress = Callable[[int, int, str], None]  # files done, files in all, name of the last


@dataclass(frozen=True, slots=True)
class Examined:
    """Whether a graph is as it should be."""

    shapes: Conformance  # as shapes.ttl wants it
    faults: tuple[Problem, ...]  # as we want it


@dataclass(slots=True)
class Build:
    """A graph with all that went wrong on the way and how long it took; it is examined when that is first asked for."""

    graph: GraphData
    came_up: list[Problem]  # when it was read and put together
    sources: int
    characters: int
    seconds: dict[str, float]
    reader: Reader = NO_READER  # the statistical reader of names that was asked
    check: Check = "none"
    _examined: Examined | None = None

    @property
    def examined(self) -> Examined:
        """The graph held against its shapes, and whether anything points nowhere."""
        if self._examined is None:
            started = time.perf_counter()
            self._examined = Examined(checked(self.graph, self.check), tuple(faults(self.graph)))
            self.seconds["check"] = time.perf_counter() - started
        return self._examined

    @property
    def shapes(self) -> Conformance:
        return self.examined.shapes

    @property
    def problems(self) -> list[Problem]:
        """All of them, by where they came up."""
        found = [*self.came_up, *self.examined.faults, *self.shapes.problems(self.graph.base)]
        return sorted(found, key=lambda p: (p.where, p.message))

    @property
    def lost(self) -> bool:
        """Whether input was lost."""
        return any(p.lost for p in self.came_up)


def build(
    *paths: str | Path,
    sources_file: str | Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
    base_iri: str = BASE_IRI,
    jobs: int = 1,
    decisions: Iterable[Decision] | None = None,
    skip: str | Path | None = None,
    progress: Progress | None = None,
    ner: str = DEFAULT_NER,
    ner_threads: int = 1,
    ner_batch: int = 8,
    check: Check = "auto",
    store: Store | None = None,
    limits: Limits = LIMITS,
    ahead: Ahead | None = None,
) -> Build:
    """Read files and folders (`-` is standard input) into one graph; a folder `skip` inside them is passed over.

    `ner` is the statistical reader of names: none, embedded, hanlp or hanlp:MODEL (docs/hanlp.md). `check` says how
    much is held against the SHACL shapes: all, none, or (auto) all of a graph of newspaper size, else a sample. What a
    `store` has of a source is not read again; the little that it has not, a reader `ahead` reads. `limits` say how much
    of a source is read at most.
    Raises CannotRun when an option is wrong, a model is not here, or not one article can be read.
    """
    check_base(base_iri)
    reader = choose_reader(ner, ner_threads, ner_batch)
    sources, problems = find_sources(
        paths, sources_file=sources_file, issued=issued, publisher=publisher, skip=skip, limits=limits
    )
    return build_sources(
        sources, problems, base_iri=base_iri, jobs=jobs, decisions=decisions, progress=progress, reader=reader,
        check=check, store=store, ahead=ahead,
    )  # fmt: skip


def build_sources(
    sources: Sequence[Source],
    problems: Iterable[Problem] = (),
    *,
    base_iri: str = BASE_IRI,
    jobs: int = 1,
    decisions: Iterable[Decision] | None = None,
    progress: Progress | None = None,
    reader: Reader = NO_READER,
    check: Check = "auto",
    store: Store | None = None,
    ahead: Ahead | None = None,
) -> Build:
    """Read sources into one graph; `problems` came up when they were looked for."""
    started = time.perf_counter()
    problems = [*problems, *(store.problems if store else ())]
    seconds = {"read": 0.0, "extract": 0.0}
    facts: list[Facts] = []
    characters = 0
    for number, done in enumerate(read_all(sources, jobs, reader, store, _make_ready, ahead), start=1):
        facts += done.facts
        problems += done.problems
        characters += done.characters
        for stage, spent in done.seconds.items():
            seconds[stage] += spent
        if progress:
            progress(number, len(sources), done.name)
    if not facts:
        raise nothing_read(problems)
    before = time.perf_counter()
    graph = assemble(facts, read_decisions() if decisions is None else decisions)
    graph.base = base_iri
    graph.kept = Kept(writing(), store.made()) if store else None
    seconds["assemble"] = time.perf_counter() - before
    seconds["check"] = 0.0
    seconds["total"] = time.perf_counter() - started
    return Build(graph, [*problems, *graph.problems], len(sources), characters, seconds, reader, check)


def _make_ready() -> None:
    """Load what every graph asks for: a third of a second."""
    import numpy  # noqa: F401
    import pyshacl  # noqa: F401

    shapes()


def check_base(iri: str) -> None:
    """A CannotRun unless the IRI is absolute and ends where a name can follow."""
    check_iri("--base-iri", iri)
    if iri[-1] not in "/#:":
        raise CannotRun(f"--base-iri {iri}: must end with / or # or :, because names are put behind it")


def check_iri(option: str, iri: str) -> None:
    """A CannotRun unless the IRI that an option gives is absolute."""
    scheme, colon, rest = iri.partition(":")
    if not (colon and scheme.isascii() and scheme[:1].isalpha() and scheme.replace("+", "").replace("-", "").isalnum()):
        raise CannotRun(f"{option} {iri}: not an absolute IRI")
    wrong = any(c in '<>"{}|^`\\[]' or c.isspace() or not c.isprintable() for c in rest)
    percents = (rest[at + 1 : at + 3] for at, c in enumerate(rest) if c == "%")
    if wrong or not rest.strip("/#") or rest.startswith("///") or not all(map(_hexadecimal, percents)):
        raise CannotRun(f"{option} {iri}: not an IRI")


def _hexadecimal(digits: str) -> bool:
    return len(digits) == 2 and set(digits) <= set("0123456789abcdefABCDEF")
