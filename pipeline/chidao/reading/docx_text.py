"""The words of a Word paragraph as they are printed: changes accepted, hidden words left out, old fonts read."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from chidao.reading.decoding import clean, has_new_letters
from chidao.reading.legacy import Encoding, Font, decoded, font_encoding, letters, recognise

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:noBreakHyphen"): "-",
           qn("w:softHyphen"): ""}
# Deleted words, instructions of fields, properties; text boxes and tables are blocks of their own.
_SKIPPED = frozenset((FALLBACK, *map(qn, (
    "w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr", "w:sectPr", "w:txbxContent", "w:tbl"))))
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_REFERENCES = frozenset(map(qn, ("w:footnoteReference", "w:endnoteReference")))
_OFF = ("0", "false", "off")
_SOFT_HYPHEN = "\u00ad"
_SAMPLE, _RUNS = 20_000, 500
_P, _R, _T, _R_PR, _P_PR, _R_STYLE, _P_STYLE, _VAL, _SYM, _SOFT, _FONTS, _CAPS, _VANISH = map(qn, (
    "w:p", "w:r", "w:t", "w:rPr", "w:pPr", "w:rStyle", "w:pStyle", "w:val", "w:sym", "w:softHyphen", "w:rFonts",
    "w:caps", "w:vanish"))
_ASCII, _H_ANSI = qn("w:ascii"), qn("w:hAnsi")


class Look(NamedTuple):
    """What of a run's or a style's looks changes its words; None where it does not say."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """This look with what it leaves open taken from `base`."""
        return Look(base.font if self.font is None else self.font,
                    base.capitals if self.capitals is None else self.capitals,
                    base.hidden if self.hidden is None else self.hidden)


@dataclass(slots=True)
class Words:
    """Reads the words of paragraphs of one document."""

    styles: dict[str, Look]
    default: Look
    notes: dict[tuple[str, str], str]  # kind and id of a note -> the mark that is printed
    encoding: Encoding | None = None  # of words whose font tells none

    @classmethod
    def of(cls, document: Any) -> Words:
        """For `document`: its styles, the marks of its notes, and whether its words are in an old encoding."""
        root = document.styles.element
        words = cls(_styles(root), _look(root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")),
                    note_marks(document.element.body))
        if not has_new_letters(_raw(document.element.body)):
            words.encoding = recognise(words._sample(document.element.body))
        return words

    def plain(self, paragraph: Any) -> str:
        """The words of a paragraph, line breaks as line feeds."""
        properties = paragraph.find(_P_PR)
        style = properties.find(_P_STYLE) if properties is not None else None
        base = self.styles.get(_value(style), Look()).over(self.default)
        return clean("".join(self._runs(paragraph, base)))

    def _runs(self, element: Any, look: Look) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == _R:
                yield from self._run(child, look)
            elif tag == _MATH_TEXT:
                yield child.text or ""
            elif isinstance(tag, str) and tag not in _SKIPPED:
                yield from self._runs(child, look)

    def _run(self, run: Any, base: Look) -> Iterator[str]:
        properties = run.find(_R_PR)
        look = base
        if properties is not None:
            style = properties.find(_R_STYLE)
            named = self.styles.get(_value(style), Look()) if style is not None else Look()
            look = _look(properties).over(named).over(base)
        if look.hidden:
            return
        font = font_encoding(look.font) if look.font else None
        text = "".join(self._signs(run, look, font))
        if font:
            text = letters(text, font.encoding, capital=font.capital)
        elif self.encoding:
            text = decoded(text, self.encoding)
        yield text.upper() if look.capitals else text

    def _signs(self, run: Any, look: Look, font: Font | None) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag in (_T, _MATH_TEXT):
                yield child.text or ""
            elif tag == _SOFT and ((font and font.encoding == "tcvn3") or self.encoding == "tcvn3"):
                yield _SOFT_HYPHEN  # the letter ư
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == _SYM:
                yield _symbol(child)
            elif tag in _REFERENCES:
                yield self.notes.get(_note(child), "")
            elif isinstance(tag, str) and tag not in _SKIPPED:
                yield from self._runs(child, look)

    def _sample(self, body: Any) -> str:
        """Words whose fonts do not tell of an old encoding, as they stand in the file."""
        found: list[str] = []
        size = 0
        for paragraph in body.iter(_P):
            text = self.plain(paragraph)
            found.append(text)
            size += len(text)
            if size > _SAMPLE:
                break
        return "\n".join(found)


def _raw(body: Any) -> str:
    """The first letters of a document as they stand in the file."""
    return "".join(islice((text.text or "" for text in body.iter(_T)), _RUNS))


def note_marks(body: Any) -> dict[tuple[str, str], str]:
    """The marks that notes bear in print: footnotes 1, 2, …, endnotes i, ii, … in order of the text."""
    from chidao.reading.numbering import spelled

    marks: dict[tuple[str, str], str] = {}
    counts = {"footnoteReference": 0, "endnoteReference": 0}
    for reference in body.iter(*_REFERENCES):
        key = _note(reference)
        if key in marks or any(parent.tag == FALLBACK for parent in reference.iterancestors()):
            continue
        if reference.get(qn("w:customMarkFollows")) not in (None, *_OFF):
            marks[key] = ""
            continue
        counts[key[0]] += 1
        marks[key] = f"[{spelled(counts[key[0]], 'lowerRoman' if key[0].startswith('end') else 'decimal')}]"
    return marks


def _value(element: Any) -> str:
    return element.get(_VAL, "") if element is not None else ""


def _note(reference: Any) -> tuple[str, str]:
    return reference.tag.rsplit("}", 1)[-1], reference.get(qn("w:id"), "")


def _styles(root: Any) -> dict[str, Look]:
    """The looks of styles with what they are based on; the default paragraph style also for paragraphs without one."""
    own: dict[str, Look] = {}
    bases: dict[str, str] = {}
    default = ""
    for style in root.iter(qn("w:style")):
        name = style.get(qn("w:styleId"), "")
        base = style.find(qn("w:basedOn"))
        own[name] = _look(style.find(_R_PR))
        bases[name] = base.get(_VAL, "") if base is not None else ""
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) not in (None, *_OFF):
            default = name
    found = {name: _based(name, own, bases) for name in own}
    return {**found, "": found.get(default, Look())}


def _based(name: str, own: dict[str, Look], bases: dict[str, str]) -> Look:
    look, seen = Look(), set[str]()
    while name in own and name not in seen:
        look = look.over(own[name])
        seen.add(name)
        name = bases[name]
    return look


def _look(properties: Any) -> Look:
    if properties is None:
        return Look()
    fonts = properties.find(_FONTS)
    font = fonts.get(_ASCII) or fonts.get(_H_ANSI) if fonts is not None else None
    return Look(font, _switch(properties.find(_CAPS)), _switch(properties.find(_VANISH)))


def _switch(element: Any) -> bool | None:
    return None if element is None else element.get(_VAL) not in _OFF


def _symbol(element: Any) -> str:
    code = element.get(qn("w:char")) or ""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "-" if "\uf000" <= char <= "\uf0ff" else char
