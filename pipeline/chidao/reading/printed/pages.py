"""Pages as they are printed: lines and tables in the order of reading, what is furniture, where the margins are."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from chidao.reading.printed.lines import Line, read_lines
from chidao.reading.printed.tables import RuledTable, outside
from chidao.reading.printed.words import Word


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
