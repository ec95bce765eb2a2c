"""What an article has spoken of so far: the entity that a clause without a subject is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extractors.figures.antecedents import (
    is_class,
    may_point,
    noun_before,
    noun_since,
    same_head,
    told_of,
    without_pointer,
)
from extractors.figures.clause import Subject, words
from extractors.figures.heads import holds
from extractors.figures.phrases import ALL, cut_verb
from extractors.figures.scopes import WATERS, Scopes
from extractors.model import Mention, Span
from extractors.patterns import regex

_CLAUSE_ENDS = frozenset("，,；;。：:\n")
_NATION = ("我国", "全国", "国内", "中国")
_WORLD = ("全球", "全世界")
_HEARD = regex(r"记者|获悉|了解到|据[^，]{0,12}(?:统计|介绍|测算)")  # 记者从…获悉，|近日新增31亿元
_TOPS = regex(r"(?:最[高大低小多少快强]|居首)的是[^，]*$")  # 强度最高的是北京市，|达到6.73%
_REGION = regex(r"(?:地区|全境|境内|全[省市区县州]|市场|方面|已|共|还|今年|计划|将|有|[的，、”了])+")
_GROWS = regex(
    r"(?:实现|保持|继续|增长|增速|持续|稳步|稳定|明显|较快|最快|快速|大幅|平稳|上升|提升|下降|回升|再?创)[^，]{0,12}$"
)
# 表示，将于2月5日下调: he who says it will do it
_WILL = regex(
    r"[^，,；;。]{0,14}(?:表示|宣布|透露|明确|介绍|提出)(?:，|：)?(?:(?:[今明]年|下一步|年内|近期|接下来)，?)*"
    r"(?:还)?(?:将|拟|计划|力争)"
)
_MADE = regex(r"(?:建成|打造|建设|成为|形成|推出|研制|研发|建造)[^，。]{0,60}?(?P<noun>[^，。、]{2,24})$")
_WILL_BE = regex(r"预计|可(?!能)|将|未来|达产|建成后|投产后|每年")
_THIS = regex(
    r"(?:这|该)(?:个|座|款|片|条|栋|艘|台|种|项|颗|架|部|套|批)(?P<noun>[^，,；;。：:、（）]{2,24}?)"
    r"(?=[，,]|已|正|将|在|是|今年|目前|可|能|有|共|近日|日前|今天|昨天)"
)
# 江苏、安徽|等12省区; 京津冀、长三角|等地
_LIST_END = regex(
    r"等?[0-9一二三四五六七八九十两]{1,3}[多余]?个?(?:省区市|省区|省份|省市|地市|国家|[省市地国县区州])|等(?:部分)?地区?"
)
_QUOTED = regex("[：:](?=“)")  # 负责人说：|“该项目的投用
# 联盟|以…为基础; 该项目|的成功投用
_BARE = regex(
    r"[“‘]?(?:目前，?|截至目前，?|其中，?|本届|该|此)?(?P<noun>联盟|协会|委员会|学会|研究会|公司|集团|中心|平台|大会|论坛|博览会|展会|峰会|年会|项目|工程"
    r"|基地|园区|行动|装置|系统|设施|光源|飞船|火箭|飞机|基金|实验室|研究院|研究所|医院|大桥|隧道|电站|水库|枢纽|机场|港口|卫星|望远镜|铁路|高速公路|高铁)"
    r"(?=[已将共现还拟预计总全设正自以为由在于从至累面占年也位是采可拥具，的]|今年|目前|一期|二期|建成|投|规划|年产|总|全长|全部|首次|启用|开工|竣工|通车|实施)(?!(?:建设|化|群|部))"
)
# 江西|今年在全省推广: what follows a subject
_ADVERBS = regex(
    r"(?:今年|去年|明年|近[日年]来?|日前|目前|当地|已|将|还|也(?!门)|在|通过|围绕|依托|先后|陆续|全力|持续|大力|加快)"
)
_GATHERING = regex("[会展节赛坛周]")
_PAGE = 600  # characters in which 本届 points back
_THIS_TIMES = ("本次", "此次", "本届", "本轮")
_PREDICATE = regex("为|对|与|着|把|被|让|成|向|袭击|接近|开展")
_POINTING = {
    "Event": ("会议", "大会", "论坛", "活动", "展会", "博览会", "峰会", "会", "比赛", "大赛"),
    "Project": ("项目", "工程", "隧道", "大桥", "铁路", "通道", "机场", "电站", "平台", "线路", "全线"),
    "Policy": ("方案", "规划", "意见", "办法", "通知", "条例", "计划", "措施", "文件"),
}
_POINTED_AT = {noun: kind for kind, nouns in _POINTING.items() for noun in nouns}
_RANK = {"Event": 0, "Project": 0, "Place": 1, "Organization": 1, "Product": 1, "Programme": 2, "Policy": 2, "Work": 4}


class Context(Scopes):
    """The named things of an article in text order."""

    def named(self, span: Span) -> Mention | None:
        """The entity that a phrase is: 北京, 北京地区, 由北京市; not the one it only begins with (北京冷链企业)."""
        names = self.names_in(span)
        starts = {m.span.start for m in names} if len(names) > 1 else ()
        for name in names:
            if name.span.end in starts or self.is_listed(name):  # 广州|南沙; 江苏、浙江等12省
                continue
            rest = self.text[name.span.end : span.end]
            if not rest or (name.span.start == span.start and _ADVERBS.match(rest)):  # 江西|今年在全省推广
                return name
            if name.span.start - span.start <= 2 and (_REGION.fullmatch(rest) or (not holds(rest) and len(rest) < 8)):
                return name
        return None

    def joint(self, span: Span) -> str | None:
        """财政部、|应急管理部: who act together, when a phrase is nothing but their names."""
        names = [m for m in self.names_in(span) if m.type == "Organization"]
        if len(names) < 2 or names[0].span.start != span.start or names[-1].span.end != span.end:
            return None
        between = (self.text[a.span.end : b.span.start] for a, b in pairwise(names))
        return span.of(self.text) if all(gap in ("、", "和", "与", "及", "会同") for gap in between) else None

    def said(self, phrase: str) -> Subject:
        """A noun phrase as a subject; None when it only points back or is no noun phrase."""
        phrase = phrase.strip("“”的，、")
        if phrase in _NATION:
            return "中国"
        if phrase in words("anaphor")[0] or not holds(phrase):
            inner = ALL.search(phrase)
            return inner.group() if inner and (inner.group() not in _WORLD or inner.group() == phrase) else None
        for nation in _NATION[:3]:
            if phrase.startswith(nation):
                return "中国" + phrase[len(nation) :]
        return phrase

    def meant(self, phrase: str, place: int) -> Mention | None:
        """The entity that 会议, 该项目 or 方案 points back to: the last of its kind, not far before."""
        noun = phrase.lstrip("该本此次届").rstrip("上中")
        kind = _POINTED_AT.get(noun)
        if kind is None and not may_point(phrase):
            return None
        near = self.within(max(0, place - 300), place)
        pointed = next((m for m in reversed(near) if m.type == kind), None) if kind else None
        found = same_head(phrase, near) or pointed
        if found and kind and noun_since(self.text, noun, found.span.end, place):  # 光伏|项目开工，项目总投资
            return None
        return found

    def pointed(self, phrase: str, place: int) -> Subject:
        """该项目 or 项目, of which no name was given: the phrase that it stands for, or nothing."""
        noun = without_pointer(phrase)
        if is_class(noun):
            return None
        generic = noun in _POINTED_AT or phrase in words("anaphor")[0]
        return noun_before(self.text, noun, place) or phrase if generic else None

    def this_event(self, phrase: str, place: int) -> Mention | None:
        """本届博览会: the event named last."""
        if not phrase.startswith(_THIS_TIMES) or not _GATHERING.search(phrase):
            return None
        return next((m for m in reversed(self.within(max(0, place - _PAGE), place)) if m.type == "Event"), None)

    def told_of(self, sentence: Span, place: int) -> Subject:
        """The document, campaign or meeting that the sentence has just named and now gives the contents of."""
        return told_of(self.text, self.within(sentence.start, place), place)

    def clause_before(self, place: int) -> Span | None:
        """The clause just before, without what it says of growth: 餐饮行业营业收入|增长最快，"""
        if self.text[place - 1 : place] not in ("，", ","):
            return None
        start, low = place - 1, max(0, place - 50)
        while start > low and self.text[start - 1] not in _CLAUSE_ENDS:
            start -= 1
        phrase = self.text[start : place - 1]
        if "的是" in phrase:
            phrase = _TOPS.sub("", phrase)
        phrase = _GROWS.sub("", phrase)
        return Span(start, start + len(phrase)) if 2 < len(phrase) < 45 and not _HEARD.search(phrase) else None

    def clause_holder(self, place: int) -> Subject:
        """The entity or noun phrase that the clause just before is about: 新兴业务较快增长，|完成收入300亿元."""
        if place not in self._holders:
            self._holders[place] = self._holder_before(place)
        return self._holders[place]

    def _holder_before(self, place: int) -> Subject:
        earlier = self.clause_before(place)
        if earlier is None:
            return None
        if found := self.names_in(earlier):
            if len(found) > 1 and found[0].span.start == earlier.start and found[-1].type == "Programme":
                return found[0]  # 广东实施扩容增量行动，|推动5000家企业
            if self.is_site(found[-1]):
                return None
            whole = found[-1].span.end == earlier.end and found[-1].span.start - earlier.start <= 8
            return found[-1] if whole else self._made(earlier, place)
        if made := self._made(earlier, place):
            return made
        _, what, verb = cut_verb(self.text, earlier, self.names_in(earlier))
        phrase = (what if verb else earlier).of(self.text).strip("“”").removeprefix("其中").removeprefix("目前")
        grows = self.text[earlier.end] not in "，,"  # 新兴业务|较快增长，
        plain = grows or (len(phrase) <= 14 and not verb)
        return self.said(phrase) if plain and holds(phrase) and not _PREDICATE.search(phrase) else None

    def _made(self, earlier: Span, place: int) -> str | None:
        """建成集发电、储能于一体的|新能源基地，预计年发电: what is built is what the next clause is about."""
        found = _MADE.search(self.text, earlier.start, earlier.end)
        if not found or not _WILL_BE.match(self.text, place):
            return None
        noun = found["noun"].rpartition("的")[2]
        return noun if holds(noun) and noun not in words("anaphor")[0] else None

    def topic(self, sentence: Span, place: int) -> Subject:
        """The entity that the sentence speaks of before `place`."""
        if (sentence.start, place) not in self.topics:
            self.topics[sentence.start, place] = self._topic(sentence, place)
        return self.topics[sentence.start, place]

    def _topic(self, sentence: Span, place: int) -> Subject:
        if bare := self._bare_topic(sentence):
            return bare
        named = self.within(sentence.start, place)
        if not named:
            return self._pointed_at(sentence, place) or self.nationwide(sentence, place)
        inner = {m.span.start for m in named}
        found = [m for m in named if not self.speaks(m) and m.span.end not in inner]  # 福建|安踏集团 is the company
        found = [m for m in found if not self.is_maker(m, found) and not self.is_site(m)]
        if len(found) > 1:  # 四川将加快布局，|在成都建设3个集群: not the place where it is done
            found = [m for m in found if not self.is_adverbial(m) and not self.is_oblique(m)] or found
        elif found and found[0].type in ("Policy", "Work", "Organization", "Programme") and self.is_oblique(found[0]):
            found = []  # 按照《办法》要求，|支持25个项目
        found = [m for m in found if not self.is_listed(m)]
        if found:
            topic = min(found, key=lambda m: (_RANK.get(m.type, 3) + 2 * (not self.opens_clause(m)), -m.span.start))
            if topic.type in ("Policy", "Work") and not self.opens_clause(topic) and self.nationwide(sentence, place):
                return "中国"  # 我国将加快编制《规划》，|新增灌溉面积800万亩
            return (self._pointed_at(sentence, place) if topic.type == "Place" else None) or topic
        if places := self._places_listed(named):
            return places
        if _WILL.match(self.text, named[-1].span.end):  # 中国人民银行行长表示，将下调
            return named[-1]
        if pointed := self._pointed_at(sentence, place):
            return pointed
        told_by = (m for m in named if m.name.kind in ("Company", "Academy", "Park"))  # 记者从国家电网获悉，已修复线路
        return self.nationwide(sentence, place) or next(told_by, None)

    def _bare_topic(self, sentence: Span) -> Subject:
        """联盟以企业需求为基础, “该项目的投用: the sentence begins with a word that points back to an entity."""
        known = sentence.start, sentence.end
        if known not in self._bare:
            self._bare[known] = self._points_back(sentence)
        return self._bare[known]

    def _points_back(self, sentence: Span) -> Subject:
        quoted = _QUOTED.search(self.text, sentence.start, sentence.end)
        found = _BARE.match(self.text, quoted.end() if quoted else sentence.start, sentence.end)
        if found is None:
            return None
        near = self.within(max(0, sentence.start - 400), sentence.start)
        named = same_head(found["noun"], near) or self.meant(found["noun"], sentence.start)
        return named or noun_before(self.text, found["noun"], sentence.start)

    def _places_listed(self, named: Sequence[Mention]) -> str | None:
        """江苏、安徽等12省区: the list as it stands, when the sentence is about it."""
        listed = [m for m in named if self.is_listed(m)]
        if not listed or self.is_oblique(listed[0]) or not self.opens_clause(listed[0]):
            return None
        end = _LIST_END.match(self.text, listed[-1].span.end)
        return self.text[listed[0].span.start : end.end()] if end else None

    def _pointed_at(self, sentence: Span, place: int) -> str | None:
        """这座|装备制造基地, 这款新上市的|闪充电池: a thing without a name that the sentence is about."""
        if self.text.find("这", sentence.start, place) < 0 and self.text.find("该", sentence.start, place) < 0:
            return None
        for found in reversed(list(_THIS.finditer(self.text, sentence.start, place))):
            noun = found["noun"].rpartition("的")[2].strip("“”")
            if holds(noun) and noun not in words("anaphor")[0] and noun not in words("no_holder")[0]:
                return noun
        return None

    def earlier_topic(self, sentence: Span) -> Subject:
        """The entity named earlier in the paragraph, or in the line above it; the country in a national report."""
        above, start = self.lines(sentence)
        if self.text.startswith(_THIS_TIMES, sentence.start):  # 本次共选拔12名预备航天员
            events = [m for m in self.within(above, sentence.start) if m.type == "Event" and not self.speaks(m)]
            if events:
                return events[-1]
        if topic := self._topic_before(start, sentence.start):
            return topic
        found = [m for m in self.within(above, start) if not self.speaks(m) and m.type != "Work"]
        if found:
            topic = min(found, key=lambda m: _RANK.get(m.type, 3))
            before = Span(max(start, sentence.start - 120), sentence.start)
            return (self._pointed_at(before, sentence.start) if topic.type == "Place" else None) or topic
        return self.home or self.national_at(sentence.start)

    def _stays_topic(self, name: Mention) -> bool:
        """Ministries, documents and 西南地区 are named and left again; a company, a project, a city are spoken of."""
        return (
            name.name.kind != "Ministry" and name.type not in ("Policy", "Work") and not WATERS.search(name.name.text)
        )

    def _topic_before(self, start: int, end: int) -> Subject:
        """What the sentences between two places of a paragraph are about, the last of them first."""
        at, passing = bisect_left(self.sentences, end, key=lambda s: s.start), None
        while at > 0 and self.sentences[at - 1].start >= start:
            at -= 1
            topic = self.topic(self.sentences[at], self.sentences[at].end)
            if topic is None:
                continue
            if passing is None and isinstance(topic, Mention) and topic.type in ("Place", "Organization"):
                events = [m for m in self.within(start, end) if m.type == "Event" and not self.speaks(m)]
                if events:  # 座谈会在沈阳举行。辽宁等三省参加。|签约项目达到100个
                    return events[-1]
            only_site = isinstance(topic, Mention) and self.is_adverbial(topic)  # 试验线在阳高开工
            if not only_site and (not isinstance(topic, Mention) or self._stays_topic(topic)):
                return topic
            assert isinstance(topic, Mention)
            if WATERS.search(topic.name.text):  # 华东、中南地区有雨
                continue
            passing = passing or (None if only_site else topic)
        return passing

    def begins_with_name(self, phrase: str, place: int) -> bool:
        """Does a phrase near `place` itself begin with a named thing, as 北京钢铁企业 does?"""
        near = self.within(max(0, place - 120), place + len(phrase) + 1)
        return any(phrase.startswith(m.span.of(self.text)) for m in near)
