"""Organisations: facts of the lexicons, local bodies, names that end like an organisation, short forms in one article.

Longest wins: 中国科学院沈阳自动化研究所 is one name although 中国科学院 is a fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.boundary import edge_at, edge_starts, left_edge, opens
from extractors.classes import is_class
from extractors.departments import find_departments
from extractors.lexicon import Entry, lexicon, matches
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
_LONGEST_WITHOUT_OPENING = 14

# What no core may hold.
_BAD_CORE = re.compile(
    r"""
      [到的等一某] $                                    # 从监测到|实验室, 津巴布韦等|国使馆, 田纳西州一|小学
    | [一两二三四五六七八九十几] 大 | 主要 | 直属 | 上市 $       # 加拿大两大|铁路公司, 深交所上市|公司
    | [，。！？；：\n\d％%]{2}
    | ^ [\d一两二三四五六七八九十百]+ [家个所项名位批座支] | ^ [等及其] | [某几]
    """,
    re.VERBOSE,
)
# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = re.compile(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 国际友好大会暨|中国人民对外友好协会, 美国电动车制造商|特斯拉公司, 德国智库|基尔研究所
_APPOSED = re.compile(
    r"[^，。]{2,30}暨|[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头)(?=[一-龥]{2})"
)
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
_BRANDED = re.compile(
    r"""
    (?P<branch> 科技|光电|智能|生物|医药|医疗|制药|药业|新?能源|电气|重工|股份|微?电子|通信|航天|航空|机器人
              | 新材|半导体|环保|智造|软件|数据|信息|汽车|动力|激光|量子|传感|仪器|装备|精密|材料|飞行 )
    (?= (?:公司|集团)? (?:联合)?
        (?:董事长|创始人|创始合伙人|CEO|首席|总裁|副总裁|总经理|副总经理|总工程师|技术总监|研发总监|研发负责人
          |展台|展位|推出的|自主研发) )
    """,
    re.VERBOSE,
)
# 交通|部门, 海军|部队
_NOT_AFTER_BU = frozenset("门署队分位件落")
_SHORT_COUNTRIES = {
    "俄": "俄罗斯", "乌": "乌克兰", "美": "美国", "英": "英国", "法": "法国", "德": "德国", "日": "日本", "韩": "韩国",
    "以": "以色列", "伊": "伊朗", "叙": "叙利亚", "黎": "黎巴嫩", "土": "土耳其", "印": "印度", "巴": "巴基斯坦",
}  # fmt: skip
_HOME = frozenset({"中国", "中华人民共和国", "我国"})
# 国家海洋环境监测中心|主任: what has a head is no class.
_POST = re.compile(r"(?:党委|党组|常务)?副?(?:主任|院长|所长|站长|校长|书记|理事长|会长)(?![们级])")
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# 成立|低碳工作推进委员会: what is founded has a name.
_PLACE_OF_WORK = re.compile(
    r"软件园|科学城|科技[园城]|产业园|工业园|创新港|高新区|开发区|经开区|保税港区|综合保税区|新片区|经济技术开发区|文化产业园|生物园"
)
_RANKS = frozenset({"国家", "全国", "省级", "市级", "新型", "重点", "高水", "联合", "若干", "世界"})
_FOUNDED = re.compile(r"成立|设立|组建|发起|共建|筹建$")
# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = re.compile(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 国际友好大会暨|中国人民对外友好协会, 美国电动车制造商|特斯拉公司, 德国智库|基尔研究所
_APPOSED = re.compile(
    r"[^，。]{2,30}暨|[一-龥]{2,8}(?:制造商|运营商|供应商|开发商|媒体|智库|科研平台|巨头)(?=[一-龥]{2})"
)
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
_PLACE_OF_WORK = re.compile(
    r"软件园|科学城|科技[园城]|产业园|工业园|创新港|高新区|开发区|经开区|保税港区|综合保税区|新片区|经济技术开发区|文化产业园|生物园"
)
_RANKS = frozenset({"国家", "全国", "省级", "市级", "新型", "重点", "高水", "联合", "若干", "世界"})
_FOUNDED = re.compile(r"成立|设立|组建|发起|共建|筹建$")
# 生态环境部|党组: the group acts for the body, and the key of an entity is the body itself.
_RANK_OPENING = re.compile(r"(?:国家|全国|中国|国际|世界|全球|亚洲|我国|中央)(?:级)?")


def find_organizations(article: Article) -> Iterable[Mention]:
    """Every organisation named in the article, with the fullest name known: 国家发展和改革委员会 for 国家发改委."""
    text = article.text
    found = [*_facts(text), *_structured(text), *_teams(text), *_branded(text)]
    found = longest_first([*found, *find_departments(article, found)])
    return _unified(longest_first([*found, *find_short_names(text, found)]))


def _unified(found: list[Mention]) -> list[Mention]:
    """One name for 重庆两江新区 and 两江新区, for 清华大学人工智能学院 and 人工智能学院, when the article has both.

    The longer name is kept, unless the shorter begins with a place of its own (安徽|合肥创新院).
    """
    names = {m.name.text: m.name for m in found if isinstance(m.value, Name)}
    same: dict[str, Name] = {}
    for text, name in names.items():
        for start, end, _ in matches(text, *_PLACES, *KINDS):
            rest = text[end:]
            if start == 0 and len(rest) >= 4 and rest in names:
                own_place = any(s == 0 for s, _, _ in matches(rest, *_PLACES))
                same[text if own_place else rest] = names[rest] if own_place else name
    return [
        replace(m, value=same[m.value.text]) if isinstance(m.value, Name) and m.value.text in same else m for m in found
    ]


def _facts(text: str) -> Iterator[Mention]:
    """The words of the lexicons. A word whose note starts with `unsafe` counts when its full name stands there too."""
    countries = {end: start for start, end, e in matches(text, "countries") if e.value not in _HOME}
    for start, end, entry in matches(text, *KINDS):
        if entry.note.startswith("unsafe") and (entry.value == entry.word or entry.value not in text):
            continue
        if len(entry.word) <= 2 and not _stands_free(text, start, end, entry.lexicon):
            continue
        name = Name(entry.value, KINDS[entry.lexicon])
        if entry.word.endswith("部") and text[end : end + 1] in _NOT_AFTER_BU:
            continue
        abroad = countries.get(start)
        short = _SHORT_COUNTRIES.get(text[start - 1 : start]) if entry.lexicon == "ministries" else None
        if abroad is None and short and edge_at(text, start - 1):  # 俄|国防部
            name = Name(short + entry.word)
            start -= 1
        if abroad is not None and entry.lexicon == "ministries" and not entry.word.startswith(("国家", "全国", "中央")):
            # 伊朗|外交部 is not our 外交部.
            start = abroad
            name = Name(text[start:end])
        yield Mention(Span(start, end), "Organization", name, "organisation of the lexicon")


def _stands_free(text: str, start: int, end: int, table: str) -> bool:
    """Is 国网 a word here, and not the middle of 我国网民 or 最美团队?"""
    if table not in {"ministries", "international"}:
        return edge_at(text, start) and (edge_starts(text, end) or bool(_AFTER_SHORT.match(text, end)))
    words = lexicon("boundary_words")
    return text[start - 1 : start + 1] not in words and text[end - 1 : end + 1] not in words


def _structured(text: str) -> Iterator[Mention]:
    """Names that end like an organisation: 上海商汤智能科技|有限公司."""
    known = {end: start for start, end, _ in matches(text, *KINDS)}
    for start, end, entry in matches(text, "org_suffixes"):
        if entry.value == "-":
            continue
        kind, needs_opening = entry.value.rstrip("?") or None, entry.value.endswith("?")
        begin = left_edge(text, start)
        if kind == "Academy" and text[begin - 1 : begin] == "与" and not opens(text, begin):
            begin = _through_and(text, begin)
        if apposed := _APPOSED.match(text, begin, start):
            begin = apposed.end()
        begin = _trim(text, begin, start)
        if end in known and _only_places(text[begin : known[end]]):
            continue  # 辽宁省大连市|大连理工大学
        if entry.word == "新区" and any(b == len(text[begin:end]) for _, b, _ in matches(text[begin:end], "counties")):
            continue  # 上海浦东新区 is a district
        if _is_name(text, begin, start, end, kind, needs_opening):
            name = Name(_canonical(text[begin:end]), kind)
            yield Mention(Span(begin, end), "Organization", name, f"name ending in {entry.word}")
        if kind in {"Park", "Academy"}:
            yield from _sharing(text, begin, start, entry)


def _branded(text: str) -> Iterator[Mention]:
    """博顿光电|董事长: a brand and its branch, believed when somebody holds a post in it or it makes something."""
    for match in _BRANDED.finditer(text):
        begin = left_edge(text, match.start("branch"))
        brand = text[begin : match.start("branch")]
        plain = 2 <= len(brand) <= 3 and edge_at(text, begin) and not opens(text, begin)
        if plain and not is_class(text[begin : match.end("branch")]) and not is_class(brand, local=True):
            if any(True for _ in matches(brand, "generic_words", "boundary_words", *_PLACES)):
                continue
            name = Name(text[begin : match.end("branch")], "Company")
            yield Mention(Span(begin, match.end("branch")), "Organization", name, "brand and branch before a post")


def _teams(text: str) -> Iterator[Mention]:
    """中国|羽毛球队; 中国|队 alone is the team that the article names in full, when it names one."""
    found = []
    for start, end, entry in matches(text, "countries"):
        team = _TEAM.match(text, end)
        if team and edge_at(text, start) and (team.group() != "代表团"):
            found.append((start, team.end(), entry.word))
    by_length = sorted(found, key=lambda f: f[1] - f[0])
    full = {country: text[s:e] for s, e, country in by_length if not text.endswith("代表团", s, e)}
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


def _is_name(text: str, begin: int, start: int, end: int, kind: str | None, needs_opening: bool) -> bool:
    core = text[begin:start]
    if len(core) < 2 or _BAD_CORE.search(core) or _SPEAKER.search(core):
        return False
    headed = core.startswith(("国家", "中国", "全国")) and len(core) > 4 and _POST.match(text, end)
    if not headed and is_class(core, local=needs_opening):  # but 清华大学成立|人工智能学院 names what is founded
        founded = kind == "Academy" and len(core) >= 4 and _FOUNDED.search(text, max(0, begin - 2), begin)
        return bool(founded) and core[:2] not in _RANKS
    if text.startswith(("使馆", "大使馆", "领事馆", "总领事馆"), start):
        return "驻" in core
    if text.startswith("文化中心", start) and not any(True for _ in matches(core, "countries")):
        return False
    if kind == "Park" and _WORKED_ON.search(core):
        return False
    if opens(text, begin):
        return not (needs_opening and _only_place(core)) and not (kind in _LOCAL_KINDS and _WORLDWIDE.match(core))
    if not needs_opening:
        if kind == "Academy" and text[begin - 1 : begin] == "的":  # 重组后的|高分子材料实验室
            return False
        return len(core) <= _LONGEST_WITHOUT_OPENING
    if kind == "Park":  # 金凤|软件园, 光明|科学城, but not 这个临港|产业园
        told = text.endswith(("这个", "这家", "这座"), 0, begin) or not _PLACE_OF_WORK.match(text, start)
        return (
            not told and 2 <= len(core) <= 3 and not any(True for _ in matches(core, "generic_words", "boundary_words"))
        )
    return 4 <= len(core) <= _LONGEST_WITHOUT_OPENING and bool(_FOUNDED.search(text, max(0, begin - 3), begin))


def _trim(text: str, begin: int, start: int) -> int:
    """Leave out what stands before an opening without being one: 原|浙江大学."""
    while begin < start and not (_LETTERS.match(text[begin]) or text[begin] in "“（《"):
        begin += 1
    return begin + 1 if text[begin] in "原前现老新" and opens(text, begin + 1) and not opens(text, begin) else begin


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
