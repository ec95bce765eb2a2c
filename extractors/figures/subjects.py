"""Whose a figure is: whom its own words name, else the candidate for whom most speaks (figure_subjects.csv)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat

from extractors.figures.candidates import Candidates
from extractors.figures.clause import CARRIED, Subject
from extractors.figures.gathering import Candidate, Place
from extractors.lexicon import lexicon


@cache
def weights() -> dict[str, int]:
    """Feature → what it counts; a feature without a line counts nothing."""
    return {feature: int(entry.value) for feature, entry in lexicon("figure_subjects").items()}


def weight(candidate: Candidate) -> int:
    """All that speaks for a candidate, less what speaks against it."""
    return sum(map(weights().get, candidate.features, repeat(0)))


def best(candidates: Sequence[Candidate]) -> Candidate:
    """The heaviest; of two that weigh the same, the one listed first."""
    return max(candidates, key=weight)


def why(candidate: Candidate) -> str:
    """What speaks for a candidate most, in words."""
    known, strongest, most = weights(), "", 0
    for feature in candidate.features:
        counts = known.get(feature, 0)
        if counts > most or (counts == most > 0 and feature < strongest):
            strongest, most = feature, counts
    return lexicon("figure_subjects")[strongest].note if most > 0 else "nothing better within reach"


def subject_of(candidates: Candidates, place: Place) -> tuple[Subject, str]:
    """The subject of a figure and why it is that."""
    if own := candidates.own(place):
        return own, "has the figure before" if place.measured.rule == CARRIED else "stands in its own words"
    chosen = best(candidates.of(place))
    return chosen.subject, why(chosen)
