"""Ruled tables: cells by their boxes, with the page's words that lie in them."""
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from chidao.reading.layout import is_layout
from chidao.reading.printed.lines import Line, merged, to_rows
from chidao.reading.printed.words import Word

_NEAR = 3.0
_PADDING = 6.0  # points between the side of a cell and its words
_REST_OF_DATE = re.compile(r"/\d")

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


class RuledCell(NamedTuple):
    """A cell of a table on one page; one that is `cut` has no stroke below it: the page ended first."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]
    box: Rectangle
    cut: bool = False

    @property
    def text(self) -> str:
        return "".join(line.text + " " * (not line.broken) for line in self.lines).strip()


class RuledTable(NamedTuple):
    """A table on one page; a merged cell stands once, where it begins."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    def row(self, number: int) -> list[RuledCell]:
        return [cell for cell in self.cells if cell.row == number]


def to_table(boxes: Sequence[Rectangle], words: Sequence[Word], *, cut: Sequence[Rectangle] = ()) -> RuledTable | None:
    """The table of the cells `boxes` with the words that lie in them; None for one that only lays out the page.

    `cut` are those of the cells that have no stroke below.
    """
    tops, lefts = _edges([box[1] for box in boxes]), _edges([box[0] for box in boxes])
    if len(lefts) < 2 or len(tops) + len(lefts) < 4:
        return None
    held = _by_height(words)
    cells = tuple(_cell(box, tops, lefts, held.inside(box))._replace(cut=box in cut)
                  for box in sorted(boxes, key=lambda box: (box[1], box[0])))
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
    lines = _with_breaks([merged(row.runs) for row in to_rows(words)], box)
    row, column = bisect_right(tops, top + _NEAR) - 1, bisect_right(lefts, x0 + _NEAR) - 1
    rows = bisect_left(tops, bottom - _NEAR) - bisect_left(tops, top - _NEAR)
    columns = bisect_left(lefts, x1 - _NEAR) - bisect_left(lefts, x0 - _NEAR)
    return RuledCell(row, column, max(rows, 1), max(columns, 1), lines, box)


def _with_breaks(lines: Sequence[Line], box: Rectangle) -> tuple[Line, ...]:
    """The lines of a cell, those marked that end inside a word because the cell is narrower than the word."""
    return tuple(line._replace(broken=after is not None and _breaks_a_word(line, after, box))
                 for line, after in zip_longest(lines, lines[1:]))


def _breaks_a_word(line: Line, after: Line, box: Rectangle) -> bool:
    """A word alone on a line that leaves no room for a letter; half a number, or letters without a vowel after it."""
    rest = after.text.split(maxsplit=1)[0]
    letter = (line.x1 - line.x0) / len(line.text)
    margin = min(line.x0 - box[0], _PADDING)
    if " " in line.text or line.x1 + letter + margin < box[2]:
        return False
    if line.text[-1].isdigit():
        return rest[0].isdigit() or _REST_OF_DATE.match(rest) is not None
    return rest[0].islower() and not _has_vowel(rest)


def _has_vowel(text: str) -> bool:
    return any(letter in "aeiouy" for letter in unicodedata.normalize("NFD", text.casefold()))


class _ByHeight(NamedTuple):
    """Words with their places in the order of drawing, by the height of their middles."""

    heights: list[float]
    words: list[tuple[int, Word]]

    def numbered(self, box: Rectangle) -> Iterator[tuple[int, Word]]:
        """The words whose middle lies in the box."""
        for place in self.words[bisect_left(self.heights, box[1]):bisect_left(self.heights, box[3])]:
            if box[0] <= (place[1].x0 + place[1].x1) / 2 < box[2]:
                yield place

    def inside(self, box: Rectangle) -> list[Word]:
        """The same in the order of drawing."""
        return [word for _, word in sorted(self.numbered(box), key=itemgetter(0))]


def _by_height(words: Sequence[Word]) -> _ByHeight:
    places = sorted(enumerate(words), key=lambda place: place[1].top + place[1].bottom)
    return _ByHeight([(word.top + word.bottom) / 2 for _, word in places], places)


def outside(words: Sequence[Word], tables: Sequence[RuledTable]) -> list[Word]:
    """The words that lie in no cell of the tables."""
    if not tables:
        return list(words)
    held = _by_height(words)
    taken = {number for table in tables for cell in table.cells for number, _ in held.numbered(cell.box)}
    return [word for number, word in enumerate(words) if number not in taken]
