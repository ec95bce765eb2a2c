"""From paths to the facts of every article of a source."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from extractors.model import Article, Extraction, Problem
from extractors.ner import NotReady, Proposer
from extractors.ner.readers import Reader, chosen, proposer
from extractors.reading import LIMITS, Limits, Source, discover, is_issue_date, read_source
from kg import DEFAULT_NER
from kg.facts import Facts, Read, boil_down
from kg.model import CannotRun

T = TypeVar("T")
NO_READER = Reader()
# Articles of one source that a reader of names is told of together.
_AHEAD = 32


def find_sources(
    paths: Iterable[str | Path],
    *,
    sources_file: str | Path | None = None,
    issued: str | None = None,
    publisher: str | None = None,
    skip: str | Path | None = None,
    limits: Limits = LIMITS,
) -> tuple[list[Source], list[Problem]]:
    """The files behind the paths, and what is wrong with some of them. A CannotRun when there is nothing to read."""
    paths = list(paths)
    check_options(paths, sources_file, issued)
    sources: list[Source] = []
    problems: list[Problem] = []
    named = Path(sources_file) if sources_file is not None else None
    wanted = [str(p) for p in paths]
    left_out = Path(skip) if skip is not None else None
    for found in discover(wanted, sources_file=named, issued=issued, publisher=publisher, skip=left_out, limits=limits):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            sources.append(found)
    if not sources:
        raise nothing_read(problems)
    return sources, problems


def check_options(paths: Iterable[str | Path], sources_file: str | Path | None, issued: str | None) -> None:
    """A CannotRun where they cannot be meant, in the words of the command."""
    if issued is not None and not is_issue_date(issued):
        raise CannotRun(f"--issued {issued}: not a date; write 2025-05-28, 2025-05 or 2025")
    if sources_file is not None and not Path(sources_file).is_file():
        raise CannotRun(f"--sources {sources_file}: no such file")
    if list(paths).count("-") > 1:
        raise CannotRun("-: standard input can be read only once")


def limits_of(words: Iterable[str] | None) -> Limits:
    """The limits that NAME=N set; a CannotRun where they cannot be meant."""
    try:
        return Limits.of(words or ())
    except ValueError as error:
        raise CannotRun(f"--limit {error}") from None


def nothing_read(problems: Sequence[Problem]) -> CannotRun:
    """Why there is nothing to make a graph of: the one reason, or all of them."""
    lost = [p for p in problems if p.lost]
    if len(lost) == 1:
        return CannotRun(f"{lost[0].where}: {lost[0].message}")
    return CannotRun("not one article could be read, so nothing was written", lost)


def choose_reader(words: str = DEFAULT_NER, threads: int = 1, batch: int = 8) -> Reader:
    """The statistical reader of names that is asked for. A CannotRun when its model or its packages are not here."""
    try:
        return chosen(words, threads, batch)
    except NotReady as error:
        raise CannotRun(str(error), error.problems) from None


def _proposer(reader: Reader) -> Proposer | None:
    try:
        return proposer(reader)
    except NotReady as error:
        raise CannotRun(str(error), error.problems) from None


def articles_of(source: Source) -> Iterator[Article | Problem]:
    """The articles of one source. A mistake of ours or of a format's library costs one source, not the run."""
    try:
        yield from read_source(source)
    except Exception as error:
        yield Problem(source.name, f"reading failed: {_say(error)}", lost=True)


def _announced(articles: Iterator[Article | Problem], propose: Proposer | None) -> Iterator[Article | Problem]:
    """The articles as they come; a reader of names that is faster with several texts is told which come next."""
    ahead = getattr(propose, "ahead", None)
    while ahead and (coming := list(islice(articles, _AHEAD))):
        ahead([article.text for article in coming if isinstance(article, Article)])
        yield from coming
    yield from articles


def extractions(source: Source, reader: Reader = NO_READER) -> Iterator[Extraction | Problem]:
    """Everything that one source says, article by article."""
    from extractors.extraction import extract  # its rules take a second to make ready

    work = partial(extract, propose=_proposer(reader))
    for article in articles_of(source):
        yield article if isinstance(article, Problem) else _guarded(work, article)


def _guarded(work: Callable[[Article], T], article: Article) -> T | Problem:
    """What the work makes of an article. Our own mistakes cost one article, not the run."""
    try:
        return work(article)
    except Exception as error:
        return Problem(f"{article.source}: {article.id}", f"extraction failed: {_say(error)}", lost=True)


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _facts(article: Article, propose: Proposer | None) -> Facts:
    from extractors.extraction import extract

    return boil_down(extract(article, propose))


def read(source: Source, reader: Reader = NO_READER) -> Read:
    """Read, extract and boil down one source."""
    done = Read(source.name)
    propose = _proposer(reader)
    work = partial(_facts, propose=propose)
    articles = _announced(articles_of(source), propose)
    while True:
        start = time.perf_counter()
        article = next(articles, None)
        done.seconds["read"] += time.perf_counter() - start
        if article is None:
            return done
        if isinstance(article, Problem):
            done.problems.append(article)
            continue
        done.characters += len(article.text)
        start = time.perf_counter()
        found = _guarded(work, article)
        done.seconds["extract"] += time.perf_counter() - start
        if isinstance(found, Problem):
            done.problems.append(found)
        else:
            done.facts.append(found)
