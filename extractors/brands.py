"""Companies that are called by brand and branch, without a legal form: 天衡光电, 惠民科技."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.boundary import edge_at, left_edge, opens
from extractors.classes import is_class
from extractors.lexicon import matches
from extractors.model import Mention, Name, Span

_PLACES = ("provinces", "cities", "counties")
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


def find_brands(text: str) -> Iterator[Mention]:
    """天衡光电|董事长: a brand and its branch, believed when somebody holds a post in it or it makes something."""
    for match in _BRANDED.finditer(text):
        begin = left_edge(text, match.start("branch"))
        brand = text[begin : match.start("branch")]
        plain = 2 <= len(brand) <= 3 and edge_at(text, begin) and not opens(text, begin)
        if plain and not is_class(text[begin : match.end("branch")]) and not is_class(brand, local=True):
            if any(True for _ in matches(brand, "generic_words", "boundary_words", *_PLACES)):
                continue
            name = Name(text[begin : match.end("branch")], "Company")
            yield Mention(Span(begin, match.end("branch")), "Organization", name, "brand and branch before a post")
