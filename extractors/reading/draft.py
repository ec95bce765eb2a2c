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
        wanted = list(edits)
        if not wanted:
            return self
        text, pieces = self.text, _Runs(self)
        parts: list[str] = []
        done = 0
        for start, end, words in wanted:
            parts.append(text[done:start])
            pieces.copy(done, start)
            if words:
                parts.append(words)
                if len(words) <= end - start:
                    pieces.copy(start, start + len(words))
                else:
                    pieces.insert(len(words))
            done = end
        parts.append(text[done:])
        pieces.copy(done, len(text))
        return Draft("".join(parts), pieces.starts, pieces.raws)

    def sub(self, pattern: re.Pattern[str], words: str | Callable[[re.Match[str]], str]) -> Draft:
        """Replace every match, like re.sub."""
        give = words if callable(words) else (lambda _: words)
        return self.edit((m.start(), m.end(), give(m)) for m in pattern.finditer(self.text))

    def select(self, spans: Sequence[Span], joints: Sequence[str]) -> Draft:
        """These stretches in this order, with joints[i] before the i-th (the first one is not used)."""
        pieces, parts = _Runs(self), []
        for i, span in enumerate(spans):
            if i and joints[i]:
                parts.append(joints[i])
                pieces.insert(len(joints[i]))
            parts.append(span.of(self.text))
            pieces.seek(span.start)
            pieces.copy(span.start, span.end)
        return Draft("".join(parts), pieces.starts, pieces.raws)

    def followed_by(self, joint: str, other: Draft) -> Draft:
        """This draft, the joint, and another draft of the same file."""
        pieces = _Runs(self)
        pieces.copy(0, len(self.text))
        pieces.insert(len(joint))
        pieces.old, pieces.run = other, 0
        pieces.copy(0, len(other.text))
        return Draft(self.text + joint + other.text, pieces.starts, pieces.raws)

    def offsets(self) -> Offsets:
        return Offsets(tuple(zip(self.starts, self.raws, strict=True)) or ((0, 0),))


class _Runs:
    """Collects the runs of a new draft while stretches of an old one are copied in ascending order."""

    def __init__(self, old: Draft) -> None:
        self.old, self.run, self.length = old, 0, 0
        self.starts, self.raws = array("q"), array("q")

    def seek(self, position: int) -> None:
        self.run = max(0, bisect_right(self.old.starts, position) - 1)

    def insert(self, length: int) -> None:
        self._add(-1)
        self.length += length

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        starts, raws, run, last = self.old.starts, self.old.raws, self.run, len(self.old.starts) - 1
        while run < last and starts[run + 1] <= start:
            run += 1
        while True:
            self._add(raws[run] if raws[run] < 0 else raws[run] + start - starts[run])
            stop = min(end, starts[run + 1]) if run < last else end
            self.length += stop - start
            start = stop
            if start >= end:
                break
            run += 1
        self.run = run

    def _add(self, raw: int) -> None:
        if self.starts:
            start, before = self.starts[-1], self.raws[-1]
            if (before < 0 and raw < 0) or (before >= 0 and raw == before + self.length - start):
                return  # goes on where the last run left off
        self.starts.append(self.length)
        self.raws.append(raw)
