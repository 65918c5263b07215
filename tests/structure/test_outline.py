"""The outline: markers, nesting, paragraphs, rows, annexes."""
from __future__ import annotations

import pytest

from chidao.model import Region, Span
from chidao.structure.outline import find_outline, is_heading, marker

MARKERS = [
    ("I. MỤC TIÊU", ("la mã", "I")),
    ("IV- TỔ CHỨC THỰC HIỆN", ("la mã", "IV")),  # Party papers write a hyphen
    ("Chương II", ("chương", "II")),
    ("Mục 2. THĂM DÒ", ("mục", "2")),
    ("Mục tiêu chung của đề án", None),  # a word, not a Mục
    ("Điều 3. Sở Nội vụ chịu trách nhiệm", ("điều", "3")),
    ("Điều kiện thực hiện", None),
    ("1. Sở Y tế", ("1", "1")),
    ("1/ Sở Y tế", ("1", "1")),
    ("12/5/2024 họp giao ban", None),  # a date at the head of a line
    ("2.3. Nâng cao năng lực", ("1.1", "2.3")),
    ("8.2 Về kinh phí", ("1.1", "8.2")),  # without the last dot
    ("1.200 đồng mỗi suất", None),  # an amount
    ("1.1. *Đẩy mạnh tuyên truyền*", ("1.1", "1.1")),  # markdown italics
    ("**3. Sở Tài chính**", ("1", "3")),
    ("a) Rà soát", ("a", "a")),
    ("đ) Báo cáo", ("a", "đ")),
    ("b/ Tổng hợp", ("a", "b")),
    ("(1) lập danh mục", ("(1)", "1")),
    ("- Tăng cường kiểm tra", ("-", "-")),
    ("-------", None),  # a rule
    ("+ Phân công cán bộ", ("+", "+")),
    ("* Lưu ý thời tiết", ("•", "*")),
    ("**Lưu ý** thời tiết", None),  # bold text, not a bullet
]


@pytest.mark.parametrize(("line", "expected"), MARKERS)
def test_marker(line: str, expected: tuple[str, str] | None) -> None:
    found = marker(line)
    assert (None if found is None else (found[0], found[2])) == expected


def labels(text: str) -> list[str]:
    return [" ".join(n.path) for n in find_outline(text)]


def test_nesting_follows_the_markers() -> None:
    text = "I. NHIỆM VỤ\n1. Sở Y tế\na) Rà soát vật tư;\n- Lập danh sách.\n+ Theo xã.\nb) Báo cáo.\n2. Sở Nội vụ\nII. KINH PHÍ"
    assert labels(text) == ["I", "I 1", "I 1 a", "I 1 a -", "I 1 a - +", "I 1 b", "I 2", "II"]


def test_repeated_numbers_stay_apart() -> None:
    nodes = find_outline("III. GIẢI PHÁP\n- Một việc.\nIII. TỔ CHỨC THỰC HIỆN\n- Việc khác.")
    assert [n.parent for n in nodes] == [None, 0, None, 2]


def test_spans_hold_children_and_text() -> None:
    text = "1. Sở Y tế\n- Rà soát danh mục.\n2. Sở Nội vụ"
    first, child, _ = find_outline(text)
    assert first.span.of(text) == "1. Sở Y tế\n- Rà soát danh mục."
    assert first.text_span.of(text) == "Sở Y tế"
    assert child.text_span.of(text) == "Rà soát danh mục."


def test_paragraph_after_heading_is_its_child_and_closing_paragraph_is_not() -> None:
    text = "1. Sở Y tế\nTham mưu kế hoạch năm.\n2. Sở Tư pháp\n- Thẩm định.\nTrong quá trình thực hiện, các đơn vị báo cáo về Sở Y tế."
    nodes = find_outline(text)
    assert nodes[1].parent == 0
    assert nodes[-1].level == "paragraph"
    assert nodes[-1].parent is None


def test_label_alone_takes_the_next_line() -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi"
    nodes = find_outline(text)
    assert nodes[0].text_span.of(text) == "QUY ĐỊNH CHUNG"
    assert nodes[1].path == ("I", "1")


def test_lead_in_paragraph_holds_the_bullets_after_it() -> None:
    nodes = find_outline("1. Công an tỉnh\nTrong đó giao Giám đốc chỉ đạo:\n- Kiểm tra.\n2. Sở Nội vụ")
    assert nodes[2].parent == 1
    assert nodes[3].parent is None


def test_rows_are_leaves_and_regions_are_skipped() -> None:
    text = "UBND TỈNH\nI. NHIỆM VỤ\n1 | Rà soát | Sở Y tế\nNơi nhận:\n- Như trên;\nPHỤ LỤC\n1. Biểu mẫu"
    closing = text.index("Nơi nhận")
    annex = text.index("PHỤ LỤC")
    regions = [Region(Span(0, 9), "header"), Region(Span(closing, annex - 1), "closing"), Region(Span(annex, len(text)), "annex")]
    nodes = find_outline(text, regions)
    assert [(n.level, n.region) for n in nodes] == [("la mã", None), ("row", None), ("paragraph", "annex"), ("1", "annex")]
    assert nodes[-1].parent is None, "an annex begins an outline of its own"


@pytest.mark.parametrize(("text", "heading"), [
    ("Sở Văn hóa và Thể thao, Sở Du lịch", True),
    ("Giao các sở thực hiện những nội dung sau:", True),
    ("Rà soát toàn bộ hồ sơ tồn đọng.", False),
    ("Kinh phí điều trị: căn cứ số người đang nằm viện tại trung tâm để lập dự toán theo quy định", False),  # label and sentence
])
def test_heading(text: str, heading: bool) -> None:
    assert is_heading(text) is heading
