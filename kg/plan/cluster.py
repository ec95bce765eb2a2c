"""The plan on a Dask cluster: a task for each part of a stage, and what lies between stages in the results of tasks.

Results that a lost worker held are made again by Dask from those they came of. Nothing else is kept on workers, and
shards may be written twice. Parts go from stage to stage as bytes; only the functions and what all are told travel
as Dask sends them, so that workers must run the same version of policykg as the one who asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import isqrt
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from extractors.model import Problem
from extractors.ner.readers import Reader
from extractors.reading import Source
from kg.facts import Read
from kg.fingerprint import rules
from kg.model import CannotRun
from kg.packing import compress, decompress
from kg.plan.bags import Emit, decode, encode
from kg.plan.keeping import told as records
from kg.plan.remote import Remote, fetched
from kg.plan.shards import FOLDERS, Shards
from kg.plan.stage import Stage
from kg.read import NO_READER, read

if TYPE_CHECKING:
    from distributed import Client, Future

Packed = Mapping[int, Mapping[str, bytes]]  # what a task gives: by part, by bag
Pieces = Mapping[int, list[bytes]]  # of one bag, by part
ALIGNED = frozenset(("told",))  # bags whose records stay in the part that gives them
_DIRECT = 24  # parts up to which each gives to each
SHARDS = "shards"  # the bag of what was written
READ = "read"  # the bag of how much was read
_RETRIES = 3  # of a task that fails, as a file system sometimes does


class DaskRunner:
    """Runs stages as tasks of a cluster."""

    def __init__(self, client: Client, parts: int, shards: Shards) -> None:
        self._client = client
        self._parts = parts
        self._shards = shards
        self._run = uuid4().hex[:12]  # keys of tasks of two builds on one cluster must differ
        self._stages = 0
        self._bags: dict[str, list[list[Future[Any]]]] = defaultdict(list)  # results that hold records of a bag

    def read(self, partitions: Sequence[Sequence[tuple[int, Source, Remote | None]]], reader: Reader) -> None:
        """Read sources, a partition of them for each part; each with its number, and where it lies if not here."""
        version = rules(NO_READER)
        jobs = [
            self._client.submit(
                _read, reader, version, list(sources), part, self._parts, key=self._key("read", part),
                retries=_RETRIES,
            )
            for part, sources in enumerate(partitions)
        ]  # fmt: skip
        for bag in ("told", "texts", "problems", READ):
            self._bags[bag].append(jobs)

    def run(self, stage: Stage, told: object) -> None:
        self._stages += 1
        name = stage.work.__name__.strip("_")
        known = self._client.submit(_same, told, key=self._key(f"told-{name}", 0), retries=_RETRIES)
        jobs = []
        pieces = {bag: self._slices(bag) for bag in stage.inputs}
        for part in range(self._parts):
            given = {bag: by_part[part] for bag, by_part in pieces.items()}
            jobs.append(
                self._client.submit(
                    _work, stage.work, known, part, list(given), list(given.values()), self._shards,
                    f"{part:05}-{name}-{self._stages:02}", key=self._key(name, part), retries=_RETRIES,
                )
            )  # fmt: skip
        for bag in stage.outputs:
            self._bags[SHARDS if bag in FOLDERS else bag].append(jobs)

    def gather(self, bag: str) -> Iterator[Any]:
        for jobs in _once(self._bags[bag]):
            slices = self._client.map(_all, jobs, bag=bag, retries=_RETRIES)
            for packed in self._client.gather(slices):
                for blob in packed:
                    yield from decode(bag, decompress(blob))

    def put(self, emitted: Iterable[Emit]) -> None:
        made: dict[str, dict[int, dict[str, bytes]]] = {}
        for (bag, part), blob in _packed(emitted).items():
            made.setdefault(bag, {}).setdefault(part, {})[bag] = blob
        for bag, given in made.items():
            self._stages += 1
            self._bags[bag].append([self._client.submit(_same, given, key=self._key(f"given-{bag}", 0))])

    def drop(self, *bags: str) -> None:
        for bag in bags:
            self._bags.pop(bag, None)

    def _key(self, name: str, part: int) -> str:
        return f"kg-{self._run}-{self._stages:02}-{name}-{part}"

    def _slices(self, bag: str) -> list[list[Future[Any]]]:
        """By part, the pieces of a bag: few tasks give to few, many through others in between.

        A task for each piece would be the square of the number of parts; through tasks that put together what goes
        from some parts to some others it is twice its power of three halves.
        """
        given = list(_once(self._bags[bag]))
        if bag in ALIGNED:
            return [self._cut([jobs[part] for jobs in given], bag, part) for part in range(self._parts)]
        jobs = list(chain.from_iterable(given))
        if self._parts <= _DIRECT:
            return [self._cut(jobs, bag, part) for part in range(self._parts)]
        some = isqrt(self._parts - 1) + 1
        pieces: list[list[Future[Any]]] = [[] for _ in range(self._parts)]
        for first in range(0, self._parts, some):
            group = range(first, min(first + some, self._parts))
            for at in range(0, len(jobs), some):
                slices = self._cut(jobs[at : at + some], bag, *group)
                together = self._client.submit(_together, slices, retries=_RETRIES)
                again = self._client.map(_again, [together] * len(group), list(group), retries=_RETRIES)
                for part, piece in zip(group, again, strict=True):
                    pieces[part].append(piece)
        return pieces

    def _cut(self, jobs: list[Future[Any]], bag: str, *parts: int) -> list[Future[Any]]:
        """What each of these tasks gives to some parts of a bag."""
        return self._client.map(_slice, jobs, bag=bag, parts=parts, retries=_RETRIES) if jobs else []


def _once(jobs: Iterable[list[Future[Any]]]) -> Iterator[list[Future[Any]]]:
    """Each list of tasks once: a stage may be noted twice for one bag."""
    seen: set[int] = set()
    for some in jobs:
        if id(some) not in seen:
            seen.add(id(some))
            yield some


def _same(value: Any) -> Any:
    return value


def _slice(given: Packed, bag: str, parts: Sequence[int]) -> Pieces:
    return {part: [given[part][bag]] for part in parts if bag in given.get(part, ())}


def _together(slices: Sequence[Pieces]) -> Pieces:
    found: dict[int, list[bytes]] = defaultdict(list)
    for pieces in slices:
        for part, blobs in pieces.items():
            found[part] += blobs
    return dict(found)


def _again(given: Pieces, part: int) -> Pieces:
    return {part: given[part]} if part in given else {}


def _all(given: Packed, bag: str) -> list[bytes]:
    return [bags[bag] for _, bags in sorted(given.items()) if bag in bags]


def _packed(emitted: Iterable[Emit]) -> dict[tuple[str, int], bytes]:
    found: dict[tuple[str, int], bytearray] = defaultdict(bytearray)
    for bag, part, record in emitted:
        found[bag, part] += encode(record)
    return {key: compress(data) for key, data in found.items()}


def _by_part(packed: Mapping[tuple[str, int], bytes]) -> Packed:
    found: dict[int, dict[str, bytes]] = defaultdict(dict)
    for (bag, part), blob in sorted(packed.items()):
        found[part][bag] = blob
    return dict(found)


def _read(
    reader: Reader, version: str, sources: Sequence[tuple[int, Source, Remote | None]], part: int, parts: int
) -> Packed:
    """Read the sources of a part."""
    if rules(NO_READER) != version:  # the date of a model's weights, which is part of the reader's, may differ
        raise CannotRun("a worker has another version of policykg, of Python or of a library; install the same")

    def emitted() -> Iterator[Emit]:
        for number, source, remote in sources:
            known = fetched(source, remote)
            done = Read(source.name, problems=[known]) if isinstance(known, Problem) else read(known, reader)
            yield READ, 0, (done.characters, len(done.facts), done.seconds["read"], done.seconds["extract"])
            yield from records(number, done, part, parts)

    return _by_part(_packed(emitted()))


def _work(
    work: Any, told: object, part: int, bags: Sequence[str], given: Sequence[Sequence[Pieces]], shards: Shards,
    name: str,
) -> Packed:  # fmt: skip
    """One part of a stage. What it writes goes into shards, and where they are into the result."""
    inputs = [_records(bag, pieces) for bag, pieces in zip(bags, given, strict=True)]
    written: dict[str, list[Any]] = defaultdict(list)

    def emitted() -> Iterator[Emit]:
        for bag, to, record in work(told, part, *inputs):
            if bag in FOLDERS:
                written[bag].append(record)
            else:
                yield bag, to, record
        for bag, some in sorted(written.items()):
            yield SHARDS, 0, shards.write(bag, name, some)

    return _by_part(_packed(emitted()))


def _records(bag: str, given: Iterable[Pieces]) -> Iterator[Any]:
    for pieces in given:
        for blobs in pieces.values():
            for blob in blobs:
                yield from decode(bag, decompress(blob))
