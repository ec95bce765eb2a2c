"""What a page says about itself: issue date, publisher, reporters."""

from __future__ import annotations

import re

from extractors.lexicon import lexicon
from extractors.model import IssuedBasis
from extractors.numerals import digits, to_decimal
from extractors.patterns import regex, searching
from extractors.reading import layout
from extractors.reading.metaline import CALENDAR, YEAR, edtf, narrow

# Lines that hold a date and nothing else, with what mastheads and web pages put around it.
_DATE_LINE = regex(
    rf"""[ ]*[（(]?(?:(?P<name>[^\s：，。、]{{1,16}}?)[ ]*)?(?<![至于到自从在])  # a bulletin's or an office's name
    (?:发布(?:时间|日期)|成文日期|印发日期|出版日期|更新时间|时间|日期)?[ ]*[：:]?[ ]*
    (?P<date>{CALENDAR})
    [ ]*(?:第?[ ]?\d{{1,4}}[ ]?[期版])?
    (?:[ ]*[（(]?(?:总第?[ ]?\d{{1,5}}[ ]?期|(?:星期|周)[一二三四五六日天])[）)]?)?
    [ ]*(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?[ ]*(?P<rest>.{{0,60}}?)[）)]?[ ]*""",
    re.VERBOSE,
)
_REST = regex(
    r"(?:[ |｜]*(?:信息|稿件|文章)?(?:来源|稿源)[ ]*[：:][ ]*(?P<publisher>[^ |｜]{2,30}))?"
    r"(?:[ |｜]*(?:作者|记者|编辑|责任编辑|浏览次数|阅读|点击|字号|字体|第|发表于|印发$)[^。，]{0,40})?"
)
# （《新闻联播》 20240316 19:00）, # 《新闻联播》 (20230106), # 某市每日播报（2023年5月30日）
_PROGRAMME = regex(
    r"""[ ]*\#?[ ]*(?:[（(]?《[^》]{2,20}》[ ]?[（(]?|[^\s，。、：《》（(]{2,20}[ ]?[（(])[ ]*
    (?P<y>20\d\d)[ ]?(?:年|[-./])?[ ]?(?P<m>1[0-2]|0?[1-9])(?:月|[-./])?[ ]?(?P<d>3[01]|[12]\d|0?[1-9])日?
    (?:[ ]+\d{1,2}:\d\d)?[）)]?[ ]*""",
    re.VERBOSE,
)
_ISSUE = regex(rf"[ ]*\S{{0,20}}?[ ]?{YEAR}[ ]?年[ ]?第[ ]?\d{{1,4}}[ ]?期.{{0,20}}")
_SOURCE_DATE = regex(rf"[ ，,]*{CALENDAR}[ ]*$")
# A yearly event names the year it is held in, and news of it are of that year: 2023年全国科技活动周启动. Other years
# in a text are no better than a guess: of those in the first lines of dated news, two in five are another year.
_EVENT_YEAR = searching(
    r"(?<!\d)(?P<y>20\d\d)[ ]?年[^，。、；\n]{0,20}(?:启动|召开|开幕|会议|论坛|大会|博览会|科技周|活动周|年会|工作者日)"
)
_OPENS_DATED = regex(r"(?P<y>20\d\d)[ ]?年[ ]?\d{1,2}[ ]?月[ ]?\d{1,2}[ ]?日[^，。至到起—-]{0,4}，")
_ROLE = regex(rf"(?:{layout.ROLE}|参与(?:采写|报道|写作)(?:记者)?)[ :：]{{0,2}}")
_NAME = regex(layout.NAME)
_REPORTED = regex(r"(?:[ ][\u4e00-\u9fff]{2,4})?报道[，,：:]?$")  # 记者 李明 北京报道
_SEPARATOR = regex(r"[ 、，,/／]+")


