"""One source into its articles: bytes, text, repair, split, and the article's own data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.model import Article, Problem, Span
from extractors.reading import markdown, masthead
from extractors.reading.docx import read_docx
from extractors.reading.draft import Draft
from extractors.reading.html import read_html
from extractors.reading.limits import MB, Limits
from extractors.reading.paragraphs import Paragraph, paragraphs
from extractors.reading.pdf import read_pdf
from extractors.reading.pieces import LABEL, Issue, Piece
from extractors.reading.raw import Raw
from extractors.reading.repair import repair
from extractors.reading.sources import Source
from extractors.reading.split import split
from extractors.reading.text import decode

_TITLE = 40  # characters of a title that a Problem quotes
_SHOWN = 12  # headlines without an article that a Problem quotes


def _read_text(name: str, data: bytes, limits: Limits) -> tuple[Raw | None, Problem | None]:
    text, problem = decode(name, data)
    return (Raw(text) if text is not None else None), problem


def _read_markdown(name: str, data: bytes, limits: Limits) -> tuple[Raw | None, Problem | None]:
    text, problem = decode(name, data)
    return (Raw(text, markup=True) if text is not None else None), problem


_READERS: dict[str, Callable[[str, bytes, Limits], tuple[Raw | None, Problem | None]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}


def read_source(source: Source) -> Iterator[Article | Problem]:
    """The articles of a source in text order, and a Problem for everything in it that could not be read."""
    raw, problem = _load(source)
    if problem is not None:
        yield problem
    if raw is None:
        return
    count = 0
    limits = source.limits
    told: set[Problem] = set()
    for found in _articles(source, raw):
        if isinstance(found, Article):
            count += 1
            if count > limits.articles:
                yield limits.refuse("articles", source.name, "the articles from here on are not read")
                return
            if len(found.text) > limits.article:
                yield _too_long(limits, source, count, found)
                continue
        elif found in told:
            continue  # every section of a file prints the same date
        else:
            told.add(found)
        yield found
    if not count and problem is None:
        yield Problem(source.name, "no article found in the text", lost=True)


def _too_long(limits: Limits, source: Source, number: int, article: Article) -> Problem:
    title = (article.title or "")[:_TITLE]
    what = f"{f'《{title}》 ' if title else ''}has {len(article.text):,} characters"
    return limits.refuse("article", f"{source.name}: article {number}", what, len(article.text))


def raw_text(source: Source) -> str | Problem:
    """The text that raw offsets count in: a text file decoded, or what the format's library gave."""
    raw, problem = _load(source)
    return raw.text if raw is not None else problem or Problem(source.name, "holds no text", lost=True)


def bytes_of(source: Source) -> bytes | None:
    """What stands in a source, to be kept in hand; None where it cannot be read or is larger than the limit."""
    if source.data is not None or source.path is None:
        return source.data
    try:
        return source.path.read_bytes() if source.path.stat().st_size <= source.limits.file * MB else None
    except OSError:
        return None


