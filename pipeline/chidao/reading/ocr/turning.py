"""Pages that lie on their side or stand on their head."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from PIL import Image

from chidao.reading.ocr.engine import Recognised
from chidao.reading.ocr.rules import Mask

Turn = Literal[0, 90, 180, 270]  # degrees against the clock that set a page upright

_DARK = 128
_STRIPS = 12  # across a page: in each, lines that are not quite level still leave white rows between them
_SIDEWAYS = 1.3  # times that columns must differ more than rows
_FEW = 8  # words that tell nothing
_SPELLED, _KNOWN = 0.2, 0.5  # shares of words in letters, and of these that are known, on a page that stands right
_WAYS: dict[Turn, Image.Transpose] = {
    90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


def turned(image: Image.Image, turn: Turn) -> Image.Image:
    return image.transpose(_WAYS[turn]) if turn else image


def back(turn: Turn, size: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Where a point of a page of the size `size`, set upright by `turn`, stands on the page as it came.

    >>> back(90, (842, 595), 0, 0), back(180, (595, 842), 10, 10), back(270, (842, 595), 0, 0)
    ((595, 0), (585, 832), (0, 842))
    """
    width, height = size
    return {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]


def likely_turns(image: Image.Image) -> tuple[Turn, ...]:
    """The turns that may set the page upright, the likeliest first."""
    dark = np.asarray(image.convert("L").reduce(4)) < _DARK
    return (90, 270) if _contrast(dark.T) > _SIDEWAYS * _contrast(dark) else (0, 180)


def _contrast(dark: Mask) -> float:
    """How much the rows differ, seen in upright strips."""
    return float(np.mean([np.var(strip.mean(axis=1)) for strip in np.array_split(dark, _STRIPS, axis=1)]))


def is_upright(words: Sequence[Recognised], knows: Callable[[str], bool]) -> bool:
    """Whether most of what was read are words (0.96 and more; upside down 0.27 at most); or hardly any, or numbers."""
    said = [core for word in words if len(core := word.text.strip(".,;:()-/")) > 1 and core.isalpha()]
    return len(words) < _FEW or len(said) < _SPELLED * len(words) or sum(map(knows, said)) >= _KNOWN * len(said)
