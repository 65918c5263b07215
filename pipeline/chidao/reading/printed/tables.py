"""Ruled tables: cells by their boxes, with the page's words that lie in them."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chidao.reading.layout import is_layout
from chidao.reading.printed.lines import Line, merged, to_rows
from chidao.reading.printed.words import Word

_NEAR = 3.0

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


class RuledCell(NamedTuple):
    box: Rectangle
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


def to_table(boxes: Sequence[Rectangle], words: Sequence[Word]) -> RuledTable | None:
    """The table of the cells `boxes` with the words that lie in them; None for one that only lays out the page."""
    tops, lefts = _edges([box[1] for box in boxes]), _edges([box[0] for box in boxes])
    if len(lefts) < 2 or len(tops) + len(lefts) < 4:
        return None
    cells = tuple(_cell(box, tops, lefts, words) for box in sorted(boxes, key=lambda box: (box[1], box[0])))
    rows = [[cell.text for cell in cells if cell.row == number] for number in range(len(tops))]
    if is_layout(rows) or not any(map(any, rows)):
        return None
    return RuledTable(min(tops), max(box[3] for box in boxes), tuple(lefts), cells)


def _edges(values: Sequence[float]) -> list[float]:
    """The distinct positions, those nearer than the width of a stroke taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _cell(box: Rectangle, tops: Sequence[float], lefts: Sequence[float], words: Sequence[Word]) -> RuledCell:
    x0, top, x1, bottom = box
    lines = tuple(merged(row.runs) for row in to_rows([word for word in words if _lies_in(word, box)]))
    row = max(i for i, edge in enumerate(tops) if edge <= top + _NEAR)
    column = max(i for i, edge in enumerate(lefts) if edge <= x0 + _NEAR)
    rows = sum(top - _NEAR <= edge < bottom - _NEAR for edge in tops)
    columns = sum(x0 - _NEAR <= edge < x1 - _NEAR for edge in lefts)
    return RuledCell(box, row, column, max(rows, 1), max(columns, 1), lines)


def _lies_in(word: Word, box: Rectangle) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 < box[2] and box[1] <= (word.top + word.bottom) / 2 < box[3]


def outside(words: Sequence[Word], tables: Sequence[RuledTable]) -> list[Word]:
    """The words that lie in no cell of the tables."""
    return [word for word in words if not any(_lies_in(word, cell.box) for table in tables for cell in table.cells)]
