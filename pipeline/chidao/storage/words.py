"""Comparable forms that are stored beside the words: keys of numbers, text for searching, ids of open nodes."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chidao.grammar.abbreviations import written_out
from chidao.grammar.folding import fold, key, plain
from chidao.grammar.terms import terms

# In folded text: digits, then groups after / or - of which one has letters; blanks only around the slash.
_NUMBER = re.compile(r"(?<![\w/-])\d+[a-z]?(?:(?:\s?/\s?|-)[^\W_]+(?:&[^\W_]+)*)+(?!\w)")
_NOT_WORD = re.compile(r"[\W_]+")


def comparable(text: str) -> str:
    """`text` as it is searched with diacritics: NFC, no markup, tones the new way.

    >>> comparable("**Uỷ ban** nhân dân").strip()
    'Ủy ban   nhân dân'
    """
    return plain(unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """`text` as it is searched without diacritics; the same length as `comparable(text)`.

    >>> folded("tiêm vắc-xin ở Đắk Lắk")
    'tiem vac-xin o dak lak'
    """
    return fold(comparable(text))


def number_key(number: str | None) -> str | None:
    """One term for a document's number, whatever its hyphens, blanks and diacritics.

    >>> number_key("1102/CĐ-TTg"), number_key("1102/CD-TTg"), number_key("7/CĐ-TTg"), number_key(None)
    ('1102cdttg', '1102cdttg', '07cdttg', None)
    """
    return _term(folded(number)) or None if number else None


def find_numbers(folded_text: str) -> list[tuple[int, int, str]]:
    """Document numbers in folded text: start, end, key. Dates and fractions have no letters and are none.

    >>> find_numbers("theo nq 38/nq-cp ngay 17/3/2022, 62-cv/bcsd")
    [(8, 16, '38nqcp'), (33, 43, '62cvbcsd')]
    """
    return [
        (m.start(), m.end(), _term(m.group()))
        for m in _NUMBER.finditer(folded_text) if re.search(r"[^\W\d_]", m.group())
    ]


def _term(folded_number: str) -> str:
    """The number without marks; below ten with the nought that the rules of clerical work ask for."""
    return _NOT_WORD.sub("", re.sub(r"^(?=\d(?!\d))", "0", folded_number))


def slug(text: str) -> str:
    """`text` in lower-case letters and digits joined by hyphens.

    >>> slug("Luật Bảo vệ môi trường 2020")
    'luat-bao-ve-moi-truong-2020'
    """
    return _NOT_WORD.sub("-", fold(key(text))).strip("-")


@lru_cache(maxsize=512)  # two tables and the counts of a directive ask for the same words, each unit for its headings
def search_terms(text: str) -> str:
    """What full text keeps of `text`: its syllables and pairs of neighbours, abbreviations written out.

    >>> search_terms("UBND xã")
    'ủy ban nhân dân xã ủy_ban ban_nhân nhân_dân dân_xã'
    """
    return " ".join(terms(written_out(text)))


@lru_cache(maxsize=512)
def folded_terms(text: str) -> str:
    """The same without diacritics.

    >>> folded_terms("Đắk Lắk")
    'dak lak dak_lak'
    """
    return fold(search_terms(text))
