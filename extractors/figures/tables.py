"""Tables that a PDF flattened into lines: 指标 单位 2023年 2024年, then a name, a unit and the values of each row.

Repair leaves no space between Chinese and a digit, so a row reads 研究与试验发展经费 亿元100.5 120.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.lexicon import lexicon
from extractors.model import Article, Change, Figure, Quantity, Span, Status, record
from extractors.numerals import MULTIPLIER, to_decimal
from extractors.patterns import regex

_COLUMN = r"""(?:
      (?P<year{n}>(?:19|20)[0-9]{{2}})年(?:底|末|度)?(?P<aim{n}>目标值?|规划值?|预期值?)?(?:实际|完成)?值?
    | (?P<growth{n}>(?:[比较]上年|同比)?(?:增长|增减|增速|增幅|±)率?\s?(?:[（(]%[)）])?)
    | (?P<goal{n}>(?:规划)?目标值)
    | (?P<level{n}>产量|销量|产值|数值|绝对数|完成数|累计数?|本期|金额|数量|规模|现状值)
)"""
_MOST_COLUMNS = 6
_HEADER = regex(
    r"(?:指标名称|主要指标|指标|项目|产品名称|产品|名称|类别)\s?(?:计量)?(?P<unit>单位)?\s?"
    + "".join(f"(?:{_COLUMN.format(n=n)}\\s?" for n in range(_MOST_COLUMNS))
    + ")?" * (_MOST_COLUMNS - 1)
    + r")(?:指标)?(?:属性|备注)?\s*",
    re.VERBOSE,
)
# 单位：亿元 above the table
_UNIT_ABOVE = regex(r"单位[：:]\s?(?P<unit>[^\s，。；）)]{1,8})")
_FAR_ABOVE = 60  # characters
_NAME = r"(?P<name>[一-鿿A-Za-z“”][一-鿿A-Za-z0-9“”、（()）/％% ．·\-]{1,40}?)"
_VALUE = r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?"
_IN_BRACKETS = regex(r"(?P<name>.{2,})[（(](?P<unit>[^（()）]{1,10})[)）]$")
_SCALE = regex(MULTIPLIER, re.VERBOSE)
_ATTRIBUTE = r"(?:\s?(?:预期性|约束性|指导性))?"
_FEWEST_ROWS = 2
RULE = "a row of a table under its heads"
_PLAIN = ("数值", "绝对数", "完成数", "累计", "累计数", "本期", "现状值", "数量", "金额", "规模")


@record()
class Column:
    """A head: the year that its values are of, whether they are aims, whether they are growth, what they measure."""

    year: str | None
    aim: bool
    growth: bool
    level: str | None


@record()
class Table:
    """Where a table stands, and its figures."""

    span: Span
    figures: tuple[Figure, ...]


def has_heads(text: str) -> bool:
    """Is it worth looking for tables?"""
    return any(word in text for word in ("指标", "项目", "产品", "名称")) and bool(_HEADER.search(text))


def find_tables(article: Article, home: str | None, told: str | None) -> Iterator[Table]:
    """The tables of an article; `home` is whose they are, `told` the year that the article sums up."""
    text, end = article.text, 0
    for header in _HEADER.finditer(text):
        if header.start() < end:
            continue
        columns = _columns(header)
        above = _UNIT_ABOVE.search(text, max(0, header.start() - _FAR_ABOVE), header.start())
        rows = list(_rows(text, header.end(), len(columns)))
        if len(rows) < _FEWEST_ROWS:
            continue
        end = rows[-1].end()
        unit = above["unit"] if above else None
        issued = article.issued or ""
        figures = [f for row in rows for f in _figures(row, columns, unit, home, told, issued)]
        if figures:
            yield Table(Span(header.start(), end), tuple(figures))


def _columns(header: re.Match[str]) -> list[Column]:
    found: list[Column] = []
    for n in range(_MOST_COLUMNS):
        year, growth, goal, level = (header[f"{kind}{n}"] for kind in ("year", "growth", "goal", "level"))
        if year or growth or goal or level:
            found.append(Column(year, bool(header[f"aim{n}"] or goal), bool(growth), level))
    return found


def _rows(text: str, place: int, count: int) -> Iterator[re.Match[str]]:
    """Rows one after another: a name, perhaps its unit, and as many values as there are columns."""
    values = r"\s+".join(rf"(?P<v{n}>{_VALUE}|[—－-])" for n in range(count))
    row = re.compile(rf"{_NAME}\s*(?<![0-9])(?P<values>{values})(?![0-9.万亿年月日%]){_ATTRIBUTE}\s*")
    while found := row.match(text, place):
        yield found
        place = found.end()


def _figures(
    row: re.Match[str], columns: Sequence[Column], above: str | None, home: str | None, told: str | None, issued: str
) -> Iterator[Figure]:
    name, unit = _name_and_unit(row["name"].strip(), above)
    for n, column in enumerate(columns):
        value = to_decimal(row[f"v{n}"].rstrip("%"))
        quantity = _quantity(value, "%" if row[f"v{n}"].endswith("%") else unit, column.growth)
        if quantity is None:
            continue
        of_column = column.level if column.level and column.level not in _PLAIN else None
        head = (
            next((c.level for c in columns if c.level and c.level not in _PLAIN), None) if column.growth else of_column
        )
        head = None if name.endswith("量") else head  # 发电量 under 产量
        time = column.year or (None if column.aim else told)
        status: Status = "target" if column.aim or (column.year or "") > issued[:4] > "" else "actual"
        span = Span(*row.span(f"v{n}"))
        yield Figure(
            quantity=quantity,
            span=span,
            evidence=Span(row.start("name"), span.end),
            metric=head or name,
            subject=((home or "") + name) if head else home,
            time=time,
            status=status,
            rule=RULE,
            compared_with="比上年" if column.growth else None,
        )


def _name_and_unit(name: str, above: str | None) -> tuple[str, str | None]:
    """研发经费（亿元） and 研发经费 亿元 as name and unit; the unit above the table for a bare name."""
    if (found := _IN_BRACKETS.match(name)) and _base(found["unit"]):
        return found["name"].strip(), found["unit"]
    for length in range(min(8, len(name) - 2), 0, -1):
        if _base(name[-length:]) and name[-length - 1].isspace():
            return name[:-length].strip(), name[-length:]
    return name, above


def _base(unit: str) -> tuple[Decimal, str] | None:
    """亿元 is 100000000 of 元; None for what is no unit."""
    units = lexicon("units")
    scale = _SCALE.match(unit)
    for end in (scale.end() if scale else 0, 0):
        rest = unit[end:]
        if rest in units or ("/" in rest and rest.split("/")[0] in units):
            factor = to_decimal("1" + unit[:end]) if end else Decimal(1)
            return (factor or Decimal(1)), units[rest].value if rest in units else rest
    return None


def _quantity(value: Decimal | None, unit: str | None, growth: bool) -> Quantity | None:
    if value is None:
        return None
    if growth:
        change: Change = "-" if value < 0 else "+"
        return Quantity(abs(value), "%", change=change)
    base = _base(unit) if unit else None
    if base is None:
        return None
    whole = value * base[0]
    return Quantity(Decimal(int(whole)) if whole == whole.to_integral_value() else whole, base[1])
