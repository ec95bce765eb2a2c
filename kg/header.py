"""What a graph says of itself as a whole, in VoID and DCAT: what was built, from what, issued when, by which version,
under which licence, and how much there is. It knows no clock: equal graphs have equal headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

import msgspec
from rdflib import DCAT, PROV, SDO, VOID, URIRef
from rdflib.namespace import DCTERMS

from extractors.dates.edtf import begin_end
from kg.block import TITLE, TYPE, Block, En, Node, Value, Zh, lines_of
from kg.describe import Describer
from kg.form import Form, Told, parcels
from kg.graph import BASE_IRI
from kg.model import About, ArticleNode, make_id
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
_DIGESTS = 1 << 64
_Counted = tuple[int, int, int, list[int]]  # subjects, triples but for their types, digest, numbers of columns


@dataclass(slots=True)
class Count:
    """What there is beside the header. Counts of parts come to that of the whole, in whatever order they are added."""

    subjects: int = 0
    triples: int = 0
    classes: Counter[URIRef] = field(default_factory=Counter)
    predicates: set[URIRef] = field(default_factory=set)
    digest: int = 0  # of all subjects
    articles: int = 0
    dateless: int = 0  # of them
    first: date | None = None  # day on which one was issued
    last: date | None = None
    entities: int = 0
    statements: int = 0
    figures: int = 0
    files: Counter[str] = field(default_factory=Counter)  # by kind
    # By kind of record where to begin, the id behind what ranks it: the least is shown.
    examples: dict[str, tuple[int | str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, described: Describer) -> Count:
        found, graph = cls(), described.graph
        for form, records in described.runs():
            found.run(form, records)
        for told in described.told():
            found.told(told.form, graph.made_of(told.page, f"count {told.form.section}", partial(_counted, told)))
        for block, times in described.beside():
            found.lines(block, times)
        found.seen([node for entity in graph.entities.values() for node in entity.absorbed])
        for article in graph.articles.values():
            found.article(article)
        found.files = kinds({source for article in graph.articles.values() for source in article.sources})
        found.entities, found.statements = len(graph.entities), len(graph.statements)
        found.figures = len(graph.observations)
        if graph.entities:
            found.examples["entity"] = (max(graph.entities.values(), key=lambda e: len(e.mentioned_in)).id,)
        firsts = ("article", graph.articles), ("statement", graph.statements), ("figure", graph.observations)
        for kind, known in firsts:
            if known:
                found.examples[kind] = (next(iter(known)),)
        return found

    def lines(self, block: Block, times: int = 1) -> None:
        """Add the triples of a block."""
        for predicate, values in block.lines:
            self.triples += times * len(values)
            self.predicates.add(predicate)
            if predicate is TYPE:
                for value in values:
                    if isinstance(value, URIRef):
                        self.classes[value] += times

    def run(self, form: Form, records: Sequence[Any]) -> None:
        """Add records of a form, but for what they say beside its columns."""
        for some in parcels(records):
            self.seen([record.id for record in some])
            for column in form.columns:
                if column.predicate is not TYPE and (times := column.count(some)):
                    self.triples += times
                    self.predicates.add(column.predicate)
        for types, times in form.kinds(records):
            self.lines(Block(form.section, Node(""), [(TYPE, [*types])]), times)

    def told(self, form: Form, counted: bytes) -> None:
        """Add what was counted of the records of a page."""
        subjects, triples, digest, columns = msgspec.msgpack.decode(counted, type=_Counted)
        self.subjects += subjects
        self.triples += triples
        self.digest = (self.digest + digest) % _DIGESTS
        self.predicates |= {form.columns[number].predicate for number in columns}
        if subjects:
            self.lines(Block(form.section, Node(""), [(TYPE, form.types)]), subjects)

    def seen(self, subjects: Sequence[str]) -> None:
        """Add subjects. Their digest is a sum, so that parts of a graph can be counted apart."""
        try:
            digests = [int(subject[-16:], 16) for subject in subjects]  # a call for each took twice as long
        except ValueError:
            digests = [*map(_digest, subjects)]
        self.subjects += len(subjects)
        self.digest = (self.digest + sum(digests)) % _DIGESTS

    def article(self, article: ArticleNode) -> None:
        """Add an article: it is there, and issued some day."""
        self.articles += 1
        if not article.issued:
            self.dateless += 1
            return
        first, last = begin_end(article.issued)
        self.first, self.last = min(self.first or first, first), max(self.last or last, last)

    def example(self, kind: str, *rank: int | str) -> None:
        """An example, its id last, unless there is a better one."""
        self.examples[kind] = min(self.examples.get(kind, rank), rank)

    def add(self, other: Count) -> None:
        """Add what was counted of another part."""
        for name in ("subjects", "triples", "articles", "dateless", "entities", "statements", "figures"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.digest = (self.digest + other.digest) % _DIGESTS
        self.classes.update(other.classes)
        self.files.update(other.files)
        self.predicates |= other.predicates
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)
        for kind, rank in other.examples.items():
            self.example(kind, *rank)


@dataclass(frozen=True, slots=True)
class Header:
    """Blocks for the beginning and the end of a file; `triples` counts the whole of it, with these."""

    triples: int
    opening: tuple[Block, ...]
    closing: tuple[Block, ...]


def _counted(told: Told) -> bytes:
    """What is counted of the records of a page; their types are those of their form."""
    count, (form, records) = Count(), told.run
    times = [column.count(records) for column in form.columns]
    count.seen([record.id for record in records])
    columns = [number for number, found in enumerate(times) if found]
    return msgspec.msgpack.encode((count.subjects, sum(times), count.digest, columns))


def _digest(subject: str) -> int:
    """The digest that an id ends in; of an id that somebody gave, one of our own."""
    try:
        return int(subject[-16:], 16)
    except ValueError:
        return int.from_bytes(sha256(subject.encode("utf-8", "replace")).digest()[:8], "big")


def header(count: Count, about: About, base: str = BASE_IRI, variant: str = "") -> Header:
    """The header of what was counted. `variant` tells apart what is built of the same articles with other options."""
    writer = _Writer(count, about, base, variant)
    closing = (*writer.partitions(), *writer.distributions())
    around = (*writer.origins(), *closing)
    # How many triples there are is one triple, whatever the number.
    triples = count.triples + sum(map(len, around)) + len(writer.dataset(0, len(around)))
    opening = (writer.dataset(triples, len(around)), *writer.origins())
    return Header(triples, opening, closing)


class _Writer:
    def __init__(self, count: Count, about: About, base: str, variant: str) -> None:
        self.count = count
        self.about = about
        self.base = base
        self.version = about.version or version(PROGRAM)
        self.id = make_id("Dataset", f"{count.digest:016x}", self.version, variant)

    def _node(self, name: str) -> Node:
        """A node that belongs to that of the dataset."""
        return Node(f"{self.id}-{name}")

    def dataset(self, triples: int, around: int) -> Block:
        count, about = self.count, self.about
        title: list[Value] = [about.title] if about.title else UNTITLED
        lines = lines_of(
            (TYPE, [DCAT.Dataset, VOID.Dataset]),
            (TITLE, title),
            (DCTERMS.description, [*self._description()]),
            (DCTERMS.license, URIRef(about.licence) if about.licence else None),
            (DCTERMS.language, CHINESE),
            (DCTERMS.source, [self._node(kind) for kind in sorted(count.files)]),
            (DCTERMS.temporal, self._node("issued") if count.first else None),
            (PROV.wasAttributedTo, self._node("program")),
            (DCTERMS.conformsTo, URIRef(NAMESPACE)),
            (VOID.vocabulary, [*map(URIRef, self._vocabularies())]),
            (VOID.uriSpace, self.base),
            (VOID.exampleResource, [*self._examples()]),
            (VOID.triples, triples),
            (VOID.distinctSubjects, count.subjects + around + 1),
            (VOID.entities, count.entities),
            (VOID.classPartition, [self._node(name) for name, _ in self._classes()]),
            (DCAT.distribution, [self._node(name) for name in sorted(about.files)]),
        )
        return Block("Dataset", Node(self.id), lines)

    def _description(self) -> Iterator[Value]:
        count, files = self.count, self.count.files.total()
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(count.files.items()))
        articles, dateless = count.articles, count.dateless
        found = count.entities, count.statements, count.figures
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
        for kind in ("entity", "article", "statement", "figure"):
            if rank := self.count.examples.get(kind):
                yield Node(rank[-1])

    def origins(self) -> Iterator[Block]:
        """The files by kind, when their articles were issued, and the program that read them."""
        for kind, number in sorted(self.count.files.items()):
            lines = lines_of((TYPE, SDO.Collection), (DCTERMS.format, kind), (SDO.collectionSize, number))
            yield Block("Dataset", self._node(kind), lines, "the files read, by kind")
        first, last = self.count.first, self.count.last
        if first and last:
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
        for name in sorted(self.about.files):
            bare = name.removesuffix(".gz")
            media = MEDIA_TYPES.get(bare.rpartition(".")[2])
            lines = lines_of(
                (TYPE, DCAT.Distribution),
                (SDO.name, name),
                (DCAT.mediaType, URIRef(_MEDIA + media) if media else None),
                (DCAT.compressFormat, URIRef(f"{_MEDIA}application/gzip") if bare != name else None),
            )
            yield Block("Distribution", self._node(name), lines)


def kinds(sources: Iterable[str]) -> Counter[str]:
    """How many of the files are of each kind."""
    return Counter(map(_kind, sources))


def _kind(source: str) -> str:
    """The ending of a file's name, if it is one that can stand in a name of ours."""
    ending = PurePosixPath(source).suffix.lower().lstrip(".")
    return ending if ending.isascii() and ending.isalnum() else "text"
