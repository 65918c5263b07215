"""Pages as they are printed: lines and tables in the order of reading, what is furniture, where the margins are."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chidao.reading.printed.columns import Foot, read_lines
from chidao.reading.printed.lines import Line
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
    foot: Foot | None = None

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


def read_page(page: PrintedPage, foot: Foot | None = None) -> Page:
    """The lines above, between and below the tables of a page, and these; `foot` is that of the page before."""
    rest = outside(page.words, page.tables)
    items: list[Line | RuledTable] = []
    above = float("-inf")
    for table in [*page.tables, None]:
        below = table.top if table else float("inf")
        lines, foot = read_lines([w for w in rest if above <= w.top < below], page_width=page.width, foot=foot)
        items += lines
        if table:
            items.append(table)
            above, foot = below, None
    return Page(page.number, page.height, tuple(items), foot)


def read_pages(pages: Iterable[PrintedPage]) -> list[Page]:
    """The pages of a document, in order."""
    out: list[Page] = []
    for page in pages:
        out.append(read_page(page, out[-1].foot if out else None))
    return out


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
