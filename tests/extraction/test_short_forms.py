"""Short forms and pointing words: what they mean inside the document, and what is none."""
from __future__ import annotations

import pytest

from chidao.extraction.citations.finding import find_citations, relate
from chidao.model import Citation, Header, Structure

NQ38 = "Nghị quyết số 38/NQ-CP ngày 17/3/2022 của Chính phủ"
NQ128 = "Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ"
NQ18 = "Nghị quyết số 18/2008/NQ-QH12"
CD7 = "Công điện số 07/CĐ-TTg ngày 01/3/2024"
KH73 = "Kế hoạch số 73/KH-UBND ngày 10/6/2023"

SHORT = [  # text, [(words, number)] of the short mentions in order
    # abbreviation and serial
    (f"{NQ38}. Theo NQ 38, các xã báo cáo.", [("NQ 38", "38/NQ-CP")]),
    (f"{NQ128} và NQ 128;", [("NQ 128", "128/NQ-CP")]),
    (f"{NQ18}; tỷ lệ chi theo NQ 18/2008 cho đê", [("NQ 18/2008", "18/2008/NQ-QH12")]),
    (f"{NQ38}. Theo NQ số 38 thì", [("NQ số 38", "38/NQ-CP")]),
    (f"{NQ128} | NQ128 |", [("NQ128", "128/NQ-CP")]),
    (f"{NQ128} (theo NQ-128)", [("NQ-128", "128/NQ-CP")]),
    ("Quyết định số 66/2018/QĐ-UBND ngày 12/11/2018 | PL 6, QĐ 66", [("QĐ 66", "66/2018/QĐ-UBND")]),
    ("Nghị định số 61/2023/NĐ-CP; theo NĐ 61", [("NĐ 61", "61/2023/NĐ-CP")]),
    ("Thông tư số 19/2023/TT-BYT; theo TT 19/2023 về nước", [("TT 19/2023", "19/2023/TT-BYT")]),
    ("Chỉ thị số 16/CT-TTg ngày 31/3/2020; giãn cách theo CT 16", [("CT 16", "16/CT-TTg")]),
    ("Hướng dẫn số 31-HD/BTGTW ngày 4/4/2011; số lượng theo HD 31)", [("HD 31", "31-HD/BTGTW")]),
    # the type in full
    (f"{NQ38}. Triển khai Nghị quyết 38 tại xã", [("Nghị quyết 38", "38/NQ-CP")]),
    (f"{NQ38}. Triển khai Nghị quyết số 38 tại xã", [("Nghị quyết số 38", "38/NQ-CP")]),
    (f"{NQ38}. Triển khai nghị quyết 38 tại xã", [("nghị quyết 38", "38/NQ-CP")]),
    (f"{NQ38}; Nghị quyết 38 của Chính phủ", [("Nghị quyết 38 của Chính phủ", "38/NQ-CP")]),
    (f"{NQ38}; Nghị quyết 38 năm 2022", [("Nghị quyết 38 năm 2022", "38/NQ-CP")]),
    (f"{KH73}. Kế hoạch 73 | Sở Y tế", [("Kế hoạch 73", "73/KH-UBND")]),
    ("Luật số 72/2025/QH15; theo Luật 72/2025", [("Luật 72/2025", "72/2025/QH15")]),
    ("Chỉ thị số 05-CT/TW ngày 15/5/2016; học tập theo Chỉ thị 05", [("Chỉ thị 05", "05-CT/TW")]),
    ("Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị; Chỉ thị 05 của Trung ương",
     [("Chỉ thị 05 của Trung ương", "05-CT/TW")]),
    ("Kết luận số 51-KL/TW ngày 30/5/2019; Kết luận 51", [("Kết luận 51", "51-KL/TW")]),
    (f"{CD7}; Công điện 07", [("Công điện 07", "07/CĐ-TTg")]),
    ("Quyết định số 0812/QĐ-UBND ngày 14/5/2024; Quyết định 812.", [("Quyết định 812", "0812/QĐ-UBND")]),
    ("Nghị quyết số 66.3/2025/NQ-CP; Nghị quyết 66.3", [("Nghị quyết 66.3", "66.3/2025/NQ-CP")]),
    ("khoản 2 Mục II Nghị quyết 38 (" + NQ38 + ")", [("Nghị quyết 38", "38/NQ-CP")]),
    # introduced in brackets
    (f"{NQ128} (sau đây gọi tắt là Nghị quyết 128)", [("Nghị quyết 128", "128/NQ-CP")]),
    (f"{NQ128} (sau đây viết tắt là NQ 128). Theo NQ 128,", [("NQ 128", "128/NQ-CP"), ("NQ 128", "128/NQ-CP")]),
    # … under another type with the same number
    ("Quyết định số 1719/QĐ-TTg ngày 14/10/2021 (sau đây gọi tắt là Chương trình 1719). Vốn của Chương trình 1719 là",
     [("Chương trình 1719", "1719/QĐ-TTg"), ("Chương trình 1719", "1719/QĐ-TTg")]),
    ("Quyết định số 06/QĐ-TTg ngày 06/01/2022 (gọi tắt là Đề án 06); theo Đề án 06 về dân cư",
     [("Đề án 06", "06/QĐ-TTg"), ("Đề án 06", "06/QĐ-TTg")]),
    # a list with one type word
    (f"{NQ38}; {NQ128}. Theo NQ 38 và 128, xã báo cáo", [("NQ 38", "38/NQ-CP"), ("128", "128/NQ-CP")]),
    # the nearest before, where a serial is used twice; the issuer or the year decides where it is said
    ("Nghị quyết số 05/NQ-CP ngày 1/2/2020; NQ 05; Nghị quyết số 05-NQ/TU ngày 3/3/2021; Nghị quyết 05",
     [("NQ 05", "05/NQ-CP"), ("Nghị quyết 05", "05-NQ/TU")]),
    ("Nghị quyết số 05/NQ-CP ngày 1/2/2020; Nghị quyết số 05-NQ/TU ngày 3/3/2021 của Tỉnh ủy; Nghị quyết 05 của Chính phủ",
     [("Nghị quyết 05 của Chính phủ", "05/NQ-CP")]),
    ("Chỉ thị số 02/CT-TTg ngày 4/7/2018; Chỉ thị số 02/CT-TTg ngày 5/11/2019; Chỉ thị 02 năm 2018",
     [("Chỉ thị 02 năm 2018", "02/CT-TTg")]),
    # the full form may come later
    ("Kế hoạch 73 được kéo dài. " + KH73, [("Kế hoạch 73", "73/KH-UBND")]),
    # no full form: kept as printed where it can only be a document; a decree with its year is written out
    ("đánh giá 5 năm thực hiện Nghị quyết 18.", [("Nghị quyết 18", "18")]),
    ("thực hiện Nghị quyết số 57 và các kế hoạch", [("Nghị quyết số 57", "57")]),
    ("theo Nghị định 123/2020 của Chính phủ", [("Nghị định 123/2020 của Chính phủ", "123/2020/NĐ-CP")]),
    ("theo Nghị định số 123 ngày 19/10/2020", [("Nghị định số 123 ngày 19/10/2020", "123/2020/NĐ-CP")]),
    ("theo Thông tư 22/2019 về trường học", [("Thông tư 22/2019", "22/2019")]),
    # two documents after it: which one is open
    ("Chỉ thị 05 rất rộng. Chỉ thị số 05-CT/TW; Chỉ thị số 05/CT-TTg", [("Chỉ thị 05", "05")]),
    ("Nghị quyết số 05/NQ-CP của Chính phủ; Nghị quyết 05 của Bộ Chính trị", [("Nghị quyết 05 của Bộ Chính trị", "05")]),
    ("Nghị quyết số 05/NQ-HĐND của HĐND tỉnh Lai Châu; Nghị quyết 05 của HĐND tỉnh",
     [("Nghị quyết 05 của HĐND tỉnh", "05/NQ-HĐND")]),
    # another issuer than that of the full form
    ("Nghị quyết số 05/NQ-CP của Chính phủ; Nghị quyết 05 của Tỉnh ủy", [("Nghị quyết 05 của Tỉnh ủy", "05")]),
]
NO_SHORT = [
    # a number that counts, also where a document has that number
    "Hội nghị ban hành Nghị quyết 05 nội dung", "Kế hoạch 05 năm 2021-2025", "Báo cáo 6 tháng đầu năm",
    "Kế hoạch số 05/KH-UBND; Kế hoạch 05 năm 2021 - 2025", f"{KH73}; Kế hoạch 73 nhiệm vụ", "quyết định 02 nội dung",
    f"{KH73}; kế hoạch 73 ngày đêm", "Quyết định số 12/QĐ-UBND; Quyết định 12 thành viên", "Thông báo 03 lần liên tiếp",
    "Nghị quyết số 38/NQ-CP; Nghị quyết 38 điều", "Chương trình 30 phút",
    # a programme, a scheme, an order of rank, a year, a month
    "Chương trình 135 tại xã", "Quyết định số 07/QĐ-TTg; Đề án 06", "TT 01 | Nội dung", "KH 2024 của phòng",
    "Kế hoạch 12/2025 của Sở", "Báo cáo 11/2025", "CT 135",
    # another type than the full form
    f"{NQ38}; Quyết định 38 người", f"{NQ38}; Đề án 38",
    # a number that was not read, a part of another number
    "Nghị quyết số 29- -NQ/TW", "Nghị quyết 18.000 tỷ", "Nghị quyết 15 % vốn", "Quyết định số      /QĐ-UBND",
    "theo quy định của pháp luật.\n2. Sở Y tế; Luật số 02/2016/QH14",
]
POINTING = [  # text, [(words, number or name)] of the pointing mentions
    (f"{NQ38}. Nghị quyết này giao các tỉnh", [("Nghị quyết này", "38/NQ-CP")]),
    (f"{CD7}. Thực hiện Công điện trên, Sở yêu cầu", [("Công điện trên", "07/CĐ-TTg")]),
    (f"{CD7}. Sở tổ chức thực hiện Công điện nêu trên.", [("Công điện nêu trên", "07/CĐ-TTg")]),
    (f"{KH73}. Các xã rà soát Kế hoạch nói trên.", [("Kế hoạch nói trên", "73/KH-UBND")]),
    ("Công văn số 3310/UBND-KTTH ngày 28/6/2023 của UBND tỉnh. Trả lời văn bản nêu trên, Sở báo cáo",
     [("văn bản nêu trên", "3310/UBND-KTTH")]),
    ("Luật Thủy lợi năm 2017 và các nghị định quy định chi tiết Luật này", [("Luật này", "Luật Thủy lợi")]),
    ("Nghị định số 61/2023/NĐ-CP quy định: từ ngày Nghị định này có hiệu lực", [("Nghị định này", "61/2023/NĐ-CP")]),
    # the nearest of the same type
    (f"{NQ38}; {NQ128}; {CD7}. Nghị quyết này nêu", [("Nghị quyết này", "128/NQ-CP")]),
    # not the one in the title of another
    ("Nghị định số 87/2025/NĐ-CP sửa đổi Nghị định số 61/2023/NĐ-CP quy định từ ngày Nghị định này có hiệu lực",
     [("Nghị định này", "87/2025/NĐ-CP")]),
    # through a short form
    (f"{NQ128}; NQ 128 nêu rõ. Nghị quyết này yêu cầu", [("Nghị quyết này", "128/NQ-CP")]),
    # what a plan calls by its own type in the same sentence as another
    (f"{KH73} và kinh phí của Kế hoạch này", [("Kế hoạch này", "73/KH-UBND")]),
]
NOT_POINTING = [
    # nothing of the type before; too many; a draft; a place
    "Nghị quyết này giao các tỉnh", f"{NQ38}. Kế hoạch này", f"{NQ38}; {NQ128}. Các Nghị quyết trên",
    f"{NQ38}; {NQ128}. 02 Nghị quyết nêu trên", f"{NQ38}. Xây dựng dự thảo Nghị quyết này", f"{KH73}. Kế hoạch trên địa bàn",
    f"{NQ38}. Nghị quyết trên cơ sở ý kiến", f"{KH73}. Triển khai kế hoạch này", "ban hành kèm theo Quyết định này",
    # a plan in another sentence is rather the plan that speaks
    f"Thực hiện {KH73}. Sở theo dõi Kế hoạch này",
]
OWN = [  # type of the directive, text, pointing mentions that are left
    ("Kế hoạch", f"{KH73} và kinh phí của Kế hoạch này", []),
    ("Nghị quyết", f"{NQ38}. Nghị quyết này có hiệu lực", []),
    ("Nghị quyết", f"{NQ38}. Theo Nghị quyết nêu trên, các xã", ["Nghị quyết nêu trên"]),
    ("Kế hoạch", f"{NQ38}. Nghị quyết này giao các tỉnh", ["Nghị quyết này"]),
    ("Quyết định", f"{KH73} và kinh phí của Kế hoạch này", []),
    ("Công văn", f"{NQ38}. Các nội dung tại văn bản này", []),
    ("Văn bản hợp nhất", "Thông tư số 19/2023/TT-BYT. Thông tư này quy định", []),
    (None, f"{NQ38}. Nghị quyết này giao các tỉnh", []),
]


