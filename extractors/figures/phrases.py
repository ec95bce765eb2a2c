"""Noun phrases before a number, cut to what is measured and whose it is: 钢铁企业|实现|利润|300亿元."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extractors.figures.clause import Subject, words
from extractors.figures.heads import GLOSS, holds, in_head, inside_word, names_measure, thing_in
from extractors.lexicon import lexicon
from extractors.model import Mention, Span
from extractors.patterns import regex

_JOINERS = "、和与及以并或且，,的“‘ ：:"
_JOINERS_AND_QUOTES = _JOINERS + "”’"
_NATION = ("我国", "全国", "国内", "中国")
_ENDS_OF_TIMES = ("期", "年", "平", "末", "底")
_TURNS = frozenset("于出先超较比从由")  # one of them stands in each comparison below and in 从…的
_TOWARD = frozenset("在对向")
_OUT_OF = frozenset("从至到由")

# 比去年同期, 较2015年, 与上年相比: what a change is measured against is no part of its metric
_COMPARISON = regex(
    r"(?:(?:与|同|和|跟).{1,12}相比|(?:相比|(?<![环同占对])比|较)(?!例|重|率|值|分|特)[^，,；;。]{1,16}?|相较.{1,12})$"
)
# 快于全部投资3个百分点: neither are the others
_BEYOND = regex(
    r"(?:高于|低于|快于|慢于|高出|好于|领先|优于|超过(?=.{4}))[^，,；;。]{1,24}$"
    r"|[较比](?!例|重)[^，,；;。]{1,16}[高低快慢多少]$"
)
# 从2010年普查时的60种增至90种
_FROM = regex(r"[从由][^，,；;。]{0,20}(?:[时年月初前期来去]|位数|曾经|原来|原先|现行|以往|承诺)的?$")
# 利润率已连续3个月|保持在6%以上
_ONGOING = regex(r"已?连续[0-9一二两三四五六七八九十]{1,3}(?:年|个?月|个?季度)$")
_MOMENT = regex(
    r"""(?:
        (?:[去上前今当]年)(?:同期|同月|全年|[一二三四]季度)? | 上年末 | 上个?月 | 同期 | 上届 | 首届
      | 上半年 | 年初 | 年均
      | [0-9]{4}年(?:底|末|同期)? | [一二三四]季度
      | (?:十|[0-9]{1,2})年前 | [一二三四五六七八九十两0-9]{1,3}年(?:来|间|多来)?
      | 过去 | 原来的? | 此前 | 以往 | 历史同期 | 历史
    )$""",
    re.VERBOSE,
)
# 全市, 本省: the place that the article speaks of
ALL = regex(r"全(?:省|市|区|县|州|自治区|域|校|院|球|世界|行业)|[本我][省市区县]")
# 我国企业|在共建国家投资, 德国|对我国投资
_TOWARDS = regex(r"(?P<who>[^的在对向与从]{2,12})(?=在|对(?!外|接)|向)")
_NOUN_ENDINGS = frozenset("量额率数值价费款品者站厂生")  # 收购量 is no 收购
_AT = regex(r".[从至到由](?P<what>[^从至到由在]{2,8})$")
_DIMENSION = regex(r"(?P<what>[^，,；;。：:的在了]{2,14}[^提升拔增加最更很偏较全总身周边弧轴跨环])[高宽长重厚]")
_IN_ALL = regex(r".*(?:(?<!公)共|累计)(?P<verb>(?![同建享产和计有青性向对为与在从由给被将])[一-鿿]{2})")
_YEARS_AHEAD = regex(r"未来[0-9一二两三四五六七八九十]{1,3}年(?:内|将)?")
_WILL = regex(r"(?P<who>[^将已]{2,16})(?:将(?![军士近])|已经?)(?:累计|新增|合计)?(?=[一-鿿]{2})")
_AGREEMENTS = frozenset("签节条公合履制隐预")
_ENERGIES = frozenset("电热动储核光性智产功职节势氢潜")
_LISTED = regex(
    r"[一-鿿]{2,12}(?:、[一-鿿]{2,12}){0,12}等(?:部分地区|多?地区?|[0-9]{1,2}个?(?:省区市|省区|省份|省|市|国家|国))(?=..)"
)
_YEAR = regex("[0-9]{4}年度?(?=..)")
_SIZES = frozenset("高宽长重厚深")
_REGION = regex(
    r"(?:[（(][^（）()]{1,12}[）)]|(?:地区|区域)内?(?!生产总值|经济|发展)|全境|境内|全[省市区县州]|市场|[的，、”])+"
)
_SOME_OF = regex(
    r"(?:内地)?[0-9]{1,2}个?(?:省区市|省市|省区|省份|城市|[市省县国州](?![市区份场政级民]))(?:地区(?!生产))?(?=[一-鿿]{2})"
)
_HAVING = frozenset(["共有", "已有", "现有", "拥有", "还有", "设有", "建有", "约有"])


@cache
def _changes() -> frozenset[str]:
    return frozenset(w for w, e in lexicon("change_words").items() if not e.note.startswith("the name of"))


def _lengths(listed: Iterable[str], place: int) -> Mapping[str, Sequence[int]]:
    """How long the words are that have a letter at a place (their first, their last), the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in listed:
        lengths.setdefault(word[place], set()).add(len(word))
    return {letter: sorted(some, reverse=True) for letter, some in lengths.items()}


