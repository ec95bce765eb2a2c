"""What goes into all that is made of a few articles alone: a seal of their facts, and of what others made of them.

What a source says is under the key of its reading (kg.fingerprint). Of the rest of the graph an article's figures and
quotes need little: what its figures are about now and what that is called, what contradicts them, the files that the
article is in, and which of its claims came to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.facts import Facts
from kg.graph import GraphData
from kg.kept import Page, digest
from kg.model import Observation

Unsaid = Mapping[str, Iterable[str]]  # by article the quotes (their ids) of claims that are of no statement


def sealed(graph: GraphData, everything: Iterable[Facts], unsaid: Unsaid) -> list[Page]:
    """The pages of a graph, with a seal where all readings that they came of are kept."""
    names = {label.id: label.name for label in graph.labels.values()}
    names |= {entity.id: entity.name for entity in graph.entities.values()}
    keys = {facts.article.id: facts.key for facts in everything}
    return [
        Page(page.articles, _seal(graph, page, keys, names, unsaid) if all(map(keys.get, page.articles)) else b"")
        for page in graph.pages
    ]


def _seal(graph: GraphData, page: Page, keys: Mapping[str, str], names: Mapping[str, str], unsaid: Unsaid) -> bytes:
    articles = [graph.articles[node] for node in page.articles]
    parts = [
        [keys[article.id] for article in articles],
        [article.title or "" for article in articles],
        [article.issued or "" for article in articles],
        [source for article in articles for source in (*article.sources, "")],
        _figures(graph.figures_in(page.articles), names),
        [quote for article in articles for quote in unsaid.get(article.id, ())],
    ]
    return digest("\0".join(part).encode("utf-8", "surrogatepass") for part in parts)


def _figures(figures: Sequence[Observation], names: Mapping[str, str]) -> list[str]:
    """Which there are, what they are about, and what all that they name is called: by columns, as there are many."""
    named = {node for seen in figures for node in (seen.about, seen.metric, seen.stated_by) if node}
    return [
        *[seen.id for seen in figures],
        *[seen.about or "" for seen in figures],
        *[seen.stated_by or "" for seen in figures],
        *[f"{node} {names.get(node, '')}" for node in sorted(named)],
        *[f"{seen.id} {' '.join(seen.contradicts)}" for seen in figures if seen.contradicts],
    ]
