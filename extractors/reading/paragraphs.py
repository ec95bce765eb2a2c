"""Paragraphs of a repaired text, each with what kind of line it is; bylines and sources become metadata here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from extractors.lexicon import lexicon
from extractors.model import Span
from extractors.patterns import regex
from extractors.reading import chrome, layout, masthead
from extractors.reading.metaline import meta_line


class Kind(Enum):
    HEAD = auto()  # could be a headline or a subheading
    PROSE = auto()
    ITEM = auto()  # starts with a list mark: 一、
    CAPTION = auto()  # prose that ends with a photographer's credit, or that credit alone
    SOURCE = auto()  # 来源：…
    BYLINE = auto()  # （记者 …）
    WRITER = auto()  # author's line under a headline
    DATE = auto()  # a date of issue, or a masthead's name
    CONTENTS = auto()
    MARK = auto()  # links, editors, rules: nothing of the article
    SECTION = auto()  # 【政策动态】: the name of a section, over its items


@dataclass(slots=True, eq=False)
class Paragraph:
    """A line of the repaired text, less what was read as metadata."""

    start: int
    end: int
    words: str
    kind: Kind
    dateline: bool = False
    jumps: bool = False  # goes on elsewhere: （下转第二版）
    resumes: bool = False  # goes on from elsewhere: （上接第一版）
    closes: bool = False  # ends with （记者 …） or （来源：…）
    writers: tuple[str, ...] = ()
    publisher: str | None = None
    issued: str | None = None
    sure: bool = False  # a headline, known from the contents or from its number under a section's name
    under: bool = False  # a date that belongs to the headline over it
    note: bool = False  # the editor's, before the first headline
    related: bool = False  # under it stand headlines of other articles: 往期推荐

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_OWN = {"本报", "本刊", "本网"}
_HEAD_END = regex(r"[^。；，、：;:,…]$")
_HEAD_LENGTH = 60
_REMARKS = {"完", "节选", "摘编", "综合", "来稿", "图片", "待续", "下略", "全文"}  # （节选）: not who wrote it
_SUBTITLE = 36  # characters, at most, of a line like ——某省中试基地建设观察
_HEAD_PARTS = 20  # more, for each part that a space divides it into
_TAIL = regex(
    rf"""[ ]*(?:(?x:{layout.BYLINE.pattern}
    )|[（(][ ]*(?:来源|稿源)[ ]*[：:][ ]*(?P<publisher>[^）)]{{2,30}})[）)])$"""
)


def paragraphs(text: str) -> list[Paragraph]:
    """All non-empty lines of a repaired text."""
    found, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_read(line, position))
        position += len(line) + 1
    return found


def _read(line: str, start: int) -> Paragraph:
    p = Paragraph(start, start + len(line), line, Kind.PROSE)
    if len(line) <= 160 and _is_metadata(p):
        return p
    match = layout.dateline(line)
    if match:
        p.dateline = True
        found = match.groupdict()
        for role in ("own_writers", "wire_writers", "paper_writers", "station_writers", "own_news_writers"):
            p.writers += masthead.writers(found.get(role) or found.get(f"{role}_said") or "")
        p.publisher = found.get("wire") or found.get("paper") or masthead.outlet(found.get("station") or "")
        _cut(p, match.end(), len(line))
    elif match := layout.RESUME.match(line):
        p.resumes = True
        _cut(p, match.end(), len(line))
    elif match := chrome.LABELLED.match(line):
        p.note = "编者按" in match.group()
        _cut(p, match.end(), len(line))
    _cut_tail(p)
    if layout.REMARK.fullmatch(line):
        p.closes = True
    elif p.kind is not Kind.CAPTION:
        p.kind = _kind(p.words)
    return p


def _is_metadata(p: Paragraph) -> bool:
    """Set the kind and the metadata of a line that holds nothing else."""
    line = p.words
    dated = masthead.date_line(line)
    if dated:
        p.kind, (p.issued, p.publisher), p.under = Kind.DATE, dated, masthead.dates_article(line)
    elif (meta := meta_line(line)) and (meta.issued or meta.publisher or meta.writers):
        p.kind = Kind.DATE if meta.issued else Kind.SOURCE
        p.issued, p.publisher, p.writers, p.under = meta.issued, meta.publisher, meta.writers, True
    elif chrome.section_name(line):
        p.kind = Kind.SECTION
    elif match := layout.SOURCE.fullmatch(line) or layout.SUPPLIED.fullmatch(line) or layout.SENDER.fullmatch(line):
        p.kind = Kind.SOURCE
        found = match.groupdict()
        p.publisher, p.issued = masthead.source(found["publisher"] or found["origin"])
        p.writers = (found["name"],) if found.get("name") else ()
    elif match := layout.BYLINE.fullmatch(line):
        p.kind, p.writers, p.publisher = Kind.BYLINE, masthead.writers(line.strip(" （()）")), match["agency"]
    elif match := layout.TEAM.fullmatch(line) or layout.AUTHOR.fullmatch(line):
        p.kind, p.writers = Kind.WRITER, masthead.names(match["writers"])
    elif not line.endswith("摄") and (match := layout.WRITER.fullmatch(line)):
        p.kind, p.writers, p.publisher = Kind.WRITER, masthead.writers(match["writers"]), match["agency"]
    elif layout.OUTLET.fullmatch(line):
        p.kind, p.publisher = Kind.DATE, line.strip()
    elif (
        chrome.EDITOR.fullmatch(line)
        or chrome.LINK.fullmatch(line)
        or chrome.RULE.fullmatch(line)
        or chrome.NOTE.fullmatch(line)
    ):
        p.kind, p.closes = Kind.MARK, True
    elif meta or chrome.ALONE.fullmatch(line):
        p.kind = Kind.MARK
    elif chrome.RELATED.fullmatch(line):
        p.kind, p.closes, p.related = Kind.MARK, True, True
    elif layout.CONTENTS.fullmatch(line):
        p.kind = Kind.CONTENTS
    else:
        return False
    return True


def _cut_tail(p: Paragraph) -> None:
    """Take credits, bylines and jumps off the end of a paragraph."""
    if p.words.endswith(("版）", "版)")) and (jump := list(layout.JUMP.finditer(p.words, max(0, len(p.words) - 16)))):
        p.jumps = p.closes = True
        _cut(p, 0, jump[-1].start())
    tail = p.words[-80:]
    before = len(p.words) - len(tail)
    credit = (layout.CREDIT.search(tail) or layout.CREDIT_AFTER.search(tail)) if "摄" in tail[-16:] else None
    if credit:
        p.kind = Kind.CAPTION
        p.writers += masthead.names(credit["writers"])
        p.publisher = p.publisher or (credit["agency"] if credit["agency"] not in _OWN else None)
        _cut(p, 0, before + credit.start())
        return
    closing = _TAIL.search(tail) if tail.rstrip(" ").endswith(("）", ")")) else None
    if closing:
        p.closes = True
        p.writers += masthead.writers(closing.group().strip(" （()）"))
        p.publisher = p.publisher or closing["publisher"] or closing["agency"]
        _cut(p, 0, before + closing.start())
    elif (
        p.words.endswith(("）", ")"))
        and (sender := layout.SENDER.search(tail))
        and tail[sender.start() - 1] in "。！？”"
    ):
        p.closes, p.publisher = True, p.publisher or sender["publisher"]
        p.writers += (sender["name"],) if sender["name"] else ()
        _cut(p, 0, before + sender.start())
    elif p.words.endswith(("）", ")")) and (initials := layout.INITIALS.search(tail)):
        p.closes = True
        name = initials["name"].replace(" ", "")
        p.writers += (name,) if len(name) > 1 and name[0] in lexicon("surnames") and name not in _REMARKS else ()
        _cut(p, 0, before + initials.start())


def _cut(p: Paragraph, start: int, end: int) -> None:
    """Keep words[start:end] of a paragraph."""
    kept = p.words[start:end]
    start += len(kept) - len(kept.lstrip())
    kept = kept.strip()
    p.start, p.words = p.start + start, kept
    p.end = p.start + len(kept)


def _kind(words: str) -> Kind:
    if words.startswith("——") and len(words) <= _SUBTITLE and _HEAD_END.search(words) and "，" not in words:
        return Kind.HEAD
    if layout.starts_item(words):
        return Kind.ITEM
    if not words or layout.NUMBER.fullmatch(words) or layout.LABEL_LINE.fullmatch(words):
        return Kind.PROSE
    longest = _HEAD_LENGTH if "，" in words else _HEAD_LENGTH + _HEAD_PARTS * words.count(" ")
    if len(words) > longest or "。" in words or words.count("，") > 2 or not _HEAD_END.search(words):
        return Kind.PROSE
    return Kind.HEAD
