"""What all sources say, read now or recalled from the store, in this process or in several."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

from extractors.model import Article
from extractors.ner.readers import Reader
from extractors.reading import Source, bytes_of
from kg.beside import follow, helpful, uninterrupted
from kg.facts import Read
from kg.fingerprint import content, key, rules
from kg.model import CannotRun
from kg.packing import Unreadable, pack, unpack
from kg.read import NO_READER, read

if TYPE_CHECKING:
    from kg.ahead import Ahead
    from kg.store import Store


def read_all(
    sources: Sequence[Source],
    jobs: int = 1,
    reader: Reader = NO_READER,
    store: Store | None = None,
    idle: Callable[[], None] | None = None,
    ahead: Ahead | None = None,
) -> Iterator[Read]:
    """Results in the order of sources, whatever the number of processes; each process loads its own model.

    What the store has of a source, under the rules as they are now, is not read again; what it has not is put there as
    soon as it is read, so that a build that is stopped goes on where it was. `idle` is done, once, while this process
    would only wait for others. A reader `ahead` reads what is new, if that is little.
    """
    if store is None and (jobs <= 1 or len(sources) < 2):
        yield from (read(source, reader) for source in sources)
        return
    version = rules(reader)
    for reading in _readings(sources, jobs, reader, version, store, idle, ahead):
        done = reading.done or unpack(reading.packed or b"")  # one of them is there
        if not reading.fresh:
            done.seconds = dict.fromkeys(done.seconds, 0.0)
        elif store is not None and reading.key and reading.packed:
            store.keep(reading.key, done.name, version, reading.packed)
        if reading.key:
            for number, facts in enumerate(done.facts):
                facts.key = f"{reading.key} {number}"
        yield done


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one source: as it is, as bytes, or both; bytes go cheaply to other processes."""

    key: str | None  # under which it may be kept
    packed: bytes | None
    done: Read | None
    fresh: bool = True


def _readings(
    sources: Sequence[Source],
    jobs: int,
    reader: Reader,
    version: str,
    store: Store | None,
    idle: Callable[[], None] | None = None,
    ahead: Ahead | None = None,
) -> Iterator[Reading]:
    """The reading of every source, in their order: from the store, or read now in this process or in others.

    Where something is kept, others read what is new while this one recalls it, be it a single other.
    """
    known = _known(sources, version, store)
    new = [number for number in range(len(sources)) if number not in known]
    if new and known and ahead and (soon := ahead.ask([sources[number] for number in new], version)):
        found = {number: _recalled(known[number], sources[number], store) for number in known}
        if idle and not soon.done():
            idle()
        found |= zip(new, soon.result(), strict=True)
        for number, source in enumerate(sources):
            yield found[number] or _read_to_keep(source, reader, version)
        return
    if not new or (jobs <= 1 and not (known and helpful())):
        for number, source in enumerate(sources):
            yield _recalled(known.get(number), source, store) or _read_to_keep(source, reader, version)
        return
    work = partial(read_to_send, reader=reader, version=version)
    workers = min(max(jobs, 1), len(new))
    if workers > 1:
        make_ready()  # others share what is there when they begin
    theirs = set(multiprocessing.active_children())  # whoever called us may have some
    with ProcessPoolExecutor(workers, _way(reader), initializer=follow) as pool:
        # A few sources ahead of the one being awaited: memory does not grow with the number of files.
        waiting: deque[Future[Reading]] = deque()
        rest = iter(new)

        def submit(count: int) -> None:
            with uninterrupted():
                waiting.extend(pool.submit(work, sources[number]) for number in islice(rest, count))

        try:
            submit(workers * 4)
            for number, source in enumerate(sources):
                if number in known:
                    yield _recalled(known[number], source, store) or _read_to_keep(source, reader, version)
                    continue
                coming = waiting.popleft()
                if idle and not coming.done():
                    idle()
                    idle = None
                done = coming.result()
                submit(1)
                yield done
        except BrokenProcessPool:
            advice = "; try a smaller --jobs" if workers > 1 else ""
            raise CannotRun(f"a process was killed, perhaps for want of memory{advice}") from None
        except BaseException:  # Ctrl-C must not wait until long files are read
            for process in set(multiprocessing.active_children()) - theirs:
                process.terminate()
            raise


def _way(reader: Reader) -> BaseContext | None:
    """How other processes begin: as copies of this one, but where torch has run, which copies do not survive."""
    if reader.kind == "hanlp" and "torch" in sys.modules:
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("fork") if sys.platform == "linux" else None


@cache
def make_ready() -> None:
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


def _recalled(known: str | None, source: Source, store: Store | None) -> Reading | None:
    """What the store has under the key of a source; nothing where it is damaged, to be read again."""
    packed = store.recall(known) if store and known else None
    try:
        done = None if packed is None else unpack(packed)
    except Unreadable:
        return None
    return Reading(known, None, done, fresh=False) if done and done.name == source.name else None


def _read_to_keep(source: Source, reader: Reader, version: str) -> Reading:
    """Read a source. Its key is that of the very bytes that were read: a file may change between two looks."""
    held = _in_hand(source)
    data, done = held.data, read(held, reader)
    try:
        packed = pack(done)
    except UnicodeEncodeError:  # a file name that is no text
        return Reading(None, None, done)
    # What lost something is tried again the next time: it may be mended by then, the file or we.
    sound = data is not None and not any(problem.lost for problem in done.problems)
    return Reading(key(source, content(data), version) if sound and data is not None else None, packed, done)


def read_to_send(source: Source, reader: Reader, version: str) -> Reading:
    reading = _read_to_keep(source, reader, version)
    return replace(reading, done=None) if reading.packed else reading
