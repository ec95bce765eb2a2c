"""Whose statistics an article tells: the country, the province or the city that it speaks of at a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures.roles import Roles
from extractors.lexicon import lexicon
from extractors.model import Mention, Span
from extractors.patterns import regex
from extractors.sentences import sentences

# not 走在全国前列, 占全国, 全国首个: there the country is only what something is measured against
# (Here and below a letter stands before what must not precede it, as Python is quick at looking for letters.)
_NO_MEASURE = "(?!前列|前茅|首|第|平均|唯一|最|率先|领先|同类|人大|政协|总工会|[0-9])"
_NATIONWIDE = regex(
    f"我国|全(?<![占居位达比于在安健完]全)国{_NO_MEASURE}|国(?<![占居位达比于在安健完]国)内(?!外){_NO_MEASURE}"
)
# An article with one of these reports on the country where it names no other place.
_NATIONAL = regex(
    r"我国|全(?<![安健完]全)国|中(?<!其中)国|国务院|中央财政|党中央|国家统计局|海关总署|商务部|财政部|五年规划|十[二三四五]五"
    r"|城镇登记失业率|全社会"
)
_NATION_NEAR = 500  # characters in which 我国 or 国务院 still says whose the figures are
_FAR = 2000  # characters: what stands farther above in a paragraph has no say
WATERS = regex(r"[江河湖海洋山岛湾峡]$|[东中西北]部地区$|东北地区$")
_COUNTRY = regex(r"我国|(?:^|[，。\n])国家(?=正|将|已|层面|累计|持续|加快)|国家层面")
_YEAR = regex(r"^[0-9]{4}年度?")


class Scopes(Roles):
    """The entities of an article, asked for the place whose figures are told."""

    def __init__(self, text: str, names: Sequence[Mention], title: str | None = None) -> None:
        super().__init__(text, names)
        self.topics: dict[tuple[int, int], Mention | str | None] = {}  # by start of the sentence and place in it
        self.home = self._home(names, title or "")
        self._bare: dict[tuple[int, int], Mention | str | None] = {}  # by sentence
        self._holders: dict[int, Mention | str | None] = {}  # by where a clause begins
        self._scopes: dict[tuple[int, int], str | None] = {}  # likewise
        self._lines: dict[int, tuple[int, int]] = {}  # by start of the sentence
        self.national = [m.start() for m in _NATIONAL.finditer(text)]
        self.sentences = sentences(text)

    @staticmethod
    def _home(names: Sequence[Mention], title: str) -> str | None:
        """The place that the title says the article is about: 浙江省政府工作报告, 广东科技创新规划印发."""
        found = [m for m in names if m.type == "Place" and m.span.end <= len(title) and not WATERS.search(m.name.text)]
        if found:
            return found[0].name.text
        if "国务院" in title:
            return "中国"
        provinces, title = lexicon("provinces"), _YEAR.sub("", title)
        return next((provinces[title[:n]].value for n in (8, 7, 6, 5, 4, 3, 2) if title[:n] in provinces), None)

    def nation(self, stretch: Span) -> str | None:
        """我国将聚焦720个重点县, 国家层面已推广349项成果: the country, when a clause names it itself."""
        if self.text.find("国", stretch.start, stretch.end) < 0:
            return None
        if _NATIONWIDE.match(self.text, stretch.start, stretch.end):  # 全国|新开工11项工程
            return "中国"
        return "中国" if _COUNTRY.search(self.text, stretch.start, stretch.end) else None

    def nationwide(self, sentence: Span, place: int) -> str | None:
        return "中国" if _NATIONWIDE.search(self.text, sentence.start, place) else None

    def scope(self, sentence: Span, place: int) -> str | None:
        """The country or place whose 新能源汽车 or 高技术产业 are spoken of at `place`."""
        known = sentence.start, place
        if known not in self._scopes:
            self._scopes[known] = self._scope(sentence, place)
        return self._scopes[known]

    def _scope(self, sentence: Span, place: int) -> str | None:
        above, start = self.lines(sentence)
        for begin, end in ((sentence.start, place), (start, sentence.start), (above, start)):
            if begin == end:
                continue
            found = [(m.span.start, m.name.text) for m in self.within(begin, end) if self._is_scope(m)]
            found += [(m.start(), "中国") for m in _NATIONWIDE.finditer(self.text, begin, end)]
            if found:
                return max(found)[1] if begin == sentence.start else min(found)[1]
        return self._province(start, place) or self.home or self.national_at(sentence.start)

    def national_at(self, place: int) -> str | None:
        """The country, when the text speaks of it not far off."""
        at = bisect_left(self.national, place)
        for start in self.national[max(0, at - 1) : at + 1]:
            if abs(place - start) < _NATION_NEAR:
                return "中国"
        return None

    def _is_scope(self, name: Mention) -> bool:
        """A place whose industries are spoken of: no river, and no part of a list like 东部地区, 中部地区."""
        if name.type != "Place" or WATERS.search(name.name.text):
            return False
        return not self.is_adverbial(name) and not self.is_listed(name)

    def _province(self, start: int, place: int) -> str | None:
        """The province in whose name an organisation or project of the paragraph begins: 北京市政府, 北京科创中心."""
        provinces = lexicon("provinces")
        for name in (m for m in self.within(start, place) if m.type != "Place"):
            for length in (3, 2):
                if entry := provinces.get(name.name.text[:length]):
                    return entry.value
        return None

    def lines(self, sentence: Span) -> tuple[int, int]:
        """Where the line above a sentence's paragraph begins, and where the paragraph does."""
        at = sentence.start
        if at not in self._lines:
            low = max(0, at - _FAR)
            start = max(low, self.text.rfind("\n", low, at) + 1)
            self._lines[at] = max(low, self.text.rfind("\n", low, max(low, start - 1)) + 1), start
        return self._lines[at]

    def place_of(self, phrase: str, place: int) -> Mention | None:
        """全市, 全省: the place named last before."""
        if phrase in ("全球", "全世界", "全行业"):
            return None
        before = bisect_left(self.places, place, key=lambda m: m.span.start)
        return self.places[before - 1] if before else None
