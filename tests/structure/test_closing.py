"""Nơi nhận, signature and annex in every arrangement. The directives are invented."""
from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from chidao.model import Signer
from chidao.structure.closing import clean_name, find_closing
from chidao.structure.signature import authority, office_start, person

VICE = Signer("Nguyễn Văn Bình", "Phó Chủ tịch", "Ủy ban nhân dân")
THREE = ("Như trên", "Sở Y tế", "Lưu: VT, KGVX")

FEET = [
    # a line each, mark and office below
    ("Nơi nhận:\n- Như trên;\n- Sở Y tế (để t/h);\n- Lưu: VT, KGVX.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
    "PHÓ CHỦ TỊCH\n\nNguyễn Văn Bình", THREE, VICE),
    # all in one line, two cells
    ("Nơi nhận: - Như trên; - Sở Y tế (b/c); - Lưu: VT, KGVX. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH "
    "Nguyễn Văn Bình", THREE, VICE),
    # rows of both columns
    ("Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- Như trên; | KT. CHỦ TỊCH\n- Sở Y tế; | PHÓ CHỦ TỊCH\n"
    "- Lưu: VT, KGVX. | Nguyễn Văn Bình", THREE, VICE),
    # both columns run together without a bar
    ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Sở Y tế; PHÓ CHỦ TỊCH\n- Lưu: VT, KGVX.\n"
    "Nguyễn Văn Bình", THREE, VICE),
    # bold marks over two lines, a broken authority, the signature's stamp
    ("**Nơi nhận:**\n\n- Như trên;\n- Sở\nY tế;\n- Lưu: VT, KGVX.\n\n**TM. ỦY BAN\nNHÂN DÂN\nKT. CHỦ TỊCH\n"
    "PHÓ CHỦ TỊCH**\n\n(Đã ký)\n\n**Nguyễn Văn Bình**", THREE, VICE),
    # the right column read first
    ("./.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Văn Bình\nNơi nhận:\n- Như trên;\n"
    "- Sở Y tế;\n- Lưu: VT, KGVX.", THREE, VICE),
    # two signatures in the row above; the first counts
    ("| KT. BỘ TRƯỞNG BỘ Y TẾ THỨ TRƯỞNG Lê Hữu Phước | KT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG Cao Văn Út |\n"
     "| Nơi nhận: - Chính phủ; - Lưu: VT. | |", ("Chính phủ", "Lưu: VT"), Signer("Lê Hữu Phước", "Thứ trưởng", "Bộ trưởng Bộ Y tế")),
    # letters of the name driven apart
    ("Nơi nhận: - Như trên; - Lưu: VT. | CHỦ TỊCH Đặ ng Văn Út |", ("Như trên", "Lưu: VT"), Signer("Đặng Văn Út", "Chủ tịch")),
    # without dashes
    ("Nơi nhận:\nNhư trên;\nSở Y tế;\nLưu: VT, KGVX.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"
    "Nguyễn Văn Bình", THREE, VICE),
    ("Nơi nhận: Như trên; Sở Y tế; Lưu: VT, KGVX. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đã ký: Nguyễn "
    "Văn Bình", THREE, VICE),
    # the drafter's initials between
    ("Nơi nhận:\n- Như trên;\n- Sở Y tế;\n- Lưu: VT, KGVX.\nTHoa.QĐ/05/2024\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
    "PHÓ CHỦ TỊCH\nNguyễn Văn Bình", THREE, VICE),
    # electronic stamp, title before the name
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nQ. GIÁM ĐỐC\nKý bởi: Sở Y tế\nThời gian ký: 17/11/2025 16:30:12\n"
    "BSCKII. Trần Thị Hạnh", ("Như trên", "Lưu: VT"),
     Signer("Trần Thị Hạnh", "Quyền Giám đốc", None)),
    # Party
    ("Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng Tỉnh ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLê Hữu Phước",
    ("Các huyện ủy",
    "Lưu Văn phòng Tỉnh ủy"),
     Signer("Lê Hữu Phước", "Phó Bí thư", "Ban Thường vụ")),
    ("Nơi nhận:\n- Như trên;\n- Lưu HC.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nLê Hữu\nPhước",
    ("Như trên", "Lưu HC"), Signer("Lê Hữu Phước", "Phó Trưởng ban", "Trưởng ban")),
    # by order, nested, two offices in one
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ PHÁP CHẾ\nPHÓ VỤ TRƯỞNG\nLê Hữu Phước",
    ("Như trên", "Lưu: VT"),
     Signer("Lê Hữu Phước", "Phó Vụ trưởng", "Bộ trưởng")),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nLê Hữu Phước",
    ("Như trên", "Lưu: VT"),
     Signer("Lê Hữu Phước", "Phó Chủ nhiệm", "Bộ trưởng, Chủ nhiệm")),
    # a name alone; nobody
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n\nLê Hữu Phước", ("Như trên", "Lưu: VT"), Signer("Lê Hữu Phước")),
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n", ("Như trên", "Lưu: VT"), None),
    # a signature without Nơi nhận; its mark alone
    ("Nội dung một;\nNội dung hai;\nNội dung ba./.\n\nTUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Hữu Phước",
    (), Signer("Lê Hữu Phước", "Chánh Văn phòng", "Chủ tịch")),
    ("Nội dung một;\nNội dung hai;\nNội dung ba./.\n| TM. ỦY BAN NHÂN DÂN |\n- 1 Luật Thủy lợi 2017", (), None),
    # a form's "nơi nhận" inside an annex is no foot, nor is a place to receive files
    ("Nơi nhận hồ sơ là Bộ phận Một cửa.\nNội dung hai.", (), None),
]


