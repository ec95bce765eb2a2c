"""Written numbers as Decimal: the only place where 一二三, 1.2万亿, ３ or 1,234.5 is read.

The sources (NUMBER, FRACTION, …) have no capture groups and stand safely inside a re.VERBOSE pattern. NUMBER is atomic:
a number is taken whole or not at all, so a pattern built on it never sees the 20 of 2025.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from extractors.patterns import regex, searching

_ONES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ZEROS = "零〇○"
_TENS = {"廿": 20, "卅": 30}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NARROW = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")

# Decimal keeps 28 figures exactly, and nobody writes more.
_MOST_FIGURES = 28

_D = f"[{''.join(_ONES)}]"
_O = f"[{_ZEROS}]"

DIGIT = "[0-9０-９]"

# 千 and 百 belong to the unit in 3千米, 220千伏, 950百帕, 2百分点: then they are no multiplier.
_NO_UNIT = "(?![米克瓦伏赫卡焦帕乏安])"
_SMALL = rf"(?:十|百(?!帕|分点)|千{_NO_UNIT})"

# What a number or a fraction may begin with. A search for them that looks ahead for it first takes a tenth of the time.
BEGINS = rf"[0-9０-９{''.join(_ONES)}十百千万亿廿卅半]"

# What may follow 多, 余 or 来 inside a number: 20多万, 百余亿.
MULTIPLIER = rf"(?:(?>{_SMALL}?(?:万亿|万(?!一)|亿)|{_SMALL}))"

_PLAIN = rf"(?:{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?!{DIGIT})|{DIGIT}+)(?:[.．]{DIGIT}+)?"

# 800亿, 1.2 万亿, 3亿5千万, 1亿2000万, 3万2千: what follows a multiplier is of a lower order
_ARABIC = (
    rf"{_PLAIN}(?:[ ]?(?:{_SMALL}?(?:万亿|亿)(?:{_PLAIN}{_SMALL}?万)?"
    rf"|{_SMALL}?万(?!一)(?:{DIGIT}千(?:{DIGIT}百)?|{DIGIT}{{4}}(?![年.．0-9０-９]))?"
    rf"|千{_NO_UNIT}(?:{DIGIT}百)?|{_SMALL}))?"
)

# Up to 9999, level by level: 五, 十二, 二十五, 一百零八, 三千五百, 廿三; the 十 of 数十 is no number
_THOUSANDS = rf"{_D}千{_NO_UNIT}"
_HUNDREDS = rf"{_D}百(?!帕)"
_TEN = rf"(?:{_D}十|(?<![几数])十|[廿卅])"
_ONE = rf"(?:{_O}?{_D}(?![千百十]))?"
_GROUP = (
    rf"(?:{_THOUSANDS}(?:{_O}?{_HUNDREDS})?(?:{_O}?{_TEN})?{_ONE}"
    rf"|{_HUNDREDS}(?:{_O}?{_TEN})?{_ONE}|{_TEN}{_ONE}|{_D})"
)
# 一万二千, 三亿五千万, 千亿, 百万, 三点五万; a bare 百, 千, 万 is no number (百姓, 千方百计)
_CARDINAL = (
    rf"(?:{_GROUP}点[零{''.join(_ONES)}]{{1,4}}(?![十刻分滴])(?:万亿|[万亿])?"
    rf"|(?:(?<![几数])[十百千](?=[万亿])|{_GROUP})(?:(?:万亿|[万亿]){_O}?{_GROUP}){{0,2}}(?:万亿|[万亿])?)"
)
# 二〇二三: a row of digits counts as one number when it has a zero; 三四 in 三四百人 is no number
_ROW = rf"{_D}(?:(?:{_D}){{0,3}}{_O}){{1,4}}(?:{_D}){{0,4}}(?![十百千万亿])"
_DIGIT_BY_DIGIT = regex(_ROW)

NUMBER = (
    rf"(?:(?<![A-Za-z0-9０-９.．])(?>{_ARABIC})(?![.．]?{DIGIT})"
    rf"|(?<!{_D})(?>{_ROW}|{_CARDINAL}|(?<![几数])万亿)(?![几]|{_D}))"
)

_INTEGER = rf"(?:{DIGIT}{{1,9}}|{_CARDINAL})"
# 三分之二, 百分之三十, 四成, 七成五, 一半; 三成员单位 and 六成果 have no 成 of this sort
FRACTION = (
    rf"(?:(?:百|千|万)分之{NUMBER}|(?<!{DIGIT}){_INTEGER}分之{_INTEGER}(?!个世纪)"
    rf"|(?:[0-9０-９]|{_D})成(?:[0-9０-９]|{_D}|半)?(?![员果立功为就长效本份熟都交套因品人绩])"
    r"|一半|半数)"
)

_TOKEN = searching(rf"(?P<plain>{_PLAIN})|(?P<one>{_D})|(?P<zero>{_O})|(?P<tens>[廿卅])|(?P<power>[十百千万亿])")
_DIGITS = regex(rf"(?:{_D}|{_O}|{DIGIT})+")
_POINT = regex(rf"(?P<whole>[^点]+)点(?P<rest>(?:{_D}|{_O}){{1,4}})(?P<power>[万亿]*)")
_PARTS = regex(rf"(?P<of>{_INTEGER}|[百千万])分之(?P<part>.+)|(?P<over>.+)/(?P<under>.+)")
_TENTHS = regex(rf"(?P<tenths>{DIGIT}|{_D})成(?P<rest>{DIGIT}|{_D}|半)?")


def digits(text: str) -> int | None:
    """The number that a row of digits spells, one figure each, or None when the text is anything else.

    >>> digits("二〇二三"), digits("二零零八"), digits("２０２５"), digits("一二三"), digits("二十"), digits("")
    (2023, 2008, 2025, 123, None, None)
    """
    if len(text) > _MOST_FIGURES or not _DIGITS.fullmatch(text):
        return None
    figures = (c if c.isdigit() else str(_ONES.get(c, 0)) for c in text.translate(_NARROW))
    return int("".join(figures))


@lru_cache(maxsize=1 << 12)  # the same few numbers are read over and over
def to_decimal(text: str) -> Decimal | None:
    """The number that the whole text writes, multipliers expanded; None (never 0) when it is not a number.

    >>> [str(to_decimal(t)) for t in ("1,234.5", "1.2万亿", "800亿", "３千", "3亿5千万", "1 万")]
    ['1234.5', '1200000000000', '80000000000', '3000', '350000000', '10000']
    >>> [str(to_decimal(t)) for t in ("一百二十", "两千零八", "十五", "廿三", "三百五", "二〇二三", "三点五万", "百")]
    ['120', '2008', '15', '23', '350', '2023', '35000', '100']
    >>> [to_decimal(t) for t in ("", "几十", "百姓", "3年", "五六", "百千")]
    [None, None, None, None, None, None]
    """
    text = text.translate(_NARROW).replace(" ", "")
    if sum(c.isdigit() for c in text) > _MOST_FIGURES:
        return None
    if text.startswith("-"):
        value = None if text.startswith("--") else to_decimal(text[1:])
        return None if value is None else -value
    if point := _POINT.fullmatch(text):
        return _with_point(point["whole"], point["rest"], point["power"])
    if _DIGIT_BY_DIGIT.fullmatch(text):
        row = digits(text)
        return None if row is None else Decimal(row)
    return _cardinal(text)


def _with_point(whole: str, rest: str, power: str) -> Decimal | None:
    """三点五万: the digits after 点 one by one, then the multipliers."""
    integer, decimals = to_decimal(whole), "".join(str(_ONES.get(c, 0)) for c in rest)
    if integer is None or integer != integer.to_integral_value():
        return None
    value = Decimal(f"{int(integer)}.{decimals}")
    for p in power:
        value *= _POWERS[p]
    return _tidy(value)


def _cardinal(text: str) -> Decimal | None:
    """Add up a number with multipliers, level by level: beyond 亿, the 万 below it, the thousands below that."""
    beyond = myriads = section = below = Decimal(0)
    pending: Decimal | None = None  # a number whose multiplier has not come yet
    power, colloquial, place = 0, False, 0
    for token in _TOKEN.finditer(text):
        if token.start() != place:
            return None
        place = token.end()
        if token["zero"]:
            if pending is not None:
                return None
            colloquial = False
            if text in _ZEROS:
                return Decimal(0)
        elif token["power"]:
            step = _POWERS[token["power"]]
            if step < 10**4:
                if 0 < power <= step:
                    return None
                section += (Decimal(1) if pending is None else pending) * step
            else:
                below = section + (pending or Decimal(0))
                if step == 10**4:
                    myriads, section = (below or Decimal(1)) * step, Decimal(0)
                else:
                    beyond = beyond + ((myriads + below) or Decimal(1)) * step
                    myriads = section = Decimal(0)
            pending, power, colloquial = None, step, True
        elif pending is not None:
            return None
        elif token["tens"]:
            section, power = section + _TENS[token["tens"]], 10
        else:
            pending = Decimal(_ONES[token["one"]]) if token["one"] else Decimal(token["plain"].replace(",", ""))
    if place != len(text) or not text:
        return None
    if pending is not None and colloquial and power >= 100 and pending < 10:
        pending *= power // 10  # 三百五 is 350, 一万二 is 12000
    return _tidy(beyond + myriads + section + (pending or Decimal(0)))


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros that a multiplication leaves: 12000.0 is 12000."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def fraction(text: str) -> Decimal | None:
    """The share of one that the whole text says, or None.

    >>> [str(fraction(t)) for t in ("四成", "七成五", "百分之三十", "四分之三", "1/4", "一半", "千分之2.5")]
    ['0.4', '0.75', '0.3', '0.75', '0.25', '0.5', '0.0025']
    >>> fraction("三分之二") == Decimal(2) / 3, fraction("30"), fraction("三分之")
    (True, None, None)
    """
    if text in ("一半", "半数"):
        return Decimal("0.5")
    if tenths := _TENTHS.fullmatch(text):
        whole, rest = digits(tenths["tenths"]), tenths["rest"]
        more = 5 if rest == "半" else digits(rest) if rest else 0
        return None if whole is None or more is None else _tidy(Decimal(10 * whole + more) / 100)
    if parts := _PARTS.fullmatch(text):
        of, part = to_decimal(parts["of"] or parts["under"]), to_decimal(parts["part"] or parts["over"])
        return None if of is None or part is None or of == 0 else _tidy(part / of)
    return None
