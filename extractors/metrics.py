"""What a number measures and whose it is, read from the words around it: 钢铁企业|实现|利润|300亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon import lexicon
from extractors.model import Mention, Quantity, Span

Subject = Mention | str | None

_BREAK = "，,；;。：:！!？?\n（）()"
_JOINERS = "、和与及以并或且，,的“‘ "

# 比去年同期, 较2015年, 同比: what a change is measured against is no part of its metric
_COMPARISON = re.compile(r"(?:(?:与|同|和|跟).{1,12}相比|(?:相比|比|较)(?!例|重|率|值|分|特)[^，,；;。]{1,16}?|相较.{1,12})$")
_MOMENT = re.compile(
    r"(?:(?:去|上|前|今|当)年(?:同期|同月|全年|[一二三四]季度)?|上年末|上个?月|同期|上届|首届|上半年|以往|年初|年均|"
    r"[0-9]{4}年(?:底|末|同期)?|[一二三四]季度|十年前|[0-9十]+年前|过去|原来的?|此前)$"
)
_NATION = ("我国", "全国", "国内", "中国")
ALL = re.compile(r"全(?:省|市|区|县|州|州市|自治区|域|校|院|球|世界|社会|行业)|本市|本省|本区|我省|我市|我区|我县")
# A noun phrase after the number ends where a verb or adverb begins: 13家研发机构|签约入驻
_NP_END = re.compile(
    r"(?:已经?|将(?!军)|正在|均[^衡价]|全部|共同|陆续|集中|先后|成功|顺利|首次|分别|同时|在(?!线|岸|职|建)|于|被|获得?|入选|入围|参展(?!商|企)|参会|参加|参与|出席|"
    r"通过|完成|实现|开工|落户|落地|签约(?!项)|入驻|开展|进行|接受|发布|发表|来自|达到?|超过?|占|进入|成为|亮相|展出|投产|受益|"
    r"覆盖|涉及|涵盖|提供|举办|举行|启动|推进|位居|列入|纳入|脱颖而出|得到|得以|保持|增长|下降|提升|提高|"
    r"展翅|挂满|全面|汇聚|齐聚|带来|围绕|聚焦|联合|用于|以及)"
)
# 60多家以光学为基础的|企业: a clause before 的 is no part of the noun
_RELATIVE = re.compile(r"(?:全年|来自|以|具有|具备|可|为|从事|用于|涉及|拥有|含|由|各具|符合|列入|属于|参与|经)[^，。；]{1,30}?的")
_REGION = re.compile(r"(?:地区|全境|境内|全[省市区县州]|市场|[的，、”])+")
_COUNT_TAIL = re.compile(r"^[（(][^）)]{1,4}[）)]")


_NO_HOLDER = frozenset("作业 开业 就业 毕业 专业 创业 业务 服务 部分 合作 市场 技术 创新 组织 部门 总装机 年旅客 平台 活动 系统".split())


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number measures (metric) and whose it is (subject); `noun` is where the metric stands, if it does."""

    metric: str
    subject: Subject
    noun: Span | None = None


@lru_cache(maxsize=8)
def words(kind: str) -> tuple[frozenset[str], int]:
    """Words of lexicons/figure_words.csv of one kind (level, connector, verb, act), and the length of the longest."""
    found = frozenset(w for w, entry in lexicon("figure_words").items() if entry.value == kind)
    return found, max(map(len, found), default=0)


@lru_cache(maxsize=1)
def _changes() -> frozenset[str]:
    return frozenset(w for w, e in lexicon("change_words").items() if not e.note.startswith("the name of"))


def is_count(quantity: Quantity) -> bool:
    """True when the unit is a measure word: what is counted stands after it."""
    entry = lexicon("units").get(quantity.unit)
    return bool(entry) and entry.note.startswith("count") if entry else quantity.unit == "个"


class Clause:
    """The words around one number: left of it and right of it, up to the nearest break or other number."""

    def __init__(self, text: str, sentence: Span, before: int, quantity: Mention, after: int) -> None:
        """`before` is where the number before ends, `after` where the next begins (the sentence's ends if none)."""
        start = quantity.span.start
        while start > before and text[start - 1] not in _BREAK:
            start -= 1
        end = quantity.span.end
        while end < after and text[end] not in _BREAK:
            end += 1
        self.text = text
        self.start = start
        while self.start > sentence.start and text[self.start - 1] not in _BREAK:
            self.start -= 1
        self.left = Span(start, quantity.span.start)
        self.right = Span(quantity.span.end, end)
        self.quantity = quantity

    def following(self) -> Span:
        """The noun phrase after the number: 25个|项目, 54亿元的|储能电池项目."""
        right = self.right.of(self.text)
        start = self.right.start
        while right and right[0] in "的之 “":
            right, start = right[1:], start + 1
        if not right or right[0] in "、，和与及":
            return Span(start, start)
        if tail := _COUNT_TAIL.match(right):
            right, start = right[tail.end() :], start + tail.end()
        if "等" in right and "、" in right[: right.index("等")]:  # 13家来自四川的驾驶、芯片等研发机构
            at = right.rindex("等") + 1
            right, start = right[at:], start + at
        else:
            right = right.split("、")[0]
        if relative := _RELATIVE.match(right):
            right, start = right[relative.end() :], start + relative.end()
        while right[:1] and right[0] in "“‘":
            right, start = right[1:], start + 1
        stop = next((m.start() for m in _NP_END.finditer(right) if m.start() >= 1), len(right))
        noun = right[:stop].rstrip("的和与及、”")
        if _NP_END.match(noun):
            noun = ""
        return Span(start, start + len(noun))


