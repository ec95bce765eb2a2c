"""Classes of organisations, which are no names: 国家|实验室, 新型|研究院, 龙头|企业."""

from __future__ import annotations

from extractors.lexicon import beginning, matches
from extractors.patterns import regex

_RANK_OPENING = regex(r"(?:国家|全国|中国|国际|世界|全球|亚洲|我国|中央)(?:级)?")


def is_class(core: str, *, local: bool = False) -> bool:
    """Does the core name a class: 国家|实验室, 新型|研究院, 高新技术|产业园, but not 国家集成电路|创新中心?

    `local`: of what stands in one place each (国家现代农业|产业园) there are many, whatever the field.

    >>> is_class("国家"), is_class("新型"), is_class("国家集成电路"), is_class("之江")
    (True, True, False, False)
    """
    opening = _RANK_OPENING.match(core)
    rest = core[opening.end() :] if opening else core
    if rest and beginning(rest, "generic_words") is None:
        return False
    covered, ranks_only = 0, True
    for start, end, entry in matches(rest, "generic_words"):
        if start != covered:
            return False
        covered = end
        ranks_only = ranks_only and entry.value == "rank"
    if covered != len(rest):
        return False
    return ranks_only or opening is None or (local and opening.group().startswith("国家"))
