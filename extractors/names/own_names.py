"""Where a project's own name begins: 国家能源集团|双江口水电站, 广东|狮子洋通道, 湖南长沙|湘府路过江通道.

The owner and the province before a name stand free of it, and so does the city after a province, when what is left
still names: 广东水资源配置工程, 山西中南部铁路通道 and 宁夏至湖南直流工程 keep theirs, and so do the municipalities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.names.endings import Candidate, is_generic, place_at
from extractors.patterns import regex

_OWNERS = ("companies", "ministries", "universities", "academies", "international", "associations")
_MUNICIPALITIES = ("北京", "上海", "天津", "重庆", "香港", "澳门")
# 甘肃|电投, 山东|港口: the province belongs to the company
_COMPANY = regex("[电能交建水城铁]投|能源|交[控建]|铁建|港口|投资|移动|联通|电信|电力|国网|重工|钢铁|有色")
# 山西|中南部铁路通道, 山东|半岛…, 浙江|±800千伏…, 湖北|重大项目: what does not name without its province
_LEANS = regex(
    r".{1,2}部|行蓄洪|洼地|半岛|[±0-9]|重[大点要]|标志性|在建|配套|主要|各类|一批|合作|民生|综合|[至到—－“-]"
)
_KEEPS_ITS_PROVINCE = regex(r"(?:平台|中心|网|网络|公园|智造城|软件园)$")
# 安阳|红旗渠机场, 邢台|变电站: named after its city
_KEEPS_ITS_CITY = regex(r"(?:机场|[东西南北]站|火车站|高铁站|港|变电站|换流站|热电厂|体育馆|中心)$")
# 山东石岛湾|核电基地扩建工程: a kind, which does not name without its place
_ONLY_A_KIND = regex("核电|风电|火电|水电|煤电|热电|光伏|储能|输变电|机场|港口|码头|供[水热]|污水|垃圾|灌区|矿")
_LONGEST_PROVINCE = 8
_ABBREVIATED = frozenset("俄美英法德日韩乌印")
# 马来西亚|东海岸铁路, 埃及|国家铁路网
_LEANS_ABROAD = regex(rf"^(?:{_LEANS.pattern}|[东西南北中国新老第])|[至到—－]")
# 艾伯塔省|贾斯珀国家公园
_FOREIGN_REGION = regex(r"[\u4e00-\u9fff·-]{2,8}?[州省道县]")


@lru_cache(maxsize=64)
def _owners(text: str) -> Mapping[int, int]:
    return {start: end for start, end, _ in matches(text, *_OWNERS)}


def owner_end(text: str, start: int) -> int:
    """Where an organisation ends that begins here: 特斯拉|上海超级工厂; `start` when there is none."""
    return _owners(text).get(start, start)


def own_start(text: str, start: int, found: Candidate) -> int:
    """Where the name itself begins in `found`, whose first word is an owner or a province or neither."""
    core_end = found.end - len(found.ending)
    start = _after_owner(text, start, core_end, found.strength)
    if found.strength in {"span", "line"}:
        start = _after_country(text, start, core_end)
    province = _province_end(text, start, core_end)
    if province == start or found.strength in {"facility", "named"} or _KEEPS_ITS_PROVINCE.search(found.ending):
        return start
    rest = text[province:core_end]
    if rest.startswith("段"):  # 银昆高速|宁夏段|乔家畈1号大桥
        return province + 1
    if not _names(rest) or _LEANS.match(rest) or _COMPANY.match(rest):
        return start
    city = place_at(text, province, core_end)
    named = text[city:core_end]
    free = (
        city > province
        and not _ONLY_A_KIND.match(named)
        and found.strength in {"span", "line"}
        and not _KEEPS_ITS_CITY.search(found.ending)
    )
    return city if free and _names(named, 3) and not re.search("^[0-9]|[至到—－]", named) else province


def _names(words: str, shortest: int = 2) -> bool:
    return len(words) >= shortest and not is_generic(words, "project_generic")


def _after_owner(text: str, start: int, end: int, strength: str) -> int:
    owner = owner_end(text, start)
    sheds = owner < end and strength in {"span", "line", "facility"}  # 比亚迪贵阳动力电池|项目 keeps its company
    return owner if sheds and _names(text[place_at(text, owner, end) : end]) else start


def _after_country(text: str, start: int, end: int) -> int:
    """俄罗斯罗斯托夫州|莫罗佐夫斯克机场, 日本|志贺核电站: an address abroad before what names by itself."""
    country = place_at(text, start, end, ("countries",))
    if (
        country == start
        and text[start] in _ABBREVIATED
        and place_at(text, start + 1, end, ("foreign_cities",)) > start + 1
    ):
        return start + 1  # 俄|库尔斯克火车站
    if country == start:
        return start
    steps, further = [country], country
    while step := next((p for p in range(further + 2, min(end, further + 8)) if place_at(text, further, p) == p), 0):
        steps.append(further := step)
    if further == country and (region := _FOREIGN_REGION.match(text, country, end)):
        steps.append(region.end())
    return next((p for p in reversed(steps) if _names(text[p:end]) and not _LEANS_ABROAD.search(text[p:end])), start)


def _province_end(text: str, start: int, end: int) -> int:
    """Where a province ends that begins here; `start` when there is none, or a municipality."""
    for length in range(min(_LONGEST_PROVINCE, end - start), 1, -1):
        word = text[start : start + length]
        if word in lexicon("provinces") and not word.startswith(_MUNICIPALITIES):
            return start + length
    return start
