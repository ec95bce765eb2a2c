"""Patterns that are compiled when they are first asked, and what stands for them until then."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.patterns import put_off, regex, searching

ROOT = Path(__file__).parent.parent
MEMBERS = [name for name in dir(re.Pattern) if not name.startswith("_")]


def _said(command: str) -> int:
    """The number that a process of its own prints, which has loaded nothing before."""
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_every_pattern_of_the_rules_compiles() -> None:
    assert _said("from tests.fuzz_patterns import collect; print(len(collect()))") >= 1_500


def test_rules_are_loaded_without_compiling_their_patterns() -> None:
    count = (
        "import gc, extractors.extraction, extractors.reading; from extractors.patterns import _Asked, _Unasked;"
        "held = [one for one in gc.get_objects() if isinstance(one, _Asked)];"
        "print(len([one for one in held if isinstance(one, _Unasked) is {}]))"
    )
    assert _said(count.format(True)) > 1_000
    assert _said(count.format(False)) < 5


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("make", [regex, searching])
def test_whatever_is_asked_first_is_answered_as_the_pattern_does(make: Callable[..., object], member: str) -> None:
    written = r"[甲乙](?P<one>\d)"  # begins with a class: searching leaves it as it is
    plain, asked = getattr(re.compile(written), member), getattr(make(written), member)
    if not callable(plain):
        assert asked == plain
    elif member == "scanner":
        assert [found.span() for found in iter(asked("甲1乙2").search, None)] == [(0, 2), (2, 4)]
    elif member in ("sub", "subn"):
        assert asked(r"\g<one>", "甲1丙乙2") == plain(r"\g<one>", "甲1丙乙2")
    elif member in ("split", "findall"):
        assert asked("甲1丙乙2") == plain("甲1丙乙2")
    elif member == "finditer":
        assert [found.groupdict() for found in asked("甲1丙乙2")] == [{"one": "1"}, {"one": "2"}]
    else:
        assert asked("甲1").span() == plain("甲1").span() and asked("丙1") is None


def test_a_pattern_is_made_once() -> None:
    made = 0

    def make() -> re.Pattern[str]:
        nonlocal made
        made += 1
        return re.compile("甲")

    waiting = put_off(make)
    assert made == 0
    assert waiting.search("乙甲") and not waiting.search("乙") and waiting.pattern == "甲"
    assert made == 1


_HERE = regex("甲")


def test_a_pattern_takes_the_place_of_what_stood_for_it() -> None:
    before = _HERE
    assert not isinstance(before, re.Pattern) and before.search("甲")
    assert isinstance(_HERE, re.Pattern) and _HERE.search("甲") and before.search("甲")


def test_a_mistake_is_an_error_when_the_pattern_is_asked() -> None:
    wrong = regex("(甲")
    for _ in range(2):
        with pytest.raises(re.error, match="unterminated"):
            wrong.search("甲")


def test_what_no_pattern_has_is_not_compiled_for() -> None:
    with pytest.raises(AttributeError):
        regex("(甲").serach  # type: ignore[attr-defined]  # noqa: B018


def test_until_a_text_holds_what_a_pattern_cannot_be_without_the_answer_is_no() -> None:
    spared = regex("(甲", only="甲")  # an error as soon as it is made
    assert spared.search("乙") is spared.match("乙") is spared.fullmatch("乙") is None
    assert list(spared.finditer("乙")) == []
    for ask in (spared.search, spared.match, spared.fullmatch, spared.finditer):
        with pytest.raises(re.error):
            ask("乙甲")
    found = regex("乙", only="乙")
    assert [match.span() for match in found.finditer("甲乙", 1)] == [(1, 2)]
    assert found.search("甲乙", 0, 1) is None and found.sub("丙", "甲乙") == "甲丙"


def test_no_pattern_finds_anything_without_what_it_is_said_to_need() -> None:
    assert _said("from tests.matching_words import spared; print(spared())") > 50
