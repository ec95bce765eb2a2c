"""Who was there: 在E上讲话, 会上A表示, 出席会议, and who speaks right after an event is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Modality, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import CITED, Context, members
from extractors.relations.grammar import pattern
from extractors.relations.mentioned import another_scene, only_mentioned, to_come
from extractors.relations.subjects import actors, groups
from extractors.relations.themes import theme

_EVENT = LETTERS["Event"]
_SAYING = pattern("⟨w:saying⟩ | 作⟨~8⟩(?:报告|讲话|发言|说明)")
_SPEAKS = pattern("⟨w:spokesman⟩ | 代表 | ⟨Person⟩")
_SPOKESMAN = pattern("⟨w:spokesman⟩")
_HOLDS = regex(r"举行|举办|召开|开幕")
_PRESS = regex("(?:发布会|吹风会|记者会)$")
# 在E上, 在E开幕式上; with a comma the event was only held there
_AT = pattern(
    r"""[在于]?(⟨Event⟩)(?:开幕式|闭幕式|开幕会|开班式|结业式|主论坛|启动式|启动仪式|颁奖仪式|现场|全体会议)?
        (?P<on>上|中(?![国央方华外])|时|期间|，|(?=发表|致辞|演讲|作主旨|作报告|重要讲话))"""
)
# 开幕式上，A表示: the event was named before
_STAGE = regex(
    r"""在?(?:本次|此次|当天的)?
        (?:开幕式|闭幕式|会|会议|大会|启动式|启动仪式|论坛|发布会|座谈会|仪式|现场会|博览会)上，""",
    re.VERBOSE,
)
# 开幕式上，甲联盟同步成立
_FOUNDED = regex("(?:同步|正式|同时|宣布|揭牌|挂牌|宣告){0,3}(?:成立|揭牌|启用|亮相)")
_PRONOUN = regex(r"，?[他她](?!们)")
_ON_THE_WAY = pattern("(?: ， | 在?会上 | ⟨Date⟩ )*")
_CHAIRED = pattern(r"(?P<head>会议|大会|论坛|座谈会|仪式|活动)由(⟨Person⟩(?:、⟨Person⟩)*)(?:共同)?主持")
_PRESENCE = regex("出席|参[加会]|[与到]会|陪同")
# 参加E的还有A、B; 出席会议的有A
_PRESENT = pattern(
    r"""(?:出席|参加|参会|与会|到会|陪同)[^，。；⟦Event⟧]{0,8}(⟨Event⟩)?[^，。；⟦Any⟧]{0,6}
        的(?:还|主要|领导|嘉宾|专家)?(?:有|包括)[：]?(?=[⟦Org⟧⟦Person⟧])"""
)
# 非盟和阿盟代表以及某国政府代表团出席: bodies whose delegates come
_ENVOYS = r"(?:(?:高级|特别)?代表团?|使团|工作组|负责人|领导人)?"
_DELEGATES = pattern(
    rf"""(?<![\u4e00-\u9fff])(?P<who>⟨Org⟩{_ENVOYS}(?:(?:、|和|与|及|以及)(?:[^，。；、的⟦Any⟧]{{0,10}})⟨Org⟩{_ENVOYS}){{0,12}}(?<=[表团组人⟦Org⟧]))
        (?:等[^，。；的⟦Any⟧]{{0,8}})?(?:应邀|共同|分别|也|均)?(?:出席|与会|参会|到会)(?:会议|大会|论坛|峰会|开幕式|仪式|活动)?(?=[，。；]|并)""",
    only="出席|[与参到]会",
)
# 会见来华出席E的P、某国副总理Q: the guests after the first
_GUESTS = pattern(
    r"""会见[^。；]{0,24}?(?:出席|参加|举行)(?P<event>⟨Event⟩)(?:开幕式|闭幕式)?[^，。；⟦Any⟧]{0,8}的
        (?P<who>[^，。；的⟦Event⟧]{0,12}?⟨Person⟩(?:[、和及与][^，。；、的⟦Event⟧⟦Person⟧]{0,16}⟨Person⟩){0,8})"""
)
# 会见P，并共同主持E
_WITH_HOST = pattern(
    r"""(?P<host>⟨Person⟩)?[^，。；⟦Person⟧]{0,24}(?:会见|同|与)[^，。；的]{0,16}(?P<who>⟨Person⟩)(?:举行[^，。；]{0,6}?|会谈|会晤)?
        (?:，(?:随后)?[并还]?|并)(?:随后)?共同(?:主持|出席|举行)(?:召开)?(?P<event>⟨Event⟩)"""
)
_TRAVELS = regex("陪同.*(?:出访|访问|考察|调研)")
_NOT_HERE = regex(r"(?:精神|欢迎|邀请|希望|期待|没有|拒绝|不|未)[^，。；]{0,12}$|陪同|会见|出访")
_MESSAGE = regex("向(?!大会|会议|与会)[^，。；]{2,24}$")
_NOMINATES = regex("(?:推举|委托|建议由|决定由)[^，。；]{0,40}$")
_SHORT = r"(?P<head>会议|大会|论坛|座谈会|博览会|活动|开幕式|闭幕式|仪式|签约仪式|启动仪式)"
# The event is named before; here stands 会议 or nothing.
_THERE = pattern(
    rf"""(?: 出席并主持 | 应邀出席 | 率团出席 | 出席 | 参加 | 主持 )了?
            (?:本次|此次|这次|有关|相关|当天的)?(?P<many>上述)?{_SHORT}?(?:开幕式|闭幕式|启动仪式|开工仪式|全体会议)?(?:并|时|[，。；]|$)
        | 宣布⟨~8⟩(?:开幕|闭幕|启动|开馆)(?=[，。；]) | 宣读⟨~24⟩(?:决定|名单|贺信|批示)(?=[，。；并]|$)
        | 致(?:开幕|闭幕|欢迎|祝)[词辞]
        | 在(?:(?:会|会议|大会|开幕式|仪式|论坛)上|主会场|各?分会场) ⟨~6⟩ (?: ⟨w:saying⟩ | 参加 | 参会 | 签约 )
        | (?<![工合写运操动])作[^，。；的]{{0,6}}?(?:发言|报告|讲话|演讲|致辞|分享) | 发言(?=[，。；]|$)
        | 参会(?!企业|代表|人员) | 到会 | 参展(?!企业|商|单位|作品|产品)
        | 参赛(?!选手|作品|队伍) | 到场(?:演出|表演|参观)?
        | (?:陪同|(?<!书面)(?<!视频)讲话|致辞|(?<![极都泛度])参与)(?=[，。])"""
)


def meetings(line: Line, context: Context) -> Iterator[Relation]:
    """Who a sentence puts at an event."""
    mask = line.mask
    if _EVENT in line.signs:
        yield from _on_stage(line, context)
    else:
        yield from _briefs(line, context)
    stage = _STAGE.match(mask)
    speaker = _leads(line, stage.end()) if stage else None
    if speaker and not _FOUNDED.match(line.mask, speaker.end()):
        yield from _attend(
            line, speaker, context.recent(), (0, speaker.end()), "speaks on the stage of the event before"
        )
    for match in _CHAIRED.finditer(mask) if "主持" in mask else ():
        for event in context.recent(match["head"]):
            for source in members(line, *match.span(2)):
                yield Relation("attended", source, event, line.span(*match.span()), "会议由 person 主持")
    present = _PRESENCE.search(mask)
    yield from _guests(line, context, present is not None)
    for match in _PRESENT.finditer(mask) if present else ():
        if _TRAVELS.search(match[0]):
            continue  # 陪同习近平出访的有A、B
        group = next((g for g in groups(line, True) if g.start() >= match.end()), None)
        events = [line.at[match.start(1)]] if match[1] else context.recent()
        if group is not None and group.start() == match.end():
            yield from _attend(line, group, events, (match.start(), group.end()), "出席 event 的有 actors")
    for match in _THERE.finditer(mask):
        if _EVENT not in mask[match.start() : match.end() + 12]:
            yield from _was_there(line, match, context)


def _guests(line: Line, context: Context, present: bool) -> Iterator[Relation]:
    """Who came: bodies by their delegates, those whom a host receives at the event or chairs it with."""
    for match in _DELEGATES.finditer(line.mask) if present else ():
        events = [line.at[i] for i in range(match.start()) if line.mask[i] == _EVENT][-1:] or context.recent()
        if _NOT_HERE.search(line.mask[: match.start()]) is None:
            yield from _attend(line, match, events, match.span(), "bodies 代表团出席")
    if "会见" not in line.mask and "共同" not in line.mask:
        return
    for match in _GUESTS.finditer(line.mask):
        for i in range(*match.span("who")):
            if line.mask[i] == LETTERS["Person"]:
                event, span = line.at[match.start("event")], line.span(*match.span())
                yield Relation("attended", line.at[i], event, span, "会见出席 event 的 guest")
    for match in _WITH_HOST.finditer(line.mask):
        for i in line.row(match.start("event"), _EVENT):
            span = line.span(match.start(), i + 1)
            for who in ("host", "who") if match["host"] else ("who",):
                person = line.at[match.start(who)]
                yield Relation("attended", person, line.at[i], span, "会见 person，共同主持 event")


def _attend(
    line: Line, group: re.Match[str], events: list[Mention], span: tuple[int, int], rule: str
) -> Iterator[Relation]:
    said: Modality = "planned" if _NOMINATES.search(line.mask, 0, group.start()) else "asserted"  # 推举P在E上作报告
    for source in members(line, *group.span()):
        for event in events:
            yield Relation("attended", source, event, line.span(*span), rule, said)


def _was_there(line: Line, match: re.Match[str], context: Context) -> Iterator[Relation]:
    """A出席会议, A在会上发言, A参加上述活动."""
    doers = actors(line, match.start(), groups(line, True), context)
    if _MESSAGE.search(line.mask, line.clause(match.start())[0], match.start()):
        return  # 向甲论坛发表致辞: a message to another meeting
    by_video = line.mask[match.end() : match.end() + 2] in ("视频", "书面")
    if doers is None or doers.modality != "asserted" or by_video or another_scene(line, match.start()):
        return
    events = [context.heading] if context.heading else []
    named = [i for i in range(match.start()) if line.mask[i] == _EVENT and not CITED.match(line.mask, i + 1)]
    named = [i for i in named if not only_mentioned(line, i)]
    lead = theme(line, match.start())
    if not events and lead is not None and lead in named:
        events = [line.at[lead]]  # 进博会设立A论坛，B参展: at the fair
    events = events or [line.at[i] for i in named][-1:]
    if match["many"]:
        events = [e for e, _ in context.seen if e.name.text in context.visited][-6:]
        if not events and context.received:
            return  # 会见来华出席E的M。Q参加上述活动: the audience
    said: Modality = "planned" if to_come(line, match.start()) else "asserted"
    rule = f"subject, {match[0].strip('，。；')}, the event before"
    for event in {e.name.text: e for e in events or context.recent(match["head"] or "")}.values():
        if event.name.text.endswith("日") and "活动" not in match[0]:
            continue  # 国家宪法日座谈会 is not the day
        for source in doers.mentions:
            yield Relation("attended", source, event, line.span(doers.start, match.end()), rule, said)


def _briefs(line: Line, context: Context) -> Iterator[Relation]:
    """国新办举行发布会。A负责人介绍…: who speaks for a body after the event is named speaks there."""
    event, rule = context.latest, "speaks after the event is named"
    if event is None:  # a paragraph later only a press conference still goes on
        event = next((e for e in context.recent() if _PRESS.search(e.name.text)), None)
        rule = "speaks a paragraph after the press conference"
    if event is None:
        return
    for group in groups(line, True)[:1]:
        said = _SAYING.match(line.mask, group.end())
        person = _PRESS.search(event.name.text) and line.mask[group.start()] == LETTERS["Person"]
        if said and not line.mask[: group.start()].strip() and (person or _SPOKESMAN.search(group[0])):
            yield from _attend(line, group, [event], (group.start(), said.end()), rule)


def _on_stage(line: Line, context: Context) -> Iterator[Relation]:
    """A在E上表示; 在E上，A表示; 举行E，A负责人介绍."""
    for match in _AT.finditer(line.mask):
        start, _ = line.clause(match.start())
        group = None
        if match["on"] in ("上", "中", "时", ""):
            group = _speaks_at(line, match, start) or _leads(line, match.end())
        elif _HOLDS.search(line.mask, start, match.end()):
            group = _leads(line, match.end(), speaking=True)
        spoke = match["on"] == "上" or (match["on"] == "，" and _SAYING.search(line.mask, match.end(), match.end() + 4))
        if not group and spoke and _PRONOUN.match(line.mask, match.end()):
            for source in context.topic.members if len(context.topic.members) == 1 else ():
                if source.type == "Person":
                    heard = line.span(match.start(), match.end() + 2)
                    yield Relation("attended", source, line.at[match.start(1)], heard, "在 event 上，他")
        if group:
            span = min(group.start(), match.start()), max(group.end(), match.end())
            yield from _attend(line, group, [line.at[match.start(1)]], span, "speaks at the event")


def _speaks_at(line: Line, match: re.Match[str], start: int) -> re.Match[str] | None:
    """The group of A在E上表示."""
    before = [g for g in groups(line, True) if start <= g.start() < match.start()]
    if not before or "的" in line.mask[before[-1].end() : match.start()]:
        return None
    return before[-1] if match["on"] == "上" or _SAYING.search(line.mask, match.end(), match.end() + 20) else None


def _leads(line: Line, place: int, speaking: bool = False) -> re.Match[str] | None:
    """The group that leads the next clause; with `speaking`, only one that says something."""
    group = next((g for g in groups(line, True) if g.start() >= place), None)
    if group is None or not _ON_THE_WAY.fullmatch(line.mask, place, group.start()):
        return None
    if not speaking:
        return None if line.mask[group.end() : group.end() + 1] in ("的", "，", "、", "。") else group
    said = _SAYING.search(line.mask, group.end(), group.end() + 12)
    heard = said is not None and "的" not in line.mask[group.end() : said.start()]
    return group if heard and _SPEAKS.search(group[0]) else None
