"""What comes every year: feasts with their holidays, 春运, yearly fairs and meetings: 今年春节, “五一”假期, 进博会期间.

The facts are in lexicons/feasts.csv (what they are called) and feast_days.csv (when they fall or were held, with the
holidays that the State Council gave).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.dates.edtf import begin_end
from extractors.dates.eras import Era
from extractors.dates.lunar import every_year, lunar_days, nearest
from extractors.dates.reckoning import RELATIVE_YEARS, Anchor
from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Span
from extractors.patterns import regex

_YEAR = regex(r"(?:(?P<year>(?:19|20)\d\d)[ ]?年|(?P<relative>今年|去年|明年|前年))(?:的|全国)?[“\"]?$")
_TAIL = regex(
    r"""[”"]?(?:佳节|节日)?
    (?: (?P<holiday>(?:[3-9三四五六七八]天)?(?:小长假|长假|黄金周|假期|假日)(?:期间)?|期间)
      | (?P<day>当[天日晚]|以来) )
    | 佳节""",
    re.VERBOSE,
)
# 春节前夕, 春节后开工, 春节临近: some day near it, and nobody says which
_SOME_DAY_NEAR = regex(
    r"[”\"]?(?:佳节|节日|假期)?(?:期间)?(?:之|即|就)?(?:前(?![三五七一二两四六\d])|后(?!半)|将|要到|临近|来临|一?过[，后])"
)
# 春节文化, 春节是最隆重的节日, “春节”申遗: said of every year
_EVERY_YEAR = regex(r"[”\"]|——|文化|习俗|民俗|申遗|是[^，。]{0,12}节日|等[^，。]{0,6}节")
_LINK = ("", "、", "和", "及", "与")
_WILL = regex(r"[^。]{0,24}(?:将|拟|计划|预计)")
_FIGURE = regex(r"[0-9零〇一二三四五六七八九十百]$")
# 第九届进博会: not this year's, and lexicons/calendar.csv has the ones that are known
_EDITION = regex(r"第[0-9零〇一二三四五六七八九十百]{1,4}届$")


def feasts(text: str, start: Anchor) -> Iterator[Era]:
    """The feasts that a text names, each in the year it says or else the one nearest to the article's own day."""
    last, year = -9, None
    for begin, end, entry in matches(text, "feasts"):
        if entry.note.startswith("none"):
            continue
        told = _YEAR.search(text, max(0, begin - 9), begin)
        if told:
            year = int(told["year"]) if told["year"] else _relative(told["relative"], start)
        elif text[last:begin] not in _LINK:  # 2024年元旦、春节期间: one year for both
            year = None
        last = end
        if era := _feast(text, Span(begin, end), entry, told, year, start):
            yield era
    yield from lunar_days(text, start)


def _relative(word: str, start: Anchor) -> int | None:
    return None if start.year is None else start.year + RELATIVE_YEARS[word]


def _feast(
    text: str, words: Span, entry: Entry, told: re.Match[str] | None, year: int | None, start: Anchor
) -> Era | None:
    tail = _TAIL.match(text, words.end)
    if tail and tail["day"] and tail["day"] != "以来" and "season" in entry.note:
        tail = None  # 2024年服贸会|当日开幕
    if not _is_meant(text, words, entry, bool(tail), bool(told) or year is not None):
        return None
    holiday = bool(tail and tail["holiday"])
    what = f"{entry.value}假期" if holiday and f"2024年{entry.value}假期" in lexicon("feast_days") else entry.value
    value = nearest(start, lambda y: _of_year(what, y)) if year is None else _of_year(what, year)
    if (
        value
        and year is None
        and "season" in entry.note
        and _is_ahead(value, start)
        and not _WILL.match(text, words.end)
    ):
        return None  # 承办全国两会期间提出的建议, in February: those of the year before, or any year's
    if value is None and (year is not None or start.month or not holiday):
        return None  # far from the day of the news it is any year's; when that is not known, 国庆假期 is open
    begin, end = told.start() if told else words.start, words.end
    if tail and (holiday or tail["day"] or tail[0].endswith("佳节")):
        end = tail.end()
    if end > words.end and not told and text[begin - 1 : begin] in ("“", '"'):
        begin -= 1
    return Era(Span(begin, end), value, "a holiday" if holiday else "a feast")


def _is_ahead(value: str, start: Anchor) -> bool:
    return start.day is not None and begin_end(value)[0] > start.day


def _is_meant(text: str, words: Span, entry: Entry, tailed: bool, dated: bool) -> bool:
    """Whether the words mean the feast of one year: 五一 is also a road, 十一 a number, and 春节文化 of all years."""
    if every_year(text, words.start) or _SOME_DAY_NEAR.match(text, words.end):
        return False
    before = text[max(0, words.start - 7) : words.start]
    if _FIGURE.search(before) or _EDITION.search(before) or text.startswith(("节点", "节气"), words.end - 1):
        return False
    if "only with a tail" in entry.note:
        return tailed
    return tailed or dated or not ("with a tail" in entry.note or _EVERY_YEAR.match(text, words.end))


def _of_year(what: str, year: int) -> str | None:
    """The value of 春节 or 春节假期 in a year; None for a year that the calendar does not hold.

    >>> _of_year("春节", 2024), _of_year("春节假期", 2024), _of_year("国庆节", 2050), _of_year("春节", 2050)
    ('2024-02-10', '2024-02-10/2024-02-17', '2050-10-01', None)
    """
    days = lexicon("feast_days")
    if what in days:
        return f"{year}-{days[what].value}"
    entry = days.get(f"{year}年{what}")
    return entry.value if entry else None
