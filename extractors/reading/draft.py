"""A text under repair that never forgets where its characters stood in the file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.model import Offsets, Span

Edit = tuple[int, int, str]  # replace text[start:end] by these words


@dataclass(frozen=True, slots=True)
class Draft:
    """Text with, per run of characters, the raw position of the run's first one; -1 for words that are not in the file.

    >>> d = Draft.of("今年 5\\n月").edit([(2, 3, ""), (4, 5, "")])
    >>> d.text, d.offsets().raw(Span(0, 4))
    ('今年5月', Span(start=0, end=6))
    """

    text: str
    starts: array[int]
    raws: array[int]

    @classmethod
    def of(cls, text: str) -> Draft:
        return cls(text, array("q", [0]), array("q", [0]))

    def edit(self, edits: Iterable[Edit]) -> Draft:
        """Apply edits given in text order and without overlap.

        Words no longer than those they replace take their places one by one; longer ones are not in the file.
        """
        text, done = self.text, 0
        parts: list[str] = []
        pieces: list[_Piece] = []
        for start, end, words in edits:
            parts.append(text[done:start])
            if not words:
                pieces.append((done, start))
            else:
                parts.append(words)
                if len(words) <= end - start:
                    pieces.append((done, start + len(words)))
                else:
                    pieces += (done, start), (_NEW, len(words))
            done = end
        if not parts:
            return self
        parts.append(text[done:])
        pieces.append((done, len(text)))
        runs = _Runs()
        runs.take(self, pieces)
        return runs.draft("".join(parts))

    def sub(self, pattern: re.Pattern[str], words: str | Callable[[re.Match[str]], str]) -> Draft:
        """Replace every match, like re.sub."""
        if isinstance(words, str):
            return self.edit([(m.start(), m.end(), words) for m in pattern.finditer(self.text)])
        return self.edit([(m.start(), m.end(), words(m)) for m in pattern.finditer(self.text)])

    def select(self, spans: Sequence[Span], joints: Sequence[str]) -> Draft:
        """These stretches in this order, with joints[i] before the i-th (the first one is not used)."""
        parts: list[str] = []
        pieces: list[_Piece] = []
        for i, span in enumerate(spans):
            if i and joints[i]:
                parts.append(joints[i])
                pieces.append((_NEW, len(joints[i])))
            parts.append(self.text[span.start : span.end])
            pieces.append((span.start, span.end))
        runs = _Runs()
        runs.take(self, pieces)
        return runs.draft("".join(parts))

    def followed_by(self, joint: str, other: Draft) -> Draft:
        """This draft, the joint, and another draft of the same file."""
        runs = _Runs()
        runs.take(self, [(0, len(self.text)), (_NEW, len(joint))])
        runs.take(other, [(0, len(other.text))])
        return runs.draft(self.text + joint + other.text)

    def offsets(self) -> Offsets:
        return Offsets(tuple(zip(self.starts, self.raws, strict=True)) or ((0, 0),))


_NEW = -1
_Piece = tuple[int, int]  # where a stretch of an old draft starts and ends; _NEW and how long, for words of no file


class _Runs:
    """Collects the runs of a new draft from the stretches of old ones."""

    def __init__(self) -> None:
        self.starts, self.raws = array("q"), array("q")
        self.length = 0
        self.next = -2  # the raw place at which the last run would go on; -1 after words that are not in the file

    def draft(self, text: str) -> Draft:
        return Draft(text, self.starts, self.raws)

    def take(self, old: Draft, pieces: Iterable[_Piece]) -> None:
        """Add stretches of a draft. Thousands of them make a file's text, so that all is done in this one loop."""
        starts, raws, last = old.starts, old.raws, len(old.starts) - 1
        length, goes_on = self.length, self.next
        for start, end in pieces:
            if start == _NEW:
                if goes_on != -1:
                    self.starts.append(length)
                    self.raws.append(-1)
                    goes_on = -1
                length += end
                continue
            run = bisect_right(starts, start) - 1
            while start < end:
                stop = starts[run + 1] if run < last else end
                if stop > end:
                    stop = end
                raw = raws[run]
                if raw >= 0:
                    raw += start - starts[run]
                if raw != goes_on:
                    self.starts.append(length)
                    self.raws.append(raw)
                length += stop - start
                goes_on = raw if raw < 0 else raw + stop - start
                start = stop
                run += 1
        self.length, self.next = length, goes_on
