"""graph.graphml: the network for yEd, Cytoscape, igraph, networkx and others, streamed, on request.

Every edge has its own id, so that parallel ones stay apart. The names of the values are those that Gephi's importer
knows: label, weight, size, x, y and r, g, b. GraphML knows no time: start and end are the first and the last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from lxml import etree

from kg.export.drawing import EDGE_VALUES, NODE_VALUES, Intervals, Value, as_text, edge_rows, node_rows
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
            key = {"for": kind, "attr.name": name, "attr.type": _TYPES.get(value_type, value_type)}
            _put(out, etree.Element("key", id=f"{kind}.{name}", **key))
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
        _put(out, _element("node", {"id": node.id}, {"label": node.label, **looks, **node.values}, node.times))
    for edges, edge in enumerate(edge_rows(graph), 1):  # noqa: B007
        known: dict[str, Value] = {"label": edge.label, "kind": edge.kind, "weight": float(edge.weight)}
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        _put(out, _element("edge", ends, {**known, **edge.values}, edge.times))
    out.write(b"</graph>\n</graphml>\n")
    return nodes, edges


def _element(kind: str, given: Mapping[str, str], values: Mapping[str, Value], times: Intervals) -> etree._Element:
    element = etree.Element(kind, given)
    days = {"start": times[0][0].isoformat(), "end": times[-1][1].isoformat()} if times else {}
    for name, value in {**values, **days}.items():
        if value not in (None, ""):
            etree.SubElement(element, "data", key=f"{kind}.{name}").text = as_text(value)
    return element


def _put(out: BinaryIO, element: etree._Element) -> None:
    out.write(etree.tostring(element, encoding="UTF-8") + b"\n")
