"""Fonts whose letters stand at other codes than they should: those of the 1990s, of symbols, of private codes.

Made from DejaVu Serif Condensed (Debian: fonts-dejavu-extra) and known to reportlab by the name that each gives.
"""
from __future__ import annotations

import io
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chidao import knowledge

Style = Literal["Regular", "Bold", "Italic"]
_FILES = {"Regular": "DejaVuSerifCondensed.ttf", "Bold": "DejaVuSerifCondensed-Bold.ttf",
          "Italic": "DejaVuSerifCondensed-Italic.ttf"}
_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
SPACING = {"\u0300": "`", "\u0301": "\u00b4", "\u0302": "\u02c6", "\u0303": "\u02dc", "\u0306": "\u02d8"}
_PRIVATE = 0xE000
_BACK = -1150  # units of the font from the end of a letter to where its marks begin
_KEPT = [*range(0x20, 0x7F), *range(0x2010, 0x2040)]  # what fonts of all encodings have in one place
SYMBOL_BULLET = "\uf0b7"


def is_marked(letter: str) -> bool:
    return letter in "đĐ" or len(unicodedata.normalize("NFD", letter)) > 1


def private_letter(letter: str) -> str:
    return chr(_PRIVATE + _MARKED.index(letter)) if letter in _MARKED else letter


_MARKED = "".join(chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))
                  if is_marked(chr(code)) and chr(code).isalpha())


@cache
def old_codes(encoding: str) -> dict[str, str]:
    """What fonts of the encoding need for each letter."""
    return {row["letter"]: "".join(chr(int(code, 16)) for code in row["codes"].split())
            for row in reversed(list(knowledge.rows("legacy_letters"))) if row["encoding"] == encoding}


def serif(style: Style) -> str:
    return _registered(f"Serif-{style}", _FOLDER / _FILES[style])


def mark_left(mark: str, style: Style, size: float, middle: float) -> float:
    """Where to begin a mark so that its ink stands over `middle`."""
    return middle - size * _ink(style)[mark]


@cache
def _ink(style: Style) -> dict[str, float]:
    """The middle of the ink of each mark, in parts of the size."""
    from fontTools.ttLib import TTFont

    font = TTFont(_FOLDER / _FILES[style])
    cmap, glyphs, units = font.getBestCmap(), font["glyf"], font["head"].unitsPerEm
    found = {}
    for mark in {*SPACING, *SPACING.values(), "\u0309", "\u0323"}:
        glyph = glyphs[cmap[ord(mark)]]
        found[mark] = (glyph.xMin + glyph.xMax) / 2 / units
    return found


def old_font(encoding: str, style: Style, capital: bool, nameless: bool) -> str:
    name = {"tcvn3": ".VnTimeH" if capital else ".VnTime", "vni": "VNI-Times"}[encoding]
    if nameless:
        name = f"Letters{encoding}{'H' if capital else ''}"
    name += "" if style == "Regular" else style if nameless else f",{style}"
    codes = {code: (letter.upper() if capital else letter) for letter, code in old_codes(encoding).items()}
    codes |= {chr(code): chr(code).upper() if capital else chr(code) for code in _KEPT if chr(code) not in codes}
    return _made(name, style, tuple(codes.items()))


def font_file(encoding: str) -> bytes:
    """The font of an old encoding as a TrueType file."""
    from reportlab.pdfbase import pdfmetrics

    found: bytes = pdfmetrics.getFont(old_font(encoding, "Regular", False, False)).face._ttf_data
    return found


def simple_pdf(lines: list[str], encoding: str, name: str) -> bytes:
    """A page of `lines` in an old font as printers' drivers embedded it: WinAnsi codes, no table to Unicode."""
    from fontTools.ttLib import TTFont

    codes, program = old_codes(encoding), font_file(encoding)
    shown = ["".join(codes.get(letter, letter) for letter in line).encode("cp1252").hex() for line in lines]
    content = f"BT /F1 12 Tf 14 TL 72 770 Td {''.join(f'<{line}> Tj T* ' for line in shown)}ET".encode()
    widths = " ".join(map(str, _widths(TTFont(io.BytesIO(program)))))
    return _file([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 32/LastChar 255/Widths[{widths}]"
        "/FontDescriptor 6 0 R/Encoding/WinAnsiEncoding>>".encode(),
        f"<</Type/FontDescriptor/FontName/{name}/Flags 32/FontBBox[-200 -300 1200 1000]/ItalicAngle 0/Ascent 900"
        "/Descent -250/CapHeight 700/StemV 80/FontFile2 7 0 R>>".encode(),
        b"<</Length %d/Length1 %d>>stream\n%s\nendstream" % (len(program), len(program), program)])


def _widths(font: Any) -> list[int]:
    """The widths of the letters that Windows has at 32 to 255, in thousandths of the size."""
    cmap, metrics, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    letters = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
    return [round(1000 * metrics[cmap[ord(letter)]][0] / units) if ord(letter) in cmap else 300 for letter in letters]


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
                  % (len(objects) + 1, table, len(objects) + 1, len(out)))


def private_font(style: Style) -> str:
    return _made(f"Private{style}", style, tuple((private_letter(letter), letter) for letter in _MARKED))


def symbol_font() -> str:
    return _made("Symbol", "Regular", ((SYMBOL_BULLET, "\u2022"),))


@cache
def _made(name: str, style: Style, codes: tuple[tuple[str, str], ...]) -> str:
    """A font that shows for each code the letter beside it; the second of two codes shows the marks alone."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(_FOLDER / _FILES[style])
    options = Options(layout_features=[], name_IDs=["*"], hinting=False, notdef_outline=True, glyph_names=True,
                      drop_tables=[*Options().drop_tables, "FFTM"])
    marks = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(letter for _, letter in codes) + marks)
    subsetter.subset(font)
    known, cmap = font.getBestCmap(), dict[int, str]()
    for code, letter in codes:
        if len(code) == 1:
            if ord(letter) in known:
                cmap[ord(code)] = known[ord(letter)]
            continue
        glyph = f"marks{ord(code[1]):x}"
        if ord(code[1]) in cmap:
            continue
        pen = TTGlyphPen(font.getGlyphSet())
        for mark in unicodedata.normalize("NFD", letter)[1:]:
            pen.addComponent(known[ord(mark)], (1, 0, 0, 1, _BACK, 0))
        font["glyf"][glyph] = pen.glyph()
        font["hmtx"][glyph] = (0, 0)
        cmap[ord(code[1])] = glyph
    for table in font["cmap"].tables:
        table.cmap = cmap
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = name
    font.setGlyphOrder(font.getGlyphOrder())
    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        font.save(file.name)
        return _registered(name, Path(file.name))


def _registered(name: str, path: Path) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    own = f"breaking {name}"
    if own not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(own, str(path)))
    return own
