"""What a sentence is about: the thing that leads it, for clauses that only go on (总部设在上海, 12月投产)."""

from __future__ import annotations

import re

from extractors.model import Mention
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, PARK, Line
from extractors.relations.context import CITED, Context
from extractors.relations.grammar import PARTS, light, pattern

_CLAUSE = regex(r"[^，；：。！？,;:\s]+")
# What may stand before the leading thing: 总投资54亿元的J, 国家重点工程——J, 位于江苏镇江的O.
_LEAD = pattern(
    r"""(?: ⟨w:adverbial⟩ | ⟨Date⟩ | 近日 | 日前 | 目前 | 据了解 | 据悉 | 记者获悉 | 其中 | 作为
          | 本届 | 本次 | 此次 | 该 | 为期⟨~4⟩的 )*
        (?: ⟨Place⟩{0,3}(?P<direct>[⟦Event⟧⟦Project⟧⟦Programme⟧])(?!的|、)
          | [^，。；：]{0,40}? (?: 的 | —— | 之一 | 工程 | 项目 | 平台 | 装置 | 活动 )
            ⟨Place⟩{0,3} (?P<told>[⟦Event⟧⟦Project⟧⟦Programme⟧⟦Org⟧])
          | ⟨Place⟩{0,3} (?P<body>⟨Org⟩) )"""
)
_SOMEWHERE = regex(r"在[^，。；的]{1,20}$")  # 在国际展览中心|开幕: a venue that no extractor knows
_ITS_PART = regex(
    "其?(?:校园|校区|厂址|厂区|总部|园区|坝址|场馆|新馆|会址|主会场|办公地点|注册地)"
)  # of the thing before
_SHORT = regex(
    rf"{LETTERS['Date']}?(?:该|本|此|本届|此次|本次|这次|这一|今年)?"
    r"(?P<head>活动周|宣传周|座谈会|博览会|开幕式|会议|大会|论坛|峰会|年会|晚会|活动|展会|展览|大赛|赛事|比赛|仪式"
    r"|[\u4e00-\u9fff]{1,3}(?:节|周|博会|交会|贸会))"
)

# 电站由A投资建设, 大赛由A主办, 项目选址P, 该机组由A研制
_CALLED = regex(
    r"""(?P<this>该|本|此|这一|这座|这个|这项|这款|这台|本次|此次|本届)?
        (?P<head>项目|工程|电站|水电站|核电站|装置|设施|机场|大桥|隧道|铁路|高铁|运河|枢纽|平台|基地|园区|系统|机组|卫星|望远镜|船|
            大赛|大会|论坛|峰会|展会|博览会|年会|会议|活动|赛事|比赛|
            行动|计划|专项|基金|分?中心|公司|企业|集团|研究院|实验室|学院|医院|学校|协会|联盟|
            规划|方案|意见|办法|指南|目录|标准|报告|条例|白皮书|蓝皮书)
        (?:总部|厂址|校区|园区|主体|坝址|建设|选址)?""",
    re.VERBOSE,
)
_DOES = regex("举办|开展|举行|组织|启动|推出|设立|设置|发布")
_GENERIC = ("项目", "工程", "平台", "系统", "机组", "活动", "企业", "展会", "赛事", "比赛")


def called(line: Line, clause: int, before: int | None, wanted: str, context: Context) -> Mention | None:
    """The thing of the paragraph that 电站, 该项目, 大赛 at the start of a clause means: the last whose name fits."""
    match = _CALLED.match(line.mask, clause, len(line) if before is None else before)
    if match is None or (before is not None and not light(line.mask[match.end() : before])):
        return None
    kinds = {kind for kind, sign in LETTERS.items() if sign in wanted} | ({"Organization"} if PARK in wanted else set())
    here = [line.at[i] for i in sorted(line.at) if i < clause]
    known = [m for m in (*context.told, *here) if m.type in kinds]
    fits = [m for m in known if m.name.text.rstrip("”》").endswith(match["head"])]
    if not fits and match["head"] in _GENERIC and len({m.name.text for m in known}) == 1:
        fits = known
    return fits[-1] if fits else None


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
    if part := _ITS_PART.match(line.mask, clause, before):
        clause_text = line.mask[part.end() : before]
    else:
        clause_text = line.mask[clause:before]
    if not clause or not light(_SOMEWHERE.sub("", clause_text)):
        return None
    found = theme(line, clause)
    return found if found is not None and line.mask[found] in wanted else None


def short_subject(line: Line, clause: int, before: int, context: Context) -> list[Mention]:
    """The event that 会议, 展会, 本届论坛 at the start of a clause means: named in the sentence, or told of before."""
    match = _SHORT.match(line.mask, clause, before)
    if match is None or not light(_SOMEWHERE.sub("", line.mask[match.end() : before])):
        return []
    told = [i for i in range(clause) if line.mask[i] in PARTS["Event"] and not CITED.match(line.mask, i + 1)]
    here = [line.at[i] for i in told]
    if match["head"][-1] in "节周会" and len(match["head"]) > 2 and match["head"] not in ("座谈会", "博览会", "开幕式"):
        known = [*(e for e, _ in context.seen), *here]  # 诗歌节: the one of that name
        return [e for e in known if e.name.text.rstrip("”》").endswith(match["head"])][-1:]
    return here[-1:] or context.recent(match["head"])


def event_subject(line: Line, clause: int, before: int, context: Context) -> list[Mention]:
    """The event that a clause is about, by a short word or by the clause before it: 诗歌节启动了A，举办了B."""
    while clause and light(line.mask[clause:before]):
        before = clause - 1
        clause, _ = line.clause(before)
        verb = _DOES.search(line.mask, clause, before)
        if verb is None:
            break
        before = verb.start()
    return short_subject(line, clause, before, context)
