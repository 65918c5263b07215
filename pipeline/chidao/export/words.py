"""Words of a directive as an office puts them into a cell: on one line, without markup or control characters."""
from __future__ import annotations

import re

# Characters that XML, and so every office format, can't hold; direction marks could hide words.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
                      "\u202a-\u202e\u2066-\u2069]")
_EMPHASIS = re.compile(r"(\*{1,3}|~~|__)(?=\S)(.+?)(?<=\S)\1")
_LOST_MARKS = re.compile(r"\*\*+|~~+")


def readable(text: str) -> str:
    r"""`text` on one line, its markup taken off; a character that no office format holds becomes ``\ufffd``.

    >>> readable("**Sở Y tế**  chủ trì,\nphối hợp \x02(*) ~~Công an~~")
    'Sở Y tế chủ trì, phối hợp �(*) Công an'
    """
    shown = _LOST_MARKS.sub("", _EMPHASIS.sub(r"\2", legal(text)))
    return " ".join(shown.split())


def legal(text: str) -> str:
    r"""`text` with each character that no office format holds shown as ``\ufffd``."""
    return _ILLEGAL.sub("\ufffd", text)


def could_compute(text: str) -> bool:
    """Whether a spreadsheet would take `text` for a formula.

    >>> could_compute("=1+1"), could_compute("-5% hộ nghèo"), could_compute("Giảm 5%")
    (True, True, False)
    """
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))
