"""Lines to paragraphs, over the ends of pages, and tables to rows; every printed line keeps its box."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from chidao.model import Box, Cell, Region, RegionKind, Span, Table
from chidao.reading.content import Content
from chidao.reading.printed.entries import Entry, find_entries
from chidao.reading.printed.grids import OpenTable, open_table
from chidao.reading.printed.joining import Placed, continues, joined, joint
from chidao.reading.printed.pages import Margins, Page, PrintedPage, read_pages
from chidao.reading.printed.tables import RuledTable

_NOTE_START = re.compile(r"(?:\[?\d{1,2}\]?(?!\d)|\*)[.)]?\s*\S")


def compose(pages: Iterable[PrintedPage]) -> Content:
    """The text of printed pages with regions, tables and a box for each printed line.

    >>> from chidao.reading.printed.words import Word
    >>> words = [Word("KẾ", 250, 60, 265, 74, 0), Word("HOẠCH", 269, 60, 310, 74, 0), Word("A", 90, 90, 99, 104, 1)]
    >>> content = compose([PrintedPage(1, 595, 842, words)])
    >>> content.text, content.boxes[0].span
    ('KẾ HOẠCH\\nA', Span(start=0, end=8))
    """
    return write(read_pages(pages))


def write(pages: Sequence[Page]) -> Content:
    """The text of pages whose lines and tables stand in the order of reading."""
    draft = _Draft()
    for entry in find_entries(pages):
        draft.add(entry)
    draft.close()
    text = "\n".join(draft.lines)
    return Content(text, tables=tuple(draft.tables), boxes=tuple(draft.boxes), pages=len(pages),
                   regions=tuple(draft.regions))


@dataclass
class _Draft:
    lines: list[str] = field(default_factory=list)
    at: int = 0
    boxes: list[Box] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    paragraph: list[Placed] = field(default_factory=list)
    table: OpenTable | None = None
    # Page numbers and footnotes, until the text pauses.
    waiting: list[tuple[list[Placed], RegionKind]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        if isinstance(entry.item, RuledTable):
            self._add_table(entry.item, entry.page, entry.margins)
            return
        placed = Placed(entry.item, entry.page, entry.margins)
        if entry.kind == "text":
            self._add_line(placed)
        elif entry.kind == "note" and self._open_note() and not _NOTE_START.match(placed.text):
            self.waiting[-1][0].append(placed)
        else:
            self.waiting.append(([placed], "note" if entry.kind == "note" else "furniture"))

    def _open_note(self) -> bool:
        return bool(self.waiting) and self.waiting[-1][1] == "note"

    def close(self) -> None:
        """Writes what is still open."""
        if self.table:
            self._write_table(self.table)
            self.table = None
        if self.paragraph:
            self._write(self.paragraph)
            self.paragraph = []
        for parts, kind in self.waiting:
            self.regions.append(Region(self._write(parts), kind))
        self.waiting = []

    def _add_line(self, placed: Placed) -> None:
        if self.table is None and self.paragraph and continues(self.paragraph, placed):
            self.paragraph.append(placed)
            return
        self.close()
        self.paragraph = [placed]

    def _add_table(self, table: RuledTable, page: int, known: Margins) -> None:
        part = open_table(table, page, known)
        if self.table is not None and self.table.goes_on(table):
            self.table.add(part.rows)
            return
        self.close()
        self.table = part

    def _write(self, parts: Sequence[Placed]) -> Span:
        start = self.at
        self._boxes(parts, start)
        text = joined(parts)
        self.lines.append(text)
        self.at += len(text) + 1
        return Span(start, start + len(text))

    def _boxes(self, parts: Sequence[Placed], at: int) -> None:
        for part, after in zip_longest(parts, parts[1:]):
            line = part.line
            self.boxes.append(Box(Span(at, at + len(line.text)), part.page, line.x0, line.top, line.x1, line.bottom,
                                  line.edges, line.confidence))
            at += len(line.text) + len(joint(part, after))

    def _write_table(self, table: OpenTable) -> None:
        start, cells, number = self.at, [], 0
        for row in table.rows:
            if not any(row.texts):
                continue
            text = " | ".join(row.texts)
            at = self.at
            for cell in row.cells:
                self._boxes(cell.parts, at)
                if not row.repeated:
                    span = Span(at, at + len(cell.text))
                    cells.append(Cell(span, number, cell.column, cell.rows, cell.columns))
                at += len(cell.text) + 3
            if row.repeated:
                self.regions.append(Region(Span(self.at, self.at + len(text)), "furniture"))
            self.lines.append(text)
            self.at += len(text) + 1
            number += not row.repeated
        if cells:
            self.tables.append(Table(Span(start, self.at - 1), tuple(cells)))