def trim(text: str, span: Span, dates: Sequence[Mention]) -> tuple[Span, bool]:
    """Cut level words, change words, comparisons and dates off the end of what stands before a number.

    The second value tells whether a change word was cut: 工业增加值|同比增长.
    """
    start, end = span.start, span.end
    levels, longest = words("level")
    changes, changed = _changes(), False
    going = True
    while going and end > start:
        going = False
        if text[end - 1] in _JOINERS:
            end, going = end - 1, True
            continue
        for date in dates:
            if start <= date.span.start < end <= date.span.end + 1:
                end, going = max(start, date.span.start), True
        for length in range(min(longest, end - start), 0, -1):
            word = text[end - length : end]
            if word in changes and length > 1 or word in changes and end - length == start:
                end, changed, going = end - length, True, True
                break
            if word in levels and not _noun_ends(text, start, end):
                end, going = end - length, True
                break
        if going:
            continue
        here = text[start:end]
        if changed or here.endswith(("期", "年", "平", "末", "底")):
            if found := _COMPARISON.search(here):
                end, going = start + found.start(), True
            elif found := _MOMENT.search(here):
                end, going = start + found.start(), True
    return Span(start, end), changed


def _noun_ends(text: str, start: int, end: int) -> bool:
    """规模, 投资额 …: a level word is only the tail of a noun there."""
    heads = lexicon("metric_heads")
    return any(text[max(start, end - n) : end] in heads for n in (4, 3, 2))


def lead(text: str, span: Span, dates: Sequence[Mention]) -> Span:
    """Cut connectors and dates off the front of a phrase: 其中，截至6月底|新能源装机."""
    connectors, longest = words("connector")
    start, end = span.start, span.end
    going = True
    while going and start < end:
        going = False
        if text[start] in _JOINERS + "”’":
            start, going = start + 1, True
            continue
        for date in dates:
            if date.span.start <= start < date.span.end:
                start, going = min(end, date.span.end), True
        for length in range(min(longest, end - start), 0, -1):
            word = text[start : start + length]
            if word in connectors and not (length == 1 and lexicon("metric_heads").get(text[start : start + 2])):
                start, going = start + length, True
                break
    return Span(start, end)


def cut_verb(text: str, span: Span) -> tuple[Span, Span, bool]:
    """Part a phrase at its last verb: 钢铁企业|实现|利润 → (whose, what, True); (whose, nothing) when the verb ends it."""
    verbs, longest = words("verb")
    for at in range(span.end - 1, span.start - 1, -1):
        for length in range(min(longest, span.end - at), 1, -1):
            if text[at : at + length] in verbs:
                after = at + length
                while after < span.end and text[after] in "了着过":
                    after += 1
                return Span(span.start, at), Span(after, span.end), True
    return Span(span.start, span.start), span, False


def part_subject(text: str, span: Span, names: Sequence[Mention]) -> tuple[Subject, Span]:
    """Part a noun phrase into whose it is and what is measured: 我国|软件业务收入, 第二产业|用电量."""
    phrase = span.of(text)
    for name in names:
        if name.span.start == span.start and name.span.end <= span.end - 2 and name.name.text not in _NATION:
            rest = Span(name.span.end, span.end)
            if found := _REGION.match(rest.of(text)):
                rest = Span(rest.start + found.end(), span.end)
            if len(rest.of(text)) >= 2:
                return name, rest
    for nation in _NATION:
        if phrase.startswith(nation) and len(phrase) >= len(nation) + 2:
            inner, what = _part_noun(text, Span(span.start + len(nation), span.end))
            return "中国" + (inner or ""), what
    if (found := ALL.match(phrase)) and len(phrase) >= found.end() + 2:
        inner, what = _part_noun(text, Span(span.start + found.end(), span.end))
        return found.group() + (inner or ""), what
    return _part_noun(text, span)


def _part_noun(text: str, span: Span) -> tuple[str | None, Span]:
    phrase = span.of(text)
    at = phrase.rfind("的")
    if at >= 2 and len(phrase) - at > 2 and holds(phrase[:at]):
        return phrase[:at], Span(span.start + at + 1, span.end)
    heads = lexicon("metric_heads")
    for length in range(min(8, len(phrase) - 2), 1, -1):
        if phrase[-length:] in heads and holds(phrase[:-length]):
            return phrase[:-length], Span(span.end - length, span.end)
    return None, span


def holds(phrase: str) -> bool:
    """Can the phrase be the holder of a figure: 新能源汽车 can, 预计有来自 cannot."""
    holders = lexicon("figure_holders")
    phrase = phrase.rstrip("”》）)")
    if not 2 <= len(phrase) <= 30 or phrase in _NO_HOLDER or any(v in phrase for v in ("正在", "预计", "将会", "已经", "我们", "他们")):
        return False
    return any(phrase[-n:] in holders for n in range(min(6, len(phrase)), 1 if len(phrase) < 3 else 0, -1))
