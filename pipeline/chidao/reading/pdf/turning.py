"""From the coordinates of a PDF page, which start at its bottom and may be turned, to points from the top left."""
from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias, overload

import numpy as np
import numpy.typing as npt

Rectangle = tuple[float, float, float, float]
Column: TypeAlias = npt.NDArray[np.float64]
Sides: TypeAlias = tuple[Column, Column, Column, Column]


class Turn(NamedTuple):
    """From the page's coordinates to points from the top left of the page as it is shown."""

    rotation: int
    left: float
    bottom: float
    width: float
    height: float

    @overload
    def box(self, sides: Rectangle) -> Rectangle: ...
    @overload
    def box(self, sides: Sides) -> Sides: ...
    def box(self, sides: Any) -> Any:
        """Left, top, right and bottom of a box, or of many in arrays: left, bottom, right, top in the file."""
        left, low, right, high = sides
        left, low, right, high = left - self.left, low - self.bottom, right - self.left, high - self.bottom
        if self.rotation == 90:
            return low, left, high, right
        if self.rotation == 180:
            return self.width - right, low, self.width - left, high
        if self.rotation == 270:
            return self.width - high, self.height - right, self.width - low, self.height - left
        return left, self.height - high, right, self.height - low


def turn_of(page: Any) -> Turn:
    """How a pypdfium2 page is shown."""
    left, bottom, _, _ = page.get_bbox()
    width, height = page.get_size()
    return Turn(page.get_rotation(), left, bottom, width, height)
