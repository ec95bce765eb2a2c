"""A reader that gets ready while the build is still finding out what there is to read.

The first article costs a process half a second: that of loading rules and lexicons. Where a store has most of the
sources, this takes longer than all the rest of reading, so it is begun before anything else.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from extractors.ner.readers import Reader
from extractors.reading import Source
from kg.beside import Coming, beside, possible
from kg.readings import Reading, make_ready, read_to_send
from kg.store import NAME

# More is sooner read by as many processes as the user allows; and what this one has read is kept when it has all of it.
FEW = 8  # sources
LITTLE = 1 << 20  # bytes of them


class Ahead:
    """The reader, in a process of its own; if that is killed, what it was asked for is read here."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._asked: tuple[Sequence[Source], str] | None = None
        self._ear, self._mouth = multiprocessing.Pipe(duplex=False)
        self.coming: Coming[list[Reading]] | None = None

    def ask(self, sources: Sequence[Source], version: str) -> Coming[list[Reading]] | None:
        """The readings of these sources, by this version of the rules; None where they are not for this reader."""
        little = 0 < len(sources) <= FEW and sum(map(_size, sources)) <= LITTLE
        self._asked = sources if little else (), version
        self._ear.close()  # or who waits for a killed reader to listen waits for ever
        with suppress(OSError):
            self._mouth.send(self._asked)  # nothing, too: then it ends
        return self.coming if little else None

    def work(self) -> list[Reading]:
        """Get ready, wait, read."""
        make_ready()
        sources, version = self._asked or self._ear.recv()
        return [read_to_send(source, self._reader, version) for source in sources]


@contextmanager
def ahead(folder: Path, reader: Reader) -> Iterator[Ahead | None]:
    """Such a reader, where the store of a folder may have most of what there is."""
    if reader.kind == "hanlp" or not (folder / NAME).is_file() or not possible():
        yield None
        return
    found = Ahead(reader)
    with beside(found.work) as found.coming:
        yield found


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size if source.data is None and source.path else LITTLE + 1
    except OSError:
        return 0  # nothing to be read there
