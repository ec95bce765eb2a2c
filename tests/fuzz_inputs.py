"""What the fuzzer feeds: files and sentences that were sound, spoiled at random; the same for the same number."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from tests.sample import HOSTILE
from tests.worst import CASES, REPEATED, worst

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
NEXT = b"\x1e"  # between the sources of one input
_LARGE = 20_000  # bytes, at most, of most inputs

_SENTENCES = (
    "国家发展改革委、科技部3月5日在北京联合印发《关于推进氢能产业的意见》（国科发〔2024〕12号），到2027年达到1.2万吨。",
    "2023年，全省研发经费投入3278.4亿元，比上年增长8.1%，占地区生产总值的比重为2.64%，提高0.05个百分点。",
    "该项目总投资约12.5亿元，其中中央财政安排3亿元，预计2026年底前建成投产。",
    "会议由市科技局局长李明主持，王小华、张国清出席。",
    "第六届世界智能大会5月16日至20日在天津举行，来自30多个国家和地区的1400余名嘉宾参会。",
    "一季度同比增长5.3%，环比下降1个百分点。",
    "“十四五”期间，累计建成5G基站337.7万个，5G移动电话用户达8.05亿户，分别增长23.5%和11.9%。",
    "该校与中国科学院签署协议。",
    "截至去年年底，三分之二的区县完成改造，近八成企业上云，两千六百多家（其中规上企业1千家）获得补贴。",
    "昨天上午9时30分许开工。",
)  # fmt: skip
_NUMBERS = (
    *"0123456789０１９零〇○一二两三四五六七八九十百千万亿廿卅半几多余.,．，点/%％‰-—~～至到约近超第 \t", "1.2",
    "三千", "2/3", "分之", "个百分点", "1,234,567", "十几", "二十", "亿分之", "万亿", "成", "倍", "余", "1e9", "９９",
    "零点", "负", "−", "+", "∞", "½", "²", "٣", "壹佰",
)  # fmt: skip
_TIMES = (
    *"0123456789年月日号时分秒点零〇一二三四五六七八九十上下中旬初末底前后今明去本当春夏秋冬周星期至到—",
    *"-~～、，。（） /:：",
    "2024年", "2月30日", "13月", "99999年", "公元前", "民国", "农历", "正月初一", "闰四月", "除夕", "国庆",
    "“十四五”", "上半年", "一季度", "本世纪中叶", "次日", "同年", "近三年来", "周三", "星期天", "本月", "去年同期",
    "24时", "25时", "0时", "2024-03-05", "2024/3/5", "千禧年",
)  # fmt: skip
_MARKUP = (
    "<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "<article>", "<h1>", "</h1>", "<!--", "-->", "<script>",
    "</script>", "<br>", "&amp;", "&#0;", "&#x110000;", "&#xD800;", "&lt;", "<![CDATA[", "]]>",
    "<meta charset=utf-7>", "<meta name=\"PubDate\" content=\"99999-99-99\">", "<title>", "<a href=\"javascript:\">",
    "<svg>", "<math>", "<template>", "<p\0>", "<time datetime=\"2024-13-45\">", "<?xml?>", "<!DOCTYPE x [", "# ",
    "## ", "---\n", "date: 2024-99-99\n", "```", "[x](http://[::1", "| a | b |\n", "**", "> ", "- ", "1. ", "\\",
    "![]()",
)  # fmt: skip
_LAYOUT = (
    "\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u00ad", "\u3000", "\x00",
    "\x1f", "\ud800", "\udfff", "\U0010ffff", "\ue000", "\u0301", "\u202e", "🇨🇳", "👩‍🔬", "目录\n",
    "本报讯（记者 王晓明）", "（责任编辑：李四）", "来源：科技日报", "2024年3月5日　星期二\n", "【政策动态】\n",
    "相关链接\n", "…………3\n", "- 1 -\n", "第1期（总第9期）", "科技日报\n", "·", "■", "▲",
)  # fmt: skip


def text(chance: random.Random) -> str:
    """Sentences, spoiled."""
    if chance.random() < 0.1:
        return worst(chance.choice(list(CASES)), chance.choice((30, 300, 1500)))
    words = "".join(chance.choices(_SENTENCES, k=chance.randint(1, 6)))
    return spoiled_text(words, chance)


def spoiled_text(words: str, chance: random.Random) -> str:
    """A text with some of its characters gone, doubled, moved, or mixed with others."""
    for _ in range(chance.choice((1, 1, 2, 4, 9, 30))):
        start = chance.randint(0, len(words))
        end = min(len(words), start + chance.choice((0, 1, 2, 5, 20, 200)))
        piece = words[start:end]
        words = chance.choice(_CHANGES)(words[:start], piece, words[end:], chance)
        if len(words) > _LARGE:
            words = words[: _LARGE // 2]
    return words


_WORDS: tuple[tuple[str, ...], ...] = (_NUMBERS, _TIMES, _MARKUP, _LAYOUT, REPEATED, tuple(HOSTILE), _SENTENCES)


def _word(chance: random.Random) -> str:
    return chance.choice(chance.choice(_WORDS))


_Change = Callable[[str, str, str, random.Random], str]
_CHANGES: tuple[_Change, ...] = (
    lambda before, piece, after, chance: before + after,
    lambda before, piece, after, chance: before + _word(chance) + after,
    lambda before, piece, after, chance: before + piece + _word(chance) + after,
    lambda before, piece, after, chance: before + _word(chance) * chance.choice((2, 3, 10, 100)) + after,
    lambda before, piece, after, chance: before + piece * chance.choice((2, 3, 50)) + after,
    lambda before, piece, after, chance: after + piece + before,
    lambda before, piece, after, chance: before + piece[::-1] + after,
    lambda before, piece, after, chance: before + chr(chance.randrange(chance.choice((128, 0x110000)))) + after,
    lambda before, piece, after, chance: before,
)  # fmt: skip


def spoiled_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them flipped, gone, doubled, moved or others."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 100))):
        start = chance.randint(0, len(made))
        end = min(len(made), start + chance.choice((1, 1, 2, 4, 16, 256)))
        change = chance.randrange(6)
        if change == 0 and start < len(made):
            made[start] ^= 1 << chance.randrange(8)
        elif change == 1:
            del made[start:end]
        elif change == 2:
            made[start:end] = chance.randbytes(end - start)
        elif change == 3:
            made[start:start] = made[start:end] * chance.choice((1, 2, 64))
        elif change == 4:
            made[start:end] = _word(chance).encode("utf-8", "surrogatepass")
        elif chance.random() < 0.3:
            del made[start:]
        if len(made) > 10 * _LARGE + len(data):
            break
    return bytes(made)


@cache
def _sound() -> tuple[tuple[str, bytes], ...]:
    """Files of every kind that can be read."""
    from tests.test_reading import MARKDOWN, PAGE, docx, pdf

    found = [(path.name, path.read_bytes()) for path in sorted(SEEDS.iterdir()) if path.suffix != ".toml"]
    small = "".join(_SENTENCES[:2])
    found += [("small.pdf", pdf(small, "第二页\n" + _SENTENCES[3])), ("small.docx", docx("标题一行", *_SENTENCES[:3]))]
    found += [
        ("small.html", PAGE.format("utf-8").encode()),
        ("small.md", MARKDOWN.encode()),
        ("small.txt", small.encode()),
    ]
    found += [("table.docx", _with_table()), ("wide.txt", small.encode("utf-16")), ("gb.txt", small.encode("gb18030"))]
    return tuple(found)


def _with_table() -> bytes:
    import docx as word

    document = word.Document()
    table = document.add_table(4, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = _SENTENCES[number % len(_SENTENCES)][:20]
    table.cell(0, 0).merge(table.cell(2, 1))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def file(chance: random.Random) -> tuple[str, bytes]:
    """A file of some kind, spoiled: its bytes, its text, or what is packed in it."""
    name, data = chance.choice(_sound())
    ending = name.rpartition(".")[2]
    if chance.random() < 0.05:  # the ending lies
        ending = chance.choice(("txt", "md", "html", "pdf", "docx"))
    elif ending == "docx" and chance.random() < 0.7:
        return name, _repacked(data, chance)
    elif ending == "pdf" and chance.random() < 0.5:
        return name, _restreamed(data, chance)
    elif ending in ("txt", "md", "html") and chance.random() < 0.7:
        return name, spoiled_text(data.decode("utf-8", "replace"), chance).encode("utf-8", "surrogatepass")
    return f"{name.partition('.')[0]}.{ending}", spoiled_bytes(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """A DOCX with one of its parts spoiled, or its elements moved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    name = chance.choice(("word/document.xml", "word/document.xml", *parts))
    xml = parts[name]
    if chance.random() < 0.6 and xml.count(b"<") > 2:
        pieces = xml.split(b"<")
        at, to = chance.randrange(1, len(pieces)), chance.randrange(1, len(pieces))
        pieces[at:at] = pieces[to : to + chance.choice((1, 2, 9))] * chance.choice((1, 1, 3, 300))
        xml = b"<".join(pieces)
    else:
        xml = spoiled_bytes(xml, chance)
    parts[name] = xml.replace(b'w:val="2"', b'w:val="%d"' % chance.choice((0, -1, 2, 99, 1 << 31, 10**30)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _restreamed(data: bytes, chance: random.Random) -> bytes:
    """A PDF with what one of its streams holds spoiled."""
    pieces = data.split(b"stream")
    at = chance.randrange(len(pieces))
    try:
        inside = zlib.decompress(pieces[at].strip(b"\r\n"))
        pieces[at] = b"\n" + zlib.compress(spoiled_bytes(inside, chance)) + b"\nend"
    except zlib.error:
        pieces[at] = spoiled_bytes(pieces[at], chance)
    return b"stream".join(pieces)


def _encoded(make: Callable[[random.Random], str], chance: random.Random) -> tuple[str, bytes]:
    return "a.txt", make(chance).encode("utf-8", "surrogatepass")


def _mixed(words: tuple[str, ...], most: int, chance: random.Random) -> str:
    return "".join(chance.choices(words, k=chance.randint(0, most)))


def _dated(chance: random.Random) -> str:
    return "，".join(_mixed(_TIMES, 9, chance) + chance.choice(_SENTENCES)[:12] for _ in range(chance.randint(1, 12)))


def _articles(chance: random.Random) -> tuple[str, bytes]:
    """Sources to be built: some with names that may break a format."""
    made = []
    for _ in range(chance.randint(1, 4)):
        name = spoiled_text(chance.choice(HOSTILE), chance)[:200]
        body = "".join(chance.choices(_SENTENCES, k=3))
        lines = f"科技部、教育部3月5日印发《{name}实施方案》，投入3亿元。{name}大学校长李明出席第二届{name}大会。"
        made.append(f"{name}启动\n{lines}\n{spoiled_text(body, chance)}")
    return "a.txt", NEXT.join(words.encode("utf-8", "surrogatepass") for words in made)


MAKERS: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "reading": file,
    "numerals": partial(_encoded, partial(_mixed, _NUMBERS, 24)),
    "dates": partial(_encoded, _dated),
    "figures": partial(_encoded, text),
    "exports": _articles,
}
