"""Short forms that only their article can settle: 希法医院 is 加沙城希法医院 where the article speaks of 加沙城.

A name without its place (三坡镇) is settled in the same way. What is decided holds for articles, not for the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.lexicon import lexicon
from kg.model import Judgement, Reason, fold
from kg.resolution.blocking import SHORTEST, Key
from kg.resolution.candidates import Candidate, Scene
from kg.resolution.judging import reason, weigh
from kg.resolution.known import Known, contains, is_full_name
from kg.resolution.names import marks
from kg.resolution.successors import is_gone

# 国家统计局, 中央选举委员会 and 外交部 are said of every country by itself.
_OF_A_STATE = ("国家", "中央", "全国", "最高", "总统", "联邦", "外交", "国防")
_TELLING = 12  # a name so long with a number in it says which one it is
Fits = Callable[[Scene], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """A full name that a short one may stand for, and what an article must name for that."""

    full: Candidate
    of: str  # what the full name has more
    fits: Fits
    parts: frozenset[str] = frozenset()  # the nodes that `of` names
    feature: str = "ending"
    bonus: bool = False  # an article says that the one is short for the other
    said: str = ""  # what the articles that decide do, if it is not that they name `of`
    strict: bool = False  # the short name is itself a full one: nothing follows for other articles


def judge_heads(blocks: Mapping[Key, Sequence[Candidate]], known: Known) -> Iterator[Judgement]:
    """For every short form, which of the longer names it stands for, and in which articles."""
    readings: dict[str, dict[str, Reading]] = defaultdict(dict)
    short: dict[str, Candidate] = {}
    for key, members in blocks.items():
        if key[0] not in ("tail", "name"):
            continue
        for one in members:
            if key[0] == "tail" and fold(one.name) != key[2]:
                continue
            for other in members:
                reading = _reading(one, other, key, known)
                if reading:
                    short[one.id] = one
                    readings[one.id].setdefault(other.id, reading)
    for node in sorted(readings):
        yield from settle_by_article(short[node], list(readings[node].values()))


def _reading(one: Candidate, other: Candidate, key: Key, known: Known) -> Reading | None:
    """How `other` may be what `one` is short for."""
    if one.id == other.id or one.entity.within:
        return None
    if key[0] == "name":
        return _placed(one, other, known)
    name, longer = fold(one.name), fold(other.name)
    if not longer.endswith(name) or longer == name:
        return None
    head = longer[: -len(name)].removesuffix("关于").removesuffix("的")
    if not head or marks(head):
        return None
    parts = known.opening(head)
    if parts is None:
        return None
    if is_full_name(one.name) or one.entity.kind == "Ministry":
        return _of_another_state(one, other, head, parts, known)
    if len(name) < SHORTEST:
        return None
    countries = [part for part in parts if part & known.countries]
    if countries and len(countries) == len(parts):
        if known.opening(name[:2]) or known.opening(name[:3]) or known.opening(name[:4]):
            return None  # 德国商会 stands for no 中国德国商会
        if name.startswith(_OF_A_STATE):
            return Reading(other, head, lambda scene: _only_country(scene, parts[-1], known))
    every = frozenset[str]().union(*parts)
    if one.entity.type == "Event" and len(name) >= _TELLING and any(mark[-1] in "届次" for mark in marks(one.name)):
        return Reading(other, head, lambda scene: True, every)  # there is one 《生物多样性公约》第十六次缔约方大会
    return Reading(other, head, lambda scene: any(known.named_in(scene, part) for part in parts), every)


def _of_another_state(
    one: Candidate, other: Candidate, head: str, parts: Sequence[frozenset[str]], known: Known
) -> Reading | None:
    """财政部 where 耶伦 is its minister, as of 美国财政部 elsewhere; 卫生部 beside 苏丹卫生部, and no other country."""
    if len(parts) > 1 or not parts[0] & known.foreign:
        return None
    theirs = {p for p in known.holders.get(other.id, ()) if not is_chinese(known.name(p))}

    def fits(scene: Scene) -> bool:
        for person in theirs:
            if any(office == one.id for office, _ in scene.posts.get(person, ())):
                return True  # its minister
        # Nobody means the Chinese 卫生部 of 2003 in 2023.
        return other.id in scene.nodes and (is_gone(one.name, scene.issued) or _only_country(scene, parts[0], known))

    return Reading(other, head, fits, strict=True)


def is_chinese(name: str) -> bool:
    """Whether a name looks Chinese: 哈桑 does not.

    >>> is_chinese("王小洪"), is_chinese("哈桑"), is_chinese("卡斯特罗")
    (True, False, False)
    """
    return len(name) <= 3 and "·" not in name and name[:1] in lexicon("common_surnames")


def _only_country(scene: Scene, country: frozenset[str], known: Known) -> bool:
    named = scene.nodes & known.countries
    return bool(named) and named <= country


def _placed(one: Candidate, other: Candidate, known: Known) -> Reading | None:
    """The same name with its place."""
    place = other.entity.within
    if not place or fold(one.name) != fold(other.name):
        return None
    where = known.owners.get(fold(place), frozenset())
    company: set[str] = set().union(*(scene.nodes for scene in other.scenes)) - {other.id}

    def fits(scene: Scene) -> bool:
        return known.named_in(scene, where) or len(company & scene.nodes) > 1

    return Reading(other, place, fits, feature="place")


def settle_by_article(short: Candidate, readings: Sequence[Reading]) -> Iterator[Judgement]:
    """For each reading of a short name: that it is meant, in the articles where it alone fits."""
    fitting: dict[str, list[Reading]] = defaultdict(list)
    for scene in short.scenes:
        for reading in readings:
            if reading.fits(scene):
                fitting[scene.article].append(reading)
    clear: dict[str, list[str]] = defaultdict(list)
    for article, some in fitting.items():
        full = _one_of(some)
        if full:
            clear[full.full.id].append(article)
    for reading in sorted(readings, key=lambda r: r.full.id):
        articles = clear.get(reading.full.id, [])
        # More than half, and nothing speaks for another one: the rest do not say where, because everybody knows.
        every = len(articles) * 2 > len(short.scenes) and len(clear) == 1 and not reading.strict
        reasons = _reasons(short, reading, len(articles), sum(reading in some for some in fitting.values()))
        judgement = weigh(reading.full, short, reasons, () if every else articles)
        if judgement:
            yield judgement


def _one_of(readings: Iterable[Reading]) -> Reading | None:
    """The one that fits; of several the one that names all that the others name.

    加沙地带北部加沙城希法医院 for 加沙城希法医院 and 加沙地带希法医院.
    """
    some = sorted(readings, key=lambda r: (-len(r.parts), -len(r.full.name), r.full.id))
    first = some[0]
    if len(some) == 1 or all(r.parts and r.parts <= first.parts for r in some):
        return first
    places = [r.full.entity.within for r in some]
    if all(places) and fold(some[0].full.name) == fold(some[-1].full.name):
        inner = [p for p in places if p and all(p == q or contains(q or "", p) for q in places)]
        return next((r for r in some if inner and r.full.entity.within == inner[0]), None)
    return None


def _reasons(short: Candidate, reading: Reading, clear: int, fitting: int) -> list[Reason]:
    named = f"{reading.full.name} in {reading.of}" if reading.feature == "place" else reading.full.name
    found = [reason(reading.feature, "0.45", f"{short.name} may be short for {named}")]
    if reading.bonus:
        found.append(reason("alias", "0.10", f"an article that names {reading.full.name} calls it {short.name}"))
    total = len(short.scenes)
    if clear:
        fits = reading.said or f"name {reading.of}"
        words = f"{clear} of {total} articles with {short.name} {fits} and nothing else that fits"
        found.append(reason("article", "0.40", words))
    elif fitting:
        words = f"{fitting} of {total} articles with {short.name} name {reading.of}, but also what fits better"
        found.append(reason("article", "0.05", words))
    return found
