"""The lunar calendar: 农历五月初五, 农历正月. Its months are in lexicons/lunar_months.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from extractors.dates.edtf import begin_end
from extractors.dates.eras import Era
from extractors.dates.reckoning import RELATIVE_YEARS, Anchor
from extractors.lexicon import lexicon
from extractors.model import Span
from extractors.numerals import to_decimal
from extractors.patterns import regex

# What comes every year is that of the news when it is this near; farther off it is any year's (春节等传统节日).
_NEAR = 75  # days
_EVERY_YEAR = regex(r"(?:[每历往逢]年?[^，。]{0,2}|传统节日|传统)的?[“\"]?$")
_LUNAR = regex(
    r"""(?:(?P<year>20\d\d)年|(?P<relative>今年|去年|明年))?的?(?:农历|阴历|夏历)(?P<leap>闰)?
    (?P<month>正月|[二三四五六七八九冬腊]月|十[一二]?月)
    (?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|三十|二?十[一二三四五六七八九]?|[一二三四五六七八九](?!日))?""",
    re.VERBOSE,
)
_MONTHS = {"冬月": "十一月", "腊月": "十二月"}


def every_year(text: str, place: int) -> bool:
    """每年春节, 传统节日端午节: said of no one year."""
    return bool(_EVERY_YEAR.search(text[max(0, place - 6) : place]))


def nearest(start: Anchor, of_year: Callable[[int], str | None]) -> str | None:
    """What comes every year, in the year in which it is nearest to the article's own day; None when it is far."""
    if start.year is None or start.month is None:
        return None
    here = start.day or date(start.year, start.month, 15)
    values = [value for year in (here.year - 1, here.year, here.year + 1) if (value := of_year(year))]
    apart, value = min(((_apart(here, value), value) for value in values), default=(_NEAR + 1, None))
    return value if apart <= _NEAR else None


def _apart(here: date, value: str) -> int:
    begin, end = begin_end(value)
    return max(0, (begin - here).days, (here - end).days)


def lunar_days(text: str, start: Anchor) -> Iterator[Era]:
    """Days and months of the lunar calendar, in the year that is said or else the nearest."""
    if "农历" not in text and "阴历" not in text and "夏历" not in text:
        return
    for match in _LUNAR.finditer(text):
        if every_year(text, match.start()):
            continue
        value = _settle(match, start)
        if value:
            yield Era(Span(*match.span()), value, "a day of the lunar calendar")


def _settle(match: re.Match[str], start: Anchor) -> str | None:
    month = (match["leap"] or "") + _MONTHS.get(match["month"], match["month"])
    number = to_decimal(match["day"].removeprefix("初").replace("廿", "二十")) if match["day"] else None
    day = None if number is None else int(number)
    if not match["year"] and not match["relative"]:
        return nearest(start, lambda year: lunar(year, month, day))
    if match["relative"] and start.year is None:
        return None
    year = int(match["year"] or 0) or (start.year or 0) + RELATIVE_YEARS[match["relative"]]
    # 今年腊月 in January ends the lunar year before: the year of speech is that of the sun.
    values = (lunar(year, month, day), lunar(year - 1, month, day))
    return next((value for value in values if value and value.startswith(str(year))), None)


def lunar(year: int, month: str, day: int | None = None) -> str | None:
    """The day, or the days of a month, of a lunar year (named as the year in which it began).

    >>> lunar(2024, "五月", 5), lunar(2023, "闰二月"), lunar(2024, "正月", 30), lunar(1950, "正月")
    ('2024-06-10', '2023-03-22/2023-04-19', None, None)
    """
    entry = lexicon("lunar_months").get(f"{year}年{month}")
    if entry is None:
        return None
    first, length = date.fromisoformat(entry.value), 30 if "30" in entry.note else 29
    if day is None:
        return f"{first}/{first + timedelta(days=length - 1)}"
    return str(first + timedelta(days=day - 1)) if day <= length else None
