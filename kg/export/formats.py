"""The RDF formats by the endings of their files; .gz behind the ending compresses."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, TextIO

from kg.export import jsonld, ntriples, rdfxml, turtle
from kg.export.files import compressed
from kg.export.networks import is_network
from kg.model import CannotRun
from kg.rdf import Rdf


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write RDF. `reifies`: it has triples as terms, which --rdf12 needs."""

    name: str
    write: Callable[[Rdf, TextIO], None]
    reifies: bool = True


FORMATS: Mapping[str, Format] = MappingProxyType({
    "ttl": Format("Turtle", turtle.write),
    "nt": Format("N-Triples", ntriples.write),
    "trig": Format("TriG", turtle.write_trig),
    "jsonld": Format("JSON-LD", jsonld.write, reifies=False),
    "rdf": Format("RDF/XML", rdfxml.write),
})  # fmt: skip


def format_of(name: str, rdf12: bool = False) -> Format:
    """The format of a file of this name, or of this ending. A CannotRun where there is none."""
    ending = name.removesuffix(".gz").rpartition(".")[2]
    if ending not in FORMATS:
        known = ", ".join(f"{known} ({form.name})" for known, form in FORMATS.items())
        raise CannotRun(f"{name}: no RDF format; there are {known}, and for drawing gexf, graphml; each also with .gz")
    if rdf12 and not FORMATS[ending].reifies:
        raise CannotRun(f"{name}: {FORMATS[ending].name} cannot say what --rdf12 adds")
    return FORMATS[ending]


def write(rdf: Rdf, out: BinaryIO, name: str) -> int:
    """Write the graph in the format that the name ends in; the number of triples."""
    form = format_of(name, rdf.rdf12)
    with compressed(out, name) as into:
        text = io.TextIOWrapper(into, encoding="utf-8", newline="\n")
        form.write(rdf, text)
        text.flush()
        text.detach()
    return rdf.header.triples


def names(formats: str, rdf12: bool = False) -> list[str]:
    """graph.ttl, and a file for each of the formats: `nt.gz,trig`. What is for drawing is passed over."""
    wanted: Iterable[str] = (ending.strip().lstrip(".") for ending in formats.split(","))
    found = dict.fromkeys(("graph.ttl", *(f"graph.{ending}" for ending in wanted if ending)))
    return [name for name in found if not is_network(name) and format_of(name, rdf12)]
