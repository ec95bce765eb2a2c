"""The figures of a metric over time: facts filled, targets open, forecasts diamonds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from extractors.dates.edtf import begin_end
from kg.block import plain
from kg.charts.fonts import at, axes_of, chinese
from kg.graph import GraphData
from kg.model import Observation, fold

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERIES, LABELLED = 8, 24  # holders drawn in one chart, points up to which each gets its number
SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
SIGNS = {"=": "", "~": "≈", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}
MARKERS = {"actual": "o", "target": "o", "forecast": "D"}
STATUS = {"actual": "实际 actual", "target": "目标 target", "forecast": "预计 forecast"}
CHANGES = {"+": "（升）", "-": "（降）", None: ""}


def metric(graph: GraphData, name: str, subject: str | None, unit: str | None, ax: Axes | None) -> Axes:
    """A line for each holder, in the unit given or in the one that most figures have."""
    found = _figures_of(graph, name, subject)
    units = Counter(seen.unit for seen in found)
    if unit is None:
        unit = min(units, key=lambda u: (-units[u], u), default="")
    drawn = [seen for seen in found if seen.unit == unit]
    if not drawn:
        there = f"; there are figures in {'、'.join(filter(None, units))}" if any(units) else _similar(graph, name)
        raise LookupError(f"{name}: no figure with a time to draw{there}")
    holders: dict[str, list[Observation]] = defaultdict(list)
    for seen in drawn:
        holders[f"{graph.name(seen.about)}{CHANGES[seen.change]}"].append(seen)
    ranked = sorted(holders, key=lambda holder: (-len(holders[holder]), holder))
    scale, word = _scale(drawn)
    with chinese():
        ax = axes_of(ax, 8, 4.5)
        for number, holder in enumerate(ranked[:SERIES]):
            _series(graph, ax, holders[holder], scale, f"C{number}", len(drawn) <= LABELLED)
        names = Counter(graph.name(seen.metric) for seen in drawn)
        more = f"，另有 {len(ranked) - SERIES} 个主体未画出" if len(ranked) > SERIES else ""
        ax.set_ylabel(f"{names.most_common(1)[0][0] if len(names) == 1 else name}（{word}{unit}）")
        ax.set_title(ranked[0] if len(ranked) == 1 else f"{name}{more}")
        _year_ends(ax, [day for seen in drawn for day in (_since(graph, seen), _days(graph, seen)[1]) if day])
        _legend(ax, ranked[:SERIES], {seen.status for seen in drawn})
    return ax


def _figures_of(graph: GraphData, name: str, subject: str | None) -> list[Observation]:
    timed = [seen for seen in graph.observations.values() if seen.time and seen.metric]
    exact = [seen for seen in timed if fold(graph.name(seen.metric)) == fold(name)]
    found = exact or [seen for seen in timed if fold(name) in fold(graph.name(seen.metric))]
    if subject is None:
        return found
    meant = {fold(subject), *(fold(graph.name(node)) for node in graph.find(subject))}
    return [seen for seen in found if fold(graph.name(seen.about)) in meant]


def _similar(graph: GraphData, name: str) -> str:
    known = Counter(graph.name(seen.metric) for seen in graph.observations.values() if seen.time and seen.metric)
    close = get_close_matches(name, known, 5, cutoff=0.3)
    return f"; there are {'、'.join(close)}" if close else ""


def _days(graph: GraphData, seen: Observation) -> tuple[date, date]:
    return begin_end(graph.dates[seen.time or ""].edtf)


def _scale(drawn: Sequence[Observation]) -> tuple[int, str]:
    largest = max(abs(seen.value) for seen in drawn)
    return next(((scale, word) for scale, word in SCALES if largest >= scale), (1, ""))


def _series(graph: GraphData, ax: Axes, holder: Sequence[Observation], scale: int, colour: str, numbered: bool) -> None:
    """The figures of one holder, the facts among them joined by a line; of two for one time by the one told later."""
    # A graph has its figures in the order in which they were told.
    facts = {_days(graph, seen)[1]: seen for seen in holder if seen.status == "actual" and not _since(graph, seen)}
    heights = [float(facts[end].value / scale) for end in sorted(facts)]
    ax.plot([at(end) for end in sorted(facts)], heights, color=colour, linewidth=1, alpha=0.6)
    stacks: dict[date, list[Observation]] = defaultdict(list)
    for seen in holder:
        stacks[_days(graph, seen)[1]].append(seen)
    for end, stack in stacks.items():
        highest = max(stack, key=lambda seen: (seen.value, seen.id))
        for seen in stack:
            _mark(ax, seen, scale, colour, _since(graph, seen), end)
            if numbered:
                words = f"{SIGNS[seen.comparator]}{plain(round(seen.value / scale, 4))}"
                above = (0, 9 if seen is highest else -15)
                place = at(end), float(seen.value / scale)
                ax.annotate(words, place, above, textcoords="offset points", ha="center", fontsize=8)


def _mark(ax: Axes, seen: Observation, scale: int, colour: str, since: date | None, end: date) -> None:
    value = float(seen.value / scale)
    if since:
        ax.hlines(value, at(since), at(end), color=colour, linewidth=1, linestyle=":")
    if seen.upper is not None:
        ax.vlines(at(end), value, float(seen.upper / scale), color=colour, linewidth=3, alpha=0.4)
    ax.plot(
        at(end), value, MARKERS[seen.status], markersize=8, markeredgewidth=1.5, markeredgecolor=colour,
        markerfacecolor=colour if seen.status == "actual" else "none",
    )  # fmt: skip


def _since(graph: GraphData, seen: Observation) -> date | None:
    """Where the dotted line to a figure begins: to a target when it was set, to an average over 2021–2025 in 2021."""
    begin, end = _days(graph, seen)
    issued = graph.articles[seen.evidence.article].issued
    start = begin_end(issued)[0] if issued and seen.status == "target" else begin
    return start if (end - start).days > 366 else None


def _year_ends(ax: Axes, ends: Sequence[date]) -> None:
    """A year's name stands where the year ends, which is where its figures stand."""
    first, last = min(ends).year, max(ends).year
    step = max(1, (last - first) // 10)
    years = range(first - 1 if first == last else first, last + 1, step)
    ax.set_xticks([at(date(year, 12, 31)) for year in years], [str(year) for year in years])
    margin = timedelta(days=150 * step)
    ax.set_xlim(at(min(ends) - margin), at(max(ends) + margin))
    ax.margins(y=0.15)
    ax.grid(axis="y", alpha=0.3)


def _legend(ax: Axes, holders: Sequence[str], statuses: set[str]) -> None:
    lines = [Line2D([], [], color=f"C{n}", marker="o", label=holder) for n, holder in enumerate(holders)]
    lines = lines if len(holders) > 1 else []
    for status in ("actual", "target", "forecast"):
        if status in statuses:
            face = "grey" if status == "actual" else "none"
            lines.append(
                Line2D(
                    [], [], color="grey", linestyle="", marker=MARKERS[status], markerfacecolor=face,
                    label=STATUS[status],
                )
            )  # fmt: skip
    ax.legend(handles=lines, fontsize=8)
