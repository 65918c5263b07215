#!/usr/bin/env python3
"""A PDF as older programs wrote it: the same page, its letters drawn so that their text is broken.

    python corpus/breaking.py FILE.pdf OUT.pdf --defect tcvn3 [--seed 1]

The same file, defect and seed give the same PDF. FILE must be upright and have a text layer; its words are drawn
again at their places in DejaVu Serif Condensed (Debian: fonts-dejavu-extra), its ruled lines too. Needs fontTools.
"""
from __future__ import annotations

import argparse
import ctypes
import io
import random
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import pypdfium2
import pypdfium2.raw as pdfium_c

from chidao.reading.pdf.strokes import read_strokes
from chidao.reading.pdf.turning import turn_of

sys.path.insert(0, str(Path(__file__).parent))

from broken_fonts import (
    SPACING,
    SYMBOL_BULLET,
    Style,
    is_marked,
    mark_left,
    old_codes,
    old_font,
    private_font,
    private_letter,
    serif,
    symbol_font,
)

Defect = Literal["none", "tcvn3", "vni", "tcvn3_nameless", "vni_nameless", "tcvn3_headings", "marks_apart",
                 "marks_last", "marks_first", "spacing_marks", "torn", "torn_blanks", "doubled_letters",
                 "doubled_words", "doubled_string", "doubled_page", "private_bullets", "private_letters"]
DEFECTS: tuple[Defect, ...] = get_args(Defect)
_BULLET = "-"
_NARROW = 0.84  # share of its width that a torn word keeps for its letters
_TORN = 0.15  # of the size of type: the widest gap inside a torn word


class Glyph(NamedTuple):
    """A letter of the page as it was printed; `x` and `y` where it begins, from the bottom left."""

    text: str
    x: float
    y: float
    size: float
    style: Style
    end: float


class Drawn(NamedTuple):
    """Letters to draw at one place, in the font of that name."""

    text: str
    x: float
    y: float
    size: float
    font: str
    width: float = 1.0  # share of their own width


