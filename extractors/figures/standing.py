"""What holds at no date of its own: lengths, capacities, what recurs or stands by now; and years told from now."""

from __future__ import annotations

from functools import lru_cache

from extractors.numerals import to_decimal
from extractors.patterns import regex

_ABLE = regex(
    r"年均(?:发电|供水|供气|供热|处理|产)|年设计|设计年|可(?:以)?(?:直接)?(?:满足|带动|办理|容纳|供应|存储|储存|承载|处理|停放|节约|减少|生产)|最快|最短"
)
_YEARS_BACK = regex(r"(?<![0-9一二三四五六七八九十百去今])(?P<years>[0-9]{1,2}|[二两三四五六七八九十]{1,3})年来(?!的)")
_YEARS_AHEAD = regex(r"未来(?P<years>[0-9]{1,2}|[二两三四五六七八九十]{1,3})年")
_LASTING = regex(
    r"[坝塔楼桥墙杆]高|[边弧轴跨]长|埋深|主跨|跨径|带隙|设计寿命|全长|总长|正线|长度|海拔|时速|航速|吨位|设计|直径|跨度|水深|重量|自重|距离|坡度|(?<!全)口径|排水量|占地(?!区)|幅宽"
)
_CAPACITY = regex(r"(?:装机容量|总装机|装机规模|年发电量|年产能|产能)$")
# 已通达30个国家, 共有古桥200处: so it stands by now, not on the day of the news
_BY_NOW = regex(
    r"已(?:经)?|累计(?!同比|增长|完成|实现|销售|发送|接待|出口|进口|运送)|共有|现有|拥有(?!量)|目前|当前|眼下|如今|现在|现已|至今|迄今"
)
_AGAIN = regex(r"每(?:年|天|日|周|月|晚|小时|分钟|秒|季度)|年(?<!同年)均可|年可")


@lru_cache(maxsize=1 << 12)
def is_lasting(metric: str) -> bool:
    """Lengths, design speeds, … of a thing that is built: they hold at no date."""
    return bool(_LASTING.search(metric))


def recurs(text: str, start: int, end: int) -> bool:
    """每年可节约, 每小时净化: what is done again and again is of no date."""
    return _AGAIN.search(text, start, end) is not None


def can_do(text: str, start: int, end: int, metric: str) -> bool:
    """可满足年旅客吞吐量55万人次, 总装机规模: what a thing can do it can on more days than that of its opening."""
    return metric.startswith("年") or is_capacity(metric) or _ABLE.search(text, start, end) is not None


def years_ahead(text: str, start: int, end: int, issued: str | None) -> str | None:
    """未来10年: from the year of the article on."""
    if text.find("未来", start, end) < 0:
        return None
    found = _YEARS_AHEAD.search(text, start, end)
    year = int(issued[:4]) if issued else 0
    count = to_decimal(found["years"]) if found else None
    return f"{year}/{year + int(count)}" if year and count and 1 < count < 100 else None


def years_back(text: str, start: int, end: int, issued: str | None) -> str | None:
    """十年来新增, 30年来共奖励: the years up to that of the article."""
    if text.find("年来", start, end) < 0:
        return None
    found = list(_YEARS_BACK.finditer(text, start, end))
    year = int(issued[:4]) if issued else 0
    count = to_decimal(found[-1]["years"]) if found else None
    return f"{year - int(count)}/{year}" if year and count and 1 < count < 100 else None


@lru_cache(maxsize=1 << 12)
def is_capacity(metric: str) -> bool:
    """What a plant can do: it is of the date that stands beside it (截至2023年底), and of no earlier one."""
    return bool(_CAPACITY.search(metric))


def by_now(text: str, start: int, end: int) -> bool:
    """目前, 已, 累计: the figure holds at no date that an earlier sentence named."""
    return _BY_NOW.search(text, start, end) is not None
