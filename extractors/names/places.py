"""Places: administrative divisions, countries, regions, waters, and what a suffix shows to be a place.

Three readings, one after the other: what a list knows; the short form of a county beside its parent (福建晋江);
a village, town, island or venue whose suffix says so (余村, 香樟街道). Homonyms are settled by the parent that stands
beside them or elsewhere in the article; where nothing settles them the name stays without a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.names.boundary import edge_at, edge_starts
from extractors.names.county_lists import counties_at_a_pause, enumerated_counties, in_the_capital
from extractors.names.divisions import (
    DIVISIONS,
    full_names,
    name_of,
    prefix,
    settle,
    short_forms,
    short_forms_within,
    short_openings,
)
from extractors.names.place_forms import by_suffix
from extractors.names.stations import find_stations
from extractors.patterns import regex

# The order settles a word that two lists hold: 甘南 is a prefecture before it is a county of 黑龙江.
LISTS = ("place_decoys", *DIVISIONS, "countries", "foreign_cities", "places")


@dataclass(slots=True)  # frozen takes three times as long to make, and there are many
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
    hits = list(_listed(text))
    starts = frozenset(hit.start for hit in hits)
    hits = [hit for hit in hits if not _is_part_of_a_name(text, hit, starts)]
    ends = frozenset(hit.end for hit in hits)
    hits = [hit for hit in hits if hit.name != "中国" or _is_the_country(text, hit)]
    hits = [hit for hit in hits if not (_is_a_direction(text, hit, ends) or _has_no_edge(text, hit, ends))]
    known = frozenset(hit.codes[0] for hit in hits if len(hit.codes) == 1 and not hit.unsafe)
    found = list(_settled(text, hits, known))
    found += enumerated_counties(text, known)
    found += counties_at_a_pause(text, known, LISTS)
    found += in_the_capital(text)
    found += find_stations(text)
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
                start += entry.word.index(entry.value)
                yield _hit(start, start + len(entry.value), _known(entry.value))
            continue
        if entry.word[0] == "日" and text[start - 1 : start].isdigit():  # 自7日|本轮冲突以来 holds no 日本
            continue
        hit = _hit(start, end, entry)
        yield hit
        for child in _children_after(text, hit, ends):
            skip_to = child.end
            yield child


def _known(word: str) -> Entry:
    return next(lexicon(name)[word] for name in LISTS[1:] if word in lexicon(name))


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
_JOINED = regex(r"[、和及]")


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


_PAUSE_AFTER = regex("[，。、的]")
# 广州海珠|湿地, 福建武夷山|国家公园
_OF_A_LANDMARK = regex(r"[山寺岛](?![东西])|湿地|古[镇城村]|国家(?:湿地|森林|地质)?公园|石窟")


def _short_child(text: str, at: int, parent_code: str) -> _Hit | None:
    if text[at : at + 2] not in short_openings():
        return None
    children = short_forms_within().get(prefix(parent_code))
    if not children:
        return None
    for length in range(min(5, len(text) - at), 1, -1):
        code = children.get(text[at : at + length])
        if not code and _PAUSE_AFTER.match(text, at + length):  # 江苏盐城|大丰，
            inside = [c for c in short_forms().get(text[at : at + length], ()) if c.startswith(prefix(parent_code))]
            code = inside[0] if len(inside) == 1 and not parent_code.endswith("0000") else None
        if code:
            full = full_names()[code]
            if text.startswith(full, at) or _OF_A_LANDMARK.match(text, at + length):
                return None  # 通州区 is listed in full, 栖霞山 is no 栖霞区
            if full.endswith("山区") and full[:-1] in lexicon("places"):
                return None  # 山东泰山 is the mountain, not 泰山区
            return _Hit(at, at + length, full, (code,), False, True, "county beside its parent")
    return None


# ---- what is no place although a list knows it -----------------------------------------------------------------------

_NOT_AFTER = regex(
    r"""
    籍 | 话 | 菜 | 腔 | 语(?!言处) | 文(?=[、版字])  # 上海话, 葡萄牙文
  | 队(?!伍) | 电网  # 中国队, 华北电网
  | 港(?![澳口区珠台]) | 机场 | 站(?![位点在立上到]) | 高铁站 | 火车站 | [东西南北](?=站|[、等至])  # 黄骅港, 桂林西
  | 石窟 | [路巷](?:街道|社区|[0-9])  # 云冈石窟, 嘉兴路街道
  | [0-9一二三四五六七八九十]+号  # 吉林一号 is a satellite
  | 大屠杀 | 裔  # 南京大屠杀, 非洲裔
  | 航空(?=公司|[的，。、]|航班|集团|宣布|表示)  # 布鲁塞尔航空
    """,
    re.VERBOSE,
)
_DIRECTION = regex(r"[东西南北中]{2,3}部?$")
# 湛江东海|岛, 盘锦红海|滩, 漠河北极|村 are no seas and no pole
_NOT_THE_SEA = regex(r"(?<=[海极])[岛湾滩村镇](?!礁)")
# 位台岛以|东海空域: east of the island, no 东海
_SIDE_OF = regex("[东南西北](?:海空域|海域|空域)")
# 沿河两岸, 黄河两岸: banks, not the two sides of the strait
_BANKS = regex(r"(?:[河江溪渠沟湖口湾浦]|(?<!台湾海)峡)两岸$")
# 乐|丰镇: the short name of 丰镇市 ends like a town
_LIKE_A_TOWN = regex("[镇乡村]$")
# 霞浦县三沙镇 is not in 三沙市
_TOWN = regex(r"[镇乡](?![村镇土亲长级]|[东南西北]村)")
# 示范县, 创新县, 市和县: a county of one character needs an edge before it
_EDGE = regex(r"[，。；：、（“！？\s在于从到赴至往]")


def _is_part_of_a_name(text: str, hit: _Hit, starts: frozenset[int]) -> bool:
    # 中原区域, 和县域: 区 and 县 begin the next word
    if _NOT_AFTER.match(text, hit.end) or text.startswith(("区域", "县域"), hit.end - 1):
        return True
    short = hit.end - hit.start < len(hit.name) or hit.rule == "listed in places"  # 周口店镇 is more than the site
    if hit.rule == "listed in counties" and short and text.startswith("湿地", hit.end):
        return True  # 海珠|湿地 is but a part of 海珠区
    if text[hit.start - 1 : hit.start] == "以" and _SIDE_OF.match(text, hit.start):
        return True
    if hit.rule == "listed in places" and _NOT_THE_SEA.match(text, hit.end):
        return True
    if short and _TOWN.match(text, hit.end) and hit.end not in starts:  # but 扬州|镇江 are two cities
        return True
    if short and hit.administrative and _LIKE_A_TOWN.search(text, hit.start, hit.end):
        return bool(hit.start and not edge_at(text, hit.start))
    return text.endswith("岸", 0, hit.end) and bool(_BANKS.search(text, max(0, hit.start - 3), hit.end))


def _has_no_edge(text: str, hit: _Hit, ends: frozenset[int]) -> bool:
    if not hit.administrative or hit.end - hit.start > 2 or text[hit.end - 1] not in "县市":
        return False
    plain = hit.start == 0 or hit.start in ends or bool(_EDGE.match(text, hit.start - 1))
    return not plain or text.startswith("级", hit.end)


# 美丽中国, 健康中国, 一个中国原则 are goals and principles
_GOAL = regex(
    r"(?:美丽|健康|数字|平安|法治|创新|质量|网络|智慧|幸福|书香|诗意|航天|体育|教育|交通|海洋|一个|活力|开放|数智)$"
)


def _is_the_country(text: str, hit: _Hit) -> bool:
    """中国对外开放, 在中国、美国; in 中国青年, 中国式现代化 and 美丽中国 the word is but part of another."""
    return edge_starts(text, hit.end) and not _GOAL.search(text, max(0, hit.start - 2), hit.start)


_WINDS = frozenset({"东北", "西北", "西南"})


def _is_a_direction(text: str, hit: _Hit, ends: frozenset[int]) -> bool:
    """华北中东部, 距离深圳西南约200公里, 由西南向东北: a side of the place before it, or where something moves."""
    if hit.start in ends and _DIRECTION.match(text, hit.start, hit.end):
        return True
    around = text[max(0, hit.start - 1) : hit.start], text[hit.end : hit.end + 1]
    return text[hit.start : hit.end] in _WINDS and (
        (around[0] or "。") in "偏向由朝呈" or (around[1] or "。") in "向偏至侧角"
    )


# ---- homonyms and unsafe short forms ---------------------------------------------------------------------------------


def _settled(text: str, hits: list[_Hit], known: frozenset[str]) -> Iterator[Mention]:
    before: tuple[int, str] | None = None  # end and code of the division that stands before
    for hit, after in zip_longest(hits, hits[1:]):
        beside = before[1] if before and _adjacent(text, before[0], hit.start) else None
        code = settle(hit.codes, beside, known)
        if hit.unsafe and not (code and (code in known or _has_neighbour(text, hit, code, beside, after))):
            continue
        if hit.administrative and code:
            before = (hit.end, code)
        name = name_of(code) if code and full_names().get(code) == hit.name else Name(hit.name, code=code)
        yield Mention(Span(hit.start, hit.end), "Place", name, hit.rule)


_LINE = regex("(?:城际|高速)?(?:铁路|高铁|公路|高速|段|区间|航线|间|的?(?:列车|动车|航班))")


_BEGINS_A_CLAUSE = frozenset(("，", "。", "；", "\n"))
_SCENE = regex("(?:^|[，。；\n])在$")
_ACTS = regex("累计|共接待|预计|全市|新增|出台|实现(?:地区)?生产总值")
_SETTLEMENT = regex("[一-龥]{2,3}(?:社区|街道|[村镇])")


def _has_neighbour(text: str, hit: _Hit, code: str, beside: str | None, after: _Hit | None) -> bool:
    """Beside its parent or another of its province: 广西来宾, 柳州、来宾, 中山、江门."""
    if beside:
        return code[:2] == beside[:2]
    if after and after.start == hit.end and any(c[:4] == code[:4] for c in after.codes):
        return True  # 中卫|沙坡头区
    if text[hit.start - 1 : hit.start] in _BEGINS_A_CLAUSE and _ACTS.match(text, hit.end):
        return True  # ，中山|累计接待旅客
    if text[hit.start - 1 : hit.start] == "在" and _SETTLEMENT.match(text, hit.end):
        return True  # 在山南|克松社区
    if _SCENE.search(text, max(0, hit.start - 2), hit.start) and text[hit.end : hit.end + 1] == "，":
        return True  # 。在吴忠|，
    if after and _is_a_line(text, hit, after):
        return True
    follows = after and after.start == hit.end + 1 and text[hit.end] in "、和及与到至"
    return bool(follows and after and not after.unsafe and any(c[:2] == code[:2] for c in after.codes))


def _is_a_line(text: str, hit: _Hit, after: _Hit) -> bool:
    """从日照至兰考, 日照至兰考高铁."""
    joined = after.start == hit.end + 1 and text[hit.end] in "至到"
    return joined and (text[hit.start - 1 : hit.start] in {"从", "由"} or bool(_LINE.match(text, after.end)))


def _adjacent(text: str, end: int, start: int) -> bool:
    """Contiguous, or the next item of a list: 江苏鼓楼区, 柳州、来宾."""
    return end == start or (end + 1 == start and text[end] in "、和及与到至省市")
