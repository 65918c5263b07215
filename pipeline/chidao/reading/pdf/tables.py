"""Ruled tables of a PDF: their cells from the strokes on the page."""
from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from chidao.reading.printed.tables import RuledTable, to_table
from chidao.reading.printed.words import Word

_MIN_ACROSS, _MIN_UPRIGHT = 2, 3  # a row of two columns has as many strokes
_THIN = 3.0


def has_rules(page: Any) -> bool:
    """Whether a pypdfium2 page has strokes, or sides of boxes, at enough heights and distances for a table."""
    across: set[int] = set()
    upright: set[int] = set()
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=3):
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if width > 15:
            across.update((round(bottom / _THIN), round(top / _THIN)) if height >= _THIN else (round(top / _THIN),))
        if height > 6:
            upright.update((round(left / _THIN), round(right / _THIN)) if width >= _THIN else (round(left / _THIN),))
        if len(across) >= _MIN_ACROSS and len(upright) >= _MIN_UPRIGHT:
            return True
    return False


class Ruler:
    """Finds the tables of a document's pages; opens it only when a page asks for it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def tables(self, index: int, words: Sequence[Word]) -> list[RuledTable]:
        """The ruled tables of the page `index` with the words that lie in their cells, from top to bottom."""
        import pdfplumber

        if self._document is None:
            logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on fonts help no user
            self._document = pdfplumber.open(io.BytesIO(self._data))
        page = self._document.pages[index]
        try:
            found = [to_table(table.cells, words) for table in page.find_tables()]
        finally:
            page.close()
        return sorted((t for t in found if t is not None), key=lambda table: table.top)

    def close(self) -> None:
        if self._document is not None:
            self._document.close()
