"""(placeholder: to be written)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.model import Article, Figure, Mention, Problem


def read_figures(article: Article, mentions: Sequence[Mention]) -> Iterable[Figure | Problem]:
    return ()
