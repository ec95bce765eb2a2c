"""N-Triples: one triple a line, for tools that read lines."""

from __future__ import annotations

from typing import TextIO

from kg.export.turtle import Terms
from kg.rdf import Rdf


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as N-Triples."""
    terms = Terms(rdf, short=False)
    n3, verb = terms.n3, terms.verb
    for block in rdf.blocks():
        subject = n3(block.subject)
        for predicate, values in block.lines:
            begin = f"{subject} {verb(predicate)}"
            out.writelines([f"{begin} {n3(value)} .\n" for value in values])
