"""Where a figure stands, and the candidates for its subject as they are gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.figures.clause import Clause, Measured, Subject, words
from extractors.figures.standing import is_lasting
from extractors.model import Figure, Mention, Span


@dataclass(slots=True)  # not frozen, nor is Place, which would take three times as long to make
class Candidate:
    """A subject that a figure may have, and what speaks for or against it (words of lexicons/figure_subjects.csv)."""

    subject: Subject
    features: set[str]

    @property
    def text(self) -> str:
        return text_of(self.subject)


def text_of(subject: Subject) -> str:
    """The name or phrase; empty for no subject."""
    return subject.name.text if isinstance(subject, Mention) else subject or ""


@dataclass(slots=True)
class Place:
    """Where a figure stands: its sentence and clause, what was read of it, and the figures before it."""

    sentence: Span
    clause: Clause
    measured: Measured
    done: Sequence[Figure]  # of the sentence
    last: Figure | None  # of the paragraph

    @property
    def start(self) -> int:
        return self.clause.left.start

    @property
    def number(self) -> Span:
        return self.clause.quantity.span


def of_a_part(place: Place) -> bool:
    """总投资, 占地面积, 全长: of a thing, and seldom of a country or of who builds it."""
    metric = place.measured.metric
    return metric.partition("占")[0] in words("of_parts")[0] or is_lasting(metric)


class Gathered:
    """Features by candidate: who is named twice has those of both places."""

    def __init__(self) -> None:
        self.subjects: dict[str, Subject] = {}
        self.features: dict[str, set[str]] = {}

    def add(self, subject: Subject, *features: str) -> None:
        if not subject:
            return
        name = subject if isinstance(subject, str) else subject.name.text
        known = self.features.get(name)
        if known is None:
            self.subjects[name], self.features[name] = subject, set(features)
            return
        known.update(features)
        if not isinstance(subject, str) and isinstance(self.subjects[name], str):
            self.subjects[name] = subject
