"""PDF with a text layer: words, boxes and strokes through pdfium."""
from __future__ import annotations

from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from chidao.errors import ReadingError
from chidao.reading.content import Content
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.pdf.strokes import read_strokes
from chidao.reading.pdf.tables import find_tables
from chidao.reading.pdf.turning import turn_of
from chidao.reading.pdf.words import read_words
from chidao.reading.printed.pages import Page, PrintedPage, read_page
from chidao.reading.printed.paragraphs import write

_FEW_WORDS = 5  # what programs write on scanned pages when they sign them


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a PDF in the order of reading, with the page and box of every printed line.

    Raises ReadingError ``encrypted``, ``damaged``, ``too_many_pages`` or ``no_text_layer`` (most pages are images).
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > limits.pages:
                raise ReadingError("too_many_pages", f" ({len(document)})")
            pages = [_page(document, index) for index in range(len(document))]
            images = [page.number for page in pages if _is_image(document, page)]
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if error.err_code == pdfium_c.FPDF_ERR_PASSWORD else "damaged"
        raise ReadingError(code) from error
    except ReadingError:
        raise
    except Exception as error:  # pdfium tells of broken files by exceptions of many kinds
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    if not pages:
        raise ReadingError("damaged")
    if len(images) * 2 > len(pages) or not any(page.items for page in pages):
        raise ReadingError("no_text_layer")
    content = write(pages)
    return content._replace(warnings=tuple(f"no_text_layer: {number}" for number in images))


def _page(document: Any, index: int) -> Page:
    with closing(document[index]) as page:
        return read_page(printed_page(page, index + 1))


def printed_page(page: Any, number: int) -> PrintedPage:
    """The words and ruled tables of a pypdfium2 page, which is the file's page `number`."""
    words = read_words(page)
    tables = find_tables(read_strokes(page, turn_of(page)), words) if words else []
    width, height = page.get_size()
    return PrintedPage(number, width, height, words, tables)


def _is_image(document: Any, page: Page) -> bool:
    """A page with an image and next to no words."""
    if sum(len(line.text.split()) for line in page.lines) > _FEW_WORDS or len(page.lines) < len(page.items):
        return False
    with closing(document[page.number - 1]) as source:
        return any(True for _ in source.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
