"""Lines that carry power from one province to another, and roads by their number.

宁夏送湖南±800千伏特高压直流输电工程 begins with its first province, whoever builds it; 国道569曼德拉至大通公路.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.model import Mention
from extractors.names.project_forms import project
from extractors.patterns import regex

_SENDS = regex(r"送[\u4e00-\u9fff]{2,5}±\d{3,4}千伏(?:特高压)?(?:柔性)?直流(?:输电|输变电)?工程")
_ROAD = regex(
    r"[国省]道\d{1,4}线?[\u4e00-\u9fff]{2,10}[至到][\u4e00-\u9fff]{2,8}?(?:高速公路|公路)(?![局段])", only=r"[国省]道\d"
)


def lines_by_number(text: str) -> Iterator[Mention]:
    """Mentions of power lines by their voltage and of roads by their number."""
    for match in _SENDS.finditer(text) if "±" in text else ():
        at = match.start()
        start = next((at - n for n in range(min(5, at), 1, -1) if text[at - n : at] in lexicon("provinces")), None)
        if start is not None:
            yield project((start, match.end()), text[start : match.end()], "line of power between provinces")
    for match in _ROAD.finditer(text) if "道" in text else ():
        yield project(match.span(), match[0], "road by its number")
