"""Facts into a graph: one node per thing across articles, and every statement with all that says it.

Facts are sorted before they are put together, so the order of input leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.model import Modality
from extractors.ontology import relation_types
from kg.facts import Claim, Facts, date_id
from kg.graph import GraphData
from kg.model import ArticleNode, DateNode, Label, Observation, Statement, make_id
from kg.resolution import Decision, Resolution, resolve
from kg.resolution.contradictions import with_contradictions
from kg.resolution.meant import with_meanings

SUREST = Decimal("0.99")  # however many articles say so
Voice = Callable[[str], str]  # article → the article whose words it repeats, or itself
StatementKey = tuple[str, str, str, Modality, str | None]  # subject, predicate, object, modality, qualifier


def assemble(stream: Iterable[Facts], decisions: Iterable[Decision] = ()) -> GraphData:
    """One graph of all facts. The same article in two files is kept once, with both sources."""
    decisions = tuple(decisions)
    everything, unmeant = with_meanings(each_once(stream), decisions)
    resolution = resolve(everything, decisions)
    statements = list(_statements(everything, resolution))
    dates = list(_dates(everything))
    issued = {facts.article.id: facts.article.issued for facts in everything}
    times = {date.id: date.edtf for date in dates}
    observations = with_contradictions(_observations(everything, resolution), resolution.voice, issued, times)
    problems = [*(p for f in everything for p in (*f.problems, *f.undecided)), *unmeant, *resolution.problems]
    return GraphData(
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


def each_once(stream: Iterable[Facts]) -> list[Facts]:
    """The facts of every article once, in an order that depends on what the articles say and on nothing else."""
    first: dict[str, Facts] = {}
    articles: dict[str, list[ArticleNode]] = defaultdict(list)
    for facts in stream:
        first.setdefault(facts.article.id, facts)
        articles[facts.article.sha256].append(facts.article)
    kept = {article.id: article for same in articles.values() for article in same_text(same)}
    for node, article in kept.items():
        first[node].article = article
    return [first[node] for node in sorted(kept)]


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
    articles: dict[str, set[str]] = defaultdict(set)
    for facts in everything:
        for edtf in facts.inferred:
            words[edtf] |= set()
        for edtf, printed in facts.dates.items():
            words[edtf] |= set(printed)
            articles[edtf].add(facts.article.id)
    for edtf in sorted(words):
        yield DateNode(date_id(edtf), edtf, tuple(sorted(words[edtf])), tuple(sorted(articles[edtf])))


def _labels(everything: Sequence[Facts]) -> Iterator[Label]:
    yield from {label.id: label for f in reversed(everything) for label in f.labels.values()}.values()


def _statements(everything: Iterable[Facts], resolution: Resolution) -> Iterator[Statement]:
    claims: dict[StatementKey, list[Claim]] = defaultdict(list)
    for facts in everything:
        for claim in facts.claims:
            if key := key_of(claim, facts.article.id, resolution):
                claims[key].append(claim)
    for key, said in claims.items():
        if not vetoed(key, resolution):
            yield statement(key, said, resolution.voice)


def key_of(claim: Claim, article: str, resolution: Resolution) -> StatementKey | None:
    """Of which statement a claim is; None where it is of none."""
    ends = resolution.home(claim.subject, article), resolution.home(claim.object, article)
    if not resolution.decided.allows(claim.predicate, ends, (claim.subject, claim.object)):
        return None
    if relation_types()[claim.predicate].symmetric:
        ends = min(ends), max(ends)  # A与B合作 and B与A合作 are one statement
    if ends[0] == ends[1]:
        return None
    return ends[0], claim.predicate, ends[1], claim.modality, claim.qualifier


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
        _statement_id(key),
        subject,
        predicate,
        target,
        tuple(sorted({c.evidence for c in said}, key=lambda e: (e.article, e.span, e.rule))),
        together(said, voice),
        modality,
        qualifier,
    )


def together(said: Iterable[Claim], voice: Voice) -> Decimal:
    """Confidence in what several articles say: each voice counts once, with its best reading; reprints are one voice.

    Two voices at 0.80 leave 0.20 x 0.20 of doubt.
    """
    best: dict[str, Decimal] = {}
    for claim in said:
        source = voice(claim.evidence.article)
        best[source] = max(claim.confidence, best.get(source, Decimal(0)))
    doubt = Decimal(1)
    for source in sorted(best):
        doubt *= 1 - best[source]
    return min(SUREST, 1 - doubt).quantize(Decimal("0.01"))


def _observations(everything: Iterable[Facts], resolution: Resolution) -> Iterator[Observation]:
    for facts in everything:
        yield from figures(facts, resolution)


def figures(facts: Facts, resolution: Resolution) -> Iterator[Observation]:
    """The figures of one article, each once, about the things of the graph."""
    known: set[str] = set()
    for seen in facts.observations:
        if seen.id not in known and not resolution.decided.vetoes.of_figure(seen.id):
            known.add(seen.id)
            about = seen.about and resolution.home(seen.about, facts.article.id)
            stated_by = seen.stated_by and resolution.home(seen.stated_by, facts.article.id)
            same = about == seen.about and stated_by == seen.stated_by
            yield seen if same else replace(seen, about=about, stated_by=stated_by)
