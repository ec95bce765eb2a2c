"""A build on a Dask cluster: sources are read where the workers are, and shards are written from there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.model import Problem
from extractors.ner.readers import Reader
from extractors.reading import Source
from kg.model import About, CannotRun
from kg.plan.cluster import READ, SHARDS, DaskRunner
from kg.plan.flat import Flat, header_lines, size_of
from kg.plan.remote import Remote
from kg.plan.shards import FOLDERS, TRIPLES, Shards
from kg.plan.stage import Frame
from kg.plan.steps import carry_out
from kg.read import NO_READER, nothing_read
from kg.resolution import Decision
from kg.written import REPORT

if TYPE_CHECKING:
    from distributed import Client

Wanted = tuple[int, Source, Remote | None]  # number, source, where it lies if that is not here
_PART = 4 << 20  # bytes of source files for each part, where there are enough of them
_PATIENCE = 20.0  # seconds until a scheduler must have answered
_MOST = 500  # parts: each stage has as many tasks as their square, and the scheduler must keep up


@contextmanager
def client_of(address: str | None, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at this address, or of workers in processes of this machine."""
    from distributed import Client, LocalCluster

    if address:
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CannotRun(f"--engine dask:{address}: {str(error).splitlines()[0]}") from None
        with client:
            yield client
        return
    with (
        LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def partitions(sources: Sequence[tuple[Source, Remote | None]], parts: int) -> list[list[Wanted]]:
    """Sources in their order, in so many pieces."""
    made: list[list[Wanted]] = [[] for _ in range(parts)]
    for number, (source, remote) in enumerate(sources):
        made[number * parts // len(sources)].append((number, source, remote))
    return made


def parts_for(sources: Sequence[tuple[Source, Remote | None]], workers: int) -> int:
    """How many parts: some for each worker, so that none waits for long, and none too large."""
    size = sum(remote.size or 0 if remote else size_of(source) for source, remote in sources)
    return max(1, min(len(sources), _MOST, max(size // _PART, 4 * workers)))


def build_distributed(
    client: Client,
    sources: Sequence[tuple[Source, Remote | None]],
    problems: Iterable[Problem],
    url: str,
    *,
    frame: Frame,
    decisions: Iterable[Decision] = (),
    reader: Reader = NO_READER,
    about: About | None = None,
    parts: int | None = None,
) -> Flat:
    """Read sources and write shards and the report below a URL.

    Raises CannotRun when nothing can be read. Triples are those of a build with a graph, in another order.
    """
    started = time.perf_counter()
    workers = len(client.scheduler_info(n_workers=-1)["workers"])
    frame = replace(frame, parts=parts or parts_for(sources, workers))
    flat = Flat({}, {}, 0, list(problems), len(sources), 0, {"read": 0.0, "extract": 0.0}, reader)
    shards = Shards(url)
    shards.writable()
    runner = DaskRunner(client, frame.parts, shards)
    runner.read(partitions(sources, frame.parts), reader)
    articles = 0
    for characters, found, reading, extracting in runner.gather(READ):
        articles += found
        flat.characters += characters
        flat.seconds["read"] += reading
        flat.seconds["extract"] += extracting
    if not articles:
        raise nothing_read([*flat.problems, *runner.gather("problems")])
    done = carry_out(runner, frame, decisions)
    flat.told_by(done)
    written = {place: (place, size, digest) for place, size, digest in runner.gather(SHARDS)}
    for bag, folder in FOLDERS.items():  # who loads a table finds one, even without rows
        if not any(place.startswith(folder) for place in written):
            made = shards.write(bag, "empty", [])
            written[made[0]] = made
    about = replace(about or About(), files=tuple(sorted(FOLDERS.values())))
    opening, closing, flat.triples = header_lines(done, frame, about)
    head = shards.write("triples", "header", [opening, closing])
    assert head[0].startswith(TRIPLES)
    shards.tidy([*written, head[0]])
    flat.seconds["total"] = time.perf_counter() - started
    shards.put(REPORT, flat.report(frame.base, shards.seals([*written.values(), head])))
    return flat
