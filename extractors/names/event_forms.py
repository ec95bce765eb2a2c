"""Events told by a form of words: 中国西班牙文化和旅游年, 今年两会, “和平-23”多国海军联合演习, 运动会|倒计时仪式."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.names.boundary import left_edge
from extractors.patterns import regex, searching

_Span = tuple[int, int]

_ONE_LETTER = (
    "俄美英法德日韩印巴欧非阿哈白波匈塞捷希意西葡荷比瑞奥泰越柬老缅新马菲尼孟斯乌塔吉土蒙朝澳加墨智秘古沙埃坦赞肯"
)
_FIELDS = r"(?:文化|旅游|人文|体育|科技|创新|青年|教育|媒体|经贸|农业|语言|冬季运动|地方|交流|合作|和|与){1,5}"
# 中俄|文化年, 中国—坦桑尼亚|旅游文化年: a year that two countries keep together
_YEAR_OF_TWO = regex(
    rf"(?:(?:19|20)\d\d(?:年|[—－-](?:19|20)\d\d年)?)?“?(?:中国[—－–-]?(?P<country>[\u4e00-\u9fff]{{2,7}}?)|中[{_ONE_LETTER}]|[{_ONE_LETTER}]中)"
    rf"“?{_FIELDS}年(?![级代度来初末底前后间轻龄均产])”?"
)
_YEAR_OF = regex(
    r"(?:文化|旅游|人文|体育|科技|创新|青年|教育|媒体|经贸|农业|语言|运动|地方|交流|合作)年(?![级代度来初末底前后间轻龄均产])”?"
)
# “和平-23”|多国海军联合演习: an exercise by its name in quotation marks
_EXERCISE = regex(
    r"“[\u4e00-\u9fffA-Za-z0-9·—－–-]{2,14}”(?:(?:19|20)\d\d)?(?:(?![的了在])[\u4e00-\u9fff]){0,12}?"
    r"(?:联合军事演习|联合演习|联合演训|联合军演|联合训练|军事演习|实兵演习|演习)(?![场区部])"
)
_EXERCISES = ("演习", "演训", "军演", "联合训练")
# 两院院士|增选: the elections of the two academies
_ELECTION = regex(r"(?:(?:19|20)\d\d年)?(?:两院|中国科学院|中国工程院)院士增选")
# 全国|两会: the sessions of March; those of a province have its name before them
_SESSIONS = regex(
    r"(?P<when>(?:今年|去年|(?:19|20)\d\d年)的?)?(?<!全国)(?<![省市区县州方地级])两会(?=召开|期间|上|前|[，。、）])"
)
_NATIONAL = regex(r"全国两会|全国人大代表|全国政协委员|[一二三四五六七八九十]届全国人大|全国政协[一二三四五六七八九十]")
_COUNTDOWN = regex(r"倒计时[一二三四五六七八九十百\d]{1,3}(?:周年|天|日|个月)(?:系列|主题)?(?:仪式|活动|发布会|晚会)")
_SERIES = searching(r"第[一二三四五六七八九十百\d]{1,4}届|(?:19|20)\d\d年?")


def events_by_form(text: str) -> Iterator[tuple[_Span, str, str]]:
    """Span, name and rule of each event that the form of its words shows."""
    for end in (match.end() for match in _YEAR_OF.finditer(text)):
        match = _YEAR_OF_TWO.search(text, max(0, end - 32), end)
        if match is None or match.end() != end or match[0].count("“") != match[0].count("”"):
            continue
        if match["country"] is None or match["country"] in lexicon("countries"):
            yield match.span(), match[0].replace("“", "").replace("”", ""), "year that two countries keep"
    for match in _EXERCISE.finditer(text) if "“" in text and any(word in text for word in _EXERCISES) else ():
        yield match.span(), match[0], "exercise in quotation marks"
    for match in _ELECTION.finditer(text) if "院士增选" in text else ():
        yield match.span(), match[0], "election of an academy"
    yield from _sessions(text)
    for match in _COUNTDOWN.finditer(text) if "倒计时" in text else ():
        start = left_edge(text, match.start(), max(0, match.start() - 30))
        numbers = list(_SERIES.finditer(text, max(0, match.start() - 30), match.start()))
        if (numbers and numbers[0].start() <= start) or start < match.start() - 3:
            first = min(start, numbers[0].start()) if numbers else start
            if not re.search("[，。；：、\n的了]", text[first : match.start()]):
                yield (first, match.end()), text[first : match.end()], "countdown to an event"


def _sessions(text: str) -> Iterator[tuple[_Span, str, str]]:
    """今年的两会, in a text that speaks of the national congress or conference."""
    if "两会" not in text or not _NATIONAL.search(text):
        return
    for match in _SESSIONS.finditer(text):
        yield (match.end() - 2, match.end()), "全国两会", "sessions of March"
