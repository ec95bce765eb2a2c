"""Which statistical reader of names is asked, as the user says it: none, embedded, hanlp, hanlp:MODEL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.ner import NotReady, Proposer

KINDS: Final = ("none", "embedded", "hanlp")


@dataclass(frozen=True, slots=True)
class Reader:
    """A choice of reader. It is small and can be sent to another process, which loads the model there."""

    kind: str = "none"
    model: str = ""
    threads: int = 1
    batch: int = 8


def chosen(words: str, threads: int = 1, batch: int = 8) -> Reader:
    """The reader that the words name. A NotReady when there is no such reader or its files are not here.

    >>> chosen("none").kind, chosen("embedded").model
    ('none', '')
    """
    kind, colon, model = words.partition(":")
    if kind not in KINDS or (colon and (kind != "hanlp" or not model)):
        raise NotReady(f"--ner {words}: not a reader of names; write none, embedded, hanlp or hanlp:MODEL")
    if kind != "hanlp":
        return Reader(kind)
    from extractors.ner.hanlp_files import DEFAULT_MODEL, find_model

    find_model(model or DEFAULT_MODEL)
    return Reader(kind, model or DEFAULT_MODEL, threads, batch)


@cache
def proposer(reader: Reader) -> Proposer | None:
    """The function that proposes names, loaded once in each process; None when only rules are asked."""
    if reader.kind == "none":
        return None
    if reader.kind == "embedded":
        from extractors.ner.embedded import propose

        return propose
    from extractors.ner.multitask import load

    return load(reader.model, reader.threads, reader.batch)
