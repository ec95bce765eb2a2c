"""What articles say as JSON lines: one object per article, mention, relation and figure, with offsets."""

from __future__ import annotations

import json
from collections.abc import Iterator

from extractors.model import Edtf, Extraction, Figure, Mention, Name, Relation, Span
from kg.rdf import plain

Record = dict[str, object]


def lines(extraction: Extraction) -> Iterator[str]:
    """The lines of one article, in text order, each ending in a line break."""
    for record in records(extraction):
        kept = {key: value for key, value in record.items() if value not in (None, (), "")}
        yield json.dumps(kept, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"


def records(extraction: Extraction) -> Iterator[Record]:
    """The same as plain values."""
    article = extraction.article
    yield {
        "record": "article", "id": article.id, "title": article.title, "issued": article.issued,
        "issued_basis": article.issued_basis, "publisher": article.publisher, "reporters": article.reporters,
        "source": article.source, "repairs": article.repairs, "text": article.text,
    }  # fmt: skip
    for mention in extraction.mentions:
        yield {"record": "mention", "article": article.id, **_mention(mention, article.text), "rule": mention.rule}
    for relation in extraction.relations:
        yield {"record": "relation", "article": article.id, **_relation(relation, article.text)}
    for figure in extraction.figures:
        yield {"record": "figure", "article": article.id, **_figure(figure, article.text)}


def _words(span: Span, text: str) -> Record:
    return {"begin": span.start, "end": span.end, "words": span.of(text)}


def _mention(mention: Mention, text: str) -> Record:
    record: Record = {"type": mention.type, **_words(mention.span, text)}
    match mention.value:
        case Name():
            value = mention.value
            record |= {"name": value.text, "kind": value.kind, "within": value.within, "code": value.code}
            record["anaphor"] = value.anaphor or None
        case Edtf():
            record["edtf"] = mention.value.value
    return record


def _end(mention: Mention) -> object:
    return mention.value.value if isinstance(mention.value, Edtf) else mention.name.text


def _relation(relation: Relation, text: str) -> Record:
    return {
        "type": relation.type, "source": _end(relation.source), "target": _end(relation.target),
        "qualifier": relation.qualifier, "modality": relation.modality, **_words(relation.evidence, text),
        "rule": relation.rule,
    }  # fmt: skip


def _figure(figure: Figure, text: str) -> Record:
    quantity = figure.quantity
    subject = _end(figure.subject) if isinstance(figure.subject, Mention) else figure.subject
    return {
        "subject": subject, "metric": figure.metric, "value": plain(quantity.value),
        "upper": None if quantity.upper is None else plain(quantity.upper), "unit": quantity.unit,
        "comparator": quantity.comparator, "change": quantity.change, "status": figure.status, "time": figure.time,
        "compared_with": figure.compared_with, "stated_by": figure.stated_by and _end(figure.stated_by),
        **_words(figure.evidence, text), "rule": figure.rule,
    }  # fmt: skip
