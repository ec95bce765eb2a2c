"""Reading: files of every kind into articles, and what cannot be read into problems."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.model import Article, Problem, Span
from extractors.reading import Source, discover, raw_text, read_source
from tests.counting import lines_run

NEWS = (
    "示范区建设启动\n本报讯（记者 王晓明）3月12日，某市在会展中心启动示范区建设，计划投资20亿元。\n项目将于年底建成。\n"
)


def articles(path: Path, issued: str | None = None) -> list[Article]:
    return [a for a in read_source(Source(path.name, path, None, issued)) if isinstance(a, Article)]


def problems(path: Path) -> list[Problem]:
    return [p for p in read_source(Source(path.name, path)) if isinstance(p, Problem)]


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


SONG = (  # a Chinese font that PDF readers bring along
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
    " /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
)


def pdf(*pages: str, trailer: str = "") -> bytes:
    """A PDF written by hand, one line of text under the other; an empty page shows a filled box, as a scan does."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *SONG]
    kids = []
    for page in pages:
        lines = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in page.splitlines())
        show = f"BT /F1 12 Tf 72 780 Td 18 TL\n{lines}ET" if page else "0 0 100 100 re f"
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(show)} >>\nstream\n{show}\nendstream",
        ]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


# The standard security handler with a user password that is not the empty one: /U cannot match.
ENCRYPTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>] ".format("ab" * 32)


def docx(*paragraphs: str) -> bytes:
    import docx as word

    document = word.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (300 << 20))
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_gives_the_same_article(tmp_path: Path, encoding: str) -> None:
    (found,) = articles(write(tmp_path, "a.txt", NEWS.encode(encoding)))
    assert found.title == "示范区建设启动"
    assert found.text == "示范区建设启动\n3月12日，某市在会展中心启动示范区建设，计划投资20亿元。\n项目将于年底建成。"
    assert found.reporters == ("王晓明",)


def test_a_few_bad_bytes_are_one_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    good = NEWS.encode("utf-8")
    path = write(tmp_path, "a.txt", good + b"\xff" + good * 20)
    (problem,) = [p for p in problems(path) if p.lost]
    assert problem.where == "a.txt" and problem.message.startswith(f"byte {len(good)}:")
    assert articles(path)


BAD: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: b" \n\n\t\n",
    "binary.txt": lambda: bytes(range(256)) * 40,
    "latin.txt": lambda: ("Größe, façade, Übermaß; " * 40).encode("latin-1"),
    "cut.pdf": lambda: pdf("Hello")[:200],
    "noise.pdf": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 10,
    "scanned.pdf": lambda: pdf(""),
    "encrypted.pdf": lambda: pdf("Hello", trailer=ENCRYPTED),
    "bomb.docx": zip_bomb,
    "cut.docx": lambda: docx("一个段落。")[:500],
    "textless.docx": lambda: docx(),
    "no-word.docx": lambda: _zip({"readme.txt": "x"}),
    "textless.html": lambda: b"<html><body><script>var a = 1;</script><img src='a.png'></body></html>",
    "empty.html": lambda: b"",
}


