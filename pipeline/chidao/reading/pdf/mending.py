"""Letters of a page set right: those drawn twice, marks apart from their letters, signs of symbol fonts."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from chidao import knowledge
from chidao.reading.pdf.glyphs import Glyph
from chidao.reading.pdf.turning import Rectangle

_TWICE = 0.35  # of its width: how far a letter stands from itself when it is drawn twice
_FARTHEST = 2.0  # points
_MARKS = {mark: mark for mark in "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"} | {
    "`": "\u0300", "\u02cb": "\u0300", "\u0340": "\u0300", "\u00b4": "\u0301", "\u02ca": "\u0301", "\u0341": "\u0301",
    "^": "\u0302", "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u02d8": "\u0306", "\u02c0": "\u0309"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")
_BESIDE = 0.15  # heights of type that a mark may stand beside its letter
_SAME_LINE = 0.5  # heights of type between the lines of a mark and its letter
_PRIVATE = re.compile("[\ue000-\uf8ff]")

_Places = dict[tuple[str, int, int], list[Glyph]]


def once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters without those that stand, a little aside, where the same one was drawn before."""
    places: _Places = {}
    out = []
    for glyph in glyphs:
        is_letter = glyph.text.strip() != ""
        if is_letter and any(_is_twice(other, glyph) for other in _near(places, glyph)):
            out.append(glyph._replace(text=""))
            continue
        if is_letter:
            places.setdefault(_place(glyph), []).append(glyph)
        out.append(glyph)
    return out


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.x / _FARTHEST), round(glyph.y / _FARTHEST)


def _near(places: _Places, glyph: Glyph) -> Iterator[Glyph]:
    text, column, row = _place(glyph)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            yield from places.get((text, x, y), ())


def _is_twice(a: Glyph, b: Glyph) -> bool:
    limit = min(max(_TWICE * (a.box[2] - a.box[0]), 0.1), _FARTHEST)
    return abs(a.x - b.x) <= limit and abs(a.y - b.y) <= limit


def with_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Marks that stand by themselves put on the vowels that they are drawn over, with the box of both."""
    marks: dict[int, list[int]] = {}
    lines = _vowels(glyphs)
    for number, glyph in enumerate(glyphs):
        if glyph.text in _MARKS:
            base = _under(glyphs, number, lines)
            if base is not None:
                marks.setdefault(base, []).append(number)
    out = list(glyphs)
    for base, numbers in marks.items():
        text = _composed(glyphs[base].text, [_MARKS[glyphs[number].text] for number in numbers])
        if len(text) == 1:
            box = _around(glyphs[base].box, *(glyphs[number].ink for number in numbers))
            out[base] = glyphs[base]._replace(text=text, box=box)
            for number in numbers:
                out[number] = glyphs[number]._replace(text="")
    return out


def _vowels(glyphs: Sequence[Glyph]) -> dict[int, list[int]]:
    """The vowels by the height at which they stand."""
    lines: dict[int, list[int]] = {}
    for number, glyph in enumerate(glyphs):
        if _letter(glyph) in _VOWELS:
            lines.setdefault(round(glyph.y / _FARTHEST), []).append(number)
    return lines


def _letter(glyph: Glyph) -> str:
    """The letter without its tone."""
    parts = unicodedata.normalize("NFD", glyph.text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))


def _under(glyphs: Sequence[Glyph], number: int, lines: dict[int, list[int]]) -> int | None:
    """The vowel that a mark stands over or under."""
    mark = glyphs[number]
    middle, height = (mark.ink[0] + mark.ink[2]) / 2, max(mark.height, 1)
    reach = round(_SAME_LINE * height / _FARTHEST) + 1
    row = round(mark.y / _FARTHEST)
    near = [(abs((other.ink[0] + other.ink[2]) / 2 - middle), abs(base - number), base)
            for key in range(row - reach, row + reach + 1) for base in lines.get(key, ())
            for other in [glyphs[base]]
            if abs(other.y - mark.y) <= _SAME_LINE * height
            and other.ink[0] - _BESIDE * height <= middle <= other.ink[2] + _BESIDE * height]
    return min(near)[2] if near else None


def _composed(letter: str, marks: Sequence[str]) -> str:
    """The letter with its marks, the tone last."""
    shape = sorted(marks, key=lambda mark: mark in _TONES)
    base = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in base if mark in _TONES]
    return unicodedata.normalize("NFC", "".join(
        [*(mark for mark in base if mark not in _TONES), *(m for m in shape if m not in _TONES), *tones,
         *(m for m in shape if m in _TONES)]))


def _around(*boxes: Rectangle) -> Rectangle:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def with_symbols(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Signs of symbol fonts as the signs that are seen; other letters without a meaning stay as they are."""
    return [glyph._replace(text=_symbol(glyph)) if _PRIVATE.match(glyph.text) else glyph for glyph in glyphs]


def is_symbol_font(name: str) -> bool:
    """Whether a font of that name has signs in place of letters.

    >>> is_symbol_font("Wingdings-Regular"), is_symbol_font(".VnTime")
    (True, False)
    """
    return any(name.lower().startswith(font) for font, _, _ in _symbols())


def _symbol(glyph: Glyph) -> str:
    name = glyph.font.lower()
    return next((letter for font, code, letter in _symbols() if code == glyph.text and name.startswith(font)),
                glyph.text)


@cache
def _symbols() -> tuple[tuple[str, str, str], ...]:
    return tuple((row["font"].lower(), chr(int(row["code"], 16)), row["letter"])
                 for row in knowledge.rows("symbol_letters"))
