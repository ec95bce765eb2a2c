"""What a verb acts on: what follows it (开展A、B和C), what stands before it (X由A承建), what a second verb shares."""

from __future__ import annotations

import re
from functools import cache

from extractors.ontology import RelationType, relation_types
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, PARK, Line
from extractors.relations.grammar import PARTS, either, pattern
from extractors.relations.subjects import Actors
from extractors.relations.themes import theme

VERBAL = ("issued", "approved", "organised", "attended", "launched", "undertakes", "owns_or_founds")
_THINGS = "".join(LETTERS[t] for t in ("Event", "Programme", "Project", "Product", "Policy", "Work"))
# 联合发布方案，推动…: here the noun is what is issued
_OUT = "(?<=印发|发布|出台|公布|下发)(?=(?:方案|办法|细则|规划)[，。；])"
_STOP = "，；：。！？,;:!? \u3000"

# 发布会, 实施方案, 建设者 are nouns, 成立以来 is a time
_NOUN = r"(?!会|者|行动|工程|议|权|费|方案|办法|细则|规划|单位|仪式|式|商|人|以来|地)"
# After the object, these make it a part of another noun: 发布《规划》的解读, 启动评选的报名.
_NOT_OBJECT = pattern(
    """[”》]?(?: 的(?!通知|公告|决定|活动|实施$) | ⟨w:about⟩ | 成果(?!展) | 成员(?!国) | 主席团
        | [^，。；、的⟦Any⟧]{0,6}(?:陈列馆|博物馆|展览馆|纪念馆|史馆)
        | [^，。；、的开闭颁⟦Any⟧]{0,8}(?:签约|版权|转播|招商|签署|出征|报道团|倒计时|誓师|动员)
          [^，。；、⟦Any⟧]{0,8}(?:活动|仪式|会) )"""
)
_DURING = regex("期间|前夕|的?时候?")  # 出席E期间会见P: he was there
# 总台广东总站揭牌, 共建甲医院口腔院区: a part of the body, known or not
BRANCH = pattern(
    r"⟨Place⟩{0,2}[^，。；⟦Any⟧]{0,10}?"
    r"(?:总站|分站|记者站|分社|分院|分校|分公司|分部|片区|院区|校区|园区|班(?!子)|成员国|代表处|支部|党委|分会)"
)
# Between two objects: a joiner, or items of the list that no extractor knows.
_AND = pattern(
    r"[”》]? (?: (?:、[^，。；、的⟦Any⟧]{2,16}){1,3}[、和及] | 、 | 和 | 与 | 及 | 以及 | 暨 )? [“《]? (?=⟨Any⟩)"
)
# Of 实施京杭大运河补水 the canal is only a modifier: the object ends where the phrase does.
_WHOLE = pattern(
    r"""[”》’）]? (?: $ | [^\u4e00-\u9fff] | ⟨Any⟩ | 和 | 与 | 及 | 以及 | 暨 | 等 | 并 | 的 | [后时起就用供]
        | [来以为将已正是被由也还又而向从到至按] | [在对于](?![^，。；]{0,30}的) | [上内前中](?![国央方])
        | [\u4e00-\u9fff]{0,3}(?:工程|项目|建设|工作|活动|计划|任务|试点|专项|行动|平台|系统|设施|基地|战略|倡议)
          (?!安排|方案|会|情况|办法|指南|指引|申报|座谈|领导小组|成果|公告|成效|主题|清单|要点|手册|标识|名单|条例)
        | 主体 | [一二三四五首]期 | 全线 | 全面 | 整体 | 进行 | 开展 | 草案 | 稿 | 完成 | 投 | 开工 | 建成 | 通车
        | 取得 | 获 | 实现 | 成功 | 落 | 总投资 | 今年 | 近日 | 日前 | 正式 | 有限公司 | 集团 | 分公司 | 分会 | 分院
        | 团队 | 两 | 三 | 首 | 第 | 立项 | 可研 | 初步设计 )"""
)
_WHOLE_OBJECT = frozenset({"launched", "undertakes", "owns_or_founds", "approved"})
_WHOLE_LETTERS = PARTS["Project"] + PARTS["Programme"] + PARTS["Org"]
# 把真主党列为, 庆祝党成立100周年大会在…: what governs or parts the object is not the verb
_GOVERNS = regex(r"(?:把|将|对|向|给|由|与|同|为|从|被|比|周年.*|庆祝.*)$")
# 批准设立O, 同意O更名: else a body is not what is approved (批复A、B提交的《方案》, 审议通过A火灾事故调查报告)
_SETS_UP = regex("设立|成立|组建|筹建|组成|新建|建设|加入")
_RENAMES = regex("[”》]?(?:更名|升格|设立|成立|组建|筹建|建设|为|作为|加入|立项|封关|[一二三]期)|[”》]?[，。；、]|$")
_PAPER_OF = regex("(?:提交|提出|报送|起草)的|关于|报告$|议案$")
# 同意收购O, 审议O关于…的报告: nothing that O is by itself is approved
_NOT_THAT_BODY = regex("收购|并购|购买|出售|加入|参加|撤出|释放|参与|聘")
_ITS_PAPER = pattern("[”》]?(?:关于|提请|提交|报送|起草|的(?:[^，。；]{0,12})(?:报告|议案|提案) | ⟨Policy⟩)")
# 同意印发Y, 批准设立O: what is agreed to
_AGREED = regex("了?(?:印发|设立|建设|发布|实施|组建|成立|开展|启动|筹建|建立|公布|开工|新建|立项)")
_BETWEEN = regex(r"(?:[^，。；的]{0,60}，){0,2}[^，。；的]{0,60}")
# J的实验装置由A设计, 为学习E精神，由A组织编写…
_POSSESSES = regex(
    "[”》]?(?:的(?!建设|设计|施工|研制|研发|运营|实施|建造|总承包|开发|编制|制定|投资)|[^，。；、]{0,8}精神)"
)
_SECOND = pattern(
    r"""(?: [，、][^，。；的⟦Event⟧⟦Project⟧⟦Policy⟧⟦Programme⟧]{1,60}
        (?:主办|承办|协办|支持|举办|指导|执行|承建|研发|研制|参与|运营|设计|施工|建造|开发|投资) ){1,3}
        的[^，。；⟦Any⟧]{0,8}"""
)
# A自主研发，我国首套…J投运: who made it stands in the clause before
_MAKES = regex("研发|研制|承建|设计|建造|开发|投资建设|攻关")
_MADE = pattern(r"，(?:我国|国内|全球|世界|国际|全国|首|目前|近日)[^，。；由⟦Any⟧]{0,30}[⟦Project⟧⟦Product⟧]")


