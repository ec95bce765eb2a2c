"""Whose the figures before a figure are: mostly it is theirs as well, unless its own words turn to something else."""

from __future__ import annotations

from extractors.figures.clause import COUNTED, FUND, Measured, is_count, words
from extractors.figures.context import Context
from extractors.figures.gathering import Gathered, Place, of_a_part, text_of
from extractors.figures.heads import holds, names_measure
from extractors.model import Figure
from extractors.patterns import regex

# 增加值占全部工业比重, 同比增速: a measure of what was told of before
_CARRIES_ON = regex(r"增加值占|增速|增幅|占|同比|环比")
_STILL = ("目前", "累计", "已经", "还将", "同时")
_LISTED = regex("入选|列入|入围|获批|获评|评为|纳入|荣获|获得")
_SHORT = 2  # characters of 企业, 项目: what is counted so is nobody


def _says_whose(measured: Measured) -> bool:
    """数字经济占比达到50%，|高新技术企业3000家, |社会消费品零售总额3万亿元: no figure of whatever noun came before."""
    nominative = holds(measured.metric) and measured.rule != COUNTED
    return bool(measured.noun) and (nominative or measured.metric in words("macro")[0])


class ToldBefore:
    """The figures before one, asked for whom they speak."""

    def __init__(self, context: Context) -> None:
        self.context, self.text = context, context.text

    def add(self, place: Place, found: Gathered) -> None:
        """Whose the figures before are, and what they counted."""
        if not place.done:
            if place.last:
                found.add(place.last.subject, "last")
            return
        before = place.done[-1]
        self._of_previous(place, before, found)
        if place.done[0].subject != before.subject:
            found.add(place.done[0].subject, "first")
        counted = is_count(before.quantity) and len(before.metric) > _SHORT
        if counted and (of_a_part(place) or not place.clause.counts):
            noun = "中国" * (before.subject == "中国") + before.metric
            share = "占" in place.measured.metric[1:]  # 绿色工厂5000家，|产值占制造业的18%
            found.add(noun, "counted", *(["narrowed"] if share or self._is_narrowed(before) else []))

    def _is_narrowed(self, before: Figure) -> bool:
        """其中行业协会10万家，|会员总数770万个: 其中 has turned from the whole to a part."""
        start = before.evidence.start
        return self.text.endswith("其中", 0, start) or self.text.endswith("其中，", 0, start)

    def _of_previous(self, place: Place, before: Figure, found: Gathered) -> None:
        """Whose the figure before in the sentence is, and, when that is only a noun phrase, whose the phrase is."""
        subject = before.subject
        if self._was_listed(before, place.start):
            return
        if before.rule.startswith(FUND):
            found.add(subject, "previous", "previous_fund")
            return
        scope = self.context.scope(place.sentence, place.sentence.start) or ""
        goes_on = bool(_CARRIES_ON.match(place.measured.metric)) or self._acts_on(place)
        of_scope = isinstance(subject, str) and subject != scope and subject.startswith(scope)
        if of_scope and not goes_on and _says_whose(place.measured):
            found.add(subject, "previous", "previous_phrase")
            found.add(scope, "scope_again")
        else:
            found.add(subject, "previous")

    def _acts_on(self, place: Place) -> bool:
        """中央企业完成投资2万亿元，|承担项目1000项: a clause without a subject goes on about who did the first."""
        start = place.start
        while self.text[start : start + 2] in words("connector")[0] or self.text[start : start + 2] in _STILL:
            start += 2
        begins = self.text[start : start + 2]
        return (begins in words("verb")[0] or begins in words("act")[0]) and not names_measure(place.measured.metric)

    def _was_listed(self, before: Figure, start: int) -> bool:
        """8000个村落列入保护名录，|50万栋民居得到保护: the list has only the villages."""
        listed, _, rest = self.text[before.span.end : start].partition(text_of(before.subject) or " ")
        return bool(rest) and bool(_LISTED.search(listed))
