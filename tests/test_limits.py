"""How much is read: beyond a limit one line says of which file, where, and how to read it nevertheless."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.model import Article, Problem
from extractors.reading import LIMITS, Limits, Source, discover, read_source
from tests.test_cli import TEXT, kg
from tests.test_reading import NEWS, articles, docx, pdf, problems, write

MARKUP = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def read(name: str, data: bytes, *limits: str) -> list[Article | Problem]:
    return list(read_source(Source(name, Path(name), data, limits=Limits.of(limits))))


def repacked(data: bytes, part: str, content: str) -> bytes:
    """A DOCX with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def nested_html(depth: int) -> bytes:
    page = f"<p>{TEXT}</p>"
    return f"<html><body>{'<div>' * depth}{page}{'</div>' * depth}</body></html>".encode()


def nested_docx(depth: int) -> bytes:
    """Tables in cells of tables."""
    cell = "<w:p><w:r><w:t>内容</w:t></w:r></w:p>"
    for _ in range(depth // 3):
        cell = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl><w:p/>"
    return repacked(docx("x"), "word/document.xml", MARKUP.format(cell))


STYLES = "".join(map(str, range(300_000)))  # packs badly enough to be no bomb
OVER = {
    "file": ("a.txt", NEWS.encode() + b"\n" * (1 << 20), ["file=1"], "a.txt: the file has 2 MB: more than 1"),
    "pages": ("a.pdf", pdf(NEWS, NEWS, NEWS), ["pages=2"], "a.pdf: the PDF has 3 pages: more than 2"),
    "article": ("a.txt", NEWS.encode(), ["article=40"], "a.txt: article 1: 《示范区建设启动》 has 48 characters: more"),
    "html": ("a.html", nested_html(220), [], "a.html: the elements of the web page stand too deep"),
    "docx": ("a.docx", nested_docx(220), [], "a.docx: word/document.xml: its elements stand too deep"),
    "unpacked": (
        "a.docx", repacked(docx(NEWS), "word/styles.xml", STYLES), ["unpacked=1"],
        "a.docx: the DOCX unpacks to 3 MB: more",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OVER)
def test_too_much_is_one_line_that_says_how_to_allow_it(case: str) -> None:
    name, data, limits, words = OVER[case]
    (problem,) = read(name, data, *limits)
    assert isinstance(problem, Problem) and problem.lost
    assert f"{problem.where}: {problem.message}".startswith(words)
    assert problem.message.endswith(" allows it") and "; --limit " in problem.message


@pytest.mark.parametrize("case", ["file", "pages", "article", "unpacked"])
def test_what_the_line_says_helps(case: str) -> None:
    name, data, limits, _ = OVER[case]
    (problem,) = read(name, data, *limits)
    allowed = problem.message.partition("--limit ")[2].partition(" ")[0]  # type: ignore[union-attr]
    assert not [one for one in read(name, data, allowed) if isinstance(one, Problem) and "the limit" in one.message]


def test_what_is_nested_as_deep_as_is_allowed_is_read() -> None:
    (found,) = read("a.html", nested_html(150))
    assert isinstance(found, Article) and found.text
    assert isinstance(read("a.html", nested_html(220), "nesting=240")[0], Article)
    assert isinstance(read("a.docx", nested_docx(60), "nesting=60")[0], Problem)


def test_articles_beyond_the_limit_are_left_and_those_before_are_read() -> None:
    page = "".join(f"## 第{n}届展会\n\n3月{n}日，第{n}届展会在某市举行。\n\n" for n in range(1, 6)).encode()
    found = read("a.md", page, "articles=2")
    assert [isinstance(one, Article) for one in found] == [True, True, False]
    assert "more than 2" in str(found[-1]) and found[-1].lost  # type: ignore[union-attr]
    assert len(read("a.md", page)) == 5


def test_a_long_article_is_left_and_the_others_are_read() -> None:
    page = f"## 甲市动态\n\n{NEWS}\n\n## 乙市动态\n\n3月5日，乙市启动项目。\n\n".encode()
    found = read("a.md", page, "article=40")
    assert [isinstance(one, Article) for one in found] == [False, True]
    assert found[0].where == "a.md: article 1"  # type: ignore[union-attr]


def test_files_beyond_the_limit_are_one_line(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.txt", NEWS)
    found = list(discover([tmp_path], limits=Limits(files=3)))
    assert [isinstance(one, Source) for one in found] == [True, True, True, False]
    assert "more than 3" in str(found[-1])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("page=3", "write NAME=N"), ("pages", "write NAME=N"), ("pages=", "nothing is no number"),
        ("pages=-1", "no number"), ("pages=0", "no number"), ("pages=²", "no number"), ("file=1e3", "no number"),
        (f"pages={'9' * 5000}", "no number"), ("nesting=300", "gives up"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_meant(words: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=why):
        Limits.of([words])
    done = kg("build", tmp_path, "--out", tmp_path / "out", "--limit", words)
    assert done.returncode == 2 and done.stderr.startswith("kg: --limit ") and not (tmp_path / "out").exists()


def test_limits_are_options_and_what_was_read_under_others_is_read_again(tmp_path: Path) -> None:
    page = write(tmp_path, "in/a.txt", f"{TEXT}各地还将继续推进后续工作，并加强跟踪评估。\n")
    write(tmp_path, "in/b.txt", TEXT)
    out = tmp_path / "out"
    assert kg("build", page.parent, "--out", out).returncode == 0
    longest = max(len(a.text) for a in articles(page))
    done = kg("build", page.parent, "--out", out, "--limit", "files=9", "--limit", f"article={longest - 1}")
    assert done.returncode == 1 and f"--limit article={longest} allows it" in done.stderr
    done = kg("extract", page, "--limit", f"article={longest - 1}")
    assert done.returncode == 2 and f"more than {longest - 1}" in done.stderr
    assert kg("build", page.parent, "--out", out).returncode == 0
    assert kg("verify", out, page.parent).returncode == 0
    assert kg("verify", out, page.parent, "--limit", f"article={longest - 1}").returncode == 1


def test_a_megabyte_more_than_standard_input_may_have() -> None:
    done = kg("extract", "-", "--limit", "file=1", stdin=NEWS.encode() + b"\n" * (1 << 20))
    assert done.returncode == 2
    assert done.stderr == "kg: -: the input has too many MB: more than 1, the limit; --limit file=N allows it\n"


LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
DTD = f'<!DOCTYPE w [<!ENTITY a "科技"><!ENTITY f SYSTEM "file:///etc/passwd">{LAUGHS}]>'


@pytest.mark.parametrize("entity", ["&m;", "&f;", "&a;", ""])
def test_a_dtd_is_refused_in_a_word_file_and_nothing_is_fetched(entity: str) -> None:
    words = f"{DTD}{MARKUP.format(f'<w:p><w:r><w:t>内容{entity}</w:t></w:r></w:p>')}"
    (problem,) = read("a.docx", repacked(docx("x"), "word/document.xml", words))
    assert isinstance(problem, Problem)
    assert (problem.where, problem.message) == (
        "a.docx: word/document.xml",
        "it has a DTD, which no Word file has: refused",
    )


@pytest.mark.parametrize("entity", ["&m;", "&f;"])
def test_entities_of_a_web_page_are_its_own_words(entity: str) -> None:
    page = f"{DTD}<html><body><p>{TEXT}{entity}</p></body></html>"
    text = "".join(one.text for one in read("a.html", page.encode()) if isinstance(one, Article))
    assert text and "root:" not in text and len(text) < 3 * len(page)


def test_a_cell_is_as_wide_as_word_allows(tmp_path: Path) -> None:
    span = '<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
    row = f"<w:tr><w:tc>{span}<w:p><w:r><w:t>产值</w:t></w:r></w:p></w:tc></w:tr>"
    data = repacked(docx("x"), "word/document.xml", MARKUP.format(f"<w:tbl>{row}</w:tbl>"))
    assert not problems(write(tmp_path, "a.docx", data))
    assert sum(a.text.count("产值") for a in articles(tmp_path / "a.docx")) <= 63


def test_cells_over_many_rows_are_said_in_each() -> None:
    def cell(words: str, merge: str) -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    def row(number: int) -> str:
        return f"<w:tr>{cell('全市', '<w:vMerge/>' if number else down)}{cell(f'{number}亿元', '')}</w:tr>"

    down = '<w:vMerge w:val="restart"/>'
    rows = "".join(map(row, range(3000)))  # python-docx would climb to the top from each of them
    data = repacked(docx("x"), "word/document.xml", MARKUP.format(f"<w:tbl>{rows}</w:tbl>"))
    (found,) = read("a.docx", data)
    assert isinstance(found, Article) and found.text.count("全市") > 2900


def test_defaults_are_those_that_the_help_and_the_docs_name() -> None:
    for text in (
        kg("build", "--help").stdout,
        (Path(__file__).parent.parent / "docs" / "robust.md").read_text("utf-8"),
    ):
        plain = "".join(text.split()).replace(",", "")
        for setting in str(LIMITS).split():
            name, _, number = setting.partition("=")
            assert setting in plain or f"`{name}`|{number}" in plain, setting
