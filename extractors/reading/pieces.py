"""What splitting works with: pieces of an issue, the headline lines between them, and the issue as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.patterns import regex
from extractors.reading.paragraphs import Paragraph

LABEL = 6  # characters, at most, of a section's name, which is no headline: 产业研究
_DOCUMENT = regex(r"关于.{2,80}的?(?:通知|意见|决定|办法|方案|公告|通告|函|批复|规定|报告|公报|命令|指导意见)$")
_NOT_WORDS = regex(r"[\s“”‘’《》〈〉（）()【】「」『』，。、：；！？—…·/／-]+")


def squash(words: str) -> str:
    """Words without the marks and spaces between them."""
    return _NOT_WORDS.sub("", words)


def joined(lines: Iterable[Paragraph]) -> str:
    return "".join(p.words for p in lines)


@dataclass(slots=True, eq=False)
class Piece:
    """One article found in an issue."""

    heads: list[Paragraph] = field(default_factory=list)  # the headline's lines
    kickers: list[Paragraph] = field(default_factory=list)  # lines over or under it that say more
    body: list[Paragraph] = field(default_factory=list)
    writers: tuple[str, ...] = ()
    publisher: str | None = None
    announced: str | None = None  # the publisher that the line over it names, if its dateline names none
    issued: str | None = None
    closed: bool = False
    caption: bool = False
    dated: bool = False  # starts with a dateline
    jumps: bool = False  # goes on elsewhere on the page: （下转第二版）
    over: Run | None = None  # the headline lines right before it
    titled: bool = False  # they are its own, not the last article's

    @property
    def title(self) -> str | None:
        return self.joint.join(h.words for h in self.heads) or None

    @property
    def joint(self) -> str:
        """Between the headline's lines: a space, but not inside the title of a document: 关于印发…规划\\n的通知."""
        return "" if _DOCUMENT.search(joined(self.heads)) and not _DOCUMENT.search(self.heads[0].words) else " "

    def sign(self, p: Paragraph) -> None:
        """Take over what a paragraph says about who wrote and published it."""
        self.writers = tuple(dict.fromkeys(self.writers + p.writers))
        self.publisher = self.publisher or p.publisher


@dataclass(slots=True, eq=False)
class Run:
    """Headline lines that stand together, between the pieces `before` and `after`."""

    lines: list[Paragraph]
    before: Piece | None
    after: Piece | None = None


@dataclass(slots=True, eq=False)
class Issue:
    """What a text was split into. `loose` headlines belong to no article of it."""

    pieces: list[Piece]
    loose: list[Paragraph]
    issued: str | None
    publisher: str | None
