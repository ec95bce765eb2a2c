"""Vetoes at work: which statements and figures somebody has said to be wrong, whatever their ends have become since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from extractors.ontology import relation_types
from kg.resolution.decisions import Decision

Ends = tuple[str, str, str]  # subject, relation, object
In = tuple[str, str]  # a node in an article
_NONE: Sequence[Decision] = ()


class Vetoes:
    """The vetoes on one set of articles.

    A thing that another one absorbs is that other thing: a veto of what it was said to do is a veto of what the other
    one is said to do, and the id that a statement had under its name is an id of the statement that it has become.
    What was split off is another thing: whether the id of a statement was meant before or after that, nobody can tell.
    """

    def __init__(self, decisions: Iterable[Decision], retyped: Mapping[str, str], split: Mapping[In, str]) -> None:
        self._said = tuple(decisions)
        self._retyped = retyped
        self._split = split
        self._facts: dict[str, list[Decision]] = defaultdict(list)
        for decision in self._said:
            if not decision.right:
                self._facts[decision.left].append(decision)
        self._absorbed: Mapping[str, str] | None = None
        self._ends: dict[Ends, list[Decision]] = {}
        self._before: dict[str, list[str]] = {}
        self._whole: dict[str, list[str]] = {}
        self.heard: set[Decision] = set()
        self.doubted: set[tuple[Decision, str]] = set()  # what may be meant by an id, and of which part

    def __bool__(self) -> bool:
        return bool(self._said)

    def of_figure(self, figure: str) -> bool:
        """Whether somebody has said that a figure is wrong; its id is of its article, whatever becomes of its ends."""
        found = self._facts.get(figure, _NONE)
        self.heard.update(found)
        return bool(found)

    def of_statement(self, ends: Ends, named: Callable[[str, str], str], absorbed: Mapping[str, str]) -> bool:
        """Whether somebody has said that a statement is wrong; `named` gives its id with other ends."""
        if absorbed is not self._absorbed:
            self._settle(absorbed)
        found = [*self._ends.get(ends, _NONE)]
        if self._facts:
            found += self._by_id(ends, named, self._before)
            parts = [node for node in (ends[0], ends[2]) if node in self._whole]
            if parts and not found:
                whole = {node: [*self._before.get(node, (node,)), *self._whole[node]] for node in parts}
                self.doubted |= {(d, parts[0]) for d in self._by_id(ends, named, self._before | whole)}
        self.heard.update(found)
        return bool(found)

    def _by_id(
        self, ends: Ends, named: Callable[[str, str], str], before: Mapping[str, Sequence[str]]
    ) -> Iterator[Decision]:
        """The vetoes of a statement by an id that it had with other ends."""
        for one in before.get(ends[0], (ends[0],)):
            for other in before.get(ends[2], (ends[2],)):
                left, _, right = _in_order(one, ends[1], other)
                yield from self._facts.get(named(left, right), _NONE)

    def one_thing(self, decision: Decision, absorbed: Mapping[str, str]) -> bool:
        """Whether the ends of a veto have become one."""
        return self._home(decision.left, absorbed) == self._home(decision.right, absorbed)

    def unheard(self) -> list[Decision]:
        """Vetoes that nothing was said against, of each kind one, once all facts have been seen."""
        known = self.heard | {decision for decision, _ in self.doubted}
        one = {(d.left, d.value, d.right): d for d in self._said if d not in known}
        return sorted(one.values())

    def afresh(self) -> Vetoes:
        """The same vetoes, of which nothing has been asked so far."""
        return Vetoes(self._said, self._retyped, self._split)

    def _settle(self, absorbed: Mapping[str, str]) -> None:
        """Take note of what has become of the ends."""
        self._absorbed = absorbed
        self._ends, before = defaultdict(list), defaultdict(list)
        for decision in self._said:
            if decision.right:
                one, other = (self._home(node, absorbed) for node in (decision.left, decision.right))
                self._ends[_in_order(one, decision.value, other)].append(decision)
        if not self._facts:
            return
        for node in {*absorbed, *self._retyped}:
            before[self._home(node, absorbed)].append(node)
        self._before = {root: [root, *sorted(nodes)] for root, nodes in before.items()}
        whole: dict[str, set[str]] = defaultdict(set)
        for (node, _), part in self._split.items():
            one, other = self._home(node, absorbed), self._home(part, absorbed)
            if one != other:
                whole[other].update(self._before.get(one, (one,)))
        self._whole = {part: sorted(nodes) for part, nodes in whole.items()}

    def _home(self, node: str, absorbed: Mapping[str, str]) -> str:
        node = self._retyped.get(node, node)
        return absorbed.get(node, node)


def _in_order(subject: str, predicate: str, target: str) -> Ends:
    """A与B合作 and B与A合作 are one statement."""
    if relation_types()[predicate].symmetric and target < subject:
        return target, predicate, subject
    return subject, predicate, target
