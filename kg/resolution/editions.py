"""What comes again and again: the meeting of the year behind a bare name, editions and their series.

中央农村工作会议 in an article of May 2023 is that of December 2022; 第十四届夏季达沃斯论坛 is that of 2023, where
articles of that year name it; and all of them belong to a series, which is a node of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.dates.edtf import begin_end
from extractors.lexicon import lexicon
from kg.model import Entity, Judgement, Label, Reason, fold, make_id
from kg.resolution.blocking import Key
from kg.resolution.candidates import Candidate, Scene, Use, move
from kg.resolution.heads import Reading, settle_by_article
from kg.resolution.judging import reason, weigh
from kg.resolution.names import edition, loose, numbers, series_name

_ENDS = "届次期"
_LONG_SERIES = 6
_DAYS = 5  # before and after an article on an edition


def yearly(named: dict[str, list[Use]]) -> tuple[dict[tuple[str, str], str], list[Judgement]]:
    """Give bare names of what comes every year to the one of the year that an article's date tells; where they went."""
    moved: dict[tuple[str, str], str] = {}
    judgements: list[Judgement] = []
    for word, entry in lexicon("yearly").items():
        first, last = entry.value.split("/")
        for kind in ("Event", "Policy"):
            node = make_id(kind, fold(word), "")
            if node not in named:
                continue

            def assign(
                use: Use, word: str = word, kind: str = kind, first: str = first, last: str = last
            ) -> tuple[str, str, str] | None:
                year = _year(use.scene.issued, first, last)
                if not year or any(len(surface) > len(word) + 2 for surface in use.seen.surfaces):
                    return None  # 福建省政府工作报告
                name = f"{year}年{word}"
                return make_id(kind, fold(name), ""), name, ""

            went = move(named, node, assign)
            moved |= {(node, article): other for article, other in went.items()}
            articles: dict[str, list[str]] = defaultdict(list)
            for article, other in went.items():
                articles[other].append(article)
            for other, some in sorted(articles.items()):
                name = named[other][0].seen.name
                words = f"{len(some)} articles that say {word} were issued when {name} was the last one: {entry.note}"
                why = (Reason("calendar", Decimal("0.90"), words),)
                judgements.append(
                    Judgement(other, node, "edition", Decimal("0.90"), why, name, word, tuple(sorted(some)))
                )
    return moved, judgements


def _year(issued: str, first: str, last: str) -> str:
    """The year of the one that an article of this day means; nothing where the day does not tell."""
    day = issued[5:10]
    if len(issued) < 10 or not issued[:4].isdigit():
        return ""
    if first <= last:
        return issued[:4] if first <= day <= last else ""
    if day >= first:
        return issued[:4]
    return str(int(issued[:4]) - 1) if day <= last else ""


def one_edition(events: Iterable[Candidate]) -> Iterator[Judgement]:
    """Editions of one series that are the same: by number wherever it stands, and by year where articles tell it."""
    series: dict[str, list[Candidate]] = defaultdict(list)
    for event in events:
        if key := series_key(event.name):
            series[key].append(event)
    for key in sorted(series):
        if len(series[key]) > 1:
            yield from _by_number(sorted(series[key], key=lambda c: c.id))
            yield from _by_year(sorted(series[key], key=lambda c: c.id))


def series_key(name: str) -> str | None:
    """What the name of an edition shares with those of all others; nothing for a name without numbers.

    >>> series_key("第七届中国国际进口博览会"), series_key("良渚论坛")
    ('中国国际进口博览会', None)
    """
    key = series_name(name, host=True)
    return key if len(key) >= _LONG_SERIES and key != loose(name) else None


def judge_current(blocks: Mapping[Key, Sequence[Candidate]]) -> Iterator[Judgement]:
    """滨海论坛 in an article of the week in which others name 第三届滨海论坛, and hardly another one."""
    for key in sorted(key for key in blocks if key[0] == "edition"):
        groups: dict[Hashable, list[Candidate]] = defaultdict(list)
        for event in sorted(blocks[key], key=lambda c: (-len(c.scenes), c.id)):
            if loose(event.name) != key[2]:
                groups[_marks(event)[0] or (_marks(event)[1], loose(event.name))].append(event)
        days = {at: sorted(_days_of(some)) for at, some in enumerate(groups.values())}
        readings = [_current(some, at, days) for at, some in enumerate(groups.values())]
        for event in blocks[key]:
            if loose(event.name) == key[2]:
                yield from (j for j in settle_by_article(event, readings) if j.judgement == "same")


