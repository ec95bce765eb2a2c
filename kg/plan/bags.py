"""Records between stages, as bytes and back; a bag is a number of parts of records of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import msgspec
from rdflib import URIRef

from kg.facts import Claim, Facts
from kg.header import Count
from kg.model import ArticleNode, Entity, Judgement, Label, Observation, Problem
from kg.resolution.blocking import Key
from kg.resolution.candidates import Use
from kg.resolution.replay import Heard

Emit = tuple[str, int, Any]  # bag, part, record
Cells = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An article as one file has it; articles of one text are put together."""

    part: int  # that reads it
    place: tuple[int, int]  # number of the source, of the article in it: the first of equals is kept
    article: ArticleNode


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one article as they were read."""

    place: tuple[int, int]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Named:
    """A name in an article, and the part that has read it."""

    part: int
    use: Use


@dataclass(frozen=True, slots=True)
class Member:
    """A node under one of its keys; `owner` if the key is its whole name."""

    key: Key
    node: str
    owner: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The nodes that share a key."""

    key: Key
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a node without its articles."""

    entity: Entity
    articles: int
    offices: dict[str, int] = field(default_factory=dict)  # of a person: in how many articles


@dataclass(frozen=True, slots=True)
class Share:
    """What goes from one node into one entity of the graph."""

    root: str
    entity: Entity
    whole: bool  # all that is said of the node
    first: str | None  # day on which an article was issued
    last: str | None
    parts: tuple[int, ...]  # that name it


@dataclass(frozen=True, slots=True)
class Made:
    """An entity of the graph, with the days on which articles were issued."""

    entity: Entity
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A claim under the key of its statement, with what a table shows beside it."""

    key: tuple[str, str, str, str, str | None]
    claim: Claim
    names: tuple[str, str]
    origin: Cells


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure, with what a table shows beside it."""

    figure: Observation
    names: tuple[str, str, str]  # of its subject, its metric, who states it
    time: str | None
    origin: Cells
    issued: str


@dataclass(frozen=True, slots=True)
class Sketched:
    """An article under a band of its sketch."""

    band: str
    article: str
    issued: str
    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in an article; without words where it is only inferred."""

    edtf: str
    words: tuple[str, ...]
    article: str | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label as an article has it."""

    label: Label
    article: str
    part: int


@dataclass(slots=True)
class Tally:
    """What a stage has counted."""

    count: Count = field(default_factory=Count)
    digest: str = ""  # of the count: more than a number in MessagePack holds
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)  # for the report
    heard: Heard = field(default_factory=lambda: ([], [], []))  # what has come of decisions


# What is in each bag.
KINDS: Mapping[str, Any] = MappingProxyType({
    "texts": Text, "told": Told, "kept": tuple[int, int, ArticleNode], "sources": str, "problems": Problem,
    "uses": Named, "persons": Named, "people": Named, "picked": Named, "cases": Named,
    "asked": str, "cards": Card, "gazetteer": Card, "owners": Card, "wanted": Card,
    "members": Member, "blocks": Block, "judgements": Judgement, "sent": tuple[str, str, str],
    "shares": Share, "meetings": Made, "names": tuple[str, str],
    "claims": Said, "dates": Dated, "labels": Labelled, "figures": Figured,
    "bands": Sketched, "pairs": tuple[tuple[str, str], tuple[str, str]], "met": str,
    "tallies": Tally, "triples": str, "entities": Cells, "relations": Cells, "statistics": Cells,
    "shards": tuple[str, int, str], "read": tuple[int, int, float, float],
})  # fmt: skip


def part_of(key: object, parts: int) -> int:
    """The part that a key belongs to, the same on every machine."""
    return int.from_bytes(blake2b(str(key).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % parts


def encode(record: Any) -> bytes:
    """A record as bytes, with its length before it."""
    try:
        packed = _encoder().encode(record)
    except UnicodeEncodeError:  # the name of a file that is no text
        packed = _encoder().encode(_readable(msgspec.to_builtins(record, enc_hook=_plain)))
    return len(packed).to_bytes(4, "big") + packed


def decode(bag: str, data: bytes) -> Iterator[Any]:
    """The records of a bag again."""
    decoder, at = _decoder(bag), 0
    view = memoryview(data)
    while at < len(data):
        end = at + 4 + int.from_bytes(view[at : at + 4], "big")
        yield decoder.decode(view[at + 4 : end])
        at = end


def sealed(tally: Tally) -> Tally:
    """A tally that can be sent."""
    tally.digest, tally.count.digest = f"{tally.count.digest:x}", 0
    return tally


def opened(tally: Tally) -> Count:
    """The count of a tally that was sent."""
    count = tally.count
    count.digest = int(tally.digest, 16)
    # MessagePack has no IRIs, and keys of counters come back as words.
    count.classes = type(count.classes)({URIRef(iri): number for iri, number in count.classes.items()})
    return count


def _readable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_readable(key): _readable(inner) for key, inner in value.items()}
    return [*map(_readable, value)] if isinstance(value, list | tuple) else value


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(order="deterministic", enc_hook=_plain)


@cache
def _decoder(bag: str) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(KINDS[bag], dec_hook=lambda kind, value: kind(value))


def _plain(value: object) -> object:
    if isinstance(value, MappingProxyType):
        return dict(value)
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} in a record")
