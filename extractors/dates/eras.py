"""The policy calendar: “十四五”时期, 党的十八大以来, 改革开放以来. The facts are in lexicons/calendar.csv."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import Entry, matches
from extractors.model import Span, record
from extractors.numerals import NUMBER, to_decimal
from extractors.patterns import regex, searching

# With 时期 or 期间 the words are a time beyond doubt; a plan alone is still a stretch of years.
_PLAN_TAIL = regex(r"[”\"」’]?(?:(?:规划|计划)?(?:实施)?(?:时期|期间|初期|中期|末期|中后期|以来|期末|末))?")
_SINCE = regex(r"(?:胜利)?(?:召开|闭幕|举办|举行|开幕)?(?:以来|以后|之后)")
# 党的二十大期间, 第六届进博会举办期间: the days of the meeting itself
_DURING = regex(r"(?:召开|举办|举行)?期间")
_FIGURE = regex(r"[0-9零〇一二三四五六七八九十百千万亿]")
_OPEN, _CLOSE = '“"「‘', '”"」’'
# 20世纪90年代, 上世纪八十年代末: ten years, however they are shaded
_DECADE = searching(
    rf"(?P<century>上|本|{NUMBER})世纪(?P<decade>[1-9]0|[二三四五六七八九]?十)年代(?:初期?|中期|中叶|后期|末期?)?"
)
# 民国二十三年: the calendar of the Republic, whose first year is 1912
_REPUBLIC = regex(rf"民国(?P<year>元|{NUMBER})年(?!间)", only="民国")
# 妇女十二大, 工会十八大, 共青团十九大: congresses of others
_OTHERS = regex(r"[妇女会团协联盟革进工]$")
_PARTY = regex(r"(?:中国共产党|中共|党的)$")


@record()
class Era:
    """A stretch of a calendar, as it stands in a text; `value` is None where the article does not settle it."""

    span: Span
    value: str | None
    rule: str


def eras(text: str) -> Iterator[Era]:
    """The stretches of the policy calendar that a text names, then its decades."""
    for start, end, entry in matches(text, "calendar"):
        era = _plan(text, start, end, entry) if entry.note.startswith("plan") else _since(text, start, end, entry)
        if era:
            yield era
    yield from decades(text)


def decades(text: str) -> Iterator[Era]:
    """20世纪90年代: 1990/1999. 上世纪 is the twentieth: the sources are of the twenty-first. 民国二十三年: 1934."""
    for match in _DECADE.finditer(text) if "世纪" in text else ():
        century = {"上": 20, "本": 21}.get(match["century"]) or to_decimal(match["century"])
        decade = to_decimal(match["decade"])
        if century is not None and decade is not None and 10 <= century <= 21:
            year = 100 * (int(century) - 1) + int(decade)
            yield Era(Span(*match.span()), f"{year}/{year + 9}", "a decade")
    for match in _REPUBLIC.finditer(text):
        number = 1 if match["year"] == "元" else to_decimal(match["year"])
        if number is not None and 1 <= number <= 38:
            yield Era(Span(*match.span()), str(1911 + int(number)), "a year of the Republic")


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
    during = _DURING.match(text, end) if "/" in entry.value else None
    since = _SINCE.match(text, end)
    party = _PARTY.search(text, max(0, start - 5), start)
    begin = party.start() if party else start
    if not party and entry.word.endswith("大") and _OTHERS.search(text, max(0, start - 1), start):
        return None
    if during:
        return Era(Span(begin, during.end()), entry.value, "while a meeting lasted")
    if since:
        opened, _, closed = entry.value.partition("/")  # a congress counts from its end, a fair from its opening
        month = opened[:7] if entry.note.startswith("edition") else (closed or opened)[:7]
        return Era(Span(begin, since.end()), month, "since an event")
    return None
