"""Word documents."""
from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reading_samples import docx_bytes

from chidao import reading
from chidao.model import SourceText
from chidao.reading.limits import with_changes
from chidao.reading.numbering import spelled


def read(build: Any) -> SourceText:
    return reading.read_bytes(docx_bytes(build), "x.docx")


def paragraph(document: Any, xml: str) -> None:
    """Adds a paragraph made of this XML before the section properties."""
    document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def test_paragraphs_and_tables_in_order() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("KẾ HOẠCH")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("TT", "Việc", "1", "Trồng cây"), strict=True):
            cell.text = text
        table.cell(1, 1).add_paragraph("và tưới cây")
        document.add_paragraph("Nơi áp dụng: toàn tỉnh")

    source = read(build)
    assert source.text == "KẾ HOẠCH\nTT | Việc\n1 | Trồng cây và tưới cây\nNơi áp dụng: toàn tỉnh"
    assert [c.span.of(source.text) for c in source.tables[0].cells] == ["TT", "Việc", "1", "Trồng cây và tưới cây"]


def test_head_and_foot_are_written_cell_by_cell() -> None:
    def build(document: Any) -> None:
        head = document.add_table(rows=1, cols=2)
        head.cell(0, 0).text = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND"
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

    source = read(build)
    assert source.text == ("UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                           "Độc lập - Tự do - Hạnh phúc")
    assert source.tables == ()


def test_merged_cells() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for i, cell in enumerate(table._cells):
            cell.text = f"ô {i}"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Phân công"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Nhóm"

    source = read(build)
    assert source.text == "ô 0 | Phân công\nNhóm | ô 4 | ô 5\nô 7 | ô 8"
    assert [(c.row, c.column, c.rows, c.columns) for c in source.tables[0].cells] == [
        (0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


@pytest.mark.parametrize(("xml", "expected"), [
    # words cut into runs, a tab, a break of the line, a hyphen that does not break
    ("<w:r><w:t>Kế ho</w:t></w:r><w:r><w:t>ạch</w:t><w:tab/><w:t>số</w:t><w:br/>"
     "<w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>", "Kế hoạch số\nA-B"),
    # inserted words count, deleted ones do not
    ("<w:r><w:t xml:space='preserve'>Kế hoạch </w:t></w:r>"
     "<w:ins w:id='1' w:author='a'><w:r><w:t>mới</w:t></w:r></w:ins>"
     "<w:del w:id='2' w:author='a'><w:r><w:delText>cũ</w:delText></w:r></w:del>", "Kế hoạch mới"),
    # links and content controls
    ("<w:hyperlink><w:r><w:t>Nghị quyết</w:t></w:r></w:hyperlink>"
     "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> này</w:t></w:r></w:sdtContent></w:sdt>", "Nghị quyết này"),
    # the instruction of a field is no text, its result is
    ("<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>Hà Giang, ngày 5</w:t></w:r>", "Hà Giang, ngày 5"),
])
def test_runs(xml: str, expected: str) -> None:
    assert read(lambda document: paragraph(document, xml)).text == expected


def test_numbers_that_word_makes() -> None:
    def build(document: Any) -> None:
        for text, style in (("Mục tiêu", "List Number"), ("Nhiệm vụ", "List Number"), ("Trồng cây", "List Bullet"),
                            ("3. Giải pháp", "List Number"), ("Tổ chức", "List Number")):
            document.add_paragraph(text, style=style)

    assert read(build).text == "1. Mục tiêu\n2. Nhiệm vụ\n- Trồng cây\n3. Giải pháp\n4. Tổ chức"


def test_levels_of_numbers() -> None:
    def build(document: Any) -> None:
        levels = "".join(
            f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/></w:lvl>"
            for i, (kind, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))))
        root = document.part.numbering_part.element
        abstract = parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>")
        root.insert(0, abstract)
        root.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
        for level, text in ((0, "Mục tiêu"), (0, "Nhiệm vụ"), (1, "Sở Y tế"), (2, "Rà soát"), (2, "Báo cáo"),
                            (1, "Sở Nội vụ"), (2, "Tập huấn")):
            paragraph(document, f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='77'/></w:numPr></w:pPr>"
                                f"<w:r><w:t>{text}</w:t></w:r>")

    assert read(build).text.split("\n") == [
        "I. Mục tiêu", "II. Nhiệm vụ", "1. Sở Y tế", "a) Rà soát", "b) Báo cáo", "2. Sở Nội vụ", "a) Tập huấn"]


@pytest.mark.parametrize(("number", "kind", "expected"), [
    (9, "upperRoman", "IX"), (14, "lowerRoman", "xiv"), (27, "lowerLetter", "aa"), (3, "upperLetter", "C"),
    (3, "ordinal", "3")])
def test_spelled(number: int, kind: str, expected: str) -> None:
    assert spelled(number, kind) == expected


def test_headers_with_words_are_furniture_and_page_numbers_are_dropped() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Kế hoạch trồng cây")
        section = document.sections[0]
        section.header.paragraphs[0].text = "Dự thảo lần 2"
        section.footer.paragraphs[0].text = "12"

    source = read(build)
    assert source.text == "Dự thảo lần 2\nKế hoạch trồng cây"
    assert [(r.kind, r.span.of(source.text)) for r in source.regions] == [("furniture", "Dự thảo lần 2")]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>TỐI KHẨN</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (f"<w:r><mc:AlternateContent {space}><mc:Choice Requires='wps'>{box}</mc:Choice>"
           f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Kế hoạch</w:t></w:r>")
    assert read(lambda document: paragraph(document, xml)).text == "Kế hoạch\nTỐI KHẨN"


def test_a_package_under_a_password_and_one_that_unpacks_too_large() -> None:
    data = bytearray(docx_bytes(lambda document: document.add_paragraph("Kế hoạch")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of an encrypted member
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(bytes(data), "x")
    assert caught.value.code == "encrypted"
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(docx_bytes(lambda document: document.add_paragraph("Kế hoạch")), "x",
                           limits=with_changes({"expansion": 100}))
    assert caught.value.code == "too_large"


def test_a_package_without_its_parts_is_damaged() -> None:
    data = docx_bytes(lambda document: document.add_paragraph("Kế hoạch"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "[Content_Types].xml":
                new.writestr(name, old.read(name))
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(out.getvalue(), "x")
    assert caught.value.code == "damaged"
