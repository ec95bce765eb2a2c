"""docs/graph.png from a built graph.gexf, as Gephi shows it on opening: python docs/picture.py exports/graph.gexf.

Places, sizes, colours and labels are those of the file; what stands alone or in pairs is left out. Needs matplotlib
and a font with Chinese glyphs (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

SMALLEST = 3  # nodes of a component that is shown
LABELLED = 90  # of the best connected; each would be noise in a large graph
LONGEST = 14  # characters of a label
# Where a label may stand, the best first: below, above, to the right, to the left.
SIDES = (
    (0, -1, "center", "top"), (0, 1, "center", "bottom"), (1, 0, "left", "center_baseline"),
    (-1, 0, "right", "center_baseline"),
)  # fmt: skip


def draw(gexf: str, png: Path, width: float = 16.0) -> None:
    """The network of the file as a picture so many inches wide."""
    plt.rcParams["font.sans-serif"] = ["Noto Sans CJK SC"]
    whole = nx.read_gexf(gexf)
    shown = [node for part in nx.weakly_connected_components(whole) if len(part) >= SMALLEST for node in part]
    graph = whole.subgraph(sorted(shown, key=list(whole).index))
    looks = [data["viz"] for _, data in graph.nodes(data=True)]
    at = {node: (data["viz"]["position"]["x"], data["viz"]["position"]["y"]) for node, data in graph.nodes(data=True)}
    colours = [tuple(look["color"][c] / 255 for c in "rgb") for look in looks]
    sizes = [2 * look["size"] for look in looks]
    xs, ys = zip(*at.values(), strict=True)
    margin, span = max(sizes) + 12, (max(xs) - min(xs), max(ys) - min(ys))
    figure, axes = plt.subplots(figsize=(width, width * (span[1] + 2 * margin) / (span[0] + 2 * margin)), dpi=100)
    ends = [[at[a], at[b]] for a, b in graph.edges()]
    faint = min(0.25, 0.05 + 60 / len(ends))
    axes.add_collection(LineCollection(ends, colors=[(0, 0, 0, faint)], linewidths=0.9, zorder=1))
    axes.add_collection(
        EllipseCollection(
            sizes, sizes, [0] * len(sizes), units="xy", offsets=list(at.values()), offset_transform=axes.transData,
            facecolors=colours, edgecolors="white", linewidths=0.6, zorder=2,
        )
    )  # fmt: skip
    axes.set_xlim(min(xs) - margin, max(xs) + margin)
    axes.set_ylim(min(ys) - margin, max(ys) + margin)
    axes.axis("off")
    figure.subplots_adjust(0, 0, 1, 1)
    _label(axes, graph, at)
    kinds = {data["type_label"]: colour for (_, data), colour in zip(graph.nodes(data=True), colours, strict=True)}
    dots = [Line2D([], [], marker="o", linestyle="", color=colour, label=kind) for kind, colour in kinds.items()]
    axes.legend(handles=dots, loc="lower left", frameon=False, fontsize=9, ncols=2)
    figure.savefig(png)
    plt.close(figure)


def _label(axes: plt.Axes, graph: nx.MultiDiGraph[str], at: dict[str, tuple[float, float]]) -> None:
    """Labels beside the nodes, the best connected first, none over another and as few as can be over nodes."""
    renderer, whole = axes.figure.canvas.get_renderer(), axes.figure.bbox
    size = {node: data["viz"]["size"] for node, data in graph.nodes(data=True)}
    corners = ([[x - size[n], y - size[n]], [x + size[n], y + size[n]]] for n, (x, y) in at.items())
    nodes = [Bbox(pair).transformed(axes.transData) for pair in corners]
    taken: list[Bbox] = []
    for node in sorted(graph, key=lambda node: -graph.degree(node))[:LABELLED]:
        words, way = graph.nodes[node]["label"], size[node] + 1
        text = axes.text(0, 0, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…", fontsize=7.5, zorder=3)
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
        free = []
        for number, (right, up, across, along) in enumerate(SIDES):
            look = {"position": (at[node][0] + right * way, at[node][1] + up * way), "ha": across, "va": along}
            text.set(**look)
            box = text.get_window_extent(renderer)
            inside = whole.containsx(box.x0) and whole.containsx(box.x1) and whole.containsy(box.y0)
            if inside and not any(box.overlaps(other) for other in taken):
                free.append((sum(box.overlaps(other) for other in nodes), number, look, box))
        if not free:
            text.remove()
            continue
        _, _, look, box = min(free, key=lambda side: side[:2])
        text.set(**look)
        taken.append(box)


if __name__ == "__main__":
    draw(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("graph.png"))
