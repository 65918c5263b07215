"""Which file is read how, and which is refused with which code."""
from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from chidao import reading
from chidao.errors import ReadingError
from chidao.model import SourceText
from chidao.reading import language, secrecy
from chidao.reading.limits import with_changes

TEXT = "ỦY BAN NHÂN DÂN TỈNH\nSố: 5/KH-UBND\nKẾ HOẠCH\nTrồng cây gây rừng trên địa bàn tỉnh năm 2031\n"


def code_of(data: bytes, *, secret: bool = False) -> str:
    with pytest.raises(ReadingError) as caught:
        reading.read_bytes(data, "x", secret=secret)
    assert caught.value.message("vi")
    assert "{" not in str(caught.value)
    return caught.value.code


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(("data", "kind"), [
    (TEXT.encode(), "text"),
    (TEXT.encode("utf-8-sig"), "text"),
    (TEXT.encode("utf-16"), "text"),
    (("## KẾ HOẠCH\n" + TEXT).encode(), "markdown"),
    (("**Số**: 5\n" + TEXT).encode(), "markdown"),
    (f"<!DOCTYPE html><html><body><p>{TEXT}</body></html>".encode(), "html"),
    (f"<html><p>{TEXT}".encode("utf-16"), "html"),
    (f"<p>{TEXT}</p>".encode(), "html"),
])
def test_format_by_content(data: bytes, kind: str) -> None:
    source = reading.read_bytes(data, "tệp.bin")
    assert source.format == kind
    assert source.name == "tệp.bin"
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.size == len(data)
    assert "Trồng cây gây rừng trên địa bàn tỉnh năm 2031" in source.text


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty"),
    (b" \n\t \n", "empty"),
    ("\ufeff".encode(), "empty"),
    (b"*** --- ***\n\n", "empty"),
    (b"\x00" * 100, "empty"),
    (b"<html><script>1</script></html>", "empty"),
    (TEXT.encode("cp1258", "replace"), "undecodable"),
    ("Kế hoạch".encode() + b"\xe1\xba", "undecodable"),
    (bytes(range(256)) * 20, "unknown_format"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown_format"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (zipped("ke-hoach.docx", "phu-luc.pdf"), "container"),
    (b"From: vp@tinh.vn\r\nMIME-Version: 1.0\r\n\r\nKH", "container"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"), "outlook_mail"),
    ('{"text": "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện"}'.encode(), "unknown_format"),
    (b"\x89PNG\r\n\x1a\n", "damaged"),
    ("<?xml version='1.0'?><van-ban><so>Kế hoạch số 5</so></van-ban>".encode(), "unknown_format"),
    (zipped("xl/workbook.xml"), "unknown_format"),
    (zipped("content.xml"), "unknown_format"),
    (zipped("word/document.xml"), "damaged"),
    (zipped("word/document.xml")[:60], "damaged"),
    (b"%PDF-1.7\nnothing", "damaged"),
    (b"The plan of the province is to be carried out by all the departments in the year to come", "not_vietnamese"),
    ("Le comité populaire de la province décide que les services compétents exécutent la présente décision".encode(),
     "not_vietnamese"),
    (("UBND TỈNH\nTỐI MẬT\n" + TEXT).encode(), "secret"),
])
def test_refusals(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_too_large(tmp_path: Path) -> None:
    limits = with_changes({"size": 10})
    with pytest.raises(ReadingError, match="too large"):
        reading.read_bytes(TEXT.encode(), "a.txt", limits=limits)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with pytest.raises(ReadingError, match="too large"):
        reading.read(tmp_path / "a.txt", limits=limits)


def test_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt", "a\0b"):
        with pytest.raises(ReadingError) as caught:
            reading.read(path)
        assert caught.value.code == "unreadable"


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"k\xe9.txt")
    try:
        path.write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert reading.read(path).name == "k\\udce9.txt"


def test_secret_files_are_read_when_allowed() -> None:
    data = ("UBND TỈNH\nTUYỆT MẬT\n" + TEXT).encode()
    assert code_of(data) == "secret"
    assert reading.read_bytes(data, "x", secret=True).text.startswith("UBND TỈNH\nTUYỆT MẬT")


