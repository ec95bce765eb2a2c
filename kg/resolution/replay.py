"""Decisions at work: what they change before rules judge, what they judge themselves, and which no longer apply."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from extractors.ontology import relation_types
from kg.model import Entity, Judgement, Problem, Reason, Verdict, fold, make_id
from kg.resolution.candidates import Use, move
from kg.resolution.decisions import Decision

Uses = dict[str, list[Use]]
_VERDICTS: Mapping[str, Verdict] = {"merge": "same", "split": "different", "unsure": "unsure"}


class Replay:
    """The decisions on one set of articles. `named` is changed: what is of another type, or split, moves."""

    def __init__(self, decisions: Iterable[Decision], named: Uses) -> None:
        self._found: list[Problem] = []
        by_kind: dict[str, list[Decision]] = defaultdict(list)
        for decision in sorted(set(decisions)):
            by_kind[decision.judgement].append(decision)
        self._known = frozenset(named)
        self.retyped: dict[str, str] = {}
        self.retyped = self._retype(by_kind["retype"], named)
        self.split = self._split([d for d in by_kind["split"] if d.value], named)
        parted = [d for d in by_kind["split"] if d.value and self.retyped.get(d.left, d.left) in named]
        # By its name what is split off is still one with what is left: that they are two is said as well.
        parted = [d for d in parted if d.right in self.split.values() and d.right in named]
        self._known |= frozenset(named)  # what was split off can be renamed
        self._two = self._agreed([*(d for k in _VERDICTS for d in by_kind[k] if not d.value), *parted])
        self.names = {d.left: d.left_name for d in self._two if d.judgement == "merge" and d.left_name}
        self._rename = self._one_value(by_kind["rename"])
        self.vetoes = {(d.left, d.value, d.right): d for d in by_kind["veto"]}
        self._vetoed: set[Decision] = set()
        self._lost: Counter[tuple[str, str]] = Counter()

    def home(self, node: str, article: str) -> str:
        """Where a node of an article's facts is, before rules judge."""
        node = self.retyped.get(node, node)
        return self.split.get((node, article), node)

    def _report(self, decision: Decision, words: str, always: bool = False) -> None:
        if always or not decision.shipped:
            self._found.append(Problem(decision.where, f"{decision.judgement} {words}"))

    def _one_value(self, decisions: Iterable[Decision]) -> dict[str, Decision]:
        """By node; nothing where two decisions say different things of one."""
        said: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            said[self.retyped.get(decision.left, decision.left)].append(decision)
        for node, some in list(said.items()):
            if len({d.value for d in some}) > 1:
                del said[node]
                for decision in some:
                    self._report(decision, f"{decision.left_name or decision.left}: decided twice, left as it is", True)
        return {node: some[0] for node, some in said.items()}

    def _retype(self, decisions: Iterable[Decision], named: Uses) -> dict[str, str]:
        moved: dict[str, str] = {}
        for node, decision in self._one_value(decisions).items():
            if node not in named:
                self._report(decision, f"{decision.left_name or node}: no longer applies, it is named nowhere")
                continue
            used = named.pop(node)
            seen = used[0].seen
            moved[node] = make_id(decision.value, fold(seen.name), fold(seen.within or ""))
            here = named.setdefault(moved[node], [])
            here += [Use(use.scene, replace(use.seen, id=moved[node], type=decision.value, kind=None)) for use in used]
        return moved

    def _split(self, decisions: Iterable[Decision], named: Uses) -> dict[tuple[str, str], str]:
        parts: dict[tuple[str, str], Decision] = {}
        for decision in decisions:
            node = self.retyped.get(decision.left, decision.left)
            said = {use.scene.article for use in named.get(node, ())}
            articles = [a if a.startswith("Article/") else f"Article/{a}" for a in decision.value.split()]
            if not said.intersection(articles):
                words = f"{decision.left_name or node}: no longer applies, no such article names it"
                self._report(decision, words)
            for article in said.intersection(articles):
                other = parts.setdefault((node, article), decision)
                if other.right != decision.right:
                    self._report(decision, f"{decision.left_name or node}: decided twice for {article}", True)
        moved: dict[tuple[str, str], str] = {}
        for node in sorted({node for node, _ in parts}):
            here = {article: (d.right, d.right_name, d.right_within) for (n, article), d in parts.items() if n == node}
            went = move(named, node, lambda use, here=here: here.get(use.scene.article))  # type: ignore[misc]
            moved |= {(node, article): other for article, other in went.items()}
        return moved

    def _agreed(self, decisions: Iterable[Decision]) -> list[Decision]:
        """What is decided of two nodes; apart where one decision joins them and another does not."""
        said: dict[frozenset[str], list[Decision]] = defaultdict(list)
        for decision in decisions:
            left, right = (self.retyped.get(node, node) for node in (decision.left, decision.right))
            kinds = {node.partition("/")[0] for node in (left, right)}
            if decision.judgement == "merge" and len(kinds) > 1:  # what a ministry issued, no policy document can issue
                words = (
                    f"{decision.left_name or left} and {decision.right_name or right}: kept apart, of different types"
                )
                self._report(decision, words)
                continue
            said[frozenset((left, right))].append(replace(decision, left=left, right=right))
        agreed = []
        for pair, some in said.items():
            kinds = {d.judgement for d in some}
            if "merge" in kinds and len(kinds) > 1:
                first = some[0]
                self._report(first, f"{first.left} and {first.right}: judged twice, kept apart", True)
                some = [d for d in some if d.judgement != "merge"]
            if len(pair) == 2:
                agreed.append(min(some, key=lambda d: (_ORDER.index(d.judgement), d)))
        return agreed

    def judgements(self, known: Collection[str]) -> Iterator[Judgement]:
        """What is decided of two nodes, as judgements."""
        for decision in self._two:
            left, right = decision.left, decision.right
            there = right in known if decision.judgement == "merge" else left in known and right in known
            if not there:
                words = f"{decision.left_name or left} and {decision.right_name or right}: no longer applies, "
                missing = decision.right_name or right if right not in known else decision.left_name or left
                self._report(decision, f"{words}{missing} is named nowhere")
                continue
            reason = Reason("decision", Decimal(1), decision.why or decision.where)
            score = Decimal(1) if decision.judgement == "merge" else Decimal(0)
            yield Judgement(
                left, right, _VERDICTS[decision.judgement], score, (reason,), decision.left_name, decision.right_name
            )

    def renamed(self, entity: Entity) -> Entity:
        """The entity under the name that was decided for it or for what it absorbed."""
        decision = next((d for node in (entity.id, *entity.absorbed) if (d := self._rename.get(node))), None)
        if decision is None:
            return entity
        words = {entity.name, *entity.aliases} - {decision.value}
        return replace(entity, name=decision.value, aliases=tuple(sorted(words)))

    def allows(self, predicate: str, subject: str, target: str) -> bool:
        """Whether what is now of another type can still stand at the ends of a relation."""
        if not self.retyped:
            return True
        relation = relation_types()[predicate]
        wrong = [
            end
            for end, allowed in ((subject, relation.source), (target, relation.target))
            if end.partition("/")[0] not in allowed
        ]
        for end in wrong:
            self._lost[end, relation.label] += 1
        return not wrong

    def vetoed(self, fact: str, subject: str = "", predicate: str = "", target: str = "") -> bool:
        """Whether somebody has said that the fact is wrong."""
        if not self.vetoes:
            return False
        decision = self.vetoes.get((fact, "", "")) or self.vetoes.get((subject, predicate, target))
        if decision:
            self._vetoed.add(decision)
        return decision is not None

    def forget(self) -> None:
        """Nothing has been asked of vetoes and types so far."""
        self._vetoed, self._lost = set(), Counter()

    def heard(self) -> tuple[list[Decision], list[tuple[str, str, int]]]:
        """What came of vetoes and new types since then: for another process, which hears it."""
        return sorted(self._vetoed), [(*key, times) for key, times in sorted(self._lost.items())]

    def hear(self, vetoed: Iterable[Decision], lost: Iterable[tuple[str, str, int]]) -> None:
        """What came of them elsewhere."""
        self._vetoed.update(vetoed)
        for end, label, times in lost:
            self._lost[end, label] += times

    def problems(self, judgements: Iterable[Judgement]) -> list[Problem]:
        """What contradicts itself or no longer applies; asked for vetoes, when all facts have been seen."""
        doubted = {frozenset((j.left, j.right)) for j in judgements if j.judgement == "unsure"}
        for decision in self._two:
            if decision.judgement == "merge" and decision.pair in doubted:
                words = f"{decision.left_name} and {decision.right_name}: kept apart, as others say that they differ"
                self._report(decision, words, True)
        for node, decision in sorted(self._rename.items()):
            if node not in self._known and node not in self.retyped.values():
                self._report(decision, f"{decision.left_name or node}: no longer applies, it is named nowhere")
        return self._found

    def unheard(self) -> list[Problem]:
        """Vetoes of what nothing says, and what a new type has cost, once all facts have been seen."""
        found = [
            Problem("decisions.csv", f"retype: {times} × {label} falls away, {end} cannot stand there")
            for (end, label), times in sorted(self._lost.items())
        ]
        for decision in sorted(set(self.vetoes.values()) - self._vetoed):
            if not decision.shipped:
                words = (decision.left_name or decision.left, decision.value, decision.right_name)
                names = " ".join(filter(None, words))
                found.append(Problem(decision.where, f"veto {names}: no longer applies, nothing says so"))
        return found


_ORDER = ("split", "unsure", "merge")
