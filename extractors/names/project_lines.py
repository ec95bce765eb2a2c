"""Lines by their two ends and lists of them: 京广、京沪高铁, 京藏、京承等主要高速公路, 甲至乙城际铁路丙至丁段."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.model import Mention
from extractors.names.boundary import left_edge
from extractors.names.endings import line_start, place_at
from extractors.names.project_forms import project
from extractors.patterns import regex, searching

# 京广、|京沪高铁: lines by the short names of their two ends, which share the ending
_SHORTS = (
    "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇藏陕甘青宁新广深穗昆成西兰郑武汉杭长哈大"
    "沈合贵南徐连石太银包呼甬温福厦龙梅汕惠湛张怀衡柳焦襄阳济烟盐通泰常潍莱荣"
)
_LINES = regex(rf"(?<![{_SHORTS}])(?P<items>(?:[{_SHORTS}]{{2,3}}、){{1,6}})[{_SHORTS}]{{2,3}}$")
_HEAD = regex("(?:高速铁路|城际铁路|高铁|铁路|高速公路|高速)(?![度发增网集局公])")
# 京九, 赣韶, 京开: ends that only a list with 等 shows
_FURTHER = "开九韶港澳昌承雄商秦哈绥吉图大广乌奎连霍二北"
# 丽江至香格里拉、|南昌至黄山、|济南至郑州高铁: lines by the places that they join
_JOINED = regex(
    r"(?P<items>(?:[\u4e00-\u9fff]{2,5}(?:(?:至|到|—)[\u4e00-\u9fff]{2,8}){1,2}、){1,6})(?:[\u4e00-\u9fff]{2,5}(?:(?:至|到|—)(?:(?!等)[\u4e00-\u9fff]){2,6}){1,2}?|"
    r"(?P<last>[\u4e00-\u9fff]{2,5}(?:至|到|—)[\u4e00-\u9fff]{2,5})(?:等(?:\d{1,2}|[两三四五六七八九十])[条项]|等(?=特高压)))"
    r"(?P<head>高速铁路|高铁|城际铁路|铁路|高速公路|特高压直流工程|特高压工程)(?!网)",
    only="[至到—].{2,8}、",
)
_NEAR = regex(r"[至到—][\u4e00-\u9fff]{2,20}、")
_OWN_HEAD = regex(r"(?:高速铁路|高铁|城际铁路|铁路|高速公路)$")
_BETWEEN = regex("[至到—]")
# 渝昆高铁|川渝段|今天开通
_SECTION = regex(
    r"(?P<head>城际铁路|高速铁路|高铁|铁路|高速公路|高速)(?P<part>(?![等的和与及全首])(?:(?![的和等各])[\u4e00-\u9fff]){2,12}?段)"
    r"(?=(?:今[天日]|昨[天日]|日前|近日|（[^（）\n]{3,10}）|\d{1,2}日|正式|顺利|全线|全面|建成|已|将|于|目前|正在|开始|实现|如期){0,5}"
    r"(?:通车|开通|贯通|开工|动工|投运|投产|铺轨|合龙|试运行|联调联试|运营))",
    only="(?:铁路|高铁|高速).{2,14}段",
)
# 京藏、京承、京港澳|等主要高速公路, 京九、赣韶|等普速线路: the head comes after what sums the list up
_SUMMED = searching(
    r"等(?:主要|重点|国家|多?个?|\d{1,2}|[两三四五六七八九十]){0,2}[条段]?(?:主要|重点|繁忙|国家|省内|境内|进出京|出城|进城)?"
    r"(?P<head>高速公路|高速铁路|高铁|城际铁路|普速(?:铁路)?(?:线路?)?|铁路(?:干线|线路?)?|高速(?![度发增网集局公铁路]))"
)
_ITEMS = regex(rf"(?<![{_SHORTS}{_FURTHER}])[{_SHORTS}{_FURTHER}]{{2,3}}(?:、[{_SHORTS}{_FURTHER}]{{2,3}}){{1,9}}$")
_HEADS = {"普速": "铁路", "铁路": "铁路"}
# 墨脱|公路: the road to a county of its own
_COUNTY_ROAD = regex(r"公路(?![局集部公货客运口桥网段沿交养管里上旁边收服安口线建养自])")
# “友谊”|输油管道: a pipe by its name
_PIPE = regex(
    r"“(?P<name>[\u4e00-\u9fff]{2,6})”(?P<kind>(?:输油|输气|原油|油气|成品油|天然气|氨气?|氢气)管道|管线)(?![运输公])",
    only="”.{0,3}管[道线]",
)


# 甲至乙城际铁路|丙至丁段: what is built of a line is told by its own two ends
_SECTION_BETWEEN = regex(
    r"(?:城际铁路|高速铁路|高铁|铁路|高速公路|高速)[\u4e00-\u9fff]{2,6}?(?:至|到|—)[\u4e00-\u9fff]{2,8}?段(?!落|时)",
    only="[至到—].{2,8}段",
)
_BEFORE_LINE = regex(r"(?:[（(]\d{1,2}[）)]|\d{1,2}[.．]|开通|运营|新建|在建|建成|加快|推进){1,4}")
# 城际|铁路廊坊北至大兴机场段: half of a line and a section of it, no line
_NO_LINE = regex(r"^(?:城际|铁路|高铁|高速|公路)|段$")


def projects_by_line(text: str) -> Iterator[Mention]:
    """Mentions of roads, railways and pipes by their ends, in lists and in sections."""
    if "段" in text:
        yield from _sections(text)
    if "、" in text:
        yield from _lines(text)
        if "高速" in text or "铁" in text or "特高压" in text:
            yield from _joined(text)
        yield from _summed(text)
    if "公路" in text:
        yield from _county_roads(text)
    for match in _PIPE.finditer(text) if "”" in text and "管" in text else ():
        yield project(match.span(), match[0], "pipe in quotation marks")


def _summed(text: str) -> Iterator[Mention]:
    """京九、赣韶等普速线路: each gets the head that the sum has."""
    for summed in _SUMMED.finditer(text):
        series = _ITEMS.search(text, max(0, summed.start() - 40), summed.start())
        head = _HEADS.get(summed["head"][:2], summed["head"])
        for item in re.finditer(r"[^、]+", series[0]) if series else ():
            start = series.start() + item.start() if series else 0
            yield project((start, start + len(item[0])), item[0] + head, "line of a list that is summed up")


def _county_roads(text: str) -> Iterator[Mention]:
    for road in _COUNTY_ROAD.finditer(text):
        start = road.start() - 2
        county = lexicon("counties").get(text[max(0, start) : road.start()])
        if county and county.value.endswith(("县", "自治旗")) and not county.note.startswith("unsafe"):
            yield project((start, road.end()), text[start : road.end()], "road of a county")


def _lines(text: str) -> Iterator[Mention]:
    for head in _HEAD.finditer(text):
        series = _LINES.search(text, max(0, head.start() - 30), head.start())
        for item in re.finditer(r"[^、]+", series["items"]) if series else ():
            start = series.start("items") + item.start() if series else 0
            yield project((start, start + len(item[0])), item[0] + head[0], "line that shares its ending")


def _joined(text: str) -> Iterator[Mention]:
    last = 0
    for near in _NEAR.finditer(text):
        series = _JOINED.search(text, max(last, near.start() - 5), near.end() + 80) if near.start() >= last else None
        if series is None:
            continue
        last = series.end()
        items = list(re.finditer(r"[^、]+", series["items"]))
        heads = [own[0] if (own := _OWN_HEAD.search(item[0])) else "" for item in items]
        for at, item in enumerate(items):
            head = next((h for h in heads[at:] if h), series["head"])
            start = series.start("items") + item.start()
            if at == 0:
                start = max(start, left_edge(text, start + _BETWEEN.search(item[0]).start(), start))  # type: ignore[union-attr]
            end = series.start("items") + item.end()
            if not heads[at] and not _NO_LINE.search(text[start:end]):
                yield project((start, end), text[start:end] + head, "line that shares its ending")
        if series["last"]:  # 金上—湖北、哈密—重庆|等4条特高压工程
            span = series.span("last")
            yield project(span, series["last"] + series["head"], "line that shares its ending")


def _sections(text: str) -> Iterator[Mention]:
    """龙龙高铁梅龙段|开通运营: a section that is told of by itself, where the text names the whole line too."""
    for match in _SECTION.finditer(text):
        start = line_start(text, left_edge(text, match.start(), max(0, match.start() - 12)))
        line = text[start : match.end("head")]
        if 2 <= match.start() - start <= 12 and text.count(line) > text.count(line + match["part"]):
            yield project((start, match.end("part")), line + match["part"], "section of a line")
    for match in _SECTION_BETWEEN.finditer(text):
        start = line_start(text, left_edge(text, match.start(), max(0, match.start() - 12)))
        if mark := _BEFORE_LINE.match(text, start):
            start = mark.end()
        province = place_at(text, start, start + 4, ("provinces",))
        if place_at(text, province, match.start()) > province:  # 广西|南宁至凭祥高速铁路…段
            start = province
        if 2 <= match.start() - start <= 12 and not _NO_LINE.search(text[start : match.start()]):
            yield project((start, match.end()), text[start : match.end()], "section of a line by its ends")