def broken(pdf: bytes, defect: Defect, *, seed: int = 1) -> bytes:
    """The pages of `pdf` with that defect."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for index in range(len(document)):
            with closing(document[index]) as page:
                width, height = page.get_size()
                canvas.setPageSize((width, height))
                for stroke in read_strokes(page, turn_of(page)):
                    canvas.setLineWidth(0.5)
                    canvas.line(stroke.x0, height - stroke.top, stroke.x1, height - stroke.bottom)
                words = list(_words(page))
            for drawn in _Breaker(defect, random.Random(seed * 1000 + index)).page(words):
                if defect == "doubled_string":
                    _draw_doubled(canvas, drawn)
                    continue
                text = canvas.beginText(drawn.x, drawn.y)
                text.setFont(drawn.font, drawn.size)
                text.setHorizScale(100 * drawn.width)
                text.textOut(drawn.text)
                canvas.drawText(text)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_doubled(canvas: Any, drawn: Drawn) -> None:
    """One string in which each letter stands twice, the pen drawn back between."""
    from reportlab.pdfbase import pdfmetrics

    canvas.setFont(drawn.font, drawn.size)  # which puts the font among those of the page
    font, parts, now = pdfmetrics.getFont(drawn.font), list[str](), ""
    for letter in drawn.text:
        (subset, code), = font.splitString(letter, canvas._doc)
        name = font.getSubsetInternalName(subset, canvas._doc)
        if name != now:
            parts += ["] TJ" * bool(now), f"{name} {drawn.size:.2f} Tf ["]
            now = name
        back = font.stringWidth(letter, 1000) - 25
        parts.append(f"<{code.hex()}> {back:.0f} <{code.hex()}> 25" if letter != " " else f"<{code.hex()}>")
    canvas._code.append(f"BT 1 0 0 1 {drawn.x:.2f} {drawn.y:.2f} Tm {' '.join(parts)}] TJ ET")


def _words(page: Any) -> Iterator[list[Glyph]]:
    """The words of a page, a blank that follows a word with it."""
    text_page = page.get_textpage()
    raw, word = text_page.raw, list[Glyph]()
    name, x, y = ctypes.create_string_buffer(200), ctypes.c_double(), ctypes.c_double()
    for i in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(raw, i)
        if pdfium_c.FPDFText_IsGenerated(raw, i) or code in (10, 13):
            if word:
                yield word
            word = []
            continue
        pdfium_c.FPDFText_GetFontInfo(raw, i, name, 200, None)
        pdfium_c.FPDFText_GetCharOrigin(raw, i, ctypes.byref(x), ctypes.byref(y))
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(raw, i, ctypes.byref(box))
        style: Style = "Bold" if b"Bold" in name.value else "Italic" if b"Italic" in name.value else "Regular"
        letter = "-" if code == 2 else chr(code)
        word.append(Glyph(letter, x.value, y.value, pdfium_c.FPDFText_GetFontSize(raw, i), style, box.right))
        if letter == " ":
            yield word
            word = []
    if word:
        yield word
    text_page.close()


@dataclass
class _Breaker:
    """Draws the words of one page with a defect."""

    defect: Defect
    chance: random.Random

    def page(self, words: Sequence[list[Glyph]]) -> Iterator[Drawn]:
        last: list[Drawn] = []
        for word in words:
            if self.defect.startswith(("tcvn3", "vni")):
                yield from self._old(word)
            elif self.defect.startswith(("marks", "spacing")):
                now, later = self._apart(word)
                if self.defect == "marks_first":
                    now, later = [*later, *now], []
                yield from now
                last += later
            elif self.defect.startswith("torn"):
                yield from self._torn(word)
            elif self.defect.startswith("doubled"):
                now, later = self._doubled(word)
                yield from now
                last += later
            elif self.defect.startswith("private"):
                yield from self._private(word)
            else:
                yield _plain(word)
        yield from last

    def _old(self, word: Sequence[Glyph]) -> Iterator[Drawn]:
        """In a font of the 1990s; capitals with tones of TCVN3 from the font of capitals."""
        encoding = "vni" if self.defect.startswith("vni") else "tcvn3"
        nameless = self.defect.endswith("nameless")
        text = "".join(glyph.text for glyph in word)
        if self.defect.endswith("headings") and word[0].style != "Bold":
            yield _plain(word)
            return
        table = old_codes(encoding)
        capital = encoding == "tcvn3" and text.strip().isupper() and not set(text) & {"/"}
        runs: list[Drawn] = []
        for glyph in word:
            raised = capital or (encoding == "tcvn3" and glyph.text not in table and glyph.text.lower() in table)
            letter = glyph.text.lower() if raised else glyph.text
            font = old_font(encoding, glyph.style, raised, nameless)
            drawn = Drawn(table.get(letter, letter), glyph.x, glyph.y, glyph.size, font)
            if runs and runs[-1].font == font:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + drawn.text)
            else:
                runs.append(drawn)
        yield from runs

    def _apart(self, word: Sequence[Glyph]) -> tuple[list[Drawn], list[Drawn]]:
        """Letters without their marks, and the marks."""
        letters, marks = [], []
        for glyph in word:
            base, *rest = unicodedata.normalize("NFD", glyph.text)
            if base in "oOuU" and "\u031b" in rest:  # fonts have ơ and ư
                base = unicodedata.normalize("NFC", f"{base}\u031b")
                rest.remove("\u031b")
            font = serif(glyph.style)
            letters.append(Drawn(base, glyph.x, glyph.y, glyph.size, font))
            middle = (glyph.x + glyph.end) / 2
            for mark in rest:
                spacing = SPACING.get(mark, mark) if self.defect == "spacing_marks" else mark
                drawn = Drawn(spacing, mark_left(spacing, glyph.style, glyph.size, middle), glyph.y, glyph.size, font)
                (letters if self.defect in ("marks_apart", "spacing_marks") else marks).append(drawn)
        return letters, marks

    def _torn(self, word: Sequence[Glyph]) -> Iterator[Drawn]:
        """Capitals and some small words pulled apart at letters with marks, by a gap or a blank of the file"""
        text = "".join(glyph.text for glyph in word)
        cuts = [i for i in range(1, len(word)) if is_marked(word[i].text) != is_marked(word[i - 1].text)
                and word[i].text.isalpha() and word[i - 1].text.isalpha()]
        if not cuts or (not text.strip().isupper() and self.chance.random() > 0.3):
            yield _plain(word)
            return
        left = word[0].x
        gap = min((1 - _NARROW) * (word[-1].end - left) / len(cuts), _TORN * word[0].size)
        for number, (start, end) in enumerate(pairwise([0, *cuts, len(word)])):
            piece = _plain(word[start:end])
            x = left + (word[start].x - left) * _NARROW + gap * number
            yield piece._replace(x=x, width=_NARROW)
            if self.defect == "torn_blanks" and end < len(word):
                yield piece._replace(text=" ", x=left + (word[end].x - left) * _NARROW + gap * number, width=_NARROW)

    def _doubled(self, word: Sequence[Glyph]) -> tuple[list[Drawn], list[Drawn]]:
        """Each letter, word, or the whole page a second time, a little further right."""
        def again(drawn: Drawn) -> Drawn:
            return drawn._replace(x=drawn.x + drawn.size * self.chance.uniform(0.015, 0.04))

        if self.defect == "doubled_letters":
            single = [_plain([glyph]) for glyph in word]
            return [part for drawn in single for part in (drawn, again(drawn))], []
        whole = _plain(word)
        return ([whole, again(whole)], []) if self.defect == "doubled_words" else ([whole], [again(whole)])

    def _private(self, word: Sequence[Glyph]) -> Iterator[Drawn]:
        if self.defect == "private_letters":
            for glyph in word:
                font = private_font(glyph.style) if is_marked(glyph.text) else serif(glyph.style)
                yield Drawn(private_letter(glyph.text), glyph.x, glyph.y, glyph.size, font)
        elif "".join(glyph.text for glyph in word).strip() == _BULLET:
            yield Drawn(SYMBOL_BULLET, word[0].x, word[0].y, 0.6 * word[0].size, symbol_font())
            if len(word) > 1:
                yield _plain(word[1:])
        else:
            yield _plain(word)


def _plain(word: Sequence[Glyph]) -> Drawn:
    first = word[0]
    return Drawn("".join(glyph.text for glyph in word), first.x, first.y, first.size, serif(first.style))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--defect", choices=DEFECTS, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.write_bytes(broken(args.file.read_bytes(), args.defect, seed=args.seed))


if __name__ == "__main__":
    main()
