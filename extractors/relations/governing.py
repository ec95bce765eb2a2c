"""Which date governs a verb: the one right after it (成立于D), in its clause, or leading the sentence."""

from __future__ import annotations

from extractors.model import Edtf
from extractors.patterns import regex
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.grammar import pattern

_DATE = LETTERS["Date"]

# With one of these beside it a date is a limit or an origin, not the day of the deed.
_LIMIT_AFTER = regex(r"以来|底?之?前|以前|之?后|以后|版|至今|以内|度|间(?!，)")
_LIMIT_BEFORE = regex(r"(?:截至|截止|到|比|较|至|自从|原定|不晚于|早在|由)$")
_PUT_OFF = regex("(?:推迟|延期|提前|改期|顺延|延迟)[到至]$")
# The day of the announcement is not the day of the fact: 5月22日，中国海油发布消息，…投用.
_ANNOUNCED = regex(r"消息|获悉|了解到|宣布|介绍|表示|透露|披露|报道|通报|显示|指出|要求|提出|强调|来到|走进|考察")
_LEADING = pattern(
    r"(?:^|[，。；：\s])(?:⟨Place⟩?当地时间|北京时间|在|于|自|从|而|就在|早在|就|到|预计到?|计划|力争|将于?)?(⟨Date⟩)"
)
# 始建于D的J通车, D开工的J通过验收: a day of what the thing was before
_EARLIER = pattern(
    r"""⟨Date⟩ (?: [^，。；⟦Any⟧]{0,6}(?:开工|动工|立项|启动|奠基|成立|建成|开建)
        (?:、⟨Date⟩[^，。；⟦Any⟧]{0,6}(?:开工|动工|启动|建成|投产))? )?的"""
)
_RIGHT_AFTER = pattern(r"(?:[于在]|(?<=于))(⟨Date⟩)")


def governing(line: Line, start: int, end: int, announced: bool) -> int | None:
    """The date that governs the verb at a place: right after it (成立于D), in its clause, or leading the sentence."""
    after = _RIGHT_AFTER.match(line.mask, end)
    if after:
        return after.start(1)
    clause, _ = line.clause(start)
    near = [i for i in range(clause, start) if line.mask[i] == _DATE and is_day(line, i)]
    near = [i for i in near if not _EARLIER.match(line.mask, i, start)]
    if not near and line.mask.startswith("标志着", clause):  # 最后一台机组今天投产，标志着电站全面建成
        before, _ = line.clause(max(clause - 2, 0))
        near = [i for i in range(before, clause) if line.mask[i] == _DATE and is_day(line, i)]
    if near:
        return near[-1]
    if line.mask[end : end + 1] == "的":
        return None  # 谴责将在广岛举行的峰会: the day of the sentence is not that of the relative clause
    lead = [m.start(1) for m in _LEADING.finditer(line.mask, 0, clause) if is_day(line, m.start(1))]
    lead = [i for i in lead if not line.mask[: line.clause(i)[1]].endswith("以来")]  # 自2月开幕以来，…举办
    if not lead or (announced and _ANNOUNCED.search(line.mask, lead[-1], start)):
        return None
    return lead[-1]


def is_day(line: Line, date: int) -> bool:
    before = line.mask[max(0, date - 4) : date]
    if line.words(date).endswith(("以来", "期间")):
        return False  # 党的十八大以来，实施…: a span, not the day on which
    if before.endswith(("今", "去", "明", "前")) and line.words(date)[:1] in ("明", "后", "两"):
        return False  # 今明年: no single year
    return not _LIMIT_AFTER.match(line.mask, date + 1) and (
        not _LIMIT_BEFORE.search(before) or _PUT_OFF.search(before) is not None
    )


def bare_year(line: Line, date: int) -> bool:
    value = line.at[date].value
    return isinstance(value, Edtf) and value.value.isdecimal() and len(value.value) == 4
