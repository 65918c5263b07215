"""Words that a page's kerning drove apart, joined again: B Ộ Y TẾ, Qu ả ng Ngãi."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
# Nuclei that stand open or take a final, that need a final, and that end in a glide.
_RHYME = (r"(?:(?:a|e|ê|i|o|ô|ơ|u|ư|y|oa|oe|uê|uy|uơ)(?:ch|ng|nh|[cmnpt])?"
          r"|(?:ă|â|iê|yê|uô|ươ|oă|uâ|uyê|oo)(?:ch|ng|nh|[cmnpt])"
          r"|ia|ua|ưa|uya|ai|ao|au|ay|âu|ây|eo|êu|iu|iêu|yêu|oai|oao|oay|oeo|oi|ôi|ơi|ui|ưi|ưu|uôi|ươi|ươu|uây|uyu|uôu)")
_SYLLABLE = re.compile(_ONSET + _RHYME)
_FRAGMENT = re.compile(r"(?:[bcdđghklmnpqrstvx]|ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr)", re.IGNORECASE)
_TRAILING = re.compile(r"[,;.:)\]”\"]+$")
_VOWELS = frozenset("aeiouyăâêôơư")
_LONGEST = 5
_BROKEN = 10
# A lone vowel that is no word may end the syllable before it: "mư a".
_LONE = 2
_WORDS_OF_A_LETTER = frozenset("yýôởàáơồừế")


def mend_spacing(text: str) -> str:
    """`text` with its broken syllables joined; unbroken text is only put on one line.

    >>> mend_spacing("B Ộ LAO ĐỘNG V À X Ã HỘI"), mend_spacing("ngân sách trung ươ n g"), mend_spacing("Đặ ng Văn Út")
    ('BỘ LAO ĐỘNG VÀ XÃ HỘI', 'ngân sách trung ương', 'Đặng Văn Út')
    >>> mend_spacing("nhóm B, C năm 2024")
    'nhóm B, C năm 2024'
    """
    parts = text.split()
    if not any(_cost(part) for part in parts):
        return " ".join(parts)
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(parts) + 1):
        options = []
        for start in range(max(0, end - _LONGEST), end):
            word = "".join(parts[start:end])
            if end - start > 1 and not _joins(parts[start:end], word):
                continue
            cost = _cost(word) if end - start == 1 else end - start - 1
            options.append((best[start][0] + cost, [*best[start][1], word]))
        best.append(min(options, key=lambda option: option[0]))
    return " ".join(best[-1][1])


def _joins(parts: list[str], word: str) -> bool:
    """Whether fragments make one syllable; punctuation may only end it."""
    bare = _TRAILING.sub("", word)
    return (any(_cost(part) for part in parts) and all(part.isalpha() for part in parts[:-1]) and _is_syllable(bare)
            and (bare.isupper() or bare[1:].islower()))


@lru_cache(maxsize=1024)
def _cost(part: str) -> int:
    """How little a part can stand alone: nothing for a syllable, a number, an abbreviation."""
    bare = _TRAILING.sub("", part)
    if len(bare) == 1 and _toneless(bare) in _VOWELS and bare.lower() not in _WORDS_OF_A_LETTER:
        return _LONE
    if not bare.isalpha() or _is_syllable(bare):
        return 0
    broken = _FRAGMENT.fullmatch(bare) or (len(bare) <= 4 and set(_toneless(bare)) & _VOWELS)
    return _BROKEN if broken else 0


@lru_cache(maxsize=1024)
def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(_toneless(word)) is not None


def _toneless(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
