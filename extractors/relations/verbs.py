"""Subject, verb, object: what the verbs of schema/relations say (A印发B, 由A印发的B, B由A印发)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import Mention, Relation
from extractors.ontology import RelationType
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import CITED, Context
from extractors.relations.decisions import meeting
from extractors.relations.grammar import pattern
from extractors.relations.mentioned import modifies, to_come
from extractors.relations.objects import after, agent, before, letters, shared, targets, verb_pattern, verbs
from extractors.relations.subjects import Actors, actors, groups
from extractors.relations.themes import called, theme

# 工信部等七部门日前印发意见，…: the document of the headline
_BARE = regex(r"了?(?:该|本|这一)?(?P<head>意见|方案|通知|办法|规划|指南|条例|公告|目录|计划|决定|措施)(?=[，。；]|$)")
# 关于批准《A》的决定，关于批准《B》的决定
_DECISION = pattern(
    r"的(?:决定|决议)(?:草案)?[，、；]?和?(?:审议通过了?|表决通过了?|通过了?)?关于批准(?:⟨Place⟩)*(⟨Policy⟩)"
)
# A相关负责人解读日前印发的Y; 即将制定实施的Y, 将于下月印发Y, but 国务院将《Y》印发各地: 将 is 把
_EXPLAINS = regex("(?:介绍|解读|说明|透露|表示|回应)[，：]?(?:日前|近日|近期|此前|刚刚|新近|最新|新)(?:联合)?$")
_SOON = pattern(r"将(?![领军士])[^，。；⟦Policy⟧]{0,10}$")
_ALLOWED = regex("(?:同意|批准|核准|批复|原则同意)$")
# 今年将推动建设J: to see to it that others build
_PROMOTES = regex("(?:推动|促进|支持|鼓励|引导|助力|服务|保障)$")
_WELCOMED = regex("欢迎[^，。；的]{0,4}$")
# P愿积极参与G, P感谢…，表示集团将参与G: he speaks, he does not do it
_WISHES = regex("愿(?![景望者军])|感谢|表示[^，。；\ue000-\ue00b]{2,6}将")
# 支持授权A组建B; 某方称，A设立B
_ASKED = regex(
    "(?:授权|呼吁|主张|敦促|责成)[^，。；的]{0,4}$|(?:[一-鿿]方|[军媒])(?:声|指)?称，[^，。；]{0,4}$|指[责控][^，。；]{0,4}$"
)
_OR_ELSE = regex("(?:运营|使用|制造|建设|研制|承建)或")
_IS = pattern("⟨Org⟩是(?!否)[^，。；由⟦Org⟧]{0,24}$")
# 将启动G, but not 将J作为…
_WILL = pattern(
    "将(?![军领士])(?:[^，。；⟦Any⟧]{0,4}(?:与|会同|联合|和)⟨Org⟩)?[^，。；⟦Org⟧⟦Project⟧⟦Programme⟧]{0,20}$"
)
# 提出将…，实施G; 今年将…，启动G: said of all that follows in the sentence
_ANNOUNCED_WILL = pattern(
    "(?:提出|表示，|介绍，|指出，|下一?(?:步|阶段)，?|今年|明年|今后|⟨Date⟩|⟨Org⟩|⟨Place⟩(?=将[同与继进]))"
    "[^，。；⟦Any⟧]{0,6}将(?![军领士]) | 决定[^。；]{0,50}?，[^，。；⟦Any⟧]{0,4}将(?![军领士])"
)
_GOES_ON = regex("(?:与此)?同时，|此外，|另外，")
_DONE = regex("已|了|完成|目前")
_AGREES = regex("签署|签订|达成")
_PAPER = regex("协议|备忘录|意向书|合同")
_TOPIC = regex("[”》]?，?是(?!否)")
_MERGED = regex("(?:合并|整合|重组)$")
_ITS_SIGN = regex("(?:标识|名称|海报|图像|影像|消息|公告|视频|画面|照片|进展|成果)$")  # 发布神舟十八号标识
# G是教育部实施的一项计划
_IS_BY = pattern("([⟦Event⟧⟦Project⟧⟦Programme⟧⟦Policy⟧])是由?$")
_TALKS = regex("(?:会晤|会谈|对话|磋商)(?:会)?$")
_DEBATERS = regex(r"代表|委员(?!会)|提请")
# 出席E的P, 来华出席E并访问的P: another noun follows, unless it is a speech that was given
_GUEST = pattern(
    r"""⟨~16⟩的 (?!讲话|致辞|演讲|主旨|重要|题|视频|书面)
        (?: [^，。；、⟦Person⟧]{0,10}? (⟨Person⟩)(?!(?:主席|总统)?(?:特别)?代表|特使|夫人)
          | ⟨~14⟩(?:代表|嘉宾|元首|总统|总理|外宾|专家|领导人|团) )"""
)


def acts(line: Line, context: Context) -> Iterator[Relation]:
    """What the verbs of one sentence say."""
    by = "由" in line.mask  # 由A承建, A印发意见: then the thing may stand in an earlier sentence
    for verb in verb_pattern().finditer(line.mask):
        for relation in verbs()[verb[0]]:
            told = by or (relation.name == "issued" and context.policy is not None)
            if not told and targets(relation.name).isdisjoint(line.signs):
                continue
            doers = actors(line, verb.start(), groups(line, "Person" in relation.source), context)
            if relation.name == "approved" and (doers is None or doers.carried):
                doers = _meets(line, verb.start(), context) or doers
            guest = _guest(line, verb) if relation.name == "attended" else None
            if guest is not None:
                yield from guest
            elif doers is not None:
                yield from _said(line, relation, verb, doers, context)
        if verb[0] == "举行" and LETTERS["Event"] in line.signs:
            yield from _talks(line, verb, actors(line, verb.start(), groups(line, True), context))


def _said(
    line: Line, relation: RelationType, verb: re.Match[str], doers: Actors, context: Context
) -> Iterator[Relation]:
    if line.mask[verb.start() - 1 : verb.start()] == "就":
        return  # 就组建A作出指示
    if relation.name == "undertakes" and (
        _WELCOMED.search(line.mask, 0, doers.start) or _PROMOTES.search(line.mask, 0, verb.start())
    ):
        return  # 欢迎A参与G: an invitation is no undertaking
    if relation.name == "owns_or_founds" and _IS.search(line.mask, doers.start, verb.start()) and not doers.carried:
        return  # A是1981年成立的O: what A is, not what A founded
    if relation.name == "owns_or_founds" and _MERGED.search(line.mask, max(0, verb.start() - 2), verb.start()):
        return  # C由A、B合并组建: they do not found it, they are it
    if relation.name != "approved" and _ALLOWED.search(line.mask, max(0, verb.start() - 4), verb.start()):
        return  # 国务院同意建设J: who agrees does not build
    if _not_done(line, relation.name, verb, doers):
        return
    if relation.name == "issued" and (issuers := _how_issued(line, verb, doers)) is not doers:
        if issuers is None:
            return
        doers = issuers
    objects = after(line, verb.end(), relation.name)
    if objects and doers.carried and _TOPIC.match(line.mask, objects[-1] + 1):
        deciders = {m.name.text for i, m in line.at.items() if i > objects[-1] and m.type == "Organization"}
        if deciders.isdisjoint(m.name.text for m in doers.mentions):
            return  # 建立K是重大决策: a deed that is spoken of, unless 是国务院作出的决策
    if not objects and not doers.carried and (thing := _by(line, relation, doers, context)):
        yield from _relations(line, relation, doers, [thing], verb)
        return
    if not objects and line.mask[verb.end() : verb.end() + 1] != "的":
        objects = before(line, doers, relation.name)
    if not objects and not doers.carried and line.mask.startswith("的", verb.end()):
        told = _IS_BY.search(line.mask, 0, doers.start)
        objects = [told.start(1)] if told and told[1] in letters(relation.name) else []
    if not objects and relation.name == "issued" and (bare := _BARE.match(line.mask, verb.end())):
        document, number = context.policy or (None, 0)
        if document and context.number - number <= 1 and document.name.text.rstrip("》").endswith(bare["head"]):
            yield from _relations(line, relation, doers, [document], verb)
        return
    if not objects:
        objects = shared(line, verb, relation.name)
    if relation.name == "approved" and objects:
        objects = _each_decision(line, objects)
    if relation.name == "attended":
        objects = [i for i in objects if not modifies(line, verb.start(), i)]
    if relation.name == "organised":
        objects = [i for i in objects if not _is_day(line, i)]
    if relation.name == "launched" and verb[0] == "发布":
        objects = [i for i in objects if not _ITS_SIGN.search(line.mask, i, line.clause(i)[1])]
    if not objects:
        return
    if doers.modality == "asserted" and _to_come(line, relation.name, doers, verb, context):
        doers = replace(doers, modality="planned")
    if relation.name == "attended" and verb[0].startswith("主持"):  # a body that convenes organises
        doers = replace(doers, mentions=tuple(m for m in doers.mentions if m.type == "Person"))
    if relation.name == "approved" and _DEBATERS.search(
        line.mask[max(doers.start, line.clause(verb.start())[0]) : verb.start()]
    ):
        return  # 代表团审议报告, A拟提请E审议的报告: who debates or submits is not the body that decides
    yield from _relations(line, relation, doers, [line.at[i] for i in objects], verb, objects)


def _not_done(line: Line, name: str, verb: re.Match[str], doers: Actors) -> bool:
    """Whether a deed is only wished for, asked for or alleged: P愿…参与G, 支持授权A组建B, 某方称，A设立B."""
    if name == "owns_or_founds":
        return _ASKED.search(line.mask, 0, doers.start) is not None
    if name != "undertakes":
        return False
    if _OR_ELSE.search(line.mask, doers.start, verb.end() + 1):
        return True  # 由A运营或在当地运营的机型: the carriers of a country, whoever they are
    speaks = all(m.type == "Person" for m in doers.mentions)
    return speaks and _WISHES.search(line.mask, 0 if doers.carried else doers.start, verb.start()) is not None


def _each_decision(line: Line, objects: list[int]) -> list[int]:
    """关于批准《A》的决定，关于批准《B》的决定: one verb in each, all by the same body."""
    found = list(objects)
    while match := _DECISION.match(line.mask, found[-1] + 1):
        found.append(match.start(1))
    return found


def _how_issued(line: Line, verb: re.Match[str], doers: Actors) -> Actors | None:
    """Nobody where who explains is not said to have issued (A介绍，日前印发的Y); planned where it is 即将印发."""
    said = line.mask[max(0, verb.start() - 24) : verb.start()]
    if line.mask.startswith("的", verb.end()) and _EXPLAINS.search(said):
        return None
    return replace(doers, modality="planned") if _SOON.search(said) and doers.modality == "asserted" else doers


def _to_come(line: Line, name: str, doers: Actors, verb: re.Match[str], context: Context) -> bool:
    """Whether a deed is still to be done: 将实施G, 签署共建O协议; 还将举办E、G is a settled schedule."""
    start, end = line.clause(verb.start())
    if name == "attended":
        return _WILL.search(line.mask, start, verb.start()) is not None or to_come(line, verb.start())
    if name not in ("launched", "undertakes", "owns_or_founds") or LETTERS["Event"] in line.mask[verb.end() : end]:
        return False
    if (
        name != "launched"
        and _AGREES.search(line.mask, start, verb.start())
        and _PAPER.search(line.mask, verb.end(), end)
    ):
        return True
    if _WILL.search(line.mask, min(doers.start, start) if not doers.carried else start, verb.start()):
        return True
    if doers.carried and context.ahead and _GOES_ON.match(line.mask) and not _DONE.search(line.mask, 0, verb.end() + 1):
        return True  # 明年还将…。同时，实施G
    announced = list(_ANNOUNCED_WILL.finditer(line.mask, 0, start))
    return bool(announced) and not _DONE.search(line.mask, announced[-1].end(), verb.end() + 1)


def _talks(line: Line, verb: re.Match[str], doers: Actors | None) -> Iterator[Relation]:
    """P同Q举行E会晤: persons do not organise it, they are there."""
    for i in after(line, verb.end(), "organised") if doers else ():
        if doers and _TALKS.search(line.at[i].name.text):
            span = line.span(min(doers.start, i), i + 1)
            for source in (m for m in doers.mentions if m.type == "Person"):
                yield Relation("attended", source, line.at[i], span, "persons hold talks", doers.modality)


def _by(line: Line, relation: RelationType, doers: Actors, context: Context) -> Mention | None:
    """电站由A投资建设, 该机组由A研制: the thing of the paragraph."""
    start, by = agent(line, doers)
    if by < 0:
        return None
    found = called(line, start, by, letters(relation.name), context)
    if found is None and by == start and theme(line, start) is None:  # 电站地处P，由A开发
        found = called(line, 0, None, letters(relation.name), context)
    return found


def _guest(line: Line, verb: re.Match[str]) -> list[Relation] | None:
    """A会见来华出席E的P: it is P who attends, and nobody else; None where no guest follows the event."""
    event = line.mask.find(LETTERS["Event"], verb.end(), verb.end() + 12)
    guest = guest_of(line, event) if event >= 0 and not set(line.mask[verb.end() : event]) & set("的，。；") else None
    if not guest:
        return None if guest is None else []
    span = line.span(verb.start(), guest + 1)
    return [Relation("attended", line.at[guest], line.at[event], span, f"{verb[0]} event 的 guest")]


def _relations(
    line: Line,
    relation: RelationType,
    doers: Actors,
    objects: Sequence[Mention],
    verb: re.Match[str],
    positions: Sequence[int] = (),
) -> Iterator[Relation]:
    low = min([doers.start, verb.start(), *positions])
    high = max([verb.end(), *(i + 1 for i in positions)])
    carried = " carried over" if doers.carried else ""
    rule = f"subject{carried}, {verb[0]}, {objects[0].type.lower()}"
    for source in doers.mentions:
        if source.type not in relation.source:
            continue
        for target in objects:
            if source.name.text != target.name.text:
                yield Relation(relation.name, source, target, line.span(low, high), rule, doers.modality)


def guest_of(line: Line, event: int) -> int | None:
    """Where P stands in 出席E的P; 0 where a guest is not named, None where no guest follows the event."""
    match = _GUEST.match(line.mask, event + 1)
    if match is None:
        return None
    return match.start(1) if match[1] else 0


def _is_day(line: Line, event: int) -> bool:
    """举行世界卫生日活动: nobody organises the day itself."""
    return line.at[event].name.text.endswith("日") and "活动" in line.mask[event + 1 : event + 9].split("，")[0]


def _meets(line: Line, verb: int, context: Context) -> Actors | None:
    """国务院常务会议审议通过, 会议审议通过: the body that meets."""
    start, _ = line.clause(verb)
    events = [i for i in range(verb) if line.mask[i] == LETTERS["Event"] and not CITED.match(line.mask, i + 1)]
    if not events and not line.mask.startswith("会议", start):
        return None  # 全会审议通过: not the meeting told of before
    body = meeting(line.at[events[-1]] if events else context.latest)
    return Actors((body,), events[-1] if events else start, "asserted", not events) if body else None
