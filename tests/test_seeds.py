"""The sample articles, end to end: counts as sources.toml expects them, and every quote where it says it stands."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extractors.extraction import extract
from extractors.model import Article, Extraction, Problem
from extractors.reading import discover, raw_text, read_source

SEEDS = Path(__file__).parent.parent / "seeds"
EXPECTED = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))


@cache
def everything() -> dict[str, tuple[str, list[Extraction], list[Problem]]]:
    """Per file: raw text, what was read out of its articles, problems of reading."""
    found: dict[str, tuple[str, list[Extraction], list[Problem]]] = {}
    for source in discover([SEEDS], sources_file=None):
        assert not isinstance(source, Problem), source
        read = list(read_source(source))
        found[source.name] = (
            raw_text(source),
            [extract(a) for a in read if isinstance(a, Article)],
            [p for p in read if isinstance(p, Problem)],
        )
    return found


def test_every_seed_is_read_and_expected() -> None:
    assert set(everything()) == set(EXPECTED)
    assert not [p for _, _, problems in everything().values() for p in problems if p.lost]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_counts(name: str) -> None:
    expect = EXPECTED[name]["expect"]
    _, extractions, _ = everything()[name]
    assert len(extractions) == expect["articles"]
    assert sum(len(x.figures) for x in extractions) >= expect["figures_min"]
    relations = Counter(r.type for x in extractions for r in x.relations)
    for relation, least in expect.get("relations_min", {}).items():
        assert relations[relation] >= least, relation


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_quotes_stand_in_the_file(name: str) -> None:
    """The raw offsets of every piece of evidence bracket its characters in the file, in order."""
    raw, extractions, _ = everything()[name]
    for x in extractions:
        for span in [
            *(r.evidence for r in x.relations),
            *(f.evidence for f in x.figures),
            *(m.span for m in x.mentions),
        ]:
            quote, place = span.of(x.article.text), x.article.offsets.raw(span)
            rest = iter(place.of(raw))
            assert all(c in rest for c in quote if not c.isspace()), (quote, place.of(raw))
            assert raw[place.start] == quote[0] and raw[place.end - 1] == quote[-1]
