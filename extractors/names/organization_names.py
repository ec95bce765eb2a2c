"""Names that end like an organisation: 上海商汤智能科技|有限公司, 之江|实验室, 金凤|软件园.

The suffix (lexicons/org_suffixes.csv) says what kind it is, boundary.py where the name begins, and the rules here
whether it is a name at all: 国家|实验室 is a class; 中心, 学院, 开发区 are believed only when the name has an opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.lexicon import Entry, beginning, lexicon, matches
from extractors.model import Mention, Name, Span
from extractors.names.addresses import without_address
from extractors.names.boundary import left_edge, opens
from extractors.names.organization_gates import is_name, is_place, only_places
from extractors.names.organization_kinds import KINDS, facts, kind_by_suffix, masked
from extractors.patterns import regex, searching

# 湖南科技大学|实验室, 宁德时代|研发中心: every body has one, it has no name of its own.
_INTERNAL = frozenset({"实验室", "研究室", "实验中心", "研发中心", "技术中心", "研究中心", "工程中心", "信息中心"})
_OF_A_FIELD = frozenset({"全国重点实验室", "国家重点实验室", "国家工程研究中心", "国家技术创新中心"})
_FIELD_ENDS = frozenset(
    {"利用", "应用", "开发", "保护", "转化", "制备", "控制", "防治", "加工", "处理", "修复", "防御", "调控"}
)
_PARENTS = frozenset({"ministries", "universities", "academies", "associations"})
_PLACES = ("provinces", "cities", "counties")

SHARED = "list that shares a suffix"

# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = regex(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 国际友好大会暨|中国人民对外友好协会, 美国电动车制造商|特斯拉公司, 德国智库|基尔研究所
_APPOSED = regex(
    r"[^，。]{2,30}暨|[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头|中央银行|监管机构|调查企业|咨询企业)(?=[一-龥]{2})"
    r"|[一-龥]{2,8}(?:首都|私营机构|国有企业|初创企业|运营机构|主管部门|情报机构|安全机构)(?=[一-龥]{4})"
    r"|[一-龥]{2,12}最大的?(?:医院|大学|银行|公司|企业|工会)(?=[一-龥]{2})"
)
# 中国银行|股份有限公司, 东风商用车|有限公司: the legal form makes no other firm of a known one.
_LEGAL = regex(r"(?:（?集团）?)?(?:控股)?(?:股份)?(?:有限(?:责任)?)?公司|集团(?:股份)?(?:有限(?:责任)?)?公司")
# Every free trade zone is officially 中国（上海）自由贸易试验区.
_FREE_TRADE = regex(r"(?:中国)?（?(?P<place>[一-龥]{2,3}?)省?市?）?(?:自由贸易试验区|自贸试验区|自贸区)$")
# 中关村、昌平、怀柔|三个|国家实验室
_COUNT = regex(r"[两三四五六七八九十]{1,2}[个大家座]?$")
_SEPARATORS = frozenset("、和与")

# 中国电科|14所, 航天科技集团|五院, 中国船舶|第七〇八研究所: the groups of the arms industry number their institutes.
_NUMBERED = searching(
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


# What every such name holds, which is quicker to look for.
_NUMBER = regex(r"[一二三四五六七八九十〇零百\d](?:研究|设计)?[院所]")

# 中国（新疆）自由贸易试验区|霍尔果斯片区, 上海自贸试验区|临港新片区
_PART_OF_A_ZONE = regex(
    r"(?:中国（[一-龥]{2,3}）自由贸易试验区|(?:黑龙江|[一-龥]{2})(?:自由贸易试验区|自贸试验区|自贸区))(?:(?![及和与])[一-龥]){2,4}?片区(?![化的]?内)"
)
_TOLD_BEFORE = regex(r"(?:预期|预计|据称|共同建设|共同组建|联合建设)(?=[\u4e00-\u9fff]{4})")
# 国务院|促进中小企业发展工作|领导小组办公室
_LEADING_GROUP = regex(
    r"(?:国务院|中央|国家|长江流域|黄河流域|淮河流域|海河流域|珠江流域|辽河流域|松花江流域|太湖流域)(?!军委|政府|企业|财政|办公厅)[^，。、；：！？《》（）\s的了是在]{4,26}?(?:领导小组|协调小组|工作小组)(?:办公室)?"
)
_NO_GROUP = regex("成立|组建|设立|召开|印发|决定|批准|关于|派出|通知|要求|部署|有关|组长|各|总理|委员|牵头|听取|审议")


def find_organization_names(text: str) -> Iterator[Mention]:
    """Names that end like an organisation: 上海商汤智能科技|有限公司."""
    listed = facts(text)
    known = {end: start for start, end, _ in listed}
    whole = {e: s for s, e, fact in listed if e - s >= 4 and not fact.note.startswith("unsafe")}
    parents = {e for _, e, fact in listed if fact.lexicon != "parks"}
    built = "中国电建" in text or "中国能建" in text
    for numbered in _NUMBERED.finditer(text) if built or _NUMBER.search(text) else ():
        yield Mention(Span(*numbered.span()), "Organization", Name(numbered.group(), "Academy"), "numbered institute")
    for part in _PART_OF_A_ZONE.finditer(text) if "片区" in text else ():
        yield Mention(Span(*part.span()), "Organization", Name(_canonical(part.group()), "Park"), "part of a zone")
    for group in _LEADING_GROUP.finditer(text) if "小组" in text else ():
        if not _NO_GROUP.search(group.group()):
            kind = None if "流域" in group.group() else "Ministry"
            yield Mention(Span(*group.span()), "Organization", Name(group.group(), kind), "leading group")
    for start, end, entry in matches(masked(text), "org_suffixes"):
        if entry.value == "-":
            if not entry.word.endswith(("校长", "教授")):
                continue
            end = start + 2  # 闽江职业|大学校长 heads a university, although 大学校长 alone names none
            entry = replace(lexicon("org_suffixes")[text[start:end]], value="Academy?")
        kind, needs_opening = entry.value.rstrip("?") or None, entry.value.endswith("?")
        begin = left_edge(text, start)
        if begin == start and entry.word in _OF_A_FIELD:
            begin = _through_verb(text, start)
        if kind == "Academy" and text[begin - 1 : begin] == "与" and not opens(text, begin):
            begin = _through_and(text, begin)
        if apposed := _APPOSED.match(text, begin, start):
            begin = apposed.end()
        begin = _trim(text, begin)
        begin = _after_own_place(text, begin, start)
        if end in known and only_places(text[begin : known[end]]):
            continue  # 辽宁省大连市|大连理工大学
        if begin < whole.get(end, 0) and whole[end] not in parents:
            continue  # 发电设备制造基地|哈电集团, 李强视频连线|国家能源集团: but 中国五矿|中冶华天… is one name
        if is_place(text[begin:end]):
            continue
        if entry.word in _INTERNAL and start in known and begin == known[start]:
            continue
        firm = lexicon("companies").get(text[begin:start]) if _LEGAL.fullmatch(entry.word) else None
        if firm and "交易" not in firm.note:  # 北京证券交易所公司债券
            yield Mention(Span(begin, end), "Organization", Name(firm.value, kind), "known firm with its legal form")
        elif is_name(text, begin, start, end, kind, needs_opening):
            begin = without_address(text, begin, start, kind)
            name = Name(_canonical(text[begin:end]), kind_by_suffix(text[begin:start], entry.word, kind))
            yield Mention(Span(begin, end), "Organization", name, f"name ending in {entry.word}")
        if kind in {"Park", "Academy"} and entry.word != "校区":
            yield from _sharing(text, begin, start, entry)


def _through_verb(text: str, start: int) -> int:
    """资源昆虫高效养殖与利用|全国重点实验室: a field may end in what looks like a verb."""
    begin = left_edge(text, start - 2) if text[start - 2 : start] in _FIELD_ENDS else start
    return start if begin == start else begin


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
    place, _ = beginning(core, *_PLACES, "places") or (0, None)
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


def _trim(text: str, begin: int) -> int:
    """Leave out what stands before an opening: 原|浙江大学, 预期|美国供应管理协会, 共同建设|…实验室."""
    if told := _TOLD_BEFORE.match(text, begin):
        return told.end()
    if text.startswith("建设", begin) and text[begin - 2 : begin] == "共同":
        return begin + 2
    stray = opens(text, begin + 1) and not opens(text, begin) and text[begin] not in "驻“"
    return begin + 1 if stray else begin


def _after_own_place(text: str, begin: int, start: int) -> int:
    """威海|威海火炬高技术产业开发区, 天津滨海新区|天津港集团: a place that returns begins the name."""
    if beginning(text[begin:start], *_PLACES) is None:
        return begin
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


def _canonical(surface: str) -> str:
    """Short names of bodies at the beginning in full: 中科院沈阳自动化研究所 → 中国科学院沈阳自动化研究所."""
    if head := beginning(surface[:12], *KINDS):
        end, entry = head
        if 2 < end < len(surface) and entry.lexicon in _PARENTS and not entry.note.startswith("unsafe"):
            # 中国人民政治协商会议|第十四届全国委员会 must not become …全国委员会第十四届全国委员会.
            return surface if entry.value[-3:] in surface[end:] else entry.value + surface[end:]
    if surface.endswith("集团"):  # 中国中车集团|有限公司
        full = (surface + form for form in ("有限公司", "有限责任公司", "股份有限公司"))
        return next((firm for firm in full if firm in lexicon("companies")), surface)
    if zone := _FREE_TRADE.match(surface):
        return f"中国（{zone['place']}）自由贸易试验区"
    return surface
