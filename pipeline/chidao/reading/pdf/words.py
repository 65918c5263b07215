"""The words of a page with their boxes, in the order in which the file draws them."""
from __future__ import annotations

import ctypes
import re
import struct
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.turning import Rectangle, Turn, turn_of
from chidao.reading.printed.words import Word, is_turned

_HYPHEN = 0x02  # pdfium's mark for a hyphen at the end of a line; the line break after it is left out
_HYPHENATED = 0xFFFE  # its mark for the same in the text of a whole page
_LETTERS = {_HYPHEN: "-", 0xFFFE: "-", 0xFFFF: "", 0x00: "", 0xAD: "-"}

_HALF = re.compile("[\ud800-\udfff]")  # of a letter beyond the first 65,536, which come in two halves
_LINE_ENDS = frozenset((0x0A, 0x0D))
_PART = re.compile(r"[^ \n\x02]*\x02|[^ \n\x02]+|\n")  # of marks: a word, or the end of a line
_SPECIAL = re.compile("[\x02\uffff\ud800-\udfff]")
_ROW = 4.0  # points between the middles of words that are taken as one row
_BASE = 2.0  # points between the baselines of letters of one line
_GAP = 0.075  # share of the height of the highest letter that parts two words

_Point = tuple[float, float]
_Letter = tuple[float, int, Rectangle]  # where it begins, index, box


class _Piece(NamedTuple):
    """A word as it was drawn, and the indexes of its first letter and after its last."""

    word: Word
    start: int
    end: int


def read_words(page: Any) -> list[Word]:
    """The words of a pypdfium2 page, turned upright where the page is turned."""
    text_page = page.get_textpage()
    try:
        raw, turn = text_page.raw, turn_of(page)
        codes = _codes(raw, text_page.count_chars())
        pieces = list(_drawn(raw, codes, turn))
        words = [piece[0] for piece in pieces]
        scrambled = _scrambled(pieces)
        return _mended(raw, codes, turn, pieces, scrambled) if scrambled and not is_turned(words) else words
    finally:
        text_page.close()


def _codes(raw: Any, count: int) -> Sequence[int]:
    """The code of each letter; those of a whole page at once where pdfium leaves none of them out."""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, units) if count else 0
    if written == count + 1 and _HYPHENATED not in (codes := units[:count]):
        return codes
    return [pdfium_c.FPDFText_GetUnicode(raw, i) for i in range(count)]


def _drawn(raw: Any, codes: Sequence[int], turn: Turn) -> Iterator[_Piece]:
    """The words in the order of drawing, parted at white space."""
    marks = "".join([_mark(code) for code in codes])
    is_plain = not _SPECIAL.search(marks) and unicodedata.is_normalized("NFC", marks)
    box = _boxes(raw, turn)
    line = 0
    for part in _PART.finditer(marks):
        text = part[0]
        if text == "\n":
            line += 1
            continue
        start, end = part.span()
        if not is_plain:
            text = _joined([_letter(code) for code in codes[start:end]])
        if text:
            yield _Piece(Word(text, *box(start, end - 1), line), start, end)
        if not is_plain and codes[end - 1] == _HYPHEN:
            line += 1


