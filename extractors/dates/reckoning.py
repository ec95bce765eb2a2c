"""What a written date means: reckoned from the day an article speaks on, and from the dates it has told before."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from extractors.dates.edtf import a_year_before, begin_end, interval, is_edtf, point
from extractors.dates.forms import Form
from extractors.model import record
from extractors.patterns import regex

_STOP, _NEWLINE = regex(r"[。！？\n]"), regex(r"\n")
# 2020年…十件大事, 年度工作总结: the year looked back upon is the 今年 of the text.
_REVIEW = regex(r"((?:19|20)\d\d)[ ]?年度?[^。\n]{0,30}?(?:大事|回顾|总结|综述|盘点|十大|这一年)")
# A month far ahead is meant when something is still to come: 将于9月开工, 10月1日起施行
_COMING = regex(r"(?:将|拟|计划|预计|定于|力争|确保|争取|有望|持续至|持续到|延续至)[^，。；！？\n]{0,12}$")
_COMING_AFTER = regex(r"底?前|起(?:正式)?(?:施行|实施|执行|生效)|将|正式(?:施行|实施)")
# 较上月, 比上年: told from the month or year that is being compared, not from today
# 2013年以来 is no year that a later 9月 goes on in
_ONWARD = regex(r"[ ]?(?:以来|起|至今|开始|以后)")
# 自2010年实施|以来: the years since, and none that a later 7月 goes on in
_SINCE_THEN = regex(r"年[^，。；！？\n]{0,14}以来")
_COMPARED = regex(r"(?:较|比|高于|低于|超过|同|与|由)$")

_FORECAST = regex(r"气象台|天气预报|预警|未来[一二三两几0-9]")
# 7日至10日，南方还将有强降雨: days that are to come
_AHEAD_AFTER = regex(
    r"(?:(?:至|到|[-—~～]{1,2})[0-9]{1,2}日)?(?:夜间|白天)?，?[^，。；\n]{0,10}?(?:还将(?!近)|将有|将迎|将出现|预计|有望|有(?:小|中|大|暴|阵|强|雷|雨|雪|降)"
    r"[^，。；\n]{0,6}[雨雪温])"
)
_DAYS_AHEAD = 15
# 今天（1月26日）|至|28日
_UNTIL = regex(r"[^，。]{2,14}(?:至|到)$")

RELATIVE_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_YEARS_FROM_SAID = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "上年": -1, "上年度": -1, "上一年": -1, "上一年度": -1}
_MONTHS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_MONTHS_FROM_SAID = {"当月": 0, "同月": 0, "次月": 1}
_DAYS = {"今": 0, "昨": -1, "明": 1}
_DAYS_FROM_SAID = {"当": 0, "同": 0, "次": 1, "翌": 1}

# News and bulletins tell of the months before and of the nearest ahead.
_AHEAD = 2


@record()
class Anchor:
    """The point of time from which an article speaks, no more precise than what is known."""

    year: int | None = None
    month: int | None = None
    day: date | None = None


def anchor(title: str, issued: str | None) -> Anchor:
    """Where an article stands in time: its issue date, or the end of the year that its title looks back upon.

    News of a known day speaks from that day: its 今年 is not the year of 2023年度十大科技进展揭晓.

    >>> anchor("春耕全面展开", "2024-03-05"), anchor("2020年科技创新十件大事", "2021-01").year
    (Anchor(year=2024, month=3, day=datetime.date(2024, 3, 5)), 2020)
    """
    begin = begin_end(issued)[0] if issued and is_edtf(issued) else None
    review = _REVIEW.search(title)
    dated = issued is not None and len(issued) >= 10
    if review and not dated and (begin is None or begin.year == int(review[1]) + 1):
        return Anchor(int(review[1]), 12)
    if begin is None or issued is None:
        return Anchor()
    return Anchor(begin.year, begin.month if len(issued) >= 7 else None, begin if len(issued) >= 10 else None)


def shift(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month so many months on.

    >>> shift(2023, 11, 3), shift(2024, 1, -1)
    ((2024, 2), (2023, 12))
    """
    years, rest = divmod(12 * year + month - 1 + by, 12)
    return years, rest + 1


