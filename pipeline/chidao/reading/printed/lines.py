"""Words to runs, rows and lines."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
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
            tallest = max(row, key=_height) if len(row) > 1 else row[0]
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
    if len(parts) == 1:
        part = parts[0]
        is_same = part.column == column and not part.broken and not part.rest
        return part if is_same else part._replace(column=column, broken=False, rest=False)
    return Line(" ".join(part.text for part in parts), min(p.x0 for p in parts), min(p.top for p in parts),
                max(p.x1 for p in parts), max(p.bottom for p in parts), column,
                typical((p.type_size, len(p.text)) for p in parts),
                tuple(x for p in parts for x in p.edges), tuple(c for p in parts for c in p.confidence))


def _runs(words: Sequence[Word]) -> list[Line]:
    """Words that follow one another on a line without a wide gap."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    for word in words:
        if run and _follows(run[-1], word):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
    return [to_line(run) for run in runs]


def to_line(words: Sequence[Word]) -> Line:
    """Words from left to right as one line."""
    texts, lefts, tops, rights, bottoms, _, confidence = zip(*words, strict=True)
    top, bottom = min(tops), max(bottoms)
    is_even = top == max(tops) and bottom == min(bottoms)
    return Line(" ".join(texts), min(lefts), top, max(rights), bottom,
                type_size=bottom - top if is_even else typical((low - high, len(text)) for text, high, low
                                                               in zip(texts, tops, bottoms, strict=True)),
                edges=tuple(chain.from_iterable(zip(lefts, rights, strict=True))),
                confidence=tuple([share for share in confidence if share is not None]))


def typical(sizes: Iterable[tuple[float, int]]) -> float:
    """The median of sizes, each of which counts as often as its letters; 0 for none.

    >>> typical([(12.0, 3), (9.0, 1)]), typical([(12.0, 2), (10.0, 2)])
    (12.0, 11.0)
    """
    letters: dict[float, int] = {}
    for size, count in sizes:
        letters[size] = letters.get(size, 0) + count
    if len(letters) == 1:
        return next(iter(letters))
    total = sum(letters.values())
    before, lower = 0, 0.0
    for size in sorted(letters):
        if 2 * before == total:
            return (lower + size) / 2
        before, lower = before + letters[size], size
        if 2 * before > total:
            return size
    return 0.0


def _height(line: Line) -> float:
    return line.bottom - line.top


def _follows(a: Word, b: Word) -> bool:
    _, _, top, right, bottom, line, _ = a
    _, left, other_top, _, other_bottom, other_line, _ = b
    if line != other_line:
        return False
    height = bottom - top
    if not -0.5 * height <= left - right <= 1.2 * max(height, 8):
        return False
    if top == other_top and bottom == other_bottom:
        return True
    overlap = min(bottom, other_bottom) - max(top, other_top)
    return overlap >= 0.4 * min(height, other_bottom - other_top)