@pytest.mark.parametrize(("foot", "recipients", "signer"), FEET)
def test_feet(foot: str, recipients: tuple[str, ...], signer: Signer | None) -> None:
    text = f"Các đơn vị triển khai thực hiện./.\n{foot}"
    found = find_closing(text)
    assert found.recipients == recipients
    assert found.signer == signer
    for name, span in found.evidence.items():
        assert span.of(text).strip(), name


@pytest.mark.parametrize(("entry", "name"), [
    ("- Bộ Công an (Cục A05 - để b/c);", "Bộ Công an (Cục A05)"),
    ("Bộ trưởng (để b/cáo);", "Bộ trưởng"),
    ("Cục Việc làm (p/hợp t/hiện);", "Cục Việc làm"),
    ("Bộ Tài chính; (Báo cáo)", "Bộ Tài chính"),
    ("Trung tâm Thông tin (để đăng trên Cổng thông tin);", "Trung tâm Thông tin"),
    ("Văn phòng Chính phủ (Cục KSTTHC);", "Văn phòng Chính phủ (Cục KSTTHC)"),
    ("Lưu: VT, (TH/An).", "Lưu: VT, (TH/An)"),
    ("VPUB: CVP; các PCVP;", "VPUB: CVP; các PCVP"),
    ("Chủ tịch UBND tỉnh, để b/c;", "Chủ tịch UBND tỉnh"),
])
def test_names(entry: str, name: str) -> None:
    assert clean_name(entry) == name


ANNEXES = [
    ("PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 3/KH-UBND)", "PHỤ LỤC"),
    ("KẾ HOẠCH\nTrồng rừng năm 2022\n(Ban hành kèm theo Quyết định số 3/QĐ-UBND)", "KẾ HOẠCH"),
    ("THUYẾT MINH DỰ TOÁN NĂM 2020\n1. Tình hình", "THUYẾT MINH"),
    ("[1] Công điện số 3/CĐ-TTg ngày 3/4/2024.\nPHỤ LỤC I\nBẢNG PHÂN CÔNG", "PHỤ LỤC I"),
    ("[1] Công điện số 3/CĐ-TTg ngày 3/4/2024.", None),
    ("FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN", None),
    ("", None),
]


@pytest.mark.parametrize(("rest", "start"), ANNEXES)
def test_annex(rest: str, start: str | None) -> None:
    text = f"Thực hiện./.\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nCHỦ TỊCH\nLê Hữu Phước\n\n{rest}"
    found = find_closing(text).annex_start
    assert (None if found is None else text[found:]) == (None if start is None else rest[rest.index(start):])


@pytest.mark.parametrize(("text", "name"), [
    ("Đại tá Hồ Văn Út", "Hồ Văn Út"),
    ("GS.TS. Trần Hồng", "Trần Hồng"),
    ("Y Thanh Niê Kđăm", "Y Thanh Niê Kđăm"),
    ("LÊ HỮU PHƯỚC", "Lê Hữu Phước"),
    ("Phụ lục", None), ("Sở Tài Chính", None), ("Nguyễn", None), ("ỦY BAN NHÂN DÂN", None), ("Hà Nội, ngày", None),
])
def test_persons(text: str, name: str | None) -> None:
    assert person(text) == name


@pytest.mark.parametrize(("lines", "position", "principal"), [
    (["KT. CHỦ TỊCH PHÓ CHỦ TỊCH"], "Phó Chủ tịch", "Chủ tịch"),
    (["TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "Hội đồng nhân dân"),
    (["TM.", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch", "Ủy ban nhân dân"),
    (["THỦ TƯỚNG"], "Thủ tướng", None),
    (["TRƯỞNG BAN", "PHÓ THỦ TƯỚNG"], "Trưởng ban, Phó Thủ tướng", None),
    (["XÁC THỰC VĂN BẢN HỢP NHẤT", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"], "Thứ trưởng", "Bộ trưởng"),
])
def test_authority(lines: list[str], position: str | None, principal: str | None) -> None:
    assert authority(lines) == (position, principal)


def test_marks_table() -> None:
    from chidao import knowledge
    for row in knowledge.rows("signing_marks"):
        assert office_start(row["example"]) == 0, row["mark"]
        assert office_start(row["counter_example"]) is None, row["mark"]


def test_offices_table() -> None:
    from chidao import knowledge
    for row in knowledge.rows("offices"):
        assert office_start(row["example"]) == 0, row["office"]
        assert authority([row["example"]])[0] == row["office"], row["office"]
        assert office_start(row["counter_example"]) is None, row["office"]


def test_real_directives(real_data: Path) -> None:
    found = [find_closing(unicodedata.normalize("NFC", p.read_text("utf-8")))
             for p in sorted((real_data / "real" / "directives").glob("*.txt"))]
    assert sum(bool(c.recipients) for c in found) >= 0.9 * len(found)
    assert sum(c.signer is not None for c in found) >= 0.94 * len(found)
