"""Organisations: facts of the lexicons, local bodies, names that end like an organisation, short forms in one article.

Longest wins: 中国科学院沈阳自动化研究所 is one name although 中国科学院 is a fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.boundary import edge_at, edge_starts, left_edge, opens
from extractors.classes import is_class
from extractors.departments import find_departments
from extractors.lexicon import Entry, matches
from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.short_names import find_short_names

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
}
_PARENTS = frozenset({"ministries", "party_bodies", "universities", "academies", "associations"})
_PLACES = ("provinces", "cities", "counties")

# A name of a kind that has no legal form (…中心, …学院) and no opening may not be longer than this before its suffix.
_LONGEST_WITHOUT_OPENING = 12

# What no core may hold.
_BAD_CORE = re.compile(
    r"""
      [到的等一某] $                                    # 从监测到|实验室, 津巴布韦等|国使馆, 田纳西州一|小学
    | [一两二三四五六七八九十几] 大 | 主要 | 上市 $       # 加拿大两大|铁路公司, 深交所上市|公司
    | [，。！？；：\n\d％%]{2}
    | ^ [\d一两二三四五六七八九十百]+ [家个所项名位批座支] | ^ [等及其] | [某几]
    """,
    re.VERBOSE,
)
# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = re.compile(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 美国电动车制造商|特斯拉公司, 德国智库|基尔世界经济研究所
_APPOSED = re.compile(r"[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头)(?=[一-龥]{2})")
# 民革中央主席郑建邦代表|…委员会: a person speaks inside.
_SPEAKER = re.compile(r"主席(?!团)|书记|部长|主任|院长|总理|总统|代表(?![团大处])|校长|会长")
# 全国统调电厂, 全球第三大体育用品集团 are classes; 全球低碳冶金创新联盟 is a name.
_WORLDWIDE = re.compile(r"全国|全球|世界|国内|亚洲|国际同")
# Every free trade zone is officially 中国（上海）自由贸易试验区.
_FREE_TRADE = re.compile(r"(?:中国)?（?(?P<place>[一-龥]{2,3}?)省?市?）?(?:自由贸易试验区|自贸试验区|自贸区)$")
# 广东中山改造|低效园区
_WORKED_ON = re.compile(r"改造|建设|推进|打造|支持|发展(?=.*发展)")
# 中关村、昌平、怀柔|三个|国家实验室
_COUNT = re.compile(r"[两三四五六七八九十]{1,2}[个大家座]?$")
_SEPARATORS = frozenset("、和与")
# 中国女篮, 印度尼西亚羽毛球队, 中国体育代表团
_TEAM = re.compile(
    r"""(?:国家)?(?:男子|女子|男|女|男女)?
        (?:羽毛球|乒乓球|篮球|足球|排球|沙滩排球|网球|游泳|跳水|体操|田径|举重|射击|短道速滑|速滑|花样滑冰|冰球|冰壶|自行车|赛艇|皮划艇
          |击剑|柔道|摔跤|跆拳道|拳击|攀岩|滑雪|水球|手球|曲棍球|橄榄球|棒球|垒球|电竞|艺术体操|花样游泳|[篮足排乒羽])?
        (?:队(?![伍员长友内列])|代表队)
      | (?:男|女)[篮足排乒]
      | (?:体育|奥运|残奥|奥运会|冬奥)?代表团(?![成团])""",
    re.VERBOSE,
)
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# 成立|低碳工作推进委员会: what is founded has a name.
_FOUNDED = re.compile(r"成立|设立|组建|发起|共建|筹建$")
# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = re.compile(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 美国电动车制造商|特斯拉公司, 德国智库|基尔世界经济研究所
_APPOSED = re.compile(r"[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头)(?=[一-龥]{2})")
# 民革中央主席郑建邦代表|…委员会: a person speaks inside.
_SPEAKER = re.compile(r"主席(?!团)|书记|部长|主任|院长|总理|总统|代表(?![团大处])|校长|会长")
# 全国统调电厂, 全球第三大体育用品集团 are classes; 全球低碳冶金创新联盟 is a name.
_WORLDWIDE = re.compile(r"全国|全球|世界|国内|亚洲|国际同")
# Every free trade zone is officially 中国（上海）自由贸易试验区.
_FREE_TRADE = re.compile(r"(?:中国)?（?(?P<place>[一-龥]{2,3}?)省?市?）?(?:自由贸易试验区|自贸试验区|自贸区)$")
# 广东中山改造|低效园区
_WORKED_ON = re.compile(r"改造|建设|推进|打造|支持|发展(?=.*发展)")
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# 成立|低碳工作推进委员会: what is founded has a name.
_FOUNDED = re.compile(r"成立|设立|组建|发起|共建|筹建$")
# 生态环境部|党组: the group acts for the body, and the key of an entity is the body itself.
_RANK_OPENING = re.compile(r"(?:国家|全国|中国|国际|世界|全球|亚洲|我国|中央)(?:级)?")


def find_organizations(article: Article) -> Iterable[Mention]:
    """Every organisation named in the article, with the fullest name known: 国家发展和改革委员会 for 国家发改委."""
    text = article.text
    found = [*_facts(text), *find_departments(article), *_structured(text), *_teams(text)]
    found = longest_first(found)
    return longest_first([*found, *find_short_names(text, found)])


def _facts(text: str) -> Iterator[Mention]:
    """The words of the lexicons. A word whose note starts with `unsafe` counts when its full name stands there too."""
    for start, end, entry in matches(text, *KINDS):
        if entry.note.startswith("unsafe") and (entry.value == entry.word or entry.value not in text):
            continue
        if len(entry.word) <= 2 and not _stands_free(text, start, end):
            continue
        yield Mention(
            Span(start, end), "Organization", Name(entry.value, KINDS[entry.lexicon]), "organisation of the lexicon"
        )


def _stands_free(text: str, start: int, end: int) -> bool:
    """Is 国网 a word here, and not the middle of 我国网民 or 最美团队?"""
    return edge_at(text, start) and (edge_starts(text, end) or bool(_AFTER_SHORT.match(text, end)))


def _structured(text: str) -> Iterator[Mention]:
    """Names that end like an organisation: 上海商汤智能科技|有限公司."""
    for start, end, entry in matches(text, "org_suffixes"):
        if entry.value == "-":
            continue
        kind, needs_opening = entry.value.rstrip("?") or None, entry.value.endswith("?")
        begin = left_edge(text, start)
        if kind == "Academy" and text[begin - 1 : begin] == "与" and not opens(text, begin):
            begin = _through_and(text, begin)
        if apposed := _APPOSED.match(text, begin, start):
            begin = apposed.end()
        if entry.word == "新区" and any(b == len(text[begin:end]) for _, b, _ in matches(text[begin:end], "counties")):
            continue  # 上海浦东新区 is a district
        if _is_name(text, begin, start, kind, needs_opening):
            name = Name(_canonical(text[begin:end]), kind)
            yield Mention(Span(begin, end), "Organization", name, f"name ending in {entry.word}")
        if kind in {"Park", "Academy"}:
            yield from _sharing(text, begin, start, entry)


def _teams(text: str) -> Iterator[Mention]:
    """中国|羽毛球队; 中国|队 alone is the team that the article names in full, when it names one."""
    found = []
    for start, end, entry in matches(text, "countries"):
        team = _TEAM.match(text, end)
        if team and edge_at(text, start) and (team.group() != "代表团"):
            found.append((start, team.end(), entry.word))
    full = {country: text[s:e] for s, e, country in sorted(found, key=lambda f: f[1] - f[0])}
    for start, end, country in found:
        name = full[country] if text[start:end] == country + "队" else text[start:end]
        yield Mention(Span(start, end), "Organization", Name(name), "national team")


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
    ending = {base + end: base + s for s, end, _ in matches(text[base:begin], *_PLACES, "places") if end - s <= 4}
    if not place:
        count = _COUNT.search(text, base, begin)
        begin = count.start() + 1 if count and count.start() in ending else 0
    while begin - 1 in ending and (not place or text[begin - 1] in _SEPARATORS):
        end, begin, place = begin - 1, ending[begin - 1], 1
        name = Name(_canonical(text[begin:end] + rank + entry.word), entry.value.rstrip("?"))
        yield Mention(Span(begin, end), "Organization", name, "list that shares a suffix")


def _is_name(text: str, begin: int, start: int, kind: str | None, needs_opening: bool) -> bool:
    core = text[begin:start]
    if len(core) < 2 or _BAD_CORE.search(core) or _SPEAKER.search(core) or is_class(core, local=needs_opening):
        return False
    if text.startswith(("使馆", "大使馆", "领事馆", "总领事馆"), start):
        return "驻" in core
    if kind == "Park" and _WORKED_ON.search(core):
        return False
    if opens(text, begin):
        return not (needs_opening and _only_place(core)) and not (kind in _LOCAL_KINDS and _WORLDWIDE.match(core))
    if not needs_opening:
        if kind == "Academy" and text[begin - 1 : begin] == "的":  # 重组后的|高分子材料实验室
            return False
        return len(core) <= _LONGEST_WITHOUT_OPENING
    if kind == "Park":  # 金凤|软件园, 光明|科学城
        return 2 <= len(core) <= 4 and not any(True for _ in matches(core, "generic_words", "boundary_words"))
    return 4 <= len(core) <= _LONGEST_WITHOUT_OPENING and bool(_FOUNDED.search(text, max(0, begin - 3), begin))


def _only_place(core: str) -> bool:
    """粤港澳大湾区|中心, 加沙地带南部城市汗尤尼斯|中心."""
    if any(end == len(core) for _, end, _ in matches(core, "foreign_cities")):
        return True
    return any(start == 0 and end == len(core) for start, end, _ in matches(core, "places", "countries"))


def _canonical(surface: str) -> str:
    """Short names of bodies at the beginning in full: 中科院沈阳自动化研究所 → 中国科学院沈阳自动化研究所."""
    for start, end, entry in matches(surface[:12], *KINDS):
        if start == 0 and end < len(surface) and entry.lexicon in _PARENTS and not entry.note.startswith("unsafe"):
            return entry.value + surface[end:]
    if zone := _FREE_TRADE.match(surface):
        return f"中国（{zone['place']}）自由贸易试验区"
    return surface
