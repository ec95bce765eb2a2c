"""REPAIRS: what PDF and typesetting did to a text, undone step by step; every step keeps the map to the raw file.

Chinese punctuation is never changed: no NFKC, and （，）“” stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.patterns import regex, searching
from extractors.reading.draft import Draft, Edit
from extractors.reading.furniture import drop_page_furniture, running_headers
from extractors.reading.wrapping import join_wrapped_lines

Repair = Callable[[Draft], Draft]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"
# Fullwidth and CJK punctuation beside which Chinese typesetting wants no space.
STOPS = "、。，；：？！“”‘’（）《》〈〉【】「」『』〔〕—…～"


def even_line_breaks(draft: Draft) -> Draft:
    r"""\r\n, vertical tabs and U+2028 are line breaks (form feeds mark pages until the page furniture is gone)."""
    return draft.sub(_CARRIAGE, "").sub(_BREAKS, "\n")


_CARRIAGE = regex(r"\r(?=\n)")
_BREAK = "\r\v\x1c-\x1e\x85\u2028\u2029"
_BREAKS = regex(f"[{_BREAK}]")


def drop_invisible_characters(draft: Draft) -> Draft:
    """Control characters, soft hyphens, zero-width spaces, byte order marks, lone surrogates, private use."""
    return draft.sub(_INVISIBLE, "")


_UNSEEN = (
    r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    r"\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # soft hyphen, zero width, direction marks
    r"\ud800-\udfff\ue000-\uf8ff\ufffe\uffff"  # lone surrogates, private use, no characters
)
_INVISIBLE = regex(f"[{_UNSEEN}]+")


def plain_spaces(draft: Draft) -> Draft:
    """Ideographic, no-break, thin spaces and tabs become a space; an indent of two stays one of two."""
    return draft.sub(_SPACES, lambda m: " " * len(m.group()))


_GAP_SIGN = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = regex(f"[{_GAP_SIGN}]+")
# What these three look for; most texts hold none of it.
_ODD = regex(f"[{_BREAK}{_UNSEEN}{_GAP_SIGN}]")
_OF_CHARACTERS = (even_line_breaks, drop_invisible_characters, plain_spaces)


def undouble_glyphs(draft: Draft) -> Draft:
    """Shadowed headlines come out of PDF twice, per glyph or per phrase: 召召开开““科技周科技周””."""
    edits: list[Edit] = []
    position, before = 0, ""
    for line in draft.text.split("\n"):
        stripped = line.strip()
        if 6 <= len(stripped) <= 200 and _may_be_doubled(stripped):
            edits.extend((position + start, position + end, "") for start, end in _doubles(line))
        if stripped == before and 6 <= len(stripped) <= 40 and stripped[-1] not in "。；，、":
            edits.append((position, position + len(line), ""))  # the same headline twice, line under line
        before = stripped or before
        position += len(line) + 1
    draft = draft.edit(edits)
    if not _DOUBLED_WORD.search(draft.text):
        return draft
    return draft.edit(
        (second, second + 1, "")
        for m in _DOUBLED_RUN.finditer(draft.text)
        for second in range(m.start() + 1, m.end(), 2)
    )


# Five and more doubled glyphs inside a line, three of them Han: 干干净净 and 2200 stay as they are.
_DOUBLED_WORD = regex(rf"([{HAN}])\1([{HAN}])\2([{HAN}])\3", only=r"(\w)\1(\w)\2(\w)\3")
_DOUBLED_RUN = regex(rf"(?=(?:\S\S){{0,8}}?{_DOUBLED_WORD.pattern})(?:(\S)\4){{5,}}")


def _may_be_doubled(line: str) -> bool:
    return line.count(line[0]) > 1 and line.count(line[-1]) > 1 and line.count(line[len(line) // 2]) > 1


def _doubles(line: str) -> list[tuple[int, int]]:
    """The second copies in a line that consists of doubled phrases throughout; nothing for any other line."""
    found: list[tuple[int, int]] = []
    phrases = 0
    for chunk in re.finditer(r"\S+", line):
        words = chunk.group()
        copies = _split_doubles(words)
        if copies is None:
            return []
        phrases += len(copies)
        found.extend((chunk.start() + start, chunk.start() + end) for start, end in copies)
    longest = max((end - start for start, end in found), default=0)
    return found if phrases >= 4 or longest >= 4 else []


def _split_doubles(words: str) -> list[tuple[int, int]] | None:
    """Cut words into XX YY …: where the second X, Y … stand; None when that does not work out to the end.

    >>> _split_doubles("““春天春天””来来")
    [(1, 2), (4, 6), (7, 8), (9, 10)]
    """
    size = len(words)
    came_from: dict[int, int] = {0: 0}  # end of a doubled phrase → its start
    for start in range(size):
        if start in came_from:
            for half in range((size - start) // 2, 0, -1):
                end = start + 2 * half
                if words[start] == words[start + half] and words[start : start + half] == words[start + half : end]:
                    came_from.setdefault(end, start)
    if size not in came_from:
        return None
    copies, end = [], size
    while end:
        start = came_from[end]
        copies.append(((start + end) // 2, end))
        end = start
    return copies[::-1]


def close_stray_spaces(draft: Draft) -> Draft:
    """Spaces inside words, as in 的 可 能 路 径, 5 月 30 日, 2025 年; those between the parts of a headline stay."""
    if " " not in draft.text:
        return draft
    draft = draft.edit(
        (gap, gap + 1, "")
        for spaced in _SPACED_LINE.finditer(draft.text)
        if len(_HAN.findall(spaced.group())) >= 3
        for gap in range(*spaced.span())
        if draft.text[gap] == " "
    )
    draft = draft.edit(
        (*gap.span(), "") for spaced in _SPACED_OUT.finditer(draft.text) for gap in _narrowest(draft.text, spaced)
    )
    return draft.sub(_STRAY, "").sub(_WIDE_GAP, lambda m: " " * (_COLUMNS if len(m.group()) >= _COLUMNS else 1))


def _narrowest(text: str, spaced: re.Match[str]) -> list[re.Match[str]]:
    """The narrowest gaps of a spaced-out line: 热 爱 科 学   崇 尚 科 学 keeps the one between the headline's parts."""
    gaps = list(_GAP.finditer(text, *spaced.span()))
    width = min(len(gap.group()) for gap in gaps)
    return [gap for gap in gaps if len(gap.group()) == width] if width == 1 or len(gaps) >= _GAPS else []


