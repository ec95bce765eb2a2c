"""Where the name of a project begins whose ending was found: after verbs, ranks and works told before it."""

from __future__ import annotations

from extractors.lexicon import lexicon, matches
from extractors.names.boundary import edge_at, left_edge, opens
from extractors.names.endings import Candidate, is_generic, line_start, place_at, place_before
from extractors.names.project_forms import EVALUATES
from extractors.names.project_gates import DESCRIBES, STOPS_AT
from extractors.names.project_kinds import SHORT_LINES
from extractors.names.tellings import after_telling
from extractors.names.under_way import after_output, headed
from extractors.patterns import regex

# 海上二氧化碳捕集、|利用与封存（CCUS）项目
_SERIES_INSIDE = regex(
    r"(?P<first>捕集|捕获|采集|储存|生产|制备|提取|收集|开采|研发|设计)、[\u4e00-\u9fff]{2,4}[与和及][\u4e00-\u9fff]{2,4}(?:（[A-Z]{2,8}）)?$",
    only="、.{2,4}[与和及]",
)
_NUMBERED = regex(r"(?<![\d月])\d{1,3}号(?:、\d{1,3}号){0,30}$")
_NUMBERS_BEFORE = regex(r"(?<![\d月])(?:\d{1,3}号、)+$")  # 大榄坪南作业区|9号、|10号泊位工程
# 转运到…发电厂, 试图袭击…核电站: what no name of a structure goes through
_VERB = regex(
    r".{0,24}(?:袭击|炸毁|返回(?![器舱])|返抵|驶[入出往]|靠泊|停泊|策划|转运到?|抢修|恢复|试图|遭受?|乘?坐|搭乘|驾车|开往|飞往|进出|往返|往来|来往|停靠|绕行|封闭|关闭|开通|预计|称|今年?底|"
    r"本月底|前往|抵达|到达|奔赴|降落在?|停运|贯通|抢通|攻击|投运|推行|投入|造成|走下|占|致|走上|开行|接入|调度|^段|探访|走进|周边|附近|当地|正加紧|水毁|搭建|打造|汇入|监测|上线|支持|受(?=.{3})|也到|一些"
    r"|拓宽|感受|进行|利用|保障|援建|承建|共建|推进|开通|领略|走过|穿过|统筹|填补|加强|航班自|修筑|架设|开凿|穿凿|享受|连通|畅达|通行|启用|控制性工程|重点工程|标志性工程|高铁网|铁路网|来到|改扩建|(?<=^.)下(?=高铁)|到$)"
)
# 双方破坏|核电站, 北接|沪昆铁路: what is done to a structure or where it goes is no part of what it is called
_DONE_TO = regex(
    r".{0,24}(?:控诉|破坏|影响|保护(?!区|地)|守护|增强|承载|注意|盯住|开[放出设辟]|采取|减轻|缓解|滞留|涌入|清扫|上跨|下穿|跨越|提升|增开"
    r"|[东西南北](?:接|连|距|临|靠|起)|[给被把](?=.{2}|$)|新建)"
)
_ARRIVED = regex("[来达得走回赶见看感送运提受收直遇找接听]到$")
# 沪渝蓉高铁|汉江特大桥: a line before a structure on it
_LINE = regex(r".{2,12}?(?:高速公路|高速|铁路|高铁|通道|公路)(?!工程)")
_ROAD = regex(r"(?<=[\u4e00-\u9fff])[GS]\d{1,4}(?=[\u4e00-\u9fff]{2,4}$)")
# 重点变电站|河北邢台…: what it is, told before its name
_APPOSITION = regex(
    r".{0,8}(?:重[点大]|标志性|控制性|骨干)[\u4e00-\u9fff]{0,4}?(?:变电站|电站|工程|项目|枢纽)(?:之一|——)?"
)
# …输变电工程|若羌至花土沟750千伏线路工程: one work after another
_WORK_BEFORE = regex(r".{2,20}?(?:工程|项目)(?!部)")


