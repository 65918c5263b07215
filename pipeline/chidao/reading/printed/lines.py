"""Words to runs, rows and lines."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from chidao.reading.printed.words import Word


class Line(NamedTuple):
    """A printed line; `column` is 0 across the page, 1 left and 2 right in two columns.

    `edges` has the left and right edge of each word, one after the other, `confidence` each word's where it has one.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    column: int = 0
    type_size: float = 0.0  # the height of most of its letters; a raised mark makes the line itself higher
    edges: tuple[float, ...] = ()
    confidence: tuple[int, ...] = ()
    broken: bool = False  # whether it ends inside a word that had no room in its cell
    rest: bool = False  # whether it goes on with the recipients or the signature of the page before

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Row(NamedTuple):
    """What stands at one height: runs of words with wide gaps between."""

    runs: tuple[Line, ...]

    @property
    def top(self) -> float:
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        return max(run.bottom for run in self.runs)


def to_rows(words: Sequence[Word]) -> list[Row]:
    """Words grouped into rows by height, from top to bottom, runs from left to right."""
    rows: list[list[Line]] = []
    for run in sorted(_runs(words), key=lambda run: (run.top + run.bottom, run.x0)):
        for row in rows[-4:]:
            tallest = max(row, key=lambda r: r.height)
            overlap = min(tallest.bottom, run.bottom) - max(tallest.top, run.top)
            if overlap >= 0.5 * min(tallest.height, run.height) and not _collides(row, run):
                row.append(run)
                break
        else:
            rows.append([run])
    return [Row(tuple(sorted(row, key=lambda r: r.x0))) for row in rows]


def _collides(row: Iterable[Line], run: Line) -> bool:
    """Two lines that overlap in height because they are set close, one above the other."""
    return any(min(r.x1, run.x1) - max(r.x0, run.x0) > 0.5 * min(r.x1 - r.x0, run.x1 - run.x0) for r in row)


def merged(parts: Sequence[Line], column: int = 0) -> Line:
    """Parts of a line from left to right as one line."""
    return Line(" ".join(part.text for part in parts), min(p.x0 for p in parts), min(p.top for p in parts),
                max(p.x1 for p in parts), max(p.bottom for p in parts), column,
                median(p.type_size for p in parts for _ in p.text),
                tuple(x for p in parts for x in p.edges), tuple(c for p in parts for c in p.confidence))


def _runs(words: Sequence[Word]) -> list[Line]:
    """Words that follow one another on a line without a wide gap."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [to_line(run) for run in runs]


def to_line(words: Sequence[Word]) -> Line:
    """Words from left to right as one line."""
    return Line(" ".join(w.text for w in words), min(w.x0 for w in words), min(w.top for w in words),
                max(w.x1 for w in words), max(w.bottom for w in words),
                type_size=median(w.height for w in words for _ in w.text),
                edges=tuple(x for w in words for x in (round(w.x0, 2), round(w.x1, 2))),
                confidence=tuple(w.confidence for w in words if w.confidence is not None))


def _follows(a: Word, b: Word) -> bool:
    if a.line != b.line:
        return False
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= 0.4 * min(a.height, b.height) and -0.5 * a.height <= b.x0 - a.x1 <= 1.2 * max(a.height, 8)
