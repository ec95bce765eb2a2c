"""`kg build --no-graph` and `kg build --engine dask`: what the user asks for, run and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from extractors.model import Problem
from extractors.ner.readers import Reader
from extractors.reading import LIMITS, Limits, Source
from kg.console import BUILT, LOST, progress, show_flat, show_problems
from kg.export.files import writable
from kg.model import About, CannotRun
from kg.plan.flat import Flat, build_flat, line_formats
from kg.plan.stage import Frame
from kg.read import find_sources, nothing_read
from kg.resolution import Decision, all_decisions
from kg.resolution.decisions import rows
from kg.store import Store
from kg.written import REPORT

if TYPE_CHECKING:
    from kg.plan.remote import Remote

LOCAL, DASK = "local", "dask"
_EXTRA = ("dask", "distributed", "fsspec", "pyarrow")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a build that holds no graph."""

    paths: Sequence[str]
    out: str  # a folder, or a URL that fsspec knows
    sources: Path | None
    issued: str | None
    publisher: str | None
    frame: Frame
    jobs: int
    format: str | None
    about: About
    reader: Reader
    decisions: Path | None
    limits: Limits = LIMITS

    def found(self) -> tuple[list[Source], list[Problem]]:
        """The files that are to be read."""
        folder = None if "://" in self.out else self.out
        return find_sources(
            self.paths,
            sources_file=self.sources,
            issued=self.issued,
            publisher=self.publisher,
            skip=folder,
            limits=self.limits,
        )

    def decided(self) -> tuple[Decision, ...]:
        return all_decisions(self.decisions, Path(self.out))


def refuse(needing: Sequence[tuple[str, bool]]) -> None:
    """A CannotRun for the first of the options that is asked for and needs a graph in memory."""
    for option, asked in needing:
        if asked:
            raise CannotRun(f"{option}: needs the whole graph in memory; not with --no-graph or --engine dask")


def run(asked: Asked, engine: str) -> NoReturn:
    """Build with the engine, and leave with the status of the command."""
    name, colon, address = engine.partition(":")
    if name not in (LOCAL, DASK) or (colon and not address) or (name == LOCAL and address):
        raise CannotRun(f"--engine {engine}: there are local, dask and dask:ADDRESS")
    done, where, names = _flat(asked) if name == LOCAL else _distributed(asked, address or None)
    show_problems(done.problems, f"{where.rstrip('/')}/{REPORT}")
    show_flat(done, where, names)
    raise typer.Exit(LOST if done.lost else BUILT)


def _flat(asked: Asked) -> tuple[Flat, str, list[str]]:
    out, rdf_files = Path(asked.out), line_formats(asked.format)
    found, problems = asked.found()
    decisions = asked.decided()
    writable(out)
    with Store(out) as store:
        with progress() as tell:
            done, files = build_flat(
                found, problems, out, store, frame=asked.frame, jobs=asked.jobs, decisions=decisions,
                reader=asked.reader, about=asked.about, rdf_files=rdf_files, progress=tell,
            )  # fmt: skip
        store.settle(None if asked.decisions else rows(decisions))
    return done, asked.out, [path.name for path in files]


def _found_anywhere(asked: Asked) -> tuple[list[tuple[Source, Remote | None]], list[Problem]]:
    """The files that are to be read, behind URLs and here."""
    from kg.plan.remote import find_urls

    urls = [path for path in asked.paths if "://" in path]
    paths = [path for path in asked.paths if path not in urls]
    if asked.sources and urls and not paths:
        raise CannotRun("--sources tells of files here, and every PATH is a URL")
    found: list[tuple[Source, Remote | None]] = []
    problems: list[Problem] = []
    for one in find_urls(urls, asked.issued, asked.publisher, asked.limits):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)
    if paths or not urls:
        local, more = replace(asked, paths=paths).found()
        problems += more
        found += [(replace(s, path=s.path.resolve()) if s.path else s, None) for s in local]  # workers stand elsewhere
    if not found:
        raise nothing_read(problems)
    return found, problems


def _distributed(asked: Asked, address: str | None) -> tuple[Flat, str, list[str]]:
    if asked.format not in (None, "nt.gz"):
        raise CannotRun(f"--format {asked.format}: a cluster writes shards of nt.gz and Parquet")
    try:
        from kg.plan.distributed import build_distributed, client_of
        from kg.plan.shards import FOLDERS
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise CannotRun(f"--engine dask needs {error.name}: pip install 'policykg[dask]'") from None
    found, problems = _found_anywhere(asked)
    out = asked.out if "://" in asked.out else str(Path(asked.out).resolve())
    with client_of(address, asked.jobs) as client:
        done = build_distributed(
            client, found, problems, out, frame=asked.frame, decisions=asked.decided(), reader=asked.reader,
            about=asked.about,
        )  # fmt: skip
    return done, asked.out, [*sorted(FOLDERS.values()), REPORT]
