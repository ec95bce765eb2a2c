"""Short names of articles that no rule resolves, and of which somebody has decided what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.facts import Facts, Seen
from kg.model import Problem
from kg.resolution.decisions import Decision


def with_meanings(everything: Sequence[Facts], decisions: Iterable[Decision]) -> tuple[list[Facts], list[Problem]]:
    """The facts with what was decided of their words: the article names the thing, and the words are decided.

    What an article relates by such words stays unread. Problems are decisions that no longer apply.
    """
    meant: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for decision in sorted(decisions):
        if decision.judgement == "means":
            article, _, words = decision.value.partition(" ")
            meant[article][words].append(decision)
    done: list[Facts] = []
    problems: list[Problem] = []
    for facts in everything:
        known = meant.pop(facts.article.id, None)
        done.append(_with(facts, known, problems) if known else facts)
    left = [d for words in meant.values() for some in words.values() for d in some]
    return done, [*problems, *(_idle(d) for d in left if not d.shipped)]


def _with(facts: Facts, known: dict[str, list[Decision]], problems: list[Problem]) -> Facts:
    names, undecided = list(facts.names), list(facts.undecided)
    for words, some in known.items():
        still = [u for u in undecided if u.kind != "name" or u.quote != words]
        if len({d.right for d in some}) > 1:
            problems += [Problem(d.where, f"means {words}: decided twice, left open") for d in some]
        elif len(still) == len(undecided):
            problems += [_idle(d) for d in some if not d.shipped]
        else:
            first = some[0]
            kind = first.right.partition("/")[0]
            names.append(Seen(first.right, kind, first.right_name, None, first.right_within or None, None, (words,)))
            undecided = still
    return replace(facts, names=names, undecided=undecided)


def _idle(decision: Decision) -> Problem:
    return Problem(decision.where, f"means {decision.value}: no longer applies, nothing is open there")
