"""pdfium's functions that are called for every letter or object, with plain addresses for typed pointers."""
from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, cast

import pypdfium2.raw as pdfium_c


def address(pointer: Any) -> int:
    """Where what a pointer or function of pdfium points to stands in memory."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


@cache
def loose_char_box() -> Callable[[int, int, int], int]:
    """Writes the box of a letter: address of the text page, index, address of an FS_RECTF. Twice as fast as typed."""
    return cast(Callable[[int, int, int], int], _plain(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int,
                                                       ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p))


@cache
def char_origin() -> Callable[[int, int, int, int], int]:
    """Writes where a letter begins: address of the text page, index, addresses of two doubles."""
    return cast(Callable[[int, int, int, int], int], _plain(
        pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p))


@cache
def page_object() -> Callable[[int, int], int]:
    """The address of an object on a page: address of the page, index."""
    return cast(Callable[[int, int], int], _plain(pdfium_c.FPDFPage_GetObject, ctypes.c_void_p,
                                                  ctypes.c_void_p, ctypes.c_int))


@cache
def object_type() -> Callable[[int], int]:
    """The FPDF_PAGEOBJ_… of the object at an address."""
    return cast(Callable[[int], int], _plain(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p))


def _plain(function: Any, *kinds: Any) -> Any:
    return ctypes.CFUNCTYPE(*kinds)(address(function))
