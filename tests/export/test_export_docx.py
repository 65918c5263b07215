"""The Word document, opened again: the same table, landscape, headings on each page."""
from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from rows_by_hand import body, limit, make_task

from chidao.export import appendix, docx


def test_document() -> None:
    rows = [make_task("Lập danh mục", [body("Sở Xây dựng")], [limit("trước ngày 30/6/2026", due="2026-06-30")]),
            make_task("Kiểm\x02 tra")]
    file = io.BytesIO()
    docx.write(rows, file)
    made = Document(io.BytesIO(file.getvalue()))
    section, table = made.sections[0], made.tables[0]
    assert [p.text for p in made.paragraphs][:2] == [appendix.TITLE, appendix.subtitle(rows)]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [cell.text for cell in table.rows[0].cells] == list(appendix.HEADINGS)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert [cell.text for cell in table.rows[1].cells][:3] == ["1", "Lập danh mục", "Sở Xây dựng"]
    assert table.rows[1].cells[appendix.DUE].text == "30/06/2026"
    assert table.rows[2].cells[1].text == "Kiểm� tra"
    assert table.rows[2].cells[appendix.DUE].text == ""


def test_table_fills_the_page() -> None:
    file = io.BytesIO()
    docx.write([make_task("Kiểm tra")], file)
    table = Document(io.BytesIO(file.getvalue())).tables[0]
    assert abs(sum(column.width for column in table.columns) - Mm(277)) < Mm(1)


def test_properties_of_the_table_stand_in_the_order_of_the_schema() -> None:
    """Word refuses a document where they don't."""
    file = io.BytesIO()
    docx.write([make_task("Kiểm tra")], file)
    table = Document(io.BytesIO(file.getvalue())).tables[0]
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]
    assert [child.tag.partition("}")[2] for child in table._tbl.tblPr] == order
