"""Offices inside a ministry: 水利部|水旱灾害防御司, 交通运输部|水运局, 国家知识产权局|知识产权运用促进司."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import matches
from extractors.model import Mention, Name, Span
from extractors.names.boundary import left_edge
from extractors.names.organization_kinds import kind_of
from extractors.patterns import regex

_OFFICE = regex(r"[一-龥]{2,14}?(?:司(?![法机令务局])|局(?![面部势限长司]))")
# 科技部|有关司, 财政部会同海关总署|…
_NO_OFFICE = regex(r"有关|相关|各|机关|直属|所属|内设|负责|地方|[省县]|[^司]司局|[公]司|总局|部|委")


def find_offices(text: str) -> Iterator[Mention]:
    """水利部|水旱灾害防御司: the ministry and one of its offices, when no edge stands between them."""
    for start, end, entry in matches(text, "ministries"):
        office = _OFFICE.match(text, end)
        if kind_of(entry) != "Ministry":  # 解放军|仪仗司礼大队
            continue
        if not office or entry.note.startswith("unsafe") or _NO_OFFICE.search(office.group()):
            continue
        edge = left_edge(text, office.end() - 1, start, joined=True)
        if edge > start and text[edge - 1] in "和与及" and edge - 1 > end:  # 教育部科学技术|与信息化司
            edge = left_edge(text, edge - 1, start)
        if edge > start:
            continue
        span = Span(start, office.end())
        yield Mention(span, "Organization", Name(entry.value + office.group(), "Ministry"), "office of a ministry")
