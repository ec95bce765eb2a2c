"""Bytes into text: UTF-8, UTF-16 and GB18030, with or without a mark; what is no text is said to be none."""

from __future__ import annotations

import codecs

from extractors.model import Problem
from extractors.patterns import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Chinese text is made of; GB18030 and UTF-16 accept nearly any bytes, so their result has to look like this.
_USUAL = regex(r"[\t\n\r\x20-\x7e\u00b7\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NO_TEXT = bytes((*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_UNREADABLE = "the file is no text in UTF-8, UTF-16 or GB18030"
_SAMPLE = 1 << 16
_FEW = 0.01  # bad bytes per character above which a file is no text in that encoding


def decode(name: str, data: bytes) -> tuple[str | None, Problem | None]:
    """Text of a file's bytes, and a Problem when none or not all could be read."""
    if not data.strip():
        return None, Problem(name, "the file is empty", lost=True)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with(name, data, encoding)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _with(name, data, wide)
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _NO_TEXT))
    if control > _FEW * len(sample):
        return None, Problem(name, "the file is binary, not text", lost=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unmarked(name, data, error.start)
    return (text, None) if text.strip() else (None, Problem(name, "the file is empty", lost=True))


def _unmarked(name: str, data: bytes, first: int) -> tuple[str | None, Problem | None]:
    """Not UTF-8 throughout: UTF-8 with a few bad bytes, or GB18030, which would read those bytes as rare characters."""
    utf8 = data.decode("utf-8", "replace")
    wide_characters = len(utf8.encode("utf-16-le", "surrogatepass")) // 2 - sum(map(utf8.count, "\n\r ")) or 1
    if utf8.count("\ufffd") <= _FEW * wide_characters:
        return _with(name, data, "utf-8")
    text, problem = _with(name, data, "gb18030")
    return text, problem if text is not None else Problem(name, f"byte {first}: {_UNREADABLE}", lost=True)


def _with(name: str, data: bytes, encoding: str) -> tuple[str | None, Problem | None]:
    problem = None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        bad = text.count("\ufffd")
        label = encoding.removesuffix("-sig").upper()
        if bad > max(1, _FEW * len(text)):
            return None, Problem(name, f"byte {error.start}: {_UNREADABLE}", lost=True)
        problem = Problem(
            name, f"byte {error.start}: not {label}; {bad} place{'s' * (bad > 1)} could not be read", lost=True
        )
    if encoding in ("gb18030", "utf-16-le", "utf-16-be") and not _looks_chinese(text[:_SAMPLE]):
        return None, Problem(name, _UNREADABLE, lost=True)
    if not text.strip():
        return None, Problem(name, "the file is empty", lost=True)
    return text, problem


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes on one side of spaces and line breaks, and reads as Chinese."""
    if b"\0" not in data:
        return None
    data = data[: len(data) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        if _looks_chinese(data.decode(encoding, "replace")):
            return encoding
    return None


def _looks_chinese(text: str) -> bool:
    return len(_USUAL.findall(text)) >= 0.9 * len(text)
