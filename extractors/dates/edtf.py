"""Dates as EDTF values: as precise as their text, and the full days they span.

EDTF (Library of Congress, level 0): 2025, 2025-03, 2025-03-28, 2024-03-05T09:30, and the interval A/B of any two.
A time may stop at the hour (ISO 8601 reduced precision: 2024-03-05T18), because 18时 says no minutes.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from extractors.patterns import regex

_POINT = regex(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::\d\d)?)?)?)?)?"
)


def point(year: int, month: int | None = None, day: int | None = None, clock: str = "") -> str:
    """Write one date, no more precise than what is given; `clock` is 09:30 or 18.

    >>> point(2025), point(2025, 3), point(2025, 3, 8), point(2025, 3, 8, "09:30")
    ('2025', '2025-03', '2025-03-08', '2025-03-08T09:30')
    """
    text = f"{year:04}"
    if month is not None:
        text += f"-{month:02}"
        if day is not None:
            text += f"-{day:02}" + (f"T{clock}" if clock else "")
    return text


def _bounds(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"no EDTF date: {text!r}")
    if int(match["hour"] or 0) > 23 or int(match["minute"] or 0) > 59:
        raise ValueError(f"no time of day: {text!r}")
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


@lru_cache(maxsize=1 << 14)
def begin_end(edtf: str) -> tuple[date, date]:
    """First and last day of a date or interval. A ValueError for what is no date, or ends before it begins.

    >>> [str(d) for d in begin_end("2024-02")], [str(d) for d in begin_end("2021/2025")]
    (['2024-02-01', '2024-02-29'], ['2021-01-01', '2025-12-31'])
    >>> [str(d) for d in begin_end("2025-05-30/2025-06")], [str(d) for d in begin_end("2024-03-05T09:30")]
    (['2025-05-30', '2025-06-30'], ['2024-03-05', '2024-03-05'])
    >>> begin_end("2023-02-29")
    Traceback (most recent call last):
        ...
    ValueError: day is out of range for month
    """
    first, _, last = edtf.partition("/")
    begin, end = _bounds(first)[0], _bounds(last or first)[1]
    if end < begin:
        raise ValueError(f"ends before it begins: {edtf!r}")
    return begin, end


def is_edtf(text: str) -> bool:
    """Whether the text is a date that `begin_end` reads.

    >>> is_edtf("2024-02-29"), is_edtf("2023-02-29"), is_edtf("2025/2021"), is_edtf("今年")
    (True, False, False, False)
    """
    try:
        begin_end(text)
    except ValueError:
        return False
    return True


def interval(first: str, last: str) -> str | None:
    """The stretch from the beginning of one value to the end of another, or None when it runs backwards.

    >>> interval("2022-12", "2023-01"), interval("2022-07/2022-12", "2024"), interval("2025", "2021")
    ('2022-12/2023-01', '2022-07/2024', None)
    """
    begin, end = first.partition("/")[0], last.rpartition("/")[2]
    if begin == end:
        return begin
    return f"{begin}/{end}" if is_edtf(f"{begin}/{end}") else None


def a_year_before(edtf: str) -> str | None:
    """The same stretch of the year before, without its time of day, or None where that year lacks the day.

    >>> a_year_before("2023-01/2023-06"), a_year_before("2024-06-24T18"), a_year_before("2024-02-29")
    ('2022-01/2022-06', '2023-06-24', None)
    """
    ends = [f"{int(end[:4]) - 1:04}{end[4:10]}" for end in edtf.split("/")]
    shifted = "/".join(ends)
    return shifted if is_edtf(shifted) else None
