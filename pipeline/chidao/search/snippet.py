"""The piece of a task's words to show for a hit, with what matched marked."""
from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from chidao.storage.rows import Part
from chidao.storage.words import find_numbers, folded

_LENGTH = 240
_WORD = re.compile(r"[^\W_]+")


def snippet(text: str, words: Collection[str], numbers: Collection[str]) -> tuple[Part, ...]:
    """The stretch of `text` with most matches, in parts; joined they are that stretch, verbatim, with … where cut.

    >>> [(p.text, p.match) for p in snippet("Giao Sở Y tế tổ chức tiêm.", ["so", "y", "te"], [])]
    [('Giao ', False), ('Sở Y tế', True), (' tổ chức tiêm.', False)]
    """
    marks = _marks(folded(text), words, numbers)
    start, end = _window(text, marks)
    inside = [False] * (end - start)
    for first, last in marks:
        for i in range(max(first, start), min(last, end)):
            inside[i - start] = True
    parts = _join(text[start:end], inside)
    before = [Part("…", False)] if start else []
    after = [Part("…", False)] if end < len(text) else []
    return (*before, *parts, *after)


def _marks(text: str, words: Collection[str], numbers: Collection[str]) -> list[tuple[int, int]]:
    """Spans of matches in folded text; a number is marked whole."""
    wanted = set(words)
    found = [(start, end) for start, end, key in find_numbers(text) if any(key.startswith(n) for n in numbers)]
    found += [m.span() for m in _WORD.finditer(text) if m.group() in wanted]
    return sorted(found)


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
