"""Vetoes at work: which statements and figures somebody has said to be wrong, whatever their ends have become since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from extractors.ontology import relation_types
from kg.resolution.decisions import Decision

Ends = tuple[str, str, str]  # subject, relation, object
_NONE: Sequence[Decision] = ()


class Vetoes:
    """The vetoes on one set of articles.

    A thing that another one absorbs is that other thing: a veto of what it was said to do is a veto of what the other
    one is said to do, and the id that a statement had under its name is an id of the statement that it has become.
    """

    def __init__(self, decisions: Iterable[Decision], retyped: Mapping[str, str]) -> None:
        self._said = tuple(decisions)
        self._retyped = retyped
        self._facts: dict[str, list[Decision]] = defaultdict(list)
        for decision in self._said:
            if not decision.right:
                self._facts[decision.left].append(decision)
        self._absorbed: Mapping[str, str] | None = None
        self._ends: dict[Ends, list[Decision]] = {}
        self._before: dict[str, list[str]] = {}
        self.heard: set[Decision] = set()

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
            subject, predicate, target = ends
            for one in self._before.get(subject, (subject,)):
                for other in self._before.get(target, (target,)):
                    left, _, right = _in_order(one, predicate, other)
                    found += self._facts.get(named(left, right), _NONE)
        self.heard.update(found)
        return bool(found)

    def one_thing(self, decision: Decision, absorbed: Mapping[str, str]) -> bool:
        """Whether the ends of a veto have become one."""
        return self._home(decision.left, absorbed) == self._home(decision.right, absorbed)

    def unheard(self) -> list[Decision]:
        """Vetoes that nothing was said against, of each kind one, once all facts have been seen."""
        one = {(d.left, d.value, d.right): d for d in self._said if d not in self.heard}
        return sorted(one.values())

    def afresh(self) -> Vetoes:
        """The same vetoes, of which nothing has been asked so far."""
        return Vetoes(self._said, self._retyped)

    def _settle(self, absorbed: Mapping[str, str]) -> None:
        """Take note of what has become of the ends."""
        self._absorbed = absorbed
        self._ends, before = defaultdict(list), defaultdict(list)
        for decision in self._said:
            if decision.right:
                one, other = (self._home(node, absorbed) for node in (decision.left, decision.right))
                self._ends[_in_order(one, decision.value, other)].append(decision)
        for node in {*absorbed, *self._retyped}:
            before[self._home(node, absorbed)].append(node)
        self._before = {root: [root, *sorted(nodes)] for root, nodes in before.items()} if self._facts else {}

    def _home(self, node: str, absorbed: Mapping[str, str]) -> str:
        node = self._retyped.get(node, node)
        return absorbed.get(node, node)


def _in_order(subject: str, predicate: str, target: str) -> Ends:
    """A与B合作 and B与A合作 are one statement."""
    if relation_types()[predicate].symmetric and target < subject:
        return target, predicate, subject
    return subject, predicate, target
