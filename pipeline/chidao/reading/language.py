"""Whether a text is Vietnamese, with or without diacritics."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter

from chidao.grammar.folding import fold

_WORD = re.compile(r"[^\W\d_]+")
# The syllables that Vietnamese spelling allows, without diacritics: initial, rime, final.
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?:[ieuoa]?[aeiouy]{1,2})(?:ng|nh|ch|[cmnptiuoy])?")
# The five tones, the circumflex, the breve, the horn, and the letter đ.
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031bđ")
# Letters beyond ASCII that Vietnamese lacks, many in texts of the old encodings (TCVN3) that pass as Unicode.
_FOREIGN = re.compile(r"[^a-z\u0300-\u0323\u031bàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]")
_SAMPLE = 20_000
_FEW_WORDS = 12


def is_vietnamese(text: str) -> bool:
    """Whether enough words have Vietnamese letters or, in unaccented text, Vietnamese syllables.

    A text of a few words passes: too little to tell by.

    >>> is_vietnamese("Kế hoạch phòng, chống dịch trên địa bàn tỉnh"), is_vietnamese("Ke hoach phong chong dich")
    (True, True)
    """
    counts: Counter[str] = Counter()
    for piece, times in Counter(_sample(text).lower().split()).items():
        for word in _WORD.findall(piece):
            counts[word] += times
    total = counts.total()
    if total < _FEW_WORDS:
        return True
    others = [(w, n) for w, n in counts.items() if not w.isascii()]
    foreign = sum(n for w, n in others if _FOREIGN.search(w))
    accented = 0
    for word, times in others:
        accented += times if _is_accented(word) else 0
        if accented >= 0.1 * total and accented >= 2 * foreign:
            return True
    if accented >= 0.1 * total:
        return False
    return sum(n for w, n in counts.items() if _SYLLABLE.fullmatch(w)) >= 0.75 * total


def _sample(text: str) -> str:
    """The text, or its beginning, middle and end where it is long."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle:middle + _SAMPLE], text[-_SAMPLE:]))


def _is_accented(word: str) -> bool:
    """A Vietnamese syllable with a mark of its spelling; French or Czech words are mostly no such syllables."""
    folded = fold(word)
    if folded == word or _SYLLABLE.fullmatch(folded) is None:
        return False
    return not _MARKS.isdisjoint(unicodedata.normalize("NFD", word))
