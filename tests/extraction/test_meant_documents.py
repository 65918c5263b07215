"""What a short or pointing mention means: linked to its full form, or open with the documents that it may be.

`NQ 38 = 38/NQ-CP` is linked; `NQ 38 ? 38-nq-cp, 38-nq-tu` is open with those candidates; `NQ 38 ?` is open with none.
"""
from __future__ import annotations

import pytest

from chidao.extraction.citations.finding import find_citations, relate
from chidao.linking.identity import link
from chidao.model import Citation, Header, Structure

NQ38 = "Nghị quyết số 38/NQ-CP ngày 17/3/2022 của Chính phủ"
NQ128 = "Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ"
NQ18 = "Nghị quyết số 18/2008/NQ-QH12 của Quốc hội"
TU38 = "Nghị quyết số 38-NQ/TU ngày 02/8/2021 của Tỉnh ủy Lai Châu"
CD7 = "Công điện số 07/CĐ-TTg ngày 01/3/2024 của Thủ tướng Chính phủ"
CV9 = "Công văn số 915/BYT-DP ngày 09/5/2023 của Bộ Y tế"
TT14 = "Thông tư số 14/2024/TT-BYT ngày 06/9/2024 của Bộ Y tế"
ND61 = "Nghị định số 61/2023/NĐ-CP ngày 16/8/2023 của Chính phủ"
DA6 = "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Đề án phát triển ứng dụng dữ liệu dân cư"
PLAN = Header(type="Kế hoạch", number="25/KH-UBND", issuer="Ủy ban nhân dân tỉnh Lai Châu", date="2025-02-03", year=2025)
LETTER = Header(type="Công văn", number="77/SYT-NVY", issuer="Sở Y tế", date="2025-02-03", year=2025)
RESOLUTION = Header(type="Nghị quyết", number="12/NQ-HĐND", issuer="Hội đồng nhân dân tỉnh Lai Châu", year=2025)

