"""Which nodes are one thing: recorded judgements, and one rule that needs no judgement, applied by something dumb.

decisions.csv has the columns left,right,judgement,who,why. `left` and `right` name an entity as TYPE:NAME, with @PLACE
behind it where homonyms are kept apart, or by its id. Judgements are

    same       right is absorbed by left, also in a graph where left does not occur
    different  the two stay apart, whatever a rule would say
    unsure     nobody knows yet: they stay apart, and the line keeps the question

The outcome does not depend on the order of lines or of entities, and a second run changes nothing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from extractors.ontology import entity_types
from kg.model import CannotRun, Entity, Problem, clean_name, fold, make_id

JUDGEMENTS = ("same", "different", "unsure")
# A name that is the short form of exactly one other thing is that thing: 中国海油 in one article, and in another
# 中国海洋石油集团有限公司（以下简称中国海油）. Only for types whose short forms are coined, and from a length that no
# common word has: 科协 is the short form of every 科学技术协会, 规划纲要 of every plan.
SHORT_FORMS = {"Organization": 3, "Policy": 6}


class DecisionError(CannotRun):
    """A line of decisions that cannot be applied; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement about two entities."""

    left: str  # id
    right: str
    judgement: str
    left_name: str


def read_decisions(path: Path | None = None) -> tuple[Decision, ...]:
    """The judgements in a file, by default the decisions.csv that is shipped."""
    text = (path or files("kg") / "decisions.csv").read_text(encoding="utf-8")
    decisions = []
    for number, row in enumerate(csv.DictReader(text.removeprefix("\ufeff").splitlines()), start=2):
        where = f"{path.name if path else 'decisions.csv'} line {number}"
        if row.get("judgement") not in JUDGEMENTS:
            raise DecisionError(f"{where}: the judgement must be one of {', '.join(JUDGEMENTS)}")
        left, right = (_refer(row.get(side) or "", where) for side in ("left", "right"))
        decisions.append(Decision(left[0], right[0], row["judgement"], left[1]))
    return tuple(decisions)


def _refer(text: str, where: str) -> tuple[str, str]:
    """The id and the name that TYPE:NAME@PLACE stands for."""
    kind, colon, rest = text.partition(":")
    if not colon:
        kind = text.partition("/")[0]
    if kind not in entity_types():
        raise DecisionError(f"{where}: {text!r} names no entity type")
    if not colon:
        return text, ""
    name, _, within = rest.partition("@")
    return make_id(kind, fold(name), fold(within)), clean_name(name)


def merges(
    entities: Iterable[Entity], decisions: Iterable[Decision]
) -> tuple[list[Entity], Mapping[str, str], list[Problem]]:
    """The entities after merging, where each absorbed id went, and the judgements that contradict each other."""
    nodes = {e.id: e for e in entities}
    decisions = tuple(decisions)
    vetoes = {frozenset((d.left, d.right)) for d in decisions if d.judgement != "same"}
    into, problems = _judged(decisions, vetoes)
    names = {d.left: d.left_name for d in decisions if d.judgement == "same" and d.left_name}
    for short, full in _short_forms(nodes):
        # A judgement about either end says all there is to say about it.
        if frozenset((short, full)) not in vetoes and short not in into and full not in into:
            into[short] = full
    groups: dict[str, list[Entity]] = defaultdict(list)
    for node in sorted(nodes):
        groups[_root(node, into)].append(nodes[node])
    merged = [_merge(root, group, names.get(root)) for root, group in groups.items()]
    return merged, {node: root for node in nodes if (root := _root(node, into)) != node}, problems


def _judged(decisions: Iterable[Decision], vetoes: set[frozenset[str]]) -> tuple[dict[str, str], list[Problem]]:
    into: dict[str, str] = {}
    problems = []
    for decision in sorted(decisions, key=lambda d: (d.right, d.left)):
        if decision.judgement != "same":
            continue
        pair = frozenset((decision.left, decision.right))
        if pair in vetoes or decision.right in into or _root(decision.left, into) == decision.right:
            problems.append(Problem("decisions.csv", f"{decision.left} and {decision.right}: judged twice, kept apart"))
        else:
            into[decision.right] = decision.left
    return into, problems


def _root(node: str, into: Mapping[str, str]) -> str:
    while node in into:
        node = into[node]
    return node


def _short_forms(nodes: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    """Pairs (short, full) where the name of `short` is an alias of `full` and of nothing else of its type."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node in nodes.values():
        if node.type in SHORT_FORMS and node.within is None:
            for alias in node.aliases:
                holders[node.type, fold(alias)].add(node.id)
    candidates = {}
    for node in nodes.values():
        if node.within is None and len(node.name) >= SHORT_FORMS.get(node.type, len(node.name) + 1):
            full = holders[node.type, fold(node.name)] - {node.id}
            if len(full) == 1:
                candidates[node.id] = full.pop()
    # Only one step: a full form that is itself a short form of something stays open, so there are no cycles.
    return ((short, full) for short, full in sorted(candidates.items()) if full not in candidates)


def _merge(root: str, group: list[Entity], name: str | None) -> Entity:
    head = next((e for e in group if e.id == root), group[0])
    if len(group) == 1 and head.id == root:
        return head
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
        absorbed=tuple(sorted({e.id for e in group if e.id != root})),
    )
