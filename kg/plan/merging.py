"""Nodes to the entities of the graph, and meetings to the series they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Judgement, fold, make_id
from kg.plan.bags import Emit, Made, Named, Share, part_of
from kg.plan.naming import by_node
from kg.plan.scribe import Scribe
from kg.plan.stage import Frame, Stage
from kg.resolution.candidates import entity
from kg.resolution.editions import in_series
from kg.resolution.names import edition
from kg.resolution.replay import Replay
from kg.resolution.steps import Agreed, merge, shares
from kg.resolution.successors import with_successors


@dataclass(frozen=True, slots=True)
class Merging:
    """What was agreed on."""

    frame: Frame
    agreed: Agreed
    decided: Replay
    successors: Sequence[Judgement]
    touched: frozenset[str]  # nodes whose name some articles use in a sense of their own


def _share(told: Merging, part: int, uses: Iterator[Named], people: Iterator[Named]) -> Iterator[Emit]:
    for node, some in by_node(uses, people, company=False).items():
        readers = {named.use.scene.article: named.part for named in some}
        for root, said, whole in shares(node, [n.use for n in some], told.agreed, node in told.touched):
            days = sorted({use.scene.issued for use in said if use.scene.issued})
            parts = tuple(sorted({readers[use.scene.article] for use in said}))
            first, last = (days[0], days[-1]) if days else (None, None)
            share = Share(root, entity(node, said), whole, first, last, parts)
            yield "shares", part_of(root, told.frame.parts), share


def _merge(told: Merging, part: int, given: Iterator[Share]) -> Iterator[Emit]:
    groups: dict[str, list[Share]] = defaultdict(list)
    for share in given:
        groups[share.root].append(share)
    scribe = Scribe(told.frame, part)
    for root, group in sorted(groups.items()):
        group.sort(key=lambda share: share.entity.id)
        whole = [share.entity.id for share in group if share.whole]
        merged = merge(root, [share.entity for share in group], whole, told.decided)
        (found,) = with_successors([merged], told.successors, told.agreed.absorbed)
        made = Made(
            found,
            min((share.first for share in group if share.first), default=None),
            max((share.last for share in group if share.last), default=None),
        )
        for reader in sorted({reader for share in group for reader in share.parts}):
            yield "names", reader, (root, found.name)
        if found.type == "Event":
            yield "meetings", part_of(_series(found.name), told.frame.parts), made
        else:
            yield from scribe.entity(made)
    yield scribe.counted()


def _series(name: str) -> str:
    """The series that the name of a meeting tells or is."""
    of = edition(name)
    return make_id("Series", fold(of[0] if of else name))


def _meet(told: Merging, part: int, meetings: Iterator[Made]) -> Iterator[Emit]:
    groups: Mapping[str, list[Made]] = defaultdict(list)
    for made in meetings:
        groups[_series(made.entity.name)].append(made)
    scribe = Scribe(told.frame, part)
    for _, group in sorted(groups.items()):
        group.sort(key=lambda made: made.entity.id)
        entities, labels = in_series(made.entity for made in group)
        for made, found in zip(group, entities, strict=True):
            yield from scribe.entity(Made(found, made.first, made.last))
        for label in labels:
            yield scribe.block(scribe.describe.label(label))
    yield scribe.counted()


def touched(agreed: Agreed) -> frozenset[str]:
    return frozenset(node for node, _ in agreed.moved)


def successors(judgements: Iterable[Judgement]) -> list[Judgement]:
    return [judgement for judgement in judgements if judgement.judgement == "successor"]


SHARE = Stage(_share, ("uses", "people"), ("shares",))
MERGE = Stage(_merge, ("shares",), ("names", "meetings", "triples", "entities", "tallies"))
MEET = Stage(_meet, ("meetings",), ("triples", "entities", "tallies"))
