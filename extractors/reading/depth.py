"""How deep elements stand in one another, told before a parser builds a tree that is too deep or leaves things out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class TooDeep(Exception):
    """More elements inside one another than are allowed."""


class HasDtd(Exception):
    """A document that defines entities of its own, or fetches some."""


class _Depth:
    """What lxml tells of elements as they come; nothing is kept."""

    def __init__(self, most: int, dtd: bool) -> None:
        self.most, self.dtd, self.now = most, dtd, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.now += 1
        if self.now > self.most:
            raise TooDeep

    def end(self, tag: str) -> None:
        self.now -= 1

    def doctype(self, *words: Any) -> None:
        if not self.dtd:
            raise HasDtd

    def close(self) -> None:
        pass


def check_html(page: str, most: int) -> None:
    """TooDeep when elements of a web page stand so deep that the rest of it would be left out."""
    from lxml import etree

    parser = etree.HTMLParser(target=_Depth(most, dtd=True), no_network=True)
    try:
        parser.feed(page)
        parser.close()
    except etree.ParserError:  # no elements at all
        return


def check_xml(data: bytes, most: int) -> None:
    """TooDeep, or HasDtd: entities that stand for entities grow without end, and those of files are not for us."""
    from lxml import etree

    parser = etree.XMLParser(target=_Depth(most, dtd=False), no_network=True, resolve_entities=False, load_dtd=False)
    parser.feed(data)
    parser.close()
