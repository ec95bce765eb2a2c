"""(placeholder: to be written)"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Article, Mention


def resolve(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    return list(mentions)
