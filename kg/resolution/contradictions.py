"""Two values for one figure: both are kept, and each names the other.

One figure is one holder, metric, time, status, unit, direction and basis of comparison. Values contradict each other
when neither lies where the other, as it is rounded and hedged, says that the number is: 约1.2万亿 and 11998亿 do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kg.model import Observation

_HALF = Decimal("0.5")
_FAR = Decimal("1.2")  # 超过100 is said of 103 and of 110, not of 150
_MOST = 12  # values of one figure: more than that and it is not one figure


def with_contradictions(observations: Iterable[Observation], voice: Callable[[str], str]) -> list[Observation]:
    """The figures, each with those of other voices that contradict it."""
    everything = list(observations)
    groups: dict[tuple[str | None, ...], list[Observation]] = defaultdict(list)
    for seen in everything:
        if seen.about and seen.metric and seen.time:
            key = (
                seen.about, seen.metric, seen.time, seen.status, seen.unit, seen.change, seen.compared_with,
            )  # fmt: skip
            groups[key].append(seen)
    against: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        if len({seen.value for seen in group}) <= _MOST:
            for one, other in _clashes(group, voice):
                against[one].add(other)
                against[other].add(one)
    return [
        replace(seen, contradicts=tuple(sorted(against[seen.id]))) if seen.id in against else seen
        for seen in everything
    ]


def _clashes(group: list[Observation], voice: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Pairs of another article that cannot both hold. What one article says twice it says of two things."""
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            if voice(one.evidence.article) != voice(other.evidence.article) and not agree(one, other):
                yield one.id, other.id


def agree(one: Observation, other: Observation) -> bool:
    """Whether one of two values lies where the other says it is."""
    return _covers(one, other) or _covers(other, one)


def _covers(one: Observation, other: Observation) -> bool:
    first, last = extent(one)
    begin, end = other.value, other.upper if other.upper is not None else other.value
    return first <= end and begin <= last


def extent(seen: Observation) -> tuple[Decimal, Decimal]:
    """From where to where a value may be meant: half of its last written place to either side, all of it when about."""
    last = seen.upper if seen.upper is not None else seen.value
    place = Decimal((0, (1,), int(seen.value.normalize().as_tuple().exponent))) if seen.value else Decimal(0)
    near = place if seen.comparator == "~" else place * _HALF
    match seen.comparator:
        case ">" | ">=":
            return seen.value - near, max(last, abs(last) * _FAR)
        case "<" | "<=":
            return min(seen.value, seen.value / _FAR), last + near
        case _:
            return seen.value - near, last + near
