"""The dates of an article, asked for the one that holds at a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures.standing import by_now
from extractors.model import Edtf, Mention, Span

# 比2015年下降, 较去年同期: the date is what is compared with
_AGAINST = re.compile(r"(?:比|较|相比|与|同|对比|相对于|高于|低于|自从?|从|由|面向)$")
_AGAINST_AFTER = re.compile(r"(?:底|末|全年|同期|同月|以来)*(?:相比|同期|峰值|水平|平均|的?[0-9])")
# 今年的主题为…, 今年主题: said of the theme alone
_NEAR_FEAST = re.compile(r"(?:假期|期间)?(?:过?后|之后|以后|前夕|之前|以前|前(?![0-9]))")
_THEME = re.compile(r"的?(?:大会|活动|论坛)?主题")
# 北京市2023年|首批50个项目开工: the year is part of a name, the day before it is when it happened
_EDITION = re.compile(r"度?(?:首批|第[一二三四五六七八九十0-9]{1,3}[批期次轮]|首期|首轮)")
# 国家统计局今天发布: the date is when it was said
_SAID_THEN = re.compile(r"[^，,；;。]{0,24}(?:发布|公布|获悉|印发|通报|介绍|表示|消息|数据|报道|出台|透露|说[，：])")

_SINCE = re.compile(r"[^，,；;。]{0,12}(?:以来|至今)")  # 自2017年首次举办以来
_GREW_TO = re.compile(r"[增升降减提扩缩展][加长大少高小短]?[到至]")
_NOW = re.compile(r"目前|如今|现在|现已")
_ONCE_BUILT = re.compile(
    r"(?:投产|投运|投用|建成|达产|运营|通车|完工|竣工)(?:投产|投用|投运|运营|通车)?(?:后|之后|以后)|未来(?!产业|技术|科技|之城|城|网络|光)"
)
# 今天|发布18项措施: the day is that of the thing itself, not only of the words
_GIVEN_OUT = re.compile(
    r"(?:（[^（）]{1,12}）)?(?:正式|联合|共同|集中)?(?:发布|公布|印发|推出|出台|启动)(?!的?(?:数据|消息|信息|最新|报告|《|会))"
)
# 项目将|于今年6月投产; not 30个省份发布|今年考生成绩, where the year belongs to what is published
_YEAR = re.compile(r"(?<![0-9-])[0-9]{4}")
_WHEN = re.compile(r"(?:[于在到至从自（，为入选获、]|截[至止]|力争|预计|计划|将|已|拟|可|元|[年月日]|目标)[^，]{0,1}$")
_SHOWS = re.compile(r"数据|显示|介绍|表示|指出")
_EACH_YEAR_CAN = re.compile(r"(?:每年|年均?)(?:预计)?可")


def year_of(value: str) -> int:
    """The last year that an EDTF value touches."""
    found = _YEAR.findall(value)
    return int(found[-1]) if found else 0


def _between(dates: list[Mention], starts: list[int], stretch: Span) -> list[Mention]:
    if not starts:
        return []
    low = bisect_left(starts, stretch.start)
    high = bisect_left(starts, stretch.end, low)
    return [d for d in dates[low:high] if d.span.end <= stretch.end]


class Calendar:
    """The dates of one article, asked for the one that holds at a place."""

    def __init__(self, text: str, dates: Sequence[Mention], issued: str | None) -> None:
        self.text = text
        self.issued = issued
        self.all = sorted(dates, key=lambda d: d.span)
        self.starts = [d.span.start for d in self.all]
        self.holding_all = [d for d in self.all if self._holds(d)]
        self.holding_starts = [d.span.start for d in self.holding_all]

    def _holds(self, date: Mention) -> bool:
        start, end = date.span.start, date.span.end
        before = self.text[max(0, start - 3) : start]
        if _AGAINST.search(before) and not before.endswith(("同", "自", "从", "由")):
            return False
        if _THEME.match(self.text, end) or before.endswith("面向"):
            return False
        if _NEAR_FEAST.match(self.text, end) and not any(
            c.isdigit() for c in date.span.of(self.text)
        ):  # 春节后开工首日
            return False
        return not (_AGAINST_AFTER.match(self.text, end) and before.endswith(("比", "较", "同")))

    def announces(self, date: Mention) -> bool:
        """今天发布: the date says when the words were said, not when they hold."""
        return (
            isinstance(date.value, Edtf)
            and len(date.value.value) >= 10
            and "/" not in date.value.value
            and bool(_SAID_THEN.match(self.text, date.span.end))
        )

    def sums_up(self, date: Mention) -> bool:
        """截至5月底: what is counted up to then is still counted in the next sentence."""
        return self.text.endswith(("截至", "截止"), 0, date.span.start)

    def lasts(self, date: Mention) -> bool:
        """Does a date hold for the sentences after its own? A period or month does, a day or a year to come not."""
        value = self.value(date)
        if self.announces(date) or year_of(value) > year_of(self.issued or "9999"):
            return False
        return not self.is_day(date)

    def within(self, stretch: Span) -> list[Mention]:
        """The dates of a stretch that say when something holds."""
        return _between(self.holding_all, self.holding_starts, stretch)

    def all_within(self, stretch: Span) -> list[Mention]:
        return _between(self.all, self.starts, stretch)

    def holding(self, sentence: Span, clause: int, place: int) -> str | None:
        """The value of the date that governs `place` inside its sentence: the nearest before it.

        `clause` is where the clause of `place` begins: what stands by now (已) is of no day named before that.
        """
        found = [d for d in self.within(sentence) if d.span.end <= place and not self.announces(d)]
        if found and self._left(found[-1], place):
            found.pop()
        if len(found) > 1 and self.is_edition(found[-1]):
            found.pop()
        if len(found) > 1 and self._sums_up(found[-2], found[-1]):  # 截至4月29日，|今年
            found.pop()
        if once := max((m.end() for m in _ONCE_BUILT.finditer(self.text, sentence.start, place)), default=0):
            found = [d for d in found if d.span.start >= once]
        if found and by_now(self.text, Span(clause, place)) and self.is_day(found[-1]) and found[-1].span.end < clause:
            return None
        return self.value(found[-1]) if found else None

    def _left(self, date: Mention, place: int) -> bool:
        """由上月下降2.1%转为持平，|猪肉价格上涨: the date was only what the clause before set out from."""
        from_then = self.text.endswith(("由", "从", "比", "较"), 0, date.span.start)
        return from_then and "，" in self.text[date.span.end : place]

    def _sums_up(self, until: Mention, year: Mention) -> bool:
        between = self.text[until.span.end : year.span.start]
        same = self.value(until).startswith(self.value(year)[:4]) and year.span.of(self.text).startswith("今年")
        return same and between in ("，", "") and self.text.endswith(("截至", "截止"), 0, until.span.start)

    def is_edition(self, date: Mention) -> bool:
        """2024年第三期国债, 2023年首批项目: the year is part of a name."""
        return bool(_EDITION.match(self.text, date.span.end))

    def given_out(self, sentence: Span, place: int) -> str | None:
        """The day on which what is counted was given out: 今天发布|18项措施."""
        for date in self.within(sentence):
            if date.span.end > place or not self.announces(date):
                continue
            if _GIVEN_OUT.match(self.text, date.span.end) and not _SHOWS.search(self.text, date.span.end, place):
                return self.value(date)
        return None

    def is_occasion(self, date: Mention) -> bool:
        """A day or a few days, on which an event may be held: 7月10日, 5月30日至6月1日."""
        return self.is_day(date) or len(self.value(date)) == len("2024-05-30/2024-06-01")

    def leaves_behind(self, sentence: Span, place: int) -> bool:
        """从2010年的60种增至90种, 今年新建两家，目前已有92家: the number at `place` is later than the date."""
        found = [d for d in self.within(sentence) if d.span.end <= place]
        if not found:
            return False
        from_then = self.text.endswith(("从", "由"), 0, found[-1].span.start)
        pattern = _GREW_TO if from_then else _NOW
        return bool(pattern.search(self.text, found[-1].span.end, place))

    def period(self, sentence: Span, place: int) -> str | None:
        """The stretch of months or years that a statistic of the sentence is for: 1—8月, 上半年."""
        found = [d for d in self.within(sentence) if d.span.end <= place and self.lasts(d) and "/" in self.value(d)]
        return self.value(found[-1]) if found else None

    def effective(self, sentence: Span, place: int) -> str | None:
        """自1月1日起，扣除标准由每月1000元提高到2000元: from that day on, but the old level is of no date."""
        if not self.text.endswith(("到", "至", "为"), 0, place):
            return None
        since = (d for d in self.within(sentence) if d.span.end <= place and self.text.startswith("起", d.span.end))
        return next((self.value(d) for d in since), None)

    def is_day(self, date: Mention) -> bool:
        """今天, 7月10日; not 截至7月10日, which sums up."""
        until = self.text[max(0, date.span.start - 3) : date.span.end].lstrip("，。 ").startswith(("截至", "截止"))
        value = self.value(date)
        return not until and len(value) >= 10 and "/" not in value

    def after(self, clause: Span, place: int) -> str | None:
        """预计在2025年增加 stands before the number; …项目将于今年6月投产 stands after it."""
        found = [d for d in self.within(clause) if d.span.start >= place and not self.announces(d)]
        if not found:
            return None
        at = found[0].span.start
        return self.value(found[0]) if at <= clause.start + 1 or _WHEN.search(self.text, place, at) else None

    def value(self, date: Mention) -> str:
        """The EDTF value; 2017年以来 runs up to the year in which the article appeared."""
        assert isinstance(date.value, Edtf)
        value = date.value.value
        start, end = date.span.start, date.span.end
        since = _SINCE.match(self.text, end) or self.text.endswith("以来", start, end)
        if since and "/" not in value and self.issued and value < self.issued[: len(value)]:
            return f"{value}/{self.issued[: len(value)]}"
        return value

    def goes_on(self, sentence: Span, place: int) -> bool:
        """每年可节约煤5400万吨，|减少碳排放1.4亿吨: that too is of every year, unless a date stands between."""
        again = max((m.end() for m in _EACH_YEAR_CAN.finditer(self.text, sentence.start, place)), default=-1)
        return again >= 0 and not self.within(Span(again, place))
