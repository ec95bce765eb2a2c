"""Places: administrative divisions, countries, regions, waters, and what a suffix shows to be a place.

Three readings, one after the other: what a list knows; the short form of a county beside its parent (福建晋江);
a village, town, island or venue whose suffix says so (余村, 香樟街道). Homonyms are settled by the parent that stands
beside them or elsewhere in the article; where nothing settles them the name stays without a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.place_forms import by_suffix

DIVISIONS = ("provinces", "cities", "counties")
# The order settles a word that two lists hold: 甘南 is a prefecture before it is a county of 黑龙江.
LISTS = ("place_decoys", *DIVISIONS, "countries", "foreign_cities", "places")


@dataclass(frozen=True, slots=True)
class _Hit:
    """One listed word in the text; `code` is empty until the place is settled."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    unsafe: bool
    administrative: bool
    rule: str


def find_places(article: Article) -> Iterable[Mention]:
    """All places of an article, each with its full name and, where it is settled, its GB/T 2260 code."""
    return _places(article.text)


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[Mention, ...]:
    hits = [hit for hit in _listed(text) if not _is_part_of_a_name(text, hit)]
    ends = frozenset(hit.end for hit in hits)
    hits = [hit for hit in hits if not _is_a_direction(text, hit, ends)]
    known = frozenset(hit.codes[0] for hit in hits if len(hit.codes) == 1 and not hit.unsafe)
    found = list(_settled(text, hits, known))
    found += _enumerated_counties(text, known)
    found += _counties_at_a_pause(text, known)
    found += _in_the_capital(text)
    found += by_suffix(text, found)
    return tuple(found)


# ---- listed words ----------------------------------------------------------------------------------------------------


def _listed(text: str) -> Iterator[_Hit]:
    """Listed words, and right after each division the short form of a county of it (福建 + 晋江)."""
    skip_to = 0
    found = matches(text, *LISTS)
    ends = {start: end for start, end, _ in found}
    for start, end, entry in found:
        if start < skip_to:
            continue
        if entry.lexicon == "place_decoys":
            # 美丽江苏 holds 江苏, as its value says; most decoys hold no place at all
            if entry.value != entry.word:
                start = end - len(entry.value)
                hit = _hit(start, end, _division(entry.value))
                yield hit
            continue
        hit = _hit(start, end, entry)
        yield hit
        for child in _children_after(text, hit, ends):
            skip_to = child.end
            yield child


def _division(word: str) -> Entry:
    return next(lexicon(name)[word] for name in DIVISIONS if word in lexicon(name))


def _hit(start: int, end: int, entry: Entry) -> _Hit:
    return _Hit(
        start,
        end,
        entry.value,
        tuple(entry.code.split()),
        entry.note.startswith("unsafe"),
        entry.lexicon in DIVISIONS,
        f"listed in {entry.lexicon}",
    )


# 福建晋江、石狮 names two counties of 福建
_JOINED = re.compile(r"[、和及]")


def _children_after(text: str, parent: _Hit, listed: Mapping[int, int]) -> Iterator[_Hit]:
    """Short forms of counties that stand right after their province or city, also as a list."""
    if len(parent.codes) != 1 or not parent.administrative:
        return
    at = parent.end
    while child := _short_child(text, at, parent.codes[0]):
        if listed.get(at, 0) > child.end:
            return  # 青海祁连山 is no 祁连县
        yield child
        at = child.end
        if not _JOINED.match(text, at):
            return
        at += 1


_OF_A_LANDMARK = re.compile(r"[山寺岛](?![东西])")


def _short_child(text: str, at: int, parent_code: str) -> _Hit | None:
    children = _short_forms().get(_prefix(parent_code))
    if not children:
        return None
    for length in (5, 4, 3, 2):
        code = children.get(text[at : at + length])
        if code:
            full = _full_names()[code]
            if text.startswith(full, at) or _OF_A_LANDMARK.match(text, at + length):
                return None  # 通州区 is listed in full, 栖霞山 is no 栖霞区
            return _Hit(at, at + length, full, (code,), False, True, "county beside its parent")
    return None


