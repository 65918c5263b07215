"""Web pages and documents saved as HTML."""
from __future__ import annotations

from pathlib import Path

import pytest

from chidao import reading
from chidao.model import SourceText


def page(body: str) -> SourceText:
    return reading.read_bytes(f"<html><head><title>Tệp</title></head><body>{body}</body></html>".encode(), "x.html")


@pytest.mark.parametrize(("body", "expected"), [
    # blocks are lines, inline marks are none, white space is one blank
    ("<p>Sở <b>Y  tế</b>\n chủ trì</p><div>Sở Nội vụ</div>", "Sở Y tế chủ trì\nSở Nội vụ"),
    # letters as entities and as combining marks
    ("<p>K&#7871; ho&#7841;ch tr&ocirc;&#768;ng c&acirc;y</p>", "Kế hoạch trồng cây"),
    # a break of the line is one, unless it stands inside a sentence
    ("<p>UBND TỈNH<br>HÀ GIANG</p><p>Thực hiện Nghị quyết của<br>Chính phủ</p>",
     "UBND TỈNH\nHÀ GIANG\nThực hiện Nghị quyết của Chính phủ"),
    # what is no text
    ("<script>alert('x')</script><style>p{}</style><!-- ghi chú --><p style='display: none'>Ẩn</p><p>Hiện</p>", "Hiện"),
    # numbers and bullets that the browser shows
    ("<ol><li>Sở Y tế</li><li>Sở Nội vụ</li></ol><ul><li>Công an tỉnh</li><li>- Các xã</li></ul>",
     "1. Sở Y tế\n2. Sở Nội vụ\n- Công an tỉnh\n- Các xã"),
    # the head as a table: cell by cell, left column first
    ("<table><tr><td>UBND TỈNH<br>HÀ GIANG</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
     "<tr><td>Số: 5/KH-UBND</td><td>Hà Giang, ngày 5 tháng 6 năm 2031</td></tr></table>",
     "UBND TỈNH\nHÀ GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\nHà Giang, ngày 5 tháng 6 năm 2031"),
    # a page that is laid out by a table
    ("<table><tr><td><p>KẾ HOẠCH</p><table><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>Trồng cây</td></tr>"
     "</table></td></tr></table>", "KẾ HOẠCH\nTT | Việc\n1 | Trồng cây"),
    # paragraphs of a cell are one line of the row
    ("<table><tr><td>TT<td>Việc<tr><td>1<td><p>- Trồng cây;</p><p>- Tưới cây.</p></table>",
     "TT | Việc\n1 | - Trồng cây; - Tưới cây."),
    # preformatted text keeps its lines
    ("<pre>KẾ HOẠCH\nTrồng cây\n</pre>", "KẾ HOẠCH\nTrồng cây"),
])
def test_text(body: str, expected: str) -> None:
    assert page(body).text == expected


def test_merged_cells() -> None:
    source = page("<table><tr><th rowspan=2>TT<th colspan=2>Phân công</tr><tr><th>Chủ trì<th>Phối hợp</tr>"
                  "<tr><td>1<td rowspan='2'>Sở A<td>Sở B</tr><tr><td>2<td>Sở C</tr></table>")
    assert source.text == "TT | Phân công\nChủ trì | Phối hợp\n1 | Sở A | Sở B\n2 | Sở C"
    cells = {c.span.of(source.text): (c.row, c.column, c.rows, c.columns) for c in source.tables[0].cells}
    assert cells == {"TT": (0, 0, 2, 1), "Phân công": (0, 1, 1, 2), "Chủ trì": (1, 1, 1, 1), "Phối hợp": (1, 2, 1, 1),
                     "1": (2, 0, 1, 1), "Sở A": (2, 1, 2, 1), "Sở B": (2, 2, 1, 1), "2": (3, 0, 1, 1),
                     "Sở C": (3, 2, 1, 1)}


