"""What rules leave open in a built graph as questions to a person, and the answers as lines of decisions.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.export.files import write_whole
from kg.export.report import problems
from kg.graph import GraphData
from kg.loading import load
from kg.model import CannotRun, Entity, Undecided, fold, make_id
from kg.resolution.decisions import COLUMNS, read_decisions

NAME = "decisions.csv"  # in the folder of the graph, unless somebody keeps it elsewhere
QUOTES = 3  # of each side

Line = dict[str, str]  # of decisions.csv, by column


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one: what it is called, where, and in which words."""

    node: str
    name: str
    type: str
    about: str  # aliases, place, how often it is named
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Are these two one thing?"""

    left: Side
    right: Side
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What do these words of an article mean?"""

    article: str  # id of the article node
    title: str
    quote: str
    why: str


Question = Pair | Open


def questions(folder: Path, decisions: Path | None = None) -> Iterator[Question]:
    """What is open in a built graph and not yet decided: pairs first, then short names that nothing resolves.

    Raises CannotRun where there is no graph or its resolution.csv is not that of a build.
    """
    graph = load(folder)
    decided = read_decisions(decisions) if decisions and decisions.is_file() else ()
    pairs = {frozenset((d.left, d.right)) for d in decided}
    told = {d.value for d in decided if d.judgement == "means"}
    for left, right, reasons in _unsure(folder / "resolution.csv"):
        if frozenset((left, right)) not in pairs and left in graph.entities and right in graph.entities:
            yield Pair(_side(graph, left), _side(graph, right), reasons)
    for problem in problems(folder / "report.json"):
        if isinstance(problem, Undecided) and problem.kind == "name":
            article = f"Article/{problem.article}"
            if f"{article} {problem.quote}" not in told:
                told.add(f"{article} {problem.quote}")  # an answer is for all places of the article where it stands
                yield Open(article, graph.name(article), problem.quote, problem.why)


def _unsure(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if not path.is_file():
        raise CannotRun(f"{path}: no such file; build the graph anew with: kg build PATH --out {path.parent}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for row in csv.DictReader(file):
                if row["judgement"] == "unsure":
                    yield row["left_id"], row["right_id"], tuple(row["reasons"].split(" | "))
        except (KeyError, UnicodeDecodeError, csv.Error) as error:
            raise CannotRun(f"{path}: not a resolution.csv of kg build: {error}") from None


def _side(graph: GraphData, node: str) -> Side:
    entity = graph.entities[node]
    about = [
        f"also {'、'.join(entity.aliases[:6])}" if entity.aliases else "",
        f"in {entity.within}" if entity.within else "",
        f"{len(entity.mentioned_in)} articles",
    ]
    return Side(node, entity.name, entity.type, "; ".join(filter(None, about)), tuple(_quotes(graph, entity)))


def _quotes(graph: GraphData, entity: Entity) -> list[str]:
    """Words in which it stands: of its facts, else the titles of articles that name it."""
    said = [s.evidence[0] for s in graph.statements_of(entity.id)]
    said += [o.evidence for o in graph.observations_of(entity.id)]
    quotes = [f"{graph.articles[e.article].issued or '?'}  {e.before[-20:]}{e.quote}{e.after[:20]}" for e in said]
    titles = [f"{graph.articles[a].issued or '?'}  {graph.name(a)}" for a in entity.mentioned_in]
    return [" ".join(quote.split()) for quote in dict.fromkeys(quotes or titles)][:QUOTES]


def refer(node: str, name: str, within: str | None = None) -> str:
    """How decisions.csv names a thing: TYPE:NAME@PLACE where that leads to the node, else its id.

    >>> refer(make_id("Place", "苏州市", ""), "苏州市"), refer("Place/0123456789abcdef", "苏州市")
    ('Place:苏州市', 'Place/0123456789abcdef')
    """
    kind = node.partition("/")[0]
    if ":" in name or "@" in name or node != make_id(kind, fold(name), fold(within or "")):
        return node
    return f"{kind}:{name}" + (f"@{within}" if within else "")


def line(judgement: str, left: str, right: str = "", value: str = "", *, who: str, when: str, why: str = "") -> Line:
    """An answer as a line of decisions.csv."""
    return dict(zip(COLUMNS, (judgement, left, right, value, who, when, why), strict=True))


def append(path: Path, lines: Sequence[Line]) -> None:
    """Put the lines behind those that the file has, whole or not at all; an OSError says what stood in the way."""
    before: Iterable[Line] = ()
    columns = list(COLUMNS)
    if path.is_dir():
        raise CannotRun(f"{path}: a folder, not a file")
    if path.is_file():
        read_decisions(path)  # what is wrong in it is said now, and not by the next build
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns += [c for c in reader.fieldnames or () if c not in COLUMNS]  # notes of the user's own
            before = [{c: row.get(c) or "" for c in columns} for row in reader]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*before, *lines])
    write_whole(path.parent, {path.name: lambda out: out.write(text.getvalue().encode())})
