"""What of two graphs is the same thing, though it may be under another id in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from extractors.ontology import relation_types
from kg.graph import GraphData
from kg.model import ArticleNode, Evidence, Observation, Statement

Fact = TypeVar("Fact", Statement, Observation)
Key = Hashable


class Two:
    """Two graphs, and which article, which node and which words of one are which of the other."""

    def __init__(self, a: GraphData, b: GraphData) -> None:
        self.a, self.b = a, b
        self.article = _articles(a, b)  # of a → of b
        self.articles_of_both = frozenset(self.article.values())  # by their ids in b
        self._rewritten = {old for old, new in self.article.items() if old != new}
        self._rewritten |= {self.article[old] for old in self._rewritten}
        self.merged_in_a, self.merged_in_b = (
            {old: entity.id for entity in graph.entities.values() for old in entity.absorbed} for graph in (a, b)
        )

    def ends_of(self, statement: Statement) -> Key:
        """Between what a relation is, whatever was merged in the one graph and not in the other."""
        ends = [self._home(statement.subject), self._home(statement.object)]
        if relation_types()[statement.predicate].symmetric:
            ends.sort()
        return statement.predicate, *ends

    def _home(self, node: str) -> str:
        return self.merged_in_b.get(node) or self.merged_in_a.get(node) or node

    def said_in_a(self, evidence: Evidence) -> Key:
        """The words that say something; of an article whose text has changed wherever they stand."""
        return self._said(self.article.get(evidence.article, evidence.article), evidence)

    def said_in_b(self, evidence: Evidence) -> Key:
        return self._said(evidence.article, evidence)

    def _said(self, article: str, evidence: Evidence) -> Key:
        where = () if article in self._rewritten else (evidence.span, evidence.raw)
        return article, evidence.quote, evidence.rule, *where

    def places(self) -> Iterator[tuple[Callable[[Observation], Key], Callable[[Observation], Key]]]:
        """What makes two figures one: their place; or else that the article says as much of the same metric."""
        for key in (self._place, self._measured):

            def of_a(seen: Observation, key: Callable[[str, Observation], Key] = key) -> Key:
                return key(self.article.get(seen.evidence.article, seen.evidence.article), seen)

            def of_b(seen: Observation, key: Callable[[str, Observation], Key] = key) -> Key:
                return key(seen.evidence.article, seen)

            yield of_a, of_b

    def _place(self, article: str, seen: Observation) -> Key:
        return article, seen.evidence.quote if article in self._rewritten else seen.evidence.span

    def _measured(self, article: str, seen: Observation) -> Key:
        return article, seen.metric, seen.unit if article in self._rewritten else seen.value


def _articles(a: GraphData, b: GraphData) -> dict[str, str]:
    """Which article of b each of a is: of the same id, or alone in its file with its title."""
    found = {node: node for node in a.articles if node in b.articles}
    gone = _by_title(node for node in a.articles.values() if node.id not in found)
    added = _by_title(node for node in b.articles.values() if node.id not in found)
    taken: set[str] = set()
    for key in sorted(gone.keys() & added.keys()):
        (old, *more), (new, *others) = gone[key], added[key]
        if not more and not others and old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _by_title(articles: Iterable[ArticleNode]) -> dict[tuple[str, str], list[str]]:
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article in articles:
        for source in article.sources:
            index[source, article.title or ""].append(article.id)
    return index


def pair(
    a: Mapping[str, Fact],
    b: Mapping[str, Fact],
    keys: Iterable[tuple[Callable[[Fact], Key], Callable[[Fact], Key]]],
    alike: Callable[[Fact, Fact], int],
) -> Iterator[tuple[Fact | None, Fact | None]]:
    """The facts of two graphs side by side: under one id, or else under one key the two that are most alike.

    Each of `keys` is one function for each graph; what finds no partner under the first is looked for under the next.
    """
    yield from ((fact, b[node]) for node, fact in a.items() if node in b)
    gone, added = ([fact for node, fact in some.items() if node not in other] for some, other in ((a, b), (b, a)))
    for key_of_a, key_of_b in keys:
        waiting: dict[Key, list[Fact]] = defaultdict(list)
        for fact in added:
            waiting[key_of_b(fact)].append(fact)
        left: dict[Key, list[Fact]] = defaultdict(list)
        for fact in gone:
            left[key_of_a(fact)].append(fact)
        paired = [two for key, olds in left.items() for two in _most_alike(olds, waiting.get(key, []), alike)]
        yield from paired
        known = {fact.id for two in paired for fact in two}
        gone, added = ([fact for fact in some if fact.id not in known] for some in (gone, added))
    yield from ((fact, None) for fact in gone)
    yield from ((None, fact) for fact in added)


def _most_alike(olds: list[Fact], news: list[Fact], alike: Callable[[Fact, Fact], int]) -> Iterator[tuple[Fact, Fact]]:
    ranked = sorted(
        ((alike(old, new), n, m) for n, old in enumerate(olds) for m, new in enumerate(news)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    left, right = set(range(len(olds))), set(range(len(news)))
    for _, n, m in ranked:
        if n in left and m in right:
            left.remove(n)
            right.remove(m)
            yield olds[n], news[m]
