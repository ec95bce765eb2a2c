"""What was made of an article, or of a part of a drawing, kept so that the next build makes only what has changed.

Whoever makes it again of the same makes the same: the key is a digest of all that goes into it, and of the version of
what makes it, and stands before what is kept. What is damaged, or under another's key, is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from kg.packing import Unreadable, compress, decompress

_MOST = 64  # articles on a page
_LONGEST = 100_000  # code points of them


@dataclass(slots=True)
class Kept:
    """Bytes by what they were made of. `found` is what the last build left behind, packed."""

    version: bytes = b""  # of what makes them
    found: Mapping[bytes, bytes] = field(default_factory=dict)
    used: set[bytes] = field(default_factory=set)  # keys of what was asked for
    new: dict[bytes, bytes] = field(default_factory=dict)  # packed

    def of(self, kind: str, seal: bytes, make: Callable[[], bytes]) -> bytes:
        """What is made of that which has this seal; `kind` tells apart what several make of it."""
        key = digest((self.version, kind.encode(), seal))
        self.used.add(key)
        packed = self.new.get(key) or self.found.get(key)
        if packed is not None:
            with suppress(Unreadable):  # damaged on the disk
                plain = decompress(packed)
                if plain.startswith(key):
                    return plain[len(key) :]
        made = make()
        self.new[key] = compress(key + made)
        return made

    def add(self, other: Kept) -> None:
        """Add what another process, a copy of this one, has used and made."""
        self.used |= other.used
        self.new |= other.new

    def changes(self) -> Kept:
        """What `add` asks for, without what both have."""
        return Kept(self.version, {}, self.used, self.new)


def digest(parts: Iterable[bytes]) -> bytes:
    """A seal of some bytes, each of them marked off from the next."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


class Page(NamedTuple):
    """A few articles. What goes into all that is made of them alone is in the seal (kg.seals), where there is one."""

    articles: tuple[str, ...]
    seal: bytes = b""


def pages(articles: Iterable[str], length: Callable[[str], int]) -> Iterator[Page]:
    """Articles in the same order, some sixteen at a time, fewer of great `length`.

    A page ends where an id says so, not after so many: an article more changes one page and not all that follow.
    """
    page: list[str] = []
    long = 0  # code points
    for article in articles:
        page.append(article)
        long += length(article)
        if article.endswith("0") or len(page) == _MOST or long > _LONGEST:
            yield Page(tuple(page))
            page, long = [], 0
    if page:
        yield Page(tuple(page))
