"""How much is read of one file, and of how many: more is refused in one line, and does not fill the memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Self

from extractors.model import Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be set with `--limit NAME=N`, by name.

    >>> Limits.of(["pages=20_000"]).pages
    20000
    """

    file: int = 50  # MB of one file
    unpacked: int = 200  # MB that a DOCX unpacks to, all parts together; million characters of a PDF
    pages: int = 5_000  # of a PDF
    nesting: int = 200  # elements inside one another, in HTML and DOCX
    article: int = 1_000_000  # characters of one article; the longest laws and plans have a tenth of it
    articles: int = 10_000  # of one file
    files: int = 1_000_000  # in all the folders that were named

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """From NAME=N, of equal names the last. A ValueError says what cannot be meant."""
        limits, names = cls(), [field.name for field in fields(cls)]
        for word in words:
            name, equals, number = word.partition("=")
            if name not in names or not equals:
                raise ValueError(f"{word}: write NAME=N, where NAME is one of {', '.join(names)}")
            if not (
                number.isascii() and number.replace("_", "").isdigit() and len(number) <= _DIGITS and int(number) > 0
            ):
                raise ValueError(f"{word[:40]}: {number[:20] or 'nothing'} is no number above 0")
            if name == "nesting" and int(number) > DEEPEST:
                raise ValueError(f"{word}: the parser of XML and HTML gives up below {DEEPEST}")
            limits = replace(limits, **{name: int(number)})
        return limits

    def __str__(self) -> str:
        return " ".join(f"{field.name}={getattr(self, field.name)}" for field in fields(self))

    def refuse(self, name: str, where: str, what: str, needed: int | None = None) -> Problem:
        """What was found to be too much where, and how much would be enough for it, if that is known."""
        enough = needed or "N"
        return Problem(
            where, f"{what}: more than {getattr(self, name):,}, the limit; --limit {name}={enough} allows it", lost=True
        )


LIMITS = Limits()
DEEPEST = 250  # libxml2 reads 256 elements inside one another and leaves out what is below
MB = 1 << 20
_DIGITS = 15  # nobody has so much memory