@cache
def verbs() -> dict[str, tuple[RelationType, ...]]:
    """The relations that each trigger verb may say."""
    table: dict[str, tuple[RelationType, ...]] = {}
    for name in VERBAL:
        relation = relation_types()[name]
        for verb in relation.triggers:
            table[verb] = (*table.get(verb, ()), relation)
    return table


@cache
def verb_pattern() -> re.Pattern[str]:
    """Any trigger verb, where it is no noun."""
    return re.compile(f"(?:{either(verbs())})(?:{_NOUN}|{_OUT})")


@cache
def letters(name: str) -> str:
    """The letters of the things that a relation may have as its target."""
    found = "".join(LETTERS[t] for t in relation_types()[name].target)
    if "Organization" in relation_types()[name].target:
        found += PARK
    return found + (LETTERS["Product"] if "Project" in relation_types()[name].target else "")


@cache
def targets(name: str) -> frozenset[str]:
    """The same as a set: whether a line names any of them at all."""
    return frozenset(letters(name))


def after(line: Line, end: int, name: str, reach: int = 32) -> list[int]:
    """Objects after a verb: the first mention of a fitting type, with nothing but modifiers before it."""
    wanted = letters(name)
    for i in range(end, min(len(line), end + reach)):
        if line.mask[i] in _STOP:
            break
        if line.mask[i] in wanted:
            if name == "approved" and line.mask[i] in PARTS["Org"] and _AGREED.match(line.mask, i + 1):
                continue  # 同意O建设J: it is the building that is agreed to
            if name == "approved" and line.mask[i] in PARTS["Org"] and _ITS_PAPER.match(line.mask, i + 1):
                continue
            if name == "approved" and line.mask[i] == LETTERS["Organization"] and not _set_up(line, end, i):
                continue
            gap = line.mask[end:i]
            over = name == "approved" and _AGREED.match(gap) is not None
            over = over or (name == "approved" and any(c in PARTS["Org"] for c in gap))
            if verb_pattern().search(gap) and not gap.endswith("的") and not over:
                break  # 发布通知开展…: the object belongs to the later verb
            if _GOVERNS.search(gap) or (name == "approved" and _NOT_THAT_BODY.search(gap)):
                break
            found = _joined(line, i, wanted, name == "attended")
            if name == "owns_or_founds":
                found = [i for i in found if not BRANCH.match(line.mask, i + 1)]
            return [i for i in found if whole(line, i)] if name in _WHOLE_OBJECT else found
    return []


