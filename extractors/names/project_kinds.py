"""Kinds of structure, which name none though a place stands before them: 印尼|漂浮光伏电站, T2|航站楼."""

from __future__ import annotations

import re

from extractors.lexicon import lexicon
from extractors.names.endings import Candidate, is_generic, place_at
from extractors.patterns import regex

_WIDE_PLACES = frozenset(
    word
    for word, entry in (*lexicon("provinces").items(), *lexicon("countries").items())
    if not word.startswith(("北京", "上海", "天津", "重庆", "香港", "澳门", "新加坡")) and len(word) > 1
)
SHORT_LINES = frozenset(("高速", "高铁", "铁路", "高速铁路", "高速公路", "城际铁路", "公路"))
# 西北地区|特大型铁路综合交通枢纽: a region is where there are many
REGION = regex(
    r"(?:粤港澳大湾区|京津冀|长三角|珠三角|亚欧|欧亚|亚洲|欧洲|非洲|欧盟|西[南北](?!部)|东[南北](?!部)|华[东南西北中]|[东西南北中华]{2,3}(?:地区|部)|[\u4e00-\u9fff]{2,3}地区)"
)


def is_kind(core: str, found: Candidate) -> bool:
    """A kind of structure, though a place stands before it: 印尼|漂浮光伏电站, 粤港澳大湾区|核心交通枢纽, T2|航站楼."""
    if found.ending in {"公路", "铁路"} and core.endswith(("公路", "铁路", "大桥")):  # 连韩公路|铁路
        return True
    if "”" in core and found.ending.endswith("通道") and not found.place:
        return True
    if core.isascii() and "工程" not in found.ending:
        return True
    if found.ending.endswith("通道") and core.endswith("新"):  # 亚欧陆路运输新|通道
        return True
    region = REGION.match(core)
    rest = core[region.end() if region else place_at(core, 0, len(core), ("countries",)) :]
    if re.fullmatch(r"[\u4e00-\u9fff]{1,4}[县州省道]", rest) and len(rest) < len(core):  # 日本石川县|核电站
        return True
    if not rest:
        return region is not None and found.ending in SHORT_LINES
    return rest not in {"国际", "新"} and is_generic(rest, "project_generic")


