"""Charts of a graph with matplotlib: a metric over time, who issues with whom, the life of one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.charts.co_issuing import co_issuing
from kg.charts.life import life
from kg.charts.metric import metric
from kg.graph import GraphData
from kg.reference import one
from kg.views import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Plots:
    """The charts of a graph; each draws into `ax`, or into a figure of its own, and gives the axes back."""

    def __init__(self, graph: GraphData) -> None:
        self.graph = graph

    def metric(self, name: str, subject: str | None = None, unit: str | None = None, ax: Axes | None = None) -> Axes:
        """The figures of a metric over time, a line for each holder: facts filled, targets open, forecasts diamonds.

        `name` is a metric, or words that the names of metrics hold. A figure stands at the end of its time; without
        `unit` the unit that most figures have is drawn. A LookupError says that there is nothing to draw.

        >>> import kg
        >>> axes = kg.example().plot.metric("装机容量", subject="中国海上风电")
        >>> axes.get_ylabel()
        '装机容量（万千瓦）'
        """
        return metric(self.graph, name, subject, unit, ax)

    def co_issuing(self, top: int = 20, ax: Axes | None = None) -> Axes:
        """How many documents each two bodies issued together, those with most company first; the diagonal counts all.

        >>> import kg
        >>> axes = kg.example().plot.co_issuing()
        >>> [label.get_text() for label in axes.get_yticklabels()]
        ['国家能源局', '自然资源部']
        """
        return co_issuing(self.graph, top, ax)

    def timeline(self, x: str | View, ax: Axes | None = None) -> Axes:
        """What is said about x, earliest on top; open marks where only the date of the article is known.

        >>> import kg
        >>> axes = kg.example().plot.timeline("青州海上风电场")
        >>> axes.get_yticklabels()[0].get_text()
        '启动于 2022-07'
        """
        return life(self.graph, one(self.graph, x), ax)
