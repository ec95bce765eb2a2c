"""report.json: what was built, what went wrong or stayed open, with which versions, how fast; see docs/report.md.

No other output knows the clock.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from extractors.ner.readers import Reader
from kg.block import plain
from kg.graph import GraphData
from kg.model import Observation, Problem, Span, Undecided

if TYPE_CHECKING:
    from kg.pipeline import Build

LIBRARIES = ("policykg", "networkx", "rdflib", "lxml", "pyshacl", "hanlp-trie", "hanlp-common")
OF_HANLP = ("hanlp", "torch", "transformers")
# What the reader leaves open, by the name of its list.
OPEN = {"name": "unresolved", "date": "undated", "figure": "figures_without_subject"}


def undecided(problems: Iterable[Problem]) -> list[Undecided]:
    """What the reader could not decide, each once, however many files hold its article; by article and place."""
    found = {p for p in problems if isinstance(p, Undecided)}
    first = {(p.article, p.kind, p.span): p for p in sorted(found, key=lambda p: (p.where, p.message), reverse=True)}
    return sorted(first.values(), key=lambda p: (p.article, p.span, p.kind))


def left_open(graph: GraphData, problems: Iterable[Problem]) -> dict[str, object]:
    """The section of the report on what the reader could not decide: counts, then one entry for each article."""
    found = undecided(problems)
    articles: dict[str, dict[str, list[dict[str, object]]]] = {}
    for thing in found:
        lists = articles.setdefault(f"Article/{thing.article}", {name: [] for name in OPEN.values()})
        begin, end = thing.span.start, thing.span.end
        lists[OPEN[thing.kind]].append({"quote": thing.quote, "begin": begin, "end": end, "why": thing.why})
    return {
        "counts": {name: sum(p.kind == kind for p in found) for kind, name in OPEN.items()},
        "articles": [
            {"article": node, "title": known.title, "sources": list(known.sources), **lists}
            for node, lists in articles.items()
            if (known := graph.articles.get(node))
        ],
    }


def resolved(graph: GraphData) -> dict[str, object]:
    """The section on resolution: judgements by kind, reprints, figures that contradict each other."""
    judged = Counter(judgement.judgement for judgement in graph.judgements)
    against = [seen for seen in graph.observations.values() if seen.contradicts]
    return {
        "judgements": dict(sorted(judged.items())),
        "reprints": sum(article.reprint_of is not None for article in graph.articles.values()),
        "contradictions": [
            {
                "holder": graph.name(seen.about),
                "metric": graph.name(seen.metric),
                "time": graph.name(seen.time),
                "values": [_value(graph, one) for one in (seen, *(graph.observations[c] for c in seen.contradicts))],
            }
            for seen in against
            if seen.id < min(seen.contradicts)  # once, not once from each side
        ],
    }


def _value(graph: GraphData, seen: Observation) -> dict[str, object]:
    article = graph.articles[seen.evidence.article]
    number = f"{plain(seen.value)} {seen.unit}".strip()
    return {"figure": seen.id, "value": number, "quote": seen.evidence.quote, "sources": list(article.sources)}


def report(build: Build, extra: Mapping[str, object]) -> dict[str, object]:
    """The report as plain values."""
    graph, problems = build.graph, build.problems
    return told(
        graph.base, build.sources, build.characters, build.reader, graph.counts(),
        {**extra, "resolution": resolved(graph)}, build.lost,
        build.shapes.as_dict(), left_open(graph, problems), problems, build.seconds,
    )  # fmt: skip


def told(
    base: str, sources: int, characters: int, reader: Reader, counts: Mapping[str, Mapping[str, int]],
    extra: Mapping[str, object], lost: bool, shapes: object, left: Mapping[str, object], problems: Iterable[Problem],
    seconds: Mapping[str, float],
) -> dict[str, object]:  # fmt: skip
    """What a report holds, `left` of it what the reader could not decide."""
    with_hanlp = reader.kind == "hanlp"
    options = {"model": reader.model, "threads": reader.threads, "batch": reader.batch} if with_hanlp else {}
    libraries = LIBRARIES + OF_HANLP * with_hanlp
    return {
        "base_iri": base,
        "files": sources,
        "characters": characters,
        "ner": {"reader": reader.kind, **options},
        "counts": counts,
        **extra,
        "input_lost": lost,
        "shapes": shapes,
        "undecided": left,
        "problems": [
            {"where": p.where, "message": p.message, "lost": p.lost} for p in problems if not isinstance(p, Undecided)
        ],
        "seconds": {stage: round(spent, 2) for stage, spent in seconds.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in libraries}},
    }


def write(build: Build, extra: Mapping[str, object], out: BinaryIO) -> None:
    """Write the report as JSON; a lone surrogate in a file name is written as an escape."""
    words = json.dumps(report(build, extra), ensure_ascii=False, indent=1)
    out.write(words.encode("utf-8", "backslashreplace") + b"\n")


def problems(path: Path) -> list[Problem]:
    """The problems that a report lists, what could not be decided among them; none where there is no such file."""
    if not path.is_file():
        return []
    told = json.loads(path.read_text(encoding="utf-8"))
    found = [Problem(p["where"], p["message"], p["lost"]) for p in told["problems"]]
    kinds = {name: kind for kind, name in OPEN.items()}
    found += [
        _undecided(article, kinds[name], entry)
        for article in told["undecided"]["articles"]
        for name in OPEN.values()
        for entry in article[name]
    ]
    return sorted(found, key=lambda p: (p.where, p.message))


def _undecided(article: Mapping[str, Any], kind: Any, entry: Mapping[str, Any]) -> Undecided:
    identifier, span = article["article"].removeprefix("Article/"), Span(entry["begin"], entry["end"])
    where, message = f"{article['sources'][0]}: {identifier}:{span.start}", f"{entry['quote']}: {entry['why']}"
    return Undecided(where, message, False, kind, identifier, span, entry["quote"], entry["why"])
