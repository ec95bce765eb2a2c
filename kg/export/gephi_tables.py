"""gephi-nodes.csv and gephi-edges.csv: tables for Gephi's "Import spreadsheet", which knows the columns by their names.

UTF-8 without a byte order mark, which Gephi would read as part of the first name. The column Timeset holds the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from kg.export.csv import FORMULA, write_table
from kg.export.drawing import EDGE_VALUES, NODE_VALUES, Intervals, Value, as_text, edge_rows, node_rows
from kg.graph import GraphData

NODES = ("Id", "Label", "Timeset", *NODE_VALUES)
EDGES = ("Source", "Target", "Type", "Id", "Label", "Kind", "Weight", "Timeset", *EDGE_VALUES)


def write_nodes(graph: GraphData, out: BinaryIO) -> int:
    """One row for each node of graph.nx; the number of rows."""
    rows = ((n.id, n.label, _timeset(n.times), *(n.values[name] for name in NODE_VALUES)) for n in node_rows(graph))
    return _write(NODES, rows, out)


def write_edges(graph: GraphData, out: BinaryIO) -> int:
    """One row for each edge of graph.nx; the number of rows."""
    rows = (
        (e.source, e.target, "Directed", e.id, e.label, e.kind, float(e.weight), _timeset(e.times),
         *(e.values[name] for name in EDGE_VALUES))
        for e in edge_rows(graph)
    )  # fmt: skip
    return _write(EDGES, rows, out)


def _timeset(times: Intervals) -> str | None:
    """The days as Gephi writes them: <[2024-03-05, 2024-03-06]; [2024-05-01, 2024-05-31]>."""
    return f"<{'; '.join(f'[{begin}, {end}]' for begin, end in times)}>" if times else None


def _write(header: Sequence[str], rows: Iterable[Sequence[Value]], out: BinaryIO) -> int:
    return write_table(header, ([_cell(value) for value in row] for row in rows), out, "utf-8")


def _cell(value: Value) -> str:
    """The tables are opened in spreadsheets too: what one would execute gets a leading apostrophe."""
    if not isinstance(value, str):
        return "" if value is None else as_text(value)
    return f"'{value}" if value[:1] in FORMULA else value
