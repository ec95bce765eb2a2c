"""The life of one thing: what is said about it, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.dates import AutoDateFormatter, AutoDateLocator

from kg.charts.fonts import at, axes_of, chinese
from kg.graph import GraphData
from kg.timeline import Moment, timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROWS, LONGEST = 40, 34  # moments drawn, characters of each


def life(graph: GraphData, node: str, ax: Axes | None) -> Axes:
    """A row for each moment; open marks where only the date of the article is known."""
    moments = timeline(graph, node)
    if not moments:
        raise LookupError(f"{graph.name(node)}: nothing that is said about it has a time")
    shown = moments[:ROWS]
    name = graph.name(node)
    with chinese():
        ax = axes_of(ax, 9, 1.2 + 0.34 * len(shown))
        for row, moment in enumerate(shown):
            begin, end, colour = at(moment.begin), at(moment.end), "C0" if moment.basis == "said" else "C7"
            if moment.end > moment.begin:
                ax.hlines(row, begin, end, color=colour, linewidth=5, alpha=0.35)
            face = colour if moment.basis == "said" else ax.get_facecolor()
            ax.plot((begin + end) / 2, row, "o", markerfacecolor=face, markeredgecolor=colour, markersize=7)
        ax.set_yticks(range(len(shown)), [_short(moment, name) for moment in shown], fontsize=9)
        ax.invert_yaxis()
        ax.xaxis_date()
        ticks = AutoDateLocator(maxticks=7)
        ax.xaxis.set_major_locator(ticks)
        ax.xaxis.set_major_formatter(AutoDateFormatter(ticks))
        ax.grid(axis="x", alpha=0.3)
        left = f"（前 {ROWS} 条，共 {len(moments)} 条）" if len(moments) > ROWS else ""
        ax.set_title(f"{name}{left}")
    return ax


def _short(moment: Moment, name: str) -> str:
    """The row's words without the name that stands above all of them."""
    words = moment.words.removeprefix(name).replace("—", "").replace("→", "").removeprefix(" · ").strip()
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
