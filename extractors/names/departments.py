"""Local governments, party committees and their departments: a place and a department (江西省|科技厅).

The lexicon departments.csv holds what stands after the place, and the official name as a template: 科技厅 is
{}科学技术厅. Which place 市科技局 means, the sentence or the article must say; else it stays unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon import Entry, lexicon, matches
from extractors.model import Article, Mention, Name, Span, Unresolved
from extractors.names.boundary import left_edge
from extractors.patterns import regex
from extractors.sentences import paragraph

_PLACES = ("provinces", "cities", "counties")

# After these the words are no department: 市委员, 省政府采购.
_NOT_BEFORE = {
    "委": regex(r"[员托派任以培外]|内部|会(?!议)"),
    "政府": regex(r"采购|性|债|投资|引导|网站|储备|购买|补贴|补助|工作报告|规章|与社会资本"),
    "法院": regex(r"系统"),
    "数据局": regex(r"[部限面]"),
    "海关": regex(r"总署|特殊"),
}
# 广东政府, 北京法院 name no body; 北京|人大 may be the university.
_FULL_PLACE_ONLY = regex(r"委|政府|人民政府|人大|法院|检察院|党委|纪委|监委|科学院|博物馆|图书馆|代表团")
_LEVELS = ("自治区", "自治州", "新区", "兵团", "省", "市", "区", "县", "州", "盟", "旗")
# 各省科技厅, 31个省区市政府: a class of bodies.
_CLASS_BEFORE = regex(r"(?:各|多|个|跨|外|余|某|级|省|地|些|所在|以上|以下|直辖|计划单列|有关|相关)$")
_GENERIC = frozenset({"委", "政府", "人民政府", "党委", "人大", "政协", "纪委"})
# 汕头高新|区党委 is no district.
_ZONES = frozenset({"高新", "经开", "开发", "园", "示范", "工业", "自贸", "保税"})
_COUNT = regex(r"[两二三四五六七八九十\d]{1,2}(?:省区市|省市|省区|省|市|区|县|地|州)$")
_BEFORE_NAME = regex(r"(?:中国共产党|中共|国家税务总局|共青团)$")

_NEAR = 100  # places, at most, that a paragraph is asked for

_KIND = {"association": "Association", "academy": "Academy", "youth": "Association", "institution": None}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place as it stands in the text."""

    start: int
    end: int
    name: str  # official: 江苏省 for 江苏
    level: str  # its last character: 省, 市, 区 …; 市 for a municipality

    surface: str = ""  # 喀什 for 喀什地区

    @property
    def short(self) -> str:
        return (self.surface or self.name).removesuffix("市").removesuffix("省")


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[_Place, ...]:
    found = [_Place(start, end, e.value, e.value[-1], e.word) for start, end, e in matches(text, *_PLACES)]
    corps = "新疆生产建设兵团"
    if "兵团" in text:
        found += [_Place(*m.span(), corps, "兵团", corps) for m in re.finditer("新疆(?:生产建设)?兵团", text)]
    return tuple(found)


def find_departments(article: Article, others: Sequence[Mention] = ()) -> list[Mention]:
    """Mentions of local bodies with their official names, in text order.

    `others` are organisations found before: the short name of a place inside them (武汉|理工大学) does not say which
    市政府 is meant.
    """
    text = article.text
    listed = matches(text, "departments")
    inside = frozenset([p for m in others for p in range(m.span.start, m.span.end)] if listed else ())
    ending = {p.end: p for p in _places(text)}
    found: list[Mention] = []
    last: tuple[int, _Place] | None = None  # end and place of the department before: 浙江省科技厅、|财政厅
    for start, end, entry in listed:
        guard = _NOT_BEFORE.get(entry.word)
        if guard and guard.match(text, end):
            continue
        place = ending.get(start) or _short_region(text, ending, start)
        if place is not None and not _fits(text, place, entry):
            place = None
        if place is not None:
            heard = list(_with_place(text, ending, place, start, end, entry))
        elif shared := list(_with_shared_place(text, ending, start, end, entry)):
            heard, place = shared, ending.get(shared[-1].span.start)
        elif last and text[last[0] : start] in {"、", "和", "与", "及"} and entry.word[-1] in "厅局委会":
            place = last[1]
            heard = [_mention(Span(start, end), place, entry, "department of the place named before")]
        else:
            heard = list(_without_place(text, start, end, entry, last, inside))
        found.extend(heard)
        if place is not None and heard:
            last = (end, place)
    known = {m.span.end for m in found}
    return found + [m for m in _by_fields(text, ending) if m.span.end not in known]


