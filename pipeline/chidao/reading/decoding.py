"""Bytes to clean text: UTF-8 or UTF-16, line feeds as the only line ends, NFC."""
from __future__ import annotations

import codecs
import re
import unicodedata

from chidao.errors import ReadingError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile("[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BOM = "\ufeff"


def decode(data: bytes) -> str:
    """`data` as text, without a byte order mark.

    Raises ReadingError ``undecodable`` for anything but UTF-8 and marked UTF-16.

    >>> decode("Kế hoạch".encode("utf-16"))
    'Kế hoạch'
    """
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8"
    try:
        return data.decode(encoding).removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise ReadingError("undecodable", f" (byte {error.start})") from error


def clean(text: str) -> str:
    """`text` as NFC, every kind of line end as a line feed, other control characters as blanks.

    >>> clean("Số: 5\\r\\nHà Nội")
    'Số: 5\\nHà Nội'
    """
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", _LINE_END.sub("\n", text)))
