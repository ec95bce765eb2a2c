"""Stations and harbours that are called after a city: 武汉站, 长沙南站, 青岛港, 海法港.

站 is also a stage of a tour (大赛武汉站), so that trains must be near; 港 also begins 港口 and ends 香港.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import lexicon, matches
from extractors.model import Mention, Name, Span
from extractors.names.divisions import short_forms
from extractors.patterns import regex
from extractors.sentences import paragraph

_CITIES = ("cities", "counties", "foreign_cities", "place_decoys")
_STATION = regex("(?:[东南西北]|(?P<part>[一-龥]{2}))?站(?![位点在立上起着得长台])")
_TRAINS = regex("铁路|高铁|列车|动车|旅客|客流|候车|检票|车次|春运|暑运|首发|始发|站台")
_TOUR = regex("大赛|比赛|赛事|杯赛|联赛|巡演|巡回|分站|公开赛|锦标赛|世界杯|活动")
_HARBOUR = regex("港(?!口|区|[股澳元珠台深湾务铁龙城人资商府警币方媒产台]|集团|航)")


def find_stations(text: str) -> Iterator[Mention]:
    """Each station and harbour, within its city."""
    if "站" not in text and "港" not in text:
        return
    for start, end, city in matches(text, *_CITIES):
        if city.lexicon == "place_decoys" or city.note.startswith("unsafe") or city.word.endswith(("港", "县")):
            continue
        if station := _STATION.match(text, end):
            told = paragraph(text, start)
            line = text[max(told.start, start - 60) : min(told.end, end + 40)]
            part = station["part"]  # 广州白云站, 上海虹桥站
            known = not part or part in short_forms() or part in lexicon("places") or part in lexicon("parks")
            if known and _TRAINS.search(line) and not _TOUR.search(line):
                yield _mention(text, start, station.end(), city.value, "station of a city")
        elif harbour := _HARBOUR.match(text, end):
            yield _mention(text, start, harbour.end(), city.value, "harbour of a city")


def _mention(text: str, start: int, end: int, city: str, rule: str) -> Mention:
    return Mention(Span(start, end), "Place", Name(text[start:end], within=city), rule)
