"""What is to be resolved: every node with all its uses, and what stands around it in each article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from kg.facts import Facts, Seen
from kg.model import Entity

Posts = Mapping[str, Sequence[tuple[str, str]]]
_NO_POSTS: Posts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scene:
    """One article as the background of the names in it."""

    article: str
    issued: str  # EDTF, or nothing
    nodes: frozenset[str]  # ids of all that it names
    posts: Posts  # person → (organization, post)


@dataclass(slots=True)  # not frozen: there are a hundred thousand, and those take three times as long to make
class Use:
    """A name in an article; never changed."""

    scene: Scene
    seen: Seen


@dataclass(frozen=True)
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
        words = {word for word in seen.surfaces if word} - {seen.name}
        return Entity(
            node, seen.type, seen.name, seen.kind, tuple(sorted(words)), seen.within,
            (seen.code,) if seen.code else (), (said[0].scene.article,),
        )  # fmt: skip
    names = Counter([use.seen.name for use in said])
    kinds = Counter([use.seen.kind for use in said if use.seen.kind])
    places = Counter([use.seen.within for use in said if use.seen.within])
    surfaces = {word for use in said for word in use.seen.surfaces if word} | set(names)
    name = commonest(names)
    return Entity(
        node,
        said[0].seen.type,
        name,
        commonest(kinds) if kinds else None,
        tuple(sorted(surfaces - {name})),
        commonest(places) if places else None,
        tuple(sorted({use.seen.code for use in said if use.seen.code})),
        tuple(sorted({use.scene.article for use in said})),
    )


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
