"""(placeholder: to be written)"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Article, Mention


def find_people(article: Article) -> Iterable[Mention]:
    return ()
