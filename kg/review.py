"""What rules leave open in a built graph as questions to a person, and the answers as lines of decisions.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.export.files import write_whole
from kg.export.report import problems
from kg.graph import GraphData
from kg.loading import load
from kg.model import CannotRun, Entity, Undecided, fold, make_id
from kg.resolution.decisions import COLUMNS, read_decisions
from kg.store import decided as stored_decisions
from kg.tabled import RESOLUTION, known, open_words, table, without_graph
from kg.wording import so_many

NAME = "decisions.csv"  # in the folder of the graph, unless somebody keeps it elsewhere
QUOTES = 3  # of each side

Line = dict[str, str]  # of decisions.csv, by column


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one: what it is called, where, and in which words."""

    node: str
    name: str
    within: str | None  # the place that keeps it apart
    about: str  # aliases, place, how often it is named
    quotes: tuple[str, ...]

    @property
    def type(self) -> str:
        return self.node.partition("/")[0]


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
    flat = without_graph(folder)
    graph = None if flat else load(folder)
    decided = read_decisions(decisions) if decisions and decisions.is_file() else ()
    pairs = {frozenset((d.left, d.right)) for d in decided}
    told = {d.value for d in decided if d.judgement == "means"}
    unsure = [(one, other, why) for one, other, why in _unsure(folder) if frozenset((one, other)) not in pairs]
    nodes = {node for one, other, _ in unsure for node in (one, other)}
    sides = _held(graph, nodes) if graph else _tabled(folder, nodes)
    for left, right, reasons in unsure:
        if left in sides and right in sides:
            yield Pair(sides[left], sides[right], reasons)
    for article, title, words in _open(graph, folder):
        if f"{article} {words.quote}" not in told:
            told.add(f"{article} {words.quote}")  # an answer is for all places of the article where it stands
            yield Open(article, title, words.quote, words.why)


def _unsure(folder: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for row in table(folder / RESOLUTION, "judgement", "left_id", "right_id", "reasons"):
        if row["judgement"] == "unsure":
            yield row["left_id"], row["right_id"], tuple(row["reasons"].split(" | "))


def _open(graph: GraphData | None, folder: Path) -> Iterator[tuple[str, str, Undecided]]:
    """Words that nothing resolves, with the id and the title of their article."""
    if graph is None:
        before = {value for judgement, _, _, value in stored_decisions(folder) or () if judgement == "means"}
        for words, title in open_words(folder):
            article = f"Article/{words.article}"
            if f"{article} {words.quote}" not in before:
                yield article, title, words
        return
    for problem in problems(folder / "report.json"):
        if isinstance(problem, Undecided) and problem.kind == "name":
            yield f"Article/{problem.article}", graph.name(f"Article/{problem.article}"), problem


def _held(graph: GraphData, nodes: Iterable[str]) -> dict[str, Side]:
    """What a graph tells of these nodes."""
    found = {}
    for node in nodes:
        if entity := graph.entities.get(node):
            about = _about(entity.aliases, entity.within, len(entity.mentioned_in))
            found[node] = Side(node, entity.name, entity.within, about, tuple(_quotes(graph, entity)))
    return found


def _tabled(folder: Path, nodes: Collection[str]) -> dict[str, Side]:
    """What tables tell of them."""
    return {
        node: Side(node, told.name, told.within, _about(told.aliases, told.within, told.articles), tuple(told.quotes))
        for node, told in known(folder, nodes, QUOTES).items()
    }


def _about(aliases: Sequence[str], within: str | None, articles: int) -> str:
    also = f"also {'、'.join(aliases[:6])}" if aliases else ""
    return "; ".join(filter(None, (also, f"in {within}" if within else "", so_many(articles, "article"))))


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
