"""Who holds which post: 水利部副部长P, O党组书记、部长P, 上海市市长P, O P院长, P担任O校长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.lexicon import lexicon
from extractors.model import Mention, Name, Relation, Span
from extractors.relations.clauses import ORG, PERSON, PLACE, Line

# Words that close a post. titles.csv adds to them; these are the ones every gazette uses.
_HEADS = (
    "部长 主任 主任委员 局长 署长 司长 厅长 处长 科长 省长 市长 区长 县长 州长 镇长 乡长 旗长 盟长 书记 第一书记 秘书长 会长 理事长 主席 "
    "院长 校长 所长 馆长 台长 社长 行长 董事长 总经理 总裁 经理 总监 总工程师 总设计师 总建筑师 总规划师 总会计师 总指挥 总师 首席科学家 "
    "首席执行官 院士 教授 研究员 副研究员 工程师 高级工程师 正高级工程师 讲师 主席团成员 委员 常委 代表 总理 国务委员 总督察 督察 检察长 "
    "新闻发言人 发言人 巡视员 纪检组长 组长 负责人 主编 总编辑 理事 干事 总干事 总领事 大使 参赞 司令员 政委 政治委员 参谋长 "
    "主管 助理 顾问 专家 董事 监事长 组长 队长 团长 站长 场长 矿长 厂长 支书 村支书 村主任 首席专家 学部委员 博士生导师 设计师 农艺师"
).split()
_BEFORE = r"(?:原|时任|前任?|首任|现任|代理?|候任|名誉|荣誉|终身|执行|常务|第[一二]|党组|党委|党总支|首席|高级|资深|特聘|讲席|联合|创始|联席|轮值|机关|当组)"
# A unit inside the body: O高新技术司司长P.
_UNIT = r"[\u4e00-\u9fff]{1,14}?(?:司|局|处|厅|部|中心|所|室|院|系|团队|科|委员会|实验室|办公室|小组|分会|公司|学部|大队|支队|作业区|国家[\u4e00-\u9fff]{2,6})"
_LOCAL = {"省长", "市长", "区长", "县长", "州长", "旗长", "盟长", "镇长", "乡长", "主席"}


@cache
def _heads() -> str:
    words = set(_HEADS)
    if (files("extractors") / "lexicons" / "titles.csv").is_file():
        words.update(w for w in lexicon("titles") if w not in {"同志", "先生", "女士", "记者"})
    return "|".join(sorted((re.escape(w) for w in words), key=lambda w: (-len(w), w)))


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    post: re.Pattern[str]
    after: re.Pattern[str]
    takes: re.Pattern[str]
    own: re.Pattern[str]
    bare: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    title = rf"{_BEFORE}{{0,3}}副?(?:{_heads()})(?!的)"
    posts = rf"(?:{_UNIT})??{title}(?:[、兼]{{1,2}}(?:{_UNIT})??{title}){{0,4}}"
    body = rf"[{ORG[1:-1]}{PLACE[1:-1]}]"
    return _Patterns(
        # A、B副部长 C: one body with its posts, more bodies with theirs, then one person or several
        re.compile(rf"(?:{body}{posts}[、，,兼]?){{1,5}}(?:{PERSON}(?:[、和]{PERSON}(?!{ORG}))*)"),
        re.compile(rf"({body})({posts})"),
        # 规划研究院 范铁军院长: the title follows the name
        re.compile(rf"({ORG})({PERSON})({title})(?![\u4e00-\u9fff]?{PERSON})"),
        # P担任O校长, P当选为O主席
        re.compile(rf"({PERSON})[^，。；、]{{0,4}}?(?:担任|出任|当选为?|任职?|兼任|是|系)({ORG})的?({posts})"),
        # 作为O副教授的P, 以P为主席: the body stands before
        re.compile(rf"({ORG})({posts})的({PERSON})"),
        # 国务委员C: a post whose body is not named says nothing, but must not hide the person
        re.compile(rf"(?:{_BEFORE}{{0,3}}副?(?:{_heads()})、?){{1,3}}(?={PERSON})"),
    )


def _government(place: Mention, title: str) -> Mention | None:
    """上海市市长: the place's government, said by the words that name the place."""
    if not any(title.endswith(word) for word in _LOCAL):
        return None
    name = place.name.text
    if title.endswith("主席") and not name.endswith(("自治区", "自治州")):
        return None
    return Mention(
        place.span, "Organization", Name(f"{name}人民政府", "LocalGovernment", anaphor=True), "government of the place"
    )


def _committee_place(body: Mention, title: str) -> Mention | None:
    """广东省委副书记、省长P: the second post is in the government of the same place."""
    found = re.fullmatch(r"(?:中国共产党|中共)?(.+?[省市区县州])委?(?:委员会)?", body.name.text)
    if found is None or not any(title.endswith(word) for word in _LOCAL - {"主席"}):
        return None
    name = Name(f"{found[1]}人民政府", "LocalGovernment", anaphor=True)
    return Mention(body.span, "Organization", name, "government of the place")


def _body(mention: Mention, title: str) -> Mention | None:
    if mention.type == "Place":
        return _government(mention, title)
    return _committee_place(mention, title) or mention


_JOIN = re.compile(r"[、兼]")


def _held(line: Line, person: int, body: int, posts: str, evidence: Span) -> Iterator[Relation]:
    for post in filter(None, _JOIN.split(posts)):
        if post.startswith(("国家主席", "国家副主席")):
            continue  # 中共中央总书记、国家主席: the second post is not in the body that is named
        target = _body(line.at[body], post)
        if target is not None:
            yield Relation("holds_post", line.at[person], target, evidence, "body, post, person", qualifier=post)


def posts(line: Line) -> tuple[list[Relation], list[tuple[int, int]]]:
    """The posts a sentence states, and the stretches before names that say them (so that later rules see only P)."""
    found: list[Relation] = []
    holes: list[tuple[int, int]] = []
    if PERSON not in line.mask:
        return found, holes
    p = _patterns()
    for match in p.before.finditer(line.mask):
        people = [i for i in range(*match.span()) if line.mask[i] == PERSON]
        evidence = line.span(*match.span())
        for part in p.post.finditer(line.mask, match.start(), people[0]):
            for person in people:
                found.extend(_held(line, person, part.start(1), part[2], evidence))
        holes.append((match.start(), people[0]))
    taken = {i for start, end in holes for i in range(start, end)}
    for match in p.after.finditer(line.mask):
        if match.start() not in taken:
            found.extend(_held(line, match.start(2), match.start(1), match[3], line.span(*match.span())))
            holes += [(match.start(), match.start(2)), (match.end(2), match.end())]
    for match in p.bare.finditer(line.mask):
        if match.start() not in taken:
            holes.append(match.span())
    for match in p.takes.finditer(line.mask):
        found.extend(_held(line, match.start(1), match.start(2), match[3], line.span(*match.span())))
    for match in p.own.finditer(line.mask):
        if match.start() not in taken:
            found.extend(_held(line, match.start(3), match.start(1), match[2], line.span(*match.span())))
    return found, holes
