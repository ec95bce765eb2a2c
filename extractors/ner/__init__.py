"""Statistical readers of names. They propose; the rules and lexicons decide what is admitted (admit.py).

A proposer is any function from an article's text to proposals: the embedded model (a character BiLSTM-CRF trained with
HanLP, decoded with numpy), a HanLP multi-task model (the extra `hanlp`), or one of your own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.model import Problem


@dataclass(frozen=True, slots=True)
class Proposal:
    """Characters start..end of an article's text may be a name of this entity type (file name in schema/entities)."""

    start: int
    end: int
    type: str
    score: float  # 0 to 1: how sure the model is of all the labels of the span


Proposer = Callable[[str], Sequence[Proposal]]


class NotReady(Exception):
    """A reader of names cannot be used here; the message is one line, `problems` are the files that are missing."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
