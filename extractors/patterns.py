"""Patterns: compiled when they are first asked, and quick where they are tried at every place of a text.

To compile the 1,500 patterns of all rules takes longer than to read fifty pages, and no text needs all. `regex` and
`searching` give what stands for a pattern until then.

Python's search is quick when a pattern begins with a letter or a class of letters, and slow when it begins with 前任?,
(?<!第) or (?:A|B)?C: then every alternative is tried at every place. `searching` puts before such a pattern a look at
the one character that stands there, so that most places cost one step. What the pattern finds stays the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, cast

# The parser behind re.compile. It has no public name, but reading patterns a second time ourselves would be worse.
_parser: Any = import_module("re._parser")
_op: Any = import_module("re._constants")

_WIDEST = 1000  # characters: what begins with so many begins nearly anywhere
_Begins = dict[str, int]  # members of a class, as they are written there, and how many characters each stands for
_MEMBERS = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class _Asked:
    """Stands for a pattern that is compiled, where something else than a name of a module holds it."""

    __slots__ = ("_home", "_make", "_only", *_MEMBERS)


class _Unasked(_Asked):
    """Stands for a pattern until it is first asked; then the pattern takes its place in the module that names it."""

    __slots__ = ()

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make
        frame = sys._getframe(1)
        while frame.f_code.co_name != "<module>" and frame.f_back:
            frame = frame.f_back
        self._home = frame.f_globals

    def __getattr__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise AttributeError(name)
        made = self._make()
        for member in _MEMBERS:
            vars(_Asked)[member].__set__(self, getattr(made, member))
        for named, held in list(self._home.items()):
            if held is self:  # to ask it through what stood for it would make reading a hundredth slower
                self._home[named] = made
        self.__class__ = _Asked  # type: ignore[assignment]  # has no __getattr__, and asks itself
        return getattr(made, name)


class _Spared(_Unasked):
    """Stands for a pattern until it is asked about a text that holds what it cannot be without."""

    __slots__ = ()

    def __init__(self, make: Callable[[], re.Pattern[str]], only: re.Pattern[str]) -> None:
        super().__init__(make)
        self._only = only

    def _holds(self, text: str) -> bool:
        return self._only.search(text) is not None

    def search(self, text: str, *within: int) -> re.Match[str] | None:
        return self.__getattr__("search")(text, *within) if self._holds(text) else None

    def match(self, text: str, *within: int) -> re.Match[str] | None:
        return self.__getattr__("match")(text, *within) if self._holds(text) else None

    def fullmatch(self, text: str, *within: int) -> re.Match[str] | None:
        return self.__getattr__("fullmatch")(text, *within) if self._holds(text) else None

    def finditer(self, text: str, *within: int) -> Iterator[re.Match[str]]:
        return self.__getattr__("finditer")(text, *within) if self._holds(text) else iter(())


def put_off(make: Callable[[], re.Pattern[str]], only: re.Pattern[str] | None = None) -> re.Pattern[str]:
    """What stands for a pattern that is made when it is first asked; a mistake in it is an error there.

    `only` is a small pattern that finds something in every text in which the other does: until it has, the answer is
    no, and the other is not made.

    >>> hall = put_off(lambda: re.compile("(?:..)+大会堂"), only=regex("会堂"))
    >>> hall.search("在人民广场"), bool(hall.search("在人民大会堂")), hall.pattern
    (None, True, '(?:..)+大会堂')
    """
    return cast("re.Pattern[str]", _Unasked(make) if only is None else _Spared(make, only))


def regex(pattern: str, flags: int = 0, only: str = "") -> re.Pattern[str]:
    """re.compile, put off until the pattern is first asked, or until a text holds what `only` finds."""
    waiting: Any = put_off(lambda: re.compile(pattern, flags), regex(only) if only else None)
    waiting.pattern = pattern  # others are composed of it
    return cast("re.Pattern[str]", waiting)


def searching(pattern: str, flags: int = 0, only: str = "") -> re.Pattern[str]:
    """The same for a pattern that is searched for all over a text.

    >>> slow = regex("(?:常务)?副(?:省|市)长")
    >>> searching("(?:常务)?副(?:省|市)长").pattern
    '(?=[副常])(?:(?:常务)?副(?:省|市)长)'
    """
    return put_off(lambda: searching_now(pattern, flags), regex(only) if only else None)


def searching_now(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same, compiled at once."""
    parsed = _parser.parse(pattern, flags)
    begins, empty = _begins(parsed)
    plain = parsed.state.flags == flags | re.UNICODE  # no (?i) in the pattern
    narrow = begins is not None and 0 < sum(begins.values()) <= _WIDEST
    if begins is None or not narrow or empty or not plain or flags & re.IGNORECASE or _quick(parsed):
        return re.compile(pattern, flags)
    end = "\n" if flags & re.VERBOSE else ""  # the pattern may end in a comment
    return re.compile(f"(?=[{''.join(sorted(begins))}])(?:{pattern}{end})", flags)


def _quick(parsed: Any) -> bool:
    """Whether Python itself knows what the pattern begins with."""
    kind, what = parsed[0]
    if kind is _op.SUBPATTERN:
        return _quick(what[3])
    if kind is _op.BRANCH:
        return all(len(branch) and branch[0][0] is _op.LITERAL for branch in what[1])
    return kind is _op.LITERAL or kind is _op.IN


def _begins(parsed: Any) -> tuple[_Begins | None, bool]:
    """What a sequence may begin with, None for nearly anything; and whether it may be empty."""
    found: _Begins = {}
    for kind, what in parsed:
        begins, empty = _item(kind, what)
        if begins is None:
            return None, False
        found |= begins
        if not empty:
            return found, False
    return found, True


def _item(kind: Any, what: Any) -> tuple[_Begins | None, bool]:
    if kind is _op.LITERAL:
        return {re.escape(chr(what)): 1}, False
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
        return _any_of([_begins(branch) for branch in what[1]])
    if kind in (_op.ASSERT, _op.ASSERT_NOT, _op.AT):
        return {}, True  # only looks; what follows begins the match
    return None, False


def _any_of(branches: list[tuple[_Begins | None, bool]]) -> tuple[_Begins | None, bool]:
    found: _Begins = {}
    for begins, _ in branches:
        if begins is None:
            return None, False
        found |= begins
    return found, any(empty for _, empty in branches)


def _class(members: Any) -> _Begins | None:
    found: _Begins = {}
    for kind, what in members:
        if kind is _op.LITERAL:
            found[re.escape(chr(what))] = 1
        elif kind is _op.RANGE:
            first, last = what
            found[f"{re.escape(chr(first))}-{re.escape(chr(last))}"] = last - first + 1
        elif what in _CATEGORIES:
            found |= _CATEGORIES[what]
        else:
            return None  # [^…], \\w
    return found


_CATEGORIES: dict[Any, _Begins] = {_op.CATEGORY_DIGIT: {r"\d": 10}, _op.CATEGORY_SPACE: {r"\s": 10}}
