"""Judgements on groups of nodes that share keys, and on persons of one name.

Of all other nodes a group sees what a rule may ask for: places with their codes, what the words before a short name
are the name of, and who holds an office in a body of the group. Nothing else is gathered, so that it stays small.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from kg.model import fold
from kg.plan.bags import Block, Card, Emit, Named, part_of
from kg.plan.naming import by_node, candidate, card, routed
from kg.plan.stage import Frame, Stage
from kg.resolution.candidates import Candidate, Scene, Use
from kg.resolution.known import OWNERS, Known
from kg.resolution.namesakes import namesakes
from kg.resolution.steps import part, ruled


@dataclass(frozen=True, slots=True)
class Parting:
    """What must be known to tell persons apart."""

    frame: Frame
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Groups:
    """The nodes that share keys, in groups that have no key in common; a group is named by its least node."""

    frame: Frame
    group: Mapping[str, str]
    blocks: Mapping[str, Sequence[Block]]  # by group
    cards: Sequence[Card] = ()
    names: frozenset[str] = field(default=frozenset())  # folded; what rules may ask the owner of


def known_of(cards: Iterable[Card], full: Mapping[str, Candidate]) -> Known:
    """What rules are told of the names of a graph; only the nodes in `full` have their articles."""
    offices = {c.entity.id: Counter(c.offices) for c in cards if c.offices}
    candidates = {**{c.entity.id: _carded(c) for c in cards}, **full}
    known = Known([candidates[node] for node in sorted(candidates)])
    vars(known)["offices"] = defaultdict(Counter, offices)  # else found from the articles of all persons
    return known


class _Uncalled(Sequence[Scene]):
    """The articles of a node that are not in hand: how many they are."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, at: int) -> Scene: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Scene]: ...
    def __getitem__(self, at: int | slice) -> Scene | Sequence[Scene]:
        raise LookupError("a rule asks for articles of a node that is in no group")


def _carded(known: Card) -> Candidate:
    found = Candidate(known.entity, ())
    vars(found)["scenes"] = _Uncalled(known.articles)
    return found


def _part(told: Parting, at: int, persons: Iterator[Named]) -> Iterator[Emit]:
    """Namesakes, each to a node of his own."""
    parts, known = told.frame.parts, known_of(told.cards, {})
    for node, some in by_node(persons).items():
        readers = {named.use.scene.article: named.part for named in some}
        here: dict[str, list[Use]] = {node: [named.use for named in some]}
        for found in list(namesakes([candidate(node, some)], known)):
            judgement, went = part(found, _name(here, node), here)
            yield "judgements", 0, judgement
            for (old, article), new in went.items():
                yield "sent", 0, (old, article, new)
        for where, said in here.items():
            for use in said:
                yield "people", part_of(where, parts), Named(readers[use.scene.article], use)


def _name(here: dict[str, list[Use]], node: str) -> str:
    return candidate(node, [Named(0, use) for use in here[node]]).name


def grouped(frame: Frame, blocks: Iterable[Block]) -> Groups:
    """Blocks in groups that have no node in common."""
    root: dict[str, str] = {}

    def find(node: str) -> str:
        while (above := root.setdefault(node, node)) != node:
            root[node] = root[above]
            node = root[node]
        return node

    every = list(blocks)
    for block in every:
        for node in block.nodes[1:]:
            one, other = sorted((find(block.nodes[0]), find(node)))
            root[other] = one
    group = {node: find(node) for node in root}
    by_group: dict[str, list[Block]] = defaultdict(list)
    for block in every:
        by_group[group[block.nodes[0]]].append(block)
    return Groups(frame, group, by_group)


def _collect(told: Groups, at: int, uses: Iterator[Named], people: Iterator[Named]) -> Iterator[Emit]:
    """The nodes of groups, with their articles."""
    for node, some in by_node(uses, people).items():
        if node in told.group:
            for named in some:
                yield "cases", part_of(told.group[node], told.frame.parts), named
            yield "wanted", 0, card(candidate(node, some))


def asked_names(blocks: Iterable[Block], cards: Mapping[str, Card]) -> frozenset[str]:
    """All that a rule may ask the owner of: parts of what longer names open with, and places that keep names apart."""
    found: set[str] = set()
    for block in blocks:
        if block.key[0] == "series":
            continue
        for node in block.nodes:
            entity = cards[node].entity
            name = fold(entity.name)
            if entity.within:
                found.add(fold(entity.within))
            head = name[: -len(block.key[2])] if block.key[0] == "tail" else ""
            # The host of a meeting stands anywhere in its name.
            for words in (entity.name, name) if entity.type == "Event" and not head else (head,):
                found.update(words[a:b] for a in range(len(words)) for b in range(a + 2, len(words) + 1))
            found.update(name[:end] for end in range(2, _OPENING + 1))
    return frozenset(found)


_OPENING = 4  # characters of a short name that are looked at


def _answer(told: Groups, at: int, uses: Iterator[Named], people: Iterator[Named]) -> Iterator[Emit]:
    """Who is called by a name that is asked for, and who holds an office in a body of a group."""
    for node, some in by_node(uses, people, company=False).items():
        kind = some[0].use.seen.type
        if kind in OWNERS and node not in told.group:
            words = {word for named in some for word in (named.use.seen.name, *named.use.seen.surfaces)}
            if not told.names.isdisjoint(map(fold, words)):
                yield "owners", 0, card(candidate(node, some))
        elif kind == "Person" and node not in told.group:
            held = {o for named in some for o, _ in named.use.scene.posts.get(node, ())}
            if any(office in told.group for office in held):
                yield "owners", 0, card(candidate(node, some))


def _judge(told: Groups, at: int, cases: Iterator[Named]) -> Iterator[Emit]:
    """What rules say of the nodes of each group."""
    here = {node: candidate(node, some) for node, some in by_node(cases).items()}
    known = known_of(told.cards, here)
    members: dict[str, list[Candidate]] = defaultdict(list)
    for node, found in here.items():
        members[told.group[node]].append(found)
    for group, some in sorted(members.items()):
        shared = {b.key: [here[node] for node in b.nodes] for b in told.blocks[group] if b.key[0] != "series"}
        events = [found for found in some if found.entity.type == "Event"]
        for judgement in ruled(shared, events, known):
            yield "judgements", 0, judgement


PART = Stage(_part, ("persons",), ("people", "judgements", "sent"))
COLLECT = Stage(_collect, ("uses", "people"), ("cases", "wanted"))
ANSWER = Stage(_answer, ("uses", "people"), ("owners",))
JUDGE = Stage(_judge, ("cases",), ("judgements",))
__all__ = ["ANSWER", "COLLECT", "JUDGE", "PART", "Groups", "Parting", "asked_names", "grouped", "known_of", "routed"]
