"""graph.gexf: GEXF 1.3 for Gephi, streamed.

What Gephi's importer would drop or misread is avoided: every edge is directed and has its own id and a weight above 0,
`kind` keeps parallel edges apart, times are full days, and an open end is left out. Nothing comes from the clock, and
positions are computed, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import cos, pi, sin, sqrt
from typing import Any, BinaryIO

from lxml import etree

from extractors.dates.edtf import begin_end
from extractors.ontology import entity_types, relation_types
from kg.graph import KnowledgeGraph
from kg.model import Statement, clean_name

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
DATE_COLOUR = "#c7c7c7"
GOLDEN_ANGLE = pi * (3 - sqrt(5))
SPREAD = 12.0  # distance between neighbouring nodes

NODE_ATTRIBUTES = {
    "type": "string", "kind": "string", "aliases": "string", "within": "string", "codes": "string",
    "articles": "integer",
}  # fmt: skip
EDGE_ATTRIBUTES = {
    "relation": "string", "symmetric": "boolean", "qualifier": "string", "modality": "string",
    "confidence": "double", "rules": "string", "quote": "string", "articles": "integer",
}  # fmt: skip

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
"""


def write(graph: KnowledgeGraph, out: BinaryIO) -> tuple[int, int]:
    """Write the graph; the numbers of nodes and edges, which are those of graph.nx."""
    network = graph.nx
    starts = _Starts(graph)
    degrees = dict(network.degree)
    places = _places(degrees)
    out.write(HEAD.encode())
    _put(out, _declaration("node", NODE_ATTRIBUTES))
    _put(out, _declaration("edge", EDGE_ATTRIBUTES))
    out.write(b"<nodes>\n")
    for node, data in network.nodes(data=True):
        _put(out, _node(node, data, starts.node(node), places[node], degrees[node]))
    out.write(b"</nodes>\n<edges>\n")
    held = [s for s in graph.statements.values() if graph.holds(s)]
    parallel = Counter((s.subject, s.object, s.predicate) for s in held)
    for statement in held:
        alone = parallel[statement.subject, statement.object, statement.predicate] == 1
        _put(out, _edge(statement, starts.statement(statement), alone))
    out.write(b"</edges>\n</graph>\n</gexf>\n")
    return network.number_of_nodes(), network.number_of_edges()


_VIZ_AGAIN = f' xmlns:viz="{VIZ}"'.encode()


def _put(out: BinaryIO, element: etree._Element) -> None:
    # lxml declares the namespace on each piece, but HEAD has done so for all of them.
    out.write(etree.tostring(element, encoding="UTF-8").replace(_VIZ_AGAIN, b"") + b"\n")


def _declaration(kind: str, types: Mapping[str, str]) -> etree._Element:
    table = etree.Element("attributes", {"class": kind, "mode": "static"})
    for name, value_type in types.items():
        etree.SubElement(table, "attribute", id=name, title=name, type=value_type)
    return table


def _values(parent: etree._Element, values: Mapping[str, object]) -> None:
    box = etree.SubElement(parent, "attvalues")
    for name, value in values.items():
        if value not in (None, ""):
            etree.SubElement(box, "attvalue", {"for": name, "value": str(value)})


def _node(
    node: str, data: Mapping[str, Any], start: str | None, place: tuple[float, float], degree: int
) -> etree._Element:
    element = etree.Element("node", id=node, label=data["name"])
    if start:
        element.set("start", start)
    _values(element, {
        "type": data["type"], "kind": data.get("kind"), "aliases": " | ".join(data.get("aliases", ())),
        "within": data.get("within"), "codes": " | ".join(data.get("codes", ())),
        "articles": len(data["mentioned_in"]),
    })  # fmt: skip
    kind = entity_types().get(data["type"])
    colour = kind.colour if kind else DATE_COLOUR
    red, green, blue = (str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    etree.SubElement(element, f"{{{VIZ}}}color", r=red, g=green, b=blue, nsmap={"viz": VIZ})
    etree.SubElement(element, f"{{{VIZ}}}size", value=f"{4 + 2 * sqrt(degree):.2f}", nsmap={"viz": VIZ})
    x, y = (f"{c:.2f}" for c in place)
    etree.SubElement(element, f"{{{VIZ}}}position", x=x, y=y, z="0.0", nsmap={"viz": VIZ})
    return element


def _edge(statement: Statement, start: str | None, alone: bool) -> etree._Element:
    relation = relation_types()[statement.predicate]
    # Gephi merges parallel edges of one kind: somebody's two posts in one house are two kinds.
    apart = () if alone else (clean_name(statement.qualifier or ""), statement.modality)
    kind = " ".join(filter(None, (relation.name, *apart)))
    weight = len(statement.articles)
    element = etree.Element(
        "edge", id=statement.id, source=statement.subject, target=statement.object,
        type="directed", kind=kind, label=relation.label, weight=f"{weight}.0",
    )  # fmt: skip
    if start:
        element.set("start", start)
    _values(element, {
        "relation": relation.name, "symmetric": "true" if relation.symmetric else "false",
        "qualifier": statement.qualifier, "modality": statement.modality, "confidence": statement.confidence,
        "rules": " | ".join(statement.rules), "quote": clean_name(statement.evidence[0].quote), "articles": weight,
    })  # fmt: skip
    return element


def _places(degrees: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """A sunflower: the best connected in the middle, the rest around them, none on top of another."""
    ranked = sorted(degrees, key=lambda node: (-degrees[node], node))
    return {
        node: (
            SPREAD * sqrt(rank) * cos(rank * GOLDEN_ANGLE),
            SPREAD * sqrt(rank) * sin(rank * GOLDEN_ANGLE),
        )
        for rank, node in enumerate(ranked)
    }


class _Starts:
    """Since when a thing is there: the first article that speaks of it, or the first day of a date."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._issued: dict[str, str | None] = {a.id: _first_day(a.issued) for a in graph.articles.values()}
        self._nodes: dict[str, str] = {}
        for entity in graph.entities.values():
            self._note(entity.id, *(self._issued[a] for a in entity.mentioned_in))
        for statement in graph.statements.values():
            if graph.holds(statement):  # an edge must not begin before its ends do
                start = self.statement(statement)
                self._note(statement.subject, start)
                self._note(statement.object, start)

    def _note(self, node: str, *starts: str | None) -> None:
        days = [s for s in (*starts, self._nodes.get(node)) if s]
        if days:
            self._nodes[node] = min(days)

    def node(self, node: str) -> str | None:
        return self._nodes.get(node)

    def statement(self, statement: Statement) -> str | None:
        """A dated relation begins with its date, any other with the first article that states it."""
        date = self.graph.dates.get(statement.object)
        if date:
            return _first_day(date.edtf)
        return min((day for a in statement.articles if (day := self._issued[a])), default=None)


def _first_day(edtf: str | None) -> str | None:
    try:
        return begin_end(edtf)[0].isoformat() if edtf else None
    except ValueError:
        return None
