"""The names in the lexicons that a tokeniser must not cut: what HanLP's `dict_combine` is fed with."""

from __future__ import annotations

from functools import cache

from extractors.lexicon import lexicon

BODIES = ("ministries", "party_bodies", "academies", "universities", "associations", "media", "international", "parks")
PLACES = ("provinces", "cities", "counties")
# 小米, 大众 and 平安 are companies and words: only from three characters on does a name stand for itself.
SHORTEST = 3


@cache
def names() -> tuple[str, ...]:
    """Full and short names of bodies, companies and places, sorted: the same in every process.

    >>> "国家发展和改革委员会" in names(), "平安" in names()
    (True, False)
    """
    entries = (entry for file in (*BODIES, *PLACES, "companies") for entry in lexicon(file).values())
    words = {word for entry in entries for word in (entry.word, entry.value) if len(word) >= SHORTEST}
    return tuple(sorted(words))
