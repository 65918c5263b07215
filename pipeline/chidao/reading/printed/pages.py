"""Pages as they are printed: lines and tables in the order of reading, what is furniture, where the margins are."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from statistics import median
from typing import NamedTuple

from chidao.reading.printed.lines import Line, read_lines
from chidao.reading.printed.tables import RuledTable, outside
from chidao.reading.printed.words import Word
from chidao.reading.regions import is_furniture

_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_NOTE = re.compile(r"(?:\[?\d{1,2}\]?|\*)[.)]?\s*\S")
_EDGE = 0.13  # share of the page's height, at its top and bottom, where page numbers and running heads stand
_MAX_RUNNING = 3  # lines of a running head
_SMALL = 0.88  # notes are set smaller than the text


class Margins(NamedTuple):
    """Where lines begin and end, and where the first lines of paragraphs begin."""

    left: float
    right: float
    indent: float


class PrintedPage(NamedTuple):
    """What was found on a page: `number` counts from 1, sizes are points, words come in the order of drawing."""

    number: int
    width: float
    height: float
    words: Sequence[Word]
    tables: Sequence[RuledTable] = ()


class Page(NamedTuple):
    """The lines and tables of a page in the order of reading."""

    number: int
    height: float
    items: tuple[Line | RuledTable, ...]

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


def read_page(page: PrintedPage) -> Page:
    """The lines above, between and below the tables of a page, and these."""
    rest = outside(page.words, page.tables)
    items: list[Line | RuledTable] = []
    above = float("-inf")
    for table in page.tables:
        items += read_lines([w for w in rest if above <= w.top < table.top], page_width=page.width)
        items.append(table)
        above = table.top
    items += read_lines([w for w in rest if above <= w.top], page_width=page.width)
    return Page(page.number, page.height, tuple(items))


def margins(page: Page, default: Margins | None = None) -> Margins:
    """Where the lines across the page begin and end; `default` for pages with too few of them."""
    lines = [line for line in page.lines if line.column == 0 and len(line.text) > 30]
    if len(lines) < 5 and default:
        return default
    if not lines:
        return Margins(0, float("inf"), 0)
    starts = sorted(line.x0 for line in lines)
    left = next((x for x in starts if sum(abs(x - other) <= 3 for other in starts) > 1), starts[0])
    indents = Counter(round(x) for x in starts if x > left + 6)
    return Margins(left, max(line.x1 for line in lines), max(indents, key=lambda x: indents[x], default=left))


def find_furniture(pages: Sequence[Page]) -> set[tuple[int, Line]]:
    """Page numbers, running heads and the notes of signing programs, as (page, line)."""
    shapes = Counter(shape for page in pages for shape in {_shape(line.text) for side in _edges(page) for line in side})
    often = max(3, len(pages) / 3)
    found = set()
    for page in pages:
        for side in _edges(page):
            repeated = takewhile(lambda line: shapes[_shape(line.text)] >= often or _is_number(line), side)
            found |= {(page.number, line) for line in islice(repeated, _MAX_RUNNING)}
        found |= {(page.number, line) for line in page.lines if is_furniture(line.text)}
    return found


def _edges(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines at the top of a page, and those at its bottom; from the outside inwards."""
    lines = sorted(page.lines, key=lambda line: line.top)
    return ([line for line in lines if line.bottom <= _EDGE * page.height],
            [line for line in reversed(lines) if line.top >= (1 - _EDGE) * page.height])


def _is_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def _shape(text: str) -> str:
    """What running heads have in common though the page number in them changes."""
    return re.sub(r"\d+", "0", text)


def find_notes(page: Page, known: set[tuple[int, Line]]) -> list[Line]:
    """The footnotes of a page: smaller lines at its end, the first with a mark."""
    lines = [line for line in page.lines if line.column == 0 and (page.number, line) not in known]
    if len(lines) < 4:
        return []
    body = median(line.type_size for line in lines for _ in line.text)
    notes: list[Line] = []
    for line in reversed(lines):
        if line.type_size > _SMALL * body:
            break
        notes.insert(0, line)
    while notes and not _NOTE.match(notes[0].text):
        del notes[0]
    return notes