@cache
def _tails() -> Mapping[str, Sequence[int]]:
    """By their last letter, how long level and change words are."""
    levels, longest = words("level")
    return _lengths([word for word in levels | _changes() if len(word) <= longest], -1)


def trim(text: str, span: Span, dates: Sequence[Mention], names: Sequence[Mention]) -> tuple[Span, bool]:
    """Cut level words, change words, comparisons and dates off the end of what stands before a number.

    The second value tells whether a change word was cut: 工业增加值|同比增长.
    """
    start, end = span.start, span.end
    changed, before = False, end + 1
    name_ends = {name.span.end for name in names} if names else ()  # the 都 of 成都 is no adverb
    while start < end < before and end not in name_ends:
        before = end
        if text[end - 1] in _JOINERS:
            end -= 1
            continue
        for date in dates:
            if start <= date.span.start < end <= date.span.end + 1:
                end = max(start, date.span.start)
        length, change = _tail_word(text, start, end)
        end, changed = end - length, changed or change
        if end == before:
            end = start + _compared(text[start:end], changed)
    if end in name_ends and changed:  # 相比上届|北京车展|增长了
        end = start + _compared(text[start:end], changed)
    return Span(start, end), changed


def _tail_word(text: str, start: int, end: int) -> tuple[int, bool]:
    """Length of the level or change word that ends a phrase, and whether it is a change word."""
    levels, changes = words("level")[0], _changes()
    for length in _tails().get(text[end - 1], ()):
        if length > end - start:
            continue
        word = text[end - length : end]
        if word in changes and (length > 1 or end - length == start):
            return length, True
        if word == "比" and text[end - 2 : end - 1] == "之":  # 与国内生产总值之|比
            continue
        if word == "约" and text[end - 2 : end - 1] in _AGREEMENTS:  # 项目签|约
            continue
        if word == "能" and text[end - 2 : end - 1] in _ENERGIES:  # 输送清洁电|能
            continue
        if word in levels and not _noun_ends(text, start, end):
            return length, False
    return 0, False


def _compared(phrase: str, changed: bool) -> int:
    """Where the comparison begins that ends a phrase; its length when it has none."""
    if "连续" in phrase and (found := _ONGOING.search(phrase)):
        return found.start()
    if not _TURNS.isdisjoint(phrase) and (found := _BEYOND.search(phrase) or _FROM.search(phrase)):
        return found.start()
    if changed or phrase.endswith(_ENDS_OF_TIMES):
        found = _COMPARISON.search(phrase) or _MOMENT.search(phrase)
        return found.start() if found else len(phrase)
    return len(phrase)


def _noun_ends(text: str, start: int, end: int) -> bool:
    """规模, 投资额 …: a level word is only the tail of a noun there."""
    heads = lexicon("metric_heads")
    return (
        text[max(start, end - 4) : end] in heads
        or text[max(start, end - 3) : end] in heads
        or text[max(start, end - 2) : end] in heads
    )


@cache
def _openings(kind: str) -> Mapping[str, Sequence[int]]:
    """By their first letter, how long the words of a kind are."""
    return _lengths(words(kind)[0], 0)


