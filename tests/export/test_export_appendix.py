"""What the appendix says: its title block and the words of its cells."""
from __future__ import annotations

import datetime
import re

import pytest
from rows_by_hand import body, limit, make_task

from chidao.export import appendix
from chidao.export.words import legal, readable


def test_one_document_is_named_below_the_title() -> None:
    assert appendix.subtitle([make_task("a"), make_task("b")]) == (
        "(Kèm theo Kế hoạch số 31/KH-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lam Sơn)")


@pytest.mark.parametrize(("date", "words"), [
    ("2026-03-09", "ngày 09 tháng 3 năm 2026"),  # days below 10 and months 1 and 2 have a zero, others none
    ("2026-02-28", "ngày 28 tháng 02 năm 2026"),
    (None, "Kế hoạch số 31/KH-UBND của"),  # no date is made up
])
def test_date_of_the_document(date: str | None, words: str) -> None:
    assert words in appendix.subtitle([make_task("a", date=date)])


def test_several_documents_are_counted() -> None:
    assert appendix.subtitle([make_task("a"), make_task("b", document="x")]) == "(Tổng hợp từ 2 văn bản)"
    assert appendix.subtitle([]) == "(Tổng hợp từ 0 văn bản)"


def test_cells_of_a_task() -> None:
    bodies = [body("Sở Y tế"), body("Công an tỉnh"), body("Sở Du lịch", "coordinator")]
    row = make_task("**Kiểm tra** việc\nthu gom", bodies,
                    [limit("trước ngày 30/6/2026", due="2026-06-30"), limit("hằng quý", "recurring", "quarterly")],
                    products=["Báo cáo"], page=4)
    assert appendix.lines([row]) == [(
        1, "Kiểm tra việc thu gom", "Sở Y tế; Công an tỉnh", "Sở Du lịch", "Báo cáo", "trước ngày 30/6/2026; hằng quý",
        datetime.date(2026, 6, 30), "", "Kế hoạch 31/KH-UBND", "II › 1", f"1204–{1204 + len(row.text)}, tr. 4")]


def test_nothing_is_invented() -> None:
    line = appendix.lines([make_task("Tuyên truyền")])[0]
    assert (line.lead, line.coordinator, line.product, line.time, line.due, line.note) == ("", "", "", "", None, "")


@pytest.mark.parametrize(("bodies", "kind", "note"), [
    ([body("Sở Y tế", source="inherited")], "task", "Chủ trì kế thừa từ đề mục"),
    ([body("Sở Y tế"), body("Sở Du lịch", "coordinator", source="inherited")], "task", "Phối hợp kế thừa từ đề mục"),
    ([body("Tỉnh đoàn", mood="request")], "task", "Đề nghị (không phải giao)"),
    ([body("Sở Y tế"), body("Bộ Y tế", "reports_to"), body("Thanh tra tỉnh", "monitors")], "task",
     "Báo cáo: Bộ Y tế; theo dõi: Thanh tra tỉnh"),
    ([], "target", "Chỉ tiêu"),
])
def test_note(bodies: list[object], kind: str, note: str) -> None:
    assert appendix.lines([make_task("Kiểm tra", bodies, kind=kind)])[0].note == note


@pytest.mark.parametrize(("text", "words"), [
    ("*Đẩy mạnh* tuyên truyền (*)", "Đẩy mạnh tuyên truyền (*)"),  # a note's mark is no markup
    ("Số ~~27~~ và **Sở", "Số 27 và Sở"),  # a span may end inside the markup
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("a\u202eb\x00c\x0bd", "a�b�c�d"),  # visibly: direction marks, control characters
])
def test_readable(text: str, words: str) -> None:
    assert readable(text) == words


def test_legal_keeps_what_a_cell_may_hold() -> None:
    assert legal("Dòng 1\n\tDòng 2 – “Đà Nẵng” 😀") == "Dòng 1\n\tDòng 2 – “Đà Nẵng” 😀"
    assert re.fullmatch("�+", legal("\x1f\ud800\ufffe"))
