"""Which names of many articles mean one thing: judgements with their reasons, and where each node goes because of them.

The steps are those of a keyed group-by, so that they can be taken in a database or on a cluster as well: names by node
(candidates), nodes by key (blocking), judgements on what shares a key (features, heads, persons, editions), and the
connected parts of what is judged the same (judging). What people have decided (decisions) outweighs all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.facts import Facts
from kg.model import Entity, Judgement, Label, Problem
from kg.resolution.blocking import blocks
from kg.resolution.candidates import Candidate, Use, entity, uses
from kg.resolution.decisions import Decision, DecisionError, all_decisions, read_decisions
from kg.resolution.editions import in_series, yearly
from kg.resolution.known import Known
from kg.resolution.namesakes import namesakes
from kg.resolution.replay import Replay
from kg.resolution.reprints import reprints
from kg.resolution.steps import Agreed, In, agree, merge, part, ruled, shares, strongest
from kg.resolution.successors import judge_successors, with_successors

__all__ = ["Decision", "DecisionError", "Resolution", "all_decisions", "read_decisions", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was found out; `home` is where a node of an article's facts goes in the graph."""

    entities: Sequence[Entity]
    labels: Sequence[Label]  # of the series of meetings
    judgements: Sequence[Judgement]
    problems: Sequence[Problem]
    decided: Replay
    sent: Mapping[In, str]
    moved: Mapping[In, str]
    absorbed: Mapping[str, str]
    copies: Mapping[str, str]  # article → the one it is a reprint of
    _ruled: frozenset[str] = field(init=False, repr=False, compare=False)  # nodes that rules send elsewhere
    redirected: bool = field(init=False, repr=False, compare=False)  # whether decisions send any

    def __post_init__(self) -> None:
        ruled = frozenset((*self.absorbed, *(node for node, _ in (*self.sent, *self.moved))))
        object.__setattr__(self, "_ruled", ruled)
        object.__setattr__(self, "redirected", bool(self.decided.nodes))

    def voice(self, article: str) -> str:
        """Whose words an article repeats: its own, unless it is a reprint."""
        return self.copies.get(article, article)

    def home(self, node: str, article: str) -> str:
        """The node of the graph that a node of an article's facts has become."""
        if self.redirected:
            node = self.decided.home(node, article)
        if node not in self._ruled:  # nearly all stay where they are
            return node
        node = self.sent.get((node, article), node)
        node = self.moved.get((node, article), node)
        return self.absorbed.get(node, node)


def resolve(everything: Sequence[Facts], decisions: Iterable[Decision] = ()) -> Resolution:
    """The entities of all articles, each once, and the judgements that made them so."""
    named = uses(everything)
    decided = Replay(decisions, named)
    sent, told = yearly(named)
    known = Known([Candidate(entity(node, named[node]), named[node]) for node in sorted(named)])
    by_id = known.candidates
    told += _split(named, known, sent)
    found = [*told, *_judgements(known, decided)]

    def name(node: str) -> str:
        return by_id[node].name if node in by_id else decided.names.get(node, node)

    agreed = agree(found, name, lambda node: len(by_id[node].scenes) if node in by_id else 0)
    entities = _merged(by_id, agreed, decided)
    problems = decided.problems(agreed.judgements)
    entities, labels = in_series(with_successors(entities, agreed.judgements, agreed.absorbed))
    copies = reprints(everything)
    return Resolution(
        entities, labels, agreed.judgements, problems, decided, sent, agreed.moved, agreed.absorbed, copies
    )


def _split(named: dict[str, list[Use]], known: Known, sent: dict[In, str]) -> list[Judgement]:
    """Give what is said of namesakes to nodes of their own."""
    persons = [candidate for candidate in known.candidates.values() if candidate.entity.type == "Person"]
    judgements = []
    for found in list(namesakes(persons, known)):
        judgement, went = part(found, known.name(found.node), named)
        sent |= went
        for node in (judgement.left, judgement.right):
            known.put(Candidate(entity(node, named[node]), named[node]))
        judgements.append(judgement)
    return judgements


def _judgements(known: Known, decided: Replay) -> list[Judgement]:
    """What rules say, unless somebody has decided; of several rules on one pair the one that says most."""
    candidates = list(known.candidates.values())
    events = [candidate for candidate in candidates if candidate.entity.type == "Event"]
    found = [*ruled(blocks(candidates), events, known), *judge_successors(known.candidates)]
    return strongest(found, decided.judgements(known.candidates))


def _merged(by_id: Mapping[str, Candidate], agreed: Agreed, decided: Replay) -> list[Entity]:
    """The entities as they are after all that."""
    touched = {node for node, _ in agreed.moved}
    groups: dict[str, list[Entity]] = defaultdict(list)
    whole: dict[str, set[str]] = defaultdict(set)
    for node in sorted(by_id):
        candidate = by_id[node]
        if node not in touched and node not in agreed.absorbed:  # as most
            groups[node].append(candidate.entity)
            continue
        for root, share, every in shares(node, candidate.uses, agreed, node in touched):
            groups[root].append(candidate.entity if share is candidate.uses else entity(node, share))
            if every:
                whole[root].add(node)
    return [merge(root, group, whole[root], decided) for root, group in groups.items()]
