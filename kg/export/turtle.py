"""graph.ttl: Turtle in reading order, one subject at a time, so that memory stays flat.

rdflib's own writer needs 1.4 GB per million triples; here rdflib escapes the words and this module lays them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TextIO

from rdflib import Literal, URIRef

from kg.graph import KnowledgeGraph
from kg.model import clean_name
from kg.rdf import TYPE, Node, Value, Zh, blocks, plain, prefixes

# Sections that need a word of explanation to a reader of the file.
HEADINGS = {
    "Statement": "Statement: who says so. A plain triple stands beside it unless it is planned or negated.",
    "Span": "Span: the words, by code points in the article's repaired text, and in the file as it came.",
}
SEPARATOR = " ;\n    "


def write(graph: KnowledgeGraph, out: TextIO, align: bool = False) -> int:
    """Write the graph, typed with the classes of public vocabularies too if asked; the number of triples."""
    names = prefixes(graph)
    for prefix, namespace in names.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    terms = _Terms(names)
    verbs = {TYPE: "a"}
    section, triples = "", 0
    for block in blocks(graph, align):
        if block.section != section:
            section = block.section
            out.write(f"\n# ---- {HEADINGS.get(section, section)}\n")
        note = f"# {clean_name(block.note)}\n" if block.note else ""
        said: list[str] = []
        for predicate, values in block.lines:
            verb = verbs.get(predicate) or verbs.setdefault(predicate, terms.n3(predicate))
            said.append(f"{verb} {terms.row(values)}")
            triples += len(values)
        out.write(f"\n{note}{terms.n3(block.subject)} {SEPARATOR.join(said)} .\n")
    return triples


class _Terms:
    """Terms as Turtle."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in names.items()}
        self._vocabulary: dict[str, str] = {}  # small, and asked for all the time
        # By the class itself, which is quicker than one isinstance after the other.
        self._as: dict[type, Callable[[Any], str]] = {
            Node: self._node,
            URIRef: self._iri,
            Zh: lambda words: f"{_quoted(words)}@zh",
            str: _quoted,
            int: str,
            Decimal: lambda number: f'"{plain(number)}"^^xsd:decimal',
            date: lambda day: f'"{day.isoformat()}"^^xsd:date',
        }

    def n3(self, value: Value) -> str:
        """One term."""
        return self._as[type(value)](value)

    def row(self, values: Sequence[Value]) -> str:
        """Several terms that one predicate has."""
        known = self._as  # a call for each term took as long as its words
        return ", ".join([known[type(value)](value) for value in values])

    def _node(self, node: str) -> str:
        # Every type of node has a prefix, and 16 hex digits are a name that is valid behind it.
        kind, _, key = node.partition("/")
        return f"{kind.lower()}:{key}"

    def _iri(self, iri: URIRef) -> str:
        return self._vocabulary.get(iri) or self._vocabulary.setdefault(iri, self._short(iri))

    def _short(self, iri: URIRef) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, name = self._by_namespace.get(iri[:cut]), iri[cut:]
        # Names of ours are letters, digits and inner hyphens: valid behind a prefix as they stand.
        if prefix is None or not name.replace("-", "").isalnum() or not name.isascii() or name.endswith("-"):
            return str(iri.n3())
        return f"{prefix}:{name}"


def _quoted(text: str) -> str:
    """A string literal on one line; anything but plain words is left to rdflib."""
    if '"' not in text and "\\" not in text and text.replace("\n", "").isprintable():
        return '"' + text.replace("\n", "\\n") + '"'
    return str(Literal(text).n3())
