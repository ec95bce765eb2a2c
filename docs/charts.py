"""docs/charts/*.png, the charts of the graph of seeds/ that docs/notebooks.md shows: python docs/charts.py."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("agg")

import kg

DOCS = Path(__file__).parent


def draw() -> None:
    graph = kg.build(DOCS.parent / "seeds")
    charts = {
        "metric": graph.plot.metric("每万人口高价值发明专利拥有量"),
        "co-issuing": graph.plot.co_issuing(),
        "timeline": graph.plot.timeline("白鹤滩水电站"),
    }
    for name, axes in charts.items():
        axes.figure.savefig(DOCS / "charts" / f"{name}.png", dpi=80, metadata={"Software": None})


if __name__ == "__main__":
    draw()
