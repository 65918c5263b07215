"""Recognition of the pages of a PDF that have no text layer to trust; loaded with the first of them."""
from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium_c

from chidao.errors import ReadingError
from chidao.reading.content import Content
from chidao.reading.limits import Limits
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.words import Word

if TYPE_CHECKING:
    from PIL import Image

    from chidao.reading.ocr import Scans

_MOST = 0.7  # share of the page's width that the image of a scan has at least


class Recognition:
    """The pages of one file that are read from their image; files without such pages load none of what it needs."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._scans: Scans | None = None

    @cached_property
    def is_available(self) -> bool:
        from chidao.reading.ocr import is_available

        return is_available()

    def read(self, page: Any, number: int, layer: Sequence[Word] = ()) -> PrintedPage:
        """The words and tables of a pypdfium2 page as its image shows them; `layer` is only compared.

        Raises ReadingError ``too_many_pixels``.
        """
        from chidao.reading.ocr import DPI, Scans

        width, height = (round(side * DPI / 72) for side in page.get_size())
        if width * height > self._limits.pixels:
            raise ReadingError("too_many_pixels", f" ({width} x {height})")
        self._scans = self._scans or Scans()
        dpi = min(_resolution(page), DPI)
        return self._scans.read(_image(page, (width, height), dpi), number, layer, dpi=dpi)

    def finished(self, content: Content) -> Content:
        """`content` with what recognition knows of its pages."""
        return self._scans.finished(content) if self._scans else content


def _resolution(page: Any) -> float:
    """Pixels an inch of the image of a scan that fills the page; of no limit where there is none."""
    width, _ = page.get_size()
    return min((72 * image.get_px_size()[0] / (right - left) for image in page.get_objects(
        filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=1)
        for left, _, right, _ in [image.get_bounds()] if right - left > _MOST * width), default=math.inf)


def _image(page: Any, size: tuple[int, int], dpi: float) -> Image.Image:
    """The page in pixels; coarse scans smoothly enlarged, as pdfium makes steps of their pixels."""
    from PIL import Image

    found: Image.Image = page.render(scale=dpi / 72).to_pil()
    return found if found.size == size else found.resize(size, Image.Resampling.BILINEAR)
