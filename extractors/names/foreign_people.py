"""Foreign people, whose names are written by sound: 谢尔达尔·别尔德穆哈梅多夫, 布克尔|总统, 多瓦尔|表示."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.lexicon import lexicon, matches
from extractors.names.boundary import edge_at
from extractors.names.person_names import after_title, ends, foreign_end, is_word
from extractors.patterns import regex

# “亚伯拉罕·林肯”号 is a ship, 洛克希德·马丁公司 a firm.
_NO_PERSON = regex(
    r"”?号|合作社|银行|工厂|学校|[中小]学|广场|国家公园|公司|集团|大学|学院|基金会|研究所|奖|杯|中心|酒店|国际机场|机场|医院|体育"
)
# 选举菲勒蒙·扬|为第79届联大主席, 同何塞·马丁内斯|会谈
_ENDED = regex("为(?=第[\\d一二三四五六七八九十]|新|[下首]一?任|总[统理干裁]|主席|首相|副|联合国)|会[谈见晤]")
# 应|舒尤克总统和欧尔班总理邀请
_INVITED = regex(r"(?:^|[，。；\n])应$|(?<![共不一会])[同与]$|[会晤]见$")
# Lists that hold words written by sound which are no people: 哈马斯|称, 欧佩克|表示.
_BODIES = ("international", "companies", "media", "associations", "countries", "foreign_cities", "places")


def foreign_people(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of every foreign name that a dot, a post behind it or a verb of saying shows."""
    yield from _foreign_before_posts(text)
    yield from _speakers(text)
    for match in _dotted_pattern().finditer(text) if "·" in text or "•" in text or "‧" in text else ():
        if name := _dotted(text, match):
            yield *name, "foreign name with a dot"


@lru_cache(maxsize=1)
def _speaking() -> re.Pattern[str]:
    """After punctuation: 多瓦尔|表示, 阿塔尔|28日说."""
    sounds = "".join(lexicon("transliteration"))
    return re.compile(
        rf"[。；！？”\n](?:[但不]过?)?(?P<name>[{sounds}]{{3,7}})"
        r"(?=(?:当天|同日|\d{1,2}日|今天|昨天|还|则|随后|此前|日前)?(?:表示|称|说|指出|强调|认为|介绍))"
    )


def _speakers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _speaking().finditer(text):
        name = match["name"]
        if not is_word(name) and not any(True for _ in matches(name, *_BODIES)):
            yield *match.span("name"), "foreign name before a verb of saying"


_POSTS = ("总统", "总理", "首相", "外长", "国王", "埃米尔", "苏丹")


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    sounds = "".join(lexicon("transliteration"))
    return re.compile(rf"((?:[{sounds}]{{2,6}}-)?[{sounds}]{{2,9}})(?={'|'.join(_POSTS)})")


def _foreign_before_posts(text: str) -> Iterator[tuple[int, int, str]]:
    """来华访问的|布克尔总统; but in 哈萨克斯坦总统 a country stands before the post."""
    if not any(post in text for post in _POSTS):
        return
    countries = {end for _, end, _ in matches(text, "countries", "foreign_cities")}
    for match in _heads().finditer(text):
        start: int | None = next((p for p in range(match.start(), match.end() - 2) if edge_at(text, p)), None)
        if _INVITED.search(text, max(0, match.start() - 2), match.start()):
            start = match.start()
        elif match.end() - match.start() < 3:
            continue
        if start is None or is_word(match.group()):
            continue
        # 威廉-亚历山大|国王: what is joined by a stroke is no city
        if "-" in match.group() or countries.isdisjoint(range(start + 1, match.end() + 1)):
            yield start, match.end(), "foreign name before a post"


@lru_cache(maxsize=1)
def _dotted_pattern() -> re.Pattern[str]:
    """谢尔达尔·别尔德穆哈梅多夫, 戴维•格罗斯, 雪克来提·扎克尔"""
    sounds = "".join(lexicon("transliteration"))
    return re.compile(
        rf"""(?P<first> (?:[{sounds}夸·•‧]|彼得|何塞){{1,24}}) [·•‧]
             (?P<last> [{sounds}-]{{1,12}} (?:[—－–][{sounds}]{{2,6}})?)""",
        re.VERBOSE,
    )


def _dotted(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """A dotted name without the post before it (总统|谢尔达尔·…) and without the words behind."""
    start, end = match.span()
    base = max(0, start - 6)
    for begin, stop, word in matches(text[base : match.end("first")], "titles", "countries"):
        # One country, where the sounds begin: 意大利|马里奥·德拉吉, 埃马纽埃尔·马克龙.
        if base + begin <= (start if word.lexicon == "titles" else match.start()):
            start = max(start, base + stop)
    start = _dotted_start(text, start)
    ended = _ENDED.search(text, match.start("last") + 1, end + 3)
    if ended and ended.start() <= end:
        return (start, ended.start()) if ended.start() - start >= 3 else None
    end = foreign_end(text, match.start("last") + 2, end) or _dotted_end(text, end, len(match["last"]))
    end -= text[end - 1] == "因"  # 约翰·史密斯|因病去世
    if text[start : start + 1] in "·•‧" or end - start < 3 or text[start - 1 : start] == "《":
        return None
    if _NO_PERSON.search(text, match.start("last") + 1, end + 3):
        return None
    return start, end


def _dotted_start(text: str, start: int) -> int:
    """Left over the characters that transliterations seldom use, when an edge is near: 叶|甫根尼·普鲁申科."""
    if text[start - 1 : start] in set("同与和"):
        return start
    for left in range(start, max(0, start - 3), -1):
        if edge_at(text, left) or after_title(text, left, role=False):
            return left
    return start


def _dotted_end(text: str, end: int, length: int) -> int:
    """Right over such characters, when a known word is near: 赛|力克获得; one character alone is no name."""
    return next((right for right in range(end + (length < 2), end + 4) if ends(text, right)), end)
