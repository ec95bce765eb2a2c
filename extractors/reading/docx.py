"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile

from extractors.model import Problem
from extractors.reading.raw import Raw

_UNPACKED = 200 * 1024 * 1024  # bytes, at most, of all parts together
_RATIO = 200  # unpacked to packed; text in XML packs about 1:10


def read_docx(name: str, data: bytes) -> tuple[Raw | None, Problem | None]:
    """Text of a DOCX file, one line per paragraph or table row."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [(part.file_size, part.compress_size) for part in archive.infolist()]
    except zipfile.BadZipFile:
        return None, Problem(name, "the DOCX is damaged or cut off", lost=True)
    unpacked = sum(size for size, _ in sizes)
    if unpacked > _UNPACKED or any(size > (1 << 20) and size > _RATIO * max(packed, 1) for size, packed in sizes):
        return None, Problem(name, f"the DOCX would unpack to {unpacked >> 20} MB: refused as a zip bomb", lost=True)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    except Exception as error:  # python-docx raises whatever its XML parser and zip reader meet
        return None, Problem(name, f"the DOCX is damaged or no Word file ({type(error).__name__})", lost=True)
    text = "\n".join(lines)
    if not text.strip():
        return None, Problem(name, "the DOCX holds no text", lost=True)
    return Raw(text, wrapped=False), None


def _lines(block: object) -> list[str]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Table):
        return ["　".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
    return []
