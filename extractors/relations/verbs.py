"""Subject, verb, object: what the verbs of schema/relations say (A印发B, 由A印发的B, B由A印发)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.model import Mention, Relation
from extractors.ontology import RelationType, relation_types
from extractors.relations.clauses import LETTERS, PARK, Line
from extractors.relations.context import Context
from extractors.relations.decisions import meeting
from extractors.relations.grammar import either, pattern
from extractors.relations.subjects import Actors, actors, groups
from extractors.relations.themes import called, theme

VERBAL = ("issued", "approved", "organised", "attended", "launched", "undertakes", "owns_or_founds")
_THINGS = "".join(LETTERS[t] for t in ("Event", "Programme", "Project", "Product", "Policy", "Work"))
_STOP = "，；：。！？,;:!? \u3000"

# 发布会, 实施方案, 建设者 are nouns, 成立以来 is a time
_NOUN = r"(?!会|者|权|费|方案|办法|细则|规划|单位|仪式|式|商|人|以来|地)"
# After the object, these make it a part of another noun: 发布《规划》的解读, 启动评选的报名.
_NOT_OBJECT = pattern("[”》]?(?: 的(?!通知|公告|决定|活动|实施$) | ⟨w:about⟩ | 成果(?!展) )")
# Between two objects: a joiner, or items of the list that no extractor knows.
_AND = pattern(
    r"[”》]? (?: (?:、[^，。；、的⟦Any⟧]{2,16}){1,3}[、和及] | 、 | 和 | 与 | 及 | 以及 | 暨 )? [“《]? (?=⟨Any⟩)"
)
_BETWEEN = re.compile(r"[^，。；的]{0,60}?[、，]?")
# 工信部等七部门日前印发意见，…: the document of the headline
_BARE = re.compile(
    r"了?(?:该|本|这一)?(?P<head>意见|方案|通知|办法|规划|指南|条例|公告|目录|计划|决定|措施)(?=[，。；]|$)"
)
_SECOND = pattern(
    r"""(?: [，、](?:由)?⟨Org⟩[^，。；的⟦Event⟧⟦Project⟧⟦Policy⟧⟦Programme⟧]{0,40}
        (?:主办|承办|协办|支持|举办|指导|执行|承建|研发|研制|参与|运营|设计|施工|建造|开发|投资) ){1,3}
        的[^，。；⟦Any⟧]{0,8}"""
)
_DEBATERS = re.compile(r"代表|委员$")
# 出席E的P, 来华出席E并访问的P: another noun follows, unless it is a speech that was given
_GUEST = pattern(
    r"""⟨~16⟩的 (?!讲话|致辞|演讲|主旨|重要|题|视频|书面)
        (?: [^，。；、⟦Person⟧]{0,10}? (⟨Person⟩) | ⟨~14⟩(?:代表|嘉宾|元首|总统|总理|外宾|专家|领导人|团) )"""
)


@cache
def _verbs() -> dict[str, tuple[RelationType, ...]]:
    table: dict[str, tuple[RelationType, ...]] = {}
    for name in VERBAL:
        relation = relation_types()[name]
        for verb in relation.triggers:
            table[verb] = (*table.get(verb, ()), relation)
    return table


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{either(_verbs())}){_NOUN}")


@cache
def letters(name: str) -> str:
    """The letters of the things that a relation may have as its target."""
    found = "".join(LETTERS[t] for t in relation_types()[name].target)
    if "Organization" in relation_types()[name].target:
        found += PARK
    return found + (LETTERS["Product"] if "Project" in relation_types()[name].target else "")


def acts(line: Line, context: Context) -> Iterator[Relation]:
    """What the verbs of one sentence say."""
    coordinations = {False: groups(line, False), True: groups(line, True)}
    for verb in _pattern().finditer(line.mask):
        for relation in _verbs()[verb[0]]:
            doers = actors(line, verb.start(), coordinations["Person" in relation.source], context)
            if relation.name == "approved" and (doers is None or doers.carried):
                doers = _meets(line, verb.start(), context) or doers
            guest = _guest(line, verb) if relation.name == "attended" else None
            if guest is not None:
                yield from guest
            elif doers is not None:
                yield from _said(line, relation, verb, doers, context)


def _said(
    line: Line, relation: RelationType, verb: re.Match[str], doers: Actors, context: Context
) -> Iterator[Relation]:
    objects = _right(line, verb.end(), letters(relation.name))
    if not objects and not doers.carried and (thing := _by(line, relation, doers, context)):
        yield from _relations(line, relation, doers, [thing], verb)
        return
    if not objects and line.mask[verb.end() : verb.end() + 1] != "的":
        objects = _passive(line, doers, letters(relation.name))
    if not objects and relation.name == "issued" and (bare := _BARE.match(line.mask, verb.end())):
        document, number = context.policy or (None, 0)
        if document and context.number - number <= 1 and document.name.text.rstrip("》").endswith(bare["head"]):
            yield from _relations(line, relation, doers, [document], verb)
        return
    if not objects:
        objects = _shared(line, verb.end(), letters(relation.name))
    if relation.name == "organised":
        objects = [i for i in objects if not _is_day(line, i)]
    if not objects:
        return
    if relation.name == "attended" and verb[0].startswith("主持"):  # a body that convenes organises
        doers = replace(doers, mentions=tuple(m for m in doers.mentions if m.type == "Person"))
    if relation.name == "approved" and _DEBATERS.search(line.mask[doers.start : verb.start()]):
        return  # 代表团审议报告: who debates is not the body that decides
    yield from _relations(line, relation, doers, [line.at[i] for i in objects], verb, objects)


def _shared(line: Line, end: int, wanted: str) -> list[int]:
    """A主办，B承办的E; A投资、B研发的J: what the second verb has as its object."""
    match = _SECOND.match(line.mask, end)
    return (
        _joined(line, match.end(), wanted)
        if match and line.mask[match.end() : match.end() + 1] in tuple(wanted)
        else []
    )


def _agent(line: Line, doers: Actors) -> tuple[int, int]:
    """Start of the clause and place of 由 before the doers; E由A主办，B承办 has it in the clause before; -1 if none."""
    start, _ = line.clause(doers.start)
    agent = line.mask.rfind("由", start, doers.start)
    if agent < 0 and start == doers.start and start > 1:
        start, _ = line.clause(start - 2)
        agent = line.mask.rfind("由", start, doers.start)
    return start, agent if _BETWEEN.fullmatch(line.mask[agent + 1 : doers.start]) else -1


def _by(line: Line, relation: RelationType, doers: Actors, context: Context) -> Mention | None:
    """电站由A投资建设, 该机组由A研制: the thing of the paragraph."""
    start, agent = _agent(line, doers)
    if agent < 0:
        return None
    found = called(line, start, agent, letters(relation.name), context)
    if found is None and agent == start and theme(line, start) is None:  # 电站地处P，由A开发
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


def _right(line: Line, end: int, wanted: str, reach: int = 32) -> list[int]:
    """Objects after a verb: the first mention of a fitting type, with nothing but modifiers before it."""
    for i in range(end, min(len(line), end + reach)):
        if line.mask[i] in _STOP:
            break
        if line.mask[i] in wanted:
            gap = line.mask[end:i]
            if _pattern().search(gap) and not gap.endswith("的"):
                break  # 发布通知开展…: the object belongs to the later verb
            return _joined(line, i, wanted)
    return []


def _joined(line: Line, first: int, wanted: str) -> list[int]:
    """The object at a position and those joined to it: of 开展A大赛、B行动、C大赛 those that fit."""
    found, place = [first], first + 1
    while join := _AND.match(line.mask, place):
        if line.mask[join.end()] in wanted:
            found.append(join.end())
        elif line.mask[join.end()] not in _THINGS:
            break
        place = join.end() + 1
    if _NOT_OBJECT.match(line.mask, place) and found[-1] == place - 1:
        found.pop()
    return found


def _passive(line: Line, doers: Actors, wanted: str) -> list[int]:
    """Objects before 由, also where a second pair follows: X由A承建, X由A投资、B研发."""
    start, agent = _agent(line, doers)
    if agent < 0 or doers.carried:
        return []
    lead = theme(line, start) if agent == start else None
    if lead is not None and line.mask[lead] in wanted:
        return [lead]
    for i in range(agent - 1, max(0, agent - 24) - 1, -1):
        if line.mask[i] in "；。！？":
            break
        if line.mask[i] in wanted:
            first = i
            while first >= 2 and line.mask[first - 1] in "、和与及" and line.mask[first - 2] in wanted:
                first -= 2
            return [j for j in range(first, i + 1) if line.mask[j] in wanted]
    return []


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
    events = [i for i in range(verb) if line.mask[i] == LETTERS["Event"]]
    if not events and not line.mask.startswith("会议", start):
        return None  # 全会审议通过: not the meeting told of before
    body = meeting(line.at[events[-1]] if events else context.latest)
    return Actors((body,), events[-1] if events else start, "asserted", not events) if body else None