# 环村|公路, “菜篮子”|生产基地, 通车|高速公路: which of many is told by nothing
_WHICHEVER = regex(
    r"^(?:全?[省市县区镇]?(?:环|进|通|村|入|绕|出|过|沿|滨|临|国省)[村乡镇县组户城江河湖海干]{0,2}(?:线)?|通车|国省干线|农村|县乡|高原|山区|盘山|景区|旅游|红色|资源|产业|主干|干线|普通|县县通|村村通|户户通|第[一二三四五六]|沿江|沿海|跨[江河海湖]|入户)"
    r"(?:高速公路|公路|高速|高铁|铁路|通道|粮库|大桥|水厂|电厂|水库|隧道)$"
)
_SLOGAN = regex(
    r"^“[^”]{2,4}”(?:[\u4e00-\u9fff]{0,6}(?:生产|种植|养殖|供应|保供|实践|教育|培训|实训|生活|物流|创业|创新|孵化|直供))?(?:基地|工厂|项目|大通道|通道)$"
)
# 长三角|亲子…, 新疆|机场, 朝鲜|侦察卫星, 西南|综合交通枢纽: a wide region and a kind
_OF_A_WIDE_PLACE = regex(
    r"(?:机场|港|火车站|水库|电厂|电网|公路|高速|铁路|卫星|侦察卫星|通信卫星|潜水器|探测器|空间站|火箭|综合交通枢纽|交通枢纽|物流枢纽)$"
)
_WIDE = regex(
    r"(?:[西东][南北]|华[东南西北中]|中部|[东西南北]部|长三角|珠三角|京津冀|[\u4e00-\u9fff]{1,4}(?:上游|中游|下游))(?:地区)?"
)
_WATERS = regex("[淮黄长海珠辽渭汉赣湘][河江](?:流域)?[上中下]游水库$")
# 美制|高速, 时隔三年|深圳机场, 紧盯制造业抓|项目, “雪龙2”号…顺利返回…码头: what a clause says, no name
_CLAUSE = regex(
    r"[美俄英法德日韩国]制(?:高速|公路)$|焊出|时隔|紧盯|抓(?:好|实|住)?项目|顺利返回|重新激活|批准的|能力领域|一单制”.*班列|主通道|未来电网|^(?:[东西南北]|中)线一期|组织基地$|^方[英美法德]国"
    r"|^至(?![诚善正])|^节水项目|^(?:市|县|区)级|^[东西中]线[一二三]期|^(?:爱心|绿色|便民|快速|陆路|海湾|智慧|无障碍|跨境|应急|生命)(?:通道|隧道|公路|高速)$|\d省份"
    r"|偏低|^(?:风能|太阳能|生物质|光伏|光热|水力|火力|抽水蓄能)(?:发)?电[站厂]$|^融合|^日本.{1,4}县核电站$|^“(?:华龙|国和|玲龙)一号”(?:核电)?(?:基地|项目)$|腹地"
    r"|[万亿]元级|顶尖|体系大桥$|^成AI|^东西人工岛|暨.*项目$|城市间|核心项目$|原有|现有|既有|[与和].{2,12}信息平台$|影视|重[点要大]水库$|^(?:关键性|控制性|标志性)(?:骨干|节点)?(?:枢纽)?(?:工程|项目)$"
)
# 一群高寒|铁路, 热门区间夜间|高铁, 国家“十四五”重大…工程, ±800千伏特高压直流工程: told, not named
_TOLD_ONLY = regex(
    r"^一群|铁路冷链班列$|口岸中欧|^送|^(?:[±\d]|正负)+千伏(?:特高压)?(?:直流|交流|输变电|输电|变电)?(?:工程|线路工程|站)$|^[一二三四五]期\d|[区夜]间.{0,4}高铁|^年[内底]|^海运通道|^保证|^全黄土|第.{1,3}届"
    r"|^国家“十.五”|三省市|^中央储备粮直属库$|人才高地|^(?:民族团结进步|爱国主义|党性|国防|廉政|警示|科普)教育基地|集体项目$|^人文交流"
    r"|^沿黄灌区|车道高速|全线隧道|跨黄通道|村级|互联互通(?:示范)?工程|^.{2,5}跨河大桥(?:项目)?$|信息动态|^“四纵三横”|横”区域"
)
# 美制|高速反辐射导弹, 中国高铁|新速度, 铁路|物流中心: the head runs on into another thing
_GOES_ON = regex(
    r"(?:络|公安|体育)|[\u4e00-\u9fff]{0,4}(?:导弹|鱼雷|炮弹|无人机)|新速度|新名片|速度(?!快)|检测有限|物流(?:中心|园|港)|职业|奇迹|精神(?!病)|装备|技术(?!改造)|标准体系"
)
_PORT_CITIES = frozenset(("苏丹港", "哈科特港", "莫尔兹比港", "伊丽莎白港", "太子港", "路易港", "布莱尔港", "黑德兰港"))
_GRAND_CANALS = frozenset(("大运河", "中国大运河", "京杭大运河", "隋唐大运河"))
# 运行|浙东引水工程, 驶过|临清…: a verb that the lexicon of edges does not know before such endings
_LED = regex(
    r"(?:运行|保障|启用|投运|调度|驶[过上入离]|灌区(?=[^，。]{2,6}灌区)|途经|穿越|流经|跨越|巡查|检修|焊出|接入|连接)"
    r"(?=[\u4e00-\u9fff]{4})"
)
# 华能|北京热电厂: the bare name of a power company belongs to its plant
_POWER_COMPANY = regex("(?:华能|华电|大唐|国电|华润|京能|浙能|粤电|国能|中广核|中核)$")
_PLANT = regex("(?:电厂|电站|热电|核电|煤电|风电|光伏|基地|机组)")


def own_words(text: str, start: int, found: Candidate) -> int:
    """Where the name begins without a verb at its head, and with the power company that a plant is called after."""
    if text[start - 1 : start + 1] in {"省内", "境内", "市内", "区内", "州内"}:  # 江西省内|杭昌高铁
        start += 1
    while text[start : start + 1] in {"―", "—", "－"}:  # ――|甬舟铁路
        start += 1
    dash = text.find("——", start, found.end - len(found.ending))
    start = dash + 2 if dash >= 0 else start  # 何以中国——|中华文明探源工程
    led = _LED.match(text, start, found.end)
    if led and led.end() + 4 <= found.end:
        return led.end()
    if not _PLANT.search(text, start, found.end):
        return start
    place = start
    if not (owner := _POWER_COMPANY.search(text, max(0, start - 3), start)):
        place = next(
            (p for p in range(start - 2, max(-1, start - 5), -1) if text[p:start] in lexicon("provinces")), start
        )
        owner = _POWER_COMPANY.search(text, max(0, place - 3), place) if place < start else None
    return owner.start() if owner else start


def names_nothing(text: str, start: int, end: int, ending: str) -> bool:
    """A kind of thing, the words of a clause, or the head of something else, though it ends like a project."""
    name = text[start:end]
    if any(told.search(name) for told in (_WHICHEVER, _SLOGAN, _CLAUSE, _TOLD_ONLY, _WATERS)):
        return True
    if ending.endswith("运河") and name.endswith("大运河") and name not in _GRAND_CANALS:
        return True
    if ending == "航道桥" and "大桥" in name:  # 张靖皋长江大桥|北航道桥 is a span of the bridge
        return True
    if name in _PORT_CITIES or name.count("“") != name.count("”"):
        return True
    if ending.endswith(("高速", "高铁", "铁路", "工程", "公路", "运河", "交通网")) and _GOES_ON.match(text, end):
        return True
    kind = _OF_A_WIDE_PLACE.search(name)
    rest = name[: kind.start()] if kind else ""
    return bool(rest) and (rest in _WIDE_PLACES or bool(_WIDE.fullmatch(rest)))
