"""Bytes to clean text: Unicode, Windows-1258, TCVN3 or VNI, told by content; line feeds as the only line ends, NFC."""
from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from chidao.errors import ReadingError
from chidao.grammar.syllables import accented_share
from chidao.reading.legacy import decoded, recognise

_MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
           codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_LINE_END = re.compile("[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Letters that Vietnamese has and Windows-1252 lacks: a text with them was not taken for Windows-1252.
_VIETNAMESE = re.compile("[\u0300-\u0323ăđĩũơưĂĐĨŨƠƯạ-ỹẠ-Ỹ]")
# What is left of letters that a program could not write: "t?nh", "Ngh? quy?t".
_LOST = re.compile(r"[^\W\d_]\?(?=[^\W\d_])")
_SAMPLE = 60_000
_MANY_NULS, _FEW_NULS = 0.2, 0.02
_RIGHT, _ENOUGH_WORDS = 0.9, 6
_FEW_LOST = 0.01  # of the words


class Decoded(NamedTuple):
    """Text and the name of its encoding; `shown` is what a program shows that takes an old one for Windows-1252."""

    text: str
    encoding: str
    shown: str | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """``encoding: tcvn3``, where the encoding was told by the words alone."""
        return () if self.encoding.startswith("utf") else (f"encoding: {self.encoding}",)


def decode(data: bytes) -> Decoded:
    """`data` as text, without a byte order mark.

    Bytes that are no UTF-8 are taken for an old encoding where nine in ten of the words with accents come out as
    Vietnamese syllables in that one and in no other. Raises ReadingError ``undecodable`` for all else: a wrong
    decoding is worse than none.

    >>> decode("Kế hoạch".encode("utf-16")).text
    'Kế hoạch'
    >>> decode("QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ viÖc trång rõng".encode("cp1252"))[:2]
    ('Quyết định của Uỷ ban nhân dân tỉnh về việc trồng rừng', 'tcvn3')
    """
    for mark, encoding in _MARKED.items():
        if data.startswith(mark):
            return _unicode(data, encoding)
    wide = wide_encoding(data)
    if wide:
        return _unicode(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        for found in (*_windows_1258(data), *_old(data)):
            return found
        raise ReadingError("undecodable", f" (byte {error.start})") from error
    return _shown_letters(text) or Decoded(text, "utf-8")


def wide_encoding(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where every other byte of many is 0, as in UTF-16 without a mark.

    >>> wide_encoding("Số: 5".encode("utf-16-be")), wide_encoding(b"\\0" * 20)
    ('utf-16-be', None)
    """
    head = data[:65536]
    odd, even = head[1::2].count(0), head[::2].count(0)
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > _MANY_NULS * len(head) and low <= _FEW_NULS * len(head):
            return name
    return None


def has_new_letters(text: str) -> bool:
    """Whether `text` has Vietnamese letters that no old encoding shows as.

    >>> has_new_letters("Kế hoạch"), has_new_letters("KÕ ho¹ch")
    (True, False)
    """
    return _VIETNAMESE.search(text) is not None


def clean(text: str) -> str:
    """`text` as NFC, every kind of line end as a line feed, other control characters as blanks.

    >>> clean("Số: 5\\r\\nHà Nội")
    'Số: 5\\nHà Nội'
    """
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", _LINE_END.sub("\n", text)))


def _unicode(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        raise ReadingError("undecodable", f" (byte {error.start})") from error


def _shown_letters(text: str) -> Decoded | None:
    """Letters of TCVN3 or VNI that were copied into a Unicode text as Windows-1252 shows them."""
    if text.isascii() or has_new_letters(text[:_SAMPLE]):
        return None
    encoding = recognise(text[:_SAMPLE])
    return Decoded(decoded(text, encoding), encoding, text) if encoding else None


def _windows_1258(data: bytes) -> Iterator[Decoded]:
    """Windows-1258 writes a vowel and then its tone."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return
    share = accented_share(text[:_SAMPLE])
    if share.right >= _ENOUGH_WORDS and share.ratio >= _RIGHT and not _is_lossy(text):
        yield Decoded(text, "windows-1258")


def _old(data: bytes) -> Iterator[Decoded]:
    try:
        shown = data.decode("cp1252")
    except UnicodeDecodeError:
        return
    encoding = recognise(shown[:_SAMPLE])
    if encoding and not _is_lossy(shown):
        yield Decoded(decoded(shown, encoding), encoding, shown)


def _is_lossy(text: str) -> bool:
    return len(_LOST.findall(text)) > _FEW_LOST * len(text.split())
