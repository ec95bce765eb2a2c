"""What a page carries besides its text: page numbers, running headers and footers, addresses of web pages."""

from __future__ import annotations

import re
from collections import Counter

from extractors.reading.draft import Draft, Edit

_PAGE_NUMBER = re.compile(
    r"""\s*(?:
    [-—–·•|～~]*\s*\d{1,4}\s*[-—–·•|～~]*          # 12, - 12 -, — 12 —
    |第?\s*\d{1,4}\s*页?\s*[/／,，共]\s*(?:总?共)?\s*\d{1,4}\s*页?   # 3/12, 第3页 共12页
    |第\s*\d{1,4}\s*[页版]|[Pp](?:age|AGE)\.?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?
    |[A-D]?\d{1,2}\s*版
    )\s*""",
    re.VERBOSE,
)
_PLAIN_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# A line that goes on with 0亿元 or 月 shows that the number before it is no page number: 超过800\n0亿元.
_GOES_ON = re.compile(r"\s*[.,，、％%万亿千百元年月日个家项人吨次倍]")
_NUMBER = re.compile(r"\d+")
_PERIODICAL = re.compile(r"\d|第.{1,4}[期版页]|星期")
_RUNNING = 40  # characters, at most, of a running header
_OFTEN = 3  # times that it must stand in the file


def drop_page_furniture(draft: Draft) -> Draft:
    """Page numbers, running headers, and lines that only hold a web address, also in the middle of a sentence."""
    lines = [line for page in draft.text.split("\f") for line in (*page.split("\n"), "\f")][:-1]
    filled = [i for i, line in enumerate(lines) if line.strip() or line == "\f"]
    numbers = _page_numbers(lines, filled)
    headers = _running_headers(lines, filled, numbers)
    edits: list[Edit] = []
    position = cut = 0
    for i, line in enumerate(lines):
        if line == "\f":
            edits.append((position - 1, position, "\n"))
            cut = position
            continue
        end = position + len(line)
        if i in numbers or i in headers or _is_address(line):
            # With its line break, so that no blank line is left where the page was turned.
            start, end = (position, end + 1) if draft.text[end : end + 1] == "\n" else (max(cut, position - 1), end)
            edits.append((start, end, ""))
            cut = end
        position += len(line) + 1
    return draft.edit(edits)


def _page_numbers(lines: list[str], filled: list[int]) -> set[int]:
    found = set()
    for k, i in enumerate(filled):
        line = lines[i]
        if len(line.strip()) > 30 or not _PAGE_NUMBER.fullmatch(line.strip()):
            continue
        before = lines[filled[k - 1]] if k else ""
        after = lines[filled[k + 1]] if k + 1 < len(filled) else ""
        in_figure = _GOES_ON.match(after) and before.rstrip()[-1:] not in "。！？"
        in_table = _PLAIN_NUMBER.fullmatch(before) or _PLAIN_NUMBER.fullmatch(after)
        if not (_PLAIN_NUMBER.fullmatch(line) and (in_figure or in_table or before.rstrip()[-1:].isdigit())):
            found.add(i)
    return found


def _running_headers(lines: list[str], filled: list[int], numbers: set[int]) -> set[int]:
    """Short lines that come back with another number in them, or beside page numbers and page breaks."""
    squeezed = {i: " ".join(lines[i].split()) for i in filled if len(lines[i]) <= 4 * _RUNNING and i not in numbers}
    shape = {i: _NUMBER.sub("0", words) for i, words in squeezed.items() if 0 < len(words) <= _RUNNING}
    often = Counter(shape.values())
    found = set()
    for k, i in enumerate(filled):
        words = shape.get(i, "\f")
        if words == "\f" or often[words] < _OFTEN or words[-1] in "。；，、：！？”）":
            continue
        beside = {j for j in (filled[k - 1] if k else -1, filled[k + 1] if k + 1 < len(filled) else -1) if j >= 0}
        at_edge = any(j in numbers or lines[j] == "\f" for j in beside)
        if at_edge or (_PERIODICAL.search(words) and not words[0].isdigit() and "期" in words):
            found.add(i)
    return found


def _is_address(line: str) -> bool:
    """Only a web or mail address, perhaps with a page number or a label before it: 网址：www.…  3/5."""
    if "://" not in line and "www." not in line and "@" not in line:
        return False
    rest = _ADDRESS.sub("", line)
    if rest == line or "](" in line or "<" in line:
        return False
    return len(re.sub(r"[\d\s/：:，。;；]|网址|链接|邮箱|[Ee]-?mail|来源|原文", "", rest)) <= 2
