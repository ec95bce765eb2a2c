"""Reasons into a judgement: thresholds, and which nodes end up together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model import Judgement, Reason, Verdict
from kg.resolution.candidates import Candidate

SAME = Decimal("0.80")  # from here on two nodes are one
UNSURE = Decimal("0.50")  # from here on somebody should look
NEVER = Decimal(-1)  # what one feature says that rules the rest out
_ONE = Decimal(1)


def reason(feature: str, score: str, sentence: str) -> Reason:
    return Reason(feature, Decimal(score), sentence)


def weigh(
    left: Candidate, right: Candidate, reasons: Sequence[Reason], articles: Iterable[str] = ()
) -> Judgement | None:
    """The judgement that the reasons come to; None where they say too little to speak of."""
    total = sum((r.score for r in reasons), Decimal(0))
    verdict: Verdict
    if any(r.score <= NEVER for r in reasons):
        verdict = "different"
    elif total >= SAME:
        verdict = "same"
    elif total >= UNSURE:
        verdict = "unsure"
    else:
        return None
    score = max(Decimal(0), min(_ONE, total)).quantize(Decimal("0.01"))
    ranked = tuple(sorted(reasons, key=lambda r: (-abs(r.score), r.feature, r.sentence)))
    return Judgement(left.id, right.id, verdict, score, ranked, left.name, right.name, tuple(sorted(articles)))


def doubted(judgement: Judgement, why: Reason) -> Judgement:
    """The judgement taken back to unsure, because of a reason more."""
    reasons = (*judgement.reasons, why)
    score = max(Decimal(0), min(judgement.score + why.score, SAME - Decimal("0.01")))
    return replace(judgement, judgement="unsure", score=score, reasons=reasons, articles=())


_APART = ("different", "successor")


class Components:
    """Nodes that are one thing; never two of which it is said that they are different."""

    def __init__(self, apart: Iterable[frozenset[str]] = ()) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for pair in apart:
            for node in pair:
                self._apart[node] |= pair - {node}

    def of(self, node: str) -> str:
        """Any one node that stands for all that are the same."""
        return self._root.get(node, node)

    def members(self, node: str) -> Sequence[str]:
        return self._members.get(self.of(node), [node])

    def clash(self, left: str, right: str) -> tuple[str, str] | None:
        """Two nodes that would come together and are different."""
        for node in self.members(left):
            if other := self._apart.get(node):
                for found in self.members(right):
                    if found in other:
                        return node, found
        return None

    def join(self, left: str, right: str) -> None:
        a, b = self.of(left), self.of(right)
        if a != b:
            together = [*self.members(a), *self.members(b)]
            self._members.pop(b, None)
            self._members[a] = together
            for node in together:
                self._root[node] = a

    def groups(self) -> Iterable[Sequence[str]]:
        return self._members.values()


def connect(judgements: Iterable[Judgement], name: Callable[[str], str]) -> tuple[Components, list[Judgement]]:
    """Put together what is the same, the surest first; what would bring different things together becomes unsure."""
    found = list(judgements)
    parts = Components(frozenset((j.left, j.right)) for j in found if j.judgement in _APART)
    settled = [j for j in found if j.judgement != "same" or j.articles]
    same = [j for j in found if j.judgement == "same" and not j.articles]
    for judgement in sorted(same, key=lambda j: (-j.score, j.left, j.right)):
        if clash := parts.clash(judgement.left, judgement.right):
            words = f"then {name(clash[0])} and {name(clash[1])}, which are different, would be one"
            settled.append(doubted(judgement, reason("would join", "-0.30", words)))
        else:
            parts.join(judgement.left, judgement.right)
            settled.append(judgement)
    return parts, settled


def roots(
    parts: Components, absorbed: Mapping[str, Sequence[Judgement]], weight: Callable[[str], int]
) -> dict[str, str]:
    """Where each node goes: to the one of its group that no judgement calls the shorter one, else to the most used."""
    home: dict[str, str] = {}
    for group in parts.groups():
        root = min(group, key=lambda node: (len(absorbed.get(node, ())), -weight(node), node))
        for node in group:
            if node != root:
                home[node] = root
    return home
