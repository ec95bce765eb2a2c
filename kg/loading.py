"""A built graph back from its graph.ttl: nothing is lost on the way, so a loaded graph writes the same bytes again."""

from __future__ import annotations

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from extractors.model import Change, Comparator, IssuedBasis, Modality, Status
from extractors.ontology import entity_types, relation_types
from kg.describe import QUALIFIERS
from kg.graph import BASE_IRI, GraphData
from kg.header import UNTITLED
from kg.model import (
    About,
    ArticleNode,
    CannotRun,
    DateNode,
    Entity,
    Evidence,
    Label,
    Observation,
    Problem,
    Span,
    Statement,
)
from kg.vocab import NAMESPACE, local

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
_SHORT = {
    NAMESPACE: "", RDF: "rdf:", SKOS: "skos:", DCTERMS: "dcterms:",
    VOID: "void:", DCAT: "dcat:", PROV: "prov:", SCHEMA: "schema:",
}  # fmt: skip
_KINDS = {*entity_types(), "Article", "Date", "Metric", "Series", "Thing", "Statement", "Figure", "Span", "Dataset"}

Lines = dict[str, list[str]]  # predicate, short → values


class NoGraph(CannotRun):
    """There is no graph to load."""


class Damaged(NoGraph):
    """There is one, but not as it was written."""


def graph_file(folder: str | Path) -> Path:
    """The graph.ttl of a built folder, or the file itself."""
    path = Path(folder)
    path = path / "graph.ttl" if path.is_dir() else path
    if not path.is_file():
        if (flat := path.with_name("graph.nt.gz")).is_file():  # of kg build --no-graph, or a cluster's
            raise NoGraph(f"{path}: no such graph; name {flat}, which was built without it")
        raise NoGraph(f"{path}: no such graph; build one with: kg build PATH --out {path.parent}")
    return path


def quads(path: Path) -> Iterator[Quad]:
    """The statements of an RDF file as Oxigraph has them; the ending says the format. A ValueError for what is none."""
    bare = path.with_suffix("") if path.suffix == ".gz" else path
    form = RdfFormat.from_extension(bare.suffix.lstrip("."))
    if form is None:
        raise ValueError("its ending is that of no RDF format")
    with path.open("rb") as file:
        unpacked = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
        try:
            yield from parse(cast(IO[bytes], unpacked), form)
        except (EOFError, zlib.error) as error:  # cut off, or changed
            raise ValueError(str(error)) from None


def triples(path: Path) -> Iterator[tuple[str, str, str]]:
    """The triples of a file that `kg build` or `kg export` wrote, as plain words."""
    for quad in quads(path):
        if isinstance(quad.object, Literal | NamedNode) and isinstance(quad.subject, NamedNode):
            yield quad.subject.value, quad.predicate.value, quad.object.value


