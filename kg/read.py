"""From paths to the facts of every article, in this process or in several."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractors.model import Article, Extraction, Problem
from extractors.ner import NotReady, Proposer
from extractors.ner.readers import Reader, chosen, proposer
from extractors.reading import LIMITS, Limits, Source, bytes_of, discover, is_issue_date, read_source
from kg import DEFAULT_NER
from kg.beside import follow
from kg.facts import Facts, Read, boil_down
from kg.fingerprint import content, key, rules
from kg.model import CannotRun
from kg.packing import Unreadable, pack, unpack

if TYPE_CHECKING:
    from kg.store import Store

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


def read_all(
    sources: Sequence[Source], jobs: int = 1, reader: Reader = NO_READER, store: Store | None = None
) -> Iterator[Read]:
    """Results in the order of sources, whatever the number of processes; each process loads its own model.

    What the store has of a source, under the rules as they are now, is not read again; what it has not is put there as
    soon as it is read, so that a build that is stopped goes on where it was.
    """
    if store is None and (jobs <= 1 or len(sources) < 2):
        yield from (read(source, reader) for source in sources)
        return
    version = rules(reader)
    for reading in _readings(sources, jobs, reader, version, store):
        done = reading.done or unpack(reading.packed or b"")  # one of them is there
        if not reading.fresh:
            done.seconds = dict.fromkeys(done.seconds, 0.0)
        elif store is not None and reading.key and reading.packed:
            store.keep(reading.key, done.name, version, reading.packed)
        yield done


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of one source: as it is, as bytes, or both; bytes go cheaply to other processes."""

    key: str | None  # under which it may be kept
    packed: bytes | None
    done: Read | None
    fresh: bool = True


def _readings(
    sources: Sequence[Source], jobs: int, reader: Reader, version: str, store: Store | None
) -> Iterator[_Reading]:
    """The reading of every source, in their order: from the store, or read now in this process or in others.

    Where something is kept, others read what is new while this one recalls it, be it a single other.
    """
    known = _known(sources, version, store)
    new = [number for number in range(len(sources)) if number not in known]
    if not new or (jobs <= 1 and not known):
        for number, source in enumerate(sources):
            yield _recalled(known.get(number), store) or _read_to_keep(source, reader, version)
        return
    work = partial(_read_to_send, reader=reader, version=version)
    workers = min(max(jobs, 1), len(new))
    if workers > 1:
        _make_ready()  # processes come with the first source, and share what is there by then
    # A fork of a process in which torch has run may wait for ever on threads that it has not got.
    fresh = multiprocessing.get_context("spawn") if reader.kind == "hanlp" and "torch" in sys.modules else None
    with ProcessPoolExecutor(workers, fresh, initializer=follow) as pool:
        # A few sources ahead of the one being awaited: memory does not grow with the number of files.
        waiting: deque[Future[_Reading]] = deque(pool.submit(work, sources[number]) for number in new[: workers * 4])
        rest = iter(new[workers * 4 :])
        try:
            for number, source in enumerate(sources):
                if number in known:
                    yield _recalled(known[number], store) or _read_to_keep(source, reader, version)
                    continue
                done = waiting.popleft().result()
                waiting.extend(pool.submit(work, sources[number]) for number in islice(rest, 1))
                yield done
        except BrokenProcessPool:
            raise CannotRun("a process was killed, perhaps for want of memory; try a smaller --jobs") from None
        except BaseException:  # Ctrl-C must not wait until long files are read
            for process in multiprocessing.active_children():
                process.terminate()
            raise


@cache
def _make_ready() -> None:
    """Rules and lexicons in memory: what a first article asks for."""
    from extractors.extraction import extract

    extract(Article("", "", None, "1月1日，国家能源局局长在北京市出席会议。", "2024-01-01"))


def _in_hand(source: Source) -> Source:
    """The source with what stands in it; as it is where that cannot be had."""
    data = bytes_of(source)
    return source if data is None else replace(source, data=data)


def _known(sources: Sequence[Source], version: str, store: Store | None) -> dict[int, str]:
    """By the numbers of the sources that the store has as they are now, the keys of what was read of them."""
    if store is None or not store.holds(version):
        return {}
    found: dict[int, str] = {}
    for number, source in enumerate(sources):
        data = bytes_of(source)
        if data is not None and store.has(known := key(source, content(data), version)):
            found[number] = known
    return found


def _recalled(known: str | None, store: Store | None) -> _Reading | None:
    """What the store has under a key; nothing where it is damaged, to be read again."""
    packed = store.recall(known) if store and known else None
    try:
        return None if packed is None else _Reading(known, None, unpack(packed), fresh=False)
    except Unreadable:
        return None


def _read_to_keep(source: Source, reader: Reader, version: str) -> _Reading:
    """Read a source. Its key is that of the very bytes that were read: a file may change between two looks."""
    held = _in_hand(source)
    data, done = held.data, read(held, reader)
    try:
        packed = pack(done)
    except UnicodeEncodeError:  # a file name that is no text
        return _Reading(None, None, done)
    # What lost something is tried again the next time: it may be mended by then, the file or we.
    sound = data is not None and not any(problem.lost for problem in done.problems)
    return _Reading(key(source, content(data), version) if sound and data is not None else None, packed, done)


def _read_to_send(source: Source, reader: Reader, version: str) -> _Reading:
    reading = _read_to_keep(source, reader, version)
    return replace(reading, done=None) if reading.packed else reading
