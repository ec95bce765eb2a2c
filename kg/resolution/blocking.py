"""Which nodes are compared at all: those that share a key.

A key is made of one node alone, so that nodes can be grouped by it wherever they lie.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from kg.model import fold
from kg.resolution.candidates import Candidate
from kg.resolution.names import GENRES, bare, loose, series_name

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


def keys(candidate: Candidate, called: Container[str] | None = None) -> set[Key]:
    """What a node shares with others that may be the same.

    `called` holds the folded names of the type that share their end with another one, where names are known: other
    ends are left out then, which saves much and changes nothing.
    """
    entity = candidate.entity
    kind = entity.type
    if kind == "Person":
        return set(_person(candidate))
    name, spelt = fold(entity.name), loose(entity.name)
    found = {("name", kind, spelt)}
    if kind in GENRES:
        found.add(("name", kind, bare(kind, entity.name)))
    if kind == "Event":
        found.add(("edition", kind, series_name(entity.name)))
    if kind == "Policy":
        found.update([("number", kind, code) for code in entity.codes])
    if entity.aliases and entity.within is None and kind in COINED:
        shortest = COINED[kind]
        found.update([("name", kind, loose(alias)) for alias in entity.aliases if len(alias) >= shortest])
    if kind in HEADED and (called is None or name in called):
        ends = [name[start:] for start in range(len(name) - _least(kind) + 1)]
        found.update([("tail", kind, end) for end in ends if called is None or end in called])
    return found


def _least(kind: str) -> int:
    """Characters of a name that can stand behind another."""
    return BODY if kind == "Organization" else SHORTEST


def _person(candidate: Candidate) -> Iterator[Key]:
    """The parts of a foreign name: 比罗尔 of 法提赫·比罗尔, 夏巴兹 of 夏巴兹·谢里夫."""
    for name in (candidate.name, *candidate.entity.aliases):
        for part in name.split("·"):
            if len(part) >= COINED["Person"]:
                yield "person", "Person", part


def blocks(candidates: Sequence[Candidate]) -> Mapping[Key, Sequence[Candidate]]:
    """The nodes that share a key, by key; keys of one node are left out, and keys that too many share."""
    names: dict[str, list[str]] = defaultdict(list)
    for candidate in candidates:
        names[candidate.entity.type].append(fold(candidate.entity.name))
    called = {kind: _of_one_end(some, _least(kind)) for kind, some in names.items()}
    first: dict[Key, Candidate] = {}  # nearly every key is of one node: no list for those
    grouped: dict[Key, list[Candidate]] = {}
    for candidate in candidates:
        for key in keys(candidate, called[candidate.entity.type]):
            known = first.setdefault(key, candidate)
            if known is not candidate:
                grouped.setdefault(key, [known]).append(candidate)
    return {key: some for key, some in grouped.items() if len(some) <= LARGEST[key[0]]}


def _of_one_end(names: Sequence[str], least: int) -> frozenset[str]:
    """The names whose last characters another one has as well: of others none stands at the end of any."""
    ends = [name[-least:] for name in names]
    often = Counter(ends)
    return frozenset([name for name, end in zip(names, ends, strict=True) if often[end] > 1])
