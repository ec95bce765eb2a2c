"""An issue into articles: where each begins and ends.

Articles begin at a dateline (本报讯), after a source line or byline, at a headline, or after a photo's credit. On a
newspaper page the headlines may stand after the bodies or apart from them; then the words that both share decide.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.patterns import regex
from extractors.reading import layout
from extractors.reading.contents import drop_related, take_out_contents, take_out_masthead, take_out_sections
from extractors.reading.headlines import SHARED, Body, assign, keep_one_line
from extractors.reading.paragraphs import Kind, Paragraph
from extractors.reading.pieces import LABEL, Issue, Piece, Run, joined, squash

_ROUND_UP = regex(r"(?:快讯|简讯|短讯|速览|速递|集锦|一句话新闻|新闻摘编)$")
_LEAD = regex(
    r"""(?:近日|日前|近期|最近|昨[日天]|今[日天]|当地时间|连日来|今年以来|[上下]半年|[一二三四]季度)[^。]{0,20}，
    |(?:20\d\d年)?1?\d月(?:[1-3]?\d日)?[^。]{0,16}，|[1-3]?\d日[^。]{0,8}，""",
    re.VERBOSE,
)
_SPEECH = regex(r"(?:讲话|致辞|报告|发言|演讲|答记者问)(?:[（(](?:摘要|节选|全文|摘编)[）)])?$")
_PLAIN_DATE = regex(r"[\d年月日号 .\-/—–至到]{4,24}")
_SERIES = 3  # news that make a series
_CAPTION = regex(r"(?:[左右上下]?图|图[①-⑳一二三四五\d]|[上下左右]图)[为是：:]")


def split(lines: list[Paragraph], *, title: str | None = None, wrapped: bool = True) -> Issue:
    """Split the paragraphs of a text. `title` is the headline when the file's markup gave it."""
    listed, lines = take_out_contents(drop_related(lines))
    lines = take_out_masthead(take_out_sections(lines))
    reader = _Reader(lines, listed, round_up=bool(title and _ROUND_UP.search(title)), titled=title is not None)
    reader.read()
    pieces = [p for p in reader.pieces if p.body]
    words = [p for p in lines if p.words and p.kind in (Kind.HEAD, Kind.ITEM, Kind.PROSE)]
    if not pieces and words:
        head = next((i for i, p in enumerate(words[:3]) if p.kind is Kind.HEAD and len(p.words) > LABEL), None)
        if head is None or head + 1 == len(words):
            return Issue([Piece(body=words)], [], reader.issued, reader.publisher)
        return Issue([Piece([words[head]], body=words[head + 1 :])], words[:head], reader.issued, reader.publisher)
    for run in reader.runs:
        _keep_subheading(run)
        run.before = run.before if run.before and run.before.body else None
        run.after = run.after if run.after and run.after.body else None
        if not wrapped:
            keep_one_line(run)
    loose = sorted([*reader.loose, *assign(reader.runs, pieces)], key=lambda p: p.start)
    return Issue(pieces, loose, reader.issued, reader.publisher)


def _is_author(p: Paragraph, over: Paragraph) -> bool:
    """Who speaks or writes, under the headline: 某大学教授 周明; under a speech's title also 某某部部长."""
    return bool(layout.AUTHORED.fullmatch(p.words) or _SPEECH.search(over.words))


def _keep_subheading(run: Run) -> None:
    """The last line over a body is its first subheading when like those further down: 去年工作回顾, 今年工作安排."""
    if run.after is None or len(run.lines) < 2 or run.lines[-1].sure:
        return
    last, body = run.lines[-1], run.after.body
    others = [p for p in body[1:-1] if p.kind is Kind.HEAD]
    longest = max((len(p.words) for p in others), default=0)
    pairs = {pair for p in others for pair in pairwise(p.words)}
    alike = sum(pair in pairs and not pair[0].isdigit() for pair in pairwise(last.words)) >= 2
    label = others and len(last.words) <= LABEL and longest <= 2 * LABEL
    if (label or (alike and len(last.words) <= 2 * longest)) and not last.words.startswith("——"):
        body.insert(0, run.lines.pop())


def _leads(lines: list[Paragraph]) -> set[int]:
    """Where news begin under headlines, in a text that is a series of news: 近日，…; 7月3日，….

    A long report has subheadings too, but seldom does what follows most of them begin with a date.
    """
    under = [i for i in range(1, len(lines)) if lines[i].kind is Kind.PROSE and lines[i - 1].kind is Kind.HEAD]
    leads = {i for i in under if lines[i].dateline or _LEAD.match(lines[i].words)}
    return leads if len(leads) >= _SERIES and len(leads) >= 0.6 * len(under) else set()


