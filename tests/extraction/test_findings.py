"""What an officer should know: a text that names who leads though no task got a lead."""
from __future__ import annotations

import pytest

from chidao import knowledge
from chidao.extraction.findings import find_findings
from chidao.extraction.pipeline import extract
from chidao.model import SourceText

HEAD = "ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 12/QĐ-UBND\nSơn La, ngày 02 tháng 3 năm 2026\nQUYẾT ĐỊNH\n"


def codes(text: str) -> list[str]:
    directive = extract(SourceText(text, "txt", "0" * 64, "qd.txt"))
    found = find_findings(directive)
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


def test_every_code_has_its_sentences() -> None:
    rows = knowledge.rows("findings")
    assert {row["code"] for row in rows} == {"no_lead_procedure", "no_lead_rules", "no_lead_unread"}
    assert all(row["vi"] and row["en"] and row["severity"] in ("note", "warning") for row in rows)
