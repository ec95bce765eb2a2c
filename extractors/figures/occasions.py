"""On which day what is told of an event was counted: of a fair that opened today, of those who came to a meeting."""

from __future__ import annotations

from extractors.figures.clause import Clause
from extractors.figures.context import Context
from extractors.figures.periods import Calendar
from extractors.model import Mention, Span
from extractors.patterns import regex
from extractors.sentences import paragraph as line_of

_MEETS = regex(r"举行|举办|召开|开幕|闭幕|出席|座谈|会谈")
# 今天，第七届博览会|开幕; not the 火炬 of the games, nor a day of the year (今天是世界水日)
_TAKES_PLACE = regex(r"举行|举办|召开|开幕|闭幕|开展|启幕|落幕|落下帷幕|开赛|收官|开启|启动|开园|上线|出席|发布|亮相")
_NOT_ITSELF = regex(
    r"”?(?:火炬|倒计时|测试赛|组委会|筹[备办]|会徽|吉祥物|门票|场馆|新闻发布会|举办[城地权]|志愿者|开幕还有)"
)
_TELLS_PRESS = ("发布会", "吹风会", "记者会", "通气会")  # there things are told, not counted
# 将持续到11月4日, 为期5天: of what goes on, the day of the opening is not the time of the whole
_GOES_ON_FOR = regex(r"持续[到至]|为期[0-9一二两三四五六七八九十]{1,3}[天个]")
_PRESS = regex(r"的?[^，,。；]{0,8}(?:发布会|吹风会|记者会|通气会)")  # 今天召开的|新闻发布会
_CLOSES = regex(r"闭幕|落幕|落下帷幕|收官|结束")
# 本届博览会, 大会: told of the event, also in a later paragraph
_OF_EVENT = regex(r"[本此这][届次场]|大会|展会|论坛|年会|会议|会[上期]|活动|盛会|峰会|博览会|展览")
_GATHERING = r"[^，,；;。]{0,8}(?:会|会议|开幕式|闭幕式|仪式|活动|座谈|会见|宴会|典礼|论坛)"
_ATTENDS = regex(
    rf"(?<!报名)(?:参加|出席)(?=了?(?:{_GATHERING})?(?:[，,；;。]|$))|出席(?=代表|人数|[0-9])|参会|与会|参展(?!企|商|国|面|展|区|规)|(?<!主题)发言"
)
_TO_COME = regex(r"(?:将|预计|拟|计划)(?!近)[^，,；;。]{0,20}$")  # 本届博览会还|将发布94项成果
_NEAR = 120  # characters: where the sentences after an opening say how long it lasts
_ALREADY = regex(r"已经?|目前|当前|眼下|如今|现在")


class Occasions:
    """The days of the events and meetings that an article has told of so far."""

    def __init__(self, text: str, issued: str | None, calendar: Calendar, context: Context) -> None:
        self.text, self.issued = text, issued
        self.calendar, self.context = calendar, context
        self.paragraph = -1
        self.days: dict[str, str] = {}  # by the name of the event
        self.ending: dict[str, str] = {}  # … and by whatever its name ends in
        self.told_in: set[tuple[str, int]] = set()  # the days, and where the paragraphs begin that gave them
        self.meeting: str | None = None  # the day on which people met, in the news item at hand

    def begin(self, sentence: Span, paragraph: int) -> None:
        """A sentence begins: note the days of its events and meetings."""
        self.paragraph = paragraph
        dates = [d for d in self.calendar.within(sentence) if self.calendar.is_occasion(d)]
        if not dates:
            return
        events = [e for e in self.context.names_in(sentence) if self._is_held(e)]
        takes_place = bool(events) and bool(_TAKES_PLACE.search(self.text, sentence.start, sentence.end))
        if not takes_place and not _MEETS.search(self.text, dates[0].span.end, sentence.end):
            return
        if self._runs_on(sentence):
            dates = [d for d in dates if "/" in self.calendar.value(d)]
        for date in dates:
            meets = _MEETS.search(self.text, date.span.end, sentence.end)
            if meets and not _PRESS.match(self.text, meets.end()):
                self.meeting = self.calendar.value(date)
            for event in events if takes_place else ():
                self._held(event.name.text, self.calendar.value(date))

    def _is_held(self, name: Mention) -> bool:
        """第七届博览会; not its torch, and not where the press is told of other things."""
        if name.type != "Event" or name.span.of(self.text).endswith(_TELLS_PRESS):
            return False
        return not _NOT_ITSELF.match(self.text, name.span.end)

    def _runs_on(self, sentence: Span) -> bool:
        """今天开幕，将持续到11月4日: the opening day is not that of the whole."""
        end = min(line_of(self.text, sentence.start).end, sentence.end + _NEAR)
        if not _GOES_ON_FOR.search(self.text, sentence.start, end):
            return False
        return not _CLOSES.search(self.text, sentence.start, sentence.end)

    def _held(self, event: str, day: str) -> None:
        if event not in self.days:
            self.days[event] = day
            self.told_in.add((day, self.paragraph))
            for start in range(len(event)):
                self.ending.setdefault(event[start:], day)

    def day_of(self, name: str, sentence: Span, clause: Clause) -> str | None:
        """The day of an event, also under its name without 第二届, for what was counted there and then."""
        day, place = self.days.get(name) or self.ending.get(name), clause.quantity.span.start
        if day is None or (day <= (self.issued or "") and _TO_COME.search(self.text, clause.start, place)):
            return None
        if _ALREADY.search(self.text, sentence.start, place + 1):  # 目前，56个场馆已竣工
            return None
        if clause.amount.unit == "%" and clause.amount.change is None:  # 热效率突破53%的柴油机
            return None
        near = (day, self.paragraph) in self.told_in or _OF_EVENT.search(self.text, sentence.start, place)
        return day if near else None

    def met(self, clause: Clause) -> str | None:
        """The day of the meeting that those who are counted came to: 约1000人|出席开幕式."""
        if self.meeting is None or not _ATTENDS.search(self.text, clause.start, clause.right.end):
            return None
        return None if _TO_COME.search(self.text, clause.start, clause.quantity.span.start) else self.meeting
