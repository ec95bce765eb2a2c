"""Who holds which post: 水利部副部长P, O党组书记、部长P, 上海市市长P, O P院长, P担任O校长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import lexicon
from extractors.model import Mention, Name, Relation, Span, record
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import either, long_pattern, pattern, roles

_PERSON = LETTERS["Person"]
_POSTS = ("company post", "party or state post", "academic post or rank", "head of state or government")
_RANKS = (
    "原", "时任", "前任", "前", "首任", "现任", "代理", "代", "候任", "名誉",
    "荣誉", "终身", "外籍", "执行", "常务", "第一", "第二", "党组", "党委", "党总支",
    "首席", "高级", "一级", "二级", "资深", "特聘", "讲席", "联合", "创始", "联席", "轮值", "机关",
)  # fmt: skip
_RANK = f"(?:{'|'.join(_RANKS)})"
# A unit inside the body: O高新技术司司长P; a post that names its own field: 国家自然资源总督察
_UNIT = r"""(?: (?:委员会|政治局|理事会|董事会|董事局|管委会|党委|中央|秘书长|总司令|国会|议会)(?!委员(?!长))
    | [\u4e00-\u9fff]{1,14}? 
      (?:司|局|处|厅|部|中心|所|室|院|系|团队|科|委员会|实验室|办公室|小组|分会|公司|学部|大队|支队|作业区|组|队|站|厂|馆|社|总部|基地|园区)
    | 国家[\u4e00-\u9fff]{2,6} )"""
# 全国人大代表、江西某村党支部书记P;
# O委员、“奋斗者”号总设计师P; O主席、快速支援部队领导人P: what else somebody is, but not in a body that is named
_BESIDES = r"""(?: [、，][^，。；、⟦Org⟧⟦Place⟧⟦Person⟧]{0,18}?
      (?:领导人|负责人|国家主席|国务委员长|航天员|获得者|得主|总设计师|总指挥|首席科学家|发言人|创始人|带头人|研究员|专家|院士|教授)
    | (?<=代表|委员)、?⟨Place⟩{0,3}⟨Org⟩?[^，。；、的⟦Org⟧⟦Place⟧⟦Person⟧]{1,16}?
      (?:书记|主任|董事长|总?经理|[厂校院所队站社村]长|教授|医生|教师|[焊钳车铣电]?工|工人|员工|职工|传承人|工程师|农艺师|技师))?"""
# 甲院院士、最高科学技术奖获得者、乙医院教授P
_HONOUR = r"(?:[^，。；、⟦Org⟧⟦Person⟧⟦Place⟧]{1,14}(?:获得者|得主)、)?"
_LAST = "人令任士官家工师席记长授挥员主者理生表、"  # letters with which titles end that no list holds
# Who heads a body beside another head: not 总统 or 总理, whose body is the state
_HEADS = (
    "书记|校长|院长|所长|主任|部长|局长|厅长|会长|"
    "理事长|董事长|总经理|总裁|秘书长|行长|台长|社长|馆长|总工程师|首席科学家|省长|市长|区长|县长"
)
# Heads of a place's government.
_LOCAL = ("省长", "市长", "区长", "县长", "州长", "旗长", "盟长", "镇长", "乡长", "主席")
_JOIN = regex(r"[、兼]")
# 国务委员兼外交部|长P, 中共中央政治局委员、外交部|长P
_AT_HOME = regex("(?<!副总理)(?:国务委员[兼、]|\ue000委员、|中方|我国)$")
_DATE = LETTERS["Date"]
_ABROAD = regex("总统|首相|国王|总理(?!李)|外长|方")
_COMMITTEE = regex(r"(?:中国共产党|中共)?(.+?[省市区县州])委?(?:委员会)?")


@record()
class _Patterns:
    titled: re.Pattern[str]
    before: re.Pattern[str]
    post: re.Pattern[str]
    after: re.Pattern[str]
    takes: re.Pattern[str]
    own: re.Pattern[str]
    bare: re.Pattern[str]
    beside: re.Pattern[str]
    silent: re.Pattern[str]
    heads: re.Pattern[str]
    called: re.Pattern[str]
    next: re.Pattern[str]
    minister: re.Pattern[str]
    second: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = {e.word for e in lexicon("titles").values() if e.note in _POSTS} - roles("calling")  # 清华大学学生P
    words |= roles("post")
    # A look at one character spares a try of every rank and head at most places.
    first = "".join(sorted({word[0] for word in (*_RANKS, *words, "副", "总")}))
    last = "".join(sorted({word[-1] for word in words} | set(_LAST)))
    words -= {f"{rank}副{word}" for word in words for rank in ("", *_RANKS)}  # rank and 副 stand before every head
    opens = "".join(sorted({word[0] for word in words}))
    heads = f"(?=[{opens}])(?:{either(words)})"
    heads += r"|总[\u4e00-\u9fff]{1,3}师|首席[\u4e00-\u9fff]{1,4}[员师官]"  # 总建筑师, 首席预报员
    # 联合国人权事务高级专员P, 欧盟外交与安全政策高级代表P, 某抵抗组织领导人P
    heads += r"|[\u4e00-\u9fff]{0,10}(?:高级专员|高级代表|特别代表|主任专员)"
    heads += "|常驻代表|第一副代表|参议长|众议长|领导人|助理秘书长|总司令|总参谋长"
    heads = rf"(?:{heads})(?:助理)?"  # 所长助理
    title = rf"(?:{_RANK}{{0,3}}副?(?:{heads})(?!的))"
    # Posts of one body: the first stands right after the body and what says more of it, the others after 、 or 兼.
    # Written as post(、post)*, the list of heads would be read twice.
    stem = "(?<=[⟦Org⟧⟦Place⟧⟦Project⟧的])|(?<=系统|项目|工程)"
    later = "(?<![⟦Org⟧⟦Place⟧⟦Project⟧的])(?<!系统)(?<!项目)(?<!工程)[、兼]{1,2}"
    posts = rf"(?:(?:{stem}|{later}){_UNIT}??{title}){{1,5}}"
    # 联合国负责维和事务的副秘书长
    # 某飞机公司C919客机总设计师
    craft = r"(?:(?<=⟨Org⟩)⟨Project⟩(?:系统|项目|工程)?(?=副?(?:总设计师|总指挥|总师|首席科学家|项目经理)))?"
    body = rf"(?:⟨Place⟩?[⟦Org⟧⟦Place⟧](?:(?:负责|分管|主管)[^，。；⟦Any⟧]{{1,12}}的)?{craft}{posts})"
    return _Patterns(
        # a person right after what may be the end of a title
        re.compile(f"{_PERSON}(?<=[{last}]{_PERSON})"),
        # A、B副部长C: a body with its posts, more bodies with theirs, then one person or several
        long_pattern(
            rf"(?<!驻){body}(?:[、，,兼]{{1,2}}{_HONOUR}{body}){{0,4}}{_BESIDES}⟨Person⟩(?:[、和]⟨Person⟩)*",
            "⟦Org⟧⟦Place⟧",
        ),
        long_pattern(
            rf"([⟦Org⟧⟦Place⟧])(?:(?:负责|分管|主管)[^，。；⟦Any⟧]{{1,12}}的)?{craft}的?({posts})(?=[、，,兼⟦Org⟧⟦Person⟧]|$)"
        ),  # 代表|资格审查委员会主任委员P
        # 规划研究院 范铁军院长: the title follows the name
        long_pattern(rf"(⟨Org⟩)的?(⟨Person⟩)({title})(?![\u4e00-\u9fff]?⟨Person⟩)", only="⟨Org⟩的?⟨Person⟩"),
        # P担任O校长, P当选为O主席, P任O委员、常委、书记; 任命P为O副部长
        long_pattern(
            rf"""(?: (?<!为)(⟨Person⟩)[^，。；、]{{0,4}}?⟨t:holds_post⟩
                | (?:任命|选举|聘任|聘请|推选)(?P<named>⟨Person⟩)(?:同志)?为 )
            (?P<all>⟨Org⟩的?{posts}(?:[、，兼]{{1,2}}⟨Org⟩{posts}){{0,3}})""",
            "⟦Person⟧任选聘推",
            only="(?:⟨t:holds_post⟩|为)⟨Org⟩",
        ),
        # 作为O副教授的P
        long_pattern(rf"(⟨Org⟩)({_UNIT}??{_RANK}{{0,3}}副?(?:{heads}))的(⟨Person⟩)", only="的⟨Person⟩"),
        # 国务委员C: a post whose body is not named says nothing, but must not hide the person
        long_pattern(rf"(?<!⟨Person⟩)(?:{_RANK}{{0,3}}副?(?:{heads})、?){{1,3}}(?=⟨Person⟩)", first),
        # P，O研究员，从事…; P（O院长）
        long_pattern(
            rf"(?<![、和与同⟦Org⟧⟦Place⟧])(⟨Person⟩)[，（](⟨Org⟩)({posts})(?P<more>(?:[，、]⟨Org⟩{posts}){{0,4}})(?=[，。；）]|$)",
            "⟦Person⟧",
            only="⟨Person⟩[，（]⟨Org⟩",
        ),
        # P1964年出生，曾任O董事长
        long_pattern(
            rf"""(?:^|[，；。])(?:据悉，?)?[他她]?(?:⟨Date⟩|此前|现|曾|历|先后|同时|并|还|兼|后|又|起){{0,4}}(?:任|担任|兼任|连任|出任|当选为?|(?:也|还|又|同时)是)
                (⟨Org⟩)的?({posts})(?P<more>(?:[，、]⟨Org⟩{posts}){{0,4}})""",
            "，；。据他她⟦Date⟧此现曾历先同并还兼后又起任担连出当也",
            only="[任是选为]⟨Org⟩",
        ),
        # O成立，P担任首任院长; O理事会和以P为主席的主席团
        long_pattern(
            rf"""(⟨Person⟩)(?:同志)?(?:当选为?|担任|出任|任)(?P<post>{_RANK}{{0,3}}副?(?:{heads}))(?=[，。；、]|$)
                | (?P<body>⟨Org⟩)[^，。；⟦Org⟧]{{0,16}}以(?P<who>⟨Person⟩)为(?P<as>{_RANK}{{0,3}}副?(?:{heads}))的""",
            "⟦Org⟧⟦Person⟧",
            only="⟨Person⟩(?:同志)?[当担出任]|以⟨Person⟩为",
        ),
        # O航天员P: no post, but P acts, not O
        pattern(
            r"⟨Place⟩?⟨Org⟩[\u4e00-\u9fff]{0,6}?(?:航天员|宇航员|运动员|选手|工程师|负责人|团队成员|⟨w:calling⟩)(?=⟨Person⟩)",
            only="⟨Org⟩[^⟦Any⟧]{2,}⟨Person⟩",
        ),
        # O局长P，综合司司长Q: the next unit is of the same body
        long_pattern(
            rf"(?<=⟨Person⟩)[，、和]((?:{_UNIT}(?<=[司局室厅部处]){title}))(⟨Person⟩)",
            "，、和",
            "⟨Person⟩[，、和][^，。；⟦Any⟧]{2,}⟨Person⟩",
        ),
        # 某国外交部|长P: the name of the ministry holds half the title
        pattern("(⟨Org⟩)长(⟨Person⟩)"),
        # O党委书记P、校长Q: the next post is in the same body
        pattern(rf"、({_RANK}{{0,2}}副?(?:{_HEADS}))(⟨Person⟩)"),
    )


def _at_home(place: Mention) -> bool:
    """Whether a place is a Chinese division: of 别尔哥罗德州州长 nobody says 别尔哥罗德州人民政府."""
    return place.name.text not in _abroad()


@cache
def _abroad() -> frozenset[str]:
    entries = [*lexicon("foreign_cities").values(), *lexicon("countries").values()]
    return frozenset(name for entry in entries for name in (entry.word, entry.value) if name)


def _government(place: Mention, post: str) -> Mention | None:
    """上海市市长: the place's government, said by the words that name the place."""
    name = place.name.text
    if not (_at_home(place) and post.endswith(_LOCAL)) or (post.endswith("主席") and not name.endswith("自治区")):
        return None
    government = Name(f"{name}人民政府", "LocalGovernment", anaphor=True)
    return Mention(place.span, "Organization", government, "government of the place")


