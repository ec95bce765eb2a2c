"""(placeholder: to be written)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.model import Article, Mention, Relation


def relate(article: Article, mentions: Sequence[Mention]) -> Iterable[Relation]:
    return ()
