"""Names of bodies, groups and officials: where each begins and ends, and lists of them."""

from __future__ import annotations

import pytest

from chidao.extraction.agencies.finding import find_agencies
from chidao.extraction.agencies.words import expand

NAMES = [
    ("Bí thư Tỉnh ủy, Thành ủy khẩn trương rà soát", ["Bí thư Tỉnh ủy, Thành ủy"]),
    (
        "UBND các tỉnh Cao Bằng, Sơn La và thành phố Huế tổ chức diễn tập",  # each with the unit that it is
        ["Ủy ban nhân dân tỉnh Cao Bằng", "Ủy ban nhân dân tỉnh Sơn La", "Ủy ban nhân dân thành phố Huế"],
    ),
    (
        "Chủ tịch UBND các tỉnh, thành phố: Cà Mau, Cần Thơ",
        ["Chủ tịch Ủy ban nhân dân tỉnh Cà Mau", "Chủ tịch Ủy ban nhân dân thành phố Cần Thơ"],
    ),
    ("Các tỉnh Lai Châu, Điện Biên chủ động", ["tỉnh Lai Châu", "tỉnh Điện Biên"]),
    (
        "các đơn vị bộ đội đóng trên địa bàn tỉnh, Công an tỉnh hỗ trợ",  # where a body sits is no part of its name
        ["các đơn vị bộ đội", "Công an tỉnh"],
    ),
    ("Ban Chỉ đạo quốc gia 0815 họp định kỳ", ["Ban Chỉ đạo quốc gia 0815"]),
    ("Viện Thổ nhưỡng, Sở Công Thương khảo sát", ["Viện Thổ nhưỡng", "Sở Công Thương"]),
    ("Hội Khuyến học, Thể thao và Du lịch Việt Nam vận động", ["Hội Khuyến học, Thể thao và Du lịch Việt Nam"]),
    ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương chủ trì", ["Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương"]),
    # Words that no table knows, up to a territory, a duty or the end of the name.
    (
        "Trung tâm Quản lý hạ tầng chiếu sáng Thành phố chịu trách nhiệm giám sát",
        ["Trung tâm Quản lý hạ tầng chiếu sáng Thành phố"],
    ),
    ("Ban Quản lý vườn chim Bạc Liêu có trách nhiệm bảo vệ đàn cò", ["Ban Quản lý vườn chim Bạc Liêu"]),
    ("Công ty Cổ phần siêu cáp Sông Hinh, Sở Tài chính", ["Công ty Cổ phần siêu cáp Sông Hinh", "Sở Tài chính"]),
    ("Ban Tổ chức Trung ương tổng hợp đề án, tờ trình", ["Ban Tổ chức Trung ương"]),  # complete at its rank
    (
        "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và UBND các xã, phường",  # commas inside and between names
        ["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "Ủy ban nhân dân các xã, phường"],
    ),
    ("Sở Lao động - Thương binh và Xã hội tỉnh Lào Cai", ["Sở Lao động - Thương binh và Xã hội tỉnh Lào Cai"]),
    ("Giao Sở KH&CN, Sở NN&PTNT rà soát", ["Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Phát triển nông thôn"]),
    ("sở y tế và công an xã kiểm tra", ["sở y tế", "công an xã"]),  # written small
    ("Sở Y tế, Tài chính và Nội vụ thẩm định", ["Sở Y tế", "Sở Tài chính", "Sở Nội vụ"]),  # one head word, three bodies
    ("Giám đốc các Sở: Tư pháp, Xây dựng", ["Giám đốc Sở Tư pháp", "Giám đốc Sở Xây dựng"]),
    (
        "Chủ tịch UBND các tỉnh: Hà Giang, Lai Châu và Sơn La",
        [
            "Chủ tịch Ủy ban nhân dân tỉnh Hà Giang",
            "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu",
            "Chủ tịch Ủy ban nhân dân tỉnh Sơn La",
        ],
    ),
    ("Bộ trưởng các Bộ: Quốc phòng, Công an chủ động", ["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Bộ Công an"]),
    (
        "các cơ quan cấp phép (Sở Xây dựng, Ban Quản lý Khu Kinh tế Vân Đồn)",  # named members stand for the group
        ["Sở Xây dựng", "Ban Quản lý Khu Kinh tế Vân Đồn"],
    ),
    (
        "Ban quản lý Khu Nông nghiệp ứng dụng Công nghệ cao Lâm Hà",
        ["Ban quản lý Khu Nông nghiệp ứng dụng Công nghệ cao Lâm Hà"],
    ),
    (
        "Văn phòng HĐND và UBND huyện",
        ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"],
    ),  # one office of two bodies
    ("Văn phòng UBND tỉnh và Sở Tư pháp", ["Văn phòng Ủy ban nhân dân tỉnh", "Sở Tư pháp"]),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn"]),
    ("Cục Đăng kiểm Việt Nam, Vụ Pháp chế, Tổng cục Thuế", ["Cục Đăng kiểm Việt Nam", "Vụ Pháp chế", "Tổng cục Thuế"]),
    (
        "Hiệp hội Doanh nghiệp tỉnh, Liên minh Hợp tác xã tỉnh",
        ["Hiệp hội Doanh nghiệp tỉnh", "Liên minh Hợp tác xã tỉnh"],
    ),
    (
        "Tập đoàn Điện lực Việt Nam và Đại sứ quán Việt Nam tại Lào",
        ["Tập đoàn Điện lực Việt Nam", "Đại sứ quán Việt Nam"],
    ),
    ("Ban Tuyên giáo Tỉnh ủy định hướng", ["Ban Tuyên giáo Tỉnh ủy"]),  # Tỉnh ủy is no territory
    (
        "Thủ trưởng các sở, ban, ngành trực thuộc UBND tỉnh",
        ["Thủ trưởng các sở, ban, ngành trực thuộc Ủy ban nhân dân tỉnh"],
    ),
    ("Giám đốc, Thủ trưởng các đơn vị trực thuộc", ["Giám đốc, Thủ trưởng các đơn vị trực thuộc"]),
    ("Phó Thủ tướng Chính phủ Nguyễn Văn An theo dõi", ["Phó Thủ tướng Chính phủ Nguyễn Văn An"]),
    ("Các sở, ban, ngành và các doanh nghiệp có liên quan", ["Các sở, ban, ngành", "các doanh nghiệp có liên quan"]),
    (
        "tất cả mọi người dân và 100% các cơ quan, tổ chức",
        ["người dân", "các cơ quan, tổ chức"],
    ),  # quantifiers are dropped
    ("Các cơ sở khám, chữa bệnh quản lý người bệnh", ["Các cơ sở khám, chữa bệnh"]),  # the verb ends the name
    ("ngành Y tế và các địa phương", ["ngành Y tế", "các địa phương"]),
    ("Tổ chức tuyên truyền; ban hành kế hoạch; báo cáo kết quả", []),  # verbs that look like nouns
    ("Phòng, chống thiên tai và Hội nghị tổng kết", []),
    ("Bộ luật Dân sự, Luật Thủ đô", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text: str, expected: list[str]) -> None:
    assert [a.name for a in find_agencies(text)] == expected


def test_spans_are_where_the_name_stands() -> None:
    text = "**Giao** UBND  các xã và Sở Y tế."
    assert [a.span.of(text) for a in find_agencies(text)] == ["UBND  các xã", "Sở Y tế"]


def test_kinds() -> None:
    found = find_agencies("Giám đốc Sở Y tế, Sở Nội vụ, các sở, ban, ngành và người dân")
    assert [a.kind for a in found] == ["person", "agency", "group", "other"]


def test_expand_keeps_unknown_abbreviations() -> None:
    assert expand("BQL dự án XYZ") == "Ban Quản lý dự án XYZ"
