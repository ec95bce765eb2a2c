"""Companies that are called by brand, without a legal form: 天衡光电|董事长; 乾照光电 in a list of companies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.lexicon import matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import edge_at, left_edge, opens
from extractors.names.classes import is_class
from extractors.patterns import regex, searching

_PLACES = ("provinces", "cities", "counties")
_BRANDED = searching(
    r"""
    (?P<branch> 科技|光电|智能|生物|医药|医疗|制药|药业|新?能源|电气|重工|股份|微?电子|通信|航天|航空|机器人
              | 新材|半导体|环保|智造|软件|数据|信息|汽车|动力|激光|量子|传感|仪器|装备|精密|材料|飞行 )
    (?= (?:公司|集团)? (?:联合)?
        (?:董事长|创始人|创始合伙人|CEO|首席|总裁|副总裁|总经理|副总经理|总工程师|技术总监|研发总监|研发负责人
          |展台|展位|推出的)
      | (?<=光电|生物|医药|制药|药业|重工|电子|科技|股份) 自主研发 )
    """,
    re.VERBOSE,
)

# 惠龙易通|董事长施文进: who has a head with a name is a body, whatever it is called.
_HEADED = searching(
    r"(?:公司|集团)?(?:联合创始人|创始人|副?董事长|首席(?:执行官|技术官|科学家)|副?总裁|副?总经理|副?总工程师|CEO)"
    r"(?:兼(?:总裁|总经理|CEO))?"
    r"(?=[一-龥]{2,3}(?:[，。：、（]|说|表示|介绍|认为|告诉|坦言|在))"
)
# What stands behind every such brand, and is quicker to look for.
_POST = regex(
    "董事长|创始|首席|总裁|总经理|副总经理|总工程师|副总工程师|CEO|技术总监|研发总监|研发负责人|展台|展位|推出的|自主研发"
)
_FIRM = regex(r"[A-Za-z一-龥]{3,6}")
_NO_FIRM = regex(r"(?:企业|公司|集团|单位|平台|负责人|品牌|工厂|机构|酒店|民宿|餐厅|商户|会|原|兼|前|任|副|的|任的)$")

# What is no company although companies stand on both sides: 华为、高校、中国石化
_LISTED = regex(r"[A-Za-z一-龥]{2,6}")
_BRANCH = regex(
    r"[一-龥]{2,3}(?:科技|光电|智能|生物|医药|医疗|制药|药业|新?能源|电气|重工|股份|集团|微?电子|通信|航天|航空|机器人|新材|半导体"
    r"|环保|软件|数据|信息|汽车|动力|激光|量子|传感|仪器|装备|精密|材料|飞行|果业|农业|乳业|食品|纺织|钢铁|化工|石化|锂业|矿业|电池)"
)
_FIRMS = regex("等(?:一批|多家|\\d+家|龙头|头部|知名)?(?:企业|公司|车企|厂商|品牌)")
_WORDS = (
    "generic_words",
    "boundary_words",
    "figure_words",
    "not_names",
    "org_suffixes",
    *_PLACES,
    "countries",
    "places",
)


def find_listed_brands(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """宁德时代、|瀚天天成、|比亚迪: between companies stands a company, beside one a brand with branch (乾照|光电)."""
    firms = [m for m in found if isinstance(m.value, Name) and m.value.kind == "Company"]
    if not firms:
        return
    ends, starts = {m.span.end for m in firms}, {m.span.start for m in firms}
    taken = {p for m in found for p in range(m.span.start, m.span.end)}
    for end in sorted(ends):
        at = end  # rightwards: 宁德时代、|瀚天天成、|…
        while text[at : at + 1] == "、" and at + 1 not in taken:
            stop = min((p for p in (text.find(c, at + 1, at + 9) for c in "、等和，。（") if p > 0), default=0)
            told = _FIRMS.match(text, stop) is not None  # 冠捷集团、|东南汽车等一批企业
            if not stop or not _is_brand(
                text[at + 1 : stop], between=text[stop] == "、" and stop + 1 in starts, told=told
            ):
                break
            yield _brand(text, at + 1, stop)
            at = stop
    for start in sorted(starts):
        at = start  # leftwards: 乾照光电、|…
        while text[at - 1 : at] == "、" and at - 2 not in taken:
            begin = left_edge(text, at - 1, max(0, at - 8))
            if not edge_at(text, begin) or not _is_brand(text[begin : at - 1], between=False):
                break
            yield _brand(text, begin, at - 1)
            at = begin


def _brand(text: str, start: int, end: int) -> Mention:
    return Mention(Span(start, end), "Organization", Name(text[start:end], "Company"), "brand in a list of companies")


def _is_brand(word: str, *, between: bool, told: bool = False) -> bool:
    if told and _BRANCH.fullmatch(word):
        return not any(True for _ in matches(word[:2], "generic_words"))
    if is_class(word, local=True) or is_class(word[:2]) or not _LISTED.fullmatch(word):
        return False
    if _BRANCH.fullmatch(word):
        return not any(True for _ in matches(word[:2], *_WORDS))
    return between and not any(True for _ in matches(word, *_WORDS))


def find_brands(text: str) -> Iterator[Mention]:
    """天衡光电|董事长: a brand and its branch, believed when somebody holds a post in it or it makes something."""
    if not _POST.search(text):
        return
    for match in _BRANDED.finditer(text):
        begin = left_edge(text, match.start("branch"))
        brand = text[begin : match.start("branch")]
        plain = 2 <= len(brand) <= 3 and edge_at(text, begin) and not opens(text, begin)
        if plain and not is_class(text[begin : match.end("branch")]) and not is_class(brand, local=True):
            if any(True for _ in matches(brand, "generic_words", "boundary_words", *_PLACES)):
                continue
            name = Name(text[begin : match.end("branch")], "Company")
            yield Mention(Span(begin, match.end("branch")), "Organization", name, "brand and branch before a post")
    for match in _HEADED.finditer(text):
        begin = left_edge(text, match.start(), max(0, match.start() - 9))
        brand = text[begin : match.start()]
        if not _FIRM.fullmatch(brand) or not edge_at(text, begin) or _NO_FIRM.search(brand) or opens(text, begin):
            continue
        # 凌霄|无人机: the field may be a word of the language, the brand before it may not
        if all(start >= 2 for start, _, _ in matches(brand, *_WORDS, "titles")):
            yield Mention(Span(begin, match.start()), "Organization", Name(brand, "Company"), "brand before a head")
