"""Stretches told from the article's own day: 本周, 未来三天, 近五年, 今冬明春, 岁末年初."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extractors.dates.edtf import point
from extractors.dates.eras import Era
from extractors.dates.reckoning import RELATIVE_YEARS, Anchor, shift
from extractors.model import Span
from extractors.numerals import to_decimal
from extractors.patterns import regex, searching

_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_WEEK = searching(
    # 以上周期, 线上周边, 会上周恩来, 日本周刊: 上, 下 or 本 belongs to the word before
    r"(?<![以海线网路之身晚早会地直向往村街桌日根成资])(?:(?P<which>[本上下这])(?:一?周|个?星期))"
    r"(?P<day>[一二三四五六日天](?![0-9一二三四五六七八九十年月个次场])|末)?(?![期边转围刊岁年密长易报到知恩折率身遭全口村])"
)
_TOLD = searching(
    rf"""
      # 未来三天, 过去五年, 今后10年, 最近两个月; 未来五年级 and 过去一年级 are schools
      (?P<side>未来|今后|过去|最近)的?(?P<count>{_COUNT})(?:(?P<unit>年|个月|周|个?星期|天|日)(?:时间|[间来里内中])?)(?![级龄代度])
      # 近五年来, 近三年，: 历经近30年, 近十年的努力 and 近三年时间 are almost so many years
    | (?:(?<![\u4e00-\u9fff0-9])|(?<=[在对示现明度]))近(?P<near>{_COUNT})(?P<near_unit>年|个月)[来间中]?
      (?![的历时级龄代度前后之内建努]|左右|以上)
    | (?<![现当如至而])(?P<both>今明|明后)两(?P<both_unit>年|天)
    | (?P<turn>岁末年初|年末岁初|年终岁首|岁尾年头|年终岁尾)
    """,
    re.VERBOSE,
)
# 国防部27日称，|最近一周: the stretch ends on the day on which it is told
_SAID_ON = regex(
    r"(?<![0-9月])(?P<day>[0-9]{1,2})日[^，,。；\n]{0,12}(?:称|表示|说|消息|报道|通报|宣布|声明|发表|发布)[^。；\n]{0,24}$"
)
_SAID_WITHIN = 40  # characters
_LATELY = 7  # days: news of a day tells what was said in the week before
_DAY_BEFORE = searching(r"(?<=[，,。；：])(?:就在)?(?P<word>此前一天|前一天)")
_NEW_YEAR = 4  # till April one looks back on the calendar year before
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}
# 现今冬天, 过去冬季, 说明春天: the year word belongs to the word before
_SEASON = searching(
    r"(?<![现当如至而过失说证表光声文透])"
    r"(?:(?P<year>(?:19|20)\d\d年|今年|去年|明年)(?:的|入)?(?P<of_year>[春夏秋冬])(?:季|天)"
    r"|(?P<first>[今去明])(?P<season>[春夏秋冬])(?:(?P<last>[今明])(?P<last_season>[春夏秋冬]))?季?)"
    r"(?![耕种播收粮麦菊训运装茶晚奥管衣]|季?(?:学期|招|高考|达沃斯|青年?奥|奥运|残奥|运动会)|小麦|油菜|作物)"
)


def stretches(text: str, start: Anchor) -> Iterator[Era]:
    """The stretches of a text; the value of one is None where the article's own day is not known that well."""
    if "周" in text or "星期" in text:
        for match in _WEEK.finditer(text):
            yield Era(Span(*match.span()), _week(match, start.day), "a week told from today")
    for match in _TOLD.finditer(text):
        if match["turn"]:
            yield Era(Span(*match.span()), _turn(start), "the turn of the year")
        elif match["both"]:
            yield Era(Span(*match.span()), _both(match, start), "two years or days")
        elif era := _told(match, _spoken_on(text, match.start(), start)):
            yield era
    for match in _DAY_BEFORE.finditer(text) if "前一天" in text else ():
        told = _said_on(text, match.start(), start)
        if told is not None:
            yield Era(Span(*match.span("word")), _day(told - timedelta(days=1)), "the day before one that was told")
    for match in _SEASON.finditer(text) if any(season in text for season in _SEASONS) else ():
        yield Era(Span(*match.span()), _season(match, start), "a season")


def _said_on(text: str, place: int, start: Anchor) -> date | None:
    """The day of the week before on which somebody says what stands at a place: 国防部27日称，|最近一周."""
    said = _SAID_ON.search(text, max(0, place - _SAID_WITHIN), place) if start.day else None
    if said is None or start.day is None:
        return None
    days = (start.day - timedelta(days=back) for back in range(_LATELY))
    return next((day for day in days if day.day == int(said["day"])), None)


