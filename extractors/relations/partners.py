"""Who works with whom: A联合B开展…, A与B签订…, 与B合作 with the subject before."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.relations.clauses import Line
from extractors.relations.context import SUFFIX, Context
from extractors.relations.grammar import light, modality, pattern
from extractors.relations.subjects import carried

_OTHERS = rf"(?P<b>⟨Org⟩(?:{SUFFIX}(?:、|和|与|及|以及)⟨Org⟩)*)"
_TOGETHER = r"(?:签订|签署|签约|合作|共建|达成|联合|共同|携手|联手|产学研|对接)"
_WITH = pattern(rf"(?P<a>⟨Org⟩)[^，。；⟦Org⟧]{{0,14}}?(?P<how>联合|会同|携手|联手|协同){_OTHERS}")
_AND = pattern(
    rf"(?P<a>⟨Org⟩)[^，。；⟦Org⟧的]{{0,8}}?(?P<how>与|和|同){_OTHERS}{SUFFIX}(?P<rest>[^。；的]{{0,24}}?){_TOGETHER}"
)
_SIGN = pattern(r"(?P<a>⟨Org⟩)(?P<how>、)(?P<b>⟨Org⟩)⟨~12⟩(?:签署|签订|签约)")
_WITH_ONLY = pattern(
    rf"""(?:^|[，。；：])(?P<before>[^，。；⟦Org⟧]{{0,14}})(?P<how>与|会同|联合|和){_OTHERS}{SUFFIX}⟨~24⟩
        (?:{_TOGETHER}|召开|举办|开展|制订|制定|推出|实施)"""
)


def partners(line: Line, context: Context) -> Iterator[Relation]:
    """The first body with each that it joins; of a list of co-issuers only what 联合 or 会同 sets apart."""
    taken: set[int] = set()
    for form in (_WITH, _AND, _SIGN):
        for match in form.finditer(line.mask):
            taken.update(range(*match.span("b")))
            yield from _pairs(line, match.start("a"), match.span("b"), match.span(), f"A {match['how']} B")
    for match in _WITH_ONLY.finditer(line.mask):
        if match.start("b") in taken or not light(match["before"]):
            continue
        for first in carried(line, match.start("b"), context).principal[:1]:
            for i in range(*match.span("b")):
                if first.type == "Organization" and i in line.at and line.at[i].type == "Organization":
                    span = line.span(match.start("how"), match.end())
                    doubt = modality(match[0])
                    rule = f"subject carried over, {match['how']} B"
                    yield Relation("partner_of", first, line.at[i], span, rule, doubt)


def _pairs(line: Line, first: int, others: tuple[int, int], span: tuple[int, int], rule: str) -> Iterator[Relation]:
    a = line.at[first]
    for i in range(*others):
        b = line.at.get(i)
        if b is not None and b.type == "Organization" and b.name.text != a.name.text:
            doubt = modality(line.mask[first : span[1]])
            yield Relation("partner_of", a, b, line.span(*span), rule, doubt)
