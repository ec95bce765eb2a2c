"""Projects: structures, plants, facilities, sites and platforms by their names.

白鹤滩水电站, 深中通道 and 徐圩一期工程 are names; 重大项目, 服务平台 and 我国最大光伏电站 are not.
A structure is named by whatever stands before it and is not mere description; a site needs a place or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention
from extractors.names.boundary import edge_at, left_edge, opens
from extractors.names.endings import Candidate, candidates, is_generic, line_start, place_at, place_before, town_at
from extractors.names.own_names import own_start, owner_end
from extractors.names.products import find_products
from extractors.names.project_forms import EVALUATES, project, projects_by_form
from extractors.names.project_kinds import REGION, SHORT_LINES, is_kind, names_nothing, own_words
from extractors.names.project_marks import projects_by_marks
from extractors.names.quotes import curly
from extractors.names.tellings import after_telling
from extractors.names.under_way import after_output, headed, is_told
from extractors.patterns import searching

_RUNS_ON = {
    "通道": re.compile(r"[侧口内外上]"),
    "高速": re.compile(r"[度发增铁公运机行航飞移推动列]"),
    "项目": re.compile(r"[化组库部书制]"),
    "风电场": re.compile(r"群"),
    "隧道": re.compile(r"[局群]"),
    "工程": re.compile(r"[处师院学部机质量技热系局公类设勘咨兵车总专中研造]"),
    "港": re.compile(r"[口务区币股元交资珠人府企岛警独湾式台商铁龙闸澳]"),
    "东站": re.compile(r"[区点]"),
    "平台": re.compile(r"[经企]"),
    "核电": re.compile(r"[站机集厂技公项装产]"),
    "铁路": re.compile(r"[局集部公职货客运旅人网口]"),
    "公路": re.compile(r"[局集部公货客运口桥]"),
    "机场": re.compile(r"[集公管快联高段群]"),
    "卫星": re.compile(r"[电视地天通接数]|0\d"),
    "高铁": re.compile(r"经济|多式|新城|[网圈]"),
    "城际": re.compile(r"[铁轨间列旅网客线动之一快]|交通|公路|公交(?!化)"),
    "快线": re.compile(r"[网上]"),
    "快速路": re.compile(r"网"),
    "水厂": re.compile(r"[家商]"),
    "水库": re.compile(r"群"),
    "枢纽": re.compile(r"[港机]"),
    "电网": re.compile(r"[公企调]"),
    "基地": re.compile(r"[组台]"),
    "国际陆港": re.compile(r"[区集公]"),
    "运载火箭": re.compile(r"基地"),
    "航道": re.compile(r"[局处]"),
}
_BODY_AFTER = re.compile(r"公司|集团|管理局|有限|股份|局")
_PHASE = re.compile(r"”?(?P<of>的)?(?P<phase>[一二三四五六]期(?:工程|项目|(?!装置|机组|建设|规划|改?扩建)))")
# 西气东输|四线: later pipes of one line
_PIPE = re.compile(r"[二三四五]线(?:工程)?(?![城市])")
_NEVER_AFTER = re.compile(
    r"公司|集团|管理局|管理处|管委会|有限|股份|股$|分局|研究院|研究所|学院|大学|方案|规划(?!建设)|条例|办法|协会|建设指挥部|开发区"
)
_DESCRIBES = re.compile(
    r"最[大长高深先早东南西北美]|^待|^整个|直连|(?:晋升|上升|转诊|静脉|投诉|举报|融资|求职)$|首[个座条台艘颗列例趟班次套]|[一二两三四五六七八九十数多几\d][个座条台艘颗项批处辆架列趟所名]|[多各]|(?<!第)[一二两三]$|亿方|段$|[部局委]$|等地|一些|[一二三四五六七八九十两]大|(?<!转)型$|乡村|^国[东南西北中]部|级$|式$|^该|^其|亿元|万亩|[，。；]"
    r"|\d万?[名人]|^(?:主线|沿线|海底|沉管|年?底|家战略|网中|内部|周边|沿[江河海湖])|高风险|“米”字形|第[一二三四五]代|(?:亚洲|世界|全球)第|第[一二三]深|级高|^涉|规划和|无$|事发|上$|后$|这条|^[有处](?=.{3})|^封存|发展陆上|段全线|^多力|集中到|[充换]$|^第[一二][高大深长]|[一二两三四五六七八九十\d]成|数[百千万]|[两各多]地|^部分|一空军|评价|”一体化|^[乌俄以美日韩][军方]|哈马斯|真主党|发射$|(?:论坛|大会|峰会)”$|加$|对口帮扶|[两沿]旁|深处|(?:比赛|竞赛|赛事|直播)$|\d[年月]$|^连[村韩朝]$|媒体|境内|武器|弹药|实践创新|”实践|就是|“沙戈荒”|^[条座个]|连续.年|下$|\d小时$|\d万?公里$|[百千万][台辆架列个]|\+|^市?机场$|^\d+兆瓦级|新增|中标|“一站|八纵八横|^[一二两三四五六七八九十]国(?!际)|[一七]国铁"
)
_SERIAL = re.compile(r"\d{1,4}[号期组]|[A-Z]{2,}|\d[A-Z]|[A-Z]\d|号$")
# 海上二氧化碳捕集、|利用与封存（CCUS）项目
_SERIES_INSIDE = re.compile(
    r"(?P<first>捕集|捕获|采集|储存|生产|制备|提取|收集|开采|研发|设计)、[\u4e00-\u9fff]{2,4}[与和及][\u4e00-\u9fff]{2,4}(?:（[A-Z]{2,8}）)?$"
)
# 开工166个|太湖保护治理工程: counted things are no one thing
_COUNTED = searching(
    r"(?:(?:[\d十百千万]|[二两三四五六七八九]|多|余|又一|这|那|一)[个座条项处家所]{1,2}|一批|一系列)(?:[百千万]亿?级)?$"
)
_NUMBERED = re.compile(r"(?<![\d月])\d{1,3}号(?:、\d{1,3}号)*$")
_NUMBERS_BEFORE = re.compile(r"(?<![\d月])(?:\d{1,3}号、)+$")  # 大榄坪南作业区|9号、|10号泊位工程
# 转运到…发电厂, 试图袭击…核电站: what no name of a structure goes through
_VERB = re.compile(
    r".{0,24}(?:袭击|炸毁|返回(?![器舱])|返抵|驶[入出往]|靠泊|停泊|策划|转运到?|抢修|恢复|试图|遭受?|乘?坐|搭乘|驾车|开往|飞往|进出|往返|往来|来往|停靠|绕行|封闭|关闭|开通|预计|称|今年?底|"
    r"本月底|前往|抵达|到达|奔赴|降落在?|停运|贯通|抢通|攻击|投运|推行|投入|造成|走下|占|致|走上|开行|接入|调度|^段|探访|走进|周边|附近|当地|正加紧|水毁|搭建|打造|汇入|监测|上线|支持|受(?=.{3})|也到|一些"
    r"|拓宽|感受|进行|利用|保障|援建|承建|共建|推进|开通|领略|走过|穿过|统筹|填补|加强|航班自|修筑|架设|开凿|穿凿|享受|连通|畅达|通行|控制性工程|重点工程|标志性工程|高铁网|铁路网|来到|改扩建|(?<=^.)下(?=高铁)|到$)"
)
# 双方破坏|核电站, 北接|沪昆铁路: what is done to a structure or where it goes is no part of what it is called
_DONE_TO = re.compile(
    r".{0,24}(?:控诉|破坏|影响|保护(?!区|地)|守护|增强|承载|注意|盯住|开[放出设辟]|采取|减轻|缓解|滞留|涌入|清扫|上跨|下穿|跨越|提升|增开"
    r"|[东西南北](?:接|连|距|临|靠|起)|[给被把](?=.{2}|$)|新建)"
)
# 统筹|高铁, 西煤东运主要|通道: verbs and ranks that no structure is called by
_NO_STRUCTURE = re.compile(
    "享受|保障|加速|发展|打通|支持|支援|统筹|推广|搭建|恢复|改建|设置|停止|维护|转运|运营|增开|加开|备降|填补|主要|重要|领导|首都(?!国际)|新型"
)
# 向家坝灌区|北总干渠…工程: a letter, a number or a water, a port, a park that no list holds
_OF_ITS_OWN = re.compile(r"[A-Z\d]|灌区|[^海进出]港|闸|渠|[江河湖](?!道)|公园|医院|水库|西气东输|联网工程")
_ARRIVED = re.compile("[来达得走回赶见看感送运提受收直遇找接听]到$")
# 沪渝蓉高铁|汉江特大桥: a line before a structure on it
_LINE = re.compile(r".{2,12}?(?:高速公路|高速|铁路|高铁|通道|公路)(?!工程)")
_ROAD = re.compile(r"(?<=[\u4e00-\u9fff])[GS]\d{1,4}(?=[\u4e00-\u9fff]{2,4}$)")
# 西爪哇省|奇拉塔水库: a province that is none of ours
_PROVINCE_ABROAD = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4}省)(?=[\u4e00-\u9fff]{2})")
# 在|马道枢纽|建设现场: what is built somewhere is one thing
_BUILDING_SITE = re.compile(r"(?:建设|施工)(?:现场|工地)|(?:船闸|主体)工程")
_NEEDS_PLACE = frozenset(("通道", "码头", "水厂", "集装箱码头", "国际陆港", "泵站"))
# 广州|港, 都匀|东站: nothing but the place
_STOPS_AT = frozenset(("港", "东站", "西站", "南站", "北站"))
# 恩平15-1|平台, 中芯国际SN1|工厂: a site with a code of its own
_CODED = re.compile(r"[A-Z]{2,}\d*$|[\u4e00-\u9fff]\d{1,3}-\d{1,3}")
# 智算中心: a place is name enough
_ENOUGH = re.compile(r"(?:智算|超算|算力|计算)中心$|超级工厂$|灯塔工厂$")
# 脉冲强磁场|实验装置 without a place: a facility when it is told to be built or run
_FACILITY = re.compile(r"(?:装置|设施|光源|加速器|对撞机|实验堆|中子源)$")
_BUILT = re.compile(
    r"[^，。；]{0,8}?(?:建成|启用|验收|开工|投用|投入|运行|启动|落户|落成|交付|竣工|动工|重启|开建|二期|一期|建设|升级|优化提升)"
)
# 腾格里沙漠|新能源基地, 渤中19-6气田|…: places that no list holds, by their last character
_FORMED = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:沙漠|沙地|盆地|半岛|流域|油田|气田|矿区|新区|新城|开发区|高新区|港区|作业区"
    r"|[^城全各上]市(?![场民政值属级域内区])|[^各本乡城][镇州旗盟岛湾])"
)
# 航天科技集团|五院|天津基地: a seat of an organisation
_BODY_INSIDE = re.compile("[一二三四五六七八九十]院|研究[院所]|公司|分院|大学")
# 重点变电站|河北邢台…: what it is, told before its name
_APPOSITION = re.compile(
    r".{0,8}(?:重[点大]|标志性|控制性|骨干)[\u4e00-\u9fff]{0,4}?(?:变电站|电站|工程|项目|枢纽)(?:之一|——)?"
)
_ENLARGED = re.compile("(?:机场|电站|铁路|公路|港|码头|枢纽)(?:[一二三四]期)?$")
# …输变电工程|若羌至花土沟750千伏线路工程: one work after another
_WORK_BEFORE = re.compile(r".{2,20}?(?:工程|项目)(?!部)")
_OF_A_COMPANY = frozenset(("项目", "生产线", "基地", "工厂", "一期项目", "二期项目", "生产基地"))


def find_projects(article: Article) -> Iterable[Mention]:
    """Mentions of named structures, facilities, missions, sites and platforms."""
    # 乘神舟十九号载人飞船: what ends where a product ends is that product
    return _find(curly(article.text), frozenset(m.span.end for m in find_products(article)))


@lru_cache(maxsize=64)
def _find(text: str, products: frozenset[int]) -> tuple[Mention, ...]:
    found = _by_ending(text, products)
    return (*_known(text), *projects_by_form(text), *projects_by_marks(text), *found)


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "projects"):
        if _BODY_AFTER.match(text, end):
            continue
        phase = _PHASE.match(text, end)
        if pipe := _PIPE.match(text, end) if text[end - 1] in "送输" else None:
            yield project((start, pipe.end()), entry.value + pipe[0], "pipe of a known line")
            continue
        # 中国散裂中子源|二期工程 is another project than 中国散裂中子源
        if phase:
            first = phase.start("phase") if phase["of"] else start
            yield project((first, phase.end()), entry.value + phase["phase"], "phase of a known project")
        if phase is None or phase["of"]:
            yield project((start, end), entry.value, "project by its name")


def _by_ending(text: str, products: frozenset[int]) -> Iterator[Mention]:
    known = products | {m.span.end for m in _known(text)}
    for found in candidates(text, "project_suffixes", "project_generic"):
        runs_on = _RUNS_ON.get(found.ending) or _RUNS_ON.get(found.ending[-2:])
        if (runs_on and runs_on.match(text, found.end)) or _NEVER_AFTER.match(text, found.end) or found.end in known:
            continue
        start = _start(text, found)
        moved = start < found.start == headed(text, found) and not EVALUATES.search(found.core)
        if moved or _is_name(text, found, start):
            own = own_start(text, start, found)
            if not is_told(text, start, found) or place_at(text, own, found.end) > own:
                start = own  # but 黑龙江省|粮食产能提升水利项目 is told of as it stands
            if text[start : found.end - len(found.ending)].isascii() and found.strength == "line":
                continue  # 广州地铁|App城际
            phase = _PHASE.match(text, found.end)
            end = (
                phase.end() if phase and not phase["of"] and not found.ending.endswith(("项目", "工程")) else found.end
            )
            if text.startswith("日本", start - 1):  # 日|本志贺核电站: a date's 日 is none here
                start += 1
            start = own_words(text, start, found)
            abroad = _PROVINCE_ABROAD.match(text, start, found.end) if found.strength == "span" else None
            if abroad and abroad["name"] not in lexicon("provinces"):
                start = abroad.end()
            if not names_nothing(text, start, end, found.ending):
                yield project((start, end), text[start:end], f"ends in {found.ending}")


def _start(text: str, found: Candidate) -> int:
    """上海至苏州|至湖州铁路 begins at its first end; 沪渝蓉高铁|汉江特大桥 are two, the second begins after it."""
    if found.ending in _STOPS_AT:
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
        if place == first or edge_at(text, first + 1) or _DESCRIBES.search(word) or EVALUATES.search(word):
            continue
        if is_generic(word, "project_generic"):
            continue
        if not any(True for _ in matches(word, "generic_words", "leading_words")) and word not in lexicon("verbs"):
            return place
    return ends


def _is_name(text: str, found: Candidate, start: int) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    core = text[start : found.end - len(found.ending)]
    inner = found.inner
    if len(core) < 2 or _DESCRIBES.search(core.removeprefix(found.place)):  # 鄂尔|多|斯
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
    if found.ending in _STOPS_AT or (start > found.start and found.strength != "site"):
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
    if found.place and found.ending == "植物园":  # 西双版纳|热带植物园
        return True
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
