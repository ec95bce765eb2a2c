"""Persons: 卡斯特罗 as part of a foreign name, and namesakes, who are kept apart by what they hold, when, and where.

One name is one node unless something speaks against it. What does: offices in two provinces at one time, a laboratory
and a police station, two foreign countries that never stand in one article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.dates.edtf import begin_end
from extractors.lexicon import lexicon
from kg.model import Judgement
from kg.resolution.blocking import Key
from kg.resolution.candidates import Candidate, Scene
from kg.resolution.heads import Reading, is_chinese, settle_by_article
from kg.resolution.known import Known

_HONOURS = ("代表", "委员")  # held beside any other post
_BEFORE = tuple("子女妻夫兄弟姐妹应致同与")  # 拜登之子亨特·拜登, 应阿莱克桑达尔·武契奇邀请
_FAMOUS = 100  # articles: of whom so many speak, they tell the life, former offices included
_FEW = 20  # articles: 拜登 is named with 印度尼西亚, too, where 美国 is not
_SHORT = 3  # characters: 哈桑 is the name of many
_SOME = 3  # articles that name the same country are no chance
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
    return name[:2] not in lexicon("verbs") and not name.startswith(_BEFORE) and name[1] != "·"


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


@dataclass(frozen=True, slots=True)
class Namesake:
    """A part of the uses of a name that are somebody else's."""

    node: str
    articles: frozenset[str]
    within: str  # what keeps the two apart
    feature: str
    sentence: str


def namesakes(persons: Iterable[Candidate], known: Known) -> Iterator[Namesake]:
    """Of all persons: the uses of a name that are not those of the one who has it most."""
    for person in persons:
        if len(person.scenes) > 1:
            found = list(_by_office(person, known))
            if not found and not is_chinese(person.name) and "·" not in person.name:
                found = list(_by_country(person, known))
            yield from found


def _by_country(person: Candidate, known: Known) -> Iterator[Namesake]:
    """罗德里格斯 of 委内瑞拉, and in articles that do not name it, of 古巴."""
    abroad = {scene.article: nodes for scene in person.scenes if (nodes := known.abroad(scene))}
    if len(abroad) < 2 * _SOME:
        return
    first, here = _commonest(abroad, known)
    left = {article: nodes for article, nodes in abroad.items() if article not in here}
    if not left:
        return
    second, there = _commonest(left, known)
    # 普京 is named with 乌克兰 too, where 俄罗斯 is not: but seldom, and not in most of such articles.
    if len(there) < _SOME or len(there) * 4 < len(abroad) or len(there) * 5 < len(left) * 3:
        second, there = _nowhere_else(person, left, abroad)
    if not there:
        return
    if _common_bodies(
        [s for s in person.scenes if s.article in here], [s for s in person.scenes if s.article in there]
    ):
        return  # 迪雅里克 of the United Nations speaks of many countries
    one, other = known.name(first), known.name(second)
    words = f"{len(there)} articles with {person.name} name {other} and not {one}, which {len(here)} name"
    yield Namesake(person.id, there, other, "country", words)


def _nowhere_else(
    person: Candidate, left: Mapping[str, frozenset[str]], abroad: Mapping[str, frozenset[str]]
) -> tuple[str, frozenset[str]]:
    """A country that one article on a short name is about and no other: 哈桑 of 摩洛哥, beside one of 坦桑尼亚."""
    about = {article: nodes for article, nodes in abroad.items() if len(nodes) <= _MOST_HOMES}
    few = len(person.scenes) <= _FEW
    if few and len(person.name) <= _SHORT and len(left) * 2 <= len(abroad):
        for article in sorted(about.keys() & left.keys()):
            elsewhere = frozenset[str]().union(*(nodes for other, nodes in about.items() if other != article))
            if about[article].isdisjoint(elsewhere) and len(about) > _SOME:
                return min(about[article]), frozenset((article,))
    return "", frozenset()


def _common_bodies(some: Sequence[Scene], others: Sequence[Scene]) -> bool:
    """Whether one body is named in half of the articles of both groups."""
    usual = []
    for scenes in (some, others):
        count = Counter(node for s in scenes for node in s.nodes if node.startswith("Organization/"))
        usual.append({node for node, times in count.items() if times * 2 >= len(scenes)})
    return not usual[0].isdisjoint(usual[1])


