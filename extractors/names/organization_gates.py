"""Is what stands before a suffix a name of one body? 国家|实验室 is a class, 北京|中心 a place, 之江|实验室 is one."""

from __future__ import annotations

import re
from functools import cache

from extractors.lexicon import beginning, lexicon, matches
from extractors.names.boundary import opens
from extractors.names.classes import is_class
from extractors.names.divisions import short_forms_within
from extractors.patterns import regex

_PLACES = ("provinces", "cities", "counties")
# There is one 绿色农药|全国重点实验室, while there are many 机械工程|研究中心.
_UNIQUE = frozenset(
    {"全国重点实验室", "国家重点实验室", "国家技术创新中心", "国家工程研究中心", "国家工程实验室", "医学中心"}
)
# A name without an opening may not be longer than this before its suffix.
_LONGEST_WITHOUT_OPENING = 14
# What no core may hold.
_BAD_CORE = regex(
    r"""
      [到的等一某] $                                # 从监测到|实验室, 津巴布韦等|国使馆, 田纳西州一|小学
    | (?:上市|跨国|(?<!安)全) $ | 主要 | 重要 | 最大  # 深交所上市|公司, 德国最大商业|银行
    | (?:犯罪|诈骗|走私|贩毒|盗窃) $                  # 伙同电诈犯罪|集团
  | 人才、 | 团队[和、]                              # 领军人才、创新团队和高水平|大学
  | 项目 $                                          # 国家区域医疗中心项目|医院
  | (?:所在|当地|本地|乡) $                        # 乡|镇卫生院
  | 两国 | 部门、 | 直属(?!库) | 亿元级             # 中俄两国|学校, 西安铁路部门、海关和…|公司
    | 千瓦级 | 万亩                                   # 太行山区百万千瓦级光伏发电|示范区
    | [一几多两] 处                                   # 赫尔蒙山一处监视|中心
    | [一两二三四五六七八九十几] 大                    # 加拿大两大|铁路公司
    | ^ [\d一两二三四五六七八九十百]+ [家个所项名位批座支] | ^ [等及其] | [某几]
    | [，。！？；：\n\d％%]{2}
    """,
    re.VERBOSE,
)
# 民革中央主席郑建邦代表|…委员会: a person speaks inside.
_SPEAKER = regex(r"主席(?!团)|书记|部长|主任|院长|总理|总统|代表(?![团大处])|校长|会长")
# 全国统调电厂, 全球第三大体育用品集团 are classes; 全球低碳冶金创新联盟 is a name.
_WORLDWIDE = regex(r"全国|全球|世界|国内|亚洲|国际同")
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# 广东中山改造|低效园区
_WORKED_ON = regex(r"改造|建设|推进|打造|支持|发展(?=.*发展)")
# 金凤|软件园, 光明|科学城: believed after a short name of any kind.
_PLACE_OF_WORK = regex(
    r"软件园|科学城|科技[园城]|科创[园城]|产业园|工业园|智造园|创新港|高新区|开发区|经济开发区|经开区|保税港区"
    r"|综合保税区|新片区|经济技术开发区|文化产业园|生物园"
)
# 国家海洋环境监测中心|主任: what has a head is no class.
_POST = regex(r"(?:党委|党组|常务)?副?(?:主任|院长|所长|站长|校长|书记|理事长|会长)(?![们级])")
# 中国电影家协会|新一届|理事会: the society acts.
_NEW_TERM = regex(r"(?:第[一二三四五六七八九十]+|新一|本|上一)届$")
_TERM = regex(r"第[一二三四五六七八九十\d]+届")
# 成立|低碳工作推进委员会: what is founded has a name.
_FOUNDED = regex(r"(?:成立|设立|组建|发起|共建|筹建)(?:了?(?:全[国省市]|国内|我国)?首[个家])?$")
_RANKS = frozenset(
    {"国家", "全国", "省级", "市级", "新型", "重点", "高水", "联合", "若干", "世界", "外商", "外资", "中外", "合资"}
)
# 中希|文明互鉴中心, 中德|产业园: China and one other country in front.
_WITH_CHINA = regex(
    r"中(?:[俄美英法德日韩印巴欧非阿哈白波匈塞捷希意西葡荷比瑞奥泰越柬老缅新马菲尼孟斯乌塔吉土蒙朝澳加墨智秘古沙埃]|国[—－-][一-龥]{2,6})(?!两?国)"
)
_LANDMARK = regex(r"[江河湖海山岭湾岛峡]$")
_OURS = frozenset("我本该")
_BODY = frozenset("院校所厅局部司馆台")
_POST_BEFORE = frozenset({"长、", "任、", "授、"})


