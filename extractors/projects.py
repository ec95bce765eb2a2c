"""Projects: structures, plants, facilities, missions and platforms by their names.

白鹤滩水电站, 深中通道, 神舟十八号 and 徐圩一期工程 are names; 重大项目, 服务平台 and 我国最大光伏电站 are not. A structure is named by
whatever stands before it and is not mere description; a site needs a place or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.endings import Candidate, candidates, line_start
from extractors.lexicon import matches
from extractors.model import Article, Mention, Name, Span

_NUMERAL = r"[一二三四五六七八九十百]{1,4}|[ⅠⅡⅢⅣ]|\d{1,3}"
# 神舟十八号, 嫦娥六号, 鹊桥二号, 长征五号遥八: series of the Chinese space and deep-sea programmes
_SERIES = re.compile(
    rf"(?:“)?(?P<series>神舟|嫦娥|天舟|天问|鹊桥|长征|风云|高分|资源|海洋|实践|试验|遥感|天绘|吉林一号|力箭|快舟|捷龙|谷神星|天链|中星|亚太|蛟龙|奋斗者|深海勇士"
    rf"|雪龙|北斗|悟空|墨子|张衡|羲和|夸父|引力|朱雀|祝融|玉兔|巡天|问天|梦天|天和|问海|海斗|海牛|探索|向阳红|悟道|九章|祖冲之|本源悟空|龙芯|华龙|国和|玲龙)"
    rf"(?P<number>(?:{_NUMERAL})号(?:(?:甲|乙|丙|丁|遥|[A-Z])(?:{_NUMERAL})?)?(?:[A-Z]{{0,3}}\d{{0,3}}(?:组)?[A-Z]?星)?)(?:”)?"
    r"(?P<kind>任务|载人飞船|货运飞船|飞船|探测器|返回器|着陆器|中继星|卫星|气象卫星|运载火箭|火箭|载人潜水器|潜水器|机组)?"
)
_RUNS_ON = {
    "通道": re.compile(r"[侧口内外上]"),
    "高速": re.compile(r"[度发增增铁公运]"),
    "项目": re.compile(r"[化组库部书制]"),
    "工程": re.compile(r"[师院学部机质量建技热系局公类设勘咨兵车总专中研造]"),
    "平台": re.compile(r"[经企]"),
    "核电": re.compile(r"[站机集厂技公项装产]"),
    "铁路": re.compile(r"[局集部公建职货客运旅]"),
    "公路": re.compile(r"[局集部公货客运建]"),
    "机场": re.compile(r"[集公管建]"),
    "电网": re.compile(r"[公企调]"),
    "基地": re.compile(r"[组台]"),
    "航道": re.compile(r"[局处]"),
}
_NEVER_AFTER = re.compile(
    r"公司|集团|管理局|管理处|管委会|有限|股份|股$|分局|研究院|研究所|学院|大学|方案|规划|条例|办法|协会|建设指挥部|开发区"
)
_DESCRIBES = re.compile(
    r"最[大长高深先早]|首[个座条台艘颗]|[一二两三四五六七八九十数多几\d][个座条台艘颗项批处]|[多各]|型$|级$|式$|^该|^其|亿元|万亩|[，。；]"
)
_SERIAL = re.compile(r"\d{1,4}[号期组]|[A-Z]{2,}|\d[A-Z]|[A-Z]\d|号$")
# 湖北|重大项目, 上海|合作平台: a place and what ranks or sums up is no name
_EVALUATES = re.compile(
    r"重[大点要]|标志性|骨干|[在已拟续增]建|配套|主要|各类|相关|合作|国债|投资|招商|民生|就业|惠民|综合|一批|自贸|级$|关键|系列|承包|建设$|专项|全国|公共$"
)


def find_projects(article: Article) -> Iterable[Mention]:
    """Mentions of named structures, facilities, missions, sites and platforms."""
    return _find(article.text)


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Mention, ...]:
    return (*_known(text), *_series(text), *_by_ending(text))


def _project(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Project", Name(re.sub(r"\s", "", name)), rule)


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "projects"):
        if not _NEVER_AFTER.match(text, end):
            yield _project((start, end), entry.value, "project by its name")


def _series(text: str) -> Iterator[Mention]:
    for match in _SERIES.finditer(text):
        yield _project(match.span(), match["series"] + match["number"], "mission or vessel of a series")


def _by_ending(text: str) -> Iterator[Mention]:
    known = {m.span.end: m.span.start for m in _known(text)}
    for found in candidates(text, "project_suffixes", "project_generic"):
        runs_on = _RUNS_ON.get(found.ending) or _RUNS_ON.get(found.ending[-2:])
        if (runs_on and runs_on.match(text, found.end)) or _NEVER_AFTER.match(text, found.end) or found.end in known:
            continue
        start = (
            line_start(text, found.start)
            if found.strength in {"line", "span"} or "工程" in found.ending
            else found.start
        )
        if start < found.start or _is_name(found):
            yield _project((start, found.end), text[start : found.end], f"ends in {found.ending}")


def _is_name(found: Candidate) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    core, inner = found.core, found.inner
    if len(found.rest) < 2 or _DESCRIBES.search(core):
        return False
    if found.strength == "span":  # 南京|长江大桥, 三峡|水库: a place is name enough
        return (bool(found.place) or not found.generic) and len(core) <= 16
    if found.generic and not found.quoted and found.strength != "site":
        return False
    if found.strength == "line":  # 京张|高铁, but not 英国|铁路
        return len(inner) >= 2 and len(core) <= (14 if found.opened else 6)
    if found.strength == "facility":
        return found.quoted or (found.opened and len(core) <= 16) or bool(_SERIAL.search(core))
    if found.quoted:
        return len(core) <= 24
    return bool(found.place) and len(inner) >= 2 and not _EVALUATES.search(inner) and len(core) <= 24
