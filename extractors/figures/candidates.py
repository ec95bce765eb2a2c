"""Whom a figure may be told of: every entity and noun phrase within reach, each with what speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.figures.clause import COUNTED, FUND, Clause, Measured, Subject, first_verb, is_count, words
from extractors.figures.context import Context
from extractors.figures.heads import has_modifier, holder_in, holds
from extractors.figures.periods import Calendar
from extractors.figures.phrases import cut_verb, lead, part_subject
from extractors.figures.scoped import scoped
from extractors.figures.standing import is_lasting
from extractors.model import Figure, Mention, Span

_PAUSES = re.compile(r"[，,；;：:。（）()“”]")
_PREDICATE = re.compile(r"[为对与着把被让成向遭]|^[用由从以在]|袭击|接近|开展")
# 据统计, 记者了解到: who says it, and no subject
_SAYING = re.compile(r"记者|获悉|了解到|据|介绍|表示|显示|统计|发布会")
_LISTED = re.compile("入选|列入|入围|获批|获评|评为|纳入|荣获|获得")
# 党的十八大|以来, 论坛|期间, 在“以旧换新”行动|带动下: says when or why, and whose no figure is
_ANCHOR = re.compile(
    "[”》]?(?:(?:召开)?(?:以来|之?后|精神|期间|部署|要求|前夕)|[^，,；;。]{0,6}(?:带动|推动|影响|支持|引领|作用|助推)下)"
)
# 这|家企业, 从这|里出口的: what points is no name
_POINTED = re.compile("[这该此那](?=[里家项个座条款位些批次种])")
_NUMBER = re.compile(r"[0-9]")
_HEADLINE = 60  # characters of the longest
_NEAR = 150  # characters before the sentence in which its paragraph still speaks of the same
_NEAR_TITLE = 400  # characters: farther down a page another matter is told
_CLAUSES_BACK = 2  # clauses of the sentence whose opening noun phrases are asked
_OFTEN = ("Place", "Event", "Programme")  # a count is told of these more or less often than another figure

_OF_PARTS = ("counted", "country", "Place", "Organization", "Project")  # and 总投资, 全长 are not told of all alike


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a figure may have, and what speaks for or against it (words of lexicons/figure_subjects.csv)."""

    subject: Subject
    features: frozenset[str]

    @property
    def text(self) -> str:
        return text_of(self.subject)


def text_of(subject: Subject) -> str:
    """The name or phrase; empty for no subject."""
    return subject.name.text if isinstance(subject, Mention) else subject or ""


def _is_metric(subject: Subject, measured: Measured) -> bool:
    """新建农田300万亩: not 新建农田 of 新建农田; but 中国软件企业 of 企业, when the words say so themselves."""
    same = isinstance(subject, str) and measured.metric and subject.endswith(measured.metric)
    return bool(same) and (subject == measured.metric or measured.subject is None)


def _of_a_part(place: Place) -> bool:
    """总投资, 占地面积, 全长: of a thing, and seldom of a country or of who builds it."""
    metric = place.measured.metric
    return metric.partition("占")[0] in words("of_parts")[0] or is_lasting(metric)


def _says_whose(measured: Measured) -> bool:
    """数字经济占比达到50%，|高新技术企业3000家, 水路|客运量70万人次: no figure of whatever noun came before."""
    nominative = holds(measured.metric) and measured.rule != COUNTED
    return bool(measured.noun) and (nominative or has_modifier(measured.metric) or measured.metric in words("macro")[0])


@dataclass(frozen=True, slots=True)
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


class _Gathered:
    """Features by candidate: who is named twice has those of both places."""

    def __init__(self) -> None:
        self.subjects: dict[str, Subject] = {}
        self.features: dict[str, set[str]] = {}

    def add(self, subject: Subject, *features: str) -> None:
        name = text_of(subject)
        if not name:
            return
        if name not in self.subjects or isinstance(subject, Mention) > isinstance(self.subjects[name], Mention):
            self.subjects[name] = subject
        self.features.setdefault(name, set()).update(features)