@cache
def _full_names() -> Mapping[str, str]:
    """Full name of every division by code."""
    names: dict[str, str] = {}
    for name in DIVISIONS:
        for entry in lexicon(name).values():
            if entry.word == entry.value and not entry.note.startswith("已撤"):
                names.update(dict.fromkeys(entry.code.split(), entry.value))
    return MappingProxyType(names)


@cache
def _short_forms() -> Mapping[str, Mapping[str, str]]:
    """By code prefix of a province or city: short form of a county → its code. 和平, 公安 and the like are left out."""
    table: dict[str, dict[str, str]] = {}
    words, cities = lexicon("county_words"), lexicon("cities")
    for code, full in _full_names().items():
        short = _short(full)
        if code.endswith("00") or len(short) < 2 or short in words or short == full:
            continue
        if short in cities and cities[short].code[:2] == code[:2]:
            continue  # 湖南长沙 is the city, not 长沙县
        for prefix in (code[:2], code[:4]):
            table.setdefault(prefix, {})[short] = code
    return MappingProxyType(table)


_ENDING = re.compile(r"(?:自治[县旗]|新区|特区|林区|[区县市旗])$")
_PEOPLES = re.compile(
    r"(?:各族|蒙古|(?:哈萨克|塔吉克|鄂温克|达斡尔|土家|毛南|仫佬|布依|仡佬|哈尼|拉祜|布朗|普米|独龙|傈僳|纳西|撒拉|裕固|锡伯"
    r"|[满回畲苗侗瑶壮黎羌彝藏水傣佤白怒土])族?)+$"
)


def _short(full: str) -> str:
    """环江 for 环江毛南族自治县, 晋江 for 晋江市."""
    short = _ENDING.sub("", full)
    if "自治" in full:
        bare = _PEOPLES.sub("", short)
        return bare if len(bare) > 1 else short
    return short


