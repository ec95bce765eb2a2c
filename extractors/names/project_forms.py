"""Projects told by a form of words: metro lines of a city, lists that share an ending, what money is put into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import lexicon, matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.names.endings import is_generic, place_at, place_before
from extractors.patterns import regex, searching

# 深圳|地铁12号线|二期
_METRO = regex(
    r"(?:地铁|轨道交通)(?:\d{1,2}|[一二三四五六七八九十]{1,3})号线(?:[一二三四]期|[东南西北]延[线段]?)?(?:工程)?"
)
_DIVISIONS = ("provinces", "cities", "counties", "countries", "foreign_cities")
# 蒙西、库布其、贺兰山四个|清洁能源大基地: what each of a list is
_COUNTED = regex(
    r"(?:[两二三四五六七八九十]|\d{1,2})[个座条大](?:特?大型|巨型|梯级|重点)?"
    r"(?P<head>[\u4e00-\u9fff]{0,6}?(?:基地|水电站|核电站|电站|水库|水利枢纽|枢纽|大桥|隧道|机场|铁路|高铁|国家公园))"
    r"(?![\u4e00-\u9fff]?群)"
)
# What such a list ends in. Python is quick to find a class of letters.
_COUNTING = regex(_COUNTED.pattern.replace(r"(?:[两二三四五六七八九十]|\d{1,2})", r"[两二三四五六七八九十\d]", 1))
_EACH = regex(rf"(?P<items>[\u4e00-\u9fff]{{2,12}}(?:、[\u4e00-\u9fff]{{2,6}}){{1,9}})等?{_COUNTED.pattern}")
_INVESTED = regex(
    r"投资(?:约|近|超|超过|达|额)?[\d.]+(?:多|余)?亿(?:多|余)?[美欧]?元的(?P<name>[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Z0-9]{3,15}?(?:项目|基地|工厂|生产线|数据中心))",
    only=r"投资.{0,2}[\d.]",
)
_OWN_PLATFORM = regex(
    r"自主(?:研发|开发|设计|研制)(?:并?(?:建设|建成|搭建))?了(?P<name>(?:(?![的一])[\u4e00-\u9fffA-Z0-9]){3,12}?平台)(?![经化上的])",
    only="自主(?:研发|开发|设计|研制)",
)
# 中哈（连云港）|物流合作基地: what two parties keep in a place
_PARTIES = regex(
    r"(?:中[俄哈老越泰马印蒙缅巴白塞匈埃沙阿柬新韩日德法意西英美澳]|中国—?东盟|中国—?中亚|中欧|中非|中阿|中拉|上合组织|上海合作组织|粤港|粤澳|川渝|沪滇|闽宁)"
    r"（(?P<place>[\u4e00-\u9fff]{2,6})）[\u4e00-\u9fff]{2,8}?基地(?![组台])",
    only="）.{2,8}基地",
)
# 全国互联网|骨干网, 中国广电|全国固定语音业务网: networks of the whole country
_NETWORK = regex(
    r"全国(?:(?![的和与及、等])[\u4e00-\u9fff\dG]){2,8}?(?:骨干网|业务网|承载网)(?![络])(?=、|正式|今天|开通|上线|建成|投入|启用|全面)",
    only="(?:骨干|业务|承载)网",
)
_NETWORK_OWNERS = ("companies", "ministries")
# 茨诺巴尔|后勤基地, 埃尔·乌代德|空军基地: bases by the sound of a foreign name
_BASE = searching(r"(?:空军|海军|后勤|军事|导弹|训练)基地(?![组台])")
_BEFORE_BASE = regex(r"(?:^|[军的在向对和与、，。（从于括“]|\d[个座处])$")
# 湖北|重大项目, 上海|合作平台: a place and what ranks or sums up is no name
EVALUATES = regex(
    r"先进制造业|重[大点要]|标志性|骨干|[在已拟续增]建|配套|主要|各类|相关|合作|国债|投资|招商|民生|就业|惠民|综合|一批|自贸|老工业|级$|关键|系列|人才|团队|课题|承包|建设$|控制性|名[单录]|清单|专项|落地|全国|公共$"
)


def projects_by_form(text: str) -> Iterator[Mention]:
    """Mentions of metro lines, of each of a list with one ending, of what is named by its cost."""
    yield from _shared(text)
    yield from _own_platforms(text)
    yield from _invested(text)
    yield from _metro(text)
    for match in _PARTIES.finditer(text) if "）" in text and "基地" in text else ():
        if match["place"] in lexicon("cities") or match["place"] in lexicon("counties"):
            yield project(match.span(), match[0], "site that two parties keep in a place")
    yield from _networks(text)
    yield from _bases(text)


def project(span: tuple[int, int], name: str, rule: str) -> Mention:
    """A mention of a project; the name without what blanks the line breaks left."""
    return Mention(Span(*span), "Project", Name(re.sub(r"\s", "", name)), rule)


def _networks(text: str) -> Iterator[Mention]:
    for match in _NETWORK.finditer(text) if "网" in text else ():
        before = max(0, match.start() - 12)
        held = [
            before + s
            for s, e, _ in matches(text[before : match.start()], *_NETWORK_OWNERS)
            if before + e == match.start()
        ]
        start = held[0] if held else match.start()
        yield project((start, match.end()), text[start : match.end()], "network of the whole country")


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(lexicon("transliteration")))


def _bases(text: str) -> Iterator[Mention]:
    if "基地" not in text:
        return
    sounds = _sounds()
    for base in _BASE.finditer(text):
        start = base.start()
        while start > base.start() - 9 and start > 0 and (text[start - 1] in sounds or text[start - 1] == "·"):
            start -= 1
        placed = (p for p in range(base.start() - 2, start - 1, -1) if place_before(text, p) < p)
        country = next(placed, start)  # 俄罗斯|恩格斯空军基地
        told = place_before(text, country) < country or _BEFORE_BASE.search(text, max(0, country - 2), country)
        if told and 2 <= base.start() - country <= 8:
            yield project((country, base.end()), text[country : base.end()], "base by the sound of its name")


def _own_platforms(text: str) -> Iterator[Mention]:
    """自主研发建设了碳管控平台: what is called one's own work is one platform."""
    for match in _OWN_PLATFORM.finditer(text):
        if not is_generic(match["name"].removesuffix("平台"), "project_generic"):
            yield project(match.span("name"), match["name"], "platform that somebody made")


