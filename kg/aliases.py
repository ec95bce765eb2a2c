"""Names that the lexicons know for a thing, whether or not an article used them: 工信部 is 工业和信息化部."""

from __future__ import annotations

from extractors.lexicon import lexicon

# The lexicons whose lines are a name and the full name of the same thing.
NAMES = (
    "ministries", "party_bodies", "local_bodies", "academies", "universities", "associations", "companies", "media",
    "parks", "international", "provinces", "cities", "counties", "countries", "foreign_cities", "places", "laws",
    "documents", "programmes", "projects", "events", "products",
)  # fmt: skip


def full_names(words: str) -> list[str]:
    """Full names of what is known by these words.

    >>> full_names("工信部"), full_names("谁也不是")
    (['工业和信息化部'], [])
    """
    known = (lexicon(name).get(words.strip()) for name in NAMES)
    return list(dict.fromkeys(entry.value for entry in known if entry and entry.value != entry.word))
