"""Lists of headlines: tables of contents, which tell what is one further down, sections, links to other articles."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractors.patterns import regex
from extractors.reading import chrome
from extractors.reading.paragraphs import Kind, Paragraph
from extractors.reading.pieces import LABEL, squash

_ENTRIES = 3  # lines that make a table of contents
_LONGEST = 80  # lines of a table of contents, at most
_NO_TEXT = (Kind.HEAD, Kind.DATE, Kind.MARK, Kind.SECTION, Kind.SOURCE)
_TOP = 8  # lines in which a bulletin's name and number stand
_LISTED = (Kind.HEAD, Kind.ITEM, Kind.SECTION, Kind.CONTENTS)
_NAMES = {"目录", "目次", "要目", "本期要目", "本期目录", "本期导读", "本期内容", "CONTENTS", "Contents"}
_NUMBERED = regex(
    r"""^(?:[一二三四五六七八九十]{1,3}、|0[1-9][ ]?(?=[^\d.])
    |[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)
    |[①-⑳■◆●▲★◇□○☆△▶◎※])[ ]?""",
    re.VERBOSE,
)
_SERIAL = regex(r"0[1-9][ ]?[^\d. /／|]")  # 01 科技部：…
_HEADED = regex(r"(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|[■◆●▲★◇□○☆△▶◎※①-⑳])[ ]?[^。；]{6,50}[^。；，、：:]")
_OF_ISSUE = regex(r"第[ ]?\d{1,4}[ ]?[期版]|总第|^[ ]*第?[ ]?\d{1,4}[ ]?期")
_SECTION = regex(r"[\u4e00-\u9fff]{0,4}(?<!联播)(?:要闻|简讯|动态|资讯|传真|前沿|之窗|广角|短波|扫描)")  # 科技要闻
_MASTHEAD = 14  # characters, at most, of a bulletin's name
_PAGE_OF = regex(r"^\d{1,3}[ ]?[/／|][ ]?|[ ]?(?:(?<!…)…{2,}|(?<!\.)\.{4,}|(?<!·)·{4,})[ ]?\d{1,4}$")


def take_out_contents(lines: list[Paragraph]) -> tuple[set[str], list[Paragraph]]:
    """Take out tables of contents; give the headlines that they list, squashed, and the other lines.

    Lines further down that are listed are sure headlines, and lose the number that the contents give them: 一、….
    """
    listed: set[str] = set()
    kept: list[Paragraph] = []
    i = 0
    while i < len(lines):
        named = i > 0 and _names_contents(lines[i - 1].words)
        if named and (end := _end_of_list(lines, i)) > i:
            listed |= _listed(lines[i:end])
        elif lines[i].kind is not Kind.CONTENTS:
            _entitle(lines[i], listed)
            kept.append(lines[i])
            i += 1
            continue
        else:
            end = _end_of_contents(lines, i)
            if sum(p.kind is Kind.CONTENTS for p in lines[i:end]) < (1 if named else _ENTRIES):
                for p in lines[i:end]:
                    p.kind = Kind.HEAD if p.kind is Kind.CONTENTS else p.kind
                kept.extend(lines[i:end])
                i = end
                continue
            listed |= _listed(lines[i : end + 2])
        _drop_masthead(kept)
        i = _first_listed(lines, end, listed)
    return listed, kept


def _names_contents(words: str) -> bool:
    # One of these letters is in every name; running text is spared the rest.
    return ("目" in words or "期" in words or "C" in words) and squash(words) in _NAMES


def _drop_masthead(kept: list[Paragraph]) -> None:
    """Before the contents stand the bulletin's name, 目录, the name of the first section: no headlines."""
    if all(p.kind in _NO_TEXT for p in kept):
        for p in kept:
            p.kind = Kind.MARK if p.kind is Kind.HEAD else p.kind
        return
    while kept and kept[-1].kind is Kind.HEAD and len(kept[-1].words) <= 2 * LABEL:
        kept.pop()


def _end_of_list(lines: list[Paragraph], start: int) -> int:
    """Where contents without page numbers end: at the first entry's second coming; `start` when there is none."""
    first = {_key(p.words): i for i, p in reversed(list(enumerate(lines[start : start + _LONGEST], start)))}
    end = start
    while end < min(len(lines), start + _LONGEST) and lines[end].kind in _LISTED:
        if first.get(_key(lines[end].words), end) < end:
            return end
        end += 1
    return start


