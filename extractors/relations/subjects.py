"""Who acts: A、B和C等部门 before the verb, 由A, or the subject carried over from an earlier clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.model import Mention, Modality, record
from extractors.patterns import regex
from extractors.relations.clauses import Line
from extractors.relations.context import ACTORS, NOBODY, OFFICE, ORGS, SPEAKING, Context, Topic, members, topic
from extractors.relations.grammar import light, modality, pattern

# Before a group, these make it something else than the subject: 对科技部, 向各地, 在北京大学.
_PREPOSITION = pattern("⟨w:preposition⟩$")
_ON_BEHALF = regex("(?:^|[，并])(?:并|受)?(?:代表|委托)$")  # P出席会议并代表O作报告
# In 在A今天举行的会上 the preposition governs the meeting, not A.
_RELATIVE = regex(r"[\u4e00-\u9fff]{2,4}的")
_HANDS_OVER = pattern("⟨w:hands_over⟩ | 企业 | (?<!在)全国")
# 部署各地区、各有关部门深入开展G, 部署全国公安机关开展G, 动员引导各地开展了G: what others are told to do is A's doing
_ORDERS = pattern(
    r"""(?:部署|组织|动员|发动|安排)(?:引导|指导|推动)?
        (?: (?:全国)?各[^，。；的⟦Any⟧]{1,18}
          | 全国(?:[^，。；的⟦Any⟧]{2,10}(?:机关|部门|系统|队伍|企业|单位))?[深入组织]{0,4} )$"""
)
_CAMPAIGNS = regex("(?:组织|集中|深入|广泛)?(?:开展|实施)")
# The 的 of A的X发布 names another subject, that of A整合了上亿元的经费设立 does not.
_OTHERS_THING = regex(r"^[^了]*的")
# 解放军驻澳门部队举行…: a part of the body that no extractor knows as a body
_BRANCH = pattern(
    "(?:驻|⟨Place⟩)⟨~8⟩(?:部队|代表处|总站|分社|分会|分院|代表团|办事处|支队|总队)"
    " | (?:成员|会员)国 | 客户端 | 官网 | 官方"
)
# P给|参与研制的师生回信, A对中国|举办E的祝愿
_GIVEN = pattern("(?:给|对|向|为|让|请|把|(?:对|为|请|支持|祝贺|感谢)(?:⟨Place⟩|中方|我国|双方))$")
_OBJECT_OF = pattern(r"⟨w:takes_object⟩了?[^，。；的由⟦Any⟧]{0,6}(?:⟨Place⟩[^，。；的由⟦Any⟧]{0,6})?$")
# 总干事P和来自20个国家的企业家, O负责同志，部机关各司局负责同志
_OTHERS = pattern(
    r"""(?: (?:，以及|，|以及|和|、|等) [^，。；]{2,30}?
        (?: ⟨w:people⟩ | ⟨w:spokesman⟩ | ⟨w:company⟩ | [家个名位]单位 | 企业 | ⟨w:body_ends⟩
          | 等[^，。；]{0,4}⟨w:unit⟩ ) )+"""
)
# A clause that only goes on with the list of the clause before it.
_GOES_ON = regex(r"以及|和(?!谐)|及(?!时)|[^，。；的]{0,24}?(?:负责同志|领导班子成员)")
_CONNECTED = pattern(
    "[并还也] | 同时 | 此外 | 另外 | 其中 | 随后 | [一二三四五六七八九]是 | 下一步 | 今年 | 近年来 | ⟨Date⟩"
)


# 他和团队历时14年选育的X: the person of the sentences before
_PRONOUN = pattern(
    r"""[他她](?!们)(?:和(?:他的|她的)?(?:团队|同事|同事们|科研团队|课题组))?(?:[带率]领[^，。]{0,8}团队)?
        (?:历时[^，。；]{1,8}?[年月天]|牵头|主持|参与|亲手)?"""
)
# P表示，要坚持…，打造J: what ought to be done
_OUGHT = regex(r"[，；：“](?:就|我们|各地|全党)?要(?![求素点闻客])")
# 欢迎A参与B: neither done nor said to be done
_WISHED = pattern(
    "(?:欢迎|希望|期待|鼓励|呼吁|敦促|建议|倡议|号召|督促|期盼|盼望|要求|责令|支持|推动|邀请|责成|指示|恳请|敦请)[^，。；的⟦Any⟧]{0,4}$"
)
_REACH = 28  # characters between subject and verb


@record()
class Actors:
    """The subject of a verb: its mentions, where its words start in the line, and what 拟 or 未 make of the verb."""

    mentions: tuple[Mention, ...]
    start: int
    modality: Modality
    carried: bool


def groups(line: Line, persons: bool) -> Sequence[re.Match[str]]:
    """All coordinations of bodies (and of persons) in a line, left to right."""
    return _groups(line.mask, persons)


@lru_cache(maxsize=8)  # several families of rules ask for those of one line
def _groups(mask: str, persons: bool) -> tuple[re.Match[str], ...]:
    found = tuple((ACTORS if persons else ORGS).finditer(mask))
    if "驻" in mask:  # 驻非盟使团
        found = tuple(group for group in found if mask[group.start() - 1 : group.start()] != "驻")
    return found


def actors(line: Line, verb: int, coordinations: Sequence[re.Match[str]], context: Context) -> Actors | None:
    """The subject of the verb at a position, or None where a word that is no mention is the subject."""
    start, _ = line.clause(verb)
    while start > 1 and _GOES_ON.match(line.mask, start):  # A负责同志，B负责同志，以及专业团体到场
        start, _ = line.clause(start - 2)
    for group in reversed(coordinations):
        if group.end() > verb:
            continue
        if group.end() <= start:
            break
        if _WISHED.search(line.mask[start : group.start()]):
            found = members(line, *group.span())
            return Actors(found, group.start(), "planned", False)
        if not _governed(line, start, group, verb):
            return _beside(line, start, group, verb, coordinations, context)
    return _carried(line, start, verb, context)


def _governed(line: Line, start: int, group: re.Match[str], verb: int) -> bool:
    """Whether a preposition or an earlier verb has the group: 对A开展…, 成立B并发布C."""
    ahead = line.mask[start : group.start()]
    if _OBJECT_OF.search(ahead) or _ON_BEHALF.search(ahead):
        return True
    return _PREPOSITION.search(ahead[-3:]) is not None and not _RELATIVE.match(line.mask, verb)


def _beside(
    line: Line,
    start: int,
    group: re.Match[str],
    verb: int,
    coordinations: Sequence[re.Match[str]],
    context: Context,
) -> Actors | None:
    """The group as subject, when nothing but adverbials stand between it and the verb."""
    gap, ahead = line.mask[group.end() : verb], line.mask[start : group.start()]
    if others := _OTHERS.match(gap):
        gap = gap[others.end() :]
    if (
        OFFICE.match(gap)
        or gap.startswith(("等国", "等地"))  # 东盟等国采购商到会
        or _BRANCH.match(gap)
        or len(gap) > _REACH
        or (_HANDS_OVER.search(gap) and not (_ORDERS.search(gap) and _CAMPAIGNS.match(line.mask, verb)))
        or _OTHERS_THING.match(gap)
        or _GIVEN.search(gap)
        or (gap == "关于" and "通过" not in ahead)  # 审议A关于召开E的决定草案
    ):
        return None
    found = members(line, *group.span())
    if group["lead"]:
        found = (*_principal(line, start, group, coordinations, context), *found)
    return Actors(found, group.start(), modality(gap + line.mask[verb : verb + 2]), False)


def _principal(
    line: Line, start: int, group: re.Match[str], coordinations: Sequence[re.Match[str]], context: Context
) -> tuple[Mention, ...]:
    """To whom 与B joins: A在北京同B出席, or the subject carried over."""
    for other in reversed(coordinations):
        if start <= other.start() < group.start() and "的" not in line.mask[other.end() : group.start()]:
            return members(line, *other.span())
    if not light(line.mask[start : group.start()]):
        return ()
    return carried(line, start, context, across=False).principal or context.topic.principal


def _carried(line: Line, start: int, verb: int, context: Context) -> Actors | None:
    ahead = line.mask[start:verb]
    if (named := _PRONOUN.match(ahead)) and light(ahead[named.end() :]):
        found = topic(line, start, context.speaker)
        found = found if found.members else context.topic
        if len(found.members) == 1 and found.members[0].type == "Person":
            return Actors(found.members, start, modality(ahead + line.mask[verb : verb + 2]), True)
        return None
    if not light(ahead):
        return None
    found = carried(line, start, context, _CONNECTED.match(line.mask) is not None)
    if _OUGHT.search(line.mask, 0, start):
        return Actors(found.members, start, "planned", True) if found.members else None
    return Actors(found.members, start, modality(ahead + line.mask[verb : verb + 2]), True) if found.members else None


def carried(line: Line, place: int, context: Context, across: bool = True) -> Topic:
    """The subject that a clause takes over from the clauses before it or, across sentences, from its paragraph."""
    found = topic(line, place, context.speaker)
    if SPEAKING.search(line.mask, 0, place):
        found = context.body_of(found)
        if any(m.type == "Person" for m in found.members):
            return NOBODY  # P强调，组建A，是…决策; P表示，要打造J: the speaker does not do it
    if found.other:
        return NOBODY
    return found if found.members or not across else context.topic or NOBODY