def _scrambled(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Programs that lack letters in a font draw these apart: pieces of words then touch those drawn before or after."""
    rows: dict[int, list[tuple[float, int]]] = {}
    before: list[_Piece] = []
    left, line = 0.0, -1
    for number, piece in enumerate(pieces):
        _, x0, top, _, bottom, own, _ = piece[0]
        key = round((top + bottom) / 2 / _ROW)
        if key in rows:
            rows[key].append((x0, number))
        else:
            rows[key] = [(x0, number)]
        if x0 < left and own == line and _overlap(pieces[number - 1].word, piece.word):
            before.append(piece)
        left, line = x0, own
    return [*(pieces[number] for row in rows.values() for number in _touching(sorted(row), pieces)), *before]


def _touching(row: Sequence[tuple[float, int]], pieces: Sequence[_Piece]) -> Iterator[int]:
    """Which words of a row, from left to right, touch the one before: each with its left edge and its number."""
    right, near, left, line = float("inf"), float("-inf"), 0.0, -1
    for x0, number in row:
        _, _, top, x1, bottom, own, _ = pieces[number][0]
        if x0 < near and x1 > right and (line != own or x0 < left + 0.5):
            yield number
        right, left, line = x1, x0, own
        near = x1 + 0.1 * (bottom - top)


def _overlap(a: Word, b: Word) -> bool:
    """Whether two words have a height in common."""
    return b.top < a.bottom and a.top < b.bottom


def _mended(raw: Any, codes: Sequence[int], turn: Turn, pieces: Sequence[_Piece],
            scrambled: Sequence[_Piece]) -> list[Word]:
    """The words with those of the scrambled lines put together from the places of their letters."""
    origins = [_origin(raw, i, turn) for i in range(len(codes))]
    known = {piece.start for piece in scrambled}
    rows: dict[int, list[_Letter]] = {round(origins[piece.start][1] / _BASE): [] for piece in pieces
                                      if piece.start in known or _is_astray(origins[piece.start:piece.end])}
    words = []
    for piece in pieces:
        row = _row(origins[piece.start], rows)
        if row is None:
            words.append(piece.word)
        else:
            row += [(origins[i][0], i, turn.box(_box(raw, i))) for i in range(piece.start, piece.end)]
    for i, code in enumerate(codes):
        row = _row(origins[i], rows) if _letter(code) == " " and code not in _LINE_ENDS else None
        if row is not None and (not pdfium_c.FPDFText_IsGenerated(raw, i) or _is_left_out(origins[i:i + 2])):
            row.append((origins[i][0], i, turn.box(_box(raw, i))))
    after = max(piece.word.line for piece in pieces) + 1
    return words + [word for line, row in enumerate(rows.values(), after) for word in _assembled(row, codes, line)]


def _is_astray(letters: Sequence[_Point]) -> bool:
    """Whether a letter of a word stands before one that was drawn before it."""
    return any(b[0] < a[0] - 0.5 for a, b in pairwise(letters))


def _is_left_out(blank: Sequence[_Point]) -> bool:
    """Whether a blank that pdfium itself puts in stands for one that was drawn: what follows begins further right."""
    return len(blank) == 2 and 1 < blank[1][0] - blank[0][0] < 10 and abs(blank[0][1] - blank[1][1]) < _BASE


def _row(origin: _Point, rows: Mapping[int, list[_Letter]]) -> list[_Letter] | None:
    key = round(origin[1] / _BASE)
    return next((rows[k] for k in (key, key - 1, key + 1) if k in rows), None)


def _assembled(row: Sequence[_Letter], codes: Sequence[int], line: int) -> Iterator[Word]:
    """The words of a line from the places of its letters, from left to right."""
    gap = _GAP * max((box[3] - box[1] for _, _, box in row), default=0)
    letters: list[_Letter] = []
    for letter in sorted(row):
        _, index, box = letter
        blank = _letter(codes[index]) == " "
        if letters and (blank or box[0] - letters[-1][2][2] > gap):
            yield from _word(letters, codes, line)
            letters = []
        if not blank:
            letters.append(letter)
    yield from _word(letters, codes, line)


def _word(letters: Sequence[_Letter], codes: Sequence[int], line: int) -> Iterator[Word]:
    text = _joined([_letter(codes[index]) for _, index, _ in letters])
    if text:
        boxes = [box for _, _, box in letters]
        yield Word(text, min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes),
                   max(b[3] for b in boxes), line)


def _origin(raw: Any, index: int, turn: Turn) -> _Point:
    """Where a letter begins on its baseline."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
    return turn.box((x.value, y.value, x.value, y.value))[:2]


@lru_cache(maxsize=4096)
def _letter(code: int) -> str:
    """The letter of a code; a blank for white space of all kinds and for control characters."""
    if code in _LETTERS or code > sys.maxunicode:
        return _LETTERS.get(code, "")
    letter = chr(code)
    return " " if letter.isspace() or unicodedata.category(letter) == "Cc" else letter


@lru_cache(maxsize=4096)
def _mark(code: int) -> str:
    """One letter for a code, as `_letter` has it; ends of lines, hyphens there and codes of no letter told apart."""
    if code in _LINE_ENDS:
        return "\n"
    return "\x02" if code == _HYPHEN else _letter(code) or "\uffff"


def _joined(letters: Sequence[str]) -> str:
    text = "".join(letters)
    if text.isascii():
        return text
    if _HALF.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _boxes(raw: Any, turn: Turn) -> Callable[[int, int], Rectangle]:
    """What gives the box, as the page is shown, from one letter to another; one place for all boxes is made once."""
    rects = (pdfium_c.FS_RECTF * 2)()
    first, last = ctypes.byref(rects[0]), ctypes.byref(rects[1])
    measure, unpack, is_upright = pdfium_c.FPDFText_GetLooseCharBox, struct.Struct("8f").unpack, not turn.rotation
    _, x, y, _, height = turn

    def box(start: int, end: int) -> Rectangle:
        measure(raw, start, first)
        measure(raw, end, last)
        left, high, right, low, left2, high2, right2, low2 = unpack(rects)
        if not is_upright:
            return turn.box((left, low, right, high), (left2, low2, right2, high2))
        return (min(left, left2) - x, height - (max(high, high2) - y), max(right, right2) - x,
                height - (min(low, low2) - y))

    return box


def _box(raw: Any, index: int) -> Rectangle:
    """Left, bottom, right, top in the page's own coordinates; as high as the font, whatever the letter."""
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top
