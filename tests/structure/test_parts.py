"""What is issued with a directive and has no number of its own."""
from __future__ import annotations

import pytest

from chidao.model import SourceText
from chidao.structure import analyse

HEAD = """ỦY BAN NHÂN DÂN TỈNH CÀ MAU
Số: 41/QĐ-UBND
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng rừng
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Trần Văn An
"""


@pytest.mark.parametrize(("after", "parts"), [
    ("", []),
    ("KẾ HOẠCH\nTrồng rừng năm 2024\n(Kèm theo Quyết định số 41/QĐ-UBND)\nI. NHIỆM VỤ\n1. Sở Tài chính cấp kinh phí.",
     [(None, "Kế hoạch", "Trồng rừng năm 2024")]),
    ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQUY CHẾ\nLàm việc\n"
     "(Ban hành kèm theo Quyết định số 41/QĐ-UBND)\nĐiều 1. Phạm vi", [(None, "Quy chế", "Làm việc")]),
    ("PHỤ LỤC I\nDANH MỤC LOÀI CÂY\n(Kèm theo Quyết định số 41/QĐ-UBND)\n1. Đước\nPHỤ LỤC II: KINH PHÍ\n2. Vẹt",
     [("Phụ lục I", None, "DANH MỤC LOÀI CÂY"), ("Phụ lục II", None, "KINH PHÍ")]),
    ("KẾ HOẠCH\nTrồng rừng\n(Kèm theo Quyết định số 41/QĐ-UBND)\n1. Sở Tài chính cấp kinh phí theo Phụ lục.\nPhụ lục đính kèm\n"
     "PHỤ LỤC\nBIỂU GIAO DIỆN TÍCH\nXã | ha", [(None, "Kế hoạch", "Trồng rừng"), ("Phụ lục", None, "BIỂU GIAO DIỆN TÍCH")]),
])
def test_parts(after: str, parts: list[tuple[str | None, str | None, str | None]]) -> None:
    text = HEAD + after
    found = analyse(SourceText(text, "text", "", "a.txt")).parts
    assert [(part.label, part.type, part.title) for part in found] == parts
    starts = [part.span.start for part in found]
    assert all(text[at - 1] == "\n" for at in starts)
    assert [part.span.end for part in found] == [*(at - 1 for at in starts[1:]), *([len(text)] if parts else [])]
