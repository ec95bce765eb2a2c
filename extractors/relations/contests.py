"""Who took part without a verb of being there: A战胜B, P摘得金牌, the stands that a visitor sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Relation
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import pattern

_SPORT = re.compile("运动会|奥运|亚运|锦标赛|联赛|杯|公开赛|决赛|大师赛|冬青奥|全运|大运|邀请赛|世锦赛|大赛")
_ACTORS = "[⟦Org⟧⟦Person⟧](?:[、和/与][⟦Org⟧⟦Person⟧]){0,20}"
# 中国队以73比71战胜日本队
_BEATS = pattern(
    rf"""(?P<one>{_ACTORS})[^，。；的⟦Any⟧]{{0,24}}(?:战胜|击败|逆转|不敌|负于|力克|迎战|对阵|险胜|完胜)了?
        [^，。；⟦Any⟧]{{0,8}}(?P<other>{_ACTORS})"""
)
_WINS = pattern(
    rf"""(?P<one>{_ACTORS})⟨~16⟩(?:包揽|夺得|获得|摘得|斩获|收获|赢得|摘取|夺取|取得|凭借)
        [^，。；]{{0,24}}?(?:金牌|银牌|铜牌|冠军|亚军|季军|金、银牌|金银牌|表现)"""
)
_STANDS = pattern(
    r"""参观了?(?P<one>⟨Org⟩(?:、[^，。；、⟦Any⟧]{2,12})?(?:[、和与]⟨Org⟩){0,40})(?:等[^，。；]{0,12})?的?[^，。；]{0,8}?
        (?:展台|展位|展区|展厅|展馆)"""
)


def contests(line: Line, context: Context) -> Iterator[Relation]:
    """Who competed in the games, or showed at the fair, that the sentence or its paragraph is about."""
    if "参观" in line.mask:
        for match in _STANDS.finditer(line.mask):
            for event in _event(line, match.start(), context)[:1]:
                yield from _took_part(line, event, match, "visitor 参观 exhibitor 的展台")
    for form, rule in ((_BEATS, "one 战胜 other"), (_WINS, "actor 夺得 prize")):
        for match in form.finditer(line.mask):
            events = [e for e in _event(line, match.start(), context) if _SPORT.search(e.name.text)]
            for event in events[:1]:
                yield from _took_part(line, event, match, rule)


def _event(line: Line, before: int, context: Context) -> list[Mention]:
    """The event named last in the sentence, else the one of the paragraph."""
    here = [line.at[i] for i in range(before) if line.mask[i] == LETTERS["Event"]]
    return here[-1:] or ([context.latest] if context.latest is not None else [])


def _took_part(line: Line, event: Mention, match: re.Match[str], rule: str) -> Iterator[Relation]:
    for group in ("one", "other"):
        if group not in match.re.groupindex:
            continue
        for i in range(*match.span(group)):
            if i in line.at:
                yield Relation("attended", line.at[i], event, line.span(*match.span()), rule)
