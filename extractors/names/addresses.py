"""Where a body lies is no part of its name: 河北乐亭|李大钊纪念馆, 美国马萨诸塞州|伍斯特州立大学.

One place before a name is often part of it (南京博物院, 上海瑞金医院). Two, one inside the other, are an address, when
what follows them names something by itself: a person, a word written by sound, a landmark.
"""

from __future__ import annotations

from functools import cache

from extractors.lexicon import lexicon, matches
from extractors.names.divisions import DIVISIONS, prefix, short_forms_within
from extractors.names.person_names import is_name

_OWN_PLACES = ("places", "parks")


def without_address(text: str, begin: int, start: int, kind: str | None) -> int:
    """Where a name begins whose suffix starts at `start`, without the two places that may stand at `begin`."""
    if kind == "Company" or start - begin < 6:
        return begin
    listed = {begin + s: (begin + e, entry) for s, e, entry in matches(text[begin:start], *DIVISIONS, "countries")}
    if begin not in listed:
        return begin
    first, entry = listed[begin]
    after = listed[first][0] if first in listed else _inside(text, first, entry.code)
    if entry.lexicon == "countries":
        after = _state(text, first, start)
    if after and _names_by_itself(text[after:start]):
        return after
    # 陕西|延安革命纪念馆: the province only says where the city is; but a body may have both (安徽合肥先进计算中心)
    city = listed[first][1] if first in listed else None
    museum = text.startswith(("纪念馆", "博物馆", "博物院"), start)
    short = museum and entry.lexicon == "provinces" and entry.word != entry.value and entry.value[-1] != "市"
    return first if short and city and city.lexicon == "cities" and start - after >= 2 else begin


def _inside(text: str, at: int, code: str) -> int:
    """End of the short form of a county after its province or city: 河北|乐亭."""
    within = short_forms_within().get(prefix(code), {}) if code and " " not in code else {}
    return next((at + k for k in (4, 3, 2) if text[at : at + k] in within), 0)


def _state(text: str, at: int, start: int) -> int:
    """End of the state or province of another country: 美国|马萨诸塞州; but in 美国|伍斯特州立大学 there is none."""
    for end in range(at + 3, min(start, at + 9)):
        if text[end - 1] in "州省" and not text.startswith("立", end):
            return end if _by_sound(text[at : end - 1]) else 0
    return 0


def _by_sound(word: str) -> bool:
    """马萨诸塞, 伍斯特: one character that the list lacks may be among those that carry sound."""
    return sum(character not in _sounds() for character in word) <= 1


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(lexicon("transliteration")))


def _names_by_itself(own: str) -> bool:
    own = own.removesuffix("州立")  # 伍斯特|州立大学
    if len(own) >= 3 and _by_sound(own) and own[-1] in _sounds():
        return True
    if len(own) in {2, 3} and is_name(own):  # 李大钊|纪念馆
        return True
    return any(s == 0 and e < len(own) for s, e, _ in matches(own, *_OWN_PLACES))
