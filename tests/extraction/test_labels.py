"""Labels of lines, of sentences and of the columns of task tables."""
from __future__ import annotations

import pytest

from chidao import knowledge
from chidao.extraction.labels import classify, header_row, inline_labels, split_label

LABELS = [  # a label or header cell, and its role
    ("STT", "index"), ("Số TT", "index"),
    ("Nội dung thực hiện", "content"), ("Nhiệm vụ, giải pháp", "content"), ("Tên đề án ưu tiên", "content"),
    ("NHIỆM VỤ CHỦ YẾU", "content"), ("Nội dung/nhiệm vụ", "content"),
    ("**Cơ quan chủ trì:**", "lead"), ("Đơn vị chủ trì, tham mưu", "lead"), ("Cơ quan/Đơn vị chủ trì", "lead"),
    ("Chủ trì", "lead"), ("Cơ quan chủ trì thực hiện", "lead"), ("Đầu mối", "lead"),
    ("Cơ quan thực hiện", "executor"), ("Đơn vị thực hiện (2)", "executor"), ("Phân công nhiệm vụ", "executor"),
    ("Cơ quan, đơn vị phối hợp", "coordinator"), ("Phối hợp thực hiện", "coordinator"),
    ("Cơ quan chủ trì/phối hợp", "lead_coordinator"), ("Chủ trì, phối hợp", "lead_coordinator"),
    ("Thời gian", "deadline"), ("Thời hạn hoàn thành", "deadline"), ("Tiến độ thực hiện", "deadline"),
    ("Thời gian dự kiến hoàn thành", "deadline"), ("Hạn hoàn thành", "deadline"),
    ("Sản phẩm/Kết quả", "product"), ("Sản phẩm đầu ra", "product"), ("Kết quả dự kiến", "product"),
    ("Ghi chú", "note"), ("Nguồn kinh phí", "attribute"), ("Địa điểm", "attribute"), ("Kết quả thực hiện", "attribute"),
    ("Thứ tự công việc", "procedure"), ("Biểu mẫu/Kết quả", "procedure"),
    ("Tổ chức thực hiện", None),  # the heading of a section
    ("Thời hạn giải quyết", None),  # of an administrative procedure
    ("Sở Y tế", None), ("Các sở, ban, ngành", None), ("Kính gửi", None), ("Nơi nhận", None), ("Đơn vị", None),
]


@pytest.mark.parametrize(("label", "role"), LABELS)
def test_roles(label: str, role: str | None) -> None:
    found = classify(label)
    assert (found and found.role) == role


@pytest.mark.parametrize("row", knowledge.rows("label_lines"), ids=lambda r: r["example"])
def test_rows(row: dict[str, str]) -> None:
    example, counter = classify(row["example"]), classify(row["counter_example"])
    assert example is not None
    assert example.role == row["role"]
    assert counter is None or counter.role != row["role"]


@pytest.mark.parametrize(("line", "role", "value"), [
    ("- Cơ quan chủ trì: Sở Y tế.", "lead", "Sở Y tế."),
    ("a) Thời gian thực hiện: Năm 2026", "deadline", "Năm 2026"),
    ("**Sản phẩm:** Kế hoạch của Ủy ban nhân dân xã", "product", "Kế hoạch của Ủy ban nhân dân xã"),
    ("1.2. Nội dung thực hiện: Nạo vét kênh: đoạn 1, đoạn 2", "content", "Nạo vét kênh: đoạn 1, đoạn 2"),
    ("+ Đơn vị phối hợp:", "coordinator", ""),
])
def test_labelled_line(line: str, role: str, value: str) -> None:
    found = split_label(line)
    assert found is not None
    assert (found[0].role, found[1].of(line)) == (role, value)


@pytest.mark.parametrize("line", [
    "Giao Sở Y tế: hướng dẫn các trạm y tế", "1. Tổ chức thực hiện:", "Sở Xây dựng chủ trì lập đề án cấp nước", "STT:",
    "Căn cứ Luật Giá ngày 19/6/2023:",
])
def test_unlabelled_line(line: str) -> None:
    found = split_label(line)
    assert found is None or found[0].role == "attribute"


@pytest.mark.parametrize(("text", "expected"), [
    ("Lập đề án cấp nước. Thời gian hoàn thành: Quý I/2026. Cơ quan chủ trì: Sở Xây dựng.",
     [("deadline", "Quý I/2026"), ("lead", "Sở Xây dựng")]),
    ("Mở lớp tập huấn (Cơ quan chủ trì: Sở Nội vụ; Phối hợp: Trường Chính trị; Thời gian: tháng 5/2026) cho cán bộ xã",
     [("lead", "Sở Nội vụ"), ("coordinator", "Trường Chính trị"), ("deadline", "tháng 5/2026")]),
    ("Phối hợp: Sở Y tế; Sở Tài chính; UBND TP. Huế.", [("coordinator", "Sở Y tế; Sở Tài chính; UBND TP. Huế")]),
    ("Đề nghị các xã: rà soát hộ nghèo. Sở Y tế: cấp thuốc.", []),
])
def test_labels_inside_a_task(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.label.role, found.value.of(text)) for found in inline_labels(text)] == expected


@pytest.mark.parametrize(("row", "expected"), [
    ("STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn", "index content lead coordinator deadline"),
    ("Nội dung | Đơn vị thực hiện | Thời gian thực hiện | Sản phẩm", "content executor deadline product"),
    ("TT | Tên văn bản | Cơ quan chủ trì | Thời gian trình", "index content lead deadline"),  # the unnamed column
    ("TT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn | Kết quả thực hiện | Tiến độ",
     "index content lead deadline attribute attribute"),
    ("PHỤ LỤC I | STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn", "index content lead deadline"),  # caption run in
    ("TT | Mã số TTHC | Tên thủ tục hành chính | Lĩnh vực | Cơ quan thực hiện", None),
    ("Thứ tự công việc | Nội dung công việc | Đơn vị thực hiện | Thời gian thực hiện", None),
    ("STT | Nội dung | Mức chi | Ghi chú", None),
    ("STT | Họ và tên | Chức vụ | Đơn vị công tác", None),
    ("1 | Nạo vét kênh | Sở Xây dựng | Các xã | Quý I/2026", None),
])
def test_header_row(row: str, expected: str | None) -> None:
    found = header_row(row.split(" | "))
    assert (found and " ".join(found[i].role for i in sorted(found))) == expected
