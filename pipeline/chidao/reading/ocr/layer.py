"""The poor text layer of a scanner beside our own recognition: where numbers and dates differ."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chidao.grammar.dates import find_dates
from chidao.grammar.folding import plain
from chidao.grammar.numbers import NUMBER
from chidao.reading.printed.words import Word

_NUMBER = re.compile(NUMBER)


def differences(words: Sequence[Word], layer: Sequence[Word]) -> tuple[str, ...]:
    """The document numbers and dates that only one of the two has, as "recognised" and (layer: "…").

    >>> def line(text): return [Word(word, 0, 0, 1, 1, 0) for word in text.split()]
    >>> differences(line("số 12/KH-UBND ngày 5/6/2024"), line("số 12/KH-UBND ngày 5/8/2024"))
    ('2024-06-05', '≠ 2024-08-05')
    """
    ours, theirs = (Counter(_facts(" ".join(word.text for word in side))) for side in (words, layer))
    return (*(ours - theirs), *(f"≠ {fact}" for fact in theirs - ours))


def _facts(text: str) -> list[str]:
    view = plain(text)
    return [*(re.sub(r"\s", "", m.group()) for m in _NUMBER.finditer(view)), *(date.value for date in find_dates(view))]
