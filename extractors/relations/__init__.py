"""Relations between the mentions of an article: who issued, organised, attended what, where and when.

A sentence is read as a line with one letter per mention (clauses). Its posts are read first and taken out (posts); then
every family of rules reads what is left, leaning on what earlier sentences said (context).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.model import Article, Mention, Relation
from extractors.ontology import relation_types
from extractors.relations.awards import awards
from extractors.relations.clauses import Line, lines
from extractors.relations.context import Context
from extractors.relations.decisions import decisions, owners
from extractors.relations.documents import bases, changes
from extractors.relations.meetings import meetings
from extractors.relations.nesting import named_after, nesting
from extractors.relations.partners import partners
from extractors.relations.parts import belongs, parts, phases
from extractors.relations.places import places
from extractors.relations.posts import later_posts, posts
from extractors.relations.sites import sites
from extractors.relations.times import times
from extractors.relations.verbs import acts


def _read(line: Line, context: Context) -> Iterator[Relation]:
    yield from acts(line, context)
    yield from decisions(line)
    yield from owners(line)
    yield from awards(line, context)
    yield from meetings(line, context)
    yield from nesting(line)
    yield from places(line, context)
    yield from sites(line, context)
    yield from times(line, context)
    yield from partners(line, context)
    yield from parts(line, context)
    yield from bases(line)
    yield from changes(line)


def relate(article: Article, mentions: Sequence[Mention]) -> Iterable[Relation]:
    """All relations of one article, each said once per place, in the order of its sentences."""
    context = Context()
    found: dict[tuple[object, ...], Relation] = {}

    def keep(relation: Relation) -> None:
        kind = relation_types()[relation.type]
        if relation.source.type not in kind.source or relation.target.type not in kind.target:
            return  # a satellite launched at a place lies nowhere: the rule asked for a plant
        found.setdefault((relation.type, relation.source, relation.target, relation.qualifier), relation)

    for raw in lines(article, mentions):
        if not raw.at:
            continue
        context.enter(raw)
        if context.latest is None and all(m.type in ("Date", "Quantity") for m in raw.at.values()):
            context.leave(raw)
            continue
        held, holes = posts(raw)
        line = raw.without(holes).tidy()
        for relation in (*held, *belongs(raw.tidy())):
            keep(relation)
            context.note(relation)
        for relation in (*later_posts(line, context), *_read(line, context)):
            keep(relation)
            context.note(relation)
        context.leave(line)
    for relation in (*named_after(article, mentions), *phases(mentions)):
        keep(relation)
    return list(found.values())
