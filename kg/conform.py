"""Holding a graph against its shapes (shapes.ttl) with pySHACL: every build, and any graph on disk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH, XSD, BNode, Graph, URIRef
from rdflib.term import Node

from extractors.model import Problem
from extractors.ontology import relation_types
from kg.check import check
from kg.graph import GraphData
from kg.loading import Damaged, NoGraph, graph_file, load, quads
from kg.rdf import Rdf, term
from kg.select import told_by
from kg.shapes import SHAPES, shapes
from kg.vocab import NAMESPACE, kg, local

# pySHACL takes a third of the time that it takes to make what it checks: a second for a newspaper, minutes for years.
WHOLE = 25_000  # triples that `kg build` checks all of: some 80,000 characters of text, ten pages
SAMPLE = 5_000  # what it checks of more


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that is not as a shape wants it: the shape's words say how it should be."""

    node: str  # its IRI
    shape: str  # a name in shapes.ttl
    constraint: str  # what of the shape: MinCount, Datatype, Class, SPARQL, …
    message: str
    message_zh: str
    path: str = ""  # the property, or what SHACL writes for one
    value: str = ""  # what stands there, if anything does

    def __str__(self) -> str:
        found = f": {self.value}" if self.value and self.value != self.node else ""
        where = f" ({self.path}{found})" if self.path and self.path not in self.message else ""
        return f"{self.message}{where}"


@dataclass(frozen=True, slots=True)
class Conformance:
    """How much of a graph was held against its shapes, and what came of it."""

    checked: str  # all, sample or none
    triples: int = 0  # that were looked at
    articles: int = 0  # whose facts were looked at
    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool | None:
        """None where nobody looked."""
        return None if self.checked == "none" else not self.violations

    def as_dict(self) -> dict[str, object]:
        """As the report has it."""
        return {**asdict(self), "conforms": self.conforms}

    def problems(self, base: str) -> Iterator[Problem]:
        """The violations as lines of a report."""
        for violation in self.violations:
            yield Problem(violation.node.removeprefix(base), str(violation))


UNCHECKED = Conformance("none")
Check = Literal["auto", "all", "none"]


def checked(graph: GraphData, check: Check) -> Conformance:
    """`auto` is all of a graph of newspaper size, and a sample of a larger one."""
    return UNCHECKED if check == "none" else conform(graph) if check == "auto" else conform(graph, sys.maxsize)


