"""Strokes of stamps, signatures and dirt that recognition took for letters: left out, and named in a warning."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from chidao.reading.printed.words import Word

_NOTHING, _SURE = 40, 60  # percent
_NO_LINE = 35  # percent: the mean of lines that are none; handwriting has more
_NO_WORDS = 75  # percent: the mean of lines in which no word is known
_DASH = 1.8  # points; less is a dot of dirt
_STROKES = re.compile(r"[_{}|\\~¬«»‹›^`]+")  # signs that directives do not print alone

_NUMBER = re.compile(r"\d[/.,:)-]|[/-]\w*[A-ZĐ]{2}|^\W*\d+\W*$")


def without_dust(words: Sequence[Word], knows: Callable[[str], bool]) -> tuple[list[Word], list[str]]:
    """The words without signs that nothing speaks for, and what was left out, line by line.

    `knows` says whether a word stands in directives.

    >>> line = [Word("Số:", 0, 0, 9, 9, 0, 96), Word("~", 9, 0, 12, 9, 0, 12), Word("ĐẾN?®", 0, 20, 9, 29, 1, 21)]
    >>> kept, left = without_dust(line, {"Số"}.__contains__)
    >>> [word.text for word in kept], left
    (['Số:'], ['~', 'ĐẾN?®'])
    """
    kept: list[Word] = []
    left: list[str] = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        sure = [word.confidence if word.confidence is not None else 100 for word in line]
        least = _NO_LINE if any(_says_something(word, knows) for word in line) else _NO_WORDS
        is_none = sum(sure) < least * len(sure) and max(sure) < max(_SURE, least)
        dust = [word for word, value in zip(line, sure, strict=True)
                if is_none or (value < _NOTHING and _is_sign(word)) or _is_stroke(word)]
        kept += [word for word in line if word not in dust]
        if dust:
            left.append(" ".join(word.text for word in dust))
    return kept, left


def _says_something(word: Word, knows: Callable[[str], bool]) -> bool:
    """A number, or a word that is known."""
    return bool(_NUMBER.search(word.text)) or any(knows(part) for part in re.findall(r"[^\W\d_]+", word.text))


def _is_stroke(word: Word) -> bool:
    return bool(_STROKES.fullmatch(word.text)) or (word.text == "-" and word.x1 - word.x0 < _DASH)


def _is_sign(word: Word) -> bool:
    """A single letter, or no letter at all; digits and the Roman one may say something."""
    return sum(map(str.isalnum, word.text)) <= 1 and not any(map(str.isdigit, word.text)) and word.text != "I"
