"""A page image made ready for recognition: stamps and signatures taken out by their colour, upright, without noise."""
from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DPI = 200
Grey = NDArray[np.uint8]

# Black letters are dark in red, green and blue alike. A red stamp is bright in red, a blue signature in blue: the
# brightest of the three keeps only what is black, and what is still grey but has a colour is ink of theirs too.
_COLOURED, _NOT_BLACK = 60, 90
_PAPER = 255
_EDGE, _EDGE_OF_INK = 5, 150  # the pale edge of ink has lost its colour: pixels about it, its darkest level
_TEXTURE = 20  # levels by which paper differs from itself
_NOISE_BLUR = 0.6  # pixels at 200 dpi
_MAX_SKEW = 5.0  # degrees
_LEAST_SKEW = 0.08  # less makes no line touch another
_DARK = 128
_MANY_POINTS = 150_000


class Prepared(NamedTuple):
    """A grey page and the angle, in degrees against the clock, by which it was turned about its middle."""

    grey: Grey
    angle: float

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the prepared page stands on the page as it came, in pixels."""
        height, width = self.grey.shape
        a = math.radians(self.angle)
        dx, dy = x - width / 2, y - height / 2
        return width / 2 + dx * math.cos(a) - dy * math.sin(a), height / 2 + dx * math.sin(a) + dy * math.cos(a)


def prepare(image: Image.Image) -> Prepared:
    """The page `image`, in colour or grey, at `DPI`, as recognition wants it."""
    grey = Image.fromarray(on_white(without_inks(image.filter(ImageFilter.GaussianBlur(_NOISE_BLUR)))))
    angle = skew(np.asarray(grey))
    if abs(angle) >= _LEAST_SKEW:
        grey = grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    else:
        angle = 0.0
    return Prepared(np.asarray(grey), angle)


def without_inks(image: Image.Image) -> Grey:
    """`image` in grey without red stamps and blue signatures; black letters under them stay."""
    if image.mode == "L":
        return np.asarray(image)
    colours = np.asarray(image.convert("RGB"))
    brightest, darkest = colours.max(axis=2), colours.min(axis=2)
    inks = (brightest - darkest > _COLOURED) & (brightest > _NOT_BLACK)
    if not inks.any():
        return np.asarray(brightest, np.uint8)
    near = np.asarray(Image.fromarray(inks).convert("L").filter(ImageFilter.MaxFilter(_EDGE))) > 0
    return np.where(inks | (near & (brightest > _EDGE_OF_INK)), np.uint8(_PAPER), brightest)


def on_white(grey: Grey) -> Grey:
    """`grey` with paper, and what is nearly as bright, in white."""
    paper = float(np.median(grey)) - _TEXTURE
    if paper < _DARK:  # a dark photograph: no level parts paper and letters
        return grey
    return np.asarray((grey * (_PAPER / paper)).clip(0, _PAPER), np.uint8)


def skew(grey: Grey) -> float:
    """The angle in degrees, against the clock, that makes the lines of the page level: 0.0 where none does.

    Level lines leave the rows between them empty: of all angles, theirs gives the sums of rows that differ most.
    """
    rows, columns = np.nonzero(grey[::2, ::2] < _DARK)
    if len(rows) < 500:
        return 0.0
    if len(rows) > _MANY_POINTS:
        step = len(rows) // _MANY_POINTS + 1
        rows, columns = rows[::step], columns[::step]
    coarse = max(np.arange(-_MAX_SKEW, _MAX_SKEW + 0.01, 0.5), key=lambda a: _contrast(rows, columns, float(a)))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.05), key=lambda a: _contrast(rows, columns, float(a)))
    return round(float(fine), 2)


def _contrast(rows: NDArray[np.int64], columns: NDArray[np.int64], angle: float) -> float:
    """How much the rows differ once the page is turned by `angle`."""
    heights = rows - columns * math.tan(math.radians(angle))
    counts = np.bincount((heights - heights.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())
