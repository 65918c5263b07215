"""Archives and mails: the files in them by name and place; what bombs, passwords and tricky names come to."""
from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from reading_samples import TEXT, sample_docx

from chidao.errors import ReadingError
from chidao.reading.containers import holds_files, may_hold_files, members, open_member
from chidao.reading.limits import DEFAULTS, with_changes
from chidao.reading.mail import is_mail


def zipped(*files: tuple[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return out.getvalue()


def mail(text: str, *files: tuple[str, bytes], subject: str = "Gửi kế hoạch") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vp@tinh.gov.vn", "so@tinh.gov.vn", subject
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def found(data: bytes, name: str = "hồ sơ.zip", **limits: int) -> list[tuple[str, bytes | str]]:
    """Names with bytes or the code of the error; each is found again at its place."""
    chosen = with_changes(limits)
    out: list[tuple[str, bytes | str]] = []
    for member in members(data, name, chosen):
        out.append((member.name, member.error.code if member.error else member.data))
        if member.error is None:
            assert open_member(data, member.place, chosen) == member.data
    return out


def code_of(data: bytes, **limits: int) -> str:
    with pytest.raises(ReadingError) as caught:
        list(members(data, "x", with_changes(limits)))
    assert "{" not in str(caught.value)
    return caught.value.code


def test_an_archive() -> None:
    data = zipped(("ke-hoach.docx", sample_docx()), ("phụ lục/", b""), ("phụ lục/pl1.txt", TEXT),
                  ("__MACOSX/._ke-hoach.docx", b"x"), (".DS_Store", b"x"), ("~$ke-hoach.docx", b"x"))
    assert may_hold_files(data[:100])
    assert found(data) == [("hồ sơ.zip › ke-hoach.docx", sample_docx()),
                           ("hồ sơ.zip › phụ lục/pl1.txt", TEXT.encode())]


@pytest.mark.parametrize(("data", "expected"), [
    (zipped(("a.txt", "x")), True), (zipped(("word/ke-hoach.docx", "x")), True), (mail("x"), True),
    (sample_docx(), False), (zipped(("mimetype", "application/epub+zip")), False), (zipped(("xl/workbook.xml", "x")), False),
    (TEXT.encode(), False), (b"", False), (b"PK\x03\x04", False),
    # fields of a letter that is no mail
    ("Kính gửi: Sở Y tế\nSố: 5\n\nKế hoạch".encode(), False), (b"To: A\nDate: 5/6\nSubject: KH\n\nKH", False),
])
def test_what_holds_files(data: bytes, expected: bool) -> None:
    assert holds_files(data) is expected
    assert may_hold_files(data[:65536]) or not expected


@pytest.mark.parametrize(("name", "shown"), [
    ("../../etc/cron.d/x.txt", "etc/cron.d/x.txt"), ("/etc/passwd", "etc/passwd"), ("C:\\Windows\\x.txt", "Windows/x.txt"),
    ("..\\..\\x.txt", "x.txt"), ("a/./b//c.txt", "a/b/c.txt"), ("a\x07\u202etxt.exe", "atxt.exe"), ("..", "?"),
    ("a › b.txt", "a - b.txt")])
def test_names_show_no_way_out(name: str, shown: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert [called for called, _ in found(zipped((name, "x")), str(tmp_path / "x.zip"))] == [f"{tmp_path}/x.zip › {shown}"]
    assert sorted(tmp_path.iterdir()) == before


def test_names_without_the_flag_of_utf8() -> None:
    data = zipped(("kế hoạch.txt", "x")).replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    raw = bytearray(data)
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(start) + flags + 1] &= ~8
    assert [name for name, _ in found(bytes(raw))] == ["hồ sơ.zip › kế hoạch.txt"]


def test_files_of_one_name_stay_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.txt", "1"), ("a.txt", "2"))
    assert found(data) == [("hồ sơ.zip › a.txt", b"1"), ("hồ sơ.zip › a.txt (2)", b"2")]


def test_archives_in_archives_and_mails() -> None:
    inner = zipped(("kh.txt", "Kế hoạch"))
    letter = mail("Kính gửi các sở", ("hồ sơ.zip", inner), ("pl.txt", "Phụ lục".encode()))
    assert found(zipped(("thư.eml", letter)), "tất cả.zip") == [
        ("tất cả.zip › thư.eml › hồ sơ.zip › kh.txt", "Kế hoạch".encode()),
        ("tất cả.zip › thư.eml › pl.txt", "Phụ lục".encode())]
    assert found(zipped(("a.zip", zipped(("b.zip", inner))))) == [
        ("hồ sơ.zip › a.zip › b.zip › kh.txt", "Kế hoạch".encode())]
    assert found(zipped(("z.zip", zipped(("a.zip", zipped(("b.zip", inner)))))))[0][1] == "nested_too_deep"
    assert found(zipped(("a.zip", zipped(("b.zip", inner)))), nesting=2) == [("hồ sơ.zip › a.zip › b.zip", "nested_too_deep")]


def test_a_letter_without_attachments_is_a_text_and_one_with_them_is_none() -> None:
    letter = "Kính gửi các sở,\nVăn phòng gửi kèm kế hoạch.\n"
    assert found(mail(letter), "thư.eml") == [("thư.eml › Gửi kế hoạch.txt", letter.encode())]
    assert [name for name, _ in found(mail(letter, ("kh.txt", b"x")), "thư.eml")] == ["thư.eml › kh.txt"]
    # a letter that is itself a directive
    assert [name for name, _ in found(mail(TEXT, ("kh.txt", b"x")), "thư.eml")] == [
        "thư.eml › Gửi kế hoạch.txt", "thư.eml › kh.txt"]


def test_a_mail_in_a_mail_pictures_and_signatures() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["MIME-Version"] = "a@b.vn", "Kế hoạch số 5", "1.0"
    inner.set_content("Nội dung kế hoạch")
    outer = EmailMessage()
    outer["From"] = "vp@tinh.gov.vn"
    outer.set_content("Chuyển tiếp")
    outer.add_alternative("<p>Chuyển tiếp <img src='cid:logo'></p>", subtype="html")
    outer.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png")
    outer.add_attachment(inner)
    outer.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    [(name, text)] = found(outer.as_bytes(), "thư.eml")
    assert name == "thư.eml › Kế hoạch số 5.eml › Kế hoạch số 5.txt"
    assert isinstance(text, bytes)
    assert text.decode().strip() == "Nội dung kế hoạch"


def test_a_page_saved_as_one_file() -> None:
    page = ("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Kế hoạch</p>\r\n"
            "--b\r\nContent-Type: image/png\r\nContent-Location: https://a.vn/a.png\r\n\r\nx\r\n--b--\r\n")
    assert [(name, str(text, "utf-8").strip()) for name, text in found(page.encode(), "a.mht") if isinstance(text, bytes)] == [
        ("a.mht › thư.html", "<p>Kế hoạch</p>")]


@pytest.mark.parametrize("seed", range(30))
def test_damaged_mails_give_files_or_a_code(seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(mail("Kính gửi", ("a.zip", zipped(("kh.txt", "x"))), ("b.txt", TEXT.encode())))
    for _ in range(draw.choice((1, 10, 100))):
        data[draw.randrange(len(data))] = draw.randrange(256)
    try:
        found(bytes(data))
    except ReadingError as error:
        assert error.code in ("damaged", "encrypted")  # noqa: PT017


@pytest.mark.parametrize("seed", range(60))
def test_damaged_archives_give_files_or_a_code(seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(zipped(("a.txt", TEXT), ("b.zip", zipped(("c.txt", TEXT)))))
    for _ in range(draw.choice((1, 4, 16))):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    try:
        for _, what in found(bytes(data)):
            assert isinstance(what, bytes) or what in ("damaged", "encrypted", "too_large")
    except ReadingError as error:
        assert error.code in ("damaged", "encrypted", "expands_too_much")  # noqa: PT017


def locked(data: bytes, *, only_first: bool = False) -> bytes:
    """The archive with the flag of a password on its files."""
    raw, at = bytearray(data), 0
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(start)
        while at >= 0:
            raw[at + flags] |= 1
            at = -1 if only_first else raw.find(start, at + 4)
    return bytes(raw)


def test_passwords() -> None:
    data = zipped(("a.txt", "1"), ("b.txt", "2"))
    assert code_of(locked(data)) == "encrypted"
    assert found(locked(data, only_first=True)) == [("hồ sơ.zip › a.txt", "encrypted"), ("hồ sơ.zip › b.txt", b"2")]


def test_bombs_end_where_the_limits_are() -> None:
    bomb = zipped(*((f"{i}.txt", bytes(3_000_000)) for i in range(8)))
    assert len(bomb) < 40_000
    assert code_of(bomb, expansion=10_000_000) == "expands_too_much"
    assert {what for _, what in found(bomb, size=1_000_000)} == {"too_large"}
    assert code_of(zipped(("a.zip", bomb), ("b.zip", bomb)), expansion=30_000_000) == "expands_too_much"
    assert code_of(zipped(*((f"{i}.txt", "x") for i in range(50))), members=40) == "too_many_members"
    inner = zipped(*((f"{i}.txt", "x") for i in range(30)))
    assert found(zipped(("a.zip", inner), ("b.zip", inner)), members=40)[30:] == [("hồ sơ.zip › b.zip", "too_many_members")]


def test_a_size_that_the_archive_lies_about() -> None:
    data = bytearray(zipped(("a.txt", bytes(3_000_000))))
    for start, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(start) + at
        data[place:place + 4] = (10).to_bytes(4, "little")
    assert found(bytes(data)) in ([("hồ sơ.zip › a.txt", "damaged")], [("hồ sơ.zip › a.txt", bytes(10))])


def test_a_good_file_after_a_bad_one_is_had() -> None:
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", "Kế hoạch")))
    data[60] ^= 0xFF
    assert found(bytes(data)) == [("hồ sơ.zip › a.txt", "damaged"), ("hồ sơ.zip › b.txt", "Kế hoạch".encode())]


def test_mails_are_told_by_their_fields() -> None:
    assert is_mail(b"Received: from a\r\n by b\r\nSubject: x\r\n\r\nx")
    assert not is_mail(b"Content-Type: text/html")
    assert DEFAULTS.nesting == 3