def load(folder: str | Path) -> GraphData:
    """The graph in a folder that `kg build` wrote. A NoGraph says what is wrong."""
    path = graph_file(folder)
    subjects: dict[str, Lines] = defaultdict(lambda: defaultdict(list))
    try:
        for subject, predicate, value in triples(path):
            subjects[subject][_short(predicate)].append(value)
    except (SyntaxError, ValueError, OSError) as error:
        raise NoGraph(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from None
    try:
        return _Loader(subjects).graph()
    except (LookupError, ValueError, ArithmeticError, AttributeError) as error:  # somebody changed it
        said = f"{path}: cannot be loaded: {type(error).__name__} {error}; kg check {path} says more"
        raise Damaged(" ".join(said.split())) from error


def _short(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return _SHORT.get(iri[:cut], iri[:cut]) + iri[cut:]


class _Loader:
    def __init__(self, subjects: dict[str, Lines]) -> None:
        self.base = BASE_IRI
        self.problems: list[Problem] = []
        self.by_type: dict[str, dict[str, Lines]] = defaultdict(dict)
        replaced: dict[str, list[str]] = defaultdict(list)
        for subject, lines in subjects.items():
            for name, values in lines.items():  # what two files say that were put together is one triple
                if len(values) > 1:
                    lines[name] = list(dict.fromkeys(values))
            kind = subject.rsplit("/", 2)[-2].rpartition(":")[2].rpartition("#")[2] if "/" in subject else ""
            if kind not in _KINDS:  # somebody else's, added to the file
                continue
            if lines.get("rdf:type") or lines.get("dcterms:isReplacedBy"):
                self.base = subject[: subject.rindex(f"{kind}/")]
            for target in lines.get("dcterms:isReplacedBy", ()):
                replaced[target].append(subject)
            if lines.get("rdf:type"):
                self.by_type[kind][subject] = lines
        self.replaced = replaced
        self.spans = {subject: self._evidence(lines) for subject, lines in self.by_type["Span"].items()}

    def graph(self) -> GraphData:
        return GraphData(
            articles=[self._article(s, lines) for s, lines in self.by_type["Article"].items()],
            entities=[
                self._entity(kind, s, lines) for kind in entity_types() for s, lines in self.by_type[kind].items()
            ],
            dates=[self._date(s, lines) for s, lines in self.by_type["Date"].items()],
            labels=[
                Label(self._id(s), kind, _one(lines, "skos:prefLabel"))
                for kind in ("Metric", "Series", "Thing")
                for s, lines in self.by_type[kind].items()
            ],
            statements=[self._statement(s, lines) for s, lines in self.by_type["Statement"].items()],
            observations=[self._figure(s, lines) for s, lines in self.by_type["Figure"].items()],
            problems=self.problems,
            base=self.base,
            about=self._about(),
        )

    def _about(self) -> About:
        """What the header tells; of several the first, where files were put together."""
        datasets = self.by_type["Dataset"]
        heads = [lines for _, lines in sorted(datasets.items()) if f"{DCAT}Dataset" in lines["rdf:type"]]
        if not heads:
            return About()
        head, nothing = heads[0], Lines()
        title = set(head.get("dcterms:title", ())) - set(map(str, UNTITLED))
        program = datasets.get(_one(head, "prov:wasAttributedTo"), nothing)
        files = (datasets.get(file, nothing) for file in head.get("dcat:distribution", ()))
        return About(
            min(title, default=None), _maybe(head, "dcterms:license"), _maybe(program, "schema:softwareVersion"),
            tuple(sorted(_one(file, "schema:name") for file in files)),
        )  # fmt: skip

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.base)

    def _node(self, lines: Lines, name: str) -> str | None:
        found = _maybe(lines, name)
        return found and self._id(found)

    def _ids(self, iris: list[str]) -> tuple[str, ...]:
        return tuple(sorted(map(self._id, iris)))

    def _evidence(self, lines: Lines) -> Evidence:
        raw = None
        if lines.get("rawBegin"):
            raw = Span(int(_one(lines, "rawBegin")), int(_one(lines, "rawEnd")))
        return Evidence(
            self._id(_one(lines, "inArticle")), Span(int(_one(lines, "begin")), int(_one(lines, "end"))),
            _one(lines, "quote"), _one(lines, "rule"), raw,
            _one(lines, "before"), _one(lines, "after"),
        )  # fmt: skip

    def _article(self, iri: str, lines: Lines) -> ArticleNode:
        return ArticleNode(
            self._id(iri), _maybe(lines, "dcterms:title"), _maybe(lines, "dcterms:issued"),
            cast(IssuedBasis, _one(lines, "issuedBasis")), _maybe(lines, "publisher"),
            tuple(sorted(lines.get("reporter", ()))), tuple(sorted(lines.get("source", ()))), _one(lines, "sha256"),
            tuple(sorted(lines.get("repair", ()))), int(_one(lines, "textLength")), self._node(lines, "reprintOf"),
        )  # fmt: skip

    def _entity(self, kind: str, iri: str, lines: Lines) -> Entity:
        second = [t for t in map(_short, lines["rdf:type"]) if t in entity_types()[kind].kinds]
        return Entity(
            self._id(iri), kind, _one(lines, "skos:prefLabel"), second[0] if second else None,
            tuple(sorted(lines.get("skos:altLabel", ()))), _maybe(lines, "within"),
            tuple(sorted([*lines.get("skos:notation", ()), *lines.get("documentNumber", ())])),
            self._ids(lines.get("mentionedIn", [])), self._ids(self.replaced.get(iri, [])),
            self._node(lines, "inSeries"), self._ids(lines.get("successor", [])), _maybe(lines, "ended"),
        )  # fmt: skip

    def _date(self, iri: str, lines: Lines) -> DateNode:
        edtf = _one(lines, "edtf")
        labels = tuple(sorted([*lines.get("skos:prefLabel", ()), *lines.get("skos:altLabel", ())]))
        return DateNode(
            self._id(iri), edtf, () if labels == (edtf,) else labels, self._ids(lines.get("mentionedIn", []))
        )

    def _statement(self, iri: str, lines: Lines) -> Statement:
        predicates = {local(relation.iri): name for name, relation in relation_types().items()}
        predicate = predicates[_short(_one(lines, "rdf:predicate"))]
        evidence = [self.spans[span] for span in lines["evidence"]]
        confidence = max(map(Decimal, lines["confidence"]))  # one for each of the graphs that were put together
        return Statement(
            self._id(iri), self._id(_one(lines, "rdf:subject")), predicate, self._id(_one(lines, "rdf:object")),
            tuple(sorted(evidence, key=lambda e: (e.article, e.span, e.rule))), confidence,
            cast(Modality, _one(lines, "modality")), _maybe(lines, QUALIFIERS.get(predicate, "qualifier")),
        )  # fmt: skip

    def _figure(self, iri: str, lines: Lines) -> Observation:
        def node(name: str) -> str | None:
            return self._node(lines, name)

        upper, span = _maybe(lines, "upperValue"), self.spans[_one(lines, "evidence")]
        if _one(lines, "quote") != span.quote:  # it has one of its own, for those who ask no further
            self.problems.append(Problem(self._id(iri), "its quote is not that of its evidence"))
        return Observation(
            self._id(iri), node("about"), node("metric"), Decimal(_one(lines, "value")), _one(lines, "unitText"),
            span, Decimal(_one(lines, "confidence")),
            Decimal(upper) if upper else None, cast(Comparator, _one(lines, "comparator")),
            cast("Change | None", _maybe(lines, "change")), cast(Status, _one(lines, "status")), node("time"),
            _maybe(lines, "comparedWith"), node("statedBy"), self._ids(lines.get("contradicts", [])),
        )  # fmt: skip


def _one(lines: Lines, name: str) -> str:
    return lines[name][0] if lines.get(name) else ""


def _maybe(lines: Lines, name: str) -> str | None:
    return _one(lines, name) or None