def _invested(text: str) -> Iterator[Mention]:
    """总投资30亿元的动力电池正极材料项目: money makes a concrete project of what it is spent on."""
    for match in _INVESTED.finditer(text) if "投资" in text else ():
        name = match["name"]
        if place_at(text, match.start("name"), match.end("name")) == match.start("name") and "“" not in name:
            continue  # 总投资20亿元的|航空发动机维修基地: whose and where is not told
        if not is_generic(
            re.sub("(?:项目|基地|工厂|生产线|数据中心)$", "", name), "project_generic"
        ) and not EVALUATES.search(name):
            yield project(match.span("name"), name, "project by what it makes and what it costs")


def _metro(text: str) -> Iterator[Mention]:
    for match in _METRO.finditer(text) if "号线" in text else ():
        city = place_before(text, match.start())
        if city < match.start():
            yield project((city, match.end()), text[city : match.end()], "metro line of a city")


def _shared(text: str) -> Iterator[Mention]:
    """蒙西、库布其、贺兰山四个清洁能源大基地 are 蒙西清洁能源大基地 and two more."""
    for series in _EACH.finditer(text) if "、" in text and _COUNTING.search(text) else ():
        head = series["head"]
        for item in re.finditer(r"[^、]+", series["items"]):
            start, end = series.start("items") + item.start(), series.start("items") + item.end()
            if item.start() == 0:
                start = max(start, left_edge(text, end, start))
            words = text[start:end].removesuffix("等")
            if place_at(text, start, end, _DIVISIONS) == end:  # 内蒙古锡林郭勒盟、河北张家口|两大能源基地
                continue
            if text[start - 1 : start] == "”" or any(words.endswith(end) for end in lexicon("project_suffixes")):
                continue  # 黄河“几”|字弯; 萨那国际机场 is no power station
            if words.startswith("建设") and len(words) > 3:  # 开工建设|大雅河、兴城两座抽水蓄能电站
                start, words = start + 2, words[2:]
            if 2 <= len(words) <= 6 and "等" not in words and not is_generic(words, "project_generic"):
                type_ = "Place" if head.endswith("国家公园") else "Project"
                yield Mention(
                    Span(start, start + len(words)), type_, Name(words + head), "shares its ending with a list"
                )