_HAN = regex(f"[{HAN}]")
_GLYPH = rf"[{STOPS}]{{0,3}}[^\s{STOPS}][{STOPS}]{{0,3}}"
# 2 0 2 4 年 5 月 6 日: numbers too, where everything stands one by one.
_SPACED_LINE = regex(rf"(?<!\S)(?:{_GLYPH}[ ]){{5,}}{_GLYPH}(?!\S)")
_SPACED_OUT = regex(
    rf"""(?<![{HAN}])                       # not the end of a longer word
    [{HAN}](?:[ ]{{1,3}}[{HAN}]){{1,200}}   # single characters with spaces between
    (?![{HAN}])""",
    re.VERBOSE,
)
_GAP, _GAPS = regex("[ ]+"), 4  # wider gaps, at least so many: 数  字  中  国
_STRAY = searching(
    rf"""(?<=[{STOPS}])[ ]+(?=[^\n ])       # after a stop: 。 5月
    |(?<=[^\n ])[ ]+(?=[{STOPS}])           # before one
    |(?<=[{HAN}])[ ]{{1,3}}(?=[0-9A-Za-z%％℃+－-]) # 约 200, 单位 GDP; not 某某厅主办      2024年5月
    |(?<=[0-9A-Za-z%％℃])[ ]{{1,3}}(?=[{HAN}])    # 2025 年
    |(?<=[0-9])[ ]+(?=[-－~][ ]?[0-9])|(?<=[0-9][-－~])[ ]+(?=[0-9])  # 20 - 31
    |(?<=[万亿])[ ]+(?=[元吨人户亩件家次]|美元|千瓦|立方|平方|公里)  # 20 万 千瓦
    |(?<![ ])[ ]+(?=\n|\Z)  # at the end of a line""",
    re.VERBOSE,
)

_COLUMNS = 4  # spaces, at least, between the two parts of a header or the cells of a row
_WIDE_GAP = regex(r"(?<=[^\n ])[ ]{2,}(?=[^\n ])")


def drop_note_marks(draft: Draft) -> Draft:
    """Marks of footnotes, 国内生产总值[2]1260582亿元, 强度为2.54%①，, where a line further down starts with them."""
    notes = {m[1] for m in _NOTE_LINE.finditer(draft.text)} if _NOTE.search(draft.text) else None
    if not notes:
        return draft
    return draft.edit((*m.span(), "") for m in _NOTE_MARK.finditer(draft.text) if m.group() in notes)


_NOTE = regex(r"[\[①-⑳]")
_NOTE_LINE = regex(r"^[ ]{0,20}(\[\d{1,2}\]|[①-⑳])[ ]?[^\s，。；]", re.MULTILINE)
_NOTE_MARK = regex(rf"(?<=[{HAN}》”）%％\d])(?:\[\d{{1,2}}\]|(?<!图)[①-⑳](?=[，。；、）]))")

# The order matters: spaces are even before headlines are compared with themselves, pages are whole before lines are
# joined across them, and spaces are closed before that, since a line that is spaced out ends where its line ends.
REPAIRS: tuple[Repair, ...] = (
    *_OF_CHARACTERS,
    undouble_glyphs,
    drop_page_furniture,
    drop_note_marks,
    close_stray_spaces,
    join_wrapped_lines,
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, the repairs that changed something by name, in order, and the headers of its pages."""

    draft: Draft
    repairs: tuple[str, ...]
    headers: tuple[str, ...] = ()


def repair(raw: Draft, *, wrapped: bool = True) -> Repaired:
    """Run all REPAIRS; a text whose lines are known to be paragraphs (HTML, DOCX) is not wrapped."""
    draft = raw
    applied: list[str] = []
    headers: tuple[str, ...] = ()
    for step in REPAIRS if _ODD.search(raw.text) else REPAIRS[len(_OF_CHARACTERS) :]:
        if step is join_wrapped_lines and not wrapped:
            continue
        if step is drop_page_furniture:
            headers = running_headers(draft.text)
        repaired = step(draft)
        if repaired.text != draft.text:
            applied.append(step.__name__)
        draft = repaired
    return Repaired(draft, tuple(applied), headers)