def _zip(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_problem_that_names_the_file(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, BAD[name]())
    found = list(read_source(Source(name, path)))
    assert len(found) == 1
    assert isinstance(found[0], Problem) and found[0].lost and found[0].where.startswith(name)
    assert isinstance(raw_text(Source(name, path)), Problem)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = write(tmp_path, "huge.txt", b"")
    with path.open("r+b") as file:
        file.truncate(200 << 20)
    (problem,) = read_source(Source("huge.txt", path))
    assert isinstance(problem, Problem) and "200 MB: more than 50, the limit; --limit file=200" in problem.message


def test_no_control_characters_or_surrogates_survive(tmp_path: Path) -> None:
    text = (NEWS * 9 + "第\x00二\x0b期\ud800，\u200b经\u00ad费\ue0005亿元。").encode("utf-8", "surrogatepass")
    found = [a for a in read_source(Source("-", None, text)) if isinstance(a, Article)]
    assert found
    for article in found:
        assert all(c == "\n" or c.isprintable() for c in article.text)


def test_pdf_lines_are_joined_over_pages(tmp_path: Path) -> None:
    first = "某市启动概念验证计划\n本报讯（记者 王晓明）近日，某市启动概\n念验证计划，三年内拟支持项目300"
    second = "个，安排资金6亿元，覆盖新材料、生物\n制造等方向。计划由市科技局牵头实施。"
    path = write(tmp_path, "a.pdf", pdf(f"{first}\n- 1 -", f"{second}\n- 2 -"))
    (found,) = articles(path)
    assert found.title == "某市启动概念验证计划" and found.reporters == ("王晓明",)
    assert found.text.endswith(
        "三年内拟支持项目300个，安排资金6亿元，覆盖新材料、生物制造等方向。计划由市科技局牵头实施。"
    )
    raw = raw_text(Source("a.pdf", path))
    at = found.text.index("300个")
    assert isinstance(raw, str) and found.offsets.raw(Span(at, at + 4)).of(raw) == "300\r\n- 1 -\f个"


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf("今天，某市启动项目。", "", ""))
    assert [p.where for p in problems(path) if p.lost] == ["a.pdf: page 2, 3"]
    assert len(articles(path)) == 1