def is_name(text: str, begin: int, start: int, end: int, kind: str | None, needs_opening: bool) -> bool:
    """Is this the name of one body: core at `begin`, suffix at `start`?"""
    core = text[begin:start]
    if len(core) < 2 or _BAD_CORE.search(core) or _SPEAKER.search(core) or _class_at_a_place(core, kind):
        return False
    if not opens(text, begin) and (core[0] in "省市县区" or (text[begin - 1 : begin] in _OURS and core[0] in _BODY)):
        return False  # 省|农科院粮食作物研究所, 我|院经济作物研究所
    headed = core.startswith(("国家", "中国", "全国")) and len(core) > 4 and _POST.match(text, end)
    if kind == "Academy" and len(core) >= 3:  # 人工智能学院院长、|交叉信息研究院|院长
        headed = headed or (text[begin - 2 : begin] in _POST_BEFORE and _POST.match(text, end))
    unique = text[start:end] in _UNIQUE and len(core) >= 4 and not _ranks_only(core) and not core.endswith("领域")
    if (
        not headed and not unique and is_class(core, local=needs_opening)
    ):  # but 清华大学成立|人工智能学院 names what is founded
        founded = kind == "Academy" and len(core) >= 4 and _FOUNDED.search(text, max(0, begin - 2), begin)
        return bool(founded) and core[:2] not in _RANKS
    if not _fits_suffix(text, start, core, kind):
        return False
    if opens(text, begin) or (needs_opening and _opens_like_a_name(core, kind)):
        only = (
            _only_place(core) and "驻" not in core and not (text.startswith("银行", start) and _LANDMARK.search(core))
        )  # 北部湾|银行
        return not (needs_opening and only) and not (kind in _LOCAL_KINDS and _WORLDWIDE.match(core))
    if not needs_opening:  # but 重组后的|高分子材料实验室 has no name
        described = kind == "Academy" and text[begin - 1 : begin] == "的" and not unique and not _on_a_landmark(core)
        return len(core) <= _LONGEST_WITHOUT_OPENING and not described
    if kind == "Park":
        return _is_park(text, begin, start) or _in_a_county(core)
    if text.startswith("工作专班", start):  # 组建|农村疫情防控工作专班: every county has one
        return False
    if kind is None and text.startswith(("艺术馆", "展览馆", "体验馆"), start):  # “红飘带”长征数字科技|艺术馆
        return core.startswith("“") and "”" in core and len(core) <= 20
    return 4 <= len(core) <= _LONGEST_WITHOUT_OPENING and bool(_FOUNDED.search(text, max(0, begin - 9), begin))


# 长兴县吕山乡|现代化育秧|中心
_IN_A_TOWN = regex(r"[县市区旗][一-龥]{1,3}[镇乡村](?P<own>[一-龥]*)$", only="[县市区旗].{1,3}[镇乡村]")


def _class_at_a_place(core: str, kind: str | None) -> bool:
    """美国高等级生物|实验室, 长兴县吕山乡现代化育秧|中心: an address or a country before a class."""
    town = _IN_A_TOWN.search(core) if kind is None else None
    if town:
        return is_class(town["own"], local=True) or any(s == 0 for s, _, _ in matches(town["own"], "generic_words"))
    state, country = beginning(core, "countries") or (0, None)
    if country is None or country.value == "中国":
        return False
    ranked = core.startswith(("高等级", "生物", "顶尖", "知名", "重点", "多家"), state)
    return (ranked or kind is None) and len(core) > state and is_class(core[state:], local=True)


def _opens_like_a_name(core: str, kind: str | None) -> bool:
    """东风|商用车公司, 希法|医院, 中希|文明互鉴中心, 太湖|量子智算中心: a firm, a name by sound, countries, a lake."""
    if kind == "Company":
        return any(start == 0 and end < len(core) for start, end, _ in matches(core, "companies"))
    if kind == "Academy" and _by_sound().fullmatch(core):
        return True
    if len(core) >= 4 and _on_a_landmark(core):
        return True
    return len(core) >= 4 and bool(_WITH_CHINA.match(core))


