"""Numbers with their units: 约3.5亿至4亿元, 6%左右, 超过4200家, 8吨/小时, 三分之一.

What merely looks like a number is left alone: 第九届, 一批, “四个意识”, 历时4年, C919, 《…2.0》.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extractors.changes import change_before, governs
from extractors.lexicon import Entry, lexicon
from extractors.model import Article, Change, Comparator, Mention, Quantity, Span
from extractors.numerals import FRACTION, MULTIPLIER, NUMBER, fraction, to_decimal

_NUMBER = re.compile(
    rf"""
      (?P<fraction>{FRACTION})                                     # 三分之一, 四成, 百分之五
    | (?P<bare>(?<=[超近逾约过])[百千万亿](?=[^分里方百千万亿]))      # 超千吨, 近万人
    | (?P<number>{NUMBER})(?:[多余来几](?P<scale>{MULTIPLIER})?(?P<some>))?(?:(?:个|(?<=亿))(?P<yi>亿|万)(?![^的元电次]))?  # 3200多万, 1个亿, 1亿亿
    | (?P<odd>[百千万])(?=余)                                       # 百余家
    """,
    re.VERBOSE,
)
_JOIN = re.compile(r"\s?(?:[—–－~～-]{1,2}|至|到)\s?")
_LIST_JOIN = re.compile(r"(?:[、，,]|和|及|与|以及|或)\s?(?:分别|约|近|超过?)?")
_SHARED = re.compile(rf"(?:[、]|和|及|与|以及)(?={NUMBER})")
_TITLE = re.compile(r"《[^《》]{1,120}》")
_PER = re.compile(r"[/每](?=[^\s])")
_CHINESE = "一二两三四五六七八九十"
_STOP = "，,。；;、：:！!？?）)（(”’》\n "

# Chinese numbers below ten count things with these measure words; 三度, 两岸, 四口之家 are idiom.
_PLAIN_MEASURES = frozenset("个家项台座艘架辆条支套场名位所款件颗枚列只栋部张栋处所期") - {"期"}
_IDIOMATIC = frozenset(["里", "度", "斤", "方", "寸", "丈", "桶", "转", "节", "升", "卡", "块", "担", "克", "人", "安", "焦"])

# Durations are measured where something is timed: 审查周期压减至15.7个月; 历时4年 is an adverb.
_TIMED = re.compile(
    r"(?:周期|时间|耗时|用时|时长|寿命|时数|期限|时限|缩短|压减|压缩|缩减|延长|年龄|提速|天数)[^，,；;。：:]{0,12}$"
)
_AGE = re.compile(r"(?:年龄|寿命)[^，,；;。：:]{0,8}$")
_ORDINAL = re.compile(r"(?:第|初|星期|礼拜|农历|(?<![目此日之以当])前|排名|位居|位列|首|老|小|型号)$")
_SERIES = re.compile(r"(?:举办|举行|召开|连续|持续)[^，,；;。]{0,6}$")
_WIND = re.compile(r"[级至到—、0-9和]{0,4}(?:以上|左右)?的?[^，。；]{0,6}(?:风|地震)|级$")
_SEVERAL_POINTS = re.compile(r"个[多余]百分点")
_EACH = re.compile(r"每[月年天日人户]$")
_SHARE_OF = re.compile(r"约占[^，,。；]{1,20}$")  # 约占世界贸易量的60%
_TARGET = re.compile(r"[（(]目标(?:值|为|是)?")
_NEXT_OBJECT = re.compile(r"、[^，,。；;、：:到至]{1,16}")  # 新增耕地8000万亩、灌溉面积2000万亩
_NOUN = re.compile(r"[^，,。；;、：:！？!?）)（(”’》\n 的]*")
_INDEX = re.compile(r"(?:指数|系数|倍差|倍数|比值|评分|得分|PMI|CPI)[^，,；;。]{0,12}(?:为|达|达到|至|到|由|从|报|是|在)$")
_MONEY = re.compile(r"(?:投入|投资|产值|收入|金额|贷款|成本|资金|利润|销售额|交易额|总额|营收|经济总量|市值|融资)[^，,；;。]{0,8}$")
_PEOPLE = re.compile(r"(?:人口|人数|船员|网民|人员|党员|学生|游客|群众|劳动力|观众|志愿者|农民|职工|旅客|员工)[^，,；;。]{0,8}$")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number on the way to a quantity."""

    start: int  # of the comparator, or of the number
    number_end: int  # where the number ends and the unit may begin
    end: int
    value: Decimal
    written: str
    upper: Decimal | None = None
    unit: str | None = None
    kind: str = ""
    comparator: Comparator = "="
    change: Change | None = None
    number_start: int = 0


