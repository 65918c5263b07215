"""Who leads and with whom, sentence by sentence."""
from __future__ import annotations

import pytest

from chidao.extraction.agencies.responsibility import find_duty, orders_body
from chidao.grammar.folding import plain

# text, leads, coordinating bodies
DUTIES = [
    ("Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh, các địa phương kiểm tra.", ["Sở Y tế"], ["Công an tỉnh", "các địa phương"]),
    ("Sở Xây dựng chủ trì, phối hợp Sở Tài chính lập dự toán.", ["Sở Xây dựng"], ["Sở Tài chính"]),  # "với" dropped
    ("Sở Công Thương phối hợp với Sở Y tế kiểm tra chợ.", ["Sở Công Thương"], ["Sở Y tế"]),
    ("Phối hợp với Sở Y tế kiểm tra chợ.", [], ["Sở Y tế"]),
    ("Bộ Tài chính chủ trì cùng Bộ Xây dựng rà soát.", ["Bộ Tài chính"], ["Bộ Xây dựng"]),
    ("Sở Nội vụ, Thanh tra tỉnh rà soát biên chế.", ["Sở Nội vụ", "Thanh tra tỉnh"], []),  # two leads
    ("Căn cứ tình hình mưa lũ, Sở Giáo dục và Đào tạo cho học sinh nghỉ học.", ["Sở Giáo dục và Đào tạo"], []),
    ("Trong quá trình thực hiện, nếu có vướng mắc đề nghị các đơn vị báo cáo về Sở Tư pháp.", ["các đơn vị"], []),
    ("Quá trình thực hiện nếu có khó khăn, vướng mắc các đơn vị phản ánh về Sở Tư pháp.", ["các đơn vị"], []),
    ("Ủy ban nhân dân tỉnh đề nghị Hội Nông dân tỉnh và Hội Cựu chiến binh tỉnh tuyên truyền.",
     ["Hội Nông dân tỉnh", "Hội Cựu chiến binh tỉnh"], []),  # the issuer is not the lead
    ("UBND tỉnh đề nghị Tỉnh đoàn; yêu cầu Thủ trưởng các sở tổ chức thực hiện.", ["Tỉnh đoàn", "Thủ trưởng các sở"], []),
    ("Xây dựng quy chế làm việc (giao Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh).",
     ["Sở Nội vụ"], ["Văn phòng Ủy ban nhân dân tỉnh"]),
    ("Chỉ đạo Công an xã chủ động phối hợp với dân quân tuần tra.", [], []),  # a partner of a third body
    ("Bảo đảm sự phối hợp giữa Sở Y tế và Công an tỉnh.", [], []),
    ("Văn phòng UBND tỉnh: Tổng hợp kết quả.", ["Văn phòng Ủy ban nhân dân tỉnh"], []),
    ("Tăng cường kiểm tra các cơ sở kinh doanh, các chợ đầu mối.", [], []),  # objects
    ("Phân công cán bộ trực ban 24/24 giờ.", [], []),
    ("Theo đề nghị của Sở Tài chính tại tờ trình.", [], []),
    ("Thời gian qua, Sở Y tế đã hoàn thành tốt nhiệm vụ.", [], []),  # what was done
]


@pytest.mark.parametrize(("text", "leads", "coordinators"), DUTIES)
def test_duty(text: str, leads: list[str], coordinators: list[str]) -> None:
    duty = find_duty(plain(text))
    assert [a.name for a in duty.leads] == leads
    assert [a.name for a in duty.coordinators] == coordinators


def test_mood() -> None:
    assert find_duty("Đề nghị Hội Nông dân tỉnh vận động hội viên.").mood == "request"
    assert find_duty("Yêu cầu Sở Nội vụ báo cáo.").mood == "order"


@pytest.mark.parametrize(("text", "expected"), [
    ("Chủ tịch UBND tỉnh yêu cầu các sở rà soát.", True),
    ("Ngân hàng chuyển giao các khoản nợ.", False),
    ("Kết quả đáp ứng yêu cầu đề ra.", False),
])
def test_orders_body(text: str, expected: bool) -> None:
    assert orders_body(text) is expected
