"""Names as resolution compares them: without signs, and with the years and editions in them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache

from extractors.lexicon import lexicon
from extractors.numerals import digits, to_decimal
from kg.model import fold

# Signs and particles that two writings of one name differ in: 学习、宣传和贯彻 and 学习宣传贯彻.
_LOOSE = dict.fromkeys(map(ord, "的和与及、，,()〔〕[]：:；;。/|!！"))
_OPENINGS = ("关于", "中华人民共和国", "印发")
_ORDINALS = "届次期轮批回季号"
_FIGURES = frozenset("0123456789一二三四五六七八九十百零〇")
_LAST_YEAR = 2100
# What makes the loose form of a folded name another one. A look-up for each character of a translation is slow.
_TELLING = _FIGURES.union(map(chr, _LOOSE))


@lru_cache(maxsize=1 << 16)
def loose(name: str) -> str:
    """The name without what its writings differ in.

    >>> loose("关于促进民营经济发展壮大的意见"), loose("促进民营经济发展壮大意见")
    ('促进民营经济发展壮大意见', '促进民营经济发展壮大意见')
    """
    bare = fold(name)
    if bare.startswith(_OPENINGS):
        for opening in _OPENINGS:
            bare = bare.removeprefix(opening)
    if _TELLING.isdisjoint(bare):  # as most
        return bare or fold(name)
    if not _FIGURES.isdisjoint(bare):
        bare = _in_figures(bare)
    bare = bare.translate(_LOOSE)
    return bare or fold(name)


GENRES = {
    "Project": ("建设项目", "工程项目", "项目", "工程"), "Programme": ("专项行动", "行动", "工程", "计划", "活动"),
    "Event": ("系列活动", "活动"),
}  # fmt: skip
_SHORTEST = 4


def bare(kind: str, name: str) -> str:
    """The name without the word at its end that says what it is.

    >>> bare("Project", "成渝中线高铁项目"), bare("Project", "三峡工程")
    ('成渝中线高铁', '三峡工程')
    """
    spelt = loose(name)
    for ending in GENRES.get(kind, ()):
        if spelt.endswith(ending) and len(spelt) - len(ending) >= _SHORTEST:
            return spelt.removesuffix(ending)
    return spelt


@lru_cache(maxsize=1 << 14)
def series_name(name: str, host: bool = False) -> str:
    """The name without its numbers and, unless it is to stay, without its host: what all editions share.

    >>> series_name("2023年第七届世界智能大会"), series_name("七国集团广岛峰会"), series_name("良渚论坛")
    ('世界智能大会', '七国集团峰会', '良渚论坛')
    """
    folded = fold(name if host else without_host(name))
    parts: list[str] = []
    reached = 0
    for start, end, _ in numbers(folded):
        parts.append(folded[reached:start])
        reached = end + (folded[end : end + 1] == "年")
    return loose("".join((*parts, folded[reached:]))) if parts else loose(folded)


_MEETINGS = ("峰会", "大会", "会议", "会晤", "论坛")
_PLACES = ("foreign_cities", "cities", "provinces", "countries")


@lru_cache(maxsize=1 << 14)
def without_host(name: str) -> str:
    """The name of a meeting without the place it is held in, where that stands inside it.

    >>> without_host("七国集团广岛峰会"), without_host("上海合作组织峰会"), without_host("良渚论坛")
    ('七国集团峰会', '上海合作组织峰会', '良渚论坛')
    """
    if not name.endswith(_MEETINGS) or not _may_have_host(name):
        return name
    for start, end in longest(name, _places()):
        if start and name.startswith(_MEETINGS, end):
            return name[:start] + name[end:]
    return name


def _may_have_host(name: str) -> bool:
    """Whether the name of a place stands before a word for a meeting: few names are looked through for all places."""
    places = _places()
    for word in _MEETINGS:
        end = name.find(word, 1)
        while end > 0:
            for start in range(1, end):
                if name[start:end] in places:
                    return True
            end = name.find(word, end + 1)
    return False


@cache
def _places() -> frozenset[str]:
    return frozenset(word for name in _PLACES for word in lexicon(name))


def longest(name: str, words: Container[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in a name: the longest ones, left to right and without overlap.

    A name is short. To make the tries ready by which texts are searched takes longer than to look for all its parts.

    >>> list(longest("七国集团广岛峰会", {"广岛", "七国"}))
    [(0, 2), (4, 6)]
    """
    at = 0
    while at < len(name):
        for end in range(len(name), at, -1):
            if name[at:end] in words:
                yield at, end
                at = end
                break
        else:
            at += 1


