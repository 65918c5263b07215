"""The ruled lines of a page image: where they are, for tables, and the image without them, for recognition."""
from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chidao.reading.ocr.images import Grey

_DARK = 160
_SHORTEST = 90  # pixels at 200 dpi: 32 points, longer than the bars of capitals that touch
_THICKEST = 9
_GAP = 8  # pixels that noise may take out of a line
# Pixels between the parts of one line: stamps break lines; narrower than a column, and than a row of one line.
_BREAK_ACROSS, _BREAK_UPRIGHT = 36, 14
_DRIFT = 4  # pixels by which a line that is not quite straight may leave its row
_PAPER = 255

Mask = NDArray[np.bool_]


class Rule(NamedTuple):
    """A line across or upright, in pixels of the image."""

    x0: float
    top: float
    x1: float
    bottom: float


def find_rules(grey: Grey) -> tuple[list[Rule], Grey]:
    """The rules of a level page, and the page without them."""
    dark = grey < _DARK
    across, upright = _long(dark), _long(dark.T)
    rules = list(_rules(across, _BREAK_ACROSS))
    rules += [Rule(r.top, r.x0, r.bottom, r.x1) for r in _rules(upright, _BREAK_UPRIGHT)]
    lines = _grown(across) | _grown(upright).T
    return rules, np.where(lines, np.uint8(_PAPER), grey)


def _long(dark: Mask) -> Mask:
    """The pixels of `dark` that belong to a long thin line across: long runs, with almost nothing above and below."""
    height = dark.shape[0]
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = sums[:, _SHORTEST:] - sums[:, :-_SHORTEST] >= _SHORTEST - _GAP
    found = np.zeros_like(dark)
    rows, starts = np.nonzero(full)
    if not len(rows):
        return found
    edges = np.zeros((height, dark.shape[1] + 1), np.int32)
    np.add.at(edges, (rows, starts), 1)
    np.add.at(edges, (rows, starts + _SHORTEST), -1)
    found = (np.cumsum(edges, axis=1)[:, :-1] > 0) & dark
    thick = np.cumsum(np.pad(found, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    span = _THICKEST + 1
    blocks = np.zeros_like(dark)  # black areas, such as the edge of a copier's glass, are no lines
    if height >= span:
        solid = thick[span:] - thick[:-span] == span
        for shift in range(span):
            blocks[shift:shift + len(solid)] |= solid
    return found & ~blocks


def _grown(lines: Mask) -> Mask:
    """The lines with their grey edges."""
    out = lines.copy()
    for shift in (1, 2):
        out[shift:] |= lines[:-shift]
        out[:-shift] |= lines[shift:]
    return out


def _rules(lines: Mask, gap: int) -> Iterator[Rule]:
    """The lines of a mask, rows that touch taken as one."""
    open_rules: list[list[int]] = []  # x0, top, x1, bottom
    for row in np.flatnonzero(lines.any(axis=1)):
        for x0, x1 in _runs(lines[row]):
            near = next((r for r in open_rules if row - r[3] <= _DRIFT and x0 <= r[2] + gap
                         and r[0] <= x1 + gap), None)
            if near is None:
                open_rules.append([x0, int(row), x1, int(row)])
            else:
                near[:] = [min(near[0], x0), near[1], max(near[2], x1), int(row)]
        done = [r for r in open_rules if row - r[3] > _DRIFT]
        open_rules = [r for r in open_rules if row - r[3] <= _DRIFT]
        yield from (_rule(r) for r in done if r[2] - r[0] >= _SHORTEST)
    yield from (_rule(r) for r in open_rules if r[2] - r[0] >= _SHORTEST)


def _rule(r: list[int]) -> Rule:
    middle = (r[1] + r[3] + 1) / 2
    return Rule(r[0], middle, r[2], middle)


def _runs(row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end of the runs of a row that are long enough for a part of a line."""
    steps = np.diff(np.concatenate(([False], row, [False])).astype(np.int8))
    pairs = zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    return [(int(a), int(b)) for a, b in pairs if b - a >= _SHORTEST // 3]
