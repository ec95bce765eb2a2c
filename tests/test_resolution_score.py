"""The arithmetic of B-cubed on cases counted by hand, and the form of the answer key; the texts are not needed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from extractors.model import Article, Extraction, Name, Offsets, Span
from extractors.model import Mention as Heard
from extractors.ontology import entity_types
from kg.facts import entity_id
from tests.resolution_score import (
    Block,
    Found,
    Mention,
    answered,
    bcubed,
    find,
    misses,
    pairs,
    read_key,
    read_sources,
    report,
)

KEY = read_key()
MENTIONS = [mention for block in KEY for mention in block.mentions]
APART = {"different", "successor", "edition", "part"}


def things(clusters: str) -> list[Mention]:
    """One mention for each letter, which names its cluster."""
    return [Mention("20240101", number, "词", "Organization", letter) for number, letter in enumerate(clusters)]


@pytest.mark.parametrize(
    ("gold", "answer", "precision", "recall"),
    [
        ("aabb", "xxyy", 1, 1),
        ("aabb", "xxxx", 1 / 2, 1),  # all in one
        ("aabb", "wxyz", 1, 1 / 2),  # each alone
        ("aabb", "xyxy", 1 / 2, 1 / 2),
        # Bagga and Baldwin's example: 12345, 67, 89ABC; the answer joins the second and third, then the first and third
        ("aaaaabbccccc", "xxxxxyyyyyyy", (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 1),
        ("aaaaabbccccc", "xxxxxyyxxxxx", (10 * 5 / 10 + 2) / 12, 1),
        ("a", "x", 1, 1),
    ],
)
def test_bcubed(gold: str, answer: str, precision: float, recall: float) -> None:
    mentions = things(gold)
    score = bcubed({m: m.cluster for m in mentions}, dict(zip(mentions, answer, strict=True)))
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)
    assert score.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_means_among_some_count_against_all() -> None:
    mentions = things("aab")
    score = bcubed({m: m.cluster for m in mentions}, dict(zip(mentions, "xxx", strict=True)), mentions[2:])
    assert score.precision == pytest.approx(1 / 3)
    assert score.recall == 1


def test_what_is_not_found_stands_alone() -> None:
    one, two, three, four = things("aaaa")
    found = {one: Found("A", "n"), two: Found("B", "m"), three: None, four: Found("B", None)}
    answer = answered(found, lambda node, article: {"m": "n"}.get(node, node))
    assert answer == {one: "n", two: "n", three: three, four: four}


def test_pairs_misses_and_report() -> None:
    one, two, three = things("aab")
    block = Block("x", "abbreviations", "a", "part", "why", (one, two, three))
    found = {one: Found("A", "n"), two: None, three: Found("B", "n")}
    answer = answered(found, lambda node, article: node)
    judged = {(left, right): (same, said) for _, left, right, same, said in pairs([block], answer)}
    assert judged == {(one, two): (True, False), (one, three): (False, True), (two, three): (False, False)}
    assert [line.split("\t")[1] for line in misses([block], found, answer)] == [
        "not brought together", "part, but one node", "not found",
    ]  # fmt: skip
    told = report("a", [block], found, answer)
    assert "1 blocks, 3 mentions of 2 things, 1 not found, 0 left open" in told
    assert re.search(r"^abbreviations +3 +0\.667  0\.667  0\.667 +0 of +1 +1 of +2$", told, re.M)


def test_the_held_back_part_shows_totals_only() -> None:
    one, two = things("ab")
    block = Block("secret", "abbreviations", "b", "different", "why", (one, two))
    found = {one: Found("A", "n"), two: Found("A", "n")}
    answer = answered(found, lambda node, article: node)
    assert not list(misses([block], found, answer))
    assert "secret" not in report("b", [block], found, answer) and "abbrev" not in report("b", [block], found, answer)


def test_a_mention_is_found_by_its_place_in_the_raw_file() -> None:
    """The text begins at 100 of the file, and a line break of the file is gone between 甲 and 市."""
    article = Article("id", "a.md", None, "在甲市科技局", offsets=Offsets(((0, 100), (2, 103))))
    office = Heard(Span(1, 6), "Organization", Name("甲市科技局", within="甲市"), "rule")
    date = Heard(Span(0, 1), "Date", Name("在"), "rule")
    read = [Extraction(article, (date, office), (), (), ())]
    assert find(Span(101, 107), read) == Found("id", entity_id(office))
    assert find(Span(103, 107), read) == Found("id", entity_id(office))  # 市科技局 shares four of six
    assert find(Span(105, 107), read) is None  # 技局: two of six
    assert find(Span(100, 101), read) is None  # a date is no node of the key


def test_form_of_the_key() -> None:
    assert len({block.id for block in KEY}) == len(KEY) >= 90
    assert len({(m.file, m.offset) for m in MENTIONS}) == len(MENTIONS) >= 300
    for block in KEY:
        assert block.part in ("a", "b") and block.apart in APART and block.why, block.id
        assert len(block.mentions) >= 2, block.id
    for mention in MENTIONS:
        assert re.fullmatch(r"20\d{6}", mention.file) and mention.offset >= 0, mention
        assert mention.type in entity_types() and mention.surface.strip() == mention.surface != "", mention
        assert len(mention.surface) <= 30, mention  # names, never sentences


def test_the_key_is_hard_in_both_directions() -> None:
    judged = [left.cluster == right.cluster for block in KEY for left, right in combinations(block.mentions, 2)]
    assert len(judged) >= 300 and judged.count(False) >= 0.45 * len(judged) and judged.count(True) >= 300
    sizes = Counter(mention.cluster for mention in MENTIONS)
    assert sum(sizes[mention.cluster] > 1 for mention in MENTIONS) >= len(MENTIONS) / 2
    parts = Counter(block.part for block in KEY for _ in block.mentions)
    assert min(parts.values()) >= 0.45 * len(MENTIONS)


def test_one_thing_lies_in_one_part_and_has_one_type() -> None:
    where = {(mention.cluster, block.part) for block in KEY for mention in block.mentions}
    assert len(where) == len({mention.cluster for mention in MENTIONS})
    assert len({(m.cluster, m.type) for m in MENTIONS}) == len({m.cluster for m in MENTIONS})


def test_every_file_of_the_key_has_its_hash() -> None:
    sources = read_sources()
    assert set(sources) == {mention.file for mention in MENTIONS}
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in sources.values())
