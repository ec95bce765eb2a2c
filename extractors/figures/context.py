"""What an article has spoken of so far: the entity that a clause without a subject is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures.clause import Subject, words
from extractors.figures.phrases import ALL, cut_verb, holds
from extractors.lexicon import lexicon
from extractors.model import Mention, Span

_NATION = ("我国", "全国", "国内", "中国")
_WORLD = ("全球", "全世界")
# not 走在全国前列, 占全国, 全国首个: there the country is only what something is measured against
_NATIONWIDE = re.compile(
    r"我国|(?<![占居位达比于在])(?:全国|国内(?!外))(?!前列|前茅|首|第|平均|唯一|最|率先|领先|同类|人大|政协|总工会|[0-9])"
)
# An article with one of these reports on the country where it names no other place.
_NATIONAL = re.compile(
    r"我国|全国|中国|国务院|中央财政|党中央|国家统计局|海关总署|商务部|财政部|五年规划|十[二三四五]五|城镇登记失业率|全社会"
)
_HEARD = re.compile(r"记者|获悉|了解到|据[^，]{0,12}(?:统计|介绍|测算)")  # 记者从…获悉，|近日新增31亿元
_TOPS = re.compile(r"(?:最[高大低小多少快强]|居首)的是[^，]*$")  # 强度最高的是北京市，|达到6.73%
_YEAR = re.compile(r"^[0-9]{4}年度?")
_FAR = 2000  # characters: what stands farther above in a paragraph has no say
_WATERS = re.compile(r"[江河湖海洋山岛湾峡]$|[东中西北]部地区$|东北地区$")
_REGION = re.compile(r"(?:地区|全境|境内|全[省市区县州]|市场|方面|已|共|还|今年|计划|将|有|[的，、”了])+")
_GROWS = re.compile(
    r"(?:实现|保持|继续|增长|增速|持续|稳步|稳定|明显|较快|最快|快速|大幅|平稳|上升|提升|下降|回升|再?创)[^，]{0,12}$"
)
_SAYS = re.compile(r"[^，,；;。]{0,12}(?:发布|公布|数据|获悉|介绍|表示|消息|统计|通报|预测|预计|了解到|透露|报道|称)")
# Behind these an entity stands where a subject stands: 在北京，由科技部, 截至目前广东
_OPENERS = (
    "在", "由", "今年", "目前", "日", "年", "月", "说", "显示", "截至", "来自", "从", "是", "本届", "为期", "期间",
)  # fmt: skip
# 表示，将于2月5日下调: he who says it will do it
_WILL = re.compile(
    r"[^，,；;。]{0,14}(?:表示|宣布|透露|明确|介绍|提出)(?:，|：)?(?:(?:[今明]年|下一步|年内|近期|接下来)，?)*"
    r"(?:还)?(?:将|拟|计划|力争)"
)
_MADE = re.compile(r"(?:建成|打造|建设|成为|形成|推出|研制|研发|建造)[^，。]{0,60}?(?P<noun>[^，。、]{2,24})$")
_WILL_BE = re.compile(r"预计|可(?!能)|将|未来|达产|建成后|投产后|每年")
_COUNTRY = re.compile(r"我国|(?:^|[，。\n])国家(?=正|将|已|层面|累计|持续|加快)|国家层面")
_IN = re.compile(r"在[一-鿿、]{0,20}$")
_SCENE = re.compile(r"[^，,；;。、]{0,16}[，,]")
_THIS = re.compile(
    r"(?:这|该)(?:个|座|款|片|条|栋|艘|台|种|项|颗|架|部|套|批)(?P<noun>[^，,；;。：:、（）]{2,24}?)"
    r"(?=[，,]|已|正|将|在|是|今年|目前|可|能|有|共|近日|日前|今天|昨天)"
)
_PREDICATE = re.compile(r"[为对与着把被让成向]|袭击|接近|开展")
_POINTING = {
    "Event": ("会议", "大会", "论坛", "活动", "展会", "博览会", "峰会", "会", "比赛", "大赛"),
    "Project": ("项目", "工程", "隧道", "大桥", "铁路", "通道", "机场", "电站", "平台", "线路", "全线"),
    "Policy": ("方案", "规划", "意见", "办法", "通知", "条例", "计划", "措施", "文件"),
}
_RANK = {"Event": 0, "Project": 0, "Place": 1, "Organization": 1, "Product": 1, "Programme": 2, "Policy": 2, "Work": 4}


# 国务院新闻办公室举行的新闻发布会: where something is said, never what it is said of
_FRAMES = re.compile(r"新闻发布会|吹风会|国务院新闻办|新闻办公室|工作报告$|统计公报$|形势报告$")


def _is_frame(name: Mention) -> bool:
    return bool(_FRAMES.search(name.name.text))


class Context:
    """The named things of an article in text order."""

    def __init__(self, text: str, names: Sequence[Mention], title: str | None = None) -> None:
        self.text = text
        self.home = self._home(names, title or "")
        self.national = bool(_NATIONAL.search(text))
        self.names = sorted((m for m in names if m.name.kind != "Media" and not _is_frame(m)), key=lambda m: m.span)
        self.starts = [m.span.start for m in self.names]
        self.places = [m for m in self.names if m.type == "Place"]

    @staticmethod
    def _home(names: Sequence[Mention], title: str) -> str | None:
        """The place that the title says the article is about: 浙江省政府工作报告, 广东科技创新规划印发."""
        found = [m for m in names if m.type == "Place" and m.span.end <= len(title) and not _WATERS.search(m.name.text)]
        if found:
            return found[0].name.text
        if "国务院" in title:
            return "中国"
        provinces, title = lexicon("provinces"), _YEAR.sub("", title)
        return next((provinces[title[:n]].value for n in (8, 7, 6, 5, 4, 3, 2) if title[:n] in provinces), None)

    def within(self, start: int, end: int) -> list[Mention]:
        """The entities named between two places."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [m for m in self.names[low:high] if m.span.end <= end]

    def names_in(self, span: Span) -> list[Mention]:
        return self.within(span.start, span.end)

    def first_in(self, start: int, end: int) -> Mention | None:
        found = self.within(start, end)
        return found[0] if found else None

    def named(self, span: Span) -> Mention | None:
        """The entity that a phrase is: 北京, 北京地区, 由北京市; not the one it only begins with (北京冷链企业)."""
        for name in self.names_in(span):
            if name.span.end == span.end:
                return name
            rest = self.text[name.span.end : span.end]
            if name.span.start - span.start <= 2 and (_REGION.fullmatch(rest) or (not holds(rest) and len(rest) < 8)):
                return name
        return None

    def is_name(self, span: Span) -> Mention | None:
        """The entity whose name the whole phrase is."""
        return next((m for m in self.names_in(span) if m.span == span), None)

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
        kind = next((kind for kind, nouns in _POINTING.items() if noun in nouns), None)
        if kind is None:
            return None
        near = self.within(max(0, place - 300), place)
        return next((m for m in reversed(near) if m.type == kind), None)

    def clause_before(self, place: int) -> Span | None:
        """The clause just before, without what it says of growth: 餐饮行业营业收入|增长最快，"""
        if self.text[place - 1 : place] not in ("，", ","):
            return None
        start = place - 1
        while start > 0 and place - start < 50 and self.text[start - 1] not in "，,；;。：:\n":
            start -= 1
        phrase = _GROWS.sub("", _TOPS.sub("", self.text[start : place - 1]))
        if _HEARD.search(phrase):
            return None
        return Span(start, start + len(phrase)) if 2 < len(phrase) < 45 else None

    def clause_holder(self, place: int) -> Subject:
        """The entity or noun phrase that the clause just before is about: 新兴业务较快增长，|完成收入300亿元."""
        earlier = self.clause_before(place)
        if earlier is None:
            return None
        if found := self.names_in(earlier):
            whole = found[-1].span.end == earlier.end and found[-1].span.start - earlier.start <= 8
            return found[-1] if whole else self._made(earlier, place)
        if made := self._made(earlier, place):
            return made
        _, what, verb = cut_verb(self.text, earlier)
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

    def nation(self, stretch: Span) -> str | None:
        """我国将聚焦720个重点县, 国家层面已推广349项成果: the country, when a clause names it itself."""
        return "中国" if _COUNTRY.search(self.text, stretch.start, stretch.end) else None

    def topic(self, sentence: Span, place: int) -> Subject:
        """The entity that the sentence speaks of before `place`."""
        named = self.within(sentence.start, place)
        found = [m for m in named if not self._speaks(m)]
        if len(found) > 1:  # 四川将加快布局，|在成都建设3个集群: not the place where it is done
            found = [m for m in found if not self.is_adverbial(m)] or found
        if found:
            topic = min(found, key=lambda m: (_RANK.get(m.type, 3) + 2 * (not self._opens_clause(m)), -m.span.start))
            return (self._pointed_at(sentence, place) if topic.type == "Place" else None) or topic
        if named and _WILL.match(self.text, named[-1].span.end):  # 中国人民银行行长表示，将下调
            return named[-1]
        if pointed := self._pointed_at(sentence, place):
            return pointed
        return "中国" if _NATIONWIDE.search(self.text, sentence.start, place) else None

    def is_adverbial(self, name: Mention) -> bool:
        """在成都、自贡布局 says where something is done; 在河南遂平，当地 says whose it is."""
        if name.type != "Place" or not _IN.search(self.text, max(0, name.span.start - 24), name.span.start):
            return False
        return not _SCENE.match(self.text, name.span.end)

    def _pointed_at(self, sentence: Span, place: int) -> str | None:
        """这座|装备制造基地, 这款新上市的|闪充电池: a thing without a name that the sentence is about."""
        for found in reversed(list(_THIS.finditer(self.text, sentence.start, place))):
            noun = found["noun"].rpartition("的")[2].strip("“”")
            if holds(noun) and noun not in words("anaphor")[0] and noun not in words("no_holder")[0]:
                return noun
        return None

    def _opens_clause(self, name: Mention) -> bool:
        before = self.text[max(0, name.span.start - 6) : name.span.start]
        return not before or before[-1] in "，,；;。：:\n“（、" or before.endswith(_OPENERS)

    def _speaks(self, name: Mention) -> bool:
        """国家统计局发布, 海关总署数据显示: who says it is not who it is about."""
        after = self.text[name.span.end : name.span.end + 1]
        if after in ("：", ":"):  # 商务部：家电以旧换新见效
            return True
        return name.type == "Organization" and bool(_SAYS.match(self.text, name.span.end))

    def earlier_topic(self, sentence: Span) -> Subject:
        """The entity named earlier in the paragraph, or in the line above it; the country in a national report."""
        above, start = self._lines(sentence)
        found = [m for m in self.within(start, sentence.start) or self.within(above, start) if not self._speaks(m)]
        if found:
            topic = min(found, key=lambda m: _RANK.get(m.type, 3))
            before = Span(max(start, sentence.start - 120), sentence.start)
            return (self._pointed_at(before, sentence.start) if topic.type == "Place" else None) or topic
        return self.home or ("中国" if self.national else None)

    def scope(self, sentence: Span, place: int) -> str | None:
        """The country or place whose 新能源汽车 or 高技术产业 are spoken of at `place`."""
        above, start = self._lines(sentence)
        for begin, end in ((sentence.start, place), (start, sentence.start), (above, start)):
            found = [(m.span.start, m.name.text) for m in self.within(begin, end) if self._is_scope(m)]
            found += [(m.start(), "中国") for m in _NATIONWIDE.finditer(self.text, begin, end)]
            if found:
                return max(found)[1] if begin == sentence.start else min(found)[1]
        return self._province(start, place) or self.home or ("中国" if self.national else None)

    def _is_scope(self, name: Mention) -> bool:
        """A place whose industries are spoken of: no river, and no part of a list like 东部地区, 中部地区."""
        return name.type == "Place" and not _WATERS.search(name.name.text)

    def _province(self, start: int, place: int) -> str | None:
        """The province in whose name an organisation or project of the paragraph begins: 北京市政府, 北京科创中心."""
        provinces = lexicon("provinces")
        for name in self.within(start, place):
            for length in (3, 2):
                if entry := provinces.get(name.name.text[:length]):
                    return entry.value
        return None

    def _lines(self, sentence: Span) -> tuple[int, int]:
        """Where the line above a sentence's paragraph begins, and where the paragraph does."""
        low = max(0, sentence.start - _FAR)
        start = max(low, self.text.rfind("\n", low, sentence.start) + 1)
        return max(low, self.text.rfind("\n", low, max(low, start - 1)) + 1), start

    def place_of(self, phrase: str, place: int) -> Mention | None:
        """全市, 全省: the place named last before."""
        if phrase in ("全球", "全世界", "全行业"):
            return None
        before = bisect_left(self.places, place, key=lambda m: m.span.start)
        return self.places[before - 1] if before else None

    def begins_with_name(self, phrase: str, place: int) -> bool:
        """Does a phrase near `place` itself begin with a named thing, as 北京钢铁企业 does?"""
        near = self.within(max(0, place - 120), place + 1)
        return any(phrase.startswith(m.span.of(self.text)) for m in near)
