"""Which texts are one directive: its DOCX and its PDF are, two plans that claim one number are not."""
from __future__ import annotations

from collections import Counter

from chidao.grammar.folding import fold, key

SAME_TEXT = 0.9
# Best first: a word processor's file has lost nothing, a PDF keeps tables and pages, plain text neither.
_FORMATS = ("docx", "odt", "rtf", "doc", "html", "pdf", "markdown", "text")


def likeness(a: str, b: str) -> float:
    """Share of the words that two texts have in common, from 0 to 1, whatever their order.

    >>> likeness("Giao Sở Y tế", "GIAO SỞ Y TẾ"), likeness("Giao Sở Y tế", "Giao Sở Y tế chủ trì")
    (1.0, 0.6666666666666666)
    """
    first, second = Counter(fold(key(a)).split()), Counter(fold(key(b)).split())
    union = (first | second).total()
    return (first & second).total() / union if union else 1.0


def is_rendition(a: str, a_format: str, b: str, b_format: str) -> bool:
    """Whether two texts with the same id are one directive: the same words, or nearly so in another format.

    Two files of one format that differ are two editions, however little they differ: a changed day counts.
    """
    alike = likeness(a, b)
    return alike == 1.0 or (a_format != b_format and alike >= SAME_TEXT)


def rank(format: str, sha256: str) -> tuple[int, str]:
    """Sorts renditions, the preferred one first."""
    return (_FORMATS.index(format) if format in _FORMATS else len(_FORMATS), sha256)
