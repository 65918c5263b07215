"""Numbers of documents: ``30/2020/NĐ-CP``, ``38/NQ-CP``, ``62-CV/BCSĐ``, ``2771/UBND-KGVX``, ``15/2020/QH14``."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold, plain

# Blanks (and a broken line, after the mark) may stand beside a slash or hyphen: "26/2020/NĐ- CP", "22 /KH-UBND".
_WORD = r"(?:[A-ZĐƯÂÊÔ]{1,24}[a-zđ]{0,2}){1,4}\d{0,4}"
_PARTED = rf"(?:V\.I{{1,3}}(?!\w)|{_WORD}(?:[ \n]?&[ \n]?{_WORD})*)"  # "VPCP-V.I": a department by its number
# Begins with a digit set, so that the engine skips to digits; no part of a word, date or decimal, but "số42/2022".
_SERIAL = (r"[0-9](?:(?<![\w/.,-][0-9])(?<!\d[:./-][0-9])(?<!\d[./-] [0-9])|(?<=[Ss]ố[0-9]))"
           r"\d{0,5}(?:\.\d{1,2}(?=/))?[a-zđ]?")
_YEAR = r"(?:19|20)\d\d"
_HYPHEN = r"(?: ?-[ \n]?(?=[A-ZĐ]{2}|[A-ZĐ][a-z]?[A-ZĐ]|[A-ZĐ]\d?(?!\w)))"
_TERM = r"(?:QH|UBTVQH|QD|OH)\d{0,4}"
_SYMBOL = rf"{_PARTED}(?:{_HYPHEN}{_PARTED}|/{_PARTED})*"
_NORMATIVE = rf"/[ \n]?{_YEAR}(?: ?/[ \n]?|-?(?=[A-ZĐ]{{1,4}}-)){_SYMBOL}"
_RESOLUTION = rf"-NQ/{_YEAR}/QH\d\d|-{_YEAR}/NQ-CP"  # spellings of their own: 30-NQ/2026/QH16, 19-2017/NQ-CP
_PARTY = rf"-(?: ?-)?[ \n]?{_WORD} {{0,3}}/[ \n]?{_PARTED}(?:-{_PARTED}|/{_PARTED})*"
_ADMINISTRATIVE = rf"/[ \n]?{_SYMBOL}"

NUMBER = rf"{_SERIAL} {{0,3}}(?=[/-])(?:{_NORMATIVE}|{_RESOLUTION}|{_PARTY}|{_ADMINISTRATIVE})(?:(?!\w)|(?=của(?!\w)))"
"""Finds numbers in text that went through ``folding.plain``; what it finds, `parse_number` judges."""

_FORM = re.compile(
    rf"(?P<serial>\d{{1,6}}(?:\.\d{{1,2}})?[a-zđ]?)(?:[/-](?P<year>{_YEAR})(?=/))?(?P<mark>[/-])"
    rf"(?P<symbol>{_PARTED}(?:[/-]{_PARTED})*[/-]?)")
_YEAR_RUN_ON = re.compile(rf"(/{_YEAR})-?(?=[A-ZĐ]{{1,4}}-)")
_ODD_RESOLUTION = re.compile(rf"-NQ(/{_YEAR}/QH)")
_PARTS = re.compile(r"([/-])")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document (số, ký hiệu), repaired, and what it alone tells.

    `type` and `issuer` are None where the symbol leaves them open: ``12/2021/QH15`` may be a law or a
    resolution, ``25/KH-UBND`` comes from any of the people's committees.
    """

    number: str
    symbol: str
    type: str | None
    issuer: str | None
    year: int | None
    party: bool


@lru_cache(maxsize=512)
def parse_number(raw: str) -> DocumentNumber | None:
    """Reads one number, mending lost hyphens, lost đ and stray blanks; None when `raw` is none.

    >>> parse_number("11/NQCP").number
    '11/NQ-CP'
    >>> parse_number("1102/CD - TTg")
    DocumentNumber(number='1102/CĐ-TTg', symbol='CĐ-TTg', type='Công điện', issuer='Thủ tướng Chính phủ', \
year=None, party=False)
    >>> parse_number("24/24") is None
    True
    """
    compact = _YEAR_RUN_ON.sub(r"\1/", _ODD_RESOLUTION.sub(r"\1", _compact(raw)))
    m = _FORM.fullmatch(compact)
    if not m:
        return None
    parts = _repaired(_PARTS.split(m["symbol"].rstrip("-/")))
    symbol = "".join(parts)
    words = parts[::2]
    party = m["mark"] == "-" and not m["year"] and len(words) > 1 and words[0] not in ("L", "LCT", "PL", "SL")
    year = int(m["year"]) if m["year"] else None
    head = compact[:m.end("year")] if year else m["serial"]
    mark = "/" if year else m["mark"]
    return DocumentNumber(f"{head}{mark}{symbol}", symbol, _type(words, m["mark"]), _issuer(words), year, party)


