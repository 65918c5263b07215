"""What an officer should know: a text that names who leads though no task got a lead."""
from __future__ import annotations

import re

import pytest

from chidao import knowledge
from chidao.extraction.pipeline import extract
from chidao.linking.findings import find_findings
from chidao.model import SourceText

HEAD = "ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 12/QĐ-UBND\nSơn La, ngày 02 tháng 3 năm 2026\nQUYẾT ĐỊNH\n"


def codes(text: str) -> list[str]:
    directive = extract(SourceText(text, "txt", "0" * 64, "qd.txt"))
    found = [f for f in find_findings(directive) if f.code.startswith("no_lead_")]
    assert all(f.span.of(text).casefold() == "chủ trì" for f in found)
    return [f.code for f in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Công bố thủ tục hành chính lĩnh vực đê điều\nBước 1: Cơ quan chủ trì nhận hồ sơ.", ["no_lead_procedure"]),
        ("Ban hành Quy chế họp trực tuyến\nĐiều 1. Người chủ trì là người điều hành cuộc họp.", ["no_lead_rules"]),
        ("Kế hoạch làm sạch kênh Bắc\nI. TÌNH HÌNH\nCuộc họp do đồng chí Trưởng ban chủ trì.", ["no_lead_unread"]),
        ("Kế hoạch làm sạch kênh Bắc\nI. NHIỆM VỤ\n1. Sở Xây dựng chủ trì nạo vét kênh.", []),
        ("Kế hoạch làm sạch kênh Bắc\nI. NHIỆM VỤ\n1. Nạo vét kênh.", []),  # nobody is said to lead
    ],
)
def test_a_lead_that_no_task_has(body: str, expected: list[str]) -> None:
    assert codes(HEAD + body) == expected


def of_tasks(body: str, *, today: str = "2026-11-22") -> list[tuple[str, str]]:
    """The findings on tasks with the words that show them."""
    text = HEAD + body
    directive = extract(SourceText(text, "txt", "0" * 64, "qd.txt"))
    return [(f.code, f.span.of(text)) for f in find_findings(directive, today=today) if not f.code.startswith("no_")]


PLAN = "KẾ HOẠCH\nLàm sạch kênh Bắc\nI. NHIỆM VỤ\n"


@pytest.mark.parametrize(("line", "codes"), [
    ("1. Sở Xây dựng nạo vét kênh trước ngày 30/6/2026.", set()),
    ("1. Nạo vét kênh trước ngày 30/6/2026.", {"task_no_lead"}),
    ("1. Sở Xây dựng, Sở Tài chính chủ trì nạo vét kênh trước ngày 30/6/2026.",
     {"task_several_leads"}),
    ("1. Các đơn vị liên quan nạo vét kênh trước ngày 30/6/2026.", {"task_lead_unnamed"}),
    ("1. Các sở, ban, ngành nạo vét kênh trước ngày 30/6/2026.", set()),  # says who they are
    ("1. Sở Xây dựng nạo vét kênh.", {"task_no_deadline"}),
    ("1. Sở Giao thông vận tải nạo vét kênh trước ngày 30/6/2026.", {"lead_ended_before"}),
])
def test_findings_on_tasks(line: str, codes: set[str]) -> None:
    found = of_tasks(PLAN + line)
    assert {code for code, _ in found} == codes | {"task_no_product"}
    assert all(words for _, words in found)


def test_a_product_and_the_period_of_the_directive() -> None:
    body = PLAN + "1. Nạo vét kênh\n- Cơ quan chủ trì: Sở Xây dựng.\n- Sản phẩm: Biên bản nghiệm thu."
    assert [code for code, _ in of_tasks(body)] == ["task_no_deadline"]
    with_period = body.replace("I. NHIỆM VỤ", "Thời gian thực hiện: Năm 2026\nI. NHIỆM VỤ")
    assert "task_horizon_only" in [code for code, _ in of_tasks(with_period)]
    assert "task_no_deadline" not in [code for code, _ in of_tasks(with_period)]


def test_a_lead_that_ended_since() -> None:
    text = ("ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 12/KH-UBND\nSơn La, ngày 02 tháng 3 năm 2022\n"
            "KẾ HOẠCH\nLàm sạch kênh Bắc\nI. NHIỆM VỤ\n1. Sở Giao thông vận tải nạo vét kênh.")
    directive = extract(SourceText(text, "txt", "0" * 64, "qd.txt"))
    ended = [f for f in find_findings(directive, today="2026-11-22") if f.code.startswith("lead_ended")]
    assert [(f.code, f.said["ended"], f.span.of(text)) for f in ended] == [
        ("lead_ended_since", "2025-02-28", "Sở Giao thông vận tải")]
    assert "Sở Xây dựng tỉnh Sơn La (" in ended[0].said["now"]
    goes_on = extract(SourceText(text.replace("SƠN LA", "BẮC NINH").replace("Giao thông vận tải", "Y tế"), "txt", "0" * 64,
                                 "qd.txt"))  # so.y.te@bac.ninh, so.y.te@bac.ninh-2025
    assert not [f for f in find_findings(goes_on, today="2026-01-22") if f.code.startswith("lead_ended")]
    assert not [f for f in find_findings(directive, today="2024-01-01") if f.code.startswith("lead_ended")]


def test_every_code_has_its_sentences() -> None:
    rows = knowledge.rows("findings")
    assert {row["code"].split("_")[0] for row in rows} == {"no", "task", "lead"}
    for row in rows:
        assert row["severity"] in ("note", "warning")
        assert all(row[column] for column in row), row["code"]
        assert set(re.findall(r"{\w+}", row["vi"])) == set(re.findall(r"{\w+}", row["en"]))
