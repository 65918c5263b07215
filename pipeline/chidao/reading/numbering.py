"""The numbers, letters and bullets that Word itself puts before paragraphs: text to a reader."""
from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from chidao.reading.lines import is_item

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_LEVEL = 8
# Markers that a writer may have typed beside the number that Word makes; words that open a paragraph are none.
_TYPED = re.compile(r"[^\w\s\"“‘'«]|\d|[IVXLCivxlc]{1,6}[.)/]|[a-zđA-ZĐ]\d?[.)/]|"
                    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Khoản|Phụ lục|PHỤ LỤC)\s")
_Place = tuple[str | None, int]  # list and level
_Key = tuple[str, int]


class _Level(NamedTuple):
    """How a level of a list is numbered; `restarts` after a number of that level or a higher one, None for never."""

    kind: str = "decimal"
    pattern: str = ""
    start: int = 1
    restarts: int | None = None
    legal: bool = False  # levels above are shown as Arabic numbers


class Numbering:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, document: Any) -> None:
        self._levels, self._lists, self._starts, linked = _definitions(document)
        self._styles = _style_numbers(document, self._lists, linked)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[_Key] = set()

    def label(self, paragraph: Any, text: str) -> str:
        """What Word shows before the paragraph with that text, ``""`` for none; counts on."""
        number, level = self._place(paragraph)
        abstract = self._lists.get(number or "")
        definition = self._level(number or "", level)
        if abstract is None or definition is None:
            return ""
        if not text.strip() and (definition.kind == "bullet" or paragraph.getparent().tag != qn("w:tc")):
            return ""
        self._count(number or "", abstract, level, definition)
        typed = text.lstrip()
        if _TYPED.match(typed) and is_item(typed):
            return ""
        return self._shown(number or "", abstract, level, definition)

    def _count(self, number: str, abstract: str, level: int, definition: _Level) -> None:
        counts = self._counts[abstract]
        own = self._starts.get((number, level))
        if own is not None and (number, level) not in self._begun:
            counts.pop(level, None)
        self._begun.add((number, level))
        start = definition.start if own is None else own
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            below = self._level(number, deeper)
            if below is None or (below.restarts is not None and level <= below.restarts):
                del counts[deeper]

    def _level(self, number: str, level: int) -> _Level | None:
        """The level as the list itself defines it, else as its abstract list does."""
        return self._levels.get((f"num {number}", level)) or self._levels.get((self._lists.get(number, ""), level))

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

    def _shown(self, number: str, abstract: str, level: int, definition: _Level) -> str:
        if definition.kind == "bullet":
            return definition.pattern if definition.pattern in ("-", "+", "*", "•", "–") else "-"
        if definition.kind == "none":
            return definition.pattern if not re.search(r"%[1-9]", definition.pattern) else ""

        def part(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._level(number, at) or definition
            kind = "decimal" if definition.legal and at < level else other.kind
            return spelled(self._counts[abstract].get(at, other.start), kind)

        return re.sub(r"%([1-9])", part, definition.pattern).strip()


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


def _definitions(document: Any) -> tuple[dict[_Key, _Level], dict[str, str], dict[_Key, int], dict[str, _Key]]:
    """(abstract list or "num N", level) -> level; list -> abstract list; (list, level) -> start of its own; and the
    style that a level is linked to -> (abstract list, level)."""
    levels: dict[_Key, _Level] = {}
    lists: dict[str, str] = {}
    starts: dict[_Key, int] = {}
    linked: dict[str, _Key] = {}
    by_style: dict[str, str] = {}  # style of a list -> abstract list that defines it
    borrowed: dict[str, str] = {}  # abstract list -> style of the list that defines it
    relations = (r for r in document.part.rels.values() if not r.is_external and r.reltype.endswith("/numbering"))
    for root in (relation.target_part.element for relation in relations):
        for abstract in root.iter(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"), "")
            for lvl in abstract.iter(qn("w:lvl")):
                key = (name, _level_of(lvl))
                levels[key] = _defined(lvl)
                linked.setdefault(_value(lvl.find(qn("w:pStyle"))) or "", key)
            by_style.setdefault(_value(abstract.find(qn("w:styleLink"))) or "", name)
            borrowed[name] = _value(abstract.find(qn("w:numStyleLink"))) or ""
        for num in root.iter(qn("w:num")):
            number = num.get(qn("w:numId"), "")
            named = _value(num.find(qn("w:abstractNumId"))) or ""
            lists[number] = by_style.get(borrowed.get(named) or "-", named)
            for override in num.iter(qn("w:lvlOverride")):
                own, start = override.find(qn("w:lvl")), override.find(qn("w:startOverride"))
                if own is not None:
                    levels[f"num {number}", _level_of(override)] = _defined(own)
                if start is not None:
                    starts[number, _level_of(override)] = _start(start)
    return levels, lists, starts, linked


def _defined(lvl: Any) -> _Level:
    restart = _value(lvl.find(qn("w:lvlRestart")))
    above = _level_of(lvl) - 1 if restart is None or not restart.isdigit() else int(restart) - 1
    legal = lvl.find(qn("w:isLgl"))
    return _Level(
        _value(lvl.find(f".//{qn('w:numFmt')}")) or "decimal", _value(lvl.find(qn("w:lvlText"))) or "",
        _start(lvl.find(qn("w:start"))), above if above >= 0 else None,
        legal is not None and _value(legal) not in ("0", "false"))


def _level_of(element: Any) -> int:
    value = element.get(qn("w:ilvl"), "0")
    return int(value) if value.isdigit() and len(value) < 3 else 0


def _start(element: Any) -> int:
    value = _value(element)
    return int(value) if value and value.isdigit() and len(value) < 6 else 1


def _style_numbers(document: Any, lists: dict[str, str], linked: dict[str, _Key]) -> dict[str, _Place]:
    """The lists that paragraph styles belong to, also through the styles they are based on."""
    own: dict[str, _Place] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.get(qn("w:styleId"), "")
        bases[name] = _value(style.find(qn("w:basedOn"))) or ""
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbers is not None:
            number = _value(numbers.find(qn("w:numId")))
            abstract, level = linked.get(name, ("", 0))
            told = level if lists.get(number or "") == abstract else 0
            own[name] = (number, _level(numbers.find(qn("w:ilvl")), told))
    return {name: found for name in bases if (found := _inherited(name, own, bases)) is not None}


def _inherited(name: str, own: dict[str, _Place], bases: dict[str, str]) -> _Place | None:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = bases.get(name, "")
    return None
