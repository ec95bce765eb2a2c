"""The dates of an article, asked for the one that holds at a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures.standing import by_now
from extractors.model import Edtf, Mention, Span
from extractors.patterns import regex

# 比2015年下降, 较去年同期: the date is what is compared with
_AGAINST = regex(r"(?:比|较|相比|与|同|对比|相对于|高于|低于|自从?|从|由|面向)$")
_AGAINST_AFTER = regex(r"(?:底|末|全年|同期|同月|以来)*(?:相比|同期|峰值|水平|平均|的?[0-9])")
# 和3月相比, 是去年死亡人数的|1倍多, 恢复到去年同期的|90%: what a number is measured against
_COMPARED_TO = regex(r"(?:底|末|全年|同期|同月)*相比")
_MULTIPLE_OF = regex(r"[^，,；;。]{0,14}?的[约近超]?[0-9一二两三四五六七八九十.]{1,8}(?:倍|成|[%％])")
_IS_LEVEL = regex(r"(?:是|为|相当于|恢复[到至]|超过?|不及)$")
# 创下|1986年12月|以来的最低水平, 为|1977年8月|以来最高: how long a record has stood
_SETS_RECORD = regex(r"(?:创下?了?|为|是|系|成为|[至到]|刷新|打破|达)自?$")
_RECORD_SINCE = regex(
    r"[^，,；;。0-9]{0,12}以来，?(?:[^，,；;。0-9]{0,6}的)?[^，,；;。0-9]{0,6}?(?:最(?!高[人检法])|新[高低]|首次|记录|纪录|第)"
)
_LASTS_TILL = regex(r"(?:持续|延续|推迟|延长|顺延)[到至]$")  # 活动将持续至|年底
_LATER_ON = regex(r"，(?:此后|其后|随后|在?之后的)")  # 1949年仅有2264亿斤，|在之后的70多年里
# 今年的主题为…, 今年主题: said of the theme alone
_NEAR_FEAST = regex(r"(?:假期|期间)?(?:刚刚?(?:结束|过)|过?后|之后|以后|前夕|之前|以前|前(?![0-9]))")
_THEME = regex(r"的?(?:大会|活动|论坛)?主题")
# 北京市2023年|首批50个项目开工: the year is part of a name, the day before it is when it happened
_EDITION = regex(r"度?(?:首批|第[一二三四五六七八九十0-9]{1,3}[批期次轮]|首期|首轮)")
# 国家统计局今天发布: the date is when it was said
_SAID_THEN = regex(r"[^，,；;。]{0,24}(?:发布|公布|获悉|印发|通报|介绍|表示|消息|数据|报道|出台|透露|说[，：])")

_SINCE = regex(r"[^，,；;。]{0,12}(?:以来|至今)")  # 自2017年首次举办以来
_GREW_TO = regex(r"[增升降减提扩缩展][加长大少高小短]?[到至]")
_NOW = regex(r"目前|如今|现在|现已")
_ONCE_BUILT = regex(
    r"(?:投产|投运|投用|建成|达产|运营|通车|完工|竣工)(?:投产|投用|投运|运营|通车)?(?:后|之后|以后)|未来(?!产业|技术|科技|之城|城|网络|光)"
)
# 今天|发布18项措施: the day is that of the thing itself, not only of the words
_GIVEN_OUT = regex(
    r"(?:（[^（）]{1,12}）)?(?:正式|联合|共同|集中)?(?:发布|公布|印发|推出|出台|启动)(?!的?(?:数据|消息|信息|最新|报告|《|会))"
)
# 项目将|于今年6月投产; not 30个省份发布|今年考生成绩, where the year belongs to what is published
_YEAR = regex(r"(?<![0-9-])[0-9]{4}")
_UNTIL = regex(r"截[至止]到?(?:北京时间|当地时间|目前)?[（(]?$")  # 截至北京时间|今天17时
_WHEN = regex(
    r"(?:[在到至从自（，为入选获、]|(?<![好高低多少快慢优强大小])于|截[至止]|力争|预计|计划|将|已|拟|可|元|[年月日]|目标)[^，]{0,1}$"
)
_FORESEEN = regex(r"(?:预计|力争|争取|确保|计划|有望|将[于在]?|拟[于在]?)$")  # 力争|今年年内|贯通
# 年初刚研发出的产线还在生产，|新的产线: the date is part of a noun
_IN_ATTRIBUTE = regex(r"(?:刚刚?|才|曾)[^，,；;。0-9]{1,10}的[^，,；;。]{2,}，")
# 岸线工程今年4月底完成；|在山东临沂，: another place, another matter
_ELSEWHERE = regex(r"；(?:而|此外，)?在[^，,；;。]{2,12}，")
_PLANS = regex(r"(?:称|说|表示|宣布|强调)[^。]{0,300}?(?<![小老健])(?:将|拟|计划|力争|有望|届时)")
_SAYS = regex(r"表示|认为|希望|预测")
_SHOWS = regex(r"数据|显示|介绍|表示|指出")
_TAKES_EFFECT = regex(r"[^，。；]{0,10}(?:生效|签署|成立|建交|启动|实施|投运|建成)(?:以来|之?后)")
_EACH_YEAR_CAN = regex(r"(?:每年|年均?)(?:预计)?可")


def year_of(value: str) -> int:
    """The last year that an EDTF value touches."""
    found = _YEAR.findall(value)
    return int(found[-1]) if found else 0


def _last_end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the last match of a pattern ends; 0 when there is none."""
    last = 0
    for found in pattern.finditer(text, start, end):
        last = found.end()
    return last


