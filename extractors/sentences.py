"""Sentences and clauses of repaired text."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.model import Span

# A sentence ends at 。！？ and at a line break; a closing quote or bracket after the stop still belongs to it.
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)》]*|\n|$)")
_CLAUSE = re.compile(r"[^，,；;：:\n]+")


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of a text, without the spaces around them.

    >>> [s.of("印发。会议说：“好！”\\n二") for s in sentences("印发。会议说：“好！”\\n二")]
    ['印发。', '会议说：“好！”', '二']
    """
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def clauses(text: str, sentence: Span) -> list[Span]:
    """Spans of the clauses of one sentence, cut at commas, semicolons and colons (never at 、, which joins)."""
    return [Span(m.start(), m.end()) for m in _CLAUSE.finditer(text, sentence.start, sentence.end)]
