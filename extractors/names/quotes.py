"""Straight quotation marks as curly ones, in place: the rules for names know only “ and ”."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import cycle

from extractors.patterns import regex

_STRAIGHT = regex('["\n]')


@lru_cache(maxsize=64)
def curly(text: str) -> str:
    """Every other `"` of a line opens; the text keeps its length, so that spans hold for both.

    >>> curly('实施"强基"工程、"育苗"工程')
    '实施“强基”工程、“育苗”工程'
    """
    if '"' not in text:
        return text
    marks = cycle("“”")

    def turn(match: re.Match[str]) -> str:
        nonlocal marks
        if match[0] == "\n":
            marks = cycle("“”")
            return "\n"
        return next(marks)

    return _STRAIGHT.sub(turn, text)
