"""report.json: what was built, what went wrong, with which versions, how fast. No other output knows the clock."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kg.pipeline import Build

LIBRARIES = ("policykg", "networkx", "rdflib", "lxml", "hanlp-trie", "hanlp-common")


def report(build: Build, extra: Mapping[str, object]) -> dict[str, object]:
    """The report as plain values."""
    graph = build.graph
    return {
        "base_iri": graph.base,
        "files": build.sources,
        "characters": build.characters,
        "counts": graph.counts(),
        **extra,
        "input_lost": build.lost,
        "problems": [{"where": p.where, "message": p.message, "lost": p.lost} for p in build.problems],
        "seconds": {stage: round(spent, 2) for stage, spent in build.seconds.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }


def write(build: Build, extra: Mapping[str, object], out: BinaryIO) -> None:
    """Write the report as JSON; a lone surrogate in a file name is written as an escape."""
    words = json.dumps(report(build, extra), ensure_ascii=False, indent=1)
    out.write(words.encode("utf-8", "backslashreplace") + b"\n")
