"""What articles say: claims to statements, figures, dates, labels, and the words that all of it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.assemble import figures, key_of, statement, vetoed
from kg.block import Block, Node
from kg.export.csv import figure_row, origin_of, relation_row
from kg.facts import date_id
from kg.model import ArticleNode, DateNode, Evidence, Label
from kg.plan.bags import Dated, Emit, Figured, Labelled, Said, Told, part_of
from kg.plan.naming import kept_facts
from kg.plan.scribe import Scribe
from kg.plan.stage import Frame, Stage
from kg.resolution import Resolution
from kg.resolution.contradictions import with_contradictions


@dataclass(frozen=True, slots=True)
class Stating:
    """Where the nodes of articles go."""

    frame: Frame
    resolution: Resolution


def _label(frame: Frame, part: int, labels: Iterator[Labelled]) -> Iterator[Emit]:
    """The labels of all articles, each as the first article has it."""
    found: dict[str, list[Labelled]] = defaultdict(list)
    for labelled in labels:
        found[labelled.label.id].append(labelled)
    scribe = Scribe(frame, part)
    for node, some in sorted(found.items()):
        label: Label = min(some, key=lambda labelled: labelled.article).label
        yield scribe.block(scribe.describe.label(label))
        for reader in sorted({labelled.part for labelled in some}):
            yield "names", reader, (node, label.name)
    yield scribe.counted()


def _date(frame: Frame, part: int, dates: Iterator[Dated]) -> Iterator[Emit]:
    words: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, set[str]] = defaultdict(set)
    for dated in dates:
        words[dated.edtf].update(dated.words)
        if dated.article:
            articles[dated.edtf].add(dated.article)
    scribe = Scribe(frame, part)
    for edtf in sorted(words):
        node = DateNode(date_id(edtf), edtf, tuple(sorted(words[edtf])), tuple(sorted(articles[edtf])))
        yield scribe.block(scribe.describe.date(node))
        scribe.number("dates", "mentioned" if node.mentioned_in else "inferred")
    yield scribe.counted()


def _state(
    told: Stating, part: int, read: Iterator[Told], kept: Iterator[tuple[int, int, ArticleNode]],
    names: Iterator[tuple[str, str]],
) -> Iterator[Emit]:  # fmt: skip
    """Claims to their statements; figures and quotes, which are of one article, as they are."""
    known, scribe = dict(names), Scribe(told.frame, part)
    decided = told.resolution.decided.afresh()  # another part may be at work with it
    resolution = replace(told.resolution, decided=decided)
    for facts in kept_facts(read, kept):
        article = replace(facts.article, reprint_of=told.resolution.copies.get(facts.article.id))
        yield scribe.block(scribe.describe.article(article))
        called = known | {date_id(edtf): edtf for edtf in (*facts.dates, *facts.inferred)}
        spans: dict[str, Evidence] = {}
        origin = origin_of(facts.article)
        for claim in facts.claims:
            key = key_of(claim, facts.article.id, resolution)
            if key and not vetoed(key, resolution):
                spans[claim.evidence.id] = claim.evidence
                said = Said(key, claim, (called[key[0]], called[key[2]]), origin)
                yield "claims", part_of(key[:3], told.frame.parts), said
        for seen in figures(facts, resolution):
            spans[seen.evidence.id] = seen.evidence
            about, metric, by = (called[node] if node else "" for node in (seen.about, seen.metric, seen.stated_by))
            time = called[seen.time] if seen.time else None
            to = part_of((seen.about, seen.metric, seen.time), told.frame.parts)
            yield "figures", to, Figured(seen, (about, metric, by), time, origin, facts.article.issued or "")
        for _, span in sorted(spans.items()):
            yield scribe.block(scribe.describe.span(span))
    scribe.tally.heard = decided.heard()
    yield scribe.counted()


def _figure(told: Stating, part: int, given: Iterator[Figured]) -> Iterator[Emit]:
    """Figures, each with those that contradict it."""
    known = {figured.figure.id: figured for figured in given}
    scribe = Scribe(told.frame, part)
    everything = (known[node].figure for node in sorted(known))
    issued = {figured.figure.evidence.article: figured.issued for figured in known.values()}
    times = {figured.figure.time: figured.time for figured in known.values() if figured.figure.time and figured.time}
    for seen in with_contradictions(everything, told.resolution.voice, issued, times):
        figured = known[seen.id]
        yield scribe.block(scribe.describe.figure(seen))
        yield "statistics", part, figure_row(seen, figured.names, figured.time, figured.origin)
        article, start = seen.evidence.article, seen.evidence.span.start
        scribe.tally.count.figures += 1
        scribe.tally.count.example("figure", figured.issued, article, start, seen.id)
        scribe.number("figures", seen.status)
    yield scribe.counted()


def _statement(told: Stating, part: int, claims: Iterator[Said]) -> Iterator[Emit]:
    grouped: dict[tuple[str, str, str], dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for said in claims:
        subject, predicate, target, modality, qualifier = said.key
        grouped[subject, predicate, target][f"{modality} {qualifier or ''}"].append(said)
    scribe = Scribe(told.frame, part)
    for ends, of_ends in sorted(grouped.items()):
        found = []
        for _, some in sorted(of_ends.items()):
            one = statement(some[0].key, [said.claim for said in some], told.resolution.voice)  # type: ignore[arg-type]
            found.append(one)
            names = some[0].names
            first = next(said for said in some if said.claim.evidence == one.evidence[0])
            yield scribe.block(scribe.describe.statement(one))
            voices = len(set(map(told.resolution.voice, one.articles)))
            yield "relations", part, relation_row(one, names, voices, first.origin)
            rank = names[0], one.predicate, names[1], one.qualifier or "", one.modality, one.id
            scribe.tally.count.statements += 1
            scribe.tally.count.example("statement", *rank)
            scribe.number("relations", one.predicate)
        if plain := scribe.describe.said(found):
            yield scribe.block(Block("", Node(ends[0]), plain), subject=False)
    yield scribe.counted()


FIGURE = Stage(_figure, ("figures",), ("triples", "statistics", "tallies"))
LABEL = Stage(_label, ("labels",), ("names", "triples", "tallies"))
DATE = Stage(_date, ("dates",), ("triples", "tallies"))
STATE = Stage(_state, ("told", "kept", "names"), ("claims", "figures", "triples", "tallies"))
STATEMENT = Stage(_statement, ("claims",), ("triples", "relations", "tallies"))
