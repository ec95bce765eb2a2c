"""N-Triples: one triple a line, for tools that read lines."""

from __future__ import annotations

from typing import TextIO

from kg.block import Block
from kg.export.turtle import Terms
from kg.rdf import Rdf


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as N-Triples."""
    terms = Terms(rdf, short=False)
    for block in rdf.blocks():
        out.writelines(lines(block, terms))


def lines(block: Block, terms: Terms) -> list[str]:
    """A block, a line for each triple."""
    subject, n3, verb = terms.n3(block.subject), terms.by_type, terms.verbs
    return [
        f"{subject} {verb[predicate]} {n3[type(value)](value)} .\n"
        for predicate, values in block.lines
        for value in values
    ]