def _entitle(p: Paragraph, listed: set[str]) -> None:
    if p.kind in (Kind.HEAD, Kind.ITEM) and listed and _key(p.words) in listed:
        p.kind, p.sure = Kind.HEAD, True
        number_off(p)


@lru_cache(maxsize=1024)  # neighbouring lists look at the same lines
def _key(words: str) -> str:
    return squash(_number_off(words))


def _number_off(words: str) -> str:
    return _NUMBERED.sub("", words)


def number_off(p: Paragraph) -> None:
    """Take the number before an item off: 1.北京市… is headed 北京市…."""
    kept = _number_off(p.words)
    p.start, p.words = p.end - len(kept), kept


def take_out_masthead(lines: list[Paragraph]) -> list[Paragraph]:
    """A bulletin's name over its number, 科技工作简报 / 2023年第7期, or over its first section is no headline."""
    top = next((i for i, p in enumerate(lines) if p.kind is not Kind.HEAD), 0)
    section = next((i for i, p in enumerate(lines[:_TOP]) if p.kind is Kind.SECTION), 0)
    if section and all(p.kind in _NO_TEXT for p in lines[:section]):
        top = section
        for p in lines[:top]:
            p.kind = Kind.MARK if p.kind is Kind.HEAD else p.kind
    elif 0 < top <= 2 and lines[top].kind in (Kind.DATE, Kind.MARK) and _OF_ISSUE.search(lines[top].words):
        for p in lines[:top]:
            p.kind = Kind.MARK if len(p.words) <= _MASTHEAD else p.kind
    return lines


def take_out_sections(lines: list[Paragraph]) -> list[Paragraph]:
    """Under a section's name, 【地方动态】, numbered lines over running text are headlines: 1.某市新增企业4000家."""
    within = False
    sections = sum(p.kind is Kind.SECTION for p in lines)
    numbered = {
        id(p) for p, q in pairwise(lines) if q.kind is Kind.PROSE and p.kind in _LISTED and _SERIAL.match(p.words)
    }
    for i, p in enumerate(lines):
        if sections > 1 and p.kind in (Kind.HEAD, Kind.PROSE) and chrome.SECTION.fullmatch(p.words):
            p.kind = Kind.SECTION  # 【数据】, among sections whose names are known
        elif len(numbered) > 1 and id(p) in numbered:
            p.kind, p.sure = Kind.HEAD, True
            number_off(p)
        following = lines[i + 1].kind if i + 1 < len(lines) else Kind.HEAD
        if p.kind is Kind.HEAD and following in (Kind.ITEM, Kind.SECTION) and _SECTION.fullmatch(p.words):
            p.kind = Kind.SECTION
        elif p.kind is Kind.ITEM and following is Kind.HEAD and _SECTION.fullmatch(_number_off(p.words)):
            p.kind = Kind.SECTION  # ■ 国内要闻
        within = within or p.kind is Kind.SECTION
        if within and p.kind is Kind.ITEM and following is Kind.PROSE and _HEADED.fullmatch(p.words):
            p.kind, p.sure = Kind.HEAD, True
            number_off(p)
    return lines


def drop_related(lines: list[Paragraph]) -> list[Paragraph]:
    """Leave out the headlines of other articles under 往期推荐, up to the next running text."""
    kept: list[Paragraph] = []
    related = False
    for p in lines:
        related = p.related or (
            related and p.kind in (Kind.HEAD, Kind.ITEM, Kind.MARK, Kind.CONTENTS) and not p.dateline
        )
        if not related or p.kind is Kind.MARK:
            kept.append(p)
    return kept


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
        if _key(lines[i].words) in listed:
            return i
    return start


def _listed(entries: list[Paragraph]) -> set[str]:
    """The headlines of a table of contents, without page numbers; one in two lines as its first and as both."""
    listed: set[str] = set()
    entry = ""
    for p in entries:
        words = _key(_PAGE_OF.sub("", p.words))
        starts = p.kind in (Kind.CONTENTS, Kind.ITEM)
        entry = words if starts else entry + words
        listed |= {words, entry} if starts or len(words) > LABEL else {entry}
    return listed - {""}
