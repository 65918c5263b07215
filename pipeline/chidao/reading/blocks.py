"""Paragraphs and tables in order, as HTML and Word have them, written out as text with tables and regions."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chidao.grammar.folding import squeeze
from chidao.model import Cell, Region, RegionKind, Span, Table
from chidao.reading.content import Content
from chidao.reading.layout import is_layout
from chidao.reading.lines import goes_on


class Paragraph(NamedTuple):
    """A block of text; line feeds in it are line breaks of the source. `kind`: of the region that it makes, if any."""

    text: str
    kind: RegionKind | None = None


class GridCell(NamedTuple):
    row: int
    column: int
    rows: int
    columns: int
    blocks: Sequence[Block]


class Grid(NamedTuple):
    """A table of the source, cells in order of reading; a merged cell stands once."""

    cells: Sequence[GridCell]


Block = Paragraph | Grid
_MANY_BLOCKS = 8  # paragraphs in one cell that make a page of a table of one or two rows


def write(blocks: Iterable[Block]) -> Content:
    """The text of `blocks`: a paragraph a line, a row of a table a line, layout tables cell by cell."""
    draft = _Draft()
    draft.blocks(blocks)
    return Content("\n".join(draft.lines), tables=tuple(draft.tables), regions=tuple(draft.regions))


@dataclass
class _Draft:
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    at: int = 0  # where the next line will start
    open: bool = False  # whether the last line is a paragraph that may go on

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Grid):
                self._grid(block)
            else:
                self._paragraph(block)

    def _line(self, line: str) -> Span:
        start = self.at
        self.lines.append(line)
        self.at += len(line) + 1
        return Span(start, start + len(line))

    def _paragraph(self, paragraph: Paragraph) -> None:
        for line in filter(None, map(squeeze, paragraph.text.split("\n"))):
            if paragraph.kind:
                self.regions.append(Region(self._line(line), paragraph.kind))
            elif self.open and goes_on(self.lines[-1], line):
                self.lines[-1] += f" {line}"
                self.at += len(line) + 1
            else:
                self._line(line)
            self.open = paragraph.kind is None

    def _grid(self, grid: Grid) -> None:
        if _lays_out(grid):
            for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
                self.open = False
                self.blocks(cell.blocks)
        else:
            self._table(grid)
        self.open = False

    def _table(self, grid: Grid) -> None:
        start, cells = self.at, []
        for row in sorted({cell.row for cell in grid.cells}):
            members = sorted((c for c in grid.cells if c.row == row), key=lambda c: c.column)
            texts = [squeeze(_flat(member.blocks)) for member in members]
            if not any(texts):
                continue
            at = self._line(" | ".join(texts)).start
            for member, text in zip(members, texts, strict=True):
                cells.append(Cell(Span(at, at + len(text)), row, member.column, member.rows, member.columns))
                at += len(text) + 3
        if cells:
            self.tables.append(Table(Span(start, self.at - 1), tuple(cells)))


def _flat(blocks: Iterable[Block]) -> str:
    """All words of a cell, also those of tables inside it."""
    return " ".join(
        " ".join(_flat(cell.blocks) for cell in block.cells) if isinstance(block, Grid) else block.text
        for block in blocks)


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(_flat([block]) for block in blocks)


def _lays_out(grid: Grid) -> bool:
    if any(isinstance(block, Grid) and len(block.cells) > 1 for cell in grid.cells for block in cell.blocks):
        return True
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(_text(cell.blocks))
    if len(rows) <= 2 and any(len(cell.blocks) >= _MANY_BLOCKS for cell in grid.cells):
        return True
    return is_layout(list(rows.values()))
