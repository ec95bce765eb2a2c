"""report.json: what was built, what went wrong or stayed open, with which versions, how fast; see docs/report.md.

No other output knows the clock.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.graph import GraphData
from kg.model import Problem, Span, Undecided

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


def report(build: Build, extra: Mapping[str, object]) -> dict[str, object]:
    """The report as plain values."""
    graph, reader = build.graph, build.reader
    with_hanlp = reader.kind == "hanlp"
    options = {"model": reader.model, "threads": reader.threads, "batch": reader.batch} if with_hanlp else {}
    libraries = LIBRARIES + OF_HANLP * with_hanlp
    return {
        "base_iri": graph.base,
        "files": build.sources,
        "characters": build.characters,
        "ner": {"reader": reader.kind, **options},
        "counts": graph.counts(),
        **extra,
        "input_lost": build.lost,
        "shapes": build.shapes.as_dict(),
        "undecided": left_open(graph, build.problems),
        "problems": [
            {"where": p.where, "message": p.message, "lost": p.lost}
            for p in build.problems
            if not isinstance(p, Undecided)
        ],
        "seconds": {stage: round(spent, 2) for stage, spent in build.seconds.items()},
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
