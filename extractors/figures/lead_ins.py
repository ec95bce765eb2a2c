"""Words before a number that are not its own: examples (地铁、高铁等|5条线路), a noun that points (该船|箱位数)."""

from __future__ import annotations

from extractors.figures.clause import Subject
from extractors.figures.context import Context
from extractors.figures.heads import holds, names_measure
from extractors.figures.phrases import cut_verb
from extractors.model import Span
from extractors.patterns import regex

# 绿色工厂、绿色园区等六部分|50条措施
_AND_MORE = regex(r"等(?:[一二两三四五六七八九十0-9]{1,2}个?(?:部分|方面|领域|类|大类))?.?$")
_LAST_OF_LIST = regex(r"、[^、，。和与的]{2,16}$")
_POINTS = regex("(?:[该此]|这[个座艘台款条项家架])$")
_SHORT = 5  # characters of a noun that points


def before_list(context: Context, left: Span) -> Span:
    """上线|地铁3号线、7号线等|5条新线: the list is what is counted, and none of it has the count."""
    text, phrase = context.text, left.of(context.text)
    first = phrase.find("、")
    ends = _AND_MORE.search(text, left.start, left.end + 1) if text.find("等", left.start, left.end + 1) >= 0 else None
    if ends is None and phrase.count("、") > 1:  # 乌东德、白鹤滩、三峡|3座水电站
        ends = _LAST_OF_LIST.search(text, left.start, left.end)
    if ends is None:
        return left
    item = Span(left.start, left.start + first if first >= 0 else max(left.start, ends.start()))
    whose, _, verb = cut_verb(text, item, context.names_in(item))
    return whose if verb else Span(left.start, left.start)


def pointed_holder(context: Context, left: Span) -> tuple[Subject, Span] | None:
    """该船|箱位数, 这个平台|养殖面积: what points, and what is measured of it."""
    text = context.text
    before = text[max(0, left.start - 3) : left.start]
    if not ("该" in before or "此" in before or "这" in before) or not _POINTS.search(before):
        return None
    for end in range(left.start + 1, min(left.start + _SHORT, left.end - 1)):
        noun, measure = text[left.start : end], text[end : left.end]
        if not (holds("该" + noun) and names_measure(measure)):
            continue
        if meant := context.meant(noun, left.start) or context.pointed("该" + noun, left.start):
            return meant, Span(end, left.end)
    return None
