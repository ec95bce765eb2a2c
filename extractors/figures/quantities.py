"""Numbers with their units: 约2.5亿至3亿元, 6%左右, 超过500家, 9吨/小时, 三分之一.

What merely looks like a number is left alone: 第九届, 一批, “四个意识”, 历时4年, C919, 《…2.0》.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from extractors.figures.changes import change_before, governs
from extractors.figures.idioms import measures
from extractors.figures.units import Reading, read_unit, unit_at, without_unit
from extractors.lexicon import lexicon
from extractors.model import Article, Change, Comparator, Mention, Quantity, Span
from extractors.numerals import BEGINS, FRACTION, MULTIPLIER, NUMBER, fraction, to_decimal
from extractors.patterns import regex, searching

_NUMBER = regex(
    rf"""(?={BEGINS})(?:
      (?P<fraction>{FRACTION})                                  # 三分之一, 四成, 百分之五
    | (?P<bare>(?<=[超近逾约过])[百千万亿](?=[^分里方百千万亿]))   # 超千吨, 近万人
    | (?P<number>{NUMBER})
      (?:[多余来几](?P<scale>{MULTIPLIER})?(?P<some>))?            # 2300多万
      (?:(?:个|(?<=亿))(?P<again>亿|万)(?![^的元电次]))?            # 1个亿, 1亿亿
    | (?P<odd>[百千万])(?=余)                                    # 百余家
    )""",
    re.VERBOSE,
)
_MULTIPLIERS = regex(r"[十百千万亿]+$")
_RANGE = searching(r"\s?(?:[—–－~～-]{1,2}|至|到)\s?")
# A dash no farther off than after the longest unit; most numbers have none, and are spared the look for their unit.
_JOIN_NEAR = regex(r"[^—－–～~至到-]{0,10}[—－–～~至到-]")
_LIST = regex(r"(?:[、]|和|及|与|以及|或)\s?(?:分别|约合?|近|超过?|折合)?")
_AND_A_HALF = regex("个半(?P<unit>小时|月)")
_PARTS_OF_SECOND = regex(r"[0-9]{2,3}(?![0-9])")
_TITLE = regex(r"《[^《》]{1,120}》")
_GRANTED = regex(r"(?:给予|奖励|补助|资助|补贴|支持|奖补|罚款|可贷|额度)(?:金额|标准)?$")  # 给予最高500万元资助
# 约为国内生产总值的|122%, 相当于…的: about so much of something
_ABOUT_OF = regex(r"(?:约[为占]|约?相当于|[接将]近|约是)[^，,。；;：:\d]{2,20}的$")
# 马术|三项|赛, 女子|七项|全能: the name of a contest
_CONTEST = ("赛", "全能")
# 出台|12条|举措促进消费, 清单管理等|12条|举措: the measures of a policy are counted
_MEASURES_BEFORE = regex(r"(?:出台|推出|发布|提出|公布|推行|明确|等)(?:了|的)?$")
_MEASURES = regex(r"(?:政策|改革|具体|重点|工作|务实|惠企|便民|支持)?(?:举措|措施)")
_ADDED = ("新增的", "增加的")  # 新增的|5元
_EACH = regex(r"每[月年天日人户]$")
_SHARE_OF = regex(r"约占[^，,。；]{1,20}$")  # 约占世界贸易量的六成
_TARGET = regex(r"[（(]目标(?:值|为|是)?")  # 下降25%（目标20%）
_NEXT_OBJECT = regex(r"、[^，,。；;、：:到至]{1,16}")  # 新增耕地800万亩、灌溉面积300万亩
# 最近, 附近, 节约, 赶超: there the comparator is the tail of another word
_OTHER_WORDS = frozenset(["最近", "附近", "邻近", "临近", "节约", "签约", "履约", "赶超", "以约"])
_COMPARATORS: dict[str, Comparator] = {"~": "~", ">": ">", ">=": ">=", "<": "<", "<=": "<="}


def find_quantities(article: Article) -> Iterable[Mention]:
    """Every number of the text that measures or counts, as a Quantity mention with its comparator."""
    return _quantities(article.text)


@lru_cache(maxsize=16)
def _quantities(text: str) -> tuple[Mention, ...]:
    in_titles = {place for title in _TITLE.finditer(text) for place in range(*title.span())}
    readings = [r for r in _readings(text) if r.number_start not in in_titles]
    readings = _with_shared_units(text, readings)
    counted = [r.unit is not None and _counts(text, r) for r in readings]
    readings = _with_changes(text, readings, counted)
    return tuple(
        [_mention(r, r.unit) for r, counts in zip(readings, counted, strict=True) if counts and r.unit is not None]
    )


def _counts(text: str, r: Reading) -> bool:
    if r.unit == "项" and text.startswith(_CONTEST, r.end):
        return False
    if r.unit in ("条", "项") and r.value > 2 and _MEASURES.match(text, r.end):
        return measures(text, r) or bool(_MEASURES_BEFORE.search(text, max(0, r.start - 3), r.start))
    return measures(text, r)


def _mention(r: Reading, unit: str) -> Mention:
    value = Quantity(r.value, unit, r.upper, r.comparator, r.change)
    return Mention(Span(r.start, r.end), "Quantity", value, "a number with its unit")


def _readings(text: str) -> Iterator[Reading]:
    """Numbers left to right with unit, range and comparator; still with those that measure nothing."""
    place = 0
    while found := _NUMBER.search(text, place):
        place = found.end()
        reading = _number(text, found)
        if reading is not None:
            reading = _with_comparator(text, _with_unit(text, _with_range(text, reading)))
            place = max(reading.end, place)
            yield reading


def _number(text: str, found: re.Match[str]) -> Reading | None:
    written, (start, end) = found.group(), found.span()
    if found["fraction"]:
        share = fraction(written)
        if share is None or (_percent(share) == 0 and share != 0):  # 十亿分之一 is below what a percentage can say
            return None
        return Reading(start, end, start, _percent(share), written, unit="%", kind="share")
    value = to_decimal(found["bare"] or found["odd"] or found["number"])
    if value is None:
        return None
    if found["odd"]:
        return Reading(start, end + 1, start, value, written, comparator=">")
    for multiplier in (found["scale"], found["again"]):
        value *= (multiplier and to_decimal(multiplier)) or Decimal(1)
    if text.endswith("零下", 0, start) or (start > 1 and text[start - 1] in "-－" and not text[start - 2].isalnum()):
        value = -value
    return Reading(start, end, start, value, written, comparator="=" if found["some"] is None else ">")


def _percent(share: Decimal) -> Decimal:
    """三分之一 as 33.33; 四成 stays 40."""
    rounded = (share * 100).quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _with_range(text: str, r: Reading) -> Reading:
    """3.5亿至4亿元, 10～15天, 5%—8%; 从5%到8% are two numbers, and so is what falls."""
    if not _JOIN_NEAR.match(text, r.end):
        return r
    first_unit = unit_at(text, r.end)
    join = _RANGE.match(text, first_unit[1] if first_unit else r.end)
    if not join or text[r.start - 1 : r.start] in ("从", "由"):
        return r
    second = _NUMBER.match(text, join.end())
    upper = to_decimal(second["number"]) if second and second["number"] else None
    if second is None or upper is None:
        return r
    if second["scale"]:
        upper *= to_decimal(second["scale"]) or Decimal(1)
    low = r.value
    if first_unit is None and (scale := _MULTIPLIERS.search(second["number"])) and not _MULTIPLIERS.search(r.written):
        factor = to_decimal(scale.group()) or Decimal(1)
        low = low * factor if low * factor < upper else low  # 6至8亿元
    last_unit = unit_at(text, second.end())
    if upper <= low or (first_unit and (not last_unit or first_unit[0].value != last_unit[0].value)):
        return r
    return replace(r, value=low, upper=upper, end=second.end())


def _with_unit(text: str, r: Reading) -> Reading:
    if r.unit is not None:
        return r
    if text.startswith("个半", r.end) and (half := _AND_A_HALF.match(text, r.end)):  # 1个半小时
        return replace(r, value=r.value + Decimal("0.5"), unit=half["unit"], kind="time", end=half.end())
    if found := read_unit(text, r.end):
        unit, kind, end, several = found
        r.unit, r.kind, r.end = unit, kind, end
        if unit == "秒" and (parts := _PARTS_OF_SECOND.match(text, end)) and r.written.isdigit():  # 48秒464
            r.value, r.end = Decimal(f"{r.value}.{parts.group()}"), parts.end()
        if several:
            r.comparator = ">"
        return r
    if bare := without_unit(text, r):
        r.unit, r.kind = bare
    return r


@cache
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How comparators end that stand before a number, and how those behind it begin."""
    words = lexicon("comparators").values()
    before, after = ([e.word for e in words if e.note == side] for side in ("before", "after"))
    return frozenset(word[-1] for word in before), frozenset(word[0] for word in after)


