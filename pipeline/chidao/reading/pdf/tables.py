"""Ruled tables of a PDF: pdfplumber's search for cells over the strokes that pdfium gives of a page."""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from chidao.reading.pdf.strokes import Stroke
from chidao.reading.printed.tables import Rectangle, RuledTable, to_table
from chidao.reading.printed.words import Word

_MIN_ACROSS, _MIN_UPRIGHT = 2, 3  # a row of two columns has as many strokes
_SHORTEST = 6.0  # points
_NEAR = 3.0
_COVERED = 0.7  # share of a cell's side that strokes must cover to close it


class _Ruled(NamedTuple):
    """What pdfplumber asks of a page when it looks for tables between lines."""

    edges: list[dict[str, Any]]
    bbox: Rectangle = (0.0, 0.0, 0.0, 0.0)


class Grid(NamedTuple):
    """The cells of a table on a page; those that are `cut` have no stroke below them."""

    cells: Sequence[Rectangle]
    cut: Sequence[Rectangle]


def find_tables(strokes: Sequence[Stroke], words: Sequence[Word]) -> list[RuledTable]:
    """The tables between the strokes of a page, with the words that lie in their cells, from top to bottom."""
    found = (to_table(grid.cells, words, cut=grid.cut) for grid in find_grids(strokes))
    return sorted((table for table in found if table is not None), key=lambda table: table.top)


def find_grids(strokes: Sequence[Stroke]) -> list[Grid]:
    """The cells of each table between the strokes of a page, whatever stands in them."""
    across = [s for s in strokes if s.x1 - s.x0 > s.bottom - s.top]
    upright = [s for s in strokes if s.x1 - s.x0 <= s.bottom - s.top]
    if not _may_rule(across, upright):
        return []
    from pdfplumber.table import TableFinder

    rules = _Rules(across)
    edges = [*map(_edge, strokes), *map(_edge, _missing(rules, upright))]
    return [Grid(table.cells, [cell for cell in table.cells if not rules.cover(cell[3], cell[0], cell[2])])
            for table in TableFinder(cast(Any, _Ruled(edges))).tables]


def _may_rule(across: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Whether there are strokes at enough heights and distances for a table."""
    return (len({round(s.top / _NEAR) for s in across if s.x1 - s.x0 > 2 * _SHORTEST}) >= _MIN_ACROSS
            and len({round(s.x0 / _NEAR) for s in upright if s.bottom - s.top > _SHORTEST}) >= _MIN_UPRIGHT)


def _missing(rules: _Rules, upright: Sequence[Stroke]) -> Iterator[Stroke]:
    """The strokes that are left out where the end of a page cuts a table: several upright ones end at one height."""
    ends: dict[int, list[tuple[float, float]]] = {}
    for x, run in _runs(upright):
        for y in run:
            key = round(y / _NEAR)
            ends.setdefault(next((k for k in (key, key - 1, key + 1) if k in ends), key), []).append((x, y))
    for places in ends.values():
        left, right, y = min(places)[0], max(places)[0], places[0][1]
        if len(places) >= _MIN_UPRIGHT and not rules.cover(y, left, right, share=1 - 1e-3):
            yield Stroke(left, y, right, y)


def _runs(upright: Sequence[Stroke]) -> Iterator[tuple[float, tuple[float, float]]]:
    """Upright strokes that go on one another as one: where they stand, their top and bottom."""
    columns: dict[int, list[Stroke]] = {}
    for stroke in sorted(upright, key=lambda s: s.x0):
        key = round(stroke.x0 / _NEAR)
        columns.setdefault(key - 1 if key - 1 in columns else key, []).append(stroke)
    for column in columns.values():
        column.sort(key=lambda s: s.top)
        top, bottom = column[0].top, column[0].bottom
        for stroke in column[1:]:
            if stroke.top > bottom + _NEAR:
                yield column[0].x0, (top, bottom)
                top = stroke.top
            bottom = max(bottom, stroke.bottom)
        yield column[0].x0, (top, bottom)


class _Rules:
    """Strokes that run across, by their heights."""

    def __init__(self, across: Sequence[Stroke]) -> None:
        self._strokes = sorted(across, key=_middle)
        self._heights = [_middle(s) for s in self._strokes]

    def cover(self, y: float, left: float, right: float, *, share: float = _COVERED) -> bool:
        """Whether the strokes at the height `y` cover that share of the way from `left` to `right`."""
        near = self._strokes[bisect_left(self._heights, y - _NEAR):bisect_right(self._heights, y + _NEAR)]
        parts = sorted((max(s.x0 - 1, left), min(s.x1 + 1, right)) for s in near
                       if s.x0 - 1 < right and s.x1 + 1 > left)
        covered, reached = 0.0, left
        for start, end in parts:
            covered += max(end - max(start, reached), 0)
            reached = max(reached, end)
        return covered >= share * (right - left)


def _middle(stroke: Stroke) -> float:
    return (stroke.top + stroke.bottom) / 2


def _edge(stroke: Stroke) -> dict[str, Any]:
    across = stroke.x1 - stroke.x0 > stroke.bottom - stroke.top
    x, y = (stroke.x0 + stroke.x1) / 2, (stroke.top + stroke.bottom) / 2
    x0, x1, top, bottom = (stroke.x0, stroke.x1, y, y) if across else (x, x, stroke.top, stroke.bottom)
    return {"orientation": "h" if across else "v", "object_type": "line", "x0": x0, "x1": x1, "top": top,
            "bottom": bottom, "width": x1 - x0, "height": bottom - top}
