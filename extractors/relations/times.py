"""When it was: the date that governs a verb of holding, issuing, starting, finishing or founding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.model import Edtf, Mention, Relation
from extractors.ontology import relation_types
from extractors.relations.clauses import ANY, DATE, EVENT, LETTERS, PARK, PLACE, POLICY, QUANTITY, Line
from extractors.relations.subjects import Context, modality
from extractors.relations.triggers import relative_guest

TIMED = ("held_on", "issued_on", "started_on", "completed_on", "founded_on")

# A date with one of these around it is a limit or an origin, not the day of the deed.
_LIMIT_AFTER = re.compile(r"[）]?(?:以来|之?前|以前|底前|之?后|以后|版|至今|以内|度|年度|间(?!，))")
_LIMIT_BEFORE = re.compile(r"(?:截至|截止|到|比|较|至|自从|原定|力争|预计|不晚于|早在)$")
# The day of the announcement is not the day of the fact: 5月22日，中国海油发布消息，…投用.
_ANNOUNCED = re.compile(r"消息|获悉|了解到|宣布|介绍|表示|透露|披露|报道|通报|显示|指出|要求|提出|强调|来到|走进")
_END = re.compile(rf"了?(?:建设|建造|运行|运营|使用|商业运营|仪式|典礼)?(?=[，。；！、]|$|并|于|\n|{DATE})")
_LEADING = re.compile(
    rf"(?:^|[，。；：])(?:当地时间|北京时间|在|于|自|从|而|就在|早在|就|到)?({DATE})(?:[上下]午|凌晨|晚|晚间|起|当天|在京)?(?=，|[^，]{{0,2}})"
)
_VISITS = ("出席", "参加", "参观")
# What may follow the thing itself; 总台新疆总站8月3日揭牌 is not about 总台
_AFTER_THING = re.compile(
    rf"{DATE}|{PLACE}|{QUANTITY}|[，、）]|[以在于将正已也还再又全即顺成圆如首隆胜同刚近日今昨和与及暨由经自从连累第各主]|开幕|闭幕|启动|启幕|落幕|开工|建设|举行|召开|投|开|竣|通|完|建|揭|举|拉|上线|工程|项目|主体|[一二三]期|展"
)
_STAGE = re.compile(r"(?:开幕式|会|现场|活动|大会|论坛|仪式|发布会|期间)[上中]?|现场|当天|同日|活动期间|会上|其间")
_IS = re.compile(
    rf"({DATE})(?:是|为|，?迎来|适逢|恰逢)(?:[^，。；{DATE}{EVENT}]{{0,14}})({EVENT})(?=[，。；！]|$|[^的])"
)
_BESIDE = re.compile(rf"({DATE}){PLACE}?({EVENT})(?=，)")
_AT = re.compile(rf"({DATE})([^。；{DATE}]{{0,40}}?)在?(?:第[^，]{{1,4}})?({EVENT})[^，。]{{0,5}}?[上中]")


@cache
def _verbs(name: str) -> re.Pattern[str]:
    verbs = sorted(relation_types()[name].triggers, key=lambda v: (-len(v), v))
    return re.compile("(?:" + "|".join(map(re.escape, verbs)) + r")(?![会者权费商人]|方案|办法|以来|仪式上)")


@cache
def _letters(name: str) -> str:
    letters = "".join(LETTERS[t] for t in relation_types()[name].source)
    return (
        letters
        + (PARK if name == "founded_on" else "")
        + (LETTERS["Product"] if "Project" in relation_types()[name].source else "")
    )


def _good(line: Line, date: int) -> bool:
    return not (_LIMIT_AFTER.match(line.mask, date + 1) or _LIMIT_BEFORE.search(line.mask[max(0, date - 4) : date]))


def governing(line: Line, verb: int, end: int, announced: bool) -> int | None:
    """The date that governs the verb at a position: in its clause, right after it (成立于D), or leading the sentence."""
    start, stop = line.clause(verb)
    after = re.compile(rf"(?:于|在)?({DATE})").match(line.mask, end)
    if after and after.start(1) < stop and line.mask[end] in "于在":
        return after.start(1)
    if line.mask[end : end + 1] == "的":
        lead_allowed = False  # 谴责将在广岛举行的峰会: the day of the sentence is not that of the relative clause
    else:
        lead_allowed = True
    near = [i for i in range(start, verb) if line.mask[i] == DATE and _good(line, i)]
    if near:
        return near[-1]
    if not lead_allowed:
        return None
    lead = [m.start(1) for m in _LEADING.finditer(line.mask, 0, start) if _good(line, m.start(1))]
    if not lead:
        return None
    if announced and _ANNOUNCED.search(line.mask[lead[-1] : verb]):
        return None
    return lead[-1]


def _things(line: Line, verb: re.Match[str], letters: str) -> list[int]:
    """What was held, issued, …: after the verb (举行E, 举行的E), else before it in its clause (E在L举行)."""
    limit = min(len(line), verb.end() + 32)
    for i in range(verb.end(), limit):
        if line.mask[i] in letters:
            if verb[0] in _VISITS and relative_guest(line, i) is not None:
                return []  # 会见来华出席E的P says nothing of the day of E
            return _with_joined(line, i, letters)
        if line.mask[i] in "，；。：！":
            break
    if not _END.match(line.mask, verb.end()):
        return []
    start, _ = line.clause(verb.start())
    for i in range(verb.start() - 1, start - 1, -1):
        if line.mask[i] in letters:
            if verb.start() - i > 34 or not _AFTER_THING.match(line.mask, i + 1):
                return []
            first = i
            while first >= start + 2 and line.mask[first - 1] in "、和与及" and line.mask[first - 2] in letters:
                first -= 2
            return [j for j in range(first, i + 1) if line.mask[j] in letters]
    return []


def _with_joined(line: Line, first: int, letters: str) -> list[int]:
    """A thing and those joined to it, by 、 or side by side (《甲》《乙》)."""
    found = [first]
    while match := _JOINED.match(line.mask, first + 1):
        if line.mask[match.end()] not in letters:
            break
        first = match.end()
        found.append(first)
    return [] if line.mask[first + 1 : first + 2] == "的" else found


_JOINED = re.compile(rf"[、和与及]?(?={ANY})")


def _relation(
    line: Line, name: str, thing: Mention, place: int, date: int, verb: tuple[int, int], rule: str, day: Mention
) -> Relation:
    low, high = min(place, date, verb[0]), max(place + 1, date + 1, verb[1])
    return Relation(name, thing, day, line.span(low, high), rule)


def _beginning(line: Line, date: int) -> Mention | None:
    """自4月—8月开展 began in April; 十四五期间开展 tells no beginning."""
    mention = line.at[date]
    if not isinstance(mention.value, Edtf) or "/" not in mention.value.value:
        return mention
    begin, _, end = mention.value.value.partition("/")
    if begin[:4] != end[:4]:
        return None
    return replace(mention, value=Edtf(begin)) if line.mask[date - 1 : date] in ("自", "从") else mention


def _vague(line: Line, name: str, date: int, verb: re.Match[str]) -> bool:
    """今年实施…, 2025年要开展…: a bare year with a verb of doing tells no beginning; 今年起开展 does."""
    value = line.at[date].value
    if (
        not isinstance(value, Edtf)
        or len(value.value) > 4
        or name == "held_on"
        or line.mask[date + 1 : date + 2] == "起"
    ):
        return False
    if verb[0] in ("开展", "实施", "部署", "推进", "制定"):
        return True
    low, high = sorted((date, verb.start()))
    return (
        name != "founded_on"
        and modality(line.mask[low:high]) == "planned"
        or bool(re.search("将|要|即将|有望", line.mask[low:high]))
    )


def times(line: Line, context: Context) -> Iterator[Relation]:
    """Dates of the things of one sentence; a sentence that only says when and where is about the event before it."""
    if DATE in line.mask:
        for name in TIMED:
            letters = _letters(name)
            if not any(c in line.mask for c in letters) and name != "held_on":
                continue
            for verb in _verbs(name).finditer(line.mask):
                yield from _timed(line, name, letters, verb, context)
        yield from _days(line)
    elif context.date is not None and context.fresh and not _OTHER_DAY.search(line.mask):
        yield from _same_day(line, context.date)
    if DATE not in line.mask and context.date is not None and _STAGE.match(line.mask):
        for verb in _verbs("issued_on").finditer(line.mask):
            for i in _things(line, verb, POLICY):
                span = line.span(verb.start(), i + 1) if verb.start() < i else line.span(i, verb.end())
                yield Relation("issued_on", line.at[i], context.date, span, f"on the day before, {verb[0]}, policy")


_OTHER_DAY = re.compile(r"近日|日前|近期|将|此前|曾|去年|前不久|不久|每年|往年|历届|首次")
_OPENS = re.compile(rf"({EVENT})(?:在{PLACE}{{1,3}})(?:举行|启动|开幕|举办|召开)(?=[，。])")


def _same_day(line: Line, date: Mention) -> Iterator[Relation]:
    """今天是世界水日。首届宣传活动在西安启动: on the day that the sentence before names."""
    for match in _OPENS.finditer(line.mask):
        if match.start() == 0:
            yield Relation("held_on", line.at[0], date, line.span(*match.span()), "event opens on the day before")


def _timed(line: Line, name: str, letters: str, verb: re.Match[str], context: Context) -> Iterator[Relation]:
    date = governing(line, verb.start(), verb.end(), name in ("started_on", "completed_on", "founded_on"))
    if date is None or _vague(line, name, date, verb):
        return
    rule = f"date, {verb[0]}, {name.removesuffix('_on')}"
    things = _things(line, verb, letters)
    if name == "held_on" and context.heading is not None and len(things) > 1:
        # 举办E。5月30日，在P举办A、B等10场活动: the day is that of E
        yield Relation(name, context.heading, line.at[date], line.span(date, verb.end()), rule + " of the heading")
        return
    day = _beginning(line, date) if name == "started_on" else line.at[date]
    for i in things if day else ():
        assert day is not None
        yield _relation(line, name, line.at[i], i, date, verb.span(), rule, day)
    if not things and name == "held_on" and context.latest is not None and EVENT not in line.mask[: verb.start()]:
        bare = re.compile(r"(?:该|此|本)[^，。]{0,6}|[^，。]{0,1}(?=[，。；]|$)").match(line.mask, verb.end())
        if bare and verb[0] in ("举办", "举行", "召开", "开幕", "闭幕", "展出", "进行"):
            yield Relation(
                name, context.latest, line.at[date], line.span(date, verb.end()), rule + ", of the event before"
            )


def _days(line: Line) -> Iterator[Relation]:
    for match in _BESIDE.finditer(line.mask):
        yield Relation(
            "held_on", line.at[match.start(2)], line.at[match.start(1)], line.span(*match.span()), "date beside event"
        )
    for match in _IS.finditer(line.mask):
        yield Relation(
            "held_on", line.at[match.start(2)], line.at[match.start(1)], line.span(*match.span()), "date 是 event"
        )
    for match in _AT.finditer(line.mask):
        if _good(line, match.start(1)) and (match[2].startswith("，") or "，" not in match[2]):
            yield Relation(
                "held_on",
                line.at[match.start(3)],
                line.at[match.start(1)],
                line.span(*match.span()),
                "date, 在 event 上",
            )


__all__ = ["ANY", "QUANTITY", "times"]
