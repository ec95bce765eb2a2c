"""Relations between the mentions of an article: who issued, organised, attended what, where and when.

A sentence is read as a line with one letter per mention (clauses). Its posts are read first and taken out (posts); then
every family of rules reads what is left, leaning on what earlier sentences said (context).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.model import Article, Edtf, Mention, Relation
from extractors.ontology import relation_types
from extractors.patterns import regex
from extractors.relations.attendance import attendance
from extractors.relations.awards import awards
from extractors.relations.clauses import LETTERS, PARK, Line, lines
from extractors.relations.contests import contests
from extractors.relations.context import Context
from extractors.relations.decisions import decisions, owners
from extractors.relations.documents import bases, changes
from extractors.relations.ends import mended
from extractors.relations.funding import funds
from extractors.relations.homes import homes
from extractors.relations.hosts import hosts
from extractors.relations.meetings import meetings
from extractors.relations.nesting import nesting
from extractors.relations.partners import partners
from extractors.relations.parts import belongs, parts, phases
from extractors.relations.pieces import pieces
from extractors.relations.places import places
from extractors.relations.posts import later_posts, posts
from extractors.relations.reforms import successions
from extractors.relations.scenes import scenes
from extractors.relations.seats import named_after, opened
from extractors.relations.sites import halls, sites
from extractors.relations.times import times
from extractors.relations.titles import amends_by_title
from extractors.relations.verbs import acts

# 如果国务院批准B，…: supposed, not said; 是否启动A is open
_SUPPOSED = regex(
    "如果|倘若|假如|假设|一旦|万一|除非|若(?!干)|要是|能否|是否|会不会|该不该|议程(?:有|是|为|包括)|议题(?:有|是|包括)"
    "|(?:建议|提议|呼吁)[，：](?!.{0,20}(?:指出|表示))"  # 委员长会议建议，全国人大常委会审议A；审议B
)
_ASKS = regex("[？?][”』」）)]*$|吗。$")
_PERSON, _EVENT, _POLICY = (LETTERS[t] for t in ("Person", "Event", "Policy"))
_NUMBERS = LETTERS["Date"] + LETTERS["Quantity"]
_LEAGUE = regex("共青团|团中央|团的|全团")
_BARE_DAY = regex(r"\d{1,2}月\d{1,2}[日号]")
_PARTY = regex("党|中共")
# What a supposition leaves standing: places and posts are named in passing.
_STANDS = frozenset({"located_in", "holds_post", "part_of"})


def _supposed(line: Line, relation: Relation) -> bool:
    """Whether a relation stands under a condition or in a question."""
    if relation.type in _STANDS:
        return False
    if _ASKS.search(line.mask):
        return True
    match = _SUPPOSED.search(line.mask)
    return match is not None and line.start(match.start()) < relation.evidence.end


def _of_the_league(line: Line, relation: Relation) -> bool:
    """共青团十九届一中全会: a plenary session of the League that is named like one of the Party."""
    for end in (relation.source, relation.target):
        if (
            end.type == "Event"
            and end.name.text.startswith("中国共产党第")
            and not _PARTY.search(end.span.of(line.text))
        ):
            return _LEAGUE.search(line.span(0, len(line)).of(line.text)) is not None
    return False


def _coming(article: Article, relation: Relation) -> Mention:
    """The day of 将于12月1日起施行 in a text of September: that year's, though a bare day else looks back."""
    day = relation.target
    bare = _BARE_DAY.fullmatch(day.span.of(article.text))
    if bare is None or not article.issued or not isinstance(day.value, Edtf) or len(day.value.value) != 10:
        return day
    year, month = article.issued[:4], article.issued[5:7]
    value = f"{year}{day.value.value[4:]}"
    soon = "将" in relation.evidence.of(article.text) or int(value[5:7]) - int(month or 13) <= 6
    return replace(day, value=Edtf(value)) if day.value.value < article.issued < value and soon else day


def _read(line: Line, context: Context) -> Iterator[Relation]:
    """What every family of rules reads in a line; those are left out whose ends the line does not name."""
    signs = line.signs
    bodies = line.bodies
    person, event, policy = _PERSON in signs, _EVENT in signs, _POLICY in signs
    things = policy or event or line.works or LETTERS["Programme"] in signs or LETTERS["Work"] in signs
    yield from acts(line, context)
    if bodies or policy:
        yield from decisions(line)
    if bodies:
        yield from owners(line, context)
        yield from awards(line, context)
    if bodies or person:
        yield from meetings(line, context)
    if bodies or event or person:
        yield from attendance(line, context)
    if bodies or person:
        yield from contests(line, context)
    if LETTERS["Place"] in signs or PARK in signs or "京" in line.mask:
        yield from nesting(line)
        yield from places(line, context)
        yield from sites(line, context)
        yield from homes(line)
    elif bodies and event:
        yield from halls(line)
    if LETTERS["Date"] in signs or context.date is not None:
        yield from times(line, context)
    if bodies:
        yield from partners(line, context)
    if bodies and event:
        yield from hosts(line)
    if bodies > 1:
        yield from successions(line)
    if things:
        yield from parts(line, context)
        yield from pieces(line, context)
        yield from bases(line)
    if bodies or policy:
        yield from changes(line)
    if bodies or things:
        yield from funds(line)


def relate(article: Article, mentions: Sequence[Mention]) -> Iterable[Relation]:
    """All relations of one article, each said once per place, in the order of its sentences."""
    context = Context()
    found: dict[tuple[object, ...], Relation] = {}

    def keep(relation: Relation, line: Line | None = None) -> None:
        kind = relation_types()[relation.type]
        if relation.source.type not in kind.source or relation.target.type not in kind.target:
            return  # a satellite launched at a place lies nowhere: the rule asked for a plant
        if relation.type == "effective_on":
            relation = replace(relation, target=_coming(article, relation))
        if line is not None and _of_the_league(line, relation):
            return
        if line is not None and relation.modality == "asserted" and _supposed(line, relation):
            relation = replace(relation, modality="planned")
        told = mended(relation, article)
        if told is not None:
            found.setdefault((told.type, told.source, told.target, told.qualifier), told)

    for raw in lines(article, mentions):
        context.enter(raw)
        if context.latest is None and not raw.signs.strip(_NUMBERS):
            context.leave(raw)
            continue
        held, holes = posts(raw)
        whole = raw.tidy()
        line = raw.without(holes).tidy() if holes else whole
        # 四川眉山永丰村党委书记P: the post hides where the village lies
        chains = nesting(whole) if holes and any(LETTERS["Place"] in raw.mask[a:b] for a, b in holes) else ()
        bodies = belongs(whole) if whole.bodies > 1 else ()
        for relation in (*held, *bodies, *chains):
            keep(relation)
            context.note(relation)
        for relation in (*later_posts(line, context), *_read(line, context)):
            keep(relation, line)
            context.note(relation)
        context.leave(line)
    for relation in (
        *named_after(article, mentions),
        *opened(article, mentions),
        *scenes(article, mentions),
        *amends_by_title(article, mentions),
        *phases(mentions),
    ):
        keep(relation)
    return list(found.values())
