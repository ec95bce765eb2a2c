"""The metric of a number and its subject, from the words before it, after it, or of the figure before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.figures.bare_nouns import bare, counted
from extractors.figures.changes import governed
from extractors.figures.clause import CARRIED, COUNTED, FUND, LOAN, Clause, Measured, Subject
from extractors.figures.context import Context
from extractors.figures.heads import holds, names_measure
from extractors.figures.lead_ins import before_list, pointed_holder
from extractors.figures.phrases import cut_verb, lead, part_subject, trim
from extractors.lexicon import lexicon
from extractors.model import Figure, Mention, Span
from extractors.patterns import regex

# 120个古村落列入省级保护名录: the figure is about the list
_LISTED = regex(r"(?:入选|列入|入围|获批|获评|被评为|纳入|荣获|获得)(?:了|为|[0-9]{4}年度?)*")
# 3家省级和9家市级工程研究中心: the noun stands once
_SHARED_NOUN = regex(
    r"(?:和|及|与|、)[0-9一二两三四五六七八九十百余多]{1,6}[^，。0-9]{1,3}级(?P<noun>[^，,。；;、]{2,12})"
)
# 16台|单机容量|100万千瓦的|水轮机组: what is counted stands behind its size
_OF_SIZE = regex(
    r"(?:[0-9][^，,。；、的]{1,12}的"
    r"|[0-9.百千万亿]{1,10}(?:千瓦|兆瓦|吨|米|公里|立方米|千伏安?|升|马力|吨级|万吨))(?P<noun>[一-鿿]{2,12})"
)
_VERBS_ALONE = regex("(?:改造|提升|新建|续建|扩建|改建|完成|恢复|新增|修复){1,2}")
_PAID_OUT = regex(r"下达|预拨|拨付|下拨")
_FUND = regex(r"(?:资金|补助|奖补|国债|专项债券?|专项投资|预算内投资|经费|补贴)(?:预算)?$")
_FUND_YEAR = regex(r"^[0-9]{4}年度?|预算$")
_NAMED_FUND = 6  # characters: 救灾资金 alone is no name
_PREDICATE = regex(r"[一-鿿]{2,12}")
_FORETELLS = ("预计", "预测", "显示")
_SHARE = regex(r"约?(?P<of>占)(?!比|地)")
# 驻守在|海拔|5000米; 距离|地球400公里; 船身|长达15.6米
_SIZE = regex(
    r"(?P<what>(?:平均)?海拔|水深|埋深|体重|身高|距离(?=[^，,；;。的]{1,8}$)|(?<![成增延最])[长高宽深](?=达$))"
    r"(?:达|[约达为超近仅]?(?:[到至]|超过|高达)?|(?<=距离)[^，,；;。的]{1,8})$"
)
_COOLS = regex(r"(?P<what>降温|升温)(?:幅度)?[约达为超可将]{0,2}(?:达到?)?$")
_THIS_LONG = regex(r"(?P<who>[该此][船轮舰艇桥塔坝洞楼车])(?P<what>[长高宽深])[约达为]?$")
_LENGTHS = frozenset(["米", "公里", "千米", "厘米", "海里", "公斤", "千克"])
_LENGTH = {"长": "长度", "高": "高度", "宽": "宽度", "深": "深度"}
_DIMENSIONS = frozenset("高宽长重厚深")
_ALL_OF = frozenset(["全国", "全球", "世界", "全省", "全市", "我国", "国内", "全世界"])
# 4月份|新发放企业贷款|加权平均利率
_RATE = regex(r"(?P<of>[^，,。；的]{2,16}(?:贷款|存款|国债|债券))(?P<rate>(?:加权|平均|票面|发行)*利率)")
# 北京西站至上海虹桥|运行时间: neither of them has it
_YEARLY = regex(r"(?:年|日|月)(?:产|处理|供水|供气|发电)$")
_MODAL = regex(r"(?:预计|计划|有望|力争|将|拟|可|共|共计|已|还|累计|全年|今年|目前){1,3}$")
_ROUTE = regex(r"[^，,。；]{0,10}[至到](?!今)[^，,。；]{1,12}(?:时间|里程|距离|耗时|车程|用时|间)$")
_BARE = ("升幅", "增速", "增幅", "涨幅", "降幅", "占比", "比重")
_RISE = regex("(?:升幅|增幅|涨幅|降幅)$")  # 上升165亿美元，升幅为0.52%；比上年|上升653亿美元
# 重庆近日|对城区的古树体检: whom something is done to is no part of who does it
_DONE_TO = regex(r"(?P<who>[^对向给]{2,16}?)(?:近日|日前|今天|昨天|目前|今年)?(?:对(?!外)|向|给)")
_TO_WHOM = frozenset("对向给")
# 两个行业对上半年|工业增长的贡献率
_WORKS_ON = regex(r"对[^，,。；]{0,8}$")
_WORLDWIDE = ("来自", "覆盖", "面向", "遍布")


class Metrics:
    """Reads what the numbers of one article measure."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context

    def measured(
        self, clause: Clause, dates: Sequence[Mention], done: Sequence[Figure], last: Figure | None
    ) -> Measured:
        """What the clause's number measures, without the words round the noun."""
        read = self._read(clause, dates, done, last)
        metric = bare(read.metric)
        if read.rule == COUNTED:
            metric = counted(metric, self.text[clause.left.start : clause.quantity.span.start])
        return read if metric == read.metric else replace(read, metric=metric, noun=self._narrowed(read, metric))

    def _narrowed(self, read: Measured, metric: str) -> Span | None:
        at = self.text.find(metric, read.noun.start, read.noun.end) if read.noun else -1
        return read.noun if at < 0 else Span(at, at + len(metric))

    def _read(self, clause: Clause, dates: Sequence[Mention], done: Sequence[Figure], last: Figure | None) -> Measured:
        """What the clause's number measures.

        `dates` are those of the sentence, `done` the figures that it gave already, `last` the last of the paragraph.
        """
        text = self.text
        trimmed, changed = self._trim(clause.left, dates)
        left = self._lead(trimmed, dates)
        following = clause.following()
        noun = following.of(text)
        if noun and clause.counts:
            return self._count(clause, left, following, dates)
        if clause.amount.unit == "倍" and "是" in left.of(text):  # 灵敏度|是前代望远镜的10倍
            left = Span(left.start, text.index("是", left.start))
            if len(left.of(text)) < 2 and done:
                return Measured(done[-1].metric, done[-1].subject, rule=CARRIED)
        said = left.of(text)
        if done and said in _DIMENSIONS:  # 火星车高1.85米，|重240千克
            return Measured(said, done[-1].subject, left)
        if len(said) < 2 or said in ("目标", "目标值"):  # 90%（目标85%）
            return self._carried(clause, following, dates, done, last, changed)
        of_length = clause.amount.unit in _LENGTHS
        if of_length and (
            sized := _SIZE.search(text, left.start, clause.quantity.span.start)
        ):  # 距离地球|400公里的空间站
            what = Span(*sized.span("what"))
            return Measured(
                _LENGTH.get(what.of(text), what.of(text)), self._of_size(left, what, following, dates), what
            )
        warms = "温" in text[clause.left.start : clause.quantity.span.start]
        if warms and (
            cooled := _COOLS.search(text, clause.left.start, clause.quantity.span.start)
        ):  # 华北等地|降温|8至12℃
            what = Span(*cooled.span("what"))
            return Measured(what.of(text), self._subject(Span(left.start, max(left.start, what.start)), dates), what)
        if noun and said.endswith("价值"):  # 提供价值3亿美元的|军事支持
            return Measured(noun, None, following, COUNTED)
        if text[clause.left.start] in "由从" and (topic := self._topic_clause(clause, dates)):
            return topic
        if thing := _THIS_LONG.match(text, clause.left.start, clause.quantity.span.start):  # 该船|长200米
            return Measured(_LENGTH[thing["what"]], thing["who"], Span(*thing.span("what")))
        if said.endswith("利率") and (rated := _RATE.fullmatch(text, left.start, left.end)):
            return Measured(rated["rate"], rated["of"], Span(*rated.span("rate")), LOAN)
        whose, what, verb = cut_verb(text, left, self.context.names_in(left))
        of_verb = what.of(text)
        if verb and of_verb and text.endswith(_FORETELLS, whose.start, what.start):  # 报告预计|中国经济将增长
            left, verb = self._lead(what, dates), False
        if verb and (fund := self._fund(clause, whose, what if of_verb else following, dates)):
            return fund
        if verb and of_verb in _ALL_OF and noun and text.startswith("的", clause.right.start):
            return Measured(noun, self._subject(whose, dates), following, COUNTED)  # 集聚全国33%的|企业
        if verb and of_verb.startswith("占"):  # 基础研究经费投入|占研发经费比重
            verb = False
        if verb and not of_verb:  # 下达30亿元水利资金, 出口18.62万亿元
            if noun:
                return Measured(noun, self._subject(whose, dates), following, COUNTED)
            if not whose.of(text) or self._subject(whose, dates):
                word = Span(whose.end, left.end)
                return Measured(word.of(text).rstrip("了"), self._subject(whose, dates), word)
            left, verb = self._lead(self._trim(whose, dates)[0], dates), False  # 业务收入累计完成300亿元
        if verb:
            what = self._lead(what, dates)
            return Measured(what.of(text), self._subject(whose, dates), what)
        return self._of_phrase(clause, left, following, dates, done, changed)

    def _of_size(self, left: Span, what: Span, following: Span, dates: Sequence[Mention]) -> Subject:
        """Whose size it is: 长达55公里的|港珠澳大桥, or what stands before 海拔."""
        before = Span(left.start, max(left.start, what.start))
        if following.of(self.text) and self.text[following.start - 1] == "的":
            return self.context.named(following) or following.of(self.text)
        return self._subject(before, dates)

    def _fund(self, clause: Clause, whose: Span, what: Span, dates: Sequence[Mention]) -> Measured | None:
        """财政部下达|农业生产救灾资金18亿元: the money is that of the fund, not of who gives it out."""
        if not _PAID_OUT.search(self.text, whose.end, clause.quantity.span.start):
            return None
        what = self._lead(what, dates)
        phrase = what.of(self.text)
        if len(phrase) < _NAMED_FUND or not _FUND.search(phrase):
            return None
        return Measured(phrase, self.context.named(what) or _FUND_YEAR.sub("", phrase), what, FUND)

    def _topic_clause(self, clause: Clause, dates: Sequence[Mention]) -> Measured | None:
        """附加扣除标准，|由每个子女每月1000元提高到2000元: what is raised stands before the comma."""
        earlier = self.context.clause_before(clause.left.start)
        if earlier is None:
            return None
        what = self._lead(earlier, dates)
        _, _, verb = cut_verb(self.text, what, self.context.names_in(what))
        if verb or not names_measure(what.of(self.text)):
            return None
        subject, what = part_subject(self.text, what, self.context.names_in(what))
        return Measured(what.of(self.text), subject, what)

    def _of_phrase(
        self,
        clause: Clause,
        left: Span,
        following: Span,
        dates: Sequence[Mention],
        done: Sequence[Figure],
        changed: bool,
    ) -> Measured:
        """A phrase without a verb before the number: 我国软件业务收入, 全长, 严防死守."""
        text, noun, said = self.text, following.of(self.text), left.of(self.text)
        of_noun = bool(noun) and text.startswith("的", clause.right.start)
        if of_noun and said in _ALL_OF:  # 全国约40%的|人才
            return Measured(noun, None, following, COUNTED)
        if of_noun and (yearly := _YEARLY.search(text, left.start, left.end)):
            of_thing = self.context.named(following) or noun  # 年产50吉瓦的|光伏项目
            return Measured(yearly.group(), of_thing, Span(*yearly.span()), COUNTED)
        if len(noun) > 1 and not changed and not names_measure(said):  # 守住18亿亩|耕地红线
            return Measured(noun, self._subject(left, dates), following, COUNTED)
        if changed and text.startswith("的", clause.right.start) and names_measure(noun) and not names_measure(said):
            return Measured(noun, self._subject(left, dates), following, COUNTED)  # 可为企业节约|10%的能耗成本
        if changed and noun in lexicon("metric_heads") and (holder := self._subject(left, dates)):
            return Measured(noun, holder, following, COUNTED)  # 这家企业增加4000万元投资
        is_head = said in lexicon("metric_heads")  # 城镇新增就业
        if clause.amount.change and not is_head and (verb := governed(said)):  # 每年可|减少|二氧化碳排放340吨
            what = Span(left.start + verb[1], left.end)
            return Measured(what.of(text), self._subject(Span(left.start, left.start + verb[0]), dates), what)
        if done and _VERBS_ALONE.fullmatch(said) and clause.amount.unit == done[-1].quantity.unit:
            return Measured(done[-1].metric, done[-1].subject, rule=CARRIED)  # 新建农田300万亩、改造提升|150万亩
        if done and (share := _SHARE.match(said)):  # 超过500家，约占全球一成
            what = Span(left.start + share.start("of"), left.end)
            return Measured(done[-1].metric + what.of(text), done[-1].subject, what)
        if done and not noun and (other := self.context.is_name(left)):
            return Measured(done[-1].metric, other, rule=CARRIED, parallel=True)
        if not noun and clause.counts and (whom := self.context.is_name(left)):
            after = _PREDICATE.match(text, clause.right.start, clause.right.end)  # 美国仍有|超1亿人|处于警报范围
            if after or clause.amount.unit == "人":
                return Measured("人口" if clause.amount.unit == "人" else after.group() if after else "", whom)
        subject, what = pointed_holder(self.context, left) or part_subject(text, left, self.context.names_in(left))
        what = self._lead(what, dates)
        phrase = what.of(text)
        if done and phrase in _BARE:
            return Measured(re.sub(r"(?:同比)?增速$", "", done[-1].metric) + phrase, subject or done[-1].subject, what)
        if subject is None and of_noun:  # 总投资54亿元的|项目
            subject = self.context.named(following) or (noun if holds(noun) else None)
        if isinstance(subject, Mention) and _ROUTE.fullmatch(phrase):
            subject = None
        if isinstance(subject, str) and _WORKS_ON.search(text, clause.left.start, left.start):
            subject = None  # 对|制造业增长的贡献率
        return Measured(phrase, subject, what)

    def _count(self, clause: Clause, left: Span, following: Span, dates: Sequence[Mention]) -> Measured:
        """25个|项目: the metric is what is counted."""
        text, end = self.text, clause.right.end
        metric = following.of(text)
        left = before_list(self.context, left)
        whose, _, verb = cut_verb(text, left, self.context.names_in(left))
        left = whose if verb else left
        if names_measure(metric) and (sized := _OF_SIZE.match(text, end)):
            return Measured(sized["noun"], self._subject(left, dates), None, COUNTED)
        if (owner := self._owner(clause, following)) is not None:  # 2万个座位的|体育场
            following = Span(following.start, owner.span.start - 1)
            return Measured(following.of(text), owner, following, COUNTED)
        if metric.endswith("级"):
            shared = _SHARED_NOUN.match(text, end) or _SHARED_NOUN.match(text, following.end)
            metric += shared["noun"] if shared else ""
        if listed := _LISTED.search(text, clause.right.start, end):
            named = text[listed.end() : end].strip("“”")
            subject = self.context.first_in(listed.end(), end) or (named if holds(named) else None)
            if subject is not None:
                return Measured(metric, subject, following, COUNTED)
        has = text.endswith(("共有", "现有", "已有", "拥有"), clause.left.start, clause.left.end)
        if (
            left.of(text) in ("全球", "全国各地", "世界各地") and not has
        ):  # 全球|20多个国家的代表: where from, not whose
            return Measured(metric, None, following, COUNTED)
        return Measured(metric, self._subject(left, dates), following, COUNTED)

    def _owner(self, clause: Clause, following: Span) -> Mention | None:
        """The entity that what is counted belongs to, when it follows with 的."""
        for name in self.context.within(following.start + 2, clause.right.end):
            if self.text[name.span.start - 1] == "的" and name.span.start <= following.end:
                return name
        return None

    def _carried(
        self,
        clause: Clause,
        following: Span,
        dates: Sequence[Mention],
        done: Sequence[Figure],
        last: Figure | None,
        changed: bool,
    ) -> Measured:
        """同比增长8.9%: of what the figure before it measured; else of the noun after the number."""
        text, noun = self.text, following.of(self.text)
        if noun and text.startswith("的", clause.right.start):
            rest = text[following.end : clause.right.end]  # 六成的企业|已复工
            metric = rest if len(rest) > 1 and holds(noun) and clause.amount.unit == "%" else noun
            return Measured(metric, noun if holds(noun) else None, following, COUNTED)
        if len(noun) > 1 and not changed:  # 2亿吨左右|产能已完成改造; 九成|大型矿山已达标
            of_share = noun if clause.amount.unit == "%" and holds(noun) else None
            return Measured(noun, of_share, following, COUNTED)
        if done:
            return Measured(_RISE.sub("", done[-1].metric) or done[-1].metric, done[-1].subject, rule=CARRIED)
        if noun:
            return Measured(noun, None, following, COUNTED)
        after = _PREDICATE.match(text, clause.right.start, clause.right.end)
        if after and clause.counts:  # 16人|被逮捕
            return Measured(after.group(), None, Span(*after.span()))
        if earlier := self.context.clause_before(clause.left.start):  # 行业收入增长最快，|同比增长12%
            earlier = self._lead(earlier, dates)
            _, object_, verb = cut_verb(text, earlier, self.context.names_in(earlier))
            earlier = object_ if verb and object_.of(text) else earlier
            subject, what = part_subject(text, earlier, self.context.names_in(earlier))
            return Measured(what.of(text), subject, what)
        return Measured(last.metric, last.subject, rule=CARRIED) if last else Measured("", None)

    def _trim(self, span: Span, dates: Sequence[Mention]) -> tuple[Span, bool]:
        return trim(self.text, span, dates, self.context.names_in(span))

    def _lead(self, span: Span, dates: Sequence[Mention]) -> Span:
        return lead(self.text, span, dates, self.context.names_in(span))

    def _subject(self, span: Span, dates: Sequence[Mention]) -> Subject:
        """The phrase as a subject: an entity, a noun phrase that can have a figure, or nothing."""
        span = self._lead(self._trim(span, dates)[0], dates)
        if (modal := _MODAL.search(self.text, span.start, span.end)) and modal.start() - span.start > 1:
            span = Span(span.start, modal.start())  # 珠三角地区|预计|发送旅客
        whom = not _TO_WHOM.isdisjoint(self.text[span.start : span.end])
        if whom and (to := _DONE_TO.match(self.text, span.start, span.end)):
            span = Span(span.start, to.end("who"))
        if self.text.endswith("以", span.start, span.end):  # 修正案|以|192票赞成
            span = Span(span.start, span.end - 1)
        phrase = span.of(self.text)
        before = self.text[max(0, span.start - 2) : span.start]
        if not phrase or before == "来自" or (phrase == "全球" and before in _WORLDWIDE):
            return None
        if self.text[span.start - 1 : span.start] in ("这", "该", "此") and phrase[0] in "家项个座条款":  # 这家公司
            return None
        return (
            self.context.joint(span)
            or self.context.named(span)
            or self.context.meant(phrase.strip("《》"), span.start)
            or self.context.said(phrase)
        )
