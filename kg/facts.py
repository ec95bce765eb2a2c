"""What the graph needs of one article: an extraction boiled down to node ids, claims and quotes, without the text.

Ids are settled here, from the type and the name alone, so that articles can be read in any order and in any process.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from sys import intern

from msgspec import Struct

from extractors.dates.edtf import begin_end
from extractors.model import Article, Edtf, Extraction, Figure, Mention, Modality, Name, Offsets, Relation
from extractors.ontology import entity_types, relation_types
from kg.model import (
    ArticleNode,
    Evidence,
    Label,
    Observation,
    Problem,
    Span,
    Undecided,
    clean_name,
    clean_quote,
    fold,
    make_id,
)
from kg.sketch import sketch

CONTEXT = 60  # code points kept on either side of a quote

# How far one reading is to be trusted: plain numbers, taken off SAID when the reading has the weakness.
SAID = Decimal("0.80")
BY_ANAPHOR = Decimal("0.20")  # an end is 该项目 or 本届大会, named elsewhere
UNDATED = {"printed": Decimal(0), "given": Decimal(0), "inferred": Decimal("0.10"), "unknown": Decimal("0.20")}
COUNTRY = "中国"  # what figures of 我国 and 全国 are about
LONG_QUOTE = Decimal("0.10")  # the ends stand more than LONG characters apart
LONG = 80


class Seen(Struct, frozen=True):  # a hundred thousand are read from a store; as a dataclass that takes twice as long
    """A name as one article uses it."""

    id: str
    type: str
    name: str
    kind: str | None
    within: str | None
    code: str | None
    surfaces: tuple[str, ...] = ()  # its words but for anaphors, each once, in text order


_Named = tuple[str, str, str, str | None, str | None, str | None]  # what a Seen holds beside its surfaces
_Meant = tuple[str, str, str | None, str | None, str | None]  # a type, and a Name without whether it is an anaphor


class Claim(Struct, frozen=True):
    """A relation as one article states it."""

    subject: str
    predicate: str
    object: str
    modality: Modality
    qualifier: str | None
    evidence: Evidence
    confidence: Decimal


@dataclass(slots=True)
class Facts:
    """All that the graph needs of one article."""

    article: ArticleNode
    names: list[Seen] = field(default_factory=list)
    dates: dict[str, list[str]] = field(default_factory=dict)  # EDTF → words
    inferred: set[str] = field(default_factory=set)  # EDTF of dates that no words of the article say
    labels: dict[str, Label] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    sketch: tuple[int, ...] = ()  # of the text, by which reprints are found
    key: str = ""  # of the reading that they are part of, and which of it they are; of nothing that is kept, none


@dataclass(slots=True)
class Read:
    """What came out of one source, and how long it took."""

    name: str
    facts: list[Facts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    characters: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"read": 0.0, "extract": 0.0})


def entity_id(mention: Mention) -> str:
    """The node that a mention of a named thing means; `within` keeps 徐州市科技局 and 苏州市科技局 apart."""
    name = mention.name
    return _named(mention.type, name.text, name.within or "")


@lru_cache(maxsize=1 << 14)
def _named(kind: str, name: str, within: str) -> str:
    return make_id(kind, fold(name), fold(within))


@lru_cache(maxsize=1 << 14)
def _labelled(kind: str, name: str) -> str:
    return make_id(kind, fold(name))


@lru_cache(maxsize=1 << 12)
def date_id(edtf: str) -> str:
    return make_id("Date", edtf)


def boil_down(extraction: Extraction) -> Facts:
    """The facts of one article, without its text."""
    return _Boiler(extraction).facts


class _Boiler:
    """Reads one extraction; holds the article so that quotes can be cut from it."""

    def __init__(self, extraction: Extraction) -> None:
        self.article = extraction.article
        self.facts = Facts(article_node(self.article), sketch=sketch(self.article.text))
        for problem in extraction.problems:
            if isinstance(problem, Undecided):
                self.facts.undecided.append(problem)
            else:
                self.facts.problems.append(problem)
        # Tuples: a record as a key is hashed and compared in Python.
        self._names: dict[_Named, dict[str, None]] = {}
        self._seen: dict[_Meant, tuple[str, dict[str, None]]] = {}  # the node's id, and its words in `_names`
        for mention in extraction.mentions:
            if isinstance(mention.value, Edtf):
                if self._is_date(mention.value.value, mention.span):
                    self.facts.dates.setdefault(mention.value.value, []).append(self._words(mention.span))
            elif mention.type != "Quantity":
                self._node(mention)
        for relation in extraction.relations:
            self._claim(relation)
        for figure in extraction.figures:
            self._observation(figure)
        self.facts.inferred -= self.facts.dates.keys()
        self.facts.names = [Seen(*named, tuple(said)) for named, said in self._names.items()]

    def _words(self, span: Span) -> str:
        return clean_name(self.article.text[span.start : span.end])

    def _is_date(self, edtf: str, span: Span) -> bool:
        try:
            begin_end(edtf)
        except ValueError as error:
            self.problem(span, str(error))
            return False
        return True

    def _node(self, mention: Mention) -> str | None:
        """Note a mention and give the id of what it means; None when it has no name."""
        if isinstance(mention.value, Edtf):
            self.facts.inferred.add(mention.value.value)
            return date_id(mention.value.value)
        name = mention.value
        if not isinstance(name, Name):
            self._unnamed(mention)
            return None
        meant = mention.type, name.text, name.kind, name.within, name.code
        known = self._seen.get(meant)
        if known is None:  # seldom: the same few things are named again and again
            if mention.type not in entity_types() or not clean_name(name.text):
                self._unnamed(mention)
                return None
            within, code = clean_name(name.within or "") or None, clean_name(name.code or "") or None
            node = entity_id(mention)
            named = node, mention.type, clean_name(name.text), name.kind, within, code
            known = self._seen[meant] = node, self._names.setdefault(named, {})
        node, surfaces = known
        if not name.anaphor:
            surfaces[self._words(mention.span)] = None
        return node

    def _unnamed(self, mention: Mention) -> None:
        self.problem(mention.span, f"{mention.type}: not a named thing of the schema")

    def _evidence(self, span: Span, rule: str) -> Evidence | None:
        text = self.article.text
        if not 0 <= span.start < span.end <= len(text):
            self.problem(span, f"{rule}: evidence lies outside of the text")
            return None
        return Evidence(
            self.facts.article.id,
            span,
            clean_quote(span.of(text)),
            intern(clean_name(rule)),
            raw_stretch(self.article.offsets, span),
            clean_quote(text[max(0, span.start - CONTEXT) : span.start]),
            clean_quote(text[span.end : span.end + CONTEXT]),
        )

    def problem(self, span: Span, message: str) -> None:
        self.facts.problems.append(Problem(f"{self.article.source}: {self.article.id}:{span.start}", message))

    def _claim(self, relation: Relation) -> None:
        kind = relation_types().get(relation.type)
        ends = f"{relation.source.type} → {relation.target.type}"
        if kind is None:
            return self.problem(relation.evidence, f"{relation.type} is no relation of the schema")
        if relation.source.type not in kind.source or relation.target.type not in kind.target:
            return self.problem(relation.evidence, f"{kind.label}: {ends} is not what the schema allows")
        date = relation.target.value
        if isinstance(date, Edtf) and not self._is_date(date.value, relation.evidence):
            return None
        evidence = self._evidence(relation.evidence, relation.rule)
        if evidence is None:
            return None
        subject, target = self._node(relation.source), self._node(relation.target)
        if subject is None or target is None:
            return None
        qualifier = clean_name(relation.qualifier or "") or None
        confidence = self._confidence(evidence, relation.source, relation.target)
        self.facts.claims.append(Claim(subject, kind.name, target, relation.modality, qualifier, evidence, confidence))
        return None

    def _confidence(self, evidence: Evidence, *ends: Mention | str | None) -> Decimal:
        trust = SAID
        for end in ends:
            if not isinstance(end, Mention):
                continue
            if isinstance(end.value, Edtf):
                trust -= UNDATED[self.article.issued_basis]
            elif end.name.anaphor:
                trust -= BY_ANAPHOR
        return trust - LONG_QUOTE if len(evidence.quote) > LONG else trust

    def _label(self, kind: str, name: str, *within: str) -> str | None:
        name = clean_name(name)
        if not name:
            return None
        node = make_id(kind, fold(name), *within) if within else _labelled(kind, name)
        self.facts.labels.setdefault(node, Label(node, kind, name))
        return node

    def _observation(self, figure: Figure) -> None:
        evidence = self._evidence(figure.evidence, figure.rule)
        if evidence is None:
            return
        about: str | None
        if isinstance(figure.subject, Mention) and isinstance(figure.subject.value, Name):
            about = self._node(figure.subject)
        else:
            subject = (
                figure.subject.span.of(self.article.text) if isinstance(figure.subject, Mention) else figure.subject
            )
            # 企业 in two articles need not be the same, 我国 is.
            within = () if subject == COUNTRY else (self.facts.article.id,)
            about = self._label("Thing", subject or "", *within)
        metric = self._label("Metric", figure.metric)
        quantity = figure.quantity
        time = figure.time if figure.time and self._is_date(figure.time, figure.evidence) else None
        if time:
            self.facts.inferred.add(time)
        place = (str(figure.span.start), str(figure.span.end), about or "", metric or "", str(quantity.value))
        self.facts.observations.append(
            Observation(
                make_id("Figure", self.facts.article.id, *place),
                about,
                metric,
                quantity.value,
                clean_name(quantity.unit),
                evidence,
                self._confidence(evidence, figure.subject),
                quantity.upper,
                quantity.comparator,
                quantity.change,
                figure.status,
                date_id(time) if time else None,
                clean_name(figure.compared_with or "") or None,
                self._node(figure.stated_by) if figure.stated_by else None,
            )
        )


def raw_stretch(offsets: Offsets, span: Span) -> Span | None:
    """The stretch of the file that holds all characters of a span, in whatever order they stand there.

    None when the repair put all of them in itself.
    """
    runs = offsets.runs
    first = max(bisect_right(runs, (span.start, 1 << 62)) - 1, 0)
    start, raw = runs[first]
    if start <= span.start and (first + 1 == len(runs) or runs[first + 1][0] >= span.end):  # most lie in one run
        return Span(raw + span.start - start, raw + span.end - start) if raw >= 0 else None
    bounds: list[int] = []
    for number in range(first, len(runs)):
        start, raw = runs[number]
        if start >= span.end:
            break
        following = runs[number + 1][0] if number + 1 < len(runs) else span.end
        if raw >= 0:
            bounds += raw + max(start, span.start) - start, raw + min(following, span.end) - start
    return Span(min(bounds), max(bounds)) if bounds else None


def article_node(article: Article) -> ArticleNode:
    """An article as the graph knows it."""
    return ArticleNode(
        f"Article/{article.id}",
        clean_name(article.title or "") or None,
        clean_name(article.issued or "") or None,
        article.issued_basis,
        clean_name(article.publisher or "") or None,
        tuple(clean_name(r) for r in article.reporters),
        (clean_name(article.source),),
        sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        tuple(map(clean_name, article.repairs)),
        len(article.text),
    )
