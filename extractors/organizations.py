"""Organisations: facts of the lexicons, local bodies, names that end like an organisation, short forms in one article.

Longest wins: 中国科学院沈阳自动化研究所 is one name although 中国科学院 is a fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.boundary import edge_at, edge_starts, left_edge, opens
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
_PLACES = ("provinces", "cities", "counties")

# A name of a kind that has no legal form (…中心, …学院) and no opening may not be longer than this before its suffix.
_LONGEST_WITHOUT_OPENING = 12

# What no core may hold or start with: 以清华大学为代表的高校; 一所大学; 13家医院.
_BAD_CORE = re.compile(r"[到的等]$|[，。！？；：\n\d％%]{2}|^[\d一两二三四五六七八九十百]+[家个所项名位批座支]|^[等及其]|[某几]")
# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = re.compile(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# A body before 与: 工业和信息化部与|…实验室.
_ENDS_LIKE_BODY = re.compile(r"(?:[部委局厅院所校社会盟]|大学|公司|集团|中心|政府|企业|高校)$")
# 全国统调电厂, 全球第三大体育用品集团 are classes; 全球低碳冶金创新联盟 is a name.
_WORLDWIDE = re.compile(r"全国|全球|世界|国内|亚洲|国际同")
# Every free trade zone is officially 中国（上海）自由贸易试验区.
_FREE_TRADE = re.compile(r"(?:中国)?（?(?P<place>[一-龥]{2,3}?)省?市?）?(?:自由贸易试验区|自贸试验区|自贸区)$")
_LOCAL_KINDS = frozenset({"Company", "Academy", "Park"})
# 成立|低碳工作推进委员会: what is founded has a name.
_FOUNDED = re.compile(r"成立|设立|组建|发起|共建|筹建$")
# 生态环境部|党组: the group acts for the body, and the key of an entity is the body itself.
_RANK_OPENING = re.compile(r"(?:国家|全国|中国|国际|世界|全球|亚洲|我国|中央)(?:级)?")


def find_organizations(article: Article) -> Iterable[Mention]:
    """Every organisation named in the article, with the fullest name known: 国家发展和改革委员会 for 国家发改委."""
    text = article.text
    found = [*_facts(text), *find_departments(article), *_structured(text)]
    found = longest_first(found)
    return longest_first([*found, *find_short_names(text, found)])


def _facts(text: str) -> Iterator[Mention]:
    """The words of the lexicons. A word whose note starts with `unsafe` counts when its full name stands there too."""
    for start, end, entry in matches(text, *_fact_lexicons()):
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


@lru_cache(maxsize=1)
def _fact_lexicons() -> tuple[str, ...]:
    from importlib.resources import files

    return tuple(name for name in KINDS if (files("extractors") / "lexicons" / f"{name}.csv").is_file())


def _structured(text: str) -> Iterator[Mention]:
    """Names that end like an organisation: 上海商汤智能科技|有限公司."""
    for start, end, entry in matches(text, "org_suffixes"):
        if entry.value == "-":
            continue
        kind, needs_opening = entry.value.rstrip("?") or None, entry.value.endswith("?")
        begin = left_edge(text, start)
        if kind == "Academy" and text[begin - 1 : begin] == "与" and not opens(text, begin):
            begin = _through_and(text, begin)
        core = text[begin:start]
        if _is_name(text, begin, start, kind, needs_opening):
            name = Name(_canonical(text[begin:end]), kind)
            yield Mention(Span(begin, end), "Organization", name, f"name ending in {entry.word}")
            if kind in {"Park", "Academy"}:
                yield from _sharing(text, begin, core, entry)


def _through_and(text: str, begin: int) -> int:
    """深地科学与|工程云龙湖实验室: fields joined by 与 in the name of a laboratory, unless a body stands before it."""
    left = left_edge(text, begin - 1)
    before = text[left : begin - 1]
    return left if 3 <= len(before) <= 12 and not _ENDS_LIKE_BODY.search(before) else begin


def _sharing(text: str, begin: int, core: str, entry: Entry) -> Iterator[Mention]:
    """中关村、昌平、怀柔|国家实验室: a place before that shares the suffix stands for the body of its own."""
    place = next((e for s, e, _ in matches(core, *_PLACES, "places") if s == 0), 0)
    if not place or (place != len(core) and core[place:] not in {"国家", "全国"}):
        return
    ending = {end: start for start, end, _ in matches(text[max(0, begin - 30) : begin], *_PLACES, "places")}
    base = max(0, begin - 30)
    while text[begin - 1 : begin] == "、" and begin - 1 - base in ending:
        end, begin = begin - 1, base + ending[begin - 1 - base]
        name = Name(_canonical(text[begin:end] + core[place:] + entry.word), entry.value.rstrip("?"))
        yield Mention(Span(begin, end), "Organization", name, "list that shares a suffix")


def _is_name(text: str, begin: int, start: int, kind: str | None, needs_opening: bool) -> bool:
    core = text[begin:start]
    if len(core) < 2 or _BAD_CORE.search(core) or is_class(core):
        return False
    if opens(text, begin):
        return not (needs_opening and _only_place(core)) and not (kind in _LOCAL_KINDS and _WORLDWIDE.match(core))
    if not needs_opening:
        return len(core) <= _LONGEST_WITHOUT_OPENING
    if kind == "Park":  # 金凤|软件园, 光明|科学城
        return 2 <= len(core) <= 4 and not any(True for _ in matches(core, "generic_words", "boundary_words"))
    return 4 <= len(core) <= _LONGEST_WITHOUT_OPENING and bool(_FOUNDED.search(text, max(0, begin - 3), begin))


def _only_place(core: str) -> bool:
    """粤港澳大湾区|中心, 北京|医院 (one of many)."""
    return any(start == 0 and end == len(core) for start, end, _ in matches(core, "places", "countries"))


def is_class(core: str) -> bool:
    """Does the core name a class: 国家|实验室, 新型|研究院, 高新技术|产业园, but not 国家集成电路|创新中心?

    >>> is_class("国家"), is_class("新型"), is_class("国家集成电路"), is_class("之江")
    (True, True, False, False)
    """
    opening = _RANK_OPENING.match(core)
    rest = core[opening.end() :] if opening else core
    covered, ranks_only = 0, True
    for start, end, entry in matches(rest, "generic_words"):
        if start != covered:
            return False
        covered = end
        ranks_only = ranks_only and entry.value == "rank"
    if covered != len(rest):
        return False
    return ranks_only or opening is None


def _canonical(surface: str) -> str:
    """Short names of bodies at the beginning in full: 中科院沈阳自动化研究所 → 中国科学院沈阳自动化研究所."""
    for start, end, entry in matches(surface[:12], *_fact_lexicons()):
        if start == 0 and end < len(surface) and not entry.note.startswith("unsafe"):
            return entry.value + surface[end:]
    if zone := _FREE_TRADE.match(surface):
        return f"中国（{zone['place']}）自由贸易试验区"
    return surface