def _in_figures(name: str) -> str:
    """第十九届亚运会 and 第19届亚运会 as one, 2025年第九届亚冬会 without its year."""
    parts: list[str] = []
    reached = 0
    for start, end, mark in numbers(name):
        parts += name[reached:start], mark
        reached = end
    parts.append(name[reached:])
    if len(parts) > 4 and not parts[0] and len(parts[1]) == 4 and parts[2] in ("", "年") and parts[3][-1] == "届":
        parts = parts[3:]
    return "".join(parts)


@lru_cache(maxsize=1 << 16)
def marks(name: str) -> frozenset[str]:
    """Years, ordinals and numbers in a name: names that differ in them are names of different things.

    >>> sorted(marks("第七届中国国际进口博览会")), sorted(marks("2024年度第25次报告")), sorted(marks("首届良渚论坛"))
    (['7届'], ['2024', '25次'], ['1届'])
    """
    return frozenset(mark for _, _, mark in numbers(name))


@lru_cache(maxsize=1 << 14)
def numbers(name: str) -> Sequence[tuple[int, int, str]]:
    """Where a number stands in a name, and what it comes to: 7届 for 第七届, 2024 for 2024年."""
    found: list[tuple[int, int, str]] = []
    if name.startswith("首届"):
        found.append((0, 2, "1届"))
    if _FIGURES.isdisjoint(name):  # as most
        return found
    at = 0
    while at < len(name):
        if name[at] not in _FIGURES:
            at += 1
            continue
        end = at
        while end < len(name) and name[end] in _FIGURES:
            end += 1
        words = name[at:end]
        value = digits(words) if len(words) == 4 else None
        number = value if value is not None else to_decimal(words)
        follows = name[end : end + 1]
        if name[at - 1 : at] == "第" and follows and follows in _ORDINALS:
            found.append((at - 1, end + 1, f"{number if number is not None else words}{follows}"))
        elif words.isdigit() or len(words) > 1 or name[at - 1 : at] == "第":
            found.append((at, end, str(number if number is not None else words)))
        at = end
    return found


@lru_cache(maxsize=1 << 14)
def edition(name: str) -> tuple[str, str] | None:
    """The name of the series and the edition that the name of a meeting opens with, or None.

    >>> edition("第七届中国国际进口博览会"), edition("2024年中国网络文明大会"), edition("2024中关村论坛")
    (('中国国际进口博览会', '第七届'), ('中国网络文明大会', '2024年'), ('中关村论坛', '2024'))
    >>> edition("首届良渚论坛"), edition("2023年第七届世界智能大会"), edition("世界智能大会"), edition("第二次全体会议")
    (('良渚论坛', '首届'), ('世界智能大会', '2023年第七届'), None, None)
    """
    rest = name
    while True:
        found = numbers(rest)
        if not found or found[0][0] != 0:
            break
        start, end, mark = found[0]
        if rest[start] == "第" or rest.startswith("首届"):
            if mark[-1] not in "届次期":
                break
        elif not _is_year(mark, rest[start:end]):
            break
        elif rest[end : end + 2] == "年度":
            end += 2
        elif rest[end : end + 1] == "年":
            end += 1
        rest = rest[end:]
    series = rest.strip("“”") if rest.count("“") == rest.count("”") and rest.endswith("”") else rest
    # 第二次全体会议 is no series: whose it is stands elsewhere.
    if series == name or len(series) < 4 or series.startswith(("全体会议", "会议", "理事会")):
        return None
    return series, name[: len(name) - len(rest)]


def _is_year(mark: str, words: str) -> bool:
    return len(words) == 4 and mark.isdigit() and 1900 <= int(mark) < _LAST_YEAR