def find_quantities(article: Article) -> Iterable[Mention]:
    """Every number of the text that measures or counts, as a Quantity mention with its comparator."""
    return _quantities(article.text)


@lru_cache(maxsize=16)
def _quantities(text: str) -> tuple[Mention, ...]:
    titles = [m.span() for m in _TITLE.finditer(text)]
    readings = [r for r in _readings(text) if not any(a < r.start < b for a, b in titles)]
    readings = _share(text, readings)
    return tuple(
        Mention(
            Span(r.start, r.end),
            "Quantity",
            Quantity(r.value, r.unit, r.upper, r.comparator, r.change),
            "a number with its unit",
        )
        for r in readings
        if r.unit is not None and _measures(text, r)
    )


def _readings(text: str) -> Iterator[_Reading]:
    """Numbers left to right with unit, range and comparator; still with those that measure nothing."""
    place = 0
    while found := _NUMBER.search(text, place):
        place = found.end()
        reading = _number(text, found)
        if reading is None:
            continue
        reading = _with_range(text, reading)
        reading = _with_unit(text, reading)
        reading = _with_comparator(text, reading)
        place = max(reading.end, place)
        yield reading


def _number(text: str, found: re.Match[str]) -> _Reading | None:
    written = found.group()
    start, end = found.span()
    if found["fraction"]:
        share = fraction(written)
        if share is None:
            return None
        return _Reading(start, end, end, _two_places(share * 100), written, unit="%", kind="share", number_start=start)
    value = to_decimal(found["bare"] or found["odd"] or found["number"])
    if value is None:
        return None
    if found["odd"]:
        return _Reading(start, end + 1, end + 1, value, written, comparator=">", number_start=start)
    for multiplier in (found["scale"], found["yi"]):
        if multiplier:
            value *= to_decimal(multiplier) or _scale(multiplier)
    more = found["some"] is not None
    if start > 1 and text[start - 1] in "-－" and not (text[start - 2].isalnum()) or text[max(0, start - 2) : start] == "零下":
        value = -value
    return _Reading(start, end, end, value, written, comparator=">" if more else "=", number_start=start)


def _scale(multiplier: str) -> Decimal:
    return to_decimal("1" + multiplier) or Decimal(1)


def _two_places(value: Decimal) -> Decimal:
    """三分之一 as 33.33; 四成 stays 40."""
    rounded = value.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _with_range(text: str, r: _Reading) -> _Reading:
    """3.5亿至4亿元, 10～15天, 5%—8%; 从5%到8% are two numbers, and so is what falls."""
    first_unit = _unit_at(text, r.end)
    end = first_unit[1] if first_unit else r.end
    join = _JOIN.match(text, end)
    if not join or text[r.start - 1 : r.start] in ("从", "由"):
        return r
    second = _NUMBER.match(text, join.end())
    if not second or not second["number"]:
        return r
    upper = to_decimal(second["number"])
    if upper is None:
        return r
    low = r.value
    if first_unit is None and (scale := re.search(r"[十百千万亿]+$", second["number"])):
        factor = _scale(scale.group())
        if low * factor < upper and not re.search(r"[十百千万亿]", r.written):
            low *= factor
    if second["scale"]:
        upper *= _scale(second["scale"])
    last_unit = _unit_at(text, second.end())
    if first_unit and (not last_unit or first_unit[0].value != last_unit[0].value):
        return r
    if upper <= low:
        return r
    return replace(r, value=low, upper=upper, number_end=second.end(), end=second.end())


