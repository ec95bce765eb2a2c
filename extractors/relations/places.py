"""Where it is: 江苏泰州, 位于P的X, X在P举行, 在P，X开工."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.lexicon import lexicon
from extractors.model import Article, Mention, Name, Relation, Span
from extractors.ontology import relation_types
from extractors.relations.clauses import ANY, DATE, EVENT, LETTERS, ORG, PARK, PERSON, PLACE, PROJECT, Line
from extractors.relations.subjects import Context

_WIDE = {
    "欧洲",
    "非洲",
    "美洲",
    "北美",
    "拉美",
    "东南亚",
    "海外",
    "国内",
    "境外",
    "中国",
    "中华人民共和国",
    "全国",
    "我国",
    "全球",
    "世界",
    "亚洲",
    "国际",
}
_CHAIN = rf"{PLACE}(?:的?{PLACE})*"
_THING = f"[{EVENT}{PROJECT[1:-1]}{PARK}]"
_LIES = re.compile(
    rf"(?:位于|坐落于|坐落在|地处|落户于?|设在|选址|选址于|落地于?|座落于)[^，。；{PLACE[1:-1]}]{{0,6}}({_CHAIN})"
)
_OF = re.compile(rf"[^，。；]{{0,6}}的[^，。；]{{0,30}}?({_THING}|{ORG})")
_IN = re.compile(rf"(?:在|于)(?:[^，。；：{PLACE[1:-1]}的]{{0,8}})({_CHAIN}|京(?=[举召开出启发揭闭正隆成]))")
_SCENE = re.compile(
    rf"(?:^|[，。；：\s])在({_CHAIN})[^，。；的]{{0,6}}，(?=((?:[^，。；{ANY[1:-1]}]{{0,30}}，)?[^，。；]{{0,40}}?)({PROJECT}|{PARK}))"
)
_WITHIN = re.compile(rf"(?:^|[，。；：\s])在({PLACE})[^，。；的]{{0,4}}，([^。；]*)")
_NEXT = re.compile(rf"({PLACE})(的?)({PLACE}|{PROJECT}|{EVENT}|{ORG})")


_NATURE = re.compile(r"(?:[江河湖海湾洋]|流域|山脉?|山区|高原|平原|盆地|半岛|海峡|水道|走廊|经济带|城市群)$")
_STRETCH = re.compile(r"段|片区|境内|方向|至|—|沿线|以[东西南北]")


@cache
def _verbs() -> re.Pattern[str]:
    verbs = sorted(relation_types()["located_in"].theme, key=lambda v: (-len(v), v))
    return re.compile("|".join(map(re.escape, verbs)))


@cache
def _code(name: str) -> str:
    for table in ("provinces", "cities", "counties"):
        try:
            entry = lexicon(table).get(name)
        except (FileNotFoundError, ValueError):
            continue
        if entry:
            return entry.code if " " not in entry.code else ""
    return ""


def _stem(code: str) -> str:
    return code[: 2 if code.endswith("0000") else 4 if code.endswith("00") else 6]


def nests(inner: Mention, outer: Mention) -> bool:
    """Whether one place may lie in the other: by its code where both have one; rivers, venues, foreign towns may."""
    if inner.name.text == outer.name.text or outer.name.text in _WIDE:
        return False
    if _NATURE.search(outer.name.text) and inner.type == "Place" and not _NATURE.search(inner.name.text):
        return False  # 长江江苏段: the river is not where the province lies
    a = inner.name.code or _code(inner.name.text)
    b = outer.name.code or _code(outer.name.text)
    if b and not a and inner.type == "Place" and inner.name.text.endswith("省"):
        return False
    return not (a and b) or (a != b and a.startswith(_stem(b)))


def _lies(
    line: Line, thing: int | Mention, place: int | Mention, span: tuple[int, int], rule: str
) -> Iterator[Relation]:
    source = line.at[thing] if isinstance(thing, int) else thing
    target = line.at[place] if isinstance(place, int) else place
    if nests(source, target):
        yield Relation("located_in", source, target, line.span(*span), rule)


def _innermost(line: Line, start: int, end: int) -> int | Mention:
    """The last place of 甘肃陇南康县; 京 is Beijing."""
    found = [i for i in range(start, end) if i in line.at]
    if found:
        return found[-1]
    return Mention(line.span(start, end), "Place", Name("北京市", code="110000", anaphor=True), "京")


def places(line: Line, context: Context) -> Iterator[Relation]:
    """All that one sentence says about where things are."""
    mask = line.mask
    for match in re.finditer(rf"(?=({_NEXT.pattern}))", mask):
        yield from _adjacent(line, match)
    for match in _LIES.finditer(mask):
        yield from _lying(line, match)
    for match in _IN.finditer(mask):
        yield from _taking_place(line, match, context)
    for match in _SCENE.finditer(mask):
        place = _innermost(line, *match.span(1))
        later = _LATER.match(mask, match.end(3))
        first = later.start(1) if later else match.start(3)
        if PERSON not in match[2] and not re.search(r"[由从向往将把被]|通过|来自", match[2]):
            for thing in _joined(line, first):
                yield from _lies(line, thing, place, (match.start(1), thing + 1), "在 place, thing")
    yield from _nested(line)
    for match in _WITHIN.finditer(mask):
        yield from _towns(line, match)


_LATER = re.compile(rf"[^，。；]{{0,16}}?——({PROJECT})")
_SPREAD = re.compile(rf"({PLACE})({PLACE})((?:[、和及与]{PLACE})+)")
_OF_REGION = re.compile(
    rf"({PLACE})[^，。；、：的和与及{ANY[1:-1]}]{{1,10}}?(?:的[^，。；、{ANY[1:-1]}]{{0,6}})?({PLACE})"
)
_KEY_WORK = re.compile(rf"({PLACE})(?:重点|重大|标志性|骨干)(?:工程|项目)(?:——)?({PROJECT})")


def _known(line: Line, inner: int, outer: int, rule: str) -> Iterator[Relation]:
    """Two places whose codes say that one lies in the other."""
    a = line.at[inner].name.code or _code(line.at[inner].name.text)
    b = line.at[outer].name.code or _code(line.at[outer].name.text)
    if a and b and a != b and a.startswith(_stem(b)):
        yield Relation("located_in", line.at[inner], line.at[outer], line.span(outer, inner + 1), rule)


def _nested(line: Line) -> Iterator[Relation]:
    """广东珠海和江门; 在青海最大的种植区贵南县; 粤港澳大湾区重点工程——X."""
    for match in _SPREAD.finditer(line.mask):
        for i in range(*match.span(3)):
            if i in line.at:
                yield from _known(line, i, match.start(1), "places of one province")
    for match in _OF_REGION.finditer(line.mask):
        yield from _known(line, match.start(2), match.start(1), "place told of by its province")
    for match in _KEY_WORK.finditer(line.mask):
        yield from _lies(line, match.start(2), match.start(1), match.span(), "key work of a place")


def named_after(article: Article, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """朔州滋润机场 lies in 朔州 where the article also names the place by itself."""
    names: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == "Place" and not mention.name.anaphor and mention.name.text not in _WIDE:
            for form in (mention.name.text, mention.span.of(article.text)):
                names.setdefault(form, mention)
    done: set[str] = set()
    for mention in mentions:
        if _letter_of(mention) not in (PARK, LETTERS["Project"], EVENT) or mention.name.text in done:
            continue
        done.add(mention.name.text)
        words = mention.span.of(article.text)
        place = next((names[words[:n]] for n in range(min(8, len(words) - 2), 1, -1) if words[:n] in names), None)
        if place and not _ROUTE.search(words) and nests(mention, place):
            yield Relation("located_in", mention, place, mention.span, "named after its place")


_ROUTE = re.compile(
    r"铁路|高铁|高速|公路|管道|输电|航线|班列|专列|[至—－]|线$|大道|运河|调水|委员会|论坛|峰会|奥运|亚运|冬奥"
)


def _letter_of(mention: Mention) -> str | None:
    if mention.type in ("Date", "Quantity"):
        return None
    return PARK if mention.name.kind == "Park" else LETTERS.get(mention.type)


def _towns(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """在山东，蓬莱的葡萄、沾化的冬枣…: towns told of under the name of their province, as their codes confirm."""
    outer = line.at[match.start(1)]
    region = outer.name.code or _code(outer.name.text)
    for i in range(*match.span(2)):
        if i not in line.at or line.at[i].type != "Place":
            continue
        inner = line.at[i]
        code = inner.name.code or _code(inner.name.text)
        if region and code and code != region and code.startswith(_stem(region)):
            yield Relation("located_in", inner, outer, line.span(match.start(1), i + 1), "在 place, town of it")


def _adjacent(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """Places written one after the other, or a thing right after its place: 山西朔州滋润机场."""
    outer, inner = match.start(2), match.start(4)
    thing = line.at[inner]
    if thing.type == "Organization" and thing.name.kind in (
        "Ministry",
        "LocalGovernment",
        "Media",
        "InternationalOrganization",
    ):
        return
    if match[3] and (thing.type == "Event" or (thing.type == "Organization" and line.mask[inner] != PARK)):
        return  # 北京的清华大学: 的 may mean more than a place
    if _STRETCH.match(line.mask, inner + 1):
        return
    yield from _lies(line, inner, outer, (outer, inner + 1), "place, thing side by side")


def _lying(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    place = _innermost(line, *match.span(1))
    after = _OF.match(line.mask, match.end())
    if after:
        yield from _lies(line, after.start(1), place, (match.start(), after.end(1)), "位于 place 的 thing")
        return
    start, _ = line.clause(match.start())
    before = [i for i in range(max(0, start - 1), match.start()) if re.match(rf"{_THING}|{ORG}", line.mask[i])]
    before = before or [i for i in range(match.start()) if re.match(rf"{_THING}", line.mask[i])][-1:]
    for thing in before[:1]:
        yield from _lies(line, thing, place, (thing, match.end()), "thing 位于 place")


def _taking_place(line: Line, match: re.Match[str], context: Context) -> Iterator[Relation]:
    """X在P举行, 在P举行的X, A在P举办X; 在P举办 alone is about the event before."""
    place = _innermost(line, *match.span(1))
    start, end = line.clause(match.start())
    verb = _verbs().search(line.mask, match.end(), min(end, match.end() + 16))
    gap = line.mask[match.end() : verb.start()] if verb else ""
    if verb is None or gap.count("的") > 1 or re.search(ORG + "|" + EVENT + "|" + PERSON, gap):
        yield from _attended_there(line, match, place, end)
        return
    right = re.compile(rf"(?:了|的)?(?:[^，。；：]{{0,24}}?)({EVENT}|{PROJECT})").match(line.mask, verb.end())
    if right:
        things = _joined(line, right.start(1))
        if context.heading is not None and len(things) > 1:
            yield from _lies(
                line, context.heading, place, (match.start(), verb.end()), f"在 place {verb[0]}, of the heading"
            )
            return
        for thing in things:
            yield from _lies(line, thing, place, (match.start(), thing + 1), f"在 place {verb[0]} thing")
        return
    left = [i for i in range(start, match.start()) if re.match(_THING, line.mask[i])]
    if not left and start and not line.mask[start : match.start()].strip(DATE + "日前近正式昨今天"):
        left = [i for i in range(start) if line.mask[i] in (EVENT, LETTERS["Project"])]
    if left and line.mask[left[-1] + 1] != "的":
        for thing in _before(line, left[-1]):
            yield from _lies(line, thing, place, (thing, verb.end()), f"thing 在 place {verb[0]}")
    elif not left and context.latest is not None and not re.search(ORG, line.mask[verb.end() : end]):
        latest = context.latest
        yield from _lies(line, latest, place, (match.start(), verb.end()), f"在 place {verb[0]}, of the event before")


def _attended_there(line: Line, match: re.Match[str], place: int | Mention, end: int) -> Iterator[Relation]:
    """P在北京出席E: the event is there."""
    there = re.compile(rf"[^，。；]{{0,16}}?(?:出席|参加|主持召开)了?[^，。；]{{0,10}}?({EVENT})").match(
        line.mask, match.end(), end
    )
    if there:
        yield from _lies(line, there.start(1), place, (match.start(), there.end(1)), "在 place 出席 event")


def _joined(line: Line, first: int) -> list[int]:
    found = [first]
    while first + 2 < len(line) and line.mask[first + 1] in "、和与" and re.match(_THING, line.mask[first + 2]):
        first += 2
        found.append(first)
    return found


def _before(line: Line, last: int) -> list[int]:
    found = [last]
    while last >= 2 and line.mask[last - 1] in "、和与" and line.mask[last - 2] == line.mask[found[0]]:
        last -= 2
        found.append(last)
    return found


__all__ = ["Span", "nests", "places"]
