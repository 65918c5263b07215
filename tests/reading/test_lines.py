"""Broken lines are joined, and nothing else."""
from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from chidao import knowledge
from chidao.reading.decoding import clean, decode
from chidao.reading.lines import rejoin


@pytest.mark.parametrize(("text", "expected"), [
    # broken inside a sentence
    ("- Tổ chức tập huấn cho cán bộ\nthú y cấp xã.", "- Tổ chức tập huấn cho cán bộ thú y cấp xã."),
    # a blank at the end of the line and an indent: one blank is left
    ("Giao Sở Công Thương \n  chủ trì thực hiện.", "Giao Sở Công Thương chủ trì thực hiện."),
    # a page break: blank lines inside a sentence
    ("bảo đảm an toàn hồ đập trong mùa mưa lũ,\n\nnhất là các hồ chứa nhỏ.",
     "bảo đảm an toàn hồ đập trong mùa mưa lũ, nhất là các hồ chứa nhỏ."),
    # a sentence that ended
    ("Hoàn thành trong quý I.\nbáo cáo kết quả.", "Hoàn thành trong quý I.\nbáo cáo kết quả."),
    # items of the outline, marked in many ways
    ("Các việc sau\na) rà soát đê", "Các việc sau\na) rà soát đê"),
    ("Các việc sau\n- rà soát đê", "Các việc sau\n- rà soát đê"),
    ("Các việc sau\n+ rà soát đê\n* gia cố đê", "Các việc sau\n+ rà soát đê\n* gia cố đê"),
    ("gồm các việc\n1.2. Rà soát đê", "gồm các việc\n1.2. Rà soát đê"),
    ("gồm các việc\n(2) Rà soát đê\n(b) Gia cố", "gồm các việc\n(2) Rà soát đê\n(b) Gia cố"),
    ("theo quy định của\nĐiều 5. Tổ chức thực hiện", "theo quy định của\nĐiều 5. Tổ chức thực hiện"),
    # the number of a document at the start of a line is no item
    ("Căn cứ Nghị định số\n99/2018/NĐ-CP của Chính phủ", "Căn cứ Nghị định số 99/2018/NĐ-CP của Chính phủ"),
    # a marker alone on its line
    ("2.\nNâng cấp tuyến đường", "2. Nâng cấp tuyến đường"),
    ("Điều\n7. Hiệu lực thi hành", "Điều 7. Hiệu lực thi hành"),
    # a heading, then its first sentence
    ("1. Mục đích\nNâng cao nhận thức của người dân.", "1. Mục đích\nNâng cao nhận thức của người dân."),
    # titles in capitals stay as they are printed
    ("KẾ HOẠCH\nTRỒNG CÂY GÂY RỪNG\nNĂM 2031", "KẾ HOẠCH\nTRỒNG CÂY GÂY RỪNG\nNĂM 2031"),
    ("QUYẾT ĐỊNH\nvề việc trồng cây", "QUYẾT ĐỊNH\nvề việc trồng cây"),
    # but a body's name that was cut is one line of the signature
    ("TM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
    # header lines
    ("Số: 12/KH-UBND\nHà Tĩnh, ngày 05\ntháng 3 năm 2031", "Số: 12/KH-UBND\nHà Tĩnh, ngày 05 tháng 3 năm 2031"),
    ("Kính gửi:\n- Sở Y tế;\n- Công an tỉnh.", "Kính gửi:\n- Sở Y tế;\n- Công an tỉnh."),
    ("Kính gửi: Chi cục Thủy lợi\ntỉnh Hà Tĩnh.", "Kính gửi: Chi cục Thủy lợi tỉnh Hà Tĩnh."),
    # an entry of Nơi nhận that goes on, and the next one
    ("- VPUB: CVP, các PCVP,\nCác phòng: TH, KT;\n- Lưu: VT.", "- VPUB: CVP, các PCVP, Các phòng: TH, KT;\n- Lưu: VT."),
    ("- Các hội quần chúng cấp tỉnh\n(để biết);", "- Các hội quần chúng cấp tỉnh (để biết);"),
    # rows of a table
    ("TT | Việc\n1 | rà soát\nkết quả", "TT | Việc\n1 | rà soát\nkết quả"),
    # the note below a title, and a note that was broken itself
    ("Phụ lục I\n(ban hành kèm theo Kế hoạch)", "Phụ lục I\n(ban hành kèm theo Kế hoạch)"),
    ("(Kèm theo Kế hoạch số 5/KH-UBND ngày 02\ntháng 4)", "(Kèm theo Kế hoạch số 5/KH-UBND ngày 02 tháng 4)"),
    # a range of years
    ("bảo vệ rừng giai đoạn 2031\n- 2035", "bảo vệ rừng giai đoạn 2031 - 2035"),
    # an open bracket
    ("các trục chính (Lê Lợi,\nTrần Phú) và\nngõ", "các trục chính (Lê Lợi, Trần Phú) và ngõ"),
    # markup stays
    ("**Giao** Sở Y tế *chủ trì*\nphối hợp", "**Giao** Sở Y tế *chủ trì* phối hợp"),
    # a cell of a flattened table, far from a sentence
    ("Cấp tỉnh\n\nhồ sơ", "Cấp tỉnh\n\nhồ sơ"),
])
def test_rejoin(text: str, expected: str) -> None:
    assert rejoin(text) == expected


def test_text_wrapped_at_one_width_joins_lines_that_begin_with_capitals() -> None:
    words = "việc rà soát quy hoạch thủy lợi và " * 12 + "cùng Ban Quản lý khai thác công trình thủy lợi Kẻ Gỗ"
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += f" {word}"
    text = "\n".join([*lines, line.strip()]) + "."
    assert "\n" not in rejoin(text)


@pytest.mark.parametrize("row", knowledge.rows("line_breaks"), ids=lambda row: f"{row['last']}-{row['next']}")
def test_each_line_break_row_joins_its_example_only(row: dict[str, str]) -> None:
    assert "\n" not in rejoin(row["example"].replace("⏎", "\n"))
    assert "\n" in rejoin(row["counter_example"].replace("⏎", "\n"))


def test_no_word_of_real_directives_is_lost_or_invented(real_data: Path) -> None:
    files = [*(real_data / "real/directives").glob("*.txt"), *(real_data / "seeds").glob("*.txt")]
    assert len(files) > 300
    for file in files:
        text = clean(decode(file.read_bytes()).text)
        assert rejoin(text).split() == text.split(), file.name


def test_few_sentences_of_real_directives_stay_broken(real_data: Path) -> None:
    """A line that begins in lower case after one that ended no sentence, outside tables."""
    broken = 0
    for file in (real_data / "real/directives").glob("*.txt"):
        lines = [line.strip() for line in rejoin(clean(decode(file.read_bytes()).text)).split("\n") if line.strip()]
        broken += sum(b[0].islower() and a[-1].isalpha() and not a.isupper() and "|" not in a + b
                      and b[1:2] not in ").\\/" for a, b in pairwise(lines))
    assert broken <= 20
