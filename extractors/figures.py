"""Quantities as figures: whose they are, what they measure, when they hold, and whether they are facts or targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.context import Context
from extractors.distribute import distributed
from extractors.lexicon import lexicon
from extractors.metrics import ALL, Clause, Measured, Subject, cut_verb, is_count, lead, part_subject, trim
from extractors.model import Article, Figure, Mention, Problem, Quantity, Span
from extractors.periods import Calendar, by_now, is_lasting, status_of
from extractors.sentences import sentences

_ENTITIES = ("Organization", "Place", "Policy", "Programme", "Project", "Event", "Product", "Work")
_COMPARED = re.compile(r"同比|环比|(?:比|较|相比|高于|低于)(?:上|去|前|[0-9]{4}|同期|年初|[一二三四]季度)[^，,；;。]{0,8}?(?=增|减|提|下|上升|回|高|低|多|少|快|加|扩|降|收|放|$)")
_SAYS = re.compile(r"(?:表示|介绍|透露|指出|说|认为|发布|公布|数据显示|预测|预计)")
_ANAPHORA = {"其中", "其", "该", "这"}


def read_figures(article: Article, mentions: Sequence[Mention]) -> Iterable[Figure | Problem]:
    """One Figure for each quantity of the article; a Problem for a bare amount of which the text says nothing."""
    reader = _Reader(article, mentions)
    figures = [f for f in reader.read()]
    return _without_headlines(article.text, figures)


class _Reader:
    """Reads an article sentence by sentence and keeps what a reader keeps in mind: the last subject, the last date."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article, self.text = article, article.text
        self.quantities = [m for m in mentions if m.type == "Quantity"]
        self.dates = [m for m in mentions if m.type == "Date"]
        self.names = [m for m in mentions if m.type in _ENTITIES]
        self.people = [m for m in mentions if m.type in ("Person", "Organization")]
        self.calendar = Calendar(article.text, self.dates, article.issued)
        self.context = Context(article.text, self.names)
        self.paragraph = -1
        self.time: str | None = None
        self.days: dict[str, str] = {}  # the day on which the article says an event was held
        self.last: Figure | None = None

    def read(self) -> Iterator[Figure | Problem]:
        at = 0
        for sentence in sentences(self.text):
            held: list[Mention] = []
            while at < len(self.quantities) and self.quantities[at].span.start < sentence.end:
                if self.quantities[at].span.start >= sentence.start:
                    held.append(self.quantities[at])
                at += 1
            self._new_sentence(sentence)
            if held:
                yield from self._sentence(sentence, held)
            self._end_sentence(sentence)

    def _new_sentence(self, sentence: Span) -> None:
        paragraph = self.text.rfind("\n", 0, sentence.start)
        if paragraph != self.paragraph:
            self.paragraph, self.last = paragraph, None
        for date in self.calendar.within(sentence):
            if self.calendar.is_day(date):
                for event in self.context.within(sentence.start, sentence.end):
                    if event.type == "Event":
                        self.days.setdefault(event.name.text, self.calendar.value(date))
        if in_headline(self.text, sentence):  # a new item of a bulletin begins
            self.time = None

    def _end_sentence(self, sentence: Span) -> None:
        """Keep the period that the sentence speaks of: 今年上半年 holds on, a day (今天) and a plan (到2030年) do not."""
        for date in self.calendar.within(sentence):
            if self.calendar.lasts(date):
                self.time = self.calendar.value(date)

    def _sentence(self, sentence: Span, held: list[Mention]) -> Iterator[Figure | Problem]:
        done: list[Figure] = []
        paired = distributed(self.text, sentence, held, self.names, self.dates)
        for i, quantity in enumerate(held):
            before = held[i - 1].span.end if i else sentence.start
            after = held[i + 1].span.start if i + 1 < len(held) else sentence.end
            clause = Clause(self.text, sentence, before, quantity, after)
            if i and done and done[-1].evidence.end > clause.left.start:  # 40个国家和地区的|600家企业
                clause.left = Span(min(done[-1].evidence.end, clause.left.end), clause.left.end)
            measured = paired.get(i) or self._measured(clause, sentence, done)
            if i in paired and not measured.metric:  # 分别增长7%、6%: of what the figures before it measured
                measured = self._paired_with_figures(paired, i, done)
            measured = self._with_subject(measured, sentence, clause, done)
            figure = self._figure(clause, sentence, quantity, measured, done)
            if figure.metric or figure.subject:
                done.append(figure)
                self.last = figure
                yield figure
            else:
                yield Problem(
                    f"{self.article.source}: {self.article.id}:{quantity.span.start}",
                    f"figure without a subject: {quantity.span.of(self.text)}",
                )

    def _paired_with_figures(self, paired: dict[int, Measured], i: int, done: list[Figure]) -> Measured:
        first = min(j for j in paired if not paired[j].metric and all(k in paired for k in range(j, i + 1)))
        count = sum(1 for j in paired if j >= first)
        position = i - first
        pool = done[: len(done) - position][-count:]
        if position < len(pool):
            return Measured(pool[position].metric, pool[position].subject)
        return Measured("", None)

    def _measured(self, clause: Clause, sentence: Span, done: list[Figure]) -> Measured:
        text, quantity = self.text, clause.quantity
        assert isinstance(quantity.value, Quantity)
        trimmed, changed = trim(text, clause.left, self.dates)
        left = lead(text, trimmed, self.dates)
        following = clause.following()
        if is_count(quantity.value) and following.of(text):
            return self._count(left, following)
        whose, what, verb = cut_verb(text, left)
        if left.of(text) in ("目标", "目标值"):  # 87%（目标84.5%）
            left = Span(left.start, left.start)
        if not left.of(text):
            return self._carried(clause, following, done)
        if verb and not what.of(text):  # 下达30亿元水利资金, 出口18.62万亿元
            if following.of(text):
                return Measured(following.of(text), self._subject(whose), following)
            if not whose.of(text) or self._subject(whose):
                word = Span(whose.end, left.end)
                return Measured(word.of(text).rstrip("了"), self._subject(whose), word)
            left, verb = lead(text, trim(text, whose, self.dates)[0], self.dates), False  # 业务收入累计完成2803亿元
        if verb:
            subject = self._subject(whose)
            if subject is None:
                subject, what = part_subject(text, what, self.names)
            return Measured(what.of(text), subject, what)
        if changed and following.of(text) in lexicon("metric_heads") and self._subject(left):
            return Measured(following.of(text), self._subject(left), following)  # 这家企业增加4000万元投资
        subject, what = part_subject(text, left, self.names)
        what = lead(text, what, self.dates)
        phrase = what.of(text)
        if phrase.startswith("占") and done:
            return Measured(done[-1].metric + phrase, subject or done[-1].subject, what)
        if phrase in ("增速", "增幅", "涨幅", "降幅", "占比", "比重") and done:
            base = re.sub(r"(?:同比)?增速$", "", done[-1].metric)
            return Measured(base + phrase, subject or done[-1].subject, what)
        if subject is None and text[clause.right.start : clause.right.start + 1] == "的" and following.of(text):
            return Measured(phrase, self.context.named(following) or following.of(text), what)  # 总投资54亿元的项目
        return Measured(phrase, subject, what)

    def _count(self, left: Span, following: Span) -> Measured:
        whose, _, verb = cut_verb(self.text, left)
        subject = self._subject(whose if verb else left)
        return Measured(following.of(self.text), subject, following)

    def _carried(self, clause: Clause, following: Span, done: list[Figure]) -> Measured:
        """同比增长8.9%: of what the figure before it measured; else of the noun after the number."""
        if following.of(self.text) and self.text[clause.right.start : clause.right.start + 1] == "的":
            rest = self.text[following.end : clause.right.end]
            return Measured(rest or following.of(self.text), following.of(self.text), following)
        if done:
            return Measured(done[-1].metric, done[-1].subject)
        if following.of(self.text):
            return Measured(following.of(self.text), None, following)
        earlier = self.context.clause_before(clause.left.start)
        if earlier:
            subject, what = part_subject(self.text, earlier, self.names)
            return Measured(what.of(self.text), subject, what)
        if self.last:
            return Measured(self.last.metric, self.last.subject)
        return Measured("", None)

    def _subject(self, span: Span) -> Subject:
        span = lead(self.text, trim(self.text, span, self.dates)[0], self.dates)
        phrase = span.of(self.text)
        if not phrase:
            return None
        name = self.context.named(span)
        if name:
            return name
        return self.context.said(phrase)

    def _with_subject(self, measured: Measured, sentence: Span, clause: Clause, done: list[Figure]) -> Measured:
        if measured.subject is not None:
            subject = measured.subject
            if isinstance(subject, str):
                subject = self._scoped(subject, sentence, clause.left.start)
            return replace(measured, subject=subject)
        if done:
            return replace(measured, subject=done[-1].subject)
        subject = self.context.topic(sentence, clause.left.start)
        if subject is None and self.last is not None:
            subject = self.last.subject
        if subject is None:
            subject = self.context.headline_topic(sentence) or self.context.nation(sentence)
        return replace(measured, subject=subject)

    def _scoped(self, phrase: str, sentence: Span, place: int) -> Subject:
        """高技术产业 in a text on 北京 is 北京市高技术产业, and 全市 is 北京市."""
        if found := ALL.match(phrase):
            where = self.context.place_of(found.group(), place)
            if isinstance(where, Mention):
                rest = phrase[found.end() :]
                return where.name.text + rest if rest else where
            return phrase
        if phrase.startswith(("中国", "全球", "世界")) or self.context.within_phrase(phrase):
            return phrase
        scope = self.context.scope(sentence, place)
        return (scope or "") + phrase

    def _figure(self, clause: Clause, sentence: Span, q: Mention, measured: Measured, done: list[Figure]) -> Figure:
        assert isinstance(q.value, Quantity)
        time = self._time(sentence, clause, q, measured, done)
        status = status_of(self.text, sentence, clause.right.end, q.span, time, self.article.issued)
        start = measured.noun.start if measured.noun else q.span.start
        evidence = Span(min(start, q.span.start), max(q.span.end, measured.noun.end if measured.noun else 0))
        if not measured.noun and done and measured.metric == done[-1].metric:
            evidence = Span(done[-1].evidence.start, q.span.end)
        compared = _COMPARED.search(self.text, clause.left.start, clause.left.end)
        return Figure(
            quantity=q.value,
            span=q.span,
            evidence=evidence,
            metric=measured.metric,
            subject=measured.subject,
            time=time,
            status=status,
            rule="a number with the noun that it measures",
            compared_with=compared.group() if compared else None,
            stated_by=self._speaker(sentence, q.span.start),
        )

    def _time(self, sentence: Span, clause: Clause, q: Mention, measured: Measured, done: list[Figure]) -> str | None:
        here = Span(clause.start, clause.right.end)
        if is_lasting(measured.metric):  # 全长113公里 holds at any time
            return self.calendar.holding(here, clause.start, q.span.start)
        time = self.calendar.holding(sentence, clause.start, q.span.start)
        time = time or self.calendar.after(clause.right, q.span.end)
        if time is None and isinstance(measured.subject, Mention):
            time = self.days.get(measured.subject.name.text)
        if time is None and self._may_carry(sentence, clause, q):
            time = self.time
        return time

    def _may_carry(self, sentence: Span, clause: Clause, q: Mention) -> bool:
        """Does the period of an earlier sentence still hold? For statistics it does, for plants and plans it does not."""
        if self.time is None or by_now(self.text, Span(sentence.start, q.span.start)):
            return False
        assert isinstance(q.value, Quantity)
        status = status_of(self.text, sentence, clause.right.end, q.span, None, self.article.issued)
        statistic = q.value.change is not None or not is_count(q.value) or not re.fullmatch(r"[0-9]{4}", self.time)
        return status == "actual" and statistic

    def _speaker(self, sentence: Span, place: int) -> Mention | None:
        for said in _SAYS.finditer(self.text, sentence.start, place):
            for person in self.people:
                if sentence.start <= person.span.start and said.start() - 8 <= person.span.end <= said.start():
                    return person
        return None


def _without_headlines(text: str, found: list[Figure | Problem]) -> Iterator[Figure | Problem]:
    """A headline says again what its article says: the fuller figure stays.

    A headline is a line without a full stop; its figure goes when a later line gives the same number.
    """
    figures = [f for f in found if isinstance(f, Figure)]
    for read in found:
        if isinstance(read, Figure) and in_headline(text, read.span) and any(
            o is not read and o.span.start > read.span.end and _same(o.quantity, read.quantity) for o in figures
        ):
            continue
        yield read


def in_headline(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    return len(line) <= 60 and not line.endswith(("。", "！", "？", "；", "”", "："))


def _same(a: Quantity, b: Quantity) -> bool:
    return (a.value, a.upper) == (b.value, b.upper) and (a.unit == b.unit or {a.unit, b.unit} <= {"个", "家", "项", "元", "件"})
