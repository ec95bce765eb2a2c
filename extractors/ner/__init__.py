"""Statistical readers of names. They propose; the rules and lexicons decide what is admitted (admit.py).

A proposer is any function from an article's text to proposals: the embedded model (a character BiLSTM-CRF trained with
HanLP, decoded with numpy), a HanLP multi-task model (the extra `hanlp`), or one of your own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Characters start..end of an article's text may be a name of this entity type (file name in schema/entities)."""

    start: int
    end: int
    type: str
    score: float  # 0 to 1: how sure the model is of all the labels of the span


Proposer = Callable[[str], Sequence[Proposal]]