class Reckoning:
    """Settles the forms of one article in the order of its text, remembering what was said."""

    def __init__(self, text: str, start: Anchor) -> None:
        self._text = text
        self._anchor = start
        self._year: int | None = None  # the last year told
        self._year_at = -1  # where it stood, when it was written in figures and not only compared with
        self._month: tuple[int, int] | None = None
        self._month_at = -1  # where the last month with a written year stood
        self._day: date | None = None
        self._day_at = -1
        self.period: str | None = None  # the last year, half, quarter or month told: what 去年同期 moves

    @cached_property
    def _breaks(self) -> list[int]:
        return [m.start() for m in _STOP.finditer(self._text)]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [m.start() for m in _NEWLINE.finditer(self._text)]

    def settle(self, form: Form) -> str | None:
        """The EDTF value of a form, or None when neither the issue date nor the text before settles it."""
        if form.day_word:
            return self._day_told(form)
        if form.month_word:
            return self._month_told(form, form.month_word)
        if form.month is None and form.day is not None:
            return self._bare_day(form)
        year = self.year_of(form)
        if year is None:
            return None
        return self._value(form, year)

    def settle_gloss(self, word: Form, form: Form) -> str | None:
        """The value of 4月6日 in 今天（4月6日）: the day of the news, which no later 当月 leans on."""
        month, by = self._month, _DAYS.get((word.day_word or "")[:1])
        if self._anchor.day and by is not None and form.year is None:
            told = self._anchor.day + timedelta(days=by)
            if (told.month, told.day) == (form.month, form.day):  # 2023年度十大进展今天（2月29日）揭晓: in 2024
                form = replace(form, year=told.year)
        value = self.settle(form)
        self._month = month
        return value

    def _note_day(self, day: str, at: int) -> None:
        """Remember a day for 当日 and 次日."""
        self._day, self._day_at = begin_end(day)[0], at

    def _value(self, form: Form, year: int) -> str | None:
        """Write a form whose year is known, and remember it, unless something is only compared with it."""
        compared = self._compared(form)
        if form.relative not in _YEARS_FROM_SAID and not compared:
            self._year = year
        if form.year is not None and form.first_year is None and not compared:
            self._year_at = -1 if self._goes_on_since(form) else form.start
        if form.day is not None and form.month is not None:
            return self._write_day(form, year, form.month)
        if form.month is None:
            value = point(year) if form.first_year is None else f"{point(form.first_year)}/{point(year)}"
        else:
            value = self._write_months(form, year, form.month)
            if not compared:
                self._month = (year, form.month)
                self._month_at = form.start if form.has_year else self._month_at
        if not compared:
            self.period = value
        return value

    def _goes_on_since(self, form: Form) -> bool:
        return bool(_ONWARD.match(self._text, form.end) or _SINCE_THEN.match(self._text, form.end - 1))

    @staticmethod
    def _write_months(form: Form, year: int, month: int) -> str:
        first = form.first_month
        if first is None or first == month:
            return point(year, month)
        crosses = first > month  # 2022年11月至1月 ends in the year after
        return f"{point(year, first)}/{point(year + crosses, month)}"

    def _write_day(self, form: Form, year: int, month: int) -> str | None:
        value = point(year, month, form.day, form.clock)
        if not is_edtf(value):
            return None
        self._note_day(value, form.start)
        self._month = (year, month)
        if form.has_year:
            self._month_at = form.start
        return value if form.first_day is None else interval(point(year, month, form.first_day), value)

    def _day_told(self, form: Form) -> str | None:
        word = form.day_word or ""
        if word[0] in _DAYS:
            day = self._anchor.day
            by = _DAYS[word[0]]
        else:
            day = self._day
            by = _DAYS_FROM_SAID[word[0]]
        if day is None:
            return None
        day += timedelta(days=by)
        value = point(day.year, day.month, day.day, form.clock)
        self._note_day(value, form.start)
        return value

    def _month_told(self, form: Form, word: str) -> str | None:
        from_here = (self._anchor.year, self._anchor.month)
        compared = self._compared(form)
        if word in _MONTHS_FROM_SAID or (compared and _MONTHS[word] < 0 and self._month):
            base: tuple[int | None, int | None] = self._month or (None, None)
            by = _MONTHS_FROM_SAID.get(word, -1)
        else:
            base, by = from_here, _MONTHS[word]
        if base[0] is None or base[1] is None:
            return None
        year, month = shift(base[0], base[1], by)
        if form.day is not None:
            return self._write_day(form, year, month)
        if not compared:
            self._month = (year, month)
        return point(year, month)

    def year_of(self, form: Form) -> int | None:
        """The year that a form says or means, or None when nothing settles it."""
        if form.year is not None:
            return form.year
        if form.relative in _YEARS_FROM_SAID:
            base = self._year if self._year is not None else self._anchor.year
            if base is None or (self._year is None and form.relative in ("当年", "同年", "次年", "翌年")):
                return None
            return base + _YEARS_FROM_SAID[form.relative]
        start = self._anchor.year
        if form.relative is not None:
            if start is None:
                start = self._year
            return None if start is None else start + RELATIVE_YEARS[form.relative]
        if form.month is None:  # 全年
            if start is not None and self._looks_back(form):
                return start - 1
            return self._year if self._year is not None else start
        # 1—11月 tells of months gone by when the last is over; 4—8月 is as near as its first.
        cumulative = form.first_month == 1 and form.rule in ("a month", "the first months", "the first quarters")
        return self._year_of_month(form, form.month if cumulative else form.first_month or form.month)

    def _looks_back(self, form: Form) -> bool:
        """过去一年，…全年…, told in spring: of the year that is over."""
        at = bisect_right(self._paragraphs, form.start) - 1
        begin = max(self._paragraphs[at] if at >= 0 else 0, form.start - 200)
        told = self._text.rfind("过去一年", begin, form.start)
        return told > self._year_at and told >= 0 and (self._anchor.month or 12) <= 4

    def _year_of_month(self, form: Form, month: int | None) -> int | None:
        """The year of a month that stands without one."""
        year, here = self._anchor.year, self._anchor.month
        if month is None:
            return None
        if year is None:
            return self._year
        told = self._told_year(form, month)
        if told is not None:
            return told
        if here is None:
            return year
        coming = self._coming(form)
        if month - here > _AHEAD and not coming:
            return year - 1
        if here - month >= 12 - _AHEAD and coming:
            return year + 1
        return year

    def _told_year(self, form: Form, month: int) -> int | None:
        """2019年5月…10月…: on from the month told before in the paragraph, or in the year of the sentence."""
        year = self._anchor.year or 0
        if self._month and self._same(self._paragraphs, self._month_at, form.start):
            before, its_month = self._month
            if before < year and month >= its_month:
                return before
        if self._year and self._same(self._breaks, self._year_at, form.start) and self._year < year:
            return self._year
        return None

    def same_period(self, form: Form) -> str | None:
        """去年同期 after 今年上半年: the same months of the year before; 2019年同期 is no more than its year."""
        period, said = self.period, self._year
        value = self.settle(form)
        self.period, self._year = period, said
        if form.year is not None or value is None or period is None or len(period) < 7:
            return value
        before = a_year_before(period)
        if form.relative == "上年":
            return before
        return before if before is not None and before[:4] == value[:4] else value

    def _bare_day(self, form: Form) -> str | None:
        """20日: of the month told before in the sentence, else the latest such day up to the day of issue."""
        here = self._anchor
        if self._month and (here.year is None or here.month is None or self._goes_on(form)):
            return self._write_day(form, *self._month)
        if here.year is None or here.month is None or form.day is None:
            return None
        year, month = here.year, here.month
        if (
            self._day
            and _UNTIL.match(self._text[max(0, self._day_at) : form.start])
            and form.start - self._day_at <= 16
        ):
            year, month = shift(self._day.year, self._day.month, int(form.day < self._day.day))  # 从今天至28日
            return self._write_day(form, year, month)
        first = form.first_day or form.day
        ahead = here.day is not None and first <= here.day.day + _DAYS_AHEAD and self._ahead(form)
        if here.day and first > here.day.day + 1 and not (ahead or self._coming(form) or self._foretold(form)):
            year, month = shift(year, month, -1)
            if form.day > monthrange(year, month)[1]:  # 31日 on the third of March is January's
                year, month = shift(year, month, -1)
        return self._write_day(form, year, month)

    def _goes_on(self, form: Form) -> bool:
        """5月20日开幕，22日闭幕; in a bulletin that prints only its month, any day told before will do."""
        if self._anchor.day is None:
            return self._day is not None
        near = max(self._day_at, self._month_at)
        return self._same(self._breaks, near, form.start)

    def _coming(self, form: Form) -> bool:
        before = self._text[max(0, form.start - 16) : form.start]
        return bool(_COMING.search(before) or _COMING_AFTER.match(self._text, form.end))

    def _ahead(self, form: Form) -> bool:
        """Does its clause tell of what is to come?"""
        return bool(_AHEAD_AFTER.match(self._text, form.end))

    def _foretold(self, form: Form) -> bool:
        """A weather forecast speaks of the days ahead."""
        at = bisect_right(self._breaks, form.start) - 1
        start = self._breaks[at] if at >= 0 else 0
        return bool(_FORECAST.search(self._text, max(start, form.start - 80), form.start))

    def _compared(self, form: Form) -> bool:
        return bool(_COMPARED.search(self._text[max(0, form.start - 2) : form.start]))

    @staticmethod
    def _same(ends: list[int], a: int, b: int) -> bool:
        return a >= 0 and bisect_right(ends, a) == bisect_right(ends, b)
