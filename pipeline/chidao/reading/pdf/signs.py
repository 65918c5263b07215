"""Signs that the words of a page are not as they are seen; looked for on every page, so each word is judged once."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from chidao.grammar.syllables import accented_share, is_initial, is_syllable
from chidao.reading.legacy import letters
from chidao.reading.printed.words import Word

Sign = Literal["old", "marks", "doubled", "private", "torn"]

# Marks that found no letter, and what stands for marks between letters.
_MARKS = re.compile("[\u0300-\u036f]|(?:(?<=[^\\W\\d_])|(?=.[^\\W\\d_]))[`\u00b4\u02c6\u02d8\u02dc]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_OLD = re.compile("[\u00a1-\u00ff]")
_LATIN = re.compile("[a-zA-Z]")
_TWICE = re.compile(r"(?:([^\W\d_])\1){2,}")
_CONSONANTS = re.compile("[B-DF-HJ-NP-TV-XZĐ]+")
_LONG, _SOME = 5, 3  # letters of a word, and how many such words stand twice at one place


def find_signs(words: Sequence[Word]) -> frozenset[Sign]:
    """What may be wrong with the words of a page; nothing for nearly all pages.

    >>> def line(text): return [Word(word, 9 * i, 0, 9 * i + 8, 10, 0) for i, word in enumerate(text.split())]
    >>> find_signs(line("Quyết định số 5/QĐ-UBND")), sorted(find_signs(line("Đ iều 1. c«ng t¸c")))
    (frozenset(), ['old', 'torn'])
    """
    counts = Counter(map(itemgetter(0), words))
    signs = set(map(_sign, counts))
    repeated = {text for text, count in counts.items() if count > 1 and len(text) >= _LONG}
    places = [word[1:3] for word in words if word[0] in repeated]
    if len(set(places)) + _SOME <= len(places):
        signs.add("doubled")
    return frozenset(sign for sign in signs if sign)


def is_fragment(text: str) -> bool:
    """Whether `text` is letters that are no Vietnamese syllable and no abbreviation: "ĐIỀ", "ng", "Q".

    >>> [is_fragment(text) for text in ("ĐIỀ", "ng", "NG", "Q", "U", "UBND", "HĐND", "5")]
    [True, True, True, True, False, False, False, False]
    """
    if not text.isalpha() or is_syllable(text):
        return False
    return is_initial(text) or not (text.isupper() and (text.isascii() or _CONSONANTS.fullmatch(text)))


@lru_cache(maxsize=20_000)
def _sign(text: str) -> Sign | None:
    if _PRIVATE.search(text):
        return "private"
    if _MARKS.search(text):
        return "marks"
    if _TWICE.fullmatch(text):
        return "doubled"
    if not text.isascii() and _OLD.search(text) and _LATIN.search(text) and _is_old(text):
        return "old"
    return "torn" if is_fragment(text) else None


def _is_old(text: str) -> bool:
    before = accented_share(text)
    return before.right < before.total and any(
        after.right == after.total > 0 for after in (accented_share(letters(text, "tcvn3")),
                                                     accented_share(letters(text, "vni"))))
