"""What is open in a folder that a build without a graph has written: from its tables and from the store beside them.

They are gone through line by line, so that a collection that no memory holds can be reviewed.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from extractors.model import Undecided
from kg.assemble import same_text
from kg.export.csv import FORMULA
from kg.model import ArticleNode, CannotRun
from kg.packing import Unreadable, unpack
from kg.store import NAME, readings

ENTITIES, RELATIONS, FIGURES, RESOLUTION = "entities.csv", "relations.csv", "figures.csv", "resolution.csv"
_LONGEST = 1 << 30  # characters of a cell: all articles that use a short name


@dataclass(slots=True)
class Known:
    """What the tables tell of a node."""

    name: str
    aliases: tuple[str, ...]
    within: str
    articles: int  # how many
    quotes: list[str] = field(default_factory=list)


def without_graph(folder: Path) -> bool:
    """Whether a folder has tables, and no graph.ttl. A CannotRun for the shards of a cluster, which cannot be asked."""
    if (folder / "entities.parquet").is_dir():
        raise CannotRun(
            f"{folder}: the shards of a cluster hold no {RESOLUTION}; build the sources on one machine, with: "
            "kg build PATH --no-graph --out DIR"
        )
    return not (folder / "graph.ttl").exists() and (folder / ENTITIES).is_file() and (folder / RESOLUTION).is_file()


def table(path: Path, *columns: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table that a build wrote, with these columns, words as they were. A CannotRun where it is none."""
    if not path.is_file():
        raise CannotRun(f"{path}: no such file; build the graph anew with: kg build PATH --out {path.parent}")
    with path.open(encoding="utf-8-sig", newline="") as file, _whole_cells():
        try:
            reader = csv.DictReader(file)
            if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
                raise CannotRun(f"{path}: not a {path.name} of kg build: no column {', '.join(missing)}")
            for row in reader:
                yield {column: _plain(row[column]) for column in columns}
        except (UnicodeDecodeError, csv.Error) as error:
            raise CannotRun(f"{path}: not a {path.name} of kg build: {error}") from None


def known(folder: Path, wanted: Collection[str], quotes: int) -> dict[str, Known]:
    """What the tables tell of these nodes, each with so many quotes."""
    found: dict[str, Known] = {}
    for row in table(folder / ENTITIES, "id", "name", "aliases", "within", "articles"):
        if row["id"] in wanted:
            aliases = tuple(filter(None, row["aliases"].split(" | ")))
            found[row["id"]] = Known(row["name"], aliases, row["within"], _whole(row["articles"], folder))
    for name, ends in ((RELATIONS, ("subject_id", "object_id")), (FIGURES, ("subject_id",))):
        for row in table(folder / name, "issued", "quote", *ends):
            for node in {row[end] for end in ends} & found.keys():
                said = f"{row['issued'] or '?'}  {' '.join(row['quote'].split())}"
                if len(found[node].quotes) < quotes and said not in found[node].quotes:
                    found[node].quotes.append(said)
    return found


def _whole(text: str, folder: Path) -> int:
    if not text.isdecimal():
        raise CannotRun(f"{folder / ENTITIES}: not a table of kg build: {text!r} articles")
    return int(text)


def open_words(folder: Path) -> list[tuple[Undecided, str]]:
    """Words of the articles of a graph of which nothing settles what they name, each with the title of its article."""
    articles: dict[str, dict[str, ArticleNode]] = {}  # by text
    told: dict[str, dict[tuple[int, int], Undecided]] = {}
    for packed in readings(folder):
        try:
            read = unpack(packed)
        except Unreadable:
            raise CannotRun(f"{folder / NAME}: of another version of policykg; build the graph anew") from None
        for facts in read.facts:
            articles.setdefault(facts.article.sha256, {}).setdefault(facts.article.id, facts.article)
            here = told.setdefault(facts.article.id, {})
            for words in facts.undecided:
                if words.kind == "name":
                    here.setdefault((words.span.start, words.span.end), words)
    kept = _kept(articles.values())
    return [
        (words, article.title or article.sources[0])
        for node, article in sorted(kept.items())
        for _, words in sorted(told[node].items())
    ]


def _kept(articles: Iterable[Mapping[str, ArticleNode]]) -> dict[str, ArticleNode]:
    """The articles of the graph: of a text with a date and without one, that with the date."""
    return {article.id: article for same in articles for article in same_text(same.values())}


def _plain(cell: str | None) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    cell = cell or ""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


@contextmanager
def _whole_cells() -> Iterator[None]:
    limit = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
