"""Decisions at work: what they change before rules judge, what they judge themselves, and which no longer apply."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from extractors.ontology import relation_types
from kg.model import Entity, Judgement, Problem, Reason, Verdict
from kg.resolution.decisions import Decision
from kg.resolution.moves import Moves, Uses, called
from kg.resolution.vetoes import Vetoes

_VERDICTS: Mapping[str, Verdict] = {"merge": "same", "split": "different", "unsure": "unsure"}
Heard = tuple[list[Decision], list[tuple[Decision, str]], list[tuple[str, str, int]]]  # held, doubted, fallen away
_ORDER = ("split", "unsure", "merge")


class _Known(Protocol):
    """What is known of a node."""

    @property
    def entity(self) -> Entity: ...


class Replay:
    """The decisions on one set of articles. `named` is changed: what is of another type, or split, moves."""

    def __init__(self, decisions: Iterable[Decision], named: Uses) -> None:
        self._found: list[Problem] = []
        by_kind: dict[str, list[Decision]] = defaultdict(list)
        every = sorted(set(decisions))
        for decision in every:
            by_kind[decision.judgement].append(decision)
        self._names = called(every, named)
        self._retype = self._one_value(by_kind["retype"], {})
        splits = [d for d in by_kind["split"] if d.value]
        self._moves = Moves(self._retype, splits, named, self._names, self._tell)
        parted = [
            replace(d, left=left, right=right)
            for d, left, right in self._moves.parted
            if left != right and left in named and right in named
        ]
        # By its name what is split off is still one with what is left: that they are two is said as well.
        self._two = self._agreed([*(d for k in _VERDICTS for d in by_kind[k] if not d.value), *parted])
        self.names = {
            d.left: self._names[d.left][0] for d in self._two if d.judgement == "merge" and d.left in self._names
        }
        self._rename = self._one_value(by_kind["rename"], self._moves.retyped)
        self._there = set(named)
        self._ruled: set[str] = set()  # nodes that decisions tell of and rules have made
        self.vetoes = Vetoes(by_kind["veto"], self._moves.retyped, self._moves.split)
        self._lost: Counter[tuple[str, str]] = Counter()
        self._turned = self._of_new_type()

    def home(self, node: str, article: str) -> str:
        """Where a node of an article's facts is, before rules judge."""
        return self._moves.home(node, article)

    @property
    def nodes(self) -> frozenset[str]:
        """What decisions make of what they tell of."""
        return frozenset((*self._moves.retyped.values(), *self._moves.split.values()))

    def _name(self, node: str) -> str:
        """What a node that decisions tell of is called, with its place; the id where nothing says it."""
        return "@".join(filter(None, self._names.get(node, (node, ""))))

    def _tell(self, decision: Decision, words: str, always: bool = False) -> None:
        """A problem of the decision; of a shipped one only where it is wrong for whatever graph."""
        if always or not decision.shipped:
            two = decision.judgement in _VERDICTS and not decision.value
            names = " and ".join(map(self._name, (decision.left, decision.right)[: 1 + two]))
            self._found.append(Problem(decision.where, f"{decision.judgement} {names}: {words}"))

    def _one_value(self, decisions: Iterable[Decision], became: Mapping[str, str]) -> dict[str, Decision]:
        """By node; nothing where two decisions say different things of one."""
        said: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            said[became.get(decision.left, decision.left)].append(decision)
        for node, some in list(said.items()):
            if len({d.value for d in some}) > 1:
                del said[node]
                for decision in some:
                    self._tell(decision, "decided twice, left as it is", True)
        return {node: some[0] for node, some in said.items()}

    def _agreed(self, decisions: Iterable[Decision]) -> list[Decision]:
        """What is decided of two nodes; apart where one decision joins them and another does not."""
        said: dict[frozenset[str], list[tuple[Decision, Decision]]] = defaultdict(list)
        for decision in decisions:
            left, right = (self._moves.retyped.get(node, node) for node in (decision.left, decision.right))
            kinds = {node.partition("/")[0] for node in (left, right)}
            if decision.judgement == "merge" and len(kinds) > 1:  # what a ministry issued, no policy document can issue
                self._tell(decision, "kept apart, of different types")
            elif left != right:
                said[frozenset((left, right))].append((decision, replace(decision, left=left, right=right)))
        agreed = []
        for some in said.values():
            kinds = {d.judgement for d, _ in some}
            if "merge" in kinds and len(kinds) > 1:
                for decision, _ in some:
                    self._tell(decision, "judged twice, kept apart", True)
                some = [(d, moved) for d, moved in some if d.judgement != "merge"]
            agreed.append(min((moved for _, moved in some), key=lambda d: (_ORDER.index(d.judgement), d)))
        return agreed

    def _of_new_type(self) -> dict[str, tuple[Decision, str]]:
        """By node of articles the decision that gives it a new type, and that type."""
        kinds = {node: target.partition("/")[0] for node, target in self._moves.retyped.items()}
        turned = {node: (self._retype[node], kind) for node, kind in kinds.items() if node in self._retype}
        for d, left, right in self._moves.parted:
            if (kind := right.partition("/")[0]) != left.partition("/")[0]:
                turned.setdefault(left, (self._retype.get(d.right, d), kind))
        return turned

    def judgements(self, known: Mapping[str, _Known]) -> Iterator[Judgement]:
        """What is decided of two nodes, as judgements."""
        asked = {*self._rename, *(d.left for d in self._moves.idle), *(node for d in self._two for node in d.pair)}
        self._ruled = {node for node in asked - self._there if node in known}
        for node in self._ruled - self._names.keys():
            self._names[node] = known[node].entity.name, known[node].entity.within or ""
        for decision in self._two:
            left, right = decision.left, decision.right
            there = right in known if decision.judgement == "merge" else left in known and right in known
            if not there:
                missing = self._name(right if right not in known else left)
                self._tell(decision, f"no longer applies, {missing} is named nowhere")
                continue
            self._there |= {left, right}
            reason = Reason("decision", Decimal(1), decision.why or f"decided in {decision.file}")
            score = Decimal(1) if decision.judgement == "merge" else Decimal(0)
            # A thing that no article names and that is known by its id alone is called as what it absorbs.
            one, other = self._name(left) if left in self._names else self._name(right), self._name(right)
            yield Judgement(left, right, _VERDICTS[decision.judgement], score, (reason,), one, other)

    def renamed(self, entity: Entity) -> Entity:
        """The entity under the name that was decided for it or for what it absorbed."""
        decision = next((d for node in (entity.id, *entity.absorbed) if (d := self._rename.get(node))), None)
        if decision is None:
            return entity
        words = {entity.name, *entity.aliases} - {decision.value}
        return replace(entity, name=decision.value, aliases=tuple(sorted(words)))

    def allows(self, predicate: str, ends: tuple[str, str], said: tuple[str, str]) -> bool:
        """Whether what is now of another type can still stand at the ends of a relation; `said` are those it had."""
        if not self._turned:
            return True
        relation = relation_types()[predicate]
        allowed = [
            node.partition("/")[0] in types
            for node, types in zip(ends, (relation.source, relation.target), strict=True)
        ]
        for node, fits in zip(said, allowed, strict=True):
            if not fits:
                self._lost[node, relation.label] += 1
        return all(allowed)

    def afresh(self) -> Replay:
        """The same, of which nothing has been asked so far: for another process or thread."""
        other = copy(self)
        other.vetoes, other._lost = self.vetoes.afresh(), Counter()
        return other

    def heard(self) -> Heard:
        """What has come of vetoes and new types: for another process, which hears it."""
        lost = [(*key, times) for key, times in sorted(self._lost.items())]
        return sorted(self.vetoes.heard), sorted(self.vetoes.doubted), lost

    def hear(self, heard: Heard) -> None:
        """What came of them elsewhere."""
        vetoed, doubted, lost = heard
        self.vetoes.heard.update(vetoed)
        self.vetoes.doubted.update(doubted)
        for end, label, times in lost:
            self._lost[end, label] += times

    def problems(self, judgements: Iterable[Judgement]) -> list[Problem]:
        """What contradicts itself or no longer applies; asked for vetoes, when all facts have been seen."""
        doubted = {frozenset((j.left, j.right)) for j in judgements if j.judgement == "unsure"}
        for decision in self._two:
            if decision.judgement == "merge" and decision.pair in doubted:
                self._tell(decision, "kept apart, as others say that they differ", True)
        for decision in self._moves.idle:
            words = "no such article names it" if decision.judgement == "split" else "it is named nowhere"
            if decision.left in self._ruled:
                words = "rules made it of another name; split that one by article first"
            self._tell(decision, f"no longer applies, {words}")
        for node, decision in sorted(self._rename.items()):
            if node not in self._there | self._ruled:
                self._tell(decision, "no longer applies, it is named nowhere")
        return self._found

    def unheard(self, absorbed: Mapping[str, str]) -> list[Problem]:
        """What came of nothing, and what a new type has cost, once all facts have been seen and merged."""
        found = []
        for (node, label), times in sorted(self._lost.items()):
            decision, kind = self._turned[node]
            words = f"{times} × {label} falls away, {kind} cannot stand there"
            found.append(Problem(decision.where, f"{decision.judgement} {self._name(decision.left)}: {words}"))
        for decision, part in sorted(self.vetoes.doubted):
            words = f"veto {decision.left}: not of {self._name(part)}, which was split off; name both ends to say that"
            found.append(Problem(decision.where, words))
        for decision in self.vetoes.unheard():
            if not decision.shipped:
                names = " ".join(filter(None, (self._name(decision.left), decision.value, self._name(decision.right))))
                why = "both are one thing" if self.vetoes.one_thing(decision, absorbed) else "nothing says so"
                if not decision.right:
                    why = "nothing has this id; names of the ends and a relation outlast what is split since"
                found.append(Problem(decision.where, f"veto {names}: no longer applies, {why}"))
        return [*found, *self._outvoted(absorbed)]

    def _outvoted(self, absorbed: Mapping[str, str]) -> Iterator[Problem]:
        """New names of things that are one with a thing of another new name, which `renamed` takes."""
        first: dict[str, Decision] = {}
        for node, decision in sorted(self._rename.items(), key=lambda item: (item[0] in absorbed, item[0])):
            taken = first.setdefault(absorbed.get(node, node), decision)
            if taken.value != decision.value:
                words = f"it is one thing with {self._name(taken.left)}, which is called {taken.value}"
                yield Problem(decision.where, f"rename {self._name(decision.left)}: {words}")
