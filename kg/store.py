"""The store beside a graph: what was read of each source, so that the next build reads only what is new.

store.sqlite holds one row for each source, under a hash of its bytes, of what the user said about it and of the rules
it was read by; the decisions that went into the graph; and what was made of single articles for its files (kg.kept).
It holds nothing that is not elsewhere: a damaged one is made anew. One build at a time works with it; the lock goes
with the process that holds it, however that ends.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self

from extractors.model import Problem
from kg.model import CannotRun

NAME = "store.sqlite"
FORM = 3  # of the tables; another one is made anew
_OURS = 0x706B6773  # pkgs, the application id in the head of the file
_TABLES = (
    """
    CREATE TABLE reading (
        key TEXT PRIMARY KEY,    -- of content, name, date, publisher and rules: kg.fingerprint.key
        name TEXT NOT NULL,      -- of the source, as the user's folder has it
        rules TEXT NOT NULL,     -- the version of the rules
        packed BLOB NOT NULL     -- kg.packing
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE decision (      -- of those that people have written: kg.resolution.decisions
        judgement TEXT NOT NULL, -- or 'elsewhere', in the only row, where they are in no file of this folder
        left TEXT NOT NULL,      -- an id
        right TEXT NOT NULL,     -- an id, or nothing
        value TEXT NOT NULL,
        PRIMARY KEY (judgement, left, right, value)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE made (
        key BLOB PRIMARY KEY,    -- of what it was made of, and how: kg.kept
        packed BLOB NOT NULL
    )
    """,
)
Row = tuple[str, str, str, str]  # judgement, left, right, value
_NONE: frozenset[bytes] = frozenset()
_ELSEWHERE: list[Row] = [("elsewhere", "", "", "")]
# SQLite's own words for what a user knows from elsewhere.
_ERRNO = {"SQLITE_FULL": errno.ENOSPC, "SQLITE_READONLY": errno.EROFS, "SQLITE_CANTOPEN": errno.EACCES}


class Store:
    """Open while a build works in the folder. `problems` says what was wrong with it.

    Raises CannotRun when another build is at work there, OSError when it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.problems: list[Problem] = []
        self._used: set[str] = set()
        self._made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        there = self.path.exists()
        if self.path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder stands where the file belongs", str(self.path))
        try:
            with self._errors():
                self._open_or_mend()
        except BaseException:
            with suppress(sqlite3.Error, AttributeError):
                self._database.close()
            if not there:
                self._vanish()
            raise
        self._sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; one that holds nothing leaves no trace."""
        with suppress(sqlite3.Error):
            empty = self._database.execute("SELECT count(*) FROM reading").fetchone() == (0,)
            self._database.close()
            if empty:
                self._vanish()

    def holds(self, rules: str) -> bool:
        """Whether it has anything that was read by these rules."""
        with self._errors():
            return (
                self._database.execute("SELECT 1 FROM reading WHERE rules = ? LIMIT 1", (rules,)).fetchone() is not None
            )

    def has(self, key: str) -> bool:
        """Whether it has a reading under this key."""
        with self._errors():
            return self._database.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None

    def recall(self, key: str) -> bytes | None:
        """The reading that is kept under this key."""
        with self._errors():
            found = self._database.execute("SELECT packed FROM reading WHERE key = ?", (key,)).fetchone()
        if found is None or not isinstance(found[0], bytes):  # SQLite holds a column to no type
            return None
        self._used.add(key)
        return found[0]

    def keep(self, key: str, name: str, rules: str, packed: bytes) -> None:
        """Keep a reading; it outlives this process from here on."""
        with self._errors(), self._database:
            row = key, name.encode("utf-8", "backslashreplace").decode(), rules, packed
            self._database.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", row)
        self._used.add(key)

    def made(self) -> dict[bytes, bytes]:
        """All that was made of articles for the last graph, by key."""
        with self._errors():
            rows = self._database.execute("SELECT key, packed FROM made").fetchall()
        # SQLite holds a column to no type.
        return {key: packed for key, packed in rows if isinstance(key, bytes) and isinstance(packed, bytes)}

    def settle(
        self, decisions: Iterable[Row] | None = (), made: Mapping[bytes, bytes] | None = None, used: Set[bytes] = _NONE
    ) -> None:
        """The graph is written, and the decisions of its folder, or None of them, are in it: forget all else.

        What a source said goes with the source. Of what was made, what is new and what was used again stays.
        """
        with self._errors(), self._database:
            self._database.execute("DELETE FROM decision")
            self._database.executemany(
                "INSERT OR IGNORE INTO decision VALUES (?, ?, ?, ?)", _ELSEWHERE if decisions is None else decisions
            )
            self._database.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._database.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in self._used))
            self._database.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM used)")
            self._database.execute("DROP TABLE used")
        with suppress(OSError), self._errors(), self._database:  # without it the next build takes longer, no more
            idle = [(at,) for at, key in self._database.execute("SELECT rowid, key FROM made") if key not in used]
            self._database.executemany("DELETE FROM made WHERE rowid = ?", idle)
            self._database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", (made or {}).items())
        with self._errors():  # what a full disk does to it shows here; closing would say nothing
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _open_or_mend(self) -> None:
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if _name(error) not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
            self._anew(f"damaged ({error}), so everything is read anew")

    def _open(self) -> None:
        self._database = sqlite3.connect(self.path, timeout=0.2)
        self._database.text_factory = partial(str, encoding="utf-8", errors="replace")  # whatever somebody put there
        # The lock is held to the end. Asked for first, it needs no file of shared memory, so network folders do, too.
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        tables = self._ask("SELECT count(*) FROM sqlite_master")
        if tables and self._ask("PRAGMA application_id") != _OURS:
            raise CannotRun(f"{self.path}: a database of something else stands where the store belongs")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last readings, no more
        self._database.execute("BEGIN EXCLUSIVE")
        if (fault := self._ask("PRAGMA quick_check(1)")) != "ok":
            raise _corrupt(str(fault))
        form = self._ask("PRAGMA user_version") if tables else FORM
        if tables and form == FORM and _tables(self._database) != _expected():
            raise _corrupt("its tables are others")
        if not tables:
            for table in _TABLES:
                self._database.execute(table)
            self._database.execute(f"PRAGMA application_id = {_OURS}")
            self._database.execute(f"PRAGMA user_version = {FORM}")
        self._database.commit()
        if form != FORM:
            self._anew(f"written by another version of policykg (its form is {form}), so everything is read anew")

    def _ask(self, question: str) -> object:
        return self._database.execute(question).fetchone()[0]

    def _anew(self, why: str) -> None:
        self.problems.append(Problem(NAME, why))
        with suppress(sqlite3.Error):
            self._database.close()
        self._remove()
        self._open()

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                self.path.with_name(NAME + ending).unlink()

    def _vanish(self) -> None:
        self._remove()
        for path in self._made:
            with suppress(OSError):
                path.rmdir()

    def _sweep(self) -> None:
        """Take away what a build that was killed left half written: nobody else writes here now."""
        for part in self.path.parent.glob(".*.part"):
            with suppress(OSError):
                part.unlink()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as those of the file that it is."""
        try:
            yield
        except sqlite3.Error as error:
            name = _name(error)
            if name in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise CannotRun(f"{self.path.parent}: another build is at work in this folder") from None
            number = next((code for start, code in _ERRNO.items() if name.startswith(start)), errno.EIO)
            raise OSError(number, os.strerror(number) if number != errno.EIO else str(error), str(self.path)) from None


def _tables(database: sqlite3.Connection) -> list[str]:
    return [made for (made,) in database.execute("SELECT sql FROM sqlite_master WHERE type = 'table' ORDER BY name")]


@cache
def _expected() -> list[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        for table in _TABLES:
            database.execute(table)
        return _tables(database)


def decided(folder: Path) -> set[Row] | None:
    """The decisions of a folder that went into its graph; None where others did, or no store tells, or is in use."""
    path = folder / NAME
    if not path.is_file() or _at_work(path):
        return None
    try:
        with _looked_into(path) as database:
            if database.execute("PRAGMA user_version").fetchone() != (FORM,):
                return None
            rows = set(database.execute("SELECT judgement, left, right, value FROM decision"))
            return None if rows == set(_ELSEWHERE) else rows
    except sqlite3.Error:
        return None


def readings(folder: Path) -> Iterator[bytes]:
    """What is kept of each source of a folder, one after the other. A CannotRun where there is no store to be read."""
    path = folder / NAME
    if not path.is_file():
        raise CannotRun(f"{path}: no such file; build the graph anew with: kg build PATH --out {folder}")
    if _at_work(path):
        raise CannotRun(f"{folder}: a build is at work in this folder, or was cut off; let one come to its end")
    try:
        with _looked_into(path) as database:
            for (packed,) in database.execute("SELECT packed FROM reading ORDER BY key"):
                yield packed
    except sqlite3.Error as error:
        raise CannotRun(f"{path}: cannot be read: {error}; build the graph anew") from None


def _at_work(path: Path) -> bool:
    """Whether a build has the store open, or was cut off."""
    return path.with_name(f"{NAME}-wal").exists()


def _looked_into(path: Path) -> closing[sqlite3.Connection]:
    """A store at rest, to be read alone: nothing is locked, and no file comes to lie beside it."""
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True))


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", "")


def _corrupt(why: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(why)
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error