def test_menus_stay_as_furniture() -> None:
    source = page("<nav><a>Giới thiệu</a> <a>Liên hệ</a></nav><div class='main-menu'><a>Tin tức</a></div>"
                  "<ul><li><a>Bản đồ</a><li><a>Thư điện tử</a><li><a>Lịch tiếp dân</a><li><a>Hỏi đáp</a></ul>"
                  "<header>UBND TỈNH<br>Số: 5/KH-UBND</header><p>KẾ HOẠCH</p>"
                  "<footer>Các văn bản khác</footer><p>Kế hoạch 7/KH-UBND</p><p>Quyết định 8/QĐ-UBND</p>")
    marked = [(r.kind, r.span.of(source.text)) for r in source.regions]
    assert marked == [("furniture", "Giới thiệu Liên hệ"), ("furniture", "Tin tức"), ("furniture", "Bản đồ"),
                      ("furniture", "Thư điện tử"), ("furniture", "Lịch tiếp dân"), ("furniture", "Hỏi đáp"),
                      ("furniture", "Các văn bản khác"), ("related", "Kế hoạch 7/KH-UBND\nQuyết định 8/QĐ-UBND")]
    assert "UBND TỈNH\nSố: 5/KH-UBND\nKẾ HOẠCH" in source.text


def test_deep_nesting_is_no_crash() -> None:
    body = "<div>" * 3000 + "Kế hoạch trồng rừng" + "</div>" * 3000
    try:
        assert "Kế hoạch trồng rừng" in page(body).text
    except reading.ReadingError as error:
        assert error.code in ("damaged", "empty")  # noqa: PT017


def test_lists_of_related_documents_by_the_name_of_their_box() -> None:
    source = page("<p>KẾ HOẠCH</p><div id='vbLienQuan'><h4>Văn bản căn cứ</h4><ul><li><a>Luật Lâm nghiệp 16/2017/QH14</a></li>"
                  "<li><a>Nghị định 156/2018/NĐ-CP</a></li></ul></div><p>Trồng rừng</p>"
                  "<div class='box-lien-quan'><p>Sở Nông nghiệp và Môi trường chủ trì rà soát.</p>" + "<p>Các xã phối hợp.</p>" * 30 + "</div>")
    assert [(r.kind, r.span.of(source.text)) for r in source.regions] == [
        ("related", "Văn bản căn cứ"), ("related", "- Luật Lâm nghiệp 16/2017/QH14"), ("related", "- Nghị định 156/2018/NĐ-CP")]


OLD = "QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ viÖc trång rõng n¨m 2031"
NEW = "Quyết định của Uỷ ban nhân dân tỉnh về việc trồng rừng năm 2031"


@pytest.mark.parametrize(("body", "expected"), [
    (f"<p><font face='.VnTime'>{OLD}</font></p>", NEW),
    (f"<p style='font-family: \".VnTime\"'>{OLD}</p>", NEW),
    (f"<style>p.cu, .x {{ font-family: .VnTime, serif; }}</style><p class='cu'>{OLD}</p><p>Sở Y tế</p>", f"{NEW}\nSở Y tế"),
    ("<font face='.VnTimeH'>ñy ban nh©n d©n</font>", "ỦY BAN NHÂN DÂN"),
    # a newer font inside an old one, and words after the old one
    ("<font face='.VnTime'>QuyÕt <font face='Arial'>định số</font> n¨m</font> 2031 của tỉnh", "Quyết định số năm 2031 của tỉnh"),
    ("<font face='VNI-Times'>Uyû ban nhaân daân</font>", "Uỷ ban nhân dân"),
    # no font tells: by content, also where the letters are entities
    (f"<p>{OLD}</p>", NEW),
    ("<p>" + "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in OLD) + "</p>", NEW),
])
def test_old_fonts(body: str, expected: str) -> None:
    assert page(body).text == expected


def test_old_bytes_in_pages_with_fonts() -> None:
    data = f"<html><body><p><font face='.VnTime'>{OLD}</font></p><p>{OLD}</p></body></html>".encode("cp1252")
    assert reading.read_bytes(data, "x.html").text == f"{NEW}\n{NEW}"


def test_no_entity_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("MẬT KHẨU", "utf-8")
    text = (f"<!DOCTYPE html [<!ENTITY a SYSTEM '{(tmp_path / 'secret').as_uri()}'>]><html><body><p>Kế hoạch &a;</p>"
            f"<iframe src='{(tmp_path / 'secret').as_uri()}'></iframe><object data='{tmp_path / 'secret'}'></object></body></html>")
    assert "MẬT KHẨU" not in reading.read_bytes(text.encode(), "x.html").text
