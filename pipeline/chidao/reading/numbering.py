"""The numbers, letters and bullets that Word itself puts before paragraphs: text to a reader."""
from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

from chidao.reading.lines import is_item

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_LEVEL = 8
_Place = tuple[str | None, int]  # list and level
_Levels = dict[tuple[str, int], tuple[str, str, int]]


class Numbering:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, document: Any) -> None:
        self._levels, self._lists, self._starts = _definitions(document)
        self._styles = _style_numbers(document)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Any) -> str:
        """What Word shows before the paragraph, ``""`` for none; counts on."""
        number, level = self._place(paragraph)
        abstract = self._lists.get(number or "")
        definition = self._levels.get((abstract or "", level))
        if abstract is None or definition is None:
            return ""
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip()
        if not text and (definition[0] == "bullet" or paragraph.getparent().tag != qn("w:tc")):
            return ""
        counts = self._counts[abstract]
        start = self._starts.get((number or "", level), definition[2])
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return "" if is_item(text) else self._shown(abstract, level, definition)

    def _place(self, paragraph: Any) -> _Place:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        style = properties.find(qn("w:pStyle"))
        number, level = self._styles.get(style.get(qn("w:val")) if style is not None else "", (None, 0))
        own = properties.find(qn("w:numPr"))
        if own is not None:
            number = _value(own.find(qn("w:numId"))) or number
            level = _level(own.find(qn("w:ilvl")), level)
        return (None, 0) if number == "0" else (number, level)

    def _shown(self, abstract: str, level: int, definition: tuple[str, str, int]) -> str:
        kind, pattern, _ = definition
        if kind == "bullet":
            return pattern if pattern in ("-", "+", "*", "•", "–") else "-"
        if kind == "none":
            return ""

        def part(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._levels.get((abstract, at), definition)
            return spelled(self._counts[abstract].get(at, other[2]), other[0])

        return re.sub(r"%([1-9])", part, pattern).strip()


def spelled(number: int, kind: str) -> str:
    """A number as a list of `kind` shows it; letters follow the Latin alphabet, as Word's do.

    >>> spelled(4, "upperRoman"), spelled(3, "lowerLetter"), spelled(7, "decimalZero")
    ('IV', 'c', '07')
    """
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _value(element: Any) -> str | None:
    value = element.get(qn("w:val")) if element is not None else None
    return value if isinstance(value, str) else None


def _level(element: Any, default: int) -> int:
    value = _value(element)
    return min(int(value), _MAX_LEVEL) if value and value.isdigit() and len(value) < 3 else default


def _definitions(document: Any) -> tuple[_Levels, dict[str, str], dict[tuple[str, int], int]]:
    """(abstract list, level) -> (kind, pattern, start); list -> abstract list; (list, level) -> start of its own."""
    levels: _Levels = {}
    lists: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    relations = (r for r in document.part.rels.values() if not r.is_external and r.reltype.endswith("/numbering"))
    for root in (relation.target_part.element for relation in relations):
        for abstract in root.iter(qn("w:abstractNum")):
            for lvl in abstract.iter(qn("w:lvl")):
                kind, pattern = _value(lvl.find(qn("w:numFmt"))) or "decimal", _value(lvl.find(qn("w:lvlText"))) or ""
                key = (abstract.get(qn("w:abstractNumId"), ""), _level_of(lvl))
                levels[key] = (kind, pattern, _start(lvl.find(qn("w:start"))))
        for num in root.iter(qn("w:num")):
            number = num.get(qn("w:numId"), "")
            lists[number] = _value(num.find(qn("w:abstractNumId"))) or ""
            for override in num.iter(qn("w:startOverride")):
                starts[number, _level_of(override.getparent())] = _start(override)
    return levels, lists, starts


def _level_of(element: Any) -> int:
    value = element.get(qn("w:ilvl"), "0")
    return int(value) if value.isdigit() and len(value) < 3 else 0


def _start(element: Any) -> int:
    value = _value(element)
    return int(value) if value and value.isdigit() and len(value) < 6 else 1


def _style_numbers(document: Any) -> dict[str, _Place]:
    """The lists that paragraph styles belong to, also through the styles they are based on."""
    own: dict[str, _Place] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.get(qn("w:styleId"), "")
        bases[name] = _value(style.find(qn("w:basedOn"))) or ""
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbers is not None:
            own[name] = (_value(numbers.find(qn("w:numId"))), _level(numbers.find(qn("w:ilvl")), 0))
    return {name: found for name in bases if (found := _inherited(name, own, bases)) is not None}


def _inherited(name: str, own: dict[str, _Place], bases: dict[str, str]) -> _Place | None:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = bases.get(name, "")
    return None
