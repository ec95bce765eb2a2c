"""Facts into a graph: one node per thing across articles, and every statement with all that says it.

Facts are sorted before they are put together, so the order of input leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extractors.model import Modality
from extractors.ontology import relation_types
from kg.facts import Claim, Facts, date_id
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Evidence, Label, Observation, Statement, make_id
from kg.resolution import Decision, Resolution, resolve
from kg.resolution.contradictions import with_contradictions
from kg.resolution.meant import with_meanings
from kg.seals import sealed

SUREST = Decimal("0.99")  # however many articles say so
Voice = Callable[[str], str]  # article → the article whose words it repeats, or itself
StatementKey = tuple[str, str, str, Modality, str | None]  # subject, predicate, object, modality, qualifier


def assemble(stream: Iterable[Facts], decisions: Iterable[Decision] = ()) -> GraphData:
    """One graph of all facts. The same article in two files is kept once, with both sources."""
    decisions = tuple(decisions)
    everything, unmeant = with_meanings(each_once(stream), decisions)
    resolution = resolve(everything, decisions)
    unsaid: dict[str, list[str]] = defaultdict(list)
    statements = list(_statements(everything, resolution, unsaid))
    dates = list(_dates(everything))
    issued = {facts.article.id: facts.article.issued for facts in everything}
    times = {date.id: date.edtf for date in dates}
    observations = with_contradictions(_observations(everything, resolution), resolution.voice, issued, times)
    open_ones = [p for f in everything for some in (f.problems, f.undecided) if some for p in some]
    problems = [*open_ones, *unmeant, *resolution.problems]
    graph = GraphData(
        articles=[
            replace(f.article, reprint_of=copy) if (copy := resolution.copies.get(f.article.id)) else f.article
            for f in everything
        ],
        entities=resolution.entities,
        dates=dates,
        labels=[*_labels(everything), *resolution.labels],
        statements=statements,
        observations=observations,
        problems=[*problems, *resolution.decided.unheard(resolution.absorbed)],
        judgements=resolution.judgements,
    )
    graph.pages = sealed(graph, everything, unsaid)
    return graph


def each_once(stream: Iterable[Facts]) -> list[Facts]:
    """The facts of every article once, in an order that depends on what the articles say and on nothing else."""
    first: dict[str, Facts] = {}
    texts: dict[str, str] = {}  # article by its text
    again: dict[str, list[ArticleNode]] = {}  # by text, all articles of those that come again
    for facts in stream:
        article = facts.article
        known = first.setdefault(article.id, facts)
        other = texts.setdefault(article.sha256, article.id)
        if known is not facts or other != article.id:
            again.setdefault(article.sha256, [first[other].article]).append(article)
    for same in again.values():
        kept = {article.id: article for article in same_text(same)}
        for node in {article.id for article in same}:
            if node in kept:
                first[node].article = kept[node]
            else:
                del first[node]
    return [first[node] for node in sorted(first)]


def same_text(articles: Iterable[ArticleNode]) -> list[ArticleNode]:
    """Of articles of one text each once, with all files it is in.

    An undated copy of a dated article adds its file to it, and no second support for what it says.
    """
    kept: dict[str, ArticleNode] = {}
    for article in articles:
        other = kept.setdefault(article.id, article)
        if other is not article:
            kept[article.id] = _with_sources(other, article.sources)
    dated = [node for node in sorted(kept) if kept[node].issued]
    if not dated:
        return [kept[node] for node in sorted(kept)]
    copies = {source for article in kept.values() if not article.issued for source in article.sources}
    if copies:
        kept[dated[0]] = _with_sources(kept[dated[0]], copies)
    return [kept[node] for node in dated]


def _with_sources(article: ArticleNode, more: Iterable[str]) -> ArticleNode:
    return replace(article, sources=tuple(sorted({*article.sources, *more})))


def _dates(everything: Iterable[Facts]) -> Iterator[DateNode]:
    words: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, list[str]] = defaultdict(list)
    for facts in everything:
        article = facts.article.id
        for edtf, printed in facts.dates.items():
            words[edtf].update(printed)
            articles[edtf].append(article)
    inferred = set().union(*[facts.inferred for facts in everything])
    for edtf in sorted(inferred | words.keys()):
        yield DateNode(date_id(edtf), edtf, tuple(sorted(words.get(edtf, ()))), tuple(sorted(articles.get(edtf, ()))))


def _labels(everything: Sequence[Facts]) -> Iterator[Label]:
    labels: dict[str, Label] = {}
    for facts in reversed(everything):
        labels |= facts.labels
    yield from labels.values()


def _statements(
    everything: Iterable[Facts], resolution: Resolution, unsaid: dict[str, list[str]]
) -> Iterator[Statement]:
    """The statements; `unsaid` gets, by article, the quotes of claims that are of none."""
    claims: dict[StatementKey, list[Claim]] = defaultdict(list)
    for facts in everything:
        article = facts.article.id
        for claim in facts.claims:
            if key := key_of(claim, article, resolution):
                claims[key].append(claim)
            else:
                unsaid[article].append(claim.evidence.id)
    for key, said in claims.items():
        if not vetoed(key, resolution):
            yield statement(key, said, resolution.voice)
        else:
            for claim in said:
                unsaid[claim.evidence.article].append(claim.evidence.id)


def key_of(claim: Claim, article: str, resolution: Resolution) -> StatementKey | None:
    """Of which statement a claim is; None where it is of none."""
    predicate = claim.predicate
    subject, target = resolution.home(claim.subject, article), resolution.home(claim.object, article)
    if resolution.redirected and not resolution.decided.allows(
        predicate, (subject, target), (claim.subject, claim.object)
    ):
        return None
    if target < subject and relation_types()[predicate].symmetric:
        subject, target = target, subject  # A与B合作 and B与A合作 are one statement
    if subject == target:
        return None
    return subject, predicate, target, claim.modality, claim.qualifier


def vetoed(key: StatementKey, resolution: Resolution) -> bool:
    """Whether somebody has said that a statement is wrong."""
    vetoes = resolution.decided.vetoes
    if not vetoes:
        return False
    _, predicate, _, modality, qualifier = key
    return vetoes.of_statement(
        key[:3], lambda one, other: _statement_id((one, predicate, other, modality, qualifier)), resolution.absorbed
    )


def _statement_id(key: StatementKey) -> str:
    return make_id("Statement", *key[:4], key[4] or "")


def statement(key: StatementKey, said: Sequence[Claim], voice: Voice) -> Statement:
    """What all claims of one key say."""
    subject, predicate, target, modality, qualifier = key
    return Statement(
        _statement_id(key), subject, predicate, target, _evidence(said), together(said, voice), modality, qualifier
    )


def _evidence(said: Sequence[Claim]) -> tuple[Evidence, ...]:
    """The words of the claims, each once. A place and a rule tell which they are: to hash all of one takes longer."""
    if len(said) == 1:  # as most statements
        return (said[0].evidence,)
    found = {(e.article, e.span.start, e.span.end, e.rule): e for e in [claim.evidence for claim in said]}
    return tuple([found[place] for place in sorted(found)])


def together(said: Sequence[Claim], voice: Voice) -> Decimal:
    """Confidence in what several articles say: each voice counts once, with its best reading; reprints are one voice.

    Two voices at 0.80 leave 0.20 x 0.20 of doubt.
    """
    if len(said) == 1:
        return _sure((said[0].confidence,))
    best: dict[str, Decimal] = {}
    for claim in said:
        source = voice(claim.evidence.article)
        known = best.get(source)
        if known is None or claim.confidence > known:
            best[source] = claim.confidence
    return _sure(tuple([best[source] for source in sorted(best)]))


@lru_cache(maxsize=1 << 12)  # there are few ways to be sure
def _sure(confidences: tuple[Decimal, ...]) -> Decimal:
    doubt = Decimal(1)
    for confidence in confidences:
        doubt *= 1 - confidence
    return min(SUREST, 1 - doubt).quantize(Decimal("0.01"))


def _observations(everything: Iterable[Facts], resolution: Resolution) -> Iterator[Observation]:
    for facts in everything:
        yield from figures(facts, resolution)


def figures(facts: Facts, resolution: Resolution) -> Iterator[Observation]:
    """The figures of one article, each once, about the things of the graph."""
    known: set[str] = set()
    article, home, vetoes = facts.article.id, resolution.home, resolution.decided.vetoes
    for seen in facts.observations:
        if seen.id not in known and not (vetoes and vetoes.of_figure(seen.id)):
            known.add(seen.id)
            about = seen.about and home(seen.about, article)
            stated_by = seen.stated_by and home(seen.stated_by, article)
            same = about == seen.about and stated_by == seen.stated_by
            yield seen if same else replace(seen, about=about, stated_by=stated_by)