def _with_comparator(text: str, r: Reading) -> Reading:
    """The words before and after that say how exact the number is: 约, 超过, 不低于, 左右, 以上."""
    words = lexicon("comparators")
    start, end, comparator = r.start, r.end, r.comparator
    if text[max(0, start - 2) : max(0, start - 1)] == "每" and (each := _EACH.search(text, start - 2, start)):
        start = each.start()  # 不能超过每月800元
    elif (text.find("约占", max(0, start - 24), start) >= 0 and _SHARE_OF.search(text, max(0, start - 24), start)) or (
        text[start - 1 : start] == "的" and _ABOUT_OF.search(text, max(0, start - 26), start)
    ):
        comparator = "~"
    last, first = _edges()
    for length in range(min(5, start), 0, -1) if text[start - 1 : start] in last else ():
        entry = words.get(text[start - length : start])
        if entry and entry.note == "before" and text[start - length - 1 : start] not in _OTHER_WORDS:
            start, comparator = start - length, _COMPARATORS[entry.value]
            break
    else:
        start = r.start
    if text.endswith("最高", 0, start) and _GRANTED.search(text, max(0, start - 8), start - 2):
        start, comparator = start - 2, "<="
    for length in range(6, 0, -1) if text[end : end + 1] in first else ():
        entry = words.get(text[end : end + length]) if end + length <= len(text) else None
        if entry and entry.note == "after" and not text.startswith(("以下简称", "上下游"), end):
            end += length
            comparator = _COMPARATORS[entry.value] if comparator == "=" or entry.value != "~" else comparator
            break
    r.start, r.end, r.comparator = start, end, comparator
    return r


