"""Subject, verb, object: what the verbs of schema/relations say (A印发B, 由A印发的B, B由A印发)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.lexicon import matches
from extractors.model import Mention, Name, Relation, Span
from extractors.ontology import RelationType, relation_types
from extractors.relations.clauses import ANY, LETTERS, ORG, PARK, PERSON, PROJECT, Line
from extractors.relations.subjects import Actors, Context, actors, groups, modality

VERBAL = ("issued", "approved", "organised", "attended", "launched", "undertakes", "owns_or_founds")

# After the object, these make it part of another noun: 发布《规划》的解读, 启动评选的报名.
_NOT_OBJECT = re.compile(
    r"[”》]?(?:的(?!通知|公告|决定|活动|实施$)|专家组?|评审|评估|培训|宣传|筹备|征集|申报|报名|期间|框架|背景|精神|要求|解读|情况|进展|成果(?!展)|实施情况|配套|工作组|组委会|新闻发布会)"
)
_AND = re.compile(rf"[”》]?(?:、|和|与|及|以及|暨)?[“《]?(?={ANY})")
_THINGS = "".join(LETTERS[t] for t in ("Event", "Programme", "Project", "Product", "Policy", "Work"))
_ANY = re.compile(ANY)
_STOP = "，；：。！？,;:!? \u3000"
_CONSENT = re.compile(rf"(?:经|报)({ORG}(?:、{ORG})*)(?:常务会议|会议|审核)?(?:同意|批准|审议通过|审定|授权)")
_MEETING = re.compile(r"(?:审议通过|原则通过|讨论通过|决定核准|核准|通过|审议)(?:了)?")


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
    verbs = sorted(_verbs(), key=lambda v: (-len(v), v))
    # 印发通知, 发布会, 实施方案, 建设者 are nouns
    return re.compile(
        "(?:" + "|".join(map(re.escape, verbs)) + r")(?!会|者|权|费|方案|办法|细则|规划|单位|仪式|式|商|人|以来|地)"
    )


def _letters(relation: RelationType) -> str:
    letters = "".join(LETTERS[t] for t in relation.target)
    if "Organization" in relation.target:
        letters += PARK
    return letters + (LETTERS["Product"] if "Project" in relation.target else "")


@cache
def _targets() -> dict[str, str]:
    return {name: _letters(relation_types()[name]) for name in VERBAL}


def _objects(line: Line, first: int, letters: str) -> list[int]:
    """The object at a position and those joined to it."""
    found = [first]
    place = first + 1
    while join := _AND.match(line.mask, place):  # 开展A大赛、B行动、C大赛: of each type what fits
        if line.mask[join.end()] in letters:
            found.append(join.end())
        elif line.mask[join.end()] not in _THINGS:
            break
        place = join.end() + 1
    if _NOT_OBJECT.match(line.mask, place):
        found.pop()
    return found


def _right(line: Line, end: int, letters: str, verbs: re.Pattern[str], reach: int = 32) -> list[int]:
    """Objects after a verb: the first mention of a fitting type, with nothing but modifiers before it."""
    stop = end
    limit = min(len(line), end + reach)
    while stop < limit and line.mask[stop] not in _STOP:
        if line.mask[stop] in letters:
            gap = line.mask[end:stop]
            other = verbs.search(gap)
            if other and not gap.rstrip("“《").endswith("的"):
                return []  # 发布通知开展…: the object belongs to the later verb
            return _objects(line, stop, letters)
        stop += 1
    return []


def _left(line: Line, agent: int, letters: str) -> list[int]:
    """Objects before 由: X由A承建, X日前由A印发, 本届X由A主办."""
    start = max(0, agent - 24)
    for i in range(agent - 1, start - 1, -1):
        if line.mask[i] in "；。！？":
            break
        if line.mask[i] in letters:
            first = i
            while first >= 2 and line.mask[first - 1] in "、和与及" and line.mask[first - 2] in letters:
                first -= 2
            return [j for j in range(first, i + 1) if line.mask[j] in letters]
    return []


def _found(line: Line, relation: str, doers: Actors, objects: Sequence[int], verb: re.Match[str]) -> Iterator[Relation]:
    allowed = relation_types()[relation].source
    low = min(doers.start, verb.start(), *objects)
    high = max(verb.end(), *(o + 1 for o in objects))
    evidence = line.span(low, high)
    rule = f"subject{' carried over' if doers.carried else ''}, {verb[0]}, {line.at[objects[0]].type.lower()}"
    for source in doers.mentions:
        if source.type not in allowed:
            continue
        for position in objects:
            target = line.at[position]
            if source.name.text != target.name.text:
                yield Relation(relation, source, target, _within(evidence, source), rule, doers.modality)


def _within(evidence: Span, source: Mention) -> Span:
    return evidence if evidence.start <= source.span.start else Span(min(evidence.start, evidence.end), evidence.end)


_AGENT = re.compile(r"(?:由|被)$")


def acts(line: Line, context: Context) -> Iterator[Relation]:
    """What the verbs of one sentence say."""
    table, pattern, targets = _verbs(), _pattern(), _targets()
    if not _ANY.search(line.mask):
        return
    by_org, by_anyone = groups(line, False), groups(line, True)
    for verb in pattern.finditer(line.mask):
        for relation in table[verb[0]]:
            letters = targets[relation.name]
            doers = actors(line, verb.start(), by_anyone if "Person" in relation.source else by_org, context)
            if relation.name == "approved" and (doers is None or doers.carried):
                doers = _meeting(line, verb.start(), context) or doers
            if doers is None:
                continue
            objects = _right(line, verb.end(), letters, pattern)
            if not objects and line.mask[verb.end() : verb.end() + 1] != "的":
                objects = _passive(line, doers, letters)
            if relation.name == "attended" and objects and (guest := relative_guest(line, objects[-1])) is not None:
                # 会见出席E的P: the one who attends stands after 的
                doers = replace(doers, mentions=(line.at[guest],) if guest else ())
            if relation.name == "approved" and re.search(r"代表|委员$", line.mask[doers.start : verb.start()]):
                continue  # 代表团审议报告: who debates is not the body that decides
            if relation.name == "organised":
                objects = [i for i in objects if not _is_day(line, i)]
            if objects and not (relation.name == "attended" and verb[0].startswith("主持") and not _persons(doers)):
                yield from _found(line, relation.name, doers, objects, verb)


_GUEST = re.compile(
    rf"(?:[^，。；]{{0,16}}?)的(?!讲话|致辞|演讲|主旨|重要|题|视频|书面)(?:[^，。；、{PERSON}]{{0,10}}?)({PERSON})?(?:[^，。；]{{0,6}}(?:代表|嘉宾|元首|总统|总理|外宾|专家|领导人|团))?"
)


def relative_guest(line: Line, event: int) -> int | None:
    """出席E的P, 来华出席E并访问的P: where P stands, 0 where no person is named, None where 出席E is no relative clause."""
    match = _GUEST.match(line.mask, event + 1)
    if match is None or not re.search(
        rf"的[^，。；]{{0,14}}(?:{PERSON}|代表|嘉宾|元首|总统|总理|外宾|专家|领导人|团)", match[0]
    ):
        return None
    return match.start(1) if match[1] else 0


def _is_day(line: Line, event: int) -> bool:
    """举行世界卫生日活动: nobody organises the day itself."""
    return line.at[event].name.text.endswith("日") and bool(re.match(r"[^，。；、]{0,6}活动", line.mask[event + 1 :]))


def _meeting(line: Line, verb: int, context: Context) -> Actors | None:
    """国务院常务会议审议通过: the body that meets."""
    events = [i for i in range(verb) if line.mask[i] == LETTERS["Event"]]
    start, _ = line.clause(verb)
    if not events and not line.mask.startswith("会议", start):
        return None  # 全会审议通过: not the meeting told of before
    event = line.at[events[-1]] if events else context.latest
    body = meeting_body(event) if event else None
    if body is None:
        return None
    return Actors((body,), events[-1] if events else start, modality(line.mask[max(0, verb - 6) : verb]), not events)


def meeting_body(event: Mention) -> Mention | None:
    """The State body whose name a meeting bears: 国务院常务会议, 全国人大常委会会议."""
    for start, end, entry in matches(event.name.text, "ministries", "party_bodies"):
        if start == 0 and re.search(r"会议$", event.name.text[end:]):
            name = Name(entry.value, "Ministry", anaphor=True)
            return Mention(event.span, "Organization", name, "the body that meets")
    return None


def _persons(doers: Actors) -> bool:
    return any(m.type == "Person" for m in doers.mentions)


def _passive(line: Line, doers: Actors, letters: str) -> list[int]:
    """Objects before 由, also where a second pair follows: X由A投资、B研发."""
    start, _ = line.clause(doers.start)
    agent = line.mask.rfind("由", start, doers.start)
    if agent < 0 or doers.carried:
        return []
    between = line.mask[agent + 1 : doers.start]
    if between and not re.fullmatch(rf"[^，。；的]{{0,40}}?[、，]?", between):
        return []
    return _left(line, agent, letters)


_SUBMITTED = re.compile(rf"提请([{ORG[1:-1]}{LETTERS['Event']}])[^，。；]{{0,8}}?(?:审议|审查|审定|批准)")
_ANNOUNCES = re.compile(
    rf"({ORG})[^，。；]{{0,10}}?(?:发布消息|对外发布|宣布|对外宣布|发布公告)(?:称)?，([^。；]{{0,40}}?)({PROJECT})([^，。；]{{0,30}}?)(?:投用|投产|建成|开工|投运|并网|通水|完工)"
)


_DECREE = re.compile(rf"签署({ORG})令，(?:公布|颁布|发布)({LETTERS['Policy']})")


def consents(line: Line) -> Iterator[Relation]:
    """经国务院同意，A印发B: the body approved B; B提请A审议 likewise."""
    letters = _targets()["approved"].replace(LETTERS["Organization"], "").replace(PARK, "")
    for match in _SUBMITTED.finditer(line.mask):
        body = line.at[match.start(1)]
        approver = meeting_body(body) if body.type == "Event" else body
        drafts = [i for i in range(match.start()) if line.mask[i] == LETTERS["Policy"]][-1:]
        for draft in drafts:
            if approver:
                span = line.span(draft, match.end())
                yield Relation("approved", approver, line.at[draft], span, "policy 提请 body 审议")
    for match in _DECREE.finditer(line.mask):
        yield Relation(
            "issued", line.at[match.start(1)], line.at[match.start(2)], line.span(*match.span()), "signed as a decree"
        )  # fmt: skip
    for match in _ANNOUNCES.finditer(line.mask):
        company = line.at[match.start(1)]
        if company.name.kind == "Company" and not re.search(ORG, match[2] + match[4]):
            yield Relation(
                "undertakes", company, line.at[match.start(3)], line.span(*match.span()), "company announces its project"
            )  # fmt: skip
    for match in _CONSENT.finditer(line.mask):
        objects = [i for i in range(match.end(), len(line)) if line.mask[i] in letters][:1]
        objects = objects or [i for i in range(match.start()) if line.mask[i] in letters][-1:]
        for body in (i for i in range(*match.span(1)) if i in line.at):
            for position in objects:
                low, high = min(match.start(), position), max(match.end(), position + 1)
                yield Relation(
                    "approved", line.at[body], line.at[position], line.span(low, high), "with the consent of a body",
                    modality(line.mask[max(0, match.start() - 3) : match.start()]),
                )  # fmt: skip


_OWN = re.compile(rf"({ORG})(?:等)?的({PROJECT})")


def products(line: Line) -> Iterator[Relation]:
    """中国科学院沈阳自动化研究所的海斗一号: whose product it is."""
    for match in _OWN.finditer(line.mask):
        yield Relation(
            "undertakes", line.at[match.start(1)], line.at[match.start(2)], line.span(*match.span()), "body 的 product"
        )  # fmt: skip


__all__ = ["ORG", "PERSON", "VERBAL", "acts", "consents"]
