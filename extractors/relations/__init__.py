"""Relations between the mentions of an article: who issued, organised, attended what, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.model import Article, Mention, Relation
from extractors.relations.awards import awards
from extractors.relations.clauses import lines
from extractors.relations.meetings import meetings
from extractors.relations.pairs import bases, changes, partners, parts
from extractors.relations.places import named_after, places
from extractors.relations.posts import posts
from extractors.relations.subjects import Context
from extractors.relations.times import times
from extractors.relations.triggers import acts, consents, products


def relate(article: Article, mentions: Sequence[Mention]) -> Iterable[Relation]:
    """All relations of one article, each said once per place, in text order of the sentences."""
    context = Context()
    found: dict[tuple[object, ...], Relation] = {}
    for raw in lines(article, mentions):
        if not raw.at:
            continue
        context.enter(raw)
        held, holes = posts(raw)
        line = raw.without(holes).tidy()
        heard = (
            *held,
            *acts(line, context),
            *consents(line),
            *products(line),
            *awards(line, context),
            *meetings(line, context),
            *places(line, context),
            *times(line, context),
            *partners(line, context),
            *parts(line, context),
            *bases(line),
            *changes(line),
        )
        for relation in heard:
            key = (relation.type, relation.source, relation.target, relation.qualifier)
            found.setdefault(key, relation)
            context.note(relation)
        context.leave(line)
    for relation in (*named_after(article, mentions),):
        found.setdefault((relation.type, relation.source, relation.target, relation.qualifier), relation)
    return list(found.values())