def lead(text: str, span: Span, dates: Sequence[Mention], names: Sequence[Mention]) -> Span:
    """Cut connectors and dates off the front of a phrase: 其中，截至6月底|新能源装机."""
    start, end, before = span.start, span.end, -1
    if text[start : start + 1] == "未" and (found := _YEARS_AHEAD.match(text, start, end)):  # 未来10年将|回注二氧化碳
        start = found.end()
    kept, connecting = _openings("kept"), _openings("connector")
    name_starts = {name.span.start for name in names} if names else ()
    while before < start < end and start not in name_starts:
        before, letter = start, text[start]
        if letter in kept and _is_kept(text, start, kept[letter]):
            break
        if letter in _JOINERS_AND_QUOTES:
            start += 1
            continue
        for date in dates:
            if date.span.start <= start < date.span.end:
                start = min(end, date.span.end)
        if start == before and letter in connecting:
            start += _connector(text, start, end, connecting[letter])
    return span if start == span.start else Span(start, end)


def _is_kept(text: str, start: int, lengths: Sequence[int]) -> bool:
    """仅存 is no adverb, though 仅 is one."""
    kept = words("kept")[0]
    return any(text[start : start + n] in kept for n in lengths if n > 1)


def _connector(text: str, start: int, end: int, lengths: Sequence[int]) -> int:
    """Length of the connector that begins a phrase."""
    connectors = words("connector")[0]
    for length in lengths:
        if length <= end - start and text[start : start + length] in connectors:
            return length if length > 1 or text[start : start + 2] not in lexicon("metric_heads") else 0
    return 0


@cache
def _verbs() -> tuple[frozenset[str], Mapping[str, Sequence[int]]]:
    """The verbs that part a phrase; and by first letter how long they are, the longest first."""
    listed, longest = words("verb")
    verbs = listed | _HAVING
    return verbs, _lengths([verb for verb in verbs if 1 < len(verb) <= longest], 0)


def cut_verb(text: str, span: Span, names: Sequence[Mention] = ()) -> tuple[Span, Span, bool]:
    """Part a phrase at its last verb: 钢铁企业|实现|利润 is (whose, what, True).

    What is empty when the verb ends the phrase, and the whole phrase when there is no verb (then the third is False).
    """
    (verbs, lengths), phrase = _verbs(), text[span.start : span.end]
    found = _IN_ALL.match(phrase) if "共" in phrase or "累计" in phrase else None  # 公安机关共|侦破|案件2430起
    if found and found["verb"] not in words("act")[0] and found["verb"] not in words("verb")[0]:
        at, after = found.start(), found.end("verb")
        if (
            len(phrase) - after >= 2
            and not inside_word(phrase, after)
            and not in_head(phrase, found.start("verb"), after)
        ):
            return Span(span.start, span.start + at), Span(span.start + after, span.end), True
    lengths_from = lengths.get
    for at in range(span.end - 1, span.start - 1, -1):
        for length in lengths_from(text[at], ()):
            after = at + length
            if after > span.end or text[at:after] not in verbs:
                continue
            letter = text[after] if after < span.end else ""
            if letter in _NOUN_ENDINGS or letter == "的":  # 率先|投用的|示范工程: its verb is no predicate
                continue
            if names and any(name.span.start <= at < name.span.end for name in names):  # 国际货币基金|组织
                continue
            if text[at:after] == "组织" and (after == span.end or text[at - 1] in "党会善际群"):  # 慈善组织|超过1.5万家
                continue
            if not inside_word(phrase, after - span.start) and not in_head(phrase, at - span.start, after - span.start):
                while after < span.end and text[after] in "了着过":
                    after += 1
                return Span(span.start, at), Span(after, span.end), True
    found = _WILL.match(phrase) if "将" in phrase or "已" in phrase else None  # 平台|将|累计封存二氧化碳
    if found and phrase[found.end() :] not in words("act")[0]:
        return Span(span.start, span.start + found.end("who")), Span(span.start + found.end(), span.end), True
    return Span(span.start, span.start), span, False


