"""What all sources say, read now or recalled from the store, in this process or in several."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing.context import BaseContext

from extractors.ner.readers import Reader
from extractors.reading import Source, bytes_of
from kg.ahead import Ahead
from kg.beside import follow, helpful, uninterrupted
from kg.facts import Read
from kg.fingerprint import content, key, rules
from kg.model import CannotRun
from kg.packing import unpack
from kg.read import NO_READER, read
from kg.readings import Reading, make_ready, read_to_keep, read_to_send, recalled
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
    soon as it is here, so that a build that is stopped goes on where it was. `idle` is done, once, while this process
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
    if ahead and (soon := ahead.ask([sources[number] for number in new] if known else (), version)):
        found = {number: recalled(known[number], sources[number], store) for number in known}
        if idle and not soon.done():
            idle()
        found |= zip(new, soon.result(), strict=True)
        for number, source in enumerate(sources):
            yield found[number] or read_to_keep(source, reader, version)
        return
    if not new or (jobs <= 1 and not (known and helpful())):
        for number, source in enumerate(sources):
            yield recalled(known.get(number), source, store) or read_to_keep(source, reader, version)
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
                    yield recalled(known[number], source, store) or read_to_keep(source, reader, version)
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