def _commonest(abroad: Mapping[str, frozenset[str]], known: Known) -> tuple[str, frozenset[str]]:
    """The country that most articles name, and these articles; of equals the one seldom named elsewhere."""
    count = Counter(node for nodes in abroad.values() for node in nodes)
    country = min(count, key=lambda node: (-count[node], known.uses_of(node), node))
    return country, frozenset(article for article, nodes in abroad.items() if country in nodes)


@dataclass(slots=True)
class _Office:
    """What somebody is said to be, in a group of articles that speak of one person."""

    scenes: list[Scene]
    offices: set[str]
    posts: set[str]

    @property
    def neutral(self) -> bool:
        """Whether all that is said goes with any office: a deputy, an academician."""
        return all(post.startswith(_HONOURS) for post in self.posts)


def _by_office(person: Candidate, known: Known) -> Iterator[Namesake]:
    """巴特尔, vice-chairman of a national body, and 巴特尔, vice-governor of 海南."""
    if len(person.scenes) > _FAMOUS:
        return
    groups = _groups(person)
    if len(groups) < 2:
        return
    groups.sort(key=lambda g: (-len(g.scenes), min(s.issued for s in g.scenes), min(s.article for s in g.scenes)))
    first = groups[0]
    apart = [(group, said) for group in groups[1:] if (said := _apart(first, group, known))]
    if not apart:
        return
    placed = {scene.article for group in groups if not group.neutral for scene in group.scenes}
    rest = [scene for scene in person.scenes if scene.article not in placed]
    for group, said in apart:
        office = min(group.offices, key=lambda node: (known.name(node), node))
        near = [scene for scene in rest if _nearer(scene, group, first, person.id)]
        articles = frozenset(scene.article for scene in (*group.scenes, *near))
        yield Namesake(person.id, articles, known.name(office), "office", said)
        rest = [scene for scene in rest if scene not in near]


def _nearer(scene: Scene, one: _Office, other: _Office, person: str) -> bool:
    """Whether an article that gives no telling office has more in common with one group, or as much and is nearer."""
    shares = [max(len((scene.nodes & s.nodes) - {person}) for s in group.scenes) for group in (one, other)]
    days = [min(_days(scene.issued, s.issued) for s in group.scenes) for group in (one, other)]
    return (-shares[0], days[0]) < (-shares[1], days[1])


def _days(one: str, other: str) -> int:
    try:
        return abs((begin_end(one)[0] - begin_end(other)[0]).days)
    except ValueError:
        return 1 << 30


def _groups(person: Candidate) -> list[_Office]:
    """Articles that give one office, put together."""
    groups: list[_Office] = []
    for scene in sorted(person.scenes, key=lambda s: s.article):
        held = scene.posts.get(person.id, ())
        if not held:
            continue
        new = _Office([scene], {office for office, _ in held}, {post for _, post in held})
        apart = [group for group in groups if group.offices.isdisjoint(new.offices)]
        for group in groups:
            if group not in apart:
                new.scenes += group.scenes
                new.offices |= group.offices
                new.posts |= group.posts
        groups = [*apart, new]
    return groups


def _apart(one: _Office, other: _Office, known: Known) -> str:
    """Why the two cannot be one person; nothing where they can."""
    provinces = [known.provinces(group.offices) for group in (one, other)]
    fields = [known.fields(group.offices) for group in (one, other)]
    names = ["、".join(sorted(known.name(node) for node in group.offices)[:2]) for group in (one, other)]
    words = f"{names[0]} and {names[1]}"
    meanwhile = _meanwhile(one, other)
    if all(provinces) and provinces[0].isdisjoint(provinces[1]) and meanwhile and not other.neutral:
        return f"offices in two places at one time: {words}"
    science, rule = {"Academy"}, {"LocalGovernment"}
    if science in fields and rule in fields and not any(p & q for p in provinces[:1] for q in provinces[1:]):
        return f"a scholar and an official: {words}"
    if meanwhile and {"Ministry"} in fields and {"LocalGovernment"} in fields:
        local = one if fields[0] == {"LocalGovernment"} else other
        if not any("书记" in post and "副" not in post for post in local.posts):
            return f"a national and a local office at one time: {words}"
    return ""


def _meanwhile(one: _Office, other: _Office) -> bool:
    """Whether the periods in which the offices are reported overlap."""
    spans = [(min(s.issued for s in g.scenes), max(s.issued for s in g.scenes)) for g in (one, other)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
