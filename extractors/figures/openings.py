"""The noun phrases that open clauses: whom a clause is about is mostly said first (装备制造业|增加值|保持增长)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.figures.antecedents import noun_before, same_head
from extractors.figures.clause import Subject, first_verb, words
from extractors.figures.context import Context
from extractors.figures.heads import holds, names_measure
from extractors.figures.periods import Calendar
from extractors.figures.phrases import cut_verb, lead, part_subject
from extractors.model import Mention, Span
from extractors.patterns import regex

_PAUSES = frozenset("，,；;：:。（）()“”")
_BEGINS_PREDICATE = frozenset("用由从以在")
_IN_PREDICATE = frozenset("为对与着把被让成向遭")
_PREDICATE = regex("袭击|接近|开展")
# 据统计, 记者了解到: who says it, and no subject
SAYING = regex(r"记者|获悉|了解到|据|介绍|表示|显示|统计|发布会")
# 这|家企业, 从这|里出口的: what points is no name
_POINTERS = frozenset("这该此那")
_POINTED = regex("[这该此那](?=[里家项个座条款位些批次种])")
_NUMBER = regex(r"[0-9]")
_SHORT = 3  # characters of a word like 企业 or 生产线, which is anybody's
# 今年发展主要预期目标是：经济增长5%
_ABSTRACT = regex("(?:目标|任务|要求|情况|方面|成绩|数据|形势|态势|工作|指标)$")
_BECAUSE = regex("受(?!访)|随着|面对|针对")
_SHORTEST = 2  # characters of a phrase
_LONGEST = 20  # characters of a phrase that no class word ends
# 工业互联网应用|已拓展至: where a phrase ends whose last word is no known class
_GOES_ON = regex(
    r"已|将|可(?!再|燃)|在(?!线|岸|职)|由|预计|正(?!线)|共(?!同|享)|还|也|均|今年|目前|截至|累计|达|超|实现|通过|率先|首[次创]"
)
# 大幅|新增, 按照|要求: how and why something is done, and no noun
_UNLIKELY = regex(
    r"""消息 | 新闻
    | ^(?: [了着过是有不也还就都又更最很与和及或并而但则如若从自由向对为以于在把被将让使经按据随当因其各每某该此这那]
          | 得益 | 按照 | 大幅 | 进一步 | 持续 | 稳步 | 全面 | 加快 | 加大 | 深入 | 积极 | 有效 | 不断 | 逐步 | 实时
          | 截至 | 全力 | 集中 | 陆续 | 先后 | 其中 | 同时 | 此外 | 目前 | 如今 | 今年 | 去年 )
      | [的地得了着过]$""",
    re.VERBOSE,
)
_BY = regex("由(?!于)|携(?!带|程)|从(?!事|业)")
_FAILS = regex(r"不(?!锈|良|动产|同|足)|没有|只需|需要|必须|能够|可以|就能")
# 该生产线, 这座大桥, 本次活动, 这家企业
_THIS = regex(
    r"[该这本此](?:(?<=[该这])(?![里时样种]|[一两二三几][天年个])(?:次|届|个|座|项|款|条|批|期|家|片|架|艘|颗|台|套|种|趟|口|栋|些|支|类|部)?|(?<=[本此])(?:次|届|项|批|期))"
    r"(?P<noun>“?[一-鿿][^，,；;。：:、（）0-9]{1,12}?)”?"
    r"(?=[，,]|已|正|将|在|是|由|可|能|有|共|总|全长|年|今年|目前|近日|日前|今天|昨天|运|投|建|聚|汇|拥|覆|的|采|预|单)"
)
# 这里, 当地, 这个面积30平方公里的|小镇
_THERE = regex(r"这里|当地|小镇|小城|这[座个](?:城市|县城|村庄)|该[省市县区镇村州]")
_FAR = 300  # characters
_BESIDE = ("比", "较", "与", "对", "向", "随着")


class Opening(NamedTuple):
    """Whom a clause opens with; `sure` when its last word is a known class (企业, 汽车) or it is an entity."""

    subject: Subject
    sure: bool
    of_nation: bool = False  # 全国|社会组织: a part of the country


class Openings:
    """The noun phrases that open the clauses of one article."""

    def __init__(self, context: Context, calendar: Calendar) -> None:
        self.context, self.calendar, self.text = context, calendar, context.text
        self._known: dict[tuple[int, int], tuple[Opening, ...]] = {}

    def first_clause(self, start: int, end: int) -> Span | None:
        """The first clause of a stretch."""
        while start < end and self.text[start] in _PAUSES:
            start += 1
        pause = start
        while pause < end and self.text[pause] not in _PAUSES:
            pause += 1
        return Span(start, pause) if start < pause else None

    def last_clause(self, start: int, end: int) -> Span | None:
        """The last clause of a stretch."""
        while start < end and self.text[end - 1] in _PAUSES:
            end -= 1
        pause = end
        while pause > start and self.text[pause - 1] not in _PAUSES:
            pause -= 1
        return Span(pause, end) if pause < end else None

    def of(self, clause: Span) -> tuple[Opening, ...]:
        """Whom the noun phrase that opens a clause is about."""
        known = clause.start, clause.end
        if known not in self._known:
            said = SAYING.search(self.text, clause.start, clause.end)
            self._known[known] = () if said else tuple(self._read(clause))
        return self._known[known]

    def _read(self, clause: Span) -> Iterator[Opening]:
        text, names = self.text, self.context.names_in(clause)
        phrase = lead(text, clause, self.calendar.all_within(clause), names)
        start = phrase.start
        if clause.end - start < _SHORTEST:
            return
        verbs = words("verb")[0]
        for at in range(clause.start, start):
            if text[at : at + 2] in verbs:
                return  # 将增加|华北地区供电能力: what is done to somebody
        if text.endswith(_BESIDE, clause.start, start) or text.startswith("《", start):  # 相比|上届车展增长70%
            return
        phrase = Span(start, first_verb(text, phrase, names))
        if phrase.end - start < _SHORTEST:
            return
        by = _BY.search(text, start + 2, phrase.end)  # 主媒体中心|由两个中心组成
        if by and holds(text[start : by.start()]):
            phrase = Span(start, by.start())
        if fails := _FAILS.search(text, start + 2, phrase.end):  # 养殖人员|不需要出海
            phrase = Span(start, fails.start())
        whose, _, verb = cut_verb(text, phrase, names)
        while verb and whose.end > whose.start:
            phrase = whose
            whose, _, verb = cut_verb(text, phrase, names)
        if phrase.end - phrase.start < _SHORTEST:
            return
        if names and (name := self.context.named(phrase)):
            yield Opening(name, True)
            return
        points = not _POINTERS.isdisjoint(text[max(0, phrase.start - 1) : phrase.end])
        if points and _POINTED.search(text, max(0, phrase.start - 1), phrase.end):
            return
        subject, _ = part_subject(text, phrase, self.context.names_in(phrase) if names else ())
        whole = phrase.of(text).strip("的“”、")
        if isinstance(subject, Mention):
            yield Opening(subject, True)
            if holds(whole) and not self._acts(whole):  # 贵州|桥梁团队
                yield Opening(whole, True)
            return
        said = subject or whole
        if said == "中国" and holds(whole) and not self._acts(whole):  # 全国|社会组织, 中国|代表团
            yield Opening(whole if whole.startswith("中国") else self.context.said(whole), True, True)
            return
        if said == "新中国" or self._acts(said) or _BECAUSE.match(said) or _ABSTRACT.search(said):
            return
        head = whole.rpartition("的")[2]
        if head not in (whole, said) and len(head) > _SHORT and holds(head) and not self._acts(head):
            yield Opening(head, True)  # 我国首座位于海底的|二氧化碳封存井
        if subject is not None or (holds(said) and not _NUMBER.search(said)):
            yield Opening(said, True)
        elif unsure := self._unsure(phrase, clause):
            yield Opening(unsure, False)

    @staticmethod
    def _acts(said: str) -> bool:
        if said[:1] in _BEGINS_PREDICATE or not _IN_PREDICATE.isdisjoint(said) or _PREDICATE.search(said):
            return True
        return said[:2] in words("verb")[0] or said in words("anaphor")[0]

    def _unsure(self, phrase: Span, clause: Span) -> str | None:
        """工业互联网应用|已拓展至: a phrase before what can only be a predicate."""
        goes_on = _GOES_ON.search(self.text, phrase.start + 2, min(phrase.end + 4, clause.end))
        end = min(phrase.end, goes_on.start()) if goes_on else phrase.end
        if end == clause.end:
            return None
        said = self.text[phrase.start : end].strip("的“”、")
        fits = 2 <= len(said) <= _LONGEST and not _NUMBER.search(said) and not _UNLIKELY.search(said)
        acts = said[:2] in words("act")[0] or said[:2] in words("connector")[0] or self._acts(said)
        fits = fits and said[:2] not in words("anaphor")[0]
        return said if fits and not acts and not names_measure(said) else None

    def pointed(self, start: int, end: int) -> Subject:
        """该生产线, 这座大桥: what the last of such words before a place stands for."""
        there = list(_THERE.finditer(self.text, start, end))
        if there and (place := self.context.place_of("", there[-1].start())):
            return place
        found = list(_THIS.finditer(self.text, start, end))
        if not found:
            return None
        noun, at = found[-1]["noun"].strip("“”"), found[-1].start()
        whose, of, what = noun.partition("的")
        noun = whose if of and holds(whose) else what or whose  # 该项目|的成功投用; 这款新上市的|电池
        if len(noun) < 2:
            return None
        near = self.context.within(max(0, at - _FAR), at)
        meant = same_head("该" + noun, near) or self.context.meant(noun, at) or noun_before(self.text, noun, at)
        return meant or (noun if holds(noun) and noun not in words("no_holder")[0] else None)
