"""The stamp of a document's arrival (dấu đến) in black: a frame with the receiver's name, ĐẾN, number and day.

It says when the copy came to somebody's desk, nothing of the directive: its words are not read into the text. In
colour it is taken out with all other stamps.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from chidao.reading.ocr.engine import recognise_scattered
from chidao.reading.ocr.images import Grey
from chidao.reading.ocr.rules import Rule

# Pixels at 200 dpi; the stamp is some 50 x 30 mm (Nghị định 30/2020/NĐ-CP, phụ lục IV), in use often half as high.
_WIDTHS, _HEIGHTS = (200, 700), (80, 400)
_SLACK = 0.35  # share of a side by which the sides of a stamp, which are drawn and worn, miss each other
_ARRIVED = re.compile("Đ[ẾỀÉÊE]N")
_PAPER = 255


def without_arrival(page: Grey, rules: Sequence[Rule], dpi: int) -> tuple[Grey, list[str]]:
    """The page without stamps of arrival, and what these say."""
    said = []
    for left, right in frames(rules):
        mask = _inside(page.shape, left, right)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        area = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        text = " ".join(word.text for word in recognise_scattered(np.where(mask, page, np.uint8(_PAPER))[area], dpi))
        if _ARRIVED.search(text):
            page = np.where(mask, np.uint8(_PAPER), page)
            said.append(text)
    return page, said


def frames(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """The left and right side of each area as large as a stamp about which four rules stand."""
    upright = [r for r in rules if r.x0 == r.x1 and _HEIGHTS[0] <= r.bottom - r.top <= _HEIGHTS[1]]
    across = [r for r in rules if r.top == r.bottom]
    for left, right in product(upright, repeat=2):
        width = right.x0 - left.x0
        top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
        slack = _SLACK * (bottom - top)
        if not _WIDTHS[0] <= width <= _WIDTHS[1] or (
                min(left.bottom, right.bottom) - max(left.top, right.top) < bottom - top - slack):
            continue
        sides = [r.top for r in across if min(r.x1, right.x0) - max(r.x0, left.x0) > (1 - _SLACK) * width
                 and r.x1 - r.x0 < (1 + _SLACK) * width]
        if any(abs(y - top) < slack for y in sides) and any(abs(y - bottom) < slack for y in sides):
            yield left, right


def _inside(shape: tuple[int, ...], left: Rule, right: Rule) -> NDArray[np.bool_]:
    """The pixels between two sides, whose ends need not stand at one height."""
    across = np.arange(shape[1])
    ends = (left.x0, right.x0)
    top, bottom = np.interp(across, ends, (left.top, right.top)), np.interp(across, ends, (left.bottom, right.bottom))
    down = np.arange(shape[0])[:, None]
    return np.asarray((down >= top) & (down <= bottom) & (across >= left.x0) & (across <= right.x0))
