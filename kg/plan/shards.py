"""Triples and tables as shards, a file for each part and stage, on any path that fsspec knows.

A shard is there whole or not at all, and written a second time it is the same to the last byte.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from kg.export import csv
from kg.plan.remote import is_object_store, speaks, told_of
from kg.written import Seal

TRIPLES = "graph.nt"  # a folder of *.nt.gz
# Bag → folder of shards, and the columns of its tables.
FOLDERS: Mapping[str, str] = MappingProxyType({
    "triples": TRIPLES, "entities": "entities.parquet", "relations": "relations.parquet",
    "statistics": "figures.parquet",
})  # fmt: skip
_COLUMNS = {"entities": csv.ENTITIES, "relations": csv.RELATIONS, "statistics": csv.FIGURES}
_NUMBERS = frozenset(("articles", "voices"))  # all other cells are words: a decimal is as exact as it was printed


@dataclass(frozen=True, slots=True)
class Shards:
    """A folder of shards, by its URL or path."""

    url: str

    def write(self, bag: str, name: str, records: Sequence[Any]) -> tuple[str, int, str]:
        """Write a shard of a bag; its place in the folder, its size and its SHA-256."""
        ending = "nt.gz" if bag == "triples" else "parquet"
        data = _lines(records) if bag == "triples" else _table(_COLUMNS[bag], records)
        return self.put(f"{FOLDERS[bag]}/{name}.{ending}", data)

    def writable(self) -> None:
        """A CannotRun when files cannot be put there: better known before hours of reading than after."""
        with told_of(self.url):
            system, root = fsspec.core.url_to_fs(self.url)
            if not is_object_store(system):
                system.makedirs(root, exist_ok=True)
            probe = f"{root.rstrip('/')}/.{uuid4().hex}.part"
            system.pipe_file(probe, b"")
            system.rm_file(probe)

    def put(self, name: str, data: bytes) -> tuple[str, int, str]:
        """Write a file whole or not: an object store does by itself, elsewhere it is renamed when it is complete."""
        with told_of(self.url):
            system, root = fsspec.core.url_to_fs(self.url)
            place = f"{root.rstrip('/')}/{name}"
            if is_object_store(system):
                system.pipe_file(place, data)
            else:
                _put_and_rename(system, place, data)
        return name, len(data), sha256(data).hexdigest()

    def tidy(self, kept: Iterable[str]) -> None:
        """Take away shards of an earlier build, and what was left half written."""
        wanted = set(kept)
        with told_of(self.url):
            system, root = fsspec.core.url_to_fs(self.url)
            system.invalidate_cache()  # others wrote
            for folder in FOLDERS.values():
                if system.isdir(f"{root.rstrip('/')}/{folder}"):
                    for place in system.find(f"{root.rstrip('/')}/{folder}"):
                        if f"{folder}/{place.rpartition('/')[2]}" not in wanted:  # with or without a host before it
                            system.rm_file(place)

    def seals(self, written: Iterable[tuple[str, int, str]]) -> dict[str, Seal]:
        """Shards as a report notes them."""
        return {name: {"bytes": size, "sha256": digest} for name, size, digest in sorted(written)}


def _put_and_rename(system: fsspec.AbstractFileSystem, place: str, data: bytes) -> None:
    folder = place.rpartition("/")[0]
    system.makedirs(folder, exist_ok=True)
    half = f"{folder}/.{uuid4().hex}.part"
    try:
        system.pipe_file(half, data)
        if speaks(system, "file"):
            os.replace(half, place)  # noqa: PTH105
            return
        system.invalidate_cache()
        if system.exists(place):  # not all rename onto what is there: HDFS and SFTP do not
            system.rm_file(place)
        system.mv(half, place)
        if system.exists(half):  # WebHDFS says nothing when it did not
            raise FileExistsError(errno.EEXIST, "a file could not be renamed", place)
    except Exception:
        with suppress(Exception):  # what went wrong is told, not this
            system.rm_file(half)
        raise


def _lines(records: Iterable[str]) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        packed.writelines(_encoded(records))
    return out.getvalue()


def _encoded(records: Iterable[str]) -> Iterator[bytes]:
    for record in records:
        yield record.encode()


def _table(columns: Sequence[str], records: Sequence[Sequence[Any]]) -> bytes:
    fields = [pa.field(name, pa.int64() if name in _NUMBERS else pa.string()) for name in columns]
    values = [list(column) for column in zip(*records, strict=True)] or [[] for _ in columns]
    arrays = [pa.array(some, field.type) for some, field in zip(values, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="zstd")
    return out.getvalue()