def part_subject(text: str, span: Span, names: Sequence[Mention]) -> tuple[Subject, Span]:
    """Part a noun phrase into whose it is and what is measured: 我国|软件业务收入, 第二产业|用电量."""
    phrase = span.of(text)
    starts = {name.span.start for name in names} if names else ()
    for name in reversed(names):
        if text[name.span.start - 1] == "的" and name.span.end <= span.end - 2 and name.type == "Project":
            return name, Span(name.span.end, span.end)  # 中国海油率先投用的|示范工程|已累计封存
    led = span.start  # where a chain of names that opens the phrase goes on: 深圳|龙岗区
    for name in names:
        if name.span.start == led and name.span.end in starts:
            led = name.span.end
            continue
        if name.span.start == span.start and (listed := _LISTED.match(phrase)):  # 江南、江汉等部分地区|最高气温
            return listed.group(), Span(span.start + listed.end(), span.end)
        opens = name.span.start == led or text[name.span.start - 1] == "的"  # 率先投用的|封存示范工程
        rest_is_size = phrase[name.span.end - span.start :] in _SIZES  # 机器人|高
        if opens and rest_is_size:
            return name, Span(name.span.end, span.end)
        if opens and name.span.end <= span.end - 2 and name.name.text not in _NATION:
            rest = Span(name.span.end, span.end)
            if found := _REGION.match(rest.of(text)):
                rest = Span(rest.start + found.end(), span.end)
            if some := _SOME_OF.match(text, name.span.end, span.end):  # 粤港澳大湾区|内地9市|外贸总值
                return text[span.start : some.end()], Span(some.end(), span.end)
            if len(rest.of(text)) >= 2:
                return name, rest
    if phrase in lexicon("metric_heads"):  # 国内生产总值
        return None, span
    for nation in _NATION if phrase.startswith(_NATION) else ():
        if phrase.startswith(nation) and len(phrase) >= len(nation) + 2:
            year = _YEAR.match(phrase, len(nation))  # 中国|2023年|经济增速
            inner, what = _part_noun(text, Span(span.start + (year.end() if year else len(nation)), span.end))
            return "中国" + (inner or ""), what
    if (found := ALL.match(phrase)) and len(phrase) >= found.end() + 2:
        inner, what = _part_noun(text, Span(span.start + found.end(), span.end))
        return found.group() + (inner or ""), what
    return _part_noun(text, span)


def _part_noun(text: str, span: Span) -> tuple[str | None, Span]:
    phrase = text[span.start : span.end]
    if not _TOWARD.isdisjoint(phrase) and (found := _TOWARDS.match(phrase)) and holds(found["who"]):
        return found["who"], Span(span.start + found.end("who"), span.end)
    at = phrase.rfind("的")
    if at >= 2 and len(phrase) - at > 2 and "占" not in phrase[:at] and holds(phrase[:at]):
        return phrase[:at], Span(span.start + at + 1, span.end)
    of_size = phrase[-1:] in _SIZES  # 祝融号火星车|高
    if of_size and (found := _DIMENSION.fullmatch(phrase)) and not names_measure(phrase):
        return found["what"], Span(span.end - 1, span.end)
    if not names_measure(phrase) or phrase in lexicon("metric_heads"):  # 地区生产总值, 森林覆盖率
        return None, span
    out_of = not _OUT_OF.isdisjoint(phrase)  # 科考队从|海拔8300米
    if out_of and (found := _AT.search(phrase)) and names_measure(found["what"]):
        return None, Span(span.start + found.start("what"), span.end)
    thing: str | None = None
    length = len(GLOSS.sub("", phrase) if phrase[-1:] in "）)" else phrase)
    for at in range(length - 2, 1, -1):  # 城乡居民|生活用电量: the longest holder
        if phrase[at] in "、和及与化性率量额度数" or phrase[at - 1] in "、和及与":  # 铁路、公路|、水路; 产业|化率
            continue
        who = phrase[:at]
        if "占" in who or not holds(who, 2) or inside_word(phrase, at):
            continue
        if "、" in who and any(map(names_measure, who.split("、")[:-1])):  # 优良天数、地表水|断面比例
            continue
        if who in ("全社会", "单位"):  # 单位GDP能耗
            break
        if not thing_in(who):
            return who, Span(span.start + at, span.end)
        if at > 3:  # not 经费|总额
            thing = thing or who  # 中小企业|专利转化率: rather who has it, if the phrase says so
    return thing, span


def balanced(phrase: str) -> str:
    """华龙一号”核电机组 with the quotation mark that was cut off before it."""
    opened, closed = phrase.count("“"), phrase.count("”")
    if closed > opened:
        return "“" + phrase
    return phrase + "”" if opened > closed else phrase
