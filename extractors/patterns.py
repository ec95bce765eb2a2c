"""Patterns that are tried at every place of a text.

Python's search is quick when a pattern begins with a letter or a class of letters, and slow when it begins with 前任?,
(?<!第) or (?:A|B)?C: then every alternative is tried at every place. `searching` puts before such a pattern a look at
the one character that stands there, so that most places cost one step. What the pattern finds stays the same.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

# The parser behind re.compile. It has no public name, but reading patterns a second time ourselves would be worse.
_parser: Any = import_module("re._parser")
_op: Any = import_module("re._constants")

_WIDEST = 1000  # different characters: what begins with so many begins nearly anywhere
_Begin = list[tuple[int, int]]  # ranges of code points
_DIGITS: _Begin = [(ord("0"), ord("9")), (ord("０"), ord("９"))]


def searching(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern that is searched for all over a text; with flags as re.compile has them.

    >>> slow = re.compile("(?:常务)?副(?:省|市)长")
    >>> searching("(?:常务)?副(?:省|市)长").pattern
    '(?=[副常])(?:(?:常务)?副(?:省|市)长\\n)'
    """
    parsed = _parser.parse(pattern, flags)
    begins, empty = _begins(parsed)
    plain = parsed.state.flags == flags | re.UNICODE  # no (?i) in the pattern
    narrow = begins is not None and 0 < sum(last - first + 1 for first, last in begins) <= _WIDEST
    if begins is None or empty or not plain or not narrow or flags & re.IGNORECASE or _quick(parsed):
        return re.compile(pattern, flags)
    letters = {chr(code) for first, last in begins for code in range(first, last + 1)}
    end = "\n" if flags & re.VERBOSE else ""  # the pattern may end in a comment
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(letters)))}])(?:{pattern}{end})", flags)


def _quick(parsed: Any) -> bool:
    """Whether Python itself knows what the pattern begins with."""
    kind, what = parsed[0]
    if kind is _op.SUBPATTERN:
        return _quick(what[3])
    if kind is _op.BRANCH:
        return all(len(branch) and branch[0][0] is _op.LITERAL for branch in what[1])
    return kind is _op.LITERAL or kind is _op.IN


def _begins(parsed: Any) -> tuple[_Begin | None, bool]:
    """What a sequence may begin with, None for nearly anything; and whether it may be empty."""
    found: _Begin = []
    for kind, what in parsed:
        begins, empty = _item(kind, what)
        if begins is None:
            return None, False
        found += begins
        if not empty:
            return found, False
    return found, True


def _item(kind: Any, what: Any) -> tuple[_Begin | None, bool]:
    if kind is _op.LITERAL:
        return [(what, what)], False
    if kind is _op.IN:
        return _class(what), False
    if kind is _op.SUBPATTERN:
        _, more_flags, fewer_flags, inner = what
        return (None, False) if more_flags or fewer_flags else _begins(inner)
    if kind is _op.ATOMIC_GROUP:
        return _begins(what)
    if kind in (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT):
        least, _, inner = what
        begins, empty = _begins(inner)
        return begins, empty or least == 0
    if kind is _op.BRANCH:
        branches = [_begins(branch) for branch in what[1]]
        if any(begins is None for begins, _ in branches):
            return None, False
        return [one for begins, _ in branches for one in begins or ()], any(empty for _, empty in branches)
    if kind in (_op.ASSERT, _op.ASSERT_NOT, _op.AT):
        return [], True  # looks only; what follows begins the match
    return None, False


def _class(members: Any) -> _Begin | None:
    found: _Begin = []
    for kind, what in members:
        if kind is _op.LITERAL:
            found.append((what, what))
        elif kind is _op.RANGE:
            found.append(what)
        else:
            return None  # [^…], \w, \s
    return found
