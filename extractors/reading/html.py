"""Web pages: the article without menus and advertisements, through trafilatura."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

from extractors.model import Problem
from extractors.patterns import regex
from extractors.reading.depth import TooDeep, check_html
from extractors.reading.limits import LIMITS, Limits
from extractors.reading.metaline import MetaLine, meta_line
from extractors.reading.raw import Raw
from extractors.reading.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
# The elements that Chinese government sites have to carry: PubDate, ContentSource, ArticleTitle.
_META = regex(
    r"""<meta\s{1,9}name=["'](?P<name>PubDate|ContentSource|ArticleTitle)["']\s{1,9}content=["'](?P<said>[^"'<>]{1,200})["']""",
    re.IGNORECASE,
)
_DAY = regex(r"\d{4}-\d\d-\d\d")
_HEAD = 20_000  # characters in which a page's head is looked for
_TITLE = regex(r"<title[^>]{0,100}>([^<]{1,300})</title>", re.IGNORECASE)
_LINES = 400  # short lines of a page among which its own data are looked for
_SHORT = 200  # characters of such a line, at most
_SITE = regex(r"[ ]?[-_|–—][ ]?[^-_|–—]{2,24}$")  # 标题_科技部, 标题 - 新华网


def read_html(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[Raw | None, Problem | None]:
    """Headline, a line break, and the text of a web page; date, publisher and author from its own data."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the network libraries that it imports and that nothing here uses
        import trafilatura

    page, problem = decode(name, _declared(data))
    if page is None:
        return None, problem
    try:
        check_html(page, limits.nesting)
    except TooDeep:
        return None, limits.refuse("nesting", name, "the elements of the web page stand too deep in one another")
    try:
        found: Any = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=True, with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
        )  # fmt: skip
    except (ValueError, AssertionError):
        found = None
    text = (found.text or "") if found else ""
    if not text.strip():
        text = _all_text(page)
    if not text.strip():
        return None, Problem(name, "the web page holds no text", lost=True)
    said = {m["name"].lower(): m["said"].strip() for m in _META.finditer(page[:_HEAD])}
    day = _DAY.match(said.get("pubdate", ""))
    title = _headline(said.get("articletitle") or (found.title if found else None), text)
    lines = [line for line in text.split("\n") if line.strip() != title] if title else [text]
    printed = _printed(page)
    authors = re.split(r"[;；、,， ]+", found.author or "") if found else ()
    return (
        Raw(
            "\n".join(([title] if title else []) + lines),
            wrapped=False,
            titled=bool(title),
            issued=day[0] if day else printed.issued or (found.date if found else None),
            publisher=said.get("contentsource") or printed.publisher or _site(page, title, found and found.sitename),
            reporters=printed.writers or tuple(filter(None, authors)),
        ),
        problem,
    )


def _declared(data: bytes) -> bytes:
    """The page's bytes as UTF-8 when it names another encoding that Python knows."""
    match = _CHARSET.search(data[:4096])
    label = match[1].decode("ascii", "replace").lower() if match else ""
    if label in ("gb2312", "gbk", "gb18030", "big5"):
        try:
            return data.decode("big5" if label == "big5" else "gb18030").encode("utf-8")
        except UnicodeDecodeError:
            return data
    return data


def _headline(title: str | None, text: str) -> str | None:
    if not title:
        return None
    title = " ".join(title.split())
    shorter = _SITE.sub("", title)
    return shorter if len(shorter) >= 6 else title


def _printed(page: str) -> MetaLine:
    """What the line under the headline says, 2024-10-02 来源：… 记者：…, which trafilatura leaves out."""
    issued: str | None = None
    publisher: str | None = None
    writers: tuple[str, ...] = ()
    for line in islice(_short_lines(page), _LINES):
        if meta := meta_line(line):
            issued, publisher = issued or meta.issued, publisher or meta.publisher
            writers = writers or meta.writers
    return MetaLine(issued, publisher, writers)


def _short_lines(page: str) -> Iterator[str]:
    """The words of every element of a page that holds few, with a space between those of its parts."""
    tree = _tree(page)
    for element in tree.iter() if tree is not None else ():
        words = ""
        for part in element.itertext(with_tail=False):
            words += f"{part} "
            if len(words) > _SHORT:
                break
        words = " ".join(words.split())
        if 0 < len(words) < _SHORT:
            yield words


def _site(page: str, title: str | None, sitename: str | None) -> str | None:
    """The site's name: what the page's own data say, or what stands after the headline in <title>."""
    heading = _TITLE.search(page[:_HEAD])
    words = " ".join(unescape(heading[1]).split()) if heading else ""
    if title and words.startswith(title) and (rest := words[len(title) :].strip(" -_|–—")):
        return re.split(r"[-_|–—]", rest)[-1].strip() or None
    return sitename if sitename and (not title or sitename not in title) and sitename not in words[:6] else None


def _all_text(page: str) -> str:
    """Every paragraph of a page in which trafilatura sees no article, as in short notices."""
    tree = _tree(page)
    if tree is None:
        return ""
    blocks = tree.xpath("//p|//h1|//h2|//h3|//li|//td") or [tree]
    return "\n".join(filter(None, (" ".join(b.text_content().split()) for b in blocks)))


# What lxml reads and will not write again: an element that is dropped hands its tail on.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")


def _tree(page: str) -> Any:
    """The page's elements without scripts; None when there are none."""
    from lxml import etree, html

    try:
        tree = html.fromstring(page.translate(_UNWRITABLE))
    except (etree.ParserError, ValueError):
        return None
    for element in tree.xpath("//script|//style|//noscript|//head|//comment()"):
        if element is tree:
            return None
        if element.getparent() is not None:  # a comment may stand beside the root
            element.drop_tree()
    return tree
