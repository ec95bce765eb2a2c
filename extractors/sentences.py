"""Sentences and lines of repaired text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from extractors.model import Span
from extractors.patterns import regex

# A sentence ends at 。！？ and at a line break; a closing quote or bracket after the stop still belongs to it.
_SENTENCE = regex(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)》]*|\n|$)")
# What runs on for longer without a stop is a table or a list of names, and is read in pieces.
_LONGEST = 1000
_PAUSE = regex(r"[，,；;、\s]")
# 记者获悉 and 会议指出 are in every other article, and shorter.
_CLAUSE = regex(r"[^，。；！？：、,;!?:…—“”‘’（）()《》 \u3000\t\r\n]{5,}")


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of a text, without the spaces around them.

    >>> [s.of("印发。会议说：“好！”\\n二") for s in sentences("印发。会议说：“好！”\\n二")]
    ['印发。', '会议说：“好！”', '二']
    """
    found: list[Span] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start > _LONGEST:
            found += _pieces(text, start, end)
        elif start < end:
            found.append(Span(start, end))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A table cut at the first pause after each 1000 characters (at 2000 without one)."""
    while end - start > _LONGEST:
        pause = _PAUSE.search(text, start + _LONGEST, min(end, start + 2 * _LONGEST))
        stop = pause.end() if pause else min(end, start + 2 * _LONGEST)
        yield Span(start, stop)
        start = stop
    if start < end:
        yield Span(start, end)


def clauses(text: str) -> list[str]:
    """What stands between two marks of any kind, when it says something of its own.

    >>> clauses("记者获悉，滨海新区今年“新建公园”十座。")
    ['滨海新区今年']
    """
    return _CLAUSE.findall(text)


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(m.start() for m in re.finditer("\n", text))


def paragraph(text: str, position: int) -> Span:
    """The line that holds a position, without its line break.

    >>> paragraph("一\\n二三\\n四", 3)
    Span(start=2, end=4)
    """
    breaks = _breaks(text)
    after = bisect_left(breaks, position)
    return Span(breaks[after - 1] + 1 if after else 0, breaks[after] if after < len(breaks) else len(text))
