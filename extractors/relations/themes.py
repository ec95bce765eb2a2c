"""What a sentence is about: the thing that leads it, for clauses that only go on (总部设在上海, 12月投产)."""

from __future__ import annotations

import re

from extractors.model import Mention
from extractors.relations.clauses import Line
from extractors.relations.context import Context
from extractors.relations.grammar import PARTS, light, pattern

_CLAUSE = re.compile(r"[^，；：。！？,;:\s]+")
# What may stand before the leading thing: 总投资54亿元的J, 国家重点工程——J, 位于江苏镇江的O.
_LEAD = pattern(
    r"""(?: ⟨w:adverbial⟩ | ⟨Date⟩ | 近日 | 日前 | 目前 | 据了解 | 据悉 | 记者获悉 | 其中 | 作为 | 本届 | 本次 | 此次 | 该 | 为期⟨~4⟩的 )*
        (?: ⟨Place⟩{0,3}(?P<direct>[⟦Event⟧⟦Project⟧⟦Programme⟧])(?!的|、)
          | [^，。；：]{0,40}? (?: 的 | —— | 之一 | 工程 | 项目 | 平台 | 装置 | 活动 )
            ⟨Place⟩{0,3} (?P<told>[⟦Event⟧⟦Project⟧⟦Programme⟧⟦Org⟧])
          | ⟨Place⟩{0,3} (?P<body>⟨Org⟩) )"""
)
_SHORT = re.compile(
    r"(?:该|本|此|本届|此次|本次|这次|这一|今年)?"
    r"(?P<head>会议|大会|论坛|峰会|座谈会|年会|活动|展会|展览|博览会|大赛|赛事|比赛|仪式|开幕式|活动周)"
)


def theme(line: Line, before: int) -> int | None:
    """Where the thing stands that leads the last clause before a position which any thing leads."""
    found = None
    for match in _CLAUSE.finditer(line.mask, 0, before):
        lead = _LEAD.match(line.mask, match.start(), match.end())
        if lead and line.mask[lead.end() : lead.end() + 1] not in ("的", "、"):
            found = lead.end() - 1
    return found


def silent_subject(line: Line, clause: int, before: int, wanted: str) -> int | None:
    """The thing of a wanted type that a clause without a subject of its own is about."""
    if not clause or not light(line.mask[clause:before]):
        return None
    found = theme(line, clause)
    return found if found is not None and line.mask[found] in wanted else None


def short_subject(line: Line, clause: int, before: int, context: Context) -> list[Mention]:
    """The event that 会议, 展会, 本届论坛 at the start of a clause means: named in the sentence, or told of before."""
    match = _SHORT.match(line.mask, clause, before)
    if match is None or not light(line.mask[match.end() : before]):
        return []
    here = [line.at[i] for i in range(clause) if line.mask[i] in PARTS["Event"]]
    return here[-1:] or context.recent(match["head"])
