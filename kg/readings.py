"""What was read of one source, as it goes from process to process and into the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from extractors.model import Article
from extractors.ner.readers import Reader
from extractors.reading import Source, bytes_of
from kg.facts import Read
from kg.fingerprint import content, key
from kg.packing import Unreadable, pack, unpack
from kg.read import read
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one source: as it is, as bytes, or both; bytes go cheaply to other processes."""

    key: str | None  # under which it may be kept
    packed: bytes | None
    done: Read | None
    fresh: bool = True


@cache
def make_ready() -> None:
    """Rules and lexicons in memory: what a first article asks for."""
    from extractors.extraction import extract

    extract(Article("", "", None, "1月1日，国家能源局局长在北京市出席会议。", "2024-01-01"))


def _in_hand(source: Source) -> Source:
    """The source with what stands in it; as it is where that cannot be had."""
    data = bytes_of(source)
    return source if data is None else replace(source, data=data)


def recalled(known: str | None, source: Source, store: Store | None) -> Reading | None:
    """What the store has under the key of a source; nothing where it is damaged, to be read again."""
    packed = store.recall(known) if store and known else None
    try:
        done = None if packed is None else unpack(packed)
    except Unreadable:
        return None
    return Reading(known, None, done, fresh=False) if done and done.name == source.name else None


def read_to_keep(source: Source, reader: Reader, version: str) -> Reading:
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
    """The same for another process: as bytes, where it can be had so."""
    reading = read_to_keep(source, reader, version)
    return replace(reading, done=None) if reading.packed else reading
