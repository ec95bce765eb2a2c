"""Markdown with HTML inside: sections under headings, and the marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from extractors.model import Span
from extractors.patterns import regex
from extractors.reading.draft import Draft

_HEADING = regex(r"^(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*?)[ \t#]*$", re.MULTILINE)
_FRONT = regex(r"---[ ]*\r?\n(?:[\w-]{1,30}:[^\n]{0,300}\n){1,20}---[ ]*(?:\r?\n|$)")
_MARKS = regex(r"^#{1,6}[ \t]+", re.MULTILINE)
_BREAK = regex(r"</p>|</div>|</li>|<br[ ]?/?>|</tr>", re.IGNORECASE)
_SOFT_BREAK = regex(r"<(?<=[^。！？”>\s]<)br[ ]?/?>(?=[^<\s])", re.IGNORECASE)  # 全长3公里，<br>预计
_TAG = regex(r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,300}>", re.DOTALL)
_ENTITY = regex(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,10});")
_EMPHASIS = regex(r"(?<![*_\w])(?:\*{1,3}|__)(?=\S)|(?<=\S)(?:\*{1,3}|__)(?![*_\w])")
_INLINE_LINK = regex(r"!?\[([^\]\n]{0,200})\]\([^)\s]{1,400}\)")
_LINE_LINK = regex(r"^[ ]*!?\[[^\]\n]{0,60}\]\([^)\s]{1,400}\)[ ]*$", re.MULTILINE)
_QUOTE = regex(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
_CONTENTS = regex(r"摘要|目录|要目|导读|内容提要|提要|导航")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, as stretches of the raw text."""

    level: int
    title: Span | None
    body: Span


def front_matter(text: str) -> dict[str, str]:
    """What the lines between --- at a file's top say, by key; the stretch itself under the empty key.

    >>> front_matter("---\\ntitle: 甲\\ndate: 2024-05-30\\n---\\n正文")["date"]
    '2024-05-30'
    """
    match = _FRONT.match(text)
    if not match:
        return {}
    pairs = (line.partition(":") for line in match.group().split("\n"))
    return {"": match.group(), **{key.strip(): value.strip(" \r\"'") for key, colon, value in pairs if colon}}


def sections(text: str, front: str = "") -> Iterator[Section]:
    """The articles of a text: its headings of the highest level that has running text under it.

    Headings below that level are subheadings and part of the body; lists of contents (新闻摘要, 目录) are left out.
    """
    found = [s for s in _all_sections(text, len(front)) if not _is_contents(s, text)]
    levels = [s.level for s in found if s.title is not None and "。" in s.body.of(text)]
    top = min(levels, default=6)
    i = 0
    while i < len(found):
        section, end = found[i], i + 1
        if section.title is not None and section.level >= top:
            while end < len(found) and found[end].level > top and found[end - 1].body.end == _start(found[end], text):
                end += 1
        yield Section(section.level, section.title, Span(section.body.start, found[end - 1].body.end))
        i = end


def _all_sections(text: str, start: int) -> Iterator[Section]:
    level, title = 0, None
    for match in _HEADING.finditer(text, start):
        if title is not None or text[start : match.start()].strip():
            yield Section(level, title, Span(start, match.start()))
        level, title, start = len(match["marks"]), Span(*match.span("title")), match.end()
    if title is not None or text[start:].strip():
        yield Section(level, title, Span(start, len(text)))


def _start(section: Section, text: str) -> int:
    """Where a section's heading line starts."""
    return text.rfind("\n", 0, section.title.start) + 1 if section.title else section.body.start


def _is_contents(section: Section, text: str) -> bool:
    title = section.title.of(text) if section.title else ""
    return len(title) <= 12 and bool(_CONTENTS.search(title))


def drop_markup(draft: Draft) -> Draft:
    """HTML tags, entities, emphasis and links of Markdown; paragraphs end at </p> and <br>."""
    if "<" in draft.text:
        draft = draft.sub(_SOFT_BREAK, "").sub(_BREAK, "\n").sub(_TAG, "")
    if "&" in draft.text:
        draft = draft.sub(_ENTITY, lambda m: unescape(m.group()))
    if "](" in draft.text:
        draft = draft.sub(_LINE_LINK, "")
        draft = draft.edit(
            edit
            for m in _INLINE_LINK.finditer(draft.text)
            for edit in ((m.start(), m.start(1), ""), (m.end(1), m.end(), ""))
        )
    if "#" in draft.text:
        draft = draft.sub(_MARKS, "")
    if "*" in draft.text or "__" in draft.text:
        draft = draft.sub(_EMPHASIS, "")
    return draft.sub(_QUOTE, "") if ">" in draft.text else draft
