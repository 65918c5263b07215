"""PDF with a text layer: reading order, paragraphs over pages, tables, boxes."""
from __future__ import annotations

import io
from pathlib import Path

import pytest
from reading_samples import Sheet

from chidao import reading
from chidao.model import SourceText, Span
from chidao.structure.stamps import find_stamps

LONG = ("1. Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Ủy ban nhân dân các xã rà soát diện tích rừng "
        "nghèo kiệt trên địa bàn, lập hồ sơ quản lý từng lô rừng. Ban Quản lý rừng phòng hộ Vị Xuyên cung cấp bản đồ "
        "hiện trạng, báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 30/6/2031.")


def read(sheet: Sheet) -> SourceText:
    source = reading.read_bytes(sheet.done(), "x.pdf")
    assert source.format == "pdf"
    for box in source.boxes:
        assert box.span.of(source.text).strip()
        assert 0 <= box.x0 < box.x1 <= 900
        assert 0 <= box.top < box.bottom <= 900
    return source


def test_two_columns_of_the_head() -> None:
    sheet = Sheet()
    for x, y, text in ((90, 60, "ỦY BAN NHÂN DÂN"), (270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                       (100, 75, "TỈNH HÀ GIANG"), (330, 75, "Độc lập - Tự do - Hạnh phúc"),
                       (100, 100, "Số:        /KH-UBND"), (320, 100, "Hà Giang, ngày      tháng 3 năm 2031")):
        sheet.line(x, y, text)
    sheet.centred(130, "KẾ HOẠCH").centred(146, "Trồng và bảo vệ rừng phòng hộ năm 2031")
    sheet.paragraph(175, LONG)
    assert read(sheet).text.split("\n") == [
        "ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: /KH-UBND", "Hà Giang, ngày tháng 3 năm 2031", "KẾ HOẠCH", "Trồng và bảo vệ rừng phòng hộ năm 2031", LONG]


def test_order_of_drawing_does_not_matter() -> None:
    sheet = Sheet()
    sheet.paragraph(175, LONG)
    sheet.line(270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").line(90, 61, "ỦY BAN NHÂN DÂN")
    sheet.centred(130, "KẾ HOẠCH")
    assert read(sheet).text == f"ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\n{LONG}"


def test_recipients_then_signature() -> None:
    sheet = Sheet()
    end = sheet.paragraph(60, LONG)
    left = ("Nơi nhận:", "- Như trên;", "- Các cơ quan thông tin, báo chí thuộc", "Hội Nhà báo tỉnh;", "- Lưu: VT, NN.")
    for i, text in enumerate(left):
        sheet.line(80, end + 10 + 13 * i, text, size=9)
    for y, text in ((0, "TM. ỦY BAN NHÂN DÂN"), (16, "KT. CHỦ TỊCH"), (90, "Lò Văn Sình")):
        sheet.line(380, end + 10 + y, text)
    assert read(sheet).text.split("\n")[1:] == [
        "Nơi nhận:", "- Như trên;", "- Các cơ quan thông tin, báo chí thuộc Hội Nhà báo tỉnh;", "- Lưu: VT, NN.",
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Lò Văn Sình"]


def test_recipients_over_the_end_of_a_page_stay_together() -> None:
    sheet = Sheet()
    sheet.paragraph(640, LONG)
    for i, text in enumerate(("Nơi nhận:", "- Như trên;", "- Ủy ban Mặt trận Tổ quốc tỉnh;")):
        sheet.line(80, 740 + 13 * i, text, size=9)
    sheet.line(380, 740, "CHỦ TỊCH").line(380, 766, "Lò Văn Sình").page()
    for i, text in enumerate(("- Các cơ quan thông tin, báo chí", "Trung ương và địa phương;", "- Lưu: VT.")):
        sheet.line(80, 60 + 13 * i, text, size=9)
    sheet.centred(120, "PHỤ LỤC")
    assert read(sheet).text.split("\n")[1:] == [
        "Nơi nhận:", "- Như trên;", "- Ủy ban Mặt trận Tổ quốc tỉnh;",
        "- Các cơ quan thông tin, báo chí Trung ương và địa phương;", "- Lưu: VT.", "CHỦ TỊCH", "Lò Văn Sình", "PHỤ LỤC"]


def test_a_paragraph_over_the_end_of_a_page() -> None:
    sheet = Sheet()
    first = "Các hạt kiểm lâm, đồn biên phòng và chính quyền các xã vùng cao tổ chức tuần tra, canh gác các khu"
    y = sheet.paragraph(60, LONG)
    sheet.paragraph(y, LONG.replace("1.", "2."))
    sheet.line(108, 780, first[:70]).page()
    sheet.centred(40, "2")
    sheet.line(80, 70, "vực trọng điểm có nguy cơ cháy rừng cao, nhất là trong mùa khô hanh.")
    y = sheet.paragraph(86, LONG.replace("1.", "3."))
    sheet.paragraph(y, LONG.replace("1.", "4."))
    source = read(sheet)
    assert source.pages == 2
    line = next(line for line in source.text.split("\n") if line.startswith("Các hạt"))
    assert line == f"{first[:70]} vực trọng điểm có nguy cơ cháy rừng cao, nhất là trong mùa khô hanh."
    assert [r.span.of(source.text) for r in source.regions] == ["2"]
    at = source.text.index("vực trọng điểm")
    assert [box.page for box in source.boxes if box.span.start <= at < box.span.end] == [2]


def test_items_and_headings_begin_paragraphs() -> None:
    sheet, y = Sheet(), 60.0
    items = ("I. MỤC TIÊU", LONG, "a) Trồng mới 500 ha rừng phòng hộ;", "- Chăm sóc 1.200 ha rừng trồng các năm trước.",
             LONG.replace("1.", "2."))
    for item in items:
        y = sheet.paragraph(y, item)
    assert read(sheet).text.split("\n") == list(items)


def test_footnotes_follow_the_paragraph_that_the_page_cuts() -> None:
    sheet = Sheet()
    y = sheet.paragraph(60, LONG)
    y = sheet.paragraph(y, LONG.replace("1.", "2."))
    y = sheet.paragraph(y, "Diện tích rừng bị cháy trong mùa khô năm trước tại các xã biên giới còn lớn, việc khắc "
                           "phục")
    sheet.line(80, 780, "1 Báo cáo của Chi cục Kiểm lâm.", size=8).page()
    sheet.line(80, 60, "chậm so với kế hoạch đã đề ra.")
    y = sheet.paragraph(80, LONG.replace("1.", "3."))
    sheet.paragraph(y, LONG.replace("1.", "4."))
    source = read(sheet)
    lines = source.text.split("\n")
    assert lines[2].endswith("việc khắc phục chậm so với kế hoạch đã đề ra.")
    assert lines[3] == "1 Báo cáo của Chi cục Kiểm lâm."
    assert [r.span.of(source.text) for r in source.regions if r.kind == "note"] == [lines[3]]


COLUMNS = [60.0, 90.0, 300.0, 420.0, 540.0]
HEAD = (30.0, ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"])


def test_a_ruled_table() -> None:
    sheet = Sheet()
    sheet.centred(60, "PHỤ LỤC")
    end = sheet.grid(80, COLUMNS, [
        HEAD, (40, ["1", "Rà soát diện tích rừng\nnghèo kiệt", "Sở Nông nghiệp và\nMôi trường", "30/6/2031"]),
        (25, ["2", "Trồng dặm", "", "2032"])])
    sheet.paragraph(end + 30, LONG)
    source = read(sheet)
    assert source.text.split("\n") == [
        "PHỤ LỤC", "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian",
        "1 | Rà soát diện tích rừng nghèo kiệt | Sở Nông nghiệp và Môi trường | 30/6/2031", "2 | Trồng dặm |  | 2032",
        LONG]
    (table,) = source.tables
    assert [(c.row, c.column, c.span.of(source.text)) for c in table.cells][4:8] == [
        (1, 0, "1"), (1, 1, "Rà soát diện tích rừng nghèo kiệt"), (1, 2, "Sở Nông nghiệp và Môi trường"),
        (1, 3, "30/6/2031")]
    cell = table.cells[5].span
    assert [box.span.of(source.text) for box in source.locate(cell)] == ["Rà soát diện tích rừng", "nghèo kiệt"]


def test_a_place_is_as_wide_as_its_words() -> None:
    sheet = Sheet()
    sheet.paragraph(60, LONG)
    source = read(sheet)
    whole = source.locate(Span(0, len(LONG)))
    assert [box.top for box in whole] == sorted({box.top for box in source.boxes})
    at = LONG.index("phối hợp với Ủy ban nhân dân các xã")
    first, second = source.locate(Span(at, at + len("phối hợp với Ủy ban nhân dân các xã")))
    assert first.x0 > whole[0].x0 + 100
    assert (first.x1, second.x0) == (whole[0].x1, whole[1].x0)
    assert second.x1 < whole[1].x1 - 50
    assert source.locate(Span(first.span.end, first.span.end + 1)) == (), "the blank at the end of a line"


def test_a_table_over_pages_is_one_with_its_head_once() -> None:
    sheet = Sheet()
    sheet.grid(600, COLUMNS, [HEAD, (40, ["1", "Rà soát diện tích rừng\nnghèo kiệt, lập hồ", "Sở A", "2031"])])
    sheet.page().centred(40, "2")
    rest, second = ["", "sơ từng lô rừng", "", ""], ["2", "Trồng dặm", "Sở B", "2032"]
    end = sheet.grid(60, COLUMNS, [HEAD, (25, rest), (25, second)])
    sheet.paragraph(end + 30, LONG)
    source = read(sheet)
    assert source.text.split("\n") == [
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian",
        "1 | Rà soát diện tích rừng nghèo kiệt, lập hồ sơ từng lô rừng | Sở A | 2031",
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian", "2 | Trồng dặm | Sở B | 2032", "2", LONG]
    (table,) = source.tables
    assert [c.row for c in table.cells] == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert [r.span.of(source.text) for r in source.regions] == ["TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian", "2"]
    assert {box.page for box in source.locate(table.cells[5].span)} == {1, 2}


def test_running_heads_are_furniture() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.line(80, 40, f"Dự thảo Kế hoạch trồng rừng, trang {number}")
        sheet.paragraph(80, f"{['Một', 'Hai', 'Ba', 'Bốn'][number - 1]} nội dung: {LONG[3:]}")
        sheet.page()
    source = read(sheet)
    assert [r.span.of(source.text) for r in source.regions] == [
        f"Dự thảo Kế hoạch trồng rừng, trang {n}" for n in range(1, 5)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotation: int) -> None:
    sheet = Sheet(size=(842, 595) if rotation % 180 else (595, 842), rotation=rotation)
    sheet.line(90, 60, "ỦY BAN NHÂN DÂN").line(270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.paragraph(150, LONG)
    source = read(sheet)
    assert source.text == f"ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{LONG}"
    first, second, *_ = source.boxes
    assert (round(first.x0), round(second.x0)) == (90, 270)
    assert first.top < 60 < first.bottom + 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_that_lies_across_keeps_its_words(rotation: int) -> None:
    import pypdfium2

    sheet = Sheet()
    sheet.paragraph(60, LONG)
    document = pypdfium2.PdfDocument(sheet.done())
    document[0].set_rotation(rotation)
    out = io.BytesIO()
    document.save(out)
    source = reading.read_bytes(out.getvalue(), "x.pdf")
    assert sorted(source.text.split()) == sorted(LONG.split())


def test_pages_without_a_text_layer_and_without_recognition(
        monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(Sheet().picture().page().picture().done(), "x.pdf")
    assert caught.value.code == "no_text_layer"
    sheet = Sheet()
    sheet.paragraph(60, LONG)
    source = read(sheet.page().picture())
    assert source.warnings == ("no_text_layer: 2",)


def test_a_password() -> None:
    sheet = Sheet(password="x")
    sheet.paragraph(60, LONG)
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(sheet.done(), "x.pdf")
    assert caught.value.code == "encrypted"


def test_a_page_with_a_broken_box_is_read_all_the_same() -> None:
    sheet = Sheet()
    sheet.grid(80, COLUMNS, [HEAD, (40, ["1", "Trồng rừng", "Sở A", "2031"])])
    data = sheet.done()
    assert b"/MediaBox [ 0 0 595 842 ]" in data
    source = reading.read_bytes(data.replace(b"[ 0 0 595 842 ]", b"[ 0 0 595 /b  ]"), "x.pdf")
    assert source.text.split("\n") == ["TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian", "1 | Trồng rừng | Sở A | 2031"]


@pytest.mark.parametrize(("stamp", "by", "at"), [
    (["Ký bởi: Sở Nông nghiệp và Môi trường", "Thời gian ký: 05.03.2031 08:15:32 +07:00"],
     "Sở Nông nghiệp và Môi trường", "2031-03-05T08:15:32+07:00"),
    (["Người ký: ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "Email: vanthu@hagiang.example", "Cơ quan: Tỉnh Hà Giang",
      "Ngày ký: 05/03/2031 08:15"], "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "2031-03-05T08:15:00"),
    (["Digitally signed by Lò Văn Sình", "Date: 2031.03.05 08:15:32 +07'00'"], "Lò Văn Sình",
     "2031-03-05T08:15:32+07:00"),
    (["Ký số bởi: Lò Văn Sình"], "Lò Văn Sình", None)])
def test_the_stamp_of_a_signature_is_evidence_not_text(stamp: list[str], by: str, at: str | None) -> None:
    sheet = Sheet()
    end = sheet.paragraph(60, LONG)
    sheet.line(380, end + 10, "CHỦ TỊCH")
    for i, text in enumerate(stamp):
        sheet.line(380, end + 30 + 9 * i, text, size=7)
    sheet.line(380, end + 90, "Lò Văn Sình")
    source = read(sheet)
    marked = [region.span for region in source.regions if region.kind == "furniture"]
    for line in stamp:
        start = source.text.index(line)
        assert any(a <= start and start + len(line) <= b for a, b in marked), line
    found, = find_stamps(source)
    assert (found.by, found.at) == (by, at)
    assert found.span.of(source.text) == "\n".join(stamp)
    assert len(source.locate(found.span)) == len(stamp)
    assert [line for line in source.text.split("\n") if line not in stamp] == [LONG, "CHỦ TỊCH", "Lò Văn Sình"]


def test_a_signer_without_a_time_is_no_stamp() -> None:
    sheet = Sheet()
    end = sheet.paragraph(60, LONG)
    source = read(sheet.line(80, end + 20, "Người ký: Lò Văn Sình"))
    assert [r.span.of(source.text) for r in source.regions] == ["Người ký: Lò Văn Sình"]
    assert find_stamps(source) == ()
