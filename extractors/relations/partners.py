"""Who works with whom: A联合B开展…, A与B签订…, 与B合作 with the subject before."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Modality, Relation
from extractors.patterns import regex
from extractors.relations.clauses import Line
from extractors.relations.context import SUFFIX, Context
from extractors.relations.grammar import light, modality, pattern
from extractors.relations.subjects import carried

_OTHERS = rf"(?P<b>⟨Org⟩(?:{SUFFIX}(?:、|和|与|及|以及)⟨Org⟩){{0,60}})"
_WITH = pattern(rf"(?P<a>⟨Org⟩)[^，。；⟦Org⟧]{{0,14}}?(?P<how>⟨t:partner_of⟩){_OTHERS}", only="⟨t:partner_of⟩⟨Org⟩")
_AND = pattern(
    rf"(?<!驻)(?P<a>⟨Org⟩)(?:[\u4e00-\u9fff]{{2,6}}[部司局厅室委])?{SUFFIX}(?:⟨w:adverbial⟩|⟨Date⟩|方面){{0,3}}(?P<how>与|和|同){_OTHERS}{SUFFIX}(?P<rest>[^。；的]{{0,24}}?)⟨m:partner_of⟩",
    only="⟨m:partner_of⟩",
)
# A、B签订协议; of a longer list nobody says who signs with whom
_ANOTHER_BODY = regex("[\u4e00-\u9fff]{1,8}(?:机构|委员会|部门|公司|中心|使团|代表团|集团|大学|医院)")
# A与B爆发冲突; 火炬在甲校和乙校接力，共同…; A和B代表到场，共同…: named together, no partners
_APART = regex(
    "冲突|交火|交战|停火|扣押|人质|战斗|对峙|诉讼|争端|接力|火炬|传递|(?:出席|参加|到场|到会|列席)[^，。；]{0,8}，"
)
# A还将与B合作, A和B将开展合作
_WILL = regex("将(?![军领士])")
_SIGN = pattern(
    r"(?<![、和与及])(?P<a>⟨Org⟩)(?P<how>、)(?P<b>⟨Org⟩)(?!等|[、和与及])⟨~12⟩(?:签署|签订|签约)", only="签[署订约]"
)
# 人民银行和金管局决定推出六项举措: two bodies that decide together
_DECIDE = pattern(
    r"""(?<![、和与及])(?P<a>⟨Org⟩)(?P<how>与|和|同)(?P<b>⟨Org⟩)(?:⟨Date⟩|近日|日前|共同|商定|联合){0,3}决定
        (?:联合|共同)?(?:推出|启动|成立|设立|建立|开展|发布|实施|出台|开通|扩大)""",
    only="决定",
)
_JOINS = regex("[与和]|会同|联合")
_WITH_ONLY = pattern(
    rf"""(?:^|[，。；：])(?P<before>[^，。；⟦Org⟧]{{0,14}})(?P<how>与|会同|联合|和){_OTHERS}{SUFFIX}⟨~24⟩
        (?:⟨m:partner_of⟩|召开|举办|举行|开展|制订|制定|推出|实施|组建|成立|研制|研发|研究|攻克|突破|建成|建立|设立|编制|承担|建设|打造|攻关|申报|开发|发起|发布|印发|出台|启动|部署)""",
    only="(?:[与和]|会同|联合)⟨Org⟩",
)


def partners(line: Line, context: Context) -> Iterator[Relation]:
    """The first body with each that it joins; of a list of co-issuers only what 联合 or 会同 sets apart."""
    taken: set[int] = set()
    several = line.bodies > 1
    for form in (_WITH, _AND, _DECIDE, _SIGN) if several else ():
        for match in form.finditer(line.mask):
            if match.start("a") in taken and form is _SIGN:
                continue  # A与B、C签署: B and C are named only as partners of A
            taken.update(range(*match.span("b")))
            if form is _AND and (_ANOTHER_BODY.match(match["rest"]) or _APART.search(match["rest"])):
                continue  # A与B气候监测机构: B only names whose agency it is; A与B爆发冲突
            yield from _pairs(line, match.start("a"), match.span("b"), match.span(), f"A {match['how']} B")
    for match in _WITH_ONLY.finditer(line.mask) if _JOINS.search(line.mask) else ():
        if match.start("b") in taken or not light(match["before"]):
            continue
        for first in carried(line, match.start("b"), context).principal[:1]:
            for i in range(*match.span("b")):
                if not (first.type == "Organization" and i in line.at and line.at[i].type == "Organization"):
                    continue
                if line.at[i].name.text != first.name.text:
                    span = line.span(match.start("how"), match.end())
                    doubt = _doubt(match[0])
                    rule = f"subject carried over, {match['how']} B"
                    yield Relation("partner_of", first, line.at[i], span, rule, doubt)


def _pairs(line: Line, first: int, others: tuple[int, int], span: tuple[int, int], rule: str) -> Iterator[Relation]:
    a = line.at[first]
    for i in range(*others):
        b = line.at.get(i)
        if b is not None and b.type == "Organization" and b.name.text != a.name.text:
            doubt = _doubt(line.mask[first : span[1]])
            yield Relation("partner_of", a, b, line.span(*span), rule, doubt)


def _doubt(said: str) -> Modality:
    doubt = modality(said)
    return "planned" if doubt == "asserted" and _WILL.search(said) else doubt