def _said(text: str, form: str) -> list[tuple[str, str | None]]:
    return [(c.span.of(text), c.number or c.name) for c in find_citations(text) if c.form == form]


@pytest.mark.parametrize(("text", "expected"), SHORT)
def test_short_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert _said(text, "short") == expected


@pytest.mark.parametrize("text", NO_SHORT)
def test_no_short_forms(text: str) -> None:
    assert _said(text, "short") == []


@pytest.mark.parametrize(("text", "expected"), POINTING)
def test_pointing(text: str, expected: list[tuple[str, str]]) -> None:
    assert _said(text, "anaphoric") == expected


@pytest.mark.parametrize("text", NOT_POINTING)
def test_not_pointing(text: str) -> None:
    assert _said(text, "anaphoric") == []


@pytest.mark.parametrize(("type_", "text", "left"), OWN)
def test_a_directive_that_speaks_of_itself_cites_nothing(type_: str | None, text: str, left: list[str]) -> None:
    found: tuple[Citation, ...] = relate(find_citations(text), text, Structure(Header(type=type_), (), ()))[0]
    assert [c.span.of(text) for c in found if c.form == "anaphoric"] == left


def test_short_forms_take_year_and_issuer_from_the_full_form() -> None:
    *_, short = find_citations(f"{NQ38}. Theo NQ 38, các xã báo cáo.")
    assert (short.type, short.year, short.issuer, short.date) == ("Nghị quyết", 2022, "Chính phủ", None)
