"""The piece of a task's words to show for a hit, with what matched marked."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from chidao.grammar.folding import fold
from chidao.storage.rows import Part
from chidao.storage.words import comparable, find_numbers

_LENGTH = 240
_WORD = re.compile(r"[^\W_]+")


def snippet(text: str, words: Sequence[str], numbers: Sequence[str]) -> tuple[Part, ...]:
    """The stretch of `text` with most matches, in parts; joined they are that stretch, verbatim, with … where cut.

    `words` are those of the query, in lower case and order, `numbers` keys of document numbers.

    >>> [(p.text, p.match) for p in snippet("Giao Sở Y tế tổ chức tiêm.", ["so", "y", "te"], [])]
    [('Giao ', False), ('Sở Y tế', True), (' tổ chức tiêm.', False)]
    """
    marks = sorted([*_numbers(text, numbers), *_words(text, words)])
    start, end = _window(text, marks)
    inside = [False] * (end - start)
    for first, last in marks:
        for i in range(max(first, start), min(last, end)):
            inside[i - start] = True
    parts = _join(text[start:end], inside)
    before = [Part("…", False)] if start else []
    after = [Part("…", False)] if end < len(text) else []
    return (*before, *parts, *after)


def _numbers(text: str, numbers: Sequence[str]) -> list[tuple[int, int]]:
    """Document numbers that begin with one of `numbers`, whole."""
    found = find_numbers(fold(comparable(text)))
    return [(start, end) for start, end, key in found if any(key.startswith(number) for number in numbers)]


def _words(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand: as they were typed where the text has that, else without diacritics.

    A word that stands beside its neighbour of the query is not marked where it stands alone, too: cơ sở
    is no answer to Sở Y tế.
    """
    tokens = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(comparable(text).lower())]
    present = {token for _, _, token in tokens}
    wanted = [word if word in present else fold(word) for word in words]
    exact = present & set(words)
    forms = [token if token in exact else fold(token) for _, _, token in tokens]
    neighbours = set(pairwise(wanted))
    together = {i for i, pair in enumerate(pairwise(forms)) if pair in neighbours}
    paired = together | {i + 1 for i in together}
    settled = {forms[i] for i in paired}
    return [
        (start, end) for i, (start, end, _) in enumerate(tokens)
        if i in paired or (forms[i] in wanted and forms[i] not in settled)
    ]


def _window(text: str, marks: list[tuple[int, int]]) -> tuple[int, int]:
    """The `_LENGTH` characters that hold most matches, widened to whole words."""
    if len(text) <= _LENGTH:
        return 0, len(text)
    starts = [max(0, start - _LENGTH // 6) for start, _ in marks] or [0]
    start = max(starts, key=lambda at: (sum(at <= m < at + _LENGTH for m, _ in marks), -at))
    end = min(len(text), start + _LENGTH)
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _join(text: str, inside: list[bool]) -> list[Part]:
    """Parts by turns; one blank or hyphen between two matches is part of the match."""
    for i in range(1, len(text) - 1):
        if text[i] in " -" and inside[i - 1] and inside[i + 1]:
            inside[i] = True
    runs = groupby(range(len(text)), key=lambda i: inside[i])
    return [Part("".join(text[i] for i in run), match) for match, run in runs]
