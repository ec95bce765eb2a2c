"""Where a thing lies by its own name: 朔州滋润机场 in 朔州, 河北邢台变电站扩建工程 in 邢台 in 河北."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from extractors.lexicon import lexicon
from extractors.model import Article, Mention, Name, Relation, Span
from extractors.patterns import regex
from extractors.relations.clauses import PARK, letter
from extractors.relations.grammar import roles
from extractors.relations.nesting import LONG_RIVERS, ROUTE, code_of, nests, short_names

_REGION = regex(r"(?:经济带|地区|流域|区域|三角洲?|长三角|湾区|走廊|半岛|东北|西北|西南|华[东北南中])$")


def named_after(article: Article, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """朔州滋润机场 lies in 朔州, where the article also names the place by itself."""
    names: dict[str, Mention] = {}
    wide = roles("wide")
    for mention in mentions:
        if mention.type != "Place":
            continue
        name = mention.name
        if not name.anaphor and name.text not in wide:
            names.setdefault(name.text, mention)
            names.setdefault(mention.span.of(article.text), mention)
    if not names:
        return
    done: set[str] = set()
    for mention in mentions:
        kind = mention.type if mention.type in ("Project", "Event") else letter(mention)
        if kind not in ("Project", "Event", PARK) or mention.name.text in done:
            continue
        if kind == "Event" and "火炬" in mention.name.text:
            continue  # 杭州亚运会火炬传递 runs through other towns
        done.add(mention.name.text)
        words = mention.span.of(article.text)
        place = _prefix(words, names)
        if place is not None and place.name.text in LONG_RIVERS and kind == PARK:
            continue  # 黄河流域甲示范区
        along = place is not None and ROUTE.search(words) and not _province(words, place)
        if place and not along and _is_seat(mention, place) and nests(mention, place):
            yield Relation("located_in", mention, place, mention.span, "named after its place")


def _is_seat(thing: Mention, place: Mention) -> bool:
    """A country or a region in a name does not say where: 美国甲公司飞船, 长江经济带高质量发展座谈会."""
    if place.name.text in lexicon("countries"):
        return False
    return thing.type != "Event" or _REGION.search(place.name.text) is None


def _prefix(words: str, names: Mapping[str, Mention]) -> Mention | None:
    """The place whose name opens a thing's name: 朔州 also in 山西朔州滋润机场."""
    found = _named(words, names)
    province = next((words[:n] for n in (6, 5, 4, 3, 2) if words[:n] in short_names()), "")
    rest = words[len(province) :]
    inner = _named(rest, names) if province else None
    return inner if inner and (found is None or nests(inner, found)) else found


def _named(words: str, names: Mapping[str, Mention]) -> Mention | None:
    """The longest of the names that opens some words and leaves two characters of them."""
    for n in range(min(8, len(words) - 2), 1, -1):
        if found := names.get(words[:n]):
            return found
    return None


def _province(words: str, place: Mention) -> bool:
    """江苏甲至乙输电工程 lies in 江苏, 江苏至上海铁路 does not."""
    form = next((n for n in range(6, 1, -1) if words[:n] in lexicon("provinces")), 0)
    return (
        form > 0
        and (place.name.code or code_of(place.name.text)).endswith("0000")
        and words[form] not in "至到送—-－与和"
    )


# 上海电气…项目, 贵阳东站, 江苏代表团: the place is a part of another word
_WITHIN_WORD = regex("[东西南北]?站|[东西南北中]部|大学|银行|集团|电气|汽车|电投|能源|[省市区县路道街话人籍菜式]")


def _chain(words: str, start: int) -> list[Mention]:
    """The divisions that open a name, outermost first: 河北, 邢台 of 河北邢台1000千伏变电站扩建工程."""
    found: list[Mention] = []
    place = 0
    for table, width in (("provinces", 2), ("cities", 4), ("counties", 6)):
        known = lexicon(table)
        size = next((n for n in (8, 7, 6, 5, 4, 3, 2) if words[place : place + n] in known), 0)
        entry = known[words[place : place + size]] if size else None
        if entry is None or " " in entry.code:
            continue
        if found and not entry.code.startswith((found[-1].name.code or "")[: width - 2]):
            break
        if not found and table == "counties":
            break  # a county alone has too many namesakes
        span = Span(start + place, start + place + size)
        found.append(Mention(span, "Place", Name(entry.value, code=entry.code, anaphor=True), "opens a name"))
        place += size
    return [] if _WITHIN_WORD.match(words, place) or len(words) - place < 4 else found


def opened(article: Article, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """A work whose name opens with its province and town, though the article names neither by itself."""
    done: set[str] = set()
    ends = {m.span.end: m for m in mentions if m.type == "Place"}
    for mention in mentions:
        if mention.type != "Project" or mention.name.anaphor:
            continue
        words = mention.span.of(article.text)
        if words in done or words[:2] not in _openings():
            continue
        done.add(words)
        chain = _chain(words, mention.span.start)
        if not chain or (ROUTE.search(words) and (len(chain) > 1 or not _province(words, chain[0]))):
            continue
        yield Relation("located_in", mention, chain[-1], mention.span, "its name opens with its place")
        before = ends.get(mention.span.start)  # 四川|甘孜道孚抽水蓄能电站
        if before is not None and before.name.code and nests(chain[0], before):
            chain.insert(0, before)
        for outer, inner in pairwise(chain):
            yield Relation("located_in", inner, outer, mention.span, "places that open a name")


@cache
def _openings() -> frozenset[str]:
    """The first two characters of provinces and cities."""
    return frozenset(word[:2] for table in ("provinces", "cities") for word in lexicon(table) if len(word) > 1)