def _days_of(edition: Sequence[Candidate]) -> list[int]:
    """The days, by their numbers, of the articles that name an edition in the year it is of."""
    found = []
    for event in edition:
        _, years = _marks(event)
        year = _modal_year(event)
        for scene in event.scenes:
            if len(scene.issued) == 10 and (scene.issued[:4] in years or (not years and scene.issued[:4] == year)):
                found.append(_number(scene.issued))
    return found


def _number(day: str) -> int:
    return begin_end(day)[0].toordinal()


def _current(edition: Sequence[Candidate], number: int, days: Mapping[int, Sequence[int]]) -> Reading:
    """An edition, under whichever of its names, as what a bare name means in the days in which it is named most.

    `days` are sorted.
    """

    def fits(scene: Scene) -> bool:
        if len(scene.issued) != 10:
            return False
        day = _number(scene.issued)
        near = {at: bisect_right(some, day + _DAYS) - bisect_left(some, day - _DAYS) for at, some in days.items()}
        mine = near.pop(number)
        return mine > 0 and all(mine >= 2 * others for others in near.values())

    said = f"were issued within {_DAYS} days of articles that name {edition[0].name}"
    return Reading(edition[0], "its days", fits, feature="series", strict=True, said=said)


def _marks(event: Candidate) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers of editions and years in a name."""
    found = [mark for _, _, mark in numbers(fold(event.name))]
    return frozenset(m for m in found if m[-1] in _ENDS), frozenset(m for m in found if len(m) == 4 and m.isdigit())


def _by_number(events: Sequence[Candidate]) -> Iterator[Judgement]:
    by_number: dict[frozenset[str], list[tuple[Candidate, frozenset[str]]]] = defaultdict(list)
    for event in sorted(events, key=lambda c: (-len(c.scenes), c.id)):
        number, year = _marks(event)
        if number:
            by_number[number].append((event, year))
    for number, some in by_number.items():
        words = f"both are the {'、'.join(sorted(number))} of one series"
        for at, (left, year) in enumerate(some):
            for right, other in some[at + 1 :]:
                if year == other or not year or not other:
                    found = weigh(left, right, [reason("edition", "0.90", words)])
                    if found:
                        yield found


def _by_year(events: Sequence[Candidate]) -> Iterator[Judgement]:
    """第十四届… and 2023年…, where most articles on the one are of 2023, and no other number is."""
    numbered: dict[str, list[Candidate]] = defaultdict(list)
    dated: list[tuple[str, Candidate]] = []
    for event in events:
        number, years = _marks(event)
        if number and not years and (said := _modal_year(event)):
            numbered[said].append(event)
        elif not number and len(years) == 1:
            dated.append((min(years), event))
    for year, event in dated:
        same = numbered.get(year, [])
        if len({_marks(other)[0] for other in same}) == 1:
            left = min(same, key=lambda c: (-len(c.scenes), c.id))
            words = (
                f"most articles that name {left.name} are of {year}, and no other number of the series is of that year"
            )
            found = weigh(left, event, [reason("year", "0.85", words)])
            if found:
                yield found


def _modal_year(event: Candidate) -> str:
    count = Counter(scene.issued[:4] for scene in event.scenes if scene.issued)
    if not count:
        return ""
    year = min(count, key=lambda y: (-count[y], y))
    return year if count[year] * 3 >= len(event.scenes) * 2 else ""


def in_series(entities: Iterable[Entity]) -> tuple[list[Entity], list[Label]]:
    """The entities, each meeting with its series; and the series of all meetings whose names tell an edition."""
    found: dict[str, str] = {}
    labels: dict[str, Label] = {}
    bare: dict[str, list[str]] = defaultdict(list)
    all_of_them = list(entities)
    for event in all_of_them:
        if event.type != "Event":
            continue
        if told := edition(event.name):
            node = found[event.id] = make_id("Series", fold(told[0]))
            label = labels.setdefault(node, Label(node, "Series", told[0]))
            if told[0] < label.name:  # written in two ways: the same one whatever comes first
                labels[node] = replace(label, name=told[0])
        else:
            bare[fold(event.name)].append(event.id)
    for node, label in labels.items():
        found |= dict.fromkeys(bare.get(fold(label.name), ()), node)
    with_series = [replace(e, series=found[e.id]) if e.id in found else e for e in all_of_them]
    return with_series, [labels[node] for node in sorted(labels)]
