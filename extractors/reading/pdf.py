"""The text layer of PDF files, page by page."""

from __future__ import annotations

from extractors.model import Problem
from extractors.reading.limits import LIMITS, MB, Limits
from extractors.reading.raw import Raw


def read_pdf(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[Raw | None, Problem | None]:
    """Text of all pages with a form feed between them; pages without a text layer are a Problem."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return None, Problem(name, _reason(str(error)), lost=True)
    try:
        count, size = len(document), 0
        if count > limits.pages:
            return None, limits.refuse("pages", name, f"the PDF has {count:,} pages", count)
        pages = []
        for number in range(count):
            pages.append(_text(document, number))
            size += len(pages[-1] or "")
            if size > limits.unpacked * MB:
                where = f"{name}: page {number + 1}"
                return None, limits.refuse("unpacked", where, "the PDF has too many million characters")
    finally:
        document.close()
    silent = [str(number + 1) for number, page in enumerate(pages) if not (page or "").strip()]
    if len(silent) == len(pages):
        return None, Problem(name, "the PDF has no text layer (scanned pages?); run OCR first", lost=True)
    problem = None
    if silent:
        problem = Problem(f"{name}: page {', '.join(silent)}", "no text layer on these pages", lost=True)
    return Raw("\f".join(page or "" for page in pages)), problem


def _text(document: object, number: int) -> str | None:
    import pypdfium2

    try:
        page = document[number]  # type: ignore[index]
        return str(page.get_textpage().get_text_range())
    except pypdfium2.PdfiumError:
        return None


def _reason(error: str) -> str:
    if "assword" in error:
        return "the PDF is encrypted; remove its password first"
    return "the PDF is damaged or cut off; its pages cannot be read"
