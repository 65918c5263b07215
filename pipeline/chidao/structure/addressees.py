"""To whom a directive is addressed: Kính gửi, or the "điện:" of a dispatch."""
from __future__ import annotations

import re
from typing import NamedTuple

from chidao.grammar.folding import squeeze
from chidao.model import Span
from chidao.structure.closing import clean_name
from chidao.structure.words import any_of

LABEL = re.compile(r"K[íi]nh\s+(?:g[ửữở]i|trình|chuyển)\s*[:.]?|KÍNH\s+GỬI\s*:?")
DISPATCH = re.compile(r"(?:^|\s)(?:điện|ĐIỆN|gửi|GỬI|điện\s+gửi|ĐIỆN\s+GỬI)\s*:")
# A paragraph that begins so is the body, also where a page glued it to the last addressee.
OPENER = re.compile(
    rf"(?:{any_of('opener')}|{any_of('opening body')}[^;:.\n]{{0,90}}?{any_of('opening act')})(?!\w)")
STRONG = re.compile(rf"(?:{any_of('sure opener')}|Ngày\s+\d)(?!\w)")
_ADDRESS = re.compile(rf"\s*\(\s*(?:{any_of('address')}|Số(?: nhà)? \d)(?!\w)[^)]*\)?", re.IGNORECASE)
_ALSO = re.compile(r"Đồng\s+kính\s+gửi\s*:?\s*", re.IGNORECASE)
_BULLET = re.compile(r"[-+•*·–]\s*(?=\S)")
_INLINE = re.compile(r"(?<=[;.,:)])\s*[-+•]\s+(?=\S)")
_GLUED = re.compile(rf"(?<=[\w.])\s+(?=(?:{any_of('sure opener')}|Ngày\s+\d)\s)")
_MAX_LINES = 60


class Addressees(NamedTuple):
    names: tuple[str, ...]
    span: Span


def read_addressees(view: str, start: int, end: int) -> Addressees:
    """The addressees from just after their label; `span` ends where the body begins.

    A list with dashes gives an entry a dash; without dashes an entry ends at a semicolon.
    """
    entries: list[str] = []
    last, at, dashed, lines = start, start, False, 0
    for line in view[start:end].splitlines(keepends=True):
        words = squeeze(line.replace("|", " ")).strip(" #")
        also = _ALSO.match(words)
        words = words[also.end():] if also else words
        begin, at = at, at + len(line)
        if not words:
            continue
        lines += 1
        bulleted = _BULLET.match(words) is not None
        if not entries:
            dashed = bulleted
        elif _open_bracket(entries[-1]):
            bulleted = False
        elif not bulleted and not also and not _continues(entries[-1], words, dashed=dashed):
            break
        glued = _GLUED.search(words) if not bulleted and len(words) > 120 else None
        parts = _INLINE.split(words[:glued.start()] if glued else words)
        if entries and not bulleted and not also and _joins(entries[-1], parts[0], dashed=dashed):
            entries[-1] = f"{entries[-1]} {parts.pop(0)}"
        entries.extend(parts)
        last = begin + (line.index(words.split()[-1]) if glued else len(line.rstrip()))
        if glued:
            last = begin + view[begin:at].find(words[glued.end():].split()[0], glued.start())
            break
        if lines >= _MAX_LINES:
            break
    names = [clean_name(_ADDRESS.sub("", part)) for entry in entries for part in _split(entry, dashed=dashed)]
    return Addressees(tuple(n for n in names if len(n) > 1), Span(start, last))


def _open_bracket(entry: str) -> bool:
    return entry.count("(") > entry.count(")") and len(entry) < 300


def _continues(entry: str, words: str, *, dashed: bool) -> bool:
    """Whether a line without a dash still belongs to the list."""
    if words.startswith("(") or words[:1].islower():
        return True
    if re.match(r"(?:[IVX]+|\d+|[a-zđ])\s*[.)/]\s", words):
        return False
    closed = entry.rstrip()[-1:]
    if STRONG.match(words) or entry.rstrip().endswith(")"):
        return False
    if OPENER.match(words) and (closed in ".;:" or len(words) > 90):
        return False
    if dashed:
        return closed not in ".;" and len(words) < 160 and not words.endswith((":", "."))
    short = len(words) < 70 and not words.endswith(":")
    return (closed in ";," and len(words) < 160) or (closed not in ".:" and short)


def _joins(entry: str, words: str, *, dashed: bool) -> bool:
    lowered = words.startswith("(") or words[:1].islower()
    return dashed or lowered or _open_bracket(entry) or not entry.rstrip().endswith(";")


def _split(entry: str, *, dashed: bool) -> list[str]:
    return [entry] if dashed or "(" in entry else [p for p in entry.split(";") if p.strip()]
