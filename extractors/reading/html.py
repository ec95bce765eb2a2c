"""Web pages: the article without menus and advertisements, through trafilatura."""

from __future__ import annotations

import re
from typing import Any

from extractors.model import Problem
from extractors.reading.raw import Raw
from extractors.reading.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
# The elements that Chinese government sites have to carry: PubDate, ContentSource, ArticleTitle.
_META = re.compile(
    r"""<meta\s{1,9}name=["'](?P<name>PubDate|ContentSource|ArticleTitle)["']\s{1,9}content=["'](?P<said>[^"'<>]{1,200})["']""",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD = 20_000  # characters in which a page's head is looked for
_SITE = re.compile(r"[ ]?[-_|–—][ ]?[^-_|–—]{2,24}$")  # 标题_科技部, 标题 - 新华网


def read_html(name: str, data: bytes) -> tuple[Raw | None, Problem | None]:
    """Headline, a line break, and the text of a web page; date, publisher and author from its own data."""
    import trafilatura

    page, problem = decode(name, _declared(data))
    if page is None:
        return None, problem
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
    return (
        Raw(
            "\n".join(([title] if title else []) + lines),
            wrapped=False,
            titled=bool(title),
            issued=day[0] if day else found.date if found else None,
            publisher=said.get("contentsource") or (found.sitename if found else None),
            reporters=tuple(filter(None, re.split(r"[;；、,， ]+", found.author or ""))) if found else (),
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


def _all_text(page: str) -> str:
    """Every paragraph of a page in which trafilatura sees no article, as in short notices."""
    from lxml import etree, html

    try:
        tree = html.fromstring(page)
    except (etree.ParserError, ValueError):
        return ""
    for element in tree.xpath("//script|//style|//noscript|//head"):
        element.drop_tree()
    blocks = tree.xpath("//p|//h1|//h2|//h3|//li|//td") or [tree]
    return "\n".join(filter(None, (" ".join(b.text_content().split()) for b in blocks)))
