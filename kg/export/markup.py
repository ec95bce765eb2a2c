"""Words as XML writes them: nothing in a name can end an attribute or an element, and a reader gets back what was said.

A tree of elements that is made only to be written takes three times as long.
"""

from __future__ import annotations

from kg.model import clean_quote


def in_attribute(words: str) -> str:
    """Words for an attribute between double quotes.

    >>> in_attribute('甲<乙 & "丙"')
    '甲&lt;乙 &amp; &quot;丙&quot;'
    """
    if words.isalnum():  # most are
        return words
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if words.isprintable():
        return words
    # A reader makes a space of a bare one; what XML cannot hold at all is marked.
    return clean_quote(words).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def in_element(words: str) -> str:
    """Words between tags.

    >>> in_element('甲<乙 & "丙"')
    '甲&lt;乙 &amp; "丙"'
    """
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words if words.isprintable() else clean_quote(words).replace("\r", "&#13;")
