"""When it was: the date that governs a verb of holding, issuing, starting, finishing or founding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.model import Edtf, Mention, Relation
from extractors.ontology import relation_types
from extractors.patterns import regex
from extractors.relations.apart import STRETCH, another_act, on_its_day, one_leg, only_part
from extractors.relations.clauses import LETTERS, PARK, Line
from extractors.relations.context import Context
from extractors.relations.days import days
from extractors.relations.governing import bare_year, governing
from extractors.relations.grammar import light, modality, pattern
from extractors.relations.objects import BRANCH, whole
from extractors.relations.themes import short_subject, silent_subject
from extractors.relations.verbs import guest_of

TIMED = ("held_on", "issued_on", "started_on", "completed_on", "founded_on")
_DATE = LETTERS["Date"]
_EVENT = LETTERS["Event"]

_SEASON = regex("季度|半年|假期|^前|[春夏秋冬]季|全年|期间")
_BEGUN = regex("(?:建设|施工|实施|开展|建造|推进)?了?(?:[^，。；向对在]{0,12}的)?")
# 赴P出席E: the day of the departure
_LEAVES = regex("离开|启程|出发|飞往|前往|抵达|赴")
# 组建包含A在内的政府, 成立联军对A发起, 成立仪式在A举行: A is not what was founded
_NOT_FOUNDED = regex("仪式|大会|包含|包括|在|对|向|与|由|以|会上")
_WORKS = ("started_on", "completed_on", "founded_on")
_WILL = regex("(?<!即)将(?![军领士])[^，。；的]{0,16}$")  # 将于9月启动, but not 即将出征的代表团今天成立
_NOT_THERE = regex("结束$")
_AHEAD_OF = regex("之?前(?![国央沿])")
# The verb ends the clause: nothing else is held, built or issued by it.
_END = pattern(
    r"了?(?:建设|建造|运行|运营|使用|商业运[营行]|试运[营行]|启用|发电|通车|通航|通水|投用|投产|开通|启用|仪式|典礼|(?:第一次|首次)全体会议|开幕会|开幕式)?(?=[，。；！、\s]|$|并|于|以来|⟨Date⟩(?:[，。；、）]|$))"
)
# What may follow the thing itself; 总台新疆总站8月3日揭牌 is not about 总台.
_AFTER_THING = pattern(
    r"""⟨Date⟩ | ⟨Place⟩ | ⟨Quantity⟩ | (?:北京|当地)时间 | [，、）]
        | [以在于将正已也还再又全即顺成圆如隆胜同刚近日今昨](?!果) 
        | [和与及暨由经自从连累各] | 第(?![一二三四五六七八九十\d]{1,3}[期届场次])
        | 创[办建立刊] | 建[校院] | 组建 | 挂牌 | 注册
        | 主(?![席媒会场新持]) | [投开竣通完建揭举拉展] | 闭幕 | 启动 | 启幕 | 落幕 | 召开 | 上线
        | 发布 | 公布 | 印发 | 出台 | 颁布 | 并网 | 交付 | 动工 | 奠基 | 落成 | 立项
        | 计划 | 力争 | 预计 | 有望 | 拟 | 推迟 | 延期 | 提前 | 改期
        | 等(?:[^，。；、⟦Any⟧]{0,10}(?:工程|项目|设施|线路))? | 集中 | 始建
        | [\d一二三四五六七八九十两]{1,4}[台座组套][^，。；⟦Any⟧]{0,8}全部
        | 工程 | 项目 | 主体 | [一二三]期 | 首次 | 首个 | 首批"""
)
_JOINED = pattern(r"[、和与及暨]?(?=⟨Any⟩)")
_BOUT = regex(
    r"[^，。；的]{0,12}?(?:决赛|半决赛|预赛|小组赛|首场|首轮|比赛|赛事|赛区|项目|精神|第[一二三四五0-9]{1,2}期)"
    r"|[^，。；的今昨在举召\ue000-\ue00b]{0,20}?(?:新闻发布会|动员会|说明会|出征仪式|倒计时)"
)
_VISITS = ("出席", "参加", "参观", "主持", "主持召开")
# J开工仪式D在P举行
_CEREMONY = pattern(
    r"""(⟨Project⟩)⟨~10⟩(?:(?P<start>开工|奠基|动工|启动)|(?P<end>通车|竣工|投产|投运|启用|通航|通水|落成))
        (?:仪式|典礼|动员大?会|活动)"""
)
_WHERE = pattern("在⟨Place⟩*$")
_SINCE = pattern("[⟦Date⟧底年](?:正式|全线|全面|全部)?$")  # 自D全面通水以来
_IN_FULL = regex("(?:全线|全面|全部|整体)$")
# 起于甲站，止于乙站，预计D通车; 在甲网骨干工程——某水库工地，…: neither is what the clause is about
_NO_SUBJECT = pattern(
    "[于至从到]⟨Any⟩ | ⟨~1⟩⟨Any⟩[^，。；⟦Any⟧]{0,3}(?:骨干|重点|控制性|标志性|重大)[^，。；⟦Any⟧]{0,3}(?:工程|项目)——"
)
_ROUND = pattern(
    r"[^，。；⟦Any⟧]{0,4}(?:⟨Date⟩|20\d\d年)度?[^，。；⟦Any⟧]{0,6}[⟦Programme⟧⟦Project⟧][^，。；⟦Any⟧]{0,4}工作"
)
_DOES = ("开展", "实施", "部署", "推进", "制定")
_INTENDED = regex("将|要|有望|推动|推进")
_STAGE = regex(r"(?:开幕式|会|现场|活动|大会|论坛|仪式|发布会|期间)[上中]|现场|当天|同日|活动期间|其间")
_OTHER_DAY = regex(r"近日|日前|近期|将|此前|曾|去年|前不久|不久|每年|往年|历届|首次")
_OPENS = pattern(r"(⟨Event⟩)在⟨Place⟩{1,3}(?:举行|启动|开幕|举办|召开)(?=[，。])")
_ALONE = regex(r"(?:该|此|本)[^，。]{0,6}|[^，。]?(?=[，。；]|$)")
_HOLDING = ("举办", "举行", "召开", "开幕", "闭幕", "展出", "进行", "落下帷幕", "拉开帷幕", "启幕", "落幕")


@cache
def _verbs(name: str) -> re.Pattern[str]:
    since = "" if name in ("completed_on", "founded_on", "started_on") else "|以来"  # 自D建成以来 tells the day
    return pattern(f"⟨t:{name}⟩(?![会者权费商人议]|方案|办法{since}|仪式上)")


@cache
def _letters(name: str) -> str:
    found = "".join(LETTERS[t] for t in relation_types()[name].source)
    return found + (PARK if LETTERS["Organization"] in found else "")


@cache
def _sources(name: str) -> frozenset[str]:
    return frozenset(_letters(name))


def times(line: Line, context: Context) -> Iterator[Relation]:
    """Dates of the things of one sentence; a sentence that only says when and where is about the event before it."""
    if _DATE in line.signs:
        for name in TIMED:
            if name != "held_on" and _sources(name).isdisjoint(line.signs):
                continue  # a verb of holding may be about an event told of before
            for verb in _verbs(name).finditer(line.mask):
                yield from _timed(line, name, verb, context)
        yield from days(line)
        if line.works:
            yield from _ceremonies(line)
    if context.date is None:
        return
    named = [m for m in line.at.values() if m.type == "Date" and isinstance(m.value, Edtf) and "-" in m.value.value]
    if not named:
        yield from _same_day(line, context.date, context.fresh)


def _timed(line: Line, name: str, verb: re.Match[str], context: Context) -> Iterator[Relation]:
    if line.mask.startswith("以来", verb.end()) and not _SINCE.search(line.mask, 0, verb.start()):
        return
    date = governing(line, *verb.span(), name in ("started_on", "completed_on", "founded_on"))
    if date is None or _vague(line, name, date, verb):
        return
    if name == "started_on" and (line.mask.startswith("期间", date + 1) or _ROUND.match(line.mask, verb.end())):
        return  # 1月份期间，各地开展G; 部署2023年G工作: one round of what began long ago
    day = _beginning(line, date, verb[0]) if name == "started_on" else line.at[date]
    things = _things(line, verb, _letters(name)) if day else []
    if another_act(line, name, date, verb):
        return
    if name == "founded_on":
        things = [i for i in things if not BRANCH.match(line.mask, i + 1)]
    if name == "held_on":
        things = [i for i in things if not one_leg(line, i, verb.start()) and not on_its_day(line, i)]
    if name in ("started_on", "completed_on"):
        things = [i for i in things if not only_part(line, i, verb.start()) and _itself(line, i, verb)]
    if verb[0] in _VISITS and (_leaves(line, date, verb) or (_stretches(day) and "访问" in line.mask[date:])):
        return  # 7月2日至6日访问P，主持E; 7月2日离开北京，赴P出席E; 7月2日至6日出席E，并访问P
    rule = f"date, {verb[0]}, {name.removesuffix('_on')}"
    between = line.mask[max(line.clause(verb.start())[0], min(date, verb.start()) - 8) : verb.end()]
    doubt = modality(between)
    if doubt == "asserted" and name in _WORKS and _WILL.search(line.mask, 0, verb.start()):
        doubt = "planned"
    if day is None:
        return
    if name == "held_on" and context.heading is not None and len(things) > 1:
        # 举办E。5月30日，在P举办A、B等10场活动: the day is that of E
        span = line.span(min(date, verb.start()), max(date + 1, verb.end()))
        yield Relation(name, context.heading, day, span, rule + " of the heading", doubt)
        return
    for i in things:
        span = line.span(min(i, date, verb.start()), max(i + 1, date + 1, verb.end()))
        yield Relation(name, line.at[i], day, span, rule, doubt)
    told = (
        short_subject(line, line.clause(verb.start())[0], verb.start(), context)
        if name == "held_on" and not things and not bare_year(line, date)  # 今年晚会在温州举办
        else []
    )
    for event in told:
        span = line.span(min(date, verb.start()), max(date + 1, verb.end()))
        yield Relation(name, event, day, span, rule + ", of the event before", doubt)
    if told:
        return
    alone = name == "held_on" and not things and verb[0] in _HOLDING
    alone = alone and light(line.mask[line.clause(verb.start())[0] : verb.start()])  # 射击比赛今天进行
    alone = alone and (context.heading is not None or _ALONE.match(line.mask, verb.end()) is not None)
    if alone and context.latest is not None and _EVENT not in line.mask[: verb.start()]:
        span = line.span(min(date, verb.start()), max(date + 1, verb.end()))
        yield Relation(name, context.latest, day, span, rule + ", of the event before", doubt)


def _leaves(line: Line, date: int, verb: re.Match[str]) -> bool:
    """Whether the day is that of the departure: 启程赴P出席E; but 4月，P赴重庆考察，并主持召开E."""
    leaves = _LEAVES.search(line.mask, date, verb.start())
    return leaves is not None and not (leaves[0] == "赴" and verb[0].startswith("主持"))


def _stretches(day: Mention | None) -> bool:
    return day is not None and isinstance(day.value, Edtf) and "/" in day.value.value


def _itself(line: Line, thing: int, verb: re.Match[str]) -> bool:
    """Whether what follows the verb is the thing and not a modifier: 启动三北工程攻坚战 begins no 三北工程."""
    return thing < verb.start() or line.mask.startswith("以来", verb.end()) or whole(line, thing)


def _ceremonies(line: Line) -> Iterator[Relation]:
    """J开工仪式7月19日在P举行: the day on which the work began."""
    for match in _CEREMONY.finditer(line.mask):
        name = "started_on" if match["start"] else "completed_on"
        held = _verbs("held_on").search(line.mask, match.end(), line.clause(match.start())[1])
        place = held.span() if held else (match.end(), match.end())
        date = governing(line, *place, True)
        if STRETCH.search(match[0]) or "车站" in match[0]:
            continue
        if date is not None and not bare_year(line, date):
            span = line.span(min(date, match.start()), max(date + 1, match.end()))
            for i in line.row(match.start(1), LETTERS["Project"]):
                yield Relation(name, line.at[i], line.at[date], span, "ceremony of a project on a date")


def _vague(line: Line, name: str, date: int, verb: re.Match[str]) -> bool:
    """今年实施…, 2025年要开展…: a bare year with a verb of doing tells no beginning; 今年起开展 does."""
    if not bare_year(line, date):
        return False
    if name == "held_on":
        return verb.start() - date > 8  # 2019年举办 says when, 今年以来…举办 does not
    if line.mask[date + 1 : date + 2] == "起":
        return False
    between = line.mask[min(date, verb.start()) : max(date, verb.start())]
    planned = name != "founded_on" and modality(between) == "planned"
    return verb[0] in _DOES or planned or _INTENDED.search(between) is not None


def _beginning(line: Line, date: int, verb: str) -> Mention | None:
    """4月至8月开展, 自4月—8月 began in April; 1至4月开工 is any day of these; 十四五期间开展 tells no beginning."""
    mention = line.at[date]
    if _SEASON.search(line.words(date)):
        return None  # 一季度开展了: it may have begun before
    if not isinstance(mention.value, Edtf) or "/" not in mention.value.value:
        return mention
    begin, _, end = mention.value.value.partition("/")
    if begin[:4] != end[:4]:
        return None
    lasts = verb in _DOES or line.mask[date - 1 : date] in ("自", "从")
    return replace(mention, value=Edtf(begin)) if lasts else mention


def _things(line: Line, verb: re.Match[str], wanted: str) -> list[int]:
    """What was held, issued, …: after the verb (举行E, 举行的E), else before it in its clause (E在P举行)."""
    if line.mask.startswith("以来，", verb.end()) and line.mask[verb.end() + 3 : verb.end() + 4] in tuple(wanted):
        return [verb.end() + 3]  # 自2016年落成以来，J…
    for i in range(verb.end(), min(len(line), verb.end() + 32)):
        if line.mask[i] in wanted:
            if verb[0].endswith("结束") and not line.mask.startswith("的", verb.end()):
                break  # 结束对P的访问; 昨天结束的E is the event
            if verb[0] == "开始" and not _BEGUN.fullmatch(line.mask, verb.end(), i):
                return []  # 开始向隧道注水
            if verb[0] in _VISITS and (guest_of(line, i) is not None or _NOT_THERE.search(line.mask[: verb.start()])):
                return []  # 会见来华出席E的P, 结束出席E后回国 say nothing of the day of E
            if verb[0] in _VISITS and _AHEAD_OF.match(line.mask, i + 1):
                return []  # 出席E前会见P
            if LETTERS["Organization"] in wanted and _NOT_FOUNDED.search(line.mask, verb.end(), i):
                return []
            if _BOUT.match(line.mask, i + 1):
                return []  # 昨晚进行的巴黎奥运会乒乓球决赛: the games are not on that day alone
            return _row(line, i, wanted)
        if line.mask[i] in "，；。：！":
            break
    if not _END.match(line.mask, verb.end()):
        return []
    clause, _ = line.clause(verb.start())
    if clause and not any(c in wanted for c in line.mask[clause : verb.start()]):
        return _leading_thing(line, clause, verb.start(), wanted)
    for i in range(verb.start() - 1, max(clause, verb.start() - 35) - 1, -1):
        if line.mask[i] in wanted:
            if not _AFTER_THING.match(line.mask, i + 1) or _WHERE.search(line.mask, clause, i):
                return []
            return line.row_back(i, wanted)
    return []


def _leading_thing(line: Line, clause: int, verb: int, wanted: str) -> list[int]:
    """E由A、B共同主办，25日在北京开幕: the subject of the sentence, when the clause names no other."""
    if full := _IN_FULL.search(line.mask, clause, verb):
        verb = full.start()  # 预计D全线通车
    silent = silent_subject(line, clause, verb, wanted)
    if silent is not None and line.mask[silent + 1] not in "的、":
        return [] if _NO_SUBJECT.match(line.mask, max(silent - 1, 0)) else [silent]
    things = [i for i in range(clause) if line.mask[i] in wanted and not _NO_SUBJECT.match(line.mask, max(i - 1, 0))]
    alone = len(things) == 1 and things[0] <= 4 and light(line.mask[clause:verb])
    return things if alone and line.mask[things[0] + 1] != "的" else []


def _row(line: Line, first: int, wanted: str) -> list[int]:
    """A thing and those joined to it, by 、 or side by side (《甲》《乙》); none where 的 makes them a modifier."""
    found = [first]
    while match := _JOINED.match(line.mask, first + 1):
        if line.mask[match.end()] not in wanted:
            break
        first = match.end()
        found.append(first)
    return [] if line.mask[first + 1 : first + 2] == "的" else found


def _same_day(line: Line, day: Mention, fresh: bool) -> Iterator[Relation]:
    """开幕式上发布《报告》 is on the day of the opening; 今天是世界水日。宣传活动在西安启动 is today."""
    for name, kind in (("issued_on", "Policy"), ("founded_on", "Organization")):
        for verb in _verbs(name).finditer(line.mask) if LETTERS[kind] in line.signs else ():
            if _STAGE.match(line.mask, line.clause(verb.start())[0]) or _STAGE.match(line.mask):
                for i in _things(line, verb, LETTERS[kind]):
                    span = line.span(min(i, verb.start()), max(i + 1, verb.end()))
                    yield Relation(name, line.at[i], day, span, f"on the day told before, {verb[0]}, {kind.lower()}")
    opens = _OPENS.match(line.mask) if _EVENT in line.signs else None
    if fresh and opens and not _OTHER_DAY.search(line.mask):
        yield Relation("held_on", line.at[0], day, line.span(*opens.span()), "event opens on the day told before")
