"""Who was there: 出席E, 在E上讲话, 主持会议, and who organised it by convening it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.relations.clauses import EVENT, ORG, PERSON, Line
from extractors.relations.subjects import Context, actors, groups

_SAID = r"(?:强调|指出|表示|讲话|致辞|致词|发言|发表|说|介绍|宣布|公布|发布|作[^，。]{0,8}(?:报告|讲话|发言|说明)|演讲|透露|通报|认为|提出|建言|分享|呼吁|解读|展示)"
# 在E上, 在E开幕式上
_ON = re.compile(rf"(?:在|于)?({EVENT})(?:开幕式|闭幕式|开幕会|主论坛|启动式|期间|现场|全体会议)?(?:上|中|期间|，)")
_SAYING = re.compile(_SAID)
# The event is named before; here it is only 会议.
_THERE = re.compile(
    r"(?:出席并主持|出席|参加|主持)(?:了)?(?:本次|此次|上述|有关|相关)?(?:会议|大会|开幕式|闭幕式|论坛|活动|仪式|会见|签约仪式|启动仪式|座谈会|这次会议)?(?:并|[，。；]|$)|在(?:会|会议|大会|开幕式|仪式|论坛|主会场|分会场)上?"
    + rf"(?:[^，。；]{{0,6}}?(?:{_SAID}|参加|参会|签约))|作(?:交流|大会|主题|主旨|典型|工作|总结)?(?:发言|报告|讲话)|陪同(?=[。，])|参加上述活动|参会|到会|到场(?:演出|表演|参观)?|讲话(?=[。，])|致辞(?=[。，])|参展|参与(?=[，。])"
)
_HOLDS = re.compile(r"举行|举办|召开|开幕")
_OFFICIAL = re.compile(r"(?:相关|有关|主要)*(?:负责人|负责同志|发言人|领导|代表|司局长)")


def _attend(line: Line, sources: tuple[Mention, ...], event: Mention, low: int, high: int, rule: str) -> Iterator[Relation]:
    for source in sources:
        yield Relation("attended", source, event, line.span(low, high), rule)


def meetings(line: Line, context: Context) -> Iterator[Relation]:
    """Who a sentence puts at an event."""
    if not re.search(rf"{ORG}|{PERSON}", line.mask):
        return
    coordinations = groups(line, True)
    yield from _on_stage(line, context)
    yield from _briefs(line, context)
    yield from _stage(line, context)
    for match in _THERE.finditer(line.mask):
        if EVENT in line.mask[match.start() : match.end() + 12]:
            continue
        doers = actors(line, match.start(), coordinations, context, 30)
        if doers is None or doers.modality != "asserted":
            continue
        here = [context.heading] if context.heading else [line.at[i] for i in range(match.start()) if line.mask[i] == EVENT][-1:]
        events = context.events[-4:] if "上述" in match[0] else here or context.recent()
        named = {e.name.text: e for e in events}
        for event in named.values():
            yield from _attend(line, doers.mentions, event, doers.start, match.end(), f"subject, {match[0].strip('，。；')}, the event before")


def _briefs(line: Line, context: Context) -> Iterator[Relation]:
    """国新办举行发布会。A负责人介绍…: who speaks for a body right after the event is named speaks there."""
    if context.latest is None or EVENT in line.mask:
        return
    for group in groups(line, True)[:1]:
        said = _SAYING.match(line.mask, group.end())
        if not line.mask[: group.start()].strip() and said and _OFFICIAL.search(group[0]):
            members = tuple(line.at[i] for i in range(*group.span()) if i in line.at and line.mask[i] in ORG + PERSON)
            yield from _attend(line, members, context.latest, group.start(), said.end(), "speaks after the event is named")


def _on_stage(line: Line, context: Context) -> Iterator[Relation]:
    """A在E上表示; 在E上，A表示; 举行E，A负责人介绍."""
    for match in _ON.finditer(line.mask):
        event = line.at[match.start(1)]
        on = match[0].endswith(("上", "中"))
        start, end = line.clause(match.start())
        group = None
        if on:
            before = [g for g in groups(line, True) if start <= g.start() < match.start()]
            if before and "的" not in line.mask[before[-1].end() : match.start()] and _SAYING.search(line.mask, match.end(), min(len(line), match.end() + 20)):
                group = before[-1]
        if group is None and (on or _HOLDS.search(line.mask, start, match.end())):
            group = _speaker(line, match.end(), on)
        if group:
            members = tuple(line.at[i] for i in range(*group.span()) if i in line.at and line.mask[i] in ORG + PERSON)
            low, high = min(group.start(), match.start()), max(group.end(), match.end())
            yield from _attend(line, members, event, low, high, "speaks at the event")


_STAGE = re.compile(r"(?:在)?(?:本次|此次|当天的)?(?:开幕式|闭幕式|会|会议|大会|启动式|启动仪式|论坛|发布会|座谈会|仪式|现场会|博览会)上，")


def _stage(line: Line, context: Context) -> Iterator[Relation]:
    """开幕式上，A表示: at the event told of before."""
    match = _STAGE.match(line.mask)
    group = _speaker(line, match.end(), True) if match else None
    if match and group:
        members = tuple(line.at[i] for i in range(*group.span()) if i in line.at and line.mask[i] in ORG + PERSON)
        for event in context.recent():
            yield from _attend(line, members, event, 0, group.end(), "on the stage of the event before")


def _speaker(line: Line, place: int, on: bool) -> re.Match[str] | None:
    """The group that leads the next clause and says something."""
    for group in groups(line, True):
        if group.start() < place:
            continue
        if line.mask[place : group.start()].strip("，了") and not re.fullmatch(r"[^。；]{0,3}，?", line.mask[place : group.start()]):
            return None
        said = _SAYING.search(line.mask, group.end(), min(len(line), group.end() + 12))
        if on and line.mask[group.end() : group.end() + 1] not in ("的", "，", "、", "。"):
            return group
        if said and "的" not in line.mask[group.end() : said.start()] and re.search(rf"{_OFFICIAL.pattern}|{PERSON}", group[0]):
            return group
        return None
    return None
