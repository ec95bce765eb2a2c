"""Every pattern of the extractors, fed what is worst for it: a megabyte must cost no more than a megabyte's work.

    python -m tests.fuzz_patterns            every pattern
    python -m tests.fuzz_patterns --starred  only those with a repeat that has no bound

A pattern without such a repeat does at each place of a text no more than so much, however long the text is; one with it
may read to the end of the text from each place. What is worst is made of the pattern itself: its letters, its repeats,
its beginning, and what it matches but for the end, said over and over; the dearest of these, by the second, is fed.
"""

from __future__ import annotations

import argparse
import ast
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from extractors import patterns

_compiler: Any = import_module("re._compiler")
_parser: Any = import_module("re._parser")
_op: Any = import_module("re._constants")

ROOT = Path(__file__).resolve().parent.parent
SIZE = 1 << 20
_TRIED = 1_000  # characters of each candidate, by which the dearest is found
_CANDIDATES = 40
_AGAIN = 3  # times that a match is looked for, so that more of it is there to be measured
SECONDS = 30.0  # of this process, for a megabyte; a pattern that reads on from each place takes hours
# Patterns that are asked about a name, or about so many characters before a place: their megabyte comes in pieces.
SHORT = {
    "figures/antecedents.py _GIVEN_OUT": 60,  # before a number
    "figures/heads.py _ACTS": 60,  # a phrase, no longer than that
    "names/coreference.py _shortened": 60,  # the name of an event
    "names/events.py _by_ending": 60,  # the same
    "names/events.py _PART": 60,  # the name of an event
    "names/project_kinds.py _CLAUSE": 60,  # the name of a project
    "names/project_marks.py _NO_PLATFORM": 60,  # the name of a platform
    "names/sessions.py _CLAUSE": 20,  # before a noun
    "reading/furniture.py _PAGE_NUMBER": 30,  # a line no longer than that
    "reading/masthead.py _DATE_LINE": 120,  # a line no longer than that
    "reading/masthead.py _PROGRAMME": 120,  # the same
    "reading/masthead.py _SOURCE_DATE": 60,  # the name of a publisher
    "relations/meetings.py _TRAVELS": 120,  # what another pattern has found
    "reading/paragraphs.py _TAIL": 80,  # the end of a line
    "reading/layout.py CREDIT": 160,  # the end of a line, or a line no longer than that
    "relations/parts.py _OPENING": 60,  # the name of an event
    "relations/attendance.py _PARLIAMENT": 60,  # the name of an event
    "relations/attendance.py _SESSION": 60,  # the name of an event
}
# Taken where a class has them: letters, figures and marks that other patterns of ours stop at or pass over.
_LIKELY = "甲1一、，。；《》“”（）的和a A\n　%-."


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern with the file and the line that compiled it, and the names that it has there."""

    path: Path
    line: int
    pattern: re.Pattern[str]
    needed: bool = False  # by another pattern, in texts that this one is searched for first

    @property
    def name(self) -> str:
        """What it, or the function that makes it, is assigned to; of the smallest statement around the line."""
        around = [n for n in ast.walk(_tree(self.path)) if isinstance(n, ast.Assign | ast.AnnAssign | ast.FunctionDef)]
        around = [node for node in around if node.lineno <= self.line <= (node.end_lineno or 0)]
        for node in sorted(around, key=lambda node: (node.end_lineno or 0) - node.lineno):
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(node, ast.FunctionDef):
                return node.name
            if isinstance(target, ast.Name) and node.col_offset == 0:
                return target.id
        return ""

    @property
    def used(self) -> tuple[str, ...]:
        """How it is asked for: match and fullmatch look at one place of a text, all else looks for it everywhere."""
        if any(self.pattern is kind for kind in _kinds_of_lines()):
            return ("fullmatch",)
        if self.needed:
            return ("search",)
        uses = _uses(self.path, self.name) if self.name else frozenset({"finditer"})
        return tuple(sorted(uses)) if uses and uses <= {"match", "fullmatch"} else ("finditer",)

    @property
    def most(self) -> int:
        """How many characters it sees at a time."""
        return SHORT.get(f"{self.path.relative_to(ROOT / 'extractors').as_posix()} {self.name}", SIZE)

    def __str__(self) -> str:
        words = " ".join(self.pattern.pattern.split())[:100]
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}: {self.name} {words}"


@cache
def _kinds_of_lines() -> tuple[re.Pattern[str], ...]:
    """Those that a whole line must be one of."""
    from extractors.reading import layout

    return layout._WHOLE_LINES


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _uses(home: Path, name: str) -> frozenset[str]:
    """What is asked of a pattern of this name anywhere; a name in any other use may be asked anything."""
    found: set[str] = set()
    for path in [home] if name.startswith("_") else (ROOT / "extractors").rglob("*.py"):
        held: set[int] = set()
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Attribute):
                of = node.value.func if isinstance(node.value, ast.Call) else node.value
                if getattr(of, "id", getattr(of, "attr", "")) == name:
                    found.add(node.attr)
                    held.add(id(of))
        for node in ast.walk(_tree(path)):
            if (
                isinstance(node, ast.Name)
                and node.id == name
                and isinstance(node.ctx, ast.Load)
                and id(node) not in held
            ):
                found.add("anything")
    return frozenset(found - {"pattern"})


# Above a pattern stand re itself, and modules of ours that put something into it first.
_MIDDLEMEN = ("/re/__init__.py", "/extractors/patterns.py", "/relations/grammar.py")


def _writer() -> FrameType | None:
    """Who wrote the pattern that is made now; nobody where it is one that was put off and is asked now."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename.endswith(_MIDDLEMEN):
        if frame.f_code is patterns._Unasked.__getattr__.__code__:
            return None
        frame = frame.f_back
    return frame if Path(frame.f_code.co_filename).is_relative_to(ROOT / "extractors") else None


