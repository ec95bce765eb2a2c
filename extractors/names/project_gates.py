"""Whether the words before 水电站, 高铁 or 基地 make the name of one, by the class of the ending."""

from __future__ import annotations

import re

from extractors.lexicon import lexicon
from extractors.names.endings import Candidate, is_generic, place_at, town_at
from extractors.names.own_names import owner_end
from extractors.names.project_forms import EVALUATES
from extractors.names.project_kinds import REGION, SHORT_LINES, is_kind
from extractors.names.under_way import is_told
from extractors.patterns import regex, searching

DESCRIBES = regex(
    r"最[大长高深先早东南西北美]|^待|^整个|直连|(?:晋升|上升|转诊|静脉|投诉|举报|融资|求职)$|首[个座条台艘颗列例趟班次套]|[一二两三四五六七八九十数多几\d][个座条台艘颗项批处辆架列趟所名]|[多各]|(?<!第)[一二两三]$|亿方|段$|[部局委]$|等地|一些|[一二三四五六七八九十两]大|(?<!转)型$|乡村|^国[东南西北中]部|级$|式$|^该|^其|亿元|万亩|[，。；]"
    r"|\d万?[名人]|^(?:主线|沿线|海底|沉管|年?底|家战略|网中|内部|周边|沿[江河海湖])|高风险|“米”字形|第[一二三四五]代|(?:亚洲|世界|全球)第|第[一二三]深|级高|^涉|规划和|无$|事发|上$|后$|这条|^[有处](?=.{3})|^封存|发展陆上|段全线|^多力|集中到|[充换]$|^第[一二][高大深长]|[一二两三四五六七八九十\d]成|数[百千万]|[两各多]地|^部分|一空军|评价|”一体化|^[乌俄以美日韩][军方]|哈马斯|真主党|发射$|(?:论坛|大会|峰会)”$|加$|对口帮扶|[两沿]旁|深处|(?:比赛|竞赛|赛事|直播)$|\d[年月]$|^连[村韩朝]$|媒体|境内|武器|弹药|实践创新|”实践|就是|“沙戈荒”|^[条座个]|连续.年|下$|\d小时$|\d万?公里$|[百千万][台辆架列个]|\+|^市?机场$|^\d+兆瓦级|新增|中标|“一站|八纵八横|^[一二两三四五六七八九十]国(?!际)|[一七]国铁"
)
# 广州|港, 都匀|东站: nothing but the place
STOPS_AT = frozenset(("港", "东站", "西站", "南站", "北站"))
_SERIAL = regex(r"\d{1,4}[号期组]|[A-Z]{2,}|\d[A-Z]|[A-Z]\d|号$")
# 开工166个|太湖保护治理工程: counted things are no one thing
_COUNTED = searching(
    r"(?:(?:[\d十百千万]|[二两三四五六七八九]|多|余|又一|这|那|一)[个座条项处家所]{1,2}|一批|一系列)(?:[百千万]亿?级)?$"
)
# 统筹|高铁, 西煤东运主要|通道: verbs and ranks that no structure is called by
_NO_STRUCTURE = regex(
    "享受|保障|加速|发展|打通|支持|支援|统筹|推广|搭建|恢复|改建|设置|停止|维护|转运|运营|增开|加开|备降|填补|主要|重要|领导|首都(?!国际)|新型"
)
# 向家坝灌区|北总干渠…工程: a letter, a number or a water, a port, a park that no list holds
_OF_ITS_OWN = regex(r"[A-Z\d]|灌区|[^海进出]港|闸|渠|[江河湖](?!道)|公园|医院|水库|西气东输|联网工程")
# 在|马道枢纽|建设现场: what is built somewhere is one thing
_BUILDING_SITE = regex(r"(?:建设|施工)(?:现场|工地)|(?:船闸|主体)工程")
_NEEDS_PLACE = frozenset(("通道", "码头", "水厂", "集装箱码头", "国际陆港", "泵站"))
# 恩平15-1|平台, 中芯国际SN1|工厂: a site with a code of its own
_CODED = regex(r"[A-Z]{2,}\d*$|[\u4e00-\u9fff]\d{1,3}-\d{1,3}")
# 智算中心: a place is name enough
_ENOUGH = regex(r"(?:智算|超算|算力|计算)中心$|数据中心集群$|超级工厂$|灯塔工厂$")
# 脉冲强磁场|实验装置 without a place: a facility when it is told to be built or run
_FACILITY = regex(r"(?:装置|设施|光源|加速器|对撞机|实验堆|中子源)$")
_BUILT = regex(
    r"[^，。；]{0,8}?(?:建成|启用|验收|开工|投用|投入|运行|启动|落户|落成|交付|竣工|动工|重启|开建|二期|一期|建设|升级|优化提升)"
)
# 腾格里沙漠|新能源基地, 渤中19-6气田|…: places that no list holds, by their last character
_FORMED = regex(
    r"[\u4e00-\u9fff]{2,5}?(?:沙漠|沙地|盆地|半岛|流域|油田|气田|矿区|新区|新城|开发区|高新区|港区|作业区"
    r"|[^城全各上]市(?![场民政值属级域内区])|[^各本乡城][镇州旗盟岛湾])"
)
# 航天科技集团|五院|天津基地: a seat of an organisation
_BODY_INSIDE = regex("[一二三四五六七八九十]院|研究[院所]|公司|分院|大学")
_ENLARGED = regex("(?:机场|电站|铁路|公路|港|码头|枢纽)(?:[一二三四]期)?$")
_OF_A_COMPANY = frozenset(("项目", "生产线", "基地", "工厂", "一期项目", "二期项目", "生产基地"))


