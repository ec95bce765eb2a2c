"""What a page carries besides its text: page numbers, running headers and footers, addresses of web pages."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractors.patterns import regex
from extractors.reading.draft import Draft, Edit

_PAGE_NUMBER = regex(
    r"""\s*(?:
    [-—–·•|～~]*\s*\d{1,4}\s*[-—–·•|～~]*          # 12, - 12 -, — 12 —
    |第?\s*\d{1,4}\s*页?\s*[/／,，共]\s*(?:总?共)?\s*\d{1,4}\s*页?   # 3/12, 第3页 共12页
    |第\s*\d{1,4}\s*[页版]|[Pp](?:age|AGE)\.?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?
    |[A-D]?\d{1,2}\s*版
    )\s*""",
    re.VERBOSE,
)
_PLAIN_NUMBER = regex(r"\s*\d{1,4}\s*")
_ADDRESS = regex(r"(?:https?://|www\.)[!-~]+|(?<![\w.-])[\w.-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# A line that goes on with 0亿元 or 月 shows that the number before it is no page number: 超过800\n0亿元.
_GOES_ON = regex(r"\s*[.,，、％%万亿千百元年月日个家项人吨次倍]")
_NUMBER = regex(r"\d+")
# 某某周刊 2022年第1期, 某某日报 2024年7月 第3版: what a page says of its issue; in a sentence 期 and 版 stand otherwise
_FOLIO = regex(
    r"""第\s?[A-Z]?[\d一二三四五六七八九十]{1,5}\s?[期版页]|[（(]总\s?第?\s?\d{1,5}\s?期?|星期[一二三四五六日天]
    |[A-Z]?\d{1,3}\s?版$|^第?\s?[A-Z]?\d{1,3}\s?版""",
    re.VERBOSE,
)
_WIDE_GAP = regex(r"\S[ ]{4,}\S")  # between the left and the right part of a header
_LETTER = regex(r"[^\W\d_]")  # cells of a table hold figures only
_RUNNING = 40  # characters, at most, of a running header
_OFTEN = 3  # times that it stands in the file when nothing else shows what it is
_TOP = 3  # filled lines in which a masthead or the headline stands


def drop_page_furniture(draft: Draft) -> Draft:
    """Page numbers, running headers, and lines that only hold a web address, also in the middle of a sentence."""
    dropped = _dropped(draft.text)
    if not dropped and "\f" not in draft.text:
        return draft
    lines = _lines(draft.text)
    edits: list[Edit] = []
    position = cut = 0
    for i, line in enumerate(lines):
        if line == "\f":
            edits.append((position - 1, position, "\n"))
            cut = position
            continue
        end = position + len(line)
        if i in dropped:
            # With its line break, so that no blank line is left where the page was turned.
            start, end = (position, end + 1) if draft.text[end : end + 1] == "\n" else (max(cut, position - 1), end)
            edits.append((start, end, ""))
            cut = end
        position += len(line) + 1
    return draft.edit(edits)


def running_headers(text: str) -> tuple[str, ...]:
    """The headers and footers that drop_page_furniture takes out of a text, each once, without page numbers."""
    dropped = _dropped(text)
    lines = _lines(text) if dropped else []
    return tuple(
        dict.fromkeys(" ".join(lines[i].split()) for i in sorted(dropped) if _NUMBER.sub("", lines[i]).strip())
    )


def _lines(text: str) -> list[str]:
    if "\f" not in text:
        return text.split("\n")
    return [line for page in text.split("\f") for line in (*page.split("\n"), "\f")][:-1]


@lru_cache(maxsize=1)  # asked for the lines and for what they say
def _dropped(text: str) -> frozenset[int]:
    lines = _lines(text)
    filled = [i for i, line in enumerate(lines) if line.strip() or line == "\f"]
    numbers = _page_numbers(lines, filled)
    addresses = {i for i in filled if _is_address(lines[i])} if _may_hold_address(text) else set()
    return frozenset(numbers | addresses | _running_headers(lines, filled, numbers))


def _page_numbers(lines: list[str], filled: list[int]) -> set[int]:
    found = set()
    for k, i in enumerate(filled):
        line = lines[i]
        if len(words := line.strip()) > 30 or not _PAGE_NUMBER.fullmatch(words):
            continue
        before = lines[filled[k - 1]] if k else ""
        after = lines[filled[k + 1]] if k + 1 < len(filled) else ""
        in_figure = _GOES_ON.match(after) and before.rstrip()[-1:] not in "。！？"
        in_table = _PLAIN_NUMBER.fullmatch(before) or _PLAIN_NUMBER.fullmatch(after)
        if not (_PLAIN_NUMBER.fullmatch(line) and (in_figure or in_table or before.rstrip()[-1:].isdigit())):
            found.add(i)
    return found


def _running_headers(lines: list[str], filled: list[int], numbers: set[int]) -> set[int]:
    """Short lines that come back, or that name their page, beside page numbers and page breaks.

    One at the top of the file stays: it is the masthead, or the headline that the pages repeat.
    """
    if len(filled) < 2:
        return set()  # a headline by itself
    squeezed = {i: " ".join(lines[i].split()) for i in filled if len(lines[i]) <= 4 * _RUNNING and i not in numbers}
    squeezed = {i: words for i, words in squeezed.items() if 0 < len(words) <= _RUNNING}
    shape = {i: _NUMBER.sub("0", words) for i, words in squeezed.items()}
    often = Counter(shape.values())
    if len(often) == len(shape) and not any(map(_FOLIO.search, squeezed.values())):
        return set()  # nothing comes back, and nothing names its page
    edges = {i for k, i in enumerate(filled) if _is_edge(k, lines, filled, numbers)}
    at_edges = {shape[i] for i in edges if i in shape}
    found = set()
    for k, i in enumerate(filled):
        words = shape.get(i, "\f")
        if words == "\f" or not _LETTER.search(words) or words[-1] in "。；，、：！？”":
            continue
        folio = bool(_FOLIO.search(squeezed[i])) and not words[0].isdigit()
        wide = bool(_WIDE_GAP.search(lines[i].strip()))
        if wide and not folio and often[words] >= _OFTEN and words in at_edges:
            found.add(i)
        turned = _is_edge(k, lines, filled, set())
        if k < _TOP and not (k and turned and folio):
            continue
        at_edge = i in edges
        if (
            (at_edge and often[words] >= _OFTEN and words[-1] != "）")
            or (folio and (turned or often[words] >= 2 or (at_edge and wide)))
            or (at_edge and wide and often[words] >= 2)
        ):
            found.add(i)
    return found


def _is_edge(k: int, lines: list[str], filled: list[int], numbers: set[int]) -> bool:
    """Does the k-th filled line stand beside a page break, a page number, or at the end of the file?"""
    beside = [filled[j] for j in (k - 1, k + 1) if 0 <= j < len(filled)]
    return k == len(filled) - 1 or any(lines[j] == "\f" or j in numbers for j in beside)


def _may_hold_address(text: str) -> bool:
    return "://" in text or "www." in text or "@" in text


def _is_address(line: str) -> bool:
    """Only a web or mail address, perhaps with a page number or a label before it: 网址：www.…  3/5."""
    if not _may_hold_address(line):
        return False
    rest = _ADDRESS.sub("", line)
    if rest == line or "](" in line or "<" in line:
        return False
    return len(re.sub(r"[\d\s/：:，。;；]|网址|链接|邮箱|[Ee]-?mail|来源|原文", "", rest)) <= 2
