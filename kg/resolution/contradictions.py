"""Two values for one figure: both are kept, and each names the other.

One figure is one holder, metric, time, status, unit, direction and basis of comparison, and of forecasts one speaker.
Values contradict each other when neither lies where the other, as it is rounded and hedged, says that the number is:
约1.2万亿 and 11998亿 do not. Values far from each other are of two things that share a name (189个项目, 3556个项目),
and what is told of a period before its end grows until then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from extractors.dates.edtf import begin_end
from kg.model import Observation
from kg.vocab import units

_HALF = Decimal("0.5")
_FAR = Decimal("1.2")  # 超过100 is said of 103 and of 110, not of 150
_NEAR = Decimal("1.5")
_NEAR_COUNTS = Decimal("1.2")  # of 15 and of 20 provinces another thing may be said
_EACH, _FEW = 50, 3
_MOST = 12  # values of one figure: more than that and it is not one figure


def with_contradictions(
    observations: Iterable[Observation],
    voice: Callable[[str], str],
    issued: Mapping[str, str | None],
    times: Mapping[str, str],
) -> list[Observation]:
    """The figures, each with those of other voices that contradict it.

    `issued` holds the EDTF date of each article, `times` that of each date node.
    """
    everything = list(observations)
    near: dict[Hashable, list[Observation]] = defaultdict(list)  # most figures are found to be alone sooner than told
    for seen in everything:
        if seen.time and seen.about and seen.metric:
            near[seen.metric, seen.about, seen.time].append(seen)
    groups: dict[Hashable, list[Observation]] = defaultdict(list)
    for seen in (seen for some in near.values() if len(some) > 1 for seen in some):
        if seen.time and (key := figure_of(seen, issued[seen.evidence.article], times[seen.time])):
            groups[key].append(seen)
    against: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for one, other in clashes(group, voice):
            against[one].add(other)
            against[other].add(one)
    return [
        replace(seen, contradicts=tuple(sorted(against[seen.id]))) if seen.id in against else seen
        for seen in everything
    ]


def figure_of(seen: Observation, issued: str | None, time: str) -> Hashable:
    """What two values must share to be of one figure; None for a value that can be compared with none."""
    if not seen.about or not seen.metric:
        return None
    if seen.status == "actual" and not (issued and begin_end(issued)[1] >= begin_end(time)[1]):
        return None
    speaker = seen.stated_by if seen.status == "forecast" else None
    return seen.about, seen.metric, seen.time, seen.status, seen.unit, seen.change, seen.compared_with, speaker


def clashes(group: list[Observation], voice: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Of the values of one figure those pairs that cannot both hold.

    What one article says twice it says of two things.
    """
    values = Counter((seen.value, seen.upper, seen.comparator) for seen in group)
    if not 1 < len(values) <= _MOST:
        return
    if len(group) > _EACH:  # a thousand papers on two values: a few of each stand for all
        heard: Counter[Hashable] = Counter()
        few = []
        for seen in sorted(group, key=lambda seen: seen.id):
            heard[seen.value, seen.upper, seen.comparator] += 1
            if heard[seen.value, seen.upper, seen.comparator] <= _FEW:
                few.append(seen)
        group = few
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            apart = voice(one.evidence.article) != voice(other.evidence.article)
            if apart and _near(one, other) and not agree(one, other):
                yield one.id, other.id


def _near(one: Observation, other: Observation) -> bool:
    """Whether two values are near enough to be of one thing."""
    unit = units().get(one.unit)
    low, high = sorted((abs(one.value), abs(other.value)))
    return high <= low * (_NEAR_COUNTS if unit and unit.count else _NEAR)


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