def _load(source: Source) -> tuple[Raw | None, Problem | None]:
    limit = source.limits.file * MB
    try:
        if source.data is None and source.path is not None:
            size = source.path.stat().st_size
            data = source.path.read_bytes() if size <= limit else b""
        else:
            data = source.data or b""
            size = len(data)
    except OSError as error:
        return None, Problem(source.name, f"cannot be read: {error.strerror}", lost=True)
    if size > limit:
        whole = -(-size // MB) if source.path else None  # of standard input no more is read than shows it
        what = f"the file has {whole:,} MB" if whole else "the input has too many MB"
        return None, source.limits.refuse("file", source.name, what, whole)
    if not data:
        return None, Problem(source.name, "the file is empty", lost=True)
    suffix = source.path.suffix.lower() if source.path is not None else ".txt"
    return _READERS.get(suffix, _read_text)(source.name, data, source.limits)


def _articles(source: Source, raw: Raw) -> Iterator[Article | Problem]:
    if raw.markup:
        yield from _markdown_articles(source, raw)
        return
    whole = Draft.of(raw.text)
    if raw.titled:
        end = raw.text.find("\n") if "\n" in raw.text else len(raw.text)
        title, body = Span(0, end), Span(min(end + 1, len(raw.text)), len(raw.text))
        yield from _Section(source, raw).articles(whole.select([title], [""]), whole.select([body], [""]))
    else:
        yield from _Section(source, raw).articles(None, whole)


def _markdown_articles(source: Source, raw: Raw) -> Iterator[Article | Problem]:
    """Each heading with text under it is an article; a broadcast's heading dates all of them."""
    whole, said = Draft.of(raw.text), markdown.front_matter(raw.text)
    printed = dated[0] if (dated := masthead.date_line(said.get("date", "")[:10])) else None
    publisher = said.get("source") or said.get("publisher")
    for section in markdown.sections(raw.text, said.get("", "")):
        title = section.title.of(raw.text) if section.title else ""
        if (masthead.is_programme(title) or section.level == 1) and (dated := masthead.date_line(title)):
            printed = dated[0]
        body = whole.select([section.body], [""])
        wrapped = "</p>" not in body.text
        reader = _Section(source, Raw(raw.text, wrapped=wrapped, issued=printed, publisher=publisher), markup=True)
        yield from reader.articles(whole.select([section.title], [""]) if section.title else None, body)


@dataclass(slots=True)
class _Section:
    """A stretch of a file that is repaired and split by itself."""

    source: Source
    raw: Raw
    markup: bool = False

    def articles(self, title: Draft | None, body: Draft) -> Iterator[Article | Problem]:
        repaired = repair(markdown.drop_markup(body) if self.markup else body, wrapped=self.raw.wrapped)
        heading = repair(title, wrapped=False).draft if title is not None else None
        issue = split(
            paragraphs(repaired.draft.text), title=heading.text if heading else None, wrapped=self.raw.wrapped
        )
        dated = (masthead.date_line(header) for header in repaired.headers)
        issue.issued = issue.issued or next((d[0] for d in dated if d), None)
        printed, given = issue.issued or self.raw.issued, self.source.issued
        if printed and given and not printed.startswith(given) and not given.startswith(printed):
            yield Problem(self.source.name, f"the file prints the date {printed}, but {given} was given, which is used")
        names = ("drop_markup", *repaired.repairs) if self.markup else repaired.repairs
        years = {masthead.infer_year(p.title, p.body[0].words) for p in issue.pieces} - {None}
        year = years.pop() if len(years) == 1 else None  # what dates one article of a page dates the page
        for n, piece in enumerate(issue.pieces):
            own = heading if n == 0 and not piece.heads else None
            yield self._article(piece, issue, repaired.draft, own, names, year)
        if any(len(p.words) > LABEL for p in issue.loose):
            shown = " / ".join(p.words for p in issue.loose[:_SHOWN])
            more = f" / and {len(issue.loose) - _SHOWN} more" if len(issue.loose) > _SHOWN else ""
            yield Problem(self.source.name, f"headlines that belong to no article of the file: {shown}{more}")

    def _article(
        self,
        piece: Piece,
        issue: Issue,
        draft: Draft,
        heading: Draft | None,
        repairs: tuple[str, ...],
        year: str | None,
    ) -> Article:
        lines: list[Paragraph] = [*piece.heads, *piece.kickers, *piece.body]
        joints = [piece.joint if 0 < i < len(piece.heads) else "\n" for i in range(len(lines))]
        text = draft.select([p.span for p in lines], joints)
        title = piece.title
        if heading is not None and heading.text.strip():
            title, text = heading.text.strip(), heading.followed_by("\n", text)
        issued, basis = masthead.settle_issued(
            self.source.issued,
            piece.issued or issue.issued or self.raw.issued,
            masthead.infer_year(title, piece.body[0].words) or year,
        )
        return Article(
            Article.make_id(title, text.text, issued),
            self.source.name,
            title,
            text.text,
            issued,
            basis,
            piece.publisher or piece.announced or issue.publisher or self.source.publisher or self.raw.publisher,
            piece.writers or self.raw.reporters,
            repairs,
            text.offsets(),
        )
