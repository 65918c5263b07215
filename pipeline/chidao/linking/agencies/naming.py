"""Keys that compare names of bodies and places, whatever the punctuation, "và" or abbreviation."""
from __future__ import annotations

from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import key

UNITS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
"""Kinds of administrative units, as they stand before a place's name; the longer first."""


def words(name: str) -> tuple[str, ...]:
    """The words of a name, abbreviations of one reading written out, without "và".

    >>> words("UBND TP. Bắc Giang")
    ('ủy', 'ban', 'nhân', 'dân', 'thành', 'phố', 'bắc', 'giang')
    """
    parts = tuple(key(name).split())
    spelled: list[str] = []
    i = 0
    while i < len(parts):
        size = next((n for n in _sizes() if parts[i:i + n] in _abbreviations()), 0)
        spelled += _abbreviations()[parts[i:i + size]] if size else (parts[i],)
        i += size or 1
    return tuple(word for word in spelled if word != "và")


def joined(parts: tuple[str, ...] | list[str]) -> str:
    """The key of a name: its words without blanks, so that "LĐ-TB&XH" and "LĐTBXH" meet."""
    return "".join(parts)


def name_key(name: str) -> str:
    """The key by which a name is known.

    >>> name_key("Sở Giáo dục & Đào tạo") == name_key("Sở Giáo dục và Đào tạo")
    True
    """
    return joined(words(name))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[tuple[str, ...], tuple[str, ...]]:
    """By their words: "LĐ-TB&XH" is three."""
    table = {tuple(key(row["abbreviation"]).split()): tuple(key(row["meaning"]).split())
             for row in knowledge.rows("abbreviations")}
    return {**table, ("tp",): ("thành", "phố"), ("tx",): ("thị", "xã")}


@lru_cache(maxsize=1)
def _sizes() -> tuple[int, ...]:
    return tuple(sorted({len(short) for short in _abbreviations()}, reverse=True))
