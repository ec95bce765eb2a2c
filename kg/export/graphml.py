"""graph.graphml: the network for yEd, Cytoscape, igraph, networkx and others, streamed, on request.

Every edge has its own id, so that parallel ones stay apart. The names of the values are those that Gephi's importer
knows: label, weight, size, x, y and r, g, b. GraphML knows no time: start and end are the first and the last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from kg.export.drawing import EDGE_VALUES, NODE_VALUES, Intervals, Value, as_text, edge_rows, node_rows
from kg.export.markup import in_attribute, in_element
from kg.graph import GraphData

HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_TYPES = {"integer": "int"}
_COMMON = {"label": "string", "start": "string", "end": "string"}
_OF_NODES = dict.fromkeys(("size", "x", "y"), "double") | dict.fromkeys("rgb", "integer")
_KEYS = {
    "node": {**_COMMON, **_OF_NODES, **NODE_VALUES},
    "edge": {**_COMMON, "kind": "string", "weight": "double", **EDGE_VALUES},
}


def write(graph: GraphData, out: BinaryIO) -> tuple[int, int]:
    """Write the graph; the numbers of nodes and edges, which are those of graph.nx."""
    out.write(HEAD)
    for kind, types in _KEYS.items():
        for name, value_type in types.items():
            key = f'<key id="{kind}.{name}" for="{kind}" attr.name="{name}"'
            out.write(f'{key} attr.type="{_TYPES.get(value_type, value_type)}"/>\n'.encode())
    out.write(b'<graph edgedefault="directed">\n')
    nodes = edges = 0
    for nodes, node in enumerate(node_rows(graph), 1):  # noqa: B007
        red, green, blue = (int(node.colour[i : i + 2], 16) for i in (1, 3, 5))
        looks: dict[str, Value] = {
            "size": round(node.size, 2),
            "x": node.place[0],
            "y": node.place[1],
            "r": red,
            "g": green,
            "b": blue,
        }
        out.write(_element("node", {"id": node.id}, {"label": node.label, **looks, **node.values}, node.times).encode())
    for edges, edge in enumerate(edge_rows(graph), 1):  # noqa: B007
        known: dict[str, Value] = {"label": edge.label, "kind": edge.kind, "weight": float(edge.weight)}
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        out.write(_element("edge", ends, {**known, **edge.values}, edge.times).encode())
    out.write(b"</graph>\n</graphml>\n")
    return nodes, edges


def _element(kind: str, given: Mapping[str, str], values: Mapping[str, Value], times: Intervals) -> str:
    days = {"start": times[0][0].isoformat(), "end": times[-1][1].isoformat()} if times else {}
    names = "".join([f' {name}="{in_attribute(words)}"' for name, words in given.items()])
    data = "".join([
        f'<data key="{kind}.{name}">{in_element(as_text(value))}</data>'
        for name, value in {**values, **days}.items()
        if value is not None and value != ""
    ])  # fmt: skip
    return f"<{kind}{names}>{data}</{kind}>\n"
