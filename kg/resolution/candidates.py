"""What is to be resolved: every node with all its uses, and what stands around it in each article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from extractors.model import record
from kg.facts import Facts, Seen
from kg.model import Entity

Posts = Mapping[str, Sequence[tuple[str, str]]]
_NO_POSTS: Posts = MappingProxyType({})


@record()
class Scene:
    """One article as the background of the names in it."""

    article: str
    issued: str  # EDTF, or nothing
    nodes: frozenset[str]  # ids of all that it names
    posts: Posts  # person → (organization, post)


class Use(Struct):  # a dataclass takes twice as long to make, and there are a hundred thousand
    """A name in an article; never changed."""

    scene: Scene
    seen: Seen


@dataclass(unsafe_hash=True)  # a record as well, with room for what is found out later
class Candidate:
    """A node, and where it is used."""

    entity: Entity
    uses: Sequence[Use]

    @property
    def id(self) -> str:
        return self.entity.id

    @property
    def name(self) -> str:
        return self.entity.name

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """The articles that use it, each once."""
        return tuple({use.scene.article: use.scene for use in self.uses}.values())

    @cached_property
    def aliases(self) -> frozenset[str]:
        return frozenset(self.entity.aliases)


def uses(everything: Iterable[Facts]) -> dict[str, list[Use]]:
    """By node: how articles use it."""
    found: dict[str, list[Use]] = defaultdict(list)
    for facts in everything:
        scene = _scene(facts)
        for seen in facts.names:
            found[seen.id].append(Use(scene, seen))
    return found


def _scene(facts: Facts) -> Scene:
    posts: dict[str, list[tuple[str, str]]] = {}
    for claim in facts.claims:
        if claim.predicate == "holds_post" and claim.modality == "asserted":
            posts.setdefault(claim.subject, []).append((claim.object, claim.qualifier or ""))
    nodes = frozenset([seen.id for seen in facts.names])
    return Scene(facts.article.id, facts.article.issued or "", nodes, posts or _NO_POSTS)


def entity(node: str, said: Sequence[Use]) -> Entity:
    """What all uses together say of a node."""
    if len(said) == 1:  # most nodes are named once
        seen = said[0].seen
        lone = seen.surfaces == (seen.name,)
        words = () if lone else {word for word in seen.surfaces if word} - {seen.name}
        return Entity(
            node, seen.type, seen.name, seen.kind, tuple(sorted(words)), seen.within,
            (seen.code,) if seen.code else (), (said[0].scene.article,),
        )  # fmt: skip
    every = [use.seen for use in said]
    names = [seen.name for seen in every]
    name = _commonest(names) or ""
    alone = (name,)  # most mentions are of the very name, and are not put into a set
    words = set(names).union(*[seen.surfaces for seen in every if seen.surfaces != alone])
    words -= {name, ""}
    codes = [seen.code for seen in every]
    return Entity(
        node,
        every[0].type,
        name,
        _commonest([seen.kind for seen in every]),
        tuple(sorted(words)),
        _commonest([seen.within for seen in every]),
        tuple(sorted(set(filter(None, codes)))),
        tuple(sorted(dict.fromkeys([use.scene.article for use in said]))),  # in this order they are nearly sorted
    )


def _commonest(words: Sequence[str | None]) -> str | None:
    """The word said most; nearly always it is the only one, and need not be counted."""
    if words.count(words[0]) == len(words):
        return words[0] or None
    some = Counter(filter(None, words))
    return commonest(some) if some else None


def commonest(count: Counter[str]) -> str:
    """The word counted most; of equals the longest, then the first in code point order."""
    return min(count, key=lambda word: (-count[word], -len(word), word))


def move(
    named: dict[str, list[Use]], node: str, assign: Callable[[Use], tuple[str, str, str] | None]
) -> dict[str, str]:
    """Give uses of a node to other ones, id, name and place as `assign` says; where each article's went."""
    moved: dict[str, str] = {}
    kept: list[Use] = []
    for use in named[node]:
        target = assign(use)
        if target is None:
            kept.append(use)
            continue
        other, name, within = target
        seen = replace(use.seen, id=other, name=name or use.seen.name, within=within or None)
        named.setdefault(other, []).append(Use(use.scene, seen))
        moved[use.scene.article] = other
    if kept:
        named[node] = kept
    else:
        del named[node]
    return moved
