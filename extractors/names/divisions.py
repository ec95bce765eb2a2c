"""The divisions of GB/T 2260: names by code, short forms of counties, what lies in what.

A code is six digits: two for the province, two for the city, two for the county; a parent's code ends in zeros.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from functools import cache
from types import MappingProxyType

from extractors.lexicon import lexicon
from extractors.model import Name
from extractors.patterns import regex

DIVISIONS = ("provinces", "cities", "counties")


def name_of(code: str) -> Name:
    """The name of a division, with its parent where another division has the same name."""
    full = full_names()[code]
    return Name(full, within=full_names()[parent(code)] if _how_many()[full] > 1 else None, code=code)


@cache
def _how_many() -> Mapping[str, int]:
    return Counter(full_names().values())


@cache
def full_names() -> Mapping[str, str]:
    """Full name of every division by code."""
    names: dict[str, str] = {}
    for name in DIVISIONS:
        for entry in lexicon(name).values():
            if entry.word == entry.value and not entry.note.startswith("已撤"):
                names.update(dict.fromkeys(entry.code.split(), entry.value))
    return MappingProxyType(names)


@cache
def short_forms_within() -> Mapping[str, Mapping[str, str]]:
    """By code prefix of a province or city: short form of a county → its code. 和平, 公安 and the like are left out."""
    table: dict[str, dict[str, str]] = {}
    words, cities = lexicon("county_words"), lexicon("cities")
    for code, full in full_names().items():
        short = _short(full)
        if code.endswith("00") or len(short) < 2 or short in words or short == full:
            continue
        if short in cities and cities[short].code[:2] == code[:2]:
            continue  # 湖南长沙 is the city, not 长沙县
        for prefix in (code[:2], code[:4]):
            table.setdefault(prefix, {})[short] = code
    return MappingProxyType(table)


_ENDING = regex(r"(?:自治[县旗]|新区|特区|林区|[区县市旗])$")
_PEOPLES = regex(
    r"(?:各族|蒙古|(?:哈萨克|塔吉克|鄂温克|达斡尔|土家|毛南|仫佬|布依|仡佬|哈尼|拉祜|布朗|普米|独龙|傈僳|纳西|撒拉|裕固|锡伯"
    r"|[满回畲苗侗瑶壮黎羌彝藏水傣佤白怒土])族?)+$"
)


def _short(full: str) -> str:
    """环江 for 环江毛南族自治县, 晋江 for 晋江市."""
    short = _ENDING.sub("", full)
    if "自治" in full:
        bare = _PEOPLES.sub("", short)
        return bare if len(bare) > 1 else short
    return short


def prefix(code: str) -> str:
    """The part of a code that its children share: 32 for 320000, 3201 for 320100."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


@cache
def short_forms() -> Mapping[str, tuple[str, ...]]:
    """Short form → codes, common words too: where a list closes on 区县市 they are plain."""
    table: dict[str, list[str]] = {}
    for code, full in full_names().items():
        if not code.endswith("00") and len(short := _short(full)) > 1:
            table.setdefault(short, []).append(code)
    return MappingProxyType({short: tuple(codes) for short, codes in table.items()})


@cache
def short_openings() -> Set[str]:
    """The first two letters of short forms."""
    return {short[:2] for short in short_forms()}


def parent(code: str) -> str:
    city = f"{code[:4]}00"
    return city if city in full_names() and not code.endswith("00") else f"{code[:2]}0000"


def settle(codes: tuple[str, ...], beside: str | None, known: frozenset[str]) -> str | None:
    """The one code that context allows, or None."""
    if len(codes) <= 1:
        return codes[0] if codes else None
    if beside:
        inside = [code for code in codes if code.startswith(prefix(beside))]
        if len(inside) == 1:
            return inside[0]
    for depth in (4, 2):
        near = [code for code in codes if any(k[:depth] == code[:depth] and k != code for k in known)]
        if len(near) == 1:
            return near[0]
    return None
