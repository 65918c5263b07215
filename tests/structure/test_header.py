"""Header fields, from every way in which a page's head is flattened. The directives are invented."""
from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from chidao.model import Header, SourceText
from chidao.structure.closing import find_closing
from chidao.structure.header import find_header

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREEDOM = "Độc lập - Tự do - Hạnh phúc"
BODY = "Căn cứ Luật Thủy lợi năm 2017;\nĐiều 1. Ban hành kèm theo Quyết định này."


def header(text: str) -> Header:
    return find_header(SourceText(text, "text", "", "a.txt"))[0]


LAYOUTS = [
    # two cells a row, rules and motto in the cells
    (f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU ------- | {MOTTO} {FREEDOM} ---------------\n"
     f"Số: 0812/QĐ-UBND | Cà Mau, ngày 07 tháng 02 năm 2024\nQUYẾT ĐỊNH\n\nVỀ VIỆC NẠO VÉT KÊNH CẤP II\n\n{BODY}",
     ("Quyết định", "0812/QĐ-UBND", "Ủy ban nhân dân tỉnh Cà Mau", "Cà Mau", "2024-02-07", "NẠO VÉT KÊNH CẤP II")),
    # left column, then right column
    (f"ỦY BAN NHÂN DÂN\n\nTỈNH YÊN BÁI\n\nSố: 31/KH-UBND\n\n{MOTTO}\n\n{FREEDOM}\n\n"
    f"Yên Bái, ngày 9 tháng 5 năm 2022\n\n"
     "KẾ HOẠCH\nTrồng rừng gỗ lớn năm 2022\n\nThực hiện Nghị quyết số 12-NQ/TU ngày 01/3/2022;",
     ("Kế hoạch", "31/KH-UBND",
     "Ủy ban nhân dân tỉnh Yên Bái", "Yên Bái", "2022-05-09",
     "Trồng rừng gỗ lớn năm 2022")),
    # right column first
    (f"{MOTTO}\n{FREEDOM}\nYên Bái, ngày 9 tháng 5 năm 2022\nỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI\nSố: 31/KH-UBND\n"
     "KẾ HOẠCH\nTrồng rừng gỗ lớn năm 2022\n\nThực hiện Nghị quyết số 12-NQ/TU ngày 01/3/2022;",
     ("Kế hoạch", "31/KH-UBND",
     "Ủy ban nhân dân tỉnh Yên Bái", "Yên Bái", "2022-05-09",
     "Trồng rừng gỗ lớn năm 2022")),
    # the lines of both columns run together, as a PDF gives them
    (f"ỦY BAN NHÂN DÂN {MOTTO}\nTHÀNH PHỐ HẢI PHÒNG {FREEDOM}\nSố: 15/CT-UBND Hải Phòng, ngày 02 tháng 11 năm 2023\n"
     "CHỈ THỊ\nVề việc bảo đảm trật tự bến bãi\nThời gian qua, trên địa bàn thành phố có nhiều bến bãi hoạt động.",
     ("Chỉ thị", "15/CT-UBND",
     "Ủy ban nhân dân thành phố Hải Phòng", "Hải Phòng", "2023-11-02",
     "bảo đảm trật tự bến bãi")),
    # everything up to the title in one row
    (f"BỘ CÔNG THƯƠNG ------- | {MOTTO} {FREEDOM}\n"
    f"Số: 77/CĐ-BCT | Hà Nội, ngày 12 tháng 9 năm 2024 | CÔNG ĐIỆN VỀ VIỆC BẢO ĐẢM NGUỒN XĂNG DẦU "
     "BỘ TRƯỞNG BỘ CÔNG THƯƠNG điện:\n- Sở Công Thương các tỉnh;\n- Tập đoàn Xăng dầu Việt Nam.\n"
     "Hiện nay, nguồn cung khan hiếm.",
     ("Công điện", "77/CĐ-BCT", "Bộ Công Thương", "Hà Nội", "2024-09-12", "BẢO ĐẢM NGUỒN XĂNG DẦU")),
    # superior and issuer
    (f"BỘ Y TẾ\nCỤC Y TẾ DỰ PHÒNG\n-------\n{MOTTO}\n{FREEDOM}\nSố: 640/DP-DT\nV/v giám sát bệnh sởi\n"
     "Hà Nội, ngày 20 tháng 3 năm 2019\nKính gửi: Viện Pasteur Nha Trang\nHiện nay, số ca mắc tăng.",
     ("Công văn", "640/DP-DT", "Cục Y tế dự phòng", "Hà Nội", "2019-03-20", "giám sát bệnh sởi")),
    # a sở has its place from the committee above it; the authority stands under the title
    (f"ỦY BAN NHÂN DÂN TỈNH LONG AN\nSỞ XÂY DỰNG\n{MOTTO}\n{FREEDOM}\nSố: 09/QĐ-SXD\n"
    f"Long An, ngày 03 tháng 4 năm 2018\n"
     f"QUYẾT ĐỊNH\nBan hành Quy chế làm việc\nGIÁM ĐỐC SỞ XÂY DỰNG\n{BODY}",
     ("Quyết định", "09/QĐ-SXD", "Sở Xây dựng tỉnh Long An", "Long An", "2018-04-03", "Ban hành Quy chế làm việc")),
    # Party
    ("TỈNH ỦY HÀ NAM | ĐẢNG CỘNG SẢN VIỆT NAM\n* | \nSố 105-KL/TU | Hà Nam, ngày 15 tháng 6 năm 2021\nKẾT LUẬN\n"
     "về công tác dân vận\n-----\nTại phiên họp ngày 10/6/2021, Ban Thường vụ kết luận:",
     ("Kết luận", "105-KL/TU", "Tỉnh ủy Hà Nam", "Hà Nam", "2021-06-15", "về công tác dân vận")),
    ("BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN BÍ THƯ\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 31-CT/TW\n"
    "Hà Nội, ngày 19 tháng 3 năm 2024\nCHỈ THỊ\n"
     "CỦA BAN BÍ THƯ\nvề tiếp tục tăng cường công tác an toàn lao động\nThời gian qua, công tác này có chuyển biến.",
     ("Chỉ thị", "31-CT/TW", "Ban Bí thư", "Hà Nội", "2024-03-19",
     "về tiếp tục tăng cường công tác an toàn lao động")),
    # a struck-through number, V/v over several lines, a blank line before the place
    ("Số: ~~3405~~ /UBND-KT\nV/v đẩy mạnh thu gom\nrác thải nhựa\ntrên địa bàn Thành phố\n\n"
    "Hà Nội, ngày 24 tháng 8 năm 2020\n\nKính gửi:\n\n- Sở Y tế;\n\nThực hiện Công văn số 1/BYT-MT,",
     ("Công văn", "3405/UBND-KT",
     "Ủy ban nhân dân thành phố Hà Nội",
     "Hà Nội", "2020-08-24",
     "đẩy mạnh thu gom rác thải nhựa trên địa bàn Thành phố")),
    # a title that begins with Thực hiện and quotes a number and a date
    (f"ỦY BAN NHÂN DÂN\nHUYỆN CẦN GIUỘC\n{MOTTO}\n{FREEDOM}\nSố: 44/KH-UBND\nCần Giuộc, ngày 01 tháng 6 năm 2021\n"
    f"KẾ HOẠCH\n"
     "Thực hiện Nghị quyết số 38/NQ-CP ngày 17/3/2021 của Chính phủ\nvề chương trình cấp nước\n\n"
     "Thực hiện Nghị quyết số 38/NQ-CP ngày 17/3/2021, Ủy ban nhân dân huyện ban hành Kế hoạch như sau:",
     ("Kế hoạch", "44/KH-UBND", "Ủy ban nhân dân huyện Cần Giuộc", "Cần Giuộc", "2021-06-01",
      "Thực hiện Nghị quyết số 38/NQ-CP ngày 17/3/2021 của Chính phủ về chương trình cấp nước")),
    # type and title in one line with the authority behind them; a date broken over lines
    (f"CHÍNH PHỦ | {MOTTO} {FREEDOM}\nSố: 61/NQ-CP\nHà Nội, ngày 04\ntháng 12 năm 2024\n"
    f"NGHỊ QUYẾT VỀ PHÁT TRIỂN CẢNG CẠN CHÍNH PHỦ\n{BODY}",
     ("Nghị quyết", "61/NQ-CP", "Chính phủ", "Hà Nội", "2024-12-04", "VỀ PHÁT TRIỂN CẢNG CẠN")),
    # consolidated text: its own type, the consolidated one's title
    (f"BỘ XÂY DỰNG | {MOTTO}\nSố: 12/VBHN-BXD | Hà Nội, ngày 05 tháng 8 năm 2023\nTHÔNG TƯ\nQUY ĐỊNH VỀ CẤP PHÉP\n"
    f"Thông tư số 9/2020/TT-BXD ngày 01 tháng 02 năm 2020 của Bộ trưởng",
     ("Văn bản hợp nhất", "12/VBHN-BXD", "Bộ Xây dựng", "Hà Nội", "2023-08-05", "QUY ĐỊNH VỀ CẤP PHÉP")),
    # menu of a website and its own title first
    (f"Trang chủ\nVăn bản pháp luật\nQuyết định về giá nước sạch\nỦY BAN NHÂN DÂN TỈNH KON TUM | {MOTTO}\n"
    f"Số: 5/2020/QĐ-UBND | Kon Tum, ngày 08 tháng 01 năm 2020\n"
     f"QUYẾT ĐỊNH\nGIÁ NƯỚC SẠCH\nỦY BAN NHÂN DÂN TỈNH KON TUM\n{BODY}",
     ("Quyết định", "5/2020/QĐ-UBND", "Ủy ban nhân dân tỉnh Kon Tum", "Kon Tum", "2020-01-08", "GIÁ NƯỚC SẠCH")),
    # letters driven apart, bold marks
    (f"**B Ộ Y TẾ** | **{MOTTO}**\nSố: 9/BYT-MT V/v phòng bệnh mùa m ư a | *Hà Nội, ngày 01 tháng 7 năm 2016*\n"
    f"Kính gửi: Sở Y tế các tỉnh",
     ("Công văn", "9/BYT-MT", "Bộ Y tế", "Hà Nội", "2016-07-01", "phòng bệnh mùa mưa")),
    # type absent: the symbol tells it, the opening its subject
    (f"ỦY BAN NHÂN DÂN | {MOTTO} |\nSố: 25/KH-UBND | Đà Nẵng, ngày 26 tháng 01 năm 2020 |\n"
     "Thực hiện Nghị quyết số 5-NQ/TU ngày 09 tháng 12 năm 2019 của Thành ủy; UBND thành phố ban hành Kế hoạch "
     "giảm ngập úng đô thị, với nội dung như sau:",
     ("Kế hoạch", "25/KH-UBND",
     "Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", "2020-01-26",
     "giảm ngập úng đô thị")),
    # no letterhead at all: the annex states the number
    ("Kính gửi: Các phòng chuyên môn\nHiện nay, hồ sơ còn chậm.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    "TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG\nVũ Văn Bằng\n"
     "PHỤ LỤC\n(Kèm theo Công văn số 321/BTP-VP ngày 04 tháng 5 năm 2022 của Bộ Tư pháp)",
     ("Công văn", "321/BTP-VP", "Bộ Tư pháp", None, "2022-05-04", None)),
    # the page's own title above the letterhead; letters of the place and the symbol driven apart
    (f"# V/v nuôi tôm nước lợ\n\n| ỦY B AN NHÂN D Â N TỈNH QU Ả NG NGÃI ------- | {MOTTO} |\n|---|---|\n"
     "| Số: 41/UBND - N N V/v nuôi tôm nước lợ | Qu ả ng Ngãi, ngày 04 tháng 10 năm 2022 |\n| Kính gửi: | - Sở Công Thương. |\n",
     ("Công văn", "41/UBND-NN", "Ủy ban nhân dân tỉnh Quảng Ngãi", "Quảng Ngãi", "2022-10-04", "nuôi tôm nước lợ")),
    # an ordinance's number; a letterhead cut short, which the symbol completes
    (f"ỦY BAN THƯỜNG VỤ | {MOTTO}\nPháp lệnh số: 02/2018/UBTVQH14\nHà Nội, ngày 09 tháng 12 năm 2018\nPHÁP LỆNH\n"
     "QUẢN LÝ HỒ CHỨA\nCăn cứ Hiến pháp;",
     ("Pháp lệnh", "02/2018/UBTVQH14", "Ủy ban Thường vụ Quốc hội", "Hà Nội", "2018-12-09", "QUẢN LÝ HỒ CHỨA")),
    # place and date on two lines
    (f"VĂN PHÒNG CHÍNH PHỦ | {MOTTO}\nSố: 11/VPCP-CN\nV/v\nquy hoạch cảng\nHà Nội,\nngày 25 tháng 11 năm 2021\nKính gửi: Bộ Xây dựng",
     ("Công văn", "11/VPCP-CN", "Văn phòng Chính phủ", "Hà Nội", "2021-11-25", "quy hoạch cảng")),
    # no directive
    ("Bảng giá vật liệu tháng 6\nXi măng | 95.000\nCát | 210.000", (None, None, None, None, None, None)),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layouts(text: str, expected: tuple[str | None, ...]) -> None:
    found = header(text)
    assert (found.type, found.number, found.issuer, found.place, found.date, found.title) == expected


@pytest.mark.parametrize(("line", "number", "symbol"), [
    ("Số:      /KH-UBND", None, "KH-UBND"),  # blank
    ("Số: ……/BC-SYT", None, "BC-SYT"),
    ("Số ....-NQ/TU", None, "NQ/TU"),
    ("Số: 3783/QĐ- UBND", "3783/QĐ-UBND", "QĐ-UBND"),  # a blank inside
    ("Số: 84/2025/QĐ-UBND", "84/2025/QĐ-UBND", "QĐ-UBND"),
    ("Số: 2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "SNV-CCHC&PC"),
    ("Số: 11554/VPCP-V.I", "11554/VPCP-V.I", "VPCP-V.I"),
    ("Số 2696/QĐ-UBND", "2696/QĐ-UBND", "QĐ-UBND"),  # no colon
    ("Số 3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15", "KH/ĐĐQH15"),
    ("Số: 66.4/2025/NQ-CP", "66.4/2025/NQ-CP", "NQ-CP"),
])
def test_numbers(line: str, number: str | None, symbol: str) -> None:
    found = header(f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU\n{MOTTO}\n{line}\nCà Mau, ngày 08 tháng 02 năm 2024\n"
                   f"KẾ HOẠCH\nTrồng rừng\n{BODY}")
    assert (found.number, found.symbol, found.date) == (number, symbol, "2024-02-08")


@pytest.mark.parametrize(("line", "place", "date", "year"), [
    ("Bắc Giang, ngày       tháng      năm 2022", "Bắc Giang", None, 2022),  # blank
    ("TP. Bắc Giang, ngày 23 tháng 6 năm 2021", "TP. Bắc Giang", "2021-06-23", 2021),
    ("Thành phố Hồ Chí Minh, ngày 18 tháng 11 năm 2025", "Thành phố Hồ Chí Minh", "2025-11-18", 2025),
    ("Bà Rịa - Vũng Tàu, ngày 1 tháng 10 năm 2019", "Bà Rịa - Vũng Tàu", "2019-10-01", 2019),
    ("Hà Nội ngày 01 tháng 12 năm 2025", "Hà Nội", "2025-12-01", 2025),  # no comma
    ("Đà Nẵng, ngày 18 tháng 11năm 2025", "Đà Nẵng", "2025-11-18", 2025),
    ("Huế, ngày 31 tháng 4 năm 2025", "Huế", None, 2025),  # no such day
    ("Huế, ngày … tháng … năm 20…", "Huế", None, None),
    ("Huế, ngày 05/3/2025", "Huế", "2025-03-05", 2025),
])
def test_place_and_date(line: str, place: str, date: str | None, year: int | None) -> None:
    found = header(f"SỞ Y TẾ\n{MOTTO}\nSố: 7/KH-SYT\n{line}\nKẾ HOẠCH\nTiêm phòng\n{BODY}")
    assert (found.place, found.date, found.year) == (place, date, year)


ADDRESSED = [
    ("Kính gửi: Sở Y tế tỉnh Cà Mau.\n\nHiện nay, dịch bệnh phức tạp.", ("Sở Y tế tỉnh Cà Mau",)),
    ("Kính gửi:\n\n- Sở Y tế;\n- Ủy ban nhân dân các huyện (để t/h);\n- Các bệnh viện\ntrực thuộc.\n\n"
    "Thực hiện Công văn số 3/BYT-DP,",
     ("Sở Y tế", "Ủy ban nhân dân các huyện", "Các bệnh viện trực thuộc")),
    ("Kính gửi: | - Sở Y tế; - Sở Tài chính; - Sở Xây dựng.\nXét đề nghị của Sở Y tế,",
    ("Sở Y tế", "Sở Tài chính", "Sở Xây dựng")),
    # over lines, without a dash
    ("Kính gửi: Giám đốc Sở Lao động các tỉnh,\nthành phố trực thuộc Trung ương\n\nThực hiện Chỉ thị số 1/CT-TTg,",
     ("Giám đốc Sở Lao động các tỉnh, thành phố trực thuộc Trung ương",)),
    # address in brackets, over lines
    ("Kính gửi: Bà Trần Thị Bưởi\n(Địa chỉ: số 3 phố Hàng Than;\nSố ĐT: 0900000000)\n"
    "Cục Thuế nhận được câu hỏi của bà.", ("Bà Trần Thị Bưởi",)),
    # the body glued to the addressee
    ("Kính gửi: Các đồng chí Bộ trưởng, Thủ trưởng cơ quan ngang Bộ Thực hiện Kết luận số 9-KL/TW, ngày 19/9/2025 "
    "và kế hoạch của Ban Chỉ đạo về tinh gọn bộ máy, đề nghị:",
     ("Các đồng chí Bộ trưởng, Thủ trưởng cơ quan ngang Bộ",)),
    ("Kính gửi: Bộ trưởng Bộ Tài chính\nĐồng kính gửi: Thủ tướng Chính phủ\nNgày 3/5/2022, Bộ có báo cáo.",
    ("Bộ trưởng Bộ Tài chính",
    "Thủ tướng Chính phủ")),
]


@pytest.mark.parametrize(("lines", "names"), ADDRESSED)
def test_addressees(lines: str, names: tuple[str, ...]) -> None:
    text = f"BỘ Y TẾ | {MOTTO}\nSố: 9/BYT-MT V/v phòng bệnh | Hà Nội, ngày 01 tháng 7 năm 2016\n{lines}"
    found, block = find_header(SourceText(text, "text", "", "a.txt"))
    assert found.addressees == names
    assert text[block.end:].strip() == "" or text[block.end:].strip()[0].isupper()


@pytest.mark.parametrize(("text", "horizon"), [
    ("KẾ HOẠCH\nPHÁT TRIỂN CẢNG CẠN GIAI ĐOẠN 2021-2025\nCăn cứ Luật Đường sắt;", "2021/2025"),
    ("KẾ HOẠCH\nTRỒNG RỪNG\nCăn cứ Luật Lâm nghiệp;\n3. Thời gian thực hiện: Năm 2022", "2022"),
    ("KẾ HOẠCH\nTRỒNG RỪNG\nCăn cứ Luật Lâm nghiệp;\n- Thời gian thực hiện: Năm 2022.\n"
    "- Thời gian thực hiện: Quý I năm 2023.", None),  # of tasks
    ("KẾ HOẠCH\nTRỒNG RỪNG\nCăn cứ Luật Lâm nghiệp;", None),
])
def test_horizon(text: str, horizon: str | None) -> None:
    assert header(text).horizon == horizon


def test_evidence_covers_what_was_read() -> None:
    text, expected = LAYOUTS[0]
    found = header(text)
    assert found.evidence["number"].of(text) == expected[1]
    assert found.evidence["place"].of(text) == expected[3]
    assert found.evidence["title"].of(text) == expected[5]
    assert found.evidence["type"].of(text) == "QUYẾT ĐỊNH"


def test_menus_and_related_lists_are_no_head() -> None:
    from chidao.model import Region, Span
    related = "QUYẾT ĐỊNH\nCỦA NĂM TRƯỚC\n"
    text = f"{related}ỦY BAN NHÂN DÂN TỈNH CÀ MAU\n{MOTTO}\nSố: 3/KH-UBND\nKẾ HOẠCH\nTrồng rừng\n{BODY}"
    source = SourceText(text, "text", "", "a.txt", regions=(Region(Span(0, len(related)), "related"),))
    found, block = find_header(source)
    assert (found.type, found.title) == ("Kế hoạch", "Trồng rừng")
    assert block.start == len(related)


def test_real_directives(real_data: Path) -> None:
    folder = real_data / "real" / "directives"
    rows = [r for r in csv.DictReader((folder / "index.tsv").open(encoding="utf-8"), delimiter="\t") if r["number"]]
    right = dated = 0
    for row in rows:
        text = unicodedata.normalize("NFC", (folder / row["file"]).read_text("utf-8"))
        found = find_header(SourceText(text, "text", "", row["file"]), find_closing(text))[0]
        same = "".join((found.number or "").split()).upper() == "".join(row["number"].split()).upper()
        right += same
        dated += same and found.date is not None and found.issuer is not None and found.title is not None
    # the index knows some numbers that the texts do not print
    assert right >= 0.88 * len(rows)
    assert dated >= 0.86 * len(rows)