LINKED = [
    # how a serial is written
    (f"{NQ38}. Các xã triển khai NQ 38 xong trong quý.", ["NQ 38 = 38/NQ-CP"]),
    (f"{NQ38}. Các xã triển khai NQ số 38.", ["NQ số 38 = 38/NQ-CP"]),
    (f"{NQ38}. Nhóm việc của Nghị quyết số: 38 gồm", ["Nghị quyết số: 38 = 38/NQ-CP"]),
    (f"{NQ38}. Nhóm việc của Nghị quyết số38 gồm", ["Nghị quyết số38 = 38/NQ-CP"]),
    (f"{NQ38}. NGHỊ QUYẾT 38 | Sở Y tế", ["NGHỊ QUYẾT 38 = 38/NQ-CP"]),
    (f"{NQ38}. Theo ~~NQ 38~~, xã báo cáo", ["NQ 38 = 38/NQ-CP"]),
    (f"{NQ38}. Theo **Nghị quyết 38**, xã báo cáo", ["Nghị quyết 38 = 38/NQ-CP"]),
    (f"{NQ38}. Theo Nghị quyết  38 thì", ["Nghị quyết  38 = 38/NQ-CP"]),
    (f"{NQ38}. (theo NQ38)", ["NQ38 = 38/NQ-CP"]),
    (f"{NQ38}. Theo Nghị quyết 38/2022 thì", ["Nghị quyết 38/2022 = 38/NQ-CP"]),
    (f"{NQ18}. Mức 30% theo NQ 18/2008 là tối thiểu", ["NQ 18/2008 = 18/2008/NQ-QH12"]),
    (f"{TT14}. Mẫu theo Thông tư số 14 nêu trên.", ["Thông tư số 14 = 14/2024/TT-BYT"]),
    (f"{TT14}. Mẫu theo TT 14/2024, gửi Sở", ["TT 14/2024 = 14/2024/TT-BYT"]),
    (f"{CD7}. Kiểm tra việc thực hiện CĐ 07 tại xã", ["CĐ 07 = 07/CĐ-TTg"]),
    (f"{CD7}. Kiểm tra việc thực hiện Công điện số 7 tại xã", ["Công điện số 7 = 07/CĐ-TTg"]),
    (f"{CV9}. Phụ lục của CV 915 và các biểu", ["CV 915 = 915/BYT-DP"]),
    ("Luật Đất đai số 31/2024/QH15; theo Luật số 31 thì", ["Luật số 31 = 31/2024/QH15"]),
    # with its provision
    (f"{ND61}. Theo khoản 2 Điều 5 Nghị định 61, hương ước", ["Nghị định 61 = 61/2023/NĐ-CP"]),
    # before its full form
    (f"1. Kết quả thực hiện NQ 128.\n\n2. Căn cứ {NQ128}", ["NQ 128 = 128/NQ-CP"]),
    # lists
    (f"{NQ38}; {NQ128}; {NQ18}. Các Nghị quyết 38, 128 và 18/2008 nêu",
     ["Nghị quyết 38 = 38/NQ-CP", "128 = 128/NQ-CP", "18/2008 = 18/2008/NQ-QH12"]),
    (f"{NQ38}; {NQ128}. Các nghị quyết số 38, số 128 nêu", ["nghị quyết số 38 = 38/NQ-CP", "128 = 128/NQ-CP"]),
    (f"{NQ38}; {NQ128}. NQ 38, NQ 128 nêu", ["NQ 38 = 38/NQ-CP", "NQ 128 = 128/NQ-CP"]),
    # named by the text itself
    (f"{NQ128} ban hành quy định tạm thời (sau đây gọi tắt là Nghị quyết 128).", ["Nghị quyết 128 = 128/NQ-CP"]),
    (f"{NQ128} (sau đây gọi là “Nghị quyết số 128”).", ["Nghị quyết số 128 = 128/NQ-CP"]),
    (f"{NQ128} (NQ 128); giao Sở Y tế thực hiện NQ 128.", ["NQ 128 = 128/NQ-CP", "NQ 128 = 128/NQ-CP"]),
    # what a decision approves takes its number
    (f"{DA6}. Các xã báo cáo kết quả Đề án 06.", ["Đề án 06 = 06/QĐ-TTg"]),
    (f"{DA6} (Đề án 06).", ["Đề án 06 = 06/QĐ-TTg"]),
    ("Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia; "
     "vốn của Chương trình 1719 năm 2024", ["Chương trình 1719 = 1719/QĐ-TTg"]),
    (f"{NQ38}. Tiếp tục triển khai Nghị quyết này, xã báo cáo", ["Nghị quyết này = 38/NQ-CP"]),
    # two documents with the serial: the words decide
    (f"{NQ38}; {TU38}. Theo Nghị quyết 38 của Chính phủ, xã", ["Nghị quyết 38 của Chính phủ = 38/NQ-CP"]),
    (f"{NQ38}; {TU38}. Theo Nghị quyết 38 của Tỉnh ủy, xã", ["Nghị quyết 38 của Tỉnh ủy = 38-NQ/TU"]),
    (f"{NQ38}; {TU38}. Theo Nghị quyết 38 năm 2021, xã", ["Nghị quyết 38 năm 2021 = 38-NQ/TU"]),
    (f"{NQ38}; {TU38}. Theo Nghị quyết số 38 ngày 17/3/2022, xã", ["Nghị quyết số 38 ngày 17/3/2022 = 38/NQ-CP"]),
    # … or that the text said so before
    (f"{NQ38} (sau đây gọi tắt là Nghị quyết 38). Căn cứ {TU38}.\n\nTheo Nghị quyết 38, các xã báo cáo.",
     ["Nghị quyết 38 = 38/NQ-CP", "Nghị quyết 38 = 38/NQ-CP"]),
    # … or the same sentence
    (f"{TU38}.\n\nChính phủ ban hành {NQ38}; NQ 38 giao các bộ", ["NQ 38 = 38/NQ-CP"]),
    # one document, cited twice
    (f"{NQ38}. Nghị quyết số 38/NQ-CP nêu rõ. Theo NQ 38, xã", ["NQ 38 = 38/NQ-CP"]),
    # pointing
    (f"{NQ38}. Nghị quyết này giao các địa phương", ["Nghị quyết này = 38/NQ-CP"]),
    (f"{CD7}. Sở tổ chức thực hiện nghiêm Công điện trên.", ["Công điện trên = 07/CĐ-TTg"]),
    (f"{CV9}. Thực hiện Công văn nêu trên, Sở đề nghị", ["Công văn nêu trên = 915/BYT-DP"]),
    (f"{CV9}. Thực hiện CV nêu trên, Sở đề nghị", ["CV nêu trên = 915/BYT-DP"]),
    (f"{NQ38}. Các việc của NQ này do Sở theo dõi", ["NQ này = 38/NQ-CP"]),
    ("Thông báo kết luận số 87/TB-VPCP ngày 04/3/2024. Các việc tại Thông báo kết luận trên, Sở đã làm",
     ["Thông báo kết luận trên = 87/TB-VPCP"]),
    (f"{TT14} quy định: “1. Hồ sơ lập theo mẫu.\n" + "Cơ sở khám bệnh nộp hồ sơ qua mạng. " * 60
     + "\n2. Hồ sơ theo Điều 4 Thông tư này.”", ["Thông tư này = 14/2024/TT-BYT"]),
    # a quotation speaks of the document that is quoted, not of one named in it
    (f"{TT14} quy định: “Hồ sơ theo Thông tư số 01/2020/TT-BYT và Điều 4 Thông tư này.”",
     ["Thông tư này = 14/2024/TT-BYT"]),
    # … and of one that amends another, the words of the other
    (f"{TT14} sửa đổi, bổ sung Thông tư số 01/2020/TT-BYT quy định: “Hồ sơ theo Điều 4 Thông tư này.”",
     ["Thông tư này = 01/2020/TT-BYT"]),
    (f"{TT14} sửa đổi, bổ sung Thông tư số 01/2020/TT-BYT quy định: “Từ ngày Thông tư này có hiệu lực”",
     ["Thông tư này = 14/2024/TT-BYT"]),
    (f"{TT14} quy định: “2. Bổ sung điểm đ khoản 2 Điều 9 Thông tư số 01/2020/TT-BYT như sau: đ) Hồ sơ theo Điều 4 Thông tư "
     "này.”", ["Thông tư này = 01/2020/TT-BYT"]),
    (f"{CV9}. Như đề nghị tại Công văn nêu trên (chi tiết kèm theo)", ["Công văn nêu trên = 915/BYT-DP"]),
    # who asks does so by letter
    (f"{CV9}; Bộ thực hiện {NQ38}. Như đề nghị của Bộ Y tế tại văn bản nêu trên.", ["văn bản nêu trên = 915/BYT-DP"]),
    ("Sở Y tế có Tờ trình số 44/TTr-SYT ngày 05/3/2024. Theo đề nghị tại văn bản nêu trên, xã",
     ["văn bản nêu trên = 44/TTr-SYT"]),
]
OPEN = [
    # two documents with the serial and nothing that decides
    (f"Căn cứ {NQ38};\n\nCăn cứ {TU38}.\n\nI. KẾT QUẢ\n\nViệc thực hiện NQ 38 còn chậm.",
     ["NQ 38 ? 38-nq-cp, 38-nq-tu"]),
    (f"Việc thực hiện NQ 38 còn chậm.\n\nCăn cứ {NQ38};\n\nCăn cứ {TU38}.", ["NQ 38 ? 38-nq-cp, 38-nq-tu"]),
    (f"{CD7} và Công điện số 07/CĐ-TTg ngày 02/9/2025.\n\nKiểm tra việc thực hiện Công điện số 07 ở xã.",
     ["Công điện số 07 ? 07-cd-ttg, 07-cd-ttg"]),
    # another issuer, another year than that of the full form: another document
    (f"{NQ38}. Theo Nghị quyết 38 của Hội đồng nhân dân tỉnh, xã", ["Nghị quyết 38 của Hội đồng nhân dân tỉnh ?"]),
    (f"{NQ38}. Theo Nghị quyết 38/2019, xã", ["Nghị quyết 38/2019 ?"]),
    # no full form at all
    ("Sơ kết việc thực hiện Nghị quyết 57 của Bộ Chính trị.", ["Nghị quyết 57 của Bộ Chính trị ?"]),
    ("Theo Nghị quyết số 66 thì", ["Nghị quyết số 66 ?"]),
    ("Việc thực hiện Chỉ thị 29.", ["Chỉ thị 29 ?"]),
]
NONE = [
    # what counts, measures, dates or calls somebody
    f"{NQ38}. Đã trình 38 NQ và 12 QĐ", f"{NQ38}. Nghị quyết 38 nội dung", f"{NQ38}. ĐT: 02133.876.438",
    f"{NQ38}. Nghị quyết\n\n38. Sở Y tế", "Kế hoạch 17/3 của xã", "Kế hoạch 3/4 số xã", "Báo cáo 12/15 chỉ tiêu",
    "Điện thoại: 0987 654 321, NQ", "Quyết định 02/3 nội dung", "TT 38 Nguyễn Du", "KH 38 hộ", "TB 38 điểm",
    "Đề án 06 của xã", "phê duyệt Đề án; Đề án 05", f"{DA6}; Dự án 06; Đề án 07",
    # another type than the full form; not approved by it
    f"{NQ38}; QĐ 38", f"{ND61}; Thông báo 61 lần", f"{NQ38}; Kế hoạch 38 hộ", f"{CD7}; Đề án 07",
    # a name for a body, not for a document
    "Hội đồng nhân dân tỉnh (sau đây gọi là HĐND tỉnh); Sở Y tế (sau đây gọi tắt là Sở 38)",
    # several, none, a draft, a place
    f"{NQ38}; {NQ128}. Các Nghị quyết trên nêu", f"{NQ38}; {NQ128}. Cả hai Nghị quyết nêu trên",
    f"{NQ38}; {NQ128}. Những Nghị quyết nói trên", "Công văn nêu trên chưa nhận được", "Thực hiện Đề án, Sở báo cáo",
    f"{CV9}. Gửi công văn trên trục liên thông", f"{NQ38}. Trình dự thảo Nghị quyết nêu trên",
    "Luật Thủy lợi năm 2017; xây dựng dự án Luật này", "Hợp đồng số 12/HĐ-STC; vi phạm pháp luật này",
    f"{NQ38}. Văn bản khác quy định khác thì áp dụng theo văn bản đó (nếu có)",
    # another resolution by its name
    f"{NQ38}. Nghị quyết Trung ương 4 khóa XI", f"{NQ38}. Nghị quyết Đại hội XIII",
]
OWN = [  # of a directive that speaks of itself, nothing is left
    (RESOLUTION, f"{NQ38}. Nghị quyết này có hiệu lực từ ngày ký.", []),
    (RESOLUTION, f"{NQ38}. NQ này có hiệu lực từ ngày ký.", []),
    (PLAN, "Kế hoạch số 73/KH-TU ngày 10/6/2023 và kinh phí của Kế hoạch này", []),
    (LETTER, f"{CV9}. Đề nghị thực hiện Công văn này", []),
    (LETTER, f"{CV9}. Thực hiện Công văn trên, Sở đề nghị", ["Công văn trên = 915/BYT-DP"]),
]


