"""Files into a graph: discover, read, extract, boil down, assemble; in this process or in several."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from extractors import extract
from extractors.model import Extraction, Problem
from extractors.reading import Source, discover, read_source
from kg.assemble import assemble
from kg.check import check
from kg.facts import Facts, boil_down
from kg.graph import BASE_IRI, KnowledgeGraph
from kg.model import CannotRun
from kg.resolve import Decision, read_decisions

Progress = Callable[[int, int, str], None]  # files done, files in all, name of the last


@dataclass(slots=True)
class Read:
    """What came out of one source, and how long it took."""

    name: str
    facts: list[Facts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    characters: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "extract": 0.0})


def extractions(source: Source) -> Iterator[Extraction | Problem]:
    """Everything that one source says, article by article. Our own mistakes cost one article, not the run."""
    for article in read_source(source):
        if isinstance(article, Problem):
            yield article
            continue
        try:
            yield extract(article)
        except Exception as error:
            yield Problem(f"{source.name}: {article.id}", f"extraction failed: {_say(error)}", lost=True)


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def read(source: Source) -> Read:
    """Read, extract and boil down one source."""
    done = Read(source.name)
    clock = time.perf_counter
    try:
        articles = read_source(source)
        while True:
            start = clock()
            article = next(articles, None)
            done.seconds["read"] += clock() - start
            if article is None:
                return done
            if isinstance(article, Problem):
                done.problems.append(article)
                continue
            start = clock()
            done.characters += len(article.text)
            try:
                done.facts.append(boil_down(extract(article)))
            except Exception as error:  # our own mistake costs one article, not the run
                where = f"{source.name}: {article.id}"
                done.problems.append(Problem(where, f"extraction failed: {_say(error)}", lost=True))
            done.seconds["extract"] += clock() - start
    except Exception as error:
        done.problems.append(Problem(source.name, f"reading failed: {_say(error)}", lost=True))
        return done


def read_all(sources: Sequence[Source], jobs: int = 1) -> Iterator[Read]:
    """Results in the order of sources, whatever the number of processes."""
    if jobs <= 1 or len(sources) < 2:
        yield from map(read, sources)
        return
    with ProcessPoolExecutor(min(jobs, len(sources))) as pool:
        # A few sources ahead of the one being awaited: memory does not grow with the number of files.
        waiting: deque[Future[Read]] = deque()
        rest = iter(sources)
        try:
            for source in islice(rest, jobs * 4):
                waiting.append(pool.submit(read, source))
            while waiting:
                done = waiting.popleft().result()
                for source in islice(rest, 1):
                    waiting.append(pool.submit(read, source))
                yield done
        except BrokenProcessPool:
            raise CannotRun("a process was killed, perhaps for want of memory; try a smaller --jobs") from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class Build:
    """A graph with all that went wrong on the way and how long it took."""

    graph: KnowledgeGraph
    problems: list[Problem]
    sources: int
    characters: int
    seconds: dict[str, float]

    @property
    def lost(self) -> bool:
        """Whether input was lost."""
        return any(p.lost for p in self.problems)


def find_sources(
    paths: Iterable[str | Path],
    *,
    sources_file: str | Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
) -> tuple[list[Source], list[Problem]]:
    """The files behind the paths, and what is wrong with some of them."""
    sources: list[Source] = []
    problems: list[Problem] = []
    named = Path(sources_file) if sources_file is not None else None
    for found in discover([str(p) for p in paths], sources_file=named, issued=issued, publisher=publisher):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            sources.append(found)
    return sources, problems


def build(
    *paths: str | Path,
    sources_file: str | Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
    base_iri: str = BASE_IRI,
    jobs: int = 1,
    decisions: Iterable[Decision] | None = None,
    progress: Progress | None = None,
) -> Build:
    """Read files and folders (`-` is standard input) into one graph.

    Raises CannotRun when an option is wrong or nothing can be read at all.
    """
    check_base(base_iri)
    started = time.perf_counter()
    sources, problems = find_sources(paths, sources_file=sources_file, issued=issued, publisher=publisher)
    if not sources:
        reason = problems[0] if problems else Problem(", ".join(map(str, paths)), "no readable files")
        raise CannotRun(f"{reason.where}: {reason.message}")
    seconds = {"read": 0.0, "extract": 0.0}
    facts: list[Facts] = []
    characters = 0
    for number, done in enumerate(read_all(sources, jobs), start=1):
        facts += done.facts
        problems += done.problems
        characters += done.characters
        for stage, spent in done.seconds.items():
            seconds[stage] += spent
        if progress:
            progress(number, len(sources), done.name)
    before = time.perf_counter()
    graph = assemble(facts, read_decisions() if decisions is None else decisions)
    graph.base = base_iri
    problems += [*graph.problems, *check(graph)]
    seconds["assemble"] = time.perf_counter() - before
    seconds["total"] = time.perf_counter() - started
    problems.sort(key=lambda p: (p.where, p.message))
    return Build(graph, problems, len(sources), characters, seconds)


def check_base(iri: str) -> None:
    """A CannotRun unless the IRI is absolute and ends where a name can follow."""
    scheme, colon, rest = iri.partition(":")
    if not (colon and scheme.isascii() and scheme[:1].isalpha() and scheme.replace("+", "").replace("-", "").isalnum()):
        raise CannotRun(f"--base-iri {iri}: not an absolute IRI")
    if not rest or any(c in '<>"{}|^`\\' or c.isspace() or not c.isprintable() for c in rest):
        raise CannotRun(f"--base-iri {iri}: not an IRI")
    if iri[-1] not in "/#:":
        raise CannotRun(f"--base-iri {iri}: must end with / or # or :, because names are put behind it")
