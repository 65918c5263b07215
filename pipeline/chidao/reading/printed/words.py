"""The words of a printed page with their boxes, whoever read them: the text layer of a file, or recognition."""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Word(NamedTuple):
    """A word without white space and its box, in points from the top left of the page as it is shown.

    `top` and `bottom` are those of the type, the same for all words of a line in one size, whatever their letters.
    `line` numbers the runs that were drawn, or recognised, as one line; `confidence` of recognition in percent.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    line: int
    confidence: int | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top


def is_turned(words: Sequence[Word]) -> bool:
    """Whether the text runs up, down or backwards on the page; its order is then that of drawing."""
    if sum([bottom - top - (x1 - x0) for text, x0, top, x1, bottom, _, _ in words if len(text) > 3]) > 0:
        return True
    steps = [b.x0 - a.x0 for a, b in pairwise(words) if a.line == b.line]
    return sum(step < 0 for step in steps) > 0.8 * len(steps) > 0