def _meant(text: str, header: Header = PLAN) -> list[str]:
    found = link(relate(find_citations(text), text, Structure(header, (), ()))[0], header)
    return [_shown(c, c.span.of(text)) for c in found if c.form != "full"]


def _shown(c: Citation, words: str) -> str:
    if c.target:
        return f"{words} = {c.number}"
    return f"{words} ? {', '.join(sorted(urn.rpartition(';')[2] for urn in c.candidates))}".rstrip()


@pytest.mark.parametrize(("text", "expected"), [*LINKED, *OPEN])
def test_meant(text: str, expected: list[str]) -> None:
    assert _meant(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert _meant(text) == []


@pytest.mark.parametrize(("header", "text", "expected"), OWN)
def test_own(header: Header, text: str, expected: list[str]) -> None:
    assert _meant(text, header) == expected


def test_a_pointing_mention_keeps_its_provision() -> None:
    *_, c = find_citations(f"{ND61}. Theo khoản 2 Điều 7 Nghị định này, cộng đồng dân cư")
    assert (c.form, c.provision) == ("anaphoric", "khoản 2 Điều 7")


def test_a_short_mention_with_two_full_forms_keeps_the_bare_number() -> None:
    *_, c = find_citations(f"{NQ38}.\n\n{TU38}.\n\nI. KẾT QUẢ\n\nTheo NQ 38 thì")
    assert (c.form, c.number, c.year, c.issuer) == ("short", "38", None, None)
