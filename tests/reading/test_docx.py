"""Word documents."""
from __future__ import annotations

import io
import zipfile
from pathlib import Path
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


def numbered(document: Any, levels: str, paragraphs: list[tuple[str, int, str]], *, nums: str = "") -> None:
    """Paragraphs (list, level, text) of a list with these levels as XML; lists 77 and what `nums` adds."""
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    root.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for num in parse_xml(f"<w:x {nsdecls('w')}>{nums}</w:x>"):
        root.append(num)
    for number, level, text in paragraphs:
        paragraph(document, f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
                            f"<w:r><w:t>{text}</w:t></w:r>")


def level(at: int, kind: str, text: str, more: str = "", *, start: int = 1) -> str:
    return (f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{kind}'/>{more}<w:lvlText w:val='{text}'/>"
            "</w:lvl>")


@pytest.mark.parametrize(("levels", "nums", "paragraphs", "expected"), [
    # a second list over the same levels goes on; one with a start of its own begins there, once
    (level(0, "decimal", "%1."),
     "<w:num w:numId='78'><w:abstractNumId w:val='77'/></w:num><w:num w:numId='79'><w:abstractNumId w:val='77'/>"
     "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>",
     [("77", 0, "Mục đích"), ("77", 0, "Yêu cầu"), ("78", 0, "Nội dung"), ("79", 0, "Sở A"), ("79", 0, "Sở B")],
     ["1. Mục đích", "2. Yêu cầu", "3. Nội dung", "1. Sở A", "2. Sở B"]),
    # a list that defines a level anew
    (level(0, "decimal", "%1."),
     "<w:num w:numId='78'><w:abstractNumId w:val='77'/><w:lvlOverride w:ilvl='0'>"
     + level(0, "upperRoman", "%1.", start=4) + "</w:lvlOverride></w:num>",
     [("78", 0, "Kinh phí"), ("78", 0, "Tổ chức")], ["IV. Kinh phí", "V. Tổ chức"]),
    # numbers of several levels, Roman ones shown as Arabic where the list says so
    (level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", "<w:isLgl/>"), "",
     [("77", 0, "Nhiệm vụ"), ("77", 0, "Giải pháp"), ("77", 1, "Sở Y tế"), ("77", 1, "Sở Nội vụ")],
     ["I. Nhiệm vụ", "II. Giải pháp", "2.1. Sở Y tế", "2.2. Sở Nội vụ"]),
    # a level that never begins anew: articles through chapters
    (level(0, "upperRoman", "Chương %1.") + level(1, "decimal", "Điều %2.", "<w:lvlRestart w:val='0'/>"), "",
     [("77", 0, "Chung"), ("77", 1, "Phạm vi"), ("77", 0, "Riêng"), ("77", 1, "Đối tượng")],
     ["Chương I. Chung", "Điều 1. Phạm vi", "Chương II. Riêng", "Điều 2. Đối tượng"]),
    # a marker typed beside the number stands alone; words that open paragraphs do not take its place
    (level(0, "decimal", "%1."), "",
     [("77", 0, "Căn cứ Nghị quyết số 5"), ("77", 0, "b) Rà soát"), ("77", 0, "Bảng 2 kèm theo"), ("77", 0, "“Sở A” chủ trì")],
     ["1. Căn cứ Nghị quyết số 5", "b) Rà soát", "3. Bảng 2 kèm theo", "4. “Sở A” chủ trì"]),
    (level(0, "lowerLetter", "%1)"), "", [("77", 0, "Sở A"), ("77", 0, "Sở B")], ["a) Sở A", "b) Sở B"]),
])
def test_lists(levels: str, nums: str, paragraphs: list[tuple[str, int, str]], expected: list[str]) -> None:
    assert read(lambda document: numbered(document, levels, paragraphs, nums=nums)).text.split("\n") == expected


def test_a_style_at_the_level_that_is_linked_to_it() -> None:
    def build(document: Any) -> None:
        for name in ("MucLon", "MucNho"):
            document.styles.element.append(parse_xml(
                f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>"
                "<w:pPr><w:numPr><w:numId w:val='77'/></w:numPr></w:pPr></w:style>"))
        numbered(document, level(0, "upperRoman", "%1.", "<w:pStyle w:val='MucLon'/>")
                 + level(1, "decimal", "%2.", "<w:pStyle w:val='MucNho'/>"), [])
        for name, text in (("MucLon", "Nhiệm vụ"), ("MucNho", "Sở A"), ("MucNho", "Sở B")):
            paragraph(document, f"<w:pPr><w:pStyle w:val='{name}'/></w:pPr><w:r><w:t>{text}</w:t></w:r>")

    assert read(build).text == "I. Nhiệm vụ\n1. Sở A\n2. Sở B"


