"""RDF/XML, for tools that read nothing younger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from rdflib import URIRef

from kg.block import TYPE, Block, En, Node, Reified, Value, Zh, plain
from kg.rdf import Rdf

_XSD = "http://www.w3.org/2001/XMLSchema#"
_CR = {"\r": "&#13;"}  # a reader of XML makes a line feed of a bare one


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as RDF/XML: an element for each subject, named after its first type."""
    writer = _Writer(rdf)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    for prefix, namespace in writer.prefixes.items():
        out.write(f"\n    xmlns:{prefix}={quoteattr(namespace)}")
    out.write(' rdf:version="1.2">\n' if rdf.rdf12 else ">\n")
    for block in rdf.blocks():
        out.writelines(writer.lines(block))
    out.write("</rdf:RDF>\n")


class _Writer:
    def __init__(self, rdf: Rdf) -> None:
        self.base = rdf.base
        # Those of the nodes are of no use: no element is named after one.
        self.prefixes = {prefix: name for prefix, name in rdf.prefixes.items() if not name.startswith(rdf.base)}
        self._by_namespace = {namespace: prefix for prefix, namespace in self.prefixes.items()}
        self._names: dict[URIRef, str] = {}

    def name(self, iri: URIRef) -> str:
        """A class or a property as the name of an element. A KeyError where its namespace has no prefix."""
        if iri not in self._names:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            self._names[iri] = f"{self._by_namespace[iri[:cut]]}:{iri[cut:]}"
        return self._names[iri]

    def lines(self, block: Block) -> list[str]:
        """A subject with all that is said of it."""
        lines, element = block.lines, "rdf:Description"
        if lines[0][0] is TYPE and isinstance(first := lines[0][1][0], URIRef):
            element, lines = self.name(first), [(TYPE, lines[0][1][1:]), *lines[1:]]
        said = [f"  <{element} rdf:about={self._iri(block.subject)}>\n"]
        for predicate, values in lines:
            tag = self.name(predicate)
            said += [f"    <{tag}{self._rest(value, tag)}\n" for value in values]
        said.append(f"  </{element}>\n")
        return said

    def _iri(self, value: Node | URIRef) -> str:
        return quoteattr(self.base + value if isinstance(value, Node) else value)

    def _rest(self, value: Value, tag: str) -> str:
        """All of a property's element but its beginning."""
        match value:
            case Node() | URIRef():
                return f" rdf:resource={self._iri(value)}/>"
            case Zh():
                return f' xml:lang="zh">{escape(value, _CR)}</{tag}>'
            case En():
                return f' xml:lang="en">{escape(value, _CR)}</{tag}>'
            case str():
                return f">{escape(value, _CR)}</{tag}>"
            case int():
                return f' rdf:datatype="{_XSD}integer">{value}</{tag}>'
            case Decimal():
                return f' rdf:datatype="{_XSD}decimal">{plain(value)}</{tag}>'
            case date():
                return f' rdf:datatype="{_XSD}date">{value.isoformat()}</{tag}>'
            case Reified(subject, predicate, target):
                said = f"<{self.name(predicate)} rdf:resource={self._iri(target)}/>"
                node = f"<rdf:Description rdf:about={self._iri(subject)}>{said}</rdf:Description>"
                return f' rdf:parseType="Triple">{node}</{tag}>'
