"""The policy calendar: “十四五”时期, 党的十八大以来, 改革开放以来. The facts are in lexicons/calendar.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.lexicon import Entry, matches
from extractors.model import Span
from extractors.numerals import NUMBER, to_decimal

# With 时期 or 期间 the words are a time beyond doubt; a plan alone is still a stretch of years.
_PLAN_TAIL = re.compile(r"[”\"」’]?(?:(?:规划|计划)?(?:实施)?(?:时期|期间|初期|中期|末期|中后期|以来|期末|末))?")
_SINCE = re.compile(r"(?:胜利)?(?:召开|闭幕)?(?:以来|以后|之后)")
_FIGURE = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿]")
_OPEN, _CLOSE = '“"「‘', '”"」’'
# 20世纪90年代, 上世纪八十年代末: ten years, however they are shaded
_DECADE = re.compile(
    rf"(?P<century>上|本|{NUMBER})世纪(?P<decade>[1-9]0|[二三四五六七八九]?十)年代(?:初期?|中期|中叶|后期|末期?)?"
)
_PARTY = re.compile(r"(?:中国共产党|中共|党的)$")


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of the policy calendar, as it stands in a text."""

    span: Span
    value: str
    rule: str


def eras(text: str) -> Iterator[Era]:
    """The stretches of the policy calendar that a text names, then its decades."""
    for start, end, entry in matches(text, "calendar"):
        era = _plan(text, start, end, entry) if entry.note.startswith("plan") else _since(text, start, end, entry)
        if era:
            yield era
    yield from decades(text)


def decades(text: str) -> Iterator[Era]:
    """20世纪90年代: 1990/1999. 上世纪 is the twentieth: the sources are of the twenty-first."""
    for match in _DECADE.finditer(text):
        century = {"上": 20, "本": 21}.get(match["century"]) or to_decimal(match["century"])
        decade = to_decimal(match["decade"])
        if century is not None and decade is not None and 10 <= century <= 21:
            year = 100 * (int(century) - 1) + int(decade)
            yield Era(Span(*match.span()), f"{year}/{year + 9}", "a decade")


def _plan(text: str, start: int, end: int, entry: Entry) -> Era | None:
    tail = _PLAN_TAIL.match(text, end)
    stop = tail.end() if tail else end
    quoted = start > 0 and text[start - 1] in _OPEN and text[end : end + 1] in tuple(_CLOSE)
    # “八五”普法规划 is the eighth plan for law education, not the plan of 1991; 十五 without quotes is a number.
    if text.startswith("普法", end + quoted) or (len(entry.word) == 2 and not quoted):
        return None
    if _FIGURE.match(text[max(0, start - 1) : start]) or _FIGURE.match(text, end):
        return None
    return Era(Span(start - quoted, stop), entry.value, "a five-year plan")


def _since(text: str, start: int, end: int, entry: Entry) -> Era | None:
    """党的二十大 by itself is an event; with 以来 it is a time. The value says the month in which it began."""
    since = _SINCE.match(text, end)
    if since is None:
        return None
    party = _PARTY.search(text[max(0, start - 5) : start])
    begin = start - (len(party[0]) if party else 0)
    return Era(Span(begin, since.end()), entry.value.partition("/")[2][:7] or entry.value[:7], "since an event")
