"""PDF: words, boxes and strokes through pdfium; pages without a text layer to trust through recognition."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from chidao.errors import ReadingError
from chidao.reading.content import Content
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.pdf.recognition import Recognition
from chidao.reading.pdf.repair import Repair
from chidao.reading.pdf.signatures import read_signatures
from chidao.reading.pdf.strokes import read_strokes
from chidao.reading.pdf.tables import find_tables
from chidao.reading.pdf.trust import judge
from chidao.reading.pdf.turning import turn_of
from chidao.reading.pdf.words import read_words
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.paragraphs import compose
from chidao.reading.printed.words import Word


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a PDF in the order of reading, with the page and box of every printed line.

    Raises ReadingError ``encrypted``, ``damaged``, ``too_many_pages`` or ``no_text_layer`` (most pages are images).
    """
    images: list[int] = []
    repaired: list[str] = []
    recognition = Recognition(limits)
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > limits.pages:
                raise ReadingError("too_many_pages", f" ({len(document)})")
            content = recognition.finished(compose(_pages(document, images, recognition, repaired)))
            signatures, unread = read_signatures(document)
    except pypdfium2.PdfiumError as error:
        # pdfium may tell of the error of an earlier file, where this one has no pages.
        is_locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        code = "encrypted" if is_locked else "damaged"
        raise ReadingError(code) from error
    if not content.pages:
        raise ReadingError("damaged")
    if len(images) * 2 > content.pages or not content.text:
        raise ReadingError("no_text_layer")
    missing = (f"no_text_layer: {number}" for number in images)
    return content._replace(warnings=(*content.warnings, *repaired, *missing, *unread), signatures=signatures)


def _pages(document: Any, images: list[int], recognition: Recognition, repaired: list[str]) -> Iterator[PrintedPage]:
    """The pages one by one; numbers of those that should be recognised and can't be here go to `images`.

    What was wrong with the text of a page and is repaired goes to `repaired`: ``repaired: 2 (old)``.
    """
    repair = Repair()
    for number in range(1, len(document) + 1):
        with closing(document[number - 1]) as page:
            printed = printed_page(page, number)
            verdict = judge(page, printed)
            if verdict in ("text", "broken") and (found := repair.words(page, printed.words)):
                right = _with_tables(page, number, found.words)
                if judge(page, right) == "text":
                    printed, verdict = right, "text"
                    repaired.append(f"repaired: {number} ({', '.join(found.signs)})")
            if verdict == "text":
                yield printed
            elif recognition.is_available:
                yield recognition.read(page, number, printed.words if verdict == "scanner" else ())
            else:
                images.append(number)
                yield printed


def printed_page(page: Any, number: int) -> PrintedPage:
    """The words and ruled tables of a pypdfium2 page, which is the file's page `number`."""
    return _with_tables(page, number, read_words(page))


def _with_tables(page: Any, number: int, words: list[Word]) -> PrintedPage:
    tables = find_tables(read_strokes(page, turn_of(page)), words) if words else []
    width, height = page.get_size()
    return PrintedPage(number, width, height, words, tables)