@pytest.mark.parametrize(("text", "mark"), [
    ("UBND TỈNH\nMẬT\nSố: 5", "MẬT"),
    ("UBND TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỐI MẬT | Hà Nội, ngày 5", "TỐI MẬT"),
    ("UBND TỈNH      TUYỆT MẬT      \nSố: 5", "TUYỆT MẬT"),
    ("**MẬT**\nSố: 5", "MẬT"),
    ("MẬT - HỎA TỐC\nSố: 5", "MẬT"),
    ("Độ mật: Tối mật\nSố: 5", "TỐI MẬT"),
    # the words inside sentences and titles
    ("KẾ HOẠCH\nCÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
    ("- Tăng cường công tác bảo vệ bí mật nhà nước;", None),
    ("- Lưu: VT (MẬT).", None),
    ("Danh mục tài liệu độ Mật, Tối mật", None),
    ("mật\nong", None),
    # far from the head
    ("a\n" * 1000 + "MẬT\n", None),
])
def test_stamp(text: str, mark: str | None) -> None:
    assert secrecy.stamp(text) == mark


@pytest.mark.parametrize(("text", "expected"), [
    ("Kế hoạch", True),
    ("KE HOACH PHONG CHONG THIEN TAI TREN DIA BAN TINH NAM 2031 CUA UY BAN NHAN DAN TINH HA GIANG", True),
    ("STT | Mã | Tên\n" + "1 | Bolt M6 x 20 | cái\n" * 40 + "Đơn giá tính theo thị trường tỉnh", True),
    ("This plan sets out what the departments of the province have to do in the coming dry season of the year", False),
    ("中华人民共和国 " * 30, False),
    # a legacy encoding read as if it were Unicode
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc uû ban nh©n d©n tØnh sè quyÕt ®Þnh vÒ viÖc", False),
])
def test_is_vietnamese(text: str, expected: bool) -> None:
    assert language.is_vietnamese(text) is expected


def test_text_is_nfc_and_keeps_what_is_printed() -> None:
    source = reading.read_bytes("Ke\u0302\u0301 hoạch hoà bình, uỷ ban ~~12~~\r\nSố:\u00a05".encode(), "x")
    assert source.text == "Kế hoạch hoà bình, uỷ ban ~~12~~\nSố:\u00a05"


def test_tables_of_text() -> None:
    text = ("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 5/KH-UBND | Hà Giang, ngày 5 tháng 6\n"
            "KẾ HOẠCH\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| 1 | Trồng cây | Sở A |\n| 2 | Chăm sóc |  |\n")
    source = reading.read_bytes(text.encode(), "x")
    assert [[c.span.of(source.text) for c in t.cells] for t in source.tables] == [
        ["TT", "Nhiệm vụ", "Chủ trì", "1", "Trồng cây", "Sở A", "2", "Chăm sóc", ""]]
    assert [(c.row, c.column) for c in source.tables[0].cells][-1] == (2, 2)


def read_or_code(path: Path) -> SourceText | str:
    try:
        return reading.read(path)
    except ReadingError as error:
        return error.code


def test_all_real_texts_are_read_or_refused_for_their_language(real_data: Path) -> None:
    refused = []
    started, size = time.perf_counter(), 0
    files = sorted((real_data / "real/directives").glob("*.txt"))
    for file in files:
        size += file.stat().st_size
        source = read_or_code(file)
        if isinstance(source, str):
            refused.append((source, file.read_text("utf-8")[:40]))
            continue
        assert all(0 <= r.span.start < r.span.end <= len(source.text) for r in source.regions)
        assert all(c.span.of(source.text) == c.span.of(source.text).strip() for t in source.tables for c in t.cells)
    assert {code for code, _ in refused} <= {"not_vietnamese"}
    assert all("GOVERNMENT OF VIETNAM" in head for _, head in refused)
    assert size / (time.perf_counter() - started) > 500_000


def test_all_real_files_are_read_or_refused_with_a_true_reason(real_data: Path) -> None:
    index = (real_data / "real/files/index.tsv").read_text("utf-8").splitlines()[1:]
    for name, kind in (line.split("\t")[:2] for line in index):
        source = read_or_code(real_data / "real/files" / name)
        if isinstance(source, str):
            assert source == "no_text_layer", name
            assert "born-digital" not in kind, name
            continue
        assert source.format == (kind if kind in ("docx", "doc") else "image" if kind == "jpg" else "pdf")
        assert all(box.span.of(source.text).strip() for box in source.boxes)
