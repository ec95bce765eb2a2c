"""Where a name begins that ends at a known suffix: 日前江苏省科学技术|厅 begins at 江苏.

Names have no capitals to show where they start. What can be known is what no name goes through: punctuation, function
words, verbs (lexicons/boundary_words.csv), and what names like to begin with: places, organisations, 第九届, 2023年.
The lexicon's values: `edge` no name goes through the word; `join` 和 与 及, an edge unless both sides share what stands
around them (中国科学家和工程师协会); `soft` a verb that also stands inside names (中国建设银行), an edge only before an
opening; `opening` a word that many names begin with; `inside` a word of the language in which the letters of an edge
mean nothing (和平, 目的, 对外); `edge first` and `join first` an edge or 和 before a word that would hide it (和|平台).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache

from extractors.lexicon import lexicon, longer_matches
from extractors.names.organization_kinds import JOINTLY, masked
from extractors.patterns import regex, searching

# A name longer than this in front of its suffix has swallowed a verb that the lexicon does not know.
_LONGEST = 26
# No edge on so many characters to the left: a table or one word said over and over, and no name ends here.
_REACH = 120

_FACTS = (
    "ministries",
    "party_bodies",
    "universities",
    "academies",
    "companies",
    "associations",
    "international",
    "media",
    "parks",
    "local_bodies",
    "provinces",
    "cities",
    "counties",
    "countries",
    "foreign_cities",
    "places",
)
_PLACES = ("provinces", "cities", "countries", "foreign_cities")

_COUNTED = searching(
    r"""
      (?P<edge>  \d{1,2}[日号](?![线院楼矿井隧桥泊机船炉槽台段舱坑平]) # 5月20日|北京…, but 祁连山2号隧道
               | \d{1,2}月(?!\d{1,2}日)                          # 2024年3月|全国…
               | (?:[\d,.]{1,20}+|[一二三四五六七八九十百千两几数多])[余多]?[家个所名位批座项件种]
               | \d{1,20}+[%％]
               | (?<![一-龥]) 据 (?=[一-龥])                      # 据|阿拉比亚电视台报道, but not 数据
      )
    | (?P<opening> 第[一二三四五六七八九十百\d]{1,4}[届次批期] | 首届
                 | (?:19|20)\d\d(?:—(?:19|20)\d\d)?年度?(?!\d{1,2}月) )
    """,
    re.VERBOSE,
)
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_STOPS = frozenset("，。！？；：,;:!?…—－–·•/|()（）【】[]《》〈〉“”‘’「」『』\"'<>●■▲◆★" + _SPACES)
_MARK = regex(r"[“”《》（）‘’()「」『』\n]")
_DASHES = "—－–-"
_CLOSE = {"”": "“", "》": "《", "）": "（", "’": "‘", ")": "(", "」": "「", "』": "『"}
_SENTENCE = regex("[。！？；，]")
# Verbs that name what is done when they follow a quotation: “小巨人”培育|专项行动.
_NAMING = regex("培育|提升|培养|引领|促进|扶持|推进|优化|强化|打击|助力|奖励|资助|选拔|评选|征集|推荐|建设|帮扶|督导")
# The last but one of a series of verbs: 捕集、利用|与封存.
_SERIES = regex(r"、[^、，。；：和与及“”《》]{2,4}$")
# What ends like an organisation or a country ends a name: 北京大学|和清华大学.
_WHOLE = regex(r"(?:[部委局厅省市县区州国院所校社会盟]|大学|公司|集团|中心|政府|企业|高校|专家|银行)$")


@cache
def _letters(*values: str) -> Set[str]:
    """The edges, joins or soft edges that are one letter long."""
    return {w for w, entry in lexicon("boundary_words").items() if len(w) == 1 and entry.value in values}


@cache
def _marks() -> Set[str]:
    return _letters("edge", "join") | _STOPS | {"、"}


class _Scan:
    """What a text holds at each position.

    Punctuation and words of one letter are every third letter of a text; of few is it ever asked, so they are looked at
    when it is.
    """

    __slots__ = ("_counted", "_in_words", "_readable", "closings", "edges", "joins", "openings", "pairs", "starts")

    def __init__(self, text: str) -> None:
        self.edges = {0}  # a name may not go left of here, after words of two letters and more or dates
        self.joins: set[int] = set()  # those after 以及
        self.openings: set[int] = set()  # a name likes to begin here
        self.closings: set[int] = set()  # an opening ends here
        self.starts = {len(text)}  # an edge begins here
        self.pairs = _pairs(text)  # end of a closing quote or bracket → start of the opening one
        self._readable = masked(text)
        self._in_words = bytearray(len(text) + 1)  # 1 where a letter of a longer word ends: 目的 holds no 的
        self._counted: set[int] = set()  # ends of punctuation inside numbers: 1,200家, 2020—2025年
        soft = self._read_words()
        self._read_numbers(text)
        if "联合国" in text:
            self.edges.update(m.end() for m in JOINTLY.finditer(text))
            self.starts.update(m.start() for m in JOINTLY.finditer(text))
        letters = _letters("soft")
        self.edges |= soft & self.openings
        self.edges.update([end for end in self.openings if end and self._is_letter(end, letters)])
        self.edges.update(_built_at_a_place(text, self.closings))
        self.edges |= self.joins

    def _read_words(self) -> set[int]:
        """Words of two letters and more; the ends of those that are an edge only before an opening."""
        edges, openings, closings, starts = self.edges, self.openings, self.closings, self.starts
        in_words = self._in_words
        soft: set[int] = set()
        for start, end, entry in longer_matches(self._readable, "boundary_words", *_FACTS):
            in_words[start + 1 : end + 1] = b"\1" * (end - start)
            if entry.lexicon == "boundary_words":
                value = entry.value
                if value == "edge":
                    edges.add(end)
                    starts.add(start)
                elif value == "soft":
                    soft.add(end)
                    starts.add(start)
                elif value == "opening":
                    openings.add(start)
                    closings.add(end)
                elif value == "join":
                    self.joins.add(end)
                    starts.add(start)
                elif value != "inside":  # 和|平台 holds no 和平
                    (self.joins if value == "join first" else edges).add(start + 1)
                    starts.add(start)
            elif end - start > 2 or entry.lexicon in _PLACES:
                # Two letters of a company may be the end of one word and the start of the next (最美|团队).
                # Short names of counties are also common words (平安, 和平); a note says which others are unsafe.
                note = entry.note
                if not (note.startswith("unsafe") or (entry.lexicon == "counties" and "简称" in note)):
                    openings.add(start)
                    closings.add(end)
        return soft

    def _read_numbers(self, text: str) -> None:
        """Dates and counts are edges, editions and years openings."""
        for match in _COUNTED.finditer(text):
            start, end = match.span()
            if match.lastgroup == "opening":
                self.openings.add(start)
            else:
                self.edges.add(end)
                self.starts.add(start)
            if "," in match[0] or "—" in match[0]:
                self._counted.update(range(start + 1, end + 1))

    def _is_letter(self, end: int, letters: Set[str]) -> bool:
        return self._readable[end - 1] in letters and not self._in_words[end]

    def is_join(self, position: int) -> bool:
        """Does 和, 与, 及 or 、 end here?"""
        if position in self.joins:
            return True
        letter = self._readable[position - 1 : position]
        return letter == "、" or (letter in _letters("join") and not self._in_words[position])

    def is_edge(self, position: int) -> bool:
        """Does punctuation, a function word or a verb end here?"""
        if position in self.edges:
            return True
        letter = self._readable[position - 1 : position] if position > 0 else ""
        if letter in _STOPS:
            return position not in self._counted
        return letter == "、" or (letter in _letters("edge", "join") and not self._in_words[position])

    def starts_edge(self, position: int) -> bool:
        """Does punctuation, a function word or a verb begin here?"""
        if position in self.starts:
            return True
        letter = self._readable[position : position + 1] if position >= 0 else ""
        if letter in _STOPS:
            return position + 1 not in self._counted
        return letter == "、" or (letter in _letters("edge", "join", "soft") and not self._in_words[position + 1])


@lru_cache(maxsize=64)
def _scan(text: str) -> _Scan:
    return _Scan(text)


def _pairs(text: str) -> dict[int, int]:
    """The end of each closing quote or bracket → the start of the opening one, in one paragraph."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark in "“《（‘(「『":
            waiting.append(match.start())
        elif mark == "\n":
            waiting.clear()
        elif waiting and text[waiting[-1]] == _CLOSE[mark]:
            pairs[match.end()] = waiting.pop()
    return pairs


# 福州|建机场: 建 after a place is a verb, unless it begins a word (建材) or ends one (福建).
_BUILDS = regex("建(?=[一-龥]{2})(?![设材工行筑国成立议档军党制院投发宁水华交信安湖瓯德阳始昌平])")
# 首阳镇|建设中药材基地, but 新区|建设指挥部
_BUILDS_UP = regex(
    "(?<=[一-龥]{2}[镇县市])(?<!城镇)(?<!小镇)(?<!乡镇)(?<!城市)(?<!县市)建设(?!工程|委|局|厅|银行|集团|投资|指挥|管理|规划|项目|用地|发展|领导|兵团|有限|股份|职业)"
)


def _built_at_a_place(text: str, closings: set[int]) -> Iterator[int]:
    if "建" in text:
        yield from (m.end() for m in _BUILDS.finditer(text) if m.start() in closings)
        yield from (m.end() for m in _BUILDS_UP.finditer(text))


def opens(text: str, position: int) -> bool:
    """Does a word stand here that names like to begin with: a place, an organisation, 第九届, 2023年?"""
    return position in _scan(text).openings


def edge_at(text: str, position: int) -> bool:
    """May a name begin here, because punctuation, a function word or a verb ends here?"""
    return _scan(text).is_edge(position)


def edge_starts(text: str, position: int) -> bool:
    """May a name end here, because punctuation, a function word or a verb begins here?"""
    return _scan(text).starts_edge(position)


def left_edge(text: str, end_of_core: int, floor: int = 0, *, joined: bool = True, longest: int = _LONGEST) -> int:
    """Where the name begins whose core ends (and whose suffix starts) at `end_of_core`; never left of `floor`.

    Equal to `end_of_core` when an edge stands right before the suffix, or none for a long way. `joined=False` makes
    every 和, 与, 及 an edge; what is longer than `longest` is cut at an opening inside it.

    >>> text = "近日，由北京老科技工作者总会和清华大学主办的“科技之光”主题活动举办。"
    >>> text[left_edge(text, text.index("总会")) : text.index("总会")]
    '北京老科技工作者'
    >>> text[left_edge(text, text.index("主题活动")) : text.index("主题活动")]
    '“科技之光”'
    """
    scan = _scan(text)
    floor = max(floor, end_of_core - _REACH)
    start = _walk(scan, text, end_of_core, floor)
    while joined and scan.is_join(start) and start > floor:
        series = _SERIES.search(text, max(floor, start - 6), start - 1)
        left = series.start() + 1 if series else _walk(scan, text, start - 1, floor)
        if not _one_name(scan, text, left, start, end_of_core):
            break
        start = left
    if end_of_core - start > longest:
        inner = (p for p in range(max(start + 1, end_of_core - longest), end_of_core) if p in scan.openings)
        start = next(inner, start if end_of_core - start < _REACH else end_of_core)
    return start


def _walk(scan: _Scan, text: str, position: int, floor: int) -> int:
    """Left to the nearest edge; quotes and short brackets that closed on the way are taken whole."""
    pairs, edges, letters = scan.pairs, scan.edges, _marks()
    while position > floor:
        opened = pairs.get(position)
        if opened is not None and opened >= floor and (text[position - 1] in "”》’」』" or position - opened <= 10):
            if _SENTENCE.search(text, opened, position):  # “成本会降下来。”|上海氢晨新能源科技有限公司
                break
            position = opened
        elif position - 2 in pairs and _NAMING.fullmatch(text, position - 2, position):
            position -= 2
        elif position in edges or (text[position - 1] in letters and scan.is_edge(position)):
            # 中国—中亚|峰会, 中国－沙特|联合委员会: two openings on a dash; 约翰·冯·诺伊曼|大学
            dash = text[position - 1] in _DASHES and position in scan.openings and position - 1 in scan.closings
            if not dash and not (text[position - 1] in "·•" and "一" <= text[position : position + 1] <= "龥"):
                break
            position -= 1
        else:
            position -= 1
    return position


def _one_name(scan: _Scan, text: str, left: int, join: int, end: int) -> bool:
    """Does a name go through the join: 中国科学家和工程师|协会, but 北京市|和上海市科协, 专家|和中国科协?"""
    before, after = text[left : join - 1], text[join:end]
    if not before or not after or join in scan.openings or _WHOLE.search(before):
        return False
    if join - 1 in scan.closings or text[join - 2 : join] == "以及":  # 洪都拉斯|以及美洲玻利瓦尔联盟
        return False
    if (
        text[join - 1] == "、"
    ):  # 金属、|非金属矿山: the second item repeats the first; or a 与 follows (捕集、|利用与封存)
        return after.startswith("非" + before[-2:]) or bool(re.match(r"[^与和及]{2,4}[与和及][^与和及]{2,6}$", after))
    if text[left - 1] == "、" and scan.is_join(left):  # 捕集、利用与|封存
        return len(before) <= 4 and len(after) <= 6 and left not in scan.openings
    return left in scan.openings and len(before) >= 3
