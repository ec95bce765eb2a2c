"""Quantities as figures: whose they are, what they measure, when they hold, and whether they are facts or targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from extractors.figures.candidates import Candidates
from extractors.figures.checks import doubts
from extractors.figures.clause import PAIRED, Clause, Measured, Subject
from extractors.figures.context import Context
from extractors.figures.distribute import Pair, distributed
from extractors.figures.gathering import Place
from extractors.figures.headlines import without_headlines
from extractors.figures.metrics import Metrics
from extractors.figures.periods import Calendar
from extractors.figures.phrases import balanced
from extractors.figures.roles import Roles
from extractors.figures.subjects import subject_of
from extractors.figures.tables import find_tables, has_heads
from extractors.figures.timing import Timing
from extractors.model import Article, Figure, Mention, Problem, Quantity, Span, Undecided
from extractors.patterns import regex
from extractors.sentences import paragraph, sentences

_ENTITIES = frozenset(("Organization", "Place", "Policy", "Programme", "Project", "Event", "Product", "Work"))
_THEN = "(?:[上去前]|[0-9]{4}|同期|年初|[一二三四]季度)"
_EARLIER = rf"{_THEN}[^，,；;。]{{0,8}}?(?=增|减|提|下|上升|回|高|低|多|少|快|加|扩|降|收|放|$)"
_COMPARED = regex(f"同比|环比|比{_EARLIER}|较{_EARLIER}|相比{_EARLIER}|高于{_EARLIER}|低于{_EARLIER}")
_NATION = "中国"
_RATES = ("率", "占比", "比重", "比例")
_FAR = 300  # characters: what stands farther off in a sentence (a table without stops) has no say
_SAYS = regex(r"表示|介绍|透露|指出|说|认为|发布|公布|数据显示|预测|预计")


def read_figures(article: Article, mentions: Sequence[Mention]) -> Iterable[Figure | Problem]:
    """One Figure for each quantity of the article; a Problem for a bare amount of which the text says nothing."""
    found: list[Figure | Problem] = []
    if [m for m in mentions if m.type == "Quantity"] or has_heads(article.text):
        reader = _Reader(article, mentions)
        found = _with_tables(article, reader, list(reader.read()))
    yield from without_headlines(article.text, found)
    yield from doubts(article, [read for read in found if isinstance(read, Figure)])


def _with_tables(article: Article, reader: _Reader, found: list[Figure | Problem]) -> list[Figure | Problem]:
    """What stands in a table is read by its heads, not as a sentence."""
    tables = list(find_tables(article, reader.context.home, reader.timing.year)) if has_heads(article.text) else []
    if not tables:
        return found
    inside = [f for f in found if isinstance(f, Figure) and any(t.span.contains(f.span) for t in tables)]
    kept = [f for f in found if f not in inside]
    rows = [f for t in tables for f in t.figures]
    return sorted([*kept, *rows], key=lambda f: f.span.start if isinstance(f, Figure) else 0)


def _not_doubled(subject: Subject, metric: str) -> Subject:
    """中国国际标准 · 国际标准转化率: what the metric says itself is no part of whose it is."""
    if not metric.endswith(_RATES):
        return subject
    if isinstance(subject, str) and subject.startswith(_NATION) and metric.startswith(subject[len(_NATION) :] or " "):
        return _NATION if len(metric) > len(subject) - len(_NATION) else subject
    return subject


class _Reader:
    """Reads an article sentence by sentence and keeps what a reader keeps in mind: the last subject, the last date."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article, self.text = article, article.text
        self.quantities = [m for m in mentions if m.type == "Quantity"]
        self.context = Context(article.text, [m for m in mentions if m.type in _ENTITIES], article.title)
        self.mentions = mentions
        self.calendar = Calendar(article.text, [m for m in mentions if m.type == "Date"], article.issued)
        self.metrics = Metrics(article.text, self.context)
        self.candidates = Candidates(self.context, self.calendar, article.title)
        self.paragraph = -1
        self.timing = Timing(article, self.calendar, self.context)
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
            if at == len(self.quantities):
                return
            self.timing.end(sentence)

    def _begin(self, sentence: Span) -> None:
        before = paragraph(self.text, sentence.start).start - 1
        if before != self.paragraph:
            self.paragraph, self.last = before, None
        self.timing.begin(sentence, before)

    def _sentence(self, sentence: Span, held: list[Mention]) -> Iterator[Figure | Problem]:
        done: list[Figure] = []
        paired = distributed(self.text, sentence, held, self.context, self.calendar)
        for i, quantity in enumerate(held):
            before = held[i - 1].span.end if i else sentence.start
            after = held[i + 1].span.start if i + 1 < len(held) else sentence.end
            near = sentence
            if sentence.end - sentence.start > _FAR:
                start, end = quantity.span.start - _FAR, quantity.span.end + _FAR
                near = Span(max(sentence.start, start), min(sentence.end, end))
            clause = Clause(self.text, near, max(before, near.start), quantity, min(after, near.end))
            if done and done[-1].evidence.end > clause.left.start:  # 30个国家和地区的|500家企业
                clause.left = Span(min(done[-1].evidence.end, clause.left.end), clause.left.end)
            if i in paired:
                measured = replace(self._paired(paired[i], done), rule=PAIRED)
            else:
                measured = self.metrics.measured(clause, self.calendar.all_within(near), done, self.last)
            subject, why = subject_of(self.candidates, Place(near, clause, measured, done, self.last))
            measured.subject = _not_doubled(subject, measured.metric)
            measured.rule = f"{measured.rule}; its subject {why}"
            if measured.metric or measured.subject:
                self.last = self._figure(clause, near, measured, done)
                done.append(self.last)
                yield self.last
                if not measured.metric:
                    yield Undecided.of(self.article, "figure", quantity.span, "nothing says what it measures")
            else:
                yield Undecided.of(self.article, "figure", quantity.span, "nothing near it says what it measures")

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

    def _figure(self, clause: Clause, sentence: Span, measured: Measured, done: list[Figure]) -> Figure:
        span, noun = clause.quantity.span, measured.noun or clause.quantity.span
        time, status = self.timing.settle(sentence, clause, measured, done, self.last)
        evidence = span if noun is span else Span(min(noun.start, span.start), max(noun.end, span.end))
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

    @cached_property
    def speakers(self) -> Roles:
        """Who may say something: asked for only where somebody does."""
        return Roles(self.text, [m for m in self.mentions if m.type in ("Person", "Organization")])

    def _speaker(self, sentence: Span, place: int) -> Mention | None:
        """Who says it: 负责人介绍, 国家统计局数据显示."""
        for said in _SAYS.finditer(self.text, sentence.start, place):
            near = self.speakers.within(sentence.start, said.start())
            if near and near[-1].span.end >= said.start() - 8:
                return near[-1]
        return None
