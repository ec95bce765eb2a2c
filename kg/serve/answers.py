"""Answers to queries in the formats of the SPARQL 1.1 protocol, and which of them a client wants."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import cast
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.model import clean_quote

Row = Sequence["ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None"]

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
# What a client may name → what it gets, the first by default. Browsers and simple clients ask for the plain types.
ROWS: Mapping[str, str] = MappingProxyType({
    "application/sparql-results+json": _JSON, "application/sparql-results+xml": _XML, "text/csv": _CSV,
    "text/tab-separated-values": _TSV, "application/json": _JSON, "application/xml": _XML, "text/xml": _XML,
})  # fmt: skip
BOOLEAN: Mapping[str, str] = MappingProxyType({name: form for name, form in ROWS.items() if form in (_JSON, _XML)})
TRIPLES: Mapping[str, str] = MappingProxyType({
    "text/turtle": "text/turtle; charset=utf-8", "application/n-triples": "application/n-triples",
    "application/ld+json": "application/ld+json", "application/rdf+xml": "application/rdf+xml",
    "application/json": "application/ld+json", "application/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
})  # fmt: skip


def choose(accept: str, offered: Mapping[str, str]) -> str | None:
    """The form that an Accept header likes best; of equals the first that is offered. None when it likes none.

    >>> choose("application/xml;q=0.8, text/csv, */*;q=0.1", ROWS)
    'text/csv; charset=utf-8'
    >>> choose("text/html, */*;q=0.1", TRIPLES)
    'text/turtle; charset=utf-8'
    >>> choose("image/png", ROWS) is None
    True
    """
    liked = list(_ranges(accept or "*/*"))

    def weight(name: str) -> float:
        kind = name.partition("/")[0]
        for wanted in (name, f"{kind}/*", "*/*"):  # the closest range speaks for a type
            found = [q for media, q in liked if media == wanted]
            if found:
                return max(found)
        return 0.0

    best = max(offered, key=weight)
    return offered[best] if weight(best) > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        yield media, quality


def rows(names: Sequence[str], found: Iterable[Row], form: str) -> bytes:
    """The answer to SELECT."""
    return _WRITERS[form](names, found).encode("utf-8", "replace")


def boolean(answer: bool, form: str) -> bytes:
    """The answer to ASK."""
    if form == _JSON:
        return json.dumps({"head": {}, "boolean": answer}).encode()
    return f"{_XML_HEAD}<head></head><boolean>{str(answer).lower()}</boolean></sparql>".encode()


def triples(found: Collection[ox.Triple], form: str, prefixes: Mapping[str, str]) -> bytes:
    """The answer to CONSTRUCT and DESCRIBE, or any other triples; with the prefixes that they need."""
    kind = ox.RdfFormat.from_media_type(form.partition(";")[0])
    needed = {_namespace(term) for triple in found for term in triple}
    names = {prefix: namespace for prefix, namespace in prefixes.items() if namespace in needed}
    written = cast(bytes, ox.serialize(found, format=kind, prefixes=names))
    if kind != ox.RdfFormat.TURTLE:
        return written
    lines = written.splitlines(keepends=True)
    return b"".join(sorted(lines[: len(names)]) + lines[len(names) :])  # Oxigraph's order changes from run to run


def _namespace(term: object) -> str:
    if isinstance(term, ox.Literal):
        return _namespace(term.datatype)
    iri = term.value if isinstance(term, ox.NamedNode) else ""
    return str(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1])


def _as_json(names: Sequence[str], found: Iterable[Row]) -> str:
    bindings = [{n: _term(t) for n, t in zip(names, row, strict=True) if t is not None} for row in found]
    return json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}}, ensure_ascii=False)


def _term(term: object) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        plain: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            return {**plain, "xml:lang": term.language}
        return plain if term.datatype.value == _STRING else {**plain, "datatype": term.datatype.value}
    assert isinstance(term, ox.Triple)  # of RDF 1.2
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}


_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _as_xml(names: Sequence[str], found: Iterable[Row]) -> str:
    out = [_XML_HEAD, "<head>", *(f"<variable name={quoteattr(name)}/>" for name in names), "</head><results>\n"]
    for row in found:
        cells = (f"<binding name={quoteattr(n)}>{_tag(t)}</binding>" for n, t in zip(names, row, strict=True) if t)
        out.append(f"<result>{''.join(cells)}</result>\n")
    return "".join([*out, "</results></sparql>"])


def _tag(term: object) -> str:
    if isinstance(term, ox.Triple):  # of RDF 1.2
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{name}>{_tag(part)}</{name}>' for name, part in parts.items())}</triple>"
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    words = escape(clean_quote(term.value), {"\r": "&#13;"})  # XML has no place for control characters
    if isinstance(term, ox.NamedNode):
        return f"<uri>{words}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{words}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{words}</literal>"
    kind = "" if term.datatype.value == _STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{words}</literal>"


def _as_csv(names: Sequence[str], found: Iterable[Row]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(names)
    table.writerows([_plain(term) for term in row] for row in found)
    return out.getvalue()


def _plain(term: object) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else cast(str, getattr(term, "value", ""))


def _as_tsv(names: Sequence[str], found: Iterable[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in found]
    return "\n".join(lines) + "\n"


_WRITERS: Mapping[str, Callable[[Sequence[str], Iterable[Row]], str]] = MappingProxyType(
    {_JSON: _as_json, _XML: _as_xml, _CSV: _as_csv, _TSV: _as_tsv}
)
