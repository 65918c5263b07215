"""Views of Vietnamese text: `plain` keeps every offset, `key` compares names, `fold` drops accents."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKUP = dict.fromkeys(map(ord, "*~_\\\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
                                 "\u2009\u200a\u202f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf02d"), "-")
# Cyrillic letters typed for Latin ones: "BТС"
_CYRILLIC = dict(zip(map(ord, "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
                              "\u0430\u0435\u043e\u0440\u0441\u0443\u0445"), "ABEKMHOPCTYXaeopcyx", strict=True))
_LETTERS = {ord("Ð"): "Đ", ord("Ɖ"): "Đ", ord("ð"): "đ", ord("／"): "/", **_CYRILLIC}
_PLAIN = {chr(code): letter for code, letter in {**_MARKUP, **_DASHES, **_LETTERS}.items()}
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(_PLAIN))}]")

# Old tone placement (hoà, uỷ) -> new (hòa, ủy); "qu" keeps its own (quý, quỳ).
_TONE_PAIRS = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
    "oẽ": "õe", "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}
_TONE_PAIRS |= {a.upper(): b.upper() for a, b in _TONE_PAIRS.items()} | {
    a.capitalize(): b.capitalize() for a, b in _TONE_PAIRS.items()}
# Begins with sets of letters, so that the engine skips to them; which of the pairs it is, the table tells.
_OLD_TONE = re.compile(r"[oOuU][{}](?<![qQ]..)(?!\w)".format("".join(sorted({pair[1] for pair in _TONE_PAIRS}))))

_FOLD: dict[int, str] = {}
for _code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
    _base = unicodedata.normalize("NFD", chr(_code))[0]
    if _base != chr(_code):
        _FOLD[_code] = _base.lower()
_FOLD |= {ord("đ"): "d", ord("Đ"): "d", ord("Ð"): "d"} | {code: chr(code + 32) for code in range(65, 91)}


def plain(text: str) -> str:
    """`text` with markup as blanks, dashes and look-alike letters unified, tones placed the new way.

    The same length as `text` (which must be NFC), so every offset holds in both.

    >>> plain("**Uỷ ban** – ~~2771~~")
    '  Ủy ban   -   2771  '
    """
    view = _NOT_PLAIN.sub(lambda m: _PLAIN[m.group()], text)
    return _OLD_TONE.sub(lambda m: _TONE_PAIRS.get(m.group(), m.group()), view)


@lru_cache(maxsize=1)
def document_view(text: str) -> str:
    """`plain` of a whole document, for which its stages ask one after another.

    >>> document_view("Uỷ ban – 2771")
    'Ủy ban - 2771'
    """
    return plain(text)


@lru_cache(maxsize=512)  # the same few names are compared all through a document
def key(text: str) -> str:
    """A key that compares names: NFC, case and tone placement folded, only words, single blanks.

    >>> key("Uỷ ban nhân dân  Tỉnh,") == key("Ủy ban nhân dân tỉnh")
    True
    """
    return " ".join(re.findall(r"[^\W_]+", plain(unicodedata.normalize("NFC", text)).casefold()))


def fold(text: str) -> str:
    """`text` in lower case without diacritics, đ as d; the same length for NFC text.

    >>> fold("Sở Y tế Đắk Lắk")
    'so y te dak lak'
    """
    return text.translate(_FOLD)


def squeeze(text: str) -> str:
    """`text` on one line: runs of white space as one blank, ends trimmed."""
    return " ".join(text.split())
