"""How many documents each two bodies issued together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from kg.charts.fonts import axes_of, chinese
from kg.graph import GraphData

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def co_issuing(graph: GraphData, top: int, ax: Axes | None) -> Axes:
    """A matrix of the bodies with most company; the diagonal counts the joint documents of each."""
    issuers: dict[str, set[str]] = defaultdict(set)
    for statement in graph.statements.values():
        if statement.predicate == "issued" and graph.holds(statement):
            issuers[statement.object].add(statement.subject)
    pairs = Counter(
        pair for bodies in issuers.values() if len(bodies) > 1
        for pair in combinations_with_replacement(sorted(bodies), 2)
    )  # fmt: skip
    company: Counter[str] = Counter()
    for (one_body, other), number in pairs.items():
        if one_body != other:
            company[one_body] += number
            company[other] += number
    if not company:
        raise LookupError("no document was issued by two bodies together")
    ranked = sorted(company, key=lambda body: (-company[body], graph.name(body)))[:top]
    with chinese():
        side = 2.5 + 0.38 * len(ranked)
        ax = axes_of(ax, side + 1, side)
        _matrix(ax, [graph.name(body) for body in ranked], [
            [pairs[min(left, right), max(left, right)] for right in ranked] for left in ranked
        ])  # fmt: skip
        ax.set_title("联合印发文件数 documents issued together")
    return ax


def _matrix(ax: Axes, names: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    most = max(map(max, counts))
    ax.imshow(counts, cmap="Blues", vmin=0, vmax=most)
    ax.set_xticks(range(len(names)), names, rotation=60, ha="right", rotation_mode="anchor", fontsize=9)
    ax.set_yticks(range(len(names)), names, fontsize=9)
    for row, numbers in enumerate(counts):
        for column, number in enumerate(numbers):
            if number:
                colour = "white" if number > most / 2 else "black"
                ax.text(column, row, str(number), ha="center", va="center", color=colour, fontsize=8)
