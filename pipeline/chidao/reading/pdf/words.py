"""The words of a page with their boxes, in the order in which the file draws them."""
from __future__ import annotations

import ctypes
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.calls import address, char_origin, loose_char_box
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
_RECT = 16  # bytes of a box: four numbers of four
_NUMBER = 8  # bytes of a coordinate of a point
_TOUCH = 0.1  # share of the height of a word by which the next may be apart and still touch it
_SAME = 0.5  # points between words that begin at one place
_GAP = 0.075  # share of the height of the highest letter that parts two words

_Point = tuple[float, float]
_Boxes = npt.NDArray[np.float64]
_Letter = tuple[float, int, Rectangle]  # where it begins, index, box


class _Drawn(NamedTuple):
    """Words as they were drawn: their boxes (n, 4), and the indexes of their first letters and after their last."""

    words: list[Word]
    boxes: _Boxes
    letters: list[range]


def read_words(page: Any) -> list[Word]:
    """The words of a pypdfium2 page, turned upright where the page is turned."""
    text_page = page.get_textpage()
    try:
        raw, turn = text_page.raw, turn_of(page)
        codes = _codes(raw, text_page.count_chars())
        drawn = _drawn(raw, codes, turn)
        scrambled = _scrambled(drawn)
        return _mended(raw, codes, turn, drawn, scrambled) if scrambled and not is_turned(drawn.words) else drawn.words
    finally:
        text_page.close()


def _codes(raw: Any, count: int) -> Sequence[int]:
    """The code of each letter; those of a whole page at once where pdfium leaves none of them out."""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, units) if count else 0
    if written == count + 1 and _HYPHENATED not in (codes := units[:count]):
        return codes
    return [pdfium_c.FPDFText_GetUnicode(raw, i) for i in range(count)]


def _drawn(raw: Any, codes: Sequence[int], turn: Turn) -> _Drawn:
    """The words in the order of drawing, parted at white space."""
    marks = "".join([_mark(code) for code in codes])
    is_plain = not _SPECIAL.search(marks) and unicodedata.is_normalized("NFC", marks)
    texts: list[str] = []
    lines: list[int] = []
    letters: list[range] = []
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
            texts.append(text)
            lines.append(line)
            letters.append(range(start, end))
        if not is_plain and codes[end - 1] == _HYPHEN:
            line += 1
    boxes = _boxes(raw, turn, [word[0] for word in letters], [word[-1] for word in letters])
    words = map(Word._make, zip(texts, *boxes.T.tolist(), lines, repeat(None)))
    return _Drawn(list(words), boxes, letters)


def _scrambled(drawn: _Drawn) -> list[int]:
    """Programs that lack letters in a font draw these apart: pieces of words then touch those drawn before or after.

    Gives the numbers of such words: drawn before what stands left of them, or touching the word to their left.
    """
    x0, top, x1, bottom = drawn.boxes.T
    lines = np.array([word[5] for word in drawn.words])
    before = 1 + np.flatnonzero((x0[1:] < x0[:-1]) & (lines[1:] == lines[:-1])
                                & (top[1:] < bottom[:-1]) & (top[:-1] < bottom[1:]))
    rows = np.rint((top + bottom) / 2 / _ROW)
    order = np.lexsort((x0, rows))
    left, right = order[:-1], order[1:]
    touching = ((rows[left] == rows[right]) & (x0[right] < x1[left] + _TOUCH * (bottom - top)[left])
                & (x1[right] > x1[left]) & ((lines[left] != lines[right]) | (x0[right] < x0[left] + _SAME)))
    return [*right[touching].tolist(), *before.tolist()]


def _mended(raw: Any, codes: Sequence[int], turn: Turn, drawn: _Drawn, scrambled: Sequence[int]) -> list[Word]:
    """The words with those of the scrambled lines put together from the places of their letters."""
    origins = _origins(raw, len(codes), turn)
    known = set(scrambled)
    rows: dict[int, list[int]] = {
        round(origins[letters[0]][1] / _BASE): [] for number, letters in enumerate(drawn.letters)
        if number in known or _is_astray(origins[letters[0]:letters[-1] + 1])}
    words = []
    for word, letters in zip(drawn.words, drawn.letters, strict=True):
        row = _row(origins[letters[0]], rows)
        if row is None:
            words.append(word)
        else:
            row += letters
    for i, code in enumerate(codes):
        row = _row(origins[i], rows) if _letter(code) == " " and code not in _LINE_ENDS else None
        if row is not None and (not pdfium_c.FPDFText_IsGenerated(raw, i) or _is_left_out(origins[i:i + 2])):
            row.append(i)
    after = max(word.line for word in drawn.words) + 1
    for line, row in enumerate(rows.values(), after):
        boxes = map(tuple, _boxes(raw, turn, row, row).tolist())
        words += _assembled([(origins[i][0], i, box) for i, box in zip(row, boxes, strict=True)], codes, line)
    return words


def _is_astray(letters: Sequence[_Point]) -> bool:
    """Whether a letter of a word stands before one that was drawn before it."""
    return any(b[0] < a[0] - 0.5 for a, b in pairwise(letters))


def _is_left_out(blank: Sequence[_Point]) -> bool:
    """Whether a blank that pdfium itself puts in stands for one that was drawn: what follows begins further right."""
    return len(blank) == 2 and 1 < blank[1][0] - blank[0][0] < 10 and abs(blank[0][1] - blank[1][1]) < _BASE


def _row(origin: _Point, rows: Mapping[int, list[int]]) -> list[int] | None:
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


def _origins(raw: Any, count: int, turn: Turn) -> list[_Point]:
    """Where each letter begins on its baseline."""
    points = np.empty((count, 2), np.float64)
    measure, page, at = char_origin(), address(raw), points.ctypes.data
    for index in range(count):
        measure(page, index, at, at + _NUMBER)
        at += 2 * _NUMBER
    x, y = points.T
    left, top, _, _ = turn.box((x, y, x, y))
    return list(zip(left.tolist(), top.tolist(), strict=True))


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


def _boxes(raw: Any, turn: Turn, first: Sequence[int], last: Sequence[int]) -> _Boxes:
    """The boxes (n, 4) from each of the `first` letters to that of the `last` ones, as the page is shown."""
    rects = np.empty((2, len(first), 4), np.float32)  # left, top, right, bottom in the page's coordinates
    measure, page, at = loose_char_box(), address(raw), rects.ctypes.data
    for index in (*first, *last):
        measure(page, index, at)
        at += _RECT
    left, _, _, bottom = rects.min(axis=0).T.astype(np.float64)
    _, top, right, _ = rects.max(axis=0).T.astype(np.float64)
    return np.round(np.stack(turn.box((left, bottom, right, top)), axis=1), 2)
