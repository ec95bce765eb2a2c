"""For which time a figure holds and whether it is a fact: the dates that a reader keeps in mind from line to line."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.figures.clause import Clause, Measured
from extractors.figures.context import Context
from extractors.figures.headlines import in_headline
from extractors.figures.occasions import Occasions
from extractors.figures.periods import Calendar
from extractors.figures.standing import by_now, can_do, is_lasting, recurs, years_ahead, years_back
from extractors.figures.status import status_of
from extractors.figures.workreport import is_planned, turns_to, whole_year, work_report, year_told
from extractors.model import Article, Figure, Mention, Span, Status
from extractors.patterns import regex

_GREW = regex(r"，(?:同比|环比|[比较][上去]年|增长|下降)")  # 经费33278亿元，|比上年增长8.1%
_TABLE_LINE = regex(r"[：:]\s?[约近超]?[0-9]")  # 产量：2147万辆
# 其中，风电装机容量: of the time of the whole
_PART = regex(r"其中|包括|按")
# 建设10家以上实验室: a sentence that begins with a verb goes on with the plan of the sentence before
_GOES_ON = regex(
    r"(?:再|新|还|并|累计|总共)?(?:建设|建成|建立|打造|培育|引进|形成|实施|推动|新增|新建|布局|支持|突破|创建|组建|认定"
    r"|培养|遴选|推广|开展|完成|构建)"
)
_PLAN_TITLE = regex(r"规划|纲要|方案|行动计划|目标任务|实施意见|若干措施")
_FORMERLY = regex(
    r"[从由](?:过去|原来|此前|以往|原先|最初|最早|当初|之前|早期)[^，,；;。]{0,4}$|(?:之初|初期|伊始)，?[^，,；;。]{0,8}$"
)
_FORMERLY_LENGTH = 12  # characters
_LEVEL_NOW = regex(r"(?:(?<!增长)率|比重|占比|比例)(?:已)?(?:达到?|为|超过?)了?[约近超]?$")
_LEVEL_NOW_LENGTH = 8  # characters
_INVESTED = regex("(?:项目|工程|计划|规划|概算|批复)?总?投资")
_YEARS_RUNNING = regex(r"连续[0-9一二两三四五六七八九十多]{1,3}年(?![位居第排])")
_YEARS_PAST = regex("[0-9]{4}/[0-9]{4}")
# 上半年…。围绕|20个产业集群: they were no half-year's
_ABOUT = regex(r"(?:围绕|聚焦|覆盖|涉及|来自|面向|[在对向从由的])[^，,；;。]{0,2}$")
_ABOUT_LENGTH = 5  # characters
_NAMED_IN = regex(r"[^，,；;。]{0,16}?(?:入选|列入|评为|获评|入围|纳入)[了为]?[0-9]{4}年")  # 6家企业入选|2020年度标杆
_REPORT_ON = regex(r"(?P<year>20[0-9]{2})年(?:年度|度)?[^，。；0-9]{0,16}?(?:报告|年报|财报|业绩|公报)")
_SINCE_THEN = regex(r"此后|其后|随后|在之后的")  # 1971年曾两次访华。|此后，他100多次访问中国
_NUMBER = regex("[0-9]")
_NOW_TELLS = regex(r"目前|当前|眼下|如今|现在|截至目前")


class Timing:
    """The time and status of the figures of one article, sentence by sentence."""

    def __init__(self, article: Article, calendar: Calendar, context: Context) -> None:
        self.text, self.issued = article.text, article.issued
        self.calendar = calendar
        self.paragraph = -1
        self.time: str | None = None  # the period that an earlier sentence spoke of
        self.time_since = -1  # where the paragraph of that sentence begins
        self.time_at = -1  # … and where the period itself stands
        self.summed_up = False  # by 截至5月底
        self.report = work_report(article)
        self.year = year_told(article)
        self.on_year = self.report is None and bool(_REPORT_ON.search(self.text))
        self.plan = False  # in the part of a work report that plans the year
        self.planning = bool(_PLAN_TITLE.search(article.title or ""))
        self.aim: str | None = None  # the year to which a plan looks: 到2025年
        self.occasions = Occasions(article.text, article.issued, calendar, context)
        self.coming: str | None = None  # 将于9月23日举行: what 届时 is
        self.first = -1  # where the first number of the sentence stands

    def begin(self, sentence: Span, paragraph: int) -> None:
        """A sentence begins: note its events, its meetings, the part of the report that it opens."""
        self.coming = self.coming if paragraph == self.paragraph else None
        self.paragraph, self.first = paragraph, -1
        turn = turns_to(sentence.of(self.text)) if self.report else None
        self.plan = self.plan if turn is None else turn
        self.occasions.begin(sentence, paragraph)
        if self.time is None and self.occasions.meeting is None:
            return
        if in_headline(self.text, sentence) and not _TABLE_LINE.search(self.text, sentence.start, sentence.end):
            self.time = self.occasions.meeting = None  # a new item of a bulletin begins

    def end(self, sentence: Span) -> None:
        """A sentence ends: its period holds on (今年上半年); a day (今天) and a plan (到2030年) do not."""
        if self.report and self.paragraph < 0:  # the year of a report's title is not that of what it tells
            return
        frames = []
        for date in self.calendar.within(sentence):
            if self.report and whole_year(self.text, date.span):
                continue
            if self.planning:
                self._aims(date)
            if self.calendar.is_to_come(date):
                self.coming = self.calendar.value(date)
            if self.calendar.lasts(date) and not self.calendar.is_edition(date):
                frames.append(date)
        self._carry(sentence, frames)

        told = _REPORT_ON.search(self.text, sentence.start, sentence.end) if self.on_year else None
        if told and told["year"] < (self.issued or "9999")[:4]:  # 发布2023年年度报告。|销售收入7042亿元
            self.time, self.time_since, self.summed_up = told["year"], self.paragraph, True

    def _carry(self, sentence: Span, frames: list[Mention]) -> None:
        """The period of a sentence goes on to the next when it is the one of all its numbers, and not if it then
        comes to what is now: 到2023年升至5.9万亿美元，如今…
        """
        after = sentence.start
        if frames:
            last, after = frames[-1], frames[-1].span.end
            told = [d for d in frames if d.span.start < self.first] if self.first >= 0 else frames
            value = self.calendar.value(last)
            if told and len(self.calendar.value(told[-1])) != len(value):  # 一季度增长2%，3月份增长5%
                self.time = None
            else:
                self.time, self.time_since, self.time_at = value, self.paragraph, last.span.start
                self.summed_up = self.calendar.sums_up(last)
        if self.time is None or self.summed_up:
            return
        now = _NOW_TELLS.search(self.text, after, sentence.end)
        if now and _NUMBER.search(self.text, now.end(), sentence.end):
            self.time = None

    def _aims(self, date: Mention) -> None:
        """到2025年 in a plan holds for the lines after it, until they tell of what was."""
        value = self.calendar.value(date)
        if self.text.endswith("到", 0, date.span.start) and value[:4] > (self.issued or "9999")[:4]:
            self.aim = value
        elif value[:4] <= (self.issued or "0000")[:4]:
            self.aim = None

    def settle(
        self, sentence: Span, clause: Clause, measured: Measured, done: Sequence[Figure], last: Figure | None
    ) -> tuple[str | None, Status]:
        """Time and status of the clause's number; `done` are the figures of its sentence, `last` the one before."""
        place = clause.quantity.span.start
        self.first = place if self.first < 0 else self.first
        time = self._time(sentence, clause, measured, done, last)
        status = status_of(self.text, sentence, clause.right.end, clause.quantity.span, time, self.issued)
        if status != "actual" and time and self._is_past_day(time) and self.calendar.before_plan(sentence, place):
            time = None  # 12日称，|美国将提供3亿美元
        before = last if not done else None
        if time is None and status == "actual" and before and before.status == "target" and self._goes_on(sentence):
            time, status = before.time, "target"
        if time is None and status == "actual" and self.aim and not by_now(self.text, sentence.start, sentence.end):
            time, status = self.aim, "target"
        return (time, status) if self.report is None else self._reported(sentence, clause, time, status)

    def _is_past_day(self, time: str) -> bool:
        return len(time) >= len("2024-05-30") and "/" not in time and time <= (self.issued or "")

    def _time(
        self, sentence: Span, clause: Clause, measured: Measured, done: Sequence[Figure], last: Figure | None
    ) -> str | None:
        """The date that governs the number; else that of its event, of the figure before it, of the sentence before."""
        place, calendar = clause.quantity.span.start, self.calendar
        if is_lasting(measured.metric) or recurs(self.text, clause.start, place):  # 全长90公里 holds at any time
            here = Span(clause.start, clause.right.end)
            time = calendar.holding(here, clause.start, place) or calendar.period(sentence, place)
            return time or calendar.effective(sentence, place)
        if calendar.leaves_behind(sentence, place) or calendar.goes_on(sentence, place):
            return None
        time = calendar.holding(sentence, clause.start, place)
        later = calendar.day_at(measured.noun.end) if measured.noun and measured.noun.start > place else None
        if later := later or calendar.after(clause.right, place):
            named = clause.counts and _NAMED_IN.match(self.text, clause.quantity.span.end)
            time = later if named else time or later
        lasting = can_do(self.text, clause.start, clause.right.end, measured.metric)
        if time and len(time) == len("2024-05-30") and lasting:
            return None
        if _YEARS_RUNNING.search(self.text, clause.left.start, place):  # 连续九年|稳定在1.3万亿斤以上
            return None
        if time and len(time) == len("2024-05-30") and _INVESTED.fullmatch(measured.metric):  # 今天开工，|总投资25亿元
            return None
        # 由过去的|50多种增加到, 成立之初，只有|1亿元
        if _FORMERLY.search(self.text, max(sentence.start, place - _FORMERLY_LENGTH), place):
            return None
        # 十年来，…。耕地灌溉率|达55%
        if _LEVEL_NOW.search(self.text, max(clause.start, place - _LEVEL_NOW_LENGTH), place):
            time = None if time and _YEARS_PAST.fullmatch(time) and time[5:] <= (self.issued or "")[:4] else time
            up_to_now = done and (done[-1].time or "").endswith("/" + (self.issued or "")[:4])
            if time is None and up_to_now and not measured.metric.startswith(done[-1].metric):
                return None
        else:
            time = time or years_back(self.text, sentence.start, place, self.issued)
        time = time or years_ahead(self.text, sentence.start, place, self.issued)
        if time is None and clause.counts:
            time = calendar.given_out(sentence, place)
        if time is None and isinstance(measured.subject, Mention):
            time = self.occasions.day_of(measured.subject.name.text, sentence, clause)
        if time is None:
            time = self.occasions.met(clause)
        if time is None and self.text.find("届时", sentence.start, place) >= 0:
            time = self.coming
        on_day = lasting and done and len(done[-1].time or "") == len("2024-05-30")  # 年均发电量 is of no day
        later_on = done and _SINCE_THEN.search(self.text, done[-1].span.end, place)
        if time is None and done and not (on_day or later_on or by_now(self.text, clause.start, place + 1)):
            time = done[-1].time
        if time is None and last and not done and _PART.match(self.text, sentence.start):
            time = self.time if self.time and self.time_at > last.span.start else last.time
        if time is None and not lasting and self._may_carry(sentence, clause):
            time = self.time
        if time is None and measured.noun and not by_now(self.text, clause.start, place):
            time = self.year
        return time

    def _may_carry(self, sentence: Span, clause: Clause) -> bool:
        """Does the period of an earlier sentence still hold? For statistics it does, for plants and plans not."""
        span = clause.quantity.span
        if self.time is None or _SINCE_THEN.search(self.text, sentence.start, span.start):
            return False
        if by_now(self.text, sentence.start, span.start + 1) and not (
            self.summed_up
            and self.time_since == self.paragraph
            and not _NOW_TELLS.search(self.text, sentence.start, span.start)
        ):
            return False
        if (
            clause.counts
            and clause.amount.change is None
            and _ABOUT.search(self.text, max(clause.start, span.start - _ABOUT_LENGTH), span.start)
        ):
            return False
        if status_of(self.text, sentence, clause.right.end, span, None, self.issued) != "actual":
            return False
        if self.time_since != self.paragraph and not self._told_above():  # a new paragraph is of another matter
            return clause.amount.change is not None or bool(_GREW.match(self.text, clause.right.start))
        past = self.time < (self.issued or "")[:4]
        return clause.amount.change is not None or not clause.counts or len(self.time) > 4 or past

    def _told_above(self) -> bool:
        """Does the period stand in the headline, above the paragraph?"""
        return in_headline(self.text, Span(self.time_since + 1, self.time_since + 1))

    def _goes_on(self, sentence: Span) -> bool:
        """建设10家实验室 after a target is a target too; in a plan every sentence is, unless it tells what is."""
        if _GOES_ON.match(self.text, sentence.start):
            return True
        return self.planning and not by_now(self.text, sentence.start, sentence.end)

    def _reported(self, sentence: Span, clause: Clause, time: str | None, status: Status) -> tuple[str | None, Status]:
        """A figure of a work report is of the year before, or a plan for its own."""
        assert self.report is not None
        if time == f"{self.report.year - 1}/{self.report.year}":  # 过去一年
            time = str(self.report.year - 1)
        place, year = clause.quantity.span.start, str(self.report.year)
        said = [d for d in self.calendar.within(sentence) if d.span.end <= place]
        here = self.text[clause.left.start : place]
        years = self.report.years(here) or (None if time and "/" in time else self.report.term(here))
        if years and not self.plan:
            return years, "actual"
        if time is None or (time == year and said and all(whole_year(self.text, d.span) for d in said)):
            plan = self.plan or is_planned(clause.amount)
            return (year, "target") if plan else (str(self.report.year - 1), "actual")
        return time, "target" if time == year and status == "actual" else status
