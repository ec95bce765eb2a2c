"""graph.gexf: GEXF 1.3 for Gephi, streamed; see docs/gephi.md.

What Gephi's importer would drop or misread is avoided, see kg/gexf_lint.py: every edge is directed and has its own id
and a weight above 0, `kind` keeps parallel edges apart, times are full days. Nothing comes from the clock, and
positions are computed, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from lxml import etree

from kg.export.drawing import (
    EDGE_VALUES,
    NODE_VALUES,
    EdgeRow,
    Intervals,
    NodeRow,
    Value,
    as_text,
    edge_rows,
    merged_rows,
    node_rows,
)
from kg.graph import GraphData

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def write(graph: GraphData, out: BinaryIO, merged: bool = False) -> tuple[int, int]:
    """Write the graph, `merged` with one edge for each pair of nodes; the numbers of nodes and edges."""
    out.write(HEAD.encode())
    _put(out, _declaration("node", NODE_VALUES))
    _put(out, _declaration("edge", EDGE_VALUES))
    nodes = edges = 0
    out.write(b"<nodes>\n")
    for nodes, node in enumerate(node_rows(graph), 1):  # noqa: B007
        _put(out, _node(node))
    out.write(b"</nodes>\n<edges>\n")
    for edges, edge in enumerate(merged_rows(graph) if merged else edge_rows(graph), 1):  # noqa: B007
        _put(out, _edge(edge))
    out.write(b"</edges>\n</graph>\n</gexf>\n")
    return nodes, edges


_VIZ_AGAIN = f' xmlns:viz="{VIZ}"'.encode()


def _put(out: BinaryIO, element: etree._Element) -> None:
    # lxml declares the namespace on each piece, but HEAD has done so for all of them.
    out.write(etree.tostring(element, encoding="UTF-8").replace(_VIZ_AGAIN, b"") + b"\n")


def _declaration(kind: str, types: Mapping[str, str]) -> etree._Element:
    table = etree.Element("attributes", {"class": kind, "mode": "static"})
    for name, value_type in types.items():
        etree.SubElement(table, "attribute", id=name, title=name, type=value_type)
    return table


def _node(row: NodeRow) -> etree._Element:
    element = etree.Element("node", id=row.id, label=row.label)
    _values(element, row.values)
    _times(element, row.times)
    red, green, blue = (str(int(row.colour[i : i + 2], 16)) for i in (1, 3, 5))
    etree.SubElement(element, f"{{{VIZ}}}color", r=red, g=green, b=blue, nsmap={"viz": VIZ})
    etree.SubElement(element, f"{{{VIZ}}}size", value=f"{row.size:.2f}", nsmap={"viz": VIZ})
    x, y = (f"{c:.1f}" for c in row.place)
    etree.SubElement(element, f"{{{VIZ}}}position", x=x, y=y, z="0.0", nsmap={"viz": VIZ})
    return element


def _edge(row: EdgeRow) -> etree._Element:
    element = etree.Element(
        "edge", id=row.id, source=row.source, target=row.target, type="directed", kind=row.kind, label=row.label,
        weight=f"{row.weight}.0",
    )  # fmt: skip
    _values(element, row.values)
    _times(element, row.times)
    return element


def _values(parent: etree._Element, values: Mapping[str, Value]) -> None:
    box = etree.SubElement(parent, "attvalues")
    for name, value in values.items():
        if value not in (None, ""):
            etree.SubElement(box, "attvalue", {"for": name, "value": as_text(value)})


def _times(element: etree._Element, times: Intervals) -> None:
    """All the stretches as spells; the first and the last day for readers that know none."""
    if not times:
        return
    element.set("start", times[0][0].isoformat())
    element.set("end", times[-1][1].isoformat())
    if len(times) > 1:
        spells = etree.SubElement(element, "spells")
        for begin, end in times:
            etree.SubElement(spells, "spell", start=begin.isoformat(), end=end.isoformat())
