"""A small directive of our own and its annotation."""
from __future__ import annotations

from typing import Any

SOURCE = """ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: 12/KH-UBND
Lam Sơn, ngày 03 tháng 02 năm 2022
KẾ HOẠCH
Trồng cây ven đường
Thực hiện Nghị quyết số 5/NQ-HĐND ngày 10/01/2022 của Hội đồng nhân dân tỉnh.
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập danh mục trước ngày 15/3/2022.
2. UBND các huyện thường xuyên chăm sóc cây.
3. Phấn đấu 90% tuyến đường có cây xanh.
"""


def gold() -> dict[str, Any]:
    return {
        "source": "lam-son.txt",
        "document": {"type": "Kế hoạch", "number": "12/KH-UBND", "symbol": "KH-UBND",
                     "issuer": "Ủy ban nhân dân tỉnh Lam Sơn", "place": "Lam Sơn", "date": "2022-02-03", "year": 2022,
                     "title": "Trồng cây ven đường", "signer": None, "addressees": [],
                     "recipients": ["Như trên", "Lưu: VT"]},
        "citations": [{"quote": "Nghị quyết số 5/NQ-HĐND ngày 10/01/2022 của Hội đồng nhân dân tỉnh",
                       "type": "Nghị quyết", "number": "5/NQ-HĐND", "name": None, "date": "2022-01-10", "year": 2022,
                       "issuer": "Hội đồng nhân dân tỉnh Lam Sơn", "relation": "implements"}],
        "relations": [],
        "tasks": [
            {"quote": "Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập danh mục trước ngày 15/3/2022.",
             "kind": "task", "lead": ["Sở Xây dựng"], "lead_source": "explicit", "coordinating": ["Sở Tài chính"],
             "deadlines": [{"quote": "trước ngày 15/3/2022", "kind": "by", "value": "2022-03-15"}], "citations": []},
            {"quote": "UBND các huyện thường xuyên chăm sóc cây.", "kind": "task",
             "lead": ["Ủy ban nhân dân các huyện"], "lead_source": "explicit", "coordinating": [],
             "deadlines": [{"quote": "thường xuyên", "kind": "recurring", "value": "regular"}], "citations": []},
            {"quote": "Phấn đấu 90% tuyến đường có cây xanh.", "kind": "target", "lead": [], "lead_source": "none",
             "coordinating": [], "deadlines": [], "citations": []}]}
