"""A minute of fuzzing with a fixed seed, structures by hypothesis, and what the fuzzer has found so far."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.model import Article, Problem
from extractors.reading import Source, read_source
from tests.fuzz import KINDS, Case, Hang, fuzz, run, smaller
from tests.fuzz_checks import CHECKS
from tests.fuzz_inputs import NEXT
from tests.worst import REPEATED

_INPUTS = {"reading": 90, "numerals": 150, "dates": 60, "figures": 40, "exports": 6}
_WORDS = st.lists(
    st.sampled_from([*REPEATED, "第", "至", "约", "亿", "元", "%", "到", "（", "比", "增长"]), max_size=60
).map("".join)
_ANY = st.text(max_size=200)


@pytest.mark.parametrize("kind", _INPUTS)
def test_spoiled_inputs(kind: str) -> None:
    """In a process of its own: a library that crashes is a finding, not the end of the tests."""
    told = fuzz(20261120, (kind,), lambda done: done >= _INPUTS[kind])
    assert told.findings == {}
    assert sum(told.fed.values()) == _INPUTS[kind]


@pytest.mark.parametrize("kind", ["numerals", "dates", "figures"])
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(words=st.one_of(_WORDS, _ANY, st.tuples(_WORDS, _ANY, _WORDS).map("".join)))
def test_any_words(kind: str, words: str) -> None:
    CHECKS[kind]("a.txt", words.encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    ending=st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx"]),
    data=st.one_of(st.binary(max_size=400), st.one_of(_WORDS, _ANY).map(lambda t: t.encode("utf-8", "surrogatepass"))),
)
def test_any_file(ending: str, data: bytes) -> None:
    CHECKS["reading"](f"a{ending}", data)


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.tuples(_ANY, _WORDS, _WORDS).map("\n".join), min_size=1, max_size=3))
def test_any_articles(parts: list[str]) -> None:
    CHECKS["exports"]("a.txt", NEXT.join(part.encode("utf-8", "surrogatepass") for part in parts))


# Found by the fuzzer, made small. A comment before the root of a page has no parent to be taken out of.
FOUND: dict[str, list[tuple[str, bytes]]] = {
    "reading": [
        ("a.html", b"<!>e"),
        ("a.html", "<!DOCTYPE x [<!ENTITY a 'b'>]><html><body><p>科技部印发办法。&a;</p></body></html>".encode()),
        ("a.html", b"<script>x</script>"),
        ("a.html", b"<\x0c<style></style><"),
        ("a.txt", "\U000ac354＆佮35 仦6.".encode()),
    ],
}


@pytest.mark.parametrize(("kind", "name", "data"), [(kind, *each) for kind in FOUND for each in FOUND[kind]])
def test_what_was_found_stays_mended(kind: str, name: str, data: bytes) -> None:
    assert run(kind, name, data) == ""


def test_an_input_is_made_of_its_numbers() -> None:
    for kind in KINDS:
        assert Case(kind, 1, 2).input() == Case(kind, 1, 2).input() != Case(kind, 1, 3).input()


def test_what_goes_wrong_is_seen_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def picky(name: str, data: bytes) -> None:
        if b"\x07" in data:
            raise KeyError("bell")
        while b"\x08" in data:
            pass

    monkeypatch.setitem(CHECKS, "numerals", picky)
    monkeypatch.setattr("tests.fuzz._BUDGET", {"numerals": 0.1})
    assert run("numerals", "a", b"abc") == ""
    wrong = run("numerals", "a", b"some\x07thing")
    assert wrong.startswith("KeyError at test_fuzz.py:")
    assert smaller("numerals", "a", b"some\x07thing long", wrong) == b"\x07"
    assert run("numerals", "a", b"\x08").startswith(Hang.__name__)


def test_reading_gives_something_for_every_kind_of_file() -> None:
    """That the fuzzer feeds sound files, too, and not only refusals."""
    good = 0
    for number in range(60):
        name, data = Case("reading", 5, number).input()
        found = list(read_source(Source(name, Path(name), data)))
        good += any(isinstance(one, Article) for one in found)
        assert all(isinstance(one, Article | Problem) for one in found)
    assert 15 < good < 60