def _body(mention: Mention, post: str) -> Mention | None:
    """Whose post it is: of 广东省委副书记、省长 the second is in the government of the same province."""
    if mention.type == "Place":
        return _government(mention, post)
    committee = _COMMITTEE.fullmatch(mention.name.text)
    if committee and post.endswith(_LOCAL[:-1]) and "委" in mention.name.text:
        government = Name(f"{committee[1]}人民政府", "LocalGovernment", anaphor=True)
        return Mention(mention.span, "Organization", government, "government of the place")
    return mention


_ENDS = regex("不再|卸任|辞去|免去")
# Of these a body has one: in 水利部部长A、B only A holds the post; 副部长A、B and 院士A、B are several.
_SOLE = regex(
    r"(?<!副)(?:部长|主任|主任委员|局长|署长|省长|市长|区长|县长|州长|书记|会长|理事长|主席|院长|校长|所长|行长|董事长|总经理|总裁|总理)$"
)


# 国务院副总理、中国环境与发展国际合作委员会主席P: the second body is no part of the first
_ELSEWHERE = regex(
    "(?:中国|全国|世界|国际|亚洲|中华)[^，。]{2,}(?:委员会|协会|学会|联合会|基金会|理事会|论坛|组委会|领导小组)"
)


def _held(line: Line, person: int, body: int, posts: str, evidence: Span) -> Iterator[Relation]:
    for post in filter(None, _JOIN.split(posts)):
        if post.startswith(("国家主席", "国家副主席")) or _ELSEWHERE.match(post):
            continue  # 中共中央总书记、国家主席: the second post is not in the body that is named
        target = _body(line.at[body], post)
        if target is not None:
            yield Relation("holds_post", line.at[person], target, evidence, "body, post, person", qualifier=post)


