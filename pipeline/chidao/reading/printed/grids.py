"""Ruled tables over the ends of pages: heads that are repeated, rows and merged cells that are cut."""
from __future__ import annotations

from dataclasses import dataclass

from chidao.reading.lines import goes_on
from chidao.reading.printed.joining import Placed, joined
from chidao.reading.printed.pages import Margins
from chidao.reading.printed.tables import RuledTable

_NEAR = 6.0  # points between the columns of a table on two pages


@dataclass
class OpenCell:
    column: int
    rows: int
    columns: int
    parts: list[Placed]
    cut: bool = False

    @property
    def text(self) -> str:
        return joined(self.parts)


@dataclass
class OpenRow:
    cells: list[OpenCell]
    repeated: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass
class OpenTable:
    """A table so far; rows that repeat its head on further pages are among its rows, marked."""

    edges: tuple[float, ...]
    rows: list[OpenRow]

    def goes_on(self, table: RuledTable) -> bool:
        """Whether a table on the next page has the same columns."""
        return len(self.edges) == len(table.edges) and all(
            abs(a - b) <= _NEAR for a, b in zip(self.edges, table.edges, strict=True))

    def add(self, rows: list[OpenRow]) -> None:
        """Puts the rows of the next page below; what the end of the page cut goes on with its rest."""
        rows = self._without_repeated(rows)
        last = self._lowest()
        if rows and last:
            if all(cell.cut for cell in last.values()) or _is_rest_of_row(self._data()[-1], rows[0]):
                self._go_on(last, rows.pop(0), of_row=True)
            else:
                self._go_on(last, rows[0], of_row=False)
        self.rows += rows

    def _data(self) -> list[OpenRow]:
        return [row for row in self.rows if not row.repeated]

    def _without_repeated(self, rows: list[OpenRow]) -> list[OpenRow]:
        """The rows of the next page without those that repeat the head of the table, which are marked and kept."""
        for old, new in zip(self.rows, rows, strict=False):
            if not any(new.texts) or [t.casefold() for t in old.texts] != [t.casefold() for t in new.texts]:
                break
            new.repeated = True
        head = [row for row in rows if row.repeated]
        self.rows += head
        return rows[len(head):]

    def _lowest(self) -> dict[int, OpenCell]:
        """The cells that reach down to the last row, by their columns."""
        rows = self._data()
        return {cell.column: cell for i, row in enumerate(rows) for cell in row.cells if i + cell.rows >= len(rows)}

    def _go_on(self, last: dict[int, OpenCell], row: OpenRow, *, of_row: bool) -> None:
        """Adds the cells of a row that was cut to those above, or only those of merged cells."""
        for cell in list(row.cells):
            above = last.get(cell.column)
            if above is None or above.columns != cell.columns or not (of_row or _is_rest_of_cell(above, cell)):
                continue
            above.parts += cell.parts
            above.rows += cell.rows - of_row
            above.cut = cell.cut
            row.cells.remove(cell)
        if of_row and row.cells:
            below = self._data()[-1]
            below.cells = sorted([*below.cells, *(c for c in row.cells if c.parts)], key=lambda cell: cell.column)


def open_table(table: RuledTable, page: int, known: Margins) -> OpenTable:
    """The table as it stands on one page."""
    rows = [[c for c in table.cells if c.row == number] for number in range(max(c.row for c in table.cells) + 1)]
    return OpenTable(table.edges, [
        OpenRow([OpenCell(c.column, c.rows, c.columns, [Placed(line, page, known) for line in c.lines], c.cut)
                 for c in sorted(row, key=lambda c: c.column)]) for row in rows])


def _is_rest_of_cell(above: OpenCell, cell: OpenCell) -> bool:
    """Whether a cell at the top of a page is the rest of a merged one: nothing parts the two, or it is empty."""
    return above.cut or (not cell.parts and (cell.rows > 1 or above.rows > 1))


def _is_rest_of_row(old: OpenRow, new: OpenRow) -> bool:
    """A row that the end of a page cut: its first cell is empty and some cell's sentence goes on."""
    if not new.cells or new.cells[0].text:
        return False
    above = {cell.column: cell.text for cell in old.cells}
    return any(above.get(cell.column) and cell.text and goes_on(above[cell.column], cell.text) for cell in new.cells)
