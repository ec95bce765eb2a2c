"""Where it is: 位于P的X, X在P举行, A在P举办X, 在P，X开工."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, PARK, Line, letter
from extractors.relations.context import Context
from extractors.relations.grammar import PARTS, light, modality, pattern, roles
from extractors.relations.nesting import code_of, is_nature, lies
from extractors.relations.sites import CHAIN, CHAINS, innermost
from extractors.relations.themes import called, short_subject, silent_subject
from extractors.relations.verbs import guest_of
from extractors.relations.visits import visits

_THING = PARTS["Event"] + PARTS["Project"] + PARK
_LIES = pattern(
    rf"""⟨t:located_in⟩[^，。；⟦Place⟧]{{0,6}}(?P<places>{CHAINS})
        (?:(?:交界|接壤|交汇|之间)[^，。；⟦Any⟧]{{0,4}}的(?P<between>{CHAIN}))?"""
)
# 位于某冰盖最高点、海拔4087米的甲站
_WHAT_LIES = pattern(r"(?:⟨~6⟩|[^，。；、的⟦Any⟧]{0,6}、[^，。；、的]{1,10})的⟨~30⟩([⟦Event⟧⟦Project⟧⟦Org⟧])")
# 地处青藏高原腹地的三江源国家公园, 位于三峡库区的宜昌许家冲村
_LAND_IN = pattern("[^，。；、的⟦Any⟧]{0,6}的⟨Place⟩{1,3}(?![的、和与及])")
_WATERS = ("江", "河", "湖", "海", "洋", "湾", "海峡", "水道", "流域", "干流", "上游", "中游", "下游", "入海口", "沿线")
_OF_SOMETHING = pattern("[^，。；、⟦Any⟧]{0,4}的(?!中心|[东西南北中核腹交])(?:⟨Programme⟩|[^，。；、⟦Any⟧]{4})")
# 位于南海中部海域，我国首个深水气田——J投产; 位于沙漠腹地，甲油田J钻至万米
_DASHED = pattern(
    r"""[^，。；的⟦Any⟧]{0,10}，[^，。；⟦Any⟧]{0,12}(?:⟨Place⟩(?:[^，。；⟦Any⟧]|⟨Quantity⟩){0,24})?——(⟨Project⟩)
        | [^，。；的⟦Any⟧]{0,8}，⟨Org⟩?(?P<own>⟨Project⟩)(?![的和与、])"""
)
# 在P…举行; 在京举行
_IN = pattern(rf"[在于][^，。；：⟦Place⟧的]{{0,8}}(?P<places>{CHAINS}|京(?=[举召开出启发揭闭正隆成落]))")
# 在P，X开工; 在P，围绕…领域，已布局X; 高新区内，X投产; 武汉江夏区，X落成
_SCENE = pattern(
    rf"""(?: (?:^|[，。；：\s]) (?: (?:在|走进|来到)?(?={CHAIN}(?:境内|内|里|现场|街头|(?:腹地|深处)，)) | 在 )
            | ^(?=⟨Place⟩{{2,4}}[^，。；的⟦Any⟧]{{0,4}}，) )
        ({CHAIN})[^，。；的]{{0,6}}，
        (?=(?P<between>(?:[^，。；⟦Any⟧]{{0,30}}，)?⟨~40⟩)([⟦Project⟧⟦Org⟧]))"""
)
# 在成都，E今天拉开帷幕
_OPENS = pattern(
    rf"""(?:^|[，。；：\s])(?:在|来到|走进)({CHAINS})，(⟨Event⟩)(?![^，。；]{{0,12}}(?:建设|场馆|筹备|火炬|倒计时))
        (?:[^，。；在⟦Place⟧⟦Event⟧]|(?<=正)在){{0,12}}?
        (?:举行|举办|召开|开幕|闭幕|启幕|落幕|拉开|启动|开赛|揭幕|收官)""",
    only="，⟨Event⟩",
)
_LATER_CLAUSE = pattern("，(?:[\u4e00-\u9fff]{0,12}的)?⟨Project⟩")
_BESIDE = regex("畔|边|旁|之滨|脚下|沿岸|岸边|附近")
_MOVES = pattern("[由从向往将把被⟦Person⟧]|通过|来自")
_BUILT = regex("[^，。；\ue000-\ue00b]{2,16}的")  # 在徐州，深入地下百米的甲实验室正在建设
_SETTLED = ("Academy", "Company", None)  # bodies of one place: 在张江，上海光源…
_LATER = pattern(r"⟨~16⟩——(⟨Project⟩)")
_HELD = pattern(r"[了的]?[^，。；：]{0,24}?([⟦Event⟧⟦Project⟧])")
_VISITED = pattern(r"[^，。；会来]{0,16}?(?:出席|参加|主持召开|主持|参观)了?⟨~10⟩(⟨Event⟩)")
_OTHER_NAMES = pattern("[⟦Org⟧⟦Event⟧⟦Person⟧]")
_WITH_WHOM = pattern("^[同与和][^，。；的⟦Event⟧⟦Org⟧]{0,12}⟨Person⟩(?:共同)?")  # 在P同某人举行E
_TAKES_PLACE = pattern("⟨m:located_in⟩")
# 学习贯彻E精神座谈会在京召开: another event follows, which no extractor knows
_ANOTHER = regex(
    r"(?<=[\ue000-\ue00b])的|精神|(?:座谈|研讨|报告|推进|动员|发布|宣讲|部署|调度|现场|签约)会|培训班|决赛|代表团|会谈"
)
_OF_ITS_OWN = regex("火炬|圣火|代表团|参赛|门票|志愿者|组委会|筹备|倒计时|主题曲|吉祥物")  # 亚运会火炬传递在P进行
# 位于P的东方电气生产车间: the works lie there, the company may not
_WORKS = regex("[\u4e00-\u9fff]{0,10}(?:车间|工厂|厂区|厂房|基地|产业园|生产线|项目|展厅|门店|仓库|园区)")
_INVESTS = regex(r"[、等和与]|[^，。]{0,6}(?:投资|联合|计划|出资|斥资)")
_HEADS_FOR = regex(r"(?:到达|抵达|到|走进|来到|前往|探访|参观|走访|考察|进入|对|将|把|在|从|向|为|访问|和|与|的)$")
# What may stand between an event and 在P: 科技周主场活动今天在P, 大会由A主办在P
_OF_EVENT = pattern(
    r"""(?:[^，。；⟦Any⟧]{0,8}?(?:开幕式|闭幕式|开幕会|主会场(?:活动)?|主论坛|主场活动|启动式|启动仪式|活动|现场|全体会议|主展)
        | 由[^，。；]{2,40}(?:主办|承办|举办|组织) | [从自]?⟨Date⟩(?:起|开始)?(?:至|到|—|－|-)⟨Date⟩ | ⟨Date⟩ )?"""
)
# what is founded in a place is a body
_FOUNDS = (
    *("成立", "揭牌", "揭牌成立", "挂牌成立", "挂牌", "组建", "建成", "落成", "启用", "投用"),
    *("开园", "开馆", "落户", "奠基"),
)
_END = regex("[；。在]")

_HOLDING = (
    *("举行", "举办", "召开", "开幕", "闭幕", "落幕", "启幕", "启动", "拉开帷幕", "落下帷幕", "拉开序幕", "拉开大幕"),
    *("进行", "揭幕", "开赛", "收官"),
)
_ALONE = regex(r"[，。；、！\s]|$|并|了?(?:该|本|此|这)")  # also 在P举办该活动
_MEETS = ("举行", "召开", "举办")
_RUNS_ON = regex(r"[\u4e00-\u9fff]")


def places(line: Line, context: Context) -> Iterator[Relation]:
    """Where one sentence says that things are or take place."""
    mask = line.mask
    events, works, bodies = LETTERS["Event"] in line.signs, line.works, line.bodies
    for match in _LIES.finditer(mask):
        yield from _lying(line, match, context)
    for match in _IN.finditer(mask):
        yield from _taking_place(line, match, context)
    for match in _INSIDE.finditer(mask) if works or bodies else ():
        yield from lies(
            line, line.at[match.start(2)], innermost(line, *match.span(1)), match.span(), "place 内的 thing"
        )
    yield from visits(line)
    for match in _OPENS.finditer(mask) if events else ():
        for place in _each(line, *match.span(1)):
            yield from lies(line, line.at[match.start(2)], place, match.span(), "在 place, event opens")
    for match in _BUDGET.finditer(mask) if works else ():
        place = innermost(line, *match.span(1))
        yield from lies(line, line.at[match.start(2)], place, match.span(), "place 总投资…的 thing")
    for match in _SCENE.finditer(mask) if works or bodies else ():
        first = _last_of_row(line, _project_of(line, match.start(3)))
        told = line.at[first]
        body = told.type == "Organization" and letter(told) != PARK
        if body and told.name.kind == "Company" and _INVESTS.match(line.mask, first + 1):
            continue  # 在葫芦岛，中国中化投资的项目: the company is not of the place
        between = match["between"] if not _BUILT.fullmatch(match["between"]) or told.name.kind != "Academy" else ""
        if _MOVES.search(match["between"]) or (body and (between or told.name.kind not in _SETTLED)):
            continue
        later = _LATER.match(line.mask, match.end(3))  # 在钦州，平陆运河枢纽工程——青年枢纽
        things = _row(line, later.start(1)) if later else _row(line, first, line.mask[first] if body else _THING)
        if body:  # 在广东，甲实验室、乙实验室: of one kind
            things = [i for i in things if line.at[i].name.kind == told.name.kind]
        things += [m.end() - 1 for m in _LATER_CLAUSE.finditer(line.mask, things[-1], _scene_end(line, things[-1]))]
        for thing in things:
            span = match.start(1), thing + 1
            yield from lies(line, line.at[thing], _scene(line, *match.span(1)), span, "在 place, thing")


# 安徽滁州总投资20亿元的电池项目
_BUDGET = pattern(
    rf"""(?:^|[，。；])({CHAIN})(?:总投资|投资|占地|总装机|装机|全长|设计|新建|在建|规划)
        [^，。；的⟦Place⟧⟦Org⟧]{{0,16}}的(⟨Project⟩)""",
    only="的⟨Project⟩",
)
# 张江科学城内的上海光源
_INSIDE = pattern(
    rf"""({CHAIN})(?:境内|辖区内|内|腹地|深处|(?:深|大)?山里|群山中|戈壁滩?上)的[^，。；⟦Any⟧]{{0,10}}
        ([⟦Project⟧⟦Park⟧])""",
    only="[内地处里中上]的",
)


def _scene(line: Line, start: int, end: int) -> Mention:
    """The place of a scene: 在济南大明湖畔 is Jinan, not the lake."""
    found = [line.at[i] for i in range(start, end) if i in line.at]
    if len(found) > 1 and _BESIDE.match(line.mask, end) and is_nature(found[-1]):
        return found[-2]
    return innermost(line, start, end)


def _scene_end(line: Line, start: int) -> int:
    """Where a scene ends: at the next 在 or semicolon, or with the sentence."""
    end = _END.search(line.mask, start)
    return end.start() if end else len(line.mask)


def _project_of(line: Line, first: int) -> int:
    """The project or the field rather than its owner: 高新区内，长城汽车蜂巢项目; 位于巴中的中国石化巴中气田."""
    after = line.mask[first + 1 : first + 2]
    if line.mask[first] in _THING or not after:
        return first
    field = after == LETTERS["Place"] and line.at[first + 1].name.text.endswith(("田", "矿区"))
    return first + 1 if field or after in PARTS["Project"] else first


def _last_of_row(line: Line, first: int) -> int:
    """位于湖北宜昌的沪渝蓉高铁香溪河大桥: the bridge, which is the last of the two names."""
    work = LETTERS["Project"]
    while line.mask[first] == work == line.mask[first + 1 : first + 2] and line.end(first) == line.start(first + 1):
        first += 1
    return first


def _each(line: Line, start: int, end: int) -> list[Mention]:
    """The innermost place of every chain: 新疆乌恰、甘肃瓜州 are two."""
    found: list[Mention] = []
    for i in range(start, end):
        if i in line.at:
            if found and line.mask[i - 1] not in "、和与及":
                found.pop()
            found.append(line.at[i])
    return found or [innermost(line, start, end)]


def _lying(line: Line, match: re.Match[str], context: Context) -> Iterator[Relation]:
    """位于P的X; X位于P, also with a comma between, or with other words about X between."""
    where = _each(line, *(match.span("between") if match["between"] else match.span("places")))
    after = _WHAT_LIES.match(line.mask, match.end()) or _DASHED.match(line.mask, match.end())
    for place in where:
        if after:
            found = after.start(after.lastindex or 1)
            first = _last_of_row(line, _project_of(line, found))
            if line.at[first].name.kind == "Company" and _WORKS.match(line.mask, first + 1):
                continue
            yield from lies(line, line.at[first], place, (match.start(), first + 1), "位于 place 的 thing")
            continue
        start, _ = line.clause(match.start())
        if match.start() == start and _OF_SOMETHING.match(line.mask, match.end()):
            return  # 在甲示范区，位于乙市的修复工程…: what lies there has no name that could lie
        leads = match.start() == start or line.mask[match.start() - 1] in "了在到进对向是"
        if leads and (land := _LAND_IN.match(line.mask, match.end())):
            yield from _within(line, line.at[land.end() - 1], place, (match.start(), land.end()))
            continue
        before = match.start() - 1
        if before >= 0 and line.mask[before] == LETTERS["Place"]:
            yield from _within(line, line.at[before], place, (before, match.end()))
            continue
        for thing in _what_lies(line, match.start(), context):
            yield from lies(line, thing, place, match.span(), "thing 位于 place")


def _within(line: Line, land: Mention, place: Mention, span: tuple[int, int]) -> Iterator[Relation]:
    """A park, a village or a mountain that 位于 puts in a wider place; a province lies by no river."""
    a, b = (m.name.code or code_of(m.name.text) for m in (land, place))
    wide = a.endswith("0000") or place.name.text in roles("wide") or (a and b)
    if wide:
        yield from lies(line, land, place, span, "place 位于 place") if a[-4:] != "0000" else ()
    elif land.name.text != place.name.text and not place.name.text.endswith(_WATERS):
        yield Relation("located_in", land, place, line.span(*span), "place 位于 place")


def _what_lies(line: Line, verb: int, context: Context) -> list[Mention]:
    """The thing before 位于 in its clause or right before its comma, else what the sentence is about."""
    start, _ = line.clause(verb)
    if _HEADS_FOR.search(line.mask, start, verb):
        return []  # 到达位于北冰洋的海域: what lies there has no name
    near = [i for i in range(max(0, start - 1), verb) if line.mask[i] in _THING + LETTERS["Organization"]]
    works = [i for i in near if line.mask[i] in PARTS["Project"] and line.mask[i + 1] not in "的、"]
    if works:
        return [line.at[i] for i in line.row_back(works[-1], line.mask[works[-1]])]  # A投资建设的J位于P
    if near:
        return [line.at[i] for i in _row(line, near[0], line.mask[near[0]])]
    if short := called(line, start, verb, _THING + LETTERS["Organization"], context):
        return [short]
    silent = silent_subject(line, start, verb, _THING + LETTERS["Organization"])
    if silent is not None:
        return [line.at[silent]]
    return [line.at[i] for i in range(verb) if line.mask[i] in _THING][-1:]


def _taking_place(line: Line, match: re.Match[str], context: Context) -> Iterator[Relation]:
    """X在P举行, 在P举行的X, A在P举办X, P在北京出席E."""
    where = _each(line, *match.span("places"))
    _, end = line.clause(match.start())
    verb = _TAKES_PLACE.search(line.mask, match.end(), min(end, match.end() + 16))
    gap = _WITH_WHOM.sub("", line.mask[match.end() : verb.start()]) if verb else ""
    if verb and gap.count("的") <= 1 and "、在" not in gap and not _OTHER_NAMES.search(gap):
        for place in where:
            yield from _held_there(line, match.start(), verb, place, context)
    elif (visited := _VISITED.match(line.mask, match.end(), end)) and guest_of(line, visited.start(1)) is None:
        for thing in _row(line, visited.start(1)):
            yield from lies(line, line.at[thing], where[-1], (match.start(), thing + 1), "在 place 出席 event")


def _held_there(line: Line, start: int, verb: re.Match[str], place: Mention, context: Context) -> Iterator[Relation]:
    """What a verb of holding or building puts at a place; 在P举办 alone is about the event before."""
    doubt = modality(line.mask[line.clause(start)[0] : verb.start()])
    if doubt == "negated":
        return  # 培训不会在P进行
    right = _HELD.match(line.mask, verb.end())
    if right:
        things = _row(line, right.start(1))
        if verb[0] in _MEETS and line.at[things[-1]].type != "Event" and _RUNS_ON.match(line.mask, things[-1] + 1):
            return  # 在P举行X任务样品交接仪式: a ceremony without a name of its own, not the mission
        if context.heading is not None and len(things) > 1:
            # 举办E。在P举办A、B等10场活动: the place is that of E
            rule = f"在 place {verb[0]}, of the heading"
            yield from lies(line, context.heading, place, (start, verb.end()), rule, doubt)
            return
        for thing in things:
            yield from lies(line, line.at[thing], place, (start, thing + 1), f"在 place {verb[0]} thing", doubt)
        return
    left = _before(line, start, verb[0])
    if not _ALONE.match(line.mask, verb.end()):  # A在P成立小组: it is not A that was founded there
        left = [i for i in left if line.at[i].type != "Organization" or letter(line.at[i]) == PARK]
    for thing in left:
        yield from lies(line, line.at[thing], place, (thing, verb.end()), f"thing 在 place {verb[0]}", doubt)
    if left:
        return
    clause = line.clause(start)[0]
    short = called(line, clause, start, _THING, context)
    told = [short] if short else short_subject(line, clause, start, context)
    alone = verb[0] in _HOLDING and _ALONE.match(line.mask, verb.end())
    if not told and alone and context.latest is not None:
        told = [context.latest]  # 在吉隆坡举行了授旗仪式 is about another event
    for event in told:
        rule = f"在 place {verb[0]}, of the event before"
        yield from lies(line, event, place, (start, verb.end()), rule, doubt)


def _before(line: Line, start: int, verb: str) -> list[int]:
    """The things before 在P in the clause, or what the sentence is about when only adverbials stand between."""
    clause, _ = line.clause(start)
    wanted = _THING + (LETTERS["Organization"] if verb in _FOUNDS else "")
    found = [i for i in range(clause, start) if line.mask[i] in wanted]
    silent = silent_subject(line, clause, start, wanted) if not found else None
    if silent is not None:
        found = [silent]
    elif not found and clause and light(line.mask[clause:start]):
        found = [i for i in range(clause) if line.mask[i] in PARTS["Event"] + LETTERS["Project"]]
    if found and _OF_ITS_OWN.match(line.mask, found[-1] + 1):
        return []
    if not found or _ANOTHER.search(line.mask, found[-1] + 1, max(start if found[-1] >= clause else 0, found[-1] + 2)):
        return []
    last = found[-1]
    if line.mask[last] in PARTS["Event"] and last >= clause:
        gap = _OF_EVENT.match(line.mask, last + 1, start)
        if gap and not light(line.mask[gap.end() : start]):
            return []  # 亚运会火炬传递在P举行: not the games
    return line.row_back(last, line.mask[last])


def _row(line: Line, first: int, wanted: str = _THING) -> list[int]:
    """A thing and those joined to it."""
    return line.row(first, wanted)