CHANGED = "w:id='1' w:author='a'"


@pytest.mark.parametrize(("xml", "expected"), [
    # words and ends of paragraphs that were deleted: what is left is one paragraph
    (f"<w:p><w:pPr><w:rPr><w:del {CHANGED}/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Giao Sở Y tế </w:t></w:r></w:p>"
     "<w:p><w:r><w:t>chủ trì.</w:t></w:r></w:p>", "Giao Sở Y tế chủ trì."),
    (f"<w:p><w:pPr><w:rPr><w:del {CHANGED}/></w:rPr></w:pPr><w:del {CHANGED}><w:r><w:delText>Bỏ</w:delText></w:r></w:del></w:p>"
     "<w:p><w:r><w:t>Giữ</w:t></w:r></w:p>", "Giữ"),
    # what was moved stands where it went
    (f"<w:p><w:pPr><w:rPr><w:moveFrom {CHANGED}/></w:rPr></w:pPr><w:moveFrom {CHANGED}><w:r><w:t>Chuyển</w:t></w:r></w:moveFrom></w:p>"
     f"<w:p><w:r><w:t>Trước</w:t></w:r></w:p><w:p><w:moveTo {CHANGED}><w:r><w:t>Chuyển</w:t></w:r></w:moveTo></w:p>",
     "Trước\nChuyển"),
    # a row that was deleted and one that was put in
    (f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>TT</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Việc</w:t></w:r></w:p></w:tc></w:tr>"
     f"<w:tr><w:trPr><w:del {CHANGED}/></w:trPr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cũ</w:t></w:r></w:p></w:tc></w:tr>"
     f"<w:tr><w:trPr><w:ins {CHANGED}/></w:trPr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:ins {CHANGED}><w:r><w:t>Mới</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>",
     "TT | Việc\n1 | Mới"),
    # hidden words, words in capitals, and looks that are switched off again
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r>"
     "<w:r><w:rPr><w:vanish w:val='0'/><w:caps w:val='0'/></w:rPr><w:t xml:space='preserve'> số 5</w:t></w:r></w:p>",
     "KẾ HOẠCH số 5"),
    # a comment is none of the text
    ("<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>Giao Sở A</w:t></w:r><w:commentRangeEnd w:id='0'/>"
     "<w:r><w:commentReference w:id='0'/></w:r></w:p>", "Giao Sở A"),
])
def test_changes_are_accepted_and_what_is_hidden_is_no_text(xml: str, expected: str) -> None:
    def build(document: Any) -> None:
        for block in parse_xml(f"<w:x {nsdecls('w')}>{xml}</w:x>"):
            document.element.body.insert(-1, block)

    assert read(build).text == expected


