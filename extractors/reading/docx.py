"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from extractors.model import Problem
from extractors.reading.depth import HasDtd, TooDeep, check_xml
from extractors.reading.limits import LIMITS, MB, Limits
from extractors.reading.raw import Raw

_RATIO = 200  # unpacked to packed; text in XML packs about 1:10
_COLUMNS = 63  # of a table, as Word has it at most


def read_docx(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[Raw | None, Problem | None]:
    """Text of a DOCX file, one line per paragraph or table row."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if refused := _refused(name, archive, limits):
                return None, refused
        document = docx.Document(io.BytesIO(data))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    except zipfile.BadZipFile:
        return None, Problem(name, "the DOCX is damaged or cut off", lost=True)
    except Exception as error:  # python-docx raises whatever its XML parser and zip reader meet
        return None, Problem(name, f"the DOCX is damaged or no Word file ({type(error).__name__})", lost=True)
    text = "\n".join(lines)
    if not text.strip():
        return None, Problem(name, "the DOCX holds no text", lost=True)
    return Raw(text, wrapped=False), None


def _refused(name: str, archive: zipfile.ZipFile, limits: Limits) -> Problem | None:
    """What speaks against unpacking the file, or reading its XML."""
    from lxml import etree

    sizes = [(part.file_size, part.compress_size) for part in archive.infolist()]
    unpacked = -(-sum(size for size, _ in sizes) // MB)
    if any(size > MB and size > _RATIO * max(packed, 1) for size, packed in sizes):
        return Problem(name, f"the DOCX would unpack to {unpacked:,} MB: refused as a zip bomb", lost=True)
    if unpacked > limits.unpacked:
        return limits.refuse("unpacked", name, f"the DOCX unpacks to {unpacked:,} MB", unpacked)
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        where = f"{name}: {part.filename}"
        try:
            check_xml(archive.read(part), limits.nesting)
        except TooDeep:
            return limits.refuse("nesting", where, "its elements stand too deep in one another")
        except etree.XMLSyntaxError:  # python-docx says so, if it is a part that it reads
            continue
        except HasDtd:
            return Problem(where, "it has a DTD, which no Word file has: refused", lost=True)
    return None


def _lines(block: object) -> list[str]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Table):
        return list(_rows(block))
    return []


def _rows(table: Any) -> Iterator[str]:
    """A line for each row. A cell that spans columns or rows is said in each of them.

    python-docx has row.cells, which climbs for each merged cell to the table's top, and believes any gridSpan.
    """
    from docx.table import _Cell

    above: dict[int, str] = {}  # by column
    for row in table._tbl.tr_lst:
        column, words, here = _span(row.grid_before), [], dict[int, str]()
        for cell in row.tc_lst:
            goes_on = cell.vMerge == "continue" and column in above
            text = above[column] if goes_on else _Cell(cell, table).text.replace("\n", " ")
            for _ in range(max(_span(cell.grid_span), 1)):
                here[column] = text
                words.append(text)
                column += 1
        above = here
        yield "　".join(words)


def _span(columns: int) -> int:
    return min(columns, _COLUMNS)
