"""Documents that a query names: by number in any form (``38/NQ-CP``, ``NQ38/CP``), by type and serial (``nq 38``)."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold
from chidao.grammar.numbers import parse_number
from chidao.model import Span
from chidao.storage.words import find_numbers

# Types whose abbreviation the number does not show; 4736/BGDĐT-CTHSSV is a Công văn.
_UNMARKED = frozenset({"Công văn", "Luật", "Bộ luật", "Pháp lệnh"})
_PARTY = ("tw", "tu")
_SERIAL = r"(?P<serial>\d{1,6}[a-z]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
_TAIL = r"(?:\s?[/-]\s?(?P<tail>[a-z]{1,12}(?:\s?[/&-]\s?[a-z\d]{1,14})*))?"


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """A document that the query names: `label` as people write it; `patterns` of the keys of its number (GLOB)."""

    label: str
    patterns: tuple[str, ...]
    span: Span


def find_documents(text: str) -> tuple[DocumentAsked, ...]:
    """Documents named in the query `text`, in order.

    >>> [(d.label, d.patterns) for d in find_documents("nq 38 và công văn 11306/VPCP-NN")]
    [('Nghị quyết 38', ('38nq*', '38[12][09][0-9][0-9]nq*')), ('11306/VPCP-NN', ('11306vpcpnn*',))]
    """
    view = fold(text)
    found = [_typed(m) for m in _pattern().finditer(view)]
    taken = [asked.span for asked in found]
    for start, end, key in find_numbers(view):
        if not any(start < span.end and span.start < end for span in taken):
            found.append(DocumentAsked(_label(text[start:end]), (f"{key}*",), Span(start, end)))
    return tuple(sorted(found, key=lambda asked: asked.span))


def _typed(m: re.Match[str]) -> DocumentAsked:
    """A type and what follows it: ``nq 38``, ``nghị định 24/2019``, ``NQ38/CP``, ``nghị quyết số 60-NQ/TW``."""
    type_, abbreviation = _types()[" ".join(m["type"].split())]
    serial, year, tail = m["serial"], m["year"] or "", re.sub(r"[^a-z\d]", "", m["tail"] or "")
    marked = fold(abbreviation)
    if tail and type_ not in _UNMARKED and not _holds_type(tail, marked):
        tail = marked + tail
    label = _label(re.sub(r"\s+", "", m.string[m.start("serial"):m.end()])) if tail else None
    if label and marked and tail.startswith(marked) and not _holds_type(re.sub(r"[^a-z\d]", "", m["tail"]), marked):
        party = m["tail"] in _PARTY and not year
        label = _label(f"{serial}{'-' if party else '/'}{year + '/' if year else ''}{abbreviation}"
                       f"{'/' if party else '-'}{m['tail'].upper()}")
    if tail:
        return DocumentAsked(label or "", (f"{serial}{year}{tail}*",), Span(*m.span()))
    stem = "[a-z]" if type_ in _UNMARKED else marked
    patterns = (f"{serial}{year}{stem}*",) if year else (f"{serial}{stem}*", f"{serial}[12][09][0-9][0-9]{stem}*")
    return DocumentAsked(f"{type_} {serial}{'/' + year if year else ''}", patterns, Span(*m.span()))


def _holds_type(tail: str, marked: str) -> bool:
    return bool(marked) and tail.startswith(marked)


def _label(raw: str) -> str:
    """The number as it should be printed, where it is one of the usual forms."""
    parsed = parse_number(raw.upper().replace("TTG", "TTg"))
    return parsed.number if parsed else raw


@lru_cache(maxsize=1)
def _types() -> dict[str, tuple[str, str]]:
    """Folded names and abbreviations of types -> type and abbreviation."""
    rows = [row for row in knowledge.rows("document_types") if row["abbr"] or row["type"] in _UNMARKED]
    by_name = {fold(row["type"]): (row["type"], row["abbr"]) for row in reversed(rows)}
    by_abbreviation = {fold(row["abbr"]): (row["type"], row["abbr"]) for row in reversed(rows) if len(row["abbr"]) > 1}
    return by_abbreviation | by_name


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    choice = "|".join(re.sub(" ", r"\\s+", name) for name in sorted(_types(), key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?P<type>{choice})\s*(?:so\s*)?[:.]?\s*(?<!\d){_SERIAL}{_TAIL}(?![\w/])")
