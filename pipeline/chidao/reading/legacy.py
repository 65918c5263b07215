"""Letters of the 1990s encodings TCVN3 and VNI, as programs show them that take them for Windows-1252."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from chidao import knowledge
from chidao.grammar.syllables import accented_share, is_syllable

Encoding = Literal["tcvn3", "vni"]

_TOKEN = re.compile(r"[^\W\d_]+")
_PRINTED = re.compile(r"(?:[A-Z]{6}\+)?(?P<name>.+)")  # PDF puts six letters before the name of a font it cuts down
_ENOUGH_WORDS = 6
# Shares of syllables: right decodings of real texts have 0.97 and more, wrong ones 0.26 at most.
_RIGHT, _WRONG = 0.9, 0.5


class Font(NamedTuple):
    """How the letters of a font are encoded; `capital` fonts show small letters as capitals."""

    encoding: Encoding
    capital: bool = False


def letters(text: str, encoding: Encoding, *, capital: bool = False) -> str:
    """The letters that are meant by `text` in a font of that encoding, NFC.

    >>> letters("Céng hoµ x· héi chñ nghÜa", "tcvn3"), letters("Coäng hoøa xaõ hoäi", "vni")
    ('Cộng hoà xã hội chủ nghĩa', 'Cộng hòa xã hội')
    >>> letters("ñy ban nh©n d©n", "tcvn3", capital=True)
    'ỦY BAN NHÂN DÂN'
    """
    table, pattern = _table(encoding)
    meant = pattern.sub(lambda match: table[match.group()], text)
    return meant.upper() if capital else meant


def aligned(text: str, font: Font) -> list[str]:
    """As `letters`, one text for each character of `text`: that of a mark is empty, as its letter has it.

    >>> aligned("Coäng", Font("vni"))
    ['C', 'ộ', '', 'n', 'g']
    """
    table, pattern = _table(font.encoding)
    out = list(text)
    for match in pattern.finditer(text):
        out[match.start():match.end()] = [table[match.group()], *[""] * (len(match.group()) - 1)]
    return [letter.upper() for letter in out] if font.capital else out


def decoded(text: str, encoding: Encoding) -> str:
    """As `letters`, where the fonts are not known: small letters inside words of TCVN3 capitals become capitals.

    >>> decoded("Uû BAN NH¢N D¢N TØNH Hµ GIANG", "tcvn3"), decoded("UBND tØnh Hµ Giang", "tcvn3")
    ('UỶ BAN NHÂN DÂN TỈNH HÀ GIANG', 'UBND tỉnh Hà Giang')
    """
    meant = letters(text, encoding)
    return "\n".join(map(_raised, meant.split("\n"))) if encoding == "tcvn3" else meant


def recognise(text: str) -> Encoding | None:
    """The old encoding of a text that was taken for Windows-1252; None where it is right as it is, or unknown.

    It takes `text` as right unless few of its words with letters beyond ASCII are Vietnamese syllables and nearly
    all are in the old encoding.

    >>> recognise("QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ viÖc trång rõng"), recognise("Quyết định về trồng rừng")
    ('tcvn3', None)
    """
    before = accented_share(text)
    if before.total < _ENOUGH_WORDS or before.ratio >= _WRONG:
        return None
    shares = {encoding: accented_share(letters(text, encoding)) for encoding in ("tcvn3", "vni")}
    best: Encoding = "tcvn3" if shares["tcvn3"].ratio >= shares["vni"].ratio else "vni"
    other: Encoding = "vni" if best == "tcvn3" else "tcvn3"
    sure = shares[best].right >= _ENOUGH_WORDS and shares[best].ratio >= _RIGHT and shares[other].ratio < _WRONG
    return best if sure else None


@lru_cache(maxsize=256)
def font_encoding(name: str) -> Font | None:
    """The old encoding that a font's name tells of; None for other fonts.

    >>> font_encoding(".VnTimeH"), font_encoding("ABCDEF+VNI-Times"), font_encoding("Times New Roman")
    (Font(encoding='tcvn3', capital=True), Font(encoding='vni', capital=False), None)
    """
    match = _PRINTED.fullmatch(name.strip())
    bare = match["name"].lower() if match else ""
    for row in knowledge.rows("legacy_fonts"):
        if bare.startswith(row["prefix"].lower()):
            encoding: Encoding = "tcvn3" if row["encoding"] == "tcvn3" else "vni"
            return Font(encoding, encoding == "tcvn3" and _is_capital(match["name"] if match else ""))
    return None


def _is_capital(name: str) -> bool:
    """Whether the family name, before its style (``.VnTimeH,Bold``), ends with a capital H."""
    return re.split(r"[,\s-]", name, maxsplit=1)[0].endswith("H")


@lru_cache(maxsize=2)
def _table(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """Codes to letters; longest first, as VNI writes a vowel and then its mark."""
    table = {"".join(chr(int(code, 16)) for code in row["codes"].split()): row["letter"]
             for row in knowledge.rows("legacy_letters") if row["encoding"] == encoding}
    if encoding == "vni":  # small marks after a capital: "Aù" beside "AÙ"
        table |= {codes[0] + codes[1].lower(): letter for codes, letter in table.items() if len(codes) == 2}
    return table, re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


def _raised(line: str) -> str:
    """`line` with all letters of its words in capitals as capitals, TCVN3 having none with tones."""
    words = list(_TOKEN.finditer(line))
    told = [_told(word.group()) for word in words]
    near = [known if is_syllable(word.group()) else None for word, known in zip(words, told, strict=True)]
    out, at = [], 0
    for i, word in enumerate(words):
        known = told[i]
        capitals = _beside(near, i) if known is None else known
        out += [line[at:word.start()], word.group().upper() if capitals else word.group()]
        at = word.end()
    return "".join([*out, line[at:]])


def _told(word: str) -> bool | None:
    """Whether the word is in capitals; None where its ASCII letters and those that TCVN3 can raise leave it open."""
    sure = [letter for letter in word if letter.isascii() or letter.lower() in "ăâêôơưđ"]
    if any(letter.islower() for letter in sure):
        return False
    if len(sure) > 1 or (sure and not word.startswith(sure[0])):
        return True
    return None


def _beside(told: list[bool | None], i: int) -> bool:
    """Words that leave it open, "Uû" and "Hµ", go with the nearest ones on both sides; abbreviations don't tell."""
    before = next((known for known in reversed(told[:i]) if known is not None), None)
    after = next((known for known in told[i + 1:] if known is not None), None)
    near = [known for known in (before, after) if known is not None]
    return bool(near) and all(near)
