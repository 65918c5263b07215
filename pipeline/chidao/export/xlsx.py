"""The appendix as an Excel workbook: A4 landscape, one sheet, real dates, a filter, headings on each page."""
from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chidao.export import appendix
from chidao.export.words import could_compute, legal
from chidao.storage.rows import TaskRow

_HEADING_ROW = 4
_LONGEST = 32_767  # characters that a cell of Excel holds
_LINE, _TALLEST = 16.0, 409.0  # points: a line of text, and what Excel allows a row
_CUT = " … (đã cắt, xem văn bản)"
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BODY, _BOLD, _TITLE = (Font(name="Times New Roman", size=12, bold=bold) for bold in (False, True, True))
_SUBTITLE = Font(name="Times New Roman", size=12, italic=True)
_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_GREY = PatternFill("solid", start_color="E7E6E6")
_CENTRED = {0, appendix.DUE, appendix.HEADINGS.index("Vị trí")}


def write(rows: Sequence[TaskRow], file: IO[bytes]) -> None:
    """Writes the tasks as a workbook."""
    book: Any = Workbook()
    sheet: Worksheet = book.active
    book._named_styles["Normal"].font = _BODY  # the unit of the columns' widths is a digit of this font
    sheet.title = "Phân công nhiệm vụ"
    book.properties.title = appendix.TITLE
    book.properties.creator = "chidao"
    _head(sheet, appendix.subtitle(rows))
    for at, line in enumerate(appendix.lines(rows), start=_HEADING_ROW + 1):
        for column, value in enumerate(line):
            _fill(sheet.cell(at, column + 1), value, centred=column in _CENTRED)
        sheet.row_dimensions[at].height = _height(line)
    _set_page(sheet, last=_HEADING_ROW + len(rows))
    book.save(file)


def _head(sheet: Worksheet, subtitle: str) -> None:
    last = get_column_letter(len(appendix.COLUMNS))
    for row, text, font, height in ((1, appendix.TITLE, _TITLE, 20), (2, subtitle, _SUBTITLE, 34)):
        sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1)
        _fill(cell, text)
        cell.font, cell.alignment, cell.border = font, _MIDDLE, Border()
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[_HEADING_ROW].height = 34
    for at, column in enumerate(appendix.COLUMNS, start=1):
        cell = sheet.cell(_HEADING_ROW, at, column.heading)
        cell.font, cell.alignment, cell.border, cell.fill = _BOLD, _MIDDLE, _BORDER, _GREY
        sheet.column_dimensions[get_column_letter(at)].width = column.width


def _fill(cell: Any, value: object, *, centred: bool = False) -> None:
    """Puts `value` into the cell; text is text, whatever sign it begins with."""
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        text = legal(value)
        cell.value = text if len(text) <= _LONGEST else text[:_LONGEST - len(_CUT)] + _CUT
        cell.data_type = "s"
    elif value is not None:
        cell.value = value  # type: ignore[assignment]
    if isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"
    cell.font, cell.border, cell.alignment = _BODY, _BORDER, _CENTRE if centred else _LEFT
    if isinstance(value, str) and could_compute(value):
        cell.quotePrefix = True


def _height(line: appendix.Line) -> float:
    """Points that the tallest cell needs: not every program that opens a workbook fits the rows by itself."""
    rows = max(len(textwrap.wrap(cell, int(column.width * 1.15))) for cell, column in
               zip(line, appendix.COLUMNS, strict=True) if isinstance(cell, str))
    return min(max(rows, 1) * _LINE + 4, _TALLEST)


def _set_page(sheet: Worksheet, *, last: int) -> None:
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{get_column_letter(len(appendix.COLUMNS))}{last}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    margins.header = 0.3
    sheet.HeaderFooter.differentFirst = True
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart("&P"))