def collect() -> list[Found]:
    """The patterns that extractors/ holds when its modules are loaded and when it has read the samples, all compiled.

    Only in a process that has not loaded it before: patterns are made once.
    """
    found: list[Found] = []
    compiled, put_off = _compiler.compile, patterns._Unasked.__init__

    def compiling(pattern: Any, flags: int = 0) -> Any:
        made = compiled(pattern, flags)
        if (frame := _writer()) and isinstance(made.pattern, str):
            found.append(Found(Path(frame.f_code.co_filename), frame.f_lineno, made))
        return made

    def putting_off(self: Any, make: Any) -> None:
        put_off(self, make)
        if frame := _writer():
            found.append(Found(Path(frame.f_code.co_filename), frame.f_lineno, self))

    _compiler.compile, patterns._Unasked.__init__ = compiling, putting_off  # type: ignore[method-assign]
    try:
        _use_all()
    finally:
        _compiler.compile, patterns._Unasked.__init__ = compiled, put_off  # type: ignore[method-assign]
    needed = {id(getattr(one.pattern, "_only", None)) for one in found}
    found = [replace(one, needed=id(one.pattern) in needed) for one in found]
    return list({(one.path, one.pattern.pattern, one.pattern.flags): one for one in reversed(found)}.values())[::-1]


def _use_all() -> None:
    import extractors

    for module in pkgutil.walk_packages(extractors.__path__, "extractors."):
        if not module.name.startswith("extractors.ner."):
            import_module(module.name)
    from extractors.extraction import extract
    from extractors.model import Article
    from extractors.reading import Source, discover, read_source
    from tests.worst import CASES, worst

    for source in discover([ROOT / "seeds"]):
        for article in read_source(source) if isinstance(source, Source) else ():
            if isinstance(article, Article):
                extract(article)
    for case in CASES:
        extract(Article("0" * 16, "a.txt", "题目", f"题目\n{worst(case, 200)}", "2024-03-05", "given"))


def starred(pattern: re.Pattern[str]) -> bool:
    """Whether it holds a repeat without a bound, or looks back at what a group has matched."""
    return any(_is_starred(kind, what) for kind, what in _nodes(_parsed(pattern)))


def _is_starred(kind: Any, what: Any) -> bool:
    return bool((kind in _REPEATS and what[1] == _op.MAXREPEAT) or kind is _op.GROUPREF)


def _parsed(pattern: re.Pattern[str]) -> Any:
    return _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)


def _inner(kind: Any, what: Any) -> list[Any]:
    """The sequences inside of a node."""
    if kind in _REPEATS:
        return [what[2]]
    if kind is _op.SUBPATTERN:
        return [what[3]]
    if kind is _op.BRANCH:
        return list(what[1])
    if kind in (_op.ASSERT, _op.ASSERT_NOT):
        return [what[1]]
    if kind is _op.ATOMIC_GROUP:
        return [what]
    if kind is _op.GROUPREF_EXISTS:
        return [part for part in what[1:] if part is not None]
    return []


def _nodes(sequence: Any) -> Iterator[tuple[Any, Any]]:
    for kind, what in sequence:
        yield kind, what
        for inner in _inner(kind, what):
            yield from _nodes(inner)


def _words(sequence: Any) -> str:
    """Something that a sequence matches, or nearly: looks ahead and behind are left out."""
    return "".join(_word(kind, what) for kind, what in sequence)


