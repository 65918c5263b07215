"""DOC, ODT and RTF through LibreOffice: the same text as from DOCX, nothing run or fetched, an end in time."""
from __future__ import annotations

import http.server
import io
import os
import shutil
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reading_samples import TEXT, docx_bytes

from chidao import reading
from chidao.errors import ReadingError
from chidao.reading import office
from chidao.reading.limits import DEFAULTS, with_changes

RTF = r"{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0 Times New Roman;}}\uc1 %s}"


def rtf(*paragraphs: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text)

    return (RTF % "".join(f"{escaped(text)}\\par\n" for text in paragraphs)).encode("ascii")


def sample() -> bytes:
    """Paragraphs and a table, after which Word always has one more paragraph."""
    def build(document: Any) -> None:
        for line in TEXT.splitlines():
            document.add_paragraph(line)
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("TT", "Việc", "1", "Trồng rừng"), strict=True):
            cell.text = text
        document.add_paragraph("Nơi nhận: các xã")

    return docx_bytes(build)


def made(kind: str, folder: Path) -> bytes:
    """The sample as LibreOffice saves it."""
    (folder / "a.docx").write_bytes(sample())
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                    "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True, timeout=120)
    return (folder / f"a.{kind.split(':')[0]}").read_bytes()


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_the_same_text_as_from_docx(kind: str, tmp_path: Path) -> None:
    source = reading.read_bytes(made(kind, tmp_path), f"a.{kind}")
    expected = reading.read_bytes(sample(), "a.docx")
    assert source.format == kind
    assert source.text == expected.text
    assert [c.span.of(source.text) for t in source.tables for c in t.cells] == ["TT", "Việc", "1", "Trồng rừng"]


def test_rtf_by_hand() -> None:
    assert reading.read_bytes(rtf("KẾ HOẠCH", "Trồng rừng năm 2031"), "a").text == "KẾ HOẠCH\nTrồng rừng năm 2031"


def test_xml_of_word_2003_and_of_odf() -> None:
    word = ('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument'
            ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>Kế hoạch trồng rừng'
            "</w:t></w:r></w:p></w:body></w:wordDocument>")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    flat = (f'<?xml version="1.0"?><office:document {spaces} office:version="1.2" office:mimetype='
            '"application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Kế hoạch trồng rừng</text:p>'
            "</office:text></office:body></office:document>")
    for text, kind in ((word, "doc"), (flat, "odt")):
        source = reading.read_bytes(text.encode(), "x.xml")
        assert (source.text, source.format) == ("Kế hoạch trồng rừng", kind)
        with pytest.raises(ReadingError, match="DTD"):
            reading.read_bytes(text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1).encode(), "x.xml")


def test_without_libreoffice_the_advice_is_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ReadingError, match="libreoffice") as caught:
        reading.read_bytes(rtf("Kế hoạch"), "a.rtf")
    assert caught.value.code == "no_office"


def test_what_libreoffice_can_not_read() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(4000)
    with pytest.raises(ReadingError) as caught:
        reading.read_bytes(data, "a.doc")
    assert caught.value.code in ("conversion_failed", "empty")


def test_an_end_in_time_with_all_that_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that hangs and has started another: both are gone when the time is over."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    began = time.monotonic()
    with pytest.raises(ReadingError) as caught:
        office.convert(rtf("Kế hoạch"), with_changes({"seconds": 1}))
    assert caught.value.code == "too_slow"
    assert time.monotonic() - began < 10
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the child goes on")


def test_a_bomb_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", bytes(5_000_000))
    monkeypatch.setattr(office, "_run", lambda *_: pytest.fail("LibreOffice was started"))
    with pytest.raises(ReadingError) as caught:
        reading.read_bytes(out.getvalue(), "a.odt", limits=with_changes({"expansion": 1_000_000}))
    assert caught.value.code == "too_large"


def test_an_odt_under_a_password() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<a xmlns:manifest='m'><manifest:encryption-data/></a>")
    with pytest.raises(ReadingError) as caught:
        reading.read_bytes(out.getvalue(), "a.odt")
    assert caught.value.code == "encrypted"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine and what it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", paths
    server.shutdown()


def odt(body: str, *, scripts: str = "", files: tuple[tuple[str, str], ...] = ()) -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"' for name, full in (
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("script", "script"), ("svg", "svg-compatible")))
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f'<?xml version="1.0"?><office:document-content {spaces} {xlink} office:version="1.2">'
                         f"{scripts}<office:body><office:text>{body}</office:text></office:body></office:document-content>")
        for name, text in files:
            package.writestr(name, text)
        listed = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
                         for name in ("content.xml", *(name for name, _ in files)))
        package.writestr("META-INF/manifest.xml", (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            f"{listed}</manifest:manifest>"))
    return out.getvalue()


def test_no_link_of_a_file_is_followed(
    asked: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pictures, sections and templates from elsewhere, on the network and on this machine."""
    address, paths = asked
    secret = tmp_path / "secret.txt"
    secret.write_text("MẬT KHẨU CỦA MÁY", "utf-8")
    body = (f'<text:p>Kế hoạch trồng rừng</text:p><text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image'
            f' xlink:href="{address}/picture.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
            f'<text:section text:name="a"><text:section-source xlink:href="{address}/section.odt"/><text:p>Mục</text:p>'
            f'</text:section><text:section text:name="b"><text:section-source xlink:href="{secret.as_uri()}"/>'
            "<text:p>Cũ</text:p></text:section>")
    text = reading.read_bytes(odt(body), "a.odt").text
    linked = (RTF % (rf"{{\field{{\*\fldinst INCLUDEPICTURE {address}/rtf.png \\d}}{{\fldrslt}}}}"
                     rf"{{\field{{\*\fldinst INCLUDETEXT {secret}}}{{\fldrslt Ke hoach}}}}"
                     rf"{{\*\template {address}/t.dot}} Trong rung\par")).encode()
    text += reading.read_bytes(linked, "a.rtf").text
    assert "Kế hoạch trồng rừng" in text
    assert "Trong rung" in text
    assert "MẬT KHẨU" not in text
    assert paths == []
    monkeypatch.setattr(office, "_SAFE", ())
    reading.read_bytes(odt(body), "a.odt")
    assert paths != [], "a profile without our settings would have followed it"


def with_macro(mark: Path) -> bytes:
    """A document whose macro writes `mark` when the document is opened."""
    event = ('<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"'
             ' script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic'
             '&amp;location=document"/></office:event-listeners></office:scripts>')
    space = 'xmlns:library="http://openoffice.org/2000/library"'
    return odt("<text:p>Kế hoạch trồng rừng</text:p>", scripts=event, files=(
        ("Basic/Standard/M.xml", (
            '<?xml version="1.0"?><script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"'
            f' script:language="StarBasic">Sub Main\nOpen "{mark}" For Output As #1\nClose #1\nEnd Sub</script:module>')),
        ("Basic/Standard/script-lb.xml", (
            f'<?xml version="1.0"?><library:library {space} library:name="Standard" library:readonly="false"'
            ' library:passwordprotected="false"><library:element library:name="M"/></library:library>')),
        ("Basic/script-lc.xml", (
            f'<?xml version="1.0"?><library:libraries {space}><library:library library:name="Standard"'
            ' library:link="false"/></library:libraries>'))))


def test_no_macro_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    assert reading.read_bytes(with_macro(mark), "a.odt").text == "Kế hoạch trồng rừng"
    assert not mark.exists()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert office.convert(rtf(*TEXT.split("\n")), DEFAULTS).startswith(b"PK")
    assert list(tmp_path.iterdir()) == []
