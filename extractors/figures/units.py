"""Units and measure words after a number: 千瓦时, 吨/小时, 个百分点, 家; or what is counted without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.lexicon import Entry, lexicon
from extractors.model import Change, Comparator
from extractors.patterns import regex

STOP = "，,。；;、：:！!？?）)（(”’》\n "

_PER = regex(r"[/每](?=\S)")
_SEVERAL_POINTS = regex(r"个[多余]百分点")
_SEVERAL_HOURS = regex(r"个[多余](?P<unit>小时|月|星期|世纪)")
_POINTS = regex(r"个?点(?![一-鿿0-9])")  # 指数上升0.2点, not 8点 or 3点要求
_INDEX = regex(
    r"(?:指数|系数|倍差|倍数|比值|评分|得分|PMI|CPI)[^，,；;。]{0,12}(?:为|达|达到|至|到|由|从|报|是|在|[从由][^，,；;。]{1,6}的)$"
)
_REACHED = regex(r"指数[^。；]{0,16}点，(?:为|达|达到|[升降]至|回[升落]至)$")
_MONEY = regex(
    r"(?:投入|投资|产值|收入|金额|贷款|成本|资金|利润|销售额|交易额|总额|营收|经济总量|市值|融资)[^，,；;。]{0,8}$"
)
_PEOPLE = regex(
    r"(?:人口|人数|船员|网民|人员|党员|学生|游客|群众|劳动力|观众|志愿者|农民|职工|旅客|员工)[^，,；;。]{0,8}$"
)


# not 3万亿台阶, 百万级, 10亿以内, 5万起: what follows those is no noun
_NOUN = regex(
    r"[多余]?(?P<noun>(?![级元分之倍个左右以上下内起钱的和与及或至到、]|大关|台阶|量级|规模|门槛|关口)[一-鿿]{2,10})"
)
_PERSON = regex(
    r"者|人员|员工|成员|会员|[考学师医新先]生|[居村市农渔牧网国灾]民|同胞|人民|儿女|群众|[旅游乘顾]客|人口|球迷|歌迷|朋友|家属|志士|老师"
)


# Not frozen: a copy for each step, and a frozen one takes three times as long to make, were a tenth of the reading.
@dataclass(slots=True)
class Reading:
    """A number on the way to a quantity: `start` is that of its comparator, `end` that of its unit or comparator."""

    start: int
    end: int
    number_start: int
    value: Decimal
    written: str  # the number as it stands in the text
    upper: Decimal | None = None
    unit: str | None = None
    kind: str = ""  # the note of the unit: currency, share, physical …, count …, time
    comparator: Comparator = "="
    change: Change | None = None

    @property
    def single_character(self) -> bool:
        """三 or 十, which are as often part of a phrase as numbers."""
        return len(self.written) == 1 and not self.written.isdigit()


_SQUADS = ("支队伍", "支部队")  # 21支|队伍, though 支队 is a body


@cache
def _words() -> tuple[Mapping[str, Sequence[int]], Mapping[str, Entry | None]]:
    """How long the words are that begin with a letter, the longest first; and the words, None for what is no unit."""
    found: dict[str, set[int]] = {}
    words: dict[str, Entry | None] = {**lexicon("units"), **dict.fromkeys(lexicon("not_units"))}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    lengths = {letter: sorted((n for n in some if n <= 8), reverse=True) for letter, some in found.items()}
    return lengths, words


def unit_at(text: str, place: int) -> tuple[Entry, int] | None:
    """The unit that begins at a place and where it ends; None for 家庭, which only begins like 家.

    >>> [(e.value, end) for e, end in filter(None, [unit_at("3千瓦时", 1), unit_at("3家庭", 1), unit_at("5 kg", 1)])]
    [('千瓦时', 4), ('kg', 4)]
    """
    letter = text[place : place + 1]
    if letter == " ":
        place += 1
        letter = text[place : place + 1]
    lengths, words = _words()
    for length in lengths.get(letter, ()):
        word = text[place : place + length]
        if word not in words or len(word) < length:  # shorter at the end of the text
            continue
        unit = words[word]
        if unit is None:
            if not text.startswith(_SQUADS, place):
                return None
            continue
        after = text[place + length : place + length + 1]
        if not (word[-1].isascii() and word[-1].isalnum() and after.isascii() and after.isalnum()):
            return unit, place + length  # else the m of 5mAh, the T of 3TB
    return None


def read_unit(text: str, place: int) -> tuple[str, str, int, bool] | None:
    """Unit, its kind, where it ends, and whether 多 or 余 stands in it, for a number that ends at `place`.

    >>> read_unit("1.5吨/小时", 3), read_unit("2个多百分点", 1), read_unit("3元多", 1)
    (('吨/小时', 'physical rate', 7, False), ('个百分点', 'share', 6, True), ('元', 'currency', 3, True))
    """
    letter = text[place : place + 1]
    if letter == "个":
        if several := _SEVERAL_POINTS.match(text, place):
            return "个百分点", "share", several.end(), True
        if several := _SEVERAL_HOURS.match(text, place):
            return several["unit"], "time", several.end(), True
    if letter in "个点" and "." in text[max(0, place - 4) : place] and (points := _POINTS.match(text, place)):
        return "点", "index", points.end(), False
    found = unit_at(text, place)
    if not found:
        return None
    entry, end = found
    unit, kind = entry.value, entry.note
    if kind != "time" and (per := _PER.match(text, end)):
        below = unit_at(text, per.end())
        kinds: tuple[str, ...] = ("time", "physical", "count") if per.group() == "/" else ("time",)
        if per.group() == "每" and kind.startswith("physical"):  # 29微克每立方米
            kinds = ("time", "physical")
        if below and below[0].note.startswith(kinds):
            unit, kind, end = f"{unit}{per.group()}{below[0].value}", "physical rate", below[1]
    several_of = kind != "time" and text.startswith(("多", "余"), end)
    return unit, kind, end + several_of, several_of


def without_unit(text: str, r: Reading) -> tuple[str, str] | None:
    """Unit and kind of a number that no measure word follows: 10万农村人口, 会员超过300万, 指数为512.3."""
    if not r.written[0].isdigit():
        return None
    if r.written.endswith(("个亿", "个万")):  # 1个亿的经费: said of money only
        return "元", "currency"
    before, after = text[max(0, r.start - 24) : r.start], text[r.end : r.end + 1]
    if _INDEX.search(before) and (not after or after in STOP or after in "上升下降提缩扩增减点回的"):
        return "", "index"
    many = "万" in r.written or "亿" in r.written
    if not many and (not after or after in STOP) and _REACHED.search(before):  # 资金指数上升0.3点，升至102.6
        return "", "index"
    if many and (not after or after in STOP or text.startswith(("以上", "左右", "和", "大关"), r.end)):
        unit = "元" if r.written.endswith("万亿") or _MONEY.search(before) else "人" if _PEOPLE.search(before) else "个"
        return unit, "count"
    if many or r.comparator == ">" or r.value >= 10:
        listed = _counted_noun(text, r.end, r.end + 10 if many else r.end + 1)
        return listed or (_any_noun(text, r.end) if many else None)
    return None


def _any_noun(text: str, place: int) -> tuple[str, str] | None:
    """What 14亿多|大陆同胞 or 10万多|客户 count: any noun may stand where a measure word would."""
    found = _NOUN.match(text, place)
    if found is None or unit_at(text, found.start("noun")):
        return None
    noun = found["noun"]
    return ("人" if _PERSON.search(noun) else "个"), "count noun"


def _counted_noun(text: str, start: int, end: int) -> tuple[str, str] | None:
    """The noun that is counted without a measure word, if it begins before `end` and in the same phrase."""
    nouns = lexicon("counted_nouns")
    for at in range(start, min(end, len(text))):
        if text[at] in STOP:
            return None
        for length in range(5, 1, -1):
            if entry := nouns.get(text[at : at + length]):
                return entry.value, "count noun"
    return None