def _set_up(line: Line, verb: int, body: int) -> bool:
    """Whether a body is what is approved: 批准设立O, 同意O更名, 批准O。"""
    if _SETS_UP.search(line.mask, verb, body):
        return True
    if line.mask[verb:body].strip("了“"):
        return False
    return _RENAMES.match(line.mask, body + 1) is not None and not _PAPER_OF.search(
        line.mask, body, line.clause(body)[1]
    )


def whole(line: Line, thing: int) -> bool:
    """Whether an object is the thing itself and not a modifier; in 由A建造的J封顶 the thing leads a clause."""
    relative = line.mask[thing - 1] == "的"
    return relative or line.mask[thing] not in _WHOLE_LETTERS or _WHOLE.match(line.mask, thing + 1) is not None


def _joined(line: Line, first: int, wanted: str, present: bool = False) -> list[int]:
    """The object at a position and those joined to it: of 开展A大赛、B行动、C大赛 those that fit."""
    found, place = [first], first + 1
    while join := _AND.match(line.mask, place):
        if line.mask[join.end()] in wanted:
            found.append(join.end())
        elif line.mask[join.end()] not in _THINGS:
            break
        place = join.end() + 1
    if present and _DURING.match(line.mask, place):
        return found
    # 由A实施的G进展顺利: what leads a clause of its own is no modifier
    if line.mask[first - 1] != "的" and _NOT_OBJECT.match(line.mask, place) and found[-1] == place - 1:
        found.pop()
    return found


def shared(line: Line, verb: re.Match[str], name: str) -> list[int]:
    """What a second verb has as its object, or the next clause tells of: A主办，B承办的E; A研发，我国首套J投运."""
    wanted = letters(name)
    second = _SECOND.match(line.mask, verb.end())
    if second and line.mask[second.end() : second.end() + 1] in tuple(wanted):
        return _joined(line, second.end(), wanted)
    made = _MADE.match(line.mask, verb.end()) if name == "undertakes" and _MAKES.search(verb[0]) else None
    return [made.end() - 1] if made else []


def agent(line: Line, doers: Actors) -> tuple[int, int]:
    """Start of the clause and place of 由 before the doers; E由A主办，B承办 has it in the clause before; -1 if none."""
    start, _ = line.clause(doers.start)
    place = line.mask.rfind("由", start, doers.start)
    for _ in range(2):  # E由A指导，B主办，C协办
        if place < 0 and start > 1 and (start == doers.start or line.mask[start] in PARTS["Org"]):
            start, _end = line.clause(start - 2)
            place = line.mask.rfind("由", start, doers.start)
    return start, place if _BETWEEN.fullmatch(line.mask[place + 1 : doers.start]) else -1


def before(line: Line, doers: Actors, name: str) -> list[int]:
    """Objects before 由, also where a second pair follows: X由A承建, X由A投资、B研发."""
    wanted = letters(name)
    start, by = agent(line, doers)
    if by < 0 or doers.carried:
        return []
    lead = theme(line, start) if by == start else None
    if lead is not None and line.mask[lead] in wanted:
        return [lead]
    for i in range(by - 1, max(0, by - 24) - 1, -1):
        if line.mask[i] in "；。！？":
            break
        if line.mask[i] in wanted:
            return [] if _POSSESSES.match(line.mask, i + 1) else line.row_back(i, wanted)
    return []
