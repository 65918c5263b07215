"""The columns of a letterhead or foot that recognition took for one line."""
from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from chidao.reading.printed.words import Word

_WIDE, _LEAST = 2.5, 0.6  # of the gaps in a line, and of its height, between two columns
_FEW = 3  # gaps that tell nothing of the line's own


def parted(words: Sequence[Word]) -> list[Word]:
    """The words in lines of their own on either side of a gap that is wider than those between words.

    >>> def word(x0, x1): return Word("A", x0, 0, x1, 14, 0)
    >>> [w.line for w in parted([word(0, 20), word(24, 40), word(44, 60), word(72, 90), word(94, 110)])]
    [0, 0, 0, 1, 1]
    """
    out: list[Word] = []
    number = -1
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        gaps = [b.x0 - a.x1 for a, b in pairwise(line)]
        widest = _WIDE * median(gaps) if len(gaps) > _FEW else math.inf
        number += 1
        for word, gap in zip(line, [0.0, *gaps], strict=True):
            number += gap > max(widest, _LEAST * (word.bottom - word.top))
            out.append(word._replace(line=number))
    return out
