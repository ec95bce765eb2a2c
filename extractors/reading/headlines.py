"""Which headline is whose: the one over a body, or one whose words the body holds, wherever on the page it stands."""

from __future__ import annotations

from functools import lru_cache
from operator import add

from extractors.patterns import regex
from extractors.reading.paragraphs import Paragraph
from extractors.reading.pieces import LABEL, Piece, Run, joined, squash

SHARED = 0.5  # part of a headline's pairs of characters that its body must hold
_KICKER = regex(r"以.{2,40}为(?:主题|主线|题|契机|引领|抓手)$|——")
_SURE = 0.8  # the same, when the body has a headline over it and this would be a second one
_NEXT, _BEFORE = 0.3, 0.1  # what standing right before or right after the body is worth beside that
_BESIDE = 0.25  # the same, for a line beside one that is the body's, or right under a dispatch without headline
_TITLE_LINES, _TITLE_LENGTH = 3, 70
_PAGE = 12  # articles, at most, before and after a headline among which its body is looked for
_BODY = 4000  # characters of a body in which its headline's words are looked for


class Body:
    """The words of a piece, to see how many pairs of neighbouring characters of a headline it holds."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.words = squash(joined(piece.body))[:_BODY]

    def share(self, headline: str) -> float:
        pairs, words = _pairs(headline), self.words
        if len(pairs) < 4:
            return 0.0
        return sum([pair in words for pair in pairs]) / len(pairs)


@lru_cache(maxsize=256)  # a headline is held against every body of its page
def _pairs(headline: str) -> frozenset[str]:
    words = squash(headline)
    return frozenset(map(add, words, words[1:]))


def assign(runs: list[Run], pieces: list[Piece]) -> list[Paragraph]:
    """Give each headline line to its piece; return the lines that belong to none."""
    apart = any(r.after is None or r.before for r in runs)  # do headlines stand elsewhere than over their bodies?
    bodies = [Body(piece) for piece in pieces] if apart else []
    place = {id(piece): i for i, piece in enumerate(pieces)}
    loose: list[Paragraph] = []
    for run in sorted(runs, key=lambda r: r.after is None):  # the line over a body comes before those from elsewhere
        nearby = run.after
        at = place.get(id(run.after or run.before), 0)
        page = bodies[max(0, at - _PAGE) : at + _PAGE]
        owners: list[Piece | None] = []
        for line in reversed(run.lines):
            piece = _owner(line, nearby, run, page) if apart else nearby
            owners.append(piece)
            if piece is not run.after:
                nearby = None  # only lines right above a body gain by standing there
        for line, piece in zip(reversed(run.lines), _with_neighbours(owners, run, page), strict=True):
            if piece is None:
                loose.append(line)
            elif _KICKER.match(line.words):
                piece.kickers.insert(0, line)
            else:
                loose.extend(_entitle(piece, line, run))
    return sorted(loose, key=lambda p: p.start)


def _with_neighbours(owners: list[Piece | None], run: Run, page: list[Body]) -> list[Piece | None]:
    """Owners of a run's lines from the last one up, where a line without one follows the line under or over it."""
    found, lines = list(owners), run.lines[::-1]
    for i in [*range(1, len(found)), *range(len(found) - 2, -1, -1)]:
        for beside in (i - 1, i + 1):
            if found[i] is not None or not 0 <= beside < len(found) or _KICKER.match(lines[beside].words):
                continue
            if (owner := found[beside]) is not None:
                share = next((b.share(lines[i].words) for b in page if b.piece is owner), 0.0)
                found[i] = owner if share >= _BESIDE else None
    return found


def _owner(line: Paragraph, nearby: Piece | None, run: Run, page: list[Body]) -> Piece | None:
    best, best_score = None, 0.0
    for body in page:
        share = body.share(line.words)
        if body.piece.titled and body.piece is not nearby and share < _SURE:
            continue  # it has a headline of its own
        near = _NEXT if body.piece is nearby else _BEFORE if body.piece is run.before else 0.0
        own = body.piece is run.before and run.after is None and body.piece.dated and body.piece.over is None
        if (share >= (_BESIDE if own else SHARED) or body.piece is nearby) and share + near > best_score:
            best, best_score = body.piece, share + near
    return best


def _entitle(piece: Piece, line: Paragraph, run: Run) -> list[Paragraph]:
    """Put a line before the headline's other lines; what cannot be part of it comes back."""
    if not piece.heads:
        piece.heads.append(line)
    elif piece.heads[0] not in run.lines:
        piece.kickers.append(line)
    elif (
        len(line.words) > LABEL
        and len(piece.heads) < _TITLE_LINES
        and sum(len(h.words) for h in piece.heads) + len(line.words) <= _TITLE_LENGTH
    ):
        piece.heads.insert(0, line)
    else:
        return [line]
    return []


def keep_one_line(run: Run) -> None:
    """Where lines are paragraphs, a headline is one line; those under it are the first of the body."""
    first = next((i for i, p in enumerate(run.lines) if len(p.words) > LABEL), 0)
    if run.after is not None:
        run.after.body[:0] = run.lines[first + 1 :]
        del run.lines[first + 1 :]
