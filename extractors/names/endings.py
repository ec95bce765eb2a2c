"""Names by their endings: the stretch before 论坛, 专项行动 or 水电站, and what can be said of it.

An ending is a line of lexicons/*_suffixes.csv whose value is its class (strong, weak, …). Words of
lexicons/*_generic.csv describe a thing without naming it: 大型, 示范, 国际; what is put together of nothing but them
(国际高端论坛, 重大产业项目) is no name. Words of leading_words.csv stand before names and belong to none: 搭建, 目前.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.lexicon import beginnings, lexicon, matches
from extractors.names.boundary import left_edge, opens
from extractors.names.tellings import LEFT_OVER, after_telling
from extractors.patterns import regex, searching

_NUMERAL = r"[一二三四五六七八九十百零\d]{1,4}"
EDITION = rf"(?:第{_NUMERAL}[届次批期个]|首[届次批])"
_YEAR = r"(?:19|20)\d\d(?:[年—－-](?:(?:19|20)\d\d年?)?)?度?"
_NUMBERED = regex(rf"^(?:{_YEAR}|{EDITION})+")
_OPENS = regex(
    rf"(?:{_YEAR}|{EDITION}|“?十[二三四五]五”?|推动|推进|深化|促进|新一轮|新一代|全国|我国|中国|国家|中央广播电视总台|总台|[“”（）·])+"
)
_AGAIN = regex(rf"{EDITION}[^暨和与及]{{4,40}}(?={EDITION})")
_QUOTED = regex(r"[“《]([^“”《》]{2,})[”》]")
# （3）国产大飞机…, 6.塔克拉玛干…, 48场“…”: what the left edge may leave before a name
_LOOSE = regex(
    r"""(?: [（(]\d{1,2}[）)] | \d{1,2}[.．](?:(?!\d)|(?=20\d\d)) | .{0,12}?[亿万]元(?=[\u4e00-\u9fff]{4})  # list marks
          | (?:\d{1,4}|[一二两三四五六七八九十])[多余]?[个条座项份场次](?=[“\u4e00-\u9fff])         # counts
          | [\d.]{1,6}公里 | 搭建 | 打造 | 新版 | 新设 | 续设
          | 年(?!度) | 好(?=新一轮|第|“) | [、，日的）) \u3000\]】] | 月(?![亮牙坛球面湖])
          | [个条座项份场](?=[“\u4e00-\u9fff]{4})
          | [经在与和](?![济贸开营典线建平]) )+""",
    re.VERBOSE,
)
# What a name reaches back to when words inside it look like edges: 召开|2023年全市优化营商环境建设大会
_GOVERNS = searching(
    r"(?:在(?=[^，。\n]{6,32}?(?:会议|座谈会|大会|论坛)上)|在?这[场次届个]|(?:召开|举行|举办|开展|启动|实施|出席|参加|主办|承办|协办|推出|部署|设立|发起|亮相|迎来|组织|策划|下达|拨付|预拨|下拨)+[了好]?(?:的|为期[^，。]{2,6}的)?"
    r"|(?:推进|落实)[好了]?"
    rf"|(?={_YEAR}[^\d月]|第{_NUMERAL}[届次批期个]|首[届批]|新一轮))"
)
_GOVERNED = searching(
    r"(?:(?:大会|论坛|博览会|周|节)[—·]|召开|举行|举办|开展|启动|实施|推出|部署|设立|发起|主办|承办|策划|下达|拨付|预拨|下拨)了?$"
)
# 实施强基工程、育苗|计划: a verb governs every item of the list that follows it
_LISTED = regex(
    r"(?:召开|举行|举办|开展|启动|实施|推出|部署|设立|发起|主办|承办|策划|下达|拨付|办好)了?(?=[^，。；：]{2})"
)
# …行动和|地理标志助力乡村振兴行动: where an item of a list begins, after an item that ends like a name
_ITEM = searching(
    r"(?:(?:工程|行动|计划|专项|活动|试点|基金|资金|项目|赛|会|周|节|展|论坛|平台|奖)[”》）]?|[”》])(?:[和与及]|以及)|、|(?<=[”》])和"
)
# 素质促进|大会: a verb before the ending belongs to the name, what it is done to stands before it
_ACTION = regex(
    "培育|提升|促进|引领|推进|优化|强化|保护|修复|推广|攻关|攻坚|创建|支持|扶持|帮扶|培养|培训|引进|赋能|焕新|启航|行动|保障"
    "|整治|治理|建设|示范|应用|开发|利用|协同|创新|合作|振兴|转化|改造|升级|更新|托举|普惠|增效|选拔|建立|减排"
)
_LAUNCHES = r"(?:组织|举办|办好|举行|开展|启动|实施|推出|主办|承办|发起)了?(?=[“《])"
_TWO = searching(
    r"(?:论坛|大会|会议|峰会|展|会|活动|行动|工程|计划|基金|节|周|赛|大桥|隧道|铁路|高铁|通道|高速|机场|港|站)”?(?:和|与|及|、|以及|到)(?!议)"
    rf"|{_LAUNCHES}"
)
# …和“, …和首届: the second name has an opening of its own
_SECOND = searching(
    rf"(?:和|与|及|、|以及)(?=“|{_YEAR}|{EDITION})|(?<=会议)和(?=政协|中国|全国)|(?<=峰会)和(?=中|首|第|全)|{_LAUNCHES}"
    # 国际研讨会及|中拉媒体合作 (论坛): the second begins with two parties
    r"|(?<=[讨谈流览介]会)(?:以?及|和|与)(?=中[国拉非阿欧俄法德美英日韩][\u4e00-\u9fff]{0,10}$)"
)
_LAST_STOP = regex(r".*[，。；：！？\n（）、\s【】\[\]]", re.DOTALL)
_NEVER_INSIDE = regex(
    r"[的了着]|举行|举办|召开|出席|参加|开幕|闭幕|启动|开展|宣布|今天|昨天|昨日|目前|日前|表示|指出|强调|介绍|以及|成功|正在|将于|扎实|进行|进一步|积极|\d日|重要讲话|亮相|策划|推出|发布|将(?!军)|完成|针对|禁止|反对|亿元|万元|在(?![线建校职地])"
)
_BETWEEN = "暨和与及、的"  # what may stand between describing words
_LONGEST = 45
_JOINS = regex("[和与及、]")
_JOINED = ("和", "与", "及", "、")  # 开展试点工作和|专项整治: half of something else
_WIDEST = 28  # what is longer without an edge has swallowed a verb that the lexicons do not know
_PLACES = ("provinces", "cities", "counties", "countries", "places", "foreign_cities")


@dataclass(slots=True)  # frozen takes three times as long to make, and there are many
class Candidate:
    """Words that end like a name. `core` stands before the ending; it is year or edition, then places, then `inner`."""

    start: int
    end: int
    ending: str
    strength: str
    core: str
    place: str
    inner: str
    numbered: bool  # begins with 第七届, 2024年
    quoted: bool  # “…” or 《…》 right before the ending or a few words before it
    opened: bool  # begins with a place, an organisation, 全国, 中国
    generic: bool  # inner is nothing but describing words
    verb: str  # 举办, 开展, 启动 right before it or before the list that it stands in, or ""

    @property
    def governed(self) -> bool:
        return self.verb != ""

    @property
    def rest(self) -> str:
        return self.place + self.inner


@cache
def _leading() -> re.Pattern[str]:
    words = sorted(map(re.escape, lexicon("leading_words")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(words)}|{_LOOSE.pattern})+了?", re.VERBOSE)


# What _LOOSE begins with, but for digits and amounts of money.
_LOOSE_BEGINS = frozenset("（(.一二两三四五六七八九十搭打新续年好、，日的）) \u3000]】月个条座项份场经在与和")


@cache
def _leading_letters() -> Set[str]:
    return {word[0] for word in lexicon("leading_words")} | _LOOSE_BEGINS


def _may_lead(text: str, left: int, end: int) -> bool:
    """Whether _leading has to be tried here, which takes long."""
    first = text[left : left + 1]
    return first in _leading_letters() or first.isdecimal() or text.find("元", left, min(left + 14, end)) >= 0


@cache
def _generic(name: str, value: str | None) -> re.Pattern[str]:
    chosen = [re.escape(word) for word, entry in lexicon(name).items() if value in (None, entry.value)]
    words = "|".join(sorted(chosen, key=len, reverse=True))
    return re.compile(f"(?:{words}|[{_BETWEEN}])*")


def is_generic(core: str, generic: str, value: str | None = None) -> bool:
    """Is this put together of nothing but describing words (only of those with this value)?

    >>> is_generic("国际高端", "event_generic"), is_generic("陆家嘴", "event_generic")
    (True, False)
    """
    letters, begins, ends = _generic_parts(generic, value)
    if core and core[0] not in letters and core[:2] not in begins:
        return False
    if core and core[-1] not in letters and core[-2:] not in ends:
        return False
    return bool(_generic(generic, value).fullmatch(core))


@cache
def _generic_parts(name: str, value: str | None) -> tuple[Set[str], Set[str], Set[str]]:
    """Describing words of one letter, and what two letters the longer ones begin and end with."""
    words = [word for word, entry in lexicon(name).items() if value in (None, entry.value)]
    letters = {word for word in words if len(word) == 1}
    return letters | set(_BETWEEN), {word[:2] for word in words} - letters, {word[-2:] for word in words} - letters


@lru_cache(maxsize=64)
def _placed(text: str, kinds: tuple[str, ...] = _PLACES) -> Mapping[int, int]:
    return {start: end for start, end, entry in matches(text, *kinds) if not entry.note.startswith("unsafe")}


@lru_cache(maxsize=64)
def _towns(text: str) -> Mapping[int, int]:
    """As _placed, and what is unsafe by itself: no name begins inside 日照."""
    return {start: end for start, end, _ in matches(text, "provinces", "cities", "counties", "places")}


def place_at(text: str, position: int, end: int, kinds: tuple[str, ...] = _PLACES) -> int:
    """Where the places of these lexicons end that stand in a row from here: 浙江|杭州|…; else `position`."""
    placed = _placed(text, kinds)
    while position in placed and placed[position] <= end:
        position = placed[position]
    return position


def town_at(text: str, position: int) -> int:
    """Where a place ends that begins here, one that is a common word too (朝阳); else `position`."""
    return _towns(text).get(position, position)


def place_before(text: str, end: int) -> int:
    """Where the place begins that ends here: 广州|港; `end` when there is none."""
    placed = _placed(text)
    for start in range(end - 2, max(-1, end - 9), -1):
        if placed.get(start) == end:
            return start
    return end


def candidates(
    text: str,
    suffixes: str,
    generic: str,
    *,
    nested: bool = False,
    no_ending: Callable[[str, int, int], bool] | None = None,
) -> Iterator[Candidate]:
    """Everything that ends in a word of the lexicon `suffixes`, with its left edge.

    `nested` also tries the ending inside a longer ending: 全国科普讲解|大赛 beside 全国|科普讲解大赛.
    `no_ending` says, before an edge is looked for, which of them are but parts of other words: 发|展, 大会|堂.
    """
    last = -1
    # At every position the longest ending: 技能大赛 and 大赛决赛 overlap in 技能大赛决赛.
    for start, end, ending in beginnings(text, suffixes):
        if end == last and not nested:
            continue
        last = end
        if no_ending is not None and no_ending(text, start, end):
            continue
        found = _candidate(text, start, end, generic, ending.value)
        if found:
            yield found


def _left(text: str, end: int) -> tuple[int, str]:
    """Left edge of the name whose ending begins at `end`, and the verb that governs such names before it, or ""."""
    near = max(0, end - 60)
    floor = max(near, text.rfind("\n", near, end) + 1)
    left = left_edge(text, end, floor, longest=_WIDEST)
    if left == end and _ACTION.fullmatch(text, end - 2, end):
        further = left_edge(text, end - 2, floor, longest=_WIDEST)
        left = further if further < end - 2 else left
    if text[left - 1 : left] == "”":  # “创新引领，逆势飞扬”|计划: a slogan with a comma names too
        opened = text.rfind("“", max(floor, left - 30), left)
        if opened >= 0 and not re.search("[。！？；”]", text[opened : left - 1]):
            left = left_edge(text, opened, floor, longest=_WIDEST)
    # 国家重点工程|… opens like a name, 全国 too: only what is long is surely no part of it
    while _may_lead(text, left, end) and (loose := _leading().match(text, left, end)):
        if opens(text, left) and loose.end() - left < 6:
            break
        left = loose.end()
    if text[left - 1 : left] in {"—", "－", "-", "–"}:  # 中国—|东盟人工智能合作论坛
        further = place_before(text, left - 1)
        if further < left - 1:
            left = left_edge(text, further - 1, floor) if text[further - 1] == "暨" else further
    clause = max(floor, end - 40)
    if stop := _LAST_STOP.match(text, clause, left):
        clause = stop.end()
    near_item = max(clause, left - 16)
    for match in _GOVERNS.finditer(text, clause, left):
        stretch = text[match.end() : left]
        if _may_go_through(stretch):
            loose = _LOOSE.match(text, match.end())
            verb = match[0] or _listed(text, match.end())
            return (min(left, loose.end()) if loose else match.end()), verb
    if direct := _GOVERNED.search(text, max(0, left - 6), left):
        return left, direct[0]
    item = left + 1
    if _JOINS.search(text, max(0, near_item - 1), left):  # every item begins after one
        for match in _ITEM.finditer(text, max(floor, clause - 8), left):
            item = match.end()
    if near_item <= item <= left and _may_go_through(text[item:left]):
        loose = _LOOSE.match(text, item)
        first = min(left, loose.end()) if loose else item
        return (first, verb) if (verb := _listed(text, item)) else (left, "")
    return left, ""


def _may_go_through(stretch: str) -> bool:
    """May a name hold these words, though some of them look like an edge?"""
    return not _NEVER_INSIDE.search(stretch) and _closed(stretch) and "\n" not in stretch


def _closed(stretch: str) -> bool:
    return stretch.count("“") == stretch.count("”")


def _listed(text: str, item: int) -> str:
    """The verb whose list an item that begins here belongs to: 实施强基工程、|育苗计划; "" when there is none."""
    near = max(0, item - 120)
    first = max(near, *(text.rfind(stop, near, item) + 1 for stop in "。；！？：，\n"))
    verbs = list(_LISTED.finditer(text, first, item))
    return verbs[-1][0] if verbs else ""


def _second(core: str, joint: re.Pattern[str]) -> int:
    """Where the second name begins in 第十届甲论坛和乙企业家 (圆桌会): after 和 that follows an ending of its own."""
    second = 0
    for match in joint.finditer(core):
        end = match.end()
        if core.count("“", 0, end) == core.count("”", 0, end):
            second = end
    return second


def _opening_quote(text: str, left: int, end: int) -> int:
    """“中国—拉美和|加勒比国家航天合作论坛”: a name that ends where a quotation does begins where it does."""
    if text[end : end + 1] != "”":
        return left
    opened = text.rfind("“", max(0, end - _LONGEST), left)
    stretch = text[opened + 1 : left]
    return opened + 1 if opened >= 0 and "——" not in stretch and _may_go_through(stretch) else left


def _candidate(text: str, start: int, end: int, generic: str, strength: str) -> Candidate | None:
    left, verb = _left(text, start)
    if left == start and text[end : end + 1] != "”":  # an edge right before the ending, as before every second
        return Candidate(
            left, end, text[start:end], strength, "", "", "",
            numbered=False, quoted=False, opened=opens(text, left), generic=True, verb=verb,
        )  # fmt: skip
    left += _second(text[left:start], _SECOND if strength in {"weak", "activity"} else _TWO)
    left = _opening_quote(text, left, end)
    if again := _AGAIN.match(text, left, start):  # a headline that ran into its text: 第六届进博会公布名单|第六届…
        left = again.end()
    told = after_telling(text, left, start)
    if told > left:
        left, verb = told, ""
    if over := LEFT_OVER.match(text, left, start):
        left = over.end()
    towns = _towns(text)
    if left and left < towns.get(left - 1, 0) <= start:  # 日|照
        left -= 1
    elif left > 1 and left < towns.get(left - 2, 0) <= start:
        left -= 2
    core = text[left:start]
    halved = core.endswith(_JOINED) and (len(core) <= 8 or generic != "event_generic")
    if halved or ("》" in core and "《" not in core.partition("》")[0]):
        return None
    if len(core) > _LONGEST or not _closed(core) or core.count("《") != core.count("》"):
        return None
    numbering = _NUMBERED.match(core)
    after = left + (numbering.end() if numbering else 0)
    place = place_at(text, after, start)
    quote = _QUOTED.search(core)
    return Candidate(
        left, end, text[start:end], strength, core, text[after:place], text[place:start],
        numbered=numbering is not None,
        quoted=quote is not None and len(core) - quote.end() <= 12,
        opened=opens(text, after),
        generic=is_generic(text[place:start], generic),
        verb=verb,
    )  # fmt: skip


def only_opens(prefix: str) -> bool:
    """Years, editions, places, 全国: what may stand before a name without making another thing of it.

    >>> only_opens("2024年江苏省"), only_opens("第七届"), only_opens("加快建设")
    (True, True, False)
    """
    position = 0
    while position < len(prefix):
        match = _OPENS.match(prefix, position)
        further = match.end() if match else place_at(prefix, position, len(prefix))
        if further == position:
            return False
        position = further
    return True


def line_start(text: str, start: int) -> int:
    """Where a line begins that runs 上海至苏州至湖州: left over each 至 to a stretch of two to eight characters."""
    while start > 2 and (text[start - 1] in "至到—－-" or (text[start - 1] == "送" and start in _placed(text))):
        further, _ = _left(text, start - 1)
        if not 2 <= start - 1 - further <= 8:
            further = place_before(text, start - 1)  # 规划重大项目|兰州至张掖高速铁路
        if further == start - 1:
            break
        start = further
    return start
