"""What the names of a graph say of one another: which place lies in which, and whose name a longer name opens with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from extractors.lexicon import lexicon
from extractors.names.divisions import full_names, prefix
from kg.aliases import NAMES
from kg.model import fold
from kg.resolution.candidates import Candidate, Scene
from kg.resolution.names import longest

# Between the parts of 加沙地带北部加沙城: they say where, and name nothing.
_DIRECTIONS = (  # the longest first
    "东北部", "西北部", "东南部", "西南部", "北部", "南部", "东部", "西部", "中部", "地区", "首都",
    "市", "省", "县", "州",
)  # fmt: skip
CHINA = "中国"
OWNERS = ("Place", "Organization", "Event")


@cache
def _full() -> frozenset[str]:
    """Names that stand in a lexicon as the full name of a thing."""
    return frozenset(entry.value for name in NAMES for entry in lexicon(name).values())


def is_full_name(name: str) -> bool:
    """Whether a thing is known by this name: 电子科技大学 is not short for 杭州电子科技大学.

    >>> is_full_name("电子科技大学"), is_full_name("希法医院")
    (True, False)
    """
    return name in _full()


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(entry.value) for entry in lexicon("countries").values())


def is_country(name: str) -> bool:
    """Whether a place of this name is a country.

    >>> is_country("法国"), is_country("巴黎")
    (True, False)
    """
    return fold(name) in _countries()


@cache
def _divisions() -> Mapping[str, tuple[str, ...]]:
    """Codes by name of a division."""
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name in full_names().items():
        codes[name].append(code)
    return {name: tuple(some) for name, some in codes.items()}


def codes_of(name: str) -> tuple[str, ...]:
    """Codes of GB/T 2260 of all divisions that are called so."""
    return _divisions().get(name, ())


def contains(outer: str, inner: str) -> bool:
    """Whether a division of the name `inner` lies in one of the name `outer`.

    >>> contains("宁波市", "镇海区"), contains("重庆市", "镇海区"), contains("浙江省", "镇海区")
    (True, False, True)
    """
    return any(i != o and i.startswith(prefix(o)) for o in codes_of(outer) for i in codes_of(inner))


@lru_cache(maxsize=1 << 14)
def _provinces(name: str) -> frozenset[str]:
    """Beginnings of the codes of the provinces and cities that a name holds: 46 of 中国共产党海南省委员会."""
    divisions = _coded()
    return frozenset(code[:2] for start, end in longest(name, divisions) for code in divisions[name[start:end]])


@cache
def _coded() -> Mapping[str, Sequence[str]]:
    """Codes by word for a province or a city."""
    entries = {**lexicon("cities"), **lexicon("provinces")}
    return {word: entry.code.split() for word, entry in entries.items()}


class Known:
    """The names of all nodes at once."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = {candidate.id: candidate for candidate in candidates}
        self._abroad: dict[str, frozenset[str]] = {}

    def put(self, person: Candidate) -> None:
        """Somebody as he is now, or is new: only what is known of offices changes by that."""
        self.candidates[person.id] = person
        for found in ("offices", "holders"):
            vars(self).pop(found, None)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The nodes that are countries."""
        places = (c for c in self.candidates.values() if c.entity.type == "Place")
        return frozenset(c.id for c in places if is_country(c.name))

    @cached_property
    def foreign(self) -> frozenset[str]:
        """The countries but China."""
        return frozenset(node for node in self.countries if self.candidates[node].name != CHINA)

    def abroad(self, scene: Scene) -> frozenset[str]:
        """The countries but China that an article names."""
        found = self._abroad.get(scene.article)
        if found is None:
            found = self._abroad[scene.article] = scene.nodes & self.foreign
        return found

    def name(self, node: str) -> str:
        return self.candidates[node].name if node in self.candidates else node

    def uses_of(self, node: str) -> int:
        """How many articles use a node."""
        return len(self.candidates[node].scenes) if node in self.candidates else 0

    def provinces(self, nodes: Iterable[str]) -> frozenset[str]:
        """The provinces that the names of bodies speak of, as beginnings of codes."""
        return frozenset(code for node in nodes for code in _provinces(self.name(node)))

    def fields(self, nodes: Iterable[str]) -> frozenset[str]:
        """The kinds of bodies."""
        known = (self.candidates[node].entity.kind for node in nodes if node in self.candidates)
        return frozenset(kind for kind in known if kind)

    @cached_property
    def offices(self) -> Mapping[str, Counter[str]]:
        """By person: how many articles give each body an office is held in."""
        held: dict[str, Counter[str]] = defaultdict(Counter)
        for node, candidate in self.candidates.items():
            if candidate.entity.type == "Person" and any(use.scene.posts for use in candidate.uses):
                for scene in candidate.scenes:
                    if given := scene.posts.get(node):
                        for office in {office for office, _ in given}:
                            held[node][office] += 1
        return held

    @cached_property
    def holders(self) -> Mapping[str, list[str]]:
        """By body: the persons whom articles give an office in it."""
        found: dict[str, list[str]] = defaultdict(list)
        for person, held in self.offices.items():
            for office in held:
                found[office].append(person)
        return found

    @cached_property
    def owners(self) -> Mapping[str, frozenset[str]]:
        """By folded name or alias: the places, bodies and meetings that a longer name may open with."""
        named: dict[str, frozenset[str]] = {}
        for node, candidate in self.candidates.items():
            entity = candidate.entity
            if entity.type in OWNERS:
                here = frozenset((node,))
                for name in (entity.name, *entity.aliases):
                    if len(name) > 1:
                        others = named.setdefault(fold(name), here)
                        if others is not here:  # seldom
                            named[fold(name)] = others | here
        return named

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Codes by node of a place."""
        return {c.id: c.entity.codes for c in self.candidates.values() if c.entity.type == "Place" and c.entity.codes}

    def opening(self, head: str) -> tuple[frozenset[str], ...] | None:
        """The nodes that the parts of a head name, from the outside in; None where it holds other words as well.

        天水市麦积区 names a city and a district, 加沙地带北部 a strip; 学习贯彻 names nothing.
        """
        parts: list[frozenset[str]] = []
        at = 0
        while at < len(head):
            end = next((e for e in range(len(head), at + 1, -1) if head[at:e] in self.owners), 0)
            if end:
                parts.append(self.owners[head[at:end]])
                at = end
                continue
            word = next((w for w in _DIRECTIONS if head.startswith(w, at)), "")
            if not word or not parts:
                return None
            at += len(word)
        return tuple(parts) or None

    def named_in(self, scene: Scene, nodes: frozenset[str]) -> bool:
        """Whether the article names one of the nodes, or a place inside it."""
        if not nodes.isdisjoint(scene.nodes):
            return True
        inside = [prefix(code) for node in nodes for code in self.codes.get(node, ())]
        return bool(inside) and any(
            code.startswith(start) for node in scene.nodes for code in self.codes.get(node, ()) for start in inside
        )