def start_of(text: str, found: Candidate) -> int:
    """上海至苏州|至湖州铁路 begins at its first end; 沪渝蓉高铁|汉江特大桥 are two, the second begins after it."""
    if found.ending in STOPS_AT:
        city = place_before(text, found.end - len(found.ending))
        return place_before(text, city)  # 宁波|舟山|港
    if (named := headed(text, found)) < found.start:
        return named
    ends = found.end - len(found.ending)
    if found.strength == "site" and (series := _SERIES_INSIDE.search(text, max(0, ends - 24), ends)):
        return left_edge(text, series.end("first"), max(0, series.start() - 16))
    if not found.core and found.strength == "span" and (own := _behind_a_place(text, ends)) < ends:
        return own
    verb = _VERB.match(found.core) or _APPOSITION.match(found.core)
    if found.strength in {"span", "line"} and "工程" not in found.ending:
        done = _DONE_TO.match(found.core)
        verb = done if done and (verb is None or done.end() > verb.end()) else verb
    if verb:
        return found.start + verb.end()
    if road := _ROAD.search(found.core) if found.ending in SHORT_LINES else None:  # 平陆运河|G75兰海高速
        return found.start + road.start()
    start = found.start + after_output(found.core)
    if start > found.start:  # 年产5万吨|磷酸铁锂正极材料项目
        return start
    if before := _NUMBERS_BEFORE.search(text, max(0, start - 16), start) if found.core[:1].isdigit() else None:
        return left_edge(text, before.start(), max(0, before.start() - 20))
    numbered = _NUMBERED.search(text, max(0, start - 8), start) if not found.core and found.strength != "site" else None
    if numbered:  # 祁连山|2号|隧道, 9号、10号|泊位工程
        start = left_edge(text, numbered.start(), max(0, numbered.start() - 20))
        start = after_telling(text, start, numbered.start())  # 成功发射|荷鲁斯1号遥感卫星
    core = text[start : found.end - len(found.ending)]
    before = _WORK_BEFORE.match(core)
    if before and place_at(text, start + before.end(), start + len(core)) > start + before.end():
        return start + before.end()
    inside = _LINE.match(core) if found.strength in {"span", "line"} else None
    if inside and len(core) - inside.end() >= 2:
        return start + inside.end()
    if numbered:
        return start
    if found.strength in {"span", "line"}:
        start = found.start  # 转入|码头, 始发|中越班列: a verb at the head, unless a place begins with it
        while not opens(text, start) and text[start : start + 2] in lexicon("verbs") and start + 2 <= ends:
            start += 2
        # 运行|浙东引水工程, but 引水工程 and the like may begin with a verb of their own
        if start > found.start and ("工程" not in found.ending or opens(text, start)):
            return start
    if (
        (found.strength == "line" and not found.ending.endswith("码头"))
        or "工程" in found.ending
        or found.ending.endswith(("通道", "桥", "隧道"))
    ):
        arrived = _ARRIVED.search(text, max(0, found.start - 2), found.start)  # 来到|河北…工程 runs from no place to it
        start = found.start if arrived or not found.core else line_start(text, found.start)
        start += text[start - 1 : start + 1] == "接线"  # 连接线|潍坊至荣成高速铁路
        # 建设|陕北到安徽…工程, but 把力量集中到|“三北”工程 is no line
        return found.start if "“" in text[found.start : ends] else start + 2 * text.startswith("建设", start)
    return found.start


def _behind_a_place(text: str, ends: int) -> int:
    """青海|哇让|抽水蓄能电站: two or three letters behind a place are a name, though 让 looks like an edge."""
    for first in (ends - 2, ends - 3):
        place, word = place_before(text, first), text[first:ends]
        if place == first or edge_at(text, first + 1) or DESCRIBES.search(word) or EVALUATES.search(word):
            continue
        if is_generic(word, "project_generic"):
            continue
        if not any(True for _ in matches(word, "generic_words", "leading_words")) and word not in lexicon("verbs"):
            return place
    return ends
