"""Whom a figure may be told of: every entity and noun phrase within reach, each with what speaks for and against it."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.figures.clause import COUNTED, FUND, LOAN, Measured, Subject, is_count, words
from extractors.figures.context import Context
from extractors.figures.gathering import Candidate, Gathered, Place, of_a_part, text_of
from extractors.figures.heads import holder_in
from extractors.figures.openings import Opening, Openings
from extractors.figures.parts_played import PartsPlayed, kind_of
from extractors.figures.periods import Calendar
from extractors.figures.scoped import scoped
from extractors.figures.told_before import ToldBefore
from extractors.model import Mention, Span

_NATION = "中国"
# 博览会闭幕，|中国代表团|携197项发明参展: who takes part acts for himself
_TEAM = re.compile("(?:代表团|代表队|参展团|选手|队员|运动员)$")
_NUMBER = re.compile(r"[0-9]")
_HEADLINE = 60  # characters of the longest
_NEAR = 150  # characters before the sentence in which its paragraph still speaks of the same
_NEAR_TITLE = 400  # characters: farther down a page another matter is told
_CLAUSES_BACK = 3  # clauses of the sentence whose opening noun phrases are asked
_OFTEN = ("Place", "Event", "Programme", "Policy")  # a count is told of these more or less often than another figure

# … and 总投资, 全长 are not told of all alike
_OF_PARTS = ("counted", "country", "Place", "Organization", "Project", "approves")


def _is_metric(subject: Subject, measured: Measured) -> bool:
    """新建农田300万亩: not 新建农田 of 新建农田; but 中国软件企业 of 企业, when the words say so themselves."""
    same = isinstance(subject, str) and measured.metric and subject.endswith(measured.metric)
    return bool(same) and (subject == measured.metric or measured.subject is None)


class Candidates:
    """Lists the candidates of one article's figures."""

    def __init__(self, context: Context, calendar: Calendar, title: str | None) -> None:
        self.context, self.calendar, self.text = context, calendar, context.text
        self.title = len(title or "")
        self.roles = PartsPlayed(context)
        self.before = ToldBefore(context)
        self.openings = Openings(context, calendar)
        self._earlier: dict[Span, Subject] = {}

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
        listed = [Candidate(None, frozenset(["none"]))]
        for name, subject in found.subjects.items():
            if not _is_metric(subject, place.measured):
                listed.append(self._candidate(place, subject, found.features[name]))
        return listed

    def _candidate(self, place: Place, subject: Subject, features: set[str]) -> Candidate:
        """With what comes of its kind and the figure's together."""
        if isinstance(subject, str):
            features.add("country" if subject == _NATION else "phrase")
            if _TEAM.search(subject) and not _NUMBER.search(subject) and features & {"opens_here", "opens_before"}:
                features.add("takes_part")
            if "no_class" in features and place.measured.metric in subject:
                features.add("in_metric")
        before = place.done[-1].subject if place.done else None
        name = text_of(subject)
        if isinstance(before, str) and before != name and before.startswith(name) and "scope_again" not in features:
            features.add("scope_of_previous")
        of_part = of_a_part(place)
        if is_count(place.clause.amount):
            features |= {f"count_{kind}" for kind in _OFTEN if kind in features}
        elif "Policy" in features and not of_part:
            features.add("level_Policy")
        if of_part:
            opens = {"phrase", "opens_sentence"} <= features and features & {"opens_here", "opens_before"}
            if opens and self.text[place.sentence.start] not in "该本此这":  # 该风电项目 has been named before
                features.add("part_opens")
            features |= {f"part_{kind}" for kind in _OF_PARTS if kind in features}
        return Candidate(subject, frozenset(features))

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
        if sentence not in self._earlier:
            self._earlier[sentence] = context.earlier_topic(sentence)
        found.add(self._earlier[sentence], "earlier_topic")
        if place.measured.rule == COUNTED:
            found.add(context.told_of(sentence, place.number.start), "told_of")
        found.add(context.nation(place.clause.left), "nation_here")
        found.add(context.nation(place.sentence), "nation_sentence")
        found.add(context.home or context.national_at(sentence.start), "at_home")
        holder = context.clause_holder(place.clause.start)
        if not (isinstance(holder, str) and _NUMBER.search(holder)):
            found.add(holder, "clause_before")

    def _of_entities(self, place: Place, found: Gathered) -> None:
        """The entities of the sentence, of those before it in the paragraph, and of the headlines.

        Who is named more than once plays the part of the last time.
        """
        context, sentence, number = self.context, place.sentence, place.number
        above, start = context.lines(sentence)
        near = max(start, sentence.start - _NEAR)
        seen: set[str] = set()
        for feature, begin, end in (
            ("in_sentence", sentence.start, number.start),
            ("in_paragraph", near, sentence.start),
            ("far_in_paragraph", start, near),
            ("headline_above" if self._is_headline(above, start) else "paragraph_above", above, start),
        ):
            for name in reversed(context.within(begin, end)):
                if name.name.text not in seen:
                    found.add(name, feature, *self.roles.of(name))
                    if not seen and feature == "in_sentence":
                        found.add(name, "nearest")
                    seen.add(name.name.text)
        for name in context.within(number.end, place.clause.right.end):
            found.add(name, "after", kind_of(name))
        for name in context.within(0, self.title if sentence.start - self.title < _NEAR_TITLE else 0):
            found.add(name, "title", kind_of(name))

    def _is_headline(self, start: int, end: int) -> bool:
        return end - start < _HEADLINE and not self.text[start:end].rstrip().endswith(
            ("。", "！", "？", "；", "”", "：")
        )

    def _of_phrases(self, place: Place, found: Gathered) -> None:
        """The noun phrases that open the clauses of the sentence, up to that of the number, and the sentence before."""
        clauses = list(self.openings.clauses(place.sentence.start, place.number.start))
        for back, clause in enumerate(reversed(clauses[-_CLAUSES_BACK:])):
            where = "opens_here" if back == 0 else "opens_before" if back == 1 else "opens_earlier"
            for opening in self.openings.of(clause):
                self._add_opening(place, found, opening, where)
                if clause is clauses[0]:
                    self._add_opening(place, found, opening, "opens_sentence")
        if clauses and len(clauses) > _CLAUSES_BACK:
            for opening in self.openings.of(clauses[0]):
                self._add_opening(place, found, opening, "opens_sentence")
        for opening in self._opened_before(place.sentence):
            self._add_opening(place, found, opening, "opened_before")
        found.add(self.openings.pointed(place.sentence.start, place.number.start), "pointed")

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
        first = next(self.openings.clauses(before.start, before.end), None)
        return self.openings.of(first) if first else ()

    def _scoped(self, subject: Subject, place: Place) -> Subject:
        if not isinstance(subject, str) or subject == "中国" or place.measured.rule in (FUND, LOAN):
            return subject
        return scoped(self.context, subject, place.sentence, place.start)
