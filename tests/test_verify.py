"""kg verify: what stands where the graph says is found, and what was tampered with is named."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.export import write_all
from kg.graph import GraphData
from kg.loading import NoGraph, load
from kg.model import CannotRun, Evidence, Observation, Statement
from kg.pipeline import build
from kg.read import find_sources
from kg.verify import Verification, verify
from kg.wording import figure_words, statement_words
from tests.test_reading import pdf

SEEDS = Path(__file__).parent.parent / "seeds"
TABLE = """主要科技指标

主要指标见下表。
指标 单位2023年2024年
研发经费 亿元100.5 120
发明专利授权量 件2000 2300
"""
NEWS = """两部门印发氢能示范办法

本报北京3月5日电 国家能源局、科技部3月4日联合印发《氢能示范项目管理办法》。办法提出，到2027年，建成加氢站300座。
会议还讨论了其他事项，与会者认为，各地应当因地制宜，量力而行，把好事办好、实事办实，让群众得到看得见的实惠和方便，
并且定期向社会公布进展，接受监督。
"""


@dataclass
class Built:
    """Sources, and what was built of them."""

    sources: Path
    out: Path

    def verify(self, **options: str) -> Verification:
        found, problems = find_sources([self.sources], skip=self.out, **options)  # type: ignore[arg-type]
        return verify(self.out, found, problems)

    @property
    def graph(self) -> GraphData:
        return load(self.out)

    def rewrite(self, name: str, old: str, new: str) -> None:
        """Change the first of these words in a source."""
        path = self.sources / name
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())

    def tamper(self, node: str, old: str, new: str) -> None:
        """Change the first of these words in what graph.ttl says of a node."""
        path, (kind, digits) = self.out / "graph.ttl", node.split("/")
        text = path.read_text(encoding="utf-8")
        start = text.index(f"\n{kind.lower()}:{digits} a ")
        end = text.index(" .\n", start)
        assert old in text[start:end], text[start:end]
        block = text[start:end].replace(old, new, 1)
        path.write_text(text[:start] + block + text[end:], encoding="utf-8")


def made(folder: Path, **options: str) -> Built:
    done = build(folder / "in", check="none", **options)  # type: ignore[arg-type]
    write_all(done, folder / "out")
    return Built(folder / "in", folder / "out")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    shutil.copytree(SEEDS, folder / "in")
    (folder / "in" / "table.txt").write_text(TABLE, encoding="utf-8")
    made(folder)
    return folder


@pytest.fixture
def seeds(once: Path, tmp_path: Path) -> Built:
    shutil.copytree(once, tmp_path / "copy")
    return Built(tmp_path / "copy" / "in", tmp_path / "copy" / "out")


@pytest.fixture
def news(tmp_path: Path) -> Built:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.txt").write_text(NEWS, encoding="utf-8")
    return made(tmp_path, issued="2024-03-05")


def facts_of(graph: GraphData, name: str) -> set[str]:
    """Facts with a quote in a file."""
    articles = {node.id for node in graph.articles.values() if name in node.sources}
    found = {s.id for s in graph.statements.values() if articles.intersection(s.articles)}
    return found | {o.id for o in graph.observations.values() if o.evidence.article in articles}


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def lines(found: Verification, kind: str) -> list[str]:
    return [str(fault) for fault in found.faults if fault.kind == kind]


def test_all_is_found_in_every_format(seeds: Built) -> None:
    graph, found = seeds.graph, seeds.verify()
    assert found.faults == ()
    assert found.facts == found.verified == len(graph.statements) + len(graph.observations) > 150
    assert found.quotes == found.found > 100 and found.unknown == 0 and found.articles == len(graph.articles)
    assert {Path(name).suffix for node in graph.articles.values() for name in node.sources} == {
        ".txt", ".md", ".html", ".pdf", ".docx",
    }  # fmt: skip
    quotes = [e for node in graph.articles for e in graph.spans_of(node)]
    # Lines that were joined: the raw stretch is longer than the quote.
    assert any(e.raw and e.raw.end - e.raw.start > len(e.quote) for e in quotes)
    assert any(o.evidence.rule == "a row of a table under its heads" for o in graph.observations.values())
    assert found.summary.startswith(f"{found.facts} facts, {found.quotes} quotes found in 15 sources, 7 files as wr")


TEXTS = {
    "newspaper-2021-03.txt": ("年均增长", "年均减长"),
    "daily-20230530.md": ("神舟十六号", "神舟十五号"),
    "statistics-2024.html": ("33357.1", "33357.2"),
    "bulletin-2022-01.txt": ("20%", "21%"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_one_character_of_a_source(seeds: Built, name: str) -> None:
    old, new = TEXTS[name]
    graph = seeds.graph
    seeds.rewrite(name, old, new)
    found = seeds.verify()
    assert found.faults and {fault.where for fault in found.faults} == {name}
    assert all("changed" in fault.what for fault in found.faults)
    lost = {fault.id for fault in found.faults}
    unverified = {s.id for s in graph.statements.values() if lost.intersection(s.articles)}
    unverified |= {o.id for o in graph.observations.values() if o.evidence.article in lost}
    assert found.facts - found.verified == len(unverified) > 0
    assert f"{len(unverified)} fact" in found.faults[0].what or len(lost) > 1
    at = next(n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
    assert any(f"【{new[at:]}" in f.what and f" for 【{old[at:]}" in f.what for f in found.faults)


def test_one_character_of_a_word_document(seeds: Built) -> None:
    path, changed = seeds.sources / "forum-2023-05.docx", seeds.sources.parent / "changed.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                assert "科技部".encode() in data
                data = data.replace("科技部".encode(), "科学部".encode(), 1)
            new.writestr(part, data)
    changed.replace(path)
    (fault,) = seeds.verify().faults
    assert fault.where == path.name and ": changed at character " in fault.what and "【学部" in fault.what


def test_another_page_under_the_name_of_a_pdf(seeds: Built) -> None:
    (seeds.sources / "lunar-2024-06.pdf").write_bytes(pdf("Another page, about something else altogether."))
    found = seeds.verify()
    assert {fault.where for fault in found.faults} == {"lunar-2024-06.pdf"}
    assert found.facts - found.verified == len(facts_of(seeds.graph, "lunar-2024-06.pdf"))


def test_a_change_where_nothing_is_quoted(news: Built) -> None:
    news.rewrite("news.txt", "接受监督", "接受表扬")
    (fault,) = news.verify().faults
    assert "《两部门印发氢能示范办法》: changed where nothing is quoted; " in fault.what


def statement(graph: GraphData) -> Statement:
    return next(s for s in graph.statements.values() if s.predicate == "issued")


def figure(graph: GraphData) -> Observation:
    (found,) = graph.observations.values()
    return found


def span(graph: GraphData) -> Evidence:
    (found,) = statement(graph).evidence
    return found


TAMPERED: dict[str, tuple[Callable[[GraphData], tuple[str, str, str]], str]] = {
    "quote": (lambda g: (span(g).id, "联合印发", "共同印发"), "read 【"),
    "begin": (lambda g: (span(g).id, f"kg:begin {span(g).span.start}", "kg:begin 3"), "read 【"),
    "end": (lambda g: (span(g).id, f"kg:end {span(g).span.end}", "kg:end 9999"), "lie outside of the text"),
    "raw": (lambda g: (span(g).id, "kg:rawBegin ", "kg:rawBegin 1"), "of the file, not"),
    "before": (lambda g: (span(g).id, "两部门", "三部门"), "other words around"),
    "predicate": (lambda g: (statement(g).id, "kg:issued", "kg:launched"), "is the id of another fact"),
    "modality": (lambda g: (statement(g).id, '"asserted"', '"negated"'), "is the id of another fact"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_graph_is_named_by_its_facts(news: Built, what: str) -> None:
    edit, told = TAMPERED[what]
    node, old, new = edit(news.graph)
    news.tamper(node, old, new)
    found, graph = news.verify(issued="2024-03-05"), news.graph
    assert len(lines(found, "file")) == 1
    assert found.faults[0].where == "graph.ttl" and "changed after the build" in found.faults[0].what
    named = [fault for fault in found.faults if fault.kind == "fact"]
    assert named and all(told in fault.what for fault in named)
    for fault in named:
        assert fault.where == statement_words(graph, graph.statements[fault.id])
    assert found.facts - found.verified == len({fault.id for fault in named})


FIGURES = {
    "value": ('kg:value "300"', 'kg:value "3000"', "say 300座, not 3000座"),
    "unit": ('"座"', '"个"', "say 300座, not 300个"),
    "comparator": ('kg:comparator "="', 'kg:comparator ">"', "say 300座, not >300座"),
    "quote": ("加氢站300", "制氢站300", "its quote is not that of its evidence"),
}


@pytest.mark.parametrize("what", FIGURES)
def test_a_tampered_figure(news: Built, what: str) -> None:
    old, new, told = FIGURES[what]
    news.tamper(figure(news.graph).id, old, new)
    found, graph = news.verify(issued="2024-03-05"), news.graph
    (line,) = lines(found, "fact")
    assert line.startswith(f"{figure_words(graph, figure(graph))}: ") and told in line
    assert found.facts - found.verified == 1


PLACES = re.compile(
    r"^    kg:(?:begin|end|rawBegin|rawEnd|inArticle|quote|before|after|value|unitText|comparator) (.+) ;$"
    r"|^    rdf:(?:subject|predicate|object) (.+) ;$",
    re.MULTILINE,
)


def test_no_character_of_a_fact_can_be_changed_unseen(news: Built) -> None:
    """Even where nobody has noted the hash of the file: of each value one character, by turns another one."""
    (news.out / "report.json").unlink()
    path = news.out / "graph.ttl"
    whole = path.read_text(encoding="utf-8")
    facts = whole.index("# ---- Statement")
    unseen, tried = [], 0
    for tried, value in enumerate(PLACES.finditer(whole, facts), start=1):
        start, end = value.span(value.lastindex or 0)
        inside = [n for n in range(start, end) if whole[n].isalnum()]
        if whole[start] == '"':
            close = whole.index('"', start + 1)
            inside = [n for n in inside if n < close] or [start]
        at = inside[tried % len(inside)]
        other = str((int(whole[at]) + 1) % 10) if whole[at] in "0123456789" else "b" if whole[at] == "a" else "a"
        path.write_text(f"{whole[:at]}{other}{whole[at + 1 :]}", encoding="utf-8")
        try:
            if not news.verify(issued="2024-03-05").faults:
                unseen.append(value.group())
        except NoGraph:
            pass  # it cannot be loaded, and says so
    assert unseen == [] and tried > 30


def test_tables_are_read_by_their_heads(seeds: Built) -> None:
    value = next(o for o in seeds.graph.observations.values() if str(o.value) == "10050000000")
    seeds.tamper(value.id, '"10050000000"', '"10050000001"')
    (line,) = lines(seeds.verify(), "fact")
    assert "say 10050000000元, not 10050000001元" in line


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("sha256", 'kg:sha256 "', 'kg:sha256 "0'),
        ("title", "两部门", "三部门"),
        ("length", "textLength ", "textLength 1"),
    ],
)
def test_a_tampered_article(news: Built, field: str, old: str, new: str) -> None:
    (node,) = news.graph.articles
    news.tamper(node, old, new)
    found = news.verify(issued="2024-03-05")
    (line,) = lines(found, "source")
    assert line.startswith("news.txt: 《") and f": {field} " in line and " in the graph, " in line
    assert found.found == found.quotes


def test_a_fact_without_its_quote(news: Built) -> None:
    fact = statement(news.graph)
    digits = span(news.graph).id.removeprefix("Span/")
    news.tamper(fact.id, f"kg:evidence span:{digits}", "kg:nothing 1")
    found = news.verify(issued="2024-03-05")
    assert [fault.what for fault in found.faults if fault.id == fact.id] == ["no quote says so"]


def test_a_quote_in_an_article_that_is_none(news: Built) -> None:
    news.tamper(span(news.graph).id, "kg:inArticle article:", "kg:inArticle article:0")
    found = news.verify(issued="2024-03-05")
    assert any("is no article of the graph" in line for line in lines(found, "fact"))


def test_a_source_that_is_gone(seeds: Built) -> None:
    (seeds.sources / "expo-2023-11.txt").unlink()
    (seeds.sources / "lunar-2024-06.pdf").write_bytes(b"")
    gone = [len(facts_of(seeds.graph, name)) for name in ("expo-2023-11.txt", "lunar-2024-06.pdf")]
    found = seeds.verify()
    assert lines(found, "source") == [
        f"expo-2023-11.txt: not among the sources; 1 article of it not found, {gone[0]} facts unverified",
        f"lunar-2024-06.pdf: the file is empty; 1 article of it not found, {gone[1]} facts unverified",
    ]
    assert found.facts - found.verified == sum(gone) and found.found < found.quotes


def test_a_source_under_another_name(news: Built) -> None:
    (news.sources / "news.txt").rename(news.sources / "moved.txt")
    found = news.verify(issued="2024-03-05")
    assert [str(f) for f in found.faults] == ["news.txt: not among the sources; 1 article of it found in moved.txt"]
    assert found.verified == found.facts and found.found == found.quotes


def test_a_reprint_stands_in_two_sources(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    # In the second the article stands further down, so that its raw places are others.
    (tmp_path / "in" / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(f"\n\n{NEWS}", encoding="utf-8")
    both = made(tmp_path, issued="2024-03-05")
    (article,) = both.graph.articles.values()
    assert article.sources == ("a.txt", "b.txt")
    assert both.verify(issued="2024-03-05").faults == ()
    both.rewrite("b.txt", "300座", "400座")
    found = both.verify(issued="2024-03-05")
    assert [str(f) for f in found.faults] == ["b.txt: 《两部门印发氢能示范办法》: no longer there, but in a.txt"]
    assert found.verified == found.facts and found.unknown == 1
    (both.sources / "b.txt").unlink()
    (line,) = lines(both.verify(issued="2024-03-05"), "source")
    assert line == "b.txt: not among the sources; 1 article of it found in a.txt"


def test_an_undated_copy_is_held_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(NEWS, encoding="utf-8")
    (tmp_path / "in" / "sources.toml").write_text('["a.txt"]\nissued = "2024-03-05"\n', encoding="utf-8")
    both = made(tmp_path)
    assert [node.sources for node in both.graph.articles.values()] == [("a.txt", "b.txt")]
    assert both.verify().faults == ()


def test_options_must_be_those_of_the_build(news: Built) -> None:
    found = news.verify()
    (line,) = lines(found, "source")
    assert "issued 2024-03-05 in the graph, none in the file" in line
    assert found.found == found.quotes


def test_new_articles_are_no_fault(news: Built) -> None:
    (news.sources / "more.txt").write_text(TABLE, encoding="utf-8")
    found = news.verify(issued="2024-03-05")
    assert found.faults == () and found.unknown == 1 and "1 article there not in the graph" in found.summary


def test_a_report_tells_of_every_file_of_the_build(news: Built) -> None:
    outputs = json.loads((news.out / "report.json").read_bytes())["outputs"]
    assert outputs.keys() == {path.name for path in news.out.iterdir()} - {"report.json"}
    for name, seal in outputs.items():
        data = (news.out / name).read_bytes()
        assert seal == {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    assert verify(news.out).faults == () and verify(news.out).summary == "7 files as written, 0 faults"


def test_files_that_changed_after_the_build(news: Built) -> None:
    table = news.out / "figures.csv"
    table.write_bytes(table.read_bytes().replace(b"300", b"400"))
    (news.out / "graph.gexf").unlink()
    (news.out / "entities.csv").write_bytes(b"")
    found = {fault.where: fault.what for fault in verify(news.out).faults}
    assert found.keys() == {"figures.csv", "graph.gexf", "entities.csv"}
    assert "SHA-256" in found["figures.csv"] and "gone" in found["graph.gexf"] and " 0 now" in found["entities.csv"]


@pytest.mark.parametrize("words", ["", "[]", '{"outputs": 3}', '{"outputs": {"graph.ttl": 3}}', "{"])
def test_a_report_that_is_none(news: Built, words: str) -> None:
    (news.out / "report.json").write_text(words)
    assert next(str(fault) for fault in verify(news.out).faults).startswith("report.json: cannot be read: ")


def test_without_hashes_there_must_be_sources(news: Built) -> None:
    (news.out / "report.json").write_text("{}")
    with pytest.raises(CannotRun, match="name the sources"):
        verify(news.out)
    found = news.verify(issued="2024-03-05")
    assert found.faults == () and found.files is None and "written" not in found.summary


def test_the_command(news: Built) -> None:
    done = kg("verify", news.out, news.sources, "--issued", "2024-03-05")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.endswith("found in 1 source, 7 files as written, 0 faults\n")
    # An RDF file itself, and names that begin otherwise.
    other = news.out.parent / "other"
    options = (
        "--base-iri",
        "https://example.org/",
        "--format",
        "nt.gz",
        "--issued",
        "2024-03-05",
        "--publisher",
        "某报",
    )
    assert kg("build", news.sources, "--out", other, *options).exit_code == 0
    done = kg("verify", other / "graph.nt.gz", news.sources / "news.txt", *options[-4:], "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0 and told["in_order"] and told["files"] == 1 and told["facts"] == told["verified"] > 3
    news.tamper(figure(news.graph).id, '"300"', '"301"')
    done = kg("verify", news.out, news.sources, "--issued", "2024-03-05")
    assert done.exit_code == 1 and done.stdout.count("\n") == 2 and "1 fact unverified" in done.stderr
    assert kg("verify", news.out).exit_code == 1


def test_what_cannot_run(news: Built) -> None:
    for arguments, told in (
        ((news.out.parent / "none",), "no such graph"),
        ((news.out, "none.txt"), "no such file"),
        ((news.out, "--issued", "2024"), "no PATH"),
    ):
        done = kg("verify", *arguments)
        assert done.exit_code == 2 and told in done.stderr and done.stderr.count("\n") == 1, done.stderr
    (news.out / "graph.ttl").write_text("no graph")
    done = kg("verify", news.out, news.sources)
    assert done.exit_code == 1 and "not loaded" in done.stdout and "changed after the build" in done.stdout
    (news.out / "report.json").unlink()
    done = kg("verify", news.out, news.sources)
    assert done.exit_code == 2 and "not a readable graph" in done.stderr
