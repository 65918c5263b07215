"""Words to lines in the order of reading: rows from top to bottom, the columns of a head or a foot one by one."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from chidao.reading.layout import is_head_or_foot
from chidao.reading.printed.words import Word, is_turned

_MIN_GUTTER, _MIN_LEFT = 8.0, 4.0  # points between two columns in one row, and over all rows
_NEAR = 20.0  # points between the rows of a column
_STAMP = 160.0  # points that a stamp and a signature may take
_MIDDLE = (0.2, 0.8)  # where a gutter between two columns may lie, as shares of the page's width
_SECOND_PART = re.compile(r"\W*Số\s?:|.{2,40},\s*ngày\b")  # number, place and date, below issuer and motto
_LEFT_STARTS = re.compile(r"Nơi nhận", re.IGNORECASE)
_LEFT_GOES_ON = re.compile(r"Nơi nhận|.*\bV/v\b|Về việc", re.IGNORECASE)
_BODY_STARTS = re.compile(r"Kính gửi", re.IGNORECASE)


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


def read_lines(words: Sequence[Word], *, page_width: float) -> list[Line]:
    """The lines of a page in the order of reading."""
    if is_turned(words):
        # Such a line is as wide as its letters are high: its words have no edges of their own.
        return [_line(list(line))._replace(edges=()) for _, line in groupby(words, key=lambda word: word.line)]
    rows = to_rows(words)
    lines: list[Line] = []
    at = 0
    for band in _bands(rows, page_width):
        lines += (merged(row.runs) for row in rows[at:band.start])
        lines += _columns(rows[band.start:band.end], band.gutter)
        at = band.end
    return [*lines, *(merged(row.runs) for row in rows[at:])]


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
    return [_line(run) for run in runs]


def _line(words: Sequence[Word]) -> Line:
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


class _Band(NamedTuple):
    """Rows set in two columns, and the left and right edge of the white space between these."""

    start: int
    end: int
    gutter: tuple[float, float]


def _bands(rows: Sequence[Row], page_width: float) -> Iterator[_Band]:
    """The heads and feet of documents on a page; other columns are read row by row."""
    free = 0
    for i, row in enumerate(rows):
        gutter = _widest_gap(row, page_width) if i >= free else None
        if gutter is None:
            continue
        band = _without_tail(rows, _grown(rows, _Band(i, i + 1, gutter), free, page_width))
        if any(is_head_or_foot(run.text) for member in rows[band.start:band.end] for run in member.runs):
            yield band
            free = band.end


def _widest_gap(row: Row, page_width: float) -> tuple[float, float] | None:
    gaps = [(a.x1, b.x0) for a, b in pairwise(row.runs) if b.x0 - a.x1 >= _MIN_GUTTER]
    gaps = [g for g in gaps if _MIDDLE[0] * page_width <= sum(g) / 2 <= _MIDDLE[1] * page_width]
    return max(gaps, key=lambda g: g[1] - g[0], default=None)


def _grown(rows: Sequence[Row], band: _Band, free: int, page_width: float) -> _Band:
    """The band with the rows above and below that do not cross the gutter, from the first that begins a column."""
    start, end, gutter = band
    left = gutter
    for above in range(start - 1, free - 1, -1):
        wider = _narrowed(rows[above], left)
        if wider is None or _is_centred(rows[above], page_width) or rows[above + 1].top - rows[above].bottom > _STAMP:
            break
        left = wider
        if rows[above].runs[-1].x0 >= left[1] or _LEFT_STARTS.match(rows[above].runs[0].text):
            start, gutter = above, left
    while end < len(rows):
        wider = _narrowed(rows[end], gutter)
        if wider is None or _is_centred(rows[end], page_width) or rows[end].top - rows[end - 1].bottom > _STAMP:
            break
        end, gutter = end + 1, wider
    return _Band(start, end, gutter)


def _narrowed(row: Row, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """The gutter that is left between this row's runs; None where one of them crosses it."""
    left, right = gutter
    middle = (left + right) / 2
    for run in row.runs:
        if (run.x0 + run.x1) / 2 < middle:
            left = max(left, run.x1)
        else:
            right = min(right, run.x0)
    return (left, right) if right - left >= _MIN_LEFT else None


def _is_centred(row: Row, page_width: float) -> bool:
    return len(row.runs) == 1 and abs(row.runs[0].x0 + row.runs[0].x1 - page_width) <= 0.08 * page_width


def _without_tail(rows: Sequence[Row], band: _Band) -> _Band:
    """The band without the rows at its end that stand left only and belong to what follows it."""
    start, end, gutter = band
    last = max((i for i in range(start, end) if rows[i].runs[-1].x1 > gutter[1]), default=end - 1)
    left = [run for row in rows[start:last + 1] for run in row.runs if run.x1 <= gutter[0]]
    tail = last + 1
    if any(_LEFT_GOES_ON.match(run.text) for run in [*left, *(row.runs[0] for row in rows[tail:tail + 1])]):
        while (tail < end and rows[tail].top - rows[tail - 1].bottom < _NEAR and _is_like(rows[tail].runs[0], left)
               and not _BODY_STARTS.match(rows[tail].runs[0].text)):
            tail += 1
    return band._replace(end=tail)


def _is_like(run: Line, column: Sequence[Line]) -> bool:
    """Whether a run begins where others of its column begin, or is centred under them."""
    middle = (run.x0 + run.x1) / 2
    return any(abs(run.x0 - other.x0) <= 4 or abs(middle - (other.x0 + other.x1) / 2) <= 4 for other in column)


def _columns(rows: Sequence[Row], gutter: tuple[float, float]) -> Iterator[Line]:
    """Issuer, motto, then number, place and date; in a foot the recipients, then the signature."""
    parts = [i for i, row in enumerate(rows) if i and any(_SECOND_PART.match(run.text) for run in row.runs)][:1]
    for start, end in pairwise([0, *parts, len(rows)]):
        for column in (1, 2):
            for row in rows[start:end]:
                runs = [run for run in row.runs if (run.x0 + run.x1 < sum(gutter)) == (column == 1)]
                if runs:
                    yield merged(runs, column)
