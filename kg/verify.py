"""Is a graph on disk still what its sources say, and are its files still as the build wrote them?

Every quote of every fact is looked for at its place in its source, which is read again; nothing is extracted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from extractors.model import Problem
from extractors.reading import Source
from kg.graph import GraphData
from kg.loading import NoGraph, load
from kg.model import CannotRun, Evidence, Observation, Statement, make_id
from kg.proof import Proof
from kg.reread import Fault, Rereading
from kg.resolution.decisions import DECISIONS, read_decisions, rows
from kg.store import decided
from kg.wording import figure_words, so_many, statement_words
from kg.written import REPORT, changed, noted

Progress = Callable[[int, int, str], None]  # sources done, sources in all, name of the last


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and all that is not as it should be."""

    graph: str
    files: int | None = None  # of the build whose hashes were compared; None where no report has them
    facts: int = 0
    verified: int = 0  # all of whose quotes stand at their places
    quotes: int = 0
    found: int = 0
    articles: int = 0
    sources: int = 0  # that were read
    unknown: int = 0  # articles in them that are not in the graph
    faults: tuple[Fault, ...] = ()

    def as_json(self) -> str:
        return json.dumps({**asdict(self), "in_order": not self.faults}, ensure_ascii=False, indent=1) + "\n"

    @property
    def summary(self) -> str:
        """One line: 12 facts, 30 quotes found in 2 sources, 9 files as written, 0 faults."""
        told = []
        if self.sources:
            of_all = "" if self.found == self.quotes else f" of {self.quotes:,}"
            quotes = f"{self.found:,}{of_all} quote{'s' * (self.quotes != 1)}"
            told += [so_many(self.facts, "fact"), f"{quotes} found in {so_many(self.sources, 'source')}"]
            if left := self.facts - self.verified:
                told.append(f"{so_many(left, 'fact')} unverified")
            if self.unknown:
                told.append(f"{so_many(self.unknown, 'article')} there not in the graph")
        wrong = {fault.where for fault in self.faults if fault.kind == "file"} - {REPORT, DECISIONS}
        if self.files is not None:
            told.append(f"{so_many(self.files - len(wrong), 'file')} as written")
        return ", ".join([*told, so_many(len(self.faults), "fault")])


def verify(
    folder: str | Path,
    sources: Sequence[Source] | None = None,
    problems: Iterable[Problem] = (),
    progress: Progress | None = None,
) -> Verification:
    """Hold a built folder against the hashes in its report and, where sources are given, its facts against these.

    `problems` came up when the sources were looked for. A CannotRun when there is nothing to hold it against.
    """
    path = Path(folder)
    if not path.exists():
        raise NoGraph(f"{path}: no such graph")
    files, faults = _files(path)
    faults += _undecided(path)
    if sources is None:
        if files is None and not faults:
            raise CannotRun(
                f"{path}: no {REPORT} that has the hashes of its files; name the sources to look for quotes"
            )
        return Verification(str(path), files, faults=tuple(faults))
    try:
        graph = load(path)
    except NoGraph as error:
        if not faults:
            raise
        return Verification(str(path), files, faults=(*faults, Fault("file", path.name, f"not loaded: {error}")))
    again = Rereading(graph, problems)
    for number, source in enumerate(sources, start=1):
        again.read(source)
        if progress:
            progress(number, len(sources), source.name)
    faults += again.faults()
    wrong = list(_facts(graph, again.proofs))
    faults += wrong
    quotes = _quotes(graph)
    found = sum((p := again.proofs.get(e.article)) is not None and e not in p.quotes for e in quotes)
    return Verification(
        str(path), files, len(graph.statements) + len(graph.observations),
        _verified(graph, again.proofs, {fault.id for fault in wrong}), len(quotes), found,
        len(graph.articles), len(sources), again.unknown, tuple(faults),
    )  # fmt: skip


def _files(path: Path) -> tuple[int | None, list[Fault]]:
    """How many files the report of a build tells of, and which are no longer so; of an RDF file itself alone."""
    folder, only = (path, ()) if path.is_dir() else (path.parent, (path.name,))
    try:
        files = noted(folder)
    except (ValueError, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        return None, [Fault("file", REPORT, f"cannot be read: {said}")]
    if files is None or (only and only[0] not in files):
        return None, []
    found = [Fault("file", problem.where, problem.message) for problem in changed(folder, files, only)]
    return len(only or files), found


def _undecided(folder: Path) -> Iterator[Fault]:
    """Whether the decisions that lie beside a graph are those that went into it."""
    if (then := decided(folder)) is None:
        return
    path = folder / DECISIONS
    try:
        now = set(rows(read_decisions(path))) if path.is_file() else set()
    except (CannotRun, OSError) as error:
        yield Fault("file", DECISIONS, str(error).removeprefix(f"{DECISIONS} "))
        return
    told = [f"{so_many(len(now - then), 'decision')} not in the graph"] if now - then else []
    told += [f"{so_many(len(then - now), 'decision')} of the graph no longer there"] if then - now else []
    if told:
        yield Fault("file", DECISIONS, f"{', '.join(told)}; build again")


def _facts(graph: GraphData, proofs: Mapping[str, Proof]) -> Iterator[Fault]:
    """The facts with whose quotes or numbers something is wrong, a line for each fault."""
    for statement in graph.statements.values():
        for what in _wrong(graph, statement, proofs):
            yield Fault("fact", statement_words(graph, statement), what, statement.id)
    for seen in graph.observations.values():
        proof = proofs.get(seen.evidence.article)
        if proof and (told := proof.quotes.get(seen.evidence) or proof.numbers.get(seen.id)):
            yield Fault("fact", figure_words(graph, seen), f"{proof.source}: {told}", seen.id)
    for problem in graph.problems:  # what the file of the graph says of a fact in two places, and differently
        fact = graph.observations.get(problem.where)
        yield Fault("fact", figure_words(graph, fact) if fact else problem.where, problem.message, problem.where)


def _wrong(graph: GraphData, statement: Statement, proofs: Mapping[str, Proof]) -> Iterator[str]:
    ends = statement.subject, statement.predicate, statement.object
    if make_id("Statement", *ends, statement.modality, statement.qualifier or "") != statement.id:
        yield f"{statement.id} is the id of another fact: subject, relation, object, modality or qualifier was changed"
    if not statement.evidence:
        yield "no quote says so"
    for evidence in statement.evidence:
        if evidence.article not in graph.articles:
            yield f"{evidence.article}, in which its quote stands, is no article of the graph"
        proof = proofs.get(evidence.article)
        if proof and (what := proof.quotes.get(evidence)):
            yield f"{proof.source}: {what}"


def _verified(graph: GraphData, proofs: Mapping[str, Proof], wrong: set[str]) -> int:
    """How many facts have all of their quotes found and nothing wrong."""
    facts: Iterator[Statement | Observation] = iter([*graph.statements.values(), *graph.observations.values()])
    return sum(fact.id not in wrong and all(e.article in proofs for e in _evidence(fact)) for fact in facts)


def _evidence(fact: Statement | Observation) -> tuple[Evidence, ...]:
    return fact.evidence if isinstance(fact, Statement) else (fact.evidence,)


def _quotes(graph: GraphData) -> set[Evidence]:
    facts: tuple[Statement | Observation, ...] = (*graph.statements.values(), *graph.observations.values())
    return {evidence for fact in facts for evidence in _evidence(fact)}
