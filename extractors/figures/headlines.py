"""Lines that are no sentences: headlines, and the figures that they only say again."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Figure, Problem, Quantity, Span
from extractors.sentences import paragraph

_WIDEST = 200  # characters of a line with the spaces after it


def without_headlines(text: str, found: list[Figure | Problem]) -> Iterator[Figure | Problem]:
    """A headline says again what its article says: its figure goes when a later line gives the same number."""
    if len(found) < 2:  # nothing is said again
        yield from found
        return
    numbers = [_number(read.quantity) if isinstance(read, Figure) else None for read in found]
    last = {number: read.span.start for number, read in zip(numbers, found, strict=True) if isinstance(read, Figure)}
    for number, read in zip(numbers, found, strict=True):
        said_again = isinstance(read, Figure) and last[number] > read.span.start
        if not (said_again and isinstance(read, Figure) and in_headline(text, read.span)):
            yield read


def _number(quantity: Quantity) -> tuple[object, ...]:
    # A headline drops the unit: 签约超5000亿 for 5000亿元.
    return quantity.value, quantity.upper, "个" if quantity.unit in ("家", "项", "元", "件") else quantity.unit


def in_headline(text: str, span: Span) -> bool:
    """Does a span stand in a line that is no sentence?"""
    start, end = paragraph(text, span.start).start, paragraph(text, span.end).end
    if end - start > _WIDEST:
        return False
    line = text[start:end].rstrip()
    return len(line) <= 60 and not line.endswith(("。", "！", "？", "；", "”", "："))
