"""The strokes of a page that run across or upright: lines, sides of boxes, and boxes so thin that they are lines."""
from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.calls import address, object_type, page_object
from chidao.reading.pdf.turning import Rectangle, Turn

_STRAIGHT = 1.0  # points by which the ends of a line may differ
_WHITE = 250  # of 255, in each colour
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
    draw, bounds = _draw(), _bounds()
    for path, forms in page_objects(page, pdfium_c.FPDF_PAGEOBJ_PATH):
        segments += pdfium_c.FPDFPath_CountSegments(path)
        if segments > _MAX_SEGMENTS:
            return []
        drawn = draw(path)
        if drawn == "filled" and not forms and _is_thin(whole := bounds(path)):
            sides: Iterable[Rectangle] = (whole,)
        else:
            sides = _sides(path, forms) if drawn else ()
        strokes += (Stroke(*turn.box(side)) for side in sides if _is_thin(side) and _is_long(side))
    return strokes


def page_objects(page: Any, kind: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The raw objects of that kind on a pypdfium2 page, each with the forms that it lies in, from the inside."""
    get, type_of, at = page_object(), object_type(), address(page.raw)
    for number in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        found = type_of(get(at, number))
        if found == kind:
            yield pdfium_c.FPDFPage_GetObject(page.raw, number), ()
        elif found == pdfium_c.FPDF_PAGEOBJ_FORM:
            yield from _in_form(pdfium_c.FPDFPage_GetObject(page.raw, number), kind, ())


def _in_form(form: Any, kind: int, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    forms = (form, *around)
    for number in range(pdfium_c.FPDFFormObj_CountObjects(form)):
        item = pdfium_c.FPDFFormObj_GetObject(form, number)
        found = pdfium_c.FPDFPageObj_GetType(item)
        if found == kind:
            yield item, forms
        elif found == pdfium_c.FPDF_PAGEOBJ_FORM and len(forms) < _MAX_DEPTH:
            yield from _in_form(item, kind, forms)


def _draw() -> Callable[[Any], Literal["stroked", "filled", ""]]:
    """What tells how a path is drawn; one that is only filled with white, or clips, is not."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    colour = [ctypes.c_uint() for _ in range(4)]
    modes, parts = (ctypes.byref(mode), ctypes.byref(stroked)), [ctypes.byref(part) for part in colour]

    def draw(path: Any) -> Literal["stroked", "filled", ""]:
        pdfium_c.FPDFPath_GetDrawMode(path, *modes)
        if stroked.value:
            return "stroked"
        if mode.value == pdfium_c.FPDF_FILLMODE_NONE:
            return ""
        pdfium_c.FPDFPageObj_GetFillColor(path, *parts)
        is_seen = any(part.value < _WHITE for part in colour[:3]) and colour[3].value > 0
        return "filled" if is_seen else ""

    return draw


def _bounds() -> Callable[[Any], Rectangle]:
    """What gives left, bottom, right and top of a path in the coordinates of the page, or form, that it lies in."""
    sides = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(side) for side in sides]

    def bounds(path: Any) -> Rectangle:
        pdfium_c.FPDFPageObj_GetBounds(path, *places)
        left, low, right, high = sides
        return left.value, low.value, right.value, high.value

    return bounds


def _sides(path: Any, forms: Sequence[Any]) -> Iterator[Rectangle]:
    """The straight segments of a path: left, bottom, right and top in the coordinates of the page."""
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
            yield _between(at, point)
        at = point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None and start != at:
            yield _between(at, start)
            at = start


def _matrix(item: Any) -> Any:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, matrix)
    return matrix


def _between(a: _Point, b: _Point) -> Rectangle:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _is_thin(side: Rectangle) -> bool:
    return side[2] - side[0] <= _STRAIGHT or side[3] - side[1] <= _STRAIGHT


def _is_long(side: Rectangle) -> bool:
    return side[2] - side[0] > _STRAIGHT or side[3] - side[1] > _STRAIGHT
