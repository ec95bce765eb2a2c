"""Two graphs in terms of what they say: articles, entities, relations and figures added, gone and changed.

The same id is the same thing; what is under an id of its own in each graph and plainly the same is paired: an article
of the same title and file, a relation between the same ends, a figure in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg.block import plain
from kg.changes import GROUPS, SIGNS, Change, Difference, Field
from kg.graph import GraphData
from kg.model import ArticleNode, Entity, Evidence, Observation, Statement
from kg.pairing import Two, pair
from kg.wording import figure_words, origin, statement_words, type_words

K = TypeVar("K", bound=Hashable)


def diff(a: GraphData, b: GraphData, groups: Sequence[str] = GROUPS) -> Difference:
    """What the second graph says that the first does not, and the other way round."""
    two = Two(a, b)
    same: dict[str, int] = {}
    changes: list[Change] = []
    for group in GROUPS:
        if group in groups:
            found = list(_COMPARED[group](two))
            same[group] = sum(change is None for change in found)
            changes += (change for change in found if change)
    order = list(SIGNS)
    changes.sort(key=lambda change: (GROUPS.index(change.group), order.index(change.change)))
    return Difference(same, tuple(changes))


def _changed(group: str, words: str, old: str, new: str, fields: Iterator[Field]) -> Change | None:
    """The change, or None where all fields are the same."""
    found = tuple(field for field in fields if field.old != field.new)
    return Change(group, "changed", words, old, new, found) if found else None


def _articles(two: Two) -> Iterator[Change | None]:
    for old in two.a.articles.values():
        new = two.b.articles.get(two.article.get(old.id, ""))
        if new is None:
            yield Change("articles", "gone", origin(old), old.id, None)
        else:
            yield _changed("articles", origin(old), old.id, new.id, _of_articles(two, old, new))
    known = set(two.article.values())
    for new in two.b.articles.values():
        if new.id not in known:
            yield Change("articles", "added", origin(new), None, new.id)


def _of_articles(two: Two, old: ArticleNode, new: ArticleNode) -> Iterator[Field]:
    for name in ("title", "issued", "issued_basis", "publisher", "reporters", "sources", "repairs"):
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, tuple):
            before, after = tuple(sorted(before)), tuple(sorted(after))
        yield Field(name.replace("_", " "), before, after)
    before = old.reprint_of and two.article.get(old.reprint_of, old.reprint_of)
    if before != new.reprint_of:
        yield _node(two, "reprint of", old.reprint_of, new.reprint_of)
    if old.sha256 != new.sha256:
        yield Field("text", f"{old.length:,} characters {old.sha256[:8]}", f"{new.length:,} {new.sha256[:8]}")


def _entities(two: Two) -> Iterator[Change | None]:
    for old in two.a.entities.values():
        words, new = _entity_words(old), two.b.entities.get(old.id)
        if new is not None:
            yield _changed("entities", words, old.id, new.id, _of_entities(two, old, new))
        elif target := two.merged_in_b.get(old.id):
            yield Change(
                "entities", "changed", words, old.id, target, (Field("merged into", None, two.b.name(target)),)
            )
        else:
            yield Change("entities", "gone", words, old.id, None)
    for new in two.b.entities.values():
        if new.id in two.a.entities:
            continue
        if source := two.merged_in_a.get(new.id):
            field = Field("merged into", two.a.name(source), None)
            yield Change("entities", "changed", _entity_words(new), source, new.id, (field,))
        else:
            yield Change("entities", "added", _entity_words(new), None, new.id)


def _of_entities(two: Two, old: Entity, new: Entity) -> Iterator[Field]:
    for name in ("name", "kind", "aliases", "within", "codes", "ended"):
        yield Field(name, getattr(old, name), getattr(new, name))
    yield _node(two, "series", old.series, new.series)
    successors = ({node: graph.name(node) for node in e.successors} for graph, e in ((two.a, old), (two.b, new)))
    yield _come_and_gone("successors", *successors)
    # What one graph has as a node of its own is told there.
    absorbed = ((n for n in e.absorbed if n not in two.a.entities and n not in two.b.entities) for e in (old, new))
    yield Field("absorbed", *map(tuple, absorbed))
    before = {there: two.b.name(there) for article in old.mentioned_in if (there := two.article.get(article))}
    after = {article: two.b.name(article) for article in new.mentioned_in if article in two.articles_of_both}
    yield _come_and_gone("mentioned in", before, after)


def _entity_words(entity: Entity) -> str:
    return f"{entity.name} [{type_words(entity, entity.id)}]"


def _relations(two: Two) -> Iterator[Change | None]:
    for old, new in pair(two.a.statements, two.b.statements, [(two.ends_of, two.ends_of)], _alike):
        if old and new:
            words = statement_words(two.a, old)
            yield _changed("relations", words, old.id, new.id, _of_relations(two, old, new))
        elif old:
            yield Change("relations", "gone", statement_words(two.a, old), old.id, None)
        elif new:
            yield Change("relations", "added", statement_words(two.b, new), None, new.id)


def _alike(old: Statement, new: Statement) -> int:
    """How much two relations between the same ends have in common."""
    quotes = {e.quote for e in old.evidence} & {e.quote for e in new.evidence}
    return 4 * (old.modality == new.modality) + 2 * (old.qualifier == new.qualifier) + bool(quotes)


def _of_relations(two: Two, old: Statement, new: Statement) -> Iterator[Field]:
    if (old.subject, old.object) not in ((new.subject, new.object), (new.object, new.subject)):
        yield _node(two, "subject", old.subject, new.subject)
        yield _node(two, "object", old.object, new.object)
    yield Field("qualifier", old.qualifier, new.qualifier)
    yield Field("modality", old.modality, new.modality)
    yield Field("confidence", plain(old.confidence), plain(new.confidence))
    before = {two.said_in_a(evidence): _quote(evidence) for evidence in old.evidence}
    after = {two.said_in_b(evidence): _quote(evidence) for evidence in new.evidence}
    yield _come_and_gone("quotes", before, after)


def _figures(two: Two) -> Iterator[Change | None]:
    for old, new in pair(two.a.observations, two.b.observations, two.places(), _as_figures):
        if old and new:
            yield _changed("figures", figure_words(two.a, old), old.id, new.id, _of_figures(two, old, new))
        elif old:
            yield Change("figures", "gone", figure_words(two.a, old), old.id, None)
        elif new:
            yield Change("figures", "added", figure_words(two.b, new), None, new.id)


_OF_FIGURES = ("value", "unit", "metric", "time", "about", "upper", "comparator", "change", "status", "compared_with")


def _as_figures(old: Observation, new: Observation) -> int:
    """How much two figures in the same words have in common; before all else the number."""
    common: int = sum(getattr(old, name) == getattr(new, name) for name in _OF_FIGURES)
    return common + 10 * int(old.value == new.value) + 5 * int(old.metric == new.metric)


def _of_figures(two: Two, old: Observation, new: Observation) -> Iterator[Field]:
    yield _node(two, "subject", old.about, new.about)
    yield _node(two, "metric", old.metric, new.metric)
    for name in ("value", "upper", "confidence"):
        numbers = getattr(old, name), getattr(new, name)
        yield Field(name, *(None if number is None else plain(number) for number in numbers))
    for name in ("unit", "comparator", "change", "status", "compared_with"):
        yield Field(name.replace("_", " "), getattr(old, name), getattr(new, name))
    yield _node(two, "time", old.time, new.time)
    yield _node(two, "stated by", old.stated_by, new.stated_by)
    others = (
        {node: figure_words(graph, graph.observations[node]) for node in seen.contradicts if node in graph.observations}
        for graph, seen in ((two.a, old), (two.b, new))
    )
    yield _come_and_gone("contradicts", *others)
    before, after = two.said_in_a(old.evidence), two.said_in_b(new.evidence)
    yield _come_and_gone("quote", {before: _quote(old.evidence)}, {after: _quote(new.evidence)})


def _node(two: Two, name: str, old: str | None, new: str | None) -> Field:
    """A field that is a node, by its names; two that are called the same are told apart by their ids."""
    before, after = two.a.name(old) or None, two.b.name(new) or None
    # 企业 is another thing in every article, and so in an article that has changed.
    unnamed = old and new and old.startswith("Thing/") and new.startswith("Thing/")
    if old == new or (before == after and unnamed):
        return Field(name, None, None)
    return Field(name, before, after) if before != after else Field(name, old, new)


def _come_and_gone(name: str, before: Mapping[K, str], after: Mapping[K, str]) -> Field:
    """Of two sets what only one of them has, in words; where these are the same, at other places."""
    gone = tuple(sorted(words for key, words in before.items() if key not in after))
    come = tuple(sorted(words for key, words in after.items() if key not in before))
    return Field(name, gone, come) if gone != come or not gone else Field(name, gone, (*come, "elsewhere"))


def _quote(evidence: Evidence) -> str:
    return f"【{' '.join(evidence.quote.split())}】"


_COMPARED: dict[str, Callable[[Two], Iterator[Change | None]]] = {
    "articles": _articles, "entities": _entities, "relations": _relations, "figures": _figures,
}  # fmt: skip
