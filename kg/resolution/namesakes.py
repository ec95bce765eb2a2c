"""Namesakes: persons of one name, kept apart by what they hold, when, and where.

One name is one node unless something speaks against it: offices in two provinces at one time, a laboratory and a police
station, two foreign countries that never stand in one article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.dates.edtf import begin_end
from kg.resolution.candidates import Candidate, Scene
from kg.resolution.heads import is_chinese
from kg.resolution.known import Known

_HONOURS = ("代表", "委员")  # held beside any other post
_FAMOUS = 100  # articles: of whom so many speak, they tell the life, former offices included
_FEW = 20  # articles: 拜登 is named with 印度尼西亚, too, where 美国 is not
_SHORT = 3  # characters: 哈桑 is the name of many
_SOME = 3  # articles that name the same country are no chance
_ABOUT = 2  # countries: of more an article is not about one


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
        if len(person.uses) > 1 and len(person.scenes) > 1:
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
    about = {article: nodes for article, nodes in abroad.items() if len(nodes) <= _ABOUT}
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