def conform(graph: GraphData, whole: int = WHOLE, sample: int = SAMPLE) -> Conformance:
    """Check a graph, or of one that has more than `whole` triples the facts of evenly spread articles only."""
    articles, size, part, how = list(graph.articles), size_of(graph), graph, "all"
    if size > whole:
        step = -(-size // max(sample, 1))
        articles, how = articles[step // 2 :: step] or articles[:1], "sample"
        part = told_by(graph, articles)
    triples, rdf = _looked_at(part)
    return Conformance(how, triples, len(articles), tuple(sorted(violations(rdf))))


def _looked_at(graph: GraphData) -> tuple[int, Graph]:
    """How many triples a graph has, without its header, and those of them that the shapes look at."""
    rdf, triples, asked = Graph(), 0, _predicates()
    for block in Rdf(graph).body():
        subject = term(block.subject, graph.base)
        for predicate, values in block.lines:
            triples += len(values)
            if str(predicate) in asked:
                for value in values:
                    rdf.add((subject, predicate, term(value, graph.base)))
    return triples, rdf


def size_of(graph: GraphData) -> int:
    """About how many triples a graph has: no more than it has, and cheap to tell."""
    spans = sum(len(statement.evidence) for statement in graph.statements.values()) + len(graph.observations)
    nodes = len(graph.articles) + len(graph.entities) + len(graph.dates) + len(graph.labels)
    return 8 * spans + 10 * len(graph.statements) + 12 * len(graph.observations) + 4 * nodes


def violations(rdf: Graph) -> set[Violation]:
    """What pySHACL finds in an rdflib graph, which it may add to."""
    from pyshacl import validate  # a tenth of a second

    _, report, words = validate(
        rdf, shacl_graph=shapes(), inference="none", inplace=True, do_owl_imports=False, meta_shacl=False
    )
    if not isinstance(report, Graph):
        raise RuntimeError(f"pySHACL cannot check: {words}")
    return {_violation(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}


def _violation(report: Graph, result: Node) -> Violation:
    def one(predicate: URIRef) -> str:
        return _shown(report.value(result, predicate))

    node, value = one(SH.focusNode), one(SH.value)
    if node == NAMESPACE:  # asked of the graph as a whole: the value is the node
        node, value = value, ""
    shape = one(SH.sourceConstraint) or one(SH.sourceShape)
    # From the shape itself: pySHACL takes the languages off some.
    words = shapes().objects(URIRef(shape), SH.message)
    said = {m.language: str(m) for m in words if isinstance(m, rdflib.Literal)}
    constraint = one(SH.sourceConstraintComponent).removeprefix(str(SH)).removesuffix("ConstraintComponent")
    # What a shape asks of others by name (sh:node) stands at the property of the result that it is a detail of.
    path = report.value(result, SH.resultPath) or report.value(report.value(None, SH.detail, result), SH.resultPath)
    name = _short(_shown(path)) if isinstance(path, URIRef) else ""  # of several properties the words tell
    label = shape.removeprefix(SHAPES)
    plain, plain_zh = _wordless(label, constraint, name, value or node)
    return Violation(node, label, constraint, said.get("en") or plain, said.get("zh") or plain_zh, name, value)


def _wordless(shape: str, constraint: str, path: str, value: str) -> tuple[str, str]:
    """What is wrong by a shape that has no words of its own, in English and in Chinese."""
    there = f"{path} {value}".lstrip()
    return f"{there} is not as shape:{shape} wants it ({constraint})", f"{there} 不符合 shape:{shape}（{constraint}）"


def _short(iri: str) -> str:
    """kg:unitText, rdf:type: as the prefixes of shapes.ttl have it."""
    prefix, _, name = shapes().namespace_manager.compute_qname(iri, generate=False) if iri else ("", "", "")
    return f"{prefix}:{name}" if prefix else iri


def _shown(term: Node | None) -> str:
    return "" if term is None else term.n3() if isinstance(term, rdflib.Literal) else str(term)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is wrong with a graph on disk."""

    file: Path
    triples: int
    violations: tuple[Violation, ...]
    problems: tuple[Problem, ...]  # what the checks of kg/check.py find

    @property
    def lines(self) -> Iterator[str]:
        """One for each thing that is wrong: its node, and what."""
        yield from (f"{violation.node}: {violation}" for violation in self.violations)
        yield from (f"{problem.where}: {problem.message}" for problem in self.problems)

    def as_json(self) -> str:
        found = {
            "graph": str(self.file), "triples": self.triples, "conforms": not self.violations and not self.problems,
            "violations": [asdict(violation) for violation in self.violations],
            "problems": [{"where": problem.where, "message": problem.message} for problem in self.problems],
        }  # fmt: skip
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def check_file(folder: str | Path) -> Verdict:
    """Check the graph of a folder as it stands on disk, all of it. A NoGraph says why it cannot be read.

    A million triples take half a minute and a gigabyte: pySHACL wants them in rdflib.
    """
    path = graph_file(folder)
    triples, rdf = _read(path)
    found = tuple(sorted(violations(rdf)))
    del rdf
    return Verdict(path, triples, found, tuple(_problems(path)))


def _problems(path: Path) -> Iterator[Problem]:
    try:
        graph = load(path)
    except Damaged as error:  # what the shapes name has its price
        cause = error.__cause__
        yield Problem(path.name, f"cannot be loaded: {type(cause).__name__} {cause}")
    else:
        yield from (*graph.problems, *check(graph))


def _read(path: Path) -> tuple[int, Graph]:
    """How many triples the file has, and those of them that the shapes look at."""
    rdf, triples, asked = Graph(), 0, _predicates()
    try:
        for quad in quads(path):
            triples += 1
            if quad.predicate.value in asked and not isinstance(quad.object, ox.Triple):
                rdf.add((_rdflib(quad.subject), asked[quad.predicate.value], _rdflib(quad.object)))
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        raise NoGraph(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from None
    return triples, rdf


def _predicates() -> dict[str, URIRef]:
    said = {term for triple in shapes() for term in triple if isinstance(term, URIRef)}
    said |= {kg(local(relation.iri)) for relation in relation_types().values()}
    return {str(term): term for term in said}


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Triple | ox.Literal) -> URIRef | BNode | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    return rdflib.Literal(term.value, datatype=None if kind == str(XSD.string) else URIRef(kind))
