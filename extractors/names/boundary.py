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
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon import matches
from extractors.names.organization_kinds import JOINTLY, masked
from extractors.patterns import searching

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

_PATTERN = searching(
    r"""
      (?P<edge>  \d{1,2}[日号](?![线院楼矿井隧桥泊机船炉槽台段舱坑平]) # 5月20日|北京…, but 祁连山2号隧道
               | \d{1,2}月(?!\d{1,2}日)                          # 2024年3月|全国…
               | (?:[\d,.]{1,20}|[一二三四五六七八九十百千两几数多])[余多]?(?:家|个|所|名|位|批|座|项|件|种)
               | \d{1,20}[%％]
               | (?<![一-龥]) 据 (?=[一-龥])                      # 据|阿拉比亚电视台报道, but not 数据
      )
    | (?P<opening> 第[一二三四五六七八九十百\d]{1,4}[届次批期] | 首届
                 | (?:19|20)\d\d(?:—(?:19|20)\d\d)?年度?(?!\d{1,2}月) )
    | (?P<stop>  [，。！？；：,;:!?\s…—－–·•、/|()（）【】\[\]《》〈〉“”‘’「」『』"'<>●■▲◆★] )
    """,
    re.VERBOSE,
)
_DASHES = "—－–-"
_CLOSE = {"”": "“", "》": "《", "）": "（", "’": "‘", ")": "(", "」": "「", "』": "『"}
_SENTENCE = re.compile("[。！？；，]")
# Verbs that name what is done when they follow a quotation: “小巨人”培育|专项行动.
_NAMING = re.compile(
    "培育|提升|培养|引领|促进|扶持|推进|优化|强化|打击|助力|奖励|资助|选拔|评选|征集|推荐|建设|帮扶|督导"
)
# The last but one of a series of verbs: 捕集、利用|与封存.
_SERIES = re.compile(r"、[^、，。；：和与及“”《》]{2,4}$")
# What ends like an organisation or a country ends a name: 北京大学|和清华大学.
_WHOLE = re.compile(r"(?:[部委局厅省市县区州国院所校社会盟]|大学|公司|集团|中心|政府|企业|高校|专家|银行)$")


@dataclass(frozen=True, slots=True)
class _Scan:
    """What a text holds at each position."""

    edges: Set[int]  # a name may not go left of here
    joins: Set[int]  # ends of 和 与 及 or of 、
    openings: Set[int]  # a name likes to begin here
    closings: Set[int]  # an opening ends here
    starts: Set[int]  # an edge word or punctuation begins here
    pairs: dict[int, int]  # end of a closing quote or bracket → start of the opening one


@lru_cache(maxsize=64)
def _scan(text: str) -> _Scan:
    edges, joins, openings, starts, soft = {0}, set[int](), set[int](), {len(text)}, list[int]()
    closings: set[int] = set()
    for start, end, entry in matches(masked(text), "boundary_words", *_FACTS):
        if entry.value in {"edge", "join", "soft", "edge first", "join first"}:
            starts.add(start)
        if entry.lexicon != "boundary_words":
            # Short names of counties are also common words (平安, 和平); a note says which others are unsafe.
            # Two letters of a company may be the end of one word and the start of the next (最美|团队).
            risky = entry.note.startswith("unsafe") or (entry.lexicon == "counties" and "简称" in entry.note)
            if not risky and (len(entry.word) > 2 or entry.lexicon in _PLACES):
                openings.add(start)
                closings.add(end)
        elif entry.value == "opening":
            openings.add(start)
            closings.add(end)
        elif entry.value == "edge":
            edges.add(end)
        elif entry.value == "join":
            joins.add(end)
        elif entry.value.endswith("first"):  # 和|平台 holds no 和平
            (joins if entry.value == "join first" else edges).add(start + 1)
        elif entry.value == "soft":
            soft.append(end)
    if "联合国" in text:
        edges.update(m.end() for m in JOINTLY.finditer(text))
        starts.update(m.start() for m in JOINTLY.finditer(text))
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "opening":
            openings.add(start)
            continue
        edges.add(end)
        starts.add(start)
        if match.lastgroup != "stop":
            continue
        mark = match[0]
        if mark == "、":
            joins.add(end)
        elif mark in "“《（‘(「『":
            waiting.append(start)
        elif mark in _CLOSE and waiting and text[waiting[-1]] == _CLOSE[mark]:
            pairs[end] = waiting.pop()
        elif mark == "\n":
            waiting.clear()
    edges.update(end for end in soft if end in openings)
    edges.update(_built_at_a_place(text, closings))
    return _Scan(edges - joins, joins, openings, closings, starts, pairs)


# 福州|建机场: 建 after a place is a verb, unless it begins a word (建材) or ends one (福建).
_BUILDS = re.compile("建(?=[一-龥]{2})(?![设材工行筑国成立议档军党制院投发宁水华交信安湖瓯德阳始昌平])")
# 首阳镇|建设中药材基地, but 新区|建设指挥部
_BUILDS_UP = re.compile(
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
    scan = _scan(text)
    return position in scan.edges or position in scan.joins


def edge_starts(text: str, position: int) -> bool:
    """May a name end here, because punctuation, a function word or a verb begins here?"""
    return position in _scan(text).starts


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
    while joined and start in scan.joins and start > floor:
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
    """Left to the nearest edge or join; quotes and short brackets that closed on the way are taken whole."""
    while position > floor:
        opened = scan.pairs.get(position)
        if opened is not None and opened >= floor and (text[position - 1] in "”》’」』" or position - opened <= 10):
            if _SENTENCE.search(text, opened, position):  # “成本会降下来。”|上海氢晨新能源科技有限公司
                break
            position = opened
        elif position - 2 in scan.pairs and _NAMING.fullmatch(text, position - 2, position):
            position -= 2
        elif position in scan.edges or position in scan.joins:
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
    if left in scan.joins and text[left - 1] == "、":  # 捕集、利用与|封存
        return len(before) <= 4 and len(after) <= 6 and left not in scan.openings
    return left in scan.openings and len(before) >= 3
