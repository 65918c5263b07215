"""Numbers of documents: what is read, what is mended, what is none."""
from __future__ import annotations

import re

import pytest

from chidao import knowledge
from chidao.grammar.folding import plain
from chidao.grammar.numbers import NUMBER, DocumentNumber, parse_number, type_of_symbol

READ = [  # raw, number, symbol, type, issuer, year, party
    # normative: number, year, type, issuer
    ("61/2023/NĐ-CP", "61/2023/NĐ-CP", "NĐ-CP", "Nghị định", "Chính phủ", 2023, False),
    # a number of the National Assembly does not tell the type
    ("47/2021/QH15", "47/2021/QH15", "QH15", None, "Quốc hội", 2021, False),
    ("09/2022/UBTVQH15", "09/2022/UBTVQH15", "UBTVQH15", None, "Ủy ban Thường vụ Quốc hội", 2022, False),
    ("25/2008/NQ-QH12", "25/2008/NQ-QH12", "NQ-QH12", "Nghị quyết", "Quốc hội", 2008, False),
    # administrative: no year
    ("45/NQ-CP", "45/NQ-CP", "NQ-CP", "Nghị quyết", "Chính phủ", None, False),
    ("790/QĐ-UBND-HC", "790/QĐ-UBND-HC", "QĐ-UBND-HC", "Quyết định", None, None, False),
    # an official letter has the unit that drafted it instead of a type
    ("3310/UBND-KTTH", "3310/UBND-KTTH", "UBND-KTTH", "Công văn", None, None, False),
    ("1208/NHNN-TT", "1208/NHNN-TT", "NHNN-TT", "Công văn", "Ngân hàng Nhà nước Việt Nam", None, False),
    ("88/VPCP-KGVX", "88/VPCP-KGVX", "VPCP-KGVX", "Công văn", "Văn phòng Chính phủ", None, False),
    # CT is chỉ thị, or the tax office where a drafting unit follows
    ("07/CT-TTg", "07/CT-TTg", "CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ", None, False),
    ("6120/CT-CS", "6120/CT-CS", "CT-CS", "Công văn", None, None, False),
    # joint circulars, with an ampersand inside
    ("9/2014/TTLT-BYT-BC&TT", "9/2014/TTLT-BYT-BC&TT", "TTLT-BYT-BC&TT", "Thông tư liên tịch", None, 2014, False),
    ("14/VBHN-BYT", "14/VBHN-BYT", "VBHN-BYT", "Văn bản hợp nhất", "Bộ Y tế", None, False),
    # Party: hyphen before the type
    ("76-KL/TW", "76-KL/TW", "KL/TW", "Kết luận", None, None, True),
    ("905-CV/TU", "905-CV/TU", "CV/TU", "Công văn", None, None, True),
    ("05/2023/L-CTN", "05/2023/L-CTN", "L-CTN", "Lệnh", "Chủ tịch nước", 2023, False),
    ("30a/2008/NQ-CP", "30a/2008/NQ-CP", "NQ-CP", "Nghị quyết", "Chính phủ", 2008, False),
]
MENDED = [
    ("45/NQCP", "45/NQ-CP"),  # hyphen lost at the end of a line
    ("21/2019/TTBKHĐT", "21/2019/TT-BKHĐT"),
    ("311/CD-TTg", "311/CĐ-TTg"),  # đ lost
    ("29- -NQ/TW", "29-NQ/TW"),  # hyphen doubled at the end of a line
    ("1649/B\u0422\u0421-PTHT", "1649/BTC-PTHT"),  # Cyrillic letters typed for Latin ones
    ("12/QD-UBND", "12/QĐ-UBND"),
    ("61/2023/ND-CP", "61/2023/NĐ-CP"),
    ("61/2023/NÐ-CP", "61/2023/NĐ-CP"),  # the Icelandic look-alike
    ("18-CV/BCSD", "18-CV/BCSĐ"),
    ("33/HDND-VP", "33/HĐND-VP"),
    ("77/KH-BCD", "77/KH-BCĐ"),
    ("10/2020/TT-BLDTBXH", "10/2020/TT-BLĐTBXH"),
    ("3310 / UBND - KTTH", "3310/UBND-KTTH"),  # stray blanks
    ("26/2021/NĐ-\nCP", "26/2021/NĐ-CP"),
    ("23/2021/QĐ-TTG", "23/2021/QĐ-TTg"),
    ("14-Ctr/TU", "14-CTr/TU"),
    ("41/2023/QD15", "41/2023/QH15"),  # misread letters
    ("31-NQ/2026/QH16", "31/2026/QH16"),
    ("66.3/2025/NQ-CP", "66.3/2025/NQ-CP"),  # a number with a point
    ("49/2025TT-BCT", "49/2025/TT-BCT"),  # slash lost after the year
    ("21/2017-TT-BTC", "21/2017/TT-BTC"),
    ("57-NQ/TƯ", "57-NQ/TƯ"),  # a spelling, not an error
    ("05/HD-SNV", "05/HD-SNV"),  # hướng dẫn, not a lost hợp đồng
]
NONE = ["24/24", "12/15 xã", "3/4", "17/3/2022", "2021-2025", "0904 123 456", "/KH-UBND", "Số", "12/2025 - UBND",
        "12NQ-CP", "03/quận", ""]
IN_TEXT = [
    ("số 26/2021/NĐ- CP ngày", ["26/2021/NĐ- CP"]),
    ("số 12/QĐ-UBND - Lưu: VT", ["12/QĐ-UBND"]),  # a dash between parts of a sentence
    ("số 12/KH-UBND\n- Sở Y tế", ["12/KH-UBND"]),  # a dash that begins an item
    ("số 86/NQ-CP, 128/NQ-CP và 168/NQ-CP", ["86/NQ-CP", "128/NQ-CP", "168/NQ-CP"]),
    ("đạt 12/15 xã, trực 24/24 giờ, ngày 17/3/2022, tỷ lệ 1/500", []),
    ("QCVN 02:2019/BLĐTBXH", []),  # a standard
    ("~~3310~~ /UBND-KTTH", ["3310   /UBND-KTTH"]),  # struck through
    ("trong tháng 12/2025 UBND tỉnh, tháng 12/2025 - UBND tỉnh", []),
    ("62 -CV/BCSĐ", ["62 -CV/BCSĐ"]),
    ("Quyết định số 35/2025/QĐ-TTgcủa Thủ tướng", ["35/2025/QĐ-TTg"]),  # a blank lost
]


@pytest.mark.parametrize(("raw", "expected"), [(row[0], DocumentNumber(*row[1:])) for row in READ])
def test_reads(raw: str, expected: DocumentNumber) -> None:
    assert parse_number(raw) == expected
    assert type_of_symbol(expected.symbol) == expected.type


@pytest.mark.parametrize(("raw", "number"), MENDED)
def test_mends(raw: str, number: str) -> None:
    got = parse_number(raw)
    assert got is not None
    assert got.number == number
    assert parse_number(got.number) == got


@pytest.mark.parametrize("raw", NONE)
def test_is_no_number(raw: str) -> None:
    assert parse_number(raw) is None


@pytest.mark.parametrize(("text", "numbers"), IN_TEXT)
def test_finds_in_text(text: str, numbers: list[str]) -> None:
    assert re.findall(NUMBER, plain(text)) == numbers


def test_types_are_the_29_listed_ones_and_more() -> None:
    rows = knowledge.rows("document_types")
    assert sum(row["class"] == "administrative" for row in rows) == 29
    assert {row["class"] for row in rows} == {"administrative", "normative", "party", "copy", "other"}
