"""Who took part without a verb of being there: A战胜B, P摘得金牌, A展出新品, the stands that a visitor sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.model import Mention, Relation
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.context import Context
from extractors.relations.grammar import modality, pattern

_SPORT = regex("运动会|奥运|亚运|锦标赛|联赛|杯|公开赛|决赛|大师赛|冬青奥|全运|大运|邀请赛|世锦赛|大赛")
_ACTORS = "[⟦Org⟧⟦Person⟧](?:(?:[、和/与]|以及)[⟦Org⟧⟦Person⟧]){0,20}"
_OVER = "(?:战胜|击败|逆转|不敌|负于|力克|迎战|对阵|险胜|完胜|横扫|淘汰)了?"
# 中国队以73比71战胜日本队
_BEATS = pattern(rf"(?P<one>{_ACTORS})[^，。；的⟦Any⟧]{{0,24}}{_OVER}[^，。；⟦Any⟧]{{0,8}}(?P<other>{_ACTORS})")
# 中国队在上半场落后的情况下，以3比2击败日本队: the other side, and who leads the clause before
_BEATEN = pattern(
    rf"""(?P<one>{_ACTORS})(?![和与及]|的(?!⟨Person⟩))[^。；⟦Org⟧⟦Person⟧]{{2,50}}，[^。；，⟦Org⟧⟦Person⟧]{{0,30}}
        {_OVER}[^，。；⟦Any⟧]{{0,8}}(?P<other>{_ACTORS})?"""
)
# 中国队18岁小将P摘得金牌: the team and its athlete
_WINS = pattern(
    rf"""(?P<one>{_ACTORS})(?P<athlete>[\u4e00-\u9fff\d⟦Quantity⟧]{{1,12}}[⟦Person⟧](?:[、和/与]⟨Person⟩){{0,8}})?
        (?:⟨~36⟩|以[^。；⟦Org⟧⟦Person⟧]{{4,48}}的(?:总)?成绩)(?:包揽|夺得|获得|摘得|斩获|收获|赢得|摘取|夺取|取得|凭借|摘下|拿下|揽获|勇夺)
        [^，。；]{{0,24}}?(?:金牌|银牌|铜牌|冠军|亚军|季军|金、银牌|金银牌|表现|[一二三四五六七八九十两\d]+[金银铜])""",
    only="[金银铜]|[冠亚季]军|表现",
)
# 中国队凭借P、Q以及R的出色表现
_THANKS_TO = pattern(rf"凭借(?:⟨~6⟩)(?P<one>{_ACTORS})的[^，。；⟦Any⟧]{{0,8}}(?:表现|发挥|进球|点球|破门|得分)")
# 由P、Q、R和S组成的中国队后来居上
_MAKES_UP = pattern(rf"由(?P<one>{_ACTORS})组成的(?P<other>⟨Org⟩)")
# 中国选手P夺冠, 中国队成功卫冕
_CROWNED = pattern(
    rf"""(?P<one>{_ACTORS})[^，。；⟦Org⟧⟦Person⟧]{{0,24}}?(?:夺冠|摘金|摘银|摘铜|折桂|登顶|卫冕|夺金|夺银|夺铜|晋级|出线|[打刷]破[^，。；]{{0,20}}纪录
        |结束[^，。；]{{0,12}}征程)""",
    only="夺冠|[摘夺][金银铜]|折桂|登顶|卫冕|晋级|出线|纪录|征程",
)
_STANDS = pattern(
    r"""参观了?(?P<one>⟨Org⟩(?:(?:、[^，。；、⟦Any⟧]{2,12}){0,3}[、和与]⟨Org⟩){0,40})(?:、[^，。；、⟦Any⟧]{2,12}){0,3}(?:等[^，。；]{0,12})?
        的?[^，。；]{0,8}?(?:展台|展位|展区|展厅|展馆)""",
    only="展[台位区厅馆]",
)
_FAIR = regex(
    "(?:博览会|进博会|展览会|交易会|广交会|服贸会|高交会|车展|航展|展会|消博会|链博会|工博会|投洽会|数博会|机器人大会|东博会)$"
)
# 在E展馆，A带来新品; A这次展出了…: who shows at the fair that the paragraph is about
_EXHIBITS = pattern(
    r"""(?P<one>⟨Org⟩(?:[、和与]⟨Org⟩){0,20})(?:等[^，。；的⟦Any⟧]{0,10})?[^，。；的对向从由给⟦Any⟧]{0,10}
        (?: (?:带来|展出|展示|首展|首发|亮出|发布)了 | 参展(?=[，。；])
          | (?:带来|展出)(?=[^，。；]{0,12}(?:新品|产品|技术|展品)) )""",
    only="(?:带来|展[出示]|首[展发]|亮出|发布)了|参展|带来|展出",
)
# 连续六年参加E的A; 作为E的“全勤生”，A…
_REGULAR = pattern(
    r"""(?:参加|参展|亮相|参与)了?(?:本届|今年|此次)?(?P<fair>⟨Event⟩)的(?P<one>⟨Org⟩)(?![的等、和与及])
        | 作为(?:本届|今年)?(?P<show>⟨Event⟩)的?“?(?:全勤生|老朋友|常客|回头客|参展企业|参展商|展商)”?⟨~6⟩，
          (?P<other>⟨Org⟩)""",
    only="⟨Event⟩的⟨Org⟩|作为(?:本届|今年)?⟨Event⟩",
)

_RESULTS = (
    (_BEATS, "one 战胜 other"),
    (_BEATEN, "one, 战胜 other"),
    (_WINS, "actor 夺得 prize"),
    (_THANKS_TO, "凭借 actor 的表现"),
    (_CROWNED, "actor 夺冠"),
    (_MAKES_UP, "actors 组成的 team"),
)


def contests(line: Line, context: Context) -> Iterator[Relation]:
    """Who competed in the games, or showed at the fair, that the sentence or its paragraph is about."""
    if "参观" in line.mask:
        for match in _STANDS.finditer(line.mask):
            for event in _event(line, match.start(), context)[:1]:
                yield from _took_part(line, event, match, "visitor 参观 exhibitor 的展台")
    if "展" in line.mask or "带来" in line.mask or "首发" in line.mask or "亮出" in line.mask:
        for match in _EXHIBITS.finditer(line.mask):
            for event in _event(line, match.start(), context)[:1]:
                if (
                    _FAIR.search(event.name.text)
                    and modality(line.mask[max(0, match.start() - 6) : match.end()]) == "asserted"
                ):
                    yield from _took_part(line, event, match, "exhibitor 展出 at the fair")
    for match in _REGULAR.finditer(line.mask) if LETTERS["Event"] in line.signs else ():
        if modality(line.mask[max(0, match.start() - 8) : match.start()]) == "asserted":
            event = line.at[match.start("fair" if match["fair"] else "show")]
            if _FAIR.search(event.name.text) or _is_sport(event.name.text):  # not 参加大会的全国人大|代表
                yield from _took_part(line, event, match, "参加 event 的 exhibitor")
    for form, rule in _RESULTS if _of_sport(line, context) else ():
        for match in form.finditer(line.mask):
            near = [line.at[i] for i in range(*match.span()) if line.mask[i] == LETTERS["Event"]]
            events = [e for e in (*_event(line, match.start(), context), *near) if _is_sport(e.name.text)]
            for event in events[:1]:
                yield from _took_part(line, event, match, rule)


def _of_sport(line: Line, context: Context) -> bool:
    """Whether the sentence can be about games at all; most articles name none."""
    told = [m for m in line.at.values() if m.type == "Event"]
    told += [e for e, _ in context.seen] if context.latest is None else [context.latest]
    return any(map(_is_sport, {e.name.text for e in told}))


@lru_cache(maxsize=1024)
def _is_sport(name: str) -> bool:
    return _SPORT.search(name) is not None


def _event(line: Line, before: int, context: Context) -> list[Mention]:
    """The event named last in the sentence, else the one of the paragraph, else the only games of the article."""
    here = [line.at[i] for i in range(before) if line.mask[i] == LETTERS["Event"]]
    if here:
        return here[-1:]
    if context.latest is not None:
        return [context.latest]
    games = {e.name.text: e for e, _ in context.seen if _is_sport(e.name.text)}
    return list(games.values()) if len(games) == 1 else []


def _took_part(line: Line, event: Mention, match: re.Match[str], rule: str) -> Iterator[Relation]:
    for group in ("one", "athlete", "other"):
        if group not in match.re.groupindex or match[group] is None:
            continue
        for i in range(*match.span(group)):
            if i in line.at and line.at[i].type in ("Organization", "Person"):
                yield Relation("attended", line.at[i], event, line.span(*match.span()), rule)
