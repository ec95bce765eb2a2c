"""For which time a figure holds, and whether it is a fact, a target or a forecast."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.model import Edtf, Mention, Span, Status
from extractors.numerals import to_decimal

# 比2015年下降, 较去年同期: the date is what is compared with
_AGAINST = re.compile(r"(?:比|较|相比|与|同|对比|相对于|高于|低于|自从?|从|由|面向)$")
_AGAINST_AFTER = re.compile(r"(?:底|末|全年|同期|同月|以来)*(?:相比|同期|峰值|水平|平均|的?[0-9])")
# 今年的主题为…, 今年主题: said of the theme alone
_THEME = re.compile(r"的?(?:大会|活动|论坛)?主题")
# 北京市2023年|首批50个项目开工: the year is part of a name, the day before it is when it happened
_EDITION = re.compile(r"度?(?:首批|第[一二三四五六七八九十0-9]{1,3}[批期次轮]|首期|首轮)")
# 国家统计局今天发布: the date is when it was said
_SAID_THEN = re.compile(r"[^，,；;。]{0,24}(?:发布|公布|获悉|印发|通报|介绍|表示|消息|数据|报道|出台|透露|说[，：])")

_TARGET = re.compile(
    r"""(?<![军民事用中])目标 | 力争 | 争取 | 确保 | 红线
      | (?<![原动度作项才养培助援推提展点学训练育程发造施应贷资产销年])计划(?![》”书内投])   # not 行动计划, 年度计划投资
      | (?<=[今明]年)计划(?![》”书内投])
      | 拟(?![人合定态])
      | (?<![需重主必纲摘概简])要(?![求素点件闻道塞]) | 要求(?=[：:到各]) | (?<=[部委局厅会院府])要求(?=，) | (?<=[》案划见法要知])要求(?=[一-鿿])
      | 规划到 | 提出到 | 不得 | 须 | 应当 | 达到?[^，。]{0,12}的要求""",
    re.VERBOSE,
)
_FORECAST = re.compile(
    r"""预计 | 预测 | (?<!好于)(?<!超)(?<!超出)预期(?!目标|寿命) | 有望 | 即将 | 若(?!干) | 如果
      | 未来(?=[，,0-9一二三四五六七八九十两几将可还我全能有预要仍]|的?[0-9])   # not 未来产业
      | (?<!力争)(?<!计划)(?<!争取)(?<!确保)(?<!拟)                       # not 将三段隧道连接
        将(?![近军士0-9一两三四五六七八九十百千]|来自|其|这|该)
      | (?<!全面)(?:投产|投运|投用|建成|达产|运营|通车|完工|竣工|实施)(?:投产|投用|投运)?(?:后|之后|以后)""",
    re.VERBOSE,
)
_SINCE = re.compile(r"[^，,；;。]{0,12}(?:以来|至今)")  # 自2017年首次举办以来
_GREW_TO = re.compile(r"[增升降减提扩缩展][加长大少高小短]?[到至]")
_GLOSSES = re.compile(r"[（(][^（）()]{0,24}[）)]|《[^《》]{1,80}》")  # the 计划 of a title plans nothing
_DONE = re.compile(r"已经?(?!成为|[^，。；]{1,6}的)|实现了|达到了|完成了|建成了|共(?:完成|实现)|(?<!将)(?<!拟)(?:提前)?下达|预拨")
# 聚焦“打造高地”的目标，|出台36条措施: a new clause that tells what was done
_DONE_SINCE = re.compile(r"[，；](?:[^，；]{0,8}(?:制定出台|出台|组建了?|发布|签约|印发|评选出|认定了))")
# 将搭载的15颗卫星|顺利送入预定轨道, 将面积扩大|了一倍: 将 is 把 there
_ACHIEVED = re.compile(r"[^，。；]{0,30}?(?:成功|顺利)(?:送入|进入|发射|转运|运抵|安装|吊装)|[^，。；]{0,10}?[到至成大]了")
_FROM_NOW = re.compile(r"[从由](?:现行|原来|目前|现在|此前)?的?[^，。；]{0,4}$")
_TO = re.compile(r"[^，。；]{0,8}?[到至为]")
_REQUIRED = re.compile(r"(?:不得?低于|不得?少于|不得超过|不能超过)$")


def year_of(value: str) -> int:
    """The last year that an EDTF value touches."""
    found = re.findall(r"(?<![0-9-])[0-9]{4}", value)
    return int(found[-1]) if found else 0


def first_year(value: str) -> int:
    """The first year of an EDTF value: 2021/2025 has begun in 2023."""
    found = re.match("[0-9]{4}", value)
    return int(found.group()) if found else 0


class Calendar:
    """The dates of one article, asked for the one that holds at a place."""

    def __init__(self, text: str, dates: Sequence[Mention], issued: str | None) -> None:
        self.text = text
        self.issued = issued
        self.all = sorted(dates, key=lambda d: d.span)
        self.starts = [d.span.start for d in self.all]
        self.dates = {d for d in self.all if self._holds(d)}

    def _holds(self, date: Mention) -> bool:
        start, end = date.span.start, date.span.end
        before = self.text[max(0, start - 3) : start]
        if _AGAINST.search(before) and not before.endswith(("同", "自", "从", "由")):
            return False
        if _THEME.match(self.text, end) or before.endswith("面向"):
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
        return [d for d in self.all_within(stretch) if d in self.dates]

    def all_within(self, stretch: Span) -> list[Mention]:
        low, high = bisect_left(self.starts, stretch.start), bisect_left(self.starts, stretch.end)
        return [d for d in self.all[low:high] if d.span.end <= stretch.end]

    def holding(self, sentence: Span, clause: int, place: int) -> str | None:
        """The value of the date that governs `place` inside its sentence: the nearest before it.

        `clause` is where the clause of `place` begins: what stands by now (已) is of no day named before that.
        """
        found = [d for d in self.within(sentence) if d.span.end <= place and not self.announces(d)]
        if found and self._left(found[-1], place):
            found.pop()
        if len(found) > 1 and _EDITION.match(self.text, found[-1].span.end):
            found.pop()
        if len(found) > 1 and self._sums_up(found[-2], found[-1]):  # 截至4月29日，|今年
            found.pop()
        if once := max((m.end() for m in _ONCE_BUILT.finditer(self.text, sentence.start, place)), default=0):
            found = [d for d in found if d.span.start >= once]
        if (
            found
            and _BY_NOW.search(self.text, clause, place)
            and self.is_day(found[-1])
            and found[-1].span.end < clause
        ):
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

    def is_day(self, date: Mention) -> bool:
        """今天, 7月10日; not 截至7月10日, which sums up."""
        until = self.text[max(0, date.span.start - 3) : date.span.end].lstrip("，。 ").startswith(("截至", "截止"))
        value = self.value(date)
        return not until and len(value) >= 10 and "/" not in value

    def after(self, clause: Span, place: int) -> str | None:
        """预计在2025年增加 stands before the number; …项目将于今年6月投产 stands after it."""
        found = [d for d in self.within(clause) if d.span.start >= place and not self.announces(d)]
        return self.value(found[0]) if found else None

    def value(self, date: Mention) -> str:
        """The EDTF value; 2017年以来 runs up to the year in which the article appeared."""
        assert isinstance(date.value, Edtf)
        value = date.value.value
        start, end = date.span.start, date.span.end
        since = _SINCE.match(self.text, end) or self.text.endswith("以来", start, end)
        if since and "/" not in value and self.issued and value < self.issued[: len(value)]:
            return f"{value}/{self.issued[: len(value)]}"
        return value


_EACH_YEAR_CAN = re.compile(r"(?:每年|年均?)(?:预计)?可")
_ABLE = re.compile(r"可(?:以)?(?:直接)?(?:满足|带动|办理|容纳|供应|存储|储存|承载|处理|停放|节约|减少|生产)|最快|最短")
_YEARS_BACK = re.compile(rf"(?<![0-9一二三四五六七八九十百去今])(?P<years>[0-9]{{1,2}}|[二两三四五六七八九十]{{1,3}})年来(?!的)")
_YEARS_AHEAD = re.compile(r"未来(?P<years>[0-9]{1,2}|[二两三四五六七八九十]{1,3})年")
# 今天|发布18项措施: the day is that of the thing itself, not only of the words
_GIVEN_OUT = re.compile(r"(?:（[^（）]{1,12}）)?(?:正式|联合|共同|集中)?(?:发布|公布|印发|推出|出台|启动)(?!的?(?:数据|消息|信息|最新|报告|《|会))")
_SHOWS = re.compile(r"数据|显示|介绍|表示|指出")
_LASTING = re.compile(
    r"[坝塔楼桥墙杆]高|[边弧轴跨]长|埋深|主跨|跨径|带隙|设计寿命|全长|总长|正线|长度|海拔|时速|航速|吨位|设计|直径|跨度|水深|重量|自重|距离|坡度|口径|排水量|占地(?!区)|幅宽"
)
_CAPACITY = re.compile(r"(?:装机容量|总装机|装机规模|年发电量|年产能|产能)$")
# 已通达30个国家, 共有古桥200处: so it stands by now, not on the day of the news
_BY_NOW = re.compile(r"已(?:经)?|累计(?!同比|增长|完成|实现)|共有|现有|拥有(?!量)|目前|如今|现在|现已|至今|迄今")
_AGAIN = re.compile(r"每(?:年|天|日|月|小时|分钟|秒|季度)|(?<!同)年均?可|年可")
_NOW = re.compile(r"目前|如今|现在|现已")
_ONCE_BUILT = re.compile(
    r"(?:投产|投运|投用|建成|达产|运营|通车|完工|竣工)(?:投产|投用|投运|运营|通车)?(?:后|之后|以后)|未来(?!产业|技术|科技|之城|城|网络|光)"
)


def is_lasting(metric: str) -> bool:
    """Lengths, design speeds, … of a thing that is built: they hold at no date."""
    return bool(_LASTING.search(metric))


def recurs(text: str, stretch: Span) -> bool:
    """每年可节约, 每小时净化: what is done again and again is of no date."""
    return bool(_AGAIN.search(text, stretch.start, stretch.end))


def goes_on(text: str, sentence: Span, calendar: Calendar, place: int) -> bool:
    """每年可节约标准煤5400万吨，|减少碳排放1.4亿吨: what follows is of every year too, unless a date stands between."""
    again = max((m.end() for m in _EACH_YEAR_CAN.finditer(text, sentence.start, place)), default=-1)
    return again >= 0 and not calendar.within(Span(again, place))


def can_do(text: str, stretch: Span, metric: str) -> bool:
    """可满足年旅客吞吐量55万人次, 总装机规模: what a thing can do it can on more days than that of its opening."""
    return bool(_ABLE.search(text, stretch.start, stretch.end)) or metric.startswith("年") or is_capacity(metric)


def years_ahead(text: str, stretch: Span, issued: str | None) -> str | None:
    """未来10年: from the year of the article on."""
    found = _YEARS_AHEAD.search(text, stretch.start, stretch.end)
    year = int(issued[:4]) if issued else 0
    count = to_decimal(found["years"]) if found else None
    return f"{year}/{year + int(count)}" if year and count and 1 < count < 100 else None


def years_back(text: str, stretch: Span, issued: str | None) -> str | None:
    """十年来新增, 30年来共奖励: the years up to that of the article."""
    found = list(_YEARS_BACK.finditer(text, stretch.start, stretch.end))
    year = int(issued[:4]) if issued else 0
    count = to_decimal(found[-1]["years"]) if found else None
    return f"{year - int(count)}/{year}" if year and count and 1 < count < 100 else None


def is_capacity(metric: str) -> bool:
    """What a plant can do: it is of the date that stands beside it (截至2023年底), and of no earlier one."""
    return bool(_CAPACITY.search(metric))


def by_now(text: str, stretch: Span) -> bool:
    """目前, 已, 累计: the figure holds at no date that an earlier sentence named."""
    return bool(_BY_NOW.search(text, stretch.start, stretch.end))


def status_of(text: str, sentence: Span, clause_end: int, place: Span, time: str | None, issued: str | None) -> Status:
    """Target, forecast or actual by the marker nearest before the number in its sentence."""
    if re.search(r"[（(]目标(?:值|为|是)?$", text[max(0, place.start - 6) : place.start]):
        return "target"
    before = _GLOSSES.sub("", text[sentence.start : place.start]) + text[place.start : place.start + 1]
    rest = text[place.end : clause_end]
    found: list[tuple[int, Status]] = [(m.start(), "target") for m in _TARGET.finditer(before)]
    found += [(m.start(), "forecast") for m in _FORECAST.finditer(before)]
    done = [m.start() for m in _DONE.finditer(before)]
    if _FROM_NOW.search(before[:-1]) and _TO.match(rest):  # 由32万亩|扩大至41万亩
        return "actual"
    if found:
        at, status = max(found)
        done += [m.start() for m in _DONE_SINCE.finditer(before)]
        if status == "forecast" and before[at] == "将" and (_ACHIEVED.match(rest) or before[at:-1].endswith("了")):
            return "actual"
        if not done or max(done) < at:
            return status
    if re.search(r"(?:的|为)目标|^目标|目标(?:值|任务)|红线", rest):
        return "target"
    if re.match(r"[^，。；]{0,16}(?:将(?!近)|有望)", rest):
        return "forecast"
    if not done and (_REQUIRED.search(before[:-1]) or re.match("不得?[低少]于", text[place.start : place.start + 4])):
        return "target"
    if time and issued and first_year(time) > first_year(issued) and not done:
        return "target"
    return "actual"
