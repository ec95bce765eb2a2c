"""Turtle in reading order, with headings and a word on each subject; TriG, the same with a graph for each article."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from json.encoder import encode_basestring as quoted  # the escapes of JSON are those of Turtle
from typing import Any, TextIO

from rdflib import URIRef

from kg.block import TYPE, Block, En, Node, Reified, Value, Zh, plain
from kg.form import Column, Form, Run, Told, parcels
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


Text = str | bytes  # what was kept is bytes


def write(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as Turtle."""
    terms = _prefixed(rdf, out)
    _put(_sections(terms, rdf.parts()), out)


def write_trig(rdf: Rdf, out: TextIO) -> None:
    """Write the graph as TriG: what an article says in the graph that its IRI names, all else in the default graph."""
    terms = _prefixed(rdf, out)
    for article, parts in rdf.graphs():
        if article is None:
            _put(_sections(terms, parts), out)
        elif said := list(_sections(terms, parts, "    ")):  # Virtuoso refuses a graph without triples
            out.write(f"\n# ==== {clean_name(rdf.graph.name(article))}\n{terms.n3(article)} {{\n")
            _put(said, out)
            out.write("}\n")


def _put(texts: Iterable[Text], out: TextIO) -> None:
    below = getattr(out, "buffer", None)
    below = below if isinstance(below, io.BufferedWriter) else None  # to flush what compresses leaves traces in it
    for text in texts:
        if isinstance(text, str):
            out.write(text)
        elif below:
            out.flush()
            below.write(text)
        else:
            out.write(text.decode())


def _prefixed(rdf: Rdf, out: TextIO) -> Terms:
    for prefix, namespace in rdf.prefixes.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    return Terms(rdf)


def _sections(terms: Terms, parts: Iterable[Block | Run | Told], indent: str = "") -> Iterator[Text]:
    last = ""
    for part in parts:
        section = part.section if isinstance(part, Block) else part.form.section
        for text in _part(terms, part, indent):
            if section != last:
                last = section
                yield f"\n{indent}# ---- {last if indent else HEADINGS.get(last, last)}\n"
            yield text


def _part(terms: Terms, part: Block | Run | Told, indent: str) -> Iterator[Text]:
    match part:
        case Block():
            yield _block(terms, part, indent)
        case Run():
            yield from _texts(terms, part, indent)
        case Told():
            yield from _kept(terms, part)


def _texts(terms: Terms, run: Run, indent: str = "") -> Iterator[str]:
    return (_records(terms, run.form, some, indent) for some in parcels(run.records))


def _kept(terms: Terms, told: Told) -> Iterator[Text]:
    rdf = terms.rdf
    if rdf.graph.kept is None:  # then it need not be in memory as a whole
        yield from _texts(terms, told.run)
    elif made := rdf.graph.made_of(
        told.page,
        f"Turtle {told.form.section} {rdf.base} {rdf.variant}",
        lambda: b"".join([text.encode() for text in _texts(terms, told.run)]),
    ):
        yield made


def _block(terms: Terms, block: Block, indent: str) -> str:
    note = f"{indent}# {clean_name(block.note)}\n" if block.note else ""
    said = [f"{terms.verbs[predicate]} {terms.row(values)}" for predicate, values in block.lines]
    between = f" ;\n    {indent}"
    return f"\n{note}{indent}{terms.n3(block.subject)} {between.join(said)} .\n"