# What the head of a body is called tells what the body is called.
_HEADED = {
    "院长": r"院$",
    "所长": r"所$",
    "校长": r"(?:大学|学校|学院)$",
    "主任": r"(?:中心|实验室|委员会|办公室)$",
    "会长": r"会$",
    "主席": r"(?:会|盟)$",
    "理事长": r"(?:会|盟|体)$",
    "董事长": r"(?:公司|集团)$",
    "总经理": r"(?:公司|集团)$",
    "总裁": r"(?:公司|集团)$",
}


def _headed(line: Line) -> Iterator[Relation]:
    """O成立，P担任首任院长: the last body before that has such a head."""
    for match in _patterns().heads.finditer(line.mask):
        span = line.span(*match.span())
        if match["who"]:
            who, body = line.at[match.start("who")], line.at[match.start("body")]
            yield Relation("holds_post", who, body, span, "body 以 person 为 post", qualifier=match["as"])
            continue
        fits = next((form for head, form in _HEADED.items() if match["post"].endswith(head)), None)
        bodies = [m for i, m in line.at.items() if i < match.start() and m.type == "Organization"]
        bodies = [m for m in bodies if fits and re.search(fits, m.name.text)]
        if bodies:
            who = line.at[match.start(1)]
            yield Relation("holds_post", who, bodies[-1], span, "body before, person 任 post", qualifier=match["post"])


