"""Foreign persons by a part of their name: 卡斯特罗 of 希奥玛拉·卡斯特罗, where the article names her country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from extractors.lexicon import lexicon
from kg.model import Judgement
from kg.resolution.blocking import Key
from kg.resolution.candidates import Candidate, Scene
from kg.resolution.heads import Reading, is_chinese, settle_by_article
from kg.resolution.known import Known

_BEFORE = tuple("子女妻夫兄弟姐妹应致同与")  # 拜登之子亨特·拜登, 应阿莱克桑达尔·武契奇邀请
_MOST_HOMES = 2  # of more countries none is where somebody is from


def judge_parts(blocks: Mapping[Key, Sequence[Candidate]], known: Known) -> Iterator[Judgement]:
    """For every part of a foreign name, whose it is, and in which articles."""
    for key in sorted(key for key in blocks if key[0] == "person"):
        members = sorted(blocks[key], key=lambda c: c.id)
        whole = [c for c in members if "·" in c.name and _is_whole(c.name)]
        for one in whole:  # 易卜拉欣·莱希 and 赛义德·易卜拉欣·莱希, 员马丁·格里菲思
            for other in whole:
                inside = _inside(one.name, other.name)
                if (inside or other.name.endswith(one.name)) and other is not one and _last(one.name) == key[2]:
                    short, full = (one, other) if inside else (other, one)
                    yield from settle_by_article(short, [_reading(short, full, known)])
        for short in members:
            if short.name == key[2] and not (is_chinese(short.name) and not home_countries(short, known)):
                yield from settle_by_article(short, [_reading(short, full, known) for full in _likely(whole)])


def _likely(whole: Sequence[Candidate]) -> list[Candidate]:
    """Those that a part may mean: of two writings of one name the fuller, and none named far less than another."""
    most = max((len(c.scenes) for c in whole), default=0)
    return [
        c
        for c in whole
        if len(c.scenes) * 3 > most
        and not any(c is not d and (_inside(c.name, d.name) or _noisy(c.name, d.name)) for d in whole)
    ]


def _inside(name: str, other: str) -> bool:
    """Whether a name is some parts of another one: 希奥玛拉·卡斯特罗 of 伊丽丝·希奥玛拉·卡斯特罗·萨缅托."""
    return name != other and f"·{name}·" in f"·{other}·"


def _last(name: str) -> str:
    return name.rpartition("·")[2]


def _noisy(name: str, other: str) -> bool:
    """Whether a name is another one with a character too many: 劳尔·卡斯特罗大."""
    return (name.startswith(other) or name.endswith(other)) and not _inside(other, name)


def _is_whole(name: str) -> bool:
    """Whether a name begins where it should: not 致电本雅明·内塔尼亚胡, 子亨特·拜登, 德·阿巴斯."""
    return name[:2] not in lexicon("verbs") and not name.startswith(_BEFORE) and name[1:2] != "·"


def _reading(short: Candidate, full: Candidate, known: Known) -> Reading:
    home = home_countries(full, known)
    if not home:  # named once, in an article on many countries
        home = frozenset(c for c in home_countries(short, known) if any(c in scene.nodes for scene in full.scenes))
    offices = {office for scene in full.scenes for office, _ in scene.posts.get(full.id, ())}

    def fits(scene: Scene) -> bool:
        held = {office for office, _ in scene.posts.get(short.id, ())}
        return full.id in scene.nodes or bool(held & offices) or not home.isdisjoint(scene.nodes)

    where = "、".join(sorted(known.candidates[node].name for node in home)) or "an office of the same person"
    return Reading(full, where, fits, feature="part of a name", bonus=short.name in full.aliases)


def home_countries(person: Candidate, known: Known) -> frozenset[str]:
    """The countries that most articles on a person name, China left out; nothing where they are many."""
    count = Counter(node for scene in person.scenes for node in scene.nodes & known.foreign)
    if not count:
        return frozenset()
    most = max(count.values())
    home = [node for node, times in count.items() if times == most]
    return frozenset(home) if len(home) <= _MOST_HOMES and most * 2 >= len(person.scenes) else frozenset()
