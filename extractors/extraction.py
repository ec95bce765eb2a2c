"""The whole line: from an article to all that it says, one extractor after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractors.dates.find import find_dates
from extractors.figures.attach import read_figures
from extractors.figures.quantities import find_quantities
from extractors.model import (
    Article,
    Extraction,
    Figure,
    Mention,
    Problem,
    Relation,
    Undecided,
    Unresolved,
    longest_first,
)
from extractors.names.coreference import resolve
from extractors.names.events import find_events
from extractors.names.organizations import find_organizations
from extractors.names.people import find_people
from extractors.names.places import find_places
from extractors.names.policies import find_policies
from extractors.names.products import find_products
from extractors.names.programmes import find_programmes
from extractors.names.projects import find_projects
from extractors.ner import Proposer
from extractors.ner.admit import admit
from extractors.relations import relate

Extractor = Callable[[Article], Iterable[Mention]]
Relator = Callable[[Article, Sequence[Mention]], Iterable[Relation]]

# The order settles which of two equally long readings of the same words is kept.
EXTRACTORS: tuple[Extractor, ...] = (
    find_policies,
    find_events,
    find_programmes,
    find_projects,
    find_products,
    find_organizations,
    find_people,
    find_places,
    find_dates,
    find_quantities,
)
RELATIONS: tuple[Relator, ...] = (relate,)


def extract(article: Article, propose: Proposer | None = None) -> Extraction:
    """Read one article: mentions without overlap, relations between them, figures, and what could not be settled.

    `propose` is a statistical reader of names that the rules may take advice from.
    """
    found: list[Mention] = []
    for find in EXTRACTORS:
        found += find(article)
    heard = longest_first(found)
    if propose:
        heard = admit(article, heard, propose(article.text))
    heard = resolve(article, heard)
    problems: list[Problem] = [
        Undecided.of(article, "date" if m.type == "Date" else "name", m.span, m.value.why)
        for m in heard
        if isinstance(m.value, Unresolved)
    ]
    mentions = [m for m in heard if not isinstance(m.value, Unresolved)]
    relations = [r for relator in RELATIONS for r in relator(article, mentions)]
    figures: list[Figure] = []
    for read in read_figures(article, mentions):
        if isinstance(read, Problem):
            problems.append(read)
        else:
            figures.append(read)
            if read.subject is None:
                problems.append(Undecided.of(article, "figure", read.evidence, "nothing says whose it is"))
    return Extraction(article, tuple(mentions), tuple(relations), tuple(figures), tuple(problems))
