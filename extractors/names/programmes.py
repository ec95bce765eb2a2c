"""Programmes: special actions, funds, schemes, surveys and prizes by their names; slogans and goals are left out.

科技成果赋智中小企业专项行动, “天网2023”行动, 国家中小企业发展基金 and 第三次全国国土调查 are names; 相关行动,
产业基金 and 试点工作 are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.model import Article, Mention, Name, Span
from extractors.names.endings import Candidate, candidates, is_generic, place_at, place_before
from extractors.names.quotes import curly
from extractors.patterns import regex, searching

_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
# 第三次全国国土调查, 中国第40次南极考察: an ordinal and what is counted, looked at or searched
_SURVEY = searching(
    rf"(?:(?P<whose>中国)|我国)?(?P<name>第{_NUMERAL}[次批](?:(?!考察|的)[\u4e00-\u9fff]){{1,14}}?"
    r"(?:综合科学考察研究|科学考察|综合科考|考察研究|普查|科考|(?<=[南北]极)考察|(?<=大洋)考察|国土调查|资源调查|时间利用调查|经济普查|选拔工作|选拔))(?![\u4e00-\u9fff]?[队员团船])",
    only="第.{1,3}[次批].{1,20}(?:考察|普查|科考|调查|选拔)",
)
# 第三轮第一批|中央生态环保督察, 二十届中央第一轮|巡视, 第八批|国家组织药品集采: rounds of what is done again
_ROUND = regex(
    rf"第{_NUMERAL}轮(?:第{_NUMERAL}批)?(?:中央|国家|省级)?(?:生态环境保护|生态环保|环保|土地|农业|水利|统计|教育)督察"
    r"|(?:19|20)\d\d年全国(?:自然资源|国土|土地|地理国情|城市|生态|水土流失动态|草原|森林)(?:变更)?(?:监测|调查)(?!结果|数据)"
    rf"|(?:[一二三四五六七八九十]{{1,3}}届)?中央第{_NUMERAL}轮巡视"
    rf"|第{_NUMERAL}批国家组织(?:药品|胰岛素|高值医用耗材|医用耗材|冠脉支架|人工关节)?(?:集中带量采购|集中采购|集采)"
)
# 百城千园|行动, 千校万企协同创新伙伴|行动: two numbers of the one and the other
_PARALLEL = searching(
    r"“?(?!千家万户|千军万马|千山万水|千方百计|千辛万苦|千千万万|千变万化)(?:[百千万][\u4e00-\u9fff]{1,2}[百千万][\u4e00-\u9fff]{1,2}|[百千万]{1,2}[\u4e00-\u9fff]{1,2}[兴助进联帮入走]{1,2}[百千万]{1,2}[\u4e00-\u9fff]{1,2})”?"
    r"(?:(?![、的了和与])[\u4e00-\u9fff]){0,12}?(?:专项行动|行动计划|行动|工程|计划)(?![者员力方计])",
    only="[百千万].{1,4}[百千万]",
)
# “千村示范工程”: an ending inside the quotation marks
_QUOTED = regex(
    r"“(?![一二三四五六七八九十]+[项大]|(?:一号|头号|形象|政绩|面子|民心|样子|圆梦|[一二]把手|烂尾|豆腐渣)工程|(?:局部|百日)行动|[^”]{0,30}(?:的|报复|军事|地面|反恐|空袭))[^“”，。：\n]{2,24}(?:工程|行动|计划|专项)”(?![\u4e00-\u9fff]{0,2}组织)"
)
# 主题为“…行动”, 口号是“…计划”: a motto
_THEME = regex("(?:主题|口号)(?:为|是|：|定为|即)?$")
_TITLE = regex("“(?:加快|推进|促进|支持|关于|推动|加强).{8,}计划”")
# 实施暖心工程、育苗工程、强基工程: a list of three is a programme and its parts
_SERIES = searching(
    r"(?:(?<=实施)|(?<=推进)|(?<=启动)|(?<=开展))了?(?:[\u4e00-\u9fff“”]{2,14}(?P<head>工程|行动)、){2,8}[\u4e00-\u9fff“”]{2,14}?(?P=head)"
)
# 实施技术改造升级、绿色制造推广等|行动
_SHARED = searching(
    r"(?:实施|启动|推出)了?(?P<items>[\u4e00-\u9fff“”]{6,16}(?:、[\u4e00-\u9fff“”]{6,16}){1,8}?)等"
    r"(?:[一二三四五六七八九十\d]{1,2}[项个大])?(?:重大|重点)?(?P<head>专项行动|行动|工程|计划)(?!计划|方案)"
)
# How such a list ends, which is quicker to look for.
_SHARING = regex(r"等(?:[一二三四五六七八九十\d]{1,2}[项个大])?(?:重大|重点)?(?:专项行动|行动|工程|计划)(?!计划|方案)")
# “西电东送”通道重点变电站扩建|工程: works on something quoted are a project
_WORKS_QUOTED = regex(
    r".{0,6}“(?:(?:华龙|国和|玲龙)一号|[引调][\u4e00-\u9fff][济入补至][\u4e00-\u9fff])”$",
    only="一号”|[引调].[济入补至].”",
)
_WORKS = regex(r"[一二三四五六]期$|时期|建$|重[点大]$|承包$|沿线|配套$|标志性$")
# 专项行动|方案 is a policy, 提升行动|计划 another ending, 基金|会 an organisation
_RUNS_ON = regex(
    r"计划|方案|处|员|表|于|组织|利率|工作报告|附加|馆|办[^法理]|实践活动|教育实践|指南|意见|通知|会[^议]|管理|经理|公司|法|项目指南|办法|领导小组|动员|实施意见|规划|证|净值|技术人才|师(?!范)"
)
# “…”等11个|行动计划, …和…等|专项行动: more than one
_SEVERAL = regex(
    r"^各[项类种]|“一[人企县村户品]一策”|“十[一二三四五六]五”重[大点]|加沙|军方"
    r"|[一二三四五六七八九十\d][项个大][^“”]*$|”等|等(?![级效保离高同]|主要|重点|青年|传统|特色)|或|一系列|统筹|安排$|下达|进行$|”重要|称号|检验$|[多数两三]次|^一批|^部分|百项|关于|多笔|^世界级|首[只支批]|^(?:拉网|地毯|突击|滚动|运动)式|^在?建重大|骨干$|划拨|搜[查捕]$"
)
_ACTIONS = frozenset(("行动", "治理", "整治", "检查", "工程", "计划", "试点", "活动", "专项", "项目", "基金"))
# 实施尖刀技术攻关|工程: what is put to work is a programme, when enough is said of what it does
_LAUNCHING = regex("开展|启动|实施|推出|设立|部署|发起")
# 博士后创新人才支持计划|资助500人, 攻关工程|正式启动
_PASSIVE = regex("(?:正式|全面|加快|深入|顺利|同步|持续|在.{2,4})?(?:启动|实施|资助|入选|签约|设立|揭晓|颁奖|成立)")
# 改造工程, 修复工程: works of a kind, unless a list or quotation marks name them
_PLAIN_WORK = regex(
    r"""《 | 纪录片 | ^以 | [引调供]水 | 水毁 | 灾损 | 头号 |
      ^重[大点].{0,2}$ | ^各[类项种] | [各多一].{0,2}$ | 具体 | 年度 | 相关
      | 系列 | 民生 | 下一步
      | [一二三四五六]期 | 扩建 | 直流 | 输[变电气水] | 联网 | 管道 | 铁路 | 公路 | 隧道 | 大桥 | 水库 | 电站
      | 施工 | 航道 | 主体$ | 绿化 | 加固 | 修缮 | 维修 | 管网 | 排水 | (?:子|系统|建设|改造|合作)$
      | 作战 | 地面 | 空袭 | 军事 | 救援 | 搜[救索寻捕] | 清剿 | 突袭 | 轰炸
      | 抢险 | 停火 | 援助 | 集体 | 罢工 | 报复 | 打击$""",
    re.VERBOSE,
)
# “…”示范工程|近日在内蒙古开工建设
_IS_BUILT = regex(
    r"(?:今[天日]|昨[天日]|近日|日前|正式|全面|顺利|（[^（）\n]{3,10}）|在[^，。；\n]{2,12}?){0,4}"
    r"(?:开工(?!率)|动工|奠基|竣工|投产|封顶|合龙|并网)"
)
# 渤海综合治理|攻坚战, “蓝色海湾”|综合整治, 红海|护航计划: a place or quotation marks name what is otherwise a kind
_DRIVE = searching(
    r"“(?P<quoted>[\u4e00-\u9fff]{2,6})”(?:(?:(?!工程)[\u4e00-\u9fff]){0,6}攻坚战|综合整治(?:行动)?|综合治理(?:行动)?)(?![与和及]防|持久战)"
    r"|(?P<work>(?:综合|污染|生态|系统|水污染|环境){0,3}(?:治理|整治|修复|保护)攻坚战|护航(?:行动|计划))",
    only="攻坚战|综合|护航",
)
# 世界贸易组织发起的|促贸援助倡议
_INITIATIVE = regex(
    r"(?:发起|提出|倡导)的(?P<name>(?:(?![的一了和与及、各该此多])[\u4e00-\u9fff]){3,14}倡议)(?![书者国])"
)
_PLAIN_INITIATIVE = regex(
    r"重[要大]|系列|相关|有关|上述|主张|^.{0,3}合作倡议|[三四五六七八九十]|全球倡议|中国倡议|这|新倡议"
)
_COUNTRIES_SHORT = frozenset("中俄蒙巴孟印缅老越泰柬马尼哈塔吉土乌阿伊")
_VERBS = frozenset(("实施", "开展", "启动", "落实", "推行", "实行", "参与", "巩固", "深化"))
_VERBS_BEFORE_QUOTES = frozenset(("推进“", "深化“", "部署“", "制定“", "拓展“", "升级“", "推动“"))
_WARMLY = frozenset(("积极", "大力", "全力", "坚定", "重点"))
_NATIONAL = regex(r"(?:国家|全国)(?!重[大点]|级)[\u4e00-\u9fff]{3,8}$")  # 启动|国家储备林建设工程
_GRANTING = regex("下达|拨付|预拨|下拨")
_LAUNCHED = frozenset(
    ("工程", "行动", "计划", "行动计划", "三年行动计划", "培育计划", "支持计划", "培养计划", "创新计划", "合作计划")
)
_MODEL_FOR = regex("国家|项目|地区|区域|城市")
_COUNTED = regex(
    r"(?:[\d.]{1,8}[百千万亿]{1,2}元|\d{1,4}[处种个项家座]|[一二两三四五六七八九]轮|今年首次|20\d\d年新[设增])(?=.{4})"
)
_AND = frozenset("、和与及")
_OWN = regex(r"[国省市县区]$|国家|中央|中国|全国|联合国|世界|亚洲")


def find_programmes(article: Article) -> Iterable[Mention]:
    """Mentions of named programmes, actions, funds, surveys and prizes."""
    return _find(curly(article.text))


@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Mention, ...]:
    known = tuple(_known(text))
    return (
        *known,
        *_surveys(text),
        *_parallel(text),
        *(_as_built(text, found) for found in (*_quoted(text), *_by_ending(text, known))),
        *_listed(text),
        *_shared(text),
        *_walks(text),
    )


def _programme(span: tuple[int, int], name: str, rule: str) -> Mention:
    return Mention(Span(*span), "Programme", Name(re.sub(r"\s", "", name)), rule)


def _as_built(text: str, found: Mention) -> Mention:
    """“国铀一号”示范工程|近日开工建设 is a project: what is built is no programme."""
    built = _IS_BUILT.match(text, found.span.end) if text.startswith("工程", found.span.end - 2) else None
    return Mention(found.span, "Project", found.value, found.rule) if built else found


def _known(text: str) -> Iterator[Mention]:
    for start, end, entry in matches(text, "programmes"):
        if not _RUNS_ON.match(text, end):
            yield _programme((start, end), entry.value, "programme by its name")


def _walks(text: str) -> Iterator[Mention]:
    """Drives at a place, corridors between countries, initiatives of somebody."""
    if "攻坚战" in text or "护航" in text or "综合整治" in text or "综合治理" in text:
        for drive in _DRIVE.finditer(text):
            start = place_before(text, drive.start()) if drive["work"] else drive.start()
            if start < drive.start() or (drive["quoted"] and not drive["quoted"].endswith(("战", "年"))):
                river = place_before(text, start) if drive["quoted"] else start  # 黄河|“几字弯”攻坚战
                yield _programme((river, drive.end()), text[river : drive.end()], "drive at a place")
    for match in re.finditer("经济走廊", text) if "经济走廊" in text else ():
        end, start = match.end(), match.start()
        while text[start - 1 : start] in _COUNTRIES_SHORT and start > match.start() - 4:
            start -= 1
        words = text[start : match.start()]
        if len(words) >= 2 and "中" in words:
            if words.endswith("中") and len(words) == 2:  # 巴中经济走廊 is 中巴经济走廊
                words = words[::-1]
            yield _programme((start, end), words + "经济走廊", "corridor between countries")
    for match in _INITIATIVE.finditer(text) if "倡议" in text else ():
        if not _PLAIN_INITIATIVE.search(match["name"]):
            yield _programme(match.span("name"), match["name"], "initiative of somebody")


def _surveys(text: str) -> Iterator[Mention]:
    for match in _SURVEY.finditer(text) if "第" in text else ():
        yield _programme(match.span(), (match["whose"] or "") + match["name"], "第…次 and what is surveyed")
    rounds = "督察" in text or "轮巡视" in text or "国家组织" in text or "年全国" in text
    for match in _ROUND.finditer(text) if rounds else ():
        name = match[0].replace("环保督察", "环境保护督察")
        yield _programme(match.span(), name, "round of what is done again and again")


def _parallel(text: str) -> Iterator[Mention]:
    for match in _PARALLEL.finditer(text) if "工程" in text or "行动" in text or "计划" in text else ():
        if match[0].count("“") == match[0].count("”"):
            yield _programme(match.span(), match[0], "named by two numbers")


def _listed(text: str) -> Iterator[Mention]:
    for series in _SERIES.finditer(text) if "工程、" in text or "行动、" in text else ():
        for item in re.finditer(r"[^、]+", series[0]):
            start = series.start() + item.start() + item[0].startswith("了")
            end = series.start() + item.end()
            yield _programme((start, end), text[start:end], "one of a list of works")


def _shared(text: str) -> Iterator[Mention]:
    """实施技术改造升级、绿色制造推广等行动: each item is a name with the ending that all share."""
    for series in _SHARED.finditer(text) if "、" in text and _SHARING.search(text) else ():
        for item in re.finditer(r"[^、]+", series["items"]):
            words = item[0].removesuffix("等")
            skipped = 2 if words[:2] in _VERBS else 0  # 推出|实施人才服务品质创优、…等行动
            words = words[skipped:]
            if len(words) < 4 or _PLAIN_WORK.search(words) or words.startswith("和"):
                continue
            start = series.start("items") + item.start() + skipped
            yield _programme((start, start + len(words)), words + series["head"], "shares its ending with a list")


def _quoted(text: str) -> Iterator[Mention]:
    for match in _QUOTED.finditer(text):
        if _THEME.search(text, max(0, match.start() - 4), match.start()) or text.startswith("为主题", match.end()):
            continue
        if is_generic(re.sub("(?:工程|行动|计划|专项)”$", "", match[0])[1:], "programme_generic"):
            continue  # “重要计划”
        if not _TITLE.match(match[0]):  # “加快推进…三年行动计划”: the title of a document
            yield _programme(match.span(), match[0].strip("“”"), "action in quotation marks")


def _by_ending(text: str, by_name: Sequence[Mention]) -> Iterator[Mention]:
    known = {m.span.end for m in by_name}
    for found in candidates(text, "programme_suffixes", "programme_generic", nested=True, no_ending=_runs_on):
        if (
            not found.core
            or found.end in known
            or (found.ending == "先行先试" and _MODEL_FOR.match(text, found.end))
            or text[found.start : found.end] in lexicon("international")  # 国际农业发展基金 is a body
            or not _is_name(
                found, passive=bool(_PASSIVE.match(text, found.end)), listed=text[found.start - 1 : found.start] in _AND
            )
        ):
            continue
        start = _list_start(text, found.start) if found.strength == "action" else found.start
        if text[start - 2 : start] == "打击" and found.strength == "action":  # 公安机关|打击整治网络谣言专项行动
            start -= 2
        if text[start - 2 : start] == "系列":  # 一系列|网络专项整治行动
            continue
        if text[start : start + 3] in _VERBS_BEFORE_QUOTES:  # 部署|推进“…”行动
            start += 2
        if _THEME.search(text, max(0, start - 4), start):
            continue
        if counted := _COUNTED.match(text, start, found.end):
            start = counted.end()  # 预拨1.4亿元|“一喷多促”专项资金, 实施48种|…拯救保护工程
        if text[start : start + 1] == "为" and place_at(text, start + 1, found.end) > start + 1:
            start += 1  # 各国为|昆明生物多样性基金出资
        if text[start : start + 2] in _VERBS or (text[start : start + 3] == "推广“"):
            start += 2
        if text[start : start + 2] == "支持" and text[start - 2 : start] in _WARMLY:  # 积极支持|城市更新行动
            start += 2
        yield _programme((start, found.end), text[start : found.end], f"ends in {found.ending}")


def _runs_on(text: str, _start: int, end: int) -> bool:
    return _RUNS_ON.match(text, end) is not None


def _list_start(text: str, start: int) -> int:
    """预防、打击网络诈骗专项行动 is one, 春季行动、夏季专项行动 are two: left over 、 unless an action ends there."""
    while (
        text[start - 1 : start] == "、"
        and text[start : start + 1] != "“"
        and text[start - 3 : start - 1] not in _ACTIONS
    ):
        item = re.search(r"[\u4e00-\u9fff]{2,12}$", text[max(0, start - 13) : start - 1])
        if item is None:
            break
        start = start - 1 - len(item[0])
        if verb := re.match(r".*?(?:开展|实施|启动|部署|组织|继续|推进)", text[start : start + 12]):
            return start + verb.end()
    return start


def _is_name(found: Candidate, *, passive: bool, listed: bool) -> bool:
    """Whether the words before the ending make a name, by the class of the ending."""
    rest = found.rest
    if _SEVERAL.search(found.core):
        return False
    if found.ending in {"评选", "倡议"}:
        return found.core.endswith("”")
    if _WORKS_QUOTED.match(found.core):  # 太平岭|“华龙一号”工程 is a plant
        return False
    if found.quoted and found.strength == "quoted":
        told = found.ending == "行动" and (found.governed or passive)  # “书香飘万家”|全国家庭亲子阅读行动
        return not _WORKS.search(found.core) and len(found.core.rpartition("”")[2]) <= (10 if told else 6)
    if found.quoted and not found.generic and found.strength != "grant":
        return True
    if found.ending == "建设工程" and _LAUNCHING.search(found.verb) and _NATIONAL.match(found.core):
        return True
    if found.strength == "quoted" and not found.generic and found.ending in _LAUNCHED:
        launched = _LAUNCHING.search(found.verb) or (found.verb and found.ending.endswith("行动计划")) or passive
        if found.ending == "行动" and found.verb.startswith("推进") and len(found.inner) >= 6:
            launched = True
        shortest = 4 if listed or found.ending == "行动" else 5
        return bool(launched) and len(found.inner) >= shortest and not _PLAIN_WORK.search(found.core)
    if found.place and found.ending.endswith(("英才计划", "学者计划")):  # 天山|英才计划
        return True
    if found.place and found.ending == "综合改革试点" and not found.inner:  # 浦东新区|综合改革试点
        return True
    if found.strength == "quoted" or found.generic or len(rest) < 2:
        return False
    bare = rest.removeprefix("新一轮").removeprefix("全国")
    if found.strength == "action":
        return len(bare) >= 3
    if found.strength == "drive":
        return len(bare) >= 4
    if found.ending.endswith(("创新发展试点", "改革试点")) and len(rest) >= 4:
        return not rest.startswith(("重大", "重点"))
    if found.ending.endswith("专项") and len(rest) >= 8:
        return True
    if found.strength == "grant":  # 下达大气污染防治|资金
        return bool(_GRANTING.search(found.verb)) and len(rest) >= 4 and "元" not in rest
    if found.strength in {"fund", "money", "prize", "scheme"}:
        begun = found.opened or found.governed or (passive and found.strength in {"fund", "prize"})
        return begun and len(_OWN.sub("", rest)) >= 3
    return (found.opened or found.governed) and len(rest) >= 4