def test_docx_paragraphs_are_not_joined(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", docx("市科技局召开座谈会", "座谈会于4月8日举行，20家企业参加", "与会者提出建议。"))
    (found,) = articles(path)
    assert found.title == "市科技局召开座谈会"
    assert found.text.split("\n")[1:] == ["座谈会于4月8日举行，20家企业参加", "与会者提出建议。"]


PAGE = """<html><head><meta charset="{0}"><title>某省印发人才新政_某省科技厅</title>
<meta name="PubDate" content="2024-05-17 09:30"><meta name="ContentSource" content="某省科技厅"></head>
<body><div class="nav"><a href="/">首页</a> <a href="/news">新闻</a></div>
<article><h1>某省印发人才新政</h1><p>5月16日，某省科技厅印发《关于支持青年科技人才发展的若干措施》，提出12条举措。</p>
<p>到2026年，全省引进青年人才超过1万名，设立总额5亿元的专项资金，支持企业与高校共建实验室。</p>
<p>据介绍，新政自7月1日起施行，有效期三年，由省科技厅会同省财政厅负责解释，各市参照执行。</p></article>
<div class="footer">版权所有</div></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_web_page_gives_its_article(tmp_path: Path, encoding: str) -> None:
    (found,) = articles(write(tmp_path, "a.html", PAGE.format(encoding).encode(encoding)))
    assert found.title == "某省印发人才新政"
    assert (found.issued, found.issued_basis, found.publisher) == ("2024-05-17", "printed", "某省科技厅")
    assert "首页" not in found.text and "5亿元的专项资金" in found.text


MARKDOWN = """# 《晚间新闻》 (20230512)

## 新闻摘要

1.某大桥合龙；
2.国内快讯。
（《晚间新闻》 20230512 21:00）

## 详细新闻

### 某大桥合龙

<p><strong>央视网消息</strong>（晚间新闻）：今天，某大桥主桥合龙。</p><p>大桥全长3公里，<br>预计明年通车。</p>

[查看原文](https://example.org/1.shtml)

### 国内联播快讯

<p><strong>央视网消息</strong>（晚间新闻）：</p><p><strong>粮食收购超千万吨</strong></p><p>截至5月10日，收购1200万吨。</p>\
<p><strong>两部门部署防汛</strong></p><p>两部门要求加强巡查&amp;值守。</p>

### 空条目


[查看原文](https://example.org/3.shtml)
"""


def test_a_broadcast_in_markdown_is_cut_at_its_headings(tmp_path: Path) -> None:
    found = articles(write(tmp_path, "a.md", MARKDOWN))
    assert [a.title for a in found] == ["某大桥合龙", "粮食收购超千万吨", "两部门部署防汛"]
    assert found[0].text == "某大桥合龙\n今天，某大桥主桥合龙。\n大桥全长3公里，预计明年通车。"
    assert found[2].text.endswith("加强巡查&值守。")
    assert {(a.issued, a.issued_basis, a.publisher) for a in found} == {("2023-05-12", "printed", "央视网")}


def test_given_date_holds_unless_the_page_prints_one_inside_it(tmp_path: Path) -> None:
    printed = write(tmp_path, "a.txt", NEWS + "2024年3月13日\n")
    assert [(a.issued, a.issued_basis) for a in articles(printed)] == [("2024-03-13", "printed")]
    assert [a.issued for a in articles(printed, issued="2024-03")] == ["2024-03-13"]
    assert [(a.issued, a.issued_basis) for a in articles(printed, issued="2022")] == [("2022", "given")]
    plain = write(tmp_path, "b.txt", NEWS)
    assert [(a.issued, a.issued_basis) for a in articles(plain)] == [(None, "unknown")]
    event = write(tmp_path, "c.txt", "2021年某论坛启动\n3月12日，论坛在某市启动。\n")
    assert [(a.issued, a.issued_basis) for a in articles(event)] == [("2021", "inferred")]


SITE = """<html><head><meta charset="utf-8"><title>某市建成超算中心 - 某市科技网</title></head><body>
<article><h1>某市建成超算中心</h1><p class="meta">{0}</p>
<p>10月2日，某市超级计算中心在高新区建成投用，一期算力达到每秒20亿亿次，总投资约12亿元，由市科技局牵头建设。</p>
<p>据介绍，中心将面向气象预报、新药研制和工业仿真等领域开放，预计每年服务科研机构和企业超过500家。</p>
<p>中心二期工程计划于明年开工，届时还将设立开放课题，支持本地高校青年教师开展交叉学科研究。</p></article>
<footer>某市科技网 版权说明</footer></body></html>"""


@pytest.mark.parametrize(
    ("line", "issued", "publisher", "reporters"),
    [
        ("2024-10-02　来源：某某日报　记者：王丽 赵强", "2024-10-02", "某某日报", ("王丽", "赵强")),
        ("<span>发布时间：2024年10月02日 09:15</span><span>来源：<a>某某日报</a></span>", "2024-10-02", "某某日报", ()),
        ("来源：某某日报 日期：2024年10月02日 【字号：大 中 小】", "2024-10-02", "某某日报", ()),
        ("2024-10-02　浏览次数：88", "2024-10-02", "某市科技网", ()),
    ],
)
def test_the_line_under_a_web_headline_is_read(
    tmp_path: Path, line: str, issued: str, publisher: str, reporters: tuple[str, ...]
) -> None:
    (found,) = articles(write(tmp_path, "a.html", SITE.format(line)))
    assert found.title == "某市建成超算中心"
    assert (found.issued, found.publisher, found.reporters) == (issued, publisher, reporters)


def test_reading_text_loads_no_web_library_and_web_pages_warn_of_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.html", SITE.format("2024-10-02"))
    code = (
        "import sys; from pathlib import Path; from extractors.reading import Source, read_source\n"
        "assert 'trafilatura' not in sys.modules\n"
        "assert list(read_source(Source('a.html', Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-W", "always", "-c", code, str(tmp_path / "a.html")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "ALL_PROXY": "socks5://x"}
    )
    assert "Warning" not in done.stderr


REPEATED = (  # what repeats in a file that is far too long, each of another shape
    "科", "科 ", "1\n", "（记者 张三", "《", "编辑：", "科技\f", "科 > ", "企业\n23878.6\n", "本报讯（记者 张三）",
    "1.科技部发布解读\n", "相关链接\n科技部发布\n", "3月2日，召开会议。\n科技部召开会议\n",
    "目录\n一、科技部发布规划\n二、印发办法\n", "【动态】\n1.科技部发布规划解读\n规划提出目标。\n",
    "来源：科技部 日期：2024年07月01日 字号：大 中 小 x\n", "科技周刊    2022年第1期\n今天，科技部\n- 3 -\n",
)  # fmt: skip


@pytest.mark.parametrize("words", REPEATED)
def test_twice_the_text_is_twice_the_work(words: str) -> None:
    def work(length: int) -> int:
        text = (words * (length // len(words) + 1))[:length].encode()
        return lines_run(lambda: list(read_source(Source("-", None, text))))

    work(200)  # imports and first compilations
    assert work(16_000) < 2.5 * work(8_000) + 1_000


def test_discover_walks_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/.hidden.txt", ".git/x.txt", "z.xlsx"):
        write(tmp_path, name, NEWS)
    found = list(discover([tmp_path]))
    assert [s.name for s in found if isinstance(s, Source)] == ["b.txt", "a/c.md"]
    (ignored,) = [p for p in found if isinstance(p, Problem)]
    assert "1 × .xlsx" in ignored.message and not ignored.lost


def test_discover_tells_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    sheet = write(tmp_path, "a.xlsx", b"x")
    found = list(discover([tmp_path / "gone.txt", tmp_path / "empty", sheet]))
    assert [isinstance(p, Problem) and p.lost for p in found] == [True, True, True]


def test_discover_does_not_follow_a_loop_of_links(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt", NEWS)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(discover([tmp_path]))
    assert [s.name for s in found if isinstance(s, Source)] == ["a/b.txt"]
    assert [p.where for p in found if isinstance(p, Problem)] == ["a/loop"]


def test_discover_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(NEWS.encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    (source,) = discover(["-"], issued="2024")
    assert isinstance(source, Source) and source.name == "-"
    assert [a.issued for a in read_source(source) if isinstance(a, Article)] == ["2024"]


def test_sources_toml_gives_date_and_publisher(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", NEWS)
    write(tmp_path, "b.txt", NEWS)
    write(
        tmp_path, "sources.toml", '["a.txt"]\nissued = "2024-03-13"\npublisher = "某市日报"\nexpect.articles = [1, 2]\n'
    )
    a, b = (s for s in discover([tmp_path], issued="2020") if isinstance(s, Source))
    assert (a.issued, a.publisher, a.expect) == ("2024-03-13", "某市日报", {"articles": [1, 2]})
    assert (b.issued, b.publisher, b.expect) == ("2020", None, {})


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        ('["a.txt"]\nissued = ', "Invalid value"),
        ('["a.txt"]\nissued = "13.3.2024"', '["a.txt"]'),
        ('["a.txt"]\ndate = "2024"', '["a.txt"]'),
        ('["gone.txt"]\nissued = "2024"', '["gone.txt"]'),
        ("a = 1", '["a"]'),
    ],
)
def test_a_broken_sources_toml_is_a_problem_with_its_place(tmp_path: Path, toml: str, place: str) -> None:
    write(tmp_path, "a.txt", NEWS)
    write(tmp_path, "sources.toml", toml)
    found = list(discover([tmp_path]))
    (problem,) = [p for p in found if isinstance(p, Problem)]
    assert "sources.toml" in problem.where and place in problem.where + problem.message
    assert any(isinstance(s, Source) for s in found)


def test_subheadings_of_a_markdown_article_stay_in_it(tmp_path: Path) -> None:
    text = "# 某市低空经济观察\n\n某市低空经济起步早。\n\n## 一、现状\n\n已有企业120家。\n\n## 二、问题\n\n标准不足。\n"
    (found,) = articles(write(tmp_path, "a.md", text))
    assert found.text == "某市低空经济观察\n某市低空经济起步早。\n一、现状\n已有企业120家。\n二、问题\n标准不足。"


def test_a_date_that_contradicts_the_given_one_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", NEWS + "2024年3月13日\n")
    (problem,) = [p for p in read_source(Source("a.txt", path, None, "2022")) if isinstance(p, Problem)]
    broadcast = write(tmp_path, "b.md", MARKDOWN)
    assert sum(isinstance(p, Problem) for p in read_source(Source("b.md", broadcast, None, "2022"))) == 1
    assert "2024-03-13" in problem.message and "2022" in problem.message and not problem.lost
