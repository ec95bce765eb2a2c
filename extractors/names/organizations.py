"""Organisations: facts of the lexicons, local bodies, names that end like an organisation, short forms in one article.

Longest wins: 中国科学院沈阳自动化研究所 is one name although 中国科学院 is a fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from extractors.lexicon import beginning, lexicon, matches
from extractors.model import Article, Mention, Name, Span, longest_first
from extractors.names.boundary import edge_at, edge_starts
from extractors.names.brands import find_brands, find_listed_brands
from extractors.names.departments import find_departments
from extractors.names.foreign_bodies import find_foreign_bodies, find_party_bodies_abroad
from extractors.names.inaugurated import find_inaugurated
from extractors.names.offices import find_offices
from extractors.names.organization_kinds import KINDS, facts, kind_of
from extractors.names.organization_names import SHARED, find_organization_names
from extractors.names.short_names import find_short_names
from extractors.names.teams import find_teams
from extractors.patterns import regex
from extractors.sentences import paragraph

_PLACES = ("provinces", "cities", "counties")

# What follows the short name of a body: 国办|公开, 国网|公司.
_AFTER_SHORT = regex(r"公司|集团|股份|总部|方面|负责人|董事长|总裁|总经理|旗下|[，。、；：）”]|$")
# 交通|部门, 海军|部队
_NOT_AFTER_BU = frozenset("门署队分位件落")
_SHORT_COUNTRIES = {
    "俄": "俄罗斯", "乌": "乌克兰", "美": "美国", "英": "英国", "法": "法国", "德": "德国", "日": "日本", "韩": "韩国",
    "以": "以色列", "伊": "伊朗", "叙": "叙利亚", "黎": "黎巴嫩", "土": "土耳其", "印": "印度", "巴": "巴基斯坦",
}  # fmt: skip
# 美国商务部|长雷蒙多、|财政部长耶伦: both serve in one cabinet.
_NEXT_IN_LIST = regex(r"(?:长|部长)?[一-龥·]{0,8}[、和与]")
# 空军 alone is ours, unless the words before say whose it is: 美|海军, 革命卫队|海军; 空军|一号 is a plane.
_SERVICES = frozenset({"空军", "海军", "陆军", "火箭军"})
_NOT_OURS = regex(r"[方美俄英法德日韩以伊印朝乌]军?$|卫队$|国$|其$")
# 战区|陆军、海军、空军
_OF_A_COMMAND = regex("战区(?:(?:[陆海空]|火箭)军[、和])*$")
# 伊朗向其|海军, 韩国称|空军: the sentence speaks of another country and not of ours.
_OURS = regex("中国|我国|我军|解放军|战区|中央军委|全军|人民|中方|驻[港澳]")
# 陪同普京访华的有|外交部部长: whoever comes with a guest serves the guest's country.
_WITH_A_GUEST = regex("陪同[^，。；\n]{2,12}(?:访华|来访|来华)[^，。；\n]{0,60}$")
# 中央主题教育领导小组|办公室
# 伊朗|新任|国防部长, 基里巴斯|总统兼|外交部长: the posts between a country and one more post of its government
_POSTS_BETWEEN = regex(
    r"(?:[新现前候时]任|代理|临时|常务|第一|联邦|政府|副?总统|副?总理|副?首相|国家主席|国务委员|总书记|国王|兼|[、和暨]){1,5}"
)
# 乌国防部|情报总局
_WITHIN_A_MINISTRY = regex("(?:军事)?情报(?:总局|局)|新闻局|海关总署")
# 各级|工商联, 工商联|界委员: a class of bodies and a sector
_CLASS_OF_IT = regex("(?:各级|各地|地方|基层|以上|[省市区县州]|国际|两级|三级)$")
_SECTOR = regex("界|系统|组织|所属|会员|执委")
_OFFICE_OF = regex("(?:领导小组|委员会|指挥部|协调小组|联席会议)$")
_NOT_THE_SERVICE = regex(r"[一二]号|陆战|蓝|航空|节|大学|部队?战")
_HOME = frozenset({"中国", "中华人民共和国", "我国"})
_STREET = regex("[东南西北]?(?:大街|路(?!演|径|线)|地铁站)")
# 塞|外交部, 波|国防部: in a text that names the country in full
# 伊朗|经济事务与|财政部
_FIELD = regex(
    "(?:经济|外交|国防|国际|内务|文化|旅游|工业|贸易|农业|能源|教育|科学|技术|安全|事务|合作|规划|发展|投资|卫生|社会){1,4}"
)
_BEFORE_A_MINISTRY = regex("(?:外交|国防|财政|司法|内政|卫生|能源|商务|交通)部")
_DAYS = frozenset({"今天", "昨天", "明天", "当天"})  # 今天|开园 holds no 天开园


def find_organizations(article: Article) -> Iterable[Mention]:
    """Every organisation named in the article, with the fullest name known: 国家发展和改革委员会 for 国家发改委."""
    text = article.text
    named = list(find_organization_names(text))
    # In 怀柔、中关村两个国家实验室 the word 中关村 is a laboratory, not the park that the lexicon knows.
    shared = [m for m in named if m.rule == SHARED]
    found = [*find_party_bodies_abroad(text), *shared, *_facts(text), *find_offices(text), *named]
    found += [*find_teams(text), *find_brands(text), *find_foreign_bodies(text), *find_inaugurated(text)]
    found = longest_first([*found, *find_departments(article, found)])
    if short := [*find_short_names(text, found)]:
        found = longest_first([*found, *short])
    if brands := [*find_listed_brands(text, found)]:
        found = longest_first([*found, *brands])
    return _unified(found)


def _facts(text: str) -> Iterator[Mention]:
    """The words of the lexicons. A word whose note starts with `unsafe` counts when its full name stands there too."""
    listed = facts(text)
    if not listed:
        return
    countries = {end: start for start, end, e in matches(text, "countries") if e.value not in _HOME}
    if "加沙" in text:  # 加沙地带|卫生部
        countries |= {match.end(): match.start() for match in re.finditer("加沙(?:地带)?", text)}
    abroad = (0, "")  # where the ministry of another country ended, and that country
    for start, end, entry in listed:
        if entry.note.startswith("unsafe") and (entry.value == entry.word or not _holds(text, entry.value)):
            continue
        if len(entry.word) <= 2 and not _stands_free(text, start, end, entry.lexicon):
            continue
        if entry.word.endswith("部") and text[end : end + 1] in _NOT_AFTER_BU:
            continue
        if entry.lexicon == "parks" and _STREET.match(text, end):  # 中关村|大街
            continue
        if _inside_latin(text, start, end) or text[start - 1 : start + 1] in _DAYS:
            continue
        name, begin = Name(entry.value, kind_of(entry)), start
        if entry.lexicon == "academies" and entry.word.endswith("医院"):
            begin = next((s for s, e, _ in matches(text, "provinces", "cities") if e == start), start)  # 上海|瑞金医院
        if entry.lexicon == "ministries":
            if foreign := _abroad(text, start, end, countries):
                name, begin = foreign
                abroad = end, name.text.removesuffix(text[start:end])
            elif _belongs_to_others(text, start, end, entry.word, countries):
                continue
            elif abroad[1] and entry.word.endswith("部") and _NEXT_IN_LIST.fullmatch(text, abroad[0], start):
                name, abroad = Name(abroad[1] + text[start:end]), (end, abroad[1])
        if entry.word == "工商联" and (_CLASS_OF_IT.search(text, max(0, start - 2), start) or _SECTOR.match(text, end)):
            continue
        if end == abroad[0] and name.text != entry.value and (inner := _WITHIN_A_MINISTRY.match(text, end)):
            end, name = inner.end(), replace(name, text=name.text + inner.group())
        if text.startswith("办公室", end) and _OFFICE_OF.search(entry.value) and len(entry.word) > 2:
            end, name = end + 3, replace(name, text=name.text + "办公室")
        yield Mention(Span(begin, end), "Organization", name, "organisation of the lexicon")


def _abroad(text: str, start: int, end: int, countries: dict[int, int]) -> tuple[Name, int] | None:
    """伊朗|外交部, 俄|国防部, 伊朗经济事务与|财政部: not our ministry, but the one of the country before."""
    if text[start - 1 : start] in {"与", "和", "及"} and text[end - 1] == "部":
        field = next((at for at in range(start - 3, max(0, start - 9), -1) if at in countries), 0)
        if field and _FIELD.fullmatch(text, field, start - 1):
            return Name(text[countries[field] : end]), countries[field]
    if text[start - 1 : start] == "的" and start - 1 in countries and text[end - 1] == "部":  # 土耳其和伊朗的|国防部长
        return Name(text[countries[start - 1] : start - 1] + text[start:end]), start
    if start in countries and not text.startswith(("国家", "全国", "中央"), start):
        return Name(text[countries[start] : end]), countries[start]
    if text[end - 1] == "部" or text.startswith("中央军委", start):
        for led in range(start - 2, max(0, start - 16), -1):  # 伊朗新任|国防部长
            if led in countries and _POSTS_BETWEEN.fullmatch(text, led, start):
                return Name(text[countries[led] : led] + text[start:end]), start
    short = _SHORT_COUNTRIES.get(text[start - 1 : start])
    if text[start - 2 : start] == "白俄":  # 白俄|外交部
        return Name("白俄罗斯" + text[start:end]), start - 2
    if short is None and _BEFORE_A_MINISTRY.match(text, start):
        short = next((text[s:e] for e, s in countries.items() if text[s] == text[start - 1]), None)
    if short == "以色列" and not _holds(text, short):  # 以|空军为主
        return None
    return (Name(short + text[start:end]), start - 1) if short and edge_at(text, start - 1) else None


@lru_cache(maxsize=4096)
def _holds(text: str, word: str) -> bool:
    return word in text


def _inside_latin(text: str, start: int, end: int) -> bool:
    """IBM is no part of IBMX."""
    return any(text[p - 1 : p + 1].isascii() and text[p - 1 : p + 1].isalnum() and p for p in (start, end))


def _is_ours(text: str, start: int, end: int, countries: dict[int, int]) -> bool:
    if _OF_A_COMMAND.search(text, max(0, start - 20), start):
        return False
    if _NOT_OURS.search(text, max(0, start - 2), start) or _NOT_THE_SERVICE.match(text, end):
        return False
    told = paragraph(text, start).start
    first = max(told, text.rfind("。", told, start) + 1)
    abroad = any(first <= s < start for s in countries.values())
    return not abroad or bool(_OURS.search(text, first, end + 20))


def _belongs_to_others(text: str, start: int, end: int, word: str, countries: dict[int, int]) -> bool:
    if word in _SERVICES:
        return not _is_ours(text, start, end, countries)
    if word.endswith("部") and text.endswith(("成员国", "各国", "两国", "三国", "多国"), 0, start):
        return True  # 上合组织成员国|司法部长会议
    guest = word.endswith("部") and _holds(text, "陪同")
    return guest and bool(_WITH_A_GUEST.search(text, max(0, start - 80), start))


def _stands_free(text: str, start: int, end: int, table: str) -> bool:
    """Is 国网 a word here, and not the middle of 我国网民 or 最美团队?"""
    if table not in {"ministries", "international"}:
        return edge_at(text, start) and (edge_starts(text, end) or bool(_AFTER_SHORT.match(text, end)))
    words = lexicon("boundary_words")
    return text[start - 1 : start + 1] not in words and text[end - 1 : end + 1] not in words


def _unified(found: list[Mention]) -> list[Mention]:
    """One name for 重庆两江新区 and 两江新区, for 清华大学人工智能学院 and 人工智能学院, when the article has both.

    The longer name is kept, unless the shorter begins with a place of its own (安徽|合肥创新院).
    """
    names = {m.name.text: m.name for m in found if isinstance(m.value, Name)}
    same: dict[str, Name] = {}
    for text, name in names.items():
        end, _ = beginning(text, *_PLACES, *KINDS) or (0, None)
        rest = text[end:]
        if end and len(rest) >= 4 and rest in names:
            own_place = beginning(rest, *_PLACES) is not None
            same[text if own_place else rest] = names[rest] if own_place else name
    return [
        replace(m, value=same[m.value.text]) if isinstance(m.value, Name) and m.value.text in same else m for m in found
    ]
