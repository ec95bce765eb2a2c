"""Times of day that stand alone: 9时31分，火箭点火, after the day of the launch was told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import timedelta

from extractors.dates.edtf import begin_end, is_edtf
from extractors.dates.forms import Form, with_clock
from extractors.dates.reckoning import Anchor
from extractors.model import Edtf, Mention, Span
from extractors.patterns import regex, searching

_TIME = searching(
    # 9时31分 anywhere; 上午9时 only with the part of the day; 8点 is a score, or tells of any day (早上8点就开门)
    r"(?<![0-9０-９.:：∶第])(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?[0-9]{1,2}时[0-9]{1,2}分(?!钟)"
    r"|(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)[0-9]{1,2}时(?![间期代区速段])"
)
_HOUR = regex("时(?<=[0-9]时)")  # 同时 and 及时 stand in most texts
# Characters from the day that was told; 凌晨5时 without minutes opens many a story of any day.
_FAR, _FAR_OF_HOURS = 500, 150
_NOW, _FRESH = timedelta(0), timedelta(days=15)  # between that day and the article's own


def clocks(text: str, told: Sequence[Mention], start: Anchor) -> Iterator[Mention]:
    """Times of day after a day was told, as that day with its time; `told` are the dates of the text, in its order.

    Nothing is said without a day, nor where the last told is an old one (a life, a history) or still to come.
    """
    if start.day is None or "时" not in text:
        return
    days = [m for m in told if m.rule != "a feast" and isinstance(m.value, Edtf) and _is_day(m.value.value)]
    ends = [m.span.end for m in days]
    for match in _TIME.finditer(text) if _HOUR.search(text) else ():
        at = bisect_right(ends, match.start()) - 1
        if at < 0 or match.start() - ends[at] > (_FAR if match[0].endswith("分") else _FAR_OF_HOURS):
            continue
        begin, value = match.start(), days[at].value
        read = with_clock(text, Form(begin, begin, day=1))
        day = value.value[:10] if isinstance(value, Edtf) else ""
        if read.clock and _NOW <= start.day - begin_end(day)[0] <= _FRESH and is_edtf(f"{day}T{read.clock}"):
            yield Mention(Span(begin, read.end), "Date", Edtf(f"{day}T{read.clock}"), "a time of the day told before")


def _is_day(value: str) -> bool:
    return len(value.partition("T")[0]) == 10