def _unit_at(text: str, place: int) -> tuple[Entry, int] | None:
    """The unit that begins at a place and where it ends; None for 家庭, which only begins like 家."""
    if text[place : place + 1] == " ":
        place += 1
    units, others = lexicon("units"), lexicon("not_units")
    for length in range(8, 0, -1):
        word = text[place : place + length]
        if len(word) < length:
            continue
        if word in others:
            return None
        if word in units:
            after = text[place + length : place + length + 1]
            if word[-1].isascii() and word[-1].isalnum() and after.isascii() and after.isalnum():
                continue  # the m of 5mAh, the T of 3TB
            return units[word], place + length
    return None


def _with_unit(text: str, r: _Reading) -> _Reading:
    if r.unit is not None:
        return r
    if several := _SEVERAL_POINTS.match(text, r.end):
        return replace(r, unit="个百分点", end=several.end(), kind="share", comparator=">")
    found = _unit_at(text, r.end)
    if not found:
        return _without_measure(text, r)
    entry, end = found
    unit = entry.value
    kind = entry.note
    comparator = r.comparator
    if per := _PER.match(text, end):
        below = _unit_at(text, per.end())
        if below and below[0].note.split()[0] in ("physical", "time", "count"):
            if below[0].note.split()[0] == "time" or per.group() == "/":
                unit, end, kind = f"{unit}{per.group()}{below[0].value}", below[1], "physical rate"
    if text[end : end + 1] in "多余" and text[end : end + 1] and kind != "time":
        comparator, end = ">", end + 1
    return replace(r, unit=unit, end=end, kind=kind, comparator=comparator)


def _without_measure(text: str, r: _Reading) -> _Reading:
    """10万农村人口, 会员超过330万, 指数为766.8: no measure word stands after the number."""
    if not r.written[0].isdigit():
        return r
    if r.written.endswith(("个亿", "个万")):  # 1个亿的经费: said of money only
        return replace(r, unit="元", kind="currency")
    before, after = text[max(0, r.start - 24) : r.start], text[r.end : r.end + 1]
    if _INDEX.search(before) and (not after or after in _STOP or after in "上升下降提缩扩增减点回" or after == "的"):
        return replace(r, unit="", kind="index")
    many = "万" in r.written or "亿" in r.written
    if not many and not (r.comparator == ">" or r.value >= 10):
        return r
    if many and (not after or after in _STOP or text.startswith(("以上", "左右", "和", "大关"), r.end)):
        unit = "元" if _MONEY.search(before) else "人" if _PEOPLE.search(before) else "个"
        return replace(r, unit=unit, kind="count")
    nouns = lexicon("counted_nouns")
    for at in range(r.end, min(r.end + (10 if many else 1), len(text))):
        if text[at] in _STOP:
            break
        for length in range(5, 1, -1):
            if entry := nouns.get(text[at : at + length]):
                return replace(r, unit=entry.value, kind="count noun")
    return r


def _with_comparator(text: str, r: _Reading) -> _Reading:
    """The words before and after that say how exact the number is."""
    words = lexicon("comparators")
    start, end, comparator = r.start, r.end, r.comparator
    if each := _EACH.search(text, max(0, start - 3), start):  # 不能超过每月1500元
        start = each.start()
    elif _SHARE_OF.search(text, max(0, start - 24), start):
        comparator = "~"
    for length in range(5, 0, -1):
        word = text[max(0, start - length) : start]
        entry = words.get(word)
        if entry and len(word) == length and entry.note == "before" and not _other_word(text, start - length, word):
            start, comparator = start - length, _comparator(entry.value)
            if comparator == ">" and text[max(0, start - 1) : start] == "不":
                comparator = "="
            break
    else:
        start = r.start
    for length in range(6, 0, -1):
        entry = words.get(text[end : end + length])
        if entry and entry.note == "after":
            if entry.word == "之内" or not text.startswith(("以下简称", "以内外"), end):
                end += length
                comparator = _comparator(entry.value) if comparator == "=" or entry.value != "~" else comparator
            break
    return replace(r, start=start, end=end, comparator=comparator)


def _other_word(text: str, start: int, word: str) -> bool:
    """最近, 附近, 大约束, 节约: the comparator is the tail of another word."""
    before = text[max(0, start - 1) : start]
    return (word, before) in {("近", "最"), ("近", "附"), ("约", "节"), ("约", "签"), ("约", "履"), ("超", "赶"), ("近", "邻")}


