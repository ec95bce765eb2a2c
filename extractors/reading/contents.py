"""Tables of contents: no articles, but they tell which lines further down are headlines."""

from __future__ import annotations

import re

from extractors.reading.paragraphs import Kind, Paragraph
from extractors.reading.pieces import LABEL, squash

_ENTRIES = 3  # lines that make a table of contents
_PAGE_OF = re.compile(r"^\d{1,3}[ ]?[/／|][ ]?|[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4}$")


def take_out_contents(lines: list[Paragraph]) -> tuple[set[str], list[Paragraph]]:
    """Take out tables of contents; give the headlines that they list, squashed, and the other lines."""
    listed: set[str] = set()
    kept: list[Paragraph] = []
    i = 0
    while i < len(lines):
        if lines[i].kind is not Kind.CONTENTS:
            kept.append(lines[i])
            i += 1
            continue
        end = _end_of_contents(lines, i)
        entries = lines[i:end]
        if sum(p.kind is Kind.CONTENTS for p in entries) < _ENTRIES:
            for p in entries:
                p.kind = Kind.HEAD if p.kind is Kind.CONTENTS else p.kind
            kept.extend(entries)
        else:
            listed |= _listed(lines[i : end + 2])
            while kept and kept[-1].kind is Kind.HEAD and len(kept[-1].words) <= 2 * LABEL:
                kept.pop()  # the name of the first section, 目录
            end = _first_listed(lines, end, listed)
        i = end
    return listed, kept


def _end_of_contents(lines: list[Paragraph], start: int) -> int:
    """Where the entries end that follow each other with no more than three short lines between them."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        if lines[i].kind is Kind.CONTENTS:
            end = i + 1
        elif lines[i].kind is not Kind.HEAD or i - end >= 3:
            break
    return end


def _first_listed(lines: list[Paragraph], start: int, listed: set[str]) -> int:
    """Where the first listed headline stands: over the last entry's second line, and the name of the first section."""
    for i in range(start, min(start + 6, len(lines))):
        if lines[i].kind is not Kind.HEAD:
            break
        if squash(lines[i].words) in listed:
            return i
    return start


def _listed(entries: list[Paragraph]) -> set[str]:
    """The headlines of a table of contents, without page numbers; one in two lines as its first and as both."""
    listed: set[str] = set()
    entry = ""
    for p in entries:
        words = squash(_PAGE_OF.sub("", p.words))
        entry = words if p.kind is Kind.CONTENTS else entry + words
        listed |= {words, entry} if p.kind is Kind.CONTENTS else {entry}
    return listed - {""}
