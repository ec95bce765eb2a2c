"""Where decisions send what articles name: to a thing of another type, and as some articles use it to another thing.

Decisions may follow one another: what is split off a thing of a new type may be of a new type itself, and split again.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from kg.model import fold, make_id
from kg.resolution.candidates import Use, commonest
from kg.resolution.decisions import Decision

In = tuple[str, str]  # a node in an article
Uses = dict[str, list[Use]]
Called = dict[str, tuple[str, str]]  # node → name and place
Report = Callable[[Decision, str, bool], None]  # what, the node, whether it is of interest where it is shipped, too
K = TypeVar("K", bound=Hashable)


def called(decisions: Iterable[Decision], named: Mapping[str, Sequence[Use]]) -> Called:
    """What the nodes are called that decisions tell of: as it is written there, else as articles have it."""
    found: Called = {}
    nodes: dict[str, None] = {}
    for d in decisions:
        for node, name, within in ((d.left, d.left_name, d.left_within), (d.right, d.right_name, d.right_within)):
            nodes[node] = None
            if name:
                found.setdefault(node, (name, within))
    for node in nodes:
        if node not in found and (some := named.get(node)):
            found[node] = commonest(Counter(use.seen.name for use in some)), some[0].seen.within or ""
    return found


class Moves:
    """Retypes and splits at work. `named` is changed: what moves is named as what it becomes."""

    def __init__(
        self, retypes: Mapping[str, Decision], splits: Iterable[Decision], named: Uses, names: Called, report: Report
    ) -> None:
        self._names = names
        became = _retypes(retypes, names, report)
        self.retyped = {node: _last(became, node) for node in became}
        self.split: dict[In, str] = {}
        self.parted: list[tuple[Decision, str, str]] = []  # what a split says to be two
        self.idle: list[Decision] = []  # what moves nothing
        reached = {*named, *self._part(splits, named, report)}
        for node in list(reached):
            while (node := became.get(node, "")) and node not in reached:
                reached.add(node)
        self.idle += [d for node, d in retypes.items() if node in became and node not in reached]
        self._move(named)

    def home(self, node: str, article: str) -> str:
        """What a node of an article's facts has become."""
        node = self.retyped.get(node, node)
        return self.split.get((node, article), node) if self.split else node

    def _part(self, splits: Iterable[Decision], named: Uses, report: Report) -> list[str]:
        """Find out what splits come to; the nodes that they send something to, as they are written."""
        ends: dict[Decision, In] = {}
        went: dict[In, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
        for d in splits:
            left, right = ends[d] = self.retyped.get(d.left, d.left), self.retyped.get(d.right, d.right)
            for article in _articles(d) if left != right else ():
                went[left, article][right].append(d)
        step: dict[In, In] = {}
        for (left, article), some in went.items():
            if len(some) == 1:
                step[left, article] = next(iter(some)), article
            for d in (d for same in some.values() for d in same if len(some) > 1):
                report(d, f"decided twice for {article}, left as it is", True)
        for key in sorted(_circles(step)):
            for d in went[key][step.pop(key)[0]]:
                report(d, f"decided in a circle for {key[1]}, left as it is", True)
        heard = self._heard(step, named)
        self.split = {key: _last(step, key)[0] for key in heard}
        reached = []
        for d, (left, right) in ends.items():
            keys = [(left, article) for article in _articles(d)]
            if moved := [key for key in keys if key in heard and step[key][0] == right]:
                reached.append(d.right)
                others = {right, *(self.split[key] for key in moved)}
                self.parted += [(d, left, other) for other in sorted(others)]
            elif left == right:
                report(d, "no longer applies, by their type both are one thing", False)
            elif all(key in step for key in keys):
                self.idle.append(d)
        return reached

    def _heard(self, step: Mapping[In, In], named: Uses) -> set[In]:
        """Of the splits those that an article has something for, or another split."""
        before: dict[str, list[str]] = defaultdict(list)
        for node, target in self.retyped.items():
            before[target].append(node)
        said: dict[str, set[str]] = {}
        heard: set[In] = set()
        for key in step:
            left, article = key
            if left not in said:
                nodes = *before.get(left, ()), left
                said[left] = {use.scene.article for node in nodes for use in named.get(node, ())}
            while article in said[left] and key in step and key not in heard:
                heard.add(key)
                key = step[key]
        return heard

    def _move(self, named: Uses) -> None:
        touched = sorted(node for node in {*self.retyped, *(left for left, _ in self.split)} if node in named)
        moved: Uses = defaultdict(list)
        for node in touched:
            for use in named.pop(node):
                home = self.home(node, use.scene.article)
                moved[home].append(use if home == node else self._as(use, home))
        for node, some in moved.items():
            named[node] = sorted([*named.get(node, ()), *some], key=_in_order)

    def _as(self, use: Use, node: str) -> Use:
        """The use as one of another node."""
        seen, kind = use.seen, node.partition("/")[0]
        name, within = seen.name, seen.within
        if (self.retyped.get(seen.id, seen.id), use.scene.article) in self.split:
            name, place = self._names.get(node, (seen.name, ""))
            within = place or None
        same = kind == seen.type
        return Use(
            use.scene, replace(seen, id=node, type=kind, name=name, within=within, kind=seen.kind if same else None)
        )


def _in_order(use: Use) -> tuple[str, str, tuple[str, ...]]:
    return use.scene.article, use.seen.name, use.seen.surfaces


def _articles(decision: Decision) -> list[str]:
    """Ids of the articles for which a split is decided."""
    return list(dict.fromkeys(a if a.startswith("Article/") else f"Article/{a}" for a in decision.value.split()))


def _retypes(decisions: Mapping[str, Decision], names: Called, report: Report) -> dict[str, str]:
    """By node the one that it becomes with its type; `names` learns what that is called."""
    became: dict[str, str] = {}
    ready = deque(node for node in decisions if node in names)
    while ready:
        node = ready.popleft()
        became[node] = target = make_id(decisions[node].value, *map(fold, names[node]))
        if target not in names:
            names[target] = names[node]
            if target in decisions:
                ready.append(target)
    for node, d in decisions.items():  # of what has no name, and stands in an id alone
        became.setdefault(node, f"{d.value}/{node.partition('/')[2]}")
    for node in _circles(became):
        words = (
            "no longer applies, it is of that type"
            if became.pop(node) == node
            else "decided in a circle, left as it is"
        )
        report(decisions[node], words, "circle" in words)
    return became


def _circles(step: Mapping[K, K]) -> set[K]:
    """Those from which one comes back to them."""
    found: set[K] = set()
    done: set[K] = set()
    for start in step:
        path: dict[K, None] = {}
        at = start
        while at in step and at not in done and at not in path:
            path[at] = None
            at = step[at]
        if at in path:
            way = list(path)
            found.update(way[way.index(at) :])
        done.update(path)
    return found


def _last(step: Mapping[K, K], at: K) -> K:
    while at in step:
        at = step[at]
    return at
