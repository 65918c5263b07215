"""The words of a page with their boxes, in the order in which the file draws them."""
from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.decoding import clean

# Hyphens at line ends come as control characters.
_LETTERS = {0x02: "-", 0xFFFE: "-", 0xFFFF: "", 0x00: "", 0xFFFD: "\ufffd", 0xA0: " ", 0xAD: "-"}


class Word(NamedTuple):
    """A word and its box in points from the top left; `line` numbers the runs that the file draws as one line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    line: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


def read_words(page: Any) -> list[Word]:
    """The words of a pypdfium2 page, turned upright where the page is turned."""
    text_page = page.get_textpage()
    try:
        return list(_words(text_page.raw, text_page.count_chars(), _turned(page)))
    finally:
        text_page.close()


def _words(raw: Any, count: int, turn: _Turn) -> Iterator[Word]:
    unicode_of = pdfium_c.FPDFText_GetUnicode
    codes = [unicode_of(raw, i) for i in range(count)]
    line, start = 0, -1
    for i, code in enumerate([*codes, 0x20]):
        if code not in (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000):
            start = i if start < 0 else start
            continue
        if start >= 0:
            text = _joined(codes[start:i])
            if text:
                yield Word(text, *turn.box(_box(raw, start), _box(raw, i - 1)), line)
            start = -1
        if code in (0x0A, 0x0D):
            line += 1


def _joined(codes: Sequence[int]) -> str:
    text = "".join(_LETTERS[code] if code in _LETTERS else chr(code) for code in codes if code < 0x110000)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", clean(text)).strip()


def _box(raw: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in the page's own coordinates; as high as the font, whatever the letter."""
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


class _Turn(NamedTuple):
    """From the page's coordinates to points from the top left of the page as it is shown."""

    rotation: int
    left: float
    bottom: float
    width: float
    height: float

    def box(self, *boxes: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, right = min(b[0] for b in boxes) - self.left, max(b[2] for b in boxes) - self.left
        low, high = min(b[1] for b in boxes) - self.bottom, max(b[3] for b in boxes) - self.bottom
        if self.rotation == 90:
            return low, left, high, right
        if self.rotation == 180:
            return self.width - right, low, self.width - left, high
        if self.rotation == 270:
            return self.width - high, self.height - right, self.width - low, self.height - left
        return left, self.height - high, right, self.height - low


def _turned(page: Any) -> _Turn:
    left, bottom, _, _ = page.get_bbox()
    width, height = page.get_size()
    return _Turn(page.get_rotation(), left, bottom, width, height)
