"""The little grammar that the rules share: patterns over lines, roles of words, modality.

A pattern is written over the letters of a line with named parts:

    ⟨Org⟩ ⟨Person⟩ ⟨Place⟩ ⟨Policy⟩ ⟨Programme⟩ ⟨Project⟩ ⟨Event⟩ ⟨Date⟩ ⟨Quantity⟩ ⟨Any⟩   one mention
    ⟦Org⟧ …                                             its letters, to stand in a class: [^，⟦Org⟧]
    ⟨~8⟩                                                at most 8 characters of the same clause, as few as do
    ⟨s~8⟩                                               at most 8 characters of the same sentence
    ⟨w:planned⟩                                         a word of that role in lexicons/clause_words.csv
    ⟨t:issued⟩ ⟨m:located_in⟩                           a trigger, or a theme verb, of that relation's schema file
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors.lexicon import lexicon
from extractors.model import Modality
from extractors.ontology import relation_types
from extractors.patterns import put_off, regex, searching_now
from extractors.relations.clauses import LETTERS, PARK

PARTS = {
    "Org": LETTERS["Organization"] + PARK,
    "Park": PARK,
    "Person": LETTERS["Person"],
    "Place": LETTERS["Place"] + PARK,
    "Policy": LETTERS["Policy"],
    "Programme": LETTERS["Programme"],
    "Project": LETTERS["Project"] + LETTERS["Product"],
    "Event": LETTERS["Event"],
    "Product": LETTERS["Product"],
    "Date": LETTERS["Date"],
    "Quantity": LETTERS["Quantity"],
    "Any": "\ue000-\ue00b",
}
_PART = regex(r"⟨(s?)~(\d+)⟩|⟨([wtm]):(\w+)⟩|⟨(\w+)⟩|⟦(\w+)⟧")


@cache
def roles(role: str) -> frozenset[str]:
    """The words of a role in lexicons/clause_words.csv."""
    return frozenset(e.word for e in lexicon("clause_words").values() if role in e.value.split())


def either(words: Iterable[str]) -> str:
    """Words as an alternation, longest first.

    >>> either(["任", "担任"])
    '担任|任'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w))))


def _words(kind: str, name: str) -> str:
    if kind == "w":
        return either(roles(name))
    relation = relation_types()[name]
    return either(relation.triggers if kind == "t" else relation.theme)


def _expand(part: re.Match[str]) -> str:
    wide, reach, kind, role, name, letters = part.groups()
    if reach:
        return f"[^{'。；' if wide else '，。；'}]{{0,{reach}}}?"
    if role:
        return f"(?:{_words(kind, role)})"
    return f"[{PARTS[name]}]" if name else PARTS[letters]


def pattern(text: str, only: str = "") -> re.Pattern[str]:
    """A pattern over the letters of a line, in VERBOSE mode; `only`, over the same letters, as for put_off."""
    return put_off(lambda: searching_now(_PART.sub(_expand, text), re.VERBOSE), _short(only))


def long_pattern(text: str, opening: str = "", only: str = "") -> re.Pattern[str]:
    """The same for a pattern so long that to work out with what it begins takes time: `opening` says it.

    Nothing need be said where the pattern begins with one class of letters.
    """
    looked_for = f"(?=[{opening}])(?:{text})" if opening else text
    return put_off(lambda: re.compile(_PART.sub(_expand, looked_for), re.VERBOSE), _short(only))


def _short(text: str) -> re.Pattern[str] | None:
    return put_off(lambda: re.compile(_PART.sub(_expand, text))) if text else None


# 将 announces what is settled and stays asserted (but see verbs); 要, 拟, 研究 need a look at their neighbours.
_PLANNED = pattern(r"⟨w:planned⟩ | 拟(?!定) | (?<![需重主纲])要(?![求素点闻客]) | 研究(?!制定|编制|院|所|中心|团队)")
_INVITED = regex("应[邀约急用对]|[响相]应")  # 应邀出席: no 应 of duty
_NEGATED = pattern(r"⟨w:negated⟩ | 未(?!来)")
_LIGHT = pattern(
    r"""(?: ⟨w:adverbial⟩ | ⟨Date⟩ | ⟨Quantity⟩ | [一二三四五六七八九十、“”…\s]
        | 在[^，。]{1,16}?[中上内时里] | 在[^，。]{1,16}?期间 | 在⟨Place⟩(?:[、和与及的]?⟨Place⟩)*等?地?
        | 在全[国党军省市球社会]{1,2}(?:范围内?)? | 即日起(?:至⟨Date⟩)? | 截至⟨Date⟩
        | 在[^，。⟦Any⟧]{0,12}?(?:县|市|区|省份|城市|地区|企业|高校|行业|领域|园区)(?:整建制|范围)?内?  # 在重点县整建制
        | (?:会同|面向|通过|聚焦|围绕|组织)[^，]{1,12}         # 会同有关部门, 聚焦重点领域
        | (?:部署|动员|发动|安排)
          (?:各[^，]{1,20} | 全国(?:[^，⟦Any⟧]{2,10}(?:机关|部门|系统|队伍|企业|单位))?)  # 部署各地开展
        | 决定(?=在|[自从]|联合|共同|组织|于)  # 决定在全国开展
        )*"""
)


def modality(said: str) -> Modality:
    """What the words between subject and verb make of the verb: 未启动 negated, 拟启动 planned, 将启动 asserted.

    >>> modality("将于下月"), modality("拟于下月"), modality("尚未")
    ('asserted', 'planned', 'negated')
    """
    said = _INVITED.sub("", said)
    if _NEGATED.search(said):
        return "negated"
    return "planned" if _PLANNED.search(said) else "asserted"


def light(said: str) -> bool:
    """Whether the words before a verb are only adverbials, so that the subject is the one carried over.

    >>> light("还将"), light("拟于近日正式"), light("各地")
    (True, True, False)
    """
    bare = _NEGATED.sub("", _PLANNED.sub("", said))
    return len(bare) <= 32 and _LIGHT.fullmatch(bare) is not None
