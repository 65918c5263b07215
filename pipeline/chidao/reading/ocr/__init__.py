"""Recognition of page images: words with boxes and confidence, ruled tables, numbers and dates mended."""
from __future__ import annotations

from PIL import Image

from chidao.reading.ocr.engine import Area, Recognised, recognise
from chidao.reading.ocr.images import DPI, Prepared, prepare
from chidao.reading.ocr.rules import find_rules
from chidao.reading.pdf.strokes import Stroke
from chidao.reading.pdf.tables import find_cells
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.tables import Rectangle, to_table
from chidao.reading.printed.words import Word

_POINTS = 72 / DPI


def read_image(image: Image.Image, number: int) -> tuple[PrintedPage, Prepared]:
    """The words and tables of a page image at `DPI`, level, in points; and how the image was turned for it."""
    prepared = prepare(image)
    rules, page = find_rules(prepared.grey)
    cells = find_cells([Stroke(*(side * _POINTS for side in rule)) for rule in rules])
    areas = [_area(cell) for table in cells for cell in table]
    words = [_word(word) for word in recognise(page, areas, DPI)]
    tables = [table for table in (to_table(table, words) for table in cells) if table is not None]
    return PrintedPage(number, image.width * _POINTS, image.height * _POINTS, words,
                       sorted(tables, key=lambda table: table.top)), prepared


def _area(cell: Rectangle) -> Area:
    x0, top, x1, bottom = (round(side / _POINTS) for side in cell)
    return x0, top, x1, bottom


def _word(word: Recognised) -> Word:
    return Word(word.text, word.x0 * _POINTS, word.top * _POINTS, word.x1 * _POINTS, word.bottom * _POINTS, word.line,
                word.confidence)