@lru_cache(maxsize=1)
def _fields() -> re.Pattern[str]:
    """旅游和文化广电体育|厅: fields in any mixture, then the rank."""
    words = "|".join(sorted(lexicon("department_fields"), key=len, reverse=True))
    return re.compile(rf"(?:{words}|[和与、]){{2,12}}(?:厅|局|委员会|委(?![员托派任以培外]))(?![长级势域面])")


def _by_fields(text: str, ending: dict[int, _Place]) -> Iterator[Mention]:
    """海南省|旅游和文化广电体育厅: a department that no list has, made of the words that departments are made of."""
    for end, place in ending.items():
        fields = _fields().match(text, end)
        own = place.level in "省市区县州盟旗" and "特别" not in place.name
        if fields and own and text[end] not in "和与、":
            if fields.group()[-1] == "厅" and not place.name.endswith(("省", "区")):
                continue
            entry = Entry("", "{}" + fields.group(), "department of a place", "", "departments")
            yield from _with_place(text, ending, place, end, fields.end(), entry)


def _short_region(text: str, ending: dict[int, _Place], end: int) -> _Place | None:
    """新疆自治区|党委, 楚雄州|政府: the region's short name with its level."""
    for level in ("自治区", "州", "盟"):
        region = ending.get(end - len(level)) if text.endswith(level, 0, end) else None
        if region and region.name.endswith(level) and not text.endswith(level, 0, region.end):
            return _Place(region.start, end, region.name, level)
    return None


def _fits(text: str, place: _Place, entry: Entry) -> bool:
    if text[place.start : place.end] == place.name or place.level in {"兵团", "自治区", "州", "盟"}:
        return True
    if text[place.start : place.end].endswith("特区"):  # 香港特区|政府
        return True
    # 上海经信委 is as good as 上海市经信委, but 平安县's 平安 or a lone 委 needs the full name of the place.
    return not _FULL_PLACE_ONLY.match(entry.word) and place.level in "省市区" and len(entry.word) >= 2


def _mention(span: Span, place: _Place, entry: Entry, rule: str, before: str = "") -> Mention:
    name = entry.value.replace("{short}", place.short).replace("{}", before + place.name)
    name = name.replace("特别行政区人民政府", "特别行政区政府")
    kind = _KIND.get(entry.note.split()[0], "LocalGovernment")
    return Mention(span, "Organization", Name(name, kind), rule)


def _with_place(
    text: str, ending: dict[int, _Place], place: _Place, start: int, end: int, entry: Entry
) -> Iterator[Mention]:
    """江西省|科技厅; 江苏省|徐州市|科技局; 北京市|海淀区|人民政府, whose official name keeps the city."""
    first, before = place, ""
    larger = ending.get(place.start)
    while larger is not None:
        if place.level == "区" and first is place and larger.level == "市":
            before = larger.name
        first, larger = larger, ending.get(larger.start)
    begin = first.start
    if prefix := _BEFORE_NAME.search(text, max(0, begin - 6), begin):
        begin = prefix.start()
    yield _mention(Span(begin, end), place, entry, "place and department", before)


def _with_shared_place(text: str, ending: dict[int, _Place], start: int, end: int, entry: Entry) -> Iterator[Mention]:
    """江苏、浙江两省|科技厅: one body for each place; all but the last stand on the place alone."""
    count = _COUNT.search(text, max(0, start - 5), start)
    place = ending.get(count.start()) if count else None
    if place is None:
        return
    row = [place]
    while text[row[0].start - 1 : row[0].start] in {"、", "和", "与"}:
        earlier = ending.get(row[0].start - 1)
        if earlier is None:
            break
        row.insert(0, earlier)
    if len(row) < 2:
        return
    for member in row[:-1]:
        if entry.word.endswith("厅") and member.name.endswith("市"):  # 北京、天津、河北三地科技厅（局、委）
            continue
        yield _mention(Span(member.start, member.end), member, entry, "places that share a department")
    yield _mention(Span(place.start, end), place, entry, "places that share a department")


