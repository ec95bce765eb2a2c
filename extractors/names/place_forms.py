"""Places that no list has, by their suffix: 天荒坪镇, 舜耕国际会展中心, 富满油田, 镰仓市.

The suffix shows what the thing is; the left edge must be plain too: a place right before it, a preposition (在, 来到),
or for venues a pause. Between the two stand 2 to 10 characters that hold none of the words of place_generic.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from extractors.lexicon import lexicon, matches, occurrences
from extractors.model import Mention, Name, Span
from extractors.names.boundary import edge_at, edge_starts, left_edge
from extractors.patterns import regex

_HAN = regex(r"[\u4e00-\u9fff]")
_LONGEST_STEM = 10
_LONGEST_NAME = 24

# 位于海淀公园, 走进余村; a bare 从, 到, 自 or 于 ends other words (有利于) or begins them (自营)
_PREPOSITION = regex(r"(?:(?<![存实正现])在|位于|坐落于|地处|来到|走进|前往|抵达|到达|途经|流经|奔赴|沿着|沿)$")
# 向乌尔昆纪念碑敬献花圈: a direction, which is edge enough for a venue only
_TOWARDS = regex(r"(?<![面走迈转方])向$")
# 、海淀公园, “…座位的体育馆”: enough for a venue, whose suffix is long
_PAUSE = regex(r"(?:^|[，。；：、（(“”！？\s的和与及])$")
# ，仁丰村|的农机手们
_OWNS = regex("的[\u4e00-\u9fff]|村民|党支部|党总支|位于|地处")
# 镇政府, 村民, 河长, 社区居民: the suffix belongs to a longer word
_LONGER_WORD = regex(
    r"[0-9国泊委级民庄长政党干貌容域流舞区街港海站体段道口岸水面床边畔里内底畅心群链化景畜产品企业人家寨落子城斯湾]"
    r"|村(?!委|民|支|党|医|干|史|里|书|主|口)|镇|乡|烈士|自然保护|支部|书记|医院|[小中]学|学校|银行|[\u4e00-\u9fff]{1,2}族[乡自]"
)
# 从武汉吴家山站开出: else 站 is a power station or a website
_DEPARTS = regex(r"开[出往行]|出发|始发|发车|驶出|首发|启程|缓缓")
_ARRIVES = regex(r"(?:抵达|到达|驶[入进抵]|开[往进]|终到|直达|停靠)$")
# 恩平15-1油田: fields at sea are named after a landmark and a block
_FIELD = regex(
    r"(?<![\u4e00-\u9fff])(?:在|的|对)?(?P<name>[\u4e00-\u9fff]{2,3}[0-9]{1,2}-[0-9](?:油田|气田|油气田|凝析气田))",
    only="[油气]田",
)
# 深圳—香港—广州城市群
_JOINED = regex(
    r"(?<![\u4e00-\u9fff])(?:在|中国)?"
    r"(?P<name>[\u4e00-\u9fff]{2,4}(?:[—–-]{1,2}[\u4e00-\u9fff]{2,4}){1,3}?(?:城市群|都市圈|经济带|走廊))",
    only="[—–-].{2,4}(?:城市群|都市圈|经济带|走廊)",
)


def by_suffix(text: str, listed: Sequence[Mention]) -> Iterator[Mention]:
    """Places by suffix; `listed` are the mentions that lists gave, whose ends are left edges."""
    found = list(_with_an_edge(text, listed))
    named: dict[str, Mention] = {}
    for mention in found:
        form = mention.span.of(text)
        if form not in named or named[form].name.within is None:
            named[form] = mention
    # 容桂街道 is the same with and without 顺德区 before it
    yield from (replace(mention, value=named[mention.span.of(text)].value) for mention in found)
    # once 成都大运村 is known, 大运村 needs no edge
    starts = {mention.span.start for mention in found}
    for start, end, form in occurrences(text, (form for form in named if len(form) > 2)):
        if start not in starts and not _LONGER_WORD.match(text, end):
            yield replace(named[form], span=Span(start, end))


def _with_an_edge(text: str, listed: Sequence[Mention]) -> Iterator[Mention]:
    ends = {m.span.end: m for m in listed}
    yield from _cities_abroad(text, listed)
    yield from _abroad_by_sound(text, listed)
    if "—" in text or "–" in text or "-" in text:
        for pattern in (_FIELD, _JOINED):
            for match in pattern.finditer(text):
                span = Span(*match.span("name"))
                yield Mention(span, "Place", Name(span.of(text)), "field or cluster by its form")
    suffixes = matches(text, "place_suffixes")
    inside = {at for m in listed for at in range(m.span.start, m.span.end)} if suffixes else ()
    for first, last, suffix in suffixes:
        kind = suffix.value
        # but in 谢家湾街道|民主村 the 民 begins the next name
        longer = _LONGER_WORD.match(text, last) and not (suffix.word == "街道" and text[last] == "民")
        longer = longer and not (len(suffix.word) > 2 and text[last] in "内里畔边")  # 国家级自然保护区|内
        if longer or last - 1 in inside:
            continue
        if kind == "station" and not (_DEPARTS.match(text, last) or _arrives(text, first, ends)):
            continue
        mention = _read(text, first, last, kind, ends)
        if mention:
            ends[mention.span.end] = mention  # 天荒坪镇 is the left edge of 余村
            yield mention


def _arrives(text: str, suffix: int, ends: Mapping[int, Mention]) -> bool:
    """抵达|长沙南站: the city before the station, and before it the verb."""
    city = next((ends[at] for at in range(suffix, suffix - 4, -1) if at in ends), None)
    return bool(city and _ARRIVES.search(text, max(0, city.span.start - 2), city.span.start))


@cache
def _generic() -> re.Pattern[str]:
    """Words no stem holds; those with the value stem only when they are all of it (城市公园, but 城市绿心公园)."""
    words = lexicon("place_generic")
    anywhere = "|".join(word for word, entry in words.items() if entry.value == word)
    alone = "|".join(word for word, entry in words.items() if entry.value == "stem")
    return re.compile(rf"{anywhere}|^(?:{alone})$|^(?:[至到就与和各港州从及其起等同线岸途因给口路巷看]|城(?!市))")


# 长城花园社区 is not in 长城, and 中国组合江… no river
_NO_PARENTS = {"settlement": "listed in places", "water": "listed in countries", "hill": "listed in countries"}


def _read(text: str, suffix: int, end: int, kind: str, ends: Mapping[int, Mention]) -> Mention | None:
    """Walk left from the suffix to the nearest edge."""
    for start in range(suffix, max(-1, suffix - _LONGEST_STEM - 1), -1):
        before = ends.get(start)
        if before and before.rule == _NO_PARENTS.get(kind):
            return None
        # 云南文山州的|龙树脚村
        of = text[start - 1 : start] == "的" and start - 1 in ends
        edge = "place" if before else "of" if of else _edge(text, start)
        sister = ends.get(start - 1) if edge == "pause" and text[start - 1] in "、和" else None
        if sister and sister.rule == f"{kind} by its suffix":  # 在河东村、|河西村
            edge = "preposition"
        if edge == "pause" and text[suffix:end] == "村" and _OWNS.match(text, end):
            edge = "owner"
        if edge:
            # 渤海|再获亿吨级大油田: a verb or a function word inside, and it is no name
            short = kind == "settlement" or start == suffix  # 三家村, 朱各庄镇
            plain = short or left_edge(text, suffix, start) <= start
            if start == suffix and kind == "reserve" and before and before.rule != "listed in places":
                return None  # 羌塘|国家级自然保护区, but 云南|自然保护区 is none
            fits = plain and _fits(text[start:suffix], kind, edge)
            return _mention(text, start, suffix, end, kind, before) if fits else None
        if start == 0 or not _HAN.match(text[start - 1]):
            return None
    return None


# 乡村, 农村, 重镇, 城镇, 小镇, 廊桥之乡
_COMMON = regex(r"[之返离乡村农山全新渔各本该城集市重小驻]$")
# 广州|邓山村, 云州区|坊城新村: after a place such a stem is a name
_COINED = regex(r"[^深大荒小高远名古沿半靠海][山]|[\u4e00-\u9fff]{2,3}[山新]")
# How long a stem each kind may have after each edge; an edge that is missing is none for the kind.
_STEMS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "venue": {"place": (0, 10), "preposition": (2, 10), "pause": (2, 5), "of": (2, 8)},
    "land": {"place": (2, 6), "preposition": (2, 5), "of": (2, 6)},
    "reserve": {"place": (0, 6), "preposition": (2, 5), "of": (2, 6)},
    "water": {"place": (2, 4), "preposition": (2, 3), "of": (2, 3)},
    "hill": {"place": (2, 3)},
    "settlement": {"place": (1, 5), "preposition": (2, 4), "of": (2, 4), "owner": (2, 3)},
    "station": {"place": (0, 3)},
    "area": {"place": (2, 8), "preposition": (2, 8)},
    "harbour": {"place": (0, 6)},  # 岚山|港区
}


def _fits(stem: str, kind: str, edge: str) -> bool:
    shortest, longest = _STEMS[kind].get(edge, (1, 0))
    if kind == "settlement" and _COMMON.search(stem) and not (edge == "place" and _COINED.fullmatch(stem)):
        return False
    return shortest <= len(stem) <= longest and not _generic().search(stem)


def _edge(text: str, start: int) -> str | None:
    if _PREPOSITION.search(text, max(0, start - 4), start):
        return "preposition"
    if _TOWARDS.search(text, max(0, start - 2), start):
        return "pause"
    if _PAUSE.search(text, max(0, start - 1), start):
        return "pause"
    return None


def _mention(text: str, start: int, suffix: int, end: int, kind: str, before: Mention | None) -> Mention | None:
    within = None
    if before:
        # 西湖公园 of 福州 lies in no 西湖: what only gives the name its stem holds nothing
        within = None if start == suffix and before.rule == "listed in places" else before.name.text
        # 济南舜耕国际会展中心 is one name, but in 赣州市长征广场 the city stands before it; 海淀公园 has no other stem
        short = before.span.of(text) != before.name.text or before.rule in ("listed in countries", "listed in places")
        # 西藏|布达拉宫广场: a province is where it lies, unless the name would be too short without it (福建会堂)
        province = (before.name.code or "").endswith("0000") and not text.startswith("市", before.span.end - 1)
        short = short and not (province and kind == "venue" and suffix - start >= 3)
        part = before.rule.endswith("by its suffix") and not before.rule.startswith("settlement")
        part = part and end - before.span.start <= _LONGEST_NAME
        larger = before.rule == "listed in places" and kind in ("land", "reserve")  # 黄河三角洲国家级自然保护区
        if (short and kind in ("venue", "area")) or larger or part or start == suffix:
            start = before.span.start
    if end - start > _LONGEST_NAME:
        return None
    span = Span(start, end)
    return Mention(span, "Place", Name(span.of(text), within=within), f"{kind} by its suffix")


# ---- cities abroad ---------------------------------------------------------------------------------------------------

# 韩国安城市, 日本富山县高冈市; not 日本城市, 美国多个城市, 德国股市
_CITY = regex(
    r"""
    (?:[\u4e00-\u9fff]{2,3}[县州府道])?
    (?P<name>
        (?![一二三多各大小中两主几数]) (?:(?![在和与的等于])[\u4e00-\u9fff]){2,5}? (?<![城都股超楼夜集]) 市
      | (?![一二三多各大小中两主几数等]) [\u4e00-\u9fff] 城市
    )
    (?![场民值区长政委面群化])
    """,
    re.VERBOSE,
)
# 沃罗涅日州, 雷克雅内斯半岛: three characters that carry sound, and what the place is
_BEFORE_SOUNDS = regex(r"[部国区省州市县俄乌美的]$")


@cache
def _by_sound() -> re.Pattern[str]:
    sounds = "".join(lexicon("transliteration"))
    return re.compile(
        rf"[{sounds}](?=[{sounds}])(?:(?<!奥(?=林匹克))[{sounds}]{{2,7}}"
        r"(?:州|省|市|镇|半岛|群岛|岛|郡|湖|湾|河|海峡|口岸|大区|城)(?![长级民立市乡])"
        rf"|[{sounds}]{{2,7}}地区|[{sounds}]{{1,7}}(?:火山|难民营|定居点))"
    )


@cache
def _city_by_sound() -> re.Pattern[str]:
    """南部城市|斯代罗特, 首府|菲尼克斯"""
    sounds = "".join(lexicon("transliteration"))
    return re.compile(rf"(?:城市|首府|小镇|港市|重镇)(?P<name>(?!马拉松)[{sounds}]{{3,8}})")


def _abroad_by_sound(text: str, listed: Sequence[Mention]) -> Iterator[Mention]:
    sounding, cities = [*_by_sound().finditer(text)], [*_city_by_sound().finditer(text)]
    if not sounding and not cities:
        return
    taken = {at for m in listed if m.name.code for at in range(m.span.start, m.span.end)}
    ends = {m.span.end for m in listed}
    whole = {m.span.start: m for m in listed}
    countries = (m.span for m in listed if m.rule == "listed in countries")
    within = {at: span.end for span in countries for at in range(span.start + 1, span.end)}
    for match in cities:
        span = Span(*match.span("name"))
        long = span.end - span.start >= 4
        if (long or edge_starts(text, span.end)) and span.start not in whole:
            yield Mention(span, "Place", Name(span.of(text)), "city abroad by its sound")
    for match in sounding:
        start = within.get(match.start(), match.start())  # 俄罗斯|库尔斯克州
        while start in whole and whole[start].rule == "listed in countries":
            start = whole[start].span.end  # 乌克兰|苏梅州
        if match.end() - start < 3 or (
            text[match.end() - 1] in "市镇" and start in whole and whole[start].span.end >= match.end() - 1
        ):
            continue  # 日本|福岛, 莫斯科|市
        plain = start in ends or edge_at(text, start) or _BEFORE_SOUNDS.search(text, max(0, start - 1), start)
        if plain and taken.isdisjoint(range(*match.span())) and not _generic().search(match[0]):
            known = whole.get(start)  # 顿涅茨克|地区 is 顿涅茨克
            same = known and known.span.end == match.end() - 2 and match[0].endswith("地区")
            name = known.name if known and same else Name(text[start : match.end()])
            yield Mention(Span(start, match.end()), "Place", name, "place abroad by its sound")


_SAME_CITY = regex(r"市(?![场民值区长政委面]|中心)")


def _cities_abroad(text: str, listed: Sequence[Mention]) -> Iterator[Mention]:
    """镰仓市 for a listed 镰仓, and after a country the name of a city that no list has."""
    starts = {m.span.start for m in listed}
    for mention in listed:
        at = mention.span.end
        if mention.rule == "listed in foreign_cities" and _SAME_CITY.match(text, at):
            yield Mention(Span(mention.span.start, at + 1), "Place", mention.value, "city abroad")
            continue
        region = mention.rule == "listed in foreign_cities" and text[at - 1] in "县州省府"  # 鹿儿岛县|萨摩川内市
        if (region or mention.rule == "listed in countries") and at not in starts and (match := _CITY.match(text, at)):
            span = Span(*match.span("name"))
            if not _generic().search(match["name"]):
                yield Mention(span, "Place", Name(match["name"], within=mention.name.text), "city abroad")