def _comparator(value: str) -> Comparator:
    comparators: dict[str, Comparator] = {"~": "~", ">": ">", ">=": ">=", "<": "<", "<=": "<="}
    return comparators[value]


def _share(text: str, readings: list[_Reading]) -> list[_Reading]:
    """What members of a list share: the unit of the last (分别为1、2、3万吨), the change of the first (增长7%、6%)."""
    shared = list(readings)
    for i in range(len(shared) - 2, -1, -1):  # units travel backwards
        here, after = shared[i], shared[i + 1]
        joined = _SHARED.fullmatch(text, here.end, after.number_start)
        if joined is None and text[here.end : after.start] not in ("、", "和"):
            continue
        bare = here.unit is None and here.written[0].isdigit()
        if after.unit and (bare or (here.unit == "个" and after.unit == "个百分点")):
            shared[i] = replace(here, unit=after.unit, kind=after.kind)
    for i, here in enumerate(shared):
        if here.unit is None:
            continue
        change = change_before(text, here.start)
        if change is None and i:
            before = shared[i - 1]
            between = text[before.end : here.start]
            if _LIST_JOIN.fullmatch(between) and "，" not in between or _TARGET.fullmatch(between):
                change = before.change
            elif before.change and _NEXT_OBJECT.fullmatch(between) and governs(text, before.start):
                change = before.change
        shared[i] = replace(here, change=change)
    return shared


def _measures(text: str, r: _Reading) -> bool:
    """False for what has number and unit and still measures nothing: 第三次, 一批, “四个意识”, 万吨级."""
    before, after = text[max(0, r.start - 16) : r.start], text[r.end : r.end + 8]
    if _ORDINAL.search(before) or after.startswith("级") and not after.startswith("级别"):
        return False
    if text[r.number_start - 1 : r.number_start] in "-－" and r.number_start and r.value > 0:
        return False
    if r.kind == "time":
        if r.unit in ("日", "时", "分", "月", "岁", "周岁") and not (r.unit.endswith("岁") and _AGE.search(before)):
            return False
        return bool(_TIMED.search(before)) and not (r.unit == "年" and 1900 < r.value < 2100)
    if r.kind.startswith(("share", "currency", "index")):
        return _is_amount(r)
    if r.kind.startswith("physical"):
        return _is_amount(r) and not (r.unit in ("千伏", "伏") and "一" <= after[:1] <= "鿿")
    return _counts(text, r, before, after)


def _is_amount(r: _Reading) -> bool:
    """一度, 百米, 万元 are words; 一倍 and 千亿元 are amounts."""
    if r.written in _CHINESE:
        if r.kind == "currency":  # 二元, 三元 are chemistry
            return False
        return r.unit == "倍" or r.unit == "%" or (r.written != "一" and r.unit not in _IDIOMATIC)
    return True


def _counts(text: str, r: _Reading, before: str, after: str) -> bool:
    if r.unit == "级":
        return bool(_WIND.match(after) or before.endswith(("阵风", "风力")))
    if r.unit == "届":
        return bool(_SERIES.search(before))
    if r.written in _CHINESE and (r.written == "一" or r.unit not in _PLAIN_MEASURES):
        return False
    if before.endswith("等") and after.startswith("部门"):
        return False
    if text[r.start - 1 : r.start] in "“‘" and not r.written[0].isdigit() and re.match(r"[^“”]{0,8}[”’]", text[r.end :]):
        return False
    return not _structure(after, r)


def _structure(after: str, r: _Reading) -> bool:
    """3个方面, 五个坚持, 三大板块: parts of a text or a slogan."""
    words = lexicon("structure_words")
    noun = _NOUN.match(after)
    phrase = noun.group() if noun else ""
    if phrase in words and r.value <= 20:
        return True
    if any((entry := words.get(phrase[:n])) and entry.value == "start" for n in range(2, 5)):
        return True
    return r.value <= 20 and any((entry := words.get(phrase[-n:])) and entry.value == "start" for n in (2, 3))
