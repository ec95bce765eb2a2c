"""(placeholder: to be written)"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Article, Mention


def find_events(article: Article) -> Iterable[Mention]:
    return ()
