"""What must hold whatever is fed: nothing is raised, what is said to be found is there, what is written can be read."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph
from lxml import etree

from extractors.dates.edtf import begin_end
from extractors.dates.find import find_dates
from extractors.extraction import extract
from extractors.figures.quantities import find_quantities
from extractors.model import Article, Edtf, Extraction, Problem, Quantity
from extractors.numerals import FRACTION, NUMBER, digits, fraction, to_decimal
from extractors.reading import Source, raw_text, read_source
from kg.export import write_all
from kg.gexf_lint import lint
from kg.loading import load
from kg.model import CannotRun
from kg.pipeline import build_sources
from tests.fuzz_inputs import NEXT

_NUMBER = re.compile(NUMBER, re.VERBOSE)
_FRACTION = re.compile(FRACTION, re.VERBOSE)
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}  # controls, surrogates, separators of lines
_RDF = ("graph.ttl", "graph.nt", "graph.trig", "graph.jsonld", "graph.rdf")
_DRAWN = ("graph-merged.gexf", "graph.graphml", "graph-nodes.csv", "graph-edges.csv")
_DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


def reading(name: str, data: bytes) -> None:
    """Every article of a file is read and extracted; its characters know where they stood."""
    source = Source(name, Path(name), data, "2024-03-05")
    found = list(read_source(source))
    assert found, "neither an article nor a problem"
    raw = raw_text(source)
    for one in found:
        if isinstance(one, Problem):
            assert one.message and "\n" not in one.message and "failed" not in one.message, one
            continue
        assert isinstance(raw, str)
        # Of the other characters those are kept that are newer than Python, as the newest emoji.
        assert not {unicodedata.category(c) for c in one.text.replace("\n", "")} & _UNSEEN, "unseen"
        places = [one.offsets.raw_at(place) for place in range(len(one.text))]
        assert all(-1 <= place < len(raw) for place in places), (min(places), max(places), len(raw))
        _sound(extract(one))


def numerals(name: str, data: bytes) -> None:
    """A number is a finite decimal or None, for any words, and for those that the patterns find."""
    text = _text(data)
    found = [m[0] for pattern in (_NUMBER, _FRACTION) for m in pattern.finditer(text)]
    for words in (text, text[:12], *found):
        for read in (to_decimal, fraction):
            value = read(words)
            assert value is None or (isinstance(value, Decimal) and value.is_finite()), words
        row = digits(words)
        assert row is None or row >= 0, words


def dates(name: str, data: bytes) -> None:
    article = _article(_text(data))
    for mention in find_dates(article):
        assert mention.span.of(article.text)
        if isinstance(mention.value, Edtf):
            _edtf(mention.value.value)


def figures(name: str, data: bytes) -> None:
    article = _article(_text(data))
    list(find_quantities(article))
    once, again = extract(article), extract(article)
    assert once == again, "another reading the second time"
    _sound(once)


def exports(name: str, data: bytes) -> None:
    """Sources are built, and each file of the build says the same to those who read it."""
    parts = data.split(NEXT)
    names = [f"{number}-{part[:20].decode('utf-8', 'ignore')}.txt" for number, part in enumerate(parts)]
    sources = [Source(name, None, part, "2024-03") for name, part in zip(names, parts, strict=True)]
    try:
        done = build_sources(sources, check="all")
    except CannotRun as error:
        assert "failed" not in str(error), error
        return
    wrong = [p for p in done.problems if " failed: " in p.message or "SHACL" in p.message]
    assert not wrong, wrong[0]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_all(done, folder, rdf_files=_RDF, drawings=_DRAWN)
        _rdf(folder)
        for drawing in ("graph.gexf", "graph-merged.gexf"):
            assert not list(lint(folder / drawing)), drawing
        etree.parse(folder / "graph.graphml", etree.XMLParser(resolve_entities=False))
        for table in folder.glob("*.csv"):
            _table(table.read_text(encoding="utf-8-sig"))
        json.loads((folder / "report.json").read_text(encoding="utf-8"), parse_constant=_refuse)
        embedded = _DATA.findall((folder / "explorer.html").read_text(encoding="utf-8"))
        assert len(embedded) == 2, "the explorer holds not what it shows"
        for part in embedded:
            json.loads(part, parse_constant=_refuse)
        again = load(folder)
        assert again.entities.keys() == done.graph.entities.keys()
        assert again.counts() == done.graph.counts()


CHECKS: dict[str, Callable[[str, bytes], None]] = {
    "reading": reading,
    "numerals": numerals,
    "dates": dates,
    "figures": figures,
    "exports": exports,
}


def _rdf(folder: Path) -> None:
    wanted = _triples(folder / "graph.nt")
    assert wanted
    for name in _RDF:
        assert _triples(folder / name) == wanted, name


def _triples(path: Path) -> set[tuple[str, ...]]:
    form = pyoxigraph.RdfFormat.from_extension(path.suffix[1:])
    with path.open("rb") as file:
        return {
            (str(q.subject), str(q.predicate), str(q.object))
            for q in pyoxigraph.parse(file, format=form)
            if not str(q.predicate).endswith("#hasGraph>")
        }


def _table(words: str) -> None:
    rows = list(csv.reader(io.StringIO(words, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, Counter(map(len, rows))


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _sound(found: Extraction) -> None:
    text = found.article.text
    end = 0
    for mention in found.mentions:
        assert end <= mention.span.start < mention.span.end <= len(text), mention
        end = mention.span.end
        if isinstance(mention.value, Quantity):
            _finite(mention.value)
        elif isinstance(mention.value, Edtf):
            _edtf(mention.value.value)
    for evidence in (*(r.evidence for r in found.relations), *(f.evidence for f in found.figures)):
        assert 0 <= evidence.start < evidence.end <= len(text), evidence
    for figure in found.figures:
        _finite(figure.quantity)
        assert figure.time is None or _edtf(figure.time)


def _finite(quantity: Quantity) -> None:
    assert quantity.value.is_finite() and (quantity.upper is None or quantity.upper.is_finite()), quantity


def _edtf(words: str) -> bool:
    first, last = begin_end(words)
    return first <= last


def _article(text: str) -> Article:
    return Article(Article.make_id("题目", text, "2024-03-05"), "a.txt", "题目", f"题目\n{text}", "2024-03-05", "given")


def _text(data: bytes) -> str:
    """As a text is when it has been read: no surrogates, no control characters but line breaks."""
    text = data.decode("utf-8", "replace")
    return "".join(c for c in text if c == "\n" or c.isprintable())
