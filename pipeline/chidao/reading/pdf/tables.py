"""Ruled tables of a PDF: pdfplumber's search for cells over the strokes that pdfium gives of a page."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from chidao.reading.pdf.strokes import Stroke
from chidao.reading.printed.tables import RuledTable, to_table
from chidao.reading.printed.words import Word

_MIN_ACROSS, _MIN_UPRIGHT = 2, 3  # a row of two columns has as many strokes
_SHORTEST = 6.0  # points
_NEAR = 3.0


class _Ruled(NamedTuple):
    """What pdfplumber asks of a page when it looks for tables between lines."""

    edges: list[dict[str, Any]]
    bbox: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def find_tables(strokes: Sequence[Stroke], words: Sequence[Word]) -> list[RuledTable]:
    """The tables between the strokes of a page, with the words that lie in their cells, from top to bottom."""
    if not _may_rule(strokes):
        return []
    from pdfplumber.table import TableFinder

    found = TableFinder(cast(Any, _Ruled([_edge(stroke) for stroke in strokes]))).tables
    return sorted((t for t in (to_table(table.cells, words) for table in found) if t is not None),
                  key=lambda table: table.top)


def _may_rule(strokes: Sequence[Stroke]) -> bool:
    """Whether there are strokes at enough heights and distances for a table."""
    across = {round(s.top / _NEAR) for s in strokes if s.x1 - s.x0 > 2 * _SHORTEST}
    upright = {round(s.x0 / _NEAR) for s in strokes if s.bottom - s.top > _SHORTEST}
    return len(across) >= _MIN_ACROSS and len(upright) >= _MIN_UPRIGHT


def _edge(stroke: Stroke) -> dict[str, Any]:
    across = stroke.x1 - stroke.x0 > stroke.bottom - stroke.top
    x, y = (stroke.x0 + stroke.x1) / 2, (stroke.top + stroke.bottom) / 2
    x0, x1, top, bottom = (stroke.x0, stroke.x1, y, y) if across else (x, x, stroke.top, stroke.bottom)
    return {"orientation": "h" if across else "v", "object_type": "line", "x0": x0, "x1": x1, "top": top,
            "bottom": bottom, "width": x1 - x0, "height": bottom - top}
