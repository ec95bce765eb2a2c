"""(placeholder: to be written) Files into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Article, Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or standard input when `data` is given. `name` is relative to what the user named."""

    name: str
    path: Path | None
    data: bytes | None = None
    issued: str | None = None
    publisher: str | None = None


def read_source(source: Source) -> Iterator[Article | Problem]:
    assert source.path
    text = re.sub(r"(?<=[^\n。])\n+(?=\S)", "", source.path.read_text(encoding="utf-8"))
    yield Article(Article.make_id(None, text, source.issued), source.name, None, text, source.issued, "given")
