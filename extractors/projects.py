"""Projects: structures, plants, facilities, sites and platforms by their names.

白鹤滩水电站, 深中通道 and 徐圩一期工程 are names; 重大项目, 服务平台 and 我国最大光伏电站 are not.
A structure is named by whatever stands before it and is not mere description; a site needs a place or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.boundary import left_edge
from extractors.endings import Candidate, candidates, is_generic, line_start, place_before
from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.products import find_products
from extractors.quotes import curly

_RUNS_ON = {
    "通道": re.compile(r"[侧口内外上]"),
    "高速": re.compile(r"[度发增增铁公运]"),
    "项目": re.compile(r"[化组库部书制]"),
    "工程": re.compile(r"[师院学部机质量技热系局公类设勘咨兵车总专中研造]"),
    "港": re.compile(r"[口务区币股元交资珠人府企岛警独湾式台商铁龙闸澳]"),
    "东站": re.compile(r"[区点]"),
    "平台": re.compile(r"[经企]"),
    "核电": re.compile(r"[站机集厂技公项装产]"),
    "铁路": re.compile(r"[局集部公职货客运旅]"),
    "公路": re.compile(r"[局集部公货客运]"),
    "机场": re.compile(r"[集公管]"),
    "电网": re.compile(r"[公企调]"),
    "基地": re.compile(r"[组台]"),
    "航道": re.compile(r"[局处]"),
}
_BODY_AFTER = re.compile(r"公司|集团|管理局|有限|股份|局")
_PHASE = re.compile(r"”?(?P<of>的)?(?P<phase>[一二三四五六]期(?:工程|项目|(?!装置|机组)))")
_NEVER_AFTER = re.compile(
    r"公司|集团|管理局|管理处|管委会|有限|股份|股$|分局|研究院|研究所|学院|大学|方案|规划(?!建设)|条例|办法|协会|建设指挥部|开发区"
)
_DESCRIBES = re.compile(
    r"最[大长高深先早]|首[个座条台艘颗列]|[一二两三四五六七八九十数多几\d][个座条台艘颗项批处]|[多各]|(?<!第)[一二两三]$|亿方|段$|[部局委]$|等地|一些|[一二三四五六七八九十两]大|(?<!转)型$|级$|式$|^该|^其|亿元|万亩|[，。；]"
)
_SERIAL = re.compile(r"\d{1,4}[号期组]|[A-Z]{2,}|\d[A-Z]|[A-Z]\d|号$")
_NUMBERED = re.compile(r"(?<![\d月])\d{1,3}号(?:、\d{1,3}号)*$")
# 转运到…发电厂, 试图袭击…核电站: what no name of a structure goes through
_VERB = re.compile(
    r".{0,24}(?:袭击|炸毁|策划|转运到?|抢修|恢复|试图|遭受?|乘?坐|搭乘|驾车|开往|飞往|进出|往返|往来|来往|停靠|绕行|封闭|关闭|开通|预计|称|今年?底|"
    r"本月底|前往|抵达|到达|奔赴|探访|走进|周边|附近|当地|正加紧|水毁|搭建|打造|汇入|监测|上线|受(?=.{3})|也到|一些)"
)
# 纳晴|高速: without a place no more than one character for each end
_SHORT_LINES = frozenset(("高速", "高铁", "铁路", "高速铁路", "高速公路", "城际铁路", "公路"))
# 沪渝蓉高铁|汉江特大桥: a line before a structure on it
_LINE = re.compile(r".{2,12}?(?:高速公路|高速|铁路|高铁|通道|公路)(?!工程)")
# 广州|港, 都匀|东站: nothing but the place
_STOPS_AT = frozenset(("港", "东站", "西站", "南站", "北站"))
# 恩平15-1|平台, 中芯国际SN1|工厂: a site with a code of its own
_CODED = re.compile(r"[A-Z]{2,}\d*$|[\u4e00-\u9fff]\d{1,3}-\d{1,3}")
# 湖北|重大项目, 上海|合作平台: a place and what ranks or sums up is no name
_EVALUATES = re.compile(
    r"重[大点要]|标志性|骨干|[在已拟续增]建|配套|主要|各类|相关|合作|国债|投资|招商|民生|就业|惠民|综合|一批|自贸|老工业|级$|关键|系列|承包|建设$|专项|落地|全国|公共$"
)


def find_projects(article: Article) -> Iterable[Mention]:
    """Mentions of named structures, facilities, missions, sites and platforms."""
    # 乘神舟十九号载人飞船: what ends where a product ends is that product
    return _find(curly(article.text), frozenset(m.span.end for m in find_products(article)))


@lru_cache(maxsize=64)
def _find(text: str, products: frozenset[int]) -> tuple[Mention, ...]:
    return (*_known(text), *_by_ending(text, products))


def _project(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Project", Name(re.sub(r"\s", "", name)), rule)


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "projects"):
        if _BODY_AFTER.match(text, end):
            continue
        phase = _PHASE.match(text, end)  # 中国散裂中子源|二期工程 is another project than 中国散裂中子源
        if phase:
            first = phase.start("phase") if phase["of"] else start
            yield _project((first, phase.end()), entry.value + phase["phase"], "phase of a known project")
        if phase is None or phase["of"]:
            yield _project((start, end), entry.value, "project by its name")


def _by_ending(text: str, products: frozenset[int]) -> Iterator[Mention]:
    known = products | {m.span.end for m in _known(text)}
    for found in candidates(text, "project_suffixes", "project_generic"):
        runs_on = _RUNS_ON.get(found.ending) or _RUNS_ON.get(found.ending[-2:])
        if (runs_on and runs_on.match(text, found.end)) or _NEVER_AFTER.match(text, found.end) or found.end in known:
            continue
        start = _start(text, found)
        if start < found.start or _is_name(found, start):
            yield _project((start, found.end), text[start : found.end], f"ends in {found.ending}")


def _start(text: str, found: Candidate) -> int:
    """上海至苏州|至湖州铁路 begins at its first end; 沪渝蓉高铁|汉江特大桥 are two, the second begins after it."""
    if found.ending in _STOPS_AT:
        city = place_before(text, found.end - len(found.ending))
        return place_before(text, city)  # 宁波|舟山|港
    verb = _VERB.match(found.core)
    if verb:
        return found.start + verb.end()
    start = found.start
    numbered = _NUMBERED.search(text, max(0, start - 8), start) if not found.core and found.strength != "site" else None
    if numbered:  # 祁连山|2号|隧道, 9号、10号|泊位工程
        start = left_edge(text, numbered.start(), max(0, numbered.start() - 20))
    core = text[start : found.end - len(found.ending)]
    inside = _LINE.match(core) if found.strength in {"span", "line"} else None
    if inside and len(core) - inside.end() >= 2:
        return start + inside.end()
    if numbered:
        return start
    if found.strength in {"line", "span"} or "工程" in found.ending:
        return line_start(text, found.start)
    return found.start


def _is_name(found: Candidate, start: int) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    core, inner = found.core[start - found.start :], found.inner
    if len(core) < 2 or _DESCRIBES.search(core):
        return False
    if found.ending in _STOPS_AT or start > found.start:
        return not is_generic(core, "project_generic")
    if found.strength == "span":  # 南京|长江大桥, 三峡|水库: a place is name enough
        return (bool(found.place) or not found.generic) and len(core) <= 16
    if found.strength == "facility" and found.place:
        return len(core) <= 20 and len(inner) >= 2 and not _EVALUATES.search(inner)
    if found.strength == "line" and found.place and len(found.ending) >= 5:  # 金门|供水水源保障工程
        return len(core) <= 14
    if found.generic and found.strength != "site" and not found.ending.endswith("平台"):
        return False
    if found.strength == "line":  # 京张|高铁, but not 英国|铁路
        longest = 14 if found.opened else 4 if found.ending in _SHORT_LINES else 6
        return len(inner) >= 2 and len(core) <= longest and not core.endswith("”")
    if found.strength == "named":
        return len(core) <= 10 and not _EVALUATES.search(inner)
    if found.strength == "facility":
        return found.quoted or (found.opened and len(core) <= 16) or bool(_SERIAL.search(core))
    if found.ending.endswith("平台") and re.match(r"国家(?!级)|全国(?!性)", core):
        return len(core) >= 6  # 国家统一技术交易|服务平台
    if _CODED.search(core):
        return len(core) <= 24
    if found.quoted:
        return (
            (core.startswith("“") or bool(found.place))
            and len(core) <= 24
            and found.ending not in {"项目", "工程", "示范工程", "示范项目"}
        )
    if found.place in lexicon("countries"):  # 中国|土木工程, 伊拉克|空军基地
        return False
    return bool(found.place) and len(inner) >= 2 and not _EVALUATES.search(inner) and len(core) <= 24
