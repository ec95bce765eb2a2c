"""Names that end like an organisation: 上海商汤智能科技|有限公司, 之江|实验室, 金凤|软件园.

The suffix (lexicons/org_suffixes.csv) says what kind it is, boundary.py where the name begins, and the rules here
whether it is a name at all: 国家|实验室 is a class; 中心, 学院, 开发区 are believed only when the name has an opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import Entry, matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge, opens
from extractors.names.classes import is_class

# Which lexicon of facts holds which kind of organisation.
KINDS = {
    "ministries": "Ministry",
    "party_bodies": "Ministry",
    "companies": "Company",
    "universities": "Academy",
    "academies": "Academy",
    "associations": "Association",
    "media": "Media",
    "international": "InternationalOrganization",
    "parks": "Park",
    "local_bodies": "LocalGovernment",
}
# There is one 绿色农药|全国重点实验室, while there are many 机械工程|研究中心.
_UNIQUE = frozenset({"全国重点实验室", "国家重点实验室", "国家技术创新中心", "国家工程研究中心", "国家工程实验室"})
# 湖南科技大学|实验室, 宁德时代|研发中心: every body has one, it has no name of its own.
_INTERNAL = frozenset({"实验室", "研究室", "实验中心", "研发中心", "技术中心", "研究中心", "工程中心", "信息中心"})
_PARENTS = frozenset({"ministries", "universities", "academies", "associations"})
_PLACES = ("provinces", "cities", "counties")

SHARED = "list that shares a suffix"

# A name without an opening may not be longer than this before its suffix.
_LONGEST_WITHOUT_OPENING = 14
# What no core may hold.
_BAD_CORE = re.compile(
    r"""
      [到的等一某] $                                # 从监测到|实验室, 津巴布韦等|国使馆, 田纳西州一|小学
    | (?:上市|跨国|全) $ | 主要 | 直属                # 深交所上市|公司, 教育部直属|师范大学
    | 千瓦级 | 万亩                                   # 太行山区百万千瓦级光伏发电|示范区
    | [一几多两] 处                                   # 赫尔蒙山一处监视|中心
    | [一两二三四五六七八九十几] 大                    # 加拿大两大|铁路公司
    | ^ [\d一两二三四五六七八九十百]+ [家个所项名位批座支] | ^ [等及其] | [某几]
    | [，。！？；：\n\d％%]{2}
    """,
    re.VERBOSE,
)
# 民革中央主席郑建邦代表|…委员会: a person speaks inside.
_SPEAKER = re.compile(r"主席(?!团)|书记|部长|主任|院长|总理|总统|代表(?![团大处])|校长|会长")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 国际友好大会暨|中国人民对外友好协会, 美国电动车制造商|特斯拉公司, 德国智库|基尔研究所
_APPOSED = re.compile(
    r"[^，。]{2,30}暨|[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头)(?=[一-龥]{2})"
)
# 全国统调电厂, 全球第三大体育用品集团 are classes; 全球低碳冶金创新联盟 is a name.
_WORLDWIDE = re.compile(r"全国|全球|世界|国内|亚洲|国际同")
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# Every free trade zone is officially 中国（上海）自由贸易试验区.
_FREE_TRADE = re.compile(r"(?:中国)?（?(?P<place>[一-龥]{2,3}?)省?市?）?(?:自由贸易试验区|自贸试验区|自贸区)$")
# 广东中山改造|低效园区
_WORKED_ON = re.compile(r"改造|建设|推进|打造|支持|发展(?=.*发展)")
# 金凤|软件园, 光明|科学城: believed after a short name of any kind.
_PLACE_OF_WORK = re.compile(
    r"软件园|科学城|科技[园城]|产业园|工业园|创新港|高新区|开发区|经开区|保税港区|综合保税区|新片区|经济技术开发区"
    r"|文化产业园|生物园"
)
# 国家海洋环境监测中心|主任: what has a head is no class.
_POST = re.compile(r"(?:党委|党组|常务)?副?(?:主任|院长|所长|站长|校长|书记|理事长|会长)(?![们级])")
# 中国电影家协会|新一届|理事会: the society acts.
_NEW_TERM = re.compile(r"(?:第[一二三四五六七八九十]+|新一|本|上一)届$")
_TERM = re.compile(r"第[一二三四五六七八九十\d]+届")
# 成立|低碳工作推进委员会: what is founded has a name.
_FOUNDED = re.compile(r"(?:成立|设立|组建|发起|共建|筹建)$")
_RANKS = frozenset({"国家", "全国", "省级", "市级", "新型", "重点", "高水", "联合", "若干", "世界"})
_OURS = frozenset("我本该")
_BODY = frozenset("院校所厅局部司馆台")
# 中关村、昌平、怀柔|三个|国家实验室
_COUNT = re.compile(r"[两三四五六七八九十]{1,2}[个大家座]?$")
_SEPARATORS = frozenset("、和与")

# 中国电科|14所, 航天科技集团|五院, 中国船舶|第七〇八研究所: the groups of the arms industry number their institutes.
_NUMBERED = re.compile(
    r"""
    (?: 中国电科|中国电子科技集团(?:公司|有限公司)? | 中国船舶(?:重工|工业)?(?:集团)?(?:公司|有限公司)?
      | (?:中国)?航天科[技工](?:集团)?(?:公司|有限公司)? | (?:中国)?航空工业(?:集团)?(?:公司|有限公司)?
      | 中国兵器(?:工业集团|装备集团)?(?:公司|有限公司)? | 中核(?:集团)? | 中国航发 | 公安部 | 工业和信息化部电子 )
    第?[一二三四五六七八九十〇零百\d]{1,5}(?:研究[院所]|设计院|[院所](?![长士校有以]))
  | 中国(?:电建|能建)(?:集团)?  # 中国电建成都院
    (?: 华东|华北|西北|西南|中南|东北|北京|成都|昆明|贵阳|广东|江苏|浙江|山西|天津|湖南|云南|陕西|新疆 ) 院(?![士长])
    """,
    re.VERBOSE,
)


def find_organization_names(text: str) -> Iterator[Mention]:
    """Names that end like an organisation: 上海商汤智能科技|有限公司."""
    known = {end: start for start, end, _ in matches(text, *KINDS)}
    for numbered in _NUMBERED.finditer(text):
        yield Mention(Span(*numbered.span()), "Organization", Name(numbered.group(), "Academy"), "numbered institute")
    for start, end, entry in matches(text, "org_suffixes"):
        if entry.value == "-":
            continue
        kind, needs_opening = entry.value.rstrip("?") or None, entry.value.endswith("?")
        begin = left_edge(text, start)
        if kind == "Academy" and text[begin - 1 : begin] == "与" and not opens(text, begin):
            begin = _through_and(text, begin)
        if apposed := _APPOSED.match(text, begin, start):
            begin = apposed.end()
        begin = _trim(text, begin)
        begin = _after_own_place(text, begin, start)
        if end in known and _only_places(text[begin : known[end]]):
            continue  # 辽宁省大连市|大连理工大学
        if entry.word == "新区" and any(b == len(text[begin:end]) for _, b, _ in matches(text[begin:end], "counties")):
            continue  # 上海浦东新区 is a district
        if entry.word in _INTERNAL and start in known and begin == known[start]:
            continue
        if _is_name(text, begin, start, end, kind, needs_opening):
            name = Name(_canonical(text[begin:end]), kind)
            yield Mention(Span(begin, end), "Organization", name, f"name ending in {entry.word}")
        if kind in {"Park", "Academy"} and entry.word != "校区":
            yield from _sharing(text, begin, start, entry)


def _through_and(text: str, begin: int) -> int:
    """深地科学与|工程云龙湖实验室: fields joined by 与 in the name of a laboratory, unless a body stands before it."""
    left = left_edge(text, begin - 1)
    before = text[left : begin - 1]
    return left if 3 <= len(before) <= 12 and not _ENDS_LIKE_BODY.search(before) else begin


def _sharing(text: str, begin: int, start: int, entry: Entry) -> Iterator[Mention]:
    """中关村、昌平、怀柔|国家实验室: places before that share the suffix stand for a body each.

    `begin` is where the last name begins, or the class with its count (三个|国家实验室).
    """
    core = text[begin:start]
    place = next((e for s, e, _ in matches(core, *_PLACES, "places") if s == 0), 0)
    rank = core[place:]
    if rank not in {"", "国家", "全国"}:
        return
    base = max(0, begin - 40)
    ending = {
        base + end: base + s for s, end, _ in matches(text[base:begin], *_PLACES, "places", "parks") if end - s <= 4
    }
    if not place:
        count = _COUNT.search(text, base, begin)
        begin = count.start() + 1 if count and count.start() in ending else 0
    while begin - 1 in ending and (not place or text[begin - 1] in _SEPARATORS):
        end, begin, place = begin - 1, ending[begin - 1], 1
        name = Name(_canonical(text[begin:end] + rank + entry.word), entry.value.rstrip("?"))
        yield Mention(Span(begin, end), "Organization", name, SHARED)


def _is_name(text: str, begin: int, start: int, end: int, kind: str | None, needs_opening: bool) -> bool:
    """Is this the name of one body: core at `begin`, suffix at `start`?"""
    core = text[begin:start]
    if len(core) < 2 or _BAD_CORE.search(core) or _SPEAKER.search(core):
        return False
    if not opens(text, begin) and (core[0] in "省市县区" or (text[begin - 1 : begin] in _OURS and core[0] in _BODY)):
        return False  # 省|农科院粮食作物研究所, 我|院经济作物研究所
    headed = core.startswith(("国家", "中国", "全国")) and len(core) > 4 and _POST.match(text, end)
    unique = text[start:end] in _UNIQUE and len(core) >= 4 and not _ranks_only(core) and not core.endswith("领域")
    if (
        not headed and not unique and is_class(core, local=needs_opening)
    ):  # but 清华大学成立|人工智能学院 names what is founded
        founded = kind == "Academy" and len(core) >= 4 and _FOUNDED.search(text, max(0, begin - 2), begin)
        return bool(founded) and core[:2] not in _RANKS
    if not _fits_suffix(text, start, core, kind):
        return False
    if opens(text, begin):
        return not (needs_opening and _only_place(core)) and not (kind in _LOCAL_KINDS and _WORLDWIDE.match(core))
    if not needs_opening:  # but 重组后的|高分子材料实验室 has no name
        described = kind == "Academy" and text[begin - 1 : begin] == "的" and not unique
        return len(core) <= _LONGEST_WITHOUT_OPENING and not described
    if kind == "Park":
        return _is_park(text, begin, start)
    return 4 <= len(core) <= _LONGEST_WITHOUT_OPENING and bool(_FOUNDED.search(text, max(0, begin - 3), begin))


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
    if text.startswith("文化中心", start):  # 中国文化中心 abroad, while 北京文化中心建设 is a function of the city
        return any(True for _ in matches(core, "countries"))
    return not (kind == "Park" and _WORKED_ON.search(core))


def _is_park(text: str, begin: int, start: int) -> bool:
    """金凤|软件园, 光明|科学城, 东风|商业航天创新试验区, but not 这个临港|产业园: two or three letters of its own."""
    core = text[begin:start]
    alone = len(core) <= 3 and _PLACE_OF_WORK.match(text, start)
    own = next((k for k in (2, 3) if core[k:] and is_class(core[k:])), len(core) if alone else 0)
    told = text.endswith(("这个", "这家", "这座"), 0, begin)
    return not told and own > 1 and not any(True for _ in matches(core[:own], "generic_words", "boundary_words"))


def _trim(text: str, begin: int) -> int:
    """Leave out a single letter before an opening: 原|浙江大学, 具|国家生态文明试验区."""
    stray = opens(text, begin + 1) and not opens(text, begin) and text[begin] not in "驻“"
    return begin + 1 if stray else begin


def _after_own_place(text: str, begin: int, start: int) -> int:
    """威海|威海火炬高技术产业开发区, 天津滨海新区|天津港集团: a place that returns begins the name."""
    chain: list[str] = []
    end = begin
    for s, e, entry in matches(text[begin:start], *_PLACES):
        if begin + s != end:
            break
        if entry.value in chain:
            return end
        chain.append(entry.value)
        end = begin + e
    return begin


def _only_places(text: str) -> bool:
    """Nothing but places, one after the other."""
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


def _canonical(surface: str) -> str:
    """Short names of bodies at the beginning in full: 中科院沈阳自动化研究所 → 中国科学院沈阳自动化研究所."""
    for start, end, entry in matches(surface[:12], *KINDS):
        if start == 0 and 2 < end < len(surface) and entry.lexicon in _PARENTS and not entry.note.startswith("unsafe"):
            # 中国人民政治协商会议|第十四届全国委员会 must not become …全国委员会第十四届全国委员会.
            return surface if entry.value[-3:] in surface[end:] else entry.value + surface[end:]
    if zone := _FREE_TRADE.match(surface):
        return f"中国（{zone['place']}）自由贸易试验区"
    return surface
