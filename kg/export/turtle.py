"""Turtle in reading order, with headings and a word on each subject; TriG, the same with a graph for each article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any, TextIO

from rdflib import URIRef

from kg.block import TYPE, Block, En, Node, Reified, Value, Zh, plain
from kg.model import clean_name
from kg.rdf import Rdf

# Sections that need a word of explanation to a reader of the file.
HEADINGS = {
    "Dataset": "Dataset: what was built, from what, by what.",
    "Statement": "Statement: who says so. A plain triple stands beside it unless it is planned or negated.",
    "Span": "Span: the words, by code points in the article's repaired text, and in the file as it came.",
    "Partition": "Partition: how many of each class.",
    "Distribution": "Distribution: the files that hold this dataset, or a part of it.",
}


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as Turtle."""
    terms = _prefixed(rdf, out)
    _sections(terms, rdf.blocks(), out, "")


def write_trig(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as TriG: what an article says in the graph that its IRI names, all else in the default graph."""
    terms = _prefixed(rdf, out)
    for article, blocks in rdf.graphs():
        if article is None:
            _sections(terms, blocks, out, "")
        elif first := list(islice(blocks, 1)):  # Virtuoso refuses a graph without triples
            out.write(f"\n# ==== {clean_name(rdf.graph.name(article))}\n{terms.n3(article)} {{\n")
            _sections(terms, chain(first, blocks), out, "    ")
            out.write("}\n")


def _prefixed(rdf: Rdf, out: TextIO) -> Terms:
    for prefix, namespace in rdf.prefixes.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    return Terms(rdf)


def _sections(terms: Terms, blocks: Iterable[Block], out: TextIO, indent: str) -> None:
    section, separator = "", f" ;\n    {indent}"
    verb, n3, row = terms.verbs, terms.by_type, terms.row
    for block in blocks:
        if block.section != section:
            section = block.section
            out.write(f"\n{indent}# ---- {section if indent else HEADINGS.get(section, section)}\n")
        note = f"{indent}# {clean_name(block.note)}\n" if block.note else ""
        # Most predicates have one value; a call for each took as long as its words.
        said = separator.join([
            f"{verb[predicate]} {n3[type(values[0])](values[0]) if len(values) == 1 else row(values)}"
            for predicate, values in block.lines
        ])  # fmt: skip
        out.write(f"\n{note}{indent}{terms.n3(block.subject)} {said} .\n")


class _Once(dict[str, str]):
    """Words for terms, each found once: few terms are asked for all the time."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, term: str) -> str:
        return self.setdefault(term, self._find(term))


class Terms:
    """Terms as Turtle writes them; with `short` names behind a prefix, without, the full IRIs that N-Triples has."""

    def __init__(self, rdf: Rdf, short: bool = True) -> None:
        self._base = rdf.base
        self._by_namespace = {namespace: prefix for prefix, namespace in rdf.prefixes.items()} if short else {}
        iris, kinds = _Once(self._short), _Once(str.lower)
        number, day = iris[_DECIMAL], iris[_DATE]

        def short_node(node: str) -> str:
            # Every type of node has a prefix, and 16 hex digits are a name that is valid behind it.
            kind, _, key = node.partition("/")
            return f"{kinds[kind]}:{key}"

        # By the class itself, which is quicker than one isinstance after the other.
        self.by_type: dict[type, Callable[[Any], str]] = {
            Node: short_node if short else self._full_node,
            URIRef: iris.__getitem__,
            Zh: lambda words: _quoted(words, "@zh"),
            En: lambda words: _quoted(words, "@en"),
            str: _quoted,
            int: str if short else lambda number: f'"{number}"^^<{_INTEGER}>',
            Decimal: lambda value: f'"{plain(value)}"^^{number}',
            date: lambda value: f'"{value.isoformat()}"^^{day}',
            Reified: lambda t: f"<<( {self.n3(t.subject)} {self.n3(t.predicate)} {self.n3(t.object)} )>>",
        }
        self.verbs = _Once(self._short)
        if short:
            self.verbs[TYPE] = "a"

    def n3(self, value: Value) -> str:
        """One term."""
        return self.by_type[type(value)](value)

    def row(self, values: Sequence[Value]) -> str:
        """Several terms that one predicate has."""
        known = self.by_type
        return ", ".join([known[type(value)](value) for value in values])

    def _full_node(self, node: str) -> str:
        return f"<{self._base}{node}>"

    def _short(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, name = self._by_namespace.get(iri[:cut]), iri[cut:]
        # Names of ours are letters, digits and inner hyphens: valid behind a prefix as they stand.
        if prefix is None or not name.replace("-", "").isalnum() or not name.isascii() or name.endswith("-"):
            return f"<{iri}>"
        return f"{prefix}:{name}"


_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER, _DECIMAL, _DATE = f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}date"


def _quoted(text: str, language: str = "") -> str:
    """A string literal, on one line."""
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" in text or "\r" in text or "\t" in text:
        text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{text}"{language}'
