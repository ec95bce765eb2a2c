"""What the explorer shows of a few articles alone: their figures, and the passages that quotes stand in.

References are numbers into lists of the page's own, so that a page stays as it is whatever else is in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import msgspec

from kg.export.deflated import Piece, piece
from kg.export.passages import Place, passages
from kg.graph import GraphData
from kg.model import Evidence, Observation
from kg.rdf import plain

Spot = tuple[str, int, int]  # an article, and from where to where in it


@dataclass(frozen=True, slots=True)
class Shown:
    """`places` are those of quotes of statements, which articles of many pages make together."""

    articles: list[str]
    things: list[str]  # that figures name
    rules: list[str]
    figures: Piece  # a list of rows, and a comma
    passages: Piece  # rows, a comma behind each
    length: int  # of passages, how many
    places: list[tuple[int, int, int, Place]]  # number of the article, begin, end


def shown(graph: GraphData) -> Iterator[Shown]:
    """The pages of all articles, as they were kept or are made now."""
    for page in graph.pages:
        yield _decoder().decode(graph.made_of(page, "explorer", partial(_made, graph, page.articles)))


def spots(page: Shown, first: int) -> Mapping[Spot, Place]:
    """Where the quotes of statements stand, when `first` passages come before those of the page."""
    return {
        (page.articles[article], begin, end): Place(first + place.passage, place.start, place.length)
        for article, begin, end, place in page.places
    }


def spot(evidence: Evidence) -> Spot:
    return evidence.article, evidence.span.start, evidence.span.end


def _made(graph: GraphData, some: Sequence[str]) -> bytes:
    lengths = {article: graph.articles[article].length for article in some}
    texts, places = passages(graph.spans_in(some), lengths)
    articles, things, rules = Numbers(lengths), Numbers(), Numbers()

    def row(seen: Observation) -> list[object]:
        ends = seen.about, seen.metric, seen.time, seen.stated_by
        about, metric, time, speaker = (things[node] if node else None for node in ends)
        e, upper = seen.evidence, None if seen.upper is None else plain(seen.upper)
        return [
            seen.id.partition("/")[2], about, metric, plain(seen.value), upper, seen.unit, seen.comparator, seen.change,
            seen.status, time, seen.compared_with, speaker, plain(seen.confidence),
            (articles[e.article], *places[e.id], rules[e.rule], e.span.start),
        ]  # fmt: skip

    figures = [row(seen) for seen in graph.figures_in(some)]
    said = {spot(e): places[e.id] for e in graph.said_in(some)}
    return msgspec.msgpack.encode(
        Shown(
            list(articles), list(things), list(rules), piece(msgspec.json.encode(figures) + b","),
            piece(b"".join([msgspec.json.encode(text) + b"," for text in texts])), len(texts),
            [(articles[article], begin, end, place) for (article, begin, end), place in sorted(said.items())],
        )
    )  # fmt: skip


class Numbers(dict[str, int]):
    """Numbers for words, in the order in which they are asked for."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__((word, number) for number, word in enumerate(words))

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


@cache
def _decoder() -> msgspec.msgpack.Decoder[Shown]:
    return msgspec.msgpack.Decoder(Shown)
