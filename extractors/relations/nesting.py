"""Which place lies in which: 江苏泰州, 广东珠海和江门, 在山东，蓬莱的葡萄…; things named after their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import lexicon
from extractors.model import Mention, Modality, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, PARK, Line, letter
from extractors.relations.grammar import PARTS, pattern, roles

_WORK = LETTERS["Project"]
_NATURE = regex(r"(?:[江河湖海湾洋]|[上中下]游|流域|山脉?|山区|高原|平原|盆地|半岛|海峡|水道|走廊|经济带|城市群)$")
# 长江江苏段, 新疆自贸区喀什片区: the name goes on
_STRETCH = regex(r"段|[东西南北左右]岸|片区|境内|方向|至|—|沿线|沿岸|流域|[上中下]游|沿江|两岸|以[东西南北]")
# 大藤峡水利枢纽工程右岸: the bank is that of the work, which lies where the place before it says
_BANK = regex("[东西南北左右]岸|两岸|[上中下]游")
_BODY_ENDS = regex(r"[，。；、的内里]|$|车间|厂房|工厂|生产线|加紧|正在?")
_NEXT = pattern(r"(?=(⟨Place⟩)((?:的|首都|首府|省会)?)(⟨Place⟩|⟨Project⟩|⟨Event⟩|⟨Org⟩))")
# 黎巴嫩南部城市提尔, 加拿大最大城市多伦多: what is said of the town tells its country
_TOWN_OF = pattern(
    r"""(⟨Place⟩)(?:地区|首都圈)?(?:边境|沿海|沿岸|港口|旅游|工业|海滨|历史文化|[东西南北中]{1,2}部|最大|第[一二三]大){0,3}
        (?:城市|港城|重镇|名城|古城|小镇|边城)(⟨Place⟩)"""
)
# 土耳其南部阿达纳省: the part of a country, and a province there
_PART_OF_LAND = pattern(r"(⟨Place⟩)(?:最?[东西南北中]{1,2}部)(?:边境|沿海|山区)?的?(⟨Place⟩)")
_SPREAD = pattern(r"(⟨Place⟩)的?⟨Place⟩((?:(?:[、和及与]|以及)⟨Place⟩)+)")
_TOLD_BY = pattern(r"(⟨Place⟩)[^，。；、：的和与及⟦Any⟧]{1,10}?(?:的[^，。；、⟦Any⟧]{0,6})?(⟨Place⟩)")
_WITHIN = pattern(r"(?:^|[，。；：\s])在(⟨Place⟩{1,3})[^，。；的]{0,4}，([^。；]*)")
# 在东莞，村头村的荔枝园…: a village or a park of the town where the scene is
_SCENE = pattern(r"(?:^|[，。；：\s])在(?:⟨Place⟩){0,3}(⟨Place⟩)(?:市|境内)?，(⟨Place⟩)(?![、等])")
_SMALL = regex("(?:[村镇乡寨岛湖港]|街道|社区|公园|景区|古城|口岸|码头|[农林]场|湿地|广场|体育[馆场]|剧院|博物[馆院])$")
# Before 的, these make the place one of several ends: 连接甲和乙的, 通往乙的, 甲至乙的
_LINKS = regex(
    "(?:连接|通往|开往|来自|飞往|往返|穿越|途经|通向|连通|联通|直达|面向|串联|衔接)(?:[^，。；的]{1,10}[和与及至到、])?[\ue002\ue00b]?$|[\ue002\ue00b][至到—－-]$"
)
# 上海重点城市更新项目——某科学城
_KEY_WORK = pattern(
    r"(⟨Place⟩)(?:重点|重大|标志性|骨干)(?:[^，。；、的⟦Any⟧]{0,6})(?:工程|项目)(?:——)?([⟦Project⟧⟦Park⟧])"
)
# 深圳至江门铁路 lies along a line, 北京冬奥会 moves
ROUTE = regex(r"铁路|高铁|高速|公路|管道|输电|航线|班列|专列|[至—－]|线$|大道|运河|调水|论坛|峰会|奥运|亚运|冬奥")


@cache
def code_of(name: str) -> str:
    """The GB/T 2260 code of a division, empty where the name is of none or of several."""
    for table in ("provinces", "cities", "counties"):
        entry = lexicon(table).get(name)
        if entry:
            return "" if " " in entry.code else entry.code
    return ""


def _stem(code: str) -> str:
    return code[: 2 if code.endswith("0000") else 4 if code.endswith("00") else 6]


def _codes(inner: Mention, outer: Mention) -> tuple[str, str]:
    return (inner.name.code or code_of(inner.name.text)), (outer.name.code or code_of(outer.name.text))


# They run through many provinces: 山东德州|黄河生态廊道 puts the river in no town.
LONG_RIVERS = frozenset(
    ("长江", "黄河", "珠江", "淮河", "海河", "辽河", "松花江", "大运河", "京杭大运河", "渤海", "黄海", "东海", "南海")
)


def nests(inner: Mention, outer: Mention) -> bool:
    """Whether one thing may lie in the other: by code where both have one; rivers, venues, foreign towns may."""
    if inner.name.text == outer.name.text or outer.name.text in roles("wide") or inner.name.text in LONG_RIVERS:
        return False
    if inner.type == "Place" and (inner.name.text in lexicon("countries") or inner.name.text in roles("wide")):
        return False  # 沙特伊朗 is a list, 广州岭南古建筑 is a style
    if inner.type == "Place" and is_nature(outer) and not is_nature(inner) and not _at_sea(inner, outer):
        return False  # 长江江苏段: the river is not where the province lies
    a, b = _codes(inner, outer)
    return not (a and b) or (a != b and a.startswith(_stem(b)))


def _at_sea(inner: Mention, outer: Mention) -> bool:
    """罗斯海恩克斯堡岛: an island lies in its sea; and 四川盆地的川西气田."""
    if inner.name.text.endswith(("油田", "气田")):
        return True
    return inner.name.text.endswith(("岛", "岛礁", "列岛", "群岛")) and outer.name.text.endswith(("海", "洋", "湾"))


def is_nature(place: Mention) -> bool:
    """A river or a range, but not 上海 or 浙江."""
    return _NATURE.search(place.name.text) is not None and not (place.name.code or place.name.text in short_names())


@cache
def short_names() -> frozenset[str]:
    """Divisions by the name without 省 or 市: 青海, 浙江, 镇江."""
    tables = (lexicon("provinces"), lexicon("cities"))
    return frozenset(w.rstrip("省市") for table in tables for w in table)


def _known(line: Line, inner: int, outer: int, rule: str) -> Iterator[Relation]:
    """Two places whose codes say that one lies in the other."""
    a, b = _codes(line.at[inner], line.at[outer])
    if a and b and a != b and a.startswith(_stem(b)):
        yield Relation("located_in", line.at[inner], line.at[outer], line.span(outer, inner + 1), rule)


def lies(
    line: Line, thing: Mention, place: Mention, span: tuple[int, int], rule: str, doubt: Modality = "asserted"
) -> Iterator[Relation]:
    """That a thing lies in a place, unless the codes forbid it."""
    if nests(thing, place):
        yield Relation("located_in", thing, place, line.span(*span), rule, doubt)


def nesting(line: Line) -> Iterator[Relation]:
    """Places, and things right after their place, that one sentence writes side by side."""
    if len(line.at) < 2:
        return
    for match in _NEXT.finditer(line.mask):
        yield from _side_by_side(line, match)
    if line.names(PARTS["Place"], 2):
        yield from _two_places(line)
    for match in _KEY_WORK.finditer(line.mask) if "工程" in line.mask or "项目" in line.mask else ():
        thing, place = line.at[match.start(2)], line.at[match.start(1)]
        yield from lies(line, thing, place, match.span(), "key work of a place")


def _two_places(line: Line) -> Iterator[Relation]:
    """Places of which one lies in the other, by the words between them or by their codes."""
    for match in _TOWN_OF.finditer(line.mask) if "城" in line.mask or "镇" in line.mask else ():
        town, land = line.at[match.start(2)], line.at[match.start(1)]
        if letter(town) != PARK and not is_nature(land):
            yield from lies(line, town, land, match.span(), "place 城市 town")
    if "部" in line.mask:
        for match in _PART_OF_LAND.finditer(line.mask):
            town, land = line.at[match.start(2)], line.at[match.start(1)]
            if letter(town) != PARK and not is_nature(land) and not is_nature(town):  # 吉林省西北部的松嫩平原
                yield from lies(line, town, land, match.span(), "place 南部 place")
    for match in _SPREAD.finditer(line.mask) if line.names(PARTS["Place"], 3) else ():
        for i in range(*match.span(2)):
            if i in line.at:
                yield from _known(line, i, match.start(1), "places of one province")
    for match in _TOLD_BY.finditer(line.mask):
        yield from _known(line, match.start(2), match.start(1), "place told of by its province")
    for match in _WITHIN.finditer(line.mask) if "在" in line.mask else ():
        for i in range(*match.span(2)):
            if i in line.at and line.at[i].type == "Place":
                yield from _innermost_known(line, i, match.span(1))
    for match in _SCENE.finditer(line.mask) if "在" in line.mask else ():
        small, town = line.at[match.start(2)], line.at[match.start(1)]
        if letter(small) != PARK and _SMALL.search(small.name.text) and not is_nature(town):
            yield from lies(line, small, town, match.span(), "在 place, village of it")


def _innermost_known(line: Line, inner: int, chain: tuple[int, int]) -> Iterator[Relation]:
    """在广西崇左，…扶绥县: of 崇左, which is of 广西."""
    for outer in range(chain[1] - 1, chain[0] - 1, -1):
        if found := next(_known(line, inner, outer, "在 place, town of it"), None):
            yield found
            return


def _side_by_side(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """陕西省西安市, 山西朔州滋润机场, 西宁经济技术开发区的三江源国家大数据基地."""
    at = match.start(3)
    within = re.search("[至到]", line.words(at)) and not _leaves(line.words(at), line.at[match.start(1)])
    if line.mask[at : at + 2] == 2 * _WORK and match[2] != "的" and within:
        # 广西防城港至东兴铁路西湾特大桥: both
        yield from lies(
            line, line.at[at], line.at[match.start(1)], (match.start(1), at + 1), "place, thing side by side"
        )
    while line.mask[at] == _WORK and line.mask[at + 1 : at + 2] == _WORK and line.end(at) == line.start(at + 1):
        at += 1  # 湖北宜昌的沪渝蓉高铁香溪河大桥: it is the bridge that lies there
    thing = line.at[at]
    body = thing.type == "Organization" and letter(thing) != PARK
    if body and thing.name.kind in ("Ministry", "LocalGovernment", "Media", "InternationalOrganization"):
        return
    if match[2] == "的" and (thing.type == "Event" or (body and not _sits_there(line, thing, at + 1))):
        return  # 北京的清华大学: 的 may mean more than a place
    place = line.at[match.start(1)]
    if match[2] == "的" and _LINKS.search(line.mask, 0, match.start()):
        return  # 连接甲港和乙市的大桥
    if thing.type in ("Project", "Event") and (_leaves(line.words(at), place) or "火炬" in thing.name.text):
        return
    known = next(_known(line, match.start(3), match.start(1), "place, thing side by side"), None)
    if known is not None:
        yield known  # 宁夏固原境内, 四川巴中至成都: whatever follows, the codes say so
    elif not _STRETCH.match(line.mask, at + 1) or (thing.type == "Project" and _BANK.match(line.mask, at + 1)):
        yield from lies(line, thing, place, (match.start(1), at + 1), "place, thing side by side")


def _sits_there(line: Line, body: Mention, after: int) -> bool:
    """浙江宁波的甲公司，…: not where one of its works follows (塔里木盆地的中国石化顺北84斜井)."""
    return body.name.kind in ("Company", "Academy") and _BODY_ENDS.match(line.mask, after) is not None


def _leaves(words: str, place: Mention) -> bool:
    """四川成都至青海西宁铁路 does not lie in 四川: its name names another province."""
    if ROUTE.search(words) is None:
        return False
    own = place.name.text.rstrip("省市")
    return any(words.find(name) > 1 for name in _provinces() if name != own)


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(sorted(w.rstrip("省市") for w in lexicon("provinces") if 1 < len(w) < 5))