def _records(terms: Terms, form: Form, records: Sequence[Any], indent: str) -> str:
    """Records as their blocks would be, but by columns: a call for each value took as long as its words."""
    verbs, between = terms.verbs, f" ;\n    {indent}"
    types = f" {verbs[TYPE]} {terms.row(form.types)}" if form.types else ""
    heads = [f"\n{indent}{node}{types}" for node in terms.nodes([record.id for record in records])]
    if note := form.note:
        clean = clean_name.__wrapped__  # each is another, so that there is no use in remembering it
        heads = [f"\n{indent}# {clean(note(record))}{head}" for record, head in zip(records, heads, strict=True)]
    texts, lead = [heads], between if types else " "
    for column in form.columns:
        texts.append(terms.column(column, f"{lead}{verbs[column.predicate]} ", [*map(column.get, records)]))
        lead = between
    if form.more:
        more = map(form.more, records)
        texts.append(["".join([f"{between}{verbs[verb]} {terms.row(row)}" for verb, row in lines]) for lines in more])
    return "".join(chain.from_iterable(zip(*texts, [" .\n"] * len(records), strict=True)))


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
        self.rdf = rdf
        self._by_namespace = {namespace: prefix for prefix, namespace in rdf.prefixes.items()} if short else {}
        iris, kinds = _Once(self._short), _Once(str.lower)

        def short_node(node: str) -> str:
            # Every type of node has a prefix, and 16 hex digits are a name that is valid behind it.
            kind, _, key = node.partition("/")
            return f"{kinds[kind]}:{key}"

        # What stands before a value, what writes it, and what stands behind it.
        self.parts: dict[type, tuple[str, Callable[[Any], str], str]] = {
            Node: ("", short_node if short else self._full_node, ""),
            URIRef: ("", iris.__getitem__, ""),
            Zh: ("", quoted, "@zh"),
            En: ("", quoted, "@en"),
            str: ("", quoted, ""),
            int: ("", repr, "") if short else ('"', repr, f'"^^<{_INTEGER}>'),
            Decimal: ('"', plain, f'"^^{iris[_DECIMAL]}'),
            date: ('"', date.isoformat, f'"^^{iris[_DATE]}'),
            Reified: ("<<( ", self._triple, " )>>"),
        }
        # By the class itself, which is quicker than one isinstance after the other.
        self.by_type: dict[type, Callable[[Any], str]] = {kind: _whole(*part) for kind, part in self.parts.items()}
        self.verbs = _Once(self._short)
        if short:
            self.verbs[TYPE] = "a"

    def nodes(self, nodes: list[str]) -> list[str]:
        """One term after the other. Of records they mostly are of one type, and a change of prefix is enough."""
        kind = nodes[0].partition("/")[0] if nodes else ""
        text = "\n".join(["", *nodes])
        if text.count(f"\n{kind}/") == text.count("/") == len(nodes):
            return text.replace(f"\n{kind}/", f"\n{kind.lower()}:")[1:].split("\n")
        return [*map(self.by_type[Node], nodes)]

    def column(self, column: Column, lead: str, values: list[Any]) -> list[str]:
        """What one predicate says of records: the lead and the values of each; nothing where there is none."""
        before, write, after = self.parts[column.kind]
        if column.kind is Node and column.times == "one":
            return [f"{lead}{node}" for node in self.nodes(values)]
        if column.kind is Node and column.times == "several":
            found = iter(self.nodes([*chain.from_iterable(values)]))
            return [f"{lead}{', '.join(islice(found, len(row)))}" if row else "" for row in values]
        if column.times == "several":
            between = f"{after}, {before}"
            return [f"{lead}{before}{between.join(map(write, row))}{after}" if row else "" for row in values]
        lead += before
        if column.times == "one":
            return [f"{lead}{write(value)}{after}" for value in values]
        return ["" if value is None or value == "" else f"{lead}{write(value)}{after}" for value in values]

    def n3(self, value: Value) -> str:
        """One term."""
        return self.by_type[type(value)](value)

    def row(self, values: Sequence[Value]) -> str:
        """Several terms that one predicate has."""
        known = self.by_type
        return ", ".join([known[type(value)](value) for value in values])

    def _triple(self, t: Reified) -> str:
        return f"{self.n3(t.subject)} {self.n3(t.predicate)} {self.n3(t.object)}"

    def _full_node(self, node: str) -> str:
        return f"<{self.rdf.base}{node}>"

    def _short(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, name = self._by_namespace.get(iri[:cut]), iri[cut:]
        # Names of ours are letters, digits and inner hyphens: valid behind a prefix as they stand.
        if prefix is None or not name.replace("-", "").isalnum() or not name.isascii() or name.endswith("-"):
            return f"<{iri}>"
        return f"{prefix}:{name}"


def _whole(before: str, write: Callable[[Any], str], after: str) -> Callable[[Any], str]:
    return (lambda value: f"{before}{write(value)}{after}") if after else write


_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER, _DECIMAL, _DATE = f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}date"
