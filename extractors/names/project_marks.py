"""Projects by marks and numbers: “阳光志愿”信息服务系统, 顺北84斜井, 漳河灌区|续建配套项目."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from extractors.lexicon import lexicon
from extractors.model import Mention
from extractors.names.boundary import left_edge
from extractors.names.endings import is_generic
from extractors.names.power_lines import lines_by_number
from extractors.names.project_forms import project
from extractors.patterns import regex

# “扫码检查”|系统, “京办”|小程序: a system of the state or of a firm by its name in quotation marks
_SYSTEM = regex(
    r"“(?P<name>(?!十[一二三四五]五|萨德|铁穹|爱国者|海马斯|大卫|一带一路|双碳|双循环|[^”]{0,10}[一二两三四五六七八九十]个)[\u4e00-\u9fffA-Za-z0-9+·]{2,12})”"
    r"(?:(?:信息|服务|管理|监管|监测|预警|检查|查询|综合|智能|智慧|数字|数据|应用|操作|政务|交易|调度|指挥|识别|导航|预报|观测"
    r"|核验|登记|申报|评价|追溯|办案|平台|公共|在线|网上|志愿|填报|招聘|就业|移动|手机|微信|大){0,5}(?:系统|小程序|客户端|APP|App|数据库))"
    r"(?![性内中化]|集成|工程|治理)",
    only="”.{0,10}(?:系统|小程序|客户端|APP|App|数据库)",
)
# “东数西算一体化算力服务平台”|正式上线: all of the name stands in the quotation marks
_WHOLE = regex(
    r"“(?P<name>[\u4e00-\u9fffA-Za-z0-9]{4,24}(?:服务平台|公共平台|云平台|平台|系统|数据库|小程序))”"
    r"(?=(?:今天|昨天|近日|日前|也|已|正式|同时|同步|在[^，。]{2,8}){0,3}(?:上线|启用|开通|投用|启动|发布|亮相|投入使用|投入运行|建成|试运行))",
    only="(?:平台|系统|数据库|小程序)”",
)
# 全球风暴潮海啸监测预警系统|投入运行, 北京中轴线数字资源库|今天上线: the subject of the clause
_ONLINE = regex(r"(?:上线|正式发布|投入运行|投入使用|正式启用|正式开通|启动试运行)(?!仪式|下|以来|后|的|播出|率|线下)")
_PLATFORM = regex(
    r"(?:今[天日]|昨[天日]|日前|近日|——)?"
    r"(?P<name>(?:“[^“”\n]{2,12}”|[^，。；：、！？\n（）的了“”《》\s]){4,24}?(?:平台|系统|资源库|数据库|信息库))"
    r"(?:今[天日]|昨[天日]|当[天日]|日前|近日|（[^（）\n]{3,10}）|\d{1,2}月\d{1,2}日|\d{1,2}日|[上下]午|同步|正式|全面|将?于?|已|也|在[^，。；\n]{2,12}?){0,5}"
)
_NO_PLATFORM = regex(
    r"^[该此这本其同]|首[个套座批]|[一二两三四五六七八九十百千\d]+[余多]?[个套种]|一批|一系列|各|多[个家套]|新媒体|相关|自主|新一代|最大|网站平台|社交|电商|通过|推出|建设|搭建|打造"
    r"|升级|[^—]在|由|将|与|和|使用|利用|包括|随着|我国|全国多|部门|客户端|直播平台|短视频|交易系统$|操作系统$|生态系统|防空|导弹|武器"
)
# 顺北|84斜井, 深地塔科|1井: a well is called after its field
_WELL = regex(
    r"(?P<field>深地[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2})(?P<number>\d{1,4}(?:-\d{1,3})?[A-Z]{0,2}(?:斜|侧|平|直)?井)(?![口下筒场底架盐站冈眼深水喷])"
)
_NUMBERED_WELL = regex(r"\d[A-Z]{0,2}[斜侧平直]?井")
_NO_FIELD = regex(
    r"[第共约近超达有打钻的了在口个座余多为至和与及]"
    r"|完成|新增|累计|部署|建成|计划|今年|投产|开钻|气井|油井|水井"
)
# 西霞院水利枢纽|输水及灌溉工程
_WATER_WORKS = regex(
    r"(?:水利枢纽|枢纽|水库|灌区|运河|引黄)(?:输水|供水|灌溉|引水|调水|防洪|排涝)"
    r"(?:(?:及|与|和)(?:输水|供水|灌溉|引水|调水|防洪|排涝))?(?:配套|续建)?工程(?![建部])"
)
# 顺水河、南澧河、沙洺河|夹道调蓄工程: works on more than one river are one
_RIVERS = regex(
    r"[河江湖渠溪]、(?:[\u4e00-\u9fff]{1,4}[河江湖渠溪]、){0,4}[\u4e00-\u9fff]{1,4}[河江湖渠溪](?![流道湖])"
    r"(?:(?![的和与等及、])[\u4e00-\u9fff]){2,10}?(?:工程|项目)(?![建部])",
    only="[河江湖渠溪]、[^、]{1,4}[河江湖渠溪]",
)
# 漳河灌区|续建配套与现代化改造一期工程
_IRRIGATION = regex(
    r"灌区(?:[一二三四]期)?(?:续建配套|节水配套|节水改造|现代化改造|配套改造|配套)(?:(?:与|和|及)?(?:续建配套|节水配套|节水|现代化|配套|改造)){0,3}(?:[一二三四]期)?(?:工程|项目)"
)


def projects_by_marks(text: str) -> Iterator[Mention]:
    """Mentions of systems in quotation marks, wells and works on waters."""
    if "”" in text:
        for match in _SYSTEM.finditer(text):
            yield project(match.span(), match[0], "system in quotation marks")
        for match in _WHOLE.finditer(text):
            yield project(match.span(), match["name"], "platform in quotation marks that came into use")
    yield from _platforms(text)
    yield from lines_by_number(text)
    for match in _WELL.finditer(text) if "井" in text and _NUMBERED_WELL.search(text) else ():
        if not _NO_FIELD.search(match["field"]) and match["field"] not in lexicon("verbs"):
            yield project(match.span(), match[0], "well of a field")
    if "、" in text:
        for match in _RIVERS.finditer(text) if "工程" in text or "项目" in text else ():
            yield from _works_on_rivers(text, match)
    works = _IRRIGATION.finditer(text) if "灌区" in text else ()
    for match in chain(works, _WATER_WORKS.finditer(text) if "水" in text and "工程" in text else ()):
        start = left_edge(text, match.start(), max(0, match.start() - 12))
        if 2 <= match.start() - start <= 8 and not re.search("[型个座处多批]$", text[start : match.start()]):
            yield project((start, match.end()), text[start : match.end()], "works on an irrigation district")


def _platforms(text: str) -> Iterator[Mention]:
    for verb in _ONLINE.finditer(text):
        near = max(0, verb.start() - 56)
        first = max(near, *(text.rfind(mark, near, verb.start()) + 1 for mark in "，。；！？\n】—"))
        clause = _PLATFORM.fullmatch(text, first, verb.start()) if first > near or not first else None
        if clause is None or _NO_PLATFORM.search(clause["name"]):
            continue
        start, core = clause.start("name"), re.sub("(?:平台|系统|.{2}库)$", "", clause["name"])
        if len(core) >= 4 and not is_generic(core, "project_generic"):
            yield project((start, clause.end("name")), clause["name"], "platform that came into use")


def _works_on_rivers(text: str, match: re.Match[str]) -> Iterator[Mention]:
    start = left_edge(text, match.start(), max(0, match.start() - 5))
    if start < match.start():
        yield project((start, match.end()), text[start : match.end()], "works on more than one river")
