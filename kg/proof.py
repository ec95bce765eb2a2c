"""One article of a graph held against its text: its own data, the place of every quote, the number of every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from extractors.figures.quantities import find_quantities
from extractors.figures.tables import find_tables, has_heads
from extractors.model import Article, Quantity, Span
from kg.block import plain
from kg.facts import CONTEXT, article_node, raw_stretch
from kg.graph import GraphData
from kg.model import ArticleNode, Evidence, Observation, clean_name, clean_quote

SHOWN = 40  # characters of a quote in a message
FEW = 12  # of what has changed
# What the graph says of an article, and the file says again when it is read again.
_OWN = ("title", "issued", "issued_basis", "publisher", "reporters", "repairs", "sha256", "length")


@dataclass(slots=True)
class Proof:
    """What is wrong with an article, its quotes and its figures; empty where everything stands as the graph says."""

    source: str  # the file that it was read in
    article: list[str] = field(default_factory=list)  # fields that the file does not say so
    quotes: dict[Evidence, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # by the id of the figure

    @property
    def faults(self) -> int:
        return len(self.article) + len(self.quotes) + len(self.numbers)


def prove(graph: GraphData, known: ArticleNode, article: Article, raw: str) -> Proof:
    """Hold what the graph says of an article against the article as it is read now, and the file's raw text."""
    proof = Proof(clean_name(article.source))
    read = article_node(article)
    for name in _OWN:
        said, found = getattr(known, name), getattr(read, name)
        if said != found and not (isinstance(said, tuple) and sorted(said) == sorted(found)):  # RDF keeps no order
            proof.article.append(f"{name.replace('_', ' ')} {_words(said)} in the graph, {_words(found)} in the file")
    for evidence in quotes_of(graph, known.id):
        if fault := _misplaced(evidence, article, raw):
            proof.quotes[evidence] = fault
    figures = [seen for seen in graph.observations_of(known.id) if seen.evidence.article == known.id]
    readings = list(_readings(article)) if figures else []
    for seen in figures:
        if seen.evidence not in proof.quotes and (fault := _misread(seen, readings)):
            proof.numbers[seen.id] = fault
    return proof


def quotes_of(graph: GraphData, article: str) -> set[Evidence]:
    """All that rests on an article's words."""
    said = (e for statement in graph.statements_of(article) for e in statement.evidence if e.article == article)
    return {*said, *(o.evidence for o in graph.observations_of(article) if o.evidence.article == article)}


def stands(evidence: Evidence, text: str) -> bool:
    """Whether the words of the quote and those around it are at its place in the text."""
    return _words_at(evidence.span, text) == (evidence.before, evidence.quote, evidence.after)


def first_change(article: Iterable[Evidence], text: str) -> str | None:
    """Where a text no longer has the words of its quotes and those around them, and what was there; None: nowhere."""
    for evidence in sorted(article, key=lambda e: (e.span.start - len(e.before), e.span, e.rule)):
        if stands(evidence, text):
            continue
        start, said = evidence.span.start - len(evidence.before), f"{evidence.before}{evidence.quote}{evidence.after}"
        found = clean_quote(text[max(0, start) : start + len(said) + FEW])
        at = next((n for n, (a, b) in enumerate(zip(said, found, strict=False)) if a != b), min(len(said), len(found)))
        if not at and start > 0:
            return f"before character {start}"
        return f"at character {start + at}: {shown(found[at : at + FEW])} for {shown(said[at : at + FEW])}"
    return None


def shown(words: str) -> str:
    """A quote in brackets, on one line and not too long."""
    line = " ".join(words.split())
    return f"【{line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}】"


def place(span: Span) -> str:
    return f"characters {span.start}–{span.end}"


def _words_at(span: Span, text: str) -> tuple[str, str, str]:
    before, after = text[max(0, span.start - CONTEXT) : max(0, span.start)], text[span.end : span.end + CONTEXT]
    return clean_quote(before), clean_quote(span.of(text)), clean_quote(after)


def _misplaced(evidence: Evidence, article: Article, raw: str) -> str | None:
    """What is wrong with the places of a quote in the repaired text and in the raw one."""
    span, text = evidence.span, article.text
    if not 0 <= span.start < span.end <= len(text):
        return f"{place(span)} lie outside of the text"
    if not stands(evidence, text):
        found = clean_quote(span.of(text))
        if found != evidence.quote:
            return f"{place(span)} read {shown(found)}, not {shown(evidence.quote)}"
        return f"{place(span)} {shown(evidence.quote)} have other words around them"
    stretch = raw_stretch(article.offsets, span)
    if stretch != evidence.raw:
        return f"{place(span)} {shown(evidence.quote)} are {_raw(stretch)} of the file, not {_raw(evidence.raw)}"
    if stretch is not None and not _holds(raw, stretch, article, span):
        return f"{_raw(stretch)} of the file hold not all of {shown(evidence.quote)}"
    return None


def _raw(span: Span | None) -> str:
    return place(span) if span else "no characters"


def _holds(raw: str, stretch: Span, article: Article, span: Span) -> bool:
    """Whether a stretch of the raw text has the characters of a quote.

    Repair joins lines, drops spaces, page headers and doubled glyphs from between, and may move columns: what stands
    there has all the characters, perhaps in another order and with others among them. &amp; of Markdown counts as &.
    """
    words, found = span.of(article.text), stretch.of(raw)
    if words == found or "".join(words.split()) == "".join(found.split()):
        return True
    there = (c for at, c in enumerate(words, span.start) if not c.isspace() and article.offsets.raw_at(at) >= 0)
    wanted = Counter(there)
    return wanted <= Counter(found) or wanted <= Counter(unescape(found))


def _readings(article: Article) -> Iterator[tuple[Span, Quantity]]:
    """Every number of an article with its unit and its place."""
    for mention in find_quantities(article):
        if isinstance(mention.value, Quantity):
            yield mention.span, mention.value
    if has_heads(article.text):
        for table in find_tables(article, None, None):
            yield from ((figure.span, figure.quantity) for figure in table.figures)


def _misread(seen: Observation, readings: Iterable[tuple[Span, Quantity]]) -> str | None:
    """What the words of a figure say, where it is not the figure's number, unit, comparator and change."""
    there = [quantity for span, quantity in readings if seen.evidence.span.contains(span)]
    told = seen.value, seen.unit, seen.upper, seen.comparator
    for quantity in there:
        read = quantity.value, clean_name(quantity.unit), quantity.upper, quantity.comparator
        # 增长0.2%，美国0.4%: the second is a rise, too, and not by its own words.
        if told == read and quantity.change in (seen.change, None):
            return None
    said = "、".join(_amount(q) for q in there) or "no number"
    claimed = _amount(Quantity(seen.value, seen.unit, seen.upper, seen.comparator, seen.change))
    return f"{place(seen.evidence.span)} {shown(seen.evidence.quote)} say {said}, not {claimed}"


def _amount(quantity: Quantity) -> str:
    comparator = "" if quantity.comparator == "=" else quantity.comparator
    upper = "" if quantity.upper is None else f"–{plain(quantity.upper)}"
    return f"{comparator}{quantity.change or ''}{plain(quantity.value)}{upper}{quantity.unit}"


def _words(value: object) -> str:
    return "、".join(value) or "none" if isinstance(value, tuple) else "none" if value is None else str(value)
