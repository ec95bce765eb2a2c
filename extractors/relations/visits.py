"""Where things lie by who goes there: 赴P出席E, 在P会见某人，共同举行E, 在P，某人来到甲实验室."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Relation
from extractors.relations.clauses import LETTERS, Line
from extractors.relations.grammar import PARTS, pattern
from extractors.relations.nesting import ROUTE, lies
from extractors.relations.sites import CHAIN, innermost
from extractors.relations.verbs import guest_of

# 赴万象出席E, 抵达P，出席E
_GOES = pattern(
    rf"""(?:赴|前往|抵达|来到|飞抵)(?P<places>{CHAIN})市?(?:，|并|，并|后，)?(?:应邀|率团)?
        (?:出席|参加|主持召开|主持)了?⟨~6⟩(?P<event>⟨Event⟩)(?!的)""",
    only="[赴往达到抵]⟨Place⟩",
)
# 在布鲁塞尔会见P，共同举行E
_WITH_GUEST = pattern(
    rf"""在({CHAIN})(?:会见|同|与)[^，。；⟦Event⟧]{{1,30}}，(?:随后)?[并还]?共同(?:主持|举行|出席)(?:召开)?了?(⟨Event⟩)(?!的)""",
    only="⟨Place⟩(?:会见|[同与])",
)
_CALLS = "(?:考察|调研|参观|走访|察看|来到|前往|走进)了?"
# 在宁波，P来到甲博物馆、乙实验室; P在宁波考察了甲开发区
_CALLS_AT = pattern(
    rf"""(?: (?:^|[，。；])在(?P<there>{CHAIN})，⟨Person⟩[^，。；⟦Any⟧]{{0,10}}?
        | ⟨Person⟩[^，。；⟦Any⟧]{{0,4}}⟨Date⟩?(?:在|到|赴)(?P<where>{CHAIN})(?:先后|分别|实地|专程)? ){_CALLS}
        (?P<first>[⟦Org⟧⟦Project⟧])(?=[，。；、和与]|调研|考察)""",
    only="[察研观访看到往进]了?[⟦Org⟧⟦Project⟧]",
)


def visits(line: Line) -> Iterator[Relation]:
    """Places of events and bodies that one sentence says somebody went to."""
    for match in _GOES.finditer(line.mask) if LETTERS["Event"] in line.signs else ():
        event = match.start("event")
        if guest_of(line, event) is None:
            place = innermost(line, *match.span("places"))
            yield from lies(line, line.at[event], place, match.span(), "赴 place 出席 event")
    if LETTERS["Person"] not in line.signs:
        return
    for match in _WITH_GUEST.finditer(line.mask) if "共同" in line.mask else ():
        place = innermost(line, *match.span(1))
        yield from lies(line, line.at[match.start(2)], place, match.span(), "在 place 会见 person，共同主持 event")
    for match in _CALLS_AT.finditer(line.mask):
        yield from _called_at(line, match)


def _called_at(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """The institutes, parks and works that somebody visits in a town; a company may have its seat elsewhere."""
    place = innermost(line, *match.span("there" if match["there"] else "where"))
    first = match.start("first")
    for i in line.row(first, PARTS["Org"] + LETTERS["Project"]):
        thing = line.at[i]
        works = thing.type == "Project" and ROUTE.search(thing.name.text) is None
        if works or thing.name.kind in ("Academy", "Park"):
            yield from lies(line, thing, place, (match.start(), i + 1), "在 place，person 来到 thing")
