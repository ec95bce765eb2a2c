"""Articles that say again what another one said: a wire story in three papers is one voice.

Sketches that agree in a band are compared; a band is a key like those of names, so that articles can be grouped by it
wherever they lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from extractors.dates.edtf import begin_end
from kg.facts import Facts
from kg.resolution.judging import Components
from kg.sketch import SIZE, alike

ALIKE = 0.7  # of the clauses are the same
WITHIN = 10  # days: the same ceremony is told in the same words every year
_ROWS = 4  # numbers in a band: two articles with 0.7 of their clauses in common meet nine times in ten
UNDATED = "9"  # after all that are dated
_MANY = 40  # articles in a band: more are compared with the first of them alone


def bands(facts: Facts) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The keys of an article."""
    for at in range(0, SIZE if facts.sketch else 0, _ROWS):
        yield at, facts.sketch[at : at + _ROWS]


def reprints(everything: Sequence[Facts]) -> Mapping[str, str]:
    """By article: the earliest of all that say much the same, where it is not that itself."""
    sketched = [facts for facts in everything if facts.sketch]
    openings = zip(*[facts.sketch[::_ROWS] for facts in sketched], strict=True)
    grouped: dict[tuple[int, tuple[int, ...]], list[Facts]] = {}
    for at, numbers in zip(range(0, SIZE, _ROWS), openings, strict=False):
        # Nearly every band is of one article. So is the first number of most bands, and no band is cut for those.
        shared = {number for number, times in Counter(numbers).items() if times > 1}
        first: dict[tuple[int, ...], Facts] = {}
        for facts, number in zip(sketched, numbers, strict=True):
            if number in shared:
                band = facts.sketch[at : at + _ROWS]
                if (known := first.setdefault(band, facts)) is not facts:
                    grouped.setdefault((at, band), [known]).append(facts)
    found: set[tuple[str, str]] = set()
    for some in grouped.values():
        found |= much_the_same({facts.article.id: facts.sketch for facts in some}, found)
    issued = {facts.article.id: facts.article.issued or UNDATED for some in grouped.values() for facts in some}
    return earliest(found, issued)


def much_the_same(
    sketches: Mapping[str, tuple[int, ...]], known: Container[tuple[str, str]] = ()
) -> set[tuple[str, str]]:
    """Of the articles of one band those pairs that say much the same, but for those that are known to."""
    nodes = sorted(sketches)
    every = _pairs(nodes) if len(nodes) <= _MANY else ((nodes[0], other) for other in nodes[1:])
    found = (pair for pair in every if pair not in known)
    return {pair for pair in found if alike(sketches[pair[0]], sketches[pair[1]]) >= ALIKE}


def earliest(pairs: Iterable[tuple[str, str]], issued: Mapping[str, str]) -> dict[str, str]:
    """By article the first of all that are connected by pairs, where it is another."""
    same = Components()
    for one, other in sorted(pairs):
        if days_between(issued[one], issued[other]) <= WITHIN:
            same.join(one, other)
    found: dict[str, str] = {}
    for group in same.groups():
        first = min(group, key=lambda node: (issued[node], node))
        found |= {node: first for node in group if node != first}
    return found


def days_between(one: str, other: str) -> int:
    """Days between two EDTF dates; none where one is not known."""
    if UNDATED in (one, other) or one == other:
        return 0
    return abs((begin_end(one)[0] - begin_end(other)[0]).days)


def _pairs(nodes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(nodes):
        for other in nodes[at + 1 :]:
            yield one, other
