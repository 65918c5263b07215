"""A table as an Excel workbook for offices: Times New Roman, A4 landscape, headings on each page, a filter."""
from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from chidao.export.words import could_compute, readable

_HEADING_ROW = 4
_LONGEST = 2_000  # characters of a cell that a person still reads
_LINE, _TALLEST = 15.5, 409.0  # points: a line of text, and what Excel allows a row
_SIDE = Side(style="thin", color="808080")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_BODY, _BOLD = Font(name="Times New Roman", size=12), Font(name="Times New Roman", size=12, bold=True)
_ITALIC = Font(name="Times New Roman", size=12, italic=True)
_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_GREY = PatternFill("solid", start_color="E7E6E6")

Value = str | int | datetime.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the width of its column in digits of the font."""

    heading: str
    width: float


def write(
    file: IO[bytes], name: str, title: str, subtitle: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]],
) -> None:
    """Writes one sheet; `name` stands on its tab, `title` and `subtitle` above the table."""
    book: Any = Workbook()
    sheet: Any = book.active
    book._named_styles["Normal"].font = _BODY  # the unit of the columns' widths is a digit of this font
    sheet.title = name
    book.properties.title, book.properties.creator = title, "chidao"
    last = get_column_letter(len(columns))
    for row, text, font, height in ((1, title, _BOLD, 20), (2, subtitle, _ITALIC, 34)):
        sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment, sheet.row_dimensions[row].height = font, _MIDDLE, height
    for at, column in enumerate(columns, start=1):
        cell = sheet.cell(_HEADING_ROW, at, column.heading)
        cell.font, cell.alignment, cell.border, cell.fill = _BOLD, _MIDDLE, _BORDER, _GREY
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.row_dimensions[_HEADING_ROW].height = 34
    for at, line in enumerate(rows, start=_HEADING_ROW + 1):
        for number, value in enumerate(line, start=1):
            _fill(sheet.cell(at, number), value)
        sheet.row_dimensions[at].height = _height(line, columns)
    _set_page(sheet, f"A{_HEADING_ROW}:{last}{_HEADING_ROW + len(rows)}")
    book.save(file)


def _fill(cell: Any, value: Value) -> None:
    """Text is text, whatever sign it begins with; a date is a date."""
    if isinstance(value, str):
        cell.value, cell.data_type = readable(value)[:_LONGEST], "s"
        cell.quotePrefix = could_compute(value)
    elif value is not None:
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
    cell.font, cell.border, cell.alignment = _BODY, _BORDER, _LEFT if isinstance(value, str) else _MIDDLE


def _height(line: Sequence[Value], columns: Sequence[Column]) -> float:
    """Points that the tallest cell needs: not every program that opens a workbook fits the rows by itself."""
    lines = max((len(textwrap.wrap(value[:_LONGEST], max(1, int(column.width * 1.1))))
                 for value, column in zip(line, columns, strict=True) if isinstance(value, str)), default=1)
    return min(max(lines, 1) * _LINE + 4, _TALLEST)


def _set_page(sheet: Any, table: str) -> None:
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = table
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart("&P"))
