"""Building again, with more processes, and ten times as much: python -m tests.bench_scale [FOLDER] [--times 10].

Seconds of CPU of whole child processes, as tests.bench counts them, and of the clock; memory is that of the largest
process. The tenfold corpus is the same files with other names of places, people and bodies in each copy, and of other
years, so that hardly an article of one copy is found in another. Ratios are the figures to keep: against the first
build, and against tagging the same text with jieba.posseg in the same run.
"""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

import jieba

from extractors.lexicon import lexicon, occurrences
from tests.bench import Cost, build, tag, texts_of

SEEDS = Path(__file__).parent.parent / "seeds"
# What is altered, each by others of its kind.
NAMES = (
    "provinces", "cities", "counties", "places", "parks", "countries", "foreign_cities", "known_people", "companies",
    "universities",
)  # fmt: skip
YEARS = 2  # of the corpus: each copy is so much older than the one before it
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[01]\d[0-3]\d(?!\d)|[^\d年]|$)")


def altered(text: str, copy: int) -> str:
    """The text, older, with every name that is listed replaced by the one `copy` times 7 places further on there."""
    parts, reached, following = [], 0, _following(copy)
    for start, end, word in occurrences(text, following):
        parts += [text[reached:start], following[word]]
        reached = end
    return older("".join([*parts, text[reached:]]), copy)


def older(text: str, copy: int) -> str:
    """The text with every year, and every date that is written 20240131, as much earlier as the copy is older."""
    return _YEAR.sub(lambda year: str(int(year.group()) - YEARS * copy), text)


@cache
def _following(copy: int) -> dict[str, str]:
    following: dict[str, str] = {}
    for name in NAMES:
        by_length: dict[int, list[str]] = {}
        for word in lexicon(name):
            by_length.setdefault(len(word), []).append(word)
        for same in by_length.values():
            following |= {word: same[(at + 7 * copy) % len(same)] for at, word in enumerate(same)}
    return following


def copies(folder: Path, times: int, place: Path) -> Path:
    """A folder with the files of another and `times` - 1 altered copies of each."""
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        text = path.read_text(encoding="utf-8")
        for copy in range(times):
            name = f"{older(path.stem, copy)}-{copy}{path.suffix}"
            (place / name).write_text(altered(text, copy) if copy else text, encoding="utf-8")
    return place


def say(name: str, cost: Cost, characters: int, first: Cost, peer: Cost) -> None:
    """One line."""
    print(
        f"{name:34}{cost.cpu:8.1f} s CPU{cost.wall:8.1f} s wall  {cost.cpu / first.cpu:7.3f} of the first CPU"
        f"  {cost.wall / first.wall:7.3f} wall  {characters / cost.cpu / peer.cpu:5.2f} of the peer"
        f"  peak {cost.peak:,.0f} MiB",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path, default=SEEDS)
    options.add_argument("--times", type=int, default=10)
    asked = options.parse_args()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = texts_of(asked.folder)
    characters = sum(map(len, texts))
    tagged = tag(texts)
    peer = Cost(characters / tagged.cpu, tagged.wall)  # its characters a second
    print(f"{len(texts)} files, {characters:,} characters; jieba.posseg {peer.cpu:,.0f} chars/s of CPU", flush=True)
    with tempfile.TemporaryDirectory() as base:
        place = Path(base)
        folder = place / "in"
        shutil.copytree(asked.folder, folder)
        first = build(folder, place / "out")
        say("first build", first, characters, first, peer)
        say("nothing is new", build(folder, place / "out"), characters, first, peer)
        newest = max([*folder.glob("*.md"), *folder.glob("*.txt")])
        (folder / f"new{newest.suffix}").write_text(altered(newest.read_text(encoding="utf-8"), 3), encoding="utf-8")
        say("one file is new", build(folder, place / "out"), characters, first, peer)
        say("first build, --jobs 2", build(folder, place / "two", "--jobs", "2"), characters, first, peer)
        say("--no-graph", build(folder, place / "none", "--no-graph"), characters, first, peer)
        more = place / "more"
        more.mkdir()
        copies(asked.folder, asked.times, more)
        many = build(more, place / "many", "--jobs", "2")
        say(f"{asked.times} times as much, --jobs 2", many, characters * asked.times, first, peer)
        many = build(more, place / "many-none", "--jobs", "2", "--no-graph")
        say(f"{asked.times} times as much, --no-graph", many, characters * asked.times, first, peer)


if __name__ == "__main__":
    main()