def date_line(line: str) -> tuple[str, str | None] | None:
    """EDTF date and publisher of a line that holds nothing but a date of issue.

    >>> date_line("2023年5月22日 星期一"), date_line("发布时间：2021-01-28 来源：科技部"), date_line("2021年第3期")
    (('2023-05-22', None), ('2021-01-28', '科技部'), ('2021', None))
    >>> date_line("2023年5月22日启动"), date_line("截至2023年5月22日")
    (None, None)
    """
    line = _SPELLED.sub(_in_figures, narrow(line)) if "年" in line else narrow(line)
    if len(line) > 120 or ("20" not in line and "19" not in line):
        return None
    match = _PROGRAMME.fullmatch(line)
    if match:
        return edtf(match), None
    match = _DATE_LINE.fullmatch(line)
    if match and match["m"]:
        rest = _REST.fullmatch(match["rest"])
        if rest:
            return edtf(match), rest["publisher"] or outlet(match["name"] or "")
        words = match["rest"].split()
        named = next(filter(None, map(outlet, words)), None)
        if named or (words and _OF_ISSUE.search(line) and all(_COLUMN.fullmatch(w) for w in words)):
            return edtf(match), named or outlet(match["name"] or "")  # 2023年5月30日 第4版 要闻 科技日报
        return None
    match = _ISSUE.fullmatch(line)
    return (match["y"], None) if match else None


def _in_figures(match: re.Match[str]) -> str:
    return f"{digits(match[1])}年{to_decimal(match[2])}月{to_decimal(match[3])}日"


def outlet(words: str) -> str | None:
    """The words when they name a newspaper, agency or site: 科技日报, but not 某市科学技术局办公室编."""
    return words if layout.OUTLET.fullmatch(words) or words in lexicon("media") else None


def dates_article(line: str) -> bool:
    """Does a date line stand under its headline, （2023年4月26日） or with a time of day, and is no masthead's?

    >>> dates_article("（2023年4月26日）"), dates_article("2023年4月26日 星期三 第3版")
    (True, False)
    """
    return bool(_UNDER.match(line)) and not _OF_ISSUE.search(line)


# 二〇二三年六月十五日
_SPELLED = regex(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_COLUMN = regex(r"[\u4e00-\u9fff·]{2,6}|[A-D]?\d{1,2}版?")  # the name of a newspaper's page: 要闻
_UNDER = regex(r"[ ]*[（(]|.{0,40}(?:发布|时间|日期|来源|发表于|\d[:：]\d\d)")
_OF_ISSUE = regex(r"[期版]|星期")


def source(words: str) -> tuple[str, str | None]:
    """Publisher and date out of what follows 来源：.

    >>> source("科技日报，2023-07-22"), source("新华网")
    (('科技日报', '2023-07-22'), ('新华网', None))
    """
    match = _SOURCE_DATE.search(words)
    if not match or not match["m"]:
        return words.strip(), None
    return words[: match.start()].strip(), edtf(match)


def is_programme(line: str) -> bool:
    """A broadcast's own line, （《新闻联播》 20240316 19:00）, which dates everything on the page."""
    return len(line) < 60 and bool(_PROGRAMME.fullmatch(line))


def writers(words: str) -> tuple[str, ...]:
    """Names out of 记者 戴小河 印朋 通讯员 李明; words without a role name nobody.

    >>> writers("记者 戴小河 印朋"), writers("新闻联播")
    (('戴小河', '印朋'), ())
    """
    words = _REPORTED.sub("", words.rstrip())
    roles = list(_ROLE.finditer(words))
    if not roles:
        return ()
    listed = _ROLE.sub("、", words[roles[0].start() :])
    return tuple(dict.fromkeys(n for n in names(listed) if _NAME.fullmatch(n)))


def names(words: str) -> tuple[str, ...]:
    return tuple(n for n in _SEPARATOR.split(words.strip()) if n)


def settle_issued(given: str | None, printed: str | None, inferred: str | None) -> tuple[str | None, IssuedBasis]:
    """What the user gave rules, unless the page prints a date inside it: 2025-05 given, 2025-05-21 printed."""
    if printed and (not given or printed.startswith(given)):
        return printed, "printed"
    if given:
        return given, "given"
    return (inferred, "inferred") if inferred else (None, "unknown")


def infer_year(title: str | None, body: str) -> str | None:
    """The year an undated article must be from: of its event, or of the date with which it opens."""
    body = narrow(body[:400])
    found = _EVENT_YEAR.search(narrow(title or "")) or _OPENS_DATED.match(body) or _EVENT_YEAR.search(body)
    return found["y"] if found else None
