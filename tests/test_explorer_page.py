"""What stands in explorer.html, without a browser."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kg
from extractors.model import Span
from kg.assemble import assemble
from kg.export import deflated, html, passages
from kg.model import Evidence
from tests.sample import hostile, plan, posts

EXPLORER = Path(kg.__file__).parent / "explorer"


class Elements(HTMLParser):
    """The elements of a page, and the text of its scripts and styles by id or name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.found:
            self.texts[-1] += data

    def block(self, id_: str) -> object:
        (number,) = [n for n, (_, attributes) in enumerate(self.found) if attributes.get("id") == id_]
        return json.loads(self.texts[number])


def test_equal_graphs_give_equal_pages_in_any_order() -> None:
    one = html.page(assemble([plan().facts(), posts().facts()]))
    other = html.page(assemble([posts().facts(), plan().facts()]))
    assert one == other


def test_the_rows_are_those_of_the_graph() -> None:
    graph = assemble([plan().facts(), posts().facts()])
    data = Elements(html.page(graph)).block("data")
    assert isinstance(data, dict)
    counts = {name: len(data[name]) for name in ("articles", "entities", "dates", "labels", "statements")}
    counts["figures"] = sum(map(len, data["figures"]))  # of a few articles each
    assert counts == {
        "articles": len(graph.articles), "entities": len(graph.entities), "dates": len(graph.dates),
        "labels": len(graph.labels), "statements": len(graph.statements), "figures": len(graph.observations),
    }  # fmt: skip


def test_nothing_from_outside_and_nothing_from_the_data_is_markup() -> None:
    elements = Elements(html.page(assemble([hostile().facts()]), title="<b>甲</b>"))
    assert [tag for tag, _ in elements.found].count("script") == 4
    assert not {"b", "img", "link", "iframe", "object"} & {tag for tag, _ in elements.found}
    names = {name for _, attributes in elements.found for name in attributes}
    assert not {"src", "href", "style"} & names and not any(name.startswith("on") for name in names)
    (policy,) = [a["content"] for _, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy and "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_every_quote_stands_where_its_place_says() -> None:
    graph = assemble([plan().facts(), posts().facts(), hostile().facts()])
    evidence = [e for s in graph.statements.values() for e in s.evidence]
    evidence += [o.evidence for o in graph.observations.values()]
    rows, places = passages.passages(evidence, {a.id: a.length for a in graph.articles.values()})
    for one in evidence:
        place = places[one.id]
        units = rows[place.passage][0].encode("utf-16-le", "replace")
        assert units[2 * place.start : 2 * (place.start + place.length)].decode("utf-16-le") == one.quote


def test_long_data_is_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = assemble([plan().facts(), posts().facts()])
    plain = Elements(html.page(graph)).block("data")
    monkeypatch.setattr(deflated, "PLAIN", 0)
    packed = Elements(html.page(graph)).block("data")
    assert isinstance(packed, dict)
    assert json.loads(zlib.decompress(b64decode(packed["deflate"]), -zlib.MAX_WBITS)) == plain


def quote(start: int, text: str, before: str = "", after: str = "") -> Evidence:
    return Evidence("Article/a", Span(start, start + len(text)), text, "rule", None, before, after)


def test_overlapping_contexts_are_kept_once() -> None:
    text = "甲公司与乙公司合作。丙公司参加。"
    first = quote(0, text[:10], after=text[10:])
    second = quote(10, text[10:], before=text[4:10])
    rows, places = passages.passages([first, second], {"Article/a": len(text)})
    assert rows == [(text, passages.BEGINS + passages.ENDS)]
    assert places[second.id] == passages.Place(0, 10, 6)


def test_contexts_that_disagree_are_kept_apart() -> None:
    first, second = quote(0, "甲公司", after="与乙"), quote(3, "和丙", before="甲公司")
    rows, places = passages.passages([first, second], {"Article/a": 9})
    assert [row[0] for row in rows] == ["甲公司与乙", "甲公司和丙"]
    assert [row[1] for row in rows] == [passages.BEGINS, passages.BEGINS]
    assert places[second.id] == passages.Place(1, 3, 2)


def test_each_module_uses_only_those_before_it() -> None:
    assert {path.stem for path in (EXPLORER / "js").iterdir()} == set(html.SCRIPTS)
    for number, name in enumerate(html.SCRIPTS):
        lines = (EXPLORER / "js" / f"{name}.js").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith("import "):
                home = line.partition(' from "./')[2].removesuffix('.js";')
                assert home in html.SCRIPTS[:number], f"{name}: {line}"


def test_words_become_text_and_never_markup() -> None:
    for path in (EXPLORER / "js").iterdir():
        code = path.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert way not in code, path.name


def test_the_bundle_holds_what_the_lock_file_pins_with_licences() -> None:
    bundle = (EXPLORER / "vendor" / "sigma.min.js").read_text(encoding="utf-8")
    lock = json.loads((EXPLORER / "vendor" / "package-lock.json").read_text(encoding="utf-8"))
    banner = bundle.partition("*/")[0]
    for name in ("sigma", "graphology", "graphology-utils", "events", "@sigma/node-border"):
        assert f"\n{name} {lock['packages'][f'node_modules/{name}']['version']}\n" in banner
    assert banner.count("Permission is hereby granted") == 5
    assert "</script" not in bundle and "<!--" not in bundle
