"""Which targets fall due when, and which figures report on them later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractors.dates.edtf import begin_end
from kg.graph import GraphData
from kg.model import Observation, fold
from kg.select import Day, first_day, last_day


@dataclass(frozen=True, slots=True)
class Report:
    """A target and one later figure of the same holder, metric and unit; None when nothing reports on it."""

    target: Observation
    actual: Observation | None


def targets(graph: GraphData, due: Day = None) -> list[Report]:
    """Targets whose time ends in `due` (2025, "2025-06", a day), or all that have a time, with all later reports."""
    actuals = _actuals(graph)
    found = [
        report
        for seen in graph.observations.values()
        if seen.status == "target" and (end := _end(graph, seen)) and _falls(end, due)
        for report in _reports(graph, seen, actuals)
    ]

    def key(report: Report) -> tuple[date, str, str, str, date, str]:
        target, actual = report.target, report.actual
        reached = actual and (_end(graph, actual) or _known_at(graph, actual))
        due_day = _end(graph, target) or date.max
        names = graph.name(target.about), graph.name(target.metric)
        return due_day, *names, target.id, reached or date.max, actual.id if actual else ""

    return sorted(found, key=key)


Key = tuple[str, str, str, str | None]


def _same(graph: GraphData, seen: Observation) -> Key:
    """What two figures share that speak of the same: 中国 of two articles is the same by its name alone."""
    return fold(graph.name(seen.about)), fold(graph.name(seen.metric)), seen.unit, seen.change


def _actuals(graph: GraphData) -> dict[Key, list[Observation]]:
    index: dict[Key, list[Observation]] = defaultdict(list)
    for seen in graph.observations.values():
        if seen.status == "actual" and seen.metric:
            index[_same(graph, seen)].append(seen)
    return index


def _reports(graph: GraphData, target: Observation, actuals: dict[Key, list[Observation]]) -> Iterator[Report]:
    """Figures of what was so after the target was set: 2020年的6.3件, told beside it, is where it started from."""
    since = _known_at(graph, target, date.min)
    later = [
        seen
        for seen in actuals.get(_same(graph, target), [])
        if _known_at(graph, seen) >= since and (_end(graph, seen) or date.max) >= since
    ]
    if not later:
        yield Report(target, None)
    yield from (Report(target, seen) for seen in later)


def _end(graph: GraphData, seen: Observation) -> date | None:
    return begin_end(graph.dates[seen.time].edtf)[1] if seen.time else None


def _known_at(graph: GraphData, seen: Observation, unknown: date = date.max) -> date:
    """When the article came out."""
    issued = graph.articles[seen.evidence.article].issued
    return begin_end(issued)[0] if issued else unknown


def _falls(end: date, due: Day) -> bool:
    return due is None or first_day(due) <= end <= last_day(due)
