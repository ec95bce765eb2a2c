"""Numbers of an article that cannot all be right: parts beyond their whole, growth that fits no level, 万 for 亿."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.figures.clause import is_count
from extractors.figures.periods import year_of
from extractors.lexicon import lexicon
from extractors.model import Article, Figure, Mention, Problem, Span
from extractors.numerals import to_decimal
from extractors.patterns import regex, searching

# 覆盖率 and 占比 are of a whole; 完成率, 负债率, 自给率 and 毛入学率 may go beyond it
_OF_A_WHOLE = regex(
    r"(?:占比|比重|份额|普及率|合格率|及格率|优良率|满意率|就业率|失业率|城镇化率|巩固率|优良天数比率|(?<!毛)入学率|(?<!偿付)覆盖率)$"
    r"|^占..|.占.{2,60}比[重例]$"
)
_UNBOUNDED = regex(r"拨备|流动性|杠杆|资本|拨付|贡献率|相当于")
_AMONG = regex(
    r"[，。；：:,]?\s?这?其中[，,：:]?|(?<=[，,：:（(])包括(?![^，。]{1,12}在内)|(?<=[0-9人家个项元吨])[，,]包括(?![^，。]{1,12}在内)"
)
_NEXT_MATTER = regex("[；;]|另有|此外|同时")
_TO_WHOM = regex("[向对给赴]|支持|组织|会同|联合")
_NEAR_WHOLE = 12  # characters
_MOST = 20  # figures that may belong to one list
_ROUNDING = Decimal("0.005")  # figures are rounded: 53.8% and 46.3% make 100.1%
_SLIP = (Decimal(10**4), Decimal(10**8), Decimal("0.0001"), Decimal("0.00000001"))
# 增长到121万亿元，按不变价格计算增长5.2%; 年均增长6%: such growth does not lead from level to level
_OTHER_GROWTH = regex(r"年均|不变价|可比|实际增长|名义|环比|复合|两年平均|累计")
_FROM_TO = regex(r"[增升降减提扩缩上涨跌][长加高少低升到至大小为]{1,3}")
_LOOSE = Decimal(10)  # points by which the growth of a year may differ from its levels: prices, revised figures
_POINTS = Decimal(2)  # points by which growth may differ where one sentence gives both ends

_ISSUERS = searching(
    r"(?P<more>等)?(?P<number>[0-9]{1,2}|[二两三四五六七八九十]{1,3})个?"
    r"(?P<what>部门|部委|中央部门|省份|省区市|省区|省(?![级会道]|[一二三四五六0-9]{1,2}[市区])|国家机关|成员单位)"
)
# … and what is quick to look for: few texts have it
_COUNTED_ISSUERS = regex(
    "[0-9二两三四五六七八九十]个?(?:部门|部委|中央部门|省份|省区|省(?![级会道])|国家机关|成员单位)"
)
_OF_NAMES = regex(r"[一-鿿（）·、]{2,160}$")


def doubts(article: Article, figures: Sequence[Figure]) -> Iterator[Problem]:
    """One Problem for each number of the article that another contradicts, or that cannot be."""
    text = article.text
    found: list[tuple[Span, str]] = []
    found += _beyond_whole(text, figures)
    if len(figures) > 1:
        found += _parts(text, figures)
        found += _growth_in_place(text, figures)
        found += _growth_of_years(text, figures)
        found += _slips(figures)
    if "部门" in text or "省" in text or "部委" in text:
        found += _issuers(text)
    for span, why in sorted(found):
        yield Problem(f"{article.source}: {article.id}:{span.start}", f"{span.of(text)}: {why}")


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _label(figure: Figure) -> str:
    subject = figure.subject
    return subject.name.text if isinstance(subject, Mention) else subject or ""


def _beyond_whole(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    """占比达到130%."""
    for figure in figures:
        q, q_start = figure.quantity, figure.span.start
        if q.unit != "%" or q.change or q.value <= 100 or q.comparator in ("<", "<="):
            continue
        if _OF_A_WHOLE.search(figure.metric) and not _UNBOUNDED.search(text, max(0, q_start - 60), q_start):
            yield figure.span, f"more than the whole: {figure.metric} cannot be beyond 100%"


def _parts(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    """共100家，其中国有企业60家、民营企业55家: a part, or parts that exclude each other, beyond the whole."""
    for i, whole in enumerate(figures[:-1]):
        if _is_change(whole) or _unit(whole) in ("%", "倍"):
            continue
        end, after = whole.span.end, figures[i + 1].span.start
        near = text[end : min(after, end + _NEAR_WHOLE + 5)]  # 其中 may stand behind ，, a space and 这
        among = _AMONG.search(text, end, after) if "其中" in near or "包括" in near else None
        if not among or among.start() - end > _NEAR_WHOLE:
            continue
        parts = _list_of_parts(text, figures[i + 1 : i + _MOST], whole)
        if _of_another(text, figures[max(0, i - _MOST) : i], whole, parts):
            continue
        too_much = next((p for p in parts if _exceeds(p.quantity.value, whole)), None)
        if too_much is not None:
            yield too_much.span, f"a part beyond its whole, {whole.span.of(text)}"
        elif len(parts) > 1 and _exclusive(parts) and _exceeds(total := sum(p.quantity.value for p in parts), whole):
            unit = whole.quantity.unit
            yield whole.span, f"parts beyond their whole: together they make {_shown(Decimal(total))}{unit}"


def _of_another(text: str, before: Sequence[Figure], whole: Figure, parts: Sequence[Figure]) -> bool:
    """处分1600人，移送司法机关70人，其中处分厅局级干部200人: 其中 may go back to an earlier number of the sentence."""
    start = max(text.rfind(stop, 0, whole.span.start) for stop in "。\n")
    largest = max((p.quantity.value for p in parts), default=0)
    return any(f.span.start > start and f.quantity.value >= largest for f in before if _unit(f) == _unit(whole))


def _unit(figure: Figure) -> str:
    return figure.quantity.unit


def _is_change(figure: Figure) -> bool:
    return figure.quantity.change is not None or figure.quantity.upper is not None or figure.status != "actual"


def _exceeds(value: Decimal | int, whole: Figure) -> bool:
    if whole.quantity.comparator not in ("=", "~", "<", "<="):  # 超过100家，其中…
        return value > whole.quantity.value * Decimal("1.5")
    return value > whole.quantity.value * (1 + 4 * _ROUNDING)


def _list_of_parts(text: str, figures: Sequence[Figure], whole: Figure) -> list[Figure]:
    """The levels after 其中 that measure what the whole measures, to the end of the sentence."""
    parts: list[Figure] = []
    end = whole.span.end
    for figure in figures:
        between = text[end : figure.span.start]
        if len(between) > 40 or _NEXT_MATTER.search(between) or ("。" in between and parts):
            break
        end = figure.span.end
        if _unit(figure) == _unit(whole) and not _is_change(figure) and _same_measure(whole, figure):
            parts.append(figure)
        elif not _is_change(figure) and _unit(figure) != "%":
            break
    return parts


def _same_measure(whole: Figure, part: Figure) -> bool:
    """Do two metrics measure the same: 总投资 and 中央投资, but not 总投资 and 年产值?"""
    if whole.metric == part.metric or (is_count(whole.quantity) and whole.quantity.unit not in ("个", "项", "次")):
        return True
    if whole.metric.endswith("生产总值") and part.metric.endswith("增加值"):
        return True
    heads = lexicon("metric_heads")
    head = next((part.metric[-n:] for n in range(min(8, len(part.metric)), 1, -1) if part.metric[-n:] in heads), "")
    return len(head) > 1 and whole.metric.endswith(head)


# 男性 and 女性, 城镇 and 农村: who is one is not the other
_EXCLUSIVE = (
    ("男女", "公民", "进出"),
    ("城镇", "农村"),
    ("国有", "民营"),
    ("中方", "外方"),
    ("一产", "二产"),
    ("境内", "境外"),
)
_NUMBERED = regex("第[一二三]产业")


def _exclusive(parts: Sequence[Figure]) -> bool:
    said = [_label(p) + p.metric for p in parts]
    if all(map(_NUMBERED.search, said)):
        return True
    if len(parts) == 2 and {"男", "女"} <= {c for s in said for c in s} and not any("男女" in s for s in said):
        return True
    return any(
        any(a in s for s in said) and any(b in s for s in said) for a, b in (p for p in _EXCLUSIVE if len(p) == 2)
    )


def _growth_in_place(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    """由100亿元增至150亿元，增长10%: one sentence gives both ends and the growth."""
    for i, (first, second) in enumerate(pairwise(figures)):
        grown = figures[i + 2] if i + 2 < len(figures) else None
        if grown is None or grown.quantity.unit != "%" or grown.quantity.change is None:
            continue
        if first.quantity.unit != second.quantity.unit or first.quantity.unit in ("%", "个百分点"):
            continue
        if any(f.quantity.change or f.quantity.upper for f in (first, second)) or not first.quantity.value:
            continue
        before = text[max(0, first.span.start - 16) : first.span.start].rpartition("，")[2]
        between, last = text[first.span.end : second.span.start], text[second.span.end : grown.span.start]
        if not re.search("[由从]", before) or not _FROM_TO.match(between) or not re.fullmatch("，[^，。；]{0,8}", last):
            continue
        if _OTHER_GROWTH.search(last) or re.search("[比较]", last):
            continue
        yield from _misfit(first, second, grown, _POINTS)


def _growth_of_years(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    """2023年100亿元。2024年150亿元，同比增长10%."""
    levels: dict[tuple[str, str, str], dict[int, Figure]] = defaultdict(dict)
    for figure in figures if any(f.compared_with for f in figures) else ():
        time = figure.time or ""
        if len(time) == len("2024") and figure.quantity.change is None and figure.quantity.upper is None:
            key = (_label(figure), figure.metric, figure.quantity.unit)
            levels[key].setdefault(year_of(time), figure)
    for level, grown in pairwise(figures):
        q = grown.quantity
        on_year = grown.compared_with and re.match("同比|[比较](?:上年|去年)$", grown.compared_with)
        if q.unit != "%" or q.change is None or not on_year or grown.metric != level.metric or grown.time != level.time:
            continue
        if _OTHER_GROWTH.search(text, level.span.end, grown.span.start):
            continue
        years = levels[_label(level), level.metric, level.quantity.unit]
        before = years.get(year_of(level.time or "") - 1)
        if not before or level is not years.get(year_of(level.time or "")) or not before.quantity.value:
            continue
        if before.quantity.value != level.quantity.value:  # the headline says the same again
            yield from _misfit(before, level, grown, _LOOSE)


def _misfit(first: Figure, second: Figure, grown: Figure, tolerance: Decimal) -> Iterator[tuple[Span, str]]:
    rise = (second.quantity.value / first.quantity.value - 1) * 100
    said = grown.quantity.value if grown.quantity.change == "+" else -grown.quantity.value
    if abs(rise - said) > max(tolerance, abs(rise) / 20):
        ends = f"from {_shown(first.quantity.value)} to {_shown(second.quantity.value)}{second.quantity.unit}"
        yield grown.span, f"growth that does not fit its levels: {ends} is {rise:+.1f}%"


def _slips(figures: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    """5000万元 and 5000亿元 of the same thing at the same time: one of them has the wrong multiplier."""
    seen: dict[tuple[str, str, str, str | None], set[Decimal]] = defaultdict(set)
    for figure in figures:
        if figure.quantity.change is not None or not figure.metric:
            continue
        values = seen[_label(figure), figure.metric, _unit(figure), figure.time]
        value = figure.quantity.value
        for slip in _SLIP if value > 0 and values else ():
            other = value * slip
            if other in values:
                yield figure.span, f"万 for 亿? elsewhere it is {_shown(other)}{_unit(figure)}"
                break
        values.add(value)


def _issuers(text: str) -> Iterator[tuple[Span, str]]:
    """科技部、财政部、教育部等两部门: more are named than counted."""
    if not _COUNTED_ISSUERS.search(text):
        return
    for found in _ISSUERS.finditer(text):
        listed, number = _OF_NAMES.search(text, max(0, found.start() - 160), found.start()), to_decimal(found["number"])
        if listed is None or number is None or number < 2:
            continue
        names = _TO_WHOM.split(listed.group())[-1]  # 财政部、应急管理部紧急向|甘肃、青海两省
        named = names.count("、") + 1
        most = named + len(re.findall("和|与|及", names.rpartition("、")[2]))
        few = not found["more"] and named > 1 and most < number and found["what"].endswith("部门")
        if named > 1 and (named > number or few):  # but 京津冀及黑龙江、吉林5省 is right
            yield Span(found.start() - len(names), found.end()), f"{found['number']} are counted, {named} are named"