def _with_shared_units(text: str, readings: list[Reading]) -> list[Reading]:
    """分别为1、2、3万吨, 提高1.5个和3个百分点: the last member of a list has the unit for all."""
    shared = list(readings)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if text[here.end : after.start] not in "、和":
            continue
        bare = here.unit is None and here.written[0].isdigit()
        if after.unit and (bare or (here.unit == "个" and after.unit == "个百分点")):
            shared[i] = replace(here, unit=after.unit, kind=after.kind)
    return shared


def _with_changes(text: str, readings: list[Reading], counted: list[bool]) -> list[Reading]:
    """Rises and falls; 增长7%、6% and 下降25%（目标20%） hand theirs on; asked of what counts and what hands on."""
    asked = list(counted)
    for i in range(len(readings) - 2, -1, -1):
        if asked[i + 1] and not asked[i]:
            between = text[readings[i].end : readings[i + 1].start]
            asked[i] = readings[i].unit is not None and _hands_on(between)
    changed: list[Reading] = []
    for here, wanted in zip(readings, asked, strict=True):
        if not wanted:
            changed.append(here)
            continue
        change = change_before(text, here.start)
        if change is None and text.endswith(_ADDED, 0, here.start):
            change = "+"
        if change is None and changed:
            change = _handed_on(text, changed[-1], here)
        changed.append(here if change == here.change else replace(here, change=change))
    return changed


def _hands_on(between: str) -> bool:
    return bool(_LIST.fullmatch(between) or _TARGET.fullmatch(between) or _NEXT_OBJECT.fullmatch(between))


def _handed_on(text: str, before: Reading, here: Reading) -> Change | None:
    between = text[before.end : here.start]
    if _LIST.fullmatch(between) or _TARGET.fullmatch(between):
        return before.change
    if before.change and _NEXT_OBJECT.fullmatch(between) and governs(text, before.start):
        return before.change
    return None
