"""Quantities as figures: whose they are, what they measure, when they hold, and whether they are facts or targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from extractors.figures.checks import doubts
from extractors.figures.clause import COUNTED, FUND, PAIRED, Clause, Measured, Subject, is_count, words
from extractors.figures.context import Context
from extractors.figures.distribute import Pair, distributed
from extractors.figures.headlines import without_headlines
from extractors.figures.heads import has_modifier, holds, is_bare_thing
from extractors.figures.metrics import Metrics
from extractors.figures.periods import Calendar
from extractors.figures.phrases import ALL, balanced
from extractors.figures.roles import Roles
from extractors.figures.standing import is_lasting
from extractors.figures.tables import find_tables, has_heads
from extractors.figures.timing import Timing
from extractors.model import Article, Figure, Mention, Problem, Quantity, Span, Undecided
from extractors.sentences import paragraph as line_of
from extractors.sentences import sentences

_ENTITIES = ("Organization", "Place", "Policy", "Programme", "Project", "Event", "Product", "Work")
_COMPARED = re.compile(
    r"""同比 | 环比
      | (?:比|较|相比|高于|低于)(?:[上去前]|[0-9]{4}|同期|年初|[一二三四]季度)
        [^，,；;。]{0,8}?(?=增|减|提|下|上升|回|高|低|多|少|快|加|扩|降|收|放|$)""",
    re.VERBOSE,
)
_FAR = 300  # characters: what stands farther off in a sentence (a table without stops) has no say
_NATION = re.compile(r"我国|全国(?!人大|政协|总工会)|国内(?!外)")
_ASPECT = re.compile("[一-鿿]{2,8}方面，")
_ACHIEVES = re.compile(r"(?:共|累计|合计)?(?:实现|完成|贡献|创造|取得)(?!了?[^，,；;。]*[，,；;。])")
_LISTED = re.compile("入选|列入|入围|获批|获评|评为|纳入|荣获|获得")
_SAYS = re.compile(r"表示|介绍|透露|指出|说|认为|发布|公布|数据显示|预测|预计")


def read_figures(article: Article, mentions: Sequence[Mention]) -> Iterable[Figure | Problem]:
    """One Figure for each quantity of the article; a Problem for a bare amount of which the text says nothing."""
    found: list[Figure | Problem] = []
    if any(m.type == "Quantity" for m in mentions) or has_heads(article.text):
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


class _Reader:
    """Reads an article sentence by sentence and keeps what a reader keeps in mind: the last subject, the last date."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article, self.text = article, article.text
        self.quantities = [m for m in mentions if m.type == "Quantity"]
        self.context = Context(article.text, [m for m in mentions if m.type in _ENTITIES], article.title)
        self.mentions = mentions
        self.calendar = Calendar(article.text, [m for m in mentions if m.type == "Date"], article.issued)
        self.metrics = Metrics(article.text, self.context)
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
            self.timing.end(sentence)

    def _begin(self, sentence: Span) -> None:
        paragraph = line_of(self.text, sentence.start).start - 1
        if paragraph != self.paragraph:
            self.paragraph, self.last = paragraph, None
        self.timing.begin(sentence, paragraph)

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

    def _subject(self, measured: Measured, sentence: Span, clause: Clause, done: list[Figure]) -> Subject:
        """The subject that stands there, else that of the figure, clause, sentence or paragraph before."""
        place = clause.left.start
        subject = measured.subject
        if subject is None and done and not self._stands_after(done[-1], place):
            return self._carried_on(measured, sentence, clause, done)
        if subject is None and measured.noun:
            told = self.context.told_of(sentence, clause.quantity.span.start) if measured.rule == COUNTED else None
            if isinstance(told, str):
                return told
            subject = told or self.context.clause_holder(clause.start)
        if isinstance(subject, Mention) and self.context.is_adverbial(subject):  # 四川将加快布局，|在成都建设3个集群
            doer = self.context.topic(sentence, subject.span.start)
            subject = doer if isinstance(doer, Mention) else subject
        if isinstance(subject, str):
            return subject if measured.rule == FUND else self._scoped(subject, sentence, place)
        return subject or self.context.nation(clause.left) or self._unsaid(measured, sentence, place)

    def _carried_on(self, measured: Measured, sentence: Span, clause: Clause, done: list[Figure]) -> Subject:
        """The subject of the figure before in the sentence, unless the new one says that it is another's."""
        last = done[-1]
        did = self.text[last.evidence.end : clause.quantity.span.start]
        if last.rule.startswith(COUNTED) and is_count(last.quantity) and _ACHIEVES.match(did):
            return self._scoped(last.metric, sentence, clause.left.start)  # 178家高新区|实现生产总值9.6万亿元
        before = self._whole(measured, done)
        if isinstance(before, str) and before == done[-1].subject:
            return self._own_scope(measured, before, sentence) or before
        return before

    def _unsaid(self, measured: Measured, sentence: Span, place: int) -> Subject:
        """Of a clause that names nobody: what the sentence is about, the paragraph, or the article."""
        earlier = self.last.subject if self.last else None
        if topic := self.context.topic(sentence, place):
            return topic
        if _ASPECT.match(self.text, sentence.start):  # 公路方面，今天恢复通行
            return self.context.scope(sentence, sentence.start)
        macro = measured.metric in words("macro")[0]
        if self.timing.report and macro:
            return self.context.home or "中国"  # 粮食产量1.3万亿斤。|外汇储备稳定在3万亿美元
        if isinstance(earlier, str):
            scope = self.context.scope(sentence, sentence.start) if macro else None
            earlier = scope or self._own_scope(measured, earlier, sentence) or earlier
        topic = earlier or self.context.earlier_topic(sentence)
        of_thing = is_lasting(measured.metric) or measured.metric in words("of_parts")[0]
        return None if topic == "中国" and of_thing else topic  # 线路全长60公里: no country's, but whose is not said

    def _whole(self, measured: Measured, done: list[Figure]) -> Subject:
        """核准投资项目97个，总投资9160亿元: the investment is that of the projects, not of who approved them."""
        before, parts = done[-1], words("of_parts")[0]
        if (
            len(done) > 1 and before.metric in parts and measured.metric not in parts
        ):  # …，带动就业2万人: of who has them
            before = next((f for f in reversed(done) if f.metric not in parts), before)
        counted = is_count(before.quantity) and len(before.metric) > 2 and before.quantity.unit != "人"
        kept = isinstance(before.subject, Mention) and before.subject.type not in ("Organization", "Policy")
        if measured.metric.partition("占")[0] in parts and counted and not kept:
            return self._national(before.metric) if before.subject == "中国" else before.metric
        return before.subject

    def _stands_after(self, before: Figure, place: int) -> bool:
        """8000个村落列入保护名录，|50万栋民居得到保护: the list has only the villages."""
        subject, after = before.subject, self.text[before.span.end : place]
        name = subject.span.of(self.text) if isinstance(subject, Mention) else subject or " "
        listed, _, rest = after.partition(name)
        return bool(rest) and bool(_LISTED.search(listed))

    @staticmethod
    def _national(noun: str) -> str:
        return noun if noun.startswith(("中国", "国家")) else "中国" + noun

    def _own_scope(self, measured: Measured, before: str, sentence: Span) -> str | None:
        """铁路客运量900万人次，水路客运量70万人次: the second is no figure of the railways, but of their country."""
        of_all = measured.metric in words("macro")[0]  # 能源消费占比…，单位GDP能耗
        if not measured.noun or measured.metric[:1] in ("", "占", "年"):
            return None
        counted = holds(measured.metric) and not measured.rule.startswith(COUNTED)  # 高新技术企业从3.9万家增长到40万家
        if not has_modifier(measured.metric) and not counted and not of_all:
            return None
        scope = self.context.scope(sentence, sentence.start)
        if scope is None or not before.startswith(scope) or before.removeprefix(scope)[:4] in measured.metric:
            return None
        return scope

    def _scoped(self, phrase: str, sentence: Span, place: int) -> Subject:
        """高技术产业 in a text on 北京 is 北京市高技术产业, and 全市 is 北京市."""
        phrase = balanced(phrase)
        if thing := self.context.meant(phrase, place) or self.context.pointed(phrase, place):  # 隧道|全长4180米
            return thing
        if found := ALL.match(phrase):
            where = self.context.place_of(found.group(), place)
            rest = phrase[found.end() :]
            if is_bare_thing(rest):
                rest = ""
            if where is None:
                return self.context.home + rest if self.context.home and found.group()[-1] not in "球界业" else phrase
            return where.name.text + rest if rest else where
        if nation := _NATION.search(phrase):  # 正月初六全国高速公路
            phrase = "中国" + phrase[nation.end() :]
        if phrase.startswith("中国") and is_bare_thing(phrase.removeprefix("中国")):
            return "中国"
        if phrase.startswith(("中国", "全球", "世界", "国家")) or self.context.begins_with_name(phrase, place):
            return phrase
        topic = self.context.topic(sentence, place)
        if isinstance(topic, Mention) and topic.type in ("Project", "Product"):  # the generators of a power station
            return phrase
        scope = self.context.scope(sentence, place) or ""
        if scope and is_bare_thing(phrase.removeprefix("中国")):  # 全社会研发经费投入 is the country's
            return scope
        if scope and phrase[:1] == scope[-1] and phrase[0] in "省市县区州":  # 省财政
            scope = scope[:-1]
        return phrase if phrase.startswith(scope) else scope + phrase

    def _figure(self, clause: Clause, sentence: Span, measured: Measured, done: list[Figure]) -> Figure:
        span, noun = clause.quantity.span, measured.noun or clause.quantity.span
        time, status = self.timing.settle(sentence, clause, measured, done, self.last)
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
