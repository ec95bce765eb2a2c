"""Who acts in a clause: A、B和C等部门 before the verb, 由A, or the subject carried over from an earlier clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import Mention, Modality
from extractors.relations.clauses import ANY, DATE, EVENT, ORG, PERSON, PLACE, QUANTITY, Line

# What may follow a body before the verb: 等12部门, 等有关单位, 相关负责人, （集团）, 党组.
SUFFIX = (
    r"(?:党组|机关)?"
    rf"(?:等(?:{QUANTITY}|[多余]?[\d一二三四五六七八九十]{{1,3}}余?多?[个家所]?)?"
    r"(?:相关|有关|多个|各|国家|中央|党和国家|业务|专业)*"
    r"(?:部门|单位|部委|机构|高校|院校|院所|企业|公司|学会|协会|机关|组织|委办局|媒体|学（协）会|学会)?)?"
    r"(?:的?(?:相关|有关|主要|党政|分管|新闻)*(?:负责人|负责同志|领导|领导同志|代表|发言人|专家|科学家|科技工作者|科研人员"
    r"|研究人员|团队|科研团队|研究团队|主持人|同志))?"
)
_JOIN = r"(?:、|和|与|及|以及|暨|同|会同|联合|携手|并会同|/| )"
# A group of bodies, of persons, or of both. The leading joiner of 与市教委联合召开 is kept: the carried subject acts as well.
_ORGS = re.compile(rf"(?P<lead>与|会同|联合|和|同)?{ORG}{SUFFIX}(?:(?:{_JOIN}|，以及){ORG}{SUFFIX})*")
_ACTORS = re.compile(
    rf"(?P<lead>与|会同|联合|和|同)?[{ORG[1:-1]}{PERSON}]{SUFFIX}(?:(?:{_JOIN}|，以及|，(?={PERSON}|{ORG}[^，。；]{{0,10}}(?:负责同志|负责人|代表)))[{ORG[1:-1]}{PERSON}]{SUFFIX})*"
)
# Before a group, these make it something else than the subject: 对科技部, 向各地, 在北京大学.
_PREPOSITION = re.compile(r"(?:对|向|为|给|从|在|于|到|至|把|以|受|据|按|围绕|邀请|赴|来自|走进|位于|依托|通过|支持|针对|依据|根据|按照|经|提请)$")
# Between subject and verb, these hand the action to somebody else: 国务院要求各地制定…
_HANDS_OVER = re.compile(
    r"要求|指导|支持|鼓励|督促|引导|邀请|协助|配合|帮助|建议|参与|参加|希望|各地|各省|各单位|企业|我国|全国|通知|之后|以来"
)
_PLANNED = re.compile(r"拟(?!定)|计划|力争|争取|有望|建议|鼓励|应当?|须|(?<![需重主纲])要(?!求|素|点|闻|客)|研究(?!制定|编制|院|所)|探索|筹备|谋划|申请|可以|希望")
_NEGATED = re.compile(r"未(?!来)|没有|不再|取消|停止|暂停|尚无|并非|从未|不得|终止")
# Before a verb without its own subject, only these may stand, else an unknown noun is the subject.
_LIGHT = re.compile(
    rf"(?:[将还也并分已再又先后同时共共同联合正式首次率先全面深入扎实进一步集中牵头积极近日前目前另外此其中是一二三四五六七八九十自起从今年去就会正在新地第期首批次旨于及大力、“”…\s]"
    rf"|{DATE}|{QUANTITY}|于|会上|现场|随后|协调|部署|组织|持续|加快|推动|创新|专门|专项|有序|统筹|稳步|先行|逐步|不断|研究|起草|修订|制定|印发|面向{PLACE}|面向[^，]{{1,4}}|紧急|策划|期间|会同[^，]{{1,8}}|通过[^，]{{1,10}}|聚焦[^，]{{1,12}}|围绕[^，]{{1,12}}"
    rf"|在[^，。]{{1,16}}?(?:中|上|内|期间|时|里)|在{PLACE}{{1,3}})*"
)
_CONNECTED = re.compile(r"[并还也]|同时|此外|另外|其中|随后|[一二三四五六七八九]是|下一步|今年|近年来|{DATE}".replace("{DATE}", DATE))


# In 在A今天举行的会上 the preposition governs the meeting, not A.
_RELATIVE = re.compile(r"[\u4e00-\u9fff]{2,4}的")
_OTHERS = re.compile(r"(?:(?:，以及|，|以及|和|、|等)[^，。；]{2,30}?(?:代表|负责同志|领导班子成员|企业家|专家|嘉宾|学者|人士|院士|科技工作者|同志|团体|负责人|运动员|选手|[家个名位]单位|企业))+")


_OBJECT_OF = re.compile(r"(?:成立|组建|设立|发起成立|发布|启动|出席|举办|召开|认定|授予|走访|收购|控股|加入|感谢|考察|调研|访问|会见)了?[^，。；的\ue000-\ue00b]{0,6}$")
_GOES_ON = re.compile(r"以及|和|及")
_HEADING = re.compile(rf"[^，。；]{{0,8}}(?:举办|举行|召开|开展)[^，。；]{{0,8}}({EVENT})[。；\s]*$")


@dataclass
class Context:
    """What earlier sentences of the article left behind."""

    paragraph: int = -1
    topic: Topic = field(default_factory=lambda: Topic())  # the last leading subject of the paragraph
    speaker: Topic = field(default_factory=lambda: Topic())  # the body whose official spoke last: 该负责人
    heading: Mention | None = None  # the event of a sentence that is nothing but 举办E
    jury: Mention | None = None  # who awards the prizes told of in the paragraph
    events: list[Mention] = field(default_factory=list)  # all events so far, the last one last
    latest: Mention | None = None  # the last event of the paragraph
    date: Mention | None = None  # the last date of the paragraph
    programme: Mention | None = None  # the programme that the last sentence with any ends on

    def enter(self, line: Line) -> None:
        if line.paragraph != self.paragraph:
            self.paragraph = line.paragraph
            self.topic = Topic()
            self.jury = None
            self.latest = None
            self.date = None
            self.programme = None

    def leave(self, line: Line) -> None:
        subject = topic(line, len(line), self.speaker)
        if subject.members:
            self.topic = subject
        for group in _ORGS.finditer(line.mask):
            if _OFFICIAL.search(group[0]):
                self.speaker = _lead(line, group)
        heading = _HEADING.match(line.mask)
        self.heading = line.at[heading.start(1)] if heading else None
        events = [line.at[i] for i in sorted(line.at) if line.at[i].type == "Event"]
        self.events.extend(events)
        if events:
            self.latest = events[-1]
        programmes = [line.at[i] for i in sorted(line.at) if line.at[i].type == "Programme"]
        if programmes and not line.mask.startswith("其中"):
            self.programme = programmes[-1]
        dates = [line.at[i] for i in sorted(line.at) if line.at[i].type == "Date"]
        if dates:
            self.date = dates[-1]

    def recent(self) -> list[Mention]:
        """The event that 会议 or 现场 points at: the last one of the paragraph, else of the article."""
        return [self.latest] if self.latest else self.events[-1:]


@dataclass(frozen=True, slots=True)
class Actors:
    """The subject of a verb: its mentions, where the words start, and whether it only plans or does not act."""

    mentions: tuple[Mention, ...]
    start: int  # position in the line from which the evidence runs
    modality: Modality
    carried: bool


def modality(words: str) -> Modality:
    """What the words between subject and verb make of the verb: 未启动 negated, 拟启动 planned, 将启动 asserted."""
    if _NEGATED.search(words):
        return "negated"
    return "planned" if _PLANNED.search(words) else "asserted"


@dataclass(frozen=True, slots=True)
class Topic:
    """The actors that lead a clause; `principal` are those before 与, to whom 与C joins later."""

    members: tuple[Mention, ...] = ()
    principal: tuple[Mention, ...] = ()


def _members(line: Line, start: int, end: int) -> tuple[Mention, ...]:
    return tuple(line.at[i] for i in range(start, end) if i in line.at and line.at[i].type in ("Organization", "Person"))


def _lead(line: Line, group: re.Match[str]) -> Topic:
    joint = _JOINT.search(line.mask, *group.span())
    return Topic(_members(line, *group.span()), _members(line, group.start(), joint.start() if joint else group.end()))


def topic(line: Line, before: int, speaker: Topic) -> Topic:
    """The actors that lead the last clause before a position which is led by any; none when a common noun leads it."""
    found = Topic()
    for match in _CLAUSE.finditer(line.mask, 0, before):
        start = match.start()
        lead = _LEAD.match(line.mask, start, match.end())
        place = lead.end() if lead else start
        group = _ACTORS.match(line.mask, place, match.end())
        if group and group["lead"]:
            continue
        if group and (group.end() == match.end() or line.mask[group.end()] != "的"):
            found = _lead(line, group)
        elif _SPEAKER.match(line.mask, place, match.end()):
            found = speaker
        elif _OTHER.match(line.mask, place, match.end()):
            found = Topic()
    return found


_JOINT = re.compile(r"与|会同|联合|同|携手")
_SPEAKER = re.compile(r"该负责人|上述负责人|该发言人|该部门|该局|该部|有关负责人|相关负责人")
_OFFICIAL = re.compile(r"负责人|负责同志|发言人|领导|司局长")
_CLAUSE = re.compile(r"[^，；：。！？,;: ]+")
_LEAD = re.compile(
    rf"(?:{DATE}[起，]?|[上下]午|近日|日前|近期|同时|此外|其中|随后|目前|今年|当天|会上|据悉|据了解|记者从|经[^，]{{1,8}}(?:同意|批准)|在[^，]{{1,20}}[上下中时]|在{PLACE}+|本报讯|[一二三四五六七八九]是)*"
)
_OTHER = re.compile(r"会议|大会|论坛|记者|专家|各地|各部门|全国|我国|企业|人们|与会|双方|该|这|本")


def groups(line: Line, persons: bool) -> list[re.Match[str]]:
    """All coordinations of bodies (and of persons) in a line, left to right."""
    return list((_ACTORS if persons else _ORGS).finditer(line.mask))


def actors(
    line: Line, verb: int, coordinations: Sequence[re.Match[str]], context: Context, reach: int = 26
) -> Actors | None:
    """The subject of the verb at a position, or None."""
    start, _ = line.clause(verb)
    if start > 1 and _GOES_ON.match(line.mask, start):  # A等单位的科技工作者，以及专业团体到场
        start, _ = line.clause(start - 2)
    for group in reversed(coordinations):
        if group.start() >= verb or group.end() > verb:
            continue
        if group.end() <= start:
            break
        ahead = line.mask[max(start, group.start() - 3) : group.start()]
        gap = line.mask[group.end() : verb]
        if _OBJECT_OF.search(line.mask[start : group.start()]):
            continue  # 成立B并发布C: B is what was founded, not who issued
        if _PREPOSITION.search(ahead) and not _RELATIVE.match(line.mask, verb):
            continue
        # nothing but adverbials between subject and verb; 世贸组织总干事P和来自20个国家的企业家参加
        others = _OTHERS.match(gap)
        gap = gap[others.end() :] if others else gap
        if len(gap) > reach or _HANDS_OVER.search(gap) or "的" in gap:
            return None
        members = _members(line, *group.span())
        low = group.start()
        if group["lead"]:
            together = _together(line, start, group, coordinations) or (
                ()
                if not _LIGHT.fullmatch(line.mask[start:low])
                else topic(line, start, context.speaker).principal or context.topic.principal
            )
            members = (*together, *members)
        return Actors(members, low, modality(gap), False)
    ahead = line.mask[start:verb]
    if not _LIGHT.fullmatch(_strip(ahead)):
        return None
    members = topic(line, start, context.speaker).members
    if not members and _CONNECTED.match(line.mask):
        members = context.topic.members
    if not members:
        return None
    return Actors(members, start, modality(ahead), True)


def _together(
    line: Line, start: int, group: re.Match[str], coordinations: Sequence[re.Match[str]]
) -> tuple[Mention, ...]:
    """The actors of A在北京同B出席: those before 同 in the same clause."""
    for other in reversed(coordinations):
        if start <= other.start() < group.start() and "的" not in line.mask[other.end() : group.start()]:
            return _members(line, *other.span())
    return ()


def _strip(words: str) -> str:
    """Leave out what makes a plan of it, so that 拟启动 still finds its subject."""
    return _NEGATED.sub("", _PLANNED.sub("", words))


EVENT_OR_ANY = (EVENT, ANY)
