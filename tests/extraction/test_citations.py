"""Mentions of other documents: what is found, how lists and short forms are read, what is none."""
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao import knowledge
from chidao.extraction.citations.finding import find_citations
from chidao.extraction.citations.laws import find_laws
from chidao.grammar.folding import plain
from chidao.model import Citation

FOUND = [  # text, [(quote, type, number or name, date or year, issuer)]
    # number, date and issuer in one run; slashes, words, a broken line
    ("theo Nghị quyết số 45/NQ-CP ngày 02/4/2024 của Chính phủ về thuế",
     [("Nghị quyết số 45/NQ-CP ngày 02/4/2024 của Chính phủ", "Nghị quyết", "45/NQ-CP", "2024-04-02", "Chính phủ")]),
    ("Nghị quyết số\n45/NQ-CP ngày 02 tháng 4 năm\n2024 của Chính\nphủ",
     [("Nghị quyết số\n45/NQ-CP ngày 02 tháng 4 năm\n2024 của Chính\nphủ", "Nghị quyết", "45/NQ-CP", "2024-04-02",
      "Chính phủ")]),
    # repaired, as markup stands in it
    ("**Công điện khẩn** số 311/CD-TTg ngày 23/8/2023", [("Công điện khẩn** số 311/CD-TTg ngày 23/8/2023", "Công điện",
                                                     "311/CĐ-TTg", "2023-08-23", "Thủ tướng Chính phủ")]),
    # issuer before the number, before the date, after "do"
    ("Quyết định của Thủ tướng Chính phủ số 90/2009/QĐ-TTg ngày 01/7/2009",
     [("Quyết định của Thủ tướng Chính phủ số 90/2009/QĐ-TTg ngày 01/7/2009", "Quyết định", "90/2009/QĐ-TTg", "2009-07-01",
       "Thủ tướng Chính phủ")]),
    ("Kế hoạch số 73/KH-UBND của UBND tỉnh Lai Châu ngày 10/6/2023",
     [("Kế hoạch số 73/KH-UBND của UBND tỉnh Lai Châu ngày 10/6/2023", "Kế hoạch", "73/KH-UBND", "2023-06-10",
       "Ủy ban nhân dân tỉnh Lai Châu")]),
    ("- 3 Nghị quyết 45/NQ-CP năm 2024 về thuế do Chính phủ ban hành",
     [("Nghị quyết 45/NQ-CP năm 2024", "Nghị quyết", "45/NQ-CP", 2024, "Chính phủ")]),
    # a blank day still gives the year
    ("Tờ trình số 88/TTr-SYT ngày     tháng 6 năm 2023 của Sở Y tế",
     [("Tờ trình số 88/TTr-SYT ngày     tháng 6 năm 2023 của Sở Y tế", "Tờ trình", "88/TTr-SYT", 2023, "Sở Y tế")]),
    # Party numbers; the type by the word, which the symbol leaves open
    ("Quy định số 41-QĐ/TW ngày 07/7/2021 của Bộ Chính trị",
     [("Quy định số 41-QĐ/TW ngày 07/7/2021 của Bộ Chính trị", "Quy định", "41-QĐ/TW", "2021-07-07", "Bộ Chính trị")]),
    ("Chương trình hành động số 14-CTr/TU ngày 15/7/2021 của Ban Thường vụ Tỉnh uỷ",
     [("Chương trình hành động số 14-CTr/TU ngày 15/7/2021 của Ban Thường vụ Tỉnh uỷ", "Chương trình", "14-CTr/TU",
       "2021-07-15", "Ban Thường vụ Tỉnh ủy")]),
    ("thông báo kết luận số 118/TB-VPCP ngày 12/4/2024", [("thông báo kết luận số 118/TB-VPCP ngày 12/4/2024", "Thông báo",
                                                        "118/TB-VPCP", "2024-04-12", "Văn phòng Chính phủ")]),
    # a general word is no type: the symbol tells
    ("các văn bản số: 1089/VPCP-CN ngày 8/11/2023, 856/VPCP-CN ngày 12/9/2023 của Văn phòng Chính phủ",
     [("1089/VPCP-CN ngày 8/11/2023", "Công văn", "1089/VPCP-CN", "2023-11-08", "Văn phòng Chính phủ"),
      ("856/VPCP-CN ngày 12/9/2023 của Văn phòng Chính phủ", "Công văn", "856/VPCP-CN", "2023-09-12",
       "Văn phòng Chính phủ")]),
    # who proposes names the proposal's issuer
    ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 91/TTr-SNV ngày 17/6/2023.",
     [("Tờ trình số 91/TTr-SNV ngày 17/6/2023", "Tờ trình", "91/TTr-SNV", "2023-06-17", "Giám đốc Sở Nội vụ")]),
    # numbers that are printed in an odd way
    ("Nghị định số61/2023/NĐ-CP và Nghị quyết số 66.3/2025/NQ-CP",
     [("Nghị định số61/2023/NĐ-CP", "Nghị định", "61/2023/NĐ-CP", 2023, "Chính phủ"),
      ("Nghị quyết số 66.3/2025/NQ-CP", "Nghị quyết", "66.3/2025/NQ-CP", 2025, "Chính phủ")]),
    ("- 1 Luật Thủy lợi 2017\n- 2 đất", [("Luật Thủy lợi 2017", "Luật", "Luật Thủy lợi", 2017, None)]),
    # two bodies issue it together, by the symbol
    ("Kế hoạch số 51/KH-BCA-BNNMT ngày 02/4/2025 của Bộ Công an và Bộ Nông nghiệp và Môi trường, cùng các xã",
     [("Kế hoạch số 51/KH-BCA-BNNMT ngày 02/4/2025 của Bộ Công an và Bộ Nông nghiệp và Môi trường", "Kế hoạch",
       "51/KH-BCA-BNNMT", "2025-04-02", "Bộ Công an và Bộ Nông nghiệp và Môi trường")]),
    ("Thông tư liên tịch số 7/2016/TTLT-BYT-BTC ngày 15/4/2016 của Bộ Y tế - Bộ Tài chính quy định",
     [("Thông tư liên tịch số 7/2016/TTLT-BYT-BTC ngày 15/4/2016 của Bộ Y tế - Bộ Tài chính", "Thông tư liên tịch",
       "7/2016/TTLT-BYT-BTC", "2016-04-15", "Bộ Y tế và Bộ Tài chính")]),
    ("Thông tư liên tịch số 7/2016/TTLT-BYT-BTC", [("Thông tư liên tịch số 7/2016/TTLT-BYT-BTC", "Thông tư liên tịch",
                                                  "7/2016/TTLT-BYT-BTC", 2016, "Bộ Y tế và Bộ Tài chính")]),
    # one body in the symbol, another subject after the comma
    ("Kế hoạch số 51/KH-BCA ngày 02/4/2025 của Bộ Công an, Bộ Y tế yêu cầu",
     [("Kế hoạch số 51/KH-BCA ngày 02/4/2025 của Bộ Công an", "Kế hoạch", "51/KH-BCA", "2025-04-02", "Bộ Công an")]),
    # an organ inside a body has its name
    ("Báo cáo thẩm tra số 15/BC-BPC ngày 02/4/2024 của Ban Pháp chế Hội đồng nhân dân Thành phố; ý kiến",
     [("Báo cáo thẩm tra số 15/BC-BPC ngày 02/4/2024 của Ban Pháp chế Hội đồng nhân dân Thành phố", "Báo cáo",
       "15/BC-BPC", "2024-04-02", "Ban Pháp chế Hội đồng nhân dân thành phố")]),
    ("Công văn số 33-CV/BTCTU ngày 02/4/2024 của Ban Tổ chức Thành ủy về cán bộ",
     [("Công văn số 33-CV/BTCTU ngày 02/4/2024 của Ban Tổ chức Thành ủy", "Công văn", "33-CV/BTCTU", "2024-04-02",
       "Ban Tổ chức Thành ủy")]),
    # type, describing words, "số"
    ("Báo cáo giải trình, tiếp thu số 69/BC-UBND ngày 02/4/2024 của UBND tỉnh",
     [("Báo cáo giải trình, tiếp thu số 69/BC-UBND ngày 02/4/2024 của UBND tỉnh", "Báo cáo", "69/BC-UBND", "2024-04-02",
       "Ủy ban nhân dân tỉnh")]),
    ("Kế hoạch rà soát, chỉnh lý số 69/BC-UBND", [("số 69/BC-UBND", "Báo cáo", "69/BC-UBND", None, None)]),
    # who speaks in it, where the symbol says the same body
    ("ý kiến chỉ đạo của Ủy ban nhân dân tỉnh tại Chương trình hành động số 21/CTr-UBND ngày 19/01/2024",
     [("Chương trình hành động số 21/CTr-UBND ngày 19/01/2024", "Chương trình", "21/CTr-UBND", "2024-01-19",
       "Ủy ban nhân dân tỉnh")]),
    ("kết luận của Thủ tướng Chính phủ tại Thông báo số 118/TB-VPCP ngày 12/4/2024",
     [("Thông báo số 118/TB-VPCP ngày 12/4/2024", "Thông báo", "118/TB-VPCP", "2024-04-12", "Văn phòng Chính phủ")]),
    ("chỉ đạo của Chủ tịch UBND tỉnh tại Thông báo số 118/TB-VP ngày 12/4/2024",
     [("Thông báo số 118/TB-VP ngày 12/4/2024", "Thông báo", "118/TB-VP", "2024-04-12", None)]),
    # without a number: type, full date and issuer
    ("Quyết định ngày 05/3/2020 của Chủ tịch UBND tỉnh Lai Châu",
     [("Quyết định ngày 05/3/2020 của Chủ tịch UBND tỉnh Lai Châu", "Quyết định", None, "2020-03-05",
       "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu")]),
    # a company's number follows no rule
    ("Trả lời công văn số 1025-CVHQ ngày 10/10/2025 của Công ty TNHH Bình Minh về thuế",
     [("công văn số 1025-CVHQ ngày 10/10/2025 của Công ty TNHH Bình Minh", "Công văn", "1025-CVHQ", "2025-10-10",
       "Công ty TNHH Bình Minh")]),
    ("công văn số 01-10/2025/CV-TKV của Công ty TNHH Bình Minh",
     [("công văn số 01-10/2025/CV-TKV của Công ty TNHH Bình Minh", "Công văn", "01-10/2025/CV-TKV", None,
       "Công ty TNHH Bình Minh")]),
    # a date with a word misprinted or doubled, a mark lost
    *((f"Nghị định số 61/2023/NĐ-CP {date} của Chính phủ",
       [(f"Nghị định số 61/2023/NĐ-CP {date} của Chính phủ", "Nghị định", "61/2023/NĐ-CP", "2023-08-16", "Chính phủ")])
      for date in ("ngày ngày 16/8/2023", "ngày 16 năm 8 năm 2023", "ngày 16 tháng 8 tháng 2023", "ngày 16 tháng 8 nám 2023",
                   "ngày 16/8 2023", "ngày ngày 16 tháng 8 ngăm 2023")),
]
LISTS = [
    # the issuer at the end holds for those before; the type before holds for those after
    ("các Nghị quyết số 86/NQ-HĐND ngày 06/8/2021, số 92/NQ-HĐND ngày 11/10/2021 và 95/NQ-HĐND ngày 31/12/2021 "
     "của HĐND tỉnh",
     [("Nghị quyết", "86/NQ-HĐND", "Hội đồng nhân dân tỉnh"), ("Nghị quyết", "92/NQ-HĐND", "Hội đồng nhân dân tỉnh"),
      ("Nghị quyết", "95/NQ-HĐND", "Hội đồng nhân dân tỉnh")]),
    ("các Luật số 31/2024/QH15, số 27/2023/QH15",
     [("Luật", "31/2024/QH15", "Quốc hội"), ("Luật", "27/2023/QH15", "Quốc hội")]),
    ("các Nghị định của Chính phủ: Số 61/2023/NĐ-CP ngày 16/8/2023; số 87/2025/NĐ-CP ngày 01/7/2025",
     [("Nghị định", "61/2023/NĐ-CP", "Chính phủ"), ("Nghị định", "87/2025/NĐ-CP", "Chính phủ")]),
    # another body's issuer does not spread
    ("Quyết định số 812/QĐ-UBND; Tờ trình số 88/TTr-SYT của Sở Y tế",
     [("Quyết định", "812/QĐ-UBND", None), ("Tờ trình", "88/TTr-SYT", "Sở Y tế")]),
    ("các Luật: Đất đai, Nhà ở và Kinh doanh bất động sản",
     [("Luật", "Luật Đất đai", None), ("Luật", "Luật Nhà ở", None), ("Luật", "Luật Kinh doanh bất động sản", None)]),
]
LAWS = [
    ("Luật Thủy lợi năm 2017", "Luật Thủy lợi"),
    ("LUẬT THỦY LỢI TRÊN ĐỊA BÀN", "Luật Thủy lợi"),
    ("Bộ Luật hình sự năm 2015", "Bộ luật hình sự"),
    ("Luật NSNN 2015", "Luật NSNN"),
    ("Luật bảo vệ BMNN", "Luật bảo vệ BMNN"),
    ("Luật Phòng, chống ma tuý và các văn bản", "Luật Phòng, chống ma tuý"),
    ("Pháp lệnh Ưu đãi người có công với cách mạng", "Pháp lệnh Ưu đãi người có công với cách mạng"),
    ("Luật Sửa đổi, bổ sung một số điều của Luật Giá và Luật Quản lý thuế ngày 22/11/2023",
     "Luật Sửa đổi, bổ sung một số điều của Luật Giá và Luật Quản lý thuế"),
    ("Luật Đầu tư công và Luật Đấu thầu", "Luật Đầu tư công"),  # not Luật Đầu tư
    ("Luật Nghề cá hồ chứa và các nghị định", "Luật Nghề cá hồ chứa"),  # a name in no table
    ("Hiến pháp năm 2013", "Hiến pháp"),
    # "và" for the comma, and the other way round
    ("Luật Quản lý và sử dụng tài sản công, Luật Giá", "Luật Quản lý và sử dụng tài sản công"),
    ("Luật Thuế xuất khẩu, nhập khẩu quy định", "Luật Thuế xuất khẩu, nhập khẩu"),
    ("Luật An toàn thông tin; Luật Cơ yếu", "Luật An toàn thông tin"),
]
NO_LAWS = ["thi hành luật Luật", "theo quy định của pháp luật", "kỷ luật lao động", "Đoàn Luật sư tỉnh", "Luật này", "dự án Luật Đất đai",
           "Công ty Luật An Bình", "Trường Đại học Luật", "Luật quy định rõ", "Luật và các văn bản hướng dẫn",
           "L | Luật NQ Nghị quyết NĐ Nghị định"]
