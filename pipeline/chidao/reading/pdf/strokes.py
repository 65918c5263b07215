"""The strokes of a page that run across or upright: lines, sides of boxes, and boxes so thin that they are lines."""
from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.turning import Turn

_STRAIGHT = 1.0  # points by which the ends of a line may differ
_MAX_DEPTH = 3
_MAX_SEGMENTS = 20_000  # of a page; maps and drawings have more

_Point = tuple[float, float]


class Stroke(NamedTuple):
    """A line across or upright, in points from the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


def read_strokes(page: Any, turn: Turn) -> list[Stroke]:
    """The strokes of a pypdfium2 page; those of a page that is full of drawings are left out."""
    strokes: list[Stroke] = []
    segments = 0
    for path in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=_MAX_DEPTH):
        segments += pdfium_c.FPDFPath_CountSegments(path)
        if segments > _MAX_SEGMENTS:
            return []
        if _is_seen(path):
            strokes += (s for s in (_stroke(turn, a, b) for a, b in _sides(path)) if s is not None)
    return strokes


def _is_seen(path: Any) -> bool:
    """Whether a path is stroked, or filled with anything but white; clipping paths are neither."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroked))
    colour = [ctypes.c_uint() for _ in range(4)]
    if stroked.value:
        return True
    if mode.value == pdfium_c.FPDF_FILLMODE_NONE:
        return False
    pdfium_c.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, colour))
    return any(part.value < 250 for part in colour[:3]) and colour[3].value > 0


def _sides(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path, in the coordinates of the page."""
    matrices = [path.get_matrix()]
    container = path.container
    while container is not None:
        matrices.append(container.get_matrix())
        container = container.container
    start: _Point | None = None
    at: _Point | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium_c.FPDFPath_CountSegments(path)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, number)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        for matrix in matrices:
            point = matrix.on_point(*point)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and at is not None:
            yield at, point
        at = point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None and start != at:
            yield at, start
            at = start


def _stroke(turn: Turn, a: _Point, b: _Point) -> Stroke | None:
    stroke = Stroke(*turn.box((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))))
    width, height = stroke.x1 - stroke.x0, stroke.bottom - stroke.top
    return stroke if min(width, height) <= _STRAIGHT < max(width, height) else None
