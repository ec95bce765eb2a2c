"""An issue into articles: where each begins and ends, and which headline is whose.

Articles begin at a dateline (本报讯), after a source line or byline, at a headline, or after a photo's credit. On a
newspaper page the headlines may stand after the bodies or apart from them; then the words that both share decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import Span
from extractors.reading.paragraphs import Kind, Paragraph

_ROUND_UP = re.compile(r"(?:快讯|简讯|短讯|简报|速览|速递|集锦|一句话新闻|新闻摘编|动态)$")
_KICKER = re.compile(r"以.{2,40}为(?:主题|主线|题|契机|引领|抓手)$|——")
_LABEL = 6  # characters, at most, of a section's name: 产业研究
_CAPTION = re.compile(r"(?:[左右上下]?图|图[①-⑳一二三四五\d]|[上下左右]图)[为是：:]")
_NOT_WORDS = re.compile(r"[\s“”‘’《》〈〉（）()【】「」『』，。、：；！？—…·/／-]+")
_SHARED = 0.5  # part of a headline's pairs of characters that its body must hold
_NEXT, _BEFORE = 0.3, 0.1  # what standing right before or right after the body is worth beside that
_TITLE_LINES, _TITLE_LENGTH = 3, 70
_ENTRIES = 3  # lines that make a table of contents
_PAGE_OF = re.compile(r"^\d{1,3}[ ]?[/／|][ ]?|[ ]?(?:…{2,}|\.{4,}|·{4,})[ ]?\d{1,4}$")
_PAGE = 12  # articles, at most, before and after a headline among which its body is looked for
_BODY = 4000  # characters of a body in which its headline's words are looked for


@dataclass(slots=True, eq=False)
class Piece:
    """One article found in an issue."""

    heads: list[Paragraph] = field(default_factory=list)  # the headline's lines
    kickers: list[Paragraph] = field(default_factory=list)  # lines over or under it that say more
    body: list[Paragraph] = field(default_factory=list)
    writers: tuple[str, ...] = ()
    publisher: str | None = None
    issued: str | None = None
    closed: bool = False
    caption: bool = False
    dated: bool = False  # starts with a dateline
    headed: bool = False  # headline lines stand right before it

    @property
    def title(self) -> str | None:
        return " ".join(h.words for h in self.heads) or None

    def sign(self, p: Paragraph) -> None:
        """Take over what a paragraph says about who wrote and published it."""
        self.writers = tuple(dict.fromkeys(self.writers + p.writers))
        self.publisher = self.publisher or p.publisher


@dataclass(slots=True, eq=False)
class Run:
    """Headline lines that stand together, between the pieces `before` and `after`."""

    lines: list[Paragraph]
    before: Piece | None
    after: Piece | None = None


@dataclass(slots=True, eq=False)
class Issue:
    """What a text was split into. `loose` headlines belong to no article of it."""

    pieces: list[Piece]
    loose: list[Paragraph]
    issued: str | None
    publisher: str | None


def split(lines: list[Paragraph], *, title: str | None = None) -> Issue:
    """Split the paragraphs of a text. `title` is the headline when the file's markup gave it."""
    listed, lines = _contents(lines)
    reader = _Reader(lines, listed, round_up=bool(title and _ROUND_UP.search(title)), titled=title is not None)
    reader.read()
    pieces = [p for p in reader.pieces if p.body]
    for run in reader.runs:
        run.before = run.before if run.before in pieces else None
        run.after = run.after if run.after in pieces else None
    loose = _assign(reader.runs, pieces)
    return Issue(pieces, loose, reader.issued, reader.publisher)


def _contents(lines: list[Paragraph]) -> tuple[set[str], list[Paragraph]]:
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
            while kept and kept[-1].kind is Kind.HEAD and len(kept[-1].words) <= 2 * _LABEL:
                kept.pop()  # the name of the first section, 目录
            while end < len(lines) and lines[end].kind is Kind.HEAD and squash(lines[end].words) not in listed:
                end += 1  # the last entry's second line, and the name of the section that begins
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


def _listed(entries: list[Paragraph]) -> set[str]:
    """The headlines of a table of contents, without page numbers; one that goes on in the next line with and without it."""
    listed: set[str] = set()
    entry = ""
    for p in entries:
        words = squash(_PAGE_OF.sub("", p.words))
        entry = words if p.kind is Kind.CONTENTS else entry + words
        listed |= {words, entry} if p.kind is Kind.CONTENTS else {entry}
    return listed - {""}


