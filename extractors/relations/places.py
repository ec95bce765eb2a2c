"""Where it is: 位于P的X, X在P举行, A在P举办X, 在P，X开工."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Mention, Name, Relation
from extractors.relations.clauses import LETTERS, PARK, Line, letter
from extractors.relations.context import Context
from extractors.relations.grammar import PARTS, light, pattern
from extractors.relations.nesting import lies
from extractors.relations.verbs import guest_of

_THING = PARTS["Event"] + PARTS["Project"] + PARK
_CHAIN = "⟨Place⟩(?:的?⟨Place⟩)*"
_LIES = pattern(rf"⟨t:located_in⟩[^，。；⟦Place⟧]{{0,6}}({_CHAIN})")
_WHAT_LIES = pattern(r"⟨~6⟩的⟨~30⟩([⟦Event⟧⟦Project⟧⟦Org⟧])")
# 在P…举行; 在京举行
_IN = pattern(rf"[在于][^，。；：⟦Place⟧的]{{0,8}}(?P<place>{_CHAIN}|京(?=[举召开出启发揭闭正隆成]))")
# 在P，X开工; 在P，围绕…领域，已布局X
_SCENE = pattern(
    rf"""(?:^|[，。；：\s])在({_CHAIN})[^，。；的]{{0,6}}，
        (?=(?P<between>(?:[^，。；⟦Any⟧]{{0,30}}，)?⟨~40⟩)([⟦Project⟧⟦Org⟧]))"""
)
_MOVES = pattern("[由从向往将把被⟦Person⟧]|通过|来自")
_SETTLED = ("Academy", "Company", None)  # bodies of one place: 在张江，上海光源…
_LATER = pattern(r"⟨~16⟩——(⟨Project⟩)")
_HELD = pattern(r"[了的]?[^，。；：]{0,24}?([⟦Event⟧⟦Project⟧])")
_VISITED = pattern(r"[^，。；会来]{0,16}?(?:出席|参加|主持召开)了?⟨~10⟩(⟨Event⟩)")
_OTHER_NAMES = pattern("[⟦Org⟧⟦Event⟧⟦Person⟧]")
_ORG = pattern("⟨Org⟩")
_TAKES_PLACE = pattern("⟨m:located_in⟩")


def places(line: Line, context: Context) -> Iterator[Relation]:
    """Where one sentence says that things are or take place."""
    for match in _LIES.finditer(line.mask):
        yield from _lying(line, match)
    for match in _IN.finditer(line.mask):
        yield from _taking_place(line, match, context)
    for match in _SCENE.finditer(line.mask):
        told = line.at[match.start(3)]
        body = told.type == "Organization" and letter(told) != PARK
        if _MOVES.search(match["between"]) or (body and (match["between"] or told.name.kind not in _SETTLED)):
            continue
        later = _LATER.match(line.mask, match.end(3))  # 在钦州，平陆运河枢纽工程——青年枢纽
        for thing in _row(line, later.start(1) if later else match.start(3)):
            span = match.start(1), thing + 1
            yield from lies(line, line.at[thing], _innermost(line, *match.span(1)), span, "在 place, thing")


def _innermost(line: Line, start: int, end: int) -> Mention:
    """The last place of 甘肃陇南康县; 京 is Beijing."""
    found = [line.at[i] for i in range(start, end) if i in line.at]
    if found:
        return found[-1]
    return Mention(line.span(start, end), "Place", Name("北京市", code="110000", anaphor=True), "在京")


def _lying(line: Line, match: re.Match[str]) -> Iterator[Relation]:
    """位于P的X; X位于P, also with a comma between."""
    place = _innermost(line, *match.span(1))
    after = _WHAT_LIES.match(line.mask, match.end())
    if after:
        yield from lies(line, line.at[after.start(1)], place, (match.start(), after.end(1)), "位于 place 的 thing")
        return
    start, _ = line.clause(match.start())
    before = [i for i in range(max(0, start - 1), match.start()) if line.mask[i] in _THING + LETTERS["Organization"]]
    before = before or [i for i in range(match.start()) if line.mask[i] in _THING][-1:]
    for thing in before[:1]:
        yield from lies(line, line.at[thing], place, (thing, match.end()), "thing 位于 place")


def _taking_place(line: Line, match: re.Match[str], context: Context) -> Iterator[Relation]:
    """X在P举行, 在P举行的X, A在P举办X, P在北京出席E."""
    place = _innermost(line, *match.span("place"))
    _, end = line.clause(match.start())
    verb = _TAKES_PLACE.search(line.mask, match.end(), min(end, match.end() + 16))
    gap = line.mask[match.end() : verb.start()] if verb else ""
    if verb and gap.count("的") <= 1 and not _OTHER_NAMES.search(gap):
        yield from _held_there(line, match.start(), verb, place, context)
    elif (visited := _VISITED.match(line.mask, match.end(), end)) and guest_of(line, visited.start(1)) is None:
        span = match.start(), visited.end(1)
        yield from lies(line, line.at[visited.start(1)], place, span, "在 place 出席 event")


def _held_there(line: Line, start: int, verb: re.Match[str], place: Mention, context: Context) -> Iterator[Relation]:
    """What a verb of holding or building puts at a place; 在P举办 alone is about the event before."""
    right = _HELD.match(line.mask, verb.end())
    if right:
        things = _row(line, right.start(1))
        if context.heading is not None and len(things) > 1:
            # 举办E。在P举办A、B等10场活动: the place is that of E
            rule = f"在 place {verb[0]}, of the heading"
            yield from lies(line, context.heading, place, (start, verb.end()), rule)
            return
        for thing in things:
            yield from lies(line, line.at[thing], place, (start, thing + 1), f"在 place {verb[0]} thing")
        return
    left = _before(line, start)
    for thing in left:
        yield from lies(line, line.at[thing], place, (thing, verb.end()), f"thing 在 place {verb[0]}")
    if not left and context.latest is not None and not _ORG.search(line.mask, verb.end(), line.clause(start)[1]):
        rule = f"在 place {verb[0]}, of the event before"
        yield from lies(line, context.latest, place, (start, verb.end()), rule)


def _before(line: Line, start: int) -> list[int]:
    """The things before 在P in the clause, or at the end of the clause before when only adverbials stand between."""
    clause, _ = line.clause(start)
    found = [i for i in range(clause, start) if line.mask[i] in _THING]
    if not found and clause and light(line.mask[clause:start]):
        found = [i for i in range(clause) if line.mask[i] in PARTS["Event"] + LETTERS["Project"]]
    if not found or line.mask[found[-1] + 1] == "的":
        return []
    last = found[-1]
    row = [last]
    while last >= 2 and line.mask[last - 1] in "、和与" and line.mask[last - 2] == line.mask[row[0]]:
        last -= 2
        row.append(last)
    return row


def _row(line: Line, first: int) -> list[int]:
    """A thing and those joined to it."""
    found = [first]
    while first + 2 < len(line) and line.mask[first + 1] in "、和与" and line.mask[first + 2] in _THING:
        first += 2
        found.append(first)
    return found
