"""Counties by short forms in lists (海淀、西城等区), at pauses (蓬莱的葡萄), and cities by one character (在京召开)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.lexicon import lexicon
from extractors.model import Mention, Span
from extractors.names.divisions import name_of, settle, short_forms
from extractors.patterns import regex

# ---- 海淀、西城等区 --------------------------------------------------------------------------------------------------

_COUNTY_LIST = regex(
    r"""
    ((?:[\u4e00-\u9fff]{2,4}、){1,20}[\u4e00-\u9fff]{2,4}?)  # 海淀、西城、石景山
    (?:等(?:沿线|周边|地|全[省市])?|(?=[0-9一二三四五六七八九十两多几]))  # 等, 等沿线, 三个
    (?:[0-9一二三四五六七八九十两多几]+个?)?  # 4个, 多个
    (?:区县|县区|县市|市县|市区|区|县|市)(?![域场民级])
    """,
    re.VERBOSE,
)


# How such a list ends, which is quicker to look for.
_LIST_END = regex(
    "[等0-9一二三四五六七八九十两多几](?:沿线|周边|地|全[省市])?(?:[0-9一二三四五六七八九十两多几]{1,8}个?)?(?:[区县](?!域)|市)(?![场民级])"
)


def enumerated_counties(text: str, known: frozenset[str]) -> Iterator[Mention]:
    """The items of a list that a word for counties closes; the first may have words before it (在海淀、西城等区)."""
    for match in _COUNTY_LIST.finditer(text) if "、" in text and _LIST_END.search(text) else ():
        at = match.start(1)
        for item in match[1].split("、"):
            for cut in range(len(item) - 1):
                codes = short_forms().get(item[cut:])
                code = settle(codes, None, known) if codes else None
                if code:
                    span = Span(at + cut, at + len(item))
                    yield Mention(span, "Place", name_of(code), "item of a list of counties")
                    break
            at += len(item) + 1


# ---- 蓬莱的葡萄、沾化的冬枣 --------------------------------------------------------------------------------

_BETWEEN_PAUSES = regex(
    r"(?<=[、，。；：\n在从到赴是])"  # once for both: most places are passed over at the first look
    r"(?:(?<=[、，。；：\n])[在从到]?|(?<=[在从到赴是]))([\u4e00-\u9fff]{2,4}?)(?=[的，、。]|[两三四五六七八九]大)"
)


def counties_at_a_pause(text: str, known: frozenset[str], lists: Sequence[str]) -> Iterator[Mention]:
    """A county's short form all by itself, in an article that names its province or city."""
    words = lexicon("county_words")
    for match in _BETWEEN_PAUSES.finditer(text) if known else ():
        codes = short_forms().get(match[1])
        if not codes or match[1] in words or any(match[1] in lexicon(name) for name in lists):
            continue
        near = [code for code in codes if f"{code[:2]}0000" in known or f"{code[:4]}00" in known]
        if not near and text[match.start() - 1] == "、":  # 深圳…横琴、前海、南沙三大平台
            near = [code for code in codes if any(k[:2] == code[:2] for k in known)]
        if len(near) == 1:
            yield Mention(Span(*match.span(1)), "Place", name_of(near[0]), "county of a named province")


# ---- 在京召开 --------------------------------------------------------------------------------------------------------

_CAPITALS = {"京": "110000", "沪": "310000", "津": "120000", "渝": "500000", "穗": "440100", "蓉": "510100"}
_ONE_CHARACTER = regex(
    r"""
    [京沪津渝穗蓉]
    (?: (?<=在.)(?=举[行办]|召开|[开闭]幕|开班|发布|成立|揭[牌晓幕]|签[署约]|启动|出席|会见|[同与]|亮相|圆满|正式
                    |[，。]|\n)
      | (?<=[赴抵离返进来].)(?=[，。、参出会]) )
    """,
    re.VERBOSE,
)


def in_the_capital(text: str) -> Iterator[Mention]:
    """Cities by their one-character name, where the verb around it leaves no doubt."""
    for match in _ONE_CHARACTER.finditer(text):
        yield Mention(Span(*match.span()), "Place", name_of(_CAPITALS[match[0]]), "city by one character")
