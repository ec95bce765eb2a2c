"""What goes into all that is made of one article alone: a seal of its facts, and of what other articles made of them.

What a source says is under the key of its reading (kg.fingerprint). Of the rest of the graph an article's figures and
quotes need little: what its figures are about now and what that is called, what contradicts them, the files that the
article is in, and which of its claims came to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.facts import Facts
from kg.graph import GraphData
from kg.kept import digest
from kg.model import Observation

Unsaid = Mapping[str, Iterable[str]]  # by article the quotes (their ids) of claims that are of no statement


def seals(everything: Iterable[Facts], graph: GraphData, unsaid: Unsaid) -> dict[str, bytes]:
    """By article, its seal; none where the reading that it came of is not kept."""
    names: dict[str | None, str] = {label.id: label.name for label in graph.labels.values()}
    names |= {entity.id: entity.name for entity in graph.entities.values()}
    found: dict[str, bytes] = {}
    for facts in everything:
        if facts.key:
            article = graph.articles[facts.article.id]
            files = article.title or "", article.issued or "", *article.sources
            about = _figures(graph.figures_in((article.id,)), names)
            # No id and no name has a NUL in it, and none is as short as this.
            said = "\0".join((facts.key, *files, ".", *about, ".", *unsaid.get(article.id, ())))
            found[article.id] = digest((said.encode("utf-8", "surrogatepass"),))
    return found


def _figures(figures: Sequence[Observation], names: Mapping[str | None, str]) -> Sequence[str]:
    """Which there are, what they are about, and what that is called: by columns, because there are many."""
    if not figures:
        return ()
    name = names.get
    return [
        *[seen.id for seen in figures],
        *[seen.about or "" for seen in figures],
        *[seen.stated_by or "" for seen in figures],
        *[name(seen.about, "") for seen in figures],
        *[name(seen.metric, "") for seen in figures],
        *[name(seen.stated_by, "") for seen in figures],
        *[f"{seen.id} {' '.join(seen.contradicts)}" for seen in figures if seen.contradicts],
    ]