def _word(kind: Any, what: Any) -> str:
    if kind is _op.LITERAL:
        return chr(int(what))
    if kind is _op.NOT_LITERAL:
        return next(c for c in _LIKELY if ord(c) != what)
    if kind is _op.IN:
        return _member(what)
    if kind is _op.ANY:
        return "甲"
    if kind in _REPEATS:
        return _words(what[2]) * max(1, min(int(what[0]), 8))
    if kind in (_op.SUBPATTERN, _op.ATOMIC_GROUP, _op.BRANCH):
        return _words(_inner(kind, what)[0])
    return ""


def _member(members: Any) -> str:
    """A character of a class."""
    written = re.compile(f"[{'^' if members[0][0] is _op.NEGATE else ''}{''.join(_ranges(members))}]")
    likely = (c for c in _LIKELY if written.match(c))
    return str(next(likely, "")) or next(_firsts(members), "甲")


def _ranges(members: Any) -> Iterator[str]:
    for kind, what in members:
        if kind is _op.LITERAL:
            yield re.escape(chr(what))
        elif kind is _op.RANGE:
            yield f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
        elif kind is _op.CATEGORY:
            yield _CATEGORIES[str(what)]


def _firsts(members: Any) -> Iterator[str]:
    for kind, what in members:
        if kind is _op.LITERAL:
            yield chr(int(what))
        elif kind is _op.RANGE:
            yield chr(int(what[0]))


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def candidates(pattern: re.Pattern[str]) -> list[str]:
    """Words that, said over and over, may cost the pattern most."""
    tree = _parsed(pattern)
    found: dict[str, None] = dict.fromkeys(_with_prefixes(tree))
    whole = _words(tree)
    found |= dict.fromkeys((whole, whole[:-1], f"{whole[:-1]}甲", *"甲1，、 \n"))
    for kind, what in _nodes(tree):
        if kind in _REPEATS and what[1] > 4:
            found |= dict.fromkeys((_words(what[2]), *(_word(k, w) for k, w in _nodes(what[2]))))
    letters = dict.fromkeys(_word(kind, what) for kind, what in _nodes(tree) if kind in (_op.LITERAL, _op.IN))
    return [words for words in (*found, *letters) if words][:_CANDIDATES]


def _with_prefixes(sequence: Any, before: str = "") -> Iterator[str]:
    """Of every repeat: what leads up to it, with a turn of its own behind, so that each repetition starts anew."""
    for kind, what in sequence:
        if kind in _REPEATS and what[1] > 4:
            yield before + _words(what[2])
            yield before
        for inner in _inner(kind, what):
            if kind not in (_op.ASSERT, _op.ASSERT_NOT):
                yield from _with_prefixes(inner, before)
        before = (before + _word(kind, what))[-60:]


def worst(found: Found) -> str:
    """The dearest of the candidates, found by the clock: which of two alike is taken does not matter."""
    return max(candidates(found.pattern), key=lambda words: cost(found, words, _TRIED))


def cost(found: Found, words: str, size: int) -> float:
    """The seconds of this process that the pattern needs for a text of these words, used as it is."""
    text = words * ((size if found.most == SIZE else size // 8) // len(words))  # of a piece each is like the next
    texts = [text[at : at + found.most] for at in range(0, len(text), found.most)]
    start = time.process_time()
    for method in found.used:
        ask = getattr(found.pattern, method)
        for text in texts:
            if method == "finditer":
                for _ in ask(text):
                    pass
            else:
                for _ in range(_AGAIN):
                    ask(text)
    return time.process_time() - start


class TooSlow(Exception):
    """The time is over."""


def _stop(number: int, frame: object) -> None:
    raise TooSlow


def too_slow(found: Iterable[Found], size: int = SIZE, tell: bool = False) -> Iterator[str]:
    """The patterns that take too long over what is worst for them."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for one in found:
            words = ""
            start = time.process_time()
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                words = worst(one)
                cost(one, words, size)
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                spent = time.process_time() - start
                if tell and spent > 1:
                    print(f"{spent:.1f} s {one}: {words!r}", flush=True)
            except TooSlow:
                yield f"{one}: {words!r}"
    finally:
        with suppress(ValueError):
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--starred", action="store_true")
    arguments.add_argument("--size", type=int, default=SIZE)
    arguments.add_argument("--tell", action="store_true", help="say which take long")
    asked = arguments.parse_args()
    patterns = [found for found in collect() if not asked.starred or starred(found.pattern)]
    slow = 0
    for line in too_slow(patterns, asked.size, asked.tell):
        print(f"too slow: {line}", flush=True)
        slow += 1
    print(f"{len(patterns)} patterns, {slow} too slow", file=sys.stderr)
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
