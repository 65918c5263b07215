"""Digital signatures in PDF fields: whose certificate, when; broken ones; many; files in the register."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import pypdfium2
import pytest
from signing import Signer, signed

from chidao.cli import main
from chidao.model import Signature
from chidao.reading import read, read_bytes
from chidao.reading.pdf import signatures
from chidao.reading.pdf.signatures import read_signatures, time_of

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import bundles  # noqa: E402

HEAD = Signer("Đàm Quang Vượng", "ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "D:20250909081532+07'00'")
SEAL = Signer("ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "Tỉnh Thái Nguyên", "D:20250909140211+07'00'", "Ban hành văn bản")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return bundles.render("quyet-dinh-va-ke-hoach-co-so", "pdf")


def test_who_signed_and_when(pdf: bytes) -> None:
    source = read_bytes(signed(pdf, [HEAD, SEAL]), "x.pdf")
    assert source.signatures == (
        Signature("Đàm Quang Vượng", "ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "2025-09-09T08:15:32+07:00"),
        Signature("ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "Tỉnh Thái Nguyên", "2025-09-09T14:02:11+07:00", "Ban hành văn bản"))
    assert source.warnings == ()
    assert source.text == read_bytes(pdf, "x.pdf").text
    assert read_bytes(pdf, "x.pdf").signatures == ()


def test_the_same_signature_on_every_page_is_one(pdf: bytes) -> None:
    assert len(read_bytes(signed(pdf, [SEAL] * 4), "x.pdf").signatures) == 1


def test_a_broken_signature_is_a_warning(pdf: bytes) -> None:
    """The certificate is cut off, or random bytes, or nothing at all: what else the field says stays."""
    data = signed(pdf, [SEAL])
    at = data.rindex(b"/Contents <") + len(b"/Contents <")
    for broken in (data[:at + 400] + b"0" * 600 + data[at + 1000:], data[:at] + b"f7" * 300 + data[at + 600:],
                   data[:at] + b"0" * 12_000 + data[at + 12_000:], data[:at] + b"3084ffffffff" + data[at + 12:]):
        source = read_bytes(broken, "x.pdf")
        assert source.signatures == (Signature(None, None, "2025-09-09T14:02:11+07:00", "Ban hành văn bản"),)
        assert source.warnings == ("signature_unreadable: 1",)


def test_past_the_limits_is_left_out_and_told(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    data = signed(pdf, [HEAD, SEAL])
    monkeypatch.setattr(signatures, "_MOST", 1)
    document = pypdfium2.PdfDocument(data)
    found, warnings = read_signatures(document)
    assert (len(found), warnings) == (1, ("signatures_left_out: 1",))
    monkeypatch.setattr(signatures, "_MAX_BYTES", 100)
    assert read_signatures(document)[1] == ("signatures_left_out: 1", "signature_unreadable: 1")
    document.close()


@pytest.mark.parametrize(("said", "time"), [
    ("D:20250909081532+07'00'", "2025-09-09T08:15:32+07:00"),
    ("D:20250909081532Z", "2025-09-09T08:15:32+00:00"),
    ("D:20250909081532Z00'00'", "2025-09-09T08:15:32+00:00"),
    ("D:202509090815", "2025-09-09T08:15:00"),
    ("20250909081532-0330", "2025-09-09T08:15:32-03:30"),
    ("D:20250231081532", None), ("D:20250909251532", None), ("D:2025", None), ("hôm qua", None), ("", None),
])
def test_times(said: str, time: str | None) -> None:
    assert time_of(said) == time


def test_commands_tell_of_them_as_not_verified(
    pdf: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    file, db = tmp_path / "qd.pdf", str(tmp_path / "r.db")
    file.write_bytes(signed(pdf, [HEAD]))
    assert main(["extract", str(file), "--json"]) == 0
    said = [json.loads(line)["document"]["signatures"] for line in capsys.readouterr().out.splitlines()]
    assert said == [[{"by": HEAD.name, "organisation": HEAD.organisation, "at": "2025-09-09T08:15:32+07:00",
                      "reason": None, "verified": False}]] * 2
    assert main(["ingest", str(file), "--db", db]) == 0
    assert main(["show", "1412/QĐ-UBND", "--db", db, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Digital signatures (not verified)" in shown
    assert "Đàm Quang Vượng, ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN (2025-09-09T08:15:32+07:00)" in " ".join(shown.split())


def test_real_signatures(real_data: Path) -> None:
    """Those of real files: the one who signed by the text of the directive is among those who signed the file."""
    from chidao.structure.header import find_header

    held = 0
    for path in sorted((real_data / "real" / "files").glob("hanoi_*QD_*.pdf")):
        source = read(path)
        signer = find_header(source)[0].signer
        names = {signature.by for signature in source.signatures}
        held += signer is not None and signer.name in names
        assert source.signatures, path.name
        assert all(signature.by and signature.at for signature in source.signatures)
    assert held >= 7
