"""Whether a word is spelled as a Vietnamese syllable (âm tiết), tone included; what tells a right decoding."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_INITIALS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnpqrstvx", "")
_STOPS = ("c", "ch", "p", "t")
# Words are parted by what Vietnamese text has between them; any other sign inside one makes it no syllable.
_WORD = re.compile(r"[^\s!-@\[-`{-~\u00a0\u2010-\u2026\u2212\u200b\ufeff]+")
_ABBREVIATION = re.compile("[b-df-hj-np-tv-xzđ]+", re.IGNORECASE)  # QĐ, NĐ-CP, GDĐT: no vowel, no syllable


class Share(NamedTuple):
    """How many of the words with letters beyond ASCII are Vietnamese syllables."""

    right: int
    total: int

    @property
    def ratio(self) -> float:
        return self.right / self.total if self.total else 0.0


def accented_share(text: str) -> Share:
    """The share of Vietnamese syllables among the words of `text` (NFC) that have letters beyond ASCII.

    >>> accented_share("Quyết định 5/QĐ-UBND về trồng cây"), accented_share("QuyÕt ®Þnh 5/Q§-UBND vÒ trång c©y")
    (Share(right=5, total=5), Share(right=1, total=6))
    """
    words = [word for word in _WORD.findall(text) if not word.isascii() and not _ABBREVIATION.fullmatch(word)]
    return Share(sum(is_syllable(word) for word in words), len(words))


@lru_cache(maxsize=20_000)  # a language has some seven thousand syllables
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC) is a Vietnamese syllable in any case.

    >>> [word for word in ("Nghị", "quyết", "hoạch", "oc", "cõc", "xây", "bạchh") if is_syllable(word)]
    ['Nghị', 'quyết', 'hoạch', 'xây']
    """
    if len(word) > 8:
        return False
    base, tones = _toneless(word.lower())
    if len(tones) > 1:
        return False
    return any(_fits(base[len(initial):], tones) for initial in _INITIALS if base.startswith(initial))


def is_initial(text: str) -> bool:
    """Whether `text` is a consonant that a syllable begins with, in any case.

    >>> is_initial("NGH"), is_initial("km")
    (True, False)
    """
    return text != "" and text.lower() in _INITIALS


def _fits(rime: str, tones: list[str]) -> bool:
    return rime in _rimes() and (not rime.endswith(_STOPS) or tones in (["sắc"], ["nặng"]))


def _toneless(word: str) -> tuple[str, list[str]]:
    marks = unicodedata.normalize("NFD", word)
    tones = [_TONES[mark] for mark in marks if mark in _TONES]
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)), tones


@lru_cache(maxsize=1)
def _rimes() -> frozenset[str]:
    return frozenset(row["rime"] for row in knowledge.rows("syllable_rimes"))