def _body_at(line: Line, match: re.Match[str]) -> int:
    """The last body that a group of posts names."""
    return max(i for i in range(*match.span()) if i in line.at and line.mask[i] != _PERSON)


def posts(line: Line) -> tuple[list[Relation], list[tuple[int, int]]]:
    """The posts that a sentence states, and the stretches that say them, so that later rules see only the person."""
    if _PERSON not in line.signs:
        return [], []
    p = _patterns()
    found: list[Relation] = []
    holes: list[tuple[int, int]] = []
    bodies = line.bodies
    titled = p.titled.search(line.mask) is not None
    for match in p.before.finditer(line.mask) if titled else ():
        people = [i for i in range(*match.span()) if line.mask[i] == _PERSON]
        holes.append((match.start(), people[0]))
        for part in p.post.finditer(line.mask, match.start(), people[0]):
            for person in people[:1] if _SOLE.search(part[2]) else people:
                found.extend(_held(line, person, part.start(1), part[2], line.span(*match.span())))
        other = p.next.match(line.mask, match.end()) or p.second.match(line.mask, match.end())
        if other and line.at[body := _body_at(line, match)].type == "Organization":
            span = line.span(match.start(), other.end())
            found.extend(_held(line, other.start(2), body, other[1], span))
            holes.append((other.start(1), other.start(2)))
    taken = {i for start, end in holes for i in range(start, end)}
    for match in p.beside.finditer(line.mask) if bodies else ():
        found.extend(_held(line, match.start(1), match.start(2), match[3], line.span(*match.span())))
        for part in p.post.finditer(line.mask, *match.span("more")):
            found.extend(_held(line, match.start(1), part.start(1), part[2], line.span(*match.span())))
        holes.append((match.start(2) - 1, match.end()))
    for match in p.after.finditer(line.mask) if bodies else ():
        if match[3].endswith("院士") and not line.at[match.start(1)].name.text.endswith("院"):
            continue  # 西安交通大学P院士: no post of the university
        if match.start() not in taken:
            found.extend(_held(line, match.start(2), match.start(1), match[3], line.span(*match.span())))
            holes += [(match.start(), match.start(2)), (match.end(2), match.end())]
    for match in p.minister.finditer(line.mask) if bodies and "长" in line.mask else ():
        own = _AT_HOME.search(line.mask, 0, match.start()) or _own_minister(line, *match.span())
        if line.at[match.start(1)].name.kind == "Ministry" and not own:
            holes.append((match.start(), match.start(2)))
            continue  # of 甲国副总理兼财政部长P nobody knows whose ministry: at home one writes 财政部部长
        if (half := line.words(match.start(1))[-1:]) in ("部", "厅", "局", "院", "署"):
            found.extend(_held(line, match.start(2), match.start(1), f"{half}长", line.span(*match.span())))
            holes.append((match.start(), match.start(2)))
    for match in p.bare.finditer(line.mask) if titled else ():
        if match.start() not in taken:
            holes.append(match.span())
    if not bodies:
        return found, holes
    for match in p.called.finditer(line.mask):
        if match.start() not in taken:
            holes.append(match.span())
    for match in p.takes.finditer(line.mask):
        if _ENDS.search(match[0]):
            continue
        person = match.start("named") if match["named"] else match.start(1)
        for part in p.post.finditer(line.mask, *match.span("all")):
            found.extend(_held(line, person, part.start(1), part[2], line.span(*match.span())))
    for match in p.own.finditer(line.mask) if "的" in line.mask else ():
        if match.start() not in taken:
            found.extend(_held(line, match.start(3), match.start(1), match[2], line.span(*match.span())))
    return found, holes