class _Reader:
    """One walk over the paragraphs, opening and closing pieces."""

    def __init__(self, lines: list[Paragraph], listed: set[str], *, round_up: bool, titled: bool) -> None:
        self.lines, self.listed, self.round_up, self.titled = lines, listed, round_up, titled
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.current: Piece | None = None
        self.interrupted: Piece | None = None  # the article in whose middle a photo stands
        self.pending: Run | None = None
        self.coming: Paragraph | None = None  # a date that stands before the body of its article
        self.loose: list[Paragraph] = []
        self.settled = False  # the pending headline is complete: its date has been read
        self.issued: str | None = None
        self.publisher: str | None = None
        self.leads = set() if titled else _leads(lines)

    def read(self) -> None:
        i = 0
        while i < len(self.lines):
            p = self.lines[i]
            if p.kind is Kind.HEAD and p.words and not p.dateline:
                end = i
                while end < len(self.lines) and self.lines[end].kind is Kind.HEAD and not self.lines[end].dateline:
                    end += 1
                self._heads(self.lines[i:end], end)
                i = end
            else:
                self._line(p, i)
                i += 1
        if self.pieces:
            self.pieces[-1].titled = self._has_title(self.pieces[-1])

    def _heads(self, run: list[Paragraph], end: int) -> None:
        current = self.current
        if current is not None and current.closed and self._is_annex(run, current):
            current.closed = False
            current.body.extend(run)
            return
        if current is not None and not current.closed:
            if current.body and not self._is_boundary(run, end, current):
                current.body.extend(run)
                return
            if not current.body and current.over is not None:
                current.body.extend(run)  # a subheading, after the author's line
                return
        if not self.runs and len(run) == 1 and _ROUND_UP.search(run[0].words) and not self.titled:
            self.round_up = True
            return
        if self.pending is not None and self.settled:
            self.settled = False
            self._open().body.extend(run)  # the speaker, under a speech's title and its date
            return
        first = next((i for i, p in enumerate(run) if p.sure), 0)
        self.loose.extend(run[:first])  # 要闻, 2024年第12周: names over what is surely the headline
        run = run[first:]
        author = next((i for i in range(1, len(run)) if _is_author(run[i], run[i - 1])), len(run))
        self.pending = Run(run[:author], current)
        self.runs.append(self.pending)
        if author < len(run):
            self._open().body.extend(run[author:])
            return
        self.current, self.interrupted = None, None

    def _is_boundary(self, run: list[Paragraph], end: int, current: Piece) -> bool:
        """Do these headlines in the middle of an open piece start the next one, or end this one?"""
        if (
            self.round_up
            or any(p.sure or squash(p.words) in self.listed for p in run)
            or squash(joined(run)) in self.listed
        ):
            return True
        titled = self._has_title(current)
        if not titled and current.body[-1].note:
            return True
        if end == len(self.lines):
            return not titled
        following = self.lines[end]
        if following.dateline or following.kind is Kind.WRITER or end in self.leads or run[-1].sure:
            return True
        if following.under and following.publisher:
            return True  # 来源：… 2024-05-06, under the next headline
        return not titled and self._is_photo(end)

    @staticmethod
    def _is_annex(run: list[Paragraph], current: Piece) -> bool:
        """The text that a notice hands on, 现将《…实施方案》印发给你们, under its own title after the notice's end."""
        return any(len(p.words) > LABEL and f"《{p.words}》" in joined(current.body) for p in run)

    def _has_title(self, piece: Piece) -> bool:
        """Does a headline stand over a piece that is its own, and not that of the piece before?"""
        run = piece.over
        if run is None:
            return self.titled and len(self.pieces) == 1
        if run.before is None or run.before.titled:
            return True
        headline = run.lines[-1].words
        share = Body(run.before).share(headline)
        return share < SHARED or share <= Body(piece).share(headline)

    def _is_photo(self, i: int) -> bool:
        """A photo's caption starts here: its credit follows at once."""
        near = self.lines[i : i + 3]
        if near[0].kind is Kind.CAPTION:
            return True
        for p in near[1:]:
            if p.kind is Kind.CAPTION:
                return True
            if p.kind is not Kind.PROSE or p.dateline:
                return False
        return False

    def _open(self, *, dated: bool = False) -> Piece:
        if self.pieces:
            self.pieces[-1].titled = self._has_title(self.pieces[-1])
        piece = Piece(dated=dated)
        if self.coming is not None:
            piece.issued, piece.announced = self.coming.issued, self.coming.publisher
            self.coming = None
        self.pieces.append(piece)
        if self.pending is not None and self.pending.after is None:
            self.pending.after = piece
            piece.over = self.pending
        self.pending = None
        self.current = piece
        return piece

    def _line(self, p: Paragraph, i: int) -> None:
        if p.dateline:
            piece = self.current
            if piece is None or piece.body or piece.dated:
                self.interrupted = None
                if not (self.round_up and not p.words):
                    piece = self._open(dated=True)
                else:
                    self.publisher = self.publisher or p.publisher
                    return
            piece.dated = True
            self._add(piece, p)
        elif p.kind in (Kind.PROSE, Kind.ITEM, Kind.HEAD):
            self._add(self._at_prose(i), p)
        elif p.kind is Kind.CAPTION:
            self._caption(p)
        elif p.kind is Kind.SECTION:
            if self.current is not None and self.current.body:
                self.current.closed = True
        elif p.kind is Kind.DATE and self._is_entry(i):
            self._add(self._at_prose(i), p)
        else:
            self._metadata(p)

    def _is_entry(self, i: int) -> bool:
        """A date in the middle of an article, over an entry of a chronicle, and no date of issue: 2021年3月."""
        current, following = self.current, self.lines[i + 1 : i + 2]
        if current is None or current.closed or not current.body or not following:
            return False
        date = self.lines[i]
        if date.publisher or not _PLAIN_DATE.fullmatch(date.words):
            return False  # 某某周刊 2022年第3期
        return following[0].kind is Kind.PROSE and not following[0].dateline

    def _at_prose(self, i: int) -> Piece:
        """The piece that a paragraph of running text belongs to."""
        current = self.current
        if self.lines[i].resumes:
            broken = [piece for piece in self.pieces if piece.jumps]
            if len(broken) != 1:
                return self._open()
            self.current = broken[0]
            broken[0].jumps = broken[0].closed = False
            return broken[0]
        if current is not None and not current.closed:
            return current
        if current is not None and current.caption and self.interrupted is not None and not self._is_photo(i):
            self.current, self.interrupted = self.interrupted, None
            return self.current
        return self._open()

    def _add(self, piece: Piece, p: Paragraph) -> None:
        if p.words:
            piece.body.append(p)
        piece.sign(p)
        piece.closed = piece.closed or p.closes
        piece.jumps = piece.jumps or p.jumps

    def _caption(self, p: Paragraph) -> None:
        """A photo: an item of its own with the paragraphs since the last boundary, or a part of the open article."""
        piece = self.current
        if piece is None or (piece.closed and p.words):
            piece = self._open()
        elif piece.dated or (p.words and _CAPTION.match(p.words) and len(piece.body) > 1) or len(piece.body) > 3:
            if p.words:
                piece.body.append(p)  # a photo inside an article: its words stay, its credit is nobody's byline
            return
        self._add(piece, p)
        piece.closed = piece.caption = True

    def _date(self, p: Paragraph, piece: Piece | None) -> None:
        """A date of issue: of the page, where it stands at its top, and of the article under or over it."""
        if self.round_up or not self.pieces or (len(self.pieces) == 1 and piece is not None):
            self.issued = self.issued or p.issued
            self.publisher = self.publisher or p.publisher
        if piece is None:
            self.coming = p if self.runs else None  # under the headline of an article that is still to come
            self.settled = p.under and self.pending is not None
            return
        piece.issued = piece.issued or p.issued
        if piece.body and piece.body[-1].kind is Kind.HEAD and any(b.kind is not Kind.HEAD for b in piece.body):
            piece.body.append(p)  # under a signature: 某市科学技术局 / 2024年4月18日

    def _metadata(self, p: Paragraph) -> None:
        piece = self.current
        has_body = piece is not None and (piece.body or piece.closed)
        if p.kind is Kind.DATE and not (has_body and p.under and p.publisher):
            self._date(p, piece)
            return
        if piece is None or not has_body:
            if p.kind is Kind.MARK:
                return
            piece = piece or self._open()
            piece.sign(p)
            return
        piece.sign(p)
        piece.issued = piece.issued or p.issued
        piece.closed = piece.closed or p.kind is not Kind.MARK or p.closes
