"""Which body takes the place of which: 组建B，不再保留A; A的职责划入B; B由A改制而来; B在A基础上组建."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.patterns import regex
from extractors.relations.clauses import Line
from extractors.relations.grammar import modality, pattern

_REFORMED = regex("组建|合并|划|并入|改制|重组|保留|转隶|基础上")
_DEMANDED = regex(
    "(?:强调|建议|呼吁|主张|认为|提议|表示|提出)[^。；]{0,80}应(?:该|当)?(?![邀急用对])|(?:建议|呼吁|主张|提议)"
)
_OLD = "(?P<old>⟨Org⟩(?:[、和与及]⟨Org⟩){0,30})"
_NEW = "(?P<new>⟨Org⟩)"
_FORMS = (
    # 将A、B的职责整合，组建C; 整合A、B，组建C
    (
        pattern(
            rf"""(?:将|把|整合|合并){_OLD}(?:等[^，。；⟦Any⟧]{{0,6}})?(?:的[^，。；⟦Any⟧]{{0,16}})?
            (?:⟨t:successor_of⟩[^，。；⟦Any⟧]{{0,8}})?[，]?(?:基础上)?[^，。；⟦Any⟧]{{0,4}}(?:组建|成立|设立|新设)[为了]?{_NEW}"""
        ),
        "A 职责整合, 组建 B",
    ),
    # A的职责划入B, A并入B
    (
        pattern(
            rf"{_OLD}(?:的[^，。；⟦Any⟧]{{0,16}}(?:职责|职能|业务|资产|人员))?⟨~6⟩(?:划入|划归|并入|转隶至?){_NEW}"
        ),
        "A 并入 B",
    ),
    # 组建B，不再保留A; 不再保留A, whose new body stands before
    (pattern(rf"(?:组建|成立|设立|重新组建){_NEW}[，；]⟨s~30⟩不再保留(?:单设的)?{_OLD}"), "组建 B, 不再保留 A"),
    # 在A基础上组建B, 以A为基础组建B, 依托A组建B
    (pattern(rf"(?:在|以){_OLD}(?:的)?(?:为)?基础上?，?⟨~6⟩(?:组建|成立|设立|重组){_NEW}"), "在 A 基础上组建 B"),
    # B由A改制而来, B由A、C合并组建
    (pattern(rf"{_NEW}⟨~6⟩由(?:原)?{_OLD}⟨~6⟩⟨m:successor_of⟩"), "B 由 A 改制"),
)


def successions(line: Line) -> Iterator[Relation]:
    """Which body one sentence says follows which."""
    if _REFORMED.search(line.mask) is None:
        return
    for form, rule in _FORMS:
        for match in form.finditer(line.mask):
            if _DEMANDED.search(line.mask, 0, match.end()):
                continue  # 李明强调，A应该并入B: a demand, no plan
            new = line.at[match.start("new")]
            doubt = modality(line.mask[max(0, match.start() - 6) : match.end()].replace("不再保留", ""))
            for i in range(*match.span("old")):
                if i in line.at and line.at[i].name.text != new.name.text:
                    yield Relation("successor_of", new, line.at[i], line.span(*match.span()), rule, doubt)
