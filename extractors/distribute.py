"""Lists that pair names with numbers: 锂电池、充电桩产量分别增长46.4%和53.1%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.clause import Measured
from extractors.context import Context
from extractors.lexicon import lexicon
from extractors.model import Mention, Span
from extractors.phrases import lead, part_subject, trim

_JOIN = re.compile(r"[、，,]|和|与|及|以及")
_SPLIT_COMMA = re.compile("、")
_SPLIT = re.compile(r"、|和|与|以及|及")
_BREAK = "；;。：:！!？?\n"


def distributed(
    text: str, sentence: Span, held: Sequence[Mention], context: Context, dates: Sequence[Mention]
) -> dict[int, Measured]:
    """What each number of a 分别 list measures, by its index in `held`.

    An empty metric means: what the figures just before the list measured, in their order.
    """
    found: dict[int, Measured] = {}
    i = 0
    while i < len(held):
        run = _run(text, held, i)
        if len(run) > 1:
            start = _clause_start(text, sentence, held[i].span.start, held[i - 1].span.end if i else sentence.start)
            at = text.rfind("分别", start, held[i].span.start)
            if at >= 0:
                found.update(zip(run, _pair(text, Span(start, at), len(run), context, dates), strict=False))
        i = run[-1] + 1
    return found


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


def _pair(text: str, span: Span, count: int, context: Context, dates: Sequence[Mention]) -> list[Measured]:
    phrase = lead(text, trim(text, span, dates)[0], dates)
    if not phrase.of(text) and text[span.start - 1 : span.start] in "，,":  # 产值增幅较大，分别达到
        start = span.start - 1
        while (
            start > 0
            and text[start - 1] not in _BREAK + "，,"
            and not text[start - 1].isdigit()
            and text[start - 1] not in "%"
        ):
            start -= 1
        if not re.search(r"[0-9]", text[max(0, start - 1) : start]) and text[start - 1] not in "%元人家个项":
            phrase = lead(text, trim(text, Span(start, span.start - 1), dates)[0], dates)
            phrase = _without_tail(text, phrase)
    parts = _parts(text, phrase, count)
    if len(parts) == 1 and count == 2 and (both := _both(text, parts[0], context)):
        return both
    if len(parts) < count:
        return [Measured("", None)] * count
    parts = parts[-count:]
    return _common(text, parts, context)


def _without_tail(text: str, phrase: Span) -> Span:
    found = re.search(r"(?:较大|明显|较快|显著|突出|领先)$", phrase.of(text))
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
    """产销量 is 产量 and 销量."""
    if not phrase.of(text).endswith("产销量"):
        return None
    subject, _ = part_subject(text, phrase, context.names_in(phrase))
    return [Measured(metric, subject, phrase) for metric in ("产量", "销量")]


def _common(text: str, parts: list[Span], context: Context) -> list[Measured]:
    """Give the tail of the last part to all: 飞机、船舶等产品|出口额."""
    heads = lexicon("metric_heads")
    last = parts[-1].of(text)
    if match := re.match(r"(.+?)(?:等.{0,6}?)((?:[^等]{2,12}))$", last):
        item, common = match.group(1), match.group(2)
        common = next((last[-n:] for n in range(8, 1, -1) if last[-n:] in heads), common)
    else:
        subject, what = part_subject(text, parts[-1], context.names_in(parts[-1]))
        head = next((last[-n:] for n in range(8, 1, -1) if last[-n:] in heads), "")
        if last in heads:
            item, common = last, ""
        elif subject is None:
            item, common = (last[: -len(head)], head) if head else (last, "")
        else:
            item, common = text[parts[-1].start : what.start].rstrip("的"), what.of(text)
    measured = []
    for n, part in enumerate(parts):
        name = item if n == len(parts) - 1 else part.of(text)
        is_metric = name in heads or any(name[-k:] in heads for k in (2, 3, 4, 5))
        if not common and not any(_ends_in_head(p.of(text)) for p in parts):  # 飞机制造、船舶修理分别增长
            measured.append(Measured("", name, part))
        elif not common or is_metric:
            subject, what = part_subject(text, part, context.names_in(part))
            if n == len(parts) - 1:
                what = Span(part.start, part.start + len(name)) if common else what
            if n and subject is None and measured:
                subject = measured[0].subject
            measured.append(Measured(what.of(text) + common, subject, part))
        else:
            measured.append(Measured(common, name, Span(part.start, part.end)))
    return measured


def _ends_in_head(phrase: str) -> bool:
    heads = lexicon("metric_heads")
    return any(phrase[-n:] in heads for n in (2, 3, 4, 5, 6)) or phrase[-1:] in ("量", "额", "率", "数", "值")
