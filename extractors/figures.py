"""Quantities as figures: whose they are, what they measure, when they hold, and whether they are facts or targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.clause import COUNTED, PAIRED, Clause, Measured, Subject, is_count
from extractors.context import Context
from extractors.distribute import Pair, distributed
from extractors.metrics import Metrics
from extractors.model import Article, Figure, Mention, Problem, Quantity, Span, Status
from extractors.periods import (
    Calendar,
    by_now,
    can_do,
    goes_on,
    is_capacity,
    is_lasting,
    recurs,
    status_of,
    years_ahead,
    years_back,
)
from extractors.phrases import ALL, balanced, has_modifier, holds
from extractors.sentences import sentences
from extractors.workreport import is_planned, turns_to, whole_year, work_report, year_told

_ENTITIES = ("Organization", "Place", "Policy", "Programme", "Project", "Event", "Product", "Work")
_COMPARED = re.compile(
    r"""同比 | 环比
      | (?:比|较|相比|高于|低于)(?:[上去前]|[0-9]{4}|同期|年初|[一二三四]季度)
        [^，,；;。]{0,8}?(?=增|减|提|下|上升|回|高|低|多|少|快|加|扩|降|收|放|$)""",
    re.VERBOSE,
)
_FAR = 300  # characters: what stands farther off in a sentence (a table without stops) has no say
_NATION = re.compile(r"我国|全国(?!人大|政协|总工会)|国内(?!外)")
_TODAY = re.compile(r"目前|如今|现在")
_GREW = re.compile(r"，(?:同比|环比|[比较][上去]年|增长|下降)")  # 经费33278亿元，|比上年增长8.1%
_TABLE_LINE = re.compile(r"[：:]\s?[约近超]?[0-9]")  # 产量：2147万辆
# 其中，风电装机容量: of the time of the whole
_PART = re.compile(r"其中|包括|按")
# 建设10家以上实验室: a sentence that begins with a verb goes on with the plan of the sentence before
_GOES_ON = re.compile(
    r"(?:再|新|还|并|累计|总共)?(?:建设|建成|建立|打造|培育|引进|形成|实施|推动|新增|新建|布局|支持|突破|创建|组建|认定|培养|遴选|推广|开展|完成|构建)"
)
_MEETS = re.compile(r"举行|举办|召开|开幕|闭幕|出席|座谈|会谈")
_PRESENT = re.compile(r"参加(?!工作|高考)|出席|参会|与会|参展|发言")
_SAYS = re.compile(r"表示|介绍|透露|指出|说|认为|发布|公布|数据显示|预测|预计")


def read_figures(article: Article, mentions: Sequence[Mention]) -> Iterable[Figure | Problem]:
    """One Figure for each quantity of the article; a Problem for a bare amount of which the text says nothing."""
    return _without_headlines(article.text, list(_Reader(article, mentions).read()))


class _Reader:
    """Reads an article sentence by sentence and keeps what a reader keeps in mind: the last subject, the last date."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article, self.text = article, article.text
        self.quantities = [m for m in mentions if m.type == "Quantity"]
        self.context = Context(article.text, [m for m in mentions if m.type in _ENTITIES], article.title)
        self.speakers = Context(article.text, [m for m in mentions if m.type in ("Person", "Organization")])
        self.calendar = Calendar(article.text, [m for m in mentions if m.type == "Date"], article.issued)
        self.metrics = Metrics(article.text, self.context)
        self.paragraph = -1
        self.time: str | None = None  # the period that an earlier sentence spoke of
        self.time_since = -1  # where the paragraph of that sentence begins
        self.summed_up = False  # by 截至5月底
        self.report = work_report(article)
        self.year = year_told(article)
        self.plan = False  # in the part of a work report that plans the year
        self.days: dict[str, str] = {}  # the day on which an event was held, by its name
        self.meeting: str | None = None  # the day on which people met, in the news item at hand
        self.last: Figure | None = None

    def read(self) -> Iterator[Figure | Problem]:
        at = 0
        for sentence in sentences(self.text):
            held: list[Mention] = []
            while at < len(self.quantities) and self.quantities[at].span.start < sentence.end:
                held.append(self.quantities[at])
                at += 1
            self._begin(sentence)
            if held:
                yield from self._sentence(sentence, held)
            for date in self.calendar.within(sentence):
                if self.calendar.lasts(date):  # 今年上半年 holds on, a day (今天) and a plan (到2030年) do not
                    self.time, self.time_since = self.calendar.value(date), self.paragraph
                    self.summed_up = self.calendar.sums_up(date)

    def _begin(self, sentence: Span) -> None:
        paragraph = self.text.rfind("\n", 0, sentence.start)
        if paragraph != self.paragraph:
            self.paragraph, self.last = paragraph, None
        turn = turns_to(sentence.of(self.text)) if self.report else None
        self.plan = self.plan if turn is None else turn
        for date in self.calendar.within(sentence):
            if self.calendar.is_occasion(date):
                if _MEETS.search(self.text, date.span.end, sentence.end):
                    self.meeting = self.calendar.value(date)
                for event in self.context.names_in(sentence):
                    if event.type == "Event":
                        self.days.setdefault(event.name.text, self.calendar.value(date))
        if in_headline(self.text, sentence) and not _TABLE_LINE.search(sentence.of(self.text)):  # a new item of a bulletin begins
            self.time = self.meeting = None

    def _sentence(self, sentence: Span, held: list[Mention]) -> Iterator[Figure | Problem]:
        done: list[Figure] = []
        paired = distributed(self.text, sentence, held, self.context, self.calendar)
        for i, quantity in enumerate(held):
            before = held[i - 1].span.end if i else sentence.start
            after = held[i + 1].span.start if i + 1 < len(held) else sentence.end
            near = Span(max(sentence.start, quantity.span.start - _FAR), min(sentence.end, quantity.span.end + _FAR))
            clause = Clause(self.text, near, max(before, near.start), quantity, min(after, near.end))
            if done and done[-1].evidence.end > clause.left.start:  # 30个国家和地区的|500家企业
                clause.left = Span(min(done[-1].evidence.end, clause.left.end), clause.left.end)
            if i in paired:
                measured = replace(self._paired(paired[i], done), rule=PAIRED)
            else:
                measured = self.metrics.measured(clause, self.calendar.all_within(near), done, self.last)
            measured = replace(measured, subject=self._subject(measured, near, clause, done))
            if measured.metric or measured.subject:
                self.last = self._figure(clause, near, measured, done)
                done.append(self.last)
                yield self.last
            else:
                where = f"{self.article.source}: {self.article.id}:{quantity.span.start}"
                yield Problem(where, f"figure without a subject: {quantity.span.of(self.text)}")

    def _paired(self, pair: Pair, done: list[Figure]) -> Measured:
        """A member of a 分别 list; 分别增长7%、6% takes up what the figures before it measured, one by one."""
        measured, position, length = pair
        if measured.metric:
            return measured
        if measured.subject:
            last = done[-1] if done else self.last
            return replace(measured, metric=last.metric if last else "")
        before = len(done) - position  # figures of the sentence before the list began
        like = max(0, before - length) + position
        return Measured(done[like].metric, done[like].subject) if like < before else measured

    def _subject(self, measured: Measured, sentence: Span, clause: Clause, done: list[Figure]) -> Subject:
        """The subject that stands there, else that of the figure, clause, sentence or paragraph before."""
        place = clause.left.start
        subject = measured.subject
        if subject is None and done:
            before = done[-1].subject
            return (self._own_scope(measured, before, sentence) if isinstance(before, str) else None) or before
        if subject is None and measured.noun:
            subject = self.context.clause_holder(clause.start)
        if isinstance(subject, str):
            return self._scoped(subject, sentence, place)
        earlier = self.last.subject if self.last else None
        topic = subject or self.context.topic(sentence, place) or self.context.nation(clause.left)
        return topic or earlier or self.context.earlier_topic(sentence)

    def _own_scope(self, measured: Measured, before: str, sentence: Span) -> str | None:
        """铁路客运量900万人次，水路客运量70万人次: the second is no figure of the railways, but of their country."""
        if not measured.noun or measured.metric[0] in "占年":
            return None
        counted = holds(measured.metric) and not measured.rule.startswith(COUNTED)  # 高新技术企业从3.9万家增长到40万家
        if not has_modifier(measured.metric) and not counted:
            return None
        scope = self.context.scope(sentence, sentence.start)
        return None if scope is None or before.removeprefix(scope)[:4] in measured.metric else scope

    def _scoped(self, phrase: str, sentence: Span, place: int) -> Subject:
        """高技术产业 in a text on 北京 is 北京市高技术产业, and 全市 is 北京市."""
        if found := ALL.match(phrase):
            where = self.context.place_of(found.group(), place)
            rest = phrase[found.end() :]
            return phrase if where is None else where.name.text + rest if rest else where
        if nation := _NATION.search(phrase):  # 正月初六全国高速公路
            phrase = "中国" + phrase[nation.end() :]
        if phrase.startswith(("中国", "全球", "世界", "国家")) or self.context.begins_with_name(phrase, place):
            return phrase
        topic = self.context.topic(sentence, place)
        if isinstance(topic, Mention) and topic.type in ("Project", "Product"):  # the generators of a power station
            return phrase
        scope = self.context.scope(sentence, place) or ""
        return phrase if phrase.startswith(scope) else scope + phrase

    def _figure(self, clause: Clause, sentence: Span, measured: Measured, done: list[Figure]) -> Figure:
        span, noun = clause.quantity.span, measured.noun or clause.quantity.span
        time = self._time(sentence, clause, measured, done)
        status = status_of(self.text, sentence, clause.right.end, span, time, self.article.issued)
        before = self.last if not done else None
        if time is None and status == "actual" and before and before.status == "target" and self._goes_on(sentence):
            time, status = before.time, "target"
        if self.report is not None:
            time, status = self._reported(sentence, clause, time, status)
        evidence = Span(min(noun.start, span.start), max(noun.end, span.end))
        if not measured.noun and done and measured.metric == done[-1].metric:
            evidence = Span(done[-1].evidence.start, span.end)
        compared = _COMPARED.search(self.text, clause.left.start, clause.left.end)
        return Figure(
            quantity=self._quantity(clause, measured, done),
            span=span,
            evidence=evidence,
            metric=balanced(measured.metric),
            subject=balanced(measured.subject) if isinstance(measured.subject, str) else measured.subject,
            time=time,
            status=status,
            rule=measured.rule,
            compared_with=compared.group() if compared else None,
            stated_by=self._speaker(sentence, span.start),
        )

    def _quantity(self, clause: Clause, measured: Measured, done: list[Figure]) -> Quantity:
        """欧盟经济增长1%，美国2%: the second is a rise too."""
        amount = clause.amount
        if measured.parallel and amount.change is None and amount.unit == done[-1].quantity.unit:
            return replace(amount, change=done[-1].quantity.change)
        return amount

    def _time(self, sentence: Span, clause: Clause, measured: Measured, done: list[Figure]) -> str | None:
        place, calendar = clause.quantity.span.start, self.calendar
        here = Span(clause.start, clause.right.end)
        if is_lasting(measured.metric) or recurs(self.text, Span(clause.start, place)):  # 全长90公里 holds at any time
            return calendar.holding(here, clause.start, place) or calendar.period(sentence, place)
        if calendar.leaves_behind(sentence, place) or goes_on(self.text, sentence, calendar, place):
            return None
        time = calendar.holding(sentence, clause.start, place) or calendar.after(clause.right, place)
        if time and len(time) == len("2024-05-30") and can_do(self.text, here, measured.metric):
            return None
        told = Span(sentence.start, place)
        time = time or years_back(self.text, told, self.article.issued)
        time = time or years_ahead(self.text, told, self.article.issued)
        if time is None and is_count(clause.amount):
            time = calendar.given_out(sentence, place)
        if time is None and isinstance(measured.subject, Mention):
            time = self._day_of(measured.subject.name.text)
        if time is None and _PRESENT.search(self.text, clause.start, clause.right.end):
            time = self.meeting
        if time is None and done and not by_now(self.text, Span(clause.start, place)):
            time = done[-1].time
        if time is None and self.last and not done and _PART.match(self.text, sentence.start):
            time = self.last.time
        if time is None and not is_capacity(measured.metric) and self._may_carry(sentence, clause):
            time = self.time
        told = time is None and self.year and measured.noun and not by_now(self.text, Span(clause.start, place))
        return self.year if told else time

    def _day_of(self, name: str) -> str | None:
        """The day of an event, also under its name without 第二届."""
        known = self.days.get(name)
        return known or next((day for event, day in self.days.items() if event.endswith(name)), None)

    def _may_carry(self, sentence: Span, clause: Clause) -> bool:
        """Does the period of an earlier sentence still hold? For statistics it does, for plants and plans not."""
        span = clause.quantity.span
        if self.time is None:
            return False
        if by_now(self.text, Span(sentence.start, span.start)) and not (
            self.summed_up and self.time_since == self.paragraph and not _TODAY.search(self.text, sentence.start, span.start)
        ):
            return False
        if status_of(self.text, sentence, clause.right.end, span, None, self.article.issued) != "actual":
            return False
        if self.time_since != self.paragraph and not self._told_above():  # a new paragraph is of another matter
            return clause.amount.change is not None or bool(_GREW.match(self.text, clause.right.start))
        past = self.time < (self.article.issued or "")[:4]
        return clause.amount.change is not None or not is_count(clause.amount) or len(self.time) > 4 or past

    def _told_above(self) -> bool:
        """Does the period stand in the headline, above the paragraph?"""
        return in_headline(self.text, Span(self.time_since + 1, self.time_since + 1))

    def _goes_on(self, sentence: Span) -> bool:
        return bool(_GOES_ON.match(self.text, sentence.start))

    def _reported(self, sentence: Span, clause: Clause, time: str | None, status: Status) -> tuple[str | None, Status]:
        """A figure of a work report is of the year before, or a plan for its own."""
        assert self.report is not None
        place, year = clause.quantity.span.start, str(self.report.year)
        said = [d for d in self.calendar.within(sentence) if d.span.end <= place]
        if (years := self.report.years(self.text[clause.left.start : place])) and not self.plan:
            return years, "actual"
        if time is None or (time == year and said and all(whole_year(self.text, d.span) for d in said)):
            plan = self.plan or is_planned(clause.amount)
            return (year, "target") if plan else (str(self.report.year - 1), "actual")
        return time, "target" if time == year and status == "actual" else status

    def _speaker(self, sentence: Span, place: int) -> Mention | None:
        """Who says it: 负责人介绍, 国家统计局数据显示."""
        for said in _SAYS.finditer(self.text, sentence.start, place):
            near = self.speakers.within(sentence.start, said.start())
            if near and near[-1].span.end >= said.start() - 8:
                return near[-1]
        return None


def _without_headlines(text: str, found: list[Figure | Problem]) -> Iterator[Figure | Problem]:
    """A headline says again what its article says: its figure goes when a later line gives the same number."""
    last: dict[tuple[object, ...], int] = defaultdict(int)
    for read in found:
        if isinstance(read, Figure):
            last[_number(read.quantity)] = read.span.start
    for read in found:
        said_again = isinstance(read, Figure) and last[_number(read.quantity)] > read.span.start
        if not (said_again and isinstance(read, Figure) and in_headline(text, read.span)):
            yield read


def _number(quantity: Quantity) -> tuple[object, ...]:
    # A headline drops the unit: 签约超5000亿 for 5000亿元.
    return quantity.value, quantity.upper, "个" if quantity.unit in ("家", "项", "元", "件") else quantity.unit


def in_headline(text: str, span: Span) -> bool:
    """Does a span stand in a line that is no sentence?"""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    return len(line) <= 60 and not line.endswith(("。", "！", "？", "；", "”", "："))
