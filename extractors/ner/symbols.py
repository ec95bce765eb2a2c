"""What the embedded model sees of a text: pieces of at most 64 characters, one symbol for each character."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Span
from extractors.patterns import regex
from extractors.sentences import sentences

# Short pieces of like length are read side by side; what stands further off than this tells little of a name.
_LONGEST = 64
_PAUSE = "，；：;,:、 \u3000"
_HAN = regex("[一-龥]")

UNKNOWN = "<unk>"
# The value of a number and the case of a letter say nothing of names; quotation marks come straight and curly.
_SAME = {ord(c): "0" for c in "0123456789０１２３４５６７８９"}
_SAME |= dict.fromkeys((*range(ord("a"), ord("z") + 1), *range(ord("ａ"), ord("ｚ") + 1)), "a")
_SAME |= dict.fromkeys((*range(ord("A"), ord("Z") + 1), *range(ord("Ａ"), ord("Ｚ") + 1)), "A")
_SAME |= {ord(c): "_" for c in " \t\n\r\v\f\u3000\xa0\u2028\u2029\x85"}
_SAME |= {ord(c): "·" for c in "•‧・"}


def symbols(text: str) -> str:
    """One symbol for each character.

    >>> symbols("第3届 APEC会议")
    '第0届_AAAA会议'
    """
    return text.translate(_SAME)


def pieces(text: str) -> Iterator[Span]:
    """Stretches of a text that are read on their own: sentences that hold Chinese, cut at pauses when they are long."""
    for sentence in sentences(text):
        start = sentence.start
        while start < sentence.end:
            end = sentence.end
            if end - start > _LONGEST:
                window = text[start : start + _LONGEST]
                pause = max(map(window.rfind, _PAUSE))
                end = start + (pause + 1 if pause > 0 else _LONGEST)
            if _HAN.search(text, start, end):
                yield Span(start, end)
            start = end
