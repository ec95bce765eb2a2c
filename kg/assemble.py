"""Facts into a graph: one node per thing across articles, and every statement with all that says it.

Facts are sorted before they are put together, so the order of input leaves no trace.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.model import Modality
from extractors.ontology import relation_types
from kg.facts import Claim, Facts, Seen, date_id
from kg.graph import GraphData
from kg.model import DateNode, Entity, Observation, Statement, make_id
from kg.resolve import Decision, merges

SUREST = Decimal("0.99")  # however many articles say so


def assemble(stream: Iterable[Facts], decisions: Iterable[Decision] = ()) -> GraphData:
    """One graph of all facts. The same article in two files is kept once, with both sources."""
    kept: dict[str, Facts] = {}
    for facts in stream:
        other = kept.setdefault(facts.article.id, facts)
        if other is not facts:
            sources = tuple(sorted({*other.article.sources, *facts.article.sources}))
            other.article = replace(other.article, sources=sources)
    # The order of article ids depends on what the articles say and on nothing else.
    everything = _without_undated_copies([kept[key] for key in sorted(kept)])
    entities, moved, problems = merges(_entities(everything), decisions)

    def home(node: str) -> str:
        return moved.get(node, node)

    return GraphData(
        articles=[f.article for f in everything],
        entities=entities,
        dates=_dates(everything),
        labels=list({label.id: label for f in reversed(everything) for label in f.labels.values()}.values()),
        statements=_statements(everything, home),
        observations=_observations(everything, home),
        problems=[*(p for f in everything for p in f.problems), *problems],
    )


def _without_undated_copies(everything: list[Facts]) -> list[Facts]:
    """An undated copy of a dated article adds its file to it, and no second support for what it says."""
    dated = {f.article.sha256: f for f in reversed(everything) if f.article.issued}
    for facts in everything:
        original = dated.get(facts.article.sha256)
        if original and not facts.article.issued:
            sources = tuple(sorted({*original.article.sources, *facts.article.sources}))
            original.article = replace(original.article, sources=sources)
    return [f for f in everything if f.article.issued or f.article.sha256 not in dated]


def _entities(everything: Iterable[Facts]) -> Iterator[Entity]:
    named: dict[str, list[tuple[str, Seen]]] = defaultdict(list)
    for facts in everything:
        for seen in facts.names:
            named[seen.id].append((facts.article.id, seen))
    for node, uses in named.items():
        names = Counter(seen.name for _, seen in uses)
        kinds = Counter(seen.kind for _, seen in uses if seen.kind)
        places = Counter(seen.within for _, seen in uses if seen.within)
        surfaces = {s for _, seen in uses for s in seen.surfaces if s} | set(names)
        name = commonest(names)
        yield Entity(
            node,
            uses[0][1].type,
            name,
            commonest(kinds) if kinds else None,
            tuple(sorted(surfaces - {name})),
            commonest(places) if places else None,
            tuple(sorted({seen.code for _, seen in uses if seen.code})),
            tuple(sorted({article for article, _ in uses})),
        )


def commonest(count: Counter[str]) -> str:
    """The word counted most; of equals the longest, then the first in code point order."""
    return min(count, key=lambda word: (-count[word], -len(word), word))


def _dates(everything: Iterable[Facts]) -> Iterator[DateNode]:
    words: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, set[str]] = defaultdict(set)
    for facts in everything:
        for edtf in facts.inferred:
            words[edtf] |= set()
        for edtf, printed in facts.dates.items():
            words[edtf] |= set(printed)
            articles[edtf].add(facts.article.id)
    for edtf in sorted(words):
        yield DateNode(date_id(edtf), edtf, tuple(sorted(words[edtf])), tuple(sorted(articles[edtf])))


def _statements(everything: Iterable[Facts], home: Callable[[str], str]) -> Iterator[Statement]:
    claims: dict[tuple[str, str, str, Modality, str | None], list[Claim]] = defaultdict(list)
    for facts in everything:
        for claim in facts.claims:
            ends = home(claim.subject), home(claim.object)
            if relation_types()[claim.predicate].symmetric:
                ends = min(ends), max(ends)  # A与B合作 and B与A合作 are one statement
            if ends[0] != ends[1]:
                claims[ends[0], claim.predicate, ends[1], claim.modality, claim.qualifier].append(claim)
    for key, said in claims.items():
        subject, predicate, target, modality, qualifier = key
        yield Statement(
            make_id("Statement", subject, predicate, target, modality, qualifier or ""),
            subject,
            predicate,
            target,
            tuple(sorted({c.evidence for c in said}, key=lambda e: (e.article, e.span, e.rule))),
            together(said),
            modality,
            qualifier,
        )


def together(said: Iterable[Claim]) -> Decimal:
    """Confidence in what several articles say: each article counts once, with its best reading.

    Two articles at 0.80 leave 0.20 x 0.20 of doubt.
    """
    best: dict[str, Decimal] = {}
    for claim in said:
        best[claim.evidence.article] = max(claim.confidence, best.get(claim.evidence.article, Decimal(0)))
    doubt = Decimal(1)
    for article in sorted(best):
        doubt *= 1 - best[article]
    return min(SUREST, 1 - doubt).quantize(Decimal("0.01"))


def _observations(everything: Iterable[Facts], home: Callable[[str], str]) -> Iterator[Observation]:
    known: set[str] = set()
    for facts in everything:
        for seen in facts.observations:
            if seen.id not in known:
                known.add(seen.id)
                yield replace(
                    seen,
                    about=seen.about and home(seen.about),
                    stated_by=seen.stated_by and home(seen.stated_by),
                )
