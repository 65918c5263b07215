"""The strokes of a page that run across or upright: lines, sides of boxes, and boxes so thin that they are lines."""
from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
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
    for path, forms in page_objects(page, pdfium_c.FPDF_PAGEOBJ_PATH):
        segments += pdfium_c.FPDFPath_CountSegments(path)
        if segments > _MAX_SEGMENTS:
            return []
        if _is_seen(path):
            strokes += (s for s in (_stroke(turn, a, b) for a, b in _sides(path, forms)) if s is not None)
    return strokes


def page_objects(page: Any, kind: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The raw objects of that kind on a pypdfium2 page, each with the forms that it lies in, from the inside."""
    return _objects(page.raw, kind, (), pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject)


def _objects(holder: Any, kind: int, forms: tuple[Any, ...], count: Any,
             get: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    for number in range(count(holder)):
        item = get(holder, number)
        found = pdfium_c.FPDFPageObj_GetType(item)
        if found == kind:
            yield item, forms
        elif found == pdfium_c.FPDF_PAGEOBJ_FORM and len(forms) < _MAX_DEPTH:
            yield from _objects(item, kind, (item, *forms), pdfium_c.FPDFFormObj_CountObjects,
                                pdfium_c.FPDFFormObj_GetObject)


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


def _sides(path: Any, forms: Sequence[Any]) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path, in the coordinates of the page."""
    matrices = [_matrix(item) for item in (path, *forms)]
    start: _Point | None = None
    at: _Point | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium_c.FPDFPath_CountSegments(path)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, number)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        for m in matrices:
            point = (m.a * point[0] + m.c * point[1] + m.e, m.b * point[0] + m.d * point[1] + m.f)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and at is not None:
            yield at, point
        at = point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None and start != at:
            yield at, start
            at = start


def _matrix(item: Any) -> Any:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, matrix)
    return matrix


def _stroke(turn: Turn, a: _Point, b: _Point) -> Stroke | None:
    stroke = Stroke(*turn.box((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))))
    width, height = stroke.x1 - stroke.x0, stroke.bottom - stroke.top
    return stroke if min(width, height) <= _STRAIGHT < max(width, height) else None
