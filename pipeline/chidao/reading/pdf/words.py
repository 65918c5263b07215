"""The words of a page with their boxes, in the order in which the file draws them."""
from __future__ import annotations

import ctypes
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.turning import Rectangle, Turn, turn_of
from chidao.reading.printed.words import Word, is_turned

# Hyphens at line ends come as control characters.
_LETTERS = {0x02: "-", 0xFFFE: "-", 0xFFFF: "", 0x00: "", 0xAD: "-"}

_HALF = re.compile("[\ud800-\udfff]")  # of a letter beyond the first 65,536, which come in two halves
_LINE_ENDS = frozenset((0x0A, 0x0D))
_ROW = 4.0  # points between the middles of words that are taken as one row
_BASE = 2.0  # points between the baselines of letters of one line
_GAP = 0.15  # share of the font's height that parts two words
_SCRAMBLED = 0.03

_Letter = tuple[float, int, Rectangle]  # left edge, index, box


def read_words(page: Any) -> list[Word]:
    """The words of a pypdfium2 page, turned upright where the page is turned."""
    text_page = page.get_textpage()
    try:
        raw, turn = text_page.raw, turn_of(page)
        codes = [pdfium_c.FPDFText_GetUnicode(raw, i) for i in range(text_page.count_chars())]
        words = list(_drawn(raw, codes, turn))
        if is_turned(words) or not _is_scrambled(words):
            return words
        return list(_assembled(raw, codes, turn))
    finally:
        text_page.close()


def _drawn(raw: Any, codes: Sequence[int], turn: Turn) -> Iterator[Word]:
    """The words in the order of drawing, parted at white space."""
    letters = [_letter(code) for code in [*codes, 0x20]]
    line = start = 0
    for end, letter in enumerate(letters):
        if letter != " ":
            continue
        text = _joined(letters[start:end])
        if text:
            yield Word(text, *turn.box(_box(raw, start), _box(raw, end - 1)), line)
        start = end + 1
        if end < len(codes) and codes[end] in _LINE_ENDS:
            line += 1


def _is_scrambled(words: Sequence[Word]) -> bool:
    """Programs that lack letters in a font draw these apart: pieces of words then touch those of other lines."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(round((word.top + word.bottom) / 2 / _ROW), []).append(word)
    glued = 0
    for row in rows.values():
        row.sort(key=lambda word: word.x0)
        glued += sum(b.x0 - a.x1 < 0.1 * a.height and (a.line != b.line or b.x0 < a.x0 + 0.5)
                     for a, b in pairwise(row) if b.x1 > a.x1)
    order = sum(b.x0 < a.x0 and b.top < a.bottom and a.top < b.bottom for a, b in pairwise(words) if a.line == b.line)
    return glued + order > max(3, _SCRAMBLED * len(words))


def _assembled(raw: Any, codes: Sequence[int], turn: Turn) -> Iterator[Word]:
    """The words put together from the places of their letters, line by line from left to right."""
    rows: dict[int, list[_Letter]] = {}
    for i, code in enumerate(codes):
        if code in _LINE_ENDS or (_letter(code) == " " and pdfium_c.FPDFText_IsGenerated(raw, i)):
            continue
        box = turn.box(_box(raw, i))
        key = round(_baseline(raw, i, turn) / _BASE)
        near = next((k for k in (key, key - 1, key + 1) if k in rows), key)
        rows.setdefault(near, []).append((box[0], i, box))
    for number, row in enumerate(rows[key] for key in sorted(rows)):
        letters: list[_Letter] = []
        for letter in sorted(row):
            x0, index, box = letter
            apart = letters and x0 - letters[-1][2][2] > _GAP * (box[3] - box[1])
            if letters and (apart or _letter(codes[index]) == " "):
                yield from _word(letters, codes, number)
                letters = []
            if _letter(codes[index]) != " ":
                letters.append(letter)
        yield from _word(letters, codes, number)


def _word(letters: Sequence[_Letter], codes: Sequence[int], line: int) -> Iterator[Word]:
    text = _joined([_letter(codes[index]) for _, index, _ in letters])
    if text:
        boxes = [box for _, _, box in letters]
        yield Word(text, min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes),
                   max(b[3] for b in boxes), line)


def _baseline(raw: Any, index: int, turn: Turn) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
    return turn.box((x.value, y.value, x.value, y.value))[1]


@lru_cache(maxsize=4096)
def _letter(code: int) -> str:
    """The letter of a code; a blank for white space of all kinds and for control characters."""
    if code in _LETTERS or code > sys.maxunicode:
        return _LETTERS.get(code, "")
    letter = chr(code)
    return " " if letter.isspace() or unicodedata.category(letter) == "Cc" else letter


def _joined(letters: Sequence[str]) -> str:
    text = "".join(letters)
    if text.isascii():
        return text
    if _HALF.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _box(raw: Any, index: int) -> Rectangle:
    """Left, bottom, right, top in the page's own coordinates; as high as the font, whatever the letter."""
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top
