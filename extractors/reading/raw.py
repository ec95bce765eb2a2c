"""What a format's reader gives: the text that raw offsets count in, and what the file itself says about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """The decoded text of one file, before any repair."""

    text: str
    wrapped: bool = True  # False when the format's lines are paragraphs
    markup: bool = False  # Markdown
    titled: bool = False  # the first line is the headline
    issued: str | None = None  # EDTF, as printed in the file's own data
    publisher: str | None = None
    reporters: tuple[str, ...] = ()
