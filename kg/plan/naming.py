"""Names by node, and nodes by what they share: what is compared with what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.model import Undecided
from kg.facts import Facts, Seen
from kg.model import ArticleNode, fold, make_id
from kg.plan.bags import Block, Card, Dated, Emit, Labelled, Member, Named, Sketched, Told, part_of
from kg.plan.scribe import Scribe
from kg.plan.stage import Frame, Stage
from kg.resolution.blocking import LARGEST, keys
from kg.resolution.candidates import Candidate, Scene, Use, entity, uses
from kg.resolution.decisions import Decision
from kg.resolution.editions import series_key
from kg.resolution.known import is_country
from kg.resolution.meant import with_meanings
from kg.resolution.reprints import UNDATED, bands, much_the_same

Places = dict[tuple[int, int], ArticleNode]


@dataclass(frozen=True, slots=True)
class Naming:
    """What the names of articles are looked through for."""

    frame: Frame
    picked: frozenset[str]  # nodes that decisions or the calendar may move
    meant: Mapping[str, Sequence[Decision]]  # by article: what is decided of its words
    of_types: frozenset[str] = frozenset()  # of which something is to be of another type
    of_new_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Carding:
    """What nodes are looked through for."""

    frame: Frame
    listed: frozenset[str]  # nodes that are wanted if they are there


def kept_facts(told: Iterable[Told], kept: Iterable[tuple[int, int, ArticleNode]]) -> Iterator[Facts]:
    """The facts of the articles that are kept."""
    places = {(number, at): article for number, at, article in kept}
    for record in told:
        if article := places.get(record.place):
            record.facts.article = article
            yield record.facts


def _name(
    told: Naming, part: int, read: Iterator[Told], kept: Iterator[tuple[int, int, ArticleNode]]
) -> Iterator[Emit]:
    parts, scribe = told.frame.parts, Scribe(told.frame, part)
    for facts in kept_facts(read, kept):
        if meant := told.meant.get(facts.article.id):
            (facts,), problems = with_meanings([facts], meant)
            yield from (("problems", 0, problem) for problem in problems)
            yield "met", 0, facts.article.id
        for band in bands(facts):
            sketched = Sketched(str(band), facts.article.id, facts.article.issued or UNDATED, facts.sketch)
            yield "bands", part_of(band, parts), sketched
        for some in uses([facts]).values():
            for use in some:
                yield _routed(Named(part, use), told)
        article = facts.article.id
        for edtf in sorted(facts.inferred):
            yield "dates", part_of(edtf, parts), Dated(edtf, (), None)
        for edtf, words in facts.dates.items():
            yield "dates", part_of(edtf, parts), Dated(edtf, tuple(words), article)
        for node, label in facts.labels.items():
            yield "labels", part_of(node, parts), Labelled(label, article, part)
        for problem in facts.problems:
            if not isinstance(problem, Undecided):
                yield "problems", 0, problem
        for kind, _ in {(problem.kind, problem.span) for problem in facts.undecided}:
            scribe.number("undecided", kind)
    yield scribe.counted()


def _routed(named: Named, told: Naming) -> Emit:
    if _picked(named.use.seen, told):
        return "picked", 0, named
    return routed(named, told.frame.parts)


def _picked(seen: Seen, told: Naming) -> bool:
    if seen.id in told.picked:
        return True
    if seen.type not in told.of_new_types:
        return False
    # What is to be of this type may become this very thing.
    key = fold(seen.name), fold(seen.within or "")
    return any(make_id(kind, *key) in told.picked for kind in told.of_types)


def routed(named: Named, parts: int) -> Emit:
    """A name to where its node belongs; persons apart, because some are two."""
    seen = named.use.seen
    return "persons" if seen.type == "Person" else "uses", part_of(seen.id, parts), named


def _pair(frame: Frame, part: int, sketched: Iterator[Sketched]) -> Iterator[Emit]:
    """Articles that say much the same."""
    grouped: dict[str, dict[str, Sketched]] = defaultdict(dict)
    for one in sketched:
        grouped[one.band][one.article] = one
    found: set[tuple[str, str]] = set()
    for _, some in sorted(grouped.items()):
        for pair in sorted(much_the_same({node: some[node].sketch for node in some}, found)):
            found.add(pair)
            yield "pairs", 0, tuple((node, some[node].issued) for node in pair)


def by_node(*bags: Iterable[Named], company: bool = True) -> dict[str, list[Named]]:
    """Names by node, in an order that depends on what articles say alone.

    Without `company` it is forgotten what else the articles name: 中国 stands in every tenth of them.
    """
    found: dict[str, list[Named]] = defaultdict(list)
    alike: dict[Seen, Seen] = {}
    for bag in bags:
        for named in bag:
            scene, seen = named.use.scene, named.use.seen
            if not company:
                seen = alike.setdefault(seen, seen)
                named = Named(named.part, Use(Scene(scene.article, scene.issued, _NOBODY, scene.posts or {}), seen))
            found[seen.id].append(named)
    for some in found.values():
        some.sort(key=lambda named: (named.use.scene.article, named.use.seen.name, named.use.seen.surfaces))
    return dict(sorted(found.items()))


_NOBODY: frozenset[str] = frozenset()


def candidate(node: str, some: Sequence[Named]) -> Candidate:
    said: list[Use] = [named.use for named in some]
    return Candidate(entity(node, said), said)


def card(found: Candidate) -> Card:
    """A node without its articles."""
    held: Counter[str] = Counter()
    if found.entity.type == "Person":
        for scene in found.scenes:
            held.update({office for office, _ in scene.posts.get(found.id, ())})
    return Card(replace(found.entity, mentioned_in=()), len(found.scenes), held)


def _offices(frame: Frame, part: int, persons: Iterator[Named]) -> Iterator[Emit]:
    """The offices of all who may be two."""
    for node, some in by_node(persons).items():
        scenes = {named.use.scene.article: named.use.scene for named in some}
        if len(scenes) > 1:
            for office in sorted({office for scene in scenes.values() for office, _ in scene.posts.get(node, ())}):
                yield "asked", part_of(office, frame.parts), office


def _card(told: Carding, part: int, named: Iterator[Named], asked: Iterable[str] = ()) -> Iterator[Emit]:
    parts, wanted = told.frame.parts, set(asked)
    for node, some in by_node(named, company=False).items():
        found = candidate(node, some)
        kind, name = found.entity.type, fold(found.name)
        for key in sorted(set(keys(found))):
            yield "members", part_of(key, parts), Member(key, node, key[0] == "tail" and key[2] == name)
        if kind == "Event" and (shared := series_key(found.name)):
            key = "series", kind, shared
            yield "members", part_of(key, parts), Member(key, node, False)
        if kind == "Place" and (found.entity.codes or is_country(found.name)):
            yield "gazetteer", 0, card(found)
        elif node in wanted or node in told.listed:
            yield "cards", 0, card(found)


def _block(frame: Frame, part: int, members: Iterator[Member]) -> Iterator[Emit]:
    """Nodes that share a key. An end of a name is a key if it is the whole name of something."""
    grouped: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    owned: set[tuple[str, str, str]] = set()
    for member in members:
        grouped[member.key].add(member.node)
        if member.owner:
            owned.add(member.key)
    for key, nodes in sorted(grouped.items()):
        few = key[0] == "series" or len(nodes) <= LARGEST[key[0]]
        if len(nodes) > 1 and few and (key[0] != "tail" or key in owned):
            yield "blocks", 0, Block(key, tuple(sorted(nodes)))


NAME = Stage(
    _name, ("told", "kept"), ("met", "bands", "picked", "uses", "persons", "dates", "labels", "problems", "tallies")
)  # fmt: skip
PAIR = Stage(_pair, ("bands",), ("pairs",))
OFFICES = Stage(_offices, ("persons",), ("asked",))
CARD = Stage(_card, ("uses", "asked"), ("members", "gazetteer", "cards"))
CARD_PEOPLE = Stage(_card, ("people",), ("members", "gazetteer", "cards"))
BLOCK = Stage(_block, ("members",), ("blocks",))