NONE = ["24/24 giờ, ngày 17/3/2022, đạt 12/15 xã/phường, tỷ lệ 1/500", "ĐT: 0203.3825.111/112",
        "QCVN 02:2019/BLĐTBXH, TCVN 6909:2001", "Kế hoạch này, Kế hoạch 05 năm 2021-2025", "quyết định 02 nội dung",
        "trong tháng 12/2025 UBND tỉnh", "Quyết định số      /QĐ-UBND ngày      tháng     năm 2022", "hướng dẫn "
         "12/15 xã"]
PROVISIONS = [
    ("theo điểm a khoản 2 Điều 5 Nghị định số 61/2023/NĐ-CP", "điểm a khoản 2 Điều 5"),
    ("tại Điều 9, 10, 11 Nghị định số 61/2023/NĐ-CP", "Điều 9, 10, 11"),
    ("khoản 1 và khoản 3 Điều 15 của Nghị định số 61/2023/NĐ-CP", "khoản 1 và khoản 3 Điều 15"),
    ("giao 15 xã theo Nghị định số 61/2023/NĐ-CP", None),
]


def _what(c: Citation) -> str | None:
    return c.number or c.name


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds(text: str, expected: list[tuple[str, str, str | None, str | int, str | None]]) -> None:
    got = [(c.span.of(text), c.type, _what(c), c.date or c.year, c.issuer) for c in find_citations(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_share(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(c.type, _what(c), c.issuer) for c in find_citations(text)] == expected


@pytest.mark.parametrize(("text", "name"), LAWS)
def test_laws_by_name(text: str, name: str) -> None:
    assert find_citations(text)[0].name == name


@pytest.mark.parametrize("text", NO_LAWS)
def test_no_laws(text: str) -> None:
    assert find_laws(plain(text), text) == ()


def test_named_law_with_its_number_is_one_mention() -> None:
    text = "Căn cứ Luật Công nghiệp công nghệ số 71/2025/QH15; Luật Thủy lợi số 08/2017/QH14 ngày 19/6/2017;"
    got = [(c.span.of(text), c.number, c.name) for c in find_citations(text)]
    assert got == [("Luật Công nghiệp công nghệ số 71/2025/QH15", "71/2025/QH15", "Luật Công nghiệp công nghệ số"),
                   ("Luật Thủy lợi số 08/2017/QH14 ngày 19/6/2017", "08/2017/QH14", "Luật Thủy lợi")]


@pytest.mark.parametrize("text", NONE)
def test_is_none(text: str) -> None:
    assert find_citations(text) == ()


@pytest.mark.parametrize(("text", "provision"), PROVISIONS)
def test_provisions(text: str, provision: str | None) -> None:
    assert find_citations(text)[0].provision == provision


@pytest.mark.parametrize("row", knowledge.rows("document_types"), ids=lambda row: f"{row['type']} {row['class']}")
def test_examples_of_types(row: dict[str, str]) -> None:
    assert [c.type for c in find_citations(row["example"])][:1] == [row["type"]]
    assert find_citations(row["counter_example"]) == ()


@pytest.mark.parametrize("row", knowledge.rows("laws"), ids=lambda row: row["name"])
def test_names_of_laws_end_where_they_end(row: dict[str, str]) -> None:
    name = f"{row['type']} {row['name']}"
    assert [c.name for c in find_citations(f"theo {name} và các văn bản hướng dẫn")] == [name]


@given(st.text(alphabet="Nghị quyết số 12/QĐ-UBND ngày5/3.2020 củaLuậtĐiều,;\n", max_size=120))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [c.span for c in find_citations(text)]
    assert spans == sorted(spans)
    assert all(0 <= a.start < a.end <= len(text) for a in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