def _compact(raw: str) -> str:
    """Without blanks, and a hyphen that a broken line doubled: "29- -NQ/TW"."""
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "", plain(raw)))


def type_of_symbol(symbol: str) -> str | None:
    """The type that a symbol such as ``QĐ-UBND`` or ``KL/TU`` names; "Công văn" for ``UBND-KGVX``.

    >>> type_of_symbol("TTr-SYT"), type_of_symbol("UBND-KGVX"), type_of_symbol("QH15")
    ('Tờ trình', 'Công văn', None)
    """
    parts = _PARTS.split(symbol)
    return _type(parts[::2], "-" if "/" in parts else "/")


def _repaired(parts: list[str]) -> list[str]:
    words = [_mended_body(w, i) for i, w in enumerate(parts[::2])]
    if len(words) == 1:
        if re.fullmatch(r"(?:QD|OH)\d\d", words[0]):
            return ["QH" + words[0][2:]]
        words = _unglued(words[0])
        return [words[0], "-", words[1]] if len(words) == 2 else words
    words[0] = _mended_type(words[0])
    return [w for pair in zip(words, [*parts[1::2], ""], strict=True) for w in pair][:-1]


def _unglued(word: str) -> list[str]:
    """Parts ``NQCP``, ``TTBKHĐT`` where the hyphen was lost; type and body must both be known."""
    if word in _bodies().values():
        return [word]
    for at in range(len(word) - 2, 1, -1):
        head, body = _mended_type(word[:at]), _mended_body(word[at:], 1)
        if head in _abbreviations() and body in _bodies().values() and body not in ("CT", "VP", "HĐ", "UB"):
            return [head, body]
    return [word]


def _mended_type(word: str) -> str:
    return word if word in _abbreviations() else _folded_abbreviations().get(fold(word), word)


def _mended_body(word: str, place: int) -> str:
    if place == 0 and word in _abbreviations():
        return word
    core = word.rstrip("0123456789")
    return _bodies().get(fold(core), core) + word[len(core):] if core.isascii() else word


def _type(words: list[str], mark: str) -> str | None:
    first = words[0]
    if re.fullmatch(_TERM, first):
        return None
    if first in ("L", "LCT") and len(words) > 1 and words[1] == "CTN":
        return "Lệnh"
    if len(words) > 1 and mark == "/" and words[1] in _units() and first in _bodies().values():
        return "Công văn"
    if first in _abbreviations():
        return _abbreviations()[first]
    return "Công văn" if len(words) > 1 else None


def _issuer(words: list[str]) -> str | None:
    joint = _joint(words)
    if joint:
        return f"{', '.join(joint[:-1])} và {joint[-1]}"
    found = words[0] if len(words) == 1 or words[0] not in _abbreviations() else words[1]
    if len(words) > 2 and words[0] in ("TTLT", "NQLT"):
        return None
    return _body_named(found)


def joint_issuers(symbol: str) -> tuple[str, ...]:
    """The bodies that issue a document together, as its symbol names them; () where it names one or an unknown one.

    >>> joint_issuers("TTLT-BYT-BTC"), joint_issuers("QĐ-BYT")
    (('Bộ Y tế', 'Bộ Tài chính'), ())
    """
    return _joint(_PARTS.split(symbol)[::2])


def _joint(words: list[str]) -> tuple[str, ...]:
    if len(words) < 3 or words[0] not in _abbreviations():
        return ()
    named = tuple(_body_named(word) for word in words[1:])
    return tuple(name for name in named if name) if all(named) else ()


def _body_named(word: str) -> str | None:
    return _issuers().get(word) or _issuers().get(word.rstrip("0123456789"))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    """Abbreviation of a type -> type."""
    printed = {row["abbr"]: row["type"] for row in reversed(knowledge.rows("document_types")) if row["abbr"]}
    return {row["abbr"]: row["type"] for row in knowledge.rows("symbol_types")} | printed


@lru_cache(maxsize=1)
def _folded_abbreviations() -> dict[str, str]:
    """Lost diacritics and case of a type; what would be another type (HD, DA) stays as printed."""
    found = {fold(abbr): abbr for abbr in _abbreviations()}
    return {folded: abbr for folded, abbr in found.items() if folded not in ("hd", "da")}


@lru_cache(maxsize=1)
def _issuers() -> dict[str, str]:
    return {row["symbol"]: row["issuer"] for row in knowledge.rows("issuer_symbols") if row["issuer"]}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    """Folded symbol of a body -> symbol as it should stand; rows higher up win."""
    rows = [row["symbol"] for row in knowledge.rows("issuer_symbols") if row["kind"] != "unit"]
    return {fold(symbol): symbol for symbol in reversed(rows) if symbol != "TƯ"}


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(row["symbol"] for row in knowledge.rows("issuer_symbols") if row["kind"] == "unit")
