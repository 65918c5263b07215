"""The appendix as a Word document: A4 landscape, one table whose headings repeat on each page."""
from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import IO, Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from chidao.export import appendix
from chidao.export.words import legal
from chidao.storage.rows import TaskRow

_FONT = "Times New Roman"
_WIDTH = 277  # millimetres between the margins
_SHARE = _WIDTH / sum(column.width for column in appendix.COLUMNS)
_CENTRED = {0, appendix.DUE, appendix.HEADINGS.index("Vị trí")}


def write(rows: Sequence[TaskRow], file: IO[bytes]) -> None:
    """Writes the tasks as a document."""
    made = Document()
    _set_page(made)
    made.core_properties.title, made.core_properties.author = appendix.TITLE, "chidao"
    _say(made.add_paragraph(), appendix.TITLE, size=13, bold=True, centred=True)
    _say(made.add_paragraph(), appendix.subtitle(rows), size=12, italic=True, centred=True)
    made.add_paragraph()
    table = made.add_table(rows=1, cols=len(appendix.COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(table)
    for at, column in enumerate(appendix.COLUMNS):
        table.columns[at].width = Mm(column.width * _SHARE)
    _fill(table.rows[0], appendix.HEADINGS, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for line in appendix.lines(rows):
        _fill(table.add_row(), [_shown(cell) for cell in line])
    made.save(file)


def _shown(cell: object) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else "" if cell is None else str(cell)


def _set_page(made: DocxDocument) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(10)
    section.top_margin = section.bottom_margin = Mm(15)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(0)


def _page_number(paragraph: Paragraph) -> None:
    """Pages are numbered at the top in the middle, from the second on."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    body: Any = paragraph._p
    body.append(field)


def _narrow_margins(table: Table) -> None:
    """One millimetre between the lines of the table and the words, instead of two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        each = OxmlElement(side)
        each.set(qn("w:w"), str(Mm(1).twips))
        each.set(qn("w:type"), "dxa")
        margins.append(each)
    properties: Any = table._tbl.tblPr
    properties.find(qn("w:tblLook")).addprevious(margins)  # the schema has an order


def _fill(row: _Row, cells: Sequence[str], *, bold: bool = False) -> None:
    _mark(row, "w:cantSplit")
    for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Mm(appendix.COLUMNS[at].width * _SHARE)
        _say(cell.paragraphs[0], text, bold=bold, centred=bold or at in _CENTRED)
        if bold:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _say(
    paragraph: Paragraph, text: str, *, size: int | None = None, bold: bool = False, italic: bool = False,
    centred: bool = False,
) -> None:
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if not text:
        return
    run = paragraph.add_run(legal(text))
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if size:
        run.font.size = Pt(size)


def _mark(row: _Row, property: str) -> None:
    """Sets a switch of the row: `w:tblHeader` repeats it on each page, `w:cantSplit` keeps it on one."""
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(property))