def _between(dates: list[Mention], starts: list[int], stretch: Span) -> list[Mention]:
    low, end = bisect_left(starts, stretch.start), stretch.end
    if low == len(starts) or starts[low] >= end:
        return []
    return [d for d in dates[low : bisect_left(starts, end, low)] if d.span.end <= end]


class Calendar:
    """The dates of one article, asked for the one that holds at a place."""

    def __init__(self, text: str, dates: Sequence[Mention], issued: str | None) -> None:
        self.text = text
        self.issued = issued
        self.all = sorted(dates, key=lambda d: d.span.start)
        self.starts = [d.span.start for d in self.all]
        self.holding_all = [d for d in self.all if self._holds(d)]
        self.holding_starts = [d.span.start for d in self.holding_all]
        self._stretch, self._of_stretch = Span(0, 0), list[Mention]()  # asked last
        self._values: dict[int, str] = {}  # by where the dates begin
        self._announcing: dict[int, bool] = {}

    def _holds(self, date: Mention) -> bool:
        start, end = date.span.start, date.span.end
        before = self.text[max(0, start - 3) : start]
        if _AGAINST.search(before) and not before.endswith(("同", "自", "从", "由")):
            return False
        if (
            _THEME.match(self.text, end)
            or before.endswith(("面向", "每年"))
            or _LASTS_TILL.search(self.text, max(0, start - 4), start)
        ):
            return False
        if _NEAR_FEAST.match(self.text, end) and not any(
            c.isdigit() for c in date.span.of(self.text)
        ):  # 春节后开工首日
            return False
        if before.endswith(("和", "跟")) and _COMPARED_TO.match(self.text, end):
            return False
        if _IS_LEVEL.search(before) and _MULTIPLE_OF.match(self.text, end):
            return False
        if _SETS_RECORD.search(before) and _RECORD_SINCE.match(
            self.text, end - 2 * self.text.endswith("以来", start, end)
        ):
            return False
        return not (_AGAINST_AFTER.match(self.text, end) and before.endswith(("比", "较", "同")))

    def announces(self, date: Mention) -> bool:
        """今天发布: the date says when the words were said, not when they hold."""
        known, start = self._announcing, date.span.start
        if start not in known:
            known[start] = (
                isinstance(date.value, Edtf)
                and len(date.value.value) >= 10
                and "/" not in date.value.value
                and bool(_SAID_THEN.match(self.text, date.span.end))
            )
        return known[start]

    def sums_up(self, date: Mention) -> bool:
        """截至5月底: what is counted up to then is still counted in the next sentence."""
        return self.text.endswith(("截至", "截止"), 0, date.span.start)

    def lasts(self, date: Mention) -> bool:
        """Does a date hold for the sentences after its own? A period or month does, a day or what is to come not."""
        value, issued = self.value(date), self.issued or "9999"
        if self.announces(date) or year_of(value) > year_of(issued):
            return False
        if _TAKES_EFFECT.match(self.text, date.span.end):  # 这是|1999年|条约生效后的首名
            return False
        if self.is_to_come(date) or _FORESEEN.search(self.text, max(0, date.span.start - 6), date.span.start):
            return False
        if self.text.endswith(("从", "由"), 0, date.span.start) and not self.text.startswith("起", date.span.end):
            return False  # 由1981年的7只增长至7000只
        return not self.is_day(date)

    def within(self, stretch: Span) -> Sequence[Mention]:
        """The dates of a stretch that say when something holds."""
        if stretch is not self._stretch:  # a sentence is asked for more than once
            self._stretch, self._of_stretch = stretch, _between(self.holding_all, self.holding_starts, stretch)
        return self._of_stretch

    def all_within(self, stretch: Span) -> list[Mention]:
        return _between(self.all, self.starts, stretch)

    def holding(self, sentence: Span, clause: int, place: int) -> str | None:
        """The value of the date that governs `place` inside its sentence: the nearest before it.

        `clause` is where the clause of `place` begins: what stands by now (已) is of no day named before that.
        """
        found = [d for d in self.within(sentence) if d.span.end <= place and not self.announces(d)]
        if found and (self._left(found[-1], place) or _IN_ATTRIBUTE.match(self.text, found[-1].span.end, place)):
            found.pop()
        if not found or _LATER_ON.search(self.text, found[-1].span.end, place):
            return None
        if self._along_with(found[-1], sentence, place):
            found.pop()
        if elsewhere := _last_end(_ELSEWHERE, self.text, sentence.start, place):
            found = [d for d in found if d.span.start >= elsewhere]
        if len(found) > 1 and self.is_edition(found[-1]):
            found.pop()
        if len(found) > 1 and self._sums_up(found[-2], found[-1]):  # 截至4月29日，|今年
            found.pop()
        if once := _last_end(_ONCE_BUILT, self.text, sentence.start, place):
            found = [d for d in found if d.span.start >= once]
        if not found:
            return None
        if found[-1].span.end < clause and by_now(self.text, clause, place) and self.is_day(found[-1]):
            return None
        return self.value(found[-1])

    def _along_with(self, date: Mention, sentence: Span, place: int) -> bool:
        """随着|今年产仔季结束，总数达到8216头: the date is that of another matter."""
        beside = self.text.endswith("随着", sentence.start, date.span.start)
        return beside and "，" in self.text[date.span.end : place]

    def _left(self, date: Mention, place: int) -> bool:
        """由上月下降2.1%转为持平，|猪肉价格上涨: the date was only what the clause before set out from."""
        from_then = self.text.endswith(("由", "从", "比", "较"), 0, date.span.start) and "/" not in self.value(date)
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

    def is_to_come(self, date: Mention) -> bool:
        """2025年2月7日 in a text of 2024."""
        first, issued = self.value(date).partition("/")[0], self.issued or "9999"
        return first > issued[: len(first)]

    def is_occasion(self, date: Mention) -> bool:
        """A day or a few days, on which an event may be held: 7月10日, 5月30日至6月1日."""
        return self.is_day(date) or len(self.value(date)) == len("2024-05-30/2024-06-01")

    def leaves_behind(self, sentence: Span, place: int) -> bool:
        """从2010年的60种增至90种, 今年新建两家，目前已有92家: the number at `place` is later than the date."""
        found = [d for d in self.within(sentence) if d.span.end <= place]
        if not found:
            return False
        from_then = self.text.endswith(("从", "由"), 0, found[-1].span.start) and "/" not in self.value(found[-1])
        pattern = _GREW_TO if from_then else _NOW
        return bool(pattern.search(self.text, found[-1].span.end, place))

    def before_plan(self, sentence: Span, place: int) -> bool:
        """3月12日称，将提供3亿美元: the day is that of the words."""
        found = [d for d in self.within(sentence) if d.span.end <= place]
        return bool(found) and bool(_PLANS.search(self.text, found[-1].span.end, place))

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
        value, start = self.value(date), date.span.start
        if len(value) < 10 or "/" in value or self.text.startswith(("截至", "截止"), start):
            return False
        return not _UNTIL.search(self.text, max(0, start - 8), start)

    def day_at(self, place: int) -> str | None:
        """The day that stands right behind what is counted: 166名官兵|昨天（12月16日）回国."""
        at = bisect_left(self.holding_starts, place)
        date = self.holding_all[at] if at < len(self.holding_all) else None
        if date is None or date.span.start != place or not self.is_day(date) or self.announces(date):
            return None
        return self.value(date)

    def after(self, clause: Span, place: int) -> str | None:
        """预计在2025年增加 stands before the number; …项目将于今年6月投产 stands after it."""
        dates = _between(self.holding_all, self.holding_starts, clause)
        found = [d for d in dates if d.span.start >= place and not self.announces(d)]
        if not found:
            return None
        at = found[0].span.start
        if _SAYS.search(self.text, place, at):  # 66%的企业表示，在未来两年增加投资
            return None
        return self.value(found[0]) if at <= clause.start + 1 or _WHEN.search(self.text, place, at) else None

    def value(self, date: Mention) -> str:
        """The EDTF value; 2017年以来 runs up to the year in which the article appeared."""
        value = self._values.get(date.span.start)
        if value is None:
            value = self._values[date.span.start] = self._value(date)
        return value

    def _value(self, date: Mention) -> str:
        assert isinstance(date.value, Edtf)
        value = date.value.value
        start, end = date.span.start, date.span.end
        if "/" in value or not self.issued or value >= self.issued[: len(value)]:
            return value
        since = _SINCE.match(self.text, end) or self.text.endswith("以来", start, end)
        return f"{value}/{self.issued[: len(value)]}" if since else value

    def goes_on(self, sentence: Span, place: int) -> bool:
        """每年可节约煤5400万吨，|减少碳排放1.4亿吨: that too is of every year, unless a date stands between."""
        if self.text.find("可", sentence.start, place) < 0:
            return False
        again = _last_end(_EACH_YEAR_CAN, self.text, sentence.start, place)
        return again > 0 and not self.within(Span(again, place))
