"""Calendar time in an article: every expression that pins it, with its value as EDTF."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from extractors.dates.clocks import clocks
from extractors.dates.edtf import interval
from extractors.dates.eras import Era, eras
from extractors.dates.feasts import feasts
from extractors.dates.forms import CONNECTOR, START, Form, parse, with_clock
from extractors.dates.reckoning import Reckoning, anchor
from extractors.dates.stretches import stretches
from extractors.lexicon import matches
from extractors.model import Article, Edtf, Mention, Span, Unresolved, longest_first, record
from extractors.patterns import regex, searching

# 《2024年春节戏曲晚会》: what stands in a title is part of a name.
_TITLE = regex(r"《[^《》\n]{1,120}》")
_CONNECTOR = regex(CONNECTOR)
_SAME_PERIOD = regex(r"[ ]?同期")
_SINCE = regex(r"[ ]?以来")
# 距今2000年, 有1900年历史: years that are counted
_COUNT_BEFORE = regex(r"(?:距今|长达|历经|近|约|逾|超过)$")
_COUNT_AFTER = regex(r"的?(?:悠久)?历史|寿命|来(?![自华京])")
_NOTHING_SAYS = "no date in the article says of which year or month"
# Words that lean on what was said before: when nothing was said they are vague (当年的情景), and no problem.
_LEANING = frozenset(("当年", "同年", "次年", "翌年", "当月", "同月", "次月"))

_FROM_HERE = ("今天", "今日", "明天", "明日", "昨天", "昨日")
# 确保次年6月底前完成前一年度清算: a rule for every year pins none, unless the sentence says which year it starts from
_STANDING_RULE = searching(
    "(?:前一?|上一?|该|本|每一?)年度|每年|逐年|年度[^，。；\n]{2,12}(?:清算|汇算|报告|预算|决算)"
)
_SAID_YEAR = regex(r"(?:19|20)\d\d|[今去]年")


@record()
class _Expression:
    """One date as it stands: a form, two forms with a dash between, or 今天 with the day in brackets."""

    first: Form
    end: int
    last: Form | None = None  # the other end of a stretch
    gloss: Form | None = None  # 4月6日 of 今天（4月6日）


def find_dates(article: Article) -> Iterable[Mention]:
    """Every expression that pins calendar time: its value is an Edtf, or Unresolved where nothing settles it."""
    return _dates(article.text, article.title or article.text.partition("\n")[0], article.issued)


@lru_cache(maxsize=64)
def _dates(text: str, title: str, issued: str | None) -> tuple[Mention, ...]:
    titles = [m.span() for m in _TITLE.finditer(text)]
    start = anchor(title, issued)
    reckoning = Reckoning(text, start)
    found = [m for e in _expressions(text, titles) if (m := _read(text, e, reckoning))]
    calendar = chain(eras(text), feasts(text, start), stretches(text, start))
    found.extend(_told(era) for era in calendar if not _inside(titles, era.span.start))
    found.sort(key=lambda m: (m.span.start, m.span.end))
    found.extend(clocks(text, found, start))
    return tuple(longest_first(found))


def _told(era: Era) -> Mention:
    return Mention(era.span, "Date", Unresolved(_NOTHING_SAYS) if era.value is None else Edtf(era.value), era.rule)


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, (place, 1 << 62)) - 1
    return at >= 0 and place < spans[at][1]


def _forms(text: str, titles: list[tuple[int, int]]) -> Iterator[Form]:
    words = [(start, end) for start, end, _ in matches(text, "not_dates")]
    place = 0
    while start := START.search(text, place):
        place = start.start()
        form = None if _inside(titles, place) else parse(text, place)
        if form and not _is_count(text, form) and not _is_word(words, form):
            yield form
            place = form.end
        else:
            place += 1


def _is_word(words: list[tuple[int, int]], form: Form) -> bool:
    """Whether a form is but a part of another word: 明年 of 说明年度, 今日 of 今日头条."""
    at = bisect_right(words, (form.start, 1 << 62)) - 1
    if at < 0 or form.start >= words[at][1]:
        return False
    return words[at][0] < form.start or form.end <= words[at][1]


def _is_count(text: str, form: Form) -> bool:
    if form.year is None or form.month is not None or form.year % 100:
        return False
    before = text[max(0, form.start - 3) : form.start]
    return bool(_COUNT_BEFORE.search(before) or _COUNT_AFTER.match(text, form.end))


def _expressions(text: str, titles: list[tuple[int, int]]) -> Iterator[_Expression]:
    held: Form | None = None
    glossed: _Expression | None = None
    for form in _forms(text, titles):
        if glossed:
            a_day = (form.day or form.day_word) and form.year is None
            until = a_day and _CONNECTOR.fullmatch(text, glossed.end, form.start)
            yield replace(glossed, end=form.end, last=form) if until else glossed
            glossed = None
            if until:
                continue
        if held is None:
            held = form
            continue
        joined = _join(text, held, form)
        if joined and joined.gloss:
            glossed = joined  # 今天（1月15日）|至19日
        else:
            yield joined or _Expression(held, held.end)
        held = None if joined else form
    if glossed:
        yield glossed
    if held:
        yield _Expression(held, held.end)


def _join(text: str, held: Form, form: Form) -> _Expression | None:
    """Put 5月30日至6月1日 and 今天（4月6日） together."""
    between = text[held.end : form.start]
    if held.day_word and between in ("（", "(") and form.day and text[form.end : form.end + 1] in ("）", ")"):
        timed = with_clock(text, replace(form, end=form.end + 1))  # 今天（6月25日）14时7分
        return _Expression(held, timed.end, gloss=timed)
    if held.day_word in _FROM_HERE and form.day and form.month is None and _CONNECTOR.fullmatch(between):
        return _Expression(held, form.end, last=form)  # 明天|至5日
    open_ends = form.day_word or held.day_word or form.month_word or held.first_day or form.first_year
    if not open_ends and _CONNECTOR.fullmatch(between):
        return _Expression(held, form.end, last=form)
    return None


def _read(text: str, expression: _Expression, reckoning: Reckoning) -> Mention | None:
    first, end = expression.first, expression.end
    if text.endswith("财年", 0, first.start):  # 2023财年|前六个月: every country has its own
        return None
    if first.relative in ("次年", "翌年") and _in_a_rule(text, first.start):
        return None
    if expression.gloss:
        value = reckoning.settle_gloss(first, expression.gloss)
        if value and expression.last:
            finish = reckoning.settle(expression.last)
            value = interval(value, finish) if finish else value
    elif expression.last:
        value = _stretch(first, expression.last, reckoning)
    elif (same := _SAME_PERIOD.match(text, end)) and first.has_year and first.month is None:
        end = same.end()
        value = reckoning.same_period(first)
    else:
        value = reckoning.settle(first)
    since = _SINCE.match(text, end)
    span = Span(first.start, since.end() if since else end)
    if value is not None:
        return Mention(span, "Date", Edtf(value), first.rule)
    if first.relative in _LEANING or first.month_word in _LEANING or (first.day_word or "")[:1] in tuple("当同次翌"):
        return None
    return Mention(span, "Date", Unresolved(_NOTHING_SAYS), first.rule)


def _in_a_rule(text: str, start: int) -> bool:
    begin = max(text.rfind(mark, max(0, start - 120), start) for mark in "。\n") + 1
    return bool(_STANDING_RULE.search(text, begin, start + 40)) and not _SAID_YEAR.search(text, begin, start)


def _stretch(first: Form, last: Form, reckoning: Reckoning) -> str | None:
    """From the first form to the last; what one does not say (the year, the month) it has from the other."""
    if last.day is not None and last.month is None:
        last = replace(last, month=first.month, month_word=first.month_word)
    if not first.has_year and last.has_year:
        turns = first.month is not None and last.month is not None and first.month > last.month
        year = reckoning.year_of(last) if turns else None  # 12月至明年1月 begins this year
        relative = last.relative if year is None else None
        first = replace(first, year=last.year if year is None else year - 1, relative=relative)
    if first.day is not None and first.month is None and last.month is not None and last.day is not None:
        earlier = first.day > last.day  # 28日至7月1日
        first = replace(first, month=(last.month + 10) % 12 + 1 if earlier else last.month)
    begin = reckoning.settle(first)
    if begin is None:
        return None
    if not last.has_year and last.month is not None and not last.month_word:
        year = int(begin[:4])
        crosses = first.month is not None and last.month < first.month
        last = replace(last, year=year + crosses)
    finish = reckoning.settle(last)
    return None if finish is None else interval(begin, finish)
