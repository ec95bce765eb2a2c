"""Days that no verb of holding tells: 6月5日是E, 今天各地庆祝E, 5月20日在E上获悉."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Relation
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.governing import bare_year, is_day
from extractors.relations.grammar import pattern

_EVENT = LETTERS["Event"]
_IS = pattern(
    r"""(⟨Date⟩)(?:是|为|，?也?迎来|，?适逢|，?恰逢)[^，。；⟦Date⟧⟦Event⟧]{0,14}(⟨Event⟩)(?=[，。；！、\s]|$)"""
)
# 今天，各地举行活动，庆祝第八个“航天日”
_CELEBRATED = pattern(r"(⟨Date⟩)，⟨s~40⟩(?:庆祝|纪念)(⟨Event⟩)")
# E以“…”为主题，15日在杭州举办开幕会
_THEMED = pattern(
    r"""(?:^|[。；])(⟨Event⟩)以[^，。；]{2,40}为主题，(⟨Date⟩)(?:在(?:⟨Place⟩|[\u4e00-\u9fff]{1,8}){1,4}?)?
        (?:举行|举办|开幕|召开|启动)""",
    only="为主题",
)
# 4月23日，E暨F在P举行: also the first of the two
_TOGETHER = pattern(
    r"""(⟨Date⟩)，[^。；⟦Date⟧]{0,60}?(⟨Event⟩)暨[^，。；⟦Date⟧]{1,24}?(?:在[^，。；]{1,24}?)?(?:举行|召开|开幕|启动|举办)"""
)
# 中方代表22日在E表示, 记者今天从E获悉
_SAYS_AT = pattern(
    r"(⟨Date⟩)[^，。；⟦Date⟧⟦Event⟧]{0,6}(?:在(⟨Event⟩)(?:⟨w:saying⟩|发言)|从(?P<heard>⟨Event⟩)上?(?:获悉|了解到|得知))"
)
_BESIDE = pattern(r"(⟨Date⟩)⟨Place⟩?(⟨Event⟩)(?=，)")
_AT = pattern(
    r"(⟨Date⟩)(?P<gap>[^。；⟦Date⟧]{0,40}?)在?(?:第[^，]{1,4})?(⟨Event⟩)(?!第)[^，。的]{0,5}?"
    r"(?:上(?!的)|中(?![的国央方心华外]))"
)


def days(line: Line) -> Iterator[Relation]:
    """Days that no verb of holding tells: 6月5日是E, 2022年11月杭州“E”，, 5月20日在E上获悉."""
    if _EVENT not in line.signs:
        return
    for match in _IS.finditer(line.mask):
        if bare_year(line, match.start(1)):
            continue  # 今年是全面贯彻党的二十大精神的一年
        yield _held(line, match.start(2), match.start(1), match.span(), "date 是 event")
    for match in _THEMED.finditer(line.mask):
        if is_day(line, match.start(2)):
            yield _held(line, match.start(1), match.start(2), match.span(), "event 以…为主题，date")
    for match in _TOGETHER.finditer(line.mask):
        if is_day(line, match.start(1)):
            yield _held(line, match.start(2), match.start(1), match.span(), "date, event 暨 event 举行")
    for match in _CELEBRATED.finditer(line.mask):
        if line.at[match.start(2)].name.text.rstrip("”").endswith(("日", "节")) and not bare_year(line, match.start(1)):
            yield _held(line, match.start(2), match.start(1), match.span(), "date, 庆祝 event")
    for match in _BESIDE.finditer(line.mask):
        if is_day(line, match.start(1)):
            yield _held(line, match.start(2), match.start(1), match.span(), "date beside event")
    for match in _SAYS_AT.finditer(line.mask):
        if is_day(line, match.start(1)) and not bare_year(line, match.start(1)):
            event = match.start("heard" if match["heard"] else 2)
            yield _held(line, event, match.start(1), match.span(), "date, 在 event 表示")
    for match in _AT.finditer(line.mask):
        if (
            is_day(line, match.start(1))
            and not bare_year(line, match.start(1))
            and (match["gap"].startswith("，") or "，" not in match["gap"])
        ):
            yield _held(line, match.start(3), match.start(1), match.span(), "date, 在 event 上")


def _held(line: Line, event: int, date: int, span: tuple[int, int], rule: str) -> Relation:
    return Relation("held_on", line.at[event], line.at[date], line.span(*span), rule)
