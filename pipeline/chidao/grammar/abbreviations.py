"""Abbreviations of one reading, written out so that what is searched and what is asked meet."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold

# Letters that an abbreviation may stand between; & and - join its parts (GD&ĐT, KT-XH).
_PARTS = r"(?:\s?&\s?[^\W\d_]+|[-,.][^\W\d_]+)*"
_TYPED = re.compile(rf"[^\W\d_]+{_PARTS}")
_PRINTED = re.compile(rf"(?<!\w)[A-ZĐƯ]{{2}}[^\W\d_]*{_PARTS}")
_VOWELS = frozenset("aeiouy")


def written_out(text: str, *, typed: bool = False) -> str:
    """`text` with its abbreviations in full; with `typed` those in small letters and without diacritics, too.

    >>> written_out("UBND tỉnh chi trả BHYT; Sở GD&ĐT")
    'Ủy ban nhân dân tỉnh chi trả bảo hiểm y tế; Sở Giáo dục và Đào tạo'
    >>> written_out("ubnd, so gd&dt", typed=True), written_out("nước mắm, ban bí thư", typed=True)
    ('Ủy ban nhân dân, so Giáo dục và Đào tạo', 'nước mắm, ban bí thư')
    """
    return (_TYPED if typed else _PRINTED).sub(_full, text)


def _full(m: re.Match[str]) -> str:
    word = m.group()
    if word.islower() or not word[:2].isupper():  # typed small: only what is no syllable
        return _typed().get(_bare(word), word)
    found = _printed().get(word) or _printed().get(word.replace(" ", "")) or _typed().get(_bare(word))
    if found or not re.search("[-,.]", word):
        return found or word
    return re.sub(r"[^\W\d_]+", lambda part: _printed().get(part.group(), part.group()), word)


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", fold(word))


@lru_cache(maxsize=1)
def _printed() -> dict[str, str]:
    return {row["abbreviation"]: row["meaning"]
            for table in ("search_abbreviations", "abbreviations") for row in knowledge.rows(table)}


@lru_cache(maxsize=1)
def _typed() -> dict[str, str]:
    """Those that no syllable of Vietnamese is spelt like: three letters or more and no vowel, or four letters."""
    readings: dict[str, set[str]] = {}
    for abbreviation, meaning in _printed().items():
        readings.setdefault(_bare(abbreviation), set()).add(meaning)
    return {bare: next(iter(meanings)) for bare, meanings in readings.items()
            if len(meanings) == 1 and len(bare) >= 3 and not (_VOWELS & set(bare) and len(bare) < 4)}
