"""The letters of a page one by one, with place, box and font: what broken text is repaired from."""
from __future__ import annotations

import ctypes
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.turning import Rectangle, Turn, turn_of
from chidao.reading.printed.words import Word

_NAME = 200  # bytes of the name of a font
_HYPHEN = "\x02"  # pdfium's mark for a hyphen at the end of a line; the line break after it is left out
_NOTHING = (0x00, 0xFFFF)
_BLANK = 0.12  # share of the height of type that parts two words where blanks tell nothing
_TOLD = 0.075  # the same where pdfium put in a blank
_LINE = 0.6  # share of the height of type by which a new line is lower or higher


class Glyph(NamedTuple):
    """A letter in the order of drawing; `text` is empty where it was dropped. Points from the top left, as shown.

    `x` and `y` are where it begins on its line, `box` is as high as its font, `ink` what is seen of it. A blank that
    is not `drawn` was put in by pdfium.
    """

    text: str
    x: float
    y: float
    box: Rectangle
    ink: Rectangle
    font: str
    drawn: bool = True

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 0.1)


def read_glyphs(page: Any) -> list[Glyph]:
    """The letters of a pypdfium2 page, blanks and ends of lines too."""
    text_page = page.get_textpage()
    try:
        return list(_glyphs(text_page.raw, text_page.count_chars(), turn_of(page)))
    finally:
        text_page.close()


def _glyphs(raw: Any, count: int, turn: Turn) -> Iterator[Glyph]:
    x, y, name = ctypes.c_double(), ctypes.c_double(), ctypes.create_string_buffer(_NAME)
    loose, sides = pdfium_c.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    at, right, bottom, top = (ctypes.byref(side) for side in (x, *sides[1:]))
    for i in range(count):
        code = pdfium_c.FPDFText_GetUnicode(raw, i)
        name.value = b""
        pdfium_c.FPDFText_GetFontInfo(raw, i, name, _NAME, None)
        pdfium_c.FPDFText_GetLooseCharBox(raw, i, ctypes.byref(loose))
        pdfium_c.FPDFText_GetCharBox(raw, i, ctypes.byref(sides[0]), right, bottom, top)
        pdfium_c.FPDFText_GetCharOrigin(raw, i, at, ctypes.byref(y))
        left, below, end, above = (side.value for side in (sides[0], sides[2], sides[1], sides[3]))
        yield Glyph(_text(code), *turn.box((x.value, y.value, x.value, y.value))[:2],
                    turn.box((loose.left, loose.bottom, loose.right, loose.top)), turn.box((left, below, end, above)),
                    name.value.decode("utf-8", "replace"), not pdfium_c.FPDFText_IsGenerated(raw, i))


def _text(code: int) -> str:
    if code in _NOTHING or 0xD800 <= code < 0xE000 or code > sys.maxunicode:
        return ""
    letter = chr(code)
    if letter in (_HYPHEN, "\n"):
        return letter
    return "\n" if letter == "\r" else " " if letter.isspace() or unicodedata.category(letter) == "Cc" else letter


def to_words(glyphs: Sequence[Glyph]) -> list[Word]:
    """The words of letters in the order of drawing; gaps part them where pdfium's blanks tell nothing."""
    words: list[Word] = []
    word: list[Glyph] = []
    between: list[Glyph] = []
    line = 0
    for glyph in glyphs:
        if glyph.text in ("", " ", "\n"):
            between.append(glyph)
            continue
        if word:
            is_lower = _is_moved(word[-1], glyph)
            if is_lower or _are_parted(word[-1], glyph, between):
                words.append(_word(word, line))
                word = []
                line += is_lower
        word.append(glyph)
        between = []
    return [*words, _word(word, line)] if word else words


def _are_parted(a: Glyph, b: Glyph, between: Sequence[Glyph]) -> bool:
    """Whether two letters of a line belong to two words; a blank beside a letter that was dropped may be its own."""
    if any(not glyph.text for glyph in between):
        return is_apart(a, b)
    return any(glyph.drawn for glyph in between) or (between != [] and is_apart(a, b, share=_TOLD))


def _is_moved(a: Glyph, b: Glyph) -> bool:
    """Whether `b` stands lower or higher than in the line of `a`, or before it."""
    height = max(a.height, b.height)
    return abs(a.y - b.y) > _LINE * height or b.x < a.x - height


def is_apart(a: Glyph, b: Glyph, *, share: float = _BLANK) -> bool:
    """Whether the gap between two letters of a line parts words: that share of the height of type."""
    return b.box[0] - a.box[2] > share * min(a.height, b.height)


def _word(glyphs: Sequence[Glyph], line: int) -> Word:
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    text = "".join(glyph.text for glyph in glyphs).replace(_HYPHEN, "-").replace("\u00ad", "-")
    return Word(unicodedata.normalize("NFC", text), min(lefts), min(tops), max(rights), max(bottoms), line)
