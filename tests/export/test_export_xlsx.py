"""The workbook, opened again: cells, dates, page; nothing becomes a formula."""
from __future__ import annotations

import datetime
import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rows_by_hand import body, limit, make_task

from chidao.export import appendix, xlsx
from chidao.storage.rows import TaskRow


def opened(rows: list[TaskRow]) -> Worksheet:
    file = io.BytesIO()
    xlsx.write(rows, file)
    return load_workbook(io.BytesIO(file.getvalue()))["Phân công nhiệm vụ"]


def test_title_block_and_headings() -> None:
    sheet = opened([make_task("Kiểm tra")])
    assert sheet["A1"].value == "PHỤ LỤC PHÂN CÔNG NHIỆM VỤ"
    assert sheet["A2"].value.startswith("(Kèm theo Kế hoạch số 31/KH-UBND")
    assert [cell.value for cell in sheet[4]][:5] == [
        "STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả/Sản phẩm"]


def test_page_is_a4_landscape_with_headings_on_each_page_and_a_filter() -> None:
    sheet = opened([make_task("Kiểm tra", order=n) for n in range(3)])
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) \
        == (True, 1, 0)
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:K7"
    assert sheet.print_title_rows == "$4:$4"


def test_due_day_is_a_real_date() -> None:
    sheet = opened([make_task("a", deadlines=[limit("trước ngày 30/6/2026", due="2026-06-30")]), make_task("b")])
    cell, none = (sheet.cell(row, appendix.DUE + 1) for row in (5, 6))
    assert (cell.value, cell.number_format, cell.is_date) == (datetime.datetime(2026, 6, 30), "dd/mm/yyyy", True)
    assert none.value is None


@pytest.mark.parametrize("text", [
    '=HYPERLINK("http://x","y")', "+84 số điện thoại", "-5% hộ nghèo", "@SUM(A1)", "=1+1", "#N/A", "TRUE",
])
def test_no_text_becomes_a_formula_or_a_value(text: str) -> None:
    cell = opened([make_task(text, [body(text)])])["B5"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text[0] in "=+-@")


def test_control_characters_are_seen_to_be_gone() -> None:
    assert opened([make_task("Kiểm\x02 tra")])["B5"].value == "Kiểm� tra"


def test_text_longer_than_a_cell_is_cut_visibly() -> None:
    value = opened([make_task("kiểm tra " * 5000)])["B5"].value
    assert len(value) == 32_767
    assert value.endswith("(đã cắt, xem văn bản)")


def test_rows_are_as_high_as_their_words_need() -> None:
    sheet = opened([make_task("Ngắn"), make_task("Rà soát quy hoạch thủy lợi nội đồng. " * 12),
                    make_task("Rà soát. " * 3000)])
    low, high, highest = (sheet.row_dimensions[row].height for row in (5, 6, 7))
    assert low < high < highest == 409


def test_words_are_in_times_new_roman_of_13_points_or_less() -> None:
    sheet = opened([make_task("Kiểm tra")])
    fonts = {(cell.font.name, cell.font.size <= 13) for row in sheet for cell in row if cell.value}
    assert fonts == {("Times New Roman", True)}
