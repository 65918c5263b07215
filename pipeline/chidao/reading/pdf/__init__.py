"""PDF with a text layer: words and boxes through pdfium, ruled tables through pdfplumber."""
from __future__ import annotations

from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from chidao.errors import ReadingError
from chidao.reading.content import Content
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.pdf.pages import Page, read_page
from chidao.reading.pdf.paragraphs import write
from chidao.reading.pdf.tables import Ruler, has_rules
from chidao.reading.pdf.words import read_words

_FEW_WORDS = 5  # what programs write on scanned pages when they sign them


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a PDF in the order of reading, with the page and box of every printed line.

    Raises ReadingError ``encrypted``, ``damaged``, ``too_many_pages`` or ``no_text_layer`` (most pages are images).
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document, closing(Ruler(data)) as ruler:
            if len(document) > limits.pages:
                raise ReadingError("too_many_pages", f" ({len(document)})")
            pages = [_page(document, index, ruler) for index in range(len(document))]
            images = [page.number for page in pages if _is_image(document, page)]
    except pypdfium2.PdfiumError as error:
        # pdfium may tell of the error of an earlier file, where this one has no pages.
        is_locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        code = "encrypted" if is_locked else "damaged"
        raise ReadingError(code) from error
    except ReadingError:
        raise
    except Exception as error:  # pdfium and pdfminer tell of broken files by exceptions of many kinds
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    if not pages:
        raise ReadingError("damaged")
    if len(images) * 2 > len(pages) or not any(page.items for page in pages):
        raise ReadingError("no_text_layer")
    content = write(pages)
    return content._replace(warnings=tuple(f"no_text_layer: {number}" for number in images))


def _page(document: Any, index: int, ruler: Ruler) -> Page:
    page = document[index]
    try:
        words = read_words(page)
        tables = ruler.tables(index, words) if words and has_rules(page) else []
        return read_page(index + 1, words, tables, page.get_size())
    finally:
        page.close()


def _is_image(document: Any, page: Page) -> bool:
    """A page with an image and next to no words."""
    if sum(len(line.text.split()) for line in page.lines) > _FEW_WORDS or len(page.lines) < len(page.items):
        return False
    source = document[page.number - 1]
    try:
        return any(True for _ in source.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    finally:
        source.close()