def _without_place(
    text: str, start: int, end: int, entry: Entry, last: tuple[int, _Place] | None, inside: frozenset[int]
) -> Iterator[Mention]:
    """市|科技局: the place is the one that the sentence or the article is about.

    `last` is the end and the place of the department before: 北海市委|、市政府.
    """
    level = next((x for x in _LEVELS if text.endswith(x, 0, start)), None)
    if level is None or (len(entry.word) == 1 and level not in "省市区县州"):
        return
    begin = start - len(level)
    if _CLASS_BEFORE.search(text, max(0, begin - 3), begin):
        return
    edge = left_edge(text, begin, max(last[0] if last else 0, begin - 8))
    if edge < begin and not re.fullmatch(r"[我本全该]", text[begin - 1]):
        stem = text[edge:begin]
        if (
            2 <= len(stem) <= 4
            and re.fullmatch(r"[一-龥]+", stem)
            and stem[0] not in "省市区县"
            and stem[-2:] not in _ZONES
            and not any(True for _ in matches(stem, "boundary_words"))
            and not entry.word.startswith("委")
        ):
            # 日本石川县|政府 is no 人民政府: a place that no lexicon knows keeps the words of the text.
            name = Name(text[edge:end], "LocalGovernment")
            yield Mention(Span(edge, end), "Organization", name, "unknown place and department")
        return
    span = Span(begin, end)
    if last and text[last[0] : begin] in {"", "、", "和"} and _at_level(last[1], level):
        settled: str | None = last[1].name
    else:
        settled = _place_of(text, begin, level, inside)
    if level == "兵团":
        settled = "新疆生产建设兵团"  # there is but one
    if settled is None:
        if entry.word in _GENERIC and not _of_level(text, level):
            return  # 市委、市政府 in a text that names no city: nothing to settle
        why = Unresolved(f"the article names no single {level}")
        yield Mention(span, "Organization", why, "department without place")
    else:
        place = _Place(begin, start, settled, level)
        yield _mention(span, place, entry, "department of the place the article is about")


def _place_of(text: str, position: int, level: str, inside: frozenset[int]) -> str | None:
    """The place of a level (省, 市, 区, 县 …) that the text is about at a position, or None.

    The last one named in the same paragraph counts first, when the paragraph names one only; then the one that the
    article names far more often than all others of its level.
    """
    places = _counted(text, level, inside)
    first = paragraph(text, position).start
    before = bisect_right(places, position, key=lambda p: p.end)
    here = [p for p in places[max(0, before - _NEAR) : before] if p.start >= first]
    near = {p.name for p in here}
    if len(near) == 1:
        return near.pop()
    far = max(first, here[0].start if here else position)
    clause = max(text.rfind(mark, far, position) for mark in "，。；\n") + 1
    beside = {p.name for p in here if p.start >= clause}
    if len(beside) == 1:  # 阜阳市委编办原主任、|市财政局局长
        return beside.pop()
    return _commonest(text, level, inside)


@lru_cache(maxsize=64)
def _of_level(text: str, level: str) -> tuple[_Place, ...]:
    return tuple(sorted((p for p in _places(text) if _at_level(p, level)), key=lambda p: p.end))


@lru_cache(maxsize=64)
def _counted(text: str, level: str, inside: frozenset[int]) -> tuple[_Place, ...]:
    return tuple(p for p in _of_level(text, level) if p.surface == p.name or p.start not in inside)


@lru_cache(maxsize=64)
def _commonest(text: str, level: str, inside: frozenset[int]) -> str | None:
    title_end = text.find("\n")
    counts: Counter[str] = Counter()
    for p in _counted(text, level, inside):
        counts[p.name] += 3 if p.start < title_end else 1
    ranked = counts.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0]
    return None


def _at_level(place: _Place, level: str) -> bool:
    return place.name.endswith("自治区" if level == "自治区" else level)
