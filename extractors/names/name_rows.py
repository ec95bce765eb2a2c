"""People who are heard by nothing but each other: rows of names, and pairs of partners in a contest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import lexicon
from extractors.names.boundary import edge_at
from extractors.names.person_names import ROLE, chinese_name_at, is_name
from extractors.patterns import regex

# 沈雨桐、陈可欣/许一诺以及周云帆
_ROW = regex(r"[一-龥]{2,8}?(?:(?:[、/]|以及|和)[一-龥]{2,3}){2,20}")
_JOINT = regex(r"[、/]|以及|和")


@cache
def _two() -> re.Pattern[str]:
    """Two names in the middle of a row: most texts have no row, and looking for this is quicker."""
    surnames = "".join({name[0] for table in ("surnames", "common_surnames") for name in lexicon(table)})
    return re.compile(rf"[、/及和][{surnames}][一-龥]{{1,2}}(?:[、/]|以及|和)[{surnames}]")


def rows(text: str) -> Iterator[tuple[int, int, str]]:
    """沈雨桐、陈可欣/许一诺以及周云帆: three or more in a row, at least two of them of three characters."""
    for match in _ROW.finditer(text) if _two().search(text) else ():
        joints = list(_JOINT.finditer(text, *match.span()))
        items = list(
            zip(
                [match.start(), *(j.end() for j in joints)],
                [*(j.start() for j in joints), match.end()],
                strict=True,
            )
        )
        last = chinese_name_at(text, items[-1][0], listed=True)
        items[-1:] = [(items[-1][0], last)] if last else []
        start, end = items[0] if items else (0, 0)
        while end - start > 1 and not (_may_begin(text, start) and is_name(text[start:end])):
            start += 1
        if len(items) < 3 or not is_name(text[start:end]):
            continue
        items[0] = (start, end)
        names = [text[a:b] for a, b in items]
        fit = [is_name(n) and n[0] in lexicon("common_surnames") for n in names]
        # 任一荣 in a row of eleven is a name although 任一 is a word.
        odd = all(f or (len(n) == 3 and n[0] in lexicon("surnames")) for f, n in zip(fit, names, strict=True))
        plain = all(fit) or (odd and sum(fit) >= 4 and sum(fit) >= 0.8 * len(fit))
        # 白如玉、明如镜、薄如纸 and 莫偷盗、莫撒谎、莫懒惰 rhyme; people do not.
        rhymes = len({n[:1] for n in names}) == 1 or len({n[1:2] for n in names}) == 1
        if plain and sum(len(n) == 3 for n in names) >= 2 and not rhymes:
            for a, b in items:
                yield a, b, "row of names"


def pairs(text: str) -> Iterator[tuple[int, int, str]]:
    """王楚钦/孙颖莎: partners in a contest."""
    for slash in re.finditer("/", text) if "/" in text else ():
        at = slash.start()
        one = next(
            (at - k for k in (3, 2) if at >= k and is_name(text[at - k : at]) and _may_begin(text, at - k)), None
        )
        two = chinese_name_at(text, at + 1, listed=True)
        if one is None or two is None or at - one + two - at < 6:
            continue
        if text[one] in lexicon("common_surnames") and text[at + 1] in lexicon("common_surnames"):
            yield one, at, "pair of names"
            yield at + 1, two, "pair of names"


def _may_begin(text: str, start: int) -> bool:
    """At an edge, or after a body: 青岛理工大学|陈全林、章建平."""
    return edge_at(text, start) or bool(ROLE.search(text, max(0, start - 1), start))
