"""Lines that a page's width broke are joined again; lines that end a paragraph, a headline or a list item stay.

Blank lines say little: some PDF texts put one between all lines, even inside a word. What counts is whether a line is
as wide as its column, how it ends, and how the next one starts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extractors.patterns import regex
from extractors.reading import layout
from extractors.reading.draft import Draft, Edit

# …投入使用。（记者 王丽）
_STOP = regex(r"[。！？!?…][”’」』）)》]*(?:[（(][^（()）]{0,8}(?:记者|通讯员)[^（()）]{2,24}[）)])?$")
_HALF_STOP = regex(r"[：:；;][”’」』）)]*$")
_GOES_ON = regex(r"[，,、（(《〈“‘「『—－·+/]$")
# No line starts with these but in the middle of a sentence; 及/等 are left out: 及时, 等待.
_CONTINUES = regex(r"[，。、；：！？）》〉”’」』】％%的了们]")
_LATIN_END, _LATIN_START = regex(r"[A-Za-z,]$"), regex(r"[A-Za-z]")
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"))
_DATED = regex(r"(?:(?:19|20)\d\d ?年 ?)?1?\d ?月 ?[1-3]?\d ?日[^，。]{0,6}，")
_HEADLINE = 32  # characters, at most, of a headline with a comma in it
_SQUEEZED = regex(r"[，。、；：！？（）《》“”‘’【】]")
_BARE_NUMBER = regex(r"\d[\d.,]{0,8}[%％]?")
# Not 日前, 时任, 百姓: words with which a text may begin under a headline that ends with a number.
_UNIT_START = regex(r"[年月亿万%％]|日(?![前本常益均])|时(?![任代间隔候])|百(?!姓)|个百分点")
_DIGITS_UNIT = regex(r"[\d.]{1,8}[年月日亿万千百元%％个家项吨人倍]")
_COMMA = regex(r"[，。；]")
_HEADLINE_STOPS = regex(r"[，。；：]|[、的和与及]$")
_NOT_WORDS = regex(r"[\W_]+")
_TITLE, _SHARED, _LEAD_LINES = 8, 0.6, 24  # characters of a headline; pairs that its text uses; lines in which it does
_BLOCK = 4  # lines, at most, of a headline
_TAIL = 12  # width, at most, of a line that must be the end of a sentence when a stop ends it
_INDENT = 4  # width by which the first line of a paragraph is shorter
_COLUMN = 120  # width, at most, of a column
_WINDOW = 3  # lines on either side that show how wide a column is


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of the words, in the draft
    end: int
    words: str
    width: int  # half-width units, without spaces
    indent: int
    blank_before: bool


def join_wrapped_lines(draft: Draft) -> Draft:
    """Put hard-wrapped lines together again, inside words, numbers and dates, over blank lines and page breaks."""
    lines = _lines(draft.text)
    if not lines:
        return draft
    page = _Page(lines)
    edits: list[Edit] = [(0, lines[0].start, "")] if lines[0].start else []
    paragraph, indented = lines[0].words, lines[0].indent >= 2
    for i, (line, after) in enumerate(pairwise(lines)):
        gap = draft.text[line.end : after.start]
        if page.is_wrapped(i, paragraph, indented):
            needs_space = _LATIN_END.search(line.words) and _LATIN_START.match(after.words)
            joint = " " if needs_space else ""
            paragraph = _shortened(paragraph + joint + after.words)
        else:
            joint, paragraph, indented = "\n", after.words, after.indent >= 2
        if gap != joint:
            edits.extend(_shrink(line.end, gap, joint))
    if lines[-1].end < len(draft.text):
        edits.append((lines[-1].end, len(draft.text), ""))
    return draft.edit(edits)


def _shrink(start: int, gap: str, joint: str) -> list[Edit]:
    """Cut a gap down to its joint, keeping the raw place of the character that stays."""
    if not joint:
        return [(start, start + len(gap), "")]
    at = start + max(gap.find("\n"), 0)
    edits = [(start, at, ""), (at, at + 1, joint), (at + 1, start + len(gap), "")]
    return [e for e in edits if e[0] < e[1]]


def _lines(text: str) -> list[_Line]:
    """The filled lines of a text. Some typesetters squeeze stops to half a character: the evener reading is right."""
    wide, narrow = _measured(text, 0), _measured(text, 1)
    return narrow if _evenness(narrow) > _evenness(wide) else wide


def _evenness(lines: list[_Line]) -> int:
    return sum(
        abs(a.width - b.width) <= 1 for a, b in pairwise(lines) if not (_STOP.search(a.words) or _STOP.search(b.words))
    )


def _measured(text: str, squeeze: int) -> list[_Line]:
    found, position, blank = [], 0, False
    margin = min((len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip()), default=0)
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = position + len(line) - len(line.lstrip())
            indent = start - position - margin
            width = len(words.replace(" ", "").encode("gbk", "replace"))
            if squeeze:
                width -= squeeze * len(_SQUEEZED.findall(words))
            found.append(_Line(start, start + len(words), words, width, indent, blank))
            blank = False
        else:
            blank = True
        position += len(line) + 1
    return found


class _Page:
    """The lines of a text with what they show of its columns."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.ragged = [not _STOP.search(x.words) and not _HALF_STOP.search(x.words) for x in lines]
        broken = (r and not layout.starts_item(x.words) for r, x in zip(self.ragged, lines, strict=True))
        self.broken = list(accumulate(broken, initial=0))  # up to line i
        self.commas = list(accumulate(("，" in x.words or "。" in x.words for x in lines), initial=0))
        blanks = sum(x.blank_before for x in lines[1:])
        self.blanks_part = blanks < 0.4 * max(1, len(lines) - 1)  # blank lines stand between paragraphs only
        self.indents = 0 < sum(x.indent >= 2 for x in lines) < 0.85 * len(lines)
        self.headlines = _headlines(lines)
        self.titles = _titles(lines)
        self.bare = list(accumulate((bool(_BARE_NUMBER.fullmatch(x.words)) for x in lines), initial=0))
        self.column = _column(lines)

    def is_wrapped(self, i: int, paragraph: str, indented: bool) -> bool:
        """Does line i, the last one so far of `paragraph`, which is indented or not, go on in line i + 1?"""
        line, after = self.lines[i], self.lines[i + 1]
        if layout.ends_block(line.words) or layout.starts_block(after.words):
            return False
        if _CONTINUES.match(after.words):
            return True
        if not self._is_table(i) and self._breaks_figure(line.words, after.words):
            return True
        if self.headlines[i] and self.headlines[i + 1]:
            return _is_open(paragraph) or bool(_GOES_ON.search(line.words))
        if i < self.titles:
            return False
        if self.indents and after.indent >= 2:
            return False
        if self.indents and indented and not after.blank_before and line.width * 1.2 >= self._width(i):
            return True  # the first lines of paragraphs are indented, and the next line is not
        stopped = bool(_STOP.search(line.words))
        if _GOES_ON.search(line.words) or (not stopped and _is_open(paragraph)):
            return True
        if layout.starts_item(after.words):
            return False
        parted = after.blank_before and (self.blanks_part or self._is_dense(i))
        if stopped or _HALF_STOP.search(line.words):
            return not parted and self._flows(i) and self._is_full(i, strict=True) and not self._is_first(i + 1)
        heading = layout.starts_item(paragraph) and "，" not in paragraph
        if after.width <= _TAIL < line.width and _STOP.search(after.words) and not heading:
            return True  # 要任务。 alone is no paragraph
        if "，" in line.words and self._ends_sentence(i, heading):
            return True
        short = 2 * max(line.width, after.width) < self.column or max(line.width, after.width) <= _TAIL
        if short and self._is_table(i, 2):
            return False
        first = paragraph == line.words
        if not parted and self._is_full(i, first=first) and self._flows(i) and self._is_sentence(i, first):
            return True
        if layout.starts_item(paragraph) or not _is_prose(paragraph):
            return False
        if "。" in paragraph[-400:] or _STOP.search(after.words):
            return True
        return not parted and self._flows(i) and max(line.width, after.width) <= _COLUMN

    @staticmethod
    def _breaks_figure(line: str, after: str) -> bool:
        """Does the break stand inside a date or number: 今年 5\\n月, 超过300\\n0亿元, 约\\n35\\n亿元?"""
        if _BARE_NUMBER.fullmatch(after):
            return not _BARE_NUMBER.fullmatch(line) and not _STOP.search(line)
        if not line[-1].isdigit():
            return False
        return bool(_UNIT_START.match(after)) or bool(_DIGITS_UNIT.match(after) and "，" in line + after)

    def _is_dense(self, i: int) -> bool:
        """Are the two lines before line i set without blank lines, so that the one after it parts?"""
        return i > 0 and not (self.lines[i].blank_before or self.lines[i - 1].blank_before)

    def _is_table(self, i: int, numbers: int = 3) -> bool:
        """Cells one under the other: so many of the lines around are bare numbers."""
        start, end = max(0, i - _WINDOW), min(len(self.lines), i + 2 + _WINDOW)
        return self.bare[end] - self.bare[start] >= numbers

    def _ends_sentence(self, i: int, heading: bool) -> bool:
        """A line of the page's full width, with a shorter one under it that ends the sentence."""
        line, after = self.lines[i], self.lines[i + 1]
        full = self.column and self.column - 2 * _INDENT <= line.width <= self.column + 2
        return bool(full and not heading and after.width < line.width and _STOP.search(after.words))

    def _is_sentence(self, i: int, first: bool) -> bool:
        """Not two headlines, one under the other: there is a comma in them, or the column is plain to see."""
        if _COMMA.search(self.lines[i].words) or _COMMA.search(self.lines[i + 1].words):
            return True
        near = self.lines[max(0, i - _WINDOW) : i + 1 + _WINDOW]
        return sum(-2 <= x.width - self.lines[i].width <= 2 + _INDENT * first for x in near) > _WINDOW

    def _is_full(self, i: int, *, strict: bool = False, first: bool = False) -> bool:
        """Is the line as wide as the widest of those just before it, or just after it?

        The first line of a paragraph is narrower by its indent of two characters, which PDF text does not show.
        """
        width = self.lines[i].width
        slack = 1 if strict else max(3, width // 12) + (_INDENT if first else 0)
        if self.lines[i + 1].width > 1.5 * width:
            return False  # a heading over a paragraph that is not wrapped
        before, after = self.lines[max(0, i - _WINDOW) : i], self.lines[i + 1 : i + 1 + _WINDOW]
        for near in (before, after, before + after):
            widths = [x.width for x in near]
            if widths and width >= max(widths) - slack and sum(abs(w - width) <= slack + 2 for w in widths) >= 2:
                return True
        return False

    def _width(self, i: int) -> int:
        """Width of the widest line around line i."""
        return max(x.width for x in self.lines[max(0, i - _WINDOW) : i + 1 + _WINDOW])

    def _is_first(self, i: int) -> bool:
        """Does line i look like the first one of a paragraph: not ended by a stop, and yet short by an indent?"""
        return self.ragged[i] and self.lines[i].width <= self._width(i) - 3

    def _flows(self, i: int) -> bool:
        """Running text around line i: lines break off in the middle, and there are commas in them."""
        start, end = max(0, i - 2 * _WINDOW), min(len(self.lines), i + 2 * _WINDOW + 1)
        broken, commas = self.broken[end] - self.broken[start], self.commas[end] - self.commas[start]
        return broken >= 0.3 * (end - start) and commas >= 0.15 * (end - start)


def _headlines(lines: list[_Line]) -> list[bool]:
    """Lines of blocks without comma or stop, four at most, between a full stop and a dateline or the end of the text.

    However wide they are, they are headlines: a headline in two lines over 本报讯, or all of those after a body.
    """
    found = [False] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        ends = i == len(lines) or layout.starts_block(lines[i].words)
        if not ends and not _HEADLINE_STOPS.search(lines[i].words):
            continue
        after_end = start == 0 or _STOP.search(lines[start - 1].words) or layout.ends_block(lines[start - 1].words)
        if ends and after_end and i - start <= _BLOCK:
            found[start:i] = [True] * (i - start)
        start = i + 1
    return found


def _titles(lines: list[_Line]) -> int:
    """How many lines at the top are the headline, told by their words, which the text goes on to use.

    In a narrow column a headline is as wide as the lines under it. A first line that is no headline shares about a
    third of its pairs of characters with what follows, a headline most of them.
    """
    widest = max(x.width for x in lines[: _LEAD_LINES + 1])
    for i, line in enumerate(lines[:2]):
        words = _NOT_WORDS.sub("", line.words)
        after = "".join(x.words for x in lines[i + 1 : i + 1 + _LEAD_LINES])
        pairs = set(map("".join, pairwise(words)))
        plain = not _HEADLINE_STOPS.search(line.words) and not _STOP.search(line.words)
        if not plain or len(words) < _TITLE or layout.starts_block(line.words) or _is_open(line.words):
            return i
        if i and (line.indent >= 2 or line.width >= 0.9 * widest):
            return i  # the body's first line
        if sum(pair in after for pair in pairs) < _SHARED * len(pairs):
            return i
    return min(2, len(lines))


def _column(lines: list[_Line]) -> int:
    """The width at which the most text breaks off, when at least four lines do; else 0. Cells of tables are short."""
    widths = Counter(x.width // 4 for x in lines if not _STOP.search(x.words))
    counts = {bucket: widths[bucket] + widths[bucket + 1] for bucket in widths}
    bucket = max(counts, key=lambda b: (counts[b] * (b + 1), b), default=0)
    return 4 * bucket + 6 if counts.get(bucket, 0) >= 4 else 0


def _shortened(paragraph: str) -> str:
    """How a paragraph starts and how it ends, which is all that is asked of it."""
    return paragraph if len(paragraph) < 2000 else paragraph[:200] + paragraph[-800:]


def _is_open(paragraph: str) -> bool:
    """A title mark, bracket or quote that the last two lines opened is still open: 《关于加\\n快推进."""
    tail = paragraph[-120:]
    return any(tail.rfind(left) > tail.rfind(right) for left, right in _PAIRS)


def _is_prose(paragraph: str) -> bool:
    """A sentence that breaks off, as at the end of a page, and no headline.

    Headlines have no full stop, seldom a comma (they take a space), and do not begin with 5月21日，.
    """
    if _DATED.match(paragraph) or layout.dateline(paragraph) or "。" in paragraph[-400:]:
        return True
    commas = paragraph[-400:].count("，")
    return commas >= 2 or (commas == 1 and len(paragraph) >= _HEADLINE)
