"""Is a number the amount of a rise or fall (增长8.9%), or a level that was reached (提高到80%)?"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.lexicon import lexicon
from extractors.model import Change
from extractors.patterns import regex, searching

_BREAK = "，,；;。：:！？!?\n（）()"

# Words for a moment before: only against one's own past is 高于 or 快 a rise (高于上年同期 against 高于全国).
_PAST = regex(r"[去上前昨今本]年|同期|年|月|季度|上届|首届|此前|以往|原[来先]|改革前|过去|上次|上期|常年|疫情前")


@lru_cache(maxsize=1)
def _words() -> str:
    return "|".join(sorted(map(re.escape, lexicon("change_words")), key=len, reverse=True))


@lru_cache(maxsize=1)
def _moves() -> frozenset[str]:
    """Letters of which one stands in whatever tells of a change: most clauses hold none, and are not searched."""
    return frozenset([*(word[0] for word in lexicon("change_words")), *"比较高快低少慢增减降节调缩压削提"])


@lru_cache(maxsize=1)
def _adjacent() -> re.Pattern[str]:
    """增长, 增长了, 增长均, 增速达到, 增幅分别为: the change word just before the number, at most a filler between."""
    return re.compile(
        rf"""(?:
            (?P<word>{_words()})                         # 增长, 降低
            (?:了|幅度)?                                  # 提高了, 降低幅度
            {_FILLER}
            (?:约?(?:高达|达到了|达到|达|可达))?            # 增长达; but not 提高到
            (?:了|约|均|都|分别)?
          | (?P<noun>[\u4e00-\u9fff]{{0,2}}(?:{_nouns()}))  # 增速, 涨幅, 增油量
            {_FILLER}
            (?:基本|大体)?(?:高达|达到了|达到|达|可达|约?为|是|在|保持在|稳定在|维持在|控制在|仍?有)?
            (?:了|约|均|都|分别)?
        )$""",
        re.VERBOSE,
    )


_FILLER = "(?:均|都|也|仅|只|又|已|将|可|共|累计|合计|平均|预计|有望|双双|各|就){0,2}(?:分别|依次)?"


def _nouns() -> str:
    words = (w for w, entry in lexicon("change_words").items() if entry.note.startswith("the name of"))
    return "|".join(sorted(words, key=len, reverse=True))


# 减少二氧化碳排放120吨, 下调存款利率0.2个百分点: the verb, what it changes, the amount
_GOVERNING = searching(
    r"""(?P<word>(?<!发行)新增设?|净增加?|增加|增产|增收|多增|减少|降低|节约|节省|下调|上调|缩短|压减|压降|削减|提升|提高|增发|减排|减碳)
        (?!到|至|为|了?以|值|的|改造)
        (?P<object>[^，,；;。：:]{1,24})$""",
    re.VERBOSE,
)
_LEVEL = regex(r"[到至占]|达到|为|的$|比重|增[长速]|共|覆盖|规模|[0-9](?!级)")

# 增速比上年快2个百分点, 高于上年同期1.2个百分点, 比去年峰值高出3亿千瓦时
_COMPARED = regex(
    r"""(?:
        (?:比|较)(?P<than>[^，,；;。]{1,24}?)(?:(?<!加)(?P<up>快|(?<![提增升])高出?|(?<!增)多出?|(?<![扩增加])大)|(?P<down>(?<!降)低|(?<![减缩])少|慢))了?
      | (?P<beyond>高于|高出|快于|低于|少于|慢于)(?P<over>[^，,；;。]{1,24})
        )$""",
    re.VERBOSE,
)
_FALLING = ("低于", "少于", "慢于")

# 产值增幅较大，分别达到1.2倍: the growth word stands a clause before
_CLAUSE_BEFORE = regex(
    r"(?:增幅|增速|涨幅|增长)(?P<fall>)[^，,；;。]{0,6}[，,]分别(?:达到?|为|是|约)?$|(?:降幅|跌幅)[^，,；;。]{0,6}[，,]分别(?:达到?|为|是|约)?$"
)


def change_before(text: str, start: int) -> Change | None:
    """The direction of the change whose amount begins at `start`, or None for a level.

    >>> [change_before(t, len(t)) for t in ("产量同比增长", "比重提高到", "预计减少碳排放", "高于上年", "高于全国")]
    ['+', None, '-', '+', None]
    """
    begin = start
    while begin > 0 and start - begin < 48 and text[begin - 1] not in _BREAK:
        begin -= 1
    before = text[begin:start]
    if not _moves().isdisjoint(before):
        if found := _COMPARED.search(before):
            return _against_past(found)
        if found := _adjacent().search(before):
            return _direction(found["word"] or next(n for n in _nouns().split("|") if n in found["noun"]))
        if verb := _governing(before):
            return _direction(verb)
    earlier = text[max(0, start - 40) : start]
    if "分别" in earlier and (found := _CLAUSE_BEFORE.search(earlier)):
        return "-" if found["fall"] is None else "+"
    return None


def _direction(word: str) -> Change:
    return "-" if lexicon("change_words")[word].value == "-" else "+"


def _governing(before: str) -> str | None:
    found = _GOVERNING.search(before)
    return found["word"] if found and not _LEVEL.search(found["object"]) else None


def governed(phrase: str) -> tuple[int, int] | None:
    """Where the verb of change begins and where its object does: 每年可|减少|二氧化碳排放.

    >>> governed("每年可减少二氧化碳排放"), governed("二氧化碳排放")
    ((3, 5), None)
    """
    found = _GOVERNING.search(phrase)
    return (found.start("word"), found.start("object")) if found and not _LEVEL.search(found["object"]) else None


def governs(text: str, start: int) -> bool:
    """Does a verb of change stand before the thing that the number at `start` measures, as in 新增耕地8000万亩?"""
    return _governing(text[max(0, start - 36) : start].rsplit("，", 1)[-1].rsplit("。", 1)[-1]) is not None


def _against_past(found: re.Match[str]) -> Change | None:
    """+ or - when the comparison is with an earlier time, None when it is with somebody else."""
    if found["beyond"] and found["over"].endswith("的"):  # 高于上次预测的5% is a level
        return None
    against = found["than"] if found["beyond"] is None else found["over"]
    if not _PAST.search(against or ""):
        return None
    return "-" if found["down"] or found["beyond"] in _FALLING else "+"
