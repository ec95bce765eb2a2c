"""Words that a pattern finds, made up from the pattern itself."""

from __future__ import annotations

import gc
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from random import Random
from typing import Any

import extractors
from extractors.patterns import _Spared

_parser: Any = import_module("re._parser")
_op: Any = import_module("re._constants")
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_ANYTHING = "甲乙丙的在是和人年大中国第一1a“”，。；、 "


_TRIES, _ENOUGH = 3_000, 60


def spared() -> int:
    """How many patterns are asked only about texts that hold what they need; an AssertionError where one needs it not.

    Only in a process that has not asked them before: then they are no longer spared.
    """
    for module in pkgutil.walk_packages(extractors.__path__, "extractors."):
        if not module.name.startswith("extractors.ner."):
            import_module(module.name)
    import_module("extractors.relations.posts")._patterns()  # made when it is first called
    held = [one for one in gc.get_objects() if isinstance(one, _Spared)]
    for one in held:
        found = list(islice(words(one._make(), Random(1), _TRIES), _ENOUGH))
        missed = [word for word in found if not one._only.search(word)]
        assert not missed, (one._only.pattern, missed[:3])
        assert len(found) == _ENOUGH, (one._only.pattern, len(found))
    return len(held)


def words(pattern: re.Pattern[str], choose: Random, tries: int) -> Iterator[str]:
    """Of so many words that are made up, those that the pattern finds: looks behind and ahead are hit or missed."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    for _ in range(tries):
        said: dict[int, str] = {}
        word = "".join(_item(kind, what, choose, said) for kind, what in tree)
        if pattern.search(word):
            yield word


def _sequence(items: Any, choose: Random, said: dict[int, str]) -> str:
    return "".join(_item(kind, what, choose, said) for kind, what in items)


def _item(kind: Any, what: Any, choose: Random, said: dict[int, str]) -> str:
    if kind is _op.LITERAL:
        return chr(what)
    if kind is _op.IN:
        return _member(what, choose)
    if kind in (_op.ANY, _op.NOT_LITERAL):
        return choose.choice(_ANYTHING)
    if kind in _REPEATS:
        least, most, inner = what
        times = choose.choice((least, least, min(most, least + 1), min(most, least + 3)))
        return "".join(_sequence(inner, choose, said) for _ in range(times))
    if kind is _op.BRANCH:
        return _sequence(choose.choice(what[1]), choose, said)
    if kind is _op.SUBPATTERN:
        group, _, _, inner = what
        word = _sequence(inner, choose, said)
        if group is not None:
            said[group] = word
        return word
    if kind is _op.ATOMIC_GROUP:
        return _sequence(what, choose, said)
    if kind is _op.GROUPREF:
        return said.get(what, "")
    if kind is _op.ASSERT and choose.random() < 0.5:  # may be said by what stands beside it
        return _sequence(what[1], choose, said)
    return ""


def _member(members: Any, choose: Random) -> str:
    (first, _), *_ = members
    if first is _op.NEGATE or any(kind is _op.CATEGORY for kind, _ in members):
        written = re.compile(f"[{''.join(_written(members))}]")
        return choose.choice([letter for letter in _ANYTHING if written.match(letter)] or [""])
    kind, what = choose.choice(members)
    return chr(what if kind is _op.LITERAL else choose.randint(*what))


def _written(members: Any) -> Iterator[str]:
    for kind, what in members:
        if kind is _op.NEGATE:
            yield "^"
        elif kind is _op.LITERAL:
            yield re.escape(chr(what))
        elif kind is _op.RANGE:
            yield f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
        else:
            yield {_op.CATEGORY_DIGIT: r"\d", _op.CATEGORY_SPACE: r"\s", _op.CATEGORY_WORD: r"\w"}.get(what) or {
                _op.CATEGORY_NOT_DIGIT: r"\D", _op.CATEGORY_NOT_SPACE: r"\S", _op.CATEGORY_NOT_WORD: r"\W",
            }[what]  # fmt: skip