def is_name(text: str, found: Candidate, start: int) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    core = text[start : found.end - len(found.ending)]
    inner = found.inner
    if len(core) < 2 or DESCRIBES.search(core.removeprefix(found.place)):  # 鄂尔|多|斯
        return False
    if _COUNTED.search(text, max(0, start - 3), start) and not found.quoted:
        return False
    if found.ending in _NEEDS_PLACE and not (found.place or len(core) <= 3):
        return False  # 鸟类迁徙|通道, 海铁联运自动化|集装箱码头: kinds of things unless a place says which
    if found.strength in {"span", "line"} and "工程" not in found.ending and _NO_STRUCTURE.search(core):
        return False
    if is_told(text, start, found):  # 我国规模最大的|天然铀产能项目开工 tells what kind, not which
        return bool(found.place or found.opened or found.quoted or "期" in found.ending or _OF_ITS_OWN.search(core))
    # 成都|超算中心, 朝阳|智能算力中心
    if _ENOUGH.search(found.ending) and (found.place or town_at(text, start) > start):
        return len(core) <= 24
    if found.ending.endswith("能源基地") and core == found.place:  # 冀北|清洁能源基地
        return core not in lexicon("provinces") and core not in lexicon("countries") and not REGION.fullmatch(core)
    if found.ending == "枢纽" and 2 <= len(core) <= 3 and not found.generic and _BUILDING_SITE.match(text, found.end):
        return True
    if found.strength in {"span", "line"} and is_kind(core, found):
        return False
    if found.strength == "line" and core in lexicon("projects"):  # 三澳核电站|联网工程
        return True
    if found.ending in STOPS_AT or (start > found.start and found.strength != "site"):
        return not is_generic(core, "project_generic")
    if not inner and found.place in lexicon("countries") and not found.ending.startswith("国际"):  # 英国|机场
        return False
    if found.strength == "span":  # 南京|长江大桥, 三峡|水库: a place is name enough
        if not found.place and len(core) > 10 and not re.search(r"\d|[·“至]", core):
            return False  # 城市建设共享式充|电站: what is long without a place has swallowed a verb
        return (bool(found.place) or not found.generic) and len(core) <= 16
    if found.strength == "facility" and found.place:
        return len(core) <= 20 and len(inner) >= 2 and not EVALUATES.search(inner)
    if found.strength == "line" and found.place and len(found.ending) >= 5:  # 金门|供水水源保障工程
        return len(core) <= 14
    if found.generic and found.strength != "site" and not found.ending.endswith("平台"):
        return False
    if "扩建" in found.ending and _ENLARGED.search(core):  # 中川国际机场三期|扩建工程
        return len(core) <= 16
    if found.strength == "line":  # 京张|高铁, but not 英国|铁路
        longest = 20 if "至" in core else 14 if found.opened else 4 if found.ending in SHORT_LINES else 6
        return len(inner) >= 2 and len(core) <= longest and not core.endswith("”")
    if found.strength == "named":
        return len(core) <= 10 and not EVALUATES.search(inner)
    if found.strength == "facility":
        if core[:2] in lexicon("verbs") and not found.opened:  # 验证|未来聚变实验堆
            return False
        if found.quoted and found.ending.endswith(("火箭", "飞船", "探测器")):  # “星际客机”|飞船 is a thing made
            return False
        if found.ending == "示范船":  # 内河64标准集装箱纯电池动力|示范船
            return 6 <= len(core) <= 20
        if _FACILITY.search(found.ending) and 3 <= len(core) <= 18 and _BUILT.match(text, found.end):
            return True
        if found.ending == "望远镜" and len(core) <= 3 and core[-1] not in "型制用筒台的":
            return True
        return found.quoted or (found.opened and len(core) <= 16) or bool(_SERIAL.search(core))
    if found.ending.endswith("平台") and re.match(r"国家(?!级)|全国(?!性)", core):
        return (
            len(core) >= 6 and text[start - 1 : start] != "的"
        )  # 国家统一技术交易|服务平台, but 移动的国家安全宣传|平台
    if _CODED.search(core):
        return len(core) <= 24
    if found.quoted:
        if found.ending == "项目":  # 横琴|“澳门新街坊”项目, but not the description “渔光互补”项目
            return bool(found.place) and bool(re.fullmatch("“[^”]{4,8}”", found.inner))
        opens_it = core.startswith("“") or bool(found.place)
        return opens_it and len(core) <= 24 and not found.ending.endswith(("项目", "工程"))
    owner = owner_end(text, start)
    abroad = owner == start == found.start and found.place in lexicon("countries")
    if abroad or _BODY_INSIDE.search(core):
        return False  # 中国|土木工程, 伊拉克|空军基地
    place = place_at(text, owner, start + len(core))
    if place == owner and (formed := _FORMED.match(text, owner, start + len(core))):
        place = place if is_generic(formed[0][:-2], "project_generic") else formed.end()
    inner = text[place : start + len(core)]
    if owner > start and place > owner and found.ending.endswith(("工厂", "基地")):  # 特斯拉|上海|工厂
        return len(core) <= 24
    if owner > start and place == owner:  # 中芯国际|临港12英寸晶圆代工生产线项目
        return found.ending in _OF_A_COMPANY and len(inner) >= 6 and not EVALUATES.search(inner) and len(core) <= 28
    anywhere = found.place in lexicon("countries") or found.ending in {"工程", "项目"} or REGION.fullmatch(found.place)
    plain = not (found.ending == "服务平台" and len(inner) >= 5)  # 长三角|科技资源共享服务平台
    if anywhere and plain and is_generic(inner, "project_generic"):  # 阿联酋|风电项目, 黄河中游水利|工程
        return False
    return place > start and len(inner) >= 2 and not EVALUATES.search(inner) and len(core) <= 24
