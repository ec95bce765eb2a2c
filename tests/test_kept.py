"""What was made of articles before and is not made again: files are the same as if everything were made now."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.export import csv, formats, html, write_turtle
from kg.facts import Facts
from kg.graph import GraphData
from kg.kept import Kept, digest, pages
from kg.packing import compress
from kg.rdf import Rdf
from kg.store import NAME
from tests.outputs import outputs
from tests.sample import Draft, plan, posts
from tests.soak import finish, texts
from tests.test_decisions import read
from tests.test_decisions_random import WORLD, is_one, line
from tests.test_plan import again

KEPT = Kept()  # of all graphs of this module: what one of them leaves behind must not show in another


def figures() -> list[Facts]:
    """Figures about things that decisions change, two of which contradict each other, told in different files."""
    first = Draft(None, "甲部有编制12名。丙部说，乙部有编制30名，滨海市有企业7家。", "2024-05-02")
    one, two, three = (first.name(name, "Organization") for name in ("甲部", "乙部", "丙部"))
    first.relate("partner_of", one, two, "甲部有编制12名。丙部说，乙部")
    first.figure("编制12名", "编制", "12", "名", subject=one, time="2023")
    first.figure("编制30名", "编制", "30", "名", subject=two, time="2023", stated_by=three)
    first.figure("企业7家", "ＡＩ企业", "7", "家", subject=first.name("滨海市", "Place"))
    second = Draft("甲部的编制", "甲部去年编制13名。", "2024-06-02", "other.txt")
    second.figure("编制13名", "编制", "13", "名", subject=second.name("甲部", "Organization"), time="2023")
    third = Draft(None, "企业有8家。", "2024-06-03")
    third.figure("8家", "AI企业", "8", "家", subject="当地")
    return [first.facts(), second.facts(), third.facts()]


EVERYTHING = [*WORLD, *figures(), plan().facts(), posts().facts()]


def keyed(facts: list[Facts]) -> list[Facts]:
    """As if each were of a reading that is kept."""
    copies = again(facts)
    for one in copies:
        one.key = f"key of {one.article.id}"
    return copies


def written(graph: GraphData) -> dict[str, bytes]:
    found = {}
    for name, write in (("ttl", write_turtle), ("csv", csv.write_figures), ("html", html.write)):
        out = io.BytesIO()
        write(graph, out)  # type: ignore[operator]
        found[name] = out.getvalue()
    out = io.BytesIO()
    formats.write(Rdf(graph), out, "graph.ttl.gz")
    return {**found, "ttl.gz": out.getvalue()}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(line, max_size=6),
    st.lists(st.integers(0, len(EVERYTHING) - 1), unique=True, max_size=5),
    st.sampled_from(["urn:policykg:", "https://example.org/"]),
    st.randoms(),
)
def test_whatever_changes(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], missing: list[int], base: str, random: Random
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    decisions = read(folder, [said for said in lines if is_one(said, folder)])
    facts = keyed([one for number, one in enumerate(EVERYTHING) if number not in missing])
    random.shuffle(facts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.kept._MOST", random.choice([1, 2, 64]))  # on a page alone, what others say shows soonest
        graph = assemble(facts, decisions)
        graph.base = base
        expected = written(graph)
        graph.kept = KEPT
        assert written(graph) == expected


CHANGES = {
    "a new name of what a figure is about": "rename,Organization:甲部,,新名,me,,x",
    "a new name of who states it": "rename,Organization:丙部,,新名,me,,x",
    "two things that are one": "merge,Organization:丁部,Organization:甲部,,me,,x",
    "two speakers that are one": "merge,Organization:戊部,Organization:丙部,,me,,x",
    "a figure that is not to be": f"veto,{figures()[0].observations[0].id},,,me,,x",
    "a statement that is not to be": "veto,Organization:甲部,Organization:乙部,partner_of,me,,x",
    "ends that are one": "merge,Organization:甲部,Organization:乙部,,me,,x",
}


@pytest.mark.parametrize("change", [*CHANGES, 0, 1, 2])
def test_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str | int) -> None:
    """Decisions, and an article that is there no longer: it contradicted another, or spelt a metric its own way."""
    monkeypatch.setattr("kg.kept._MOST", 1)
    kept = Kept()
    before, after = assemble(keyed(figures())), assemble(keyed(figures()))
    if isinstance(change, str):
        after = assemble(keyed(figures()), read(tmp_path, [CHANGES[change]]))
    else:
        after = assemble([one for n, one in enumerate(keyed(figures())) if n != change])
    expected = written(after)
    before.kept = after.kept = kept
    assert written(before) != expected
    assert written(after) == expected


def test_a_source_more() -> None:
    """The same text in a second file."""
    kept, more = Kept(), figures()
    before = assemble(keyed(more))
    more[0].article = replace(more[0].article, sources=("z.txt",))
    after = assemble(keyed([*figures(), *more]))
    expected = written(after)
    before.kept = after.kept = kept
    assert written(before) != expected
    assert written(after) == expected


def test_much_of_it_was_kept() -> None:
    """Or the test above would show nothing."""
    graph = assemble(again(EVERYTHING))
    assert not any(page.seal for page in graph.pages)  # of facts without a key
    first, second = assemble(keyed(EVERYTHING)), assemble(keyed(EVERYTHING))
    assert all(page.seal for page in first.pages)
    first.kept = Kept()
    written(first)
    second.kept = Kept(found=first.kept.new)
    written(second)
    assert len(first.kept.new) > 5 and not second.kept.new and second.kept.used == first.kept.used


def test_what_is_kept_is_not_made_again_and_damage_is_made_good() -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"made" * 10

    kept = Kept(b"1")
    assert kept.of("kind", b"seal", make) == kept.of("kind", b"seal", make) == b"made" * 10 and len(made) == 1
    after = Kept(b"1", kept.new)
    assert after.of("kind", b"seal", make) == b"made" * 10 and len(made) == 1 and not after.new
    for version, kind, seal in ((b"2", "kind", b"seal"), (b"1", "other", b"seal"), (b"1", "kind", b"another")):
        Kept(version, kept.new).of(kind, seal, make)
    assert len(made) == 4
    ((key, packed),) = kept.new.items()
    for number, wrong in enumerate(
        (packed[:-3] + b"...", compress(b"other"), compress(b""), compress(b"x" * 40)), start=5
    ):
        damaged = Kept(b"1", {key: wrong})
        assert damaged.of("kind", b"seal", make) == b"made" * 10 and len(made) == number and damaged.new == kept.new


def test_what_two_processes_made_is_put_together() -> None:
    one, other = Kept(found={b"old": b""}), Kept()
    one.of("a", b"", lambda: b"1")
    other.of("b", b"", lambda: b"2")
    one.add(other.changes())
    assert len(one.new) == 2 and one.used == set(one.new)


def test_parts_of_a_digest_are_kept_apart() -> None:
    assert len({digest(parts) for parts in ((b"ab",), (b"a", b"b"), (b"", b"ab"), (b"ab", b""), (b"b", b"a"))}) == 5


def test_an_article_more_changes_few_pages() -> None:
    articles = [f"Article/{Random(number).getrandbits(64):016x}" for number in range(2_000)]
    before = {page.articles for page in pages(articles, len)}
    after = {page.articles for page in pages([*articles[:700], "Article/0123456789abcdef", *articles[700:]], len)}
    assert [node for page in pages(articles, len) for node in page.articles] == articles
    assert len(before) > 80 and max(map(len, before)) <= 64
    assert len(after - before) <= 3
    assert not list(pages([], len))
    assert [len(page.articles) for page in pages(["1", "2", "3"], lambda _: 60_000)] == [2, 1]


def test_a_build_to_which_files_are_added_and_taken_away(tmp_path: Path) -> None:
    """The store has what it needs, and no more; the files are those of a first build."""
    folder, out = texts(tmp_path / "in", 8, 1), tmp_path / "out"
    finish(folder, out)
    first = made(out)
    late = folder / "late.txt"
    late.write_text("本报杭州5月6日电　6日，杭州市科技局发布《杭州市算力条例》。\n", encoding="utf-8")
    finish(folder, out)
    assert first & made(out) and made(out) - first
    finish(folder, tmp_path / "anew")
    assert outputs(out) == outputs(tmp_path / "anew") and made(out) == made(tmp_path / "anew")
    late.unlink()
    finish(folder, out)
    finish(folder, tmp_path / "without")
    assert outputs(out) == outputs(tmp_path / "without") and made(out) == first
    finish(folder, out, "--no-graph")
    assert not made(out)


def test_kept_things_that_are_damaged_are_made_again(tmp_path: Path) -> None:
    folder, out = texts(tmp_path / "in", 4, 1), tmp_path / "out"
    finish(folder, out)
    expected, before = outputs(out), made(out)
    for shift in (0, 1):  # nonsense, what belongs to another
        with closing(sqlite3.connect(out / NAME)) as database, database:
            rows = database.execute("SELECT key, packed FROM made ORDER BY key").fetchall()
            others = [*rows[shift:], *rows[:shift]]
            spoiled = [(other[1] if shift else b"\0\1", row[0]) for row, other in zip(rows, others, strict=True)]
            database.executemany("UPDATE made SET packed = ? WHERE key = ?", spoiled)
        finish(folder, out)
        assert outputs(out) == expected and made(out) == before
        with closing(sqlite3.connect(out / NAME)) as database:
            assert database.execute("SELECT key, packed FROM made ORDER BY key").fetchall() == rows


def made(out: Path) -> set[bytes]:
    with closing(sqlite3.connect(out / NAME)) as database:
        return {key for (key,) in database.execute("SELECT key FROM made")}
