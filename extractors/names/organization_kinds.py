"""The organisations of the lexicons, and what kind of body each is.

A lexicon holds bodies of one kind, with exceptions that the notes of its lines tell: the army stands among the
ministries and the parliaments of other states among the international organisations.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.lexicon import Entry, Match, matches
from extractors.patterns import regex

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
_OF_STATE = frozenset({"ministries", "party_bodies", "international"})
# A body of state that is a firm or an institute by its name: 东京电力公司, 中国人事科学研究院.
_BY_NAME = (
    (regex("公司$|(?<!国)集团$"), "Company"),
    (regex("(?:研究[院所]|医院|大学|学院)$"), "Academy"),
)
# 美国联邦航空管理局, 美国橡树岭国家实验室, 日本学术会议: what begins with a country is no international organisation
_NATIONAL = (
    (regex("(?:实验室|[科工]学院|工程院|研究院|医学院)$"), "Academy"),
    (regex("(?:学会|协会|商会|联合会|基金会)$"), "Association"),
    (regex("(?<!联盟)$"), None),
)
# None: none of the kinds fits. 解放军 and the parties are no ministries, 美国国会 is no international organisation.
_BY_NOTE: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (regex("群团|群众|人民团体"), "Association"),
    (regex("非国家机关"), None),
    (regex("科研机构"), "Academy"),
    (regex("外国媒体"), "Media"),
    (regex("执政党|民主党派|国家武装力量|军种|兵种|战区|解放军部队|战略支援"), None),
    (regex("外国|派别|军事组织|武装组织|美国总统府"), None),
)
# 工信部联合|国家标准化管理委员会: the words hold no 联合国.
JOINTLY = regex("联合(?=国(?:家|务院|资委|防|铁|投|网|开行))")
# 人民日报|社论: an editorial is no 报社
EDITORIAL = regex("(?<=报)社(?=论(?![坛述]))")
# 不断发展壮大|学雷锋志愿服务队伍, 扩大|学位供给: a verb and what is learnt are no 大学
GROWN = regex("(?<=[壮扩])大(?=学)")
# 技术|委员会, 专业|委员会: societies have them
_OF_A_SOCIETY = regex("专业|技术|标准化|奥林匹克|残奥|学术|贸易|行业|体育")
_HOME = frozenset({"中国", "中华人民共和国", "我国"})


def facts(text: str) -> tuple[Match, ...]:
    """Where organisations of the lexicons stand."""
    return matches(masked(text), *KINDS)


@lru_cache(maxsize=64)
def masked(text: str) -> str:
    """The text, no longer and no shorter, unreadable where a word looks like a body: 联合|国家…, 社|论, 壮大|学."""
    text = EDITORIAL.sub("\0", text) if "社论" in text else text
    text = GROWN.sub("\0", text) if "大学" in text else text
    return JOINTLY.sub("联\0", text) if "联合国" in text else text


@cache
def kind_of(fact: Entry) -> str | None:
    """What kind of organisation a line of a lexicon names."""
    if fact.lexicon not in _OF_STATE:
        return KINDS[fact.lexicon]
    found: list[str | None] = [kind for name, kind in _BY_NAME if name.search(fact.value)]
    if fact.lexicon == "international" and any(s == 0 for s, _, _ in matches(fact.value, "countries")):
        found += [kind for name, kind in _NATIONAL if name.search(fact.value)]
    found += [kind for note, kind in _BY_NOTE if note.search(fact.note)]
    return found[0] if found else KINDS[fact.lexicon]


def kind_by_suffix(core: str, suffix: str, kind: str | None) -> str | None:
    """The kind that a suffix tells, or where it tells none that of the parent: 总台|节目中心 is Media.

    A commission of another state is no society: 美国国家运输安全|委员会.
    """
    if kind is None:
        parent = next((fact for s, _, fact in facts(core) if s == 0 and fact.lexicon != "parks"), None)
        return kind_of(parent) if parent and parent.lexicon != "international" else None
    if kind == "Association" and suffix == "委员会" and not _OF_A_SOCIETY.search(core):
        abroad = any(s == 0 and country.value not in _HOME for s, _, country in matches(core, "countries"))
        return None if abroad or core.startswith(("国家杜马", "国会", "议会")) or "政府间" in core else kind
    return kind
