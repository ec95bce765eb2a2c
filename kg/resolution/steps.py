"""The steps of resolution, each a function of what shares a key and of what is known of all: in one process or many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import Entity, Judgement, Reason, fold, make_id
from kg.resolution.blocking import Key
from kg.resolution.candidates import Candidate, Use, move
from kg.resolution.editions import judge_current, one_edition
from kg.resolution.features import judge, pairs, settle
from kg.resolution.heads import judge_heads
from kg.resolution.judging import Components, connect, roots
from kg.resolution.known import Known
from kg.resolution.namesakes import Namesake
from kg.resolution.persons import judge_parts
from kg.resolution.replay import Replay

In = tuple[str, str]  # a node in an article


def part(found: Namesake, name: str, named: dict[str, list[Use]]) -> tuple[Judgement, dict[In, str]]:
    """Give what is said of a namesake to a node of its own: that they are two, and where what articles say went."""
    other = make_id("Person", fold(name), fold(found.within))
    where = other, name, found.within

    def assign(use: Use) -> tuple[str, str, str] | None:
        return where if use.scene.article in found.articles else None

    went = move(named, found.node, assign)
    why = (Reason(found.feature, Decimal(-1), found.sentence),)
    judgement = Judgement(found.node, other, "different", Decimal(0), why, name, f"{name}@{found.within}")
    return judgement, {(found.node, article): node for article, node in went.items()}


def ruled(shared: Mapping[Key, Sequence[Candidate]], events: Iterable[Candidate], known: Known) -> list[Judgement]:
    """What rules say of nodes that share keys, and of meetings that come again and again."""
    found = (judgement for pair in pairs(shared) if (judgement := judge(pair, known)))
    return [
        *settle(found), *judge_heads(shared, known), *judge_parts(shared, known), *one_edition(events),
        *judge_current(shared),
    ]  # fmt: skip


_RANKS = {"different": 0, "same": 1, "edition": 2, "successor": 2, "unsure": 3}


def strongest(found: Iterable[Judgement], decided: Iterable[Judgement]) -> list[Judgement]:
    """Of several judgements on one pair the one that says most, unless somebody has decided."""
    best: dict[frozenset[str], Judgement] = {}
    for judgement in sorted(found, key=_strength):
        best.setdefault(frozenset((judgement.left, judgement.right)), judgement)
    for judgement in decided:
        best[frozenset((judgement.left, judgement.right))] = judgement
    return list(best.values())


def _strength(judgement: Judgement) -> tuple[int, bool, str, str]:
    return _RANKS[judgement.judgement], bool(judgement.articles), judgement.left, judgement.right


@dataclass(frozen=True, slots=True)
class Agreed:
    """Judgements that do not contradict each other, and where nodes go because of them."""

    judgements: Sequence[Judgement]
    moved: Mapping[In, str]  # as some articles use a name
    absorbed: Mapping[str, str]


def agree(found: Iterable[Judgement], name: Callable[[str], str], weight: Callable[[str], int]) -> Agreed:
    """What all judgements together come to; `weight` is how many articles use a node."""
    parts, judgements = connect(found, name)
    short: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.judgement == "same":
            short[judgement.right].append(judgement)
    ranked = sorted(judgements, key=lambda j: (j.judgement, j.left, j.right))
    return Agreed(ranked, _by_article(judgements, parts), roots(parts, short, weight))


def _by_article(judgements: Iterable[Judgement], parts: Components) -> dict[In, str]:
    """Where articles use a short name in a sense of their own; nowhere if they would have to mean two things by it."""
    moved: dict[In, set[str]] = defaultdict(set)
    for judgement in judgements:
        for article in judgement.articles:
            moved[judgement.right, article].add(judgement.left)
    return {
        key: min(fulls)
        for key, fulls in moved.items()
        if len({parts.of(full) for full in fulls}) == 1 and not parts.clash(min(fulls), key[0])
    }


def shares(node: str, said: Sequence[Use], agreed: Agreed, touched: bool) -> Iterator[tuple[str, Sequence[Use], bool]]:
    """Where the uses of a node go, and whether all go there; `touched` where articles use its name in many senses."""
    if not touched:
        yield agreed.absorbed.get(node, node), said, True
        return
    found: dict[str, list[Use]] = defaultdict(list)
    for use in said:
        target = agreed.moved.get((node, use.scene.article), node)
        found[agreed.absorbed.get(target, target)].append(use)
    for root in sorted(found):
        yield root, found[root], len(found) == 1


def merge(root: str, group: Sequence[Entity], whole: Iterable[str], decided: Replay) -> Entity:
    """One entity of the shares that came together, by the ids of the nodes; `whole` are nodes that came with all.

    The root itself need not be among them.
    """
    return decided.renamed(_merge(root, group, whole, decided.names.get(root)))


def _merge(root: str, group: Sequence[Entity], whole: Iterable[str], name: str | None) -> Entity:
    if len(group) == 1 and group[0].id == root:  # as most
        return group[0]
    head = next((e for e in group if e.id == root), group[0])
    name = head.name if head.id == root else name or head.name
    words = {word for e in group for word in (e.name, *e.aliases)}
    return replace(
        head,
        id=root,
        name=name,
        kind=head.kind or next((e.kind for e in group if e.kind), None),
        aliases=tuple(sorted(words - {name})),
        codes=tuple(sorted({c for e in group for c in e.codes})),
        mentioned_in=tuple(sorted({a for e in group for a in e.mentioned_in})),
        absorbed=tuple(sorted(set(whole) - {root})),
    )