def _on_a_landmark(core: str) -> bool:
    """太湖|量子…, 闽江|职业…: begins with a river, a lake or a mountain."""
    return any(s == 0 and 2 <= e < len(core) and _LANDMARK.search(core[:e]) for s, e, _ in matches(core, "places"))


@cache
def _by_sound() -> re.Pattern[str]:
    """卡迈勒·阿德万: characters that carry sound, and a dot."""
    return re.compile(
        rf"[{''.join(lexicon('transliteration'))}]{{2,5}}(?:·[{''.join(lexicon('transliteration'))}]{{2,5}})?"
    )


def _ranks_only(core: str) -> bool:
    """相关|领域, 在京|企业: words of rank and kind, no field."""
    return all(entry.value == "rank" for _, _, entry in matches(core, "generic_words"))


def _fits_suffix(text: str, start: int, core: str, kind: str | None) -> bool:
    """What single suffixes ask of the core."""
    if text.startswith(("理事会", "委员会"), start):
        return not _NEW_TERM.search(core) and not (_TERM.match(core) and "全国" not in core and "中央" not in core)
    if text.startswith(("使馆", "大使馆", "领事馆", "总领事馆"), start):
        return "驻" in core
    if text.startswith("校区", start):  # 中山大学深圳|校区
        return "大学" in core and not core.endswith(("大学", "新", "老", "主", "各"))
    if text.startswith(
        ("中心", "学校", "医院", "农场", "林场", "牧场"), start
    ):  # 北京|中心, 香港|学校 and 东盟|中心 name nothing
        return not only_places(core) and not any(len(core) == end for _, end, e in matches(core, "international"))
    if text.startswith("文化中心", start):  # 中国文化中心 abroad, while 北京文化中心建设 is a function of the city
        return any(True for _ in matches(core, "countries"))
    return not (kind == "Park" and _WORKED_ON.search(core))


def _is_park(text: str, begin: int, start: int) -> bool:
    """金凤|软件园, 光明|科学城, 东风|商业航天创新试验区, but not 这个临港|产业园: two or three letters of its own."""
    core = text[begin:start]
    alone = len(core) <= 3 and _PLACE_OF_WORK.match(text, start)
    own = next((k for k in (2, 3) if core[k:] and is_class(core[k:])), len(core) if alone else 0)
    told = text.endswith(("这个", "这家", "这座"), 0, begin)
    if alone and text.endswith("的", 0, begin) and text.startswith(("产业园", "工业园"), start):  # 新建的打火机|产业园
        return False
    return not told and own > 1 and not any(True for _ in matches(core[:own], "generic_words", "boundary_words"))


def _in_a_county(core: str) -> bool:
    """清徐|精细化工循环, 通州|国际种业: the short name of a county, and what is made there."""
    short = next((k for k in (3, 2) if core[:k] in _counties()), 0)
    words = any(True for _ in matches(core[:short], "generic_words", "boundary_words"))
    return 0 < short <= len(core) - 3 and not words


@cache
def _counties() -> frozenset[str]:
    return frozenset(word for words in short_forms_within().values() for word in words)


def only_places(text: str) -> bool:
    """Nothing but places, one after the other."""
    if beginning(text, *_PLACES, "countries") is None:
        return False
    covered = 0
    for start, end, _ in matches(text, *_PLACES, "countries"):
        if start != covered:
            return False
        covered = end
    return 0 < covered == len(text)


def _only_place(core: str) -> bool:
    """粤港澳大湾区|中心, 加沙地带南部城市汗尤尼斯|中心."""
    if any(end == len(core) for _, end, _ in matches(core, "foreign_cities")):
        return True
    return any(start == 0 and end == len(core) for start, end, _ in matches(core, "places", "countries"))


def is_place(text: str) -> bool:
    """上海|浦东新区 is a district, 河北|雄安新区 and 海南自由贸易港 are regions."""
    if beginning(text, *_PLACES, "countries", "places") is None:
        return False
    return any(
        end == len(text) and (start == 0 or only_places(text[:start]))
        for start, end, _ in matches(text, "counties", "places")
    )