def test_capitals_and_old_fonts_of_styles() -> None:
    def build(document: Any) -> None:
        for name, base, look in (("Goc", "", "<w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/>"),
                                 ("Hoa", "Goc", "<w:rFonts w:ascii='.VnTimeH'/>"), ("Caps", "", "<w:caps/>")):
            document.styles.element.append(parse_xml(
                f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>"
                f"<w:basedOn w:val='{base}'/><w:rPr>{look}</w:rPr></w:style>"))
        for style, runs in (("Hoa", "<w:r><w:t>kÕ ho¹ch</w:t></w:r>"),
                            ("Goc", "<w:r><w:t>Trång c©y, trång r</w:t><w:t>õng</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Times New Roman'/></w:rPr>"
                                    "<w:t xml:space='preserve'> ở Hà Giang</w:t></w:r><w:r><w:t xml:space='preserve'> tr</w:t><w:softHyphen/><w:t>íc 30/6</w:t></w:r>"),
                            ("Caps", "<w:r><w:t>Ủy ban nhân dân</w:t></w:r>"),
                            ("Goc", "<w:r><w:rPr><w:rFonts w:ascii='VNI-Times'/></w:rPr><w:t>Uyû ban nhaân daân</w:t></w:r>")):
            paragraph(document, f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>{runs}")

    assert read(build).text == "KẾ HOẠCH\nTrồng cây, trồng rừng ở Hà Giang trước 30/6\nỦY BAN NHÂN DÂN\nUỷ ban nhân dân"


def test_old_letters_whose_font_does_not_tell() -> None:
    source = read(lambda document: [document.add_paragraph(text) for text in (
        "QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh", "VÒ viÖc trång rõng phßng hé ®Çu nguån n¨m 2031")])
    assert source.text == "Quyết định của Uỷ ban nhân dân tỉnh\nVề việc trồng rừng phòng hộ đầu nguồn năm 2031"
    assert source.warnings == ("encoding: tcvn3",)


def with_part(data: bytes, name: str, text: str, *, kind: str = "", relation: str = "") -> bytes:
    """The package with a part more or another one, and how the document refers to it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            part = old.read(member).decode("utf-8", "surrogateescape")
            if member == "[Content_Types].xml" and kind:
                part = part.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')
            if member == "word/_rels/document.xml.rels" and relation:
                part = part.replace("</Relationships>", f'<Relationship Id="rId99" Type="{relation}" Target="{name.removeprefix("word/")}"/></Relationships>')
            if member != name:
                new.writestr(member, part.encode("utf-8", "surrogateescape"))
        new.writestr(name, text)
    return out.getvalue()


NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NOTE_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def test_footnotes_are_notes_with_the_numbers_that_are_printed() -> None:
    def build(document: Any) -> None:
        paragraph(document, "<w:r><w:t>Giao Sở A</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r>"
                            "<w:r><w:t xml:space='preserve'> chủ trì</w:t></w:r><w:r><w:footnoteReference w:id='3'/></w:r>")

    notes = (f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
             "<w:footnote w:id='3'><w:p><w:r><w:t>Sở B phối hợp.</w:t></w:r></w:p></w:footnote>"
             "<w:footnote w:id='7'><w:p><w:r><w:t>Theo Nghị quyết</w:t></w:r></w:p><w:p><w:r><w:t>số 5.</w:t></w:r></w:p></w:footnote></w:footnotes>")
    source = reading.read_bytes(with_part(docx_bytes(build), "word/footnotes.xml", notes, kind=NOTE_KIND, relation=NOTES), "x")
    assert source.text == "Giao Sở A[1] chủ trì[2]\n[2] Sở B phối hợp.\n[1] Theo Nghị quyết số 5."
    assert [(r.kind, r.span.of(source.text)) for r in source.regions] == [
        ("note", "[2] Sở B phối hợp."), ("note", "[1] Theo Nghị quyết số 5.")]


@pytest.mark.parametrize("name", ["word/footnotes.xml", "word/document.xml", "word/styles.xml", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_and_no_entity_is_read(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("MẬT KHẨU", "utf-8")
    xml = (f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
           f"<w:footnotes {nsdecls('w')}><w:footnote w:id='3'><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:footnote></w:footnotes>")
    data = with_part(docx_bytes(lambda document: document.add_paragraph("Kế hoạch")), name, "", kind=NOTE_KIND if "foot" in name else "",
                     relation=NOTES if "foot" in name else "")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(member, xml.encode(encoding) if member == name else old.read(member))
    with pytest.raises(reading.ReadingError, match="DTD") as caught:
        reading.read_bytes(out.getvalue(), "x.docx")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("kind", [
    "ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.template",
    "ms-word.template.macroEnabledTemplate"])
def test_templates_and_documents_with_macros_are_read(kind: str) -> None:
    out = io.BytesIO()
    data = docx_bytes(lambda document: document.add_paragraph("Kế hoạch"))
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            new.writestr(member, old.read(member).replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main", f"{kind}.main".encode()))
        new.writestr("word/vbaProject.bin", b"macro")
    assert reading.read_bytes(out.getvalue(), "x.docm").text == "Kế hoạch"


def test_cells_merged_sideways_the_old_way_and_boxes_in_boxes() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table._cells, ("TT", "Phân công", "", "1", "Sở A", "Sở B"), strict=True):
            cell.text = text
        for cell, merge in zip(table._cells[1:3], ("restart", "continue"), strict=True):
            cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:hMerge {nsdecls('w')} w:val='{merge}'/>"))
        inner = "<w:txbxContent><w:p><w:r><w:t>Trong</w:t></w:r></w:p></w:txbxContent>"
        paragraph(document, f"<w:r><w:t>Chữ</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Ngoài</w:t><w:pict>{inner}</w:pict></w:r></w:p>"
                            "</w:txbxContent></w:pict></w:r>")

    source = read(build)
    assert source.text == "TT | Phân công\n1 | Sở A | Sở B\nChữ\nNgoài\nTrong"
    assert [(c.row, c.column, c.columns) for c in source.tables[0].cells][:2] == [(0, 0, 1), (0, 1, 2)]


def test_even_pages_have_headers_of_their_own() -> None:
    def build(document: Any) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        document.add_paragraph("Kế hoạch")
        document.sections[0].even_page_header.paragraphs[0].text = "Trang chẵn của kế hoạch"

    assert read(build).text == "Trang chẵn của kế hoạch\nKế hoạch"


def test_what_is_not_read_is_said() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Kế hoạch")
        document.element.body.insert(-1, parse_xml(f"<w:altChunk {nsdecls('w')}/>"))

    assert read(build).warnings == ("not read: altChunk",)
