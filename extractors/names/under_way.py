"""Projects known by what is told of them: …水利项目|近日开工, 国家重大工程——|…防洪治理工程.

A description becomes the name of one project when the text says that it was begun, finished or put to use, or when it
stands after a dash as the name of what was said before it.
"""

from __future__ import annotations

from extractors.names.endings import Candidate, is_generic
from extractors.patterns import regex

_WHEN = (
    r"(?:日前|近日|目前|今[天日]|昨[天日]|当[天日]|[上下]午|\d{1,2}[月日]|（[^（）\n]{2,10}）"
    r"|于|在[^，。；、\n]{2,20}?)"
)
_HOW = r"(?:正式|全面|全线|如期|集中|顺利|成功|实现|也?已经?|将|全容量|主体|建设|首批|首条|首台|首期)"
_STAGE = (
    r"(?:开工|动工|奠基|开建|贯通|通车|合龙|上线|投产|投运|投用|投入|建成|竣工|完工|并网|封顶|落成|交付|移交|试运行|启用|通过[^，。]{0,6}验收"
    r"|启动(?!子)|点火|通水|通气|正?在?(?:紧张|加紧|抓紧|加快|加速)(?:有序)?地?(?:建设|施工|推进))"
)
# 近日正式|开工, 一期生产线顺利|投产
_STAGED = regex(rf"(?:[一二三四五]期)?(?:生产线|机组)?{_WHEN}{{0,5}}{_HOW}{{0,4}}{_STAGE}")
# 河北至陕西|天然气管道项目, …承建的|…: several of a kind or works in general are no name
_SEVERAL = regex(
    r"等|一批|控制性|标志性|^骨干|重要|“十[一二三四五六]五”|[多各]|系列|新一轮|两个|重[点大]|[\d一二两三四五六七八九十][个项批座条]"
)
_KIND_OF_WORK = regex(
    r"(?:改造|建设|整治|治理|修复|保护|更新|升级|扩建|修缮|绿化|维修|加固|帮扶|惠民|民生|便民|合作|投资|招商|研究|科研|创新|试点)$"
)
# 年产5万吨|磷酸铁锂正极材料项目: how much of it is made
_OUTPUT = regex(r"年?产[\d.]{1,6}[百千万亿]{0,2}[吨台套辆片只件方米](?:以上)?的?")
# 国家重大水利工程——|…, 重点民生项目“|…
_HEADED = regex(
    r"(?:项目|工程|枢纽|电站|之一|大桥|隧道|平台|基地|装置|铁路|公路|通道|首站|管道)——(?P<name>[^，。；：、“”的\n]{5,26})$"
)
_TOLD = regex(r"(?:示范|改?扩建|[一二三四五六]期)?(?:项目|工程)|生产线")


def headed(text: str, found: Candidate) -> int:
    """Where a name begins that stands after a dash, 重大工程——|…; where `found` begins when it does not."""
    start, end = found.start, found.end - len(found.ending)
    match = _HEADED.search(text, max(0, end - 40), end) if _TOLD.fullmatch(found.ending) else None
    return match.start("name") if match and match.start("name") <= start else start


def is_headed(text: str, start: int) -> bool:
    """Does a dash right before `start` introduce the name of what was said before it?"""
    return text[start - 2 : start] == "——"


def after_output(core: str) -> int:
    """How many characters of a description tell the yearly output: 年产5万吨|磷酸铁锂正极材料."""
    match = _OUTPUT.match(core)
    return match.end() if match else 0


def is_told(text: str, start: int, found: Candidate) -> bool:
    """Is this a description long enough to name, of one thing that is begun, finished or put to use?"""
    if not _TOLD.fullmatch(found.ending):
        return False
    core = text[start : found.end - len(found.ending)]
    shortest = 4 if "期" in found.ending else 5
    if _SEVERAL.search(core) or is_generic(core, "project_generic") or not shortest <= len(core) <= 26:
        return False
    if not found.opened and _KIND_OF_WORK.search(core):
        return False
    return is_headed(text, start) or bool(_STAGED.match(text, found.end))
