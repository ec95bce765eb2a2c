"""docs/graph.png from a built graph.gexf, as Gephi shows it on opening: python docs/picture.py exports/graph.gexf.

Needs matplotlib and a font with Chinese glyphs (Debian: fonts-noto-cjk); neither is needed for anything else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx


def draw(gexf: str, png: Path) -> None:
    plt.rcParams["font.sans-serif"] = ["Noto Sans CJK SC"]
    graph = nx.read_gexf(gexf)
    largest = max(nx.weakly_connected_components(graph), key=len)
    graph = graph.subgraph(largest)
    looks = {n: a["viz"] for n, a in graph.nodes(data=True)}
    # The file's own positions spread the whole graph; one component alone has room to be laid out wider.
    place = nx.kamada_kawai_layout(graph.to_undirected())
    colour = {n: tuple(v["color"][c] / 255 for c in "rgb") for n, v in looks.items()}
    figure, axes = plt.subplots(figsize=(15, 10), dpi=90)
    nx.draw_networkx_edges(graph, place, ax=axes, edge_color="#c8c8c8", width=0.9, arrowsize=7, node_size=160)
    nx.draw_networkx_nodes(
        graph,
        place,
        ax=axes,
        node_color=[colour[n] for n in graph],
        node_size=[40 + 30 * graph.degree(n) for n in graph],
    )
    for node, (x, y) in place.items():
        axes.annotate(
            graph.nodes[node]["label"], (x, y), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=8.5
        )
    axes.margins(0.06)
    axes.axis("off")
    figure.tight_layout(pad=0.2)
    figure.savefig(png)


if __name__ == "__main__":
    draw(sys.argv[1], Path(__file__).with_name("graph.png"))
