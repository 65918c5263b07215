"""Ruled tables: their cells from the strokes on the page, their words from the page's own words."""
from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.layout import is_layout
from chidao.reading.pdf.lines import Line, merged, to_rows
from chidao.reading.pdf.words import Word

_MIN_ACROSS, _MIN_UPRIGHT = 2, 3  # a row of two columns has as many strokes
_THIN = 3.0
_NEAR = 3.0


_Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


class RuledCell(NamedTuple):
    box: _Rectangle
    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class RuledTable(NamedTuple):
    """A table on one page; a merged cell stands once, where it begins."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    def row(self, number: int) -> list[RuledCell]:
        return [cell for cell in self.cells if cell.row == number]


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
            found = [_table(table, words) for table in page.find_tables()]
        finally:
            page.close()
        return sorted((t for t in found if t is not None), key=lambda table: table.top)

    def close(self) -> None:
        if self._document is not None:
            self._document.close()


def _table(table: Any, words: Sequence[Word]) -> RuledTable | None:
    boxes = list(table.cells)
    tops, lefts = _edges([box[1] for box in boxes]), _edges([box[0] for box in boxes])
    if len(lefts) < 2 or len(tops) + len(lefts) < 4:
        return None
    cells = tuple(_cell(box, tops, lefts, words) for box in sorted(boxes, key=lambda box: (box[1], box[0])))
    rows = [[cell.text for cell in cells if cell.row == number] for number in range(len(tops))]
    if is_layout(rows) or not any(map(any, rows)):
        return None
    return RuledTable(table.bbox[1], table.bbox[3], tuple(lefts), cells)


def _edges(values: Sequence[float]) -> list[float]:
    """The distinct positions, those nearer than the width of a stroke taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _cell(box: _Rectangle, tops: Sequence[float], lefts: Sequence[float], words: Sequence[Word]) -> RuledCell:
    x0, top, x1, bottom = box
    lines = tuple(merged(row.runs) for row in to_rows([word for word in words if _lies_in(word, box)]))
    row = max(i for i, edge in enumerate(tops) if edge <= top + _NEAR)
    column = max(i for i, edge in enumerate(lefts) if edge <= x0 + _NEAR)
    rows = sum(top - _NEAR <= edge < bottom - _NEAR for edge in tops)
    columns = sum(x0 - _NEAR <= edge < x1 - _NEAR for edge in lefts)
    return RuledCell(box, row, column, max(rows, 1), max(columns, 1), lines)


def _lies_in(word: Word, box: _Rectangle) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 < box[2] and box[1] <= (word.top + word.bottom) / 2 < box[3]


def outside(words: Sequence[Word], tables: Sequence[RuledTable]) -> list[Word]:
    """The words that lie in no cell of the tables."""
    return [word for word in words if not any(_lies_in(word, cell.box) for table in tables for cell in table.cells)]
