"""Files into a graph: read, assemble, check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Problem
from extractors.ner.readers import Reader
from kg import DEFAULT_NER
from kg.assemble import assemble
from kg.check import check
from kg.facts import Facts
from kg.graph import BASE_IRI, KnowledgeGraph
from kg.model import CannotRun
from kg.read import NO_READER, choose_reader, find_sources, nothing_read, read_all
from kg.resolve import Decision, read_decisions

Progress = Callable[[int, int, str], None]  # files done, files in all, name of the last


@dataclass(slots=True)
class Build:
    """A graph with all that went wrong on the way and how long it took."""

    graph: KnowledgeGraph
    problems: list[Problem]
    sources: int
    characters: int
    seconds: dict[str, float]
    reader: Reader = NO_READER  # the statistical reader of names that was asked

    @property
    def lost(self) -> bool:
        """Whether input was lost."""
        return any(p.lost for p in self.problems)


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
) -> Build:
    """Read files and folders (`-` is standard input) into one graph; a folder `skip` inside them is passed over.

    `ner` is the statistical reader of names: none, embedded, hanlp or hanlp:MODEL (docs/hanlp.md).
    Raises CannotRun when an option is wrong, a model is not here, or not one article can be read.
    """
    check_base(base_iri)
    reader = choose_reader(ner, ner_threads, ner_batch)
    started = time.perf_counter()
    sources, problems = find_sources(paths, sources_file=sources_file, issued=issued, publisher=publisher, skip=skip)
    seconds = {"read": 0.0, "extract": 0.0}
    facts: list[Facts] = []
    characters = 0
    for number, done in enumerate(read_all(sources, jobs, reader), start=1):
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
    problems += [*graph.problems, *check(graph)]
    seconds["assemble"] = time.perf_counter() - before
    seconds["total"] = time.perf_counter() - started
    problems.sort(key=lambda p: (p.where, p.message))
    return Build(graph, problems, len(sources), characters, seconds, reader)


def check_base(iri: str) -> None:
    """A CannotRun unless the IRI is absolute and ends where a name can follow."""
    scheme, colon, rest = iri.partition(":")
    if not (colon and scheme.isascii() and scheme[:1].isalpha() and scheme.replace("+", "").replace("-", "").isalnum()):
        raise CannotRun(f"--base-iri {iri}: not an absolute IRI")
    wrong = any(c in '<>"{}|^`\\[]' or c.isspace() or not c.isprintable() for c in rest)
    percents = (rest[at + 1 : at + 3] for at, c in enumerate(rest) if c == "%")
    if wrong or not rest.strip("/#") or rest.startswith("///") or not all(map(_hexadecimal, percents)):
        raise CannotRun(f"--base-iri {iri}: not an IRI")
    if iri[-1] not in "/#:":
        raise CannotRun(f"--base-iri {iri}: must end with / or # or :, because names are put behind it")


def _hexadecimal(digits: str) -> bool:
    return len(digits) == 2 and set(digits) <= set("0123456789abcdefABCDEF")
