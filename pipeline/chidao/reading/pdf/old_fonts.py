"""Letters in the fonts of the 1990s, TCVN3 and VNI, on the pages of one file: by the font's name, else by its words."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from chidao.grammar.syllables import accented_share, is_syllable
from chidao.reading.decoding import has_new_letters
from chidao.reading.legacy import Encoding, Font, aligned, font_encoding, recognise
from chidao.reading.pdf.glyphs import Glyph, is_apart
from chidao.reading.pdf.mending import is_symbol_font

# An "n" of a font of capitals is as high as an "h", one of others has at most 0.75 of it; by the height of type it has
# 0.60 and more, others 0.54 at most.
_EQUAL, _TALL = 0.85, 0.57
_LOW, _HIGH = frozenset("acemnorsuvxz"), frozenset("bdhkl")
_NO_WIDTH = 0.5  # points
_LATIN = re.compile("[a-zA-Z]")
_END_OF_LINE = "\x02"  # a hyphen there; pdfium leaves the line break out
_HYPHENS = frozenset("\x02-\u2010")
_TOKEN = re.compile(r"[^\s\x02.,;:()/-]*(?:\x02|[\u2010-][^\s\x02.,;:()/-]*)")


@dataclass
class OldFonts:
    """What is known of the fonts of one file; a font that few words are in may be known from another page."""

    known: dict[str, Font] = field(default_factory=dict)

    def read(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """The letters that are meant by those in old fonts."""
        texts = _texts(glyphs)
        fonts = self._fonts(texts, glyphs)
        out = list(glyphs)
        for name, numbers in _runs(glyphs):
            if font := fonts.get(name):
                for number, letter in zip(numbers, _meant([glyphs[n].text for n in numbers], font), strict=True):
                    out[number] = glyphs[number]._replace(text=letter)
        return out

    def _fonts(self, texts: dict[str, str], glyphs: Sequence[Glyph]) -> dict[str, Font]:
        """The old ones among the fonts of a page, those whose letters are Unicode all the same left out."""
        old = {name: text for name, text in texts.items() if not has_new_letters(text)}
        named = {name: font for name in old if (font := font_encoding(name))}
        self.known |= {name: font for name, font in named.items() if _is_better(old[name], font)}
        rest = {name: text for name, text in old.items()
                if name not in self.known and name not in named and not is_symbol_font(name)}
        guessed: dict[str, Font] = {}
        for name, encoding in self._guesses(rest):
            if _is_better(rest[name], Font(encoding)):
                capital = encoding == "tcvn3" and _is_capital(name, glyphs)
                guessed[name] = Font(encoding, bool(capital))
                if capital is not None:
                    self.known[name] = guessed[name]
        return {name: font for name, font in (guessed | self.known).items() if name in old}

    def _guesses(self, texts: dict[str, str]) -> Iterator[tuple[str, Encoding]]:
        """The encodings of fonts by what is written in them, where that is little by the other fonts of the page."""
        known = {font.encoding for font in self.known.values()}
        usual = next(iter(known)) if len(known) == 1 else None
        together = recognise(" ".join(filter(_has_letters, texts.values()))) or usual
        for name, text in texts.items():
            encoding = recognise(text) or together
            if encoding and (_has_letters(text) or "".join(text.split()).isalpha()):
                yield name, encoding


def _has_letters(text: str) -> bool:
    return _LATIN.search(text) is not None


def _texts(glyphs: Sequence[Glyph]) -> dict[str, str]:
    """What is written in each font of a page."""
    texts: dict[str, list[str]] = {}
    for a, b in pairwise([None, *glyphs]):
        if b is not None:
            texts.setdefault(b.font, []).append(" " * (a is not None and a.font != b.font) + _latin(b.text))
    return {name: "".join(parts).replace(_END_OF_LINE, "\u00ad\n") for name, parts in texts.items()}


def _latin(text: str) -> str:
    """Letters of symbol fonts, U+F020 and on, as the letters that programs show for them."""
    if len(text) == 1 and "\uf020" <= text <= "\uf0ff":
        return bytes([ord(text) - 0xF000]).decode("cp1252", "replace")
    return text


def _is_better(text: str, font: Font) -> bool:
    """Whether the words are no worse in that encoding."""
    before, after = accented_share(text), accented_share("".join(aligned(text, font)))
    return after.ratio >= before.ratio or not before.total


def _is_capital(name: str, glyphs: Sequence[Glyph]) -> bool | None:
    """Whether small letters of a font are as high as capitals, or its letters begin words that go on in another font.

    None where there are none to tell.
    """
    low, high = ([(glyph.ink[3] - glyph.ink[1]) / glyph.height for glyph in glyphs
                  if glyph.font == name and glyph.text in letters] for letters in (_LOW, _HIGH))
    if low:
        return median(low) > (_EQUAL * median(high) if high else _TALL)
    return True if any(a.font == name != b.font and a.text.strip() and b.text.isalpha()
                       for a, b in pairwise(glyphs)) else None


def _runs(glyphs: Sequence[Glyph]) -> Iterator[tuple[str, list[int]]]:
    """Letters of one font that follow one another, without blanks of pdfium's before marks and letters that touch."""
    name, numbers = "", list[int]()
    last: Glyph | None = None
    for number, glyph in enumerate(glyphs):
        is_made = glyph.text == " " and not glyph.drawn
        if not glyph.text or (is_made and last and _is_idle(last, glyphs[number + 1:number + 3])):
            continue
        if glyph.font != name and glyph.text not in " \n":
            if numbers:
                yield name, numbers
            name, numbers = glyph.font, []
        numbers.append(number)
        last = glyph
    if numbers:
        yield name, numbers


def _is_idle(last: Glyph, rest: Sequence[Glyph]) -> bool:
    """Whether a blank between a letter and the next ones parts no words: the next touches it, or has no width."""
    if not rest:
        return False
    return not is_apart(last, rest[0]) or (len(rest) > 1 and abs(rest[0].x - rest[1].x) < _NO_WIDTH)


def _meant(texts: Sequence[str], font: Font) -> list[str]:
    shown = "".join(_latin(text)[:1] for text in texts)
    if font.encoding == "tcvn3":
        shown = _TOKEN.sub(lambda match: _with_horns(match[0], font), shown)
    return aligned(shown, font)


def _with_horns(token: str, font: Font) -> str:
    """TCVN3 has ư where other encodings have a hyphen for the end of a line."""
    horned = "".join("\u00ad" if letter in _HYPHENS else letter for letter in token)
    return horned if len(token) > 1 and is_syllable("".join(aligned(horned, font))) else token
