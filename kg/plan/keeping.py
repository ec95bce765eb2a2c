"""Which articles are kept: each text once, however many files it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.model import Undecided
from kg.assemble import same_text
from kg.facts import Read
from kg.header import kinds
from kg.plan.bags import Emit, Text, Told, part_of
from kg.plan.scribe import Scribe
from kg.plan.stage import Frame, Stage


def told(number: int, done: Read, part: int, parts: int) -> Iterator[Emit]:
    """What was read of the source of this number, and to which part each text belongs."""
    for problem in done.problems:
        if not isinstance(problem, Undecided):
            yield "problems", 0, problem
    for at, facts in enumerate(done.facts):
        yield "told", part, Told((number, at), facts)
        yield "texts", part_of(facts.article.sha256, parts), Text(part, (number, at), facts.article)


def _keep(frame: Frame, part: int, texts: Iterator[Text]) -> Iterator[Emit]:
    same: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        same[text.article.sha256].append(text)
    scribe = Scribe(frame, part)
    for some in same.values():
        some.sort(key=lambda text: text.place)
        first = {text.article.id: text for text in reversed(some)}
        for article in same_text([text.article for text in some]):
            text = first[article.id]
            yield "kept", text.part, (*text.place, article)
            for source in article.sources:
                yield "sources", part_of(source, frame.parts), source
            scribe.tally.count.article(article)
            scribe.tally.count.example("article", article.issued or "", article.title or "", article.id)
            scribe.number("articles", "Article")
    yield scribe.counted()


def _count(frame: Frame, part: int, sources: Iterable[str]) -> Iterator[Emit]:
    scribe = Scribe(frame, part)
    scribe.tally.count.files = kinds(set(sources))
    yield scribe.counted()


KEEP = Stage(_keep, ("texts",), ("kept", "sources", "tallies"))
COUNT = Stage(_count, ("sources",), ("tallies",))
