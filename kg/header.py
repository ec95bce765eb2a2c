"""What a graph says of itself as a whole, in VoID and DCAT: what was built, from what, issued when, by which version,
under which licence, and how much there is. It knows no clock: equal graphs have equal headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath

from rdflib import DCAT, PROV, SDO, VOID, URIRef
from rdflib.namespace import DCTERMS

from extractors.dates.edtf import begin_end
from kg.block import TITLE, TYPE, Block, En, Node, Value, Zh, lines_of
from kg.graph import GraphData
from kg.model import make_id
from kg.vocab import NAMESPACE, kg
from kg.wording import so_many

PROGRAM = "policykg"
UNTITLED: list[Value] = [Zh("政策知识图谱"), En("Policy knowledge graph")]
CHINESE = URIRef("http://id.loc.gov/vocabulary/iso639-1/zh")
_MEDIA = "https://www.iana.org/assignments/media-types/"
MEDIA_TYPES = {
    "ttl": "text/turtle", "nt": "application/n-triples", "trig": "application/trig", "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml", "csv": "text/csv", "json": "application/json", "html": "text/html",
}  # fmt: skip


@dataclass(slots=True)
class Count:
    """What a walk over all blocks finds."""

    subjects: int = 0
    triples: int = 0
    classes: Counter[URIRef] = field(default_factory=Counter)
    predicates: set[URIRef] = field(default_factory=set)
    digest: str = ""  # of all subjects

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Count:
        found, subjects = cls(), sha256()
        for block in blocks:
            subjects.update(block.subject.encode())
            found.subjects += 1
            for predicate, values in block.lines:
                found.triples += len(values)
                found.predicates.add(predicate)
                if predicate is TYPE:
                    found.classes.update(v for v in values if isinstance(v, URIRef))
        found.digest = subjects.hexdigest()
        return found


@dataclass(frozen=True, slots=True)
class Header:
    """Blocks for the beginning and the end of a file; `triples` counts the whole of it, with these."""

    triples: int
    opening: tuple[Block, ...]
    closing: tuple[Block, ...]


def header(graph: GraphData, body: Iterable[Block], variant: str = "") -> Header:
    """The header of the blocks. `variant` tells apart what is built from the same articles with other options."""
    writer = _Writer(graph, Count.of(body), variant)
    closing = (*writer.partitions(), *writer.distributions())
    around = (*writer.origins(), *closing)
    # How many triples there are is one triple, whatever the number.
    triples = writer.count.triples + sum(map(len, around)) + len(writer.dataset(0, len(around)))
    opening = (writer.dataset(triples, len(around)), *writer.origins())
    return Header(triples, opening, closing)


class _Writer:
    def __init__(self, graph: GraphData, count: Count, variant: str) -> None:
        self.graph = graph
        self.count = count
        self.version = graph.about.version or version(PROGRAM)
        self.id = make_id("Dataset", count.digest, self.version, variant)
        files = {source for article in graph.articles.values() for source in article.sources}
        self.files = Counter(map(_kind, sorted(files)))
        self.issued = [begin_end(a.issued) for a in graph.articles.values() if a.issued]

    def _node(self, name: str) -> Node:
        """A node that belongs to that of the dataset."""
        return Node(f"{self.id}-{name}")

    def dataset(self, triples: int, around: int) -> Block:
        graph, about = self.graph, self.graph.about
        title: list[Value] = [about.title] if about.title else UNTITLED
        lines = lines_of(
            (TYPE, [DCAT.Dataset, VOID.Dataset]),
            (TITLE, title),
            (DCTERMS.description, [*self._description()]),
            (DCTERMS.license, URIRef(about.licence) if about.licence else None),
            (DCTERMS.language, CHINESE),
            (DCTERMS.source, [self._node(kind) for kind in sorted(self.files)]),
            (DCTERMS.temporal, self._node("issued") if self.issued else None),
            (PROV.wasAttributedTo, self._node("program")),
            (DCTERMS.conformsTo, URIRef(NAMESPACE)),
            (VOID.vocabulary, [*map(URIRef, self._vocabularies())]),
            (VOID.uriSpace, graph.base),
            (VOID.exampleResource, [*self._examples()]),
            (VOID.triples, triples),
            (VOID.distinctSubjects, self.count.subjects + around + 1),
            (VOID.entities, len(graph.entities)),
            (VOID.classPartition, [self._node(name) for name, _ in self._classes()]),
            (DCAT.distribution, [self._node(name) for name in sorted(about.files)]),
        )
        return Block("Dataset", Node(self.id), lines)

    def _description(self) -> Iterator[Value]:
        graph, files = self.graph, self.files.total()
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(self.files.items()))
        articles, dateless = len(graph.articles), len(graph.articles) - len(self.issued)
        found = len(graph.entities), len(graph.statements), len(graph.observations)
        yield Zh(
            f"{PROGRAM} {self.version} 从{files:,}个文件（{kinds}）的{articles:,}篇文章中读出"
            "{:,}个实体、{:,}条陈述、{:,}个数据。".format(*found)
            + f"{dateless:,}篇文章日期不明。" * bool(dateless)
        )
        what = ", ".join(map(so_many, found, ("entity", "statement", "figure")))
        where = f"{so_many(articles, 'article')} of {so_many(files, 'file')} ({kinds})"
        dates = f" {so_many(dateless, 'article')} of unknown date." * bool(dateless)
        yield En(f"{what}, read by {PROGRAM} {self.version} in {where}.{dates}")

    def _vocabularies(self) -> list[str]:
        """The namespaces of all classes and properties."""
        return sorted({t[: max(t.rfind("#"), t.rfind("/")) + 1] for t in (*self.count.classes, *self.count.predicates)})

    def _examples(self) -> Iterator[Value]:
        """Where to begin: the thing that most articles mention, and the first of whatever else there is."""
        graph = self.graph
        if graph.entities:
            yield Node(max(graph.entities.values(), key=lambda e: len(e.mentioned_in)).id)
        for known in (graph.articles, graph.statements, graph.observations):
            yield from map(Node, list(known)[:1])

    def origins(self) -> Iterator[Block]:
        """The files by kind, when their articles were issued, and the program that read them."""
        for kind, number in sorted(self.files.items()):
            lines = lines_of((TYPE, SDO.Collection), (DCTERMS.format, kind), (SDO.collectionSize, number))
            yield Block("Dataset", self._node(kind), lines, "the files read, by kind")
        if self.issued:
            first, last = min(first for first, _ in self.issued), max(last for _, last in self.issued)
            lines = lines_of((TYPE, DCTERMS.PeriodOfTime), (DCAT.startDate, first), (DCAT.endDate, last))
            yield Block("Dataset", self._node("issued"), lines, "when the articles were issued")
        lines = lines_of((TYPE, PROV.SoftwareAgent), (SDO.name, PROGRAM), (SDO.softwareVersion, self.version))
        yield Block("Dataset", self._node("program"), lines, "the program that read them")

    def _classes(self) -> list[tuple[str, int]]:
        """Our classes by their local names, with how many things are of each."""
        found = ((iri, number) for iri, number in self.count.classes.items() if iri.startswith(NAMESPACE))
        return sorted((iri.removeprefix(NAMESPACE), number) for iri, number in found)

    def partitions(self) -> Iterator[Block]:
        """How many of each class."""
        for name, number in self._classes():
            lines = lines_of((VOID["class"], kg(name)), (VOID.entities, number))
            yield Block("Partition", self._node(name), lines)

    def distributions(self) -> Iterator[Block]:
        """The files that hold it."""
        for name in sorted(self.graph.about.files):
            bare = name.removesuffix(".gz")
            media = MEDIA_TYPES.get(bare.rpartition(".")[2])
            lines = lines_of(
                (TYPE, DCAT.Distribution),
                (SDO.name, name),
                (DCAT.mediaType, URIRef(_MEDIA + media) if media else None),
                (DCAT.compressFormat, URIRef(f"{_MEDIA}application/gzip") if bare != name else None),
            )
            yield Block("Distribution", self._node(name), lines)


def _kind(source: str) -> str:
    """The ending of a file's name, if it is one that can stand in a name of ours."""
    ending = PurePosixPath(source).suffix.lower().lstrip(".")
    return ending if ending.isascii() and ending.isalnum() else "text"