class Candidates:
    """Lists the candidates of one article's figures."""

    def __init__(self, context: Context, calendar: Calendar, title: str | None) -> None:
        self.context, self.calendar, self.text = context, calendar, context.text
        self.title = len(title or "")
        self._roles: dict[Span, frozenset[str]] = {}
        self._openings: dict[Span, Subject] = {}
        self._earlier: dict[Span, Subject] = {}

    def of(self, place: Place) -> list[Candidate]:
        """The candidates for the subject of a figure; no subject (None) is one of them."""
        found = _Gathered()
        self._of_figures(place, found)
        self._of_talk(place, found)
        self._of_entities(place, found)
        self._of_phrases(place, found)
        listed = [Candidate(None, frozenset(["none"]))]
        for name, subject in found.subjects.items():
            if not _is_metric(subject, place.measured):
                listed.append(self._candidate(place, subject, found.features[name]))
        return listed

    def _candidate(self, place: Place, subject: Subject, features: set[str]) -> Candidate:
        """With what comes of its kind and the figure's together."""
        if isinstance(subject, str):
            features.add("country" if subject == "中国" else "phrase")
        of_part = _of_a_part(place)
        if is_count(place.clause.amount):
            features |= {f"count_{kind}" for kind in _OFTEN if kind in features}
        elif "Policy" in features and not of_part:
            features.add("level_Policy")
        if of_part:
            features |= {f"part_{kind}" for kind in _OF_PARTS if kind in features}
        return Candidate(subject, frozenset(features))

    def own(self, place: Place) -> Subject:
        """The subject that the figure's own words give it: 北京服务业增加值增长6%; or the figure that it carries on."""
        subject = place.measured.subject
        if isinstance(subject, Mention) and self.context.is_adverbial(subject):  # 四川将加快布局，|在成都建设3个集群
            return None
        return self._scoped(subject, place)

    def _of_figures(self, place: Place, found: _Gathered) -> None:
        """Whose the figures before it are, and what noun its metric holds."""
        measured, done, amount = place.measured, place.done, place.clause.amount
        if measured.subject is not None:
            found.add(self._scoped(measured.subject, place))
        if done:
            before = done[-1]
            self._of_previous(place, found)
            if done[0].subject != before.subject:
                found.add(done[0].subject, "first")
            if is_count(before.quantity) and len(before.metric) > 2 and (_of_a_part(place) or not is_count(amount)):
                found.add("中国" * (before.subject == "中国") + before.metric, "counted")
        elif place.last:
            found.add(place.last.subject, "last")
        if measured.subject is None and (holder := holder_in(measured.metric)):
            found.add(self._scoped(holder, place), "in_metric")

    def _of_previous(self, place: Place, found: _Gathered) -> None:
        """Whose the figure before in the sentence is, and, when that is only a noun phrase, whose the phrase is."""
        before, subject = place.done[-1], place.done[-1].subject
        if self._was_listed(before, place.start):
            return
        scope = self.context.scope(place.sentence, place.sentence.start) or ""
        if isinstance(subject, str) and subject != scope and subject.startswith(scope) and _says_whose(place.measured):
            found.add(subject, "previous", "previous_phrase")
            found.add(scope, "scope_again")
        else:
            found.add(subject, "previous")

    def _was_listed(self, before: Figure, start: int) -> bool:
        """8000个村落列入保护名录，|50万栋民居得到保护: the list has only the villages."""
        listed, _, rest = self.text[before.span.end : start].partition(text_of(before.subject) or " ")
        return bool(rest) and bool(_LISTED.search(listed))

    def _of_talk(self, place: Place, found: _Gathered) -> None:
        """What the sentence, the clause before and the paragraph are about."""
        context, sentence = self.context, place.sentence
        found.add(context.topic(sentence, place.start), "topic")
        if sentence not in self._earlier:
            self._earlier[sentence] = context.earlier_topic(sentence)
        found.add(self._earlier[sentence], "earlier_topic")
        if place.measured.rule == COUNTED:
            found.add(context.told_of(sentence, place.number.start), "told_of")
        found.add(context.nation(place.clause.left), "nation_here")
        holder = context.clause_holder(place.clause.start)
        if not (isinstance(holder, str) and _NUMBER.search(holder)):
            found.add(holder, "clause_before")

    def _of_entities(self, place: Place, found: _Gathered) -> None:
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
                    found.add(name, feature, *self._roles_of(name))
                    if not seen and feature == "in_sentence":
                        found.add(name, "nearest")
                    seen.add(name.name.text)
        for name in context.within(number.end, place.clause.right.end):
            found.add(name, "after", self._kind_of(name))
        for name in context.within(0, self.title if sentence.start - self.title < _NEAR_TITLE else 0):
            found.add(name, "title", self._kind_of(name))

    @staticmethod
    def _kind_of(name: Mention) -> str:
        return "country" if name.name.text == "中国" else name.type

    def _is_headline(self, start: int, end: int) -> bool:
        return end - start < _HEADLINE and not self.text[start:end].rstrip().endswith(
            ("。", "！", "？", "；", "”", "：")
        )

    def _roles_of(self, name: Mention) -> frozenset[str]:
        """The part that an entity plays where it stands."""
        if name.span not in self._roles:
            context, end = self.context, name.span.end
            roles = {
                "oblique": context.is_oblique(name),
                "adverbial": context.is_adverbial(name),
                "speaks": context.speaks(name),
                "anchor": bool(_ANCHOR.match(self.text, end)),
                "Ministry": name.name.kind == "Ministry",
                self._kind_of(name): True,
            }
            self._roles[name.span] = frozenset(role for role, plays in roles.items() if plays)
        return self._roles[name.span]

    def _of_phrases(self, place: Place, found: _Gathered) -> None:
        """The noun phrases that open the clauses of the sentence, up to that of the number."""
        for clause in list(self._clauses(place.sentence.start, place.number.start))[-_CLAUSES_BACK:]:
            if not _SAYING.search(clause.of(self.text)):
                subject = self._opening(clause)
                found.add(self._scoped(subject, place), *(["opens_with_it"] if isinstance(subject, Mention) else []))

    def _clauses(self, start: int, end: int) -> Iterator[Span]:
        for pause in _PAUSES.finditer(self.text, start, end):
            if pause.start() > start:
                yield Span(start, pause.start())
            start = pause.end()
        if end > start:
            yield Span(start, end)

    def _opening(self, clause: Span) -> Subject:
        """Whom the noun phrase that opens a clause is about: 装备制造业|增加值|保持增长."""
        if clause not in self._openings:
            self._openings[clause] = self._read_opening(clause)
        return self._openings[clause]

    def _read_opening(self, clause: Span) -> Subject:
        names = self.context.names_in(clause)
        phrase = lead(self.text, clause, self.calendar.all_within(clause), names)
        phrase = Span(phrase.start, first_verb(self.text, phrase, names))
        whose, _, verb = cut_verb(self.text, phrase, names)
        while verb and whose.end > whose.start:
            phrase = whose
            whose, _, verb = cut_verb(self.text, phrase, names)
        if phrase.end - phrase.start < 2:
            return None
        if name := self.context.named(phrase):
            return name
        subject, _ = part_subject(self.text, phrase, self.context.names_in(phrase))
        if isinstance(subject, Mention):
            return subject
        if _POINTED.match(self.text, max(0, phrase.start - 1)) or _POINTED.search(self.text, phrase.start, phrase.end):
            return None
        said = subject or phrase.of(self.text).strip("的“”、")
        acts = said[:2] in words("verb")[0] or said in words("anaphor")[0] or _PREDICATE.search(said)
        return None if acts or (subject is None and (not holds(said) or _NUMBER.search(said))) else said

    def _scoped(self, subject: Subject, place: Place) -> Subject:
        if not isinstance(subject, str) or subject == "中国" or place.measured.rule == FUND:
            return subject
        return scoped(self.context, subject, place.sentence, place.start)
