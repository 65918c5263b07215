"""Lines of a page in the order of reading: rows from top to bottom, the columns of a head or a foot one by one."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from chidao.reading.layout import is_head_or_foot
from chidao.reading.lines import is_item
from chidao.reading.printed.lines import Line, Row, merged, to_line, to_rows
from chidao.reading.printed.words import Word, is_turned

_MIN_GUTTER, _MIN_LEFT = 8.0, 4.0  # points between two columns in one row, and over all rows
_NEAR = 20.0  # points between the rows of a column
_STAMP = 160.0  # points that a stamp and a signature may take
_MIDDLE = (0.2, 0.8)  # where a gutter between two columns may lie, as shares of the page's width
_SECOND_PART = re.compile(r"\W*Số\s?:|.{2,40},\s*ngày\b")  # number, place and date, below issuer and motto
_LEFT_STARTS = re.compile(r"Nơi nhận", re.IGNORECASE)
_LEFT_GOES_ON = re.compile(r"Nơi nhận|.*\bV/v\b|Về việc", re.IGNORECASE)
_SUBJECT = re.compile(r"\bV/v\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:Đồng )?Kính gửi\W*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")

Gutter = tuple[float, float]  # left and right edge of the white space between two columns


class Foot(NamedTuple):
    """Recipients and a signature that reach the end of a page, there perhaps inside an entry."""

    gutter: Gutter
    unfinished: bool


class Columns(NamedTuple):
    """The lines of a page, and the foot that reaches its end."""

    lines: list[Line]
    foot: Foot | None = None


def read_lines(words: Sequence[Word], *, page_width: float, foot: Foot | None = None) -> Columns:
    """The lines of a page in the order of reading; `foot` is one that the page before did not end."""
    if is_turned(words):
        # Such a line is as wide as its letters are high: its words have no edges of their own.
        return Columns([to_line(list(line))._replace(edges=())
                        for _, line in groupby(words, key=lambda word: word.line)])
    rows = to_rows(words)
    lines: list[Line] = []
    at = 0
    open_foot = None
    for band in _bands(rows, page_width, foot):
        lines += (merged(row.runs) for row in rows[at:band.start])
        lines += (line._replace(rest=band.is_rest) for line in _columns(rows[band.start:band.end], band.gutter))
        at = band.end
        open_foot = _open_foot(rows, band)
    return Columns([*lines, *(merged(row.runs) for row in rows[at:])], open_foot)


def _open_foot(rows: Sequence[Row], band: _Band) -> Foot | None:
    """The foot in `band` where nothing stands below it but a page number or a running foot."""
    if not band.is_foot or len(rows) - band.end > 1:
        return None
    left = [run.text for row in rows[band.start:band.end] for run in row.runs if run.x1 <= band.gutter[1]]
    return Foot(band.gutter, bool(left) and not left[-1].endswith((";", ".", ":")))


class _Band(NamedTuple):
    """Rows set in two columns, and the left and right edge of the white space between these."""

    start: int
    end: int
    gutter: Gutter
    is_foot: bool = False
    is_rest: bool = False
    is_whole: bool = False  # whether it is known where it ends


def _bands(rows: Sequence[Row], page_width: float, foot: Foot | None) -> Iterator[_Band]:
    """The heads and feet of documents on a page; other columns are read row by row."""
    rest = _rest_of_foot(rows, page_width, foot) if foot else None
    if rest:
        yield rest
    free = rest.end if rest else 0
    for i in range(len(rows)):
        gutter = (_widest_gap(rows[i], page_width) or _beside_addressed(rows, i)) if i >= free else None
        if gutter is None:
            continue
        band = _grown(rows, _Band(i, i + 1, gutter), free, page_width)
        band = _without_tail(rows, _before_addressed(rows, band))
        texts = [run.text for row in rows[band.start:band.end] for run in row.runs]
        if any(map(is_head_or_foot, texts)):
            yield band._replace(is_foot=any(map(_LEFT_STARTS.match, texts)))
            free = band.end


def _rest_of_foot(rows: Sequence[Row], page_width: float, foot: Foot) -> _Band | None:
    """The rows at the top of a page that go on with the recipients and the signature of the page before."""
    start = next((i for i, row in enumerate(rows) if not _PAGE_NUMBER.fullmatch(merged(row.runs).text)), len(rows))
    if start == len(rows):
        return None
    first = rows[start].runs[0]
    if not (foot.unfinished or first.text.startswith("-") or first.x0 >= foot.gutter[1]):
        return None
    end, gutter = start, foot.gutter
    while end < len(rows) and _goes_on(rows[start:end], rows[end], gutter, page_width):
        gutter = _narrowed(rows[end], gutter) or gutter
        end += 1
    return _Band(start, end, gutter, is_foot=True, is_rest=True) if end > start else None


def _goes_on(above: Sequence[Row], row: Row, gutter: Gutter, page_width: float) -> bool:
    """Whether a row stands in the columns of the foot above it: near it on the left, a signature apart on the right."""
    apart = row.top - above[-1].bottom if above else 0
    left = row.runs[0].x0 < gutter[1]
    return (_narrowed(row, gutter) is not None and not _is_centred(row, page_width)
            and apart < (_NEAR if left else _STAMP)
            and not any(is_head_or_foot(run.text) or _begins_part(run.text) for run in row.runs))


def _begins_part(text: str) -> bool:
    return is_item(text) and not text.startswith("-")


def _beside_addressed(rows: Sequence[Row], i: int) -> Gutter | None:
    """The gutter beside "Kính gửi:" where it stands half-way down the list of the addressees."""
    run = rows[i].runs[0]
    if len(rows[i].runs) > 1 or not _ADDRESSED.fullmatch(run.text):
        return None
    beside = [row.runs[0] for row in rows[max(i - 1, 0):i + 2] if row is not rows[i] and len(row.runs) == 1
              and row.runs[0].x0 >= run.x1 + _MIN_LEFT and abs(row.runs[0].top - run.top) < 1.2 * run.height]
    return (run.x1, min(other.x0 for other in beside)) if beside else None


def _before_addressed(rows: Sequence[Row], band: _Band) -> _Band:
    """The band up to the addressees, which stand in columns of their own; their first row is the one most apart."""
    start, end, gutter = band[:3]
    at = next((i for i in range(start + 1, end) if _ADDRESSED.fullmatch(rows[i].runs[0].text)), None)
    if at is None or all(row.runs[0].x0 >= gutter[1] for row in rows[start:at]):
        return band
    first = at
    while first - 1 > start and rows[first - 1].runs[0].x0 >= gutter[1]:
        first -= 1
    return band._replace(end=max(range(first, at + 1), key=lambda i: rows[i].top - rows[i - 1].bottom))


def _widest_gap(row: Row, page_width: float) -> Gutter | None:
    gaps = [(a.x1, b.x0) for a, b in pairwise(row.runs) if b.x0 - a.x1 >= _MIN_GUTTER]
    gaps = [g for g in gaps if _MIDDLE[0] * page_width <= sum(g) / 2 <= _MIDDLE[1] * page_width]
    return max(gaps, key=lambda g: g[1] - g[0], default=None)


def _grown(rows: Sequence[Row], band: _Band, free: int, page_width: float) -> _Band:
    """The band with the rows above and below that do not cross the gutter, from the first that begins a column."""
    start, end, gutter = band[:3]
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
    number = _before_subject(rows, start, end)
    return _Band(start, number, gutter, is_whole=number < end)


def _before_subject(rows: Sequence[Row], start: int, end: int) -> int:
    """Where a head ends whose number stands above a subject (V/v …) that is wider than the columns above it."""
    number = next((i for i in range(start + 1, end) if any(_SECOND_PART.match(run.text) for run in rows[i].runs)), end)
    subject = any(_SUBJECT.search(row.runs[0].text) for row in rows[number:end])
    if not subject or end == len(rows) or rows[end].top - rows[end - 1].bottom > _NEAR / 2 or len(rows[end].runs) > 1:
        return end
    return number if len(rows[number].runs) > 1 else end


def _narrowed(row: Row, gutter: Gutter) -> Gutter | None:
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
    start, end, gutter = band[:3]
    if band.is_whole:
        return band
    last = max((i for i in range(start, end) if rows[i].runs[-1].x1 > gutter[1]), default=end - 1)
    left = [run for row in rows[start:last + 1] for run in row.runs if run.x1 <= gutter[0]]
    tail = last + 1
    if any(_LEFT_GOES_ON.match(run.text) for run in [*left, *(row.runs[0] for row in rows[tail:tail + 1])]):
        while (tail < end and rows[tail].top - rows[tail - 1].bottom < _NEAR and _is_like(rows[tail].runs[0], left)
               and not _ADDRESSED.fullmatch(rows[tail].runs[0].text)):
            tail += 1
    return band._replace(end=tail)


def _is_like(run: Line, column: Sequence[Line]) -> bool:
    """Whether a run begins where others of its column begin, or is centred under them."""
    middle = (run.x0 + run.x1) / 2
    return any(abs(run.x0 - other.x0) <= 4 or abs(middle - (other.x0 + other.x1) / 2) <= 4 for other in column)


def _columns(rows: Sequence[Row], gutter: Gutter) -> Iterator[Line]:
    """Issuer, motto, then number, place and date; in a foot the recipients, then the signature."""
    parts = [i for i, row in enumerate(rows) if i and any(_SECOND_PART.match(run.text) for run in row.runs)][:1]
    for start, end in pairwise([0, *parts, len(rows)]):
        for column in (1, 2):
            for row in rows[start:end]:
                runs = [run for run in row.runs if (run.x0 + run.x1 < sum(gutter)) == (column == 1)]
                if runs:
                    yield merged(runs, column)