def _prefix(code: str) -> str:
    """The part of a code that its children share: 32 for 320000, 3201 for 320100."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


# ---- what is no place although a list knows it -----------------------------------------------------------------------

# 上海话, 葡萄牙文, 中国队, 华北电网, 黄骅港, 云冈石窟; 吉林一号 is a satellite, 贵阳东、桂林西 are stations
_NOT_AFTER = re.compile(
    r"籍|话|菜|腔|语(?!言处)|文(?=[、版字])|队(?!伍)|电网|港(?![澳口区珠台])|站(?![位点在立上到])|机场|石窟|高铁站|火车站|[0-9一二三四五六七八九十]+号|[东西南北](?=站|[、等至])"
)
_DIRECTION = re.compile(r"[东西南北中]{2,3}部?$")


def _is_part_of_a_name(text: str, hit: _Hit) -> bool:
    return bool(_NOT_AFTER.match(text, hit.end))


def _is_a_direction(text: str, hit: _Hit, ends: frozenset[int]) -> bool:
    """华北中东部, 距离深圳西南约200公里: the direction belongs to the place before it."""
    return hit.start in ends and bool(_DIRECTION.match(text, hit.start, hit.end))


# ---- homonyms and unsafe short forms ---------------------------------------------------------------------------------


def _settled(text: str, hits: list[_Hit], known: frozenset[str]) -> Iterator[Mention]:
    before: tuple[int, str] | None = None  # end and code of the division that stands before
    for hit in hits:
        beside = before[1] if before and _adjacent(text, before[0], hit.start) else None
        code = _settle(hit.codes, beside, known)
        if hit.unsafe and not (code and (code in known or (beside and _related(code, beside)))):
            continue
        if hit.administrative and code:
            before = (hit.end, code)
        within = _full_names().get(_parent(code)) if code and len(hit.codes) > 1 else None
        yield Mention(Span(hit.start, hit.end), "Place", Name(hit.name, within=within, code=code), hit.rule)


def _adjacent(text: str, end: int, start: int) -> bool:
    """Contiguous, or the next item of a list: 江苏鼓楼区, 柳州、来宾."""
    return end == start or (end + 1 == start and text[end] in "、和及省市")


def _settle(codes: tuple[str, ...], beside: str | None, known: frozenset[str]) -> str | None:
    """The one code that context allows, or None."""
    if len(codes) <= 1:
        return codes[0] if codes else None
    if beside:
        inside = [code for code in codes if code.startswith(_prefix(beside))]
        if len(inside) == 1:
            return inside[0]
    for depth in (4, 2):
        near = [code for code in codes if any(k[:depth] == code[:depth] and k != code for k in known)]
        if len(near) == 1:
            return near[0]
    return None


def _related(code: str, beside: str) -> bool:
    """Parent and child, or two of one province: 广西来宾, 柳州、来宾."""
    return code[:2] == beside[:2]


def _parent(code: str) -> str:
    city = f"{code[:4]}00"
    return city if city in _full_names() and not code.endswith("00") else f"{code[:2]}0000"


# ---- 海淀、西城等区 --------------------------------------------------------------------------------------------------

_COUNTY_LIST = re.compile(
    r"""
    ((?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}?)  # 海淀、西城、石景山
    (?:等(?:沿线|周边|地|全[省市])?|(?=[0-9一二三四五六七八九十两多几]))  # 等, 等沿线, 三个
    (?:[0-9一二三四五六七八九十两多几]+个?)?  # 4个, 多个
    (?:区县|县区|县市|市县|市区|区|县|市)(?!域|场|民)
    """,
    re.VERBOSE,
)


def _enumerated_counties(text: str, known: frozenset[str]) -> Iterator[Mention]:
    """The items of a list that a word for counties closes; the first may have words before it (在海淀、西城等区)."""
    for match in _COUNTY_LIST.finditer(text):
        at = match.start(1)
        for item in match[1].split("、"):
            for cut in range(len(item) - 1):
                codes = _all_short_forms().get(item[cut:])
                code = _settle(codes, None, known) if codes else None
                if code:
                    span = Span(at + cut, at + len(item))
                    yield Mention(span, "Place", Name(_full_names()[code], code=code), "item of a list of counties")
                    break
            at += len(item) + 1


@cache
def _all_short_forms() -> Mapping[str, tuple[str, ...]]:
    """Short form → codes, common words too: where a list closes on 区县市 they are plain."""
    table: dict[str, list[str]] = {}
    for code, full in _full_names().items():
        if not code.endswith("00") and len(short := _short(full)) > 1:
            table.setdefault(short, []).append(code)
    return MappingProxyType({short: tuple(codes) for short, codes in table.items()})


# ---- 蓬莱的葡萄、沾化的冬枣 --------------------------------------------------------------------------------

_BETWEEN_PAUSES = re.compile(r"(?:(?<=[、，。；：\n])[在从到]?|(?<=[在从到赴是]))([\u4e00-\u9fff]{2,4}?)(?=[的，、。])")


def _counties_at_a_pause(text: str, known: frozenset[str]) -> Iterator[Mention]:
    """A county's short form all by itself, in an article that names its province or city."""
    words = lexicon("county_words")
    for match in _BETWEEN_PAUSES.finditer(text):
        codes = _all_short_forms().get(match[1])
        if not codes or match[1] in words or any(match[1] in lexicon(name) for name in LISTS):
            continue
        near = [code for code in codes if f"{code[:2]}0000" in known or f"{code[:4]}00" in known]
        if len(near) == 1:
            name = Name(_full_names()[near[0]], code=near[0])
            yield Mention(Span(*match.span(1)), "Place", name, "county of a named province")


# ---- 在京召开 --------------------------------------------------------------------------------------------------------

_CAPITALS = {"京": "110000", "沪": "310000", "津": "120000", "渝": "500000", "穗": "440100", "蓉": "510100"}
_ONE_CHARACTER = re.compile(
    r"""
    (?<=在)[京沪津渝穗蓉](?=举[行办]|召开|开[幕班]|闭幕|发布|成立|揭[牌晓幕]|签[署约]|启动|出席|会见|同|与|亮相|圆满|正式|[，。]|\n)
    | (?<=[赴抵离返进来])[京沪津渝穗蓉](?=[，。、参出会])
    """,
    re.VERBOSE,
)


def _in_the_capital(text: str) -> Iterator[Mention]:
    """Cities by their one-character name, where the verb around it leaves no doubt."""
    for match in _ONE_CHARACTER.finditer(text):
        code = _CAPITALS[match[0]]
        yield Mention(Span(*match.span()), "Place", Name(_full_names()[code], code=code), "city by one character")
