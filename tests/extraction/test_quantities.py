"""Quantities: figures with unit and comparison."""
from __future__ import annotations

import pytest

from chidao import knowledge
from chidao.extraction.tasks.quantities import find_quantities

CASES = [  # text; value, unit, comparison, words
    ("Bố trí ít nhất 30% ngân sách y tế", [("30", "%", "at_least", "ít nhất 30%")]),
    ("Tỷ lệ hài lòng trên 95,5 %", [("95.5", "%", "at_least", "trên 95,5 %")]),
    ("Có ≥ 60% hợp tác xã dùng hóa đơn điện tử", [("60", "%", "at_least", "≥ 60%")]),
    ("Mở tối thiểu 02 lớp tập huấn", [("2", "lớp", "at_least", "tối thiểu 02 lớp")]),
    ("Trả lời không quá 5 ngày làm việc", [("5", "ngày làm việc", "at_most", "không quá 5 ngày làm việc")]),
    ("100% xã có mạng cáp quang", [("100", "%", "equal", "100%")]),
    ("Từ 80% hộ trở lên, đạt 90% trở lên", [("80", "%", "equal", "80%"), ("90", "%", "at_least", "90% trở lên")]),
    ("Giảm 10% - 15% chi phí", [("10/15", "%", "equal", "10% - 15%")]),
    ("Trồng 1.250 ha rừng", [("1250", "ha", None, "1.250 ha")]),
    # dates, provisions, numbers of documents, clock times and plain spans of time
    ("theo Nghị quyết số 18/2008/NQ-QH12 ngày 03/6/2008, khoản 2 Điều 5", []),
    ("trực 24/24 giờ trong 6 tháng đầu năm 2026", []),
    ("trên 02 hệ thống, dưới 03 hình thức", []),
    ("kế hoạch 05 năm 2026 - 2030", []),
    ("phòng, chống COVID-19 ở người", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quantities(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert [(q.value, q.unit, q.comparison, q.span.of(text)) for q in find_quantities(text)] == expected


@pytest.mark.parametrize("row", knowledge.rows("quantity_words"), ids=lambda r: r["example"])
def test_rows(row: dict[str, str]) -> None:
    assert [f"{q.comparison} {q.value} {q.unit}" for q in find_quantities(row["example"])] == [row["value"]]
    assert find_quantities(row["counter_example"]) == ()
