"""What an article has spoken of so far: the entity that a clause without a subject is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.metrics import Subject, holds
from extractors.model import Mention, Span

_REGION = re.compile(r"(?:地区|全境|境内|全[省市区县州]|市场|方面|已|共|还|今年|计划|将|有|[的，、”了])+")
_NATIONAL = re.compile(r"我国|全国|国家统计局|海关总署|商务部|财政部|中国")
_SAYS = re.compile(r"[^，,；;。]{0,12}(?:发布|公布|数据|获悉|介绍|表示|消息|统计|通报|预测|预计|了解到|透露)")
# Such a noun stands for something that was named before: 会议共邀请97位报告人
_ANAPHORIC = frozenset(
    "会议 大会 论坛 活动 项目 工程 本次活动 展会 博览会 峰会 本届大会 本届 企业 公司 基地 平台 园区 隧道 大桥 铁路 通道 机场 电站 该项目 该工程 "
    "政策 方案 规划 通知 意见 办法 计划 措施 这 该 现场 会上 会 我们 他们 各地 当地 这里".split()
)
_RANK = {"Event": 0, "Project": 0, "Programme": 1, "Policy": 1, "Place": 2, "Organization": 2, "Product": 1, "Work": 3}


class Context:
    """The named things of an article in text order."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self.names = sorted((m for m in names if m.name.kind != "Media"), key=lambda m: m.span)

    def within(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.names if start <= m.span.start and m.span.end <= end]

    def named(self, span: Span) -> Mention | None:
        """The entity that a phrase is: 北京, 北京地区, 由北京市; not the one it only begins with (北京冷链企业)."""
        for name in self.within(span.start, span.end):
            if name.span.end == span.end:
                return name
            rest = self.text[name.span.end : span.end]
            if name.span.start - span.start <= 2 and (_REGION.fullmatch(rest) or not holds(rest) and len(rest) < 8):
                return name
        return None

    def said(self, phrase: str) -> Subject:
        """A noun phrase as a subject; None when it only points back or is no noun phrase."""
        phrase = phrase.strip("“”的，、")
        if phrase in ("我国", "全国", "国内", "中国"):
            return "中国"
        if phrase in _ANAPHORIC or not holds(phrase):
            return None
        for nation in ("我国", "全国", "国内"):
            if phrase.startswith(nation):
                return "中国" + phrase[len(nation) :]
        return phrase

    def clause_before(self, place: int) -> Span | None:
        return None

    def topic(self, sentence: Span, place: int) -> Subject:
        """The entity that the sentence speaks of before `place`."""
        found = [m for m in self.within(sentence.start, place) if not self._speaks(m)]
        if not found:
            if re.search(r"我国|全国", self.text[sentence.start : place]):
                return "中国"
            return None
        return min(found, key=lambda m: _RANK.get(m.type, 3))

    def _speaks(self, name: Mention) -> bool:
        """国家统计局发布, 海关总署数据显示: who says it is not who it is about."""
        return name.type == "Organization" and bool(_SAYS.match(self.text, name.span.end))

    def scope(self, sentence: Span, place: int) -> str | None:
        """The country or place whose 新能源汽车 or 高技术产业 are spoken of at `place`."""
        start = self.text.rfind("\n", 0, sentence.start) + 1
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        for begin, end in ((sentence.start, place), (start, sentence.start), (above, start)):
            found = [(m.span.start, m.name.text) for m in self.within(begin, end) if m.type == "Place"]
            found += [(m.start(), "中国") for m in re.finditer(r"我国|全国", self.text[begin:end])]
            if found:
                return max(found)[1] if begin == sentence.start else min(found)[1]
        return None

    def headline_topic(self, sentence: Span) -> Subject:
        """The entity named earlier in the paragraph, or in the line above it."""
        start = self.text.rfind("\n", 0, sentence.start) + 1
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        found = [m for m in self.within(start, sentence.start) or self.within(above, start) if not self._speaks(m)]
        return min(found, key=lambda m: _RANK.get(m.type, 3)) if found else None

    def nation(self, sentence: Span) -> Subject:
        start = self.text.rfind("\n", 0, sentence.start) + 1
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        return "中国" if _NATIONAL.search(self.text, above, sentence.end) else None

    def within_phrase(self, phrase: str) -> bool:
        """Does the phrase itself begin with a named thing, as 北京钢铁企业 does?"""
        return any(phrase.startswith(self.text[m.span.start : m.span.end]) for m in self.names)

    def place_of(self, phrase: str, place: int) -> Subject:
        """全市, 全省: the place named last before."""
        if phrase in ("全球", "全世界", "全社会", "全行业"):
            return None
        found = [m for m in self.names if m.type == "Place" and m.span.end <= place]
        return found[-1] if found else None
