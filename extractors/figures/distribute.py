"""Lists that pair names with numbers: 锂电池、充电桩产量分别增长46.4%和53.1%."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.figures.clause import Measured, is_count, words
from extractors.figures.context import Context
from extractors.figures.heads import holds, names_measure
from extractors.figures.periods import Calendar
from extractors.figures.phrases import ALL, cut_verb, lead, part_subject, trim
from extractors.lexicon import lexicon
from extractors.model import Mention, Quantity, Span
from extractors.patterns import regex

_JOIN = regex(r"[、，,]|和|与|及|以及")
_SPLIT_COMMA = regex("、")
_SPLIT = regex(r"、|和|与|以及|及")
_AND_SO_ON = regex(r"(?P<item>[^等]{1,16})等(?:产品|领域|行业|产业|地区|地|业务|企业)?(?P<common>[^等]{2,12})")
# 第一、二、三产业用电量: three holders in one
_INDUSTRIES = regex(r"第一、第?二、第?三产业(?P<metric>[一-鿿]*)$")
_AMOUNT_ENDS = frozenset("0123456789%元人家个项")  # the clause before gives figures of its own
_TAIL = regex(r"(?:较大|明显|较快|显著|突出|领先|[均都]?(?:呈现?|保持|实现|继续)[^，]{0,10})$")
_BREAK = "；;。：:！!？?\n"


class Pair(NamedTuple):
    """One number of a list: what it measures, its place in the list, and how long the list is."""

    measured: Measured
    position: int
    length: int


def distributed(
    text: str, sentence: Span, held: Sequence[Mention], context: Context, calendar: Calendar
) -> dict[int, Pair]:
    """What each number of a 分别 list measures, by its index in `held`.

    An empty metric means: what the figures just before the list measured, in their order.
    """
    found: dict[int, Pair] = {}
    if len(held) < 2 or text.find("分别", sentence.start, sentence.end) < 0:
        return found
    i = 0
    while i < len(held):
        run = _run(text, held, i)
        if len(run) > 1:
            start = _clause_start(text, sentence, held[i].span.start, held[i - 1].span.end if i else sentence.start)
            at = text.rfind("分别", start, held[i].span.start)
            if at >= 0:
                after = _noun(text, _bare(text, Span(at + 2, held[i].span.start), context, calendar))
                paired = _pair(text, Span(start, at), len(run), context, calendar)
                measured = [_named(m, context) for m in paired]
                if after.of(text):  # 两个流域分别安排|补偿资金|80亿元和40亿元
                    measured = [_of_noun(text, m, after) for m in measured]
                measured = [_counted(m, held[i + n]) for n, m in enumerate(measured)]
                found.update((i + n, Pair(m, n, len(run))) for n, m in enumerate(measured))
        i = run[-1] + 1
    return found


def _noun(text: str, phrase: Span) -> Span:
    """What is measured, if it stands between 分别 and the numbers; else nothing."""
    _, what, verb = cut_verb(text, phrase)
    noun = what if verb else phrase
    if noun.of(text)[:2] in words("verb")[0]:  # 分别|实现|生产总值
        noun = Span(noun.start + 2, noun.end)
    said = noun.of(text)
    fits = len(said) > 1 and (names_measure(said) or said.startswith("占"))
    return noun if fits else Span(phrase.end, phrase.end)


def _of_noun(text: str, measured: Measured, noun: Span) -> Measured:
    """The members of the list, which were taken for what is measured, are whose it is."""
    if not measured.metric and not measured.subject:  # what the figures before the list measured
        return measured
    if noun.of(text).startswith("占"):  # 叶片、发电机产能分别|占全球市场|的64%、73%
        return replace(measured, metric=measured.metric + noun.of(text))
    return replace(measured, metric=noun.of(text), subject=measured.subject or measured.metric or None, noun=noun)


def _named(measured: Measured, context: Context) -> Measured:
    """江苏、浙江 are entities."""
    if not measured.noun or not isinstance(measured.subject, str):
        return measured
    end = measured.noun.start + len(measured.subject)
    name = context.is_name(Span(measured.noun.start, end))
    return (
        replace(measured, subject=name)
        if name and context.text.startswith(measured.subject, end - len(measured.subject))
        else measured
    )


def _counted(measured: Measured, number: Mention) -> Measured:
    """高新技术企业、小微企业分别达到1.2万家和3万家 are what is counted."""
    subject, value = measured.subject, number.value
    if measured.metric or not isinstance(subject, str) or not isinstance(value, Quantity) or not is_count(value):
        return measured
    whole = ALL.match(subject)
    return replace(
        measured, metric=subject[whole.end() :] if whole else subject, subject=whole.group() if whole else None
    )


def _run(text: str, held: Sequence[Mention], i: int) -> list[int]:
    run = [i]
    while run[-1] + 1 < len(held):
        between = text[held[run[-1]].span.end : held[run[-1] + 1].span.start]
        if not _JOIN.fullmatch(between):
            break
        run.append(run[-1] + 1)
    return run


def _clause_start(text: str, sentence: Span, place: int, after: int) -> int:
    start = place
    while start > max(sentence.start, after) and text[start - 1] not in _BREAK + "，,":
        start -= 1
    return start


def _pair(text: str, span: Span, count: int, context: Context, calendar: Calendar) -> list[Measured]:
    phrase = _bare(text, span, context, calendar)
    if not phrase.of(text) and text[span.start - 1 : span.start] in "，,":  # 产值增幅较大，分别达到
        start = span.start - 1
        while start > 0 and text[start - 1] not in _BREAK + "，,%" and not text[start - 1].isdigit():
            start -= 1
        if text[max(0, start - 1) : start] not in _AMOUNT_ENDS:
            phrase = _without_tail(text, _bare(text, Span(start, span.start - 1), context, calendar))
    if (industries := _INDUSTRIES.search(phrase.of(text))) and count == 3:
        metric = industries["metric"] or ""
        return [Measured(metric, f"第{nth}产业", phrase if metric else None) for nth in "一二三"]
    if examples := _examples(text, phrase, count):
        return examples
    parts = _parts(text, phrase, count)
    if len(parts) == 1 and count == 2 and (both := _both(text, parts[0], context)):
        return both
    if len(parts) < count:
        common = _parted(text, parts[-1], context)[1] if parts else ""  # 信息传输、软件和信息技术服务业|生产指数
        return [Measured(common, None, phrase if common else None)] * count
    parts = parts[-count:]
    return _common(text, parts, context)


def _bare(text: str, span: Span, context: Context, calendar: Calendar) -> Span:
    names, dates = context.names_in(span), calendar.all_within(span)
    return lead(text, trim(text, span, dates, names)[0], dates, names)


def _without_tail(text: str, phrase: Span) -> Span:
    found = _TAIL.search(phrase.of(text))
    return Span(phrase.start, phrase.start + found.start()) if found else phrase


def _parts(text: str, phrase: Span, count: int) -> list[Span]:
    """The members of a list; 和 parts only where 、 alone gives too few (电气机械和器材制造业 is one)."""
    parts: list[Span] = []
    for joints in (_SPLIT_COMMA, _SPLIT):
        parts, start = [], phrase.start
        for joint in joints.finditer(text, phrase.start, phrase.end):
            if joint.start() > start:
                parts.append(Span(start, joint.start()))
            start = joint.end()
        if phrase.end > start:
            parts.append(Span(start, phrase.end))
        if len(parts) == count:
            break
    return parts


def _both(text: str, phrase: Span, context: Context) -> list[Measured] | None:
    """产销量, 产销 is 产量 and 销量."""
    if not phrase.of(text).endswith(("产销量", "产销")):
        return None
    subject, _ = part_subject(text, phrase, context.names_in(phrase))
    return [Measured(metric, subject, phrase) for metric in ("产量", "销量")]


def _examples(text: str, phrase: Span, count: int) -> list[Measured] | None:
    """汽车、锂电池等高技术、绿色产品出口: the members stand before 等, and what is measured at the end."""
    items, _, rest = phrase.of(text).partition("等")
    names = [item for item in _SPLIT.split(items) if item]
    heads = lexicon("metric_heads")
    head = next((rest[-n:] for n in range(8, 1, -1) if rest[-n:] in heads), "")
    if len(names) != count or not head or "、" not in rest:
        return None
    return [Measured(head, name, phrase) for name in names]


def _common(text: str, parts: list[Span], context: Context) -> list[Measured]:
    """Give the tail of the last part to all: 飞机、船舶等产品|出口额."""
    item, common = _parted(text, parts[-1], context)
    items = [*(part.of(text) for part in parts[:-1]), item]
    heads = lexicon("metric_heads")
    measured: list[Measured] = []
    for name, part in zip(items, parts, strict=True):
        is_metric = name in heads or any(name[-k:] in heads for k in (2, 3, 4, 5))
        if not common and not any(_ends_in_head(p.of(text)) for p in parts):  # 飞机制造、船舶修理分别增长
            measured.append(Measured("", name, part))
        elif not common or is_metric:  # 制造业增加值与粗钢产量的|年均增速
            named = Span(part.start, part.start + len(name))
            subject, what = part_subject(text, named, context.names_in(named))
            subject = subject or (measured[0].subject if measured else None)
            measured.append(Measured(what.of(text) + common, subject, part))
        else:
            measured.append(Measured(common, name, part))
    return measured


def _parted(text: str, last: Span, context: Context) -> tuple[str, str]:
    """The last member of a list without what all members share, and what they share."""
    heads, phrase = lexicon("metric_heads"), last.of(text)
    head = next((phrase[-n:] for n in range(8, 1, -1) if phrase[-n:] in heads), "")
    before, owner, after = phrase.rpartition("的")
    if owner and names_measure(after):
        return before, after
    if match := _AND_SO_ON.fullmatch(phrase):
        return match["item"], head or match["common"]
    if phrase == head:
        return phrase, ""
    subject, what = part_subject(text, last, context.names_in(last))
    if subject is not None and what.start > last.start:
        return text[last.start : what.start].rstrip("的"), what.of(text)
    if not head:  # 小型、微型企业|专利转化率
        at = next((k for k in range(2, len(phrase) - 2) if holds(phrase[:k], 2) and names_measure(phrase[k:])), 0)
        return (phrase[:at], phrase[at:]) if at else (phrase, "")
    return phrase[: -len(head)], head


def _ends_in_head(phrase: str) -> bool:
    heads = lexicon("metric_heads")
    return any(phrase[-n:] in heads for n in (2, 3, 4, 5, 6)) or phrase[-1:] in ("量", "额", "率", "数", "值")