class _Reader:
    """One walk over the paragraphs, opening and closing pieces."""

    def __init__(self, lines: list[Paragraph], listed: set[str], *, round_up: bool, titled: bool) -> None:
        self.lines, self.listed, self.round_up, self.titled = lines, listed, round_up, titled
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.current: Piece | None = None
        self.interrupted: Piece | None = None  # the article in whose middle a photo stands
        self.pending: Run | None = None
        self.issued: str | None = None
        self.publisher: str | None = None

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

    def _heads(self, run: list[Paragraph], end: int) -> None:
        current = self.current
        if current is None or current.closed or not current.body or self._is_boundary(run, end, current):
            if current is None and len(run) == 1 and _ROUND_UP.search(run[0].words) and not self.titled:
                self.round_up = True
                return
            if self.pending is not None and self.pending.after is None and not self.pending.lines:
                self.pending = None
            if current is not None and not current.body and self.pending is not None:
                self.pending.lines.extend(run)
                return
            self.pending = Run(list(run), current)
            self.runs.append(self.pending)
            self.current, self.interrupted = None, None
        else:
            current.body.extend(run)

    def _is_boundary(self, run: list[Paragraph], end: int, current: Piece) -> bool:
        """Do these headlines in the middle of an open piece start the next one, or end this one?"""
        if self.round_up or any(squash(p.words) in self.listed for p in run) or squash(_joined(run)) in self.listed:
            return True
        titled = current.headed or (self.titled and len(self.pieces) == 1)
        if end == len(self.lines):
            return not titled
        following = self.lines[end]
        if following.dateline or following.kind is Kind.WRITER:
            return True
        return not titled and self._is_photo(end)

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
        piece = Piece(dated=dated)
        self.pieces.append(piece)
        if self.pending is not None and self.pending.after is None:
            self.pending.after = piece
            piece.headed = True
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
        else:
            self._metadata(p)

    def _at_prose(self, i: int) -> Piece:
        """The piece that a paragraph of running text belongs to."""
        current = self.current
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

    def _metadata(self, p: Paragraph) -> None:
        piece = self.current
        if p.kind is Kind.DATE:
            if piece is None or not piece.body or len(self.pieces) < 2 or self.round_up:
                self.issued = self.issued or p.issued  # at the top of a page, or of a text that is one article
                self.publisher = self.publisher or p.publisher
            else:
                piece.issued = piece.issued or p.issued
            return
        if piece is None or (not piece.body and not piece.closed):
            if p.kind is Kind.MARK:
                return
            piece = piece or self._open()
            piece.sign(p)
            return
        piece.sign(p)
        piece.closed = True


def squash(words: str) -> str:
    """Words without the marks and spaces between them."""
    return _NOT_WORDS.sub("", words)


def _joined(run: list[Paragraph]) -> str:
    return "".join(p.words for p in run)


class _Body:
    """The words of a piece, to see how many pairs of neighbouring characters of a headline it holds."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.words = squash(_joined(piece.body))[:_BODY]

    def share(self, headline: str) -> float:
        words = squash(headline)
        pairs = {words[i : i + 2] for i in range(len(words) - 1)}
        if len(pairs) < 4:
            return 0.0
        return sum(pair in self.words for pair in pairs) / len(pairs)


def _assign(runs: list[Run], pieces: list[Piece]) -> list[Paragraph]:
    """Give each headline line to its piece; return the lines that belong to none."""
    apart = any(r.after is None or r.before for r in runs)  # do headlines stand elsewhere than over their bodies?
    bodies = [_Body(piece) for piece in pieces] if apart else []
    place = {id(piece): i for i, piece in enumerate(pieces)}
    loose: list[Paragraph] = []
    for run in runs:
        nearby = run.after
        at = place.get(id(run.after or run.before), 0)
        page = bodies[max(0, at - _PAGE) : at + _PAGE]
        for line in reversed(run.lines):
            piece = _owner(line, nearby, run, page) if apart else nearby
            if piece is None:
                loose.append(line)
            elif _KICKER.match(line.words):
                piece.kickers.insert(0, line)
            else:
                loose.extend(_entitle(piece, line, run))
            if piece is not run.after:
                nearby = None  # only lines right above a body gain by standing there
    return sorted(loose, key=lambda p: p.start)


def _owner(line: Paragraph, nearby: Piece | None, run: Run, page: list[_Body]) -> Piece | None:
    best, best_score = None, 0.0
    for body in page:
        share = body.share(line.words)
        near = _NEXT if body.piece is nearby else _BEFORE if body.piece is run.before else 0.0
        if (share >= _SHARED or body.piece is nearby) and share + near > best_score:
            best, best_score = body.piece, share + near
    return best


def _entitle(piece: Piece, line: Paragraph, run: Run) -> list[Paragraph]:
    """Put a line before the headline's other lines; what cannot be part of it comes back."""
    if not piece.heads:
        piece.heads.append(line)
    elif piece.heads[0] not in run.lines:
        piece.kickers.append(line)
    elif (
        len(line.words) > _LABEL
        and len(piece.heads) < _TITLE_LINES
        and sum(len(h.words) for h in piece.heads) + len(line.words) <= _TITLE_LENGTH
    ):
        piece.heads.insert(0, line)
    else:
        return [line]
    return []
