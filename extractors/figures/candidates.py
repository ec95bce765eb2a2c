"""Whom a figure may be told of: every entity and noun phrase within reach, each with what speaks for and against it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractors.figures.clause import COUNTED, FUND, LOAN, Measured, Subject, words
from extractors.figures.context import Context
from extractors.figures.gathering import Candidate, Gathered, Place, of_a_part, text_of
from extractors.figures.heads import holder_in
from extractors.figures.openings import Opening, Openings
from extractors.figures.parts_played import PartsPlayed, kind_of
from extractors.figures.periods import Calendar
from extractors.figures.scoped import scoped
from extractors.figures.told_before import ToldBefore
from extractors.model import Mention, Span
from extractors.patterns import regex

_NATION = "中国"
# 博览会闭幕，|中国代表团|携197项发明参展: who takes part acts for himself
_TEAM = regex("(?:代表团|代表队|参展团|选手|队员|运动员)$")
_NUMBER = regex(r"[0-9]")
_HEADLINE = 60  # characters of the longest
_NEAR = 150  # characters before the sentence in which its paragraph still speaks of the same
_NEAR_TITLE = 400  # characters: farther down a page another matter is told
# the clauses of the sentence whose opening noun phrases are asked, the last first
_BACK = ("opens_here", "opens_before", "opens_earlier")
# a count is told of these more or less often than another figure
_OFTEN = {kind: f"count_{kind}" for kind in ("Place", "Event", "Programme", "Policy")}
# … and 总投资, 全长 are not told of all alike
_OF_PARTS = {kind: f"part_{kind}" for kind in ("counted", "country", "Place", "Organization", "Project", "approves")}


def _is_metric(subject: Subject, measured: Measured) -> bool:
    """新建农田300万亩: not 新建农田 of 新建农田; but 中国软件企业 of 企业, when the words say so themselves."""
    same = isinstance(subject, str) and measured.metric and subject.endswith(measured.metric)
    return bool(same) and (subject == measured.metric or measured.subject is None)


class Setting(NamedTuple):
    """What stands round a sentence, the same for all its figures."""

    earlier: Subject  # what the paragraph has spoken of
    nation: Subject
    home: Subject
    names: Sequence[tuple[str, Sequence[Mention]]]  # the entities before it, by where they stand
    opened: tuple[Opening, ...]  # whom the sentence before opens with


class Candidates:
    """Lists the candidates of one article's figures."""

    def __init__(self, context: Context, calendar: Calendar, title: str | None) -> None:
        self.context, self.calendar, self.text = context, calendar, context.text
        self.title = len(title or "")
        self.roles = PartsPlayed(context)
        self.before = ToldBefore(context)
        self.openings = Openings(context, calendar)
        self.titles = context.within(0, self.title)
        self._settings: dict[tuple[int, int], Setting] = {}  # by sentence
        self._whole: dict[tuple[str, int, int], Subject] = {}  # by phrase, sentence and place

    def of(self, place: Place) -> list[Candidate]:
        """The candidates for the subject of a figure; no subject (None) is one of them."""
        found = Gathered()
        self._of_words(place, found)
        self.before.add(place, found)
        self._of_talk(place, found)
        self._of_entities(place, found)
        self._of_phrases(place, found)
        if _NATION in found.features and any("part_of_nation" in some for some in found.features.values()):
            found.features[_NATION].add("country_of_opening")
        listed = [Candidate(None, {"none"})]
        of_part = of_a_part(place)
        for name, subject in found.subjects.items():
            if not _is_metric(subject, place.measured):
                features = found.features[name]
                self._of_kind(place, subject, features)
                if of_part:
                    self._of_part(place, features)
                elif "Policy" in features and not place.clause.counts:
                    features.add("level_Policy")
                listed.append(Candidate(subject, features))
        return listed

    @staticmethod
    def _of_kind(place: Place, subject: Subject, features: set[str]) -> None:
        """What comes of the kind of a candidate, and of the figure before."""
        if isinstance(subject, str):
            features.add("country" if subject == _NATION else "phrase")
            opens = "opens_here" in features or "opens_before" in features
            if opens and _TEAM.search(subject) and not _NUMBER.search(subject):
                features.add("takes_part")
            if "no_class" in features and place.measured.metric in subject:
                features.add("in_metric")
        before = place.done[-1].subject if place.done else None
        if isinstance(before, str) and "scope_again" not in features:
            name = text_of(subject)
            if before != name and before.startswith(name):
                features.add("scope_of_previous")
        if place.clause.counts and not features.isdisjoint(_OFTEN):
            features.update([with_count for kind, with_count in _OFTEN.items() if kind in features])

    def _of_part(self, place: Place, features: set[str]) -> None:
        """What comes of the kind of a candidate and a figure of a part together."""
        opens = "opens_sentence" in features and ("opens_here" in features or "opens_before" in features)
        points = self.text[place.sentence.start] in "该本此这"  # 该风电项目 has been named before
        if opens and "phrase" in features and not points:
            features.add("part_opens")
        features.update([with_part for kind, with_part in _OF_PARTS.items() if kind in features])

    def own(self, place: Place) -> Subject:
        """The subject that the figure's own words give it: 北京服务业增加值增长6%; or the figure that it carries on."""
        subject = place.measured.subject
        if isinstance(subject, Mention) and self.context.is_adverbial(subject):  # 四川将加快布局，|在成都建设3个集群
            return None
        scoped_to = self._scoped(subject, place)
        if isinstance(scoped_to, str) and subject in words("component")[0]:  # 电站投产后，|机组|年发电量5亿度
            return None
        return scoped_to

    def _of_words(self, place: Place, found: Gathered) -> None:
        """Whom its own words name, and what noun its metric holds."""
        measured = place.measured
        if measured.subject is not None:
            found.add(self._scoped(measured.subject, place))
        elif holder := holder_in(measured.metric):
            found.add(self._scoped(holder, place), "in_metric")

    def _of_talk(self, place: Place, found: Gathered) -> None:
        """What the sentence, the clause before and the paragraph are about."""
        context, sentence = self.context, place.sentence
        found.add(context.topic(sentence, place.start), "topic")
        setting = self._setting(sentence)
        found.add(setting.earlier, "earlier_topic")
        if place.measured.rule == COUNTED:
            found.add(context.told_of(sentence, place.number.start), "told_of")
        found.add(context.nation(place.clause.left), "nation_here")
        found.add(setting.nation, "nation_sentence")
        found.add(setting.home, "at_home")
        holder = context.clause_holder(place.clause.start)
        if not (isinstance(holder, str) and _NUMBER.search(holder)):
            found.add(holder, "clause_before")

    def _of_entities(self, place: Place, found: Gathered) -> None:
        """The entities of the sentence, of those before it in the paragraph, and of the headlines.

        Who is named more than once plays the part of the last time.
        """
        context, sentence, number = self.context, place.sentence, place.number
        seen: set[str] = set()
        here = "in_sentence", context.within(sentence.start, number.start)
        for feature, names in (here, *self._setting(sentence).names):
            for name in reversed(names):
                said = name.name.text
                if said not in seen:
                    found.add(name, feature, *self.roles.of(name))
                    if not seen and feature == "in_sentence":
                        found.add(name, "nearest")
                    seen.add(said)
        for name in context.within(number.end, place.clause.right.end):
            found.add(name, "after", kind_of(name))
        if sentence.start - self.title < _NEAR_TITLE:
            for name in self.titles:
                found.add(name, "title", kind_of(name))

    def _setting(self, sentence: Span) -> Setting:
        known = sentence.start, sentence.end
        if known not in self._settings:
            context = self.context
            self._settings[known] = Setting(
                context.earlier_topic(sentence),
                context.nation(sentence),
                context.home or context.national_at(sentence.start),
                self._names_before(sentence),
                self._opened_before(sentence),
            )
        return self._settings[known]

    def _names_before(self, sentence: Span) -> list[tuple[str, list[Mention]]]:
        above, start = self.context.lines(sentence)
        near = max(start, sentence.start - _NEAR)
        line_above = "headline_above" if self._is_headline(above, start) else "paragraph_above"
        named = [
            ("in_paragraph", self.context.within(near, sentence.start)),
            ("far_in_paragraph", self.context.within(start, near)),
            (line_above, self.context.within(above, start)),
        ]
        return [(feature, names) for feature, names in named if names]

    def _is_headline(self, start: int, end: int) -> bool:
        return end - start < _HEADLINE and not self.text[start:end].rstrip().endswith(
            ("。", "！", "？", "；", "”", "：")
        )

    def _of_phrases(self, place: Place, found: Gathered) -> None:
        """The noun phrases that open the clauses of the sentence, up to that of the number, and the sentence before."""
        sentence, number, openings = place.sentence, place.number, self.openings
        first = openings.first_clause(sentence.start, number.start)
        end = number.start
        for where in _BACK:
            clause = openings.last_clause(sentence.start, end)
            if clause is None:
                break
            for opening in openings.of(clause):
                self._add_opening(place, found, opening, where)
                if first and clause.start == first.start:
                    self._add_opening(place, found, opening, "opens_sentence")
            end = clause.start
        if first and end > first.start:  # the clauses were too many
            for opening in openings.of(first):
                self._add_opening(place, found, opening, "opens_sentence")
        for opening in self._setting(sentence).opened:
            self._add_opening(place, found, opening, "opened_before")
        found.add(openings.pointed(sentence.start, number.start), "pointed")

    def _add_opening(self, place: Place, found: Gathered, opening: Opening, where: str) -> None:
        subject, features = self._scoped(opening.subject, place), [where]
        if isinstance(opening.subject, Mention) and where != "opened_before":
            features.append("opens_with_it")
        if opening.of_nation and where != "opened_before":
            features.append("part_of_nation")
        if not opening.sure:
            features.append("no_class")
        found.add(subject, *features)

    def _opened_before(self, sentence: Span) -> tuple[Opening, ...]:
        """Whom the sentence before in the paragraph opens with."""
        _, start = self.context.lines(sentence)
        at = bisect_left(self.context.sentences, sentence.start, key=lambda s: s.start) - 1
        before = self.context.sentences[at] if at >= 0 else None
        if before is None or before.start < start:
            return ()
        first = self.openings.first_clause(before.start, before.end)
        return self.openings.of(first) if first else ()

    def _scoped(self, subject: Subject, place: Place) -> Subject:
        if not isinstance(subject, str) or subject == "中国" or place.measured.rule in (FUND, LOAN):
            return subject
        known = subject, place.sentence.start, place.start
        if known not in self._whole:
            self._whole[known] = scoped(self.context, subject, place.sentence, place.start)
        return self._whole[known]
