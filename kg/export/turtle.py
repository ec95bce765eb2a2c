"""graph.ttl: Turtle in reading order, one subject at a time, so that memory stays flat.

rdflib's own writer needs 1.4 GB per million triples; here rdflib escapes the words and this module lays them out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TextIO

from rdflib import RDF, Literal, URIRef

from kg.graph import KnowledgeGraph
from kg.model import clean_name
from kg.rdf import Value, Zh, blocks, plain, prefixes

# Sections that need a word of explanation to a reader of the file.
HEADINGS = {
    "Statement": "Statement: who says so. A plain triple stands beside it unless it is planned or negated.",
    "Span": "Span: the words, by code points in the article's repaired text, and in the file as it came.",
}


def write(graph: KnowledgeGraph, out: TextIO, align: bool = False) -> int:
    """Write the graph, typed with the classes of public vocabularies too if asked; the number of triples."""
    shortener = _Shortener(prefixes(graph))
    for prefix, namespace in shortener.prefixes.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    section, triples = "", 0
    for block in blocks(graph, align):
        if block.section != section:
            section = block.section
            out.write(f"\n# ---- {HEADINGS.get(section, section)}\n")
        out.write("\n")
        if block.note:
            out.write(f"# {clean_name(block.note)}\n")
        out.write(shortener.n3(block.subject))
        for number, (predicate, values) in enumerate(block.lines):
            verb = "a" if predicate == RDF.type else shortener.n3(predicate)
            out.write((" " if number == 0 else " ;\n    ") + verb + " ")
            out.write(", ".join([shortener.n3(value) for value in values]))
            triples += len(values)
        out.write(" .\n")
    return triples


class _Shortener:
    """Terms as Turtle."""

    def __init__(self, names: dict[str, str]) -> None:
        self.prefixes = names
        self._by_namespace = {namespace: prefix for prefix, namespace in names.items()}
        self._known: dict[str, str] = {}  # the vocabulary, which is small and asked for all the time

    def n3(self, value: Value) -> str:
        """One term."""
        if isinstance(value, URIRef):
            return self._known.get(value) or self._iri(value)
        if isinstance(value, str):
            return _quoted(value) + ("@zh" if isinstance(value, Zh) else "")
        if isinstance(value, Decimal):
            return f'"{plain(value)}"^^xsd:decimal'
        if isinstance(value, date):
            return f'"{value.isoformat()}"^^xsd:date'
        return str(value)

    def _iri(self, iri: URIRef) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, name = self._by_namespace.get(iri[:cut]), iri[cut:]
        # Names of ours are letters, digits and inner hyphens: valid behind a prefix as they stand.
        if prefix is None or not name.replace("-", "").isalnum() or not name.isascii() or name.endswith("-"):
            return str(iri.n3())
        short = f"{prefix}:{name}"
        if prefix in ("kg", "unit"):
            self._known[iri] = short
        return short


def _quoted(text: str) -> str:
    """A string literal on one line; anything but plain words is left to rdflib."""
    if '"' not in text and "\\" not in text:
        lines = text.split("\n")
        if all(map(str.isprintable, lines)):
            return '"' + "\\n".join(lines) + '"'
    return str(Literal(text).n3())
