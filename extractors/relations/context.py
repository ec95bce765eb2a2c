"""What earlier sentences leave behind: who they were about, which events took place, which day it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import Edtf, Mention, Relation, record
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.grammar import pattern
from extractors.relations.mentioned import only_mentioned, other_meeting, receives

# What may follow a body before the verb: 等12部门, 等有关单位, 相关负责人, 党组.
SUFFIX = r"""(?:
    (?:院士|教授|研究员|博士|先生|女士|同志|(?<=⟨Person⟩)(?:总书记|国家副?主席|副?主席|副?委员长|副?总理|国务委员)(?!特使|特别|代表|夫人))?(?:党组|机关)?
    (?: 等 (?: ⟨Quantity⟩ | [多余]?[\d一二三四五六七八九十]{1,3}[余多]?[个家所]? )?
        (?:相关|有关|多个|各|国家|中央|党和国家|业务|专业){0,3} ⟨w:unit⟩? )?
    (?: 的?(?:相关|有关|主要|党政|分管|新闻|部门){0,3} (?: ⟨w:spokesman⟩ | ⟨w:people⟩(?!团|大会|处) ) )?
)"""
_LEAD = r"(?P<lead> 与 | 会同 | 联合 | 携手 | 联手 | 和 | 同 )?"
# CCTV writes 丁薛祥 张国清出席, also without the space
_JOIN = r"""(?: (?<=⟨Person⟩)(?=⟨Person⟩)
    | (?:、|和|及|以及)[委部局院省市厅会]?(?:党组)?(?:有关)?领导(?:班子)?(?:成员|同志)?(?=⟨Person⟩)
    | 、 | 和 | 与 | 及 | 以及 | 暨 | 同 | 会同 | 联合 | 携手 | 联手 | 并会同 | / | \s | ，以及 )"""
# A负责同志，B负责同志 and P、P，P: a comma joins persons, and bodies whose people are meant
_COMMA = r"，(?= ⟨Person⟩ | ⟨Org⟩[^，。；]{0,10}(?:负责同志|负责人|代表) )"
# A与埃及旅游和文物部、B: an item of the list that no extractor knows
_UNKNOWN = r"""(?: {join}⟨Place⟩?[^，。；、的由对向在⟦Any⟧]{{2,14}}
    (?:部|委|局|厅|署|中心|公司|大学|学院|研究院|研究所|协会|学会|联盟|政府|集团|组委会|办公室|银行)
    (?={join}⟨Org⟩) )?"""
# A、甲省、乙省、B负责同志: provinces in a list of bodies
_ITEM = _UNKNOWN.format(join=r"(?:、|和|与|及|以及)") + r"(?: (?:、⟨Place⟩){1,9}(?=(?:、|和|以及)⟨Org⟩) )?"
ORGS = pattern(rf"{_LEAD} ⟨Org⟩{SUFFIX} (?: {_ITEM}{_JOIN}⟨Org⟩{SUFFIX} )*")
ACTORS = pattern(rf"{_LEAD} [⟦Org⟧⟦Person⟧]{SUFFIX} (?: {_ITEM}(?:{_JOIN}|{_COMMA})[⟦Org⟧⟦Person⟧]{SUFFIX} )*")
OFFICE = pattern("(?:常务|执行|第一|高级)?副?⟨w:office⟩")

_BY = pattern("[⟦Event⟧⟦Programme⟧⟦Project⟧⟦Policy⟧]⟨~6⟩由(?=[⟦Org⟧⟦Person⟧])")
_JOINT = regex(r"与|会同|联合|同|携手|联手")
_CLAUSE = regex(r"[^，；：。！？,;:\s]+")
# What may stand before the subject of a clause.
_BEFORE = pattern(
    r"""(?: ⟨Date⟩[起，]? | [上下]午 | 近日 | 日前 | 近期 | 同时 | 此外 | 其中 | 随后 | 目前 | 今年 | 当天 | 会上
        | 据悉 | 据了解 | 记者从 | 经[^，]{1,8}(?:同意|批准) | 在[^，]{1,20}[上下中时] | 在⟨Place⟩+
        | (?:中国|我国)(?=⟨Org⟩) | 当地时间
        | [一二三四五六七八九]是 )*"""
)
# E召开, E在P开幕: also a headline without a date says that it took place
_TOLD = pattern(
    r"⟨Event⟩的?(?:今天|昨天|⟨Date⟩|在⟨Place⟩{1,3}|在京|隆重|成功|正式|顺利){0,4}(?:召开|举行|开幕|闭幕|举办|启幕|落幕|开赛)"
    "(?!之?后|以后|以来|之?前|期间)"  # E闭幕后的首次出访
)
# A和B今天在京举行: 会议 is both
_TOGETHER = pattern(
    r"⟨Event⟩(?:(?:、|和|与|及|暨|，?以及)⟨Event⟩){1,30}"
    r"(?:⟨w:adverbial⟩|⟨Date⟩|⟨Place⟩|隆重|在京|先后){0,6}(?:举行|召开|开幕|闭幕|举办)"
)
_EVENT = LETTERS["Event"]
_SPEAKER = regex(r"(?:该|上述|有关|相关)(?:负责人|发言人|部门|负责同志)|该[局部委]")
# P在会上表示，将开展…: what an official announces is done by his body
SPEAKING = pattern("⟨Person⟩[^，。；]{0,16}?(?:表示|介绍|透露|说|指出|称|强调|认为|要求|提出|谈到)[，：]")
_COMMON = pattern(
    "⟨w:common⟩ | ⟨w:hands_over⟩ | 双方 | [一-鿿]方(?=愿|将|珍视|坚定|期待|感谢|高度)"
    " | 表示(?:集团|公司|企业|我?国|[一-鿿]方)(?:将|愿|会) | 国家(?=将|要|还|已|持续|加快|出台|启动)"
    " | ⟨Place⟩{1,2}(?:将|已|要|正|还|加快|持续|全力|积极)"  # 国务院批复规划，深圳前海将…，打造J
)
_AHEAD = pattern("(?:⟨Date⟩|明年|今后|下一步|下一?阶段|未来)[^，。；⟦Any⟧]{0,4}将(?![军领士])")
_SPOKESMAN = pattern("⟨w:spokesman⟩")
_SOME_OF_IT = regex("(?:有关|相关|各)(?:部门和|单位和|部门|部委)")  # 国务院有关部门到会: not 国务院
# 与全国人大代表、全国政协委员交流: deputies are not the body
_DEPUTIES = regex("代表(?!大会|团)|委员(?!会)")
_ELECTED = ("全国人民代表大会", "中国人民政治协商会议全国委员会")
_HEADING = pattern(r"⟨~8⟩(?:举办|举行|召开|开展)⟨~8⟩(⟨Event⟩)[。；\s]*$")
_SAYS_ON = pattern("会议 | 大会 | 论坛 | 与会 | 本届 | 本次 | ⟨Person⟩(?:指出|强调|表示|要求|说)")
# 贯彻E精神: an event that is only cited is not where 会议 takes place
CITED = regex(
    r"[”》]?(?:[^，。；、\ue000-\ue00b]{0,8}精神|[^，。；、\ue000-\ue00b]{0,4}报道|以来|(?:冠军|金牌|银牌|奖牌)(?:、|得主|获得者|\ue001)"
    r"|的?(?:决策)?部署|提出的?|确定的|审议的|主席团|成员(?!国))"  # E主席团会议, E成员务虚会: other meetings
)
# 全国政协|委员, 全国人大|代表
_DEPUTY = regex("(?:全国人大|全国政协|全国人民代表大会|政治协商会议全国委员会)(?:代表|委员|常委)$")
_REACH = 4  # paragraphs
_MANY = 200  # events, at most, that are kept in mind
# How the name of an event ends for which a short word stands.
_THINGS = ("Event", "Project", "Programme", "Product", "Organization", "Policy")
_SPEAKS_FOR = ("Ministry", "LocalGovernment", "Company", "Association")
# A head of state or of government speaks of what others are to do.
_STATESMAN = regex("总理|主席|总统|国务委员|书记|常委|首相|委员长")
_HEADS = {
    "会议": r"会议?$",
    "大会": r"大会|年会",
    "论坛": r"论坛|峰会|年会",
    "座谈会": r"座谈会",
    "博览会": r"博览会|博会|交易会",
    "活动周": r"周$",
    "峰会": r"峰会$",
    "晚会": r"晚会》?$",
    "展会": r"展$|展览会$|博览会$|交易会$",
}


@record()
class Topic:
    """The actors that lead a clause; `principal` are those before 与, to whom a later 与C joins."""

    members: tuple[Mention, ...] = ()
    principal: tuple[Mention, ...] = ()
    other: bool = False  # a word leads that is no mention: 我国以防毒为重点，开展G


NOBODY = Topic()
_OTHERS = Topic(other=True)


def members(line: Line, start: int, end: int) -> tuple[Mention, ...]:
    """The actors of a group; in 江苏省委书记… the body is only part of the title of somebody unknown."""
    found = [
        line.at[i]
        for i in range(start, end)
        if i in line.at
        and line.at[i].type in ("Organization", "Person")
        and not _SOME_OF_IT.match(line.mask, i + 1)
        and not (_DEPUTIES.match(line.mask, i + 1) and line.at[i].name.text in _ELECTED)
    ]
    if found and found[-1].type == "Organization" and (OFFICE.match(line.mask, end) or line.mask.startswith("长", end)):
        found.pop()
    return tuple(found)


def _topic_of(line: Line, group: re.Match[str]) -> Topic:
    start, end = group.span()
    joint = _JOINT.search(line.mask, start, end)
    return Topic(members(line, start, end), members(line, start, joint.start() if joint else end))


def topic(line: Line, before: int, speaker: Topic) -> Topic:
    """The actors that lead the last clause before a position which any lead; nobody where a common noun leads it."""
    found, done = NOBODY, 0
    for match in _CLAUSE.finditer(line.mask, 0, before):
        if match.start() < done:
            continue
        lead = _BEFORE.match(line.mask, match.start(), match.end())
        place = lead.end() if lead else match.start()
        group = ACTORS.match(line.mask, place, match.end())
        if group and group["lead"]:
            continue
        if group and group.end() == match.end():  # O部长P，O部长Q: the group goes on after a comma
            group = ACTORS.match(line.mask, place, before) or group
            done = group.end()
        if group and (group.end() >= match.end() or line.mask[group.end()] != "的"):
            found = _topic_of(line, group)
        elif by := _BY.match(line.mask, match.start(), match.end()):
            group = ACTORS.match(line.mask, by.end(), match.end())
            found = _topic_of(line, group) if group else found
        elif _SPEAKER.match(line.mask, place, match.end()):
            found = speaker
        elif _COMMON.match(line.mask, place, match.end()):
            found = _OTHERS
    return found


def _fits(name: str, head: str) -> bool:
    """Whether 论坛 can mean an event of this name."""
    return head not in _HEADS or re.search(_HEADS[head], re.sub(r"（.*?）", "", name)) is not None


@dataclass
class Context:
    """What the article has said so far, as far as later sentences lean on it."""

    paragraph: int = -1
    number: int = 0  # of the paragraph, blank lines left out
    speaker: Topic = NOBODY  # the body whose spokesman spoke last: 该负责人
    heading: Mention | None = None  # the event of a sentence before that is nothing but 举办E
    latest: Mention | None = None  # the last event of the paragraph
    programme: Mention | None = None  # the last programme of the paragraph, for 其中
    date: Mention | None = None  # the last day of the paragraph
    policy: tuple[Mention, int] | None = None  # the last document, and the number of its paragraph
    told: list[Mention] = field(default_factory=list)  # all things named in the paragraph
    fresh: bool = False  # the sentence just before names that day
    ahead: bool = False  # the sentence just before tells what is to come: 明年还将…
    bodies: dict[str, Mention] = field(default_factory=dict)  # of whom it was said, the body where he holds a post
    deputies: dict[str, Mention] = field(default_factory=dict)  # 全国人大代表, 全国政协委员 told of so far
    jury: Mention | None = None  # who awards the prizes told of in the paragraph
    seen: list[tuple[Mention, int]] = field(default_factory=list)  # all events so far with their paragraph
    joint: dict[str, tuple[Mention, ...]] = field(default_factory=dict)  # events that one sentence holds together
    visited: set[str] = field(default_factory=set)  # events that somebody attended: 参加上述活动
    elsewhere: bool = False  # the meeting told of has no mention: E主席团举行会议
    received: bool = False  # somebody was received: 上述活动 are then audiences as well
    held: dict[str, bool] = field(default_factory=dict)  # events that took place; True when more is said than 在E上
    _led: Topic = NOBODY  # the leading subject of the paragraph before the lines that are not yet asked for theirs
    _left: list[tuple[Line, Topic]] = field(default_factory=list)  # those lines, with who spoke last before each

    @property
    def topic(self) -> Topic:
        """The last leading subject of the paragraph; looked for only when a sentence leans on it, as few do."""
        while self._left:
            line, speaker = self._left.pop()
            subject = topic(line, len(line), speaker)
            if subject.members:
                self._led = subject
                self._left.clear()
        return self._led

    def enter(self, line: Line) -> None:
        """Begin a sentence: a new paragraph forgets its subject, event and day."""
        if line.paragraph != self.paragraph:
            self.paragraph = line.paragraph
            self.number += 1
            self._led = NOBODY
            self._left.clear()
            self.latest = self.programme = self.date = self.jury = None
            self.fresh = self.ahead = False
            self.told = []

    def leave(self, line: Line) -> None:
        """Remember what the sentence was about."""
        mask = line.mask
        self._left.append((line, self.speaker))
        for group in ORGS.finditer(mask) if _SPOKESMAN.search(mask) else ():
            if _SPOKESMAN.search(group[0]):
                self.speaker = _topic_of(line, group)
        self.ahead = "将" in mask and _AHEAD.search(mask) is not None
        heading = _HEADING.match(mask) if _EVENT in line.signs else None
        self.heading = line.at[heading.start(1)] if heading else None
        self._remember_events(line)
        self.fresh = False
        for mention in line.at.values():
            if mention.type in _THINGS:
                self.told.append(mention)
                if mention.type == "Policy":
                    self.policy = mention, self.number
                elif mention.type == "Programme" and not mask.startswith("其中"):
                    self.programme = mention
            elif isinstance(mention.value, Edtf) and len(mention.value.value) >= 10:
                self.date, self.fresh = mention, True
        del self.told[:-_MANY]

    def _remember_events(self, line: Line) -> None:
        mask = line.mask
        named = [i for i, m in line.at.items() if m.type == "Event"] if _EVENT in line.signs else []
        events = [line.at[i] for i in named if not CITED.match(mask, i + 1) and not only_mentioned(line, i)]
        self.received = self.received or receives(line)
        if events and (speech := SPEAKING.search(mask)):  # P表示，当年在E上…: not where he speaks now
            known = {event.name.text for event, _ in self.seen}
            heard = {m.span for i, m in line.at.items() if i > speech.end()}
            events = [m for m in events if m.span not in heard or m.name.text in known]
        self.seen.extend((event, self.number) for event in events)
        self.elsewhere = other_meeting(line, (e for e, _ in self.seen)) or (
            self.elsewhere and not (named and _TOLD.search(mask))
        )
        if named:
            self._remember_held(line)
        del self.seen[:-_MANY]
        if events:
            self.latest = events[-1]
        elif self.seen and _SAYS_ON.match(mask):  # 会议指出: still about the event that was held
            told = [i for i, (event, _) in enumerate(self.seen) if self.held.get(event.name.text)]
            if told:
                self.seen.append((self.seen.pop(told[-1])[0], self.number))

    def _remember_held(self, line: Line) -> None:
        for match in _TOLD.finditer(line.mask):
            self.held.setdefault(line.at[match.start()].name.text, True)
        for match in _TOGETHER.finditer(line.mask):
            together = tuple(line.at[i] for i in line.row(match.start(), _EVENT))
            self.joint.update((event.name.text, together) for event in together)

    def body_of(self, said: Topic) -> Topic:
        """Who is meant when an official says 下一步将开展…: his ministry or company."""
        found = tuple(dict.fromkeys(self.bodies.get(m.name.text, m) if m.type == "Person" else m for m in said.members))
        return Topic(found, found) if len(said.members) == 1 else said

    def note(self, relation: Relation) -> None:
        """Remember which events took place, so that 会议 and 上述活动 do not point at one only talked of."""
        leads = relation.qualifier is not None and _STATESMAN.search(relation.qualifier) is not None
        if relation.type == "holds_post" and relation.target.name.kind in _SPEAKS_FOR and not leads:
            self.bodies[relation.source.name.text] = relation.target
        if relation.rule.endswith("的 guest"):
            return  # 会见来华出席E的P: elsewhere, at another time
        if relation.type == "holds_post" and _DEPUTY.search(f"{relation.target.name.text}{relation.qualifier}"):
            self.deputies[relation.source.name.text] = relation.source
        if relation.type == "attended":
            self.visited.add(relation.target.name.text)
        for end in (relation.source, relation.target):
            if end.type == "Event" and relation.type in ("held_on", "organised", "attended", "located_in"):
                told = not relation.rule.startswith("speaks") and (
                    not isinstance(relation.target.value, Edtf) or len(relation.target.value.value) >= 10
                )
                self.held[end.name.text] = self.held.get(end.name.text, False) or told

    def recent(self, head: str = "") -> list[Mention]:
        """The event that 会议, 论坛 or 现场 points at: the last one that was held, if told of a few paragraphs ago."""
        if self.elsewhere or not self.seen:
            return []
        near = [e for e, number in reversed(self.seen) if self.number - number <= _REACH and _fits(e.name.text, head)]
        sure = [e for e in near if self.held.get(e.name.text)]
        found = (sure or [e for e in near if e.name.text in self.held])[:1]
        return self._with_joint(found[0], head) if found else []

    def _with_joint(self, event: Mention, head: str) -> list[Mention]:
        """An event with those that the same sentence joins to it: A和B在京举行, 李明出席会议."""
        return [e for e in self.joint.get(event.name.text, (event,)) if _fits(e.name.text, head)] or [event]
