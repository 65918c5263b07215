"""Directives written for the tests of the audit, in the manner of real ones."""
from __future__ import annotations

HEAD = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Sơn La, ngày {day} tháng {month} năm {year}
KẾ HOẠCH
{title}
"""
MEASURES = """II. NHIỆM VỤ, GIẢI PHÁP
1. Thu gom rác thải
- Bố trí điểm tập kết rác thải tại mỗi bản, mỗi tổ dân phố.
- Mua xe đẩy tay cho các tổ thu gom rác thải.
- Thu gom rác thải hằng ngày trên các tuyến đường.
2. Truyền thông
- Phát thanh hằng tuần về phân loại rác thải tại nguồn.
- In tờ rơi hướng dẫn phân loại rác thải tại nguồn.
- Tổ chức cuộc thi tái chế trong trường học.
"""
ASSIGNING = """III. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường
- Hướng dẫn thu gom rác thải, bố trí điểm tập kết rác thải tại các bản.
- Tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.
2. Sở Tài chính
- Bố trí kinh phí thực hiện Kế hoạch.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
- Vận động Nhân dân không đốt rác thải.
"""


def plan(body: str, *, number: str = "31/KH-UBND", day: str = "02", month: str = "3", year: str = "2026",
         title: str = "Thu gom, phân loại rác thải sinh hoạt năm 2026") -> str:
    """A plan of a province with that body."""
    return HEAD.format(number=number, day=day, month=month, year=year, title=title) + body
