"""graph.gexf: GEXF 1.3 for Gephi, streamed; see docs/gephi.md.

What Gephi's importer would drop or misread is avoided, see kg/gexf_lint.py: every edge is directed and has its own id
and a weight above 0, `kind` keeps parallel edges apart, times are full days. Nothing comes from the clock, and
positions are computed, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from kg.export.drawing import (
    EDGE_VALUES,
    NODE_VALUES,
    EdgeRow,
    Interval,
    Intervals,
    NodeRow,
    Value,
    as_text,
    edge_rows,
    merged_rows,
    node_rows,
)
from kg.export.markup import in_attribute
from kg.graph import GraphData

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
TOGETHER = 500  # elements that are written in one go

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def write(graph: GraphData, out: BinaryIO, merged: bool = False) -> tuple[int, int]:
    """Write the graph, `merged` with one edge for each pair of nodes; the numbers of nodes and edges."""
    out.write(HEAD.encode())
    out.write((_declaration("node", NODE_VALUES) + _declaration("edge", EDGE_VALUES)).encode())
    said = _Said()
    out.write(b"<nodes>\n")
    nodes = _write((_node(row, said) for row in node_rows(graph)), out)
    out.write(b"</nodes>\n<edges>\n")
    edges = _write((_edge(row, said) for row in (merged_rows(graph) if merged else edge_rows(graph))), out)
    out.write(b"</edges>\n</graph>\n</gexf>\n")
    return nodes, edges


def _write(elements: Iterator[str], out: BinaryIO) -> int:
    """Write elements, many together: one by one takes twice as long. Their number."""
    written = 0
    while some := list(islice(elements, TOGETHER)):
        out.write("".join(some).encode())
        written += len(some)
    return written


def _declaration(kind: str, types: Mapping[str, str]) -> str:
    rows = (f'<attribute id="{name}" title="{name}" type="{value_type}"/>' for name, value_type in types.items())
    return f'<attributes class="{kind}" mode="static">{"".join(rows)}</attributes>\n'


def _node(row: NodeRow, said: _Said) -> str:
    days, spells = _times(row.times)
    x, y = row.place
    return (
        f'<node id="{_again(row.id)}" label="{in_attribute(row.label)}"{days}>{said.of(row.values)}{spells}'
        f'{_colour(row.colour)}<viz:size value="{row.size:.2f}"/><viz:position x="{x:.1f}" y="{y:.1f}" z="0.0"/>'
        "</node>\n"
    )


@lru_cache(maxsize=1 << 6)
def _colour(name: str) -> str:
    red, green, blue = (int(name[i : i + 2], 16) for i in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _edge(row: EdgeRow, said: _Said) -> str:
    days, spells = _times(row.times)
    return (
        f'<edge id="{in_attribute(row.id)}" source="{_again(row.source)}" target="{_again(row.target)}"'
        f' type="directed" kind="{_again(row.kind)}" label="{_again(row.label)}"'
        f' weight="{row.weight}.0"{days}>{said.of(row.values)}{spells}</edge>\n'
    )


_again = lru_cache(maxsize=1 << 15)(in_attribute)  # words that come again and again


class _Said(dict[tuple[str, Value], str]):
    """Values as XML by their names. Most come again and again and are kept; those of one name are of one type."""

    def of(self, values: Mapping[str, Value]) -> str:
        return f"<attvalues>{''.join(map(self.__getitem__, values.items()))}</attvalues>"

    def __missing__(self, named: tuple[str, Value]) -> str:
        name, value = named
        empty = value is None or value == ""
        said = "" if empty else f'<attvalue for="{name}" value="{in_attribute(as_text(value))}"/>'
        if name != "quote":
            self[named] = said
        return said


def _times(times: Intervals) -> tuple[str, str]:
    """The first and the last day for readers that know no more; all the stretches as spells."""
    if not times:
        return "", ""
    days = _days((times[0][0], times[-1][1]))
    return days, f"<spells>{''.join(map(_spell, times))}</spells>" if len(times) > 1 else ""


@lru_cache(maxsize=1 << 12)
def _days(time: Interval) -> str:
    return f' start="{time[0].isoformat()}" end="{time[1].isoformat()}"'


@lru_cache(maxsize=1 << 12)
def _spell(time: Interval) -> str:
    return f"<spell{_days(time)}/>"
