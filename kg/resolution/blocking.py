"""Which nodes are compared at all: those that share a key.

A key is made of one node alone, so that nodes can be grouped by it wherever they lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from kg.model import fold
from kg.resolution.candidates import Candidate
from kg.resolution.names import bare, loose, series_name

# Types whose short forms are coined, and the length from which an alias says something: 科协 is the short form of every
# 科学技术协会, 规划纲要 of every plan.
COINED = {"Organization": 3, "Policy": 6, "Project": 5, "Programme": 5, "Event": 5, "Product": 4, "Person": 2}
# Types whose names begin with whose they are or where they stand: 希法医院 is looked for in 加沙城希法医院.
HEADED = frozenset(("Organization", "Policy", "Project", "Programme", "Event", "Place"))
BODY = 3  # 财政部 of 美国财政部
SHORTEST = 4  # a name that can stand behind another: 科技局, 展览会 cannot
# Larger blocks say nothing: 200 nodes with one alias are not one thing. 外交部 is a body of 200 countries, though.
LARGEST = {"name": 40, "number": 40, "person": 40, "edition": 200, "tail": 400}

Key = tuple[str, str, str]  # kind of key, type, what is shared


def keys(candidate: Candidate, called: Container[tuple[str, str]] | None = None) -> Iterator[Key]:
    """What a node shares with others that may be the same.

    `called` holds types and folded names of all nodes, where they are known: ends of a name that are the name of
    nothing are left out then, which saves much and changes nothing.
    """
    entity = candidate.entity
    kind, name = entity.type, fold(entity.name)
    if kind == "Person":
        yield from _person(candidate)
        return
    yield "name", kind, loose(entity.name)
    if (stem := bare(kind, entity.name)) != loose(entity.name):
        yield "name", kind, stem
    if kind == "Event":
        yield "edition", kind, series_name(entity.name)
    if kind == "Policy":
        for code in entity.codes:
            yield "number", kind, code
    shortest = COINED.get(kind, len(name) + 99)
    if entity.within is None:
        for alias in entity.aliases:
            if len(alias) >= shortest:
                yield "name", kind, loose(alias)
    if kind in HEADED:
        for start in range(len(name) - (BODY if kind == "Organization" else SHORTEST) + 1):
            if called is None or (kind, name[start:]) in called:
                yield "tail", kind, name[start:]


def _person(candidate: Candidate) -> Iterator[Key]:
    """The parts of a foreign name: 比罗尔 of 法提赫·比罗尔, 夏巴兹 of 夏巴兹·谢里夫."""
    for name in (candidate.name, *candidate.entity.aliases):
        for part in name.split("·"):
            if len(part) >= COINED["Person"]:
                yield "person", "Person", part


def blocks(candidates: Sequence[Candidate]) -> Mapping[Key, Sequence[Candidate]]:
    """The nodes that share a key, by key; keys of one node are left out, and keys that too many share."""
    called = {(candidate.entity.type, fold(candidate.name)) for candidate in candidates}
    grouped: dict[Key, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for key in set(keys(candidate, called)):
            grouped[key].append(candidate)
    return {key: some for key, some in grouped.items() if 1 < len(some) <= LARGEST[key[0]]}