def _own_minister(line: Line, start: int, end: int) -> bool:
    """外交部长王毅 at the head of a clause: a Chinese name, and no country in the sentence."""
    if (start and line.mask[start - 1] not in f"，。；：、\u3000{_DATE}") or line.mask[start - 1 : start] == "、":
        return False
    name = line.words(end - 1)
    chinese = len(name) <= 3 and any(name[:n] in lexicon("common_surnames") for n in (2, 1))
    return chinese and LETTERS["Place"] not in line.mask[:start] and _ABROAD.search(line.mask, 0, start) is None


def later_posts(line: Line, context: Context) -> Iterator[Relation]:
    """P1964年出生，曾任O董事长: posts of the one person that the sentence, or its paragraph, is about."""
    mask = line.mask
    if not ("任" in mask or "当选" in mask or "为" in mask or "是" in mask):
        return
    if _PERSON in line.signs:
        yield from _headed(line)
    for match in _patterns().silent.finditer(mask) if line.bodies else ():
        people = [i for i in range(match.start()) if line.mask[i] == _PERSON]
        who = line.at[people[0]] if len({line.at[i].name.text for i in people}) == 1 else None
        if who is None and not people and len(context.topic.members) == 1 and context.topic.members[0].type == "Person":
            who = context.topic.members[0]
        if who is not None:
            said = [(match.start(1), match[2])]  # 现任甲协会会长，乙公司董事长
            said += [(m.start(1), m[2]) for m in _patterns().post.finditer(line.mask, *match.span("more"))]
            span = line.span(*match.span())
            for body, posts in said:
                for post in filter(None, _JOIN.split(posts)):
                    rule = "carried over, 任 post"
                    yield Relation("holds_post", who, line.at[body], span, rule, qualifier=post)