def _spoken_on(text: str, place: int, start: Anchor) -> Anchor:
    """The point from which a stretch is told: the day on which it was said, else the article's own."""
    said = _said_on(text, place, start)
    return start if said is None else replace(start, day=said)


def _day(day: date) -> str:
    return point(day.year, day.month, day.day)


def _week(match: re.Match[str], here: date | None) -> str | None:
    """Weeks begin on Monday."""
    if here is None:
        return None
    monday = here + timedelta(days={"上": -7, "下": 7}.get(match["which"], 0) - here.weekday())
    if match["day"] == "末":
        return f"{_day(monday + timedelta(days=5))}/{_day(monday + timedelta(days=6))}"
    if match["day"]:
        return _day(monday + timedelta(days=min("一二三四五六日天".index(match["day"]), 6)))
    return f"{_day(monday)}/{_day(monday + timedelta(days=6))}"


def _told(match: re.Match[str], start: Anchor) -> Era | None:
    number = to_decimal((match["count"] or match["near"]).replace("两", "二"))
    unit = (match["unit"] or match["near_unit"]).removeprefix("个")
    if number is None or not 1 <= number <= 50 or (match["near"] and match["near_unit"] == "年" and number < 2):
        return None
    ahead = match["side"] in ("未来", "今后")
    return Era(Span(*match.span()), _count(int(number), unit, ahead, start), "a stretch up to or from today")


def _count(number: int, unit: str, ahead: bool, start: Anchor) -> str | None:
    """未来10年 in 2025 is 2025/2035; 未来三天 begins tomorrow, for the forecast of today has been given."""
    if unit == "年":
        if start.year is None:
            return None
        if number == 1 and not ahead and (start.month or 12) <= _NEW_YEAR:  # 过去一年 told in March is the year gone by
            return f"{start.year - 1}"
        return f"{start.year}/{start.year + number}" if ahead else f"{start.year - number}/{start.year}"
    if unit == "月":
        if start.year is None or start.month is None:
            return None
        here, there = (
            point(start.year, start.month),
            point(*shift(start.year, start.month, number if ahead else -number)),
        )
        return f"{here}/{there}" if ahead else f"{there}/{here}"
    if start.day is None:
        return None
    days = number * (1 if unit in ("天", "日") else 7)
    if ahead:
        tomorrow, end = start.day + timedelta(days=1), start.day + timedelta(days=days)
        return _day(end) if days == 1 else f"{_day(tomorrow)}/{_day(end)}"
    return f"{_day(start.day - timedelta(days=days))}/{_day(start.day)}"


def _both(match: re.Match[str], start: Anchor) -> str | None:
    """今明两年: this and the next."""
    ahead = int(match["both"] == "明后")
    if match["both_unit"] == "年":
        return None if start.year is None else f"{start.year + ahead}/{start.year + ahead + 1}"
    if start.day is None:
        return None
    return f"{_day(start.day + timedelta(days=ahead))}/{_day(start.day + timedelta(days=ahead + 1))}"


def _turn(start: Anchor) -> str | None:
    """岁末年初: December and January, the nearest."""
    if start.year is None or start.month is None:
        return None
    year = start.year - (start.month <= 6)
    return f"{year}-12/{year + 1}-01"


def _season(match: re.Match[str], start: Anchor) -> str | None:
    """Three months each; winter goes on into the next year, and in January 今冬 is the one that began last year."""
    if match["year"]:
        return _months(_year(match["year"], match["of_year"], start), match["of_year"])
    first = _months(_year(match["first"] + "年", match["season"], start), match["season"])
    if not match["last"] or first is None:
        return first
    year = _year(match["last"] + "年", match["last_season"], start)
    if match["first"] == "今" and match["last"] == "明" and year is not None:
        year = int(first[:4]) + 1  # 今冬明春
    last = _months(year, match["last_season"])
    return last and f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


def _year(word: str, season: str, start: Anchor) -> int | None:
    if word[0].isdigit():
        return int(word[:4])
    if start.year is None:
        return None
    in_winter = season == "冬" and (start.month or 12) <= 2 and word == "今年"
    return start.year + RELATIVE_YEARS[word] - in_winter


def _months(year: int | None, season: str) -> str | None:
    if year is None:
        return None
    begin, end = _SEASONS[season]
    return f"{point(year, begin)}/{point(*shift(year, end, 0))}"
