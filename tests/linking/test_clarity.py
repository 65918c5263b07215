"""What a task makes clear, point by point."""
from __future__ import annotations

import re

import pytest

from chidao import knowledge
from chidao.extraction.pipeline import extract
from chidao.linking.clarity import clarity
from chidao.model import Clarity, SourceText

HEAD = "ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSố: 12/KH-UBND\nSơn La, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nLàm sạch kênh Bắc\n"


def of(body: str) -> Clarity:
    directive = extract(SourceText(f"{HEAD}I. NHIỆM VỤ\n{body}", "txt", "0" * 64, "a.txt"))
    return clarity(directive.tasks[0], directive)


@pytest.mark.parametrize(("body", "points"), [
    ("1. Sở Xây dựng nạo vét kênh trước ngày 30/6/2026, trình Ủy ban nhân dân tỉnh phê duyệt.",
     {"person": 1, "work": 1, "time": 1, "responsibility": 1, "product": 0, "authority": 1}),
    ("1. Nạo vét kênh.", {"person": 0, "work": 1, "time": 0, "responsibility": 0, "product": 0, "authority": 0}),
    ("1. Các đơn vị liên quan nạo vét kênh theo chức năng, nhiệm vụ.",
     {"person": 0.5, "responsibility": 1, "authority": 0.5}),
    ("1. Sở Xây dựng, Sở Tài chính nạo vét kênh.", {"person": 1, "responsibility": 0.5}),
    ("1. Sở Xây dựng thường xuyên kiểm tra kênh.", {"time": 0.5}),
    ("1. Sở Xây dựng hằng tháng kiểm tra kênh, báo cáo kết quả.", {"time": 1, "product": 0.5}),
    ("1. Sở Xây dựng nạo vét kênh theo Quyết định số 15/2025/QĐ-UBND.", {"authority": 1}),
])
def test_points(body: str, points: dict[str, float]) -> None:
    found = of(body)
    assert {name: getattr(found, name) for name in points} == points


def test_score_is_the_mean() -> None:
    assert Clarity(1, 1, 0.5, 1, 0, 0).score == 0.58
    assert 0 <= of("1. Nạo vét kênh.").score < of("1. Sở Xây dựng nạo vét kênh trước ngày 30/6/2026.").score <= 1


def test_words_fit_their_examples() -> None:
    for row in knowledge.rows("clarity_words"):
        pattern = rf"(?<!\w){re.escape(row['words'].casefold())}(?!\w)"
        assert re.search(pattern, row["example"].casefold()), row
        assert not re.search(pattern, row["counter_example"].casefold()), row
